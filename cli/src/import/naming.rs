//! The names that a spec can have, and the name of a product's folder.

use crate::hidden_characters::is_hidden;
use alicloud_model::naming::{camel, setter, snake};

/// The maximum length of a name, in characters.
const LONGEST_NAME: usize = 200;

/// Checks that a wire name is safe in a spec, in Rust and in documentation.
///
/// # Errors
///
/// The reason why it is not.
pub(crate) fn check_name(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        Err("the name is empty")
    } else if name.chars().any(is_hidden) {
        Err("the name contains control or invisible characters")
    } else if name.trim() != name {
        Err("the name begins or ends with a space")
    } else if name.chars().count() > LONGEST_NAME {
        Err("the name is more than 200 characters long")
    } else {
        Ok(())
    }
}

/// Checks the name of a parameter or a field, which has no blanks in any official document.
pub(crate) fn check_field_name(name: &str) -> Result<(), &'static str> {
    check_name(name)?;
    if name.contains(char::is_whitespace) { Err("the name contains a blank") } else { Ok(()) }
}

/// Checks that the name of an operation can be a file name on any system and the name of a Rust type.
pub(crate) fn check_operation_name(name: &str) -> Result<(), &'static str> {
    check_name(name)?;
    if !name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_' || one == '-') {
        return Err("the name of an operation can only contain letters, digits, `_` and `-`");
    }
    if ["service", "types"].iter().any(|taken| name.eq_ignore_ascii_case(taken)) {
        return Err("the file of this name has another purpose");
    }
    if camel(name).is_none() || setter(name).is_none() {
        return Err("it cannot become a Rust name");
    }
    Ok(())
}

/// Whether this is a valid header name; a `*` at the end is a prefix of any number of headers.
pub(crate) fn is_header_name(name: &str) -> bool {
    let token = name.strip_suffix('*').unwrap_or(name);
    !token.is_empty() && token.chars().all(|one| one.is_ascii_alphanumeric() || "!#$%&'+-.^_`|~".contains(one))
}

/// The folder of a product, which is also its Rust module.
pub(crate) fn product_folder(product: &str) -> Option<String> {
    let mapped: String =
        product.to_lowercase().chars().map(|one| if one.is_ascii_alphanumeric() { one } else { '_' }).collect();
    let folder = snake(&mapped)?;
    // A folder cannot have the name of a keyword.
    Some(folder.strip_prefix("r#").map_or(folder.clone(), |word| format!("{word}_api")))
}
