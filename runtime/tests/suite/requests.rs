//! Requests as they are sent: host, path, query, form and body; and requests that are rejected before sending.

use alicloud_runtime::dynamic::{
    Client, Decode, Detail, Input, Limit, Operation, Parameters, ResponseKind, Rule, Slot, Value,
};

use crate::test_service::SERVICE;
use crate::transport_double::{Double, header};
use alicloud_runtime::Method;
use alicloud_runtime::{Config, Credentials, Failure, SignatureVersion};

const FORM_TYPE: &str = "application/x-www-form-urlencoded";
const JSON_TYPE: &str = "application/json; charset=utf-8";

struct Nothing;

impl Decode for Nothing {
    fn field(&mut self, _: usize) -> (&'static str, Slot<'_>) {
        ("", Slot::Skip)
    }
}

/// A request as it was sent.
#[derive(Debug, PartialEq, Eq)]
struct Sent {
    url: String,
    content_type: String,
    body: String,
}

/// Sends a request, and returns it as it was sent, or the error.
async fn sent(operation: &Operation<'_>, input: Input) -> Result<Sent, String> {
    let double = Double::responding("{}");
    let config = Config::new(Credentials::new("id", "secret")).endpoint("h").transport(double.clone());
    let client = Client::new(&SERVICE, &config).unwrap();
    match client.send(operation, &input, &mut Nothing).await {
        Ok(_) => {
            let request = &double.requests()[0];
            let body = String::from_utf8(request.body().unwrap_or_default().to_vec()).unwrap();
            Ok(Sent { url: request.url().to_owned(), content_type: header(request, "content-type"), body })
        }
        Err(error) => {
            assert!(double.requests().is_empty() && matches!(error.failure(), Failure::Invalid(_)), "{error:?}");
            Err(error.to_string())
        }
    }
}

fn post(parameters: Parameters) -> Operation<'static> {
    Operation::new(&SERVICE, "Test", Method::Post, parameters).response_kind(ResponseKind::Nothing)
}

#[tokio::test]
async fn a_label_of_the_host_has_letters_digits_and_hyphens() {
    let operation = post(Parameters::new(0, &["Label"]).details(&[(0, Detail::HOST)]));
    for (label, host) in [
        ("b", Some("b.h")),
        ("B-1", Some("b-1.h")),
        ("", None),
        ("a.b", None),
        ("a/b", None),
        ("ä", None),
        ("-a", None),
        ("a-", None),
        ("-", None),
    ] {
        match (sent(&operation, Input::new().text(0, label)).await, host) {
            (Ok(sent), Some(host)) => assert_eq!(sent.url, format!("https://{host}/")),
            (Err(error), None) => assert!(error.contains("Label: is part of the host"), "{label}: {error}"),
            (outcome, _) => panic!("{label}: {outcome:?}"),
        }
    }
}

/// A query of 60,000 bytes is sent unchanged. If it is longer, the longest parameters are sent in a form.
#[tokio::test]
async fn the_longest_parameters_go_in_a_form_if_the_query_is_too_long() {
    let operation = || post(Parameters::new(0, &["A", "B", "C"]));
    let text = |bytes: usize| "x".repeat(bytes);
    // The parameters, and those that are in the query.
    for (input, in_query) in [
        (Input::new().text(0, text(59_997)), "A"),
        (Input::new().text(0, text(59_998)), ""),
        // In a URL, these characters take three bytes.
        (Input::new().text(0, " ".repeat(19_999)), "A"),
        (Input::new().text(0, " ".repeat(20_000)), ""),
        (Input::new().text(0, text(29_996)).text(1, text(29_998)), "AB"),
        (Input::new().text(0, text(29_998)).text(1, text(29_999)), "A"),
        (Input::new().text(0, text(30_000)).text(1, text(29_999)), "B"),
        (Input::new().text(0, text(40_000)).text(1, text(30_000)).text(2, "c"), "BC"),
        (Input::new().text(0, text(70_000)).text(1, text(65_000)).text(2, "c"), "C"),
    ] {
        let sent = sent(&operation(), input).await.unwrap();
        let query = sent.url.split_once('?').map_or("", |(_, query)| query);
        let names =
            |pairs: &str| pairs.split('&').filter_map(|pair| pair.get(..1).map(str::to_owned)).collect::<String>();
        assert_eq!(names(query), in_query);
        assert!(names(&sent.body).chars().all(|name| !in_query.contains(name)));
        assert_eq!(
            (sent.content_type == FORM_TYPE, sent.body.is_empty()),
            (!sent.body.is_empty(), sent.content_type.is_empty())
        );
    }
    // Names count as well. Only parameters of the query are moved.
    let operation = post(Parameters::new(0, &["A", "B"]).details(&[(1, Detail::FORM)]));
    let sent_names = sent(&operation, Input::new().texts(0, vec![""; 10_000])).await.unwrap();
    assert!(sent_names.body.contains("A.10000="));
    let sent_form = sent(&operation, Input::new().text(0, "a").text(1, text(70_000))).await.unwrap();
    assert_eq!((sent_form.url.as_str(), sent_form.body.len()), ("https://h/?A=a", 70_002));
}

