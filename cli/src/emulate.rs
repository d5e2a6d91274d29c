//! `alicloud emulate`: a local gateway that serves specs.

mod call_line;

use std::future::poll_fn;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use alicloud_emulator::{
    ACCESS_KEY_ID, ACCESS_KEY_SECRET, Builder, Emulator, Policy, Scenario, ServedProduct, StartError,
};
use clap::Args;

use crate::emulate::call_line::call_line;
use crate::ending::{Ending, Failure};
use crate::output::{counted, note, print};
use crate::specs;

/// Serves specs on a local gateway for the official SDKs, and logs each call
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// A folder with `<product>/<version>/service.yaml`, which comes before the catalogue; can be repeated
    #[arg(long, value_name = "DIR")]
    specs: Vec<PathBuf>,
    /// A product of the catalogue, such as `vpc`, or one of its versions, such as `rds/2014-08-15`; can be repeated
    /// [default: all products, in all versions]
    #[arg(long, value_name = "NAME")]
    product: Vec<String>,
    /// Serve only the specs of the given folders
    #[arg(long, requires = "specs", conflicts_with = "product")]
    no_catalogue: bool,
    /// The port to listen on; 0 for a free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    port: u16,
    /// The address to listen on; 0.0.0.0 lets other machines call
    #[arg(long, value_name = "IP", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// Serve only the hosts of this region; can be repeated [default: all regions]
    #[arg(long)]
    region: Vec<String>,
    /// Also accept calls without an AccessKey
    #[arg(long)]
    anonymous: bool,
    /// A YAML file with accounts, prepared responses and existing resources
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
    /// A RAM policy in JSON: accounts without one of their own can only call what it allows
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Append each call to this file, as a line of JSON for `alicloud policy --log` and scripts
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Also accept admin calls from other machines
    #[arg(long)]
    open_admin: bool,
    /// Let callers exceed the documented queries per second
    #[arg(long)]
    no_flow_control: bool,
}

/// The maximum number of product versions that are listed at the start.
const MOST_LISTED: usize = 40;

const AFTER_HELP: &str = "\
Examples:
  alicloud emulate
  alicloud emulate --product vpc --product rds/2014-08-15
  alicloud emulate --specs my-specs --no-catalogue --port 0 --scenario outage.yaml
  alicloud emulate --policy policy.json --log calls.jsonl
  alicloud emulate --anonymous & curl 'http://127.0.0.1:8080/?Action=ResetThing&Version=2018-01-20&IotId=x&Format=JSON'

Configure an SDK with the endpoint, the protocol HTTP and the AccessKey printed at the start. Calls are signed and checked as
on the real gateway, and the response is the example in the spec. Version and Action select the product. If several products
share both, the parameters decide; to be sure, call http://<product>.localhost:<port>, or send the host of the product.

Without options, all operations of the catalogue are served. The spec of an operation is read when it is first called.

While it runs, you can prepare responses and inspect the recorded requests:

  curl http://127.0.0.1:8080/_emulator/calls?operation=ResetThing
  curl http://127.0.0.1:8080/_emulator/responses -d '{\"operation\": \"ResetThing\", \"error\": \"Throttling\", \"times\": 2}'

Each call is a line: time (UTC), product, operation, HTTP status, error code, milliseconds.

Exit codes:
  0  it was stopped with Ctrl-C
  1  the specs have errors
  2  wrong usage, a folder cannot be read, or the port is taken";

pub(crate) fn run(arguments: Arguments) -> Result<Ending, Failure> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| Failure::new(format!("cannot start: {error}")))?;
    runtime.block_on(serve(arguments))
}

