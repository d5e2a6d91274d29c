//! Parameters that must not be logged.

use std::collections::BTreeSet;

use alicloud_model::{Field, Operation, SharedName, SharedTypes, Type};

/// Returns the top-level parameters that are sensitive or contain a sensitive member.
pub(crate) fn sensitive_names(types: &SharedTypes, operation: &Operation) -> BTreeSet<String> {
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    fields.filter(|field| is_sensitive(types, field, &mut Vec::new())).map(|field| field.name.clone()).collect()
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
