//! Documents of one product, and their import.

use alicloud_cli::import::{Converted, Options, convert};
use serde_json::{Value as Json, json};
use serde_yaml::Value;

/// A document of one product with these operations.
pub(crate) fn document(style: &str, apis: Json) -> Json {
    json!({
        "version": "1.0",
        "info": { "style": style, "product": "Demo", "version": "2020-01-01" },
        "components": { "schemas": [] },
        "apis": apis,
        "endpoints": [{ "regionId": "cn-hangzhou", "endpoint": "demo.cn-hangzhou.aliyuncs.com" }],
    })
}

/// A document of one RPC operation, `Op`, with these parameters and this response schema.
pub(crate) fn rpc(parameters: Json, response: Json) -> Json {
    let responses = json!({ "200": { "schema": response } });
    document("RPC", json!({ "Op": { "methods": ["post"], "parameters": parameters, "responses": responses } }))
}

pub(crate) fn import(document: &Json) -> Converted {
    let converted = convert(document.to_string().as_bytes(), &Options::default()).unwrap();
    let report = &converted.report;
    assert!(report.operations.is_complete(), "{:?}", report.operations);
    assert!(report.parameters.is_complete(), "{:?}", report.parameters);
    converted
}

pub(crate) fn file(converted: &Converted, name: &str) -> Value {
    let files = converted.files();
    let (_, text) = files.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}"));
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

pub(crate) fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

pub(crate) fn reasons(converted: &Converted) -> Vec<&'static str> {
    converted.report.counts().into_iter().map(|(reason, _)| reason.as_str()).collect()
}
