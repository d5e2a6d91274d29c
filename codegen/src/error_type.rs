//! Error enums: a variant for each documented code.

use alicloud_model::{ErrorVariant, Operation, Service};
use proc_macro2::{Ident, Literal, TokenStream};
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
        let captured = variant.is_pattern().then(|| quote!((__rt::String)));
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

/// The call that gives the runtime the documented codes; nothing where there are none.
pub(crate) fn codes(operation: &Operation) -> Option<TokenStream> {
    let codes = operation.error_variants.iter().map(|variant| &variant.code);
    (!operation.error_variants.is_empty()).then(|| quote!(.errors(&[#(#codes),*])))
}

/// The function that makes the variant of a code, by its place among them.
pub(crate) fn from_place(operation: &Operation) -> TokenStream {
    let error = ident(&format!("{}Error", operation.rust_name));
    if operation.error_variants.is_empty() {
        return quote!(#[inline] fn error(_: usize, _: &str) -> #error { #error::Other });
    }
    let arms = operation.error_variants.iter().enumerate().map(|(index, variant)| {
        let index = Literal::usize_unsuffixed(index);
        let name = ident(&variant.rust_name);
        let captured = variant.is_pattern().then(|| quote!((__rt::Into::into(captured))));
        quote!(#index => #error::#name #captured,)
    });
    let captures = operation.error_variants.iter().any(ErrorVariant::is_pattern);
    let captured = if captures { quote!(captured) } else { quote!(_) };
    quote! {
        #[inline]
        fn error(index: usize, #captured: &str) -> #error {
            match index {
                #(#arms)*
                _ => #error::Other,
            }
        }
    }
}
