//! `alicloud policy`: the RAM policy that allows what a program calls, and nothing else.

mod call_log;
mod document;
mod needed;
mod source;

use std::path::{Path, PathBuf};

use clap::Args;

use crate::described::{self, Described, Specs};
use crate::ending::{Ending, Failure};
use crate::output::{self, counted, note, print};
use crate::policy::document::Document;
use crate::policy::needed::{Need, Needs};

const AFTER_HELP: &str = "\
Operations are named as `PRODUCT.OPERATION`, in any case, with hyphens or underscores. A version can follow the product. Calls in
Rust are recognized by the types of requests and clients: of the crate `alicloud`, and of `alicloud_macros::generate!`. Code for
tests only (`#[cfg(test)]`) does not count.

The policy is written to standard output, and notes to standard error. Few specs document the action of an operation. For the
others, it is inferred from the code of the product in RAM and the name of the operation, and the notes list it. About 6 in 100
inferred actions are wrong. The policy allows all resources, unless the specs contain ARNs.

Examples:
  alicloud policy ecs.DescribeInstances vpc.CreateVpc > policy.json
  alicloud policy rds/2014-08-15.describe-db-instances
  alicloud policy --source src --explain                 lists the lines that call each operation
  alicloud emulate --log calls.jsonl                     then run your tests against the emulator, and
  alicloud policy --log calls.jsonl > policy.json        allow what they called
  alicloud emulate --policy policy.json                  rejects calls that the policy does not allow

Exit codes:
  0  the policy is complete
  1  it is not: the action of an operation is unknown, or a call in the source cannot be resolved
  2  wrong usage, an unknown name, or a file cannot be read";

/// Prints the RAM policy for the operations that a program calls
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// An operation, such as `ecs.DescribeInstances`
    #[arg(value_name = "OPERATION", required_unless_present_any = ["source", "log"])]
    operations: Vec<String>,
    /// Rust code whose calls are allowed: a package, a folder such as `src`, or a file; can be repeated
    #[arg(long, value_name = "PATH")]
    source: Vec<PathBuf>,
    /// The emulator's log of calls, which are allowed; can be repeated
    #[arg(long, value_name = "FILE")]
    log: Vec<PathBuf>,
    /// The folder with `<product>/<version>/service.yaml` to look into first [default: the bundled specs]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// List the source of each action and the lines that need it, on standard error
    #[arg(long)]
    explain: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let mut needs = Needs::default();
    for name in &arguments.operations {
        let Described { service, operation, .. } = find(name, arguments.specs.as_deref())?;
        needs.add(Need::new(&service, &operation), "the command line".to_owned());
    }
    source::read(&arguments.source, &mut needs)?;
    for log in &arguments.log {
        call_log::read(log, arguments.specs.as_deref(), &mut needs)?;
    }
    if needs.operations.is_empty() && needs.unresolved.is_empty() {
        return Err(Failure::new("no call of an operation was found").help(
            "name operations such as `ecs.DescribeInstances`, or give the source that calls typed clients, or a log with calls",
        ));
    }
    if let Some(document) = Document::new(&needs) {
        print(&output::json(&document)?)?;
    }
    if arguments.explain {
        explain(&needs);
    }
    Ok(if report(&needs) { Ending::Fine } else { Ending::Incomplete })
}

/// Finds the operation of `ecs.DescribeInstances` or `rds/2014-08-15.DescribeDBInstances`.
fn find(name: &str, specs: Option<&Path>) -> Result<Described, Failure> {
    let Some((product, operation)) = name.rsplit_once('.') else {
        return Err(Failure::new(format!("`{name}` does not name a product and an operation"))
            .help("write both with a dot between them, such as `ecs.DescribeInstances`"));
    };
    let (product, version) = match product.split_once('/') {
        Some((product, version)) => (product, Some(version)),
        None => (product, None),
    };
    let specs = Specs::read(specs, product, Some(operation))?;
    described::find(&specs, product, version, operation)
}

/// Lists the operations with their actions, and the lines that call them.
fn explain(needs: &Needs) {
    for (Need { product, version, operation }, permission) in &needs.operations {
        let action = match &permission.action {
            Some(action) if action.is_inferred => format!("{} (inferred)", action.action),
            Some(action) => format!("{} (documented)", action.action),
            None => "unknown action".to_owned(),
        };
        note(&format!("{action}: {product} {version} {operation}"));
        permission.places.iter().for_each(|place| note(&format!("  {place}")));
    }
}

/// Reports what is inferred and what is missing. Returns whether the policy is complete.
fn report(needs: &Needs) -> bool {
    let mut inferred = Vec::new();
    let mut wide = Vec::new();
    let mut without_resource = 0;
    let mut unknown = Vec::new();
    for (need, permission) in &needs.operations {
        let Some(action) = &permission.action else {
            unknown.push(need);
            continue;
        };
        if action.is_inferred && !inferred.contains(&action.action.as_str()) {
            inferred.push(action.action.as_str());
        }
        if action.action.contains('*') {
            wide.push(format!("{} of {} {}", action.action, need.product, need.operation));
        }
        without_resource += usize::from(permission.resources.is_empty());
    }
    let arns = needs.operations.values().flat_map(|permission| &permission.resources);
    if !inferred.is_empty() {
        note(&format!("note: inferred, not documented: {}", inferred.join(", ")));
    }
    if !wide.is_empty() {
        note(&format!("note: the spec states a wildcard: {}", wide.join(", ")));
    }
    if without_resource > 0 {
        let operations = counted(without_resource, "operation");
        note(&format!("note: `Resource` is `*` for {operations}, because the specs do not state ARNs"));
    }
    if arns.into_iter().any(|arn| arn.contains('*')) {
        note("note: replace each `*` in an ARN with your region, account and resource, if one is enough");
    }
    for Need { product, version, operation } in &unknown {
        note(&format!("error: the RAM action of {product} {version} {operation} is unknown, so the policy lacks it"));
        note(&format!("  = help: see https://api.alibabacloud.com/document/{product}/{version}/{operation}"));
    }
    if !unknown.is_empty() {
        note(
            "  = help: add it to the policy; in your own specs, state `ram` of the operation or `ram_code` of the product",
        );
    }
    for unresolved in &needs.unresolved {
        note(&format!("error: {unresolved}"));
    }
    if !needs.unresolved.is_empty() {
        note("  = help: name what these lines call on the command line, such as `ecs.DescribeInstances`");
    }
    unknown.is_empty() && needs.unresolved.is_empty()
}
