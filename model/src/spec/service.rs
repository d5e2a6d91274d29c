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
    /// The name of the cargo feature and of the folder.
    pub feature: String,
    /// The name of the Rust module: the name of the folder, or the `module` in `service.yaml`.
    pub module: String,
    /// The API style of operations without their own.
    pub style: ApiStyle,
    /// The gateway, if it has its own signature.
    pub gateway: Option<String>,
    /// The product's code in RAM policies, such as `ecs`: the part of an action before the colon.
    pub ram_code: Option<String>,
    /// A summary of the product.
    pub summary: String,
    /// The endpoints.
    pub endpoints: Endpoints,
    /// How a 2xx body reports failure.
    pub outcome: Option<Outcome>,
    /// Error codes after which any call can be retried, because the operation has not acted.
    pub retry: Vec<String>,
    /// Errors that any operation may return.
    pub errors: Vec<ErrorRow>,
    /// The objects that several operations use.
    pub types: SharedTypes,
    /// The operations, by name.
    pub operations: Vec<Operation>,
}

impl Service {
    /// Returns the operation with this wire name.
    pub fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.name == name)
    }
}

/// The endpoints of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// On the internet.
    pub public: Hosts,
    /// In a VPC.
    pub vpc: Hosts,
}

/// The hosts of a product in one network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts {
    /// The host, with `{region}` for the region; without it, one host serves all regions. Empty if none is known.
    pub host: String,
    /// The regions that the host rule serves.
    pub regions: Vec<String>,
    /// Regions with their own host.
    pub exceptions: Vec<(String, String)>,
}
