//! The names of the parameters of an operation, and which of their values must not be logged.

use std::collections::BTreeSet;

use alicloud_model::{Field, Operation, SharedName, SharedTypes, Type};

use crate::parameters::headers::header_prefix;

/// The names of the parameters of an operation.
#[derive(PartialEq)]
pub(crate) struct ParameterNames {
    known: Vec<String>,
    /// Those that are sensitive or contain a sensitive member.
    sensitive: BTreeSet<String>,
}

impl ParameterNames {
    pub(crate) fn new(types: &SharedTypes, operation: &Operation) -> Self {
        let fields = || operation.parameters.iter().map(|parameter| &parameter.field);
        let sensitive = fields().filter(|field| is_sensitive(types, field, &mut Vec::new()));
        Self {
            sensitive: sensitive.map(|field| field.name.clone()).collect(),
            known: fields().map(|field| field.name.clone()).collect(),
        }
    }

    /// Whether this parameter is sensitive or contains a sensitive member.
    pub(crate) fn is_sensitive(&self, name: &str) -> bool {
        self.sensitive.contains(name)
    }

    /// Whether the value of a parameter, of a part of one such as `Tag.1.Key`, or of a header must not be logged. That of
    /// a parameter that the spec does not contain could be a secret under a wrong name.
    pub(crate) fn hides(&self, name: &str) -> bool {
        let at_or_below = |known: &String| {
            let is_header = header_prefix(known).is_some_and(|prefix| name.starts_with(&prefix));
            is_header || name.strip_prefix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.sensitive.iter().any(at_or_below) || !self.known.iter().any(at_or_below)
    }
}

/// `seen` are the shared types that are already checked, because types can be recursive.
fn is_sensitive<'t>(types: &'t SharedTypes, field: &'t Field, seen: &mut Vec<&'t SharedName>) -> bool {
    fn within<'t>(types: &'t SharedTypes, ty: &'t Type, seen: &mut Vec<&'t SharedName>) -> bool {
        match ty {
            Type::List(item) | Type::Map(item) => within(types, item, seen),
            Type::Shared(name) if seen.contains(&name) => false,
            _ => {
                if let Type::Shared(name) = ty {
                    seen.push(name);
                }
                types.members_of(ty).into_iter().flatten().any(|field| is_sensitive(types, field, seen))
            }
        }
    }
    field.sensitive || within(types, &field.ty, seen)
}
