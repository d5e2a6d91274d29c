//! Values and messages from outside a spec are read by their types, or rejected.

use alicloud_model::{
    Field, Method, Sample, SampleReading, Service, SharedTypes, Type, decode_base64, is_sensitive_name, load_sources,
    sample_xml,
};
use serde_json::json;

use crate::sources::{service, source};

const TYPES: &str = "\
types:
  - name: Label
    fields:
      - { name: Key, type: String, required: true }
      - { name: Values, type: List<String> }
";

const PUT: &str = "\
operation: Put
summary: Puts things.
style: ROA
methods: [GET, PUT]
path: /things
effect: write
parameters:
  - { name: Text, type: String }
  - { name: Any, type: Any }
  - { name: Size, type: Integer, required: true }
  - { name: Rate, type: Double }
  - { name: Flag, type: Boolean }
  - { name: Bytes, type: Bytes }
  - { name: List, type: List<Long> }
  - { name: Map, type: Map<Any> }
  - { name: JsonMap, type: Map<Any>, style: json }
  - { name: Label, type: Label }
  - { name: Tag, type: List<Object>, fields: [{ name: Key, type: String, required: true }, { name: Value, type: Any }] }
  - { name: Form, type: Any, in: form }
";

fn load(operation: &str) -> Service {
    let sources =
        [source("demo/2020-01-01/Put.yaml", operation), source("demo/2020-01-01/types.yaml", TYPES), service()];
    let loaded = load_sources(&sources);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    loaded.services.into_iter().next().unwrap()
}

fn text(text: &str) -> Sample {
    Sample::Text(text.to_owned())
}

fn object(members: &[(&str, Sample)]) -> Sample {
    Sample::Object(members.iter().map(|(name, sample)| ((*name).to_owned(), sample.clone())).collect())
}

