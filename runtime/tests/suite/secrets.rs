//! Errors never show secrets that a service repeats, in any encoding.

use std::error::Error as _;
use std::sync::{Arc, Mutex};

use alicloud_runtime::dynamic::{
    Client, Decode, Detail, Hosts, Input, Limit, Operation, Outcome, OutcomeField, Parameters, Service, Slot,
};

use crate::transport_double::Double;
use alicloud_runtime::{
    AttemptReport, Config, Credentials, Error, Failure, HttpResponse, Interceptor, UntypedClient, UntypedRequest,
};
use alicloud_runtime::{Method, Request};

/// Secrets, with all characters that have several encodings.
const TOKEN: &str = "CAISzq+tzq/kzq==%41\"qzq\"\\<&>é";
const PASSWORD: &str = "Pzq ssq+wzq/ozq=rzq%&\"\\<é>'";
const NESTED: &str = "nested-secret/+";
const LISTED: &str = "listed secret";
const IN_JSON: &str = "json-secret\n2";
const PIN: i64 = 4711;
const ACCESS_KEY_SECRET: &str = "my-access-key-secret";

const RECEIVED: &str = "received-secret";

static SERVICE: Service<'static> = Service {
    product: "Test",
    version: "2020-01-01",
    public: Hosts { host: "test.aliyuncs.com", ..Hosts::NONE },
    vpc: Hosts::NONE,
    outcome: Some(Outcome {
        success: OutcomeField::at("Success"),
        code: OutcomeField::at("Code"),
        message: "ErrorMessage",
    }),
    retried: &[],
    gateway: None,
};

const SENSITIVE: Detail = Detail { sensitive: true, ..Detail::PLAIN };

struct Create(Input);

impl Request for Create {
    type Response = Created;
    type Error = String;
    const OPERATION: &'static Operation<'static> = &Operation::new(
        &SERVICE,
        "Create",
        Method::Post,
        Parameters::new(0, &["Name", "Password", "Account", "Keys", "Extra", "Pin"]).details(&[
            (1, SENSITIVE),
            (2, Detail { members: &Parameters::new(0, &["User", "Key"]).details(&[(1, SENSITIVE)]), ..Detail::PLAIN }),
            (3, SENSITIVE),
            (4, SENSITIVE),
            (5, SENSITIVE),
        ]),
    )
    .errors(&["Invalid.%s"]);

    fn input(&self) -> &Input {
        &self.0
    }

    fn error(index: usize, captured: &str) -> String {
        if index == 0 { format!("Invalid({captured})") } else { "Other".to_owned() }
    }
}

fn request() -> Create {
    Create(
        Input::new()
            .text(0, "plain-name")
            .text(1, PASSWORD)
            .set(2, alicloud_runtime::dynamic::Value::Object(Input::new().text(0, "plain-user").text(1, NESTED)))
            .texts(3, [LISTED])
            .json(4, serde_json::json!({ "a": [IN_JSON] }).to_string())
            .set(5, PIN),
    )
}

#[derive(Debug, Default)]
struct Created {
    request_id: String,
    success: bool,
    count: i32,
    key: Key,
    keys: Vec<Key>,
}

#[derive(Debug, Default)]
struct Key {
    name: String,
    secret: String,
}

impl Decode for Created {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("RequestId", Slot::Text(&mut self.request_id)),
            1 => ("Success", Slot::Boolean(&mut self.success)),
            2 => ("Count", Slot::Integer(&mut self.count)),
            3 => ("Key", Slot::Object(&mut self.key)),
            4 => ("Keys", Slot::Wrapped("Key", &mut self.keys)),
            _ => ("", Slot::Skip),
        }
    }
}

impl Decode for Key {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Name", Slot::Text(&mut self.name)),
            1 => ("KeySecret", Slot::Text(&mut self.secret)),
            _ => ("", Slot::Skip),
        }
    }

    fn hidden(&self) -> &'static [usize] {
        &[1]
    }
}

