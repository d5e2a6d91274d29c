//! The error if an emulator cannot start.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::{error, fmt, io};

use alicloud_model::Diagnostic;

use crate::scenario::scenario_error::ScenarioError;

/// The error if an emulator cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The specs contain errors, or cannot be read. None of them are served, so that tests do not run against
    /// incomplete specs.
    Specs(Vec<Diagnostic>),
    /// The catalogue does not have a product, or is damaged.
    Catalogue(alicloud_catalogue::Error),
    /// The specs describe no operation.
    NoOperations,
    /// No product has an endpoint in this region.
    UnknownRegion(String),
    /// The scenario does not fit the specs.
    Scenario(ScenarioError),
    /// The log of calls cannot be written to this file.
    CallLog(PathBuf, io::Error),
    /// The emulator cannot listen at this address.
    Listen(SocketAddr, io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Specs(diagnostics) => {
                f.write_str("the specs cannot be served")?;
                diagnostics.iter().try_for_each(|diagnostic| write!(f, "\n\n{diagnostic}"))
            }
            Self::Catalogue(error) => write!(f, "{error}; {}", error.help()),
            Self::NoOperations => f.write_str("there is no operation to serve: add a folder of specs, or sources"),
            Self::Scenario(error) => write!(f, "the scenario does not fit the specs: {error}"),
            Self::UnknownRegion(region) => write!(f, "no product has an endpoint in the region `{region}`"),
            Self::CallLog(file, error) => write!(f, "cannot write the calls to `{}`: {error}", file.display()),
            Self::Listen(address, error) => write!(f, "cannot listen at {address}: {error}"),
        }
    }
}

/// `Display` contains the cause, so `source` does not return it: otherwise error chains would print it twice.
impl error::Error for StartError {}
