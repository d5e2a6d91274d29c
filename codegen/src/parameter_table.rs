//! What the runtime validates, signs and prints requests by.

use alicloud_model::{Field, LengthUnit, Operation, Parameter, Position, Range, Rule, Style, Type};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::names::ident;
use crate::shared_types::input_name;

/// Parameters, or members of an object, in the order that requests know them by: the required ones first.
pub(crate) struct Table<'m> {
    rows: Vec<Row<'m>>,
}

struct Row<'m> {
    field: &'m Field,
    position: Position,
    style: Style,
}

impl<'m> Table<'m> {
    pub(crate) fn of_operation(operation: &'m Operation) -> Self {
        let row = |one: &'m Parameter| Row { field: &one.field, position: one.position, style: one.style };
        Self::ordered(operation.parameters.iter().map(row).collect())
    }

    pub(crate) fn of_members(fields: &'m [Field]) -> Self {
        let row = |field| Row { field, position: Position::Query, style: Style::RepeatList };
        Self::ordered(fields.iter().map(row).collect())
    }

    fn ordered(mut rows: Vec<Row<'m>>) -> Self {
        rows.sort_by_key(|row| !row.field.required);
        Self { rows }
    }

    pub(crate) fn fields(&self) -> Vec<&'m Field> {
        self.rows.iter().map(|row| row.field).collect()
    }

    /// The runtime's table, as a constant expression.
    pub(crate) fn constant(&self) -> TokenStream {
        let required = Literal::usize_unsuffixed(self.rows.iter().filter(|row| row.field.required).count());
        let names = self.rows.iter().map(|row| &row.field.name);
        let details: Vec<TokenStream> = self
            .rows
            .iter()
            .enumerate()
            .filter_map(|(index, row)| {
                let detail = row.detail()?;
                let index = Literal::usize_unsuffixed(index);
                Some(quote!((#index, #detail)))
            })
            .collect();
        // Members may lead back to where they are listed, which statics may and constants may not.
        let count = Literal::usize_unsuffixed(details.len());
        let details = (!details.is_empty()).then(|| {
            quote! {
                .details({
                    static DETAILS: [(u16, __rt::Detail); #count] = [#(#details),*];
                    &DETAILS
                })
            }
        });
        quote!(__rt::Parameters::new(#required, &[#(#names),*]) #details)
    }

    /// The call that gives the runtime these rules; nothing where there are none.
    pub(crate) fn rules(&self, rules: &[Rule]) -> Option<TokenStream> {
        let rules: Vec<TokenStream> = rules.iter().map(|rule| self.rule(rule)).collect();
        (!rules.is_empty()).then(|| quote!(.rules(&[#(#rules),*])))
    }

    fn rule(&self, rule: &Rule) -> TokenStream {
        match rule {
            Rule::AnyOf(groups) => {
                let groups = groups.iter().map(|group| self.places(group));
                quote!(__rt::Rule::AnyOf(&[#(#groups),*]))
            }
            Rule::Together(names) => {
                let names = self.places(names);
                quote!(__rt::Rule::Together(#names))
            }
        }
    }

    /// Where the parameter of this name stands.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.rows.iter().position(|row| row.field.name == name)
    }

    fn places(&self, names: &[String]) -> TokenStream {
        let places = names.iter().filter_map(|name| self.place(name));
        let places = places.map(Literal::usize_unsuffixed);
        quote!(&[#(#places),*])
    }
}

impl Row<'_> {
    /// What is to be said of a parameter besides its name.
    fn detail(&self) -> Option<TokenStream> {
        let base = ident(match self.position {
            Position::Query => "PLAIN",
            Position::Form => "FORM",
            Position::Header => "HEADER",
            Position::Path => "PATH",
            Position::Body => "BODY",
            Position::Host => "HOST",
        });
        let mut parts = Vec::new();
        match self.style {
            Style::RepeatList => {}
            Style::Flat => parts.push(quote!(style: __rt::Style::Flat)),
            Style::Json => parts.push(quote!(style: __rt::Style::Json)),
            Style::Simple => parts.push(quote!(style: __rt::Style::Joined(','))),
            Style::SpaceDelimited => parts.push(quote!(style: __rt::Style::Joined(' '))),
            Style::PipeDelimited => parts.push(quote!(style: __rt::Style::Joined('|'))),
        }
        if self.field.sensitive {
            parts.push(quote!(sensitive: true));
        }
        let limits = limits(self.field);
        if !limits.is_empty() {
            parts.push(quote!(limits: &[#(#limits),*]));
        }
        if let Some(members) = members_of(&self.field.ty) {
            parts.push(quote!(members: &#members));
        }
        match (self.position, parts.is_empty()) {
            (Position::Query, true) => None,
            (_, true) => Some(quote!(__rt::Detail::#base)),
            (_, false) => Some(quote!(__rt::Detail { #(#parts,)* ..__rt::Detail::#base })),
        }
    }
}

/// The static with the members of an object. Two underscores begin no type's name.
pub(crate) fn members_name(rust_name: &str) -> Ident {
    ident(&format!("__{rust_name}"))
}

/// The static with the members that a value of this type has, or each of its items.
fn members_of(ty: &Type) -> Option<Ident> {
    match ty {
        Type::Object(object) => Some(members_name(&object.rust_name)),
        Type::Shared(shared) => Some(members_name(&input_name(shared))),
        Type::List(item) | Type::Map(item) => members_of(item),
        _ => None,
    }
}

fn limits(field: &Field) -> Vec<TokenStream> {
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
