//! Chooses the names of shared types, and the Rust names of fields that cannot have the default one.

use std::collections::HashSet;

use alicloud_model::naming::{camel, identifier, setter, snake};
use alicloud_model::{Field, Object, Operation, Type};

use super::report::{Reason, Scope};

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
            if Type::words().all(|word| word != candidate)
                && !self.taken.contains(&rust)
                && !self.taken.contains(&input)
            {
                self.taken.extend([rust, input]);
                return candidate;
            }
        }
        base
    }

    /// Chooses the Rust names in an operation.
    pub(crate) fn name_operation(&mut self, operation: &mut Operation, scope: &Scope<'_>) {
        let Operation { rust_name, parameters, response, response_headers, response_body, .. } = operation;
        let parameters = parameters.iter_mut().map(|parameter| &mut parameter.field);
        self.name_fields(parameters, &format!("{rust_name}Request"), None, true, scope);
        let scope = scope.inside("response");
        let parent = format!("{rust_name}Response");
        self.name_fields(response.iter_mut().chain(response_headers), &parent, None, false, &scope);
        if let Some(object) = response_body.as_mut().and_then(object_of) {
            object.rust_name = format!("{parent}Body");
            self.name_fields(&mut object.fields, &object.rust_name, None, false, &scope);
        }
    }

    /// Chooses the Rust names of fields, and of the objects in them. A field has the default name unless that is taken or
    /// invalid. `item_prefix` is the prefix of the struct of a list's items, if the fields are those of an object around
    /// one list.
    pub(crate) fn name_fields<'f>(
        &mut self,
        fields: impl IntoIterator<Item = &'f mut Field>,
        parent: &str,
        item_prefix: Option<&str>,
        in_request: bool,
        scope: &Scope<'_>,
    ) {
        let mut taken: HashSet<String> = HashSet::new();
        for field in fields {
            let scope = scope.inside(&field.name);
            let own = default_name(&field.name, in_request);
            let base = own.as_deref().unwrap_or("field").trim_start_matches("r#").trim_end_matches('_').to_owned();
            let others = (2..).map(|number| format!("{base}_{number}"));
            let first = own.clone().unwrap_or_else(|| base.clone());
            let is_object = object_of(&mut field.ty).is_some();
            for candidate in std::iter::once(first).chain(others) {
                let usable = identifier(&candidate).as_deref() == Some(candidate.as_str());
                let own_struct = camel(candidate.trim_start_matches("r#")).unwrap_or_default();
                let short = item_prefix
                    .filter(|_| matches!(field.ty, Type::List(_)))
                    .map(|prefix| format!("{prefix}{own_struct}"));
                let short = short.filter(|name| !self.taken.contains(name));
                let struct_name = short.unwrap_or_else(|| format!("{parent}{own_struct}"));
                if !usable || taken.contains(&candidate) || (is_object && self.taken.contains(&struct_name)) {
                    continue;
                }
                if own.as_deref() != Some(candidate.as_str()) {
                    scope.note(Reason::RustName, format!("is `{candidate}` in Rust"));
                }
                field.rust_name.clone_from(&candidate);
                taken.insert(candidate);
                let is_one = matches!(field.ty, Type::Object(_));
                if let Some(object) = object_of(&mut field.ty) {
                    self.taken.insert(struct_name.clone());
                    let item_prefix = (is_one && object.fields.len() == 1).then_some(parent);
                    self.name_fields(&mut object.fields, &struct_name, item_prefix, in_request, &scope);
                    object.rust_name = struct_name;
                }
                break;
            }
        }
    }
}

/// The Rust name of a field in a spec that does not state one.
pub(crate) fn default_name(name: &str, in_request: bool) -> Option<String> {
    if in_request { setter(name) } else { snake(name) }
}

/// The object that a type is, or is a list or map of.
fn object_of(ty: &mut Type) -> Option<&mut Object> {
    match ty {
        Type::Object(object) => Some(object),
        Type::List(item) | Type::Map(item) => object_of(item),
        _ => None,
    }
}
