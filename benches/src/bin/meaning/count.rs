//! Imports one document, and counts the inferred properties.

use std::collections::{BTreeMap, BTreeSet};

use alicloud_benches::facts::Facts;
use alicloud_benches::metadata::Document;
use alicloud_cli::import::{Note, Options, Reason, convert};
use alicloud_model::{Effect, Field, Operation, Service, SourceFile, Turning, Type, is_sensitive_name, load_sources};

use crate::subject::Subject;

/// The counts of many documents.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub(crate) imported: usize,
    pub(crate) rejected: usize,
    pub(crate) effects: BTreeMap<String, usize>,
    pub(crate) tags_disbelieved: usize,
    pub(crate) outcome: Subject,
    pub(crate) pagination: Subject,
    /// Operations by the kind of their pagination.
    pub(crate) kinds: BTreeMap<String, usize>,
    pub(crate) sensitive: BTreeMap<String, usize>,
    pub(crate) not_sensitive: BTreeMap<String, usize>,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.imported += other.imported;
        self.rejected += other.rejected;
        self.tags_disbelieved += other.tags_disbelieved;
        self.outcome.add(other.outcome);
        self.pagination.add(other.pagination);
        for (sum, more) in [
            (&mut self.effects, other.effects),
            (&mut self.kinds, other.kinds),
            (&mut self.sensitive, other.sensitive),
            (&mut self.not_sensitive, other.not_sensitive),
        ] {
            for (name, count) in more {
                *sum.entry(name).or_default() += count;
            }
        }
    }
}

pub(crate) fn count(document: &Document, facts: &Facts, counts: &mut Counts) {
    let root = facts.complete(document);
    let converted = match convert(root.to_string().as_bytes(), &Options::default()) {
        Ok(converted) => converted,
        Err(error) => {
            eprintln!("{}: {}", document.name, error.message());
            counts.rejected += document.operations.len();
            return;
        }
    };
    let folder = &converted.report.folder;
    let files = converted.files();
    let sources: Vec<SourceFile> =
        files.into_iter().map(|(name, text)| SourceFile { path: format!("{folder}/{name}"), text }).collect();
    let loaded = load_sources(&sources);
    let notes = &converted.report.notes;
    counts.tags_disbelieved += notes.iter().filter(|note| note.reason == Reason::Effect).count();
    let Some(service) = loaded.services.first() else {
        counts.rejected += document.operations.len();
        return;
    };
    for rejected in document.operations.iter().filter(|name| service.operation(name).is_none()) {
        let reason = notes.iter().rev().find(|note| note.path == **rejected).map(|note| note.detail.as_str());
        let error = loaded.diagnostics.iter().find(|error| error.file.ends_with(&format!("/{rejected}.yaml")));
        let reason = reason.or(error.map(|error| error.message.as_str())).unwrap_or("no reason is given");
        eprintln!("{} {rejected} is rejected: {reason}", document.name);
        counts.rejected += 1;
    }
    let without_effect: BTreeSet<&str> = sources
        .iter()
        .filter(|source| !source.text.lines().any(|line| line.starts_with("effect:")))
        .filter_map(|source| source.path.rsplit('/').next()?.strip_suffix(".yaml"))
        .collect();
    for operation in &service.operations {
        let effect = match operation.effect {
            _ if without_effect.contains(operation.name.as_str()) => "unknown, so a write",
            Effect::Read => "read",
            Effect::Write => "write",
            Effect::ReadAndWrite => "readAndWrite",
        };
        *counts.effects.entry(effect.to_owned()).or_default() += 1;
        count_operation(service, operation, notes, counts);
    }
    for shared in service.types.iter() {
        count_secrets(&shared.fields, counts);
    }
}

