//! Converts a whole document: its operations, its shared types, and the properties of the product.

use std::cell::RefCell;
use std::collections::BTreeSet;

use alicloud_model::naming::camel;
use alicloud_model::{ApiStyle, Position, nearest};

use super::document::{Document, ImportError};
use super::endpoints::read_endpoints;
use super::example::{Checked, json_sample, read_example};
use super::field::{Field, types_in};
use super::json::Json;
use super::naming::check_operation_name;
use super::operation::{Operation, ProductContext, read_operation};
use super::options::Options;
use super::outcome::{find_outcomes, most_frequent};
use super::pagination::Listing;
use super::report::{Note, Reason, Report, Scope, Tally, shown};
use super::retried_codes::retried_codes;
use super::rust_names::TypeNames;
use super::schema::Schemas;
use super::spec_file::{operation_node, outcome_node, service_node, types_node};
use super::yaml::Node;

/// The spec files of a document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Converted {
    /// The product's folder below the specs folder.
    pub product_folder: String,
    /// The report.
    pub report: Report,
    pub(crate) nodes: Vec<(String, Node)>,
    /// Every operation of the document that a spec can describe, selected or not.
    pub(crate) all_operations: Vec<String>,
}

impl Converted {
    /// Returns the name of each file in its version folder, with its text.
    pub fn files(&self) -> Vec<(String, String)> {
        self.nodes.iter().map(|(name, node)| (name.clone(), node.to_yaml())).collect()
    }

    /// Sets the name of the Rust module.
    pub(crate) fn set_module(&mut self, module: &str) {
        if let Some((_, Node::Map(entries))) = self.nodes.first_mut() {
            let at = entries.len().min(2);
            entries.insert(at, ("module".to_owned(), Node::text(module)));
        }
    }
}

/// Converts a document to spec files. `kept_outcome` is the outcome of an existing `service.yaml`, if it is kept; `Some(None)`
/// if that file has none.
pub(crate) fn convert(
    document: &Document,
    options: &Options,
    kept_outcome: Option<Option<Node>>,
) -> Result<Converted, ImportError> {
    let product_folder = document.product_folder()?;
    let apis = document.root.get("apis").members();
    check_wanted(options, apis)?;
    let schemas = Schemas::new(document.root.get("components").get("schemas").members());
    let mut conversion = Conversion {
        document,
        apis,
        context: ProductContext { schemas: &schemas, style: &document.style },
        notes: RefCell::new(Vec::new()),
        names: TypeNames::new(),
        report: Report {
            product: document.product.clone(),
            version: document.version.clone(),
            folder: format!("{product_folder}/{}", document.version),
            ..Report::default()
        },
    };
    let usable = conversion.usable_operations();
    let all_operations = usable.iter().map(|(name, _)| (*name).to_owned()).collect();
    let mut operations = conversion.read_operations(usable);
    let shared = conversion.read_shared_types(&mut operations);
    conversion.find_paginations(&mut operations, &shared.types);
    let style = product_style(&document.style, &operations);
    let host_parameters = host_parameters(&operations);
    let outcome = conversion.find_outcomes_and_examples(&mut operations, &shared.types, kept_outcome);
    let is_wanted = |name: &str| options.operations.is_empty() || options.operations.iter().any(|one| one == name);
    let (wanted, others): (Vec<_>, Vec<_>) = operations.into_iter().partition(|operation| is_wanted(&operation.name));
    conversion.count(&wanted, &others);
    let reached = reached_types(&wanted, &shared.types);
    conversion.report.types = reached.len();

    let scope = Scope::new(&conversion.notes, "service");
    let endpoints = read_endpoints(&document.root, &host_parameters, &scope);
    let mut nodes = vec![("service.yaml".to_owned(), service_node(document, style, endpoints.as_ref(), outcome))];
    if !reached.is_empty() {
        let used = shared.types.iter().filter(|(name, _)| reached.contains(name.as_str()));
        nodes.push(("types.yaml".to_owned(), types_node(used, &|name: &str| shared.name_of(name))));
    }
    let file = |operation: &Operation| {
        (format!("{}.yaml", operation.name), operation_node(operation, style, &|name: &str| shared.name_of(name)))
    };
    nodes.extend(wanted.iter().map(file));
    let Conversion { notes, mut report, .. } = conversion;
    report.notes = notes.into_inner();
    let skipped: BTreeSet<&str> = others.iter().map(|operation| operation.name.as_str()).collect();
    report.notes.retain(|note| !is_about(note, &skipped));
    Ok(Converted { product_folder, report, nodes, all_operations })
}

