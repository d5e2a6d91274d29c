//! A whole document: its operations, its shared types, and what they share.

use std::cell::RefCell;
use std::collections::BTreeSet;

use alicloud_model::naming::camel;
use alicloud_model::nearest;

use super::document::{Document, ImportError};
use super::endpoints::read_endpoints;
use super::example::{Checked, json_sample, read_example};
use super::field::{Field, Position, fields_to_node, types_in};
use super::json::Json;
use super::naming::check_operation_name;
use super::operation::{Operation, ProductContext, read_operation};
use super::options::Options;
use super::outcome::{find_outcomes, most_frequent};
use super::pagination::Listing;
use super::parameters::ApiStyle;
use super::report::{Note, Reason, Report, Scope, Tally, shown};
use super::retried_codes::retried_codes;
use super::rust_names::TypeNames;
use super::schema::Schemas;
use super::yaml::Node;

/// A document turned into spec files.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Converted {
    /// The product's folder below the specs folder.
    pub product_folder: String,
    /// What became of the document.
    pub report: Report,
    pub(crate) nodes: Vec<(String, Node)>,
    /// Every operation of the document that a file can be about, whether it was asked for or not.
    pub(crate) all_operations: Vec<String>,
}

impl Converted {
    /// The files: the name of each in its version folder, and its text.
    pub fn files(&self) -> Vec<(String, String)> {
        self.nodes.iter().map(|(name, node)| (name.clone(), node.to_yaml())).collect()
    }

    /// Calls the Rust module otherwise than the folder.
    pub(crate) fn set_module(&mut self, module: &str) {
        if let Some((_, Node::Map(entries))) = self.nodes.first_mut() {
            let at = entries.len().min(2);
            entries.insert(at, ("module".to_owned(), Node::text(module)));
        }
    }
}

