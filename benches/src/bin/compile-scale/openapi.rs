//! A product as an OpenAPI 3.0 document, for progenitor.
//!
//! Names, types, nesting, texts and required fields are those of the specs, so that the generated types are the same.
//! Limits and documented values are omitted, because progenitor generates types for them. Several errors of one status,
//! and errors with a success status, cannot be described. All operations have the same error schema, because progenitor
//! supports only one error type.

use std::collections::BTreeSet;

use alicloud_benches::cargo::stop;
use alicloud_model::{ApiStyle, Field, Method, Object, Operation, Parameter, Position, Service, Type};
use serde_json::{Map, Value, json};

const ERROR: &str = "ServiceFailure";

/// The position of an object.
#[derive(Clone, Copy)]
enum Place {
    Request,
    Response,
}

impl Place {
    /// Whether the generated field is not an `Option`.
    fn is_plain(self, field: &Field) -> bool {
        match self {
            Self::Request => field.required,
            Self::Response => !field.optional || matches!(field.ty, Type::List(_) | Type::Map(_)),
        }
    }
}

/// Returns the document. The path of an RPC operation is its name.
pub(crate) fn document(service: &Service) -> Value {
    let mut schemas = Schemas::default();
    let text = |doc: &str| json!({"type": "string", "description": doc});
    let error = json!({
        "type": "object",
        "description": "A service error.",
        "required": ["Code", "Message", "RequestId"],
        "properties": {
            "Code": text("The code."),
            "Message": text("The message."),
            "RequestId": text("The ID of the request."),
        },
    });
    schemas.all.insert(ERROR.to_owned(), error);
    for shared in service.types.iter() {
        schemas.object(&shared.name.rust_name, &shared.doc, &shared.fields, Place::Response);
    }
    let paths: Map<String, Value> = service
        .operations
        .iter()
        .map(|operation| (format!("/{}", operation.name), path_item(operation, &mut schemas)))
        .collect();
    json!({
        "openapi": "3.0.3",
        "info": {"title": service.product, "description": service.summary, "version": service.version},
        "paths": paths,
        "components": {"schemas": schemas.all},
    })
}

fn path_item(operation: &Operation, schemas: &mut Schemas) -> Value {
    let response = format!("{}Response", operation.rust_name);
    let response = match &operation.response_body {
        Some(ty) => schemas.of(ty, Place::Response),
        None => {
            let doc = format!("The response of {}.", operation.name);
            schemas.object(&response, &doc, &operation.response, Place::Response);
            reference(&response)
        }
    };
    let content = |schema: Value| json!({"application/json": {"schema": schema}});
    let mut responses = Map::new();
    responses.insert("200".to_owned(), json!({"description": "The response.", "content": content(response)}));
    let statuses: BTreeSet<u16> =
        operation.errors.iter().map(|row| row.status).filter(|status| *status >= 400).collect();
    for status in statuses {
        let error = json!({"description": "A service error.", "content": content(reference(ERROR))});
        responses.insert(status.to_string(), error);
    }
    let parameters: Vec<Value> =
        operation.parameters.iter().map(|parameter| query_parameter(operation, parameter, schemas)).collect();
    let method = if operation.preferred_method() == Method::Get { "get" } else { "post" };
    json!({method: {
        "operationId": operation.name,
        "description": format!("{}\n\n{}", operation.summary, operation.doc).trim_end(),
        "parameters": parameters,
        "responses": responses,
    }})
}

/// Form parameters are in the query, because progenitor would generate another struct for them.
fn query_parameter(operation: &Operation, parameter: &Parameter, schemas: &mut Schemas) -> Value {
    let Parameter { field, position, .. } = parameter;
    if operation.style != ApiStyle::Rpc || !matches!(position, Position::Query | Position::Form) {
        stop(&format!("{}: only RPC operations can be turned into OpenAPI here", operation.name));
    }
    json!({
        "name": field.name,
        "in": "query",
        "required": field.required,
        "description": field.doc,
        "schema": schemas.of(&field.ty, Place::Request),
    })
}

/// The named schemas.
#[derive(Default)]
struct Schemas {
    all: Map<String, Value>,
}

impl Schemas {
    fn of(&mut self, ty: &Type, place: Place) -> Value {
        match ty {
            Type::String | Type::Bytes | Type::Binary => json!({"type": "string"}),
            Type::Integer => json!({"type": "integer", "format": "int32"}),
            Type::Long => json!({"type": "integer", "format": "int64"}),
            Type::Float | Type::Double => json!({"type": "number", "format": "double"}),
            Type::Boolean => json!({"type": "boolean"}),
            Type::List(item) => json!({"type": "array", "items": self.of(item, place)}),
            Type::Map(value) => json!({"type": "object", "additionalProperties": self.of(value, place)}),
            Type::Shared(shared) => reference(&shared.rust_name),
            Type::Object(Object { rust_name, fields }) => {
                self.object(rust_name, "", fields, place);
                reference(rust_name)
            }
            _ => json!({}),
        }
    }

    fn object(&mut self, name: &str, doc: &str, fields: &[Field], place: Place) {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields {
            let mut schema = self.of(&field.ty, place);
            // Keys next to a reference are ignored.
            if schema.get("$ref").is_none() {
                schema["description"] = json!(field.doc);
            }
            properties.insert(field.name.clone(), schema);
            if place.is_plain(field) {
                required.push(field.name.clone());
            }
        }
        let schema = json!({"type": "object", "description": doc, "required": required, "properties": properties});
        self.all.insert(name.to_owned(), schema);
    }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}
