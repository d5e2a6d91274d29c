//! How errors are written.

use alicloud_model::{ApiStyle, Outcome, Type};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::calls::Format;
use crate::catalog::ServedOperation;
use crate::refusal::Refusal;
use crate::synthesis::is_request_id;
use crate::xml;

/// What the gateway says beside the error itself.
pub(crate) struct Circumstances<'c> {
    pub(crate) style: ApiStyle,
    pub(crate) format: Format,
    pub(crate) request_id: &'c str,
    pub(crate) host: &'c str,
    pub(crate) product: &'c str,
}

/// The gateway's error envelope. Where ROA answers in JSON, its names are in lower case.
pub(crate) fn gateway_error(refusal: &Refusal, circumstances: &Circumstances<'_>) -> String {
    let Circumstances { style, format, request_id, host, product } = circumstances;
    let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let recommend = format!(
        "https://api.aliyun.com/troubleshoot?q={}&product={}&requestId={}",
        refusal.code.split('.').map(|part| encoded(part).to_string()).collect::<Vec<_>>().join("."),
        encoded(product),
        request_id,
    );
    let members = [
        ("RequestId", text(request_id)),
        ("HostId", text(host)),
        ("Code", text(&refusal.code)),
        ("Message", text(&refusal.message)),
        ("Recommend", text(&recommend)),
    ];
    match (format, style) {
        (Format::Json, ApiStyle::Rpc) => json(&members),
        (Format::Json, ApiStyle::Roa) => json(&[
            ("code", text(&refusal.code)),
            ("message", text(&refusal.message)),
            ("requestId", text(request_id)),
            ("status", Value::from(refusal.status)),
        ]),
        (Format::Xml, _) => xml("Error", &members),
    }
}

/// A failure that is reported in the body of a response with status 200.
pub(crate) fn failed_outcome(
    served: &ServedOperation,
    outcome: &Outcome,
    refusal: &Refusal,
    format: Format,
    request_id: &str,
) -> String {
    let operation = &served.operation;
    let known = operation.response.iter().map(|field| field.name.as_str()).find(|name| is_request_id(name));
    let mut body = Members::default();
    body.add(known.unwrap_or("RequestId"), text(request_id));
    if let Some(success) = &outcome.success {
        let ty = operation.response.iter().find(|field| field.name == success.path).map(|field| &field.ty);
        body.add(&success.path, if ty == Some(&Type::String) { text("false") } else { Value::Bool(false) });
    }
    if let Some(code) = &outcome.code {
        body.add(&code.path, text(&refusal.code));
    }
    if let Some(message) = &outcome.message {
        body.add(message, text(&refusal.message));
    }
    match format {
        Format::Json => body.json(),
        Format::Xml => {
            let mut document = xml::PROLOG.to_owned();
            xml::element(&mut document, &format!("{}Response", operation.name), |document| body.xml(document));
            document
        }
    }
}

/// The members of an object in their order, some of which are objects.
#[derive(Default)]
struct Members<'p>(Vec<(&'p str, Member<'p>)>);

enum Member<'p> {
    Value(Value),
    Object(Members<'p>),
}

impl<'p> Members<'p> {
    /// Adds a value at a path of names with dots between them.
    fn add(&mut self, path: &'p str, value: Value) {
        let Some((name, rest)) = path.split_once('.') else { return self.0.push((path, Member::Value(value))) };
        if !self.0.iter().any(|(known, _)| *known == name) {
            self.0.push((name, Member::Object(Members::default())));
        }
        if let Some((_, Member::Object(inner))) = self.0.iter_mut().find(|(known, _)| *known == name) {
            inner.add(rest, value);
        }
    }

    fn json(&self) -> String {
        let member = |(name, member): &(&str, Member<'_>)| match member {
            Member::Value(value) => format!("{}:{value}", text(name)),
            Member::Object(inner) => format!("{}:{}", text(name), inner.json()),
        };
        format!("{{{}}}", self.0.iter().map(member).collect::<Vec<_>>().join(","))
    }

    fn xml(&self, document: &mut String) {
        for (name, member) in &self.0 {
            match member {
                Member::Value(Value::String(text)) => xml::write_text(document, name, text),
                Member::Value(value) => xml::write_text(document, name, &value.to_string()),
                Member::Object(inner) => xml::element(document, name, |document| inner.xml(document)),
            }
        }
    }
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// In the given order, as the real gateway writes it.
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