/// Records what an interceptor sees of attempts.
#[derive(Clone, Debug, Default)]
struct Notes(Arc<Mutex<String>>);

impl Interceptor for Notes {
    fn after_attempt(&self, attempt: &AttemptReport<'_>) {
        self.0.lock().unwrap().push_str(&format!("{attempt:?}"));
    }
}

fn config(response: &HttpResponse, notes: &Notes) -> Config {
    Config::new(Credentials::new("my-id", ACCESS_KEY_SECRET).security_token(TOKEN))
        .endpoint("e.example.com")
        .transport(Double::new([response.clone()]))
        .interceptor(notes.clone())
}

/// All output of an error.
fn shown<E: std::fmt::Debug>(error: &Error<E>, notes: &Notes) -> String {
    let mut all = format!("{error} {error:?} {error:#?} {:?} {:?}", error.service_error(), error.http_response());
    let mut source = error.source();
    while let Some(cause) = source {
        all.push_str(&format!("{cause} {cause:?}"));
        source = cause.source();
    }
    match error.failure() {
        Failure::Service(failure) => all.push_str(&format!(
            "{} {} {:?} {:?} {:?}",
            failure.code, failure.message, failure.request_id, failure.host, failure.recommend
        )),
        Failure::Unreadable(response) => {
            all.push_str(&format!(
                "{} {} {:?} {:?}",
                response.reason, response.body, response.request_id, response.content_type
            ));
        }
        other => panic!("{other:?}"),
    }
    all.push_str(&notes.0.lock().unwrap());
    all
}

async fn fails(response: HttpResponse) -> String {
    let notes = Notes::default();
    let client = Client::new(&SERVICE, &config(&response, &notes)).unwrap();
    let error = client.call(&request()).await.unwrap_err();
    shown(&error, &notes)
}

