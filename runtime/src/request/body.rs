//! Request bodies other than forms.

use reqwest::header::HeaderValue;

use crate::operation::description::{Operation, Place};
use crate::operation::input::{Input, Value};
use crate::operation::json_text::Json;
use crate::request::json_body::{write_json, write_json_members};

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");

/// The body of a request, if a parameter is the whole body, or if the form parameters are sent as one JSON object.
pub(crate) fn body(operation: &Operation<'_>, input: &Input) -> Option<Body> {
    if !operation.form_as_json && !operation.parameters.have(Place::Body) {
        return None;
    }
    let parameters_in = |place| input.entries(&operation.parameters).filter(move |(one, _)| one.detail.place == place);
    if let Some((parameter, value)) = parameters_in(Place::Body).next() {
        return Some(match value {
            Value::Binary(bytes) => Body { content_type: BYTES, bytes: bytes.to_vec() },
            Value::Text(text) | Value::Json(Json(text)) => Body { content_type: JSON, bytes: text.clone().into() },
            structure => {
                let mut json = String::new();
                write_json(parameter, structure, &mut json);
                Body { content_type: JSON, bytes: json.into() }
            }
        });
    }
    if operation.form_as_json && parameters_in(Place::Form).next().is_some() {
        let mut json = String::new();
        write_json_members(parameters_in(Place::Form), &mut json);
        return Some(Body { content_type: JSON, bytes: json.into() });
    }
    None
}

/// A body, with its content type.
pub(crate) struct Body {
    pub(crate) content_type: HeaderValue,
    pub(crate) bytes: Vec<u8>,
}
