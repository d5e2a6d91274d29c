//! Tests for the examples of specs: each builds a typed request and passes it to a function of the caller.

use alicloud_model::{Field, Operation, Sample, Service, SharedTypes, Type, decode_base64};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};

use crate::shared_types::input_name;

/// Generates one `#[test]` for each example. It calls `check(request, module, operation, index)`; the generated code is in
/// `krate`.
pub fn example_tests(service: &Service, krate: &TokenStream, check: &TokenStream) -> TokenStream {
    let module_name = &service.module;
    let module = ident(module_name);
    let samples = Samples { path: quote!(#krate::#module), types: &service.types };
    let samples = &samples;
    let tests = service.operations.iter().flat_map(|operation| {
        operation.examples.iter().enumerate().map(move |(index, example)| {
            let method = operation.method_name.trim_start_matches("r#");
            let test = format_ident!("{}_{}_example_{}", service.module, method, index + 1);
            let value = samples.request(operation, &example.request);
            let name = &operation.name;
            quote! {
                #[test]
                fn #test() { #check(#value, #module_name, #name, #index) }
            }
        })
    });
    quote!(#(#tests)*)
}

/// Generates the statements that call an operation with these values. The values must match the types and include all required
/// parameters. `config` and the product's module must be in scope; the statements bind `response`.
pub fn call_statements(service: &Service, operation: &Operation, values: &[(String, Sample)]) -> TokenStream {
    let module = ident(&service.module);
    let request = Samples { path: quote!(#module), types: &service.types }.request(operation, values);
    let method = ident(&operation.method_name);
    quote! {
        let client = #module::Client::new(&config)?;
        let request = #request;
        let response = client.#method(&request).await?;
    }
}

/// Converts samples to expressions.
struct Samples<'m> {
    /// Of the product's module.
    path: TokenStream,
    types: &'m SharedTypes,
}

impl Samples<'_> {
    fn request(&self, operation: &Operation, values: &[(String, Sample)]) -> TokenStream {
        let fields: Vec<&Field> = operation.parameters.iter().map(|parameter| &parameter.field).collect();
        self.construction(&format!("{}Request", operation.rust_name), &fields, values)
    }

    /// `path::Name::new(required…).setter(…)…`
    fn construction(&self, name: &str, fields: &[&Field], members: &[(String, Sample)]) -> TokenStream {
        let (path, name) = (&self.path, ident(name));
        let given = |field: &Field| members.iter().find(|(known, _)| *known == field.name).map(|(_, sample)| sample);
        let required = fields.iter().filter(|field| field.required).filter_map(|field| {
            let sample = given(field)?;
            Some(self.value(&field.ty, sample))
        });
        let setters = fields.iter().filter(|field| !field.required).filter_map(|field| {
            let sample = given(field)?;
            let setter = ident(&field.rust_name);
            let value = self.value(&field.ty, sample);
            Some(quote!(.#setter(#value)))
        });
        quote!(#path::#name::new(#(#required),*) #(#setters)*)
    }

    fn value(&self, ty: &Type, sample: &Sample) -> TokenStream {
        match (ty, sample) {
            // A setter accepts many types, and an empty list or map does not say which one it has.
            (Type::List(item), Sample::List(samples))
                if samples.is_empty() && matches!(**item, Type::String | Type::Any) =>
            {
                quote!(::std::vec::Vec::<&str>::new())
            }
            (Type::List(item), Sample::List(samples)) if samples.is_empty() && **item == Type::Bytes => {
                quote!(::std::vec::Vec::<&[u8]>::new())
            }
            (Type::Map(_), Sample::Object(members)) if members.is_empty() => {
                quote!(::std::collections::BTreeMap::<::std::string::String, _>::new())
            }
            (Type::List(item), Sample::List(samples)) => {
                // A setter converts the items of its list, and nothing deeper.
                let items = samples.iter().map(|sample| match **item {
                    Type::List(_) | Type::Map(_) => self.owned(item, sample),
                    _ => self.value(item, sample),
                });
                quote!(::std::vec![#(#items),*])
            }
            (Type::Map(item), Sample::Object(members)) => {
                let entries = members.iter().map(|(key, sample)| {
                    let value = self.owned(item, sample);
                    quote!((::std::string::String::from(#key), #value))
                });
                quote!(::std::collections::BTreeMap::from([#(#entries),*]))
            }
            (Type::Object(object), Sample::Object(members)) => {
                let fields: Vec<&Field> = object.fields.iter().collect();
                self.construction(&object.rust_name, &fields, members)
            }
            (Type::Shared(shared), Sample::Object(members)) => {
                let fields: Vec<&Field> = self.types.members_of(ty).into_iter().flatten().collect();
                self.construction(&input_name(shared), &fields, members)
            }
            (Type::Integer, Sample::Text(text)) => number(text.parse().map(Literal::i32_suffixed)),
            (Type::Long, Sample::Text(text)) => number(text.parse().map(Literal::i64_suffixed)),
            (Type::Float | Type::Double, Sample::Text(text)) => float(text.parse().unwrap_or_default()),
            (Type::Boolean, Sample::Text(text)) => {
                let flag = text.eq_ignore_ascii_case("true");
                quote!(#flag)
            }
            (Type::Bytes, Sample::Text(text)) => {
                let bytes = Literal::byte_string(&decode_base64(text).unwrap_or_default());
                quote!(#bytes.as_slice())
            }
            (_, Sample::Text(text)) => quote!(#text),
            // The model rejects every other pair.
            _ => quote!(()),
        }
    }

    /// A value of exactly the type that the request stores.
    fn owned(&self, ty: &Type, sample: &Sample) -> TokenStream {
        match (ty, sample) {
            (Type::List(item), Sample::List(samples)) => {
                let items = samples.iter().map(|sample| self.owned(item, sample));
                quote!(::std::vec![#(#items),*])
            }
            (Type::String | Type::Any | Type::Bytes, _) => {
                let value = self.value(ty, sample);
                quote!(::std::convert::Into::into(#value))
            }
            _ => self.value(ty, sample),
        }
    }
}

/// There are no literals for infinities and NaN.
fn float(value: f64) -> TokenStream {
    if value.is_nan() {
        quote!(f64::NAN)
    } else if value.is_infinite() {
        if value > 0.0 { quote!(f64::INFINITY) } else { quote!(f64::NEG_INFINITY) }
    } else {
        let literal = Literal::f64_suffixed(value);
        quote!(#literal)
    }
}

fn number<E>(literal: Result<Literal, E>) -> TokenStream {
    // The model has checked that it is a number.
    literal.map_or_else(|_| quote!(0), |literal| quote!(#literal))
}

/// The identifier of a checked name, `r#` or not.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
