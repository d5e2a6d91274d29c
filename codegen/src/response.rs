//! Response types: public fields, and one `match` that tells the runtime where each goes.

use alicloud_model::{Field, Operation, Type};
use proc_macro2::TokenStream;
use quote::quote;

use crate::docs::{self, deprecated, doc};
use crate::names::ident;
use crate::value_type::value_type;

/// The response of an operation, with the objects inside it.
pub(crate) fn response(operation: &Operation) -> TokenStream {
    structure(&format!("{}Response", operation.rust_name), &docs::response(operation), &operation.response)
}

fn structure(name: &str, text: &str, fields: &[Field]) -> TokenStream {
    let rust_name = ident(name);
    let text = doc(text);
    let members = fields.iter().map(|field| {
        let name = ident(&field.rust_name);
        let text = doc(&docs::field(field));
        let deprecation = deprecated(field.deprecated.as_deref());
        let ty = field_type(field);
        quote!(#text #deprecation pub #name: #ty)
    });
    let arms = fields.iter().map(|field| {
        let wire_name = &field.name;
        let name = ident(&field.rust_name);
        let slot = slot(field);
        quote!(#wire_name => __rt::Slot::#slot(&mut self.#name),)
    });
    let hidden = fields.iter().any(|field| field.sensitive);
    let derives = if hidden {
        quote!(#[derive(::core::clone::Clone, ::core::default::Default)])
    } else {
        quote!(#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)])
    };
    let debug = hidden.then(|| {
        let shown = fields.iter().map(|field| {
            let member = ident(&field.rust_name);
            let label = field.rust_name.trim_start_matches("r#");
            if field.sensitive {
                quote!(.field(#label, &::core::format_args!("***")))
            } else {
                quote!(.field(#label, &self.#member))
            }
        });
        quote! {
            impl ::core::fmt::Debug for #rust_name {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.debug_struct(#name) #(#shown)* .finish()
                }
            }
        }
    });
    let objects = fields.iter().map(|field| objects_in(field, &field.ty));
    quote! {
        #text
        #derives
        #[non_exhaustive]
        pub struct #rust_name { #(#members),* }
        #debug
        impl __rt::Decode for #rust_name {
            fn slot(&mut self, name: &str) -> __rt::Slot<'_> {
                match name {
                    #(#arms)*
                    _ => __rt::Slot::Skip,
                }
            }
        }
        #(#objects)*
    }
}

fn objects_in(field: &Field, ty: &Type) -> TokenStream {
    match ty {
        Type::Object(object) => {
            let text = if field.doc.is_empty() { docs::code(&field.name) } else { field.doc.clone() };
            structure(&object.rust_name, &text, &object.fields)
        }
        Type::List(item) | Type::Map(item) => objects_in(field, item),
        _ => TokenStream::new(),
    }
}

fn field_type(field: &Field) -> TokenStream {
    let ty = value_type(&field.ty);
    // A missing list or map is an empty one.
    let optional = field.optional && !matches!(field.ty, Type::List(_) | Type::Map(_));
    if optional { quote!(__rt::Option<#ty>) } else { ty }
}

fn slot(field: &Field) -> proc_macro2::Ident {
    let (plain, optional) = match &field.ty {
        Type::Integer => ("Integer", "OptionalInteger"),
        Type::Long => ("Long", "OptionalLong"),
        Type::Float | Type::Double => ("Float", "OptionalFloat"),
        Type::Boolean => ("Boolean", "OptionalBoolean"),
        Type::Any => ("Raw", "OptionalRaw"),
        Type::Object(_) => ("Object", "OptionalObject"),
        Type::List(_) => ("List", "List"),
        Type::Map(_) => ("Map", "Map"),
        _ => ("Text", "OptionalText"),
    };
    ident(if field.optional { optional } else { plain })
}
