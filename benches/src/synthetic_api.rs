//! A synthetic API to compile: operations of one shape, as specs and as an OpenAPI document.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

/// The shape of an operation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Five parameters, a response of eight texts.
    Flat,
    /// Five parameters, a response of three structs and thirty fields.
    Nested,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 2] = [Self::Flat, Self::Nested];

    /// Returns the name that is part of package names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Nested => "nested",
        }
    }

    fn response(self) -> Vec<Field> {
        let texts = |names: &[&'static str]| names.iter().map(|name| Field::new(name, Kind::Text)).collect::<Vec<_>>();
        match self {
            Self::Flat => texts(&[
                "RequestId",
                "InstanceId",
                "InstanceName",
                "Status",
                "ZoneId",
                "CreationTime",
                "ExpiredTime",
                "Description",
            ]),
            Self::Nested => {
                let detail = texts(&["VpcId", "VSwitchId", "NatIpAddress", "PrivateIpAddress", "MacAddress"]);
                let mut item = texts(&[
                    "InstanceId",
                    "InstanceName",
                    "InstanceType",
                    "ImageId",
                    "Status",
                    "ZoneId",
                    "HostName",
                    "OsName",
                    "OsType",
                    "SerialNumber",
                    "CreationTime",
                    "ExpiredTime",
                ]);
                item.extend([
                    Field::new("Cpu", Kind::Integer),
                    Field::new("Memory", Kind::Integer),
                    Field::new("GpuAmount", Kind::Integer),
                    Field::new("LocalStorageCapacity", Kind::Long),
                    Field::new("IoOptimized", Kind::Boolean),
                    Field::new("DeletionProtection", Kind::Boolean),
                    Field::new("SecurityGroupIds", Kind::Texts),
                    Field::new("NetworkDetail", Kind::Object(detail)),
                ]);
                let mut response = texts(&["RequestId"]);
                response.extend([
                    Field::new("TotalCount", Kind::Integer),
                    Field::new("PageNumber", Kind::Integer),
                    Field::new("PageSize", Kind::Integer),
                    Field::new("Instances", Kind::Objects(item)),
                ]);
                response
            }
        }
    }
}

struct Field {
    name: &'static str,
    kind: Kind,
}

enum Kind {
    Text,
    Integer,
    Long,
    Boolean,
    Texts,
    /// It is optional.
    Object(Vec<Field>),
    Objects(Vec<Field>),
}

impl Field {
    fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind }
    }

    fn doc(&self) -> String {
        format!("The {} as the console shows it, of the resource that the call is about.", self.name)
    }
}

const PARAMETERS: [(&str, bool); 5] =
    [("RegionId", true), ("InstanceId", true), ("InstanceName", false), ("Description", false), ("ClientToken", false)];
const ERRORS: [(u16, &str, &str); 3] = [
    (400, "InvalidParameter", "The specified parameter is not valid."),
    (403, "Forbidden.RAM", "The user is not authorized to operate on the specified resource."),
    (404, "InvalidInstanceId.NotFound", "The specified InstanceId does not exist."),
];

fn operation_name(index: usize) -> String {
    format!("ModifyResource{index:04}")
}

fn summary(index: usize) -> String {
    format!("Modifies the attributes of the resource number {index}, which belongs to an instance.")
}

fn parameter_doc(name: &str) -> String {
    format!("The {name} of the resource; DescribeResources lists them.")
}

/// The product's folder below `specs/`.
pub const SPEC_FOLDER: &str = "bench/2014-05-26";

/// The product's `service.yaml`.
pub const SERVICE_SPEC: &str = "\
product: Bench
version: 2014-05-26
style: RPC
summary: An API to compile.
endpoints:
  host: bench.{region}.aliyuncs.com
  regions:
    - cn-hangzhou
";

/// Returns the name and the text of each operation's spec file.
pub fn specs(shape: Shape, operations: usize) -> impl Iterator<Item = (String, String)> {
    (0..operations).map(move |index| {
        let name = operation_name(index);
        let mut text = format!("operation: {name}\nsummary: {}\nmethods: [POST, GET]\nparameters:\n", summary(index));
        for (parameter, required) in PARAMETERS {
            let _ = writeln!(text, "  - name: {parameter}\n    type: String\n    doc: {}", parameter_doc(parameter));
            if required {
                text.push_str("    required: true\n");
            }
        }
        text.push_str("response:\n");
        spec_fields(&shape.response(), "  ", &mut text);
        text.push_str("errors:\n");
        for (status, code, message) in ERRORS {
            let _ = writeln!(text, "  - status: {status}\n    code: {code}\n    message: {message}");
        }
        (format!("{name}.yaml"), text)
    })
}

