//! The command line of a call with sample values.

use alicloud_catalogue::Catalogue;
use alicloud_model::{Operation, Sample, Service};

use crate::{sample_call, sample_values, specs};

/// Longer commands have one parameter per line.
const LONGEST: usize = 90;

/// `alicloud call …` with the required parameters. Parameters with the name of an option are passed with `--param`.
pub(crate) fn command_line(service: &Service, operation: &Operation, options: &[String]) -> String {
    let mut parts = vec![format!("alicloud call {} {}", service.feature, operation.name)];
    for (name, sample) in sample_values::required_values(service, operation) {
        let value = text(&sample);
        parts.push(match options.contains(&name) {
            true => format!("--param {}", quoted(&format!("{name}={value}"))),
            false => format!("--{name} {}", quoted(&value)),
        });
    }
    if !is_called_without_version(service, operation) {
        parts.push(format!("--version {}", service.version));
    }
    if let Some(region) = sample_call::region(service) {
        parts.push(format!("--region {region}"));
    }
    let line = parts.join(" ");
    if line.len() <= LONGEST { line } else { parts.join(" \\\n  ") }
}

/// Whether `alicloud call` calls this version of the operation if it is given none.
fn is_called_without_version(service: &Service, operation: &Operation) -> bool {
    // The bundled specs come first.
    let is_bundled_version = |path: &str| path.contains(&format!("/{}/", service.version));
    let bundled = specs::bundled(&service.product, Some(&operation.name));
    let mut bundled =
        bundled.iter().filter(|file| file.path.ends_with(&format!("/{}.yaml", operation.name))).peekable();
    if bundled.peek().is_some() {
        return bundled.all(|file| is_bundled_version(&file.path));
    }
    let product = Catalogue::bundled().and_then(|catalogue| catalogue.find(&service.product));
    // The catalogue does not have the products of other specs.
    product.map_or(true, |product| product.default_version().version() == service.version)
}

/// The value as the command accepts it: structures are JSON.
fn text(sample: &Sample) -> String {
    match sample {
        Sample::Text(text) => text.clone(),
        structure => sample_values::json(structure).to_string(),
    }
}

/// The text, quoted for a shell.
fn quoted(text: &str) -> String {
    // A shell's arguments have no null characters.
    shlex::try_quote(text).map_or_else(|_| "''".to_owned(), std::borrow::Cow::into_owned)
}
