//! Writes the pagination of an operation, which the runtime uses to find pages and their items.

use alicloud_model::{Operation, SharedTypes, TokenPages, Turning, Type};

use crate::literal::{listed, literal};
use crate::parameter_table::Table;
use crate::response::Responses;

/// Writes the implementation of `Paginated` for a request, or `None` if the operation is not paginated.
pub(crate) fn pagination(operation: &Operation, responses: &Responses<'_>) -> Option<String> {
    let pagination = operation.pagination.as_ref()?;
    let types = &responses.service().types;
    let path = |path: &[String]| parameter_path(operation, types, path);
    let parameter = path(&pagination.parameter)?;
    let mut how = match &pagination.turning {
        Turning::Token { next } => format!("token({parameter}, {})", literal(next.join("."))),
        Turning::Number { first } => format!("number({parameter}, {first})"),
        Turning::Offset => format!("offset({parameter})"),
    };
    let is_text = operation.parameter_at(types, &pagination.parameter)?.ty == Type::String;
    if is_text != matches!(pagination.turning, Turning::Token { .. }) {
        how.push_str(&format!(".is_text({is_text})"));
    }
    // Without a total, a page with fewer items than its size is the last one. With tokens, the size does not matter.
    if let Some(size) = &pagination.size
        && pagination.total.is_none()
    {
        how.push_str(&format!(".size({})", path(size)?));
    }
    if let Some(total) = &pagination.total {
        how.push_str(&format!(".total({})", literal(total.join("."))));
    }
    if let Some(more) = &pagination.more {
        how.push_str(&format!(".more({})", literal(more.join("."))));
    }
    if let Some(TokenPages { parameter, size, next }) = &pagination.token {
        let size = size.as_ref().map_or_else(|| Some("&[]".to_owned()), |size| path(size))?;
        how.push_str(&format!(".or_token({}, {}, {size})", path(parameter)?, literal(next.join("."))));
    }
    let name = &operation.rust_name;
    let (items, item) = responses.list_at(operation, &pagination.items)?;
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

/// Writes the indices that lead to a parameter, or to a member of an object parameter.
fn parameter_path(operation: &Operation, types: &SharedTypes, path: &[String]) -> Option<String> {
    let (first, rest) = path.split_first()?;
    let mut indices = vec![Table::of_operation(operation).index(first)?.to_string()];
    let mut ty = &operation.parameter(first)?.field.ty;
    for name in rest {
        let members = types.members_of(ty)?;
        indices.push(Table::of_members(members).index(name)?.to_string());
        ty = &members.iter().find(|member| member.name == *name)?.ty;
    }
    Some(format!("&[{}]", listed(indices)))
}
