//! The expected result of a sample.

use alicloud_model::sample_xml::parse;
use alicloud_model::{Operation, OutcomeField};
use serde_json::Value;

/// The result that the typed client should return for a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Ok,
    /// A failure with this code.
    Failure(String),
    /// The sample is unusable, for this reason.
    Nothing(&'static str),
}

/// Returns the text at a path of a sample.
type TextAt = Box<dyn Fn(&str) -> Option<String>>;

/// Determines the expected result from the sample and the outcome of the operation, without the generated code.
pub(crate) fn expected(operation: &Operation, kind: &str, text: &str) -> Expected {
    let is_xml = kind.starts_with("xml");
    if operation.response_body.is_some() {
        return if is_xml { Expected::Nothing("a body of one value has no XML") } else { Expected::Ok };
    }
    if operation.response.is_empty() {
        return Expected::Ok;
    }
    let value_at: TextAt = if is_xml {
        let Ok(root) = parse(text) else { return Expected::Nothing("the sample is not XML") };
        Box::new(move |path| {
            let element =
                path.split('.').try_fold(&root, |element, name| element.children.iter().find(|one| one.name == name));
            element.map(|element| element.text.clone())
        })
    } else {
        let Ok(root) = serde_json::from_str::<Value>(text) else { return Expected::Nothing("the sample is not JSON") };
        if !root.is_object() {
            return Expected::Nothing("the sample is not an object");
        }
        Box::new(move |path| {
            let value = path.split('.').try_fold(&root, |value, name| value.get(name))?;
            match value {
                Value::Null => None,
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            }
        })
    };
    let Some(outcome) = &operation.outcome else { return Expected::Ok };
    let field =
        |field: &Option<OutcomeField>| field.as_ref().map(|field| (field.values.clone(), value_at(&field.path)));
    let code = field(&outcome.code);
    let is_good = |values: &[String], text: &str| values.iter().any(|value| value.eq_ignore_ascii_case(text));
    let fails = match (field(&outcome.success), &code) {
        (Some((values, Some(text))), _) if values.is_empty() => text.eq_ignore_ascii_case("false") || text == "0",
        (Some((values, Some(text))), _) => !is_good(&values, &text),
        (_, Some((values, Some(text)))) => !values.is_empty() && !text.is_empty() && !is_good(values, text),
        _ => false,
    };
    if fails { Expected::Failure(code.and_then(|(_, code)| code).unwrap_or_default()) } else { Expected::Ok }
}