/// A document that is being converted.
struct Conversion<'d> {
    document: &'d Document,
    apis: &'d [(String, Json)],
    context: ProductContext<'d>,
    notes: RefCell<Vec<Note>>,
    names: TypeNames,
    report: Report,
}

impl<'d> Conversion<'d> {
    /// The operations that a spec can describe. Their names are taken first, so that shared types get other ones.
    fn usable_operations(&mut self) -> Vec<(&'d str, &'d Json)> {
        let mut usable: Vec<(&str, &Json)> = Vec::with_capacity(self.apis.len());
        let mut seen = BTreeSet::new();
        for (name, raw) in self.apis {
            self.report.operations.in_document += 1;
            let rejection = if !raw.is_object() {
                Some((Reason::MalformedOperation, format!("it is {}", raw.kind())))
            } else if !seen.insert(name.as_str()) {
                Some((Reason::MalformedOperation, "it is a duplicate; the first is used".to_owned()))
            } else if let Err(why) = check_operation_name(name) {
                Some((Reason::OperationName, why.to_owned()))
            } else if !self.names.take_operation(name) {
                Some((Reason::OperationCollision, "another operation has the same Rust name".to_owned()))
            } else {
                None
            };
            match rejection {
                None => usable.push((name, raw)),
                Some((reason, why)) => {
                    Scope::new(&self.notes, name).note(reason, why);
                    let parameters = raw.get("parameters").items().len();
                    let tally = Tally { in_document: parameters, refused: parameters, ..Tally::default() };
                    refuse(&mut self.report, &tally);
                }
            }
        }
        usable
    }

    fn read_operations(&mut self, usable: Vec<(&str, &Json)>) -> Vec<Operation> {
        let mut operations: Vec<Operation> = Vec::with_capacity(usable.len());
        for (name, raw) in usable {
            match read_operation(name, raw, &self.context, &Scope::new(&self.notes, name)) {
                Ok(operation) => operations.push(operation),
                Err(tally) => refuse(&mut self.report, &tally),
            }
        }
        operations
    }

    /// Reads the shared types that the operations refer to, and gives Rust names to all fields.
    fn read_shared_types(&mut self, operations: &mut [Operation]) -> SharedTypes {
        let scope = Scope::new(&self.notes, "types");
        let types = self.context.schemas.shared_types(&scope);
        let mut chosen: Vec<(String, String)> = Vec::with_capacity(types.len());
        for (name, _) in &types {
            let own = self.names.take_shared(name);
            if own != *name {
                scope.inside(name).note(Reason::TypeName, format!("is `{own}`"));
            }
            chosen.push((name.clone(), own));
        }
        let mut shared = SharedTypes { types, chosen };
        let parents: Vec<String> =
            shared.types.iter().map(|(name, _)| camel(&shared.name_of(name)).unwrap_or_default()).collect();
        for ((name, fields), parent) in shared.types.iter_mut().zip(&parents) {
            self.names.name_fields(fields, parent, true, &scope.inside(name));
        }
        for operation in operations {
            let scope = Scope::new(&self.notes, &operation.name);
            let rust = camel(&operation.name).unwrap_or_default();
            self.names.name_fields(&mut operation.parameters, &format!("{rust}Request"), true, &scope);
            let response = scope.inside("response");
            self.names.name_response(&mut operation.response, &format!("{rust}Response"), &response);
        }
        shared
    }

    /// Finds the pagination of the operations, and the error codes after which a call is retried.
    fn find_paginations(&self, operations: &mut [Operation], shared: &[(String, Vec<Field>)]) {
        let Document { product, version, .. } = self.document;
        for operation in operations {
            let listing = Listing {
                name: &operation.name,
                parameters: &operation.parameters,
                response: operation.response.fields(),
                shared,
            };
            operation.retry = retried_codes(product, version, &operation.name, operation.path.as_deref());
            operation.pagination = listing.find(&Scope::new(&self.notes, &operation.name).inside("pagination"));
        }
    }

    /// Finds the outcome and the examples of each operation. Returns the outcome of the product.
    fn find_outcomes_and_examples(
        &self,
        operations: &mut [Operation],
        shared: &[(String, Vec<Field>)],
        kept: Option<Option<Node>>,
    ) -> Option<Node> {
        let demo_of = |name: &str| {
            let raw = self.apis.iter().find(|(known, _)| known == name).map(|(_, raw)| raw.get("responseDemo"));
            raw.unwrap_or(&Json::Null)
        };
        let outcomes = find_outcomes(operations, &|name| json_sample(demo_of(name)), &self.notes);
        // Operations state their outcome if it differs from the product's, which may be a manual change.
        let of_product = kept.unwrap_or_else(|| most_frequent(&outcomes).map(|outcome| outcome_node(&outcome)));
        for (operation, found) in operations.iter_mut().zip(outcomes) {
            let checked = Checked {
                operation: &operation.name,
                parameters: &operation.parameters,
                response: &operation.response,
                outcome: found.as_ref(),
                shared,
            };
            let scope = Scope::new(&self.notes, &operation.name);
            operation.examples = read_example(demo_of(&operation.name), &checked, &scope);
            let found = found.map(|outcome| outcome_node(&outcome));
            operation.outcome = match (&of_product, found) {
                (Some(product), Some(own)) if product.says_the_same(&own) => None,
                (None, None) => None,
                (_, Some(own)) => Some(own),
                (Some(_), None) => Some(Node::text("none")),
            };
        }
        of_product
    }

