//! The tools that send nothing: search and description.

use rmcp::model::CallToolResult;
use serde_json::Value;

use crate::described::Described;
use crate::ending::Failure;
use crate::mcp::operations::is_read;
use crate::mcp::results::Members;
use crate::mcp::shortening::{Cut, MOST_ITEMS, Shortened, shortened};
use crate::mcp::tools;
use crate::operation_entry::OperationEntry;

/// The errors of an operation that are shown. Some operations have hundreds.
const SHOWN_ERRORS: usize = 20;

/// The results of a search.
pub(super) fn found(results: Value) -> CallToolResult {
    let Shortened { value, cuts } = shortened(&results, tools::MOST_RESULTS);
    Members::of(&value).with_cuts(&cuts, "use more words, or a smaller limit").into_result()
}

/// The description of an operation: that of `alicloud show --json`, without what is not documented.
pub(super) fn description(described: &Described) -> Result<CallToolResult, Failure> {
    let entry = OperationEntry::new(&described.service, &described.operation);
    let entry = serde_json::to_value(&entry).map_err(|error| Failure::new(format!("cannot write JSON: {error}")))?;
    let mut entry = documented(entry);
    let effect = described.effect.map_or("unknown", |effect| effect.as_str());
    let tool = if is_read(described) { tools::CALL_READ } else { tools::CALL_WRITE };
    let mut all_errors = 0;
    if let Some(errors) = entry.get_mut("errors").and_then(Value::as_array_mut) {
        all_errors = errors.len();
        errors.truncate(SHOWN_ERRORS);
    }
    let Shortened { value, mut cuts } = shortened(&entry, MOST_ITEMS);
    if all_errors > SHOWN_ERRORS {
        cuts.push(Cut::items("errors", SHOWN_ERRORS, all_errors));
    }
    let members = Members::of(&value).with("effect", effect).with("call_with", tool);
    Ok(members.with_cuts(&cuts, "the rest is in the documentation of the product").into_result())
}

/// The value without members that say nothing: those that are null, false or empty.
fn documented(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let says_something = |value: &Value| match value {
                Value::Null | Value::Bool(false) => false,
                Value::Array(items) => !items.is_empty(),
                _ => true,
            };
            let members = members.into_iter().filter(|(_, value)| says_something(value));
            Value::Object(members.map(|(name, value)| (name, documented(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(documented).collect()),
        other => other,
    }
}