fn percent(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn percent_in_lower_case(text: &str) -> String {
    let mut parts = percent(text).split('%').map(str::to_owned).collect::<Vec<_>>();
    for part in &mut parts[1..] {
        part[..2].make_ascii_lowercase();
    }
    parts.join("%")
}

fn entities(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    quoted[1..quoted.len() - 1].to_owned()
}

/// Escapes as Java's JSON libraries do.
fn json_with_unicode(text: &str) -> String {
    let unit = |unit: u16| match u8::try_from(unit) {
        Ok(byte) if byte.is_ascii_alphanumeric() || b" /-".contains(&byte) => char::from(byte).to_string(),
        _ => format!("\\u{unit:04x}"),
    };
    text.encode_utf16().map(unit).collect()
}

/// The encodings in which a service may repeat a value.
fn forms(secret: &str) -> Vec<(&'static str, String)> {
    let form_encoded = percent(secret).replace("%20", "+");
    vec![
        ("as it is", secret.to_owned()),
        ("percent-encoded", percent(secret)),
        ("percent-encoded twice", percent(&percent(secret))),
        ("percent-encoded three times", percent(&percent(&percent(secret)))),
        ("percent-encoded in lower case", percent_in_lower_case(secret)),
        ("form-encoded", form_encoded),
        ("JSON", json(secret)),
        ("JSON in JSON", json(&json(secret))),
        ("JSON three times", json(&json(&json(secret)))),
        ("JSON with \\u", json_with_unicode(secret)),
        ("JSON, percent-encoded twice", percent(&percent(&json(secret)))),
        ("XML", entities(secret)),
    ]
}

/// Parts of the secrets that are long enough to matter and have a single encoding.
const PARTS: [&str; 14] = [
    "CAIS",
    "tzq",
    "kzq",
    "qzq",
    "Pzq",
    "ssq",
    "wzq",
    "ozq",
    "rzq",
    "nested-secret",
    "listed",
    "json-secret",
    "4711",
    "my-access-key-secret",
];

fn assert_hidden(text: &str, parts: &[&str], what: &str) {
    for part in parts {
        assert!(!text.contains(part), "{what}: `{part}` shows in {text}");
    }
}

#[tokio::test]
async fn secrets_of_the_request_are_hidden_in_every_response() {
    let integer = PIN.to_string();
    for secret in [TOKEN, PASSWORD, NESTED, LISTED, IN_JSON, &integer, ACCESS_KEY_SECRET] {
        for (form, value) in forms(secret) {
            let quoted = json(&value);
            let echo = format!("before:{value}&after");
            let responses = [
                ("message", HttpResponse::new(400, format!(r#"{{"Code":"C","Message":"before:{quoted}&after"}}"#))),
                ("code", HttpResponse::new(400, format!(r#"{{"Code":"Invalid.{quoted}","Message":"m"}}"#))),
                (
                    "host, advice and RequestId",
                    HttpResponse::new(
                        403,
                        format!(
                            r#"{{"Code":"C","HostId":"{quoted}","Recommend":"https://r/?q={quoted}","RequestId":"{quoted}"}}"#
                        ),
                    ),
                ),
                (
                    "failure with 200",
                    HttpResponse::new(
                        200,
                        format!(r#"{{"Success":false,"Code":"C {quoted}","ErrorMessage":"{quoted}"}}"#),
                    ),
                ),
                ("no JSON", HttpResponse::new(502, format!("upstream said {echo}"))),
                ("no JSON with 200", HttpResponse::new(200, echo.clone())),
                ("HTML", HttpResponse::new(503, format!("<html>{echo}</html>"))),
                ("cut", HttpResponse::new(200, format!(r#"{{"RequestId":"before:{quoted}"#))),
                ("a wrong type", HttpResponse::new(200, format!(r#"{{"Count":"is {quoted}"}}"#))),
                ("the root element", HttpResponse::new(200, format!("<Wrong>{echo}</Wrong>"))),
            ];
            for (place, response) in responses {
                let text = fails(response).await;
                // `PIN` is not among the parts, because it can be part of another number.
                assert_hidden(&text, &PARTS, &format!("{secret:?} {form} in {place}"));
                assert!(text.contains("***"), "{secret:?} {form} in {place}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn other_text_is_shown() {
    let text =
        fails(HttpResponse::new(400, r#"{"Code":"C","Message":"plain-name of plain-user, 14711 of 4711x"}"#)).await;
    assert!(text.contains("plain-name of plain-user, 14711 of 4711x"), "{text}");
    let text = fails(HttpResponse::new(200, r#"{"Count":"twelve","RequestId":"R"}"#)).await;
    assert!(text.contains("`Count` should be a whole number of 32 bits, but is `twelve`"), "{text}");
    assert!(text.contains(r#"{"Count":"twelve","RequestId":"R"}"#), "{text}");
}

/// Texts, and how they are shown.
#[tokio::test]
async fn only_the_secrets_are_hidden() {
    for (text, expected) in [
        // A short secret is hidden as a word. The digits of a percent-encoded byte before it are not part of the word.
        ("pin=4711", "pin=***"),
        ("pin%3D4711", "pin%3D***"),
        ("pin%253D4711", "pin%253D***"),
        ("pin3D4711", "pin3D4711"),
        ("pin%D4711", "pin%D4711"),
        ("4711", "***"),
        // The first characters of the token are hidden only at the end, where the text may be cut.
        ("token=CAISz", "token=***"),
        ("token=CAI", "token=CAI"),
        ("token=CAISz is fine", "token=CAISz is fine"),
        ("token=CAISz%", "token=***"),
        ("token=CAISz%1234567890", "token=***"),
        ("token=CAISz%12345678901", "token=CAISz%12345678901"),
        ("token=CAISz.", "token=CAISz."),
    ] {
        let shown = fails(HttpResponse::new(502, text)).await;
        assert!(shown.contains(&format!(" {expected} ")), "{text}: {shown}");
    }
}

/// Characters with escape sequences in JSON or XML.
#[tokio::test]
async fn secrets_are_hidden_in_every_escaping() {
    let secret = "abc\r\tdef\"gh'ij/kl";
    for form in [
        secret.to_owned(),
        json(secret),
        json_with_unicode(secret),
        r"abc\u000D\u0009def\u0022gh\u0027ij\u002Fkl".to_owned(),
        json(secret).replace('/', "\\/"),
        secret.replace('\'', "&apos;").replace('"', "&quot;").replace('\r', "&#13;").replace('\t', "&#x9;"),
    ] {
        let response = HttpResponse::new(502, format!("before {form} after"));
        let notes = Notes::default();
        let client = Client::new(&SERVICE, &config(&response, &notes)).unwrap();
        let request = Create(Input::new().text(0, "n").text(1, secret));
        let text = shown(&client.call(&request).await.unwrap_err(), &notes);
        assert!(text.contains("before *** after"), "{form}: {text}");
    }
}

/// In a JSON value, numbers are secret if their parameter is sensitive or their name implies it.
#[tokio::test]
async fn numbers_in_json_are_hidden_if_they_are_secret() {
    let response = HttpResponse::new(400, r#"{"Code":"C","Message":"712345, 723456, 734567, plain-6"}"#);
    let notes = Notes::default();
    let request = UntypedRequest::new("Create")
        .body(r#"{"Size":712345,"Secrets":[723456],"Token":{"a":734567},"Name":"plain-6"}"#);
    let client = UntypedClient::new("Test", "2020-01-01", &config(&response, &notes)).unwrap();
    let text = shown(&client.call(&request).await.unwrap_err(), &notes);
    assert!(text.contains("712345, ***, ***, plain-6"), "{text}");
}

/// A message is cut after 16 KiB, the part that is searched for secrets.
#[tokio::test]
async fn a_long_message_is_cut() {
    for (message, shown) in [
        ("x".repeat(16_384), "x".repeat(16_384)),
        ("x".repeat(16_385), format!("{}…", "x".repeat(16_384))),
        ("x".repeat(40_000), format!("{}…", "x".repeat(16_384))),
        (format!("{}é", "x".repeat(16_383)), format!("{}…", "x".repeat(16_383))),
    ] {
        let response = HttpResponse::new(400, format!(r#"{{"Code":"C","Message":"{message}"}}"#));
        let client = Client::new(&SERVICE, &config(&response, &Notes::default())).unwrap();
        let error = client.call(&request()).await.unwrap_err();
        assert_eq!(error.message(), Some(shown.as_str()));
    }
}

/// Sensitive fields of objects in lists, in maps and in optional objects, and a sensitive body.
#[tokio::test]
async fn sensitive_fields_of_nested_objects_are_hidden() {
    #[derive(Debug, Default)]
    struct Response {
        list: Vec<Key>,
        wrapped: Vec<Other>,
        maybe: Option<Third>,
        map: std::collections::BTreeMap<String, Fourth>,
    }
    macro_rules! object {
        ($name:ident, $field:literal) => {
            #[derive(Debug, Default)]
            struct $name(String);
            impl Decode for $name {
                fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
                    if index == 0 { ($field, Slot::Text(&mut self.0)) } else { ("", Slot::Skip) }
                }
                fn hidden(&self) -> &'static [usize] {
                    &[0]
                }
            }
        };
    }
    object!(Other, "OtherSecret");
    object!(Third, "ThirdSecret");
    object!(Fourth, "FourthSecret");
    object!(Whole, "body:");
    object!(InHeader, "header:x-secret");
    /// A body that is not sensitive.
    #[derive(Debug, Default)]
    struct Shown(String);
    impl Decode for Shown {
        fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
            if index == 0 { ("body:", Slot::Text(&mut self.0)) } else { ("", Slot::Skip) }
        }
    }
    impl Decode for Response {
        fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
            match index {
                0 => ("List", Slot::List(&mut self.list)),
                1 => ("Wrapped", Slot::Wrapped("Thing", &mut self.wrapped)),
                2 => ("Maybe", Slot::OptionalObject(&mut self.maybe)),
                3 => ("Map", Slot::Map(&mut self.map)),
                _ => ("", Slot::Skip),
            }
        }
    }
    static OPERATION: Operation<'static> = Operation::new(&SERVICE, "Create", Method::Post, Parameters::NONE);
    let body_of = async |body: &str, response: &mut (dyn Decode + Send)| {
        let http_response = HttpResponse::new(502, body.to_owned());
        let client = Client::new(&SERVICE, &config(&http_response, &Notes::default())).unwrap();
        let error = client.send(&OPERATION, &Input::new(), response).await.unwrap_err();
        match error.into_failure() {
            Failure::Unreadable(response) => response.body.clone(),
            other => panic!("{other:?}"),
        }
    };
    let rest = "*** (the rest is hidden, because it may contain sensitive fields)";
    for name in ["KeySecret", "OtherSecret", "ThirdSecret", "FourthSecret"] {
        let shown = body_of(&format!("no JSON: {name}=hush"), &mut Response::default()).await;
        assert_eq!(shown, format!("no JSON: {name}{rest}"));
    }
    assert_eq!(body_of("no JSON: Name=n", &mut Response::default()).await, "no JSON: Name=n");
    assert_eq!(body_of("no JSON: hush", &mut Whole::default()).await, rest);
    assert_eq!(body_of("no JSON: shown", &mut Shown::default()).await, "no JSON: shown");
    assert_eq!(body_of("no JSON: x-secret=hush", &mut InHeader::default()).await, format!("no JSON: x-secret{rest}"));
}

/// A body can end in the middle of a secret.
#[tokio::test]
async fn truncated_secrets_are_hidden() {
    for end in 0..TOKEN.len() {
        let Some(part) = TOKEN.get(..end) else { continue };
        for form in [part.to_owned(), percent(part), percent(&percent(part))] {
            let text = fails(HttpResponse::new(502, format!("token={form}"))).await;
            if part.len() >= 4 {
                assert_hidden(&text, &PARTS, &form);
            }
        }
    }
}

/// The search for secrets must be fast, without deep recursion.
#[tokio::test]
async fn bodies_full_of_apparent_secrets_are_searched() {
    for piece in ["\\", "%25", "%5C", "%2525255C", "\\u005c", "&#92;", "CAIS", "CAIS+", "Pzq+", "\\\""] {
        let text = fails(HttpResponse::new(502, piece.repeat(1_000_000 / piece.len()))).await;
        assert!(text.contains("unreadable response"), "{piece}");
    }
}

#[tokio::test]
async fn sensitive_fields_of_undecodable_responses_are_hidden() {
    for body in [
        // Cut after, in and before the secret; of the wrong type; with an error after it.
        r#"{"Key":{"Name":"plain","KeySecret":"received-secret""#,
        r#"{"Key":{"Name":"plain","KeySecret":"received-secr"#,
        r#"{"Key":{"Name":"plain","KeySecret":["received-secret"]},"Count":"x"}"#,
        r#"{"Key":{"Name":"plain","KeySecret":{"a":"received-secret"}},"Count":"x"}"#,
        r#"{"Key":{"Name":"plain","KeySecret":"received-secret"},"Count":"x"}"#,
        r#"{"Keys":{"Key":[{"Name":"plain","KeySecret":"received-secret"}]},"Count":"x"}"#,
        r#"{"Keys":{"Key":[{"Name":"plain","KeySecret":"received-secret"}"#,
        r#"{"data":"{\"keysecret\":\"received-secret\"}","Count":"x"}"#,
        "<CreateResponse><Key><Name>plain</Name><KeySecret>received-secret</KeySecret></Key><Count>x</Count></CreateResponse>",
        "<CreateResponse><Key><Name>plain</Name><KeySecret><b>received-secret</b></KeySecret></Key><Count>x</Count></CreateResponse>",
        "<CreateResponse><Key><Name>plain</Name><KeySecret>received-secret",
        "<Other><Key><Name>plain</Name><KeySecret>received-secret</KeySecret></Key></Other>",
    ] {
        for status in [200, 500] {
            let text = fails(HttpResponse::new(status, body)).await;
            assert_hidden(&text, &[RECEIVED, "received"], body);
            assert!(text.contains("KeySecret") || text.contains("keysecret"), "the field is named: {text}");
        }
    }
}

#[tokio::test]
async fn untyped_parameters_are_secret_by_their_name() {
    let echo = "received: custom-token-1, custom-password-2, custom-header-3, custom-body-4";
    let response = HttpResponse::new(400, format!(r#"{{"Code":"C","Message":"{echo}, plain-5"}}"#));
    let notes = Notes::default();
    let request = UntypedRequest::new("Create")
        .parameter("SessionToken", "custom-token-1")
        .form("AccountPassword", "custom-password-2")
        .header("x-acs-secret", "custom-header-3")
        .parameter("Name", "plain-5")
        .body(r#"{"Account":{"Password":"custom-body-4"}}"#);
    let client = UntypedClient::new("Test", "2020-01-01", &config(&response, &notes)).unwrap();
    let text = shown(&client.call(&request).await.unwrap_err(), &notes);
    assert_hidden(&text, &["custom-"], "untyped");
    assert!(text.contains("received: ***, ***, ***, ***, plain-5"), "{text}");
}

#[tokio::test]
async fn validation_errors_do_not_show_sensitive_numbers_and_keys() {
    struct Strict(Input);
    impl Request for Strict {
        type Response = Created;
        type Error = String;
        const OPERATION: &'static Operation<'static> = &Operation::new(
            &SERVICE,
            "Strict",
            Method::Post,
            Parameters::new(0, &["Pin", "Rate", "Codes"]).details(&[
                (0, Detail { limits: &[Limit::Max(9)], ..SENSITIVE }),
                (1, Detail { limits: &[Limit::MinFloat(5000.5)], ..SENSITIVE }),
                (2, Detail { limits: &[Limit::Max(9)], ..SENSITIVE }),
            ]),
        );
        fn input(&self) -> &Input {
            &self.0
        }
        fn error(_: usize, _: &str) -> String {
            String::new()
        }
    }
    let client = Client::new(&SERVICE, &Config::new(Credentials::new("i", "s"))).unwrap();
    let input = Input::new().set(0, 4711_i64).set(1, 4711.5).map(2, [("key-4711", 4711_i64)]);
    let error = client.call(&Strict(input)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the request was not sent: Pin: is ***, but the maximum is 9; Rate: is ***, but the minimum is \
         5000.5; Codes.***: is ***, but the maximum is 9"
    );
    assert_hidden(&format!("{error:?}"), &["4711"], "Debug");
}

/// The text contains the causes, so `source` must not repeat them.
#[tokio::test]
async fn errors_have_their_causes_in_their_text_and_no_source() {
    let text = fails(HttpResponse::new(400, r#"{"Code":"C","Message":"m"}"#)).await;
    assert!(text.contains("C: m (HTTP 400"), "{text}");
    let config = Config::new(Credentials::new("i", "s"))
        .endpoint("http://127.0.0.1:1")
        .retry_policy(alicloud_runtime::RetryPolicy::none());
    let error = Client::new(&SERVICE, &config).unwrap().call(&request()).await.unwrap_err();
    assert!(error.to_string().contains("Connection refused"), "{error}");
    assert!(error.source().is_none() && error.failure().source().is_none());
    // The output of a `main` that returns the error.
    assert!(format!("{error:?}").starts_with(&error.to_string()), "{error:?}");
}
