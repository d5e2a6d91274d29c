//! The Rust types of values.

use alicloud_model::Type;
use proc_macro2::TokenStream;
use quote::quote;

use crate::names::ident;
use crate::shared_types;

/// The owned type that holds a value in a response.
pub(crate) fn response_type(ty: &Type) -> TokenStream {
    value_type(ty, response_type).unwrap_or_else(|| match ty {
        Type::Shared(shared) => {
            let name = ident(&shared.rust_name);
            quote!(#name)
        }
        _ => quote!(__rt::String),
    })
}

/// The owned type that holds a value in a request.
pub(crate) fn request_type(ty: &Type) -> TokenStream {
    value_type(ty, request_type).unwrap_or_else(|| match ty {
        Type::Shared(shared) => {
            let name = ident(&shared_types::input_name(shared));
            quote!(#name)
        }
        Type::Any => quote!(__rt::Json),
        _ => quote!(__rt::String),
    })
}

/// What requests and responses have in common.
fn value_type(ty: &Type, inner: fn(&Type) -> TokenStream) -> Option<TokenStream> {
    Some(match ty {
        Type::Integer => quote!(i32),
        Type::Long => quote!(i64),
        Type::Float | Type::Double => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Bytes | Type::Binary => quote!(__rt::Binary),
        Type::Object(object) => {
            let name = ident(&object.rust_name);
            quote!(#name)
        }
        Type::List(item) => {
            let item = inner(item);
            quote!(__rt::Vec<#item>)
        }
        Type::Map(item) => {
            let item = inner(item);
            quote!(__rt::BTreeMap<__rt::String, #item>)
        }
        _ => return None,
    })
}
