//! Request structs: a constructor with the required parameters, a setter for each optional one, and the table that the
//! runtime validates, signs and prints them by.

use alicloud_model::{Field, LengthUnit, Object, Operation, Parameter, Position, Range, Rule, Style, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::docs::{self, deprecated, doc};
use crate::names::ident;
use crate::value_type::value_type;

/// The request of an operation, with the objects inside it.
pub(crate) fn request(operation: &Operation) -> TokenStream {
    let name = ident(&format!("{}Request", operation.rust_name));
    let response = ident(&format!("{}Response", operation.rust_name));
    let error = ident(&format!("{}Error", operation.rust_name));
    let text = doc(&docs::request(operation));
    let deprecation = deprecated(operation.deprecated.as_deref());
    let fields: Vec<&Field> = operation.parameters.iter().map(|parameter| &parameter.field).collect();
    let methods = constructor_and_setters(&fields);
    let wire_name = &operation.name;
    let method = ident(match operation.preferred_method() {
        alicloud_model::Method::Get => "Get",
        _ => "Post",
    });
    let parameters = operation.parameters.iter().map(parameter_entry);
    let rules = operation.rules.iter().map(|rule| rule_entry(rule, operation));
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
            const OPERATION: &'static __rt::Operation = &__rt::Operation {
                service: &SERVICE,
                name: #wire_name,
                method: __rt::Method::#method,
                parameters: &[#(#parameters),*],
                rules: &[#(#rules),*],
            };
            fn input(&self) -> &__rt::Input { &self.0 }
        }
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, #debug_name, <Self as __rt::Request>::OPERATION.parameters)
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

fn parameter_entry(parameter: &Parameter) -> TokenStream {
    let mut parts = Vec::new();
    match parameter.position {
        Position::Form => parts.push(quote!(place: __rt::Place::Form)),
        Position::Header => parts.push(quote!(place: __rt::Place::Header)),
        // The model refuses the others for RPC.
        _ => {}
    }
    match parameter.style {
        Style::RepeatList => {}
        Style::Flat => parts.push(quote!(style: __rt::Style::Flat)),
        Style::Json => parts.push(quote!(style: __rt::Style::Json)),
        Style::Simple => parts.push(quote!(style: __rt::Style::Joined(','))),
        Style::SpaceDelimited => parts.push(quote!(style: __rt::Style::Joined(' '))),
        Style::PipeDelimited => parts.push(quote!(style: __rt::Style::Joined('|'))),
    }
    field_entry(&parameter.field, parts)
}

fn field_entry(field: &Field, mut parts: Vec<TokenStream>) -> TokenStream {
    let name = &field.name;
    if field.sensitive {
        parts.push(quote!(sensitive: true));
    }
    let limits = limit_entries(field);
    if !limits.is_empty() {
        parts.push(quote!(limits: &[#(#limits),*]));
    }
    if let Some(object) = object_of(&field.ty) {
        let members = ident(&object.rust_name);
        parts.push(quote!(members: #members::MEMBERS));
    }
    let base = ident(if field.required { "REQUIRED" } else { "OPTIONAL" });
    quote!(__rt::Parameter { name: #name, #(#parts,)* ..__rt::Parameter::#base })
}

fn limit_entries(field: &Field) -> Vec<TokenStream> {
    let mut limits = Vec::new();
    if let Some(length) = &field.limits.length {
        let (least, most) = match length.unit {
            LengthUnit::Bytes => ("MinBytes", "MaxBytes"),
            LengthUnit::Characters => ("MinCharacters", "MaxCharacters"),
        };
        limits.extend(length.bounds.min.map(|min| limit(least, Literal::u64_unsuffixed(min))));
        limits.extend(length.bounds.max.map(|max| limit(most, Literal::u64_unsuffixed(max))));
    }
    if let Some(count) = &field.limits.count {
        limits.extend(count.min.map(|min| limit("MinItems", Literal::u64_unsuffixed(min))));
        limits.extend(count.max.map(|max| limit("MaxItems", Literal::u64_unsuffixed(max))));
    }
    match field.limits.range {
        Some(Range::Integer { min, max }) => {
            limits.extend(min.map(|min| limit("Min", Literal::i64_unsuffixed(min))));
            limits.extend(max.map(|max| limit("Max", Literal::i64_unsuffixed(max))));
        }
        Some(Range::Float { min, max }) => {
            limits.extend(min.filter(|min| min.is_finite()).map(|min| limit("MinFloat", Literal::f64_suffixed(min))));
            limits.extend(max.filter(|max| max.is_finite()).map(|max| limit("MaxFloat", Literal::f64_suffixed(max))));
        }
        None => {}
    }
    limits
}

fn limit(kind: &str, value: Literal) -> TokenStream {
    let kind = ident(kind);
    quote!(__rt::Limit::#kind(#value))
}

fn rule_entry(rule: &Rule, operation: &Operation) -> TokenStream {
    let places = |names: &[String]| {
        let places = names.iter().filter_map(|name| {
            let place = operation.parameters.iter().position(|parameter| &parameter.field.name == name)?;
            Some(Literal::usize_unsuffixed(place))
        });
        quote!(&[#(#places),*])
    };
    match rule {
        Rule::AnyOf(groups) => {
            let groups = groups.iter().map(|group| places(group));
            quote!(__rt::Rule::AnyOf(&[#(#groups),*]))
        }
        Rule::Together(names) => {
            let names = places(names);
            quote!(__rt::Rule::Together(#names))
        }
    }
}

fn object_of(ty: &Type) -> Option<&Object> {
    match ty {
        Type::Object(object) => Some(object),
        Type::List(item) | Type::Map(item) => object_of(item),
        _ => None,
    }
}

/// The structs of the objects inside a parameter.
fn objects_in(ty: &Type) -> TokenStream {
    let Some(object) = object_of(ty) else { return TokenStream::new() };
    let name = ident(&object.rust_name);
    let debug_name = &object.rust_name;
    let fields: Vec<&Field> = object.fields.iter().collect();
    let methods = constructor_and_setters(&fields);
    let members = fields.iter().map(|field| field_entry(field, Vec::new()));
    let inner = fields.iter().map(|field| objects_in(&field.ty));
    let text = doc("An object inside a request.");
    quote! {
        #text
        #[derive(::core::clone::Clone)]
        pub struct #name(__rt::Input);
        impl #name {
            const MEMBERS: &'static [__rt::Parameter] = &[#(#members),*];
            #methods
        }
        impl ::core::convert::From<#name> for __rt::Value {
            fn from(object: #name) -> Self { Self::Object(object.0) }
        }
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, #debug_name, Self::MEMBERS)
            }
        }
        #(#inner)*
    }
}
