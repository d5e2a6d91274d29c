//! The response of a successful call.

use alicloud_model::{Example, ResponseKind, Sample, Type, sample_xml};
use hyper::body::Bytes;
use hyper::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, TRANSFER_ENCODING};
use serde_json::{Map, Value};

use crate::catalog::served_operation::{FieldsBody, ServedOperation};
use crate::responses::paging::select_page;
use crate::responses::request_id::RequestId;
use crate::responses::synthesis::{is_request_id, synthesize, synthesize_body, synthesize_header};
use crate::wire::format::Format;
use crate::wire::{json_path, xml};

/// A body with its headers.
pub(crate) struct Success {
    pub(crate) body: Bytes,
    /// `None` if there is no body.
    pub(crate) content_type: Option<&'static str>,
    /// The headers that the spec lists as response fields.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    /// The request ID in the body.
    pub(crate) request_id: Option<String>,
}

/// Creates the response from the spec's example for this input, else from the first example, else from the response
/// fields. Then applies the changes.
pub(crate) fn success(
    served: &ServedOperation,
    input: &Map<String, Value>,
    format: Format,
    request_id: &RequestId,
    changes: &[(String, Value)],
) -> Success {
    let is_requested = |example: &Example| {
        example.request.len() == input.len()
            && example.request.iter().all(|(name, sample)| input.get(name).is_some_and(|value| is_same(sample, value)))
    };
    let operation = &served.operation;
    let at = operation.examples.iter().position(is_requested).unwrap_or(0);
    let example = operation.examples.get(at);
    let (body, content_type, request_id) = match &operation.response_body {
        Some(ty) => {
            let (body, content_type) = whole_body(served, ty, example);
            (body.into(), Some(content_type), None)
        }
        None if served.is_roa() && operation.response_kind() == ResponseKind::Nothing && example.is_none() => {
            (Bytes::new(), None, None)
        }
        None => {
            let create = || fields(served, example, input, format, request_id, changes);
            // A sample without pages and changes is the same for each call, so it is read only once.
            let is_sent_as_written = operation.pagination.is_none() && changes.is_empty();
            let same = example
                .filter(|example| is_sent_as_written && written(example, format).is_some())
                .and_then(|_| served.same_body(at, format, create).cloned());
            let FieldsBody { text, request_id } = same.unwrap_or_else(create);
            (text, Some(format.content_type()), request_id)
        }
    };
    Success { body, content_type, headers: headers(served), request_id }
}

/// Returns a body that is not an object, with its content type: JSON, text or bytes. XML cannot represent it.
fn whole_body(served: &ServedOperation, ty: &Type, example: Option<&Example>) -> (String, &'static str) {
    let synthesized = || match (ty, synthesize_body(ty, &served.service)) {
        (Type::String | Type::Binary, Value::String(text)) => text,
        (_, value) => value.to_string(),
    };
    let body = example.and_then(|example| example.json.clone()).unwrap_or_else(synthesized);
    let content_type = match ty {
        Type::Binary => "application/octet-stream",
        Type::String => "text/plain;charset=utf-8",
        _ => Format::Json.content_type(),
    };
    (body, content_type)
}

/// Returns the sample in this format.
fn written(example: &Example, format: Format) -> Option<&String> {
    match format {
        Format::Json => example.json.as_ref(),
        Format::Xml => example.xml.as_ref(),
    }
}

/// Returns a body of fields. A sample is sent unchanged, unless the request selects another page of its list.
fn fields(
    served: &ServedOperation,
    example: Option<&Example>,
    input: &Map<String, Value>,
    format: Format,
    request_id: &RequestId,
    changes: &[(String, Value)],
) -> FieldsBody {
    let (operation, types) = (&served.operation, &served.service.types);
    let of_json = |json: &str| object(json);
    let of_xml =
        |text: &str| sample_xml::parse(text).ok().map(|root| (xml::to_json(types, &root, &operation.response), root));
    let as_written = example.and_then(|example| written(example, format));
    let mut root = format!("{}Response", operation.name);
    let sample = match (example, format) {
        (Some(Example { json: Some(json), .. }), Format::Json) => of_json(json),
        (Some(Example { xml: Some(text), .. }), Format::Xml) => of_xml(text).map(|(members, element)| {
            root = element.name;
            members
        }),
        (Some(Example { json: Some(json), .. }), _) => of_json(json),
        (Some(Example { xml: Some(text), .. }), _) => of_xml(text).map(|(members, _)| members),
        _ => None,
    };
    let mut members = match (sample, as_written) {
        (Some(members), _) => members,
        (None, Some(text)) => return FieldsBody { text: text.clone().into(), request_id: None },
        (None, None) => synthesize(operation, &served.service, request_id),
    };
    let request_id = request_id_of(&members);
    let is_changed = select_page(operation, types, input, &mut members) || !changes.is_empty();
    for (path, value) in changes {
        json_path::put(&mut members, path, value.clone());
    }
    let text = match (as_written.filter(|_| !is_changed), format) {
        (Some(text), _) => text.clone(),
        (None, Format::Json) => Value::Object(members).to_string(),
        (None, Format::Xml) => xml::from_json(types, &root, &members, &operation.response),
    };
    FieldsBody { text: text.into(), request_id }
}

/// Returns the headers that are response fields, except those that define how the message is read.
fn headers(served: &ServedOperation) -> Vec<(HeaderName, HeaderValue)> {
    let of_message = [CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING];
    let header = |field| {
        let value = synthesize_header(field);
        let name: HeaderName = field.name.parse().ok()?;
        let value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
        (!of_message.contains(&name)).then_some((name, value))
    };
    served.operation.response_headers.iter().filter_map(header).collect()
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
        // Any other value is compared as JSON.
        (Sample::Text(text), value) => serde_json::from_str::<Value>(text).is_ok_and(|sample| sample == *value),
        _ => false,
    }
}
