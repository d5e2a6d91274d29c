//! The command line of `alicloud call`.

use std::path::PathBuf;
use std::time::Duration;

use alicloud_runtime::{Config, Format, SignatureVersion};
use clap::{Args, ValueEnum};

/// Calls an operation and prints the response
#[derive(Args, Clone)]
#[command(after_help = AFTER_HELP, override_usage = USAGE)]
pub(crate) struct Arguments {
    /// The product: the name of its folder, its Rust module or the service, in any case
    pub(super) product: String,
    /// The operation
    pub(super) operation: String,
    /// A parameter, like `--NAME VALUE`; for a parameter with the name of an option
    #[arg(long = "param", value_name = "NAME=VALUE")]
    pub(super) parameters: Vec<String>,
    /// The parameters as a JSON object; `@FILE` reads a file, `-` standard input. Parameters given by name take precedence
    #[arg(long, value_name = "JSON")]
    pub(super) params: Option<String>,
    /// The folder that holds `<product>/<version>/service.yaml`; operations without a spec there are looked up in the catalogue of
    /// all operations [default: the bundled specs]
    #[arg(long, value_name = "DIR")]
    pub(super) specs: Option<PathBuf>,
    /// The API version; required to call operations without a spec
    #[arg(long, value_name = "DATE")]
    pub(super) version: Option<String>,
    /// The HTTP method of an operation without a spec [default: POST]
    #[arg(long, requires = "version")]
    pub(super) method: Option<String>,
    /// The path of a ROA operation without a spec, percent-encoded, with its values
    #[arg(long, requires = "version")]
    pub(super) path: Option<String>,
    /// The body of an operation without a spec, as JSON
    #[arg(long, value_name = "JSON", requires = "version")]
    pub(super) body: Option<String>,
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
    /// The format of the response
    #[arg(long, value_enum, default_value_t = ResponseFormat::Json)]
    pub(super) format: ResponseFormat,
    /// The timeout of the call, including retries, such as `30s` or `5m` [default: 2m]
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub(super) timeout: Option<Duration>,
    /// Print only the part of the response that this JMESPath expression selects
    #[arg(long, value_name = "EXPRESSION")]
    pub(super) query: Option<String>,
    /// Print the response in this form [default: unchanged; with --query, --all-pages or --wait, JSON]
    #[arg(long, value_enum)]
    pub(super) output: Option<Output>,
    /// Request all pages of a list, and print one response with all items
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) all_pages: bool,
    /// Call until the condition of this waiter of the spec is met
    #[arg(long, value_name = "NAME", conflicts_with_all = ["dry_run", "all_pages"])]
    pub(super) wait: Option<String>,
    /// Send nothing; show what is signed, the request, and Rust code for the same call
    #[arg(long)]
    pub(super) dry_run: bool,
}

const USAGE: &str = "alicloud call [OPTIONS] <PRODUCT> <OPERATION> [--NAME VALUE]...";

const AFTER_HELP: &str = "\
Every other `--NAME VALUE` or `--NAME=VALUE` is a parameter; `alicloud call PRODUCT OPERATION --help` lists them. Lists, maps and
objects are JSON, or can be given in parts. A list can also be given by repeating the parameter:

  alicloud call ecs TagResources --ResourceId '[\"i-1\", \"i-2\"]' --Tag.1.Key env --Tag.1.Value test
  alicloud call ecs TagResources --ResourceId i-1 --ResourceId i-2 --Tag '[{\"Key\": \"env\", \"Value\": \"test\"}]'

Examples:
  alicloud call ecs DeleteActivation --RegionId cn-hangzhou --ActivationId 4ECE... --region cn-hangzhou
  alicloud call ecs DescribeInstances --RegionId cn-hangzhou --all-pages --query 'Instances.Instance[].[InstanceId, Status]'
      --output table
  alicloud call iot ResetThing --params @reset.json --region cn-shanghai --dry-run
  alicloud call Ecs DescribeZones --version 2014-05-26 --RegionId cn-hangzhou --region cn-hangzhou
  alicloud call CS DescribeClusters --version 2015-12-15 --method GET --path /clusters --endpoint cs.aliyuncs.com
  alicloud call iot ResetThing --IotId i --endpoint http://127.0.0.1:8080     (with `alicloud emulate` running)

Credentials are found as by the official SDKs: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, a role, the
profiles of ~/.aliyun/config.json. Other users of the machine can see command lines: pass secrets with `--params @FILE` or
`--params -`.

The call is checked against the spec before it is sent. The response body is printed unchanged to standard output. If the call
fails, standard error shows the error code, the message, the RequestId and the documentation of the code. A dry run shows `***`
in place of secrets. It does not use the metadata server of an ECS instance. If it finds no credentials, it signs with a sample
AccessKey and reports that.

Exit codes:
  0  the call succeeded, or the dry run was shown
  1  the service returned an error, or no readable response
  2  wrong usage, invalid parameters, no credentials, or no endpoint; nothing was sent";

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Signature {
    V1,
    V3,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum ResponseFormat {
    Json,
    Xml,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Output {
    Json,
    Table,
    Yaml,
}

impl Arguments {
    /// Adds the options to a configuration.
    pub(super) fn configure(&self, mut config: Config) -> Config {
        config = config
            .signature_version(match self.signature {
                Signature::V1 => SignatureVersion::V1,
                Signature::V3 => SignatureVersion::V3,
            })
            .format(match self.format {
                ResponseFormat::Json => Format::Json,
                ResponseFormat::Xml => Format::Xml,
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
