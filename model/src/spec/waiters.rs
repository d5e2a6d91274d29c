//! Waiters: conditions for which an operation is polled.

/// A condition for which an operation is polled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiter {
    /// Its name, in snake case.
    pub name: String,
    /// The condition that ends the wait.
    pub waits_for: WaitsFor,
    /// The interval between two calls, in seconds.
    pub every: u32,
    /// The maximum time to wait, in seconds.
    pub at_most: u32,
}

/// The condition that ends a wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WaitsFor {
    /// A field of the response has one of some values.
    Value {
        /// The path of the field, which continues in each item of a list.
        field: Vec<String>,
        /// The values: every field at the path must have one of them.
        values: Vec<String>,
        /// Values that make the wait fail.
        failing: Vec<String>,
    },
    /// The operation fails with one of these documented codes.
    Error {
        /// The codes.
        codes: Vec<String>,
    },
}
