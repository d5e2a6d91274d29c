//! The arguments of tools.

use rmcp::model::JsonObject;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Map, Value};

use crate::ending::Failure;
use crate::mcp::shortening::{DEFAULT_ITEMS, MOST_ITEMS};
use crate::mcp::tools;

/// Longer than any name or query that is of use.
const LONGEST: usize = 4096;

/// The arguments of `search_operations`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    #[serde(deserialize_with = "short")]
    pub(super) query: String,
    #[serde(default, deserialize_with = "short_or_none")]
    pub(super) product: Option<String>,
    #[serde(default = "default_results")]
    limit: usize,
}

impl Search {
    pub(super) fn limit(&self) -> usize {
        self.limit.clamp(1, tools::MOST_RESULTS)
    }
}

/// The arguments of `describe_operation`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Describe {
    #[serde(deserialize_with = "short")]
    pub(super) product: String,
    #[serde(deserialize_with = "short")]
    pub(super) operation: String,
    #[serde(default, deserialize_with = "short_or_none")]
    pub(super) version: Option<String>,
}

/// The arguments of a call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Call {
    #[serde(deserialize_with = "short")]
    pub(super) product: String,
    #[serde(deserialize_with = "short")]
    pub(super) operation: String,
    #[serde(default, deserialize_with = "short_or_none")]
    pub(super) version: Option<String>,
    #[serde(default)]
    pub(super) parameters: Map<String, Value>,
    #[serde(default, deserialize_with = "short_or_none")]
    pub(super) region: Option<String>,
    #[serde(default, deserialize_with = "short_or_none")]
    pub(super) query: Option<String>,
    #[serde(default = "default_items")]
    max_items: usize,
    pub(super) dry_run: Option<bool>,
}

impl Call {
    pub(super) fn max_items(&self) -> usize {
        self.max_items.clamp(1, MOST_ITEMS)
    }
}

/// Reads the arguments of a tool.
pub(super) fn read<T: DeserializeOwned>(tool: &str, arguments: Option<JsonObject>) -> Result<T, Failure> {
    serde_json::from_value(Value::Object(arguments.unwrap_or_default())).map_err(|error| {
        Failure::new(format!("the arguments of `{tool}` are not valid: {error}"))
            .help("the input schema of the tool has the names and types of its arguments")
    })
}

fn default_results() -> usize {
    tools::DEFAULT_RESULTS
}

fn default_items() -> usize {
    DEFAULT_ITEMS
}

fn short<'d, D: Deserializer<'d>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    if text.len() > LONGEST {
        return Err(D::Error::custom(format!(
            "a name or query has {} bytes; at most {LONGEST} are allowed",
            text.len()
        )));
    }
    Ok(text)
}

fn short_or_none<'d, D: Deserializer<'d>>(from: D) -> Result<Option<String>, D::Error> {
    Option::<Short>::deserialize(from).map(|text| text.map(|Short(text)| text))
}

#[derive(Deserialize)]
struct Short(#[serde(deserialize_with = "short")] String);
