//! Writes the spec format as a JSON Schema, so that editors can complete, explain and check specs.
//!
//! It covers what a schema can express: keys, types of values, words. Only the readers check references between files,
//! and between parts of a file. The schema uses only keywords that have the same meaning in draft 7, because some
//! editors support only that draft.

use serde_json::{Map, Value, json};

use crate::spec::api_style::ApiStyle;
use crate::spec::limits::LengthUnit;
use crate::spec::method::Method;
use crate::spec::operation::{Effect, FlowScope};
use crate::spec::outcome::Outcome;
use crate::spec::pagination::PaginationKind;
use crate::spec::parameters::{FormAs, Position, Style};
use crate::spec::types::Type;
use crate::spec::words::Word;

/// Returns the JSON Schema (draft 2020-12) of a spec file, as indented text.
///
/// One schema describes all files: the keys of a file decide whether it is an operation, a `service.yaml` or a
/// `types.yaml`. Each kind has its own definition: `#/$defs/operation`, `#/$defs/service`, `#/$defs/types`.
pub fn json_schema() -> String {
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "alicloud spec",
        "description": "A spec file: one operation, the settings that the operations of a product share, or their shared types.",
        // Keys that only these files have. Any other file is an operation.
        "if": has_any(&["types"]),
        "then": reference("types"),
        "else": {
            "if": has_any(&["product", "version", "endpoints", "module", "gateway", "ram_code"]),
            "then": reference("service"),
            "else": reference("operation"),
        },
        "$defs": {
            "operation": operation(),
            "service": service(),
            "types": types(),
            "error": error(),
            "parameter": parameter(),
            "parameter_member": field(
                "A member of an object inside a request.", "parameter_member", request_keys(),
            ),
            "response_field": response_field(),
            "response_member": field(
                "A member of an object inside a response.", "response_member", response_keys(),
            ),
            "shared_field": field(
                "A field of a shared type.", "shared_field", [request_keys(), response_keys()].concat(),
            ),
        },
    });
    format!("{schema:#}\n")
}

