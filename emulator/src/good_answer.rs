//! What an operation answers when all is well.

use alicloud_model::{Example, Sample};
use serde_json::{Map, Value};

use crate::calls::Format;
use crate::catalog::ServedOperation;
use crate::synthesis::{is_request_id, synthesize};
use crate::xml;

/// A body, with the request's ID that it names.
pub(crate) struct GoodAnswer {
    pub(crate) body: String,
    pub(crate) request_id: Option<String>,
}

/// The spec's example for this input, or its first one, or else an answer made up from the response's fields.
pub(crate) fn good_answer(
    served: &ServedOperation,
    input: &Map<String, Value>,
    format: Format,
    request_id: &str,
) -> GoodAnswer {
    let operation = &served.operation;
    let asks_for_it = |example: &&Example| {
        example.request.len() == input.len()
            && example.request.iter().all(|(name, sample)| input.get(name).is_some_and(|value| is_same(sample, value)))
    };
    let example = operation.examples.iter().find(asks_for_it).or(operation.examples.first());
    let members = match example {
        Some(Example { json: Some(json), .. }) if format == Format::Json => {
            let request_id = object(json).as_ref().and_then(request_id_of);
            return GoodAnswer { body: json.clone(), request_id };
        }
        Some(Example { xml: Some(xml), .. }) if format == Format::Xml => {
            let root = xml::parse(xml);
            let field = operation.response.iter().find(|field| is_request_id(&field.name));
            let request_id = root.zip(field).and_then(|(root, field)| root.text_of(&field.name).map(str::to_owned));
            return GoodAnswer { body: xml.clone(), request_id };
        }
        Some(Example { json: Some(json), .. }) => object(json),
        Some(Example { xml: Some(xml), .. }) => xml::parse(xml).map(|root| xml::to_json(&root, &operation.response)),
        _ => None,
    };
    let members = members.unwrap_or_else(|| synthesize(operation, served.outcome.as_ref(), request_id));
    let request_id = request_id_of(&members);
    let body = match format {
        Format::Json => Value::Object(members).to_string(),
        Format::Xml => xml::from_json(&format!("{}Response", operation.name), &members, &operation.response),
    };
    GoodAnswer { body, request_id }
}

fn object(json: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str(json) {
        Ok(Value::Object(members)) => Some(members),
        _ => None,
    }
}

fn request_id_of(members: &Map<String, Value>) -> Option<String> {
    let (_, id) = members.iter().find(|(name, _)| is_request_id(name))?;
    id.as_str().map(str::to_owned)
}

fn is_same(sample: &Sample, value: &Value) -> bool {
    match (sample, value) {
        (Sample::Text(text), Value::String(value)) => text == value,
        (Sample::List(samples), Value::Array(values)) => {
            samples.len() == values.len() && samples.iter().zip(values).all(|(sample, value)| is_same(sample, value))
        }
        (Sample::Object(samples), Value::Object(values)) => {
            samples.len() == values.len()
                && samples.iter().all(|(name, sample)| values.get(name).is_some_and(|value| is_same(sample, value)))
        }
        _ => false,
    }
}
