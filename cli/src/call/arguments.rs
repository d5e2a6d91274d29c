//! The command line of `alicloud call`.

use std::path::PathBuf;
use std::time::Duration;

use alicloud_runtime::{Config, Format, SignatureVersion};
use clap::{Args, ValueEnum};

/// Calls an operation, and prints the answer
#[derive(Args)]
#[command(after_help = AFTER_HELP, override_usage = USAGE)]
pub(crate) struct Arguments {
    /// The product, as its folder, its Rust module or the service calls it, in any case
    pub(super) product: String,
    /// The operation
    pub(super) operation: String,
    /// A parameter, as `--NAME VALUE` gives it; for one whose name is also an option's
    #[arg(long = "param", value_name = "NAME=VALUE")]
    pub(super) parameters: Vec<String>,
    /// Parameters by their names, as a JSON object; `@FILE` reads a file, `-` standard input. What is given by name wins
    #[arg(long, value_name = "JSON")]
    pub(super) params: Option<String>,
    /// The folder that holds `<product>/<version>/service.yaml` [default: the bundled specs]
    #[arg(long, value_name = "DIR")]
    pub(super) specs: Option<PathBuf>,
    /// The product's version; with it, operations that no spec describes can be called
    #[arg(long, value_name = "DATE")]
    pub(super) version: Option<String>,
    /// Of an operation that no spec describes: its HTTP method [default: POST]
    #[arg(long, requires = "version")]
    pub(super) method: Option<String>,
    /// Of an operation that no spec describes, in ROA style: its path, encoded, with the values in it
    #[arg(long, requires = "version")]
    pub(super) path: Option<String>,
    /// Of an operation that no spec describes: the whole body, in JSON
    #[arg(long, value_name = "JSON", requires = "version")]
    pub(super) body: Option<String>,
    /// The region to call [default: ALIBABA_CLOUD_REGION_ID, then the profile's]
    #[arg(long)]
    pub(super) region: Option<String>,
    /// A host, or a URL of scheme, host and port, to call in place of the region's
    #[arg(long, value_name = "URL")]
    pub(super) endpoint: Option<String>,
    /// A profile of the official command line tool, in place of the first credentials that are found
    #[arg(long, value_name = "NAME", conflicts_with = "anonymous")]
    pub(super) profile: Option<String>,
    /// Call as nobody, without a signature
    #[arg(long)]
    pub(super) anonymous: bool,
    /// How the call is signed
    #[arg(long, value_enum, default_value_t = Signature::V3)]
    pub(super) signature: Signature,
    /// What the answer is written in
    #[arg(long, value_enum, default_value_t = AnswerFormat::Json)]
    pub(super) format: AnswerFormat,
    /// How long the call may take, with its retries, such as `30s` or `5m` [default: 2m]
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub(super) timeout: Option<Duration>,
    /// Send nothing: show what is signed, the request, and the Rust that makes the same call
    #[arg(long)]
    pub(super) dry_run: bool,
}

const USAGE: &str = "alicloud call [OPTIONS] <PRODUCT> <OPERATION> [--NAME VALUE]...";

const AFTER_HELP: &str = "\
Every `--NAME VALUE` or `--NAME=VALUE` that is none of these options is a parameter. Lists, maps and objects are given as
JSON, or in parts:

  alicloud call ecs TagResources --specs my-specs --ResourceId '[\"i-1\", \"i-2\"]' --Tag.1.Key env --Tag.1.Value test

Examples:
  alicloud call ecs DeleteActivation --RegionId cn-hangzhou --ActivationId 4ECE... --region cn-hangzhou
  alicloud call iot ResetThing --params @reset.json --region cn-shanghai --dry-run
  alicloud call Ecs DescribeZones --version 2014-05-26 --RegionId cn-hangzhou --region cn-hangzhou
  alicloud call CS DescribeClusters --version 2015-12-15 --method GET --path /clusters --endpoint cs.aliyuncs.com
  alicloud call iot ResetThing --IotId i --endpoint http://127.0.0.1:8080     (with `alicloud emulate` running)

Credentials come from where the official SDKs find them: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET,
a role, the profiles of ~/.aliyun/config.json. Others on the machine can see what a command line holds: give what is secret
with `--params @FILE` or `--params -`.

The call is checked against the spec before it is sent. The body goes to standard output as it came; of a failure, standard
error has the code, the message, the RequestId and what the spec says of that code. A dry run shows `***` in the place of
secrets. It asks no metadata server of an ECS instance; where it finds no credentials, it signs with a made-up AccessKey, and
says so.

Exit codes:
  0  the service did it, or the dry run was shown
  1  the service refused, or gave no answer that can be read
  2  wrong usage, parameters that the spec does not allow, no credentials, or no endpoint; nothing was sent";

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Signature {
    V1,
    V3,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum AnswerFormat {
    Json,
    Xml,
}

impl Arguments {
    /// What clients are made of, but for who calls.
    pub(super) fn configure(&self, mut config: Config) -> Config {
        config = config
            .signature_version(match self.signature {
                Signature::V1 => SignatureVersion::V1,
                Signature::V3 => SignatureVersion::V3,
            })
            .format(match self.format {
                AnswerFormat::Json => Format::Json,
                AnswerFormat::Xml => Format::Xml,
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
}
