//! The page of a list that a request selects.
//!
//! A documented sample shows one page, often with a token or a total for more items. If it were always the response,
//! clients would read pages forever. Here, the list consists of the items in the sample, divided by the page size of
//! the request.

use alicloud_model::{Operation, Pagination, SharedTypes, Turning, Type};
use serde_json::{Map, Value};

use crate::wire::json_path::{get, get_mut, put, take};

/// The prefix of the emulator's tokens. Any other token, such as one of a sample request, selects the first page.
const TOKEN: &str = "items-from-";

/// Reduces a response with the whole list to the page that the request selects. Returns whether this changed the
/// response.
pub(crate) fn select_page(
    operation: &Operation,
    types: &SharedTypes,
    input: &Map<String, Value>,
    body: &mut Map<String, Value>,
) -> bool {
    let Some(pagination) = &operation.pagination else { return false };
    let before = body.clone();
    let Pagination { turning, parameter, size, total, more, items, token } = pagination;
    let total = total.as_deref().map(path);
    // Services with both kinds of pages ignore page numbers if the request has parameters for tokens.
    let is_set = |parameter: &[String]| get(input, &path(parameter)).is_some();
    let by_token = token.as_ref().filter(|token| is_set(&token.parameter) || token.size.as_deref().is_some_and(is_set));
    let of_token = by_token.map(|token| Turning::Token { next: token.next.clone() });
    let (turning, parameter, size) = match (by_token, &of_token) {
        (Some(token), Some(turning)) => (turning, &token.parameter, &token.size),
        _ => (turning, parameter, size),
    };
    if let Some(token) = token {
        take(body, &path(&token.next));
    }
    let (selected, size_path) = (path(parameter), size.as_deref().map(path));
    let size = size_path.as_ref().and_then(|size| whole_number(get(input, size)?));
    let size = size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0);

    let list = get_mut(body, &path(items)).and_then(Value::as_array_mut);
    let count = list.as_ref().map_or(0, |list| list.len());
    let on_a_page = size.unwrap_or(count.max(1));
    let value = get(input, &selected);
    let skipped = match turning {
        Turning::Token { .. } => value.and_then(items_before).unwrap_or(0),
        Turning::Number { first } => {
            let page = value.and_then(whole_number).unwrap_or(i64::from(*first));
            let before = usize::try_from(page.saturating_sub(i64::from(*first))).unwrap_or(0);
            before.saturating_mul(on_a_page)
        }
        Turning::Offset => value.and_then(whole_number).and_then(|offset| usize::try_from(offset).ok()).unwrap_or(0),
    };
    if let Some(list) = list {
        let rest = list.split_off(skipped.min(list.len()));
        *list = rest.into_iter().take(on_a_page).collect();
    }
    let end = skipped.saturating_add(on_a_page);
    let is_last = end >= count;

    if let Turning::Token { next } = turning {
        let next = path(next);
        take(body, &next);
        if !is_last {
            let is_text = operation.parameter_at(types, parameter).is_some_and(|field| field.ty == Type::String);
            put(body, &next, if is_text { Value::String(format!("{TOKEN}{end}")) } else { Value::from(end) });
        }
    }
    if let Some(total) = &total
        && get(body, total).is_some()
    {
        set_in_kind(body, total, count);
    }
    if let Some(more) = more.as_deref().map(path)
        && let Some(old) = get(body, &more)
    {
        let new = if old.is_string() { Value::String((!is_last).to_string()) } else { Value::Bool(!is_last) };
        put(body, &more, new);
    }
    // Many responses repeat the number and the size of the page.
    if !matches!(turning, Turning::Token { .. }) {
        repeat(input, &selected, total.as_deref(), body);
    }
    if let Some(size) = size_path {
        repeat(input, &size, total.as_deref(), body);
    }
    *body != before
}

/// Copies the value of a parameter to the response field with the same name, at the top level or next to the total.
fn repeat(input: &Map<String, Value>, parameter: &str, total: Option<&str>, body: &mut Map<String, Value>) {
    let Some(number) = get(input, parameter).and_then(whole_number) else { return };
    let name = parameter.rsplit('.').next().unwrap_or(parameter);
    let beside = total.and_then(|total| total.rsplit_once('.')).map(|(above, _)| format!("{above}.{name}"));
    for place in [Some(name.to_owned()), beside].into_iter().flatten() {
        if get(body, &place).is_some_and(|old| whole_number(old).is_some()) {
            set_in_kind(body, &place, number);
        }
    }
}

/// Sets a number, as a text if the old value is a text.
fn set_in_kind(body: &mut Map<String, Value>, place: &str, number: impl Into<Value> + ToString) {
    let is_text = get(body, place).is_some_and(Value::is_string);
    put(body, place, if is_text { Value::String(number.to_string()) } else { number.into() });
}

/// Returns the number of items before the page of a token.
fn items_before(token: &Value) -> Option<usize> {
    let text = match token {
        Value::String(text) => text.strip_prefix(TOKEN).unwrap_or(text),
        other => return usize::try_from(other.as_i64()?).ok(),
    };
    text.parse().ok()
}

fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn path(names: &[String]) -> String {
    names.join(".")
}
