//! Wire names: which can be carried safely, and what a product's folder is called.

use crate::hidden_characters::is_hidden;
use alicloud_model::naming::{camel, setter, snake};

/// Longer names are no names.
const LONGEST_NAME: usize = 200;

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

/// The same for a parameter or a field, whose names have no blanks in any official document.
pub(crate) fn check_field_name(name: &str) -> Result<(), &'static str> {
    check_name(name)?;
    if name.contains(char::is_whitespace) { Err("the name has a blank in it") } else { Ok(()) }
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
    // A keyword is not a folder's name.
    Some(folder.strip_prefix("r#").map_or(folder.clone(), |word| format!("{word}_api")))
}
