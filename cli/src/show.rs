//! `alicloud show`: the documentation of a product or of an operation.

mod product;

use std::path::PathBuf;

use clap::Args;

use crate::described::{self, Specs};
use crate::ending::{Ending, Failure};
use crate::operation_entry::OperationEntry;
use crate::output::{self, print};
use crate::{call, manual};

const AFTER_HELP: &str = "\
Names can be written in any case, with hyphens or underscores. Operations are looked up in the specs, then in the catalogue of
all operations.

Examples:
  alicloud show ecs                                      lists the versions, endpoints and operations of a product
  alicloud show ecs describe-instances                   parameters, response, errors, and how to call it
  alicloud show rds DescribeDBInstances --version 2014-08-15 | less
  alicloud show iot ResetThing --json                    the object that `alicloud ops --json` has for it

Exit codes:
  0  it was shown
  2  wrong usage, an unknown name, or the specs cannot be read";

/// Shows a product, or the parameters, response, errors and calls of an operation
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The product, such as `ecs`
    product: String,
    /// The operation, such as `DescribeInstances`
    operation: Option<String>,
    /// The API version [default: the one with the most documented operations]
    #[arg(long, value_name = "DATE")]
    version: Option<String>,
    /// The folder with `<product>/<version>/service.yaml` to look into first [default: the bundled specs]
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// JSON for scripts
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let Arguments { product, operation, version, specs, json } = arguments;
    let specs = Specs::read(specs.as_deref(), product, operation.as_deref())?;
    let Some(name) = operation else {
        let product = product::Overview::find(&specs, product, version.as_deref())?;
        if *json {
            print(&output::json(&product)?)?
        } else {
            product.page().print()?
        }
        return Ok(Ending::Fine);
    };
    let found = described::find(&specs, product, version.as_deref(), name)?;
    if *json {
        print(&output::json(&OperationEntry::new(&found.service, &found.operation))?)?;
    } else {
        manual::operation(&found, &call::option_names())?.print()?;
    }
    Ok(Ending::Fine)
}
