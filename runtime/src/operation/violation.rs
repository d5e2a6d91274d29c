//! A limit of the spec that a request does not meet.

use std::fmt;

/// One documented demand that a request does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The parameter's wire name, with the path into it for nested ones, such as `Tag.1.Key`. For a rule between
    /// parameters, the names of all of them.
    pub parameter: String,
    /// What is wrong and what is expected.
    pub problem: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.parameter, self.problem)
    }
}
