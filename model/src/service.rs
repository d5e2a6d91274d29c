//! A product: what its operations share.

use crate::operation::{ApiStyle, ErrorRow, Operation};
use crate::types::SharedTypes;

/// One version of one product, with its operations.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Service {
    /// The product's name, as in error messages and metadata, such as `OnsMqtt`.
    pub product: String,
    /// The API version: the value of `Version`.
    pub version: String,
    /// The cargo feature's name, which is also the folder's.
    pub feature: String,
    /// The Rust module's name: the folder's, or the one that `service.yaml` gives.
    pub module: String,
    /// The style of operations that do not say theirs.
    pub style: ApiStyle,
    /// The gateway, where it signs in a way of its own.
    pub gateway: Option<String>,
    /// What the product is.
    pub summary: String,
    /// Where it answers.
    pub endpoints: Endpoints,
    /// How a 2xx body reports failure.
    pub outcome: Option<Outcome>,
    /// Codes by which any operation says that it has not acted and may be asked again.
    pub retry: Vec<String>,
    /// Codes that any operation may return.
    pub errors: Vec<ErrorRow>,
    /// The objects that several operations use.
    pub types: SharedTypes,
    /// The operations, by name.
    pub operations: Vec<Operation>,
}

impl Service {
    /// The operation with this wire name.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }
}

/// Where a product answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// To everyone.
    pub public: Hosts,
    /// Within a VPC.
    pub vpc: Hosts,
}

/// Where a product answers in a network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    /// The host, with `{region}` for the region; without it, one host serves all regions. Empty where none is known.
    pub host: String,
    /// The regions that the host rule serves.
    pub regions: Vec<String>,
    /// Regions with a host of their own.
    pub exceptions: Vec<(String, String)>,
}

/// How a 2xx body reports failure: by a success field, by a code, or by both.
///
/// If the response has the success field, that decides. Otherwise the code decides, if it has values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The field that reports success. Without values, `false` and `0` are failures.
    pub success: Option<OutcomeField>,
    /// The field with the error code. Its values mean success, and so does no code at all.
    pub code: Option<OutcomeField>,
    /// The field with the error message, with dots between the names of nested fields.
    pub message: Option<String>,
}

/// A response field that reports how a call went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomeField {
    /// The field, with dots between the names of nested ones.
    pub path: String,
    /// The values that mean success, in any case.
    pub values: Vec<String>,
}

impl Outcome {
    /// The field that a response must have for the outcome to be told.
    pub fn decides(&self) -> &str {
        let by_code = || self.code.as_ref().filter(|code| !code.values.is_empty());
        self.success.as_ref().or_else(by_code).map_or("", |field| &field.path)
    }

    /// The paths of its fields.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.keys().map(|(_, path)| path)
    }

    /// The keys that it states, each with the path of its field.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let success = self.success.as_ref().map(|field| ("success", field.path.as_str()));
        let code = self.code.as_ref().map(|field| ("code", field.path.as_str()));
        let message = self.message.as_deref().map(|path| ("message", path));
        [success, code, message].into_iter().flatten()
    }
}
