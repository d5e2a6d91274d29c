//! The documented errors.

/// A row of an error table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorRow {
    /// The HTTP status.
    pub status: u16,
    /// The code; `%s` stands for text that the service fills in.
    pub code: String,
    /// The variant's name in the error type.
    pub rust_name: String,
    /// The message, as documented.
    pub message: String,
    /// The documentation: the meaning, and what to do.
    pub doc: String,
}

/// A variant of an operation's error type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorVariant {
    /// The variant's name.
    pub rust_name: String,
    /// The code, as in its rows.
    pub code: String,
    /// The rows with this code, in order.
    pub rows: Vec<ErrorRow>,
}

impl ErrorVariant {
    /// Whether the code contains `%s`, which the service replaces.
    pub fn is_pattern(&self) -> bool {
        // This loop is faster than `contains` in the macro, which runs unoptimised.
        let mut rest = self.code.as_bytes();
        loop {
            match rest {
                [b'%', b's', ..] => return true,
                [_, after @ ..] => rest = after,
                [] => return false,
            }
        }
    }
}