/// `kept_outcome` is how the product's `service.yaml`, which stays, says that failure is reported: not at all, or so.
pub(crate) fn convert(
    document: &Document,
    options: &Options,
    kept_outcome: Option<Option<Node>>,
) -> Result<Converted, ImportError> {
    let product_folder = document.product_folder()?;
    let notes = RefCell::new(Vec::new());
    let schemas = Schemas::new(document.root.get("components").get("schemas").members());
    let context = ProductContext { schemas: &schemas, style: &document.style };
    let mut names = TypeNames::new();
    let mut report = Report {
        product: document.product.clone(),
        version: document.version.clone(),
        folder: format!("{product_folder}/{}", document.version),
        ..Report::default()
    };
    let apis = document.root.get("apis").members();
    check_wanted(options, apis)?;
    let is_wanted = |name: &str| options.operations.is_empty() || options.operations.iter().any(|one| one == name);

    // The names of all operations come first: those of shared types give way to them.
    let mut usable: Vec<(&str, &Json)> = Vec::with_capacity(apis.len());
    let mut seen = BTreeSet::new();
    for (name, raw) in apis {
        report.operations.in_document += 1;
        let refusal = if !raw.is_object() {
            Some((Reason::MalformedOperation, format!("it is {}", raw.kind())))
        } else if !seen.insert(name.as_str()) {
            Some((Reason::MalformedOperation, "it stands twice, and the first counts".to_owned()))
        } else if let Err(why) = check_operation_name(name) {
            Some((Reason::OperationName, why.to_owned()))
        } else if !names.take_operation(name) {
            Some((Reason::OperationCollision, "another operation has the same Rust name".to_owned()))
        } else {
            None
        };
        match refusal {
            None => usable.push((name, raw)),
            Some((reason, why)) => {
                Scope::new(&notes, name).note(reason, why);
                let parameters = raw.get("parameters").items().len();
                refuse(&mut report, &Tally { in_document: parameters, refused: parameters, ..Tally::default() });
            }
        }
    }

    let mut operations: Vec<Operation> = Vec::with_capacity(usable.len());
    let all_operations = usable.iter().map(|(name, _)| (*name).to_owned()).collect();
    for (name, raw) in usable {
        match read_operation(name, raw, &context, &Scope::new(&notes, name)) {
            Ok(operation) => operations.push(operation),
            Err(tally) => refuse(&mut report, &tally),
        }
    }

    let types_scope = Scope::new(&notes, "types");
    let mut shared = schemas.shared_types(&types_scope);
    let type_names: Vec<(String, String)> = shared
        .iter()
        .map(|(name, _)| {
            let chosen = names.take_shared(name);
            if chosen != *name {
                types_scope.inside(name).note(Reason::TypeName, format!("is `{chosen}`"));
            }
            (name.clone(), chosen)
        })
        .collect();
    let name_of = |name: &str| {
        type_names.iter().find(|(known, _)| known == name).map_or_else(|| name.to_owned(), |(_, chosen)| chosen.clone())
    };
    for (name, fields) in &mut shared {
        let parent = camel(&name_of(name)).unwrap_or_default();
        names.name_fields(fields, &parent, true, &types_scope.inside(name));
    }
    for operation in &mut operations {
        let scope = Scope::new(&notes, &operation.name);
        let rust = camel(&operation.name).unwrap_or_default();
        names.name_fields(&mut operation.parameters, &format!("{rust}Request"), true, &scope);
        names.name_response(&mut operation.response, &format!("{rust}Response"), &scope.inside("response"));
    }
    for operation in &mut operations {
        let listing = Listing {
            name: &operation.name,
            parameters: &operation.parameters,
            response: operation.response.fields(),
            shared: &shared,
        };
        operation.retry =
            retried_codes(&document.product, &document.version, &operation.name, operation.path.as_deref());
        operation.pagination = listing.find(&Scope::new(&notes, &operation.name).inside("pagination"));
    }

    let style = product_style(&document.style, &operations);
    let host_parameters = host_parameters(&operations);
    let demo_of = |name: &str| {
        let raw = apis.iter().find(|(known, _)| known == name).map(|(_, raw)| raw.get("responseDemo"));
        raw.unwrap_or(&Json::Null)
    };
    let outcomes = find_outcomes(&operations, &|name| json_sample(demo_of(name)), &notes);
    // What a person says of the product stays, so operations are told apart from that.
    let of_product = kept_outcome.unwrap_or_else(|| most_frequent(&outcomes).map(|outcome| outcome.to_node()));
    for (operation, found) in operations.iter_mut().zip(outcomes) {
        let checked = Checked {
            operation: &operation.name,
            parameters: &operation.parameters,
            response: &operation.response,
            outcome: found.as_ref(),
            shared: &shared,
        };
        operation.examples = read_example(demo_of(&operation.name), &checked, &Scope::new(&notes, &operation.name));
        let found = found.map(|outcome| outcome.to_node());
        operation.outcome = match (&of_product, found) {
            (Some(product), Some(own)) if product.says_the_same(&own) => None,
            (None, None) => None,
            (_, Some(own)) => Some(own),
            (Some(_), None) => Some(Node::text("none")),
        };
    }
    let (wanted, others): (Vec<_>, Vec<_>) = operations.into_iter().partition(|operation| is_wanted(&operation.name));
    for operation in &wanted {
        report.operations.imported += 1;
        add(&mut report.parameters, &operation.tally);
    }
    for operation in &others {
        report.operations.not_selected += 1;
        let count = operation.tally.in_document;
        add(&mut report.parameters, &Tally { in_document: count, not_selected: count, ..Tally::default() });
    }
    let reached = reached_types(&wanted, &shared);
    report.types = reached.len();

    let mut nodes = vec![("service.yaml".to_owned(), {
        let mut entries = vec![
            ("product".to_owned(), Node::text(&document.product)),
            ("version".to_owned(), Node::text(&document.version)),
            ("style".to_owned(), Node::text(style.word())),
        ];
        if context.is_gateway() {
            entries.push(("gateway".to_owned(), Node::text(&document.style)));
        }
        let endpoints = read_endpoints(&document.root, &host_parameters, &Scope::new(&notes, "service"));
        entries.extend(endpoints.map(|endpoints| ("endpoints".to_owned(), endpoints)));
        entries.extend(of_product.map(|outcome| ("outcome".to_owned(), outcome)));
        Node::Map(entries)
    })];
    if !reached.is_empty() {
        let types = shared.iter().filter(|(name, _)| reached.contains(name.as_str())).map(|(name, fields)| {
            let name = Node::Text(name_of(name));
            Node::Map(vec![("name".to_owned(), name), ("fields".to_owned(), fields_to_node(fields, &name_of))])
        });
        nodes.push(("types.yaml".to_owned(), Node::Map(vec![("types".to_owned(), Node::List(types.collect()))])));
    }
    nodes.extend(
        wanted.iter().map(|operation| (format!("{}.yaml", operation.name), operation.to_node(style, &name_of))),
    );
    report.notes = notes.into_inner();
    let skipped: BTreeSet<&str> = others.iter().map(|operation| operation.name.as_str()).collect();
    report.notes.retain(|note| !is_about(note, &skipped));
    Ok(Converted { product_folder, report, nodes, all_operations })
}

/// Whether a note is about one of these operations.
fn is_about(note: &Note, operations: &BTreeSet<&str>) -> bool {
    operations.contains(note.place.split('.').next().unwrap_or_default())
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
        "names are written as in the document; leave `--operations` out to import all".to_owned()
    } else {
        format!("did you mean {}?", listed(&meant))
    };
    Err(ImportError::new(format!("the document has no operation {}", listed(&missing)), help))
}

/// The names in quotes, as far as somebody reads them.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 10;
    let first: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", shown(name))).collect();
    let first = first.join(", ");
    match names.len().saturating_sub(MOST) {
        0 => first,
        more => format!("{first} ... and {more} more"),
    }
}

/// The style that most operations have, where the product's is neither.
fn product_style(stated: &str, operations: &[Operation]) -> ApiStyle {
    match stated {
        "RPC" => ApiStyle::Rpc,
        "ROA" => ApiStyle::Roa,
        _ => {
            let roa = operations.iter().filter(|operation| operation.style == ApiStyle::Roa).count();
            if roa * 2 > operations.len() { ApiStyle::Roa } else { ApiStyle::Rpc }
        }
    }
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

/// The shared types that the operations use, and those that these use.
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
