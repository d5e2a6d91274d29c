//! The options of commands that call services: where the service is, and who calls it.

use std::time::Duration;

use alicloud_runtime::{Config, SignatureVersion};
use clap::{Args, ValueEnum};

/// The endpoint and the credentials of a call.
#[derive(Args, Clone)]
pub(crate) struct Connection {
    /// The region to call [default: ALIBABA_CLOUD_REGION_ID, then the profile's]
    #[arg(long)]
    pub(super) region: Option<String>,
    /// The endpoint to call instead of the one of the region: a host, or a URL of scheme, host and port
    #[arg(long, value_name = "URL")]
    pub(super) endpoint: Option<String>,
    /// The profile of the official command line tool to use [default: the first credentials found]
    #[arg(long, value_name = "NAME", conflicts_with = "anonymous")]
    pub(super) profile: Option<String>,
    /// Send the call without credentials and signature
    #[arg(long)]
    pub(super) anonymous: bool,
    /// The signature version
    #[arg(long, value_enum, default_value_t = Signature::V3)]
    pub(super) signature: Signature,
    /// The timeout of the call, including retries, such as `30s` or `5m` [default: 2m]
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub(super) timeout: Option<Duration>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Signature {
    V1,
    V3,
}

impl Connection {
    /// Adds the options to a configuration.
    pub(crate) fn configure(&self, mut config: Config) -> Config {
        config = config.signature_version(match self.signature {
            Signature::V1 => SignatureVersion::V1,
            Signature::V3 => SignatureVersion::V3,
        });
        if let Some(region) = &self.region {
            config = config.region(region);
        }
        if let Some(limit) = self.timeout {
            config = config.call_timeout(limit);
        }
        match &self.endpoint {
            Some(endpoint) => config.endpoint(endpoint),
            None => config,
        }
    }

    /// The same, in another region if one is given.
    #[cfg(feature = "mcp")]
    pub(crate) fn in_region(&self, region: Option<&str>) -> Self {
        let region = region.map(str::to_owned).or_else(|| self.region.clone());
        Self { region, ..self.clone() }
    }
}
