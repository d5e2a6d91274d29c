//! How the pages of a list follow each other, where parameters and fields tell it without a doubt.

use super::field::{Field, Type};
use super::yaml::Node;

/// What stands under `pagination:`.
pub(crate) fn find_pagination(parameters: &[Field], response: &[Field]) -> Option<Node> {
    let items = only_list(response)?;
    let parameter = |name: &str, fits: &dyn Fn(&Type) -> bool| {
        parameters.iter().find(|field| field.name.eq_ignore_ascii_case(name) && fits(&field.ty))
    };
    let is_text = |ty: &Type| *ty == Type::STRING;
    let is_number = |ty: &Type| ty.is_whole_number();
    let entries = if let (Some(token), Some(next)) =
        (parameter("NextToken", &is_text), path_to("NextToken", response, &is_text))
    {
        vec![("by", "token".to_owned()), ("parameter", token.name.clone()), ("next", next), ("items", items)]
    } else {
        let (page, size) = (parameter("PageNumber", &is_number)?, parameter("PageSize", &is_number)?);
        let total = path_to("TotalCount", response, &is_number)?;
        vec![
            ("by", "number".to_owned()),
            ("parameter", page.name.clone()),
            ("size", size.name.clone()),
            ("total", total),
            ("items", items),
        ]
    };
    Some(Node::Map(entries.into_iter().map(|(key, text)| (key.to_owned(), Node::Text(text))).collect()))
}

/// The fields outside of lists, each with the path to it. Names with dots cannot stand in a path.
fn outside_of_lists<'f>(fields: &'f [Field], before: &str, found: &mut Vec<(String, &'f Field)>) {
    for field in fields.iter().filter(|field| !field.name.contains('.')) {
        let path = format!("{before}{}", field.name);
        if let Type::Object(members) = &field.ty {
            outside_of_lists(members, &format!("{path}."), found);
        }
        found.push((path, field));
    }
}

fn all_outside_of_lists(fields: &[Field]) -> Vec<(String, &Field)> {
    let mut found = Vec::new();
    outside_of_lists(fields, "", &mut found);
    found
}

fn only_list(response: &[Field]) -> Option<String> {
    let mut lists = all_outside_of_lists(response).into_iter().filter(|(_, field)| matches!(field.ty, Type::List(_)));
    let (path, _) = lists.next()?;
    lists.next().is_none().then_some(path)
}

fn path_to(name: &str, response: &[Field], fits: &dyn Fn(&Type) -> bool) -> Option<String> {
    let mut found = all_outside_of_lists(response)
        .into_iter()
        .filter(|(_, field)| field.name.eq_ignore_ascii_case(name) && fits(&field.ty));
    let (path, _) = found.next()?;
    found.next().is_none().then_some(path)
}