#[tokio::test]
async fn a_query_that_is_too_long_is_an_error_without_a_form() {
    let long = || Input::new().text(0, "x".repeat(60_000));
    let plain = || Parameters::new(0, &["A", "B"]);
    let with_body = || plain().details(&[(1, Detail::BODY)]);
    for (operation, input, is_sent) in [
        (Operation::new(&SERVICE, "Test", Method::Put, plain()), long(), true),
        (Operation::new(&SERVICE, "Test", Method::Get, plain()), long(), false),
        (Operation::new(&SERVICE, "Test", Method::Delete, plain()), long(), false),
        (post(plain()).path("/things"), long(), false),
        (post(with_body()), long().text(1, "{}"), false),
        (post(with_body()), long(), true),
        (Operation::new(&SERVICE, "Test", Method::Get, plain()), Input::new().text(0, "x".repeat(59_997)), true),
    ] {
        match sent(&operation.response_kind(ResponseKind::Nothing), input).await {
            Ok(_) => assert!(is_sent),
            Err(error) => assert!(
                !is_sent
                    && error.contains(
                        "A: needs 60003 bytes in the URL, but all parameters together can have at most 60000"
                    ),
                "{error}"
            ),
        }
    }
}

#[tokio::test]
async fn the_body_is_one_parameter_or_the_form() {
    const MEMBERS: Parameters = Parameters::new(0, &["Name", "Size"]);
    const STRUCTURE: Detail = Detail { members: &MEMBERS, ..Detail::BODY };
    const DETAILS: &[(u16, Detail)] = &[(0, STRUCTURE), (1, Detail::FORM), (2, Detail::FORM)];
    let operation = || post(Parameters::new(0, &["Body", "A", "B", "C"]).details(DETAILS));
    let object = Value::Object(Input::new().text(0, "n").set(1, 2));
    for (operation, input, url, content_type, body) in [
        (operation(), Input::new(), "https://h/", "", ""),
        (operation(), Input::new().text(3, "c"), "https://h/?C=c", "", ""),
        (operation(), Input::new().text(1, "a b"), "https://h/", FORM_TYPE, "A=a%20b"),
        (operation(), Input::new().text(2, "b").text(1, "a"), "https://h/", FORM_TYPE, "A=a&B=b"),
        (operation(), Input::new().text(0, "[1]"), "https://h/", JSON_TYPE, "[1]"),
        (operation(), Input::new().json(0, "{ }").text(3, "c"), "https://h/?C=c", JSON_TYPE, "{ }"),
        (operation(), Input::new().binary(0, "bytes"), "https://h/", "application/octet-stream", "bytes"),
        (operation(), Input::new().set(0, object), "https://h/", JSON_TYPE, r#"{"Name":"n","Size":2}"#),
        (operation().form_as_json(), Input::new().text(3, "c"), "https://h/?C=c", "", ""),
        (operation().form_as_json(), Input::new().text(1, "a"), "https://h/", JSON_TYPE, r#"{"A":"a"}"#),
        (
            operation().form_as_json(),
            Input::new().text(1, "a").set(2, true),
            "https://h/",
            JSON_TYPE,
            r#"{"A":"a","B":true}"#,
        ),
    ] {
        let expected = Sent { url: url.to_owned(), content_type: content_type.to_owned(), body: body.to_owned() };
        assert_eq!(sent(&operation, input).await, Ok(expected));
    }
}

#[tokio::test]
async fn structures_are_written_as_json() {
    const MEMBERS: Parameters = Parameters::new(0, &["Name"]);
    const DETAILS: &[(u16, Detail)] = &[(0, Detail { members: &MEMBERS, ..Detail::BODY })];
    for (input, body) in [
        (Input::new().map(0, [("a", 1), ("b", 2), ("c", 3)]), r#"{"a":1,"b":2,"c":3}"#),
        (Input::new().list(0, [1, 2, 3]), "[1,2,3]"),
        (Input::new().texts(0, ["a\"\\\n\r\t\u{1}é"]), "[\"a\\\"\\\\\\n\\r\\t\\u0001é\"]"),
        (
            Input::new().jsons(0, ["{\"a\": 1}", "null", "no JSON", "{\"a\":", "1 2"]),
            r#"[{"a": 1},null,"no JSON","{\"a\":","1 2"]"#,
        ),
        (Input::new().base64s(0, [&b"\xff\x00"[..], b""]), r#"["/wA=",""]"#),
        (Input::new().list(0, [1.0, 0.25, 1e16, -2.0]), "[1.0,0.25,10000000000000000,-2.0]"),
        (Input::new().list(0, [Value::from(true), Value::Binary("b".into())]), "[true,null]"),
        (
            Input::new().list(0, [Value::Object(Input::new().text(0, "n")), Value::Object(Input::new())]),
            r#"[{"Name":"n"},{}]"#,
        ),
    ] {
        let sent = sent(&post(Parameters::new(0, &["Body"]).details(DETAILS)), input).await.unwrap();
        assert_eq!((sent.body.as_str(), sent.content_type.as_str()), (body, JSON_TYPE));
    }
}

/// Checks one limit, with valid values, and with invalid values and their error.
#[tokio::test]
async fn values_beyond_documented_limits_are_rejected() {
    macro_rules! assert_limit {
        ($($limit:expr, [$($good:expr),*], [$($bad:expr => $problem:literal),*];)*) => {$({
            const LIMITS: &[Limit] = &[$limit];
            const DETAILS: &[(u16, Detail)] = &[(0, Detail { limits: LIMITS, ..Detail::PLAIN })];
            for good in [$(Value::from($good)),*] {
                sent(&post(Parameters::new(0, &["A"]).details(DETAILS)), Input::new().set(0, good)).await.unwrap();
            }
            for (bad, problem) in [$((Value::from($bad), $problem)),*] {
                let error = sent(&post(Parameters::new(0, &["A"]).details(DETAILS)), Input::new().set(0, bad)).await;
                assert_eq!(error.unwrap_err(), format!("the request was not sent: A: {problem}"));
            }
        })*};
    }
    assert_limit! {
        Limit::MinBytes(3), ["abc", "é1"], ["ab" => "has 2 bytes, but at least 3 are required"];
        Limit::MaxBytes(3), ["abc", ""], ["éé" => "has 4 bytes, but at most 3 are allowed"];
        Limit::MinCharacters(3), ["abc", "ééé", "abcdefghijklm"], ["éé" => "has 2 characters, but at least 3 are required"];
        Limit::MaxCharacters(3), ["abc", "ééé"], ["éééé" => "has 4 characters, but at most 3 are allowed"];
        Limit::Min(3), [3, 4], [2 => "is 2, but the minimum is 3"];
        Limit::Max(3), [3, 2], [4 => "is 4, but the maximum is 3"];
        Limit::MinFloat(0.5), [0.5, 1.0], [0.25 => "is 0.25, but the minimum is 0.5"];
        Limit::MaxFloat(0.5), [0.5, 0.0], [0.75 => "is 0.75, but the maximum is 0.5"];
        Limit::MinFloat(0.5), [1], [0 => "is 0, but the minimum is 0.5"];
        Limit::MaxFloat(0.5), [0], [1 => "is 1, but the maximum is 0.5"];
        Limit::MinItems(2), [vec!["a", "b"]], [vec!["a"] => "has 1 items, but at least 2 are required"];
        Limit::MaxItems(2), [vec!["a", "b"]], [vec!["a", "b", "c"] => "has 3 items, but at most 2 are allowed"];
    }
}

#[tokio::test]
async fn parameters_that_depend_on_each_other_are_checked() {
    let operation =
        || post(Parameters::new(0, &["A", "B", "C"])).rules(&[Rule::AnyOf(&[&[0], &[1, 2]]), Rule::Together(&[1, 2])]);
    let with = |indices: &[u16]| indices.iter().fold(Input::new(), |input, index| input.text(*index, "x"));
    let one = "A, B, C: one of these is required: A; or B together with C";
    let together = |name: &str| format!("B, C: these must be set together, but {name} is missing");
    for (set, problems) in [
        (&[0][..], String::new()),
        (&[1, 2], String::new()),
        (&[0, 1, 2], String::new()),
        (&[], one.to_owned()),
        (&[1], format!("{one}; {}", together("C"))),
        (&[0, 2], together("B")),
    ] {
        match sent(&operation(), with(set)).await {
            Ok(_) => assert_eq!(problems, "", "{set:?}"),
            Err(error) => assert_eq!(error, format!("the request was not sent: {problems}"), "{set:?}"),
        }
    }
}

#[tokio::test]
async fn the_members_of_objects_are_checked_and_named_by_their_path() {
    const LIMITED: &[(u16, Detail)] = &[(1, Detail { limits: &[Limit::Max(3)], ..Detail::PLAIN })];
    const MEMBERS: Parameters = Parameters::new(1, &["Name", "Size"]).details(LIMITED);
    const DETAILS: &[(u16, Detail)] = &[(0, Detail { members: &MEMBERS, ..Detail::PLAIN })];
    let operation = post(Parameters::new(0, &["A"]).details(DETAILS));
    let object = |size: i64| Value::Object(Input::new().text(0, "n").set(1, size));
    let nameless = Value::Object(Input::new());
    for (value, problems) in [
        (object(3), ""),
        (object(4), "A.Size: is 4, but the maximum is 3"),
        (nameless.clone(), "A.Name: is required"),
        (Value::List(vec![object(3), object(4)]), "A.2.Size: is 4, but the maximum is 3"),
        (Value::Map(vec![("k".into(), object(4))]), "A.k.Size: is 4, but the maximum is 3"),
        (Value::List(vec![nameless, object(5)]), "A.1.Name: is required; A.2.Size: is 5, but the maximum is 3"),
    ] {
        match sent(&operation, Input::new().set(0, value)).await {
            Ok(_) => assert_eq!(problems, ""),
            Err(error) => assert_eq!(error, format!("the request was not sent: {problems}")),
        }
    }
}

#[tokio::test]
async fn a_map_is_sent_as_several_headers_only_if_declared() {
    for (name, expected) in [("x-acs-meta-*", "x-acs-meta-key"), ("x-acs-meta", "x-acs-meta.key")] {
        let details = &[(0, Detail::HEADER)];
        let operation = post(Parameters::new(0, Box::leak(Box::new([name]))).details(details));
        let double = Double::responding("{}");
        let config = Config::new(Credentials::new("id", "secret")).endpoint("h").transport(double.clone());
        let (client, input) = (Client::new(&SERVICE, &config).unwrap(), Input::new().map(0, [("key", "value")]));
        client.send(&operation, &input, &mut Nothing).await.unwrap();
        assert_eq!(header(&double.requests()[0], expected), "value");
    }
}

#[test]
fn signature_v1_supports_only_rpc_operations() {
    let client = |credentials: Credentials| {
        let config = Config::new(credentials).endpoint("h").signature_version(SignatureVersion::V1);
        Client::new(&SERVICE, &config).unwrap()
    };
    let parameters = || Parameters::new(0, &["Body"]).details(&[(0, Detail::BODY)]);
    let unsupported = "`Test` is not an RPC operation, so signature V1 cannot sign it; use `SignatureVersion::V3`";
    for (operation, input, expected) in [
        (post(parameters()), Input::new(), None),
        (post(parameters()), Input::new().text(0, "{}"), Some(unsupported)),
        (post(parameters()).path("/things"), Input::new(), Some(unsupported)),
    ] {
        let outcome = client(Credentials::new("id", "secret")).prepare(&operation, &input);
        assert_eq!(outcome.err().map(|failure| failure.to_string()).as_deref(), expected);
    }
    let failure = client(Credentials::anonymous()).prepare(&post(parameters()), &Input::new()).err().unwrap();
    assert_eq!(failure.to_string(), "signature V1 does not support anonymous calls; use `SignatureVersion::V3`");
}
