//! The command line of a call with sample values.

use alicloud_model::{Operation, Sample, Service};
use serde_json::{Map, Value};

use crate::sample_call;

/// Longer commands have one parameter per line.
const LONGEST: usize = 90;

/// `alicloud call …` with the required parameters. Parameters with the name of an option are passed with `--param`.
pub(super) fn command_line(service: &Service, operation: &Operation, options: &[String]) -> String {
    let mut parts = vec![format!("alicloud call {} {}", service.feature, operation.name)];
    for (name, sample) in sample_call::required_values(service, operation) {
        let value = text(&sample);
        parts.push(match options.contains(&name) {
            true => format!("--param {}", quoted(&format!("{name}={value}"))),
            false => format!("--{name} {}", quoted(&value)),
        });
    }
    if let Some(region) = sample_call::region(service) {
        parts.push(format!("--region {region}"));
    }
    let line = parts.join(" ");
    if line.len() <= LONGEST { line } else { parts.join(" \\\n  ") }
}

/// The value as the command accepts it: structures are JSON.
fn text(sample: &Sample) -> String {
    match sample {
        Sample::Text(text) => text.clone(),
        structure => json(structure).to_string(),
    }
}

fn json(sample: &Sample) -> Value {
    match sample {
        Sample::Text(text) => Value::String(text.clone()),
        Sample::List(items) => Value::Array(items.iter().map(json).collect()),
        Sample::Object(members) => {
            Value::Object(members.iter().map(|(name, sample)| (name.clone(), json(sample))).collect::<Map<_, _>>())
        }
    }
}

/// The text, quoted for a shell.
fn quoted(text: &str) -> String {
    // A shell's arguments have no null characters.
    shlex::try_quote(text).map_or_else(|_| "''".to_owned(), std::borrow::Cow::into_owned)
}
