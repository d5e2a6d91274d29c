//! Waiters: what a call is repeated for until it is so.

/// What an operation is asked for again and again until it is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Its name, in snake case.
    pub name: String,
    /// What ends the wait.
    pub waits_for: WaitsFor,
    /// How many seconds there are between two calls.
    pub every: u32,
    /// For how many seconds calls are made.
    pub at_most: u32,
}

/// What ends a wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitsFor {
    /// A field of the response has one of some values.
    Value {
        /// The field, as a path of field names that goes on in each item of a list.
        field: Vec<String>,
        /// The values, of which all that the path leads to must be one.
        values: Vec<String>,
        /// Values with which the wait is in vain.
        failing: Vec<String>,
    },
    /// The operation fails with one of these documented codes.
    Error {
        /// The codes.
        codes: Vec<String>,
    },
}
