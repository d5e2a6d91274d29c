//! Request structs: a constructor with the required parameters, and a setter for each optional one.

use alicloud_model::{Field, Operation, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::docs::{self, deprecated, doc};
use crate::error_type;
use crate::names::ident;
use crate::parameter_table::{Table, members_name, object_of};
use crate::value_type::value_type;

/// The request of an operation, with the objects inside it.
pub(crate) fn request(operation: &Operation) -> TokenStream {
    let name = ident(&format!("{}Request", operation.rust_name));
    let response = ident(&format!("{}Response", operation.rust_name));
    let error = ident(&format!("{}Error", operation.rust_name));
    let text = doc(&docs::request(operation));
    let deprecation = deprecated(operation.deprecated.as_deref());
    let table = Table::of_operation(operation);
    let fields = table.fields();
    let methods = constructor_and_setters(&fields);
    let wire_name = &operation.name;
    let method = ident(match operation.preferred_method() {
        alicloud_model::Method::Get => "Get",
        _ => "Post",
    });
    let parameters = table.constant();
    let rules = table.rules(&operation.rules);
    let from_code = error_type::from_code(operation);
    let debug_name = format!("{}Request", operation.rust_name);
    let objects = fields.iter().map(|field| objects_in(&field.ty));
    quote! {
        #text
        #deprecation
        #[derive(::core::clone::Clone)]
        pub struct #name(__rt::Input);
        impl #name { #methods }
        impl __rt::Request for #name {
            type Response = #response;
            type Error = #error;
            const OPERATION: &'static __rt::Operation =
                &__rt::Operation::new(&SERVICE, #wire_name, __rt::Method::#method, #parameters) #rules;
            fn input(&self) -> &__rt::Input { &self.0 }
            #from_code
        }
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, #debug_name, &<Self as __rt::Request>::OPERATION.parameters)
            }
        }
        #(#objects)*
    }
}

fn constructor_and_setters(fields: &[&Field]) -> TokenStream {
    let required = || fields.iter().enumerate().filter(|(_, field)| field.required);
    let arguments = required().map(|(_, field)| {
        let name = ident(&field.rust_name);
        let ty = argument_type(&field.ty);
        quote!(#name: #ty)
    });
    let settings = required().map(|(index, field)| {
        let name = ident(&field.rust_name);
        setting(index, &field.ty, &name)
    });
    let mut text = "A request with what every call needs.".to_owned();
    for (index, (_, field)) in required().enumerate() {
        let lead = if index == 0 { "\n\n" } else { "\n" };
        let meaning = docs::field(field).replace('\n', "\n  ");
        text.push_str(&format!(
            "{lead}- {}: {}",
            docs::code(field.rust_name.trim_start_matches("r#")),
            meaning.trim_end()
        ));
    }
    let text = doc(&text);
    let setters = fields.iter().enumerate().filter(|(_, field)| !field.required).map(|(index, field)| {
        let name = ident(&field.rust_name);
        let ty = argument_type(&field.ty);
        let text = doc(&docs::field(field));
        let deprecation = deprecated(field.deprecated.as_deref());
        let value = ident("value");
        let setting = setting(index, &field.ty, &value);
        quote! {
            #text
            #deprecation
            #[must_use]
            pub fn #name(self, value: #ty) -> Self { Self(self.0 #setting) }
        }
    });
    quote! {
        #text
        pub fn new(#(#arguments),*) -> Self { Self(__rt::Input::new() #(#settings)*) }
        #(#setters)*
    }
}

/// The type that `new` and the setters take.
fn argument_type(ty: &Type) -> TokenStream {
    match ty {
        Type::String | Type::Any => quote!(impl __rt::Into<__rt::String>),
        Type::List(item) if matches!(**item, Type::String | Type::Any) => {
            quote!(impl __rt::IntoIterator<Item = impl __rt::Into<__rt::String>>)
        }
        Type::List(item) => {
            let item = value_type(item);
            quote!(impl __rt::IntoIterator<Item = #item>)
        }
        Type::Map(item) => {
            let item = value_type(item);
            quote!(impl __rt::IntoIterator<Item = (impl __rt::Into<__rt::String>, #item)>)
        }
        other => value_type(other),
    }
}

fn setting(index: usize, ty: &Type, value: &proc_macro2::Ident) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    match ty {
        Type::String | Type::Any => quote!(.text(#index, __rt::Into::into(#value))),
        Type::List(item) if matches!(**item, Type::String | Type::Any) => quote!(.texts(#index, #value)),
        Type::List(_) => quote!(.list(#index, #value)),
        Type::Map(_) => quote!(.map(#index, #value)),
        _ => quote!(.set(#index, #value)),
    }
}

/// The structs of the objects inside a parameter.
fn objects_in(ty: &Type) -> TokenStream {
    let Some(object) = object_of(ty) else { return TokenStream::new() };
    let name = ident(&object.rust_name);
    let debug_name = &object.rust_name;
    let table = Table::of_members(&object.fields);
    let fields = table.fields();
    let methods = constructor_and_setters(&fields);
    let members = members_name(object);
    let constant = table.constant();
    let inner = fields.iter().map(|field| objects_in(&field.ty));
    let text = doc("An object inside a request.");
    quote! {
        #text
        #[derive(::core::clone::Clone)]
        pub struct #name(__rt::Input);
        static #members: __rt::Parameters = #constant;
        impl #name { #methods }
        impl ::core::convert::From<#name> for __rt::Value {
            fn from(object: #name) -> Self { Self::Object(object.0) }
        }
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, #debug_name, &#members)
            }
        }
        #(#inner)*
    }
}
