//! Structures as flat parameters, compared with the output of official code.

use std::collections::BTreeMap;

use alicloud_runtime::dynamic::{
    Client, Detail, Hosts, Input, Operation, Outcome, Parameters, Place, Service, Style, Value,
};

use alicloud_runtime::Method;
use alicloud_runtime::{Config, Credentials, SignatureVersion};
use serde_json::Value as Json;

static SERVICE: Service<'static> = Service {
    product: "Test",
    version: "2020-01-01",
    public: Hosts { host: "test.aliyuncs.com", ..Hosts::NONE },
    vpc: Hosts::NONE,
    outcome: None::<Outcome>,
    retried: &[],
    gateway: None,
};

fn vectors() -> Json {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/official.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The value that a caller would pass to a setter: objects with free keys are maps. `None` for `null`, which no setter
/// accepts.
fn value(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => return None,
        Json::Bool(flag) => (*flag).into(),
        Json::String(text) => text.as_str().into(),
        Json::Number(number) => number.as_i64().map_or_else(|| number.as_f64().unwrap().into(), Into::into),
        Json::Array(items) => Value::List(items.iter().map(value).collect::<Option<_>>()?),
        Json::Object(members) => {
            Value::Map(members.iter().map(|(key, item)| Some((key.clone(), value(item)?))).collect::<Option<_>>()?)
        }
    })
}

/// The parameters that are sent for these values, by name. They are the same for both signature versions.
fn sent(
    style: Style,
    place: Place,
    values: Vec<(String, Value)>,
) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let v1 = sent_with(SignatureVersion::V1, style, place, values.clone());
    let v3 = sent_with(SignatureVersion::V3, style, place, values);
    assert_eq!(v1, v3);
    v3
}

fn sent_with(
    version: SignatureVersion,
    style: Style,
    place: Place,
    values: Vec<(String, Value)>,
) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let (mut names, mut details) = (Vec::new(), Vec::new());
    let mut input = Input::new();
    for (index, (name, value)) in values.into_iter().enumerate() {
        let index = u16::try_from(index).unwrap();
        names.push(&*name.leak());
        details.push((index, Detail { style, place, ..Detail::PLAIN }));
        input = input.set(index, value);
    }
    let parameters = Parameters::new(0, names.leak()).details(details.leak());
    let operation = Box::leak(Box::new(Operation::new(&SERVICE, "Test", Method::Post, parameters)));
    let config = Config::new(Credentials::new("id", "secret")).signature_version(version);
    let client = Client::new(&SERVICE, &config).unwrap();
    let outgoing = client.prepare(operation, &input).unwrap();
    let pairs = |text: &[u8]| -> BTreeMap<String, String> {
        let all = url::form_urlencoded::parse(text);
        let common = ["Action", "Format", "Version", "AccessKeyId", "Timestamp"];
        all.filter(|(name, _)| !common.contains(&name.as_ref()) && !name.starts_with("Signature"))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    };
    (pairs(outgoing.query().as_bytes()), pairs(outgoing.body().unwrap_or_default()))
}

fn expected(json: &Json) -> BTreeMap<String, String> {
    json.as_object().unwrap().iter().map(|(name, text)| (name.clone(), text.as_str().unwrap().to_owned())).collect()
}

#[test]
fn lists_are_numbered_and_objects_and_maps_are_dotted() {
    let file = vectors();
    let mut compared = 0;
    for (key, style) in [("flatten", Style::RepeatList), ("flat_style", Style::Flat)] {
        for case in file[key].as_array().unwrap() {
            let members = case["input"].as_object().unwrap();
            let values: Option<Vec<_>> =
                members.iter().map(|(name, json)| Some((name.clone(), value(json)?))).collect();
            let Some(values) = values else { continue };
            let (query, form) = sent(style, Place::Query, values.clone());
            assert_eq!((query, form), (expected(&case["output"]), BTreeMap::new()), "{}", case["input"]);
            let (query, form) = sent(style, Place::Form, values);
            assert_eq!((query, form), (BTreeMap::new(), expected(&case["output"])), "{}", case["input"]);
            compared += 1;
        }
    }
    assert!(compared >= 6, "{compared}");
}