fn count_operation(service: &Service, operation: &Operation, notes: &[Note], counts: &mut Counts) {
    counts.imported += 1;
    let name = format!("{} {} {}", service.product, service.version, operation.name);
    let because = |reason: Reason| {
        let place = |note: &&Note| note.path.split('.').next() == Some(&operation.name);
        notes.iter().filter(place).find(|note| note.reason == reason).map(|note| note.detail.clone())
    };
    if has_outcome_fields(operation) {
        match because(Reason::Outcome) {
            _ if operation.outcome.is_some() => counts.outcome.add_with(),
            Some(detail) => counts.outcome.add_without(without_names(&detail), format!("{name}: {detail}")),
            None => counts.outcome.add_without("no reason is given".to_owned(), name.clone()),
        }
    }
    let pagination = operation.pagination.as_ref();
    if is_listing(&operation.name) && has_page_parameters(service, operation) {
        match because(Reason::Pagination) {
            _ if pagination.is_some() => counts.pagination.add_with(),
            Some(detail) => counts.pagination.add_without(detail.clone(), name),
            None => counts.pagination.add_without("no reason is given".to_owned(), name),
        }
    }
    if let Some(pagination) = pagination {
        let kind = match (&pagination.turning, &pagination.token) {
            (Turning::Token { .. }, _) => "token",
            (Turning::Number { .. }, Some(_)) => "number, or token",
            (Turning::Number { first: 0 }, None) => "number, from 0",
            (Turning::Number { .. }, None) => "number",
            (Turning::Offset, _) => "offset",
        };
        *counts.kinds.entry(kind.to_owned()).or_default() += 1;
    }
    for parameter in &operation.parameters {
        count_secret(&parameter.field, counts);
    }
    count_secrets(&operation.response, counts);
    count_secrets(&operation.response_headers, counts);
    operation.response_body.iter().for_each(|body| count_secrets_in(body, counts));
}

/// Returns the detail of a note without names, so that notes of one reason can be counted.
fn without_names(detail: &str) -> String {
    detail.split('`').enumerate().map(|(index, part)| if index % 2 == 0 { part } else { "…" }).collect()
}

/// Fields that report success or a code, in positions that are not data.
const OUTCOME_FIELDS: [&str; 14] = [
    "success",
    "issuccess",
    "successful",
    "succeed",
    "succeeded",
    "issucceed",
    "code",
    "errorcode",
    "errcode",
    "resultcode",
    "retcode",
    "returncode",
    "responsecode",
    "successresponse",
];

fn has_outcome_fields(operation: &Operation) -> bool {
    operation
        .response
        .iter()
        .any(|field| OUTCOME_FIELDS.contains(&normal(&field.name).as_str()) && field.ty.is_scalar())
}

/// Whether a name implies that the operation lists things. `Get` does only with page parameters.
fn is_listing(name: &str) -> bool {
    let name = name.strip_prefix("Batch").unwrap_or(name);
    let lower = name.to_ascii_lowercase();
    ["list", "describe", "get", "query", "search", "find", "page", "select"].iter().any(|verb| lower.starts_with(verb))
}

/// Parameters that select a page.
const PAGE_PARAMETERS: [&str; 9] =
    ["pagenumber", "pageno", "pagenum", "currentpage", "page", "pageindex", "nexttoken", "pagetoken", "marker"];

fn has_page_parameters(service: &Service, operation: &Operation) -> bool {
    let is_scalar = |field: &Field| matches!(field.ty, Type::String | Type::Integer | Type::Long);
    let selects_page = |field: &Field| {
        let name = normal(field.name.rsplit('.').next().unwrap_or_default());
        PAGE_PARAMETERS.contains(&name.as_str()) && is_scalar(field)
    };
    operation.parameters.iter().any(|parameter| {
        let members = service.types.members_of(&parameter.field.ty).unwrap_or_default();
        selects_page(&parameter.field) || members.iter().any(selects_page)
    })
}

fn count_secrets(fields: &[Field], counts: &mut Counts) {
    fields.iter().for_each(|field| count_secret(field, counts));
}

fn count_secret(field: &Field, counts: &mut Counts) {
    let name = field.name.rsplit('.').next().unwrap_or_default();
    if field.sensitive {
        *counts.sensitive.entry(name.to_owned()).or_default() += 1;
    } else if is_sensitive_name(name) && matches!(field.ty, Type::String | Type::Any | Type::Bytes | Type::Binary) {
        *counts.not_sensitive.entry(name.to_owned()).or_default() += 1;
    }
    count_secrets_in(&field.ty, counts);
}

fn count_secrets_in(ty: &Type, counts: &mut Counts) {
    match ty {
        Type::Object(object) => count_secrets(&object.fields, counts),
        Type::List(item) | Type::Map(item) => count_secrets_in(item, counts),
        _ => {}
    }
}

fn normal(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_lowercase()).collect()
}
