//! The errors of a catalogue.

use std::fmt;

/// The maximum number of names in a message.
const MOST_NAMES: usize = 6;

/// The error if something cannot be read from a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The data is damaged.
    Damaged {
        /// The path of the file below `data`, without `.zst`.
        file: String,
        /// A description of the damage.
        problem: String,
    },
    /// No product has this name.
    UnknownProduct {
        /// The requested name.
        name: String,
        /// The names of similar products, the most similar first.
        similar: Vec<String>,
    },
    /// Several products have this name, apart from hyphens and underscores.
    AmbiguousProduct {
        /// The requested name.
        name: String,
        /// The names of the products.
        products: Vec<String>,
    },
    /// The product does not have this version.
    UnknownVersion {
        /// The name of the product.
        product: String,
        /// The requested version.
        version: String,
        /// The versions of the product.
        versions: Vec<String>,
    },
    /// The version of the product does not have this operation.
    UnknownOperation {
        /// The name of the product.
        product: String,
        /// The version.
        version: String,
        /// The requested name.
        operation: String,
        /// The names of similar operations of this version, the most similar first.
        similar: Vec<String>,
        /// The products and versions that have an operation of this name.
        elsewhere: Vec<String>,
    },
    /// Several operations have this name, apart from case, hyphens and underscores.
    AmbiguousOperation {
        /// The requested name.
        operation: String,
        /// The names of the operations.
        operations: Vec<String>,
    },
}

impl Error {
    pub(crate) fn damaged(file: &str, problem: impl Into<String>) -> Self {
        Self::Damaged { file: file.to_owned(), problem: problem.into() }
    }

    /// Returns how to fix the error.
    pub fn help(&self) -> String {
        match self {
            Self::Damaged { .. } => "install the tool again".to_owned(),
            Self::UnknownProduct { similar, .. } if similar.is_empty() => {
                "give the product as in its API reference, such as `Ecs` or `vpc`".to_owned()
            }
            Self::UnknownProduct { similar, .. } => format!("did you mean {}?", listed(similar, "or")),
            Self::AmbiguousProduct { .. } => "write the name exactly like one of them".to_owned(),
            Self::UnknownVersion { versions, .. } => format!("the versions are {}", listed(versions, "and")),
            Self::UnknownOperation { similar, elsewhere, .. } => match (similar.is_empty(), elsewhere.is_empty()) {
                (_, false) => format!("{} has it", listed(elsewhere, "or")),
                (false, true) => format!("did you mean {}?", listed(similar, "or")),
                (true, true) => "give the operation as in its API reference, such as `DescribeInstances`".to_owned(),
            },
            Self::AmbiguousOperation { .. } => "write the name exactly like one of them".to_owned(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged { file, problem } => write!(f, "the catalogue's data `{file}` is damaged: {problem}"),
            Self::UnknownProduct { name, .. } => write!(f, "the catalogue has no product `{name}`"),
            Self::AmbiguousProduct { name, products } => {
                write!(f, "`{name}` may be {}", listed(products, "or"))
            }
            Self::UnknownVersion { product, version, .. } => {
                write!(f, "the catalogue has no version `{version}` of `{product}`")
            }
            Self::UnknownOperation { product, version, operation, .. } => {
                write!(f, "`{product}` {version} has no operation `{operation}`")
            }
            Self::AmbiguousOperation { operation, operations } => {
                write!(f, "`{operation}` may be {}", listed(operations, "or"))
            }
        }
    }
}

impl std::error::Error for Error {}

/// Writes the names in quotes, shortened if there are too many.
fn listed(names: &[String], word: &str) -> String {
    let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    if names.len() > shown.len() {
        return format!("{} … and {} more", shown.join(", "), names.len() - shown.len());
    }
    match shown.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
        _ => shown.concat(),
    }
}
