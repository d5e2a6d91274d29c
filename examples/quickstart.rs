//! Calls the five bundled operations with the typed client, against the embedded emulator or a real endpoint.
//!
//! ```text
//! cargo run --example quickstart                                 # the embedded emulator; needs no account
//! cargo run --example quickstart -- --endpoint http://HOST:PORT  # your own endpoint
//! cargo run --example quickstart -- --real                       # Alibaba Cloud
//! ```
//!
//! The last two find credentials like the official SDKs, starting with the environment variable
//! `ALIBABA_CLOUD_ACCESS_KEY_ID`.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::process::ExitCode;

use alicloud::ecs::{self, DeleteActivationError, DeleteActivationRequest};
use alicloud::iot::{self, DeleteOTAFirmwareRequest, ResetThingError, ResetThingRequest};
use alicloud::onsmqtt::{
    self, InactivateDeviceCertificateRequest, UnRegisterDeviceCredentialError, UnRegisterDeviceCredentialRequest,
};
use alicloud::{Config, Credentials, DefaultCredentials, Error};
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};

const USAGE: &str = "\
Calls the five bundled operations.

Usage: cargo run --example quickstart [-- OPTIONS]

Without options, it starts the embedded emulator, calls it, and triggers one typed error per product.

Options:
  --endpoint URL  Call this endpoint, such as http://127.0.0.1:8080
  --real          Call Alibaba Cloud; no account contains the sample IDs, so expect typed errors
  --help          Print this

--endpoint and --real find credentials like the official SDKs: ALIBABA_CLOUD_ACCESS_KEY_ID and
ALIBABA_CLOUD_ACCESS_KEY_SECRET, the profiles of the aliyun tool, and so on.

Exit codes: 0 success, 1 a call failed, 2 wrong usage.
";

enum Target {
    Emulator,
    Endpoint(String),
    Real,
}

#[tokio::main]
async fn main() -> ExitCode {
    let target = match target() {
        Ok(Some(target)) => target,
        Ok(None) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(target).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("quickstart: {error}");
            ExitCode::FAILURE
        }
    }
}

fn target() -> Result<Option<Target>, lexopt::Error> {
    use lexopt::Arg::Long;
    use lexopt::ValueExt as _;
    let mut arguments = lexopt::Parser::from_env();
    let mut target = Target::Emulator;
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("endpoint") => target = Target::Endpoint(arguments.value()?.string()?),
            Long("real") => target = Target::Real,
            Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Some(target))
}

async fn run(target: Target) -> Result<(), Box<dyn StdError>> {
    match target {
        Target::Emulator => {
            let emulator = Emulator::start(concat!(env!("CARGO_MANIFEST_DIR"), "/specs")).await?;
            println!("The emulator serves the specs at {}.\n", emulator.url());
            let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url());
            let failed = call_all(&config, &config, &config).await?;
            if failed > 0 {
                return Err(format!("{failed} calls failed").into());
            }
            trigger_errors(&emulator, &config).await
        }
        Target::Endpoint(url) => {
            let config = Config::new(DefaultCredentials::new()).endpoint(url);
            call_all(&config, &config, &config).await.map(drop)
        }
        Target::Real => {
            let config = Config::new(DefaultCredentials::new());
            let hangzhou = config.clone().region("cn-hangzhou");
            call_all(&hangzhou, &config.region("cn-shanghai"), &hangzhou).await.map(drop)
        }
    }
}

/// Calls the five operations and returns the number of failed calls.
async fn call_all(onsmqtt: &Config, iot: &Config, ecs: &Config) -> Result<usize, Box<dyn StdError>> {
    let onsmqtt = onsmqtt::Client::new(onsmqtt)?;
    let iot = iot::Client::new(iot)?;
    let ecs = ecs::Client::new(ecs)?;

    let credential = UnRegisterDeviceCredentialRequest::new("GID_test@@@test", "post-cn-0pp12gl****", "cn-hangzhou");
    let certificate =
        InactivateDeviceCertificateRequest::new("post-cn-7mz2d******", "356217374433******", "007269004887******");
    let thing = ResetThingRequest::new().iot_id("MpEKNuEUJzIORNANAWJX0010929900*****");
    let firmware = DeleteOTAFirmwareRequest::new("s8SSHiKjpBfrM3BSN0z803****");
    let activation = DeleteActivationRequest::new("cn-hangzhou", "4ECEEE12-56F1-4FBC-9AB1-890F1234****");

    let failed = [
        show(&credential, onsmqtt.un_register_device_credential(&credential).await),
        show(&certificate, onsmqtt.inactivate_device_certificate(&certificate).await),
        show(&thing, iot.reset_thing(&thing).await),
        show(&firmware, iot.delete_ota_firmware(&firmware).await),
        show(&activation, ecs.delete_activation(&activation).await),
    ];
    Ok(failed.into_iter().filter(|failed| *failed).count())
}

fn show<E>(request: &impl Debug, outcome: Result<impl Debug, Error<E>>) -> bool {
    println!("{request:?}");
    match outcome {
        Ok(response) => {
            println!("  -> {response:?}\n");
            false
        }
        Err(error) => {
            println!("  -> failed: {error}\n");
            true
        }
    }
}

/// Triggers one error per product, and matches it.
async fn trigger_errors(emulator: &Emulator, config: &Config) -> Result<(), Box<dyn StdError>> {
    emulator.fail_next("UnRegisterDeviceCredential", "InvalidParameter.ClientId")?;
    let request = UnRegisterDeviceCredentialRequest::new("?", "post-cn-0pp12gl****", "cn-hangzhou");
    match onsmqtt::Client::new(config)?.un_register_device_credential(&request).await {
        Err(error) => match error.service_error() {
            Some(UnRegisterDeviceCredentialError::InvalidParameter(parameter)) => {
                println!("OnsMqtt rejected the parameter {parameter}, as expected: {error}");
            }
            _ => return Err(error.into()),
        },
        Ok(_) => return Err("OnsMqtt returned no error".into()),
    }

    emulator.fail_next("ResetThing", "iot.system.SystemException")?;
    match iot::Client::new(config)?.reset_thing(&ResetThingRequest::new().iot_id("?")).await {
        Err(error) => match error.service_error() {
            Some(ResetThingError::IotSystemSystemException) => {
                println!("Iot returned an error with status 200, as expected: {error}");
            }
            _ => return Err(error.into()),
        },
        Ok(_) => return Err("Iot returned no error".into()),
    }

    emulator.fail_next("DeleteActivation", "ActivationId.InUse")?;
    match ecs::Client::new(config)?.delete_activation(&DeleteActivationRequest::new("cn-hangzhou", "?")).await {
        Err(error) => match error.service_error() {
            Some(DeleteActivationError::ActivationIdInUse) => {
                println!("Ecs rejected the activation code in use, as expected: {error}");
            }
            _ => return Err(error.into()),
        },
        Ok(_) => return Err("Ecs returned no error".into()),
    }
    Ok(())
}
