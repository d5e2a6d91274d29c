//! The tools, as clients list them.

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde_json::{Value, json};

use crate::mcp::shortening::{DEFAULT_ITEMS, MOST_ITEMS};

pub(super) const SEARCH: &str = "search_operations";
pub(super) const DESCRIBE: &str = "describe_operation";
pub(super) const CALL_READ: &str = "call_read_operation";
pub(super) const CALL_WRITE: &str = "call_write_operation";

/// The names of all tools.
pub(super) const NAMES: [&str; 4] = [SEARCH, DESCRIBE, CALL_READ, CALL_WRITE];

/// The results of a search, if the client does not say how many.
pub(super) const DEFAULT_RESULTS: usize = 20;

/// The maximum number of results of a search.
pub(super) const MOST_RESULTS: usize = 100;

/// All tools. `products` says which operations there are.
pub(super) fn all(products: &str, allows_writes: bool) -> Vec<Tool> {
    let reads = |title| ToolAnnotations::with_title(title).read_only(true).idempotent(true);
    vec![
        tool(
            SEARCH,
            reads("Search operations").open_world(false),
            format!(
                "Finds operations of Alibaba Cloud ({products}) by the words of their names, and says whether each reads or \
                 writes. Also finds products, parameters and error codes. Sends nothing."
            ),
            json!({
                "type": "object",
                "properties": {
                    "query": text("English words that occur in names, such as `describe instances` or `ecs security group`. All \
                                   words must occur."),
                    "product": text("Search only this product, such as `ecs`."),
                    "limit": {
                        "type": "integer", "minimum": 1, "maximum": MOST_RESULTS, "default": DEFAULT_RESULTS,
                        "description": "The maximum number of results of each kind.",
                    },
                },
                "required": ["query"],
                "additionalProperties": false,
            }),
        ),
        tool(
            DESCRIBE,
            reads("Describe an operation").open_world(false),
            format!(
                "Describes an operation: its parameters with their types, the fields of its response, its errors, whether it \
                 reads or writes, and the tool that calls it. Sends nothing. Use it before `{CALL_READ}` or `{CALL_WRITE}`."
            ),
            json!({
                "type": "object",
                "properties": operation(),
                "required": ["product", "operation"],
                "additionalProperties": false,
            }),
        ),
        tool(
            CALL_READ,
            reads("Call an operation that reads").open_world(true),
            format!(
                "Calls an operation whose effect is `read`, and returns its response. The parameters are checked before the \
                 request is sent. For the next page of a list, call again with the parameter for the page or token that \
                 `{DESCRIBE}` shows under `pagination`. Secret values are replaced with ***."
            ),
            call(json!({})),
        ),
        tool(
            CALL_WRITE,
            ToolAnnotations::with_title("Call an operation that writes")
                .read_only(false)
                .destructive(true)
                .idempotent(false)
                .open_world(true),
            format!(
                "Calls an operation that changes resources, may cost money, or whose effect is unknown. By default, it sends \
                 nothing: it checks the parameters and shows the request. {} Show the request to the user before you send it.",
                if allows_writes {
                    "With `dry_run: false`, it sends the request."
                } else {
                    "This server does not allow `dry_run: false`: it was started without `--allow-writes`."
                }
            ),
            call(json!({
                "dry_run": {
                    "type": "boolean", "default": true,
                    "description": "Whether to check and show the request without sending it.",
                },
            })),
        ),
    ]
}

fn tool(name: &'static str, annotations: ToolAnnotations, description: String, schema: Value) -> Tool {
    let schema: JsonObject = schema.as_object().cloned().unwrap_or_default();
    Tool::new(name, description, Arc::new(schema)).with_annotations(annotations)
}

fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

/// The arguments that name an operation.
fn operation() -> Value {
    json!({
        "product": text("The product, such as `ecs`."),
        "operation": text("The operation, such as `DescribeInstances`."),
        "version": text("The API version, such as `2014-05-26`. By default, that of the product."),
    })
}

/// The arguments of a call, with `more`.
fn call(more: Value) -> Value {
    let mut properties = operation();
    let of_call = json!({
        "parameters": {
            "type": "object",
            "description": "The parameters by their names. Lists and objects are JSON.",
            "default": {},
        },
        "region": text("The region to call, such as `cn-hangzhou`. By default, that of the server. A parameter such as \
                        `RegionId` is separate."),
        "query": text("A JMESPath expression that selects a part of the response, such as `Instances.Instance[].InstanceId`."),
        "max_items": {
            "type": "integer", "minimum": 1, "maximum": MOST_ITEMS, "default": DEFAULT_ITEMS,
            "description": "The maximum number of items of each list. The result says how many are left out.",
        },
    });
    if let Value::Object(properties) = &mut properties {
        for members in [of_call, more] {
            properties.extend(members.as_object().cloned().unwrap_or_default());
        }
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": ["product", "operation"],
        "additionalProperties": false,
    })
}
