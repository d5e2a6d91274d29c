//! A documented requirement that a request does not meet.

use std::fmt;

/// A documented requirement that a request does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The wire name of the parameter. For a nested value, the path to it, such as `Tag.1.Key`. For a rule between
    /// parameters, the names of all of them.
    pub parameter: String,
    /// A description of the violation and of what is expected.
    pub problem: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.parameter, self.problem)
    }
}
