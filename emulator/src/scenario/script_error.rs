//! The error if a response cannot be scripted.

use std::{error, fmt};

/// The error if a response cannot be scripted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScriptError {
    /// No spec describes this operation.
    UnknownOperation {
        /// The operation.
        operation: String,
        /// Operations with a name like it, the nearest first.
        near: Vec<String>,
    },
    /// Neither the operation nor the gateway documents this code.
    UndocumentedCode {
        /// The operation.
        operation: String,
        /// The code.
        code: String,
        /// Documented codes like it, the nearest first. If there are none, all codes of the operation.
        near: Vec<String>,
    },
    /// The operation has no such parameter.
    UnknownParameter {
        /// The operation.
        operation: String,
        /// The parameter.
        parameter: String,
    },
    /// A response cannot have this status.
    InvalidStatus(u16),
    /// The header with this name cannot be sent.
    InvalidHeader(String),
    /// There are already too many scripted responses.
    TooManyResponses {
        /// The maximum number of responses.
        most: usize,
        /// The maximum number of bytes in their bodies and headers.
        most_bytes: usize,
    },
}

/// The maximum number of names in a message. Some operations document hundreds of codes.
const MOST_SHOWN: usize = 10;

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (near, hint) = match self {
            Self::UnknownOperation { operation, near } => {
                write!(f, "no spec describes `{operation}`")?;
                (near, "")
            }
            Self::UndocumentedCode { operation, code, near } => {
                write!(f, "`{operation}` does not document `{code}`")?;
                (near, "; for any other code, use `ScriptedResponse::error(status, code, message)`")
            }
            Self::UnknownParameter { operation, parameter } => {
                return write!(f, "`{operation}` has no parameter `{parameter}`");
            }
            Self::InvalidStatus(status) => {
                return write!(f, "a response cannot have the status {status}: use 200 to 599");
            }
            Self::TooManyResponses { most, most_bytes } => {
                return write!(
                    f,
                    "at most {most} responses and {} MiB can be scripted at a time; use `times` to send one several times",
                    most_bytes >> 20
                );
            }
            Self::InvalidHeader(name) => return write!(f, "the header `{name}` cannot be sent"),
        };
        if !near.is_empty() {
            let shown: Vec<&str> = near.iter().take(MOST_SHOWN).map(String::as_str).collect();
            write!(f, "; did you mean `{}`", shown.join("`, `"))?;
            match near.len().saturating_sub(MOST_SHOWN) {
                0 => f.write_str("?")?,
                more => write!(f, " ... and {more} more?")?,
            }
        }
        f.write_str(hint)
    }
}

impl error::Error for ScriptError {}