/// The keys of a mapping, with the schemas of their values.
type Keys = Vec<(&'static str, Value)>;

fn operation() -> Value {
    let keys = vec![
        ("operation", text("The name of the operation, which is also the name of the file.")),
        ("summary", text("A summary in one sentence.")),
        ("doc", text("The rest of the documentation. Markdown.")),
        ("style", words("The API style, if it differs from the product.", word_list(ApiStyle::ALL))),
        ("path", matching("The path of a ROA operation, such as `/clusters/{ClusterId}`.", "^/")),
        ("methods", methods()),
        (
            "form_as",
            words(
                "How a ROA operation sends its form parameters: as a form, or as one JSON object.",
                word_list(FormAs::ALL),
            ),
        ),
        ("effect", words("The effect on the state of the service.", word_list(Effect::ALL))),
        ("idempotent", flag("Whether sending it twice has the same effect as sending it once.")),
        ("deprecated", deprecated()),
        ("limits", flow()),
        ("ram", ram()),
        ("parameters", list("The parameters, in the order of the documentation.", reference("parameter"))),
        ("rules", list("The rules between parameters.", rule())),
        ("outcome", outcome()),
        ("response", response()),
        ("retry", retry()),
        ("errors", list("The documented errors, in the order of the documentation.", reference("error"))),
        ("pagination", pagination()),
        ("waiters", list("The waiters: conditions for which the operation can be polled.", waiter())),
        ("examples", list("Sample requests with their responses. Each is a test.", example())),
    ];
    let mut schema = mapping("One operation.", &["operation", "summary", "methods"], keys);
    set(
        &mut schema,
        "allOf",
        json!([
            {
                "if": { "required": ["style"], "properties": { "style": { "const": ApiStyle::Roa.as_str() } } },
                "then": { "required": ["path"] },
            },
            {
                "if": { "required": ["style"], "properties": { "style": { "const": ApiStyle::Rpc.as_str() } } },
                "then": { "properties": { "path": false, "form_as": { "enum": [FormAs::Form.as_str()] } } },
            },
        ]),
    );
    schema
}

fn methods() -> Value {
    json!({
        "type": "array",
        "description": "The HTTP methods that it accepts, such as `[POST, GET]`.",
        "minItems": 1,
        "uniqueItems": true,
        "items": { "enum": word_list(Method::ALL) },
    })
}

fn flow() -> Value {
    let qps = json!({
        "type": "integer",
        "description": "Queries per second.",
        "minimum": 1,
        "maximum": u32::MAX,
    });
    let per = words("Who shares the limit. Defaults to `account`.", word_list(FlowScope::ALL));
    mapping("The documented flow control.", &["qps"], vec![("qps", qps), ("per", per)])
}

fn ram() -> Value {
    let keys = vec![
        ("action", text("The action of a policy statement, such as `ecs:DeleteActivation`.")),
        ("access", text("The access level, as documented.")),
        ("resource", text("The resource type, as documented.")),
    ];
    mapping("The permission that a RAM user needs.", &["action"], keys)
}

fn rule() -> Value {
    let any_of = json!({
        "type": "array",
        "description": "Groups of parameters. At least one group must be set completely. The groups are in order of precedence.",
        "minItems": 2,
        "items": { "type": "array", "minItems": 1, "uniqueItems": true, "items": text("A parameter's name.") },
    });
    let together = json!({
        "type": "array",
        "description": "Parameters that must all be set, or none.",
        "minItems": 2,
        "uniqueItems": true,
        "items": text("A parameter's name."),
    });
    let mut schema = mapping("One rule.", &[], vec![("any_of", any_of), ("together", together)]);
    set(&mut schema, "minProperties", json!(1));
    set(&mut schema, "maxProperties", json!(1));
    schema
}

/// Returns the schema for a list of fields, or for a mapping that describes a body of another type than an object.
fn response() -> Value {
    // The fields of an object are listed directly under `response`.
    let keys = vec![("type", type_word(&["List", "Map", "Object"])), ("fields", fields("response_member"))];
    let mut body = mapping("The body as a whole.", &["type"], keys);
    ask_objects_for_fields(&mut body);
    json!({
        "description": "The fields of a successful response, or the type of a body that is not an object: `{ type: Binary }`.",
        "type": ["array", "object", "null"],
        "if": { "type": "object" },
        "then": body,
        "else": { "items": reference("response_field") },
    })
}

fn pagination() -> Value {
    let keys = vec![
        ("by", words("How a request selects a page.", word_list(PaginationKind::ALL))),
        (
            "parameter",
            text("The parameter with the token, the page number or the offset; dots lead into object parameters."),
        ),
        ("next", text("The response field with the token of the next page; dots lead into objects.")),
        ("first", json!({ "enum": [0, 1], "description": "The number of the first page. Defaults to 1." })),
        ("size", text("The parameter with the maximum number of items on a page; dots lead into object parameters.")),
        ("total", text("The response field with the number of items on all pages; dots lead into objects.")),
        ("more", text("The response field that reports whether there are more pages; dots lead into objects.")),
        ("items", text("The response list that is divided into pages; dots lead into objects.")),
        (
            "token",
            mapping(
                "The tokens that the operation supports besides page numbers or offsets.",
                &["parameter", "next"],
                vec![
                    ("parameter", text("The parameter with the token; dots lead into object parameters.")),
                    ("next", text("The response field with the token of the next page; dots lead into objects.")),
                    ("size", text("The parameter with the maximum number of items on a page.")),
                ],
            ),
        ),
    ];
    let mut schema = mapping("How a list is divided into pages.", &["by", "parameter", "items"], keys);
    set(
        &mut schema,
        "allOf",
        json!([
            {
                "if": { "required": ["by"], "properties": { "by": { "const": PaginationKind::Token.as_str() } } },
                "then": { "required": ["next"], "properties": { "first": false, "token": false } },
            },
            {
                "if": { "required": ["by"], "properties": { "by": { "const": PaginationKind::Number.as_str() } } },
                "then": { "properties": { "next": false } },
            },
            {
                "if": { "required": ["by"], "properties": { "by": { "const": PaginationKind::Offset.as_str() } } },
                "then": { "properties": { "next": false, "first": false } },
            },
        ]),
    );
    schema
}

fn waiter() -> Value {
    let name =
        matching("Its name, in snake case: the constant of the request has it in capitals.", "^[a-z][a-z0-9_]*$");
    let listed = |description: &str, item: &str| {
        json!({
            "type": "array",
            "description": description,
            "minItems": 1,
            "uniqueItems": true,
            "items": text(item),
        })
    };
    let seconds = |description: &str| {
        json!({
            "type": "integer",
            "description": description,
            "minimum": 1,
            "maximum": u32::MAX,
        })
    };
    let keys = vec![
        ("name", name),
        ("field", text("The response field to compare; dots lead into objects and into each item of a list.")),
        ("until", listed("The values that end the wait.", "A value of the field.")),
        ("fails", listed("Values that make the wait fail.", "A value of the field.")),
        ("codes", listed("Documented error codes that end the wait, instead of a field.", "An error code.")),
        ("every", seconds("The interval between two calls, in seconds.")),
        ("at_most", seconds("The maximum time to wait, in seconds.")),
    ];
    let mut schema = mapping("A waiter.", &["name", "every", "at_most"], keys);
    set(
        &mut schema,
        "oneOf",
        json!([
            { "required": ["field", "until"], "properties": { "codes": false } },
            { "required": ["codes"], "properties": { "field": false, "until": false, "fails": false } },
        ]),
    );
    schema
}

fn example() -> Value {
    let request = json!({
        "type": "object",
        "description": "The parameters by name, including all required ones.",
        "additionalProperties": { "type": ["string", "number", "boolean", "array", "object"] },
    });
    let keys = vec![
        ("request", request),
        ("json", text("The response as JSON, as documented.")),
        ("xml", text("The response as XML, as documented.")),
    ];
    let mut schema = mapping("A sample request with its response.", &["request"], keys);
    set(&mut schema, "anyOf", json!([{ "required": ["json"] }, { "required": ["xml"] }]));
    schema
}

fn error() -> Value {
    let status = json!({ "type": "integer", "description": "The HTTP status.", "minimum": 100, "maximum": 599 });
    let code = text("The code; `%s` stands for text that the service fills in.");
    let rust = matching("The Rust name of the variant, if the code does not give a good one.", CAMEL);
    let keys = vec![
        ("status", status),
        ("code", code),
        ("message", text("The message, as documented.")),
        ("doc", text("The documentation: the meaning, and what to do. Markdown.")),
        ("rust", rust),
    ];
    mapping("One row of the error table.", &["status", "code", "message"], keys)
}

fn service() -> Value {
    let keys = vec![
        ("product", text("The product's name, as in error messages and metadata.")),
        ("version", text("The API version, which is also the name of the folder.")),
        ("style", words("The API style of its operations.", word_list(ApiStyle::ALL))),
        ("module", matching("The name of the Rust module, if it differs from the folder of the product.", SNAKE)),
        ("gateway", text("The gateway of the product, if it has its own signature: `SLS`, `OSS`, `FC`, …")),
        ("ram_code", matching("The product's code in RAM policies, such as `ecs`.", RAM_CODE)),
        ("summary", text("A summary of the product.")),
        ("endpoints", endpoints()),
        ("outcome", outcome()),
        ("retry", retry()),
        ("errors", list("Errors that any operation of the product may return.", reference("error"))),
    ];
    mapping("The settings that the operations of a product share.", &["product", "version", "style"], keys)
}

fn endpoints() -> Value {
    let host = |description| matching(description, HOST);
    let regions = json!({
        "type": ["array", "null"],
        "description": "The regions that `host` serves.",
        "uniqueItems": true,
        "items": matching("A region id, such as `cn-hangzhou`.", REGION),
    });
    let exceptions = json!({
        "type": "object",
        "description": "Regions with their own host.",
        "propertyNames": { "pattern": REGION },
        "additionalProperties": host("The host of this region."),
    });
    let hosts = vec![
        ("host", host("The host, with `{region}` as the placeholder of the region.")),
        ("regions", regions),
        ("exceptions", exceptions),
    ];
    let mut keys = hosts.clone();
    keys.push(("vpc", mapping("The endpoints in a VPC.", &["host"], hosts)));
    mapping("The endpoints of the product. Without them, calls need an explicit endpoint.", &["host"], keys)
}

fn outcome() -> Value {
    let field = |doc: &str| {
        let keys = vec![
            ("field", text("The response field, with dots between nested names.")),
            (
                "values",
                list("The values that mean success, in any case.", json!({ "type": ["string", "number", "boolean"] })),
            ),
        ];
        let with_values = mapping("The field and its values.", &["field"], keys);
        mapping_or(doc, with_values, text("The response field."))
    };
    let keys = vec![
        ("success", field("The field that reports success. Without values, `false` and `0` are failures.")),
        ("code", field("The field with the error code. If it has values, every other code is a failure.")),
        ("message", text("The field with the error message.")),
    ];
    let stated = mapping("The fields that report failure.", &[], keys);
    let doc = "How the body of a 2xx response reports failure; `none` if it does not.";
    mapping_or(doc, stated, words("It reports no failure.", [Outcome::NONE]))
}

fn retry() -> Value {
    let doc = "Error codes after which calls are retried, because the service has not acted.";
    list(doc, text("An error code."))
}

fn types() -> Value {
    let keys = vec![
        ("name", text("The name, by which fields refer to it.")),
        ("doc", text("The documentation. Markdown.")),
        ("fields", fields("shared_field")),
    ];
    let shared = mapping("A type that fields refer to by its name.", &["name", "fields"], keys);
    let keys = vec![("types", list("The types that the operations of the product share.", shared))];
    mapping("The types that the operations of a product share.", &["types"], keys)
}

fn parameter() -> Value {
    let mut keys = request_keys();
    keys.push(("in", words("The position in the request. Defaults to `query`.", word_list(Position::ALL))));
    keys.push((
        "style",
        words("How a list, an object or a map becomes text. Defaults to `repeatList`.", word_list(Style::ALL)),
    ));
    field("A parameter.", "parameter_member", keys)
}

fn response_field() -> Value {
    let mut keys = response_keys();
    keys.push(("in", words("The position in the response. Defaults to `body`.", word_list(Position::OF_RESPONSES))));
    field("A field of the response.", "response_member", keys)
}

/// Returns the schema of a field with these keys, in addition to those of all fields. `member` is the definition for
/// the members of an object in it.
fn field(description: &str, member: &str, mut keys: Keys) -> Value {
    keys.extend([
        ("name", text("The name on the wire.")),
        ("rust", matching("The Rust name, if the name on the wire does not give a good one.", SNAKE)),
        ("type", type_word(&["List", "Map"])),
        ("fields", fields(member)),
        ("doc", text("The documentation. Markdown.")),
        ("example", text("An example value, as documented.")),
        ("values", values()),
        ("sensitive", flag("Whether its value is hidden in logs and debug output.")),
        ("deprecated", deprecated()),
    ]);
    let mut schema = mapping(description, &["name", "type"], keys);
    ask_objects_for_fields(&mut schema);
    schema
}

fn request_keys() -> Keys {
    let count = bounds("The number of items.", Vec::new());
    let length = bounds(
        "The length of the text.",
        vec![("unit", words("The unit. Defaults to `characters`.", word_list(LengthUnit::ALL)))],
    );
    let number = |description| json!({ "type": "number", "description": description });
    let keys = vec![("min", number("The minimum, inclusive.")), ("max", number("The maximum, inclusive."))];
    let mut range = mapping("The minimum and the maximum.", &[], keys);
    set(&mut range, "minProperties", json!(1));
    vec![
        ("required", flag("Whether a request must have it.")),
        ("default", text("The default value of the service.")),
        ("length", length),
        ("count", count),
        ("range", range),
        ("pattern", text("A regular expression for the text, checked only by the service.")),
    ]
}

fn response_keys() -> Keys {
    vec![("optional", flag("Whether a successful response may omit it, so that it becomes an `Option`."))]
}

fn bounds(description: &str, mut keys: Keys) -> Value {
    let number = |description| json!({ "type": "integer", "description": description, "minimum": 0 });
    keys.extend([("min", number("The minimum, inclusive.")), ("max", number("The maximum, inclusive."))]);
    let mut schema = mapping(description, &[], keys);
    set(&mut schema, "anyOf", json!([{ "required": ["min"] }, { "required": ["max"] }]));
    schema
}

fn values() -> Value {
    json!({
        "type": ["array", "null"],
        "description": "The documented values. Other values are allowed, because services add values.",
        "uniqueItems": true,
        "items": text("A documented value."),
    })
}

fn deprecated() -> Value {
    text("`true`, or what to use instead.")
}

fn fields(member: &str) -> Value {
    json!({
        "type": "array",
        "description": "The members of an `Object`.",
        "minItems": 1,
        "items": reference(member),
    })
}

/// Returns the schema for all types except these words, which alone are not complete types.
fn type_word(but: &[&str]) -> Value {
    let scalars = Type::SCALARS.iter().filter_map(Type::word);
    let examples: Vec<&str> = scalars.chain(["Object", "List<String>", "List<Object>", "Map<String>"]).collect();
    json!({
        "not": { "enum": but },
        "description": "The type. `List<…>` and `Map<…>` can be nested; other names refer to types.yaml.",
        "type": "string",
        "anyOf": [
            { "enum": examples },
            { "pattern": r"^\s*((List|Map)<.+>|[^<>]+)\s*$" },
        ],
    })
}

/// Requires `fields` for objects, also in a list or a map.
fn ask_objects_for_fields(schema: &mut Value) {
    let word = json!({ "type": "string", "pattern": r"^\s*((List|Map)<)*Object>*\s*$" });
    set(schema, "if", json!({ "required": ["type"], "properties": { "type": word } }));
    set(schema, "then", json!({ "required": ["fields"] }));
}

const SNAKE: &str = "^(r#)?[A-Za-z_][A-Za-z0-9_]*$";
const CAMEL: &str = "^[A-Z][A-Za-z0-9]*$";
const REGION: &str = "^[a-z0-9-]+$";
/// As `read_ram_code` checks it.
const RAM_CODE: &str = "^[a-z][a-z0-9-]*$";
const HOST: &str = r"^([a-z0-9-]|\{[^{}]+\})+(\.([a-z0-9-]|\{[^{}]+\})+)*$";

fn mapping(description: &str, required: &[&str], keys: Keys) -> Value {
    let properties: Map<String, Value> = keys.into_iter().map(|(key, schema)| (key.to_owned(), schema)).collect();
    let mut schema = json!({
        "type": "object",
        "description": description,
        "additionalProperties": false,
        "properties": properties,
    });
    if !required.is_empty() {
        set(&mut schema, "required", json!(required));
    }
    schema
}

/// Returns the schema for a mapping, or for a short form of it.
fn mapping_or(description: &str, mapping: Value, short: Value) -> Value {
    json!({ "description": description, "if": { "type": "object" }, "then": mapping, "else": short })
}

/// Returns the schema for a list that may be empty.
fn list(description: &str, item: Value) -> Value {
    json!({ "type": ["array", "null"], "description": description, "items": item })
}

/// Returns the schema for a text. Text without quotes may look like a number or a boolean, and is read as it is
/// written.
fn text(description: &str) -> Value {
    json!({ "type": ["string", "number", "boolean"], "description": description })
}

fn matching(description: &str, pattern: &str) -> Value {
    let mut schema = text(description);
    set(&mut schema, "pattern", json!(pattern));
    schema
}

fn words<'w>(description: &str, words: impl IntoIterator<Item = &'w str>) -> Value {
    let words: Vec<&str> = words.into_iter().collect();
    json!({ "enum": words, "description": description })
}

fn word_list<T: Word>(values: &[T]) -> Vec<&'static str> {
    values.iter().map(|value| value.as_str()).collect()
}

fn flag(description: &str) -> Value {
    json!({ "type": "boolean", "description": description })
}

fn has_any(keys: &[&str]) -> Value {
    let each: Vec<Value> = keys.iter().map(|key| json!({ "required": [key] })).collect();
    json!({ "type": "object", "anyOf": each })
}

fn reference(definition: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{definition}") })
}

fn set(schema: &mut Value, key: &str, value: Value) {
    if let Value::Object(keys) = schema {
        keys.insert(key.to_owned(), value);
    }
}
