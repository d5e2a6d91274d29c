//! Reads the pagination of an operation.

use crate::diagnostics::diagnostic::Code;
use crate::reading::node::Node;
use crate::reading::problem::Problem;
use crate::reading::reader::FileReader;
use crate::spec::field_paths::{field_at, parameter_at};
use crate::spec::pagination::{Pagination, PaginationKind, TokenPages, Turning};
use crate::spec::parameters::Parameter;
use crate::spec::types::{Field, SharedTypes, Type};

/// Reads the value of `pagination:`.
pub(crate) fn read_pagination(
    reader: &FileReader<'_>,
    node: &Node,
    types: &SharedTypes,
    parameters: &[Parameter],
    response: &[Field],
) -> Option<Pagination> {
    let mut map = reader.mapping(node, "a pagination")?;
    let kind: Option<PaginationKind> = map.required("by").and_then(|node| reader.word(node, "kind of pagination"));
    let paths = Paths { reader, types, parameters, response };
    let parameter = map.required("parameter").and_then(|node| paths.parameter(node));
    let items = map.required("items").and_then(|node| paths.list(node));
    let more = map.get("more").and_then(|node| paths.field(node, FLAGS));
    // If the kind is unknown, the keys of all kinds are accepted.
    let has_keys_of = |one: PaginationKind| kind.is_none_or(|kind| kind == one);
    let next = match kind {
        Some(PaginationKind::Token) => map.required("next"),
        Some(_) => None,
        None => map.get("next"),
    };
    let next = next.and_then(|node| paths.field(node, PAGE_VALUES));
    let size = map.get("size").and_then(|node| paths.parameter(node));
    let total = map.get("total").and_then(|node| paths.field(node, PAGE_VALUES));
    let first = if has_keys_of(PaginationKind::Number) { map.get("first") } else { None };
    let first = first.and_then(|node| read_first(reader, node));
    let token = if kind == Some(PaginationKind::Token) { None } else { map.get("token") };
    let token = token.and_then(|node| read_token_pages(&paths, node));
    map.finish(reader);
    let turning = match kind? {
        PaginationKind::Token => Turning::Token { next: next? },
        PaginationKind::Number => Turning::Number { first: first.unwrap_or(1) },
        PaginationKind::Offset => Turning::Offset,
    };
    Some(Pagination { turning, parameter: parameter?, size, total, more, items: items?, token })
}

/// Reads the number of the first page.
fn read_first(reader: &FileReader<'_>, node: &Node) -> Option<u8> {
    let number: Option<u8> = reader.number(node, "0 or 1");
    if number.is_some_and(|number| number > 1) {
        reader.report(Problem::new(node.id, Code::WrongType, "the first page is page 0 or page 1"));
    }
    number
}

fn read_token_pages(paths: &Paths<'_>, node: &Node) -> Option<TokenPages> {
    let mut map = paths.reader.mapping(node, "a pagination by token")?;
    let parameter = map.required("parameter").and_then(|node| paths.parameter(node));
    let next = map.required("next").and_then(|node| paths.field(node, PAGE_VALUES));
    let size = map.get("size").and_then(|node| paths.parameter(node));
    map.finish(paths.reader);
    Some(TokenPages { parameter: parameter?, size, next: next? })
}

/// A check of a type, and its description in messages.
type Fitting = (fn(&Type) -> bool, &'static str);

/// The types of tokens, page numbers, offsets and totals.
const PAGE_VALUES: Fitting =
    (|ty| matches!(ty, Type::String | Type::Integer | Type::Long), "a `String`, an `Integer` or a `Long`");

/// The types of a field that reports whether there are more pages.
const FLAGS: Fitting = (|ty| matches!(ty, Type::Boolean | Type::String), "a `Boolean` or a `String`");

/// The paths of a pagination, resolved against the operation.
struct Paths<'r> {
    reader: &'r FileReader<'r>,
    types: &'r SharedTypes,
    parameters: &'r [Parameter],
    response: &'r [Field],
}

impl Paths<'_> {
    fn check_type(&self, node: &Node, field: &Field, (fits, expected): Fitting) {
        if !fits(&field.ty) && self.reader.all_types_known() {
            let message =
                format!("`{}` is of type `{}`, which pagination cannot use here", field.name, field.ty.spelling());
            self.reader.report(Problem::new(node.id, Code::BadType, message).expected(expected));
        }
    }

    /// Reads the path of a parameter, or of a member of an object parameter.
    fn parameter(&self, node: &Node) -> Option<Vec<String>> {
        let text = self.reader.text(node, "a parameter's name, with dots for members of an object")?;
        // The name of a parameter may contain dots.
        let path = if self.parameters.iter().any(|parameter| parameter.field.name == text) {
            vec![text.to_owned()]
        } else {
            text.split('.').map(str::to_owned).collect()
        };
        match parameter_at(self.types, self.parameters, &path) {
            Some(field) => self.check_type(node, field, PAGE_VALUES),
            None => {
                let mut known = Vec::new();
                for parameter in self.parameters {
                    let Field { name, ty, .. } = &parameter.field;
                    known.push(name.clone());
                    let members = self.types.members_of(ty).unwrap_or_default();
                    known.extend(members.iter().map(|member| format!("{name}.{}", member.name)));
                }
                self.reader.report(
                    Problem::new(node.id, Code::UnknownField, format!("`{text}` is not a parameter"))
                        .did_you_mean(text, || known.iter().map(String::as_str)),
                );
            }
        }
        Some(path)
    }

    fn response_path(&self, node: &Node) -> Option<(Vec<String>, Option<&Field>)> {
        let text = self.reader.text(node, "a response field, with dots for nested ones")?;
        let path: Vec<String> = text.split('.').map(str::to_owned).collect();
        let found = field_at(self.types, self.response, &path);
        if found.is_none() {
            self.reader.report(
                Problem::new(node.id, Code::UnknownField, format!("`{text}` is not a response field"))
                    .did_you_mean(text, || self.response.iter().map(|field| field.name.as_str())),
            );
        }
        Some((path, found))
    }

    fn field(&self, node: &Node, fitting: Fitting) -> Option<Vec<String>> {
        let (path, found) = self.response_path(node)?;
        if let Some(field) = found {
            self.check_type(node, field, fitting);
        }
        Some(path)
    }

    fn list(&self, node: &Node) -> Option<Vec<String>> {
        let (path, found) = self.response_path(node)?;
        if found.is_some_and(|found| !matches!(found.ty, Type::List(_))) && self.reader.all_types_known() {
            let message = format!("`{}` is not a list", path.join("."));
            self.reader.report(
                Problem::new(node.id, Code::UnknownField, message).expected("the list that is divided into pages"),
            );
        }
        Some(path)
    }
}
