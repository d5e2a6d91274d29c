//! Why a response cannot be scripted.

use std::{error, fmt};

/// Why an answer could not be prepared.
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
        /// Documented codes like it, the nearest first; where none is, all codes of the operation.
        near: Vec<String>,
    },
    /// The operation has no such parameter.
    UnknownParameter {
        /// The operation.
        operation: String,
        /// The parameter.
        parameter: String,
    },
    /// The status is not one that an answer can have.
    InvalidStatus(u16),
    /// The header's name or value cannot be sent.
    InvalidHeader(String),
    /// So many answers are prepared already that another one is rejected.
    TooManyResponses {
        /// The most answers.
        most: usize,
        /// The most bytes of their bodies and headers.
        most_bytes: usize,
    },
}

/// A list of more names than this helps nobody: some operations document hundreds of codes.
const MOST_SHOWN: usize = 10;

impl fmt::Display for ScriptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (near, all_else) = match self {
            Self::UnknownOperation { operation, near } => {
                write!(f, "no spec describes `{operation}`")?;
                (near, "")
            }
            Self::UndocumentedCode { operation, code, near } => {
                write!(f, "`{operation}` does not document `{code}`")?;
                (near, "; for any other code prepare `ScriptedResponse::error(status, code, message)`")
            }
            Self::UnknownParameter { operation, parameter } => {
                return write!(f, "`{operation}` has no parameter `{parameter}`");
            }
            Self::InvalidStatus(status) => return write!(f, "no answer has the status {status}: take 200 to 599"),
            Self::TooManyResponses { most, most_bytes } => {
                return write!(
                    f,
                    "at most {most} answers and {} MiB are prepared at a time; use `times` for one that is given often",
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
        f.write_str(all_else)
    }
}

impl error::Error for ScriptError {}
