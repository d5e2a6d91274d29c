//! Writes the table of parameters, which the runtime uses to validate, sign and print requests.

use std::fmt::Display;

use alicloud_model::{Field, LengthUnit, Operation, Parameter, Position, Range, Rule, Style, Type};

use crate::literal::{listed, literals};
use crate::shared_types::{self, input_name};

/// Parameters, or members of an object, in the order in which requests number them: the required ones first.
pub(crate) struct Table<'m> {
    rows: Vec<Row<'m>>,
}

struct Row<'m> {
    field: &'m Field,
    position: Position,
    style: Style,
}

impl<'m> Table<'m> {
    pub(crate) fn of_operation(operation: &'m Operation) -> Self {
        let parameters = operation.ordered_parameters().into_iter();
        let row = |one: &'m Parameter| Row { field: &one.field, position: one.position, style: one.style };
        Self { rows: parameters.map(row).collect() }
    }

    pub(crate) fn of_members(fields: &'m [Field]) -> Self {
        let row = |field| Row { field, position: Position::Query, style: Style::RepeatList };
        Self { rows: Field::required_first(fields).into_iter().map(row).collect() }
    }

    pub(crate) fn fields(&self) -> Vec<&'m Field> {
        self.rows.iter().map(|row| row.field).collect()
    }

    /// Writes the table of the runtime, as a constant expression.
    pub(crate) fn constant(&self) -> String {
        let required = self.rows.iter().filter(|row| row.field.required).count();
        let names = literals(self.rows.iter().map(|row| &row.field.name));
        let details: Vec<String> = self
            .rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| Some(format!("({index}, {})", row.detail()?)))
            .collect();
        // A member may refer to the object that contains it. Statics may do so, constants may not.
        let count = details.len();
        let details = if details.is_empty() {
            String::new()
        } else {
            let details = listed(details);
            format!(".details({{ static DETAILS: [(u16, __rt::Detail); {count}] = [{details}]; &DETAILS }})")
        };
        format!("__rt::Parameters::new({required}, &[{names}]){details}")
    }

    /// Writes the call that passes these rules to the runtime. Empty if there are none.
    pub(crate) fn rules(&self, rules: &[Rule]) -> String {
        match rules {
            [] => String::new(),
            rules => format!(".rules(&[{}])", listed(rules.iter().map(|rule| self.rule(rule)))),
        }
    }

    fn rule(&self, rule: &Rule) -> String {
        match rule {
            Rule::AnyOf(groups) => {
                format!("__rt::Rule::AnyOf(&[{}])", listed(groups.iter().map(|group| self.indices(group))))
            }
            Rule::Together(names) => format!("__rt::Rule::Together({})", self.indices(names)),
        }
    }

    /// Returns the index of the parameter with this name.
    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.field.name == name)
    }

    fn indices(&self, names: &[String]) -> String {
        let indices = names.iter().filter_map(|name| self.index(name));
        format!("&[{}]", listed(indices.map(|index| index.to_string())))
    }
}

impl Row<'_> {
    /// Writes everything about a parameter except its name, or `None` for a plain query parameter.
    fn detail(&self) -> Option<String> {
        let base = match self.position {
            Position::Query => "PLAIN",
            Position::Form => "FORM",
            Position::Header => "HEADER",
            Position::Path => "PATH",
            Position::Body => "BODY",
            Position::Host => "HOST",
        };
        let mut parts = String::new();
        match self.style {
            Style::RepeatList => {}
            Style::Flat => parts.push_str("style: __rt::Style::Flat, "),
            Style::Json => parts.push_str("style: __rt::Style::Json, "),
            Style::Simple => parts.push_str("style: __rt::Style::Joined(','), "),
            Style::SpaceDelimited => parts.push_str("style: __rt::Style::Joined(' '), "),
            Style::PipeDelimited => parts.push_str("style: __rt::Style::Joined('|'), "),
        }
        if self.field.sensitive {
            parts.push_str("sensitive: true, ");
        }
        let limits = limits(self.field);
        if !limits.is_empty() {
            parts.push_str(&format!("limits: &[{}], ", listed(limits)));
        }
        if let Some(members) = members_of(&self.field.ty) {
            parts.push_str(&format!("members: &{members}, "));
        }
        match (self.position, parts.is_empty()) {
            (Position::Query, true) => None,
            (_, true) => Some(format!("__rt::Detail::{base}")),
            (_, false) => Some(format!("__rt::Detail {{ {parts}..__rt::Detail::{base} }}")),
        }
    }
}

/// Returns the name of the static with the members of an object. No type begins with two underscores.
pub(crate) fn members_name(rust_name: &str) -> String {
    format!("__{rust_name}")
}

/// Returns the static with the members of a value of this type, or of each of its items.
fn members_of(ty: &Type) -> Option<String> {
    match ty {
        Type::Object(object) => Some(members_name(&object.rust_name)),
        Type::Shared(shared) => Some(format!("super::{}::{}", shared_types::MODULE, members_name(&input_name(shared)))),
        Type::List(item) | Type::Map(item) => members_of(item),
        _ => None,
    }
}

fn limits(field: &Field) -> Vec<String> {
    let mut limits = Vec::new();
    if let Some(length) = &field.limits.length {
        let (least, most) = match length.unit {
            LengthUnit::Bytes => ("MinBytes", "MaxBytes"),
            LengthUnit::Characters => ("MinCharacters", "MaxCharacters"),
        };
        limits.extend(length.bounds.min.map(|min| limit(least, min)));
        limits.extend(length.bounds.max.map(|max| limit(most, max)));
    }
    if let Some(count) = &field.limits.count {
        limits.extend(count.min.map(|min| limit("MinItems", min)));
        limits.extend(count.max.map(|max| limit("MaxItems", max)));
    }
    match field.limits.range {
        Some(Range::Integer { min, max }) => {
            limits.extend(min.map(|min| limit("Min", min)));
            limits.extend(max.map(|max| limit("Max", max)));
        }
        Some(Range::Float { min, max }) => {
            let finite =
                |bound: Option<f64>| bound.filter(|bound| bound.is_finite()).map(|bound| format!("{bound}f64"));
            limits.extend(finite(min).map(|min| limit("MinFloat", min)));
            limits.extend(finite(max).map(|max| limit("MaxFloat", max)));
        }
        None => {}
    }
    limits
}

fn limit(kind: &str, value: impl Display) -> String {
    format!("__rt::Limit::{kind}({value})")
}
