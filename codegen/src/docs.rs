//! The texts of the generated documentation.

use std::borrow::Cow;
use std::fmt::Write as _;

use alicloud_model::{Bounds, ErrorVariant, Field, FlowScope, LengthUnit, Operation, Range, Rule, Service};

use crate::literal::literal;

/// Writes a doc attribute, with the space that rustfmt would insert before each line.
pub(crate) fn doc(text: &str) -> String {
    let text = text.trim_end();
    let text = if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(visible(&text.replace("\r\n", "\n"))) };
    let mut indented = String::with_capacity(text.len() + 16);
    for line in text.split_inclusive('\n') {
        if !line.starts_with('\n') {
            indented.push(' ');
        }
        indented.push_str(line);
    }
    format!("#[doc = {}]\n", literal(&indented))
}

/// Whether nothing needs to be escaped, as in most texts. This checks bytes, because the macro runs unoptimised.
fn is_plain(text: &str) -> bool {
    let mut rest = text.as_bytes();
    while let [b' '..=b'~' | b'\n', after @ ..] = rest {
        rest = after;
    }
    rest.is_empty()
}

/// Escapes control characters, and characters that change the direction of text. Readers assume that text has the order
/// in which it is shown, and a lone carriage return in a comment is an error.
fn visible(text: &str) -> String {
    let is_hidden = |one: char| {
        (one.is_control() && !matches!(one, '\n' | '\t'))
            || matches!(one, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut shown = String::with_capacity(text.len());
    for one in text.chars() {
        if is_hidden(one) { shown.extend(one.escape_unicode()) } else { shown.push(one) }
    }
    shown
}

/// Writes the text as `code`, even if it contains a backtick.
pub(crate) fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Documents a request: its effect, its rules, its limits, and the official page.
pub(crate) fn request(operation: &Operation, service: &Service) -> String {
    let mut text = operation.summary.clone();
    paragraph(&mut text, &operation.doc);
    for rule in &operation.rules {
        paragraph(&mut text, &rule_text(rule));
    }
    if operation.pagination.is_some() {
        let pages = "The response is paginated. `items` on the call streams the items of all pages; `pages` streams the \
                     responses.";
        paragraph(&mut text, pages);
    }
    if let Some(flow) = &operation.flow {
        let scope = match flow.per {
            FlowScope::Account => "account (shared by its RAM users)",
            FlowScope::User => "user",
        };
        paragraph(&mut text, &format!("Rate limit: {} queries per second per {scope}.", flow.qps));
    }
    if let Some(ram) = &operation.ram {
        let mut permission = format!("RAM action: {}", code(&ram.action));
        for (what, value) in [("access level", &ram.access), ("resource", &ram.resource)] {
            if let Some(value) = value {
                // Writing to a String cannot fail.
                let _ = write!(permission, "; {what}: {}", code(value));
            }
        }
        paragraph(&mut text, &format!("{permission}."));
    }
    if is_public(service) {
        let Service { product, version, .. } = service;
        let url = format!("https://api.alibabacloud.com/document/{product}/{version}/{}", operation.name);
        paragraph(&mut text, &format!("[Official documentation]({url})"));
    }
    text
}

/// Whether Alibaba Cloud documents the product: it has a host of Alibaba Cloud.
fn is_public(service: &Service) -> bool {
    let endpoints = [&service.endpoints.public, &service.endpoints.vpc];
    endpoints.iter().any(|hosts| {
        let own = hosts.exceptions.iter().map(|(_, host)| host);
        own.chain([&hosts.host]).any(|host| host.ends_with(".aliyuncs.com"))
    })
}

fn rule_text(rule: &Rule) -> String {
    let list = |names: &[String], between: &str| names.iter().map(|name| code(name)).collect::<Vec<_>>().join(between);
    match rule {
        Rule::AnyOf(groups) => {
            let groups: Vec<String> = groups.iter().map(|group| list(group, " with ")).collect();
            format!("One of these is required: {}. If several are set, the first one wins.", groups.join("; or "))
        }
        Rule::Together(names) => format!("Set all of these, or none: {}.", list(names, ", ")),
    }
}

/// Documents a parameter or a response field: its meaning, its limits and its example.
pub(crate) fn field(field: &Field) -> String {
    let mut text = description(field);
    if !field.values.is_empty() {
        let values: Vec<String> = field.values.iter().map(|value| code(value)).collect();
        paragraph(&mut text, &format!("Documented values: {}.", values.join(", ")));
    }
    let mut facts = Vec::new();
    if let Some(length) = &field.limits.length {
        let unit = match length.unit {
            LengthUnit::Bytes => "bytes",
            LengthUnit::Characters => "characters",
        };
        facts.push(format!("Length: {} {unit}.", bounds(length.bounds)));
    }
    if let Some(count) = field.limits.count {
        facts.push(format!("Items: {}.", bounds(count)));
    }
    match field.limits.range {
        Some(Range::Integer { min, max }) => facts.push(format!("Range: {}.", between(min, max))),
        Some(Range::Float { min, max }) => facts.push(format!("Range: {}.", between(min, max))),
        None => {}
    }
    if let Some(pattern) = &field.limits.pattern {
        facts.push(format!("Pattern (checked by the service): {}.", code(pattern)));
    }
    if let Some(default) = &field.default {
        facts.push(format!("Default: {}.", code(default)));
    }
    if let Some(example) = &field.example {
        facts.push(format!("Example: {}.", code(example)));
    }
    paragraph(&mut text, &facts.join(" "));
    text
}

/// The meaning of a field, or its name if nothing else is known.
pub(crate) fn description(field: &Field) -> String {
    match field.description() {
        "" => code(&field.name),
        text => text.trim_end().to_owned(),
    }
}

fn bounds(bounds: Bounds) -> String {
    between(bounds.min, bounds.max)
}

fn between<T: std::fmt::Display>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => "any".to_owned(),
    }
}

/// Documents an error code.
pub(crate) fn error_variant(variant: &ErrorVariant) -> String {
    let mut text = code(&variant.code);
    for row in &variant.rows {
        paragraph(&mut text, &format!("HTTP {}: {}", row.status, row.message));
        if !row.doc.is_empty() {
            paragraph(&mut text, &row.doc);
        }
    }
    if variant.is_pattern() {
        paragraph(&mut text, "Contains the text that replaces `%s`.");
    }
    text
}

/// Documents a response, with a sample.
pub(crate) fn response(operation: &Operation) -> String {
    let mut text = format!("The response to [`{}Request`].", operation.rust_name);
    if let Some(json) = operation.examples.iter().find_map(|example| example.json.as_ref()) {
        // A fence that is longer than any in the sample cannot be closed by the sample.
        let fence = "`".repeat(longest_run(json).max(2) + 1);
        paragraph(&mut text, &format!("{fence}json\n{}\n{fence}", json.trim_end()));
    }
    text
}

fn longest_run(text: &str) -> usize {
    text.split(|one| one != '`').map(str::len).max().unwrap_or(0)
}

fn paragraph(text: &mut String, more: &str) {
    let more = more.trim_end();
    if !more.is_empty() {
        text.push_str("\n\n");
        text.push_str(more);
    }
}

/// Writes a `deprecated` attribute if the spec has one.
pub(crate) fn deprecated(deprecated: Option<&str>) -> String {
    match deprecated {
        None => String::new(),
        Some("") => "#[deprecated]\n".to_owned(),
        Some(instead) => format!("#[deprecated = {}]\n", literal(instead)),
    }
}
