//! What the runtime needs to turn pages: by what they follow each other, and where their items are.

use alicloud_model::{Operation, Pagination, Type};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::names::ident;
use crate::parameter_table::Table;
use crate::response::Responses;

/// What makes the operation's request one of pages; nothing where its answer comes whole.
pub(crate) fn pagination(operation: &Operation, responses: &Responses<'_>) -> Option<TokenStream> {
    let pagination = operation.pagination.as_ref()?;
    let table = Table::of_operation(operation);
    let (how, path) = match pagination {
        Pagination::Token { parameter, next, items } => {
            let parameter = Literal::usize_unsuffixed(table.place(parameter)?);
            (quote!(__rt::Pagination::Token { parameter: #parameter, next: #next }), items)
        }
        // The size tells nothing: what has come does.
        Pagination::Number { parameter, size: _, total, items } => {
            let is_text = operation.parameter(parameter)?.field.ty == Type::String;
            let parameter = Literal::usize_unsuffixed(table.place(parameter)?);
            (quote!(__rt::Pagination::Number { parameter: #parameter, is_text: #is_text, total: #total }), items)
        }
    };
    let name = ident(&format!("{}Request", operation.rust_name));
    let response = ident(&format!("{}Response", operation.rust_name));
    let (items, item) = responses.list_at(operation, path)?;
    Some(quote! {
        impl __rt::Paginated for #name {
            type Item = #item;
            const PAGINATION: __rt::Pagination = #how;
            #[inline]
            fn items(response: &mut #response) -> __rt::Option<&mut __rt::Vec<#item>> { __rt::Option::Some(#items) }
        }
    })
}
