//! Reads all pages of every list of some products from the emulator.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a program for one's own machine that cannot go on says so and stops"
)]

mod request;

/// The test program is generated, but a change of the runtime that breaks it is an error here.
#[cfg(test)]
#[allow(dead_code, reason = "only the compiler reads it")]
mod walk {
    include!("walk.rs");
}

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use alicloud_benches::facts::Facts;
use alicloud_benches::metadata::{self, Document};
use alicloud_benches::scratch::{self, our_dependencies, package_manifest, repository, write};
use alicloud_cli::import::{Options, convert};
use alicloud_model::sample_xml::{Element, parse};
use alicloud_model::{Operation, Position, Service, SourceFile, load_sources};
use clap::Parser;
use serde_json::Value as Json;
use serde_yaml::Value;

use crate::request::sample_request;

const AFTER_HELP: &str = "\
Every operation with `pagination` is imported, generated and compiled. Its list is requested from the emulator with pages of
two items, and must end with as many items as the sample has, or the one that the emulator generates without a sample.

Exit codes:
  0  every list ends with the items that are served
  1  some do not
  2  wrong usage, the files cannot be read, or something does not compile

Example:
  listings all-products.jsonl --samples samples.jsonl --products Ecs,Vpc,Rds,Ram,Iot";

/// Reads all pages of every list of some products from the emulator
#[derive(Parser)]
#[command(name = "listings", after_help = AFTER_HELP)]
struct Arguments {
    /// The documents, one after the other (`.jsonl`, or any `.json`); `-` reads them from the standard input
    documents: PathBuf,
    /// A file with sample responses: an object with product, version, operation, json and xml per line
    #[arg(long, value_name = "FILE")]
    samples: Option<PathBuf>,
    /// The products
    #[arg(long, value_name = "NAMES", value_delimiter = ',', default_value = "Ecs,Vpc,Rds,Ram,Iot")]
    products: Vec<String>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    let facts = Facts::read(None, arguments.samples.as_deref())?;
    let documents = metadata::read(&arguments.documents, None)?;
    let workspace = scratch::workspace("listings");
    scratch::write_workspace(&workspace, &["walked".to_owned()]);
    let folder = workspace.join("walked");
    let mut counts = String::new();
    let (mut all, mut with_sample) = (0, 0);
    for document in documents.iter().filter(|document| arguments.products.contains(&document.product)) {
        for (module, name, count) in write_product(document, &facts, &folder)? {
            all += 1;
            if let Some(count) = count {
                with_sample += 1;
                counts.push_str(&format!("{module} {name} {count}\n"));
            }
        }
    }
    write(&folder.join("counts"), &counts);
    write_crate(&folder);
    println!("{all} operations with pagination, {with_sample} of them with a sample");
    let output = Command::new("cargo")
        .args(["test", "--quiet", "--package", "walked"])
        .current_dir(&workspace)
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    let printed = String::from_utf8_lossy(&output.stdout);
    if !printed.contains("test result: ") {
        return Err(format!("it does not compile: {}", String::from_utf8_lossy(&output.stderr)));
    }
    printed.lines().filter(|line| line.contains("test result: ") || line.contains("panicked")).for_each(|line| {
        println!("{line}");
    });
    if !output.status.success() {
        println!("{printed}");
    }
    Ok(output.status.success())
}

/// Writes the specs of a product's lists: as imported, for the emulator, and with a request, for the client.
fn write_product(
    document: &Document,
    facts: &Facts,
    folder: &Path,
) -> Result<Vec<(String, String, Option<usize>)>, String> {
    let root = facts.complete(document);
    let converted =
        convert(root.to_string().as_bytes(), &Options::default()).map_err(|error| error.message().to_owned())?;
    let specs = &converted.report.folder;
    let files = converted.files().into_iter();
    let sources: Vec<SourceFile> =
        files.map(|(name, text)| SourceFile { path: format!("{specs}/{name}"), text }).collect();
    let loaded = load_sources(&sources);
    let service = loaded.services.first().ok_or("the product has errors")?;
    let mut written = Vec::new();
    for source in &sources {
        let name = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".yaml");
        let operation = service.operation(name);
        let text = match operation {
            None if matches!(name, "service" | "types") => source.text.clone(),
            Some(operation) if is_walked(operation) => {
                written.push((service.module.clone(), name.to_owned(), items_of_sample(operation)));
                with_request(service, operation, &source.text)?
            }
            _ => continue,
        };
        write(&folder.join("served").join(&source.path), &source.text);
        write(&folder.join("specs").join(&source.path), &text);
    }
    Ok(written)
}

/// A loopback address has no subdomains, so operations with a host parameter cannot be called.
fn is_walked(operation: &Operation) -> bool {
    operation.pagination.is_some() && operation.parameters.iter().all(|one| one.position != Position::Host)
}

/// Returns the number of items in the sample.
fn items_of_sample(operation: &Operation) -> Option<usize> {
    let path = &operation.pagination.as_ref()?.items;
    let example = operation.examples.first()?;
    if let Some(text) = &example.json {
        let sample: Json = serde_json::from_str(text).ok()?;
        let items = path.iter().try_fold(&sample, |value, name| value.get(name));
        return Some(items.and_then(Json::as_array).map_or(0, Vec::len));
    }
    let root = parse(example.xml.as_deref()?).ok()?;
    let (last, above) = path.split_last()?;
    let mut inside = Some(&root);
    for name in above {
        inside = inside.and_then(|element| children(element, name).next());
    }
    Some(inside.map_or(0, |element| children(element, last).count()))
}

fn children<'e>(element: &'e Element, name: &'e str) -> impl Iterator<Item = &'e Element> {
    element.children.iter().filter(move |child| child.name == name)
}

/// Returns the spec with an example that requests small pages.
fn with_request(service: &Service, operation: &Operation, text: &str) -> Result<String, String> {
    let mut spec: Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    let request = sample_request(service, operation);
    let example = serde_json::json!([{ "request": request, "json": "{}\n" }]);
    let example = serde_yaml::to_value(&example).map_err(|error| error.to_string())?;
    if let Some(keys) = spec.as_mapping_mut() {
        keys.insert(Value::from("examples"), example);
    }
    serde_yaml::to_string(&spec).map_err(|error| error.to_string())
}

fn write_crate(folder: &Path) {
    let repository = repository();
    let runtime = repository.join("runtime");
    let ours = our_dependencies(&repository).replace(
        &format!("{{ path = {runtime:?} }}"),
        &format!("{{ path = {runtime:?}, features = [\"pagination\"] }}"),
    );
    let dependencies = format!(
        "{ours}alicloud-emulator = {{ path = {:?} }}\ntokio = {{ version = \"1\", features = [\"rt-multi-thread\"] }}\n",
        repository.join("emulator")
    );
    write(&folder.join("Cargo.toml"), &package_manifest("walked", &dependencies, &[]));
    write(&folder.join("src/lib.rs"), "alicloud_macros::generate!(\"specs\");\n");
    let tests = format!("{}alicloud_macros::example_tests!(\"specs\", walked, check);\n", include_str!("walk.rs"));
    write(&folder.join("tests/walk.rs"), &tests);
}
