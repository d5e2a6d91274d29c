//! What the runtime needs to turn pages: by what they follow each other, and where their items are.

use alicloud_model::{Operation, Pagination, Type};

use crate::literal::literal;
use crate::parameter_table::Table;
use crate::response::Responses;

/// What makes the operation's request one of pages; nothing where its answer comes whole.
pub(crate) fn pagination(operation: &Operation, responses: &Responses<'_>) -> Option<String> {
    let pagination = operation.pagination.as_ref()?;
    let table = Table::of_operation(operation);
    let (how, path) = match pagination {
        Pagination::Token { parameter, next, items } => {
            let (parameter, next) = (table.place(parameter)?, literal(next));
            (format!("Token {{ parameter: {parameter}, next: {next} }}"), items)
        }
        // The size tells nothing: what has come does.
        Pagination::Number { parameter, size: _, total, items } => {
            let is_text = operation.parameter(parameter)?.field.ty == Type::String;
            let (parameter, total) = (table.place(parameter)?, literal(total));
            (format!("Number {{ parameter: {parameter}, is_text: {is_text}, total: {total} }}"), items)
        }
    };
    let name = &operation.rust_name;
    let (items, item) = responses.list_at(operation, path)?;
    Some(format!(
        "impl __rt::Paginated for {name}Request {{
            type Item = {item};
            const PAGINATION: __rt::Pagination = __rt::Pagination::{how};
            #[inline]
            fn items(response: &mut {name}Response) -> __rt::Option<&mut __rt::Vec<{item}>> {{
                __rt::Option::Some({items})
            }}
        }}\n"
    ))
}
