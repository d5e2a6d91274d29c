//! The types of `types.yaml`: which of them requests and responses use, and their names.

use std::collections::BTreeSet;

use alicloud_model::{Field, Service, SharedName, SharedType, SharedTypes, Type};

/// The name of the module with the types that operations share. No operation has this name.
pub(crate) const MODULE: &str = "__shared";

/// Returns the name of a shared type in requests.
pub(crate) fn input_name(shared: &SharedName) -> String {
    format!("{}Input", shared.rust_name)
}

/// Returns the shared types that requests use.
pub(crate) fn in_requests(service: &Service) -> Vec<&SharedType> {
    let parameters = service.operations.iter().flat_map(|operation| &operation.parameters);
    used(service, parameters.map(|one| &one.field.ty), |shared| &shared.members)
}

/// Returns the shared types that responses use.
pub(crate) fn in_responses(service: &Service) -> Vec<&SharedType> {
    let responses = service
        .operations
        .iter()
        .flat_map(|operation| operation.response.iter().map(|field| &field.ty).chain(&operation.response_body));
    used(service, responses, |shared| &shared.fields)
}

fn used<'m>(
    service: &'m Service,
    by: impl Iterator<Item = &'m Type>,
    fields: fn(&SharedType) -> &[Field],
) -> Vec<&'m SharedType> {
    let names = reached(&service.types, by, fields);
    service.types.iter().filter(|shared| names.contains(shared.name.name.as_str())).collect()
}

/// Returns the names of the shared types that can be reached from these types.
fn reached<'m>(
    types: &'m SharedTypes,
    from: impl Iterator<Item = &'m Type>,
    fields: fn(&SharedType) -> &[Field],
) -> BTreeSet<&'m str> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&Type> = from.collect();
    while let Some(ty) = waiting.pop() {
        match ty {
            Type::List(item) | Type::Map(item) => waiting.push(item),
            Type::Object(object) => waiting.extend(object.fields.iter().map(|field| &field.ty)),
            Type::Shared(name) if found.insert(name.name.as_str()) => {
                waiting.extend(types.get(name).into_iter().flat_map(fields).map(|field| &field.ty));
            }
            _ => {}
        }
    }
    found
}

/// Whether a value of this type, in a response, directly contains a value of the shared type `owner`. Such a field of
/// `owner` needs a box.
pub(crate) fn holds(types: &SharedTypes, ty: &Type, owner: &SharedName) -> bool {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![ty];
    while let Some(ty) = waiting.pop() {
        match ty {
            Type::Shared(name) if name == owner => return true,
            Type::Shared(name) if seen.insert(&name.name) => {
                waiting.extend(types.get(name).into_iter().flat_map(|shared| &shared.fields).map(|field| &field.ty));
            }
            Type::Object(object) => waiting.extend(object.fields.iter().map(|field| &field.ty)),
            // Lists and maps store their items on the heap.
            _ => {}
        }
    }
    false
}
