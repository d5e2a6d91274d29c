//! The scripted responses, in the order in which they are sent.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::scenario::script_error::ScriptError;
use crate::scenario::scripted_response::PreparedResponse;

/// The maximum number of scripted responses at a time. A response for several calls counts once.
const MOST_RESPONSES: usize = 10_000;

/// The maximum total size of their bodies and headers, in bytes.
const MOST_BYTES: usize = 256 << 20;

/// The scripted responses of each operation.
#[derive(Clone, Default)]
pub(crate) struct Script {
    responses: HashMap<String, VecDeque<PreparedResponse>>,
    count: usize,
    bytes: usize,
}

impl Script {
    /// Adds all responses, or none of them.
    pub(crate) fn add(&mut self, responses: Vec<(String, PreparedResponse)>) -> Result<(), ScriptError> {
        let responses: Vec<(String, PreparedResponse)> =
            responses.into_iter().filter(|(_, response)| response.times > 0).collect();
        let count = self.count + responses.len();
        let bytes = self.bytes + responses.iter().map(|(_, response)| response.bytes()).sum::<usize>();
        if count > MOST_RESPONSES || bytes > MOST_BYTES {
            return Err(ScriptError::TooManyResponses { most: MOST_RESPONSES, most_bytes: MOST_BYTES });
        }
        (self.count, self.bytes) = (count, bytes);
        for (operation, response) in responses {
            self.responses.entry(operation).or_default().push_back(response);
        }
        Ok(())
    }

    /// Removes the response to the next call of an operation.
    pub(crate) fn next(&mut self, operation: &str) -> Option<PreparedResponse> {
        let responses = self.responses.get_mut(operation)?;
        let next = responses.front_mut()?;
        next.times -= 1;
        if next.times > 0 {
            return Some(next.clone());
        }
        (self.count, self.bytes) = (self.count - 1, self.bytes - next.bytes());
        responses.pop_front()
    }

    /// Returns how many calls of each operation will still get a scripted response.
    pub(crate) fn pending(&self) -> BTreeMap<&str, u64> {
        let pending = self.responses.iter().map(|(operation, responses)| {
            let sum = responses.iter().map(|response| u64::from(response.times)).sum();
            (operation.as_str(), sum)
        });
        pending.filter(|(_, sum)| *sum > 0).collect()
    }
}
