//! Error enums: a variant for each documented code.

use alicloud_model::{ErrorVariant, Operation, Service};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::docs::{self, doc};
use crate::names::ident;

/// The error type of operations that document no code of their own.
const SHARED: &str = "ServiceError";

/// The error type of an operation.
pub(crate) fn error_type(operation: &Operation) -> TokenStream {
    let name = ident(&format!("{}Error", operation.rust_name));
    let text = doc(&format!("The documented errors of [`{}Request`].", operation.rust_name));
    if is_shared(operation) {
        let shared = ident(SHARED);
        return quote!(#text pub type #name = #shared;);
    }
    enumeration(&name, &text, &operation.error_variants)
}

/// The error type of all operations that document no code of their own.
pub(crate) fn shared_error_type(service: &Service) -> Option<TokenStream> {
    let operation = service.operations.iter().find(|operation| is_shared(operation))?;
    let text = doc("The errors of operations that document none of their own.");
    Some(enumeration(&ident(SHARED), &text, &operation.error_variants))
}

fn is_shared(operation: &Operation) -> bool {
    operation.errors.is_empty()
}

fn enumeration(name: &Ident, text: &TokenStream, variants: &[ErrorVariant]) -> TokenStream {
    let variants = variants.iter().map(|variant| {
        let name = ident(&variant.rust_name);
        let text = doc(&docs::error_variant(variant));
        let captured = variant.pattern.is_some().then(|| quote!((__rt::String)));
        quote!(#text #name #captured,)
    });
    let other = doc("A code that is not documented, such as one of the gateway's own.");
    quote! {
        #text
        #[derive(::core::fmt::Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #other
            Other,
        }
    }
}

/// The function that finds the variant of a code.
pub(crate) fn from_code(operation: &Operation) -> TokenStream {
    let error = ident(&format!("{}Error", operation.rust_name));
    let exact = operation.error_variants.iter().filter(|variant| variant.pattern.is_none()).map(|variant| {
        let code = &variant.code;
        let name = ident(&variant.rust_name);
        quote!(#code => #error::#name,)
    });
    let patterns = operation.error_variants.iter().filter_map(|variant| {
        let (before, after) = variant.pattern.as_ref()?;
        let name = ident(&variant.rust_name);
        Some(quote! {
            if let __rt::Option::Some(captured) = __rt::captured(code, #before, #after) {
                return #error::#name(captured);
            }
        })
    });
    if operation.error_variants.is_empty() {
        return quote!(#[inline] fn error(_: &str) -> #error { #error::Other });
    }
    let exact: Vec<TokenStream> = exact.collect();
    let found =
        if exact.is_empty() { quote!(#error::Other) } else { quote!(match code { #(#exact)* _ => #error::Other, }) };
    quote! {
        #[inline]
        fn error(code: &str) -> #error {
            #(#patterns)*
            #found
        }
    }
}