#[test]
fn joining_styles_send_one_parameter() {
    let mut compared = 0;
    for case in vectors()["array_style"].as_array().unwrap() {
        let style = match case["style"].as_str().unwrap() {
            "simple" => Style::Joined(','),
            "spaceDelimited" => Style::Joined(' '),
            "pipeDelimited" => Style::Joined('|'),
            "json" => Style::Json,
            _ => continue,
        };
        let Some(value) = value(&case["input"]) else { continue };
        let (query, _) = sent(style, Place::Query, vec![("P".to_owned(), value)]);
        assert_eq!(query.get("P").map(String::as_str), case["output"].as_str(), "{case}");
        compared += 1;
    }
    assert_eq!(compared, 4);
}

#[test]
fn json_has_only_the_required_escapes() {
    let value: Value = vec!["\"\\\n\t\r\u{1}</script>中😀"].into();
    let (query, _) = sent(Style::Json, Place::Query, vec![("P".to_owned(), value)]);
    assert_eq!(query["P"], r#"["\"\\\n\t\r\u0001</script>中😀"]"#);
    assert!(serde_json::from_str::<Vec<String>>(&query["P"]).is_ok());
}

#[test]
fn empty_lists_and_maps_are_omitted_and_empty_strings_are_sent() {
    let empty = || Value::List(vec![]);
    for style in [Style::RepeatList, Style::Flat, Style::Json, Style::Joined(',')] {
        let values =
            vec![("List".to_owned(), empty()), ("Map".to_owned(), Value::Map(vec![])), ("Text".to_owned(), "".into())];
        let (query, _) = sent(style, Place::Query, values);
        assert_eq!(query, BTreeMap::from([("Text".to_owned(), String::new())]), "{style:?}");
    }
}

#[test]
fn integers_keep_every_digit_and_booleans_are_lower_case() {
    let values = vec![
        ("Long".to_owned(), i64::MAX.into()),
        ("Least".to_owned(), i64::MIN.into()),
        ("Flag".to_owned(), true.into()),
        ("Ratio".to_owned(), 0.1.into()),
    ];
    let (query, _) = sent(Style::RepeatList, Place::Query, values);
    let expected =
        [("Flag", "true"), ("Least", "-9223372036854775808"), ("Long", "9223372036854775807"), ("Ratio", "0.1")];
    assert_eq!(query, expected.map(|(name, text)| (name.to_owned(), text.to_owned())).into());
}

#[test]
fn paths_have_parameters_and_a_fixed_query() {
    const IN_PATH: &[(u16, Detail)] = &[(0, Detail { place: Place::Path, ..Detail::PLAIN })];
    let client = Client::new(&SERVICE, &Config::new(Credentials::new("id", "secret"))).unwrap();
    // The path, the value of `Key`, and the URL that is sent.
    let cases = [
        ("/files/{Key}", "a/b c", Some(("/files/a%2Fb%20c", ""))),
        ("/files/{Key*}", "a/b c/d", Some(("/files/a/b%20c/d", ""))),
        ("/files/{Key*}", "a/../d", None),
        ("/files/{Key*}", "a//d", None),
        ("/agents/{Key}?status", "a?b", Some(("/agents/a%3Fb", "status="))),
        ("/agents/{Key}?comp=stat&live", "a", Some(("/agents/a", "comp=stat&live="))),
    ];
    for (path, key, expected) in cases {
        let parameters = Parameters::new(1, &["Key"]).details(IN_PATH);
        let operation = Operation::new(&SERVICE, "Test", Method::Get, parameters).path(path);
        let outgoing = client.prepare(&operation, &Input::new().set(0, Value::from(key)));
        let sent = outgoing.as_ref().ok().map(|outgoing| (outgoing.path(), outgoing.query()));
        assert_eq!(sent, expected, "{path} {key}");
    }
}
