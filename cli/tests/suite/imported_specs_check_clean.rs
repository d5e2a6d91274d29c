//! Imported specs have no errors, whatever the document.

use alicloud_cli::import::{Options, convert};
use alicloud_model::{SourceFile, load_sources};
use serde_json::{Value as Json, json};

/// A document with this operation `Op`, and these schemas.
fn document(operation: Json, schemas: Json) -> Json {
    json!({
        "info": { "style": "ROA", "product": "Demo", "version": "2020-01-01" },
        "components": { "schemas": schemas },
        "apis": { "Op": operation },
        "endpoints": [{ "regionId": "cn-a", "endpoint": "{project}.cn-a.demo.aliyuncs.com" }],
    })
}

fn with_parameter(path: &str, parameter: Json) -> Json {
    document(json!({ "path": path, "methods": ["put"], "parameters": [parameter] }), json!({}))
}

fn with_response(response: Json, schemas: Json) -> Json {
    document(json!({ "methods": ["get"], "responses": { "200": response } }), schemas)
}

fn with_demo(parameters: Json, response: Json, demo: &str) -> Json {
    let demo = json!([{ "type": "json", "example": demo }]).to_string();
    let responses = json!({ "200": response });
    let operation =
        json!({ "methods": ["get"], "parameters": parameters, "responses": responses, "responseDemo": demo });
    document(operation, json!({}))
}

fn nested(levels: usize, schema: Json) -> Json {
    (0..levels).fold(schema, |schema, _| json!({ "type": "array", "items": schema }))
}

#[test]
fn unusual_documents_become_valid_specs() {
    let text = json!({ "type": "string" });
    let bytes = json!({ "type": "string", "format": "binary" });
    let object = json!({ "type": "object", "properties": { "a": text } });
    let objects = json!({ "type": "array", "items": object });
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let with_type = |name: &str, operation: Json| document(operation, json!({ name: object }));
    let operation_with = |schema: Json| json!({ "methods": ["get"], "responses": { "200": { "schema": schema } } });
    let both = |name: &str| operation_with(json!({ "type": "object", "properties": { "x": reference(name) } }));
    let token = json!([{ "name": "NextToken", "schema": text }]);
    let page = json!({ "type": "object", "properties": { "Items": { "type": "array", "items": text } } });
    let headers = json!({ "NextToken": { "schema": text } });
    let table = [
        ("a host that begins with a parameter", {
            with_parameter("/a", json!({ "name": "project", "in": "host", "schema": text }))
        }),
        ("a parameter of the host that samples need", {
            let parameter =
                json!([{ "name": "project", "in": "host", "schema": { "type": "string", "example": "p" } }]);
            with_demo(parameter, json!({ "schema": object }), r#"{"a": "1"}"#)
        }),
        ("a list with a count in the path", {
            with_parameter("/{a}", json!({ "name": "a", "schema": { "type": "array", "minItems": 1 } }))
        }),
        ("a list with a count for several headers", {
            with_parameter("/", json!({ "name": "a*", "in": "header", "schema": { "type": "array", "minItems": 1 } }))
        }),
        ("raw bytes in the path", with_parameter("/{a}", json!({ "name": "a", "in": "body", "schema": bytes }))),
        ("raw bytes in a list", with_parameter("/a", json!({ "name": "a", "schema": nested(1, bytes.clone()) }))),
        ("a list of raw bytes", with_response(json!({ "schema": nested(1, bytes.clone()) }), json!({}))),
        (
            "raw bytes in a header",
            with_response(json!({ "schema": object, "headers": { "b": { "schema": bytes } } }), json!({})),
        ),
        ("deeply nested lists", with_response(json!({ "schema": nested(30, text.clone()) }), json!({}))),
        ("a type called as the product's error", with_type("ServiceError", both("ServiceError"))),
        ("a type called as the items of an response", {
            let response = json!({ "type": "array", "items": { "type": "object", "properties": { "x": reference("OpResponseBody") } } });
            with_type("OpResponseBody", operation_with(response))
        }),
        ("types of which one is the other's input", {
            let types = json!({ "A": object, "AInput": object });
            let fields = json!({ "x": reference("A"), "y": reference("AInput") });
            document(operation_with(json!({ "type": "object", "properties": fields })), types)
        }),
        ("an response that is a list of objects", with_response(json!({ "schema": objects }), json!({}))),
        ("a next page in a header", {
            let responses = json!({ "200": { "schema": page, "headers": headers } });
            document(json!({ "methods": ["get"], "parameters": token, "responses": responses }), json!({}))
        }),
        ("a sample response with a header in it", {
            with_demo(json!([]), json!({ "schema": page, "headers": headers }), r#"{"NextToken": "t"}"#)
        }),
        ("a sample response with a fraction for a whole number", {
            let response = json!({ "type": "object", "properties": { "a": { "type": "integer" } } });
            with_demo(json!([]), json!({ "schema": response }), r#"{"a": 7.0}"#)
        }),
        ("a sample one beyond the greatest number", {
            let number = json!({ "type": "integer", "required": true, "maximum": "9223372036854775806", "example": "9223372036854775807" });
            with_demo(json!([{ "name": "n", "schema": number }]), json!({ "schema": object }), r#"{"a": "1"}"#)
        }),
        ("a sample of a map with a key twice", {
            let map = json!({ "type": "object", "additionalProperties": text, "example": r#"{"a": "1", "a": "2"}"#, "required": true });
            with_demo(json!([{ "name": "m", "schema": map }]), json!({ "schema": object }), r#"{"a": "1"}"#)
        }),
        ("a path with a query, of a product with another signature", {
            let mut document = with_parameter("/{a}?acl", json!({ "name": "a", "in": "path", "schema": text }));
            document["info"]["style"] = json!("OSS");
            document
        }),
        ("codes that are keywords", {
            let errors =
                json!({ "400": [{ "errorCode": "self" }, { "errorCode": "Self" }, { "errorCode": "%sself" }] });
            document(json!({ "methods": ["get"], "errorCodes": errors }), json!({}))
        }),
    ];
    for (name, document) in table {
        let converted = convert(document.to_string().as_bytes(), &Options::default()).unwrap();
        let sources: Vec<SourceFile> = converted
            .files()
            .into_iter()
            .map(|(name, text)| SourceFile { path: format!("demo/2020-01-01/{name}"), text })
            .collect();
        let loaded = load_sources(&sources);
        assert!(loaded.diagnostics.is_empty(), "{name}: {}\n{sources:#?}", loaded.diagnostics[0]);
        assert_eq!(loaded.services[0].operations.len(), 1, "{name}");
        let code = alicloud_codegen::service(&loaded.services[0]);
        syn::parse_file(&code).unwrap_or_else(|error| panic!("{name}: {error}\n{code}"));
    }
}