async fn serve(arguments: Arguments) -> Result<Ending, Failure> {
    let served = Arc::new(AtomicUsize::new(0));
    let print_call = {
        let served = Arc::clone(&served);
        move |call: &alicloud_emulator::Call| {
            served.fetch_add(1, Ordering::Relaxed);
            // A reader who had enough is not a reason to stop serving.
            drop(print(&call_line(call)));
        }
    };
    let emulator = match builder(&arguments)?.on_call(print_call).start().await {
        Ok(emulator) => emulator,
        Err(StartError::Specs(diagnostics)) => {
            diagnostics.iter().for_each(|diagnostic| note(&format!("{diagnostic}\n")));
            note(&format!("{} in the specs; nothing is served", counted(diagnostics.len(), "error")));
            return Ok(Ending::SpecErrors);
        }
        Err(error) => return Err(failure(&error)),
    };
    let mut stop = pin!(tokio::signal::ctrl_c());
    // The first poll begins to listen, which must happen before the message about it is printed.
    let polled = poll_fn(|context| Poll::Ready(stop.as_mut().poll(context))).await;
    print(&greeting(&emulator, &arguments))?;
    let stopped = match polled {
        Poll::Ready(stopped) => stopped,
        Poll::Pending => stop.await,
    };
    drop(emulator);
    note(&format!("\nstopped after {}", counted(served.load(Ordering::Relaxed), "call")));
    stopped.map(|()| Ending::Fine).map_err(|error| Failure::new(format!("cannot wait for Ctrl-C: {error}")))
}

fn builder(arguments: &Arguments) -> Result<Builder, Failure> {
    let mut builder = Emulator::builder().listen(SocketAddr::new(arguments.address, arguments.port));
    for folder in &arguments.specs {
        specs::readable(folder)?;
        builder = builder.specs(folder);
    }
    for name in &arguments.product {
        builder = builder.product(name);
    }
    if arguments.product.is_empty() && !arguments.no_catalogue {
        builder = builder.catalogue();
    }
    for region in &arguments.region {
        builder = builder.region(region);
    }
    if let Some(file) = &arguments.scenario {
        let scenario = Scenario::read(file).map_err(|error| {
            Failure::new(error.to_string()).help("the guide's chapter on the emulator, `src/guide/emulator.md`, shows what a scenario may say under Scenarios")
        })?;
        builder = builder.scenario(scenario);
    }
    if let Some(file) = &arguments.policy {
        let policy = Policy::read(file).map_err(|error| {
            Failure::new(error.to_string()).help("`alicloud policy` prints policies that the emulator can check")
        })?;
        builder = builder.policy(policy);
    }
    if let Some(file) = &arguments.log {
        builder = builder.call_log(file);
    }
    if arguments.open_admin {
        builder = builder.admin_from_anywhere();
    }
    if arguments.anonymous {
        builder = builder.anonymous();
    }
    Ok(if arguments.no_flow_control { builder } else { builder.flow_control() })
}

fn failure(error: &StartError) -> Failure {
    let failure = Failure::new(error.to_string());
    match error {
        StartError::Listen(_, cause) if cause.kind() == io::ErrorKind::AddrInUse => {
            failure.help("use another port with `--port N`, or a free one with `--port 0`")
        }
        StartError::NoOperations => failure.help(specs::EXPECTED),
        StartError::Catalogue(error) => Failure::new(error.to_string()).help(error.help()),
        _ => failure,
    }
}

fn greeting(emulator: &Emulator, arguments: &Arguments) -> String {
    let products = emulator.products();
    let operations: usize = products.iter().map(|product| product.operations.len()).sum();
    let source = match (arguments.specs.is_empty(), arguments.no_catalogue) {
        (true, _) => "the catalogue",
        (false, true) => "the given specs",
        (false, false) => "the given specs and the catalogue",
    };
    let (operations, versions) = (counted(operations, "operation"), counted(products.len(), "product version"));
    let mut text = format!("Serving {operations} of {versions}, from {source}");
    if products.len() <= MOST_LISTED {
        text += ":\n";
        for ServedProduct { product, version, operations, .. } in &products {
            text += &format!("  {product} {version}  {}\n", counted(operations.len(), "operation"));
        }
    } else {
        text += "\n";
    }
    text += &format!("\n  endpoint          {}\n", emulator.url());
    text += &match emulator.access_key_ids().as_slice() {
        // Those of a scenario have the secrets that stand there.
        [id] if *id == ACCESS_KEY_ID && arguments.scenario.is_none() => {
            format!("  AccessKey id      {id}\n  AccessKey secret  {ACCESS_KEY_SECRET}\n")
        }
        ids => format!("  AccessKey ids     {}\n", ids.join(", ")),
    };
    if let Some(file) = &arguments.policy {
        text += &format!("  policy            {}; its resources are not checked\n", file.display());
    }
    text += &format!("  page              {}/\n", emulator.url());
    text += &format!("  admin API         {}/_emulator/\n", emulator.url());
    text += "\nCtrl-C stops it.\n";
    text
}
