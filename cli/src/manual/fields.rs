//! Parameters, their members, and the fields of a response.

use alicloud_model::{
    Bounds, Field, FormAs, LengthUnit, Limits, Operation, Parameter, Position, Range, SharedTypes, Style, Type,
};

use crate::terminal::TerminalText;

/// The indentation of a member below its object.
const STEP: usize = 2;

/// The maximum indentation, so that deep members have enough width.
const DEEPEST: usize = 12;

/// The role of the fields.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Parameter,
    Response,
}

/// Writes fields. A shared type is written only once, because it may contain itself.
pub(super) struct Fields<'m> {
    types: &'m SharedTypes,
    role: Role,
    written: Vec<&'m str>,
}

impl<'m> Fields<'m> {
    pub(super) fn new(types: &'m SharedTypes, role: Role) -> Self {
        Self { types, role, written: Vec::new() }
    }

    pub(super) fn parameter(&mut self, page: &mut TerminalText, operation: &Operation, parameter: &'m Parameter) {
        let Parameter { field, position, style } = parameter;
        let place = match position {
            // The usual positions are not shown.
            Position::Query => None,
            Position::Form if operation.form_as_json => Some(FormAs::Json.as_str()),
            other => Some(other.as_str()),
        };
        let styled = !field.ty.is_scalar() && *position != Position::Body && *style != Style::RepeatList;
        let words = match (place, styled) {
            (Some(place), true) => format!("{place}, {}", style.as_str()),
            (Some(place), false) => place.to_owned(),
            (None, true) => style.as_str().to_owned(),
            (None, false) => String::new(),
        };
        self.field(page, STEP, field, Some(&words).filter(|words| !words.is_empty()).map(String::as_str));
    }

    /// The body of a response that is not an object with known fields.
    pub(super) fn body(&mut self, page: &mut TerminalText, ty: &'m Type) {
        page.paragraph(STEP, &format!("The body is of type {}.", ty.spelling()));
        self.members(page, STEP, ty);
    }

    /// A field with its members. `place` is its position, if it is not the usual one.
    pub(super) fn field(&mut self, page: &mut TerminalText, indent: usize, field: &'m Field, place: Option<&str>) {
        let mut words = vec![field.ty.spelling()];
        if field.required && self.role == Role::Parameter {
            words.push("required".to_owned());
        }
        if let Some(place) = place {
            words.push(format!("in {place}"));
        }
        if field.sensitive {
            words.push("secret".to_owned());
        }
        if let Some(instead) = &field.deprecated {
            words.push(if instead.is_empty() { "deprecated".to_owned() } else { format!("deprecated: {instead}") });
        }
        let mut text = words.join(", ");
        for more in facts(field) {
            text += &format!("; {more}");
        }
        page.entry(indent, &field.name, &text);
        page.paragraph(indent + 2 * STEP, field.description());
        self.members(page, indent + STEP, &field.ty);
    }

    fn members(&mut self, page: &mut TerminalText, indent: usize, ty: &'m Type) {
        match ty {
            Type::List(item) | Type::Map(item) => return self.members(page, indent, item),
            Type::Shared(shared) if self.written.contains(&shared.name.as_str()) => {
                return page.paragraph(indent.min(DEEPEST), &format!("(the fields of {} are above)", shared.name));
            }
            Type::Shared(shared) => self.written.push(&shared.name),
            _ => {}
        }
        let fields = match self.role {
            Role::Parameter => self.types.members_of(ty),
            Role::Response => self.types.fields_of(ty),
        };
        let fields = fields.unwrap_or_default();
        let ordered =
            if self.role == Role::Parameter { Field::required_first(fields) } else { fields.iter().collect() };
        for field in ordered {
            self.field(page, indent.min(DEEPEST), field, None);
        }
    }
}

/// The documented values, limits, default and example.
fn facts(field: &Field) -> Vec<String> {
    let mut facts = Vec::new();
    if !field.values.is_empty() {
        facts.push(format!("values: {}", field.values.join(", ")));
    }
    let Limits { length, range, count, pattern } = &field.limits;
    if let Some(length) = length {
        let unit = match length.unit {
            LengthUnit::Bytes => "bytes",
            LengthUnit::Characters => "characters",
        };
        facts.extend(bounds(length.bounds, unit));
    }
    facts.extend(count.and_then(|count| bounds(count, "items")));
    facts.extend(range.and_then(|range| match range {
        Range::Integer { min, max } => between(min, max),
        Range::Float { min, max } => between(min, max),
    }));
    facts.extend(pattern.as_ref().map(|pattern| format!("pattern: {pattern}")));
    facts.extend(field.default.as_ref().map(|default| format!("default: {default}")));
    // Examples of secrets are not useful, and examples of lists are a single item or prose.
    if !field.sensitive {
        facts.extend(field.example.as_ref().map(|example| format!("example: {example}")));
    }
    facts
}

fn bounds(bounds: Bounds, unit: &str) -> Option<String> {
    between(bounds.min, bounds.max).map(|words| format!("{words} {unit}"))
}

fn between<T: std::fmt::Display>(min: Option<T>, max: Option<T>) -> Option<String> {
    Some(match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => return None,
    })
}
