//! The path and the host of a request, with the parameters that are part of them.

use std::borrow::Cow;

use crate::error::failure::Failure;
use crate::operation::description::{Operation, Place};
use crate::operation::violation::Violation;
use crate::request::percent;
use crate::request::wire_parameters::WireParameter;

/// Appends the query parameters that every call of the operation sends. They are the part of its path after the `?`.
pub(crate) fn append_fixed_query<'a>(operation: &Operation<'a>, parameters: &mut Vec<WireParameter<'a>>) {
    let Some((_, query)) = operation.path.and_then(|path| path.split_once('?')) else { return };
    for pair in query.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        parameters.push(WireParameter { name: name.into(), value: value.into(), place: Place::Query });
    }
}

/// The path, percent-encoded. A `/` in a value is encoded as well, except in `{Name*}`, which can have several
/// segments.
pub(crate) fn path(operation: &Operation<'_>, parameters: &[WireParameter<'_>]) -> Result<Cow<'static, str>, Failure> {
    let Some(template) = operation.path else { return Ok(Cow::Borrowed(RPC_PATH)) };
    let template = template.split_once('?').map_or(template, |(path, _)| path);
    if !template.contains('{') {
        return Ok(Cow::Owned(template.to_owned()));
    }
    let mut path = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        path.push_str(before);
        let (name, is_multi_segment) = name.strip_suffix('*').map_or((name, false), |name| (name, true));
        let value = parameters.iter().find(|one| one.place == Place::Path && one.name == name);
        match value.map(|one| one.value.as_ref()) {
            // With such a value, the path could be that of another operation.
            None | Some("" | "." | "..") => {
                return Err(invalid(name, "is part of the path and cannot be empty, `.` or `..`"));
            }
            Some(value) if is_multi_segment => {
                for (index, segment) in value.split('/').enumerate() {
                    if matches!(segment, "" | "." | "..") {
                        return Err(invalid(
                            name,
                            "is part of the path; none of its segments can be empty, `.` or `..`",
                        ));
                    }
                    path.push_str(if index > 0 { "/" } else { "" });
                    percent::encode(segment, &mut path);
                }
            }
            Some(value) => percent::encode(value, &mut path),
        }
        rest = after;
    }
    path.push_str(rest);
    Ok(Cow::Owned(path))
}

/// The first label of the host, if a parameter contains it.
pub(crate) fn host_label(parameters: &[WireParameter<'_>]) -> Result<Option<String>, Failure> {
    let Some(parameter) = parameters.iter().find(|one| one.place == Place::Host) else { return Ok(None) };
    let label = parameter.value.as_ref();
    let is_label = !label.is_empty()
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-');
    if !is_label {
        return Err(invalid(&parameter.name, "is part of the host and can contain only letters, digits and `-`"));
    }
    Ok(Some(label.to_ascii_lowercase()))
}

fn invalid(name: &str, problem: &str) -> Failure {
    Failure::Invalid(vec![Violation { parameter: name.to_owned(), problem: problem.to_owned() }])
}

/// The path of every RPC operation.
pub(crate) const RPC_PATH: &str = "/";
