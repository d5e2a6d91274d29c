//! Errors that a response with status 200 reports in its body.

use alicloud_model::{Outcome, Type};
use serde_json::Value;

use crate::catalog::served_operation::ServedOperation;
use crate::gateway_error::GatewayError;
use crate::responses::synthesis::is_request_id;
use crate::wire::format::Format;
use crate::wire::xml;

/// Writes the body of a response with status 200 that reports an error.
pub(crate) fn failed_outcome(
    served: &ServedOperation,
    outcome: &Outcome,
    error: &GatewayError,
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
        body.add(&code.path, text(&error.code));
    }
    if let Some(message) = &outcome.message {
        body.add(message, text(&error.message));
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

/// The members of an object, in order. Members can be objects.
#[derive(Default)]
struct Members<'p>(Vec<(&'p str, Member<'p>)>);

enum Member<'p> {
    Value(Value),
    Object(Members<'p>),
}

impl<'p> Members<'p> {
    /// Adds a value at a path of names that are separated by dots.
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
