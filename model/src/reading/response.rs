//! The response of an operation.

use crate::diagnostics::diagnostic::Code;
use crate::nearest::nearest;
use crate::reading::fields::{read_body_type, read_fields};
use crate::reading::node::{Entry, Node, Value};
use crate::reading::problem::Problem;
use crate::reading::reader::FileReader;
use crate::reading::role::Role;
use crate::reading::synonyms::is_key;
use crate::reading::type_names::TypeNames;
use crate::spec::parameters::Position;
use crate::spec::types::{Field, Type};

/// A successful response.
#[derive(Default)]
pub(crate) struct Response {
    pub(crate) fields: Vec<Field>,
    pub(crate) headers: Vec<Field>,
    pub(crate) body: Option<Type>,
}

/// Reads a list of fields, or a mapping that describes a body of another type.
pub(crate) fn read_response(reader: &FileReader<'_>, names: &TypeNames, node: &Node, rust_name: &str) -> Response {
    if let Value::Map(entries) = &node.value
        && !are_fields(entries)
    {
        let Some(mut map) = reader.mapping(node, "a response body") else { return Response::default() };
        let body = read_body_type(reader, names, &mut map, rust_name);
        if body.is_none() {
            reader.note_unknown_type();
        }
        map.finish(reader);
        return Response { body, ..Response::default() };
    }
    let mut response = Response::default();
    for read in read_fields(reader, names, reader.list(node, "fields"), rust_name, Role::Response) {
        if read.position == Position::Header {
            if !read.field.ty.is_scalar() {
                let message = format!(
                    "`{}` is a {}, which does not fit into a header",
                    read.field.name,
                    read.field.ty.spelling()
                );
                reader.report(
                    Problem::new(read.type_id, Code::BadPlacement, message).help("a header contains a single value"),
                );
            }
            response.headers.push(read.field);
        } else {
            response.fields.push(read.field);
        }
    }
    response
}

/// Whether a mapping is meant as the fields of the response, or as one field without its dash. A body has a `type` and
/// no `name`.
fn are_fields(entries: &[Entry]) -> bool {
    let has = |key: &str| entries.iter().any(|entry| is_key(&entry.key, key) || nearest(&entry.key, [key]).is_some());
    // A key that resembles none of these is the name of a field.
    let is_by_name = || !entries.is_empty() && !has("type") && !has("fields") && !has("items");
    entries.iter().any(|entry| entry.key == "name") || is_by_name()
}
