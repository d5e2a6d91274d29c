//! Searches the recorded calls.

use hyper::StatusCode;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::admin::admin_error::AdminError;
use crate::calls::call::Call;
use crate::calls::packed_call::PackedCall;
use crate::gateway::state::Gateway;

/// A condition of the search.
type Filter<'q> = Box<dyn Fn(&Call) -> bool + 'q>;

impl Gateway {
    /// Returns the calls that match the query, in order. `last` is the number of the latest call; a later query can ask
    /// for calls after it.
    pub(crate) fn find_calls(&self, query: &str) -> Result<Value, AdminError> {
        let calls = self.calls();
        let mut filters: Vec<Filter<'_>> = Vec::new();
        let mut limit = usize::MAX;
        let mut after = 0;
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            let number = || {
                let number = value.parse::<u64>();
                number.map_err(|_| (StatusCode::BAD_REQUEST, format!("`{name}` is `{value}`; expected a number")))
            };
            match &*name {
                "product" => filters.push(Box::new(move |call| call.product == value)),
                "operation" => filters.push(Box::new(move |call| call.operation == value)),
                "code" => filters.push(Box::new(move |call| call.outcome.code.as_deref() == Some(&value))),
                "status" => {
                    let status = number()?;
                    filters.push(Box::new(move |call| call.outcome.status.map(u64::from) == Some(status)));
                }
                "after" => after = after.max(number()?),
                "limit" => limit = usize::try_from(number()?).unwrap_or(usize::MAX),
                _ => {
                    let expected = "expected product, operation, status, code, after or limit";
                    return Err((StatusCode::BAD_REQUEST, format!("calls cannot be searched by `{name}`; {expected}")));
                }
            }
        }
        let later = calls.iter().rev().take_while(|call| call.number > after).map(PackedCall::unpack);
        let found = later.filter(|call| filters.iter().all(|fits| fits(call)));
        let mut latest: Vec<Value> = found.take(limit).map(|call| call.to_json()).collect();
        latest.reverse();
        Ok(json!({
            "calls": latest,
            "last": calls.last().map_or(0, |call| call.number),
        }))
    }
}
