//! The gateway's error envelope.

use alicloud_model::ApiStyle;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

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
    let members = vec![
        ("RequestId", text(request_id)),
        ("HostId", text(host)),
        ("Code", text(&error.code)),
        ("Message", text(&error.message)),
        ("Recommend", text(&recommend)),
    ];
    let denied = error.denied_action.as_deref().map(access_denied_detail);
    let with_detail = |name, mut members: Vec<(&'static str, Value)>| {
        members.extend(denied.clone().map(|detail| (name, detail)));
        members
    };
    match (format, style) {
        (Format::Json, ApiStyle::Rpc) => json_text(&with_detail("AccessDeniedDetail", members)),
        (Format::Json, ApiStyle::Roa) => {
            let members = vec![
                ("code", text(&error.code)),
                ("message", text(&error.message)),
                ("requestId", text(request_id)),
                ("status", Value::from(error.status)),
            ];
            json_text(&with_detail("accessDeniedDetail", members))
        }
        (Format::Xml, _) => xml("Error", &with_detail("AccessDeniedDetail", members)),
    }
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// The message of the real gateway for a call that no policy allows, without the owner of the account.
fn access_denied_detail(action: &str) -> Value {
    json!({
        "AuthAction": action,
        "AuthPrincipalType": "SubUser",
        "NoPermissionType": "ImplicitDeny",
        "PolicyType": "AccountLevelIdentityBasedPolicy",
    })
}

/// Writes the members in this order, as the real gateway does.
fn json_text(members: &[(&str, Value)]) -> String {
    let members: Vec<String> = members.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    format!("{{{}}}", members.join(","))
}

fn xml(root: &str, members: &[(&str, Value)]) -> String {
    let mut document = xml::PROLOG.to_owned();
    xml::element(&mut document, root, |document| {
        for (name, value) in members {
            match value {
                Value::String(text) => xml::write_text(document, name, text),
                Value::Object(inner) => xml::element(document, name, |document| {
                    for (name, value) in inner {
                        xml::write_text(document, name, value.as_str().unwrap_or_default());
                    }
                }),
                other => xml::write_text(document, name, &other.to_string()),
            }
        }
    });
    document
}
