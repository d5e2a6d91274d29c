//! What operations share: the types of `types.yaml`, each as far as the operations use it, in requests, responses or both,
//! and the types of those that answer or document nothing of their own.

use std::collections::BTreeSet;

use alicloud_model::{Field, Service, SharedName, SharedType, SharedTypes, Type};

use crate::response::{self, Responses};
use crate::written_types::WrittenTypes;
use crate::{error_type, request};

/// Their module. No operation's is called so.
pub(crate) const MODULE: &str = "__shared";

/// What a shared type is called in requests.
pub(crate) fn input_name(shared: &SharedName) -> String {
    format!("{}Input", shared.rust_name)
}

/// The module with all shared types in use.
pub(crate) fn shared_types(service: &Service, responses: &Responses<'_>) -> String {
    let mut types = WrittenTypes::default();
    responses.shared_type(&mut types);
    error_type::shared_error_type(service, &mut types);
    let parameters = service.operations.iter().flat_map(|operation| &operation.parameters);
    let in_requests = reached(&service.types, parameters.map(|one| &one.field.ty), |shared| &shared.members);
    let answers = service
        .operations
        .iter()
        .flat_map(|operation| operation.response.iter().map(|field| &field.ty).chain(&operation.response_body));
    let in_responses = reached(&service.types, answers, |shared| &shared.fields);
    let used = |names: &BTreeSet<&str>, shared: &SharedType| names.contains(shared.name.name.as_str());
    for shared in service.types.iter().filter(|shared| used(&in_requests, shared)) {
        request::shared(shared, &mut types);
    }
    for shared in service.types.iter().filter(|shared| used(&in_responses, shared)) {
        response::shared(service, shared, &mut types);
    }
    types.module(MODULE)
}

/// The names of the shared types that these types lead to.
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

/// Whether a value of this type, in a response, holds one of the shared type `owner` in place. Such a field of `owner`
/// needs a box.
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
            // Lists and maps hold their items elsewhere.
            _ => {}
        }
    }
    false
}
