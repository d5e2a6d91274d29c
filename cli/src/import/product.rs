//! Converts a whole document: its operations, its shared types, and the properties of the product.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use alicloud_model::naming::camel;
use alicloud_model::{ApiStyle, Field, Operation, Position, SharedName, SharedType, SharedTypes, nearest};

use super::document::Document;
use super::endpoints::read_endpoints;
use super::example::{Checked, json_sample, read_example};
use super::field::{each_shared, each_shared_mut};
use super::json::Json;
use super::naming::check_operation_name;
use super::operation::{Imported, ProductContext, read_operation};
use super::options::Options;
use super::outcome::{find_outcomes, most_frequent};
use super::pagination::Listing;
use super::report::{Note, Reason, Report, Scope, Tally, shown};
use super::retried_codes::retried_codes;
use super::rust_names::TypeNames;
use super::schema::Schemas;
use super::spec_file::{ServiceDefaults, operation_node, outcome_node, service_node, types_node};
use super::yaml::Node;
use crate::input::InputError;

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
) -> Result<Converted, InputError> {
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
    let (types, names) = conversion.read_shared_types(&mut operations);
    conversion.find_paginations(&mut operations, &types);
    let style = product_style(&document.style, &operations);
    let host_parameters = host_parameters(&operations);
    let outcome = conversion.find_outcomes_and_examples(&mut operations, &types, kept_outcome);
    operations.iter_mut().for_each(|imported| names.rename_in(&mut imported.operation));
    let types: SharedTypes = types.iter().cloned().map(|shared| names.rename(shared)).collect();
    let is_wanted = |name: &str| options.operations.is_empty() || options.operations.iter().any(|one| one == name);
    let (wanted, others): (Vec<_>, Vec<_>) =
        operations.into_iter().partition(|imported| is_wanted(&imported.operation.name));
    conversion.count(&wanted, &others);
    let reached = reached_types(&wanted, &types);
    conversion.report.types = reached.len();

    let scope = Scope::new(&conversion.notes, "service");
    let endpoints = read_endpoints(&document.root, &host_parameters, &scope);
    let mut nodes =
        vec![("service.yaml".to_owned(), service_node(document, style, endpoints.as_ref(), outcome.clone()))];
    if !reached.is_empty() {
        let used = types.iter().filter(|shared| reached.contains(shared.name.name.as_str()));
        nodes.push(("types.yaml".to_owned(), types_node(used)));
    }
    let defaults = ServiceDefaults { style, outcome, types: &types };
    let file = |Imported { operation, has_effect, .. }: &Imported| {
        (format!("{}.yaml", operation.name), operation_node(operation, *has_effect, &defaults))
    };
    nodes.extend(wanted.iter().map(file));
    let Conversion { notes, mut report, .. } = conversion;
    report.notes = notes.into_inner();
    let skipped: BTreeSet<&str> = others.iter().map(|imported| imported.operation.name.as_str()).collect();
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
                    let tally = Tally { in_document: parameters, rejected: parameters, ..Tally::default() };
                    reject(&mut self.report, &tally);
                }
            }
        }
        usable
    }

    fn read_operations(&mut self, usable: Vec<(&str, &Json)>) -> Vec<Imported> {
        let mut operations: Vec<Imported> = Vec::with_capacity(usable.len());
        for (name, raw) in usable {
            match read_operation(name, raw, &self.context, &Scope::new(&self.notes, name)) {
                Ok(imported) => operations.push(imported),
                Err(tally) => reject(&mut self.report, &tally),
            }
        }
        operations
    }

    /// Reads the shared types that the operations refer to, and chooses the Rust names of all fields. The types keep their
    /// names in the document, by which the notes and [`ItemExamples`] know them.
    ///
    /// [`ItemExamples`]: super::item_examples::ItemExamples
    fn read_shared_types(&mut self, operations: &mut [Imported]) -> (SharedTypes, SpecNames) {
        let scope = Scope::new(&self.notes, "types");
        let read = self.context.schemas.shared_types(&scope);
        let mut names = SpecNames::default();
        for (name, _) in &read {
            let own = self.names.take_shared(name);
            if own != *name {
                scope.inside(name).note(Reason::TypeName, format!("is `{own}`"));
            }
            let rust_name = camel(&own).unwrap_or_default();
            names.0.insert(name.clone(), SharedName { name: own, rust_name });
        }
        let mut types = Vec::with_capacity(read.len());
        for (name, mut members) in read {
            let parent = names.0.get(&name).map(|own| own.rust_name.clone()).unwrap_or_default();
            self.names.name_fields(&mut members, &parent, None, true, &scope.inside(&name));
            let name = SharedName { name, rust_name: String::new() };
            types.push(SharedType { name, doc: String::new(), fields: members.clone(), members });
        }
        for Imported { operation, .. } in operations {
            self.names.name_operation(operation, &Scope::new(&self.notes, &operation.name));
        }
        (types.into_iter().collect(), names)
    }

    /// Finds the pagination of the operations, and the error codes after which a call is retried.
    fn find_paginations(&self, operations: &mut [Imported], types: &SharedTypes) {
        let Document { product, version, .. } = self.document;
        for Imported { operation, .. } in operations {
            let path = (operation.style == ApiStyle::Roa).then_some(operation.path.as_str());
            operation.retry = retried_codes(product, version, &operation.name, path).to_vec();
            let scope = Scope::new(&self.notes, &operation.name).inside("pagination");
            operation.pagination = Listing { operation, types }.find(&scope);
        }
    }

    /// Finds the outcome and the examples of each operation. Returns the outcome of the product.
    fn find_outcomes_and_examples(
        &self,
        operations: &mut [Imported],
        types: &SharedTypes,
        kept: Option<Option<Node>>,
    ) -> Option<Node> {
        let demo_of = |name: &str| {
            let raw = self.apis.iter().find(|(known, _)| known == name).map(|(_, raw)| raw.get("responseDemo"));
            raw.unwrap_or(&Json::Null)
        };
        let read: Vec<&Operation> = operations.iter().map(|imported| &imported.operation).collect();
        let outcomes = find_outcomes(&read, &|name| json_sample(demo_of(name)), &self.notes);
        let of_product = kept.unwrap_or_else(|| most_frequent(&outcomes).map(|outcome| outcome_node(&outcome)));
        for (Imported { operation, .. }, outcome) in operations.iter_mut().zip(outcomes) {
            operation.outcome = outcome;
            let item_examples = &self.context.schemas.item_examples;
            let scope = Scope::new(&self.notes, &operation.name);
            let example = read_example(demo_of(&operation.name), &Checked { operation, types, item_examples }, &scope);
            operation.examples.extend(example);
        }
        of_product
    }

    fn count(&mut self, wanted: &[Imported], others: &[Imported]) {
        for imported in wanted {
            self.report.operations.imported += 1;
            add(&mut self.report.parameters, &imported.tally);
        }
        for imported in others {
            self.report.operations.not_selected += 1;
            let count = imported.tally.in_document;
            let tally = Tally { in_document: count, not_selected: count, ..Tally::default() };
            add(&mut self.report.parameters, &tally);
        }
    }
}

