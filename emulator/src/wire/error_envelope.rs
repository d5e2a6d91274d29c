//! The gateway's error envelope.

use alicloud_model::ApiStyle;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::gateway_error::GatewayError;
use crate::wire::format::Format;
use crate::wire::xml;

/// The parts of the envelope without the error.
pub(crate) struct ErrorContext<'c> {
    pub(crate) style: ApiStyle,
    pub(crate) format: Format,
    pub(crate) request_id: &'c str,
    pub(crate) host: &'c str,
    pub(crate) product: &'c str,
}

/// Writes the gateway's error envelope. For ROA in JSON, its names start with lower case.
pub(crate) fn gateway_error(error: &GatewayError, context: &ErrorContext<'_>) -> String {
    let ErrorContext { style, format, request_id, host, product } = context;
    let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let recommend = format!(
        "https://api.aliyun.com/troubleshoot?q={}&product={}&requestId={}",
        error.code.split('.').map(|part| encoded(part).to_string()).collect::<Vec<_>>().join("."),
        encoded(product),
        request_id,
    );
    let members = [
        ("RequestId", text(request_id)),
        ("HostId", text(host)),
        ("Code", text(&error.code)),
        ("Message", text(&error.message)),
        ("Recommend", text(&recommend)),
    ];
    match (format, style) {
        (Format::Json, ApiStyle::Rpc) => json(&members),
        (Format::Json, ApiStyle::Roa) => json(&[
            ("code", text(&error.code)),
            ("message", text(&error.message)),
            ("requestId", text(request_id)),
            ("status", Value::from(error.status)),
        ]),
        (Format::Xml, _) => xml("Error", &members),
    }
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// Writes the members in this order, as the real gateway does.
fn json(members: &[(&str, Value)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    format!("{{{}}}", members.join(","))
}

fn xml(root: &str, members: &[(&str, Value)]) -> String {
    let mut document = xml::PROLOG.to_owned();
    xml::element(&mut document, root, |document| {
        for (name, value) in members {
            match value {
                Value::String(text) => xml::write_text(document, name, text),
                other => xml::write_text(document, name, &other.to_string()),
            }
        }
    });
    document
}
