//! Reads the body and the headers of a successful response.

use super::field::{Field, Type, types_in};
use super::json::Json;
use super::naming::{check_name, is_header_name};
use super::report::{Reason, Scope};
use super::schema::{Role, Schemas, has_fields, without_binary};
use alicloud_model::Position;

/// The body of a successful response.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Response {
    /// No body.
    Empty,
    /// An object.
    Fields(Vec<Field>),
    /// A body that is not an object with known fields.
    Whole(Type),
}

impl Response {
    /// The fields of the body, which come before the headers.
    pub(crate) fn fields(&self) -> &[Field] {
        let Self::Fields(fields) = self else { return &[] };
        let body = fields.iter().take_while(|field| field.position != Position::Header).count();
        fields.get(..body).unwrap_or_default()
    }

    /// Makes these fields sensitive.
    pub(crate) fn hide(&mut self, names: &[&str]) {
        if let Self::Fields(fields) = self {
            fields
                .iter_mut()
                .filter(|field| names.contains(&field.name.as_str()))
                .for_each(|field| field.sensitive = true);
        }
    }

    /// Adds the shared types that it contains.
    pub(crate) fn types_in<'t>(&'t self, found: &mut Vec<&'t str>) {
        match self {
            Self::Empty => {}
            Self::Fields(fields) => fields.iter().for_each(|field| types_in(&field.ty, found)),
            Self::Whole(ty) => types_in(ty, found),
        }
    }
}

/// Reads the response with status 200, or else with another 2xx status.
pub(crate) fn read_response(responses: &Json, schemas: &Schemas<'_>, scope: &Scope<'_>) -> Response {
    let answers = responses.members();
    let status = |wanted: &dyn Fn(&str) -> bool| answers.iter().find(|(status, _)| wanted(status));
    let answer = status(&|status| status == "200").or_else(|| status(&|status| status.starts_with('2')));
    let Some((_, answer)) = answer else { return Response::Empty };
    let mut body = answer.get("schema");
    // A response that is a shared type has its fields.
    let mut hops = 0;
    while let Some(reference) = body.get("$ref").filled() {
        hops += 1;
        match schemas.find(&reference) {
            Some((_, schema)) if hops < 10 => body = schema,
            Some(_) => {
                scope.note(Reason::EndlessReference, format!("`{reference}`"));
                return Response::Whole(Type::ANY);
            }
            None => {
                scope.note(Reason::MissingReference, format!("`{reference}`"));
                return Response::Whole(Type::ANY);
            }
        }
    }
    let mut response = if body.is_null() || body.is_empty() {
        Response::Empty
    } else if has_fields(body) {
        Response::Fields(schemas.read_fields(body.get("properties").members(), Role::Response, scope))
    } else {
        let ty = schemas.read(body, Role::Response, scope);
        let says_nothing = ty == Type::ANY && body.get("properties").is_empty();
        if says_nothing { Response::Empty } else { Response::Whole(ty) }
    };
    read_headers(answer.get("headers"), &mut response, schemas, scope);
    response
}

fn read_headers(headers: &Json, response: &mut Response, schemas: &Schemas<'_>, scope: &Scope<'_>) {
    for (name, header) in headers.members() {
        let scope = scope.inside(name);
        let Response::Fields(fields) = response else {
            scope.note(Reason::Position, "a header of a response that is not an object");
            continue;
        };
        if check_name(name).is_err() || !is_header_name(name) {
            scope.note(Reason::UnsafeName, "a header cannot have this name");
        } else if fields.iter().any(|field| &field.name == name) {
            scope.note(Reason::Position, "a header with the name of a field of the body");
        } else {
            let mut field = schemas.read_field(name, header.get("schema"), Role::Response, &scope);
            field.ty = without_binary(field.ty, "raw bytes in a header", &scope);
            if field.ty.is_scalar() {
                fields.push(Field { position: Position::Header, ..field });
            } else {
                scope.note(Reason::Position, format!("a header of type {}", field.ty.word()));
            }
        }
    }
}
