//! The import of documents: every operation and parameter is accounted for, and the special cases of official documents
//! are converted, with a note.

use alicloud_cli::import::{Options, Reason, convert};
use serde_json::{Value as Json, json};
use serde_yaml::Value;

use crate::imported::{document, file, import, reasons, rpc, yaml};

#[test]
fn parameters_keep_position_style_type_and_limits() {
    let table = [
        (
            r#"{"name":"A","in":"query","schema":{"type":"string","required":true,"example":"007"}}"#,
            "{name: A, type: String, required: true, example: '007'}",
            "",
        ),
        (
            r#"{"name":"A","in":"formData","schema":{"type":"integer","format":"int32","minimum":"1","maximum":"9"}}"#,
            "{name: A, type: Integer, in: form, range: {min: 1, max: 9}}",
            "",
        ),
        (r#"{"name":"A","in":"query","schema":{"type":"integer"}}"#, "{name: A, type: Long}", ""),
        (r#"{"name":"A","schema":{"type":"number","format":"float"}}"#, "{name: A, type: Float}", ""),
        (r#"{"name":"A","schema":{"type":"number"}}"#, "{name: A, type: Double}", ""),
        (r#"{"name":"A","schema":{"type":"number","default":0.5}}"#, "{name: A, type: Double, default: 0.5}", ""),
        (r#"{"name":"A","schema":{"type":"string","format":"byte"}}"#, "{name: A, type: Bytes}", ""),
        (r#"{"name":"A","schema":{"type":"string","format":"binary"}}"#, "{name: A, type: String}", "type"),
        (
            r#"{"name":"body","in":"body","schema":{"type":"string","format":"binary"}}"#,
            "{name: body, type: Binary, in: body}",
            "",
        ),
        (
            r#"{"name":"body","in":"body","schema":{"type":"object","required":true,"properties":{"A":{"type":"string","required":true}}}}"#,
            "{name: body, type: Object, in: body, required: true, fields: [{name: A, type: String}]}",
            "required-member",
        ),
        (
            r#"{"name":"A","in":"query","style":"json","schema":{"type":"array","items":{"type":"string"},"maxItems":"3"}}"#,
            "{name: A, type: List<String>, style: json, count: {max: 3}}",
            "",
        ),
        (
            r#"{"name":"A","style":"simple","schema":{"type":"array","items":{"type":"object","properties":{"B":{"type":"string"}}}}}"#,
            "{name: A, type: List<Object>, fields: [{name: B, type: String}]}",
            "style",
        ),
        (
            r#"{"name":"A","style":"flat","schema":{"type":"object","additionalProperties":{"type":"integer","format":"int64"}}}"#,
            "{name: A, type: Map<Long>, style: flat}",
            "",
        ),
        (r#"{"name":"A","style":"json","schema":{"type":"object"}}"#, "{name: A, type: Any}", ""),
        (r#"{"name":"A","style":"xml","schema":{"type":"array"}}"#, "{name: A, type: List<Any>}", "style"),
        (r#"{"name":"A","schema":{"type":"boolean","default":true}}"#, "{name: A, type: Boolean, default: true}", ""),
        (
            r#"{"name":"A","schema":{"type":"string","enum":["x","y","x",""],"minLength":2,"maxLength":"64"}}"#,
            "{name: A, type: String, length: {min: 2, max: 64}, values: [x, y]}",
            "value",
        ),
        (r#"{"name":"A","schema":{"type":"string","minLength":9,"maxLength":3}}"#, "{name: A, type: String}", "limit"),
        (r#"{"name":"A","schema":{"type":"string","maximum":"3"}}"#, "{name: A, type: String}", "limit"),
        (
            r#"{"name":"A","schema":{"type":"integer","format":"int32","maximum":"4294967296"}}"#,
            "{name: A, type: Integer}",
            "limit",
        ),
        (
            r#"{"name":"A","schema":{"type":"integer","minimum":0,"exclusiveMinimum":true}}"#,
            "{name: A, type: Long, range: {min: 1}}",
            "",
        ),
        (
            r#"{"name":"A","schema":{"type":"integer","maximum":5,"default":6}}"#,
            "{name: A, type: Long, range: {max: 5}}",
            "default",
        ),
        (
            r#"{"name":"A","schema":{"type":"integer","required":true,"default":6}}"#,
            "{name: A, type: Long, required: true}",
            "default",
        ),
        (r#"{"name":"A","schema":{"type":"integer","example":"10GB"}}"#, "{name: A, type: Long}", "example-value"),
        (r#"{"name":"A","deprecated":"true","schema":{}}"#, "{name: A, type: Any, deprecated: true}", ""),
        (r#"{"name":"A","schema":"string"}"#, "{name: A, type: Any}", "malformed-field"),
        (r#"{"name":"A","schema":{"type":["null","string"]}}"#, "{name: A, type: String}", ""),
        (r#"{"name":"A","schema":{"type":"widget"}}"#, "{name: A, type: Any}", "type"),
        (r##"{"name":"A","schema":{"$ref":"#/components/schemas/No"}}"##, "{name: A, type: Any}", "missing-reference"),
        (
            r#"{"name":"A","in":"header","style":"json","schema":{"type":"object","properties":{"B":{"type":"string"}}}}"#,
            "{name: A, type: Object, in: header, style: json, fields: [{name: B, type: String}]}",
            "",
        ),
        (
            r#"{"name":"x-oss-meta-*","in":"header","schema":{"type":"string"}}"#,
            "{name: x-oss-meta-*, type: Map<String>, in: header}",
            "type",
        ),
        (r#"{"name":"$","schema":{"type":"string"}}"#, "{name: $, rust: field, type: String}", "rust-name"),
        (r#"{"name":"type","schema":{"type":"string"}}"#, "{name: type, type: String}", ""),
        (r#"{"name":"a\"b","schema":{"type":"string"}}"#, "{name: 'a\"b', type: String}", ""),
        (r#"{"name":"Filter.1.Key","schema":{"type":"string"}}"#, "{name: Filter.1.Key, type: String}", ""),
    ];
    for (parameter, expected, noted) in table {
        let parameter: Json = serde_json::from_str(parameter).unwrap();
        let converted = import(&rpc(json!([parameter]), Json::Null));
        assert_eq!(file(&converted, "Op.yaml")["parameters"][0], yaml(expected), "{parameter}");
        assert_eq!(reasons(&converted).join(" "), noted, "{parameter}");
    }
}

#[test]
fn parameters_that_cannot_be_sent_are_rejected() {
    let table = [
        (json!({ "in": "query" }), "malformed-parameter"),
        (json!("Name"), "malformed-parameter"),
        (json!({ "name": "" }), "unsafe-name"),
        (json!({ "name": "a\nb" }), "unsafe-name"),
        (json!({ "name": "a\u{202e}b" }), "unsafe-name"),
        (json!({ "name": "a\u{0}b" }), "unsafe-name"),
        (json!({ "name": "x".repeat(1000) }), "unsafe-name"),
        (json!({ "name": "Action" }), "reserved-name"),
        (json!({ "name": "SecurityToken" }), "reserved-name"),
        (json!({ "name": "OwnerId", "schema": { "type": "integer" } }), "account-parameter"),
        (json!({ "name": "ResourceOwnerAccount", "in": "query", "schema": {} }), "account-parameter"),
        (json!({ "name": "a b" }), "unsafe-name"),
        (json!({ "name": "A", "in": "cookie" }), "position"),
        (json!({ "name": "A", "in": "path" }), "position"),
        (json!({ "name": "a b", "in": "header" }), "unsafe-name"),
    ];
    for (parameter, reason) in table {
        let converted = import(&rpc(json!([parameter]), Json::Null));
        assert_eq!(reasons(&converted), [reason], "{parameter}");
        assert_eq!(converted.report.parameters.rejected, 1, "{parameter}");
        assert!(file(&converted, "Op.yaml").get("parameters").is_none(), "{parameter}");
    }
}

#[test]
fn parameters_that_name_an_account_are_imported_if_they_are_required() {
    for parameter in [
        json!({ "name": "OwnerId", "required": true, "schema": { "type": "integer" } }),
        json!({ "name": "ResourceOwnerId", "schema": { "type": "integer", "required": true } }),
    ] {
        let converted = import(&rpc(json!([parameter]), Json::Null));
        assert_eq!(file(&converted, "Op.yaml")["parameters"][0]["name"], parameter["name"].as_str().unwrap());
        assert_eq!(reasons(&converted), [""; 0], "{parameter}");
    }
}

#[test]
fn parameters_that_would_be_sent_twice_are_merged() {
    let disk = json!({ "name": "Disk", "style": "flat", "schema": { "type": "object", "properties": {
        "Size": { "type": "integer" } } } });
    let table = [
        (
            json!([{ "name": "R", "in": "query", "schema": {} }, { "name": "R", "in": "formData", "schema": {} }]),
            vec!["R"],
            "repeated-parameter",
        ),
        (json!([{ "name": "Disk.Size", "schema": {} }, disk]), vec!["Disk"], "sent-twice"),
        (json!([{ "name": "Disk.Category", "schema": {} }, disk]), vec!["Disk.Category", "Disk"], ""),
        (
            json!([{ "name": "T.1.K", "schema": {} }, { "name": "T", "style": "repeatList", "schema": { "type": "array",
                "items": { "type": "object", "properties": { "K": { "type": "string" } } } } }]),
            vec!["T"],
            "sent-twice",
        ),
    ];
    for (parameters, expected, reason) in table {
        let converted = import(&rpc(parameters.clone(), Json::Null));
        let parameters_left = file(&converted, "Op.yaml");
        let names: Vec<&str> = parameters_left["parameters"]
            .as_sequence()
            .unwrap()
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, expected, "{parameters}");
        assert_eq!(reasons(&converted).join(" "), reason, "{parameters}");
    }
}

#[test]
fn colliding_rust_names_are_changed() {
    let members = json!({ "key": { "type": "string" }, "Key": { "type": "string" }, "KEY": { "type": "string" } });
    let converted = import(&rpc(json!([]), json!({ "type": "object", "properties": members })));
    let expected =
        "[{name: KEY, type: String}, {name: Key, rust: key_2, type: String}, {name: key, rust: key_3, type: String}]";
    assert_eq!(file(&converted, "Op.yaml")["response"], yaml(expected));
}

#[test]
fn responses_of_every_shape() {
    let table = [
        (
            json!({ "type": "object", "properties": { "A": { "type": "string", "required": true } } }),
            "[{name: A, type: String}]",
        ),
        (json!({ "type": "array", "items": { "type": "string" } }), "{type: List<String>}"),
        (json!({ "type": "string" }), "{type: String}"),
        (json!({ "type": "string", "format": "binary" }), "{type: Binary}"),
        (json!({ "type": "integer", "format": "int32" }), "{type: Integer}"),
        (json!({ "type": "object" }), "{type: Any}"),
        (json!({ "type": "object", "additionalProperties": { "type": "string" } }), "{type: Map<String>}"),
        (json!({ "type": "object", "properties": [] }), "null"),
        (Json::Null, "null"),
        (json!([]), "null"),
        (json!({ "$ref": "#/components/schemas/Answer" }), "[{name: A, type: String}, {name: Next, type: Answer}]"),
        (json!({ "$ref": "#/components/schemas/Texts" }), "{type: List<String>}"),
        (json!({ "$ref": "#/components/schemas/Loop" }), "{type: Any}"),
    ];
    for (schema, expected) in table {
        let mut document = rpc(json!([]), schema.clone());
        document["components"]["schemas"] = json!({
            "Answer": { "type": "object", "properties": {
                "A": { "type": "string" },
                "Next": { "$ref": "#/components/schemas/Answer", "required": true },
            } },
            "Texts": { "type": "array", "items": { "type": "string" } },
            "Loop": { "$ref": "#/components/schemas/Loop" },
        });
        let operation = file(&import(&document), "Op.yaml");
        let response = operation.get("response").cloned().unwrap_or(Value::Null);
        assert_eq!(response, yaml(expected), "{schema}");
    }
}

#[test]
fn shared_types_give_way_to_operations() {
    let mut document = rpc(
        json!([{ "name": "A", "style": "json", "schema": { "$ref": "#/components/schemas/OpRequest" } }]),
        Json::Null,
    );
    document["components"]["schemas"] = json!({
        "Unused": { "type": "object", "properties": { "A": { "type": "string" } } },
        "OpRequest": { "type": "object", "properties": {
            "Self": { "$ref": "#/components/schemas/OpRequest", "required": true },
            "Many": { "type": "array", "required": true, "items": { "$ref": "#/components/schemas/OpRequest" } },
        } },
    });
    let converted = import(&document);
    let expected = "
        types:
          - name: OpRequestType
            fields:
              - { name: Many, type: List<OpRequestType> }
              - { name: Self, type: OpRequestType }";
    assert_eq!(file(&converted, "types.yaml"), yaml(expected));
    assert_eq!(file(&converted, "Op.yaml")["parameters"][0], yaml("{name: A, type: OpRequestType, style: json}"));
    assert_eq!(reasons(&converted), ["type-name", "required-member"]);
}

#[test]
fn methods_paths_and_styles_are_imported() {
    let path = |path: &str, names: &[&str]| {
        let parameters: Vec<Json> =
            names.iter().map(|name| json!({ "name": name, "in": "path", "schema": { "type": "string" } })).collect();
        json!({ "methods": ["put"], "path": path, "parameters": parameters })
    };
    let table = [
        ("RPC", json!({ "methods": ["put", "get", "GET"] }), Some("{methods: [GET]}"), "method"),
        // As the official SDKs send them.
        ("RPC", json!({ "methods": ["put"] }), Some("{methods: [PUT]}"), ""),
        ("RPC", json!({ "methods": ["delete"] }), Some("{methods: [DELETE]}"), ""),
        ("RPC", json!({ "methods": ["patch"] }), None, "method"),
        ("RPC", json!({ "methods": [] }), Some("{methods: [POST]}"), "method"),
        ("RPC", path("/a", &[]), Some("{methods: [PUT], style: ROA, path: /a}"), ""),
        ("ROA", json!({ "methods": ["get"] }), Some("{methods: [GET], style: RPC}"), ""),
        ("ROA", json!({ "methods": ["options"], "path": "/a" }), Some("{methods: [OPTIONS], path: /a}"), ""),
        ("ROA", json!({ "methods": ["trace"], "path": "/a" }), None, "method"),
        ("ROA", path("/a/{B}", &["B"]), Some("{methods: [PUT], path: '/a/{B}'}"), ""),
        ("ROA", path("/a/{b_id}", &["bId"]), Some("{methods: [PUT], path: '/a/{bId}'}"), "path"),
        ("ROA", path("/a/{B}", &[]), Some("{methods: [PUT], path: '/a/{B}'}"), "path"),
        ("ROA", path("/a", &["B"]), Some("{methods: [PUT], path: /a}"), "path"),
        ("ROA", path("/a/{B}/{B}", &["B"]), None, "path"),
        ("ROA", path("/a/{B", &["B"]), None, "path"),
        ("ROA", path("/a/[B]", &["B"]), Some("{methods: [PUT], path: '/a/{B}'}"), ""),
        ("ROA", path("/a/*", &[]), Some("{methods: [PUT], path: '/a/{Path*}'}"), "path"),
        ("ROA", path("/a/{B}/*", &["B", "C"]), Some("{methods: [PUT], path: '/a/{B}/{C*}'}"), ""),
        ("ROA", path("/a/*/b", &[]), None, "path"),
        ("ROA", path("/a/b*", &[]), None, "path"),
        ("ROA", path("/?acl", &[]), Some("{methods: [PUT], path: '/?acl'}"), ""),
        ("ROA", path("a", &[]), None, "path"),
        (
            "ROA",
            json!({ "methods": ["post"], "path": "/a", "consumes": ["application/json"], "deprecated": true, "operationType": "read",
                "parameters": [{ "name": "A", "in": "formData", "schema": {} }] }),
            Some("{methods: [POST], path: /a, deprecated: true, form_as: json}"),
            "effect",
        ),
    ];
    for (style, operation, expected, reason) in table {
        // The second operation only makes the document valid.
        let converted = import(&document(style, json!({ "Op": operation })));
        assert_eq!(reasons(&converted).join(" "), reason, "{operation}");
        assert_eq!(converted.report.operations.rejected, usize::from(expected.is_none()), "{operation}");
        let Some(expected) = expected else { continue };
        let mut found = file(&converted, "Op.yaml");
        let map = found.as_mapping_mut().unwrap();
        map.remove("operation");
        assert_eq!(map.remove("summary").unwrap(), "Calls Op.");
        map.remove("parameters");
        assert_eq!(found, yaml(expected), "{operation}");
    }
}

#[test]
fn operations_with_invalid_file_names_are_rejected() {
    let apis = json!({
        "Good": {}, "../evil": { "parameters": [{ "name": "A" }] }, "service": {}, "Types": {}, "GOOD": {}, "a b": {},
        "": {}, "NoObject": 7, "名": {}, "getThing": {}, "GetThing": {},
    });
    let converted = import(&document("RPC", apis));
    let files = converted.files();
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["service.yaml", "GOOD.yaml", "GetThing.yaml"].as_slice());
    let tally = converted.report.operations;
    assert_eq!((tally.in_document, tally.imported, tally.rejected), (11, 2, 9));
    assert_eq!(converted.report.parameters.rejected, 1);
}

#[test]
fn a_repeated_operation_counts_once() {
    let text = r#"{"info":{"product":"Demo","version":"1"},"apis":{"Op":{"summary":"One."},"Op":{"summary":"Two."}}}"#;
    let converted = convert(text.as_bytes(), &Options::default()).unwrap();
    assert_eq!(file(&converted, "Op.yaml")["summary"], "One.");
    assert!(converted.report.operations.is_complete());
    assert_eq!(converted.report.operations.in_document, 2);
    assert_eq!(converted.report.notes[0].reason, Reason::MalformedOperation);
}

#[test]
fn endpoints_are_a_pattern_with_exceptions() {
    let at = |region: &str, host: &str| json!({ "regionId": region, "endpoint": host });
    let table = [
        (
            json!([at("cn-b", "d.cn-b.aliyuncs.com"), at("cn-a", "d.cn-a.aliyuncs.com"), at("cn-c", "d.aliyuncs.com")]),
            "{host: 'd.{region}.aliyuncs.com', regions: [cn-a, cn-b], exceptions: {cn-c: d.aliyuncs.com}}",
            "",
        ),
        (
            json!([at("cn-c", "d.aliyuncs.com"), at("cn-a", "d.cn-a.aliyuncs.com"), at("cn-b", "d.cn-b.aliyuncs.com")]),
            "{host: 'd.{region}.aliyuncs.com', regions: [cn-a, cn-b], exceptions: {cn-c: d.aliyuncs.com}}",
            "",
        ),
        (json!([at("a", "d.x.com"), at("b", "d.x.com")]), "{host: d.x.com, regions: [a, b]}", ""),
        (
            json!([{ "regionId": "a", "public": "d.x.com", "vpc": "v.a.x.com" }, { "regionId": "b", "public": "d.x.com" }]),
            "{host: d.x.com, regions: [a, b], vpc: {host: 'v.{region}.x.com', regions: [a]}}",
            "",
        ),
        (
            json!([at("a", "https://d.x.com"), at("b", "D.x.com"), at("c", "d.x.com"), at("e", "")]),
            "{host: d.x.com, regions: [c]}",
            "host",
        ),
        (
            json!([at("A B", "d.x.com"), at("c", "d.x.com"), at("c", "e.x.com")]),
            "{host: d.x.com, regions: [c]}",
            "region",
        ),
        (json!([]), "null", ""),
        (json!({}), "null", ""),
    ];
    for (endpoints, expected, reason) in table {
        let mut document = rpc(json!([]), Json::Null);
        document["endpoints"] = endpoints.clone();
        let converted = import(&document);
        let service = file(&converted, "service.yaml");
        assert_eq!(service.get("endpoints").cloned().unwrap_or(Value::Null), yaml(expected), "{endpoints}");
        assert_eq!(reasons(&converted).join(" "), reason, "{endpoints}");
    }
}

#[test]
fn invalid_error_rows_are_dropped() {
    let row = |code: &str| json!({ "errorCode": code, "errorMessage": "No." });
    let errors = json!({
        "400": [row("Bad.%s"), row("Bad"), row("Bad"), row(""), row("A.%s.%s"), row("Other"), { "errorMessage": "x" }],
        "404": [row("Bad")],
        "9999": [row("Far")],
    });
    let converted = import(&document("RPC", json!({ "Op": { "errorCodes": errors } })));
    let expected = "
        - { status: 400, code: Bad.%s, message: No. }
        - { status: 400, code: Bad, rust: Bad2, message: No. }
        - { status: 400, code: Other, rust: Other2, message: No. }
        - { status: 404, code: Bad, message: No. }";
    assert_eq!(file(&converted, "Op.yaml")["errors"], yaml(expected));
    assert_eq!(converted.report.counts()[1], (Reason::ErrorRow, 5));
}

#[test]
fn sample_responses_are_kept_if_they_fit() {
    let fits = r#"{"A": "7", "B": {"C": []}}"#;
    let table = [
        (json!([{ "type": "json", "example": fits }]).to_string(), Some("json"), ""),
        (json!([{ "type": "xml", "example": "<OpResponse><A>7</A></OpResponse>" }]).to_string(), Some("xml"), ""),
        // Without a root element, or with another operation's, a sample is used if all of it fits.
        (json!([{ "type": "xml", "example": "<Op><A>7</A></Op>" }]).to_string(), Some("xml"), ""),
        (
            json!([{ "type": "xml", "example": "<?xml version='1.0'?><Op n='1'><A>7</A></Op>" }]).to_string(),
            Some("xml"),
            "",
        ),
        (json!([{ "type": "xml", "example": "<A>7</A><B><C>c</C></B>" }]).to_string(), Some("xml"), ""),
        (json!([{ "type": "xml", "example": "<A>7</A>" }]).to_string(), Some("xml"), ""),
        (json!([{ "type": "xml", "example": "<Op><X>7</X></Op>" }]).to_string(), None, "example"),
        (json!([{ "type": "xml", "example": "<A>7</A><X>c</X>" }]).to_string(), None, "example"),
        (json!([{ "type": "xml", "example": "<Op/>" }]).to_string(), None, "example"),
        // A sample of a failure is not an example of a response.
        (json!([{ "type": "json", "example": r#"{"Success": false, "A": 7}"# }]).to_string(), None, "example"),
        (json!([{ "type": "json", "example": r#"{"Success": true, "A": 7}"# }]).to_string(), Some("json"), ""),
        (json!([{ "type": "xml", "example": "<Op><Success>false</Success></Op>" }]).to_string(), None, "example"),
        (json!([{ "type": "xml", "example": "<OpResponse><A>7</OpResponse>" }]).to_string(), None, "example"),
        (json!([{ "type": "json", "example": r#"{"X": 1}"# }]).to_string(), None, "example"),
        (json!([{ "type": "json", "example": r#"{"A": "seven"}"# }]).to_string(), None, "example"),
        (json!([{ "type": "json", "example": "{" }]).to_string(), None, "example"),
        (json!([{ "type": "json", "example": "" }]).to_string(), None, ""),
        ("not JSON".to_owned(), None, "example"),
        (String::new(), None, ""),
    ];
    for (demo, expected, reason) in table {
        let mut document = rpc(
            json!([{ "name": "Id", "schema": { "type": "string", "required": true, "example": "i-1" } }]),
            json!({ "type": "object", "properties": {
                "A": { "type": "integer" },
                "Success": { "type": "boolean" },
                "B": { "type": "object", "properties": { "C": { "type": "array", "items": { "type": "string" } } } },
            } }),
        );
        document["apis"]["Op"]["responseDemo"] = Json::String(demo.clone());
        let converted = import(&document);
        assert_eq!(reasons(&converted).join(" "), reason, "{demo}");
        let operation = file(&converted, "Op.yaml");
        let Some(kind) = expected else {
            assert!(operation.get("examples").is_none(), "{demo}");
            continue;
        };
        assert_eq!(operation["examples"][0]["request"], yaml("{Id: i-1}"));
        let response = operation["examples"][0][kind].as_str().unwrap();
        assert!(kind != "xml" || response.contains("<OpResponse"), "{response}");
    }
}

#[test]
fn sample_requests_use_the_examples_of_required_parameters() {
    let map = |item: &str, example: &str| json!({ "type": "object", "additionalProperties": { "type": item }, "required": true, "example": example });
    let table = [
        (map("string", r#"{"a": "x", "b": 1}"#), "{A: {a: x, b: '1'}}"),
        (map("integer", r#"{"a": "x"}"#), "null"),
        (map("string", "{}"), "null"),
        (map("string", r#"{"a\nb": "x"}"#), "null"),
    ];
    for (schema, expected) in table {
        let mut document = rpc(
            json!([{ "name": "A", "in": "query", "style": "json", "schema": schema }]),
            json!({ "type": "object", "properties": { "B": { "type": "string" } } }),
        );
        document["apis"]["Op"]["responseDemo"] =
            Json::String(json!([{ "type": "json", "example": r#"{"B": "b"}"# }]).to_string());
        let operation = file(&import(&document), "Op.yaml");
        let request = operation.get("examples").map_or(Value::Null, |examples| examples[0]["request"].clone());
        assert_eq!(request, yaml(expected), "{schema}");
    }
}

#[test]
fn product_folders_have_valid_module_names() {
    let table =
        [("Iot", "iot"), ("OnsMqtt", "onsmqtt"), ("R-kvstore", "r_kvstore"), ("Mod", "mod_api"), ("1688", "_1688")];
    for (product, folder) in table {
        let mut document = rpc(json!([]), Json::Null);
        document["info"]["product"] = json!(product);
        assert_eq!(import(&document).product_folder, folder);
    }
}

#[test]
fn invalid_documents_are_one_error() {
    let bomb = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let many = format!(r#"{{"info":{{"product":"D","version":"1"}},"apis":[{}0]}}"#, "0,".repeat(30_000));
    let table: [(&[u8], &str); 16] = [
        (b"", "the document is empty"),
        (b" \n", "the document is empty"),
        (b"{\"info\": {", "the document is not valid JSON: EOF while parsing"),
        (b"<html></html>", "the document is not valid JSON: expected value at line 1 column 1"),
        (b"\xff\xfe{}", "the document is not valid JSON"),
        (b"[]", "the document is a list, not an object"),
        (b"7", "the document is a number"),
        (b"{}", "`info.product` is nothing"),
        (br#"{"info": {"product": {}, "version": "1"}}"#, "`info.product` is an object"),
        (br#"{"info": {"product": "D"}}"#, "`info.version` is nothing"),
        (br#"{"info": {"product": "D", "version": "../.."}}"#, "`info.version` is `../..`"),
        (br#"{"info": {"product": "D\n", "version": "1\u0000"}}"#, "`info.version` is `1\\u{0}`"),
        (br#"{"info": {"product": "D", "version": "1"}}"#, "`apis` is nothing"),
        (br#"{"info": {"product": "D", "version": "1"}, "apis": []}"#, "`apis` is empty"),
        (bomb.as_bytes(), "the document is not valid JSON: recursion limit exceeded"),
        (many.as_bytes(), "a list or object of more than 20000 entries"),
    ];
    for (bytes, expected) in table {
        let error = convert(bytes, &Options::default()).unwrap_err();
        assert!(error.message().contains(expected), "{error}");
        assert!(!error.help().is_empty());
    }
    let huge = vec![b' '; (64 << 20) + 1];
    assert!(convert(&huge, &Options::default()).unwrap_err().message().contains("more than 64 MiB"));
}

#[test]
fn types_nested_too_deeply_end_in_any() {
    let mut schema = json!({ "type": "string" });
    for _ in 0..40 {
        schema = json!({ "type": "array", "items": schema });
    }
    let converted = import(&rpc(json!([{ "name": "A", "schema": schema }]), Json::Null));
    assert_eq!(reasons(&converted), ["too-deep"]);
    file(&converted, "Op.yaml");
}

#[test]
fn operations_can_be_selected() {
    let document = document(
        "RPC",
        json!({ "One": { "parameters": [{ "name": "A" }] }, "Two": { "parameters": [{ "name": "B" }] } }),
    );
    let options = Options { operations: vec!["Two".to_owned()], ..Options::default() };
    let converted = convert(document.to_string().as_bytes(), &options).unwrap();
    let files = converted.files();
    assert_eq!(files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["service.yaml", "Two.yaml"]);
    let (operations, parameters) = (converted.report.operations, converted.report.parameters);
    assert!(operations.is_complete() && parameters.is_complete());
    assert_eq!((operations.not_selected, parameters.not_selected), (1, 1));
    let options = Options { operations: vec!["two".to_owned()], ..Options::default() };
    let error = convert(document.to_string().as_bytes(), &options).unwrap_err();
    assert_eq!(error.to_string(), "the document has no operation `two`\nhelp: did you mean `Two`?");
    let operations =
        ["Onee", "Twoo"].map(str::to_owned).into_iter().chain((0..20).map(|number| format!("Other{number}")));
    let options = Options { operations: operations.collect(), ..Options::default() };
    let error = convert(document.to_string().as_bytes(), &options).unwrap_err().to_string();
    assert!(error.starts_with("the document has no operation `Onee`, `Twoo`, `Other0`, "), "{error}");
    assert!(error.ends_with("`Other7` ... and 12 more\nhelp: did you mean `One`, `Two`?"), "{error}");
}

#[test]
fn the_report_is_text_or_json() {
    let converted = import(&rpc(json!([{ "name": "Action" }, { "name": "A" }]), Json::Null));
    let text = converted.report.to_text(false);
    assert!(text.contains("parameters: 2 in the document: 1 imported, 1 rejected\n"), "{text}");
    assert!(text.contains("1 parameters rejected: every call sends them [reserved-name]\n  Op.Action: "), "{text}");
    let report: Json = serde_json::from_str(&converted.report.to_json()).unwrap();
    assert_eq!(report["parameters"]["rejected"], 1);
    assert_eq!(report["notes"][0]["reason"], "reserved-name");
}
