//! The manual page of an operation.

mod command_line;
mod facts;
mod fields;

use alicloud_catalogue::Catalogue;
use alicloud_model::{ErrorRow, Operation, ResponseKind, Service};
use quote::quote;

use crate::described::{Described, Origin};
use crate::ending::Failure;
#[cfg(test)]
pub(crate) use crate::manual::command_line::command_line;
use crate::manual::fields::{Fields, Role};
use crate::sample_call;
use crate::terminal::TerminalText;

/// The page of an operation: its description, parameters, response, errors and calls.
///
/// `options` are the names of the options of `alicloud call`: parameters with the same name are passed with `--param`.
pub(crate) fn operation(described: &Described, options: &[String]) -> Result<TerminalText, Failure> {
    let Described { service, operation, origin, .. } = described;
    let mut page = TerminalText::new();
    head(&mut page, described);
    parameters(&mut page, service, operation);
    response(&mut page, service, operation);
    errors(&mut page, service, operation);
    let sample = operation.examples.first().and_then(|example| example.json.as_ref().or(example.xml.as_ref()));
    if let Some(sample) = sample {
        page.heading("Sample response");
        page.verbatim(2, sample);
    }
    page.heading("Command line");
    page.verbatim(2, &command_line::command_line(service, operation, options));
    page.heading("Rust");
    page.verbatim(2, &rust(service, operation, *origin)?);
    Ok(page)
}

/// The help for a call from the command line: the description of the operation, and its parameters.
pub(crate) fn call_help(described: &Described, options: &[String]) -> TerminalText {
    let Described { service, operation, .. } = described;
    let mut page = TerminalText::new();
    head(&mut page, described);
    parameters(&mut page, service, operation);
    page.heading("Command line");
    page.verbatim(2, &command_line::command_line(service, operation, options));
    page
}

/// The official documentation of an operation; `None` for a product that only the specs have.
fn link(service: &Service, operation: &Operation) -> Option<String> {
    let Service { product, version, .. } = service;
    let is_official = Catalogue::bundled().is_ok_and(|catalogue| catalogue.find(product).is_ok());
    is_official.then(|| format!("https://api.alibabacloud.com/document/{product}/{version}/{}", operation.name))
}

fn head(page: &mut TerminalText, described: &Described) {
    let Described { service, operation, .. } = described;
    page.heading(&format!("{} {} {}", service.product, service.version, operation.name));
    // The placeholder of the importer is not a summary.
    if operation.summary != format!("Calls {}.", operation.name) {
        page.paragraph(2, &operation.summary);
        page.blank();
    }
    if !operation.doc.is_empty() {
        page.paragraph(2, &operation.doc);
        page.blank();
    }
    for (name, text) in facts::facts(described) {
        page.entry(2, name, &text);
    }
    if let Some(link) = link(service, operation) {
        page.entry(2, "Documentation", &link);
    }
}

fn parameters(page: &mut TerminalText, service: &Service, operation: &Operation) {
    page.heading("Parameters");
    if operation.parameters.is_empty() {
        page.paragraph(2, "None.");
    }
    let mut fields = Fields::new(&service.types, Role::Parameter);
    for parameter in operation.ordered_parameters() {
        fields.parameter(page, operation, parameter);
    }
    for rule in &operation.rules {
        page.paragraph(2, &facts::rule(rule));
    }
}

fn response(page: &mut TerminalText, service: &Service, operation: &Operation) {
    page.heading("Response");
    let mut fields = Fields::new(&service.types, Role::Response);
    match (operation.response_kind(), &operation.response_body) {
        (ResponseKind::Whole, Some(body)) => fields.body(page, body),
        (ResponseKind::Fields, _) => operation.response.iter().for_each(|field| fields.field(page, 2, field, None)),
        _ => page.paragraph(2, "Not documented."),
    }
    for field in &operation.response_headers {
        fields.field(page, 2, field, Some("header"));
    }
}

/// The errors of the operation, then those of its product with other codes.
fn errors(page: &mut TerminalText, service: &Service, operation: &Operation) {
    let is_own = |row: &&ErrorRow| operation.errors.iter().any(|own| own.code == row.code);
    let shared = service.errors.iter().filter(|row| !is_own(row));
    let rows: Vec<&ErrorRow> = operation.errors.iter().chain(shared).collect();
    page.heading("Errors");
    if rows.is_empty() {
        page.paragraph(2, "None documented, except those of the gateway, such as `Throttling.User`.");
    }
    for row in rows {
        page.entry(2, &row.code, &format!("HTTP {}. {}", row.status, row.message));
        page.paragraph(6, &row.doc);
    }
}

/// The Rust code of a call, as a part of an asynchronous function.
fn rust(service: &Service, operation: &Operation, origin: Origin) -> Result<String, Failure> {
    let config = sample_call::config(service);
    let call = sample_call::statements(service, operation)?;
    let statements = sample_call::formatted(&quote!(let config = #config; #call))?;
    let module = &service.module;
    Ok(match origin {
        Origin::Bundled => {
            format!("use alicloud::{module};\nuse alicloud::{{Config, DefaultCredentials}};\n\n{statements}")
        }
        Origin::Folder | Origin::Catalogue => {
            let mut text = String::new();
            if origin == Origin::Catalogue {
                text = format!(
                    "// `alicloud add {} {} --version {}` writes the spec.\n",
                    service.feature, operation.name, service.version
                );
            }
            text + &format!(
                "use crate::{module};\nuse alicloud_runtime::{{Config, DefaultCredentials}};\n\n{statements}"
            )
        }
    })
}
