//! A product: what its operations share.

use crate::spec::api_style::ApiStyle;
use crate::spec::errors::ErrorRow;
use crate::spec::operation::Operation;
use crate::spec::outcome::Outcome;
use crate::spec::types::SharedTypes;

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
    /// The gateway, if it signs in a way of its own.
    pub gateway: Option<String>,
    /// What the product is.
    pub summary: String,
    /// The endpoints.
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

/// The endpoints of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// To everyone.
    pub public: Hosts,
    /// Within a VPC.
    pub vpc: Hosts,
}

/// The hosts of a product in one network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    /// The host, with `{region}` for the region; without it, one host serves all regions. Empty where none is known.
    pub host: String,
    /// The regions that the host rule serves.
    pub regions: Vec<String>,
    /// Regions with a host of their own.
    pub exceptions: Vec<(String, String)>,
}
