//! Reads the body and the headers of a successful response.

use alicloud_model::{Field, Type};

use super::field::word;
use super::json::Json;
use super::naming::{check_name, is_header_name};
use super::report::{Reason, Scope};
use super::schema::{Role, Schemas, has_fields, without_binary};

/// A successful response.
#[derive(Default)]
pub(crate) struct Response {
    /// The fields, if the body is an object with known fields.
    pub(crate) fields: Vec<Field>,
    pub(crate) headers: Vec<Field>,
    /// The type of another body.
    pub(crate) body: Option<Type>,
}

impl Response {
    fn whole(ty: Type) -> Self {
        Self { body: Some(ty), ..Self::default() }
    }

    /// Makes these fields sensitive.
    pub(crate) fn hide(&mut self, names: &[&str]) {
        let fields = self.fields.iter_mut().chain(&mut self.headers);
        fields.filter(|field| names.contains(&field.name.as_str())).for_each(|field| field.sensitive = true);
    }
}

/// Reads the response with status 200, or else with another 2xx status.
pub(crate) fn read_response(responses: &Json, schemas: &Schemas<'_>, scope: &Scope<'_>) -> Response {
    let responses = responses.members();
    let status = |wanted: &dyn Fn(&str) -> bool| responses.iter().find(|(status, _)| wanted(status));
    let response_json = status(&|status| status == "200").or_else(|| status(&|status| status.starts_with('2')));
    let Some((_, response_json)) = response_json else { return Response::default() };
    let mut body = response_json.get("schema");
    // A response that is a shared type has its fields.
    let mut hops = 0;
    while let Some(reference) = body.get("$ref").filled() {
        hops += 1;
        match schemas.find(&reference) {
            Some((_, schema)) if hops < 10 => body = schema,
            Some(_) => {
                scope.note(Reason::EndlessReference, format!("`{reference}`"));
                return Response::whole(Type::Any);
            }
            None => {
                scope.note(Reason::MissingReference, format!("`{reference}`"));
                return Response::whole(Type::Any);
            }
        }
    }
    let mut response = if body.is_null() || body.is_empty() {
        Response::default()
    } else if has_fields(body) {
        let fields = schemas.read_fields(body.get("properties").members(), Role::Response, scope);
        Response { fields, ..Response::default() }
    } else {
        let ty = schemas.read(body, Role::Response, scope);
        let says_nothing = ty == Type::Any && body.get("properties").is_empty();
        if says_nothing { Response::default() } else { Response::whole(ty) }
    };
    read_headers(response_json.get("headers"), &mut response, schemas, scope);
    response
}

fn read_headers(headers: &Json, response: &mut Response, schemas: &Schemas<'_>, scope: &Scope<'_>) {
    for (name, header) in headers.members() {
        let scope = scope.inside(name);
        if response.fields.is_empty() {
            scope.note(Reason::Position, "a header of a response that is not an object");
            continue;
        }
        if check_name(name).is_err() || !is_header_name(name) {
            scope.note(Reason::UnsafeName, "a header cannot have this name");
        } else if response.fields.iter().chain(&response.headers).any(|field| &field.name == name) {
            scope.note(Reason::Position, "a header with the name of a field of the body");
        } else {
            let mut field = schemas.read_field(name, header.get("schema"), Role::Response, &scope);
            field.ty = without_binary(field.ty, "raw bytes in a header", &scope);
            if field.ty.is_scalar() {
                response.headers.push(field);
            } else {
                scope.note(Reason::Position, format!("a header of type {}", word(&field.ty)));
            }
        }
    }
}