/// The names in the specs of the shared types, by their names in the document.
#[derive(Default)]
struct SpecNames(BTreeMap<String, SharedName>);

impl SpecNames {
    /// The type with its name in the specs.
    fn rename(&self, mut shared: SharedType) -> SharedType {
        self.rename_name(&mut shared.name);
        self.rename_in_fields(shared.fields.iter_mut().chain(&mut shared.members));
        shared
    }

    /// Renames the types in an operation.
    fn rename_in(&self, operation: &mut Operation) {
        self.rename_in_fields(operation.parameters.iter_mut().map(|parameter| &mut parameter.field));
        // The headers are scalars.
        self.rename_in_fields(&mut operation.response);
        if let Some(ty) = &mut operation.response_body {
            each_shared_mut(ty, &mut |name| self.rename_name(name));
        }
    }

    fn rename_in_fields<'f>(&self, fields: impl IntoIterator<Item = &'f mut Field>) {
        for field in fields {
            each_shared_mut(&mut field.ty, &mut |name| self.rename_name(name));
        }
    }

    fn rename_name(&self, name: &mut SharedName) {
        if let Some(own) = self.0.get(&name.name) {
            name.clone_from(own);
        }
    }
}

/// Whether a note belongs to one of these operations.
fn is_about(note: &Note, operations: &BTreeSet<&str>) -> bool {
    operations.contains(note.path.split('.').next().unwrap_or_default())
}

fn reject(report: &mut Report, parameters: &Tally) {
    report.operations.rejected += 1;
    add(&mut report.parameters, parameters);
}

fn add(sum: &mut Tally, more: &Tally) {
    sum.in_document += more.in_document;
    sum.imported += more.imported;
    sum.merged += more.merged;
    sum.rejected += more.rejected;
    sum.not_selected += more.not_selected;
}

fn check_wanted(options: &Options, apis: &[(String, Json)]) -> Result<(), InputError> {
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
    Err(InputError::new(format!("the document has no operation {}", listed(&missing)), help))
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
fn product_style(stated: &str, operations: &[Imported]) -> ApiStyle {
    ApiStyle::parse(stated).unwrap_or_else(|| {
        let roa = operations.iter().filter(|imported| imported.operation.style == ApiStyle::Roa).count();
        if roa * 2 > operations.len() { ApiStyle::Roa } else { ApiStyle::Rpc }
    })
}

fn host_parameters(operations: &[Imported]) -> Vec<String> {
    let names: BTreeSet<&str> = operations
        .iter()
        .flat_map(|imported| &imported.operation.parameters)
        .filter(|parameter| parameter.position == Position::Host)
        .map(|parameter| parameter.field.name.as_str())
        .collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The names of the shared types that the operations use, directly or through others.
fn reached_types<'s>(operations: &'s [Imported], types: &'s SharedTypes) -> BTreeSet<&'s str> {
    let mut waiting: Vec<&SharedName> = Vec::new();
    for Imported { operation, .. } in operations {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.field);
        let types = parameters.chain(&operation.response).map(|field| &field.ty).chain(&operation.response_body);
        types.for_each(|ty| each_shared(ty, &mut |name| waiting.push(name)));
    }
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if let Some(shared) = types.get(name)
            && reached.insert(shared.name.name.as_str())
        {
            shared.members.iter().for_each(|field| each_shared(&field.ty, &mut |name| waiting.push(name)));
        }
    }
    reached
}