    fn count(&mut self, wanted: &[Operation], others: &[Operation]) {
        for operation in wanted {
            self.report.operations.imported += 1;
            add(&mut self.report.parameters, &operation.tally);
        }
        for operation in others {
            self.report.operations.not_selected += 1;
            let count = operation.tally.in_document;
            let tally = Tally { in_document: count, not_selected: count, ..Tally::default() };
            add(&mut self.report.parameters, &tally);
        }
    }
}

/// The shared types of a document.
struct SharedTypes {
    /// The fields of each, by the document's name for it.
    types: Vec<(String, Vec<Field>)>,
    /// The name of each in the document, with the one in the specs.
    chosen: Vec<(String, String)>,
}

impl SharedTypes {
    /// The name of a type in the specs.
    fn name_of(&self, name: &str) -> String {
        let chosen = self.chosen.iter().find(|(known, _)| known == name);
        chosen.map_or_else(|| name.to_owned(), |(_, chosen)| chosen.clone())
    }
}

/// Whether a note belongs to one of these operations.
fn is_about(note: &Note, operations: &BTreeSet<&str>) -> bool {
    operations.contains(note.path.split('.').next().unwrap_or_default())
}

fn refuse(report: &mut Report, parameters: &Tally) {
    report.operations.refused += 1;
    add(&mut report.parameters, parameters);
}

fn add(sum: &mut Tally, more: &Tally) {
    sum.in_document += more.in_document;
    sum.imported += more.imported;
    sum.merged += more.merged;
    sum.refused += more.refused;
    sum.not_selected += more.not_selected;
}

fn check_wanted(options: &Options, apis: &[(String, Json)]) -> Result<(), ImportError> {
    let missing: Vec<&str> = options
        .operations
        .iter()
        .map(String::as_str)
        .filter(|wanted| !apis.iter().any(|(name, _)| name == wanted))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let alike = |wanted: &&str| nearest(wanted, apis.iter().map(|(name, _)| name.as_str()));
    let meant: Vec<&str> = missing.iter().filter_map(alike).collect();
    let help = if meant.is_empty() {
        "use the names in the document, or omit `--operations` to import all".to_owned()
    } else {
        format!("did you mean {}?", listed(&meant))
    };
    Err(ImportError::new(format!("the document has no operation {}", listed(&missing)), help))
}

/// The names in quotes; of many, only the first ones.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 10;
    let first: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", shown(name))).collect();
    let first = first.join(", ");
    match names.len().saturating_sub(MOST) {
        0 => first,
        more => format!("{first} ... and {more} more"),
    }
}

/// The style of the product; if the document has an unknown one, the style of most operations.
fn product_style(stated: &str, operations: &[Operation]) -> ApiStyle {
    ApiStyle::parse(stated).unwrap_or_else(|| {
        let roa = operations.iter().filter(|operation| operation.style == ApiStyle::Roa).count();
        if roa * 2 > operations.len() { ApiStyle::Roa } else { ApiStyle::Rpc }
    })
}

fn host_parameters(operations: &[Operation]) -> Vec<String> {
    let names: BTreeSet<&str> = operations
        .iter()
        .flat_map(|operation| &operation.parameters)
        .filter(|field| field.position == Position::Host)
        .map(|field| field.name.as_str())
        .collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The shared types that the operations use, directly or through others.
fn reached_types<'s>(operations: &[Operation], shared: &'s [(String, Vec<Field>)]) -> BTreeSet<&'s str> {
    let mut waiting: Vec<&str> = Vec::new();
    for operation in operations {
        operation.parameters.iter().for_each(|field| types_in(&field.ty, &mut waiting));
        operation.response.types_in(&mut waiting);
    }
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if let Some((name, fields)) = shared.iter().find(|(known, _)| known == name)
            && reached.insert(name.as_str())
        {
            fields.iter().for_each(|field| types_in(&field.ty, &mut waiting));
        }
    }
    reached
}