/// Reads one value for a parameter.
fn read(
    service: &Service,
    name: &str,
    value: impl FnOnce(&mut SampleReading<'_>, &Type) -> Option<Sample>,
) -> Result<Sample, String> {
    let operation = &service.operations[0];
    let parameter = operation.parameter(name).unwrap();
    let mut reading = SampleReading::new(&service.types);
    reading.begin(operation, parameter);
    let sample = value(&mut reading, &parameter.field.ty);
    let values = sample.map(|sample| (name.to_owned(), sample)).into_iter().collect();
    reading.finish(values).map(|mut values| values.remove(0).1).map_err(|problems| problems.join("; "))
}

#[test]
fn text_is_read_by_its_type() {
    let service = load(PUT);
    for (name, given, expected) in [
        ("Text", "", Ok(text(""))),
        ("Any", "{", Ok(text("{"))),
        ("Size", "-1", Ok(text("-1"))),
        ("Size", "2147483648", Err("Size: is of type Integer: a 32-bit whole number was expected")),
        ("Rate", "1e3", Ok(text("1e3"))),
        ("Rate", "inf", Err("Rate: is of type Double: a finite number was expected")),
        ("Rate", "NaN", Err("Rate: is of type Double: a finite number was expected")),
        ("Rate", "much", Err("Rate: is of type Double: a number was expected")),
        ("Flag", "TRUE", Ok(text("TRUE"))),
        ("Flag", "1", Err("Flag: is of type Boolean: `true` or `false` was expected")),
        ("Bytes", " AA== ", Ok(text(" AA== "))),
        ("Bytes", "A", Err("Bytes: is of type Bytes: Base64 was expected")),
        ("List", "[1, \"2\"]", Ok(Sample::List(vec![text("1"), text("2")]))),
        (
            "List",
            "[",
            Err("List: is not valid JSON for the type List<Long>: EOF while parsing a list at line 1 column 1"),
        ),
        ("Map", "{\"k\":1}", Ok(object(&[("k", text("1"))]))),
    ] {
        let found = read(&service, name, |reading, ty| reading.text(ty, given, name));
        assert_eq!(found, expected.map_err(str::to_owned), "{name} {given}");
    }
}

#[test]
fn json_is_read_by_its_type() {
    let service = load(PUT);
    for (name, given, expected) in [
        ("Text", json!("a"), Ok(text("a"))),
        ("Text", json!(1), Ok(text("1"))),
        ("Text", json!(null), Err("Text: is null; omit it to send nothing")),
        ("Text", json!(["a"]), Err("Text: is an array, but its type is String")),
        ("Text", json!({}), Err("Text: is an object, but its type is String")),
        ("Size", json!("7"), Ok(text("7"))),
        ("Size", json!(7), Ok(text("7"))),
        ("Size", json!("seven"), Err("Size: is of type Integer: a 32-bit whole number was expected")),
        ("Flag", json!(true), Ok(text("true"))),
        ("Any", json!({"a":[1]}), Ok(text("{\"a\":[1]}"))),
        // In a parameter that is sent as JSON, a text is a JSON string.
        ("Any", json!("a"), Ok(text("a"))),
        ("Map", json!({"k":"a"}), Ok(object(&[("k", text("a"))]))),
        ("JsonMap", json!({"k":"a"}), Ok(object(&[("k", text("\"a\""))]))),
        ("Form", json!("a"), Ok(text("a"))),
        (
            "List",
            json!([1, null, "x"]),
            Err(
                "List.2: is null; omit it to send nothing; List.3: is of type Long: a 64-bit whole number was expected",
            ),
        ),
        ("List", json!(1), Err("List: is a single value, but its type is List<Long>")),
        ("List", json!("1"), Err("List: is a single value, but its type is List<Long>")),
        ("Map", json!([1]), Err("Map: is an array, but its type is Map<Any>")),
        ("Map", json!({"k":null}), Err("Map.k: is null; omit it to send nothing")),
        (
            "Label",
            json!({"Values":["v"],"Key":"k"}),
            Ok(object(&[("Key", text("k")), ("Values", Sample::List(vec![text("v")]))])),
        ),
        ("Label", json!({}), Err("Label.Key: is required")),
        (
            "Label",
            json!({"Key":"k","Valus":[]}),
            Err("Label.Valus: is not a member of `Label`; did you mean `Values`?"),
        ),
        ("Label", json!({"Key":"k","Other":1}), Err("Label.Other: is not a member of `Label`; it has Key, Values")),
        ("Label", json!("text"), Err("Label: is a single value, but its type is Label")),
        ("Tag", json!([{"Key":"k","Value":{}},{"Value":"v"}]), Err("Tag.2.Key: is required")),
        (
            "Tag",
            json!([{"Key":"k","Value":"v"}]),
            Ok(Sample::List(vec![object(&[("Key", text("k")), ("Value", text("v"))])])),
        ),
    ] {
        let found = read(&service, name, |reading, ty| reading.json(ty, &given, name));
        assert_eq!(found, expected.map_err(str::to_owned), "{name} {given}");
    }
    // A body, and a form that is sent as JSON.
    let body = PUT.replace("style: json }", "in: body }");
    let body = body.lines().filter(|line| !line.contains("in: form")).collect::<Vec<_>>().join("\n");
    let form = PUT.replace("path: /things", "path: /things\nform_as: json");
    for (operation, name, given, expected) in [
        (body.as_str(), "JsonMap", json!({"k":"a"}), object(&[("k", text("\"a\""))])),
        (&body, "Map", json!({"k":"a"}), object(&[("k", text("a"))])),
        (&form, "Form", json!("a"), text("\"a\"")),
        (&form, "Any", json!("a"), text("a")),
    ] {
        let found = read(&load(operation), name, |reading, ty| reading.json(ty, &given, name));
        assert_eq!(found, Ok(expected), "{name}");
    }
}

#[test]
fn the_depth_of_a_sample_counts_its_lists_and_objects() {
    for (sample, depth) in [
        (text("a"), 0),
        (Sample::List(vec![]), 1),
        (object(&[]), 1),
        (Sample::List(vec![text("a"), Sample::List(vec![text("b")])]), 2),
        (object(&[("a", text("a")), ("b", object(&[("c", Sample::List(vec![]))]))]), 3),
    ] {
        assert_eq!(sample.depth(), depth, "{sample:?}");
    }
}

#[test]
fn an_operation_describes_its_request() {
    let service = load(PUT);
    let put = &service.operations[0];
    assert_eq!((put.method_names(), put.preferred_method()), (vec!["GET", "PUT"], Method::Get));
    let names = |fields: Vec<&Field>| fields.iter().map(|field| field.name.clone()).collect::<Vec<_>>();
    let ordered: Vec<&str> = put.ordered_parameters().iter().map(|one| one.field.name.as_str()).collect();
    assert_eq!(ordered[..3], ["Size", "Text", "Any"]);
    assert_eq!(names(Field::required_first(put.parameters.iter().map(|one| &one.field)))[..3], ["Size", "Text", "Any"]);
    let at = |path: &str| {
        let path: Vec<String> = path.split('.').map(str::to_owned).collect();
        put.parameter_at(&service.types, &path).map(|field| field.name.as_str())
    };
    assert_eq!([at("Size"), at("Label.Key"), at("Label.None"), at("None")], [Some("Size"), Some("Key"), None, None]);
    assert_eq!(service.types.iter().cloned().collect::<SharedTypes>(), service.types);
    for (keys, is_repeatable) in [
        ("effect: read", true),
        ("effect: write", false),
        ("effect: write\nidempotent: true", true),
        ("effect: readAndWrite", false),
    ] {
        let service = load(&PUT.replace("effect: write", keys));
        assert_eq!(service.operations[0].is_repeatable(), is_repeatable, "{keys}");
    }
}

#[test]
fn an_object_around_a_list_is_a_wrapped_list() {
    let response = "\
response:
  - { name: Wrapped, type: Object, fields: [{ name: Item, type: List<String> }] }
  - { name: One, type: Object, fields: [{ name: Item, type: String }] }
  - { name: Two, type: Object, fields: [{ name: Item, type: List<String> }, { name: Count, type: Long }] }
  - { name: List, type: List<String> }
";
    let service = load(&format!("{PUT}{response}"));
    let wrapped: Vec<Option<&str>> = service.operations[0]
        .response
        .iter()
        .map(|field| field.ty.wrapped_list().map(|list| list.name.as_str()))
        .collect();
    assert_eq!(wrapped, [Some("Item"), None, None, None]);
}

#[test]
fn base64_is_read_with_spaces_around_it() {
    for (given, expected) in
        [("/wA=", Some(&b"\xff\x00"[..])), (" AA==\n", Some(b"\0")), ("", Some(b"")), ("A", None), ("_wA=", None)]
    {
        assert_eq!(decode_base64(given).as_deref(), expected, "{given}");
    }
}

#[test]
fn xml_is_read_as_a_tree_of_elements() {
    let root = sample_xml::parse("<a> x&amp;<![CDATA[<y>]]>&#122; <b/><c>d</c> </a>").unwrap();
    let children: Vec<(&str, &str)> = root.children.iter().map(|one| (one.name.as_str(), one.text.as_str())).collect();
    assert_eq!((root.name.as_str(), root.text.as_str()), ("a", "x&<y>z"));
    assert_eq!(children, [("b", ""), ("c", "d")]);
    assert_eq!((root.at, root.children[0].at), (1, 33));
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(sample_xml::parse(&nested(100)).is_ok());
    for (text, at, why) in [
        ("<a>&bomb;</a>", Some(3), "the entity `&bomb;` is not known"),
        ("<a/><b/>", Some(5), "it has a second root element"),
        ("<a><b></b>", Some(1), "`<a>` is not closed"),
        (" ", None, "there is no element"),
        (&nested(101), Some(300), "its elements are nested too deeply"),
    ] {
        let error = sample_xml::parse(text).unwrap_err();
        assert_eq!((error.at, error.why.as_str()), (at, why), "{text}");
    }
}

#[test]
fn a_name_is_sensitive_by_its_last_words() {
    for (name, expected) in [
        ("Password", true),
        ("DBPassword", true),
        ("DBAccountPassword2", true),
        ("account-password", true),
        ("account password", true),
        ("accountPASSWORD", true),
        ("PasswordText", true),
        ("Plaintext", true),
        ("X509PrivateKeyPem", true),
        ("HasPassword", false),
        ("PasswordPolicy", false),
        ("Data", false),
        ("NextToken", false),
        ("SecurityToken", true),
        ("", false),
    ] {
        assert_eq!(is_sensitive_name(name), expected, "{name}");
    }
}
