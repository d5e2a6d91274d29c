//! An error in a scenario.

use std::{error, fmt};

/// An error in a scenario, with its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    pub(crate) place: String,
    pub(crate) message: String,
}

impl ScenarioError {
    pub(crate) fn new(place: impl Into<String>, message: impl ToString) -> Self {
        Self { place: place.into(), message: message.to_string() }
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl error::Error for ScenarioError {}
