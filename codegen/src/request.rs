//! Request structs: a constructor with the required parameters, and a setter for each optional one.

use alicloud_model::{ApiStyle, Effect, Field, Method, Object, Operation, SharedType, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::docs::{self, deprecated, doc};
use crate::error_type;
use crate::names::ident;
use crate::parameter_table::{Table, members_name};
use crate::shared_types;
use crate::value_type::request_type;

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
        Method::Get => "Get",
        Method::Post => "Post",
        Method::Put => "Put",
        Method::Delete => "Delete",
        Method::Patch => "Patch",
        Method::Head => "Head",
    });
    let is_repeatable = operation.effect == Effect::Read || operation.idempotent;
    let kind = ident(if is_repeatable { "repeatable" } else { "new" });
    let path = (operation.style == ApiStyle::Roa).then(|| {
        let path = &operation.path;
        quote!(.path(#path))
    });
    let form_as_json = operation.form_as_json.then(|| quote!(.form_as_json()));
    let answer = match &operation.response_body {
        Some(_) => quote!(.answer(__rt::Answer::Whole)),
        None if operation.response.is_empty() => quote!(.answer(__rt::Answer::Nothing)),
        None => TokenStream::new(),
    };
    let headers = operation.response_headers.iter().map(|field| &field.name);
    let headers = (!operation.response_headers.is_empty()).then(|| quote!(.response_headers(&[#(#headers),*])));
    let parameters = table.constant();
    let rules = table.rules(&operation.rules);
    let limit = operation.flow.as_ref().map(|flow| {
        let queries = Literal::u32_unsuffixed(flow.qps);
        quote!(.per_second(#queries))
    });
    let errors = error_type::codes(operation);
    let error_from_place = error_type::from_place(operation);
    let objects = fields.iter().map(|field| objects_in(&field.ty));
    quote! {
        #text
        #deprecation
        #[must_use = "a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct #name(__rt::Input);
        impl #name { #methods }
        impl __rt::Request for #name {
            type Response = #response;
            type Error = #error;
            const OPERATION: &'static __rt::Operation =
                &__rt::Operation::#kind(&SERVICE, #wire_name, __rt::Method::#method, #parameters)
                    #path #rules #limit #errors #form_as_json #answer #headers;
            #[inline]
            fn input(&self) -> &__rt::Input { &self.0 }
            #error_from_place
        }
        impl ::core::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
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
            #[inline]
            pub fn #name(self, value: #ty) -> Self { Self(self.0 #setting) }
        }
    });
    quote! {
        #text
        #[inline]
        pub fn new(#(#arguments),*) -> Self { Self(__rt::Input::new() #(#settings)*) }
        #(#setters)*
    }
}

/// The type that `new` and the setters take.
fn argument_type(ty: &Type) -> TokenStream {
    match ty {
        Type::List(item) => {
            let item = converted(item);
            quote!(impl __rt::IntoIterator<Item = #item>)
        }
        Type::Map(item) => {
            let item = request_type(item);
            quote!(impl __rt::IntoIterator<Item = (impl __rt::Into<__rt::String>, #item)>)
        }
        other => converted(other),
    }
}

/// A type whose values are made of others for the caller, where there are such.
fn converted(ty: &Type) -> TokenStream {
    let owned = request_type(ty);
    if is_converted(ty) { quote!(impl __rt::Into<#owned>) } else { owned }
}

fn is_converted(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Any | Type::Bytes | Type::Binary)
}

fn setting(index: usize, ty: &Type, value: &proc_macro2::Ident) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    match ty {
        Type::String => quote!(.text(#index, #value)),
        Type::Any => quote!(.json(#index, #value)),
        Type::Bytes => quote!(.base64(#index, #value)),
        Type::Binary => quote!(.binary(#index, #value)),
        Type::List(item) => match **item {
            Type::String => quote!(.texts(#index, #value)),
            Type::Any => quote!(.jsons(#index, #value)),
            Type::Bytes => quote!(.base64s(#index, #value)),
            _ => quote!(.list(#index, #value)),
        },
        Type::Map(_) => quote!(.map(#index, #value)),
        _ => quote!(.set(#index, #value)),
    }
}

/// The structs of the objects inside a parameter.
fn objects_in(ty: &Type) -> TokenStream {
    match ty {
        Type::Object(Object { rust_name, fields }) => object(rust_name, fields, "An object inside a request."),
        Type::List(item) | Type::Map(item) => objects_in(item),
        _ => TokenStream::new(),
    }
}

/// The struct of a shared type.
pub(crate) fn shared(shared: &SharedType) -> TokenStream {
    let text = if shared.doc.is_empty() { "An object inside requests." } else { &shared.doc };
    object(&shared_types::input_name(&shared.name), &shared.members, text)
}

fn object(rust_name: &str, fields: &[Field], text: &str) -> TokenStream {
    let name = ident(rust_name);
    let table = Table::of_members(fields);
    let fields = table.fields();
    let methods = constructor_and_setters(&fields);
    let members = members_name(rust_name);
    let constant = table.constant();
    let inner = fields.iter().map(|field| objects_in(&field.ty));
    let text = doc(text);
    quote! {
        #text
        #[must_use = "it is part of a request"]
        #[derive(::core::clone::Clone)]
        pub struct #name(__rt::Input);
        static #members: __rt::Parameters = #constant;
        impl #name { #methods }
        impl ::core::convert::From<#name> for __rt::Value {
            #[inline]
            fn from(object: #name) -> Self { Self::Object(object.0) }
        }
        impl ::core::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, #rust_name, &#members)
            }
        }
        #(#inner)*
    }
}
