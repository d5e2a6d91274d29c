//! Error enums: a variant for each documented code.

use alicloud_model::{ErrorVariant, Operation, Service};

use crate::docs::{self, doc};
use crate::literal::{listed, literals};
use crate::written_types::WrittenTypes;

/// The error type of operations that document no codes of their own.
const SHARED: &str = "ServiceError";

const DERIVED_DEBUG: &str = "#[derive(::core::fmt::Debug)]\n";

/// Adds the error type of an operation.
pub(crate) fn error_type(operation: &Operation, types: &mut WrittenTypes) {
    let name = &operation.rust_name;
    let text = doc(&format!("Errors documented for [`{name}Request`]."));
    let error = format!("{name}Error");
    let variants = &operation.error_variants;
    let code = if is_shared(operation) {
        format!("{text} pub type {error} = super::{SHARED};\n")
    } else if variants.iter().all(is_called_as_its_code) {
        format!("{}{}", enumeration(&error, &text, variants), debug_by_code(name))
    } else {
        enumeration(&error, &format!("{text}{DERIVED_DEBUG}"), variants)
    };
    types.add(error, &code);
}

fn debug_by_code(name: &str) -> String {
    format!(
        "impl ::core::fmt::Debug for {name}Error {{
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{
                __rt::debug_variant::<{name}Request>(self, f)
            }}
        }}\n"
    )
}

/// Whether the runtime's `debug_variant` can derive the name of the variant from its code, with the same rule. `Debug`
/// then costs the compiler almost nothing.
fn is_called_as_its_code(variant: &ErrorVariant) -> bool {
    let code = variant.code.chars().filter(char::is_ascii_alphanumeric);
    !variant.is_pattern() && code.eq(variant.rust_name.chars())
}

/// Adds the error type of all operations that document no codes of their own. It belongs to several requests, so its
/// `Debug` cannot use the codes of a single request.
pub(crate) fn shared_error_type(service: &Service, types: &mut WrittenTypes) {
    if let Some(operation) = service.operations.iter().find(|operation| is_shared(operation)) {
        let text = doc("Errors of operations that document none of their own.");
        types.add(SHARED, &enumeration(SHARED, &format!("{text}{DERIVED_DEBUG}"), &operation.error_variants));
    }
}

fn is_shared(operation: &Operation) -> bool {
    operation.errors.is_empty()
}

fn enumeration(name: &str, attributes: &str, variants: &[ErrorVariant]) -> String {
    let variants: String = variants
        .iter()
        .map(|variant| {
            let text = doc(&docs::error_variant(variant));
            let captured = if variant.is_pattern() { "(__rt::String)" } else { "" };
            format!("{text} {}{captured},\n", variant.rust_name)
        })
        .collect();
    let other = doc("Any other error code, such as one of the gateway.");
    format!(
        "{attributes}
        #[non_exhaustive]
        pub enum {name} {{
            {variants}{other}
            Other,
        }}\n"
    )
}

/// Writes the call that passes the documented codes to the runtime. Empty if there are none.
pub(crate) fn codes(operation: &Operation) -> String {
    match operation.error_variants.as_slice() {
        [] => String::new(),
        variants => format!(".errors(&[{}])", literals(variants.iter().map(|variant| &variant.code))),
    }
}

/// Writes the function that returns the variant of a code, by the index of the code.
pub(crate) fn from_index(operation: &Operation) -> String {
    let error = format!("{}Error", operation.rust_name);
    if operation.error_variants.is_empty() {
        return format!("#[inline] fn error(_: usize, _: &str) -> {error} {{ {error}::Other }}");
    }
    let variants = operation.error_variants.iter().map(|variant| format!("{error}::{}", variant.rust_name));
    if !operation.error_variants.iter().any(ErrorVariant::is_pattern) {
        let variants = listed(variants);
        return format!(
            "#[inline]
            fn error(index: usize, _: &str) -> {error} {{ __rt::variant(index, [{variants}], {error}::Other) }}"
        );
    }
    let arms: String = variants
        .zip(&operation.error_variants)
        .enumerate()
        .map(|(index, (path, variant))| {
            let captured = if variant.is_pattern() { "(__rt::Into::into(captured))" } else { "" };
            format!("{index} => {path}{captured},\n")
        })
        .collect();
    format!(
        "#[inline]
        fn error(index: usize, captured: &str) -> {error} {{
            match index {{
                {arms}_ => {error}::Other,
            }}
        }}"
    )
}
