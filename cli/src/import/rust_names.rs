//! Chooses the names of shared types, and the Rust names of fields that cannot have the default one.

use std::collections::HashSet;

use alicloud_model::naming::{camel, identifier, setter, snake};

use super::field::{Field, Scalar, Type};
use super::report::{Reason, Scope};
use super::response::Response;

/// The Rust names of a product's structs and enums.
#[derive(Default)]
pub(crate) struct TypeNames {
    taken: HashSet<String>,
    methods: HashSet<String>,
}

impl TypeNames {
    pub(crate) fn new() -> Self {
        let mut names = Self::default();
        names.taken.extend(["Client", "ServiceError", "ServiceResponse"].map(str::to_owned));
        names
    }

    /// Takes the names of an operation; `false` if one is taken.
    pub(crate) fn take_operation(&mut self, name: &str) -> bool {
        let (Some(rust), Some(method)) = (camel(name), setter(name)) else { return false };
        // A response that is a list or a map of objects has a struct for them.
        let wanted = ["Request", "Response", "ResponseBody", "Error"].map(|suffix| format!("{rust}{suffix}"));
        // On some systems, names of files that differ only in case are the same.
        let file = format!("{}.yaml", name.to_lowercase());
        if wanted.iter().any(|name| self.taken.contains(name))
            || [&method, &file].iter().any(|name| self.methods.contains(*name))
        {
            return false;
        }
        self.taken.extend(wanted);
        self.methods.extend([method, file]);
        true
    }

    /// Takes a name for a shared type: its own if it is free.
    pub(crate) fn take_shared(&mut self, name: &str) -> String {
        let base: String = name.chars().filter(|one| one.is_ascii_alphanumeric() || *one == '_').collect();
        let base = if base.is_empty() { "Type".to_owned() } else { base };
        let others =
            (1..).map(|number| if number == 1 { format!("{base}Type") } else { format!("{base}Type{number}") });
        for candidate in std::iter::once(base.clone()).chain(others) {
            let Some(rust) = camel(&candidate) else { continue };
            // Requests have a separate struct for it.
            let input = format!("{rust}Input");
            if Scalar::words().all(|word| word != candidate)
                && !self.taken.contains(&rust)
                && !self.taken.contains(&input)
            {
                self.taken.extend([rust, input]);
                return candidate;
            }
        }
        base
    }

    /// Like [`Self::name_fields`], for a response.
    pub(crate) fn name_response(&mut self, response: &mut Response, parent: &str, scope: &Scope<'_>) {
        match response {
            Response::Fields(fields) => self.name_fields(fields, parent, false, scope),
            Response::Whole(ty) => {
                if let Some(fields) = object_of(ty) {
                    self.name_fields(fields, &format!("{parent}Body"), false, scope);
                }
            }
            Response::Empty => {}
        }
    }

    /// Chooses a Rust name for each field whose default name is taken or invalid, and for the fields inside it.
    pub(crate) fn name_fields(&mut self, fields: &mut [Field], parent: &str, in_request: bool, scope: &Scope<'_>) {
        let mut taken: HashSet<String> = HashSet::new();
        for field in fields {
            let scope = scope.inside(&field.name);
            let own = if in_request { setter(&field.name) } else { snake(&field.name) };
            let base = own.as_deref().unwrap_or("field").trim_start_matches("r#").trim_end_matches('_').to_owned();
            let others = (2..).map(|number| format!("{base}_{number}"));
            let first = own.clone().unwrap_or_else(|| base.clone());
            let is_object = object_of(&mut field.ty).is_some();
            for candidate in std::iter::once(first).chain(others) {
                let usable = identifier(&candidate).as_deref() == Some(candidate.as_str());
                let own_struct = camel(candidate.trim_start_matches("r#")).unwrap_or_default();
                let struct_name = format!("{parent}{own_struct}");
                if !usable || taken.contains(&candidate) || (is_object && self.taken.contains(&struct_name)) {
                    continue;
                }
                if own.as_deref() != Some(candidate.as_str()) {
                    scope.note(Reason::RustName, format!("is `{candidate}` in Rust"));
                    field.rust = Some(candidate.clone());
                }
                taken.insert(candidate);
                if let Some(members) = object_of(&mut field.ty) {
                    self.taken.insert(struct_name.clone());
                    self.name_fields(members, &struct_name, in_request, &scope);
                }
                break;
            }
        }
    }
}

/// The fields of the object that a type is, or is a list or map of.
fn object_of(ty: &mut Type) -> Option<&mut Vec<Field>> {
    match ty {
        Type::Object(fields) => Some(fields),
        Type::List(item) | Type::Map(item) => object_of(item),
        Type::Scalar(_) | Type::Shared(_) => None,
    }
}
