//! A test for each example of each spec: the typed request is built from it and handed to a function of the caller's.

use alicloud_model::{Field, Object, Sample, Service, Type};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::names::ident;

/// One `#[test]` an example, which calls `check(request, module, operation, index)`; the generated code is in `krate`.
pub fn example_tests(service: &Service, krate: &TokenStream, check: &TokenStream) -> TokenStream {
    let module_name = &service.module;
    let module = ident(module_name);
    let path = quote!(#krate::#module);
    let tests = service.operations.iter().flat_map(|operation| {
        let fields: Vec<&Field> = operation.parameters.iter().map(|parameter| &parameter.field).collect();
        operation.examples.iter().enumerate().map({
            let path = path.clone();
            move |(index, example)| {
                let method = operation.method_name.trim_start_matches("r#");
                let test = format_ident!("{}_{}_example_{}", service.module, method, index + 1);
                let request = format!("{}Request", operation.rust_name);
                let value = construction(&path, &request, &fields, &example.request);
                let name = &operation.name;
                quote! {
                    #[test]
                    fn #test() { #check(#value, #module_name, #name, #index) }
                }
            }
        })
    });
    quote!(#(#tests)*)
}

/// `path::Name::new(required…).setter(…)…`
fn construction(path: &TokenStream, name: &str, fields: &[&Field], members: &[(String, Sample)]) -> TokenStream {
    let name = ident(name);
    let given = |field: &Field| members.iter().find(|(known, _)| *known == field.name).map(|(_, sample)| sample);
    let required = fields.iter().filter(|field| field.required).filter_map(|field| {
        let sample = given(field)?;
        Some(value(path, &field.ty, sample))
    });
    let setters = fields.iter().filter(|field| !field.required).filter_map(|field| {
        let sample = given(field)?;
        let setter = ident(&field.rust_name);
        let value = value(path, &field.ty, sample);
        Some(quote!(.#setter(#value)))
    });
    quote!(#path::#name::new(#(#required),*) #(#setters)*)
}

fn value(path: &TokenStream, ty: &Type, sample: &Sample) -> TokenStream {
    match (ty, sample) {
        (Type::List(item), Sample::List(samples)) => {
            let items = samples.iter().map(|sample| value(path, item, sample));
            quote!(::std::vec![#(#items),*])
        }
        (Type::Map(item), Sample::Object(members)) => {
            let entries = members.iter().map(|(key, sample)| {
                let value = value(path, item, sample);
                quote!((#key, ::std::convert::Into::into(#value)))
            });
            quote!([#(#entries),*])
        }
        (Type::Object(object), Sample::Object(members)) => object_value(path, object, members),
        (Type::Integer, Sample::Text(text)) => number(text.parse().map(Literal::i32_suffixed)),
        (Type::Long, Sample::Text(text)) => number(text.parse().map(Literal::i64_suffixed)),
        (Type::Float | Type::Double, Sample::Text(text)) => number(text.parse().map(Literal::f64_suffixed)),
        (Type::Boolean, Sample::Text(text)) => {
            let flag = text.eq_ignore_ascii_case("true");
            quote!(#flag)
        }
        (_, Sample::Text(text)) => quote!(#text),
        // The model has refused every other pairing.
        _ => quote!(()),
    }
}

fn object_value(path: &TokenStream, object: &Object, members: &[(String, Sample)]) -> TokenStream {
    let fields: Vec<&Field> = object.fields.iter().collect();
    construction(path, &object.rust_name, &fields, members)
}

fn number<E>(literal: Result<Literal, E>) -> TokenStream {
    // The model has read it as a number before.
    literal.map_or_else(|_| quote!(0), |literal| quote!(#literal))
}
