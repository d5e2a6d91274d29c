//! The scripted responses, in the order in which they are sent.

use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::scenario::script_error::ScriptError;
use crate::scenario::scripted_response::PreparedResponse;

/// The most answers that are prepared at a time. One that is given several times counts once.
const MOST_RESPONSES: usize = 10_000;

/// The most bytes of their bodies and headers.
const MOST_BYTES: usize = 256 << 20;

/// The prepared answers by operation.
#[derive(Clone, Default)]
pub(crate) struct Script {
    answers: HashMap<String, VecDeque<PreparedResponse>>,
    count: usize,
    bytes: usize,
}

impl Script {
    /// Adds answers, all or none.
    pub(crate) fn add(&mut self, answers: Vec<(String, PreparedResponse)>) -> Result<(), ScriptError> {
        let answers: Vec<(String, PreparedResponse)> =
            answers.into_iter().filter(|(_, answer)| answer.times > 0).collect();
        let count = self.count + answers.len();
        let bytes = self.bytes + answers.iter().map(|(_, answer)| answer.bytes()).sum::<usize>();
        if count > MOST_RESPONSES || bytes > MOST_BYTES {
            return Err(ScriptError::TooManyResponses { most: MOST_RESPONSES, most_bytes: MOST_BYTES });
        }
        (self.count, self.bytes) = (count, bytes);
        for (operation, answer) in answers {
            self.answers.entry(operation).or_default().push_back(answer);
        }
        Ok(())
    }

    pub(crate) fn next(&mut self, operation: &str) -> Option<PreparedResponse> {
        let answers = self.answers.get_mut(operation)?;
        let next = answers.front_mut()?;
        next.times -= 1;
        if next.times > 0 {
            return Some(next.clone());
        }
        (self.count, self.bytes) = (self.count - 1, self.bytes - next.bytes());
        answers.pop_front()
    }

    /// To how many calls of each operation an answer is still to be given.
    pub(crate) fn pending(&self) -> BTreeMap<&str, u64> {
        let pending = self.answers.iter().map(|(operation, answers)| {
            let sum = answers.iter().map(|answer| u64::from(answer.times)).sum();
            (operation.as_str(), sum)
        });
        pending.filter(|(_, sum)| *sum > 0).collect()
    }
}
