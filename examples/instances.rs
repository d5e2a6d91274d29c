//! Starts the stopped ECS instances of a region, and tags them.
//!
//! ```text
//! alicloud policy --source examples/instances.rs   # the RAM policy that it needs
//! cargo run --example instances -- cn-hangzhou     # with the credentials of the environment
//! ```
//!
//! To try it without an account, run `alicloud emulate` and give its URL as the second argument.

use std::error::Error;
use std::process::ExitCode;

use alicloud::ecs::{
    self, DescribeInstancesRequest, StartInstanceRequest, TagResourcesRequest, TagResourcesRequestTag,
};
use alicloud::{Config, DefaultCredentials};

#[tokio::main]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(region) = arguments.next() else {
        eprintln!("usage: instances REGION [ENDPOINT]");
        return ExitCode::from(2);
    };
    let mut config = Config::new(DefaultCredentials::new()).region(&region);
    if let Some(endpoint) = arguments.next() {
        config = config.endpoint(endpoint);
    }
    match start_stopped(&config, &region).await {
        Ok(started) => {
            println!("{} started: {}", started.len(), started.join(", "));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("instances: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Starts the stopped instances of a region, tags them, and returns their IDs.
pub(crate) async fn start_stopped(config: &Config, region: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let ecs = ecs::Client::new(config)?;
    let started = stopped(&ecs, region).await?;
    for instance in &started {
        ecs.start_instance(&StartInstanceRequest::new(instance)).await?;
    }
    if !started.is_empty() {
        let tag = TagResourcesRequestTag::new("started-by", "instances");
        ecs.tag_resources(&TagResourcesRequest::new(region, "instance", started.clone(), vec![tag])).await?;
    }
    Ok(started)
}

async fn stopped(ecs: &ecs::Client, region: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let request = DescribeInstancesRequest::new(region);
    let mut instances = ecs.describe_instances(&request).items();
    let mut stopped = Vec::new();
    while let Some(instance) = instances.next().await {
        let instance = instance?;
        if instance.status == "Stopped" {
            stopped.push(instance.instance_id);
        }
    }
    Ok(stopped)
}
