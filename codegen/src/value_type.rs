//! The Rust types of values, in requests and responses alike.

use alicloud_model::Type;
use proc_macro2::TokenStream;
use quote::quote;

use crate::names::ident;

/// The owned type that holds a value.
pub(crate) fn value_type(ty: &Type) -> TokenStream {
    match ty {
        Type::Integer => quote!(i32),
        Type::Long => quote!(i64),
        Type::Float | Type::Double => quote!(f64),
        Type::Boolean => quote!(bool),
        Type::Object(object) => {
            let name = ident(&object.rust_name);
            quote!(#name)
        }
        Type::List(item) => {
            let item = value_type(item);
            quote!(__rt::Vec<#item>)
        }
        Type::Map(item) => {
            let item = value_type(item);
            quote!(__rt::BTreeMap<__rt::String, #item>)
        }
        _ => quote!(__rt::String),
    }
}
