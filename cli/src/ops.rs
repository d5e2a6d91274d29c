//! `alicloud ops`: the operations that specs describe.

use std::path::PathBuf;

use alicloud_model::{Operation, Service};
use clap::Args;

use crate::ending::{Ending, Failure};
use crate::operation_entry::OperationEntry;
use crate::output::{self, print};
use crate::specs;

/// Lists the operations: a table for people, or JSON for scripts
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The folder with `<product>/<version>/service.yaml`
    specs_dir: PathBuf,
    /// A JSON list, with parameters, response and errors
    #[arg(long)]
    json: bool,
}

const AFTER_HELP: &str = "\
Examples:
  alicloud ops specs
  alicloud ops specs --json | jq '.[] | select(.effect == \"write\") | .operation'

The JSON list has an object for each operation: product, version, module, gateway, api_style, operation, summary, doc,
methods, path, effect, idempotent, deprecated, deprecated_note, qps, qps_per, ram_action,
ram_action_is_inferred, ram_access, ram_resource, form_as, parameters, rules, response, response_body, types, errors,
pagination and waiters. Undocumented values are null. The errors include those of the whole product.

Exit codes:
  0  the operations were listed
  1  the specs have errors; the other operations were listed
  2  wrong usage, or the folder cannot be read";

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let loaded = specs::load(&arguments.specs_dir)?;
    let all = || loaded.services.iter().flat_map(|service| service.operations.iter().map(move |one| (service, one)));
    if arguments.json {
        let operations: Vec<OperationEntry<'_>> =
            all().map(|(service, operation)| OperationEntry::new(service, operation)).collect();
        print(&output::json(&operations)?)?;
    } else {
        print(&table(all()))?;
    }
    Ok(specs::ending(&loaded, &arguments.specs_dir))
}

const COLUMNS: [&str; 6] = ["PRODUCT", "VERSION", "OPERATION", "METHODS", "QPS", "SUMMARY"];

fn table<'s>(operations: impl Iterator<Item = (&'s Service, &'s Operation)>) -> String {
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    rows.extend(operations.map(|(service, operation)| {
        [
            service.product.clone(),
            service.version.clone(),
            operation.name.clone(),
            operation.method_names().join(","),
            operation.flow.as_ref().map_or_else(|| "-".to_owned(), |flow| flow.qps.to_string()),
            // A summary can have several lines, a row only one.
            operation.summary.split_whitespace().collect::<Vec<_>>().join(" "),
        ]
    }));
    let mut widths = [0; COLUMNS.len()];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &[String; COLUMNS.len()]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
