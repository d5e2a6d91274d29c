//! Names: which can be carried safely, what folders and shared types are called, and which fields need a Rust name of
//! their own.

use std::collections::HashSet;

use alicloud_model::naming::{camel, identifier, setter, snake};

use super::field::{Field, Type};
use super::report::{Reason, Scope};
use super::response::Response;

/// Longer names are no names.
const LONGEST_NAME: usize = 200;

/// Type words of specs, which no shared type may have as its name.
const TYPE_WORDS: &[&str] =
    &["String", "Integer", "Long", "Float", "Double", "Boolean", "Any", "Bytes", "Binary", "Object", "List", "Map"];

/// Whether a character does not show, or makes others show elsewhere: control, format and bidirectional ones.
pub(crate) fn is_hidden(one: char) -> bool {
    one.is_control()
        || matches!(one,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Whether a wire name can stand in a spec, in Rust and in documentation; or why not.
pub(crate) fn check_name(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        Err("the name is empty")
    } else if name.chars().any(is_hidden) {
        Err("the name has control or invisible characters")
    } else if name.trim() != name {
        Err("the name begins or ends with a space")
    } else if name.chars().count() > LONGEST_NAME {
        Err("the name is more than 200 characters long")
    } else {
        Ok(())
    }
}

/// Whether an operation's name can be a file's on any system and a Rust type's; or why not.
pub(crate) fn check_operation_name(name: &str) -> Result<(), &'static str> {
    check_name(name)?;
    if !name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_' || one == '-') {
        return Err("an operation's name is letters, digits, `_` and `-`");
    }
    if ["service", "types"].iter().any(|taken| name.eq_ignore_ascii_case(taken)) {
        return Err("a file of this name has another meaning");
    }
    if camel(name).is_none() || setter(name).is_none() {
        return Err("it cannot become a Rust name");
    }
    Ok(())
}

/// Whether a header may be called so; a `*` at the end stands for any number of headers.
pub(crate) fn is_header_name(name: &str) -> bool {
    let token = name.strip_suffix('*').unwrap_or(name);
    !token.is_empty() && token.chars().all(|one| one.is_ascii_alphanumeric() || "!#$%&'+-.^_`|~".contains(one))
}

/// The folder of a product, which is its Rust module too.
pub(crate) fn product_folder(product: &str) -> Option<String> {
    let mapped: String =
        product.to_lowercase().chars().map(|one| if one.is_ascii_alphanumeric() { one } else { '_' }).collect();
    let folder = snake(&mapped)?;
    // A keyword is no folder's name.
    Some(folder.strip_prefix("r#").map_or(folder.clone(), |word| format!("{word}_api")))
}

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

    /// Takes an operation's names; `false` where another one has them.
    pub(crate) fn take_operation(&mut self, name: &str) -> bool {
        let (Some(rust), Some(method)) = (camel(name), setter(name)) else { return false };
        // An answer that is a list or a map of objects has its own struct for these.
        let wanted = ["Request", "Response", "ResponseBody", "Error"].map(|suffix| format!("{rust}{suffix}"));
        // Two files whose names differ by case only are one on some systems.
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

    /// Takes a name for a shared type: its own where that is free.
    pub(crate) fn take_shared(&mut self, name: &str) -> String {
        let base: String = name.chars().filter(|one| one.is_ascii_alphanumeric() || *one == '_').collect();
        let base = if base.is_empty() { "Type".to_owned() } else { base };
        let others =
            (1..).map(|number| if number == 1 { format!("{base}Type") } else { format!("{base}Type{number}") });
        for candidate in std::iter::once(base.clone()).chain(others) {
            let Some(rust) = camel(&candidate) else { continue };
            // Requests have a struct of their own for it.
            let input = format!("{rust}Input");
            if !TYPE_WORDS.contains(&candidate.as_str()) && !self.taken.contains(&rust) && !self.taken.contains(&input)
            {
                self.taken.extend([rust, input]);
                return candidate;
            }
        }
        base
    }

    /// As [`Self::name_fields`], for an answer.
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

    /// Gives a Rust name to each field whose own is taken or none, here and inside.
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
pub(crate) fn object_of(ty: &mut Type) -> Option<&mut Vec<Field>> {
    match ty {
        Type::Object(fields) => Some(fields),
        Type::List(item) | Type::Map(item) => object_of(item),
        Type::Scalar(_) | Type::Shared(_) => None,
    }
}