fn spec_fields(fields: &[Field], indent: &str, text: &mut String) {
    for field in fields {
        let (spelling, inner): (_, &[Field]) = match &field.kind {
            Kind::Text => ("String", &[]),
            Kind::Integer => ("Integer", &[]),
            Kind::Long => ("Long", &[]),
            Kind::Boolean => ("Boolean", &[]),
            Kind::Texts => ("List<String>", &[]),
            Kind::Object(inner) => ("Object", inner),
            Kind::Objects(inner) => ("List<Object>", inner),
        };
        let _ = writeln!(
            text,
            "{indent}- name: {}\n{indent}  type: {spelling}\n{indent}  doc: {}",
            field.name,
            field.doc()
        );
        if matches!(field.kind, Kind::Object(_)) {
            let _ = writeln!(text, "{indent}  optional: true");
        }
        if !inner.is_empty() {
            let _ = writeln!(text, "{indent}  fields:");
            spec_fields(inner, &format!("{indent}    "), text);
        }
    }
}

/// Returns the same API as an OpenAPI 3.0 document. Fields that are not optional are `required`, so that the generated
/// types are the same. One error schema is used for all operations.
pub fn openapi(shape: Shape, operations: usize) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let text = |doc: String| json!({"type": "string", "description": doc});
    schemas.insert(
        "Error".to_owned(),
        json!({
            "type": "object",
            "description": "A service error.",
            "required": ["Code", "Message", "RequestId"],
            "properties": {
                "Code": {
                    "type": "string",
                    "description": "The code.",
                },
                "Message": text("The message.".to_owned()),
                "RequestId": text("The ID of the request.".to_owned()),
            },
        }),
    );
    for index in 0..operations {
        let name = operation_name(index);
        let parameters: Vec<Value> = PARAMETERS
            .iter()
            .map(|(parameter, required)| {
                json!({
                    "name": parameter,
                    "in": "query",
                    "required": required,
                    "description": parameter_doc(parameter),
                    "schema": {"type": "string"},
                })
            })
            .collect();
        let content =
            |name: &str| json!({"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}});
        let mut responses = Map::new();
        let response = format!("{name}Response");
        responses.insert("200".to_owned(), json!({"description": "The response.", "content": content(&response)}));
        for (status, _, message) in ERRORS {
            responses.insert(status.to_string(), json!({"description": message, "content": content("Error")}));
        }
        let operation = json!({
            "operationId": name,
            "description": summary(index),
            "parameters": parameters,
            "responses": responses,
        });
        paths.insert(format!("/{name}"), json!({"post": operation}));
        let doc = format!("The response of {name}.");
        openapi_object(&name, &response, doc, &shape.response(), &mut schemas);
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Bench", "description": "An API to compile.", "version": "2014-05-26"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

fn openapi_object(operation: &str, name: &str, doc: String, fields: &[Field], schemas: &mut Map<String, Value>) {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        let doc = field.doc();
        if !matches!(field.kind, Kind::Object(_)) {
            required.push(field.name);
        }
        let inner = format!("{operation}{}", field.name);
        let schema = match &field.kind {
            Kind::Text => json!({"type": "string", "description": doc}),
            Kind::Integer => json!({"type": "integer", "format": "int32", "description": doc}),
            Kind::Long => json!({"type": "integer", "format": "int64", "description": doc}),
            Kind::Boolean => json!({"type": "boolean", "description": doc}),
            Kind::Texts => json!({"type": "array", "items": {"type": "string"}, "description": doc}),
            Kind::Object(_) => json!({"$ref": format!("#/components/schemas/{inner}")}),
            Kind::Objects(_) => json!({
                "type": "array",
                "items": {"$ref": format!("#/components/schemas/{inner}")},
                "description": doc,
            }),
        };
        properties.insert(field.name.to_owned(), schema);
        if let Kind::Object(fields) | Kind::Objects(fields) = &field.kind {
            openapi_object(operation, &inner, doc, fields, schemas);
        }
    }
    let schema = json!({"type": "object", "description": doc, "required": required, "properties": properties});
    schemas.insert(name.to_owned(), schema);
}
