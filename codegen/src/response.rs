//! Response types: public fields, and one `match` that tells the runtime where each goes.

use alicloud_model::{Field, Limits, Operation, SharedName, SharedType, SharedTypes, Type};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::docs::{self, deprecated, doc};
use crate::names::ident;
use crate::shared_types::holds;
use crate::value_type::response_type;

/// The response of an operation, with the objects inside it.
pub(crate) fn response(operation: &Operation, types: &SharedTypes) -> TokenStream {
    let owner = Owner { types, shared: None };
    let headers = operation
        .response_headers
        .iter()
        .map(|field| Member { field, wire_name: format!("header:{}", field.name.to_ascii_lowercase()) });
    let body = operation.response_body.as_ref().map(body);
    let body = body.iter().map(|field| Member { field, wire_name: String::new() });
    let members: Vec<Member<'_>> = headers.chain(body).chain(operation.response.iter().map(Member::of)).collect();
    owner.structure(&format!("{}Response", operation.rust_name), &docs::response(operation), &members)
}

/// A shared type, as responses hold it.
pub(crate) fn shared(types: &SharedTypes, shared: &SharedType) -> TokenStream {
    let owner = Owner { types, shared: Some(&shared.name) };
    let text = if shared.doc.is_empty() { docs::code(&shared.name.name) } else { shared.doc.clone() };
    let members: Vec<Member<'_>> = shared.fields.iter().map(Member::of).collect();
    owner.structure(&shared.name.rust_name, &text, &members)
}

/// The field for a body that is no object with known fields.
fn body(ty: &Type) -> Field {
    Field {
        name: "body".to_owned(),
        rust_name: "body".to_owned(),
        ty: ty.clone(),
        required: false,
        optional: false,
        doc: "The whole body.".to_owned(),
        example: None,
        values: Vec::new(),
        limits: Limits::default(),
        default: None,
        deprecated: None,
        sensitive: false,
    }
}

/// A field, with the name that the runtime asks for.
struct Member<'m> {
    field: &'m Field,
    wire_name: String,
}

impl<'m> Member<'m> {
    fn of(field: &'m Field) -> Self {
        Self { field, wire_name: field.name.clone() }
    }
}

/// What structs are part of.
struct Owner<'m> {
    types: &'m SharedTypes,
    /// The shared type, where they are part of one.
    shared: Option<&'m SharedName>,
}

impl Owner<'_> {
    fn structure(&self, name: &str, text: &str, members: &[Member<'_>]) -> TokenStream {
        let rust_name = ident(name);
        let text = doc(text);
        let fields = || members.iter().map(|member| member.field);
        let declared = fields().map(|field| {
            let name = ident(&field.rust_name);
            let text = doc(&docs::field(field));
            let deprecation = deprecated(field.deprecated.as_deref());
            let ty = self.field_type(field);
            quote!(#text #deprecation pub #name: #ty)
        });
        let arms = members.iter().map(|Member { field, wire_name }| {
            let name = ident(&field.rust_name);
            let slot = self.slot(field);
            quote!(#wire_name => __rt::Slot::#slot(&mut self.#name),)
        });
        let hidden = fields().any(|field| field.sensitive);
        let derives = if hidden {
            quote!(#[derive(::core::clone::Clone, ::core::default::Default)])
        } else {
            quote!(#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)])
        };
        let debug = hidden.then(|| {
            let shown = fields().map(|field| {
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
        let objects = fields().map(|field| self.objects_in(field, &field.ty));
        let slot = if members.is_empty() {
            quote!(
                fn slot(&mut self, _: &str) -> __rt::Slot<'_> {
                    __rt::Slot::Skip
                }
            )
        } else {
            quote! {
                fn slot(&mut self, name: &str) -> __rt::Slot<'_> {
                    match name {
                        #(#arms)*
                        _ => __rt::Slot::Skip,
                    }
                }
            }
        };
        quote! {
            #text
            #derives
            #[non_exhaustive]
            pub struct #rust_name { #(#declared),* }
            #debug
            impl __rt::Decode for #rust_name {
                #slot
            }
            #(#objects)*
        }
    }

    fn objects_in(&self, field: &Field, ty: &Type) -> TokenStream {
        match ty {
            Type::Object(object) => {
                let text = if field.doc.is_empty() { docs::code(&field.name) } else { field.doc.clone() };
                let members: Vec<Member<'_>> = object.fields.iter().map(Member::of).collect();
                self.structure(&object.rust_name, &text, &members)
            }
            Type::List(item) | Type::Map(item) => self.objects_in(field, item),
            _ => TokenStream::new(),
        }
    }

    /// Whether a type holds itself through this field.
    fn is_boxed(&self, field: &Field) -> bool {
        matches!(field.ty, Type::Shared(_)) && self.shared.is_some_and(|shared| holds(self.types, &field.ty, shared))
    }

    fn field_type(&self, field: &Field) -> TokenStream {
        let ty = response_type(&field.ty);
        if self.is_boxed(field) {
            return quote!(__rt::Option<__rt::Box<#ty>>);
        }
        // A missing list or map is an empty one.
        let optional = field.optional && !matches!(field.ty, Type::List(_) | Type::Map(_));
        if optional { quote!(__rt::Option<#ty>) } else { ty }
    }

    fn slot(&self, field: &Field) -> Ident {
        let (plain, optional) = match &field.ty {
            Type::Integer => ("Integer", "OptionalInteger"),
            Type::Long => ("Long", "OptionalLong"),
            Type::Float | Type::Double => ("Float", "OptionalFloat"),
            Type::Boolean => ("Boolean", "OptionalBoolean"),
            Type::Any => ("Raw", "OptionalRaw"),
            Type::Bytes => ("Base64", "OptionalBase64"),
            Type::Binary => ("Binary", "Binary"),
            Type::Object(_) | Type::Shared(_) => ("Object", "OptionalObject"),
            Type::List(_) => ("List", "List"),
            Type::Map(_) => ("Map", "Map"),
            _ => ("Text", "OptionalText"),
        };
        ident(if field.optional || self.is_boxed(field) { optional } else { plain })
    }
}
