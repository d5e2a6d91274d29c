//! A spec file that is there already, brought up to date: what the document states is the document's, what a person
//! added stays, and nothing is ever taken out.

use super::operation::placeholder_summary;
use super::report::{Reason, Scope};
use super::yaml::Node;

/// The keys of each kind of mapping, in the order they are written.
const SERVICE_KEYS: &[&str] =
    &["product", "version", "module", "style", "gateway", "summary", "doc", "endpoints", "outcome", "errors"];
const OPERATION_KEYS: &[&str] = &[
    "operation",
    "summary",
    "doc",
    "methods",
    "style",
    "path",
    "effect",
    "idempotent",
    "deprecated",
    "form_as",
    "limits",
    "ram",
    "parameters",
    "rules",
    "response",
    "pagination",
    "waiters",
    "errors",
    "examples",
];
const FIELD_KEYS: &[&str] = &[
    "name",
    "rust",
    "type",
    "in",
    "style",
    "required",
    "optional",
    "sensitive",
    "deprecated",
    "length",
    "count",
    "range",
    "pattern",
    "default",
    "values",
    "example",
    "doc",
    "fields",
];
const ROW_KEYS: &[&str] = &["status", "code", "rust", "message", "doc"];
const TYPE_KEYS: &[&str] = &["name", "rust", "doc", "fields"];
const EXAMPLE_KEYS: &[&str] = &["request", "json", "xml"];

/// What the document states of a field by saying nothing.
const STATED_OF_FIELDS: &[&str] = &["type", "in", "style", "required", "fields"];

/// What goes with a field's type, and goes when that changes.
const OF_THE_TYPE: &[&str] = &["length", "count", "range", "pattern", "default", "values", "example"];

/// A `service.yaml`.
pub(crate) fn merge_service(old: &Node, new: Node, scope: &Scope<'_>) -> Node {
    let merged = merge_entries(old, new, &["gateway"], SERVICE_KEYS, |key, old, new| match key {
        "outcome" | "module" | "summary" => old.clone(),
        "endpoints" => merge_endpoints(old, new, scope),
        _ => new,
    });
    // The importer derives an outcome; a file without one was read by somebody, or has operations that lack its fields.
    match merged {
        Node::Map(entries) if old.get("outcome").is_none() => {
            Node::Map(entries.into_iter().filter(|(key, _)| key != "outcome").collect())
        }
        other => other,
    }
}

/// Regions that the document does not list stay, each with the host it has.
fn merge_endpoints(old: &Node, new: Node, scope: &Scope<'_>) -> Node {
    let scope = scope.inside("endpoints");
    let texts = |node: &Node, key: &str| -> Vec<String> {
        let items = node.get(key).map(Node::items).unwrap_or_default();
        items.iter().filter_map(|item| item.scalar().map(str::to_owned)).collect()
    };
    let hosts = |node: &Node| -> Vec<(String, String)> {
        let exceptions = node.get("exceptions").map(Node::entries).unwrap_or_default();
        exceptions.iter().filter_map(|(region, host)| Some((region.clone(), host.scalar()?.to_owned()))).collect()
    };
    let host_of = |node: &Node| node.get("host").and_then(Node::scalar).unwrap_or_default().to_owned();
    let (old_host, host) = (host_of(old), host_of(&new));
    let (mut regions, mut exceptions) = (texts(&new, "regions"), hosts(&new));
    let listed =
        texts(old, "regions").into_iter().map(|region| (region.clone(), old_host.replace("{region}", &region)));
    for (region, own) in listed.chain(hosts(old)) {
        if regions.contains(&region) || exceptions.iter().any(|(known, _)| *known == region) {
            continue;
        }
        scope.inside(&region).note(Reason::NotInDocument, format!("region with `{own}`"));
        if host.replace("{region}", &region) == own {
            regions.push(region);
        } else {
            exceptions.push((region, own));
        }
    }
    regions.sort_unstable();
    exceptions.sort_unstable();
    let mut entries = vec![("host".to_owned(), Node::Text(host))];
    if !regions.is_empty() {
        entries.push(("regions".to_owned(), Node::List(regions.into_iter().map(Node::Text).collect())));
    }
    if !exceptions.is_empty() {
        let exceptions = exceptions.into_iter().map(|(region, host)| (region, Node::Text(host))).collect();
        entries.push(("exceptions".to_owned(), Node::Map(exceptions)));
    }
    let vpc = match (old.get("vpc"), new.get("vpc")) {
        (Some(old), Some(new)) => Some(merge_endpoints(old, new.clone(), &scope.inside("vpc"))),
        (old, new) => new.or(old).cloned(),
    };
    entries.extend(vpc.map(|hosts| ("vpc".to_owned(), hosts)));
    Node::Map(entries)
}

/// A `types.yaml`.
pub(crate) fn merge_types(old: &Node, new: Node, scope: &Scope<'_>) -> Node {
    merge_entries(old, new, &[], &["types"], |key, old, new| match key {
        "types" => merge_lists(old, new, &same_name, scope, |old, new, scope| {
            merge_entries(old, new, &[], TYPE_KEYS, |key, old, new| match key {
                "fields" => merge_fields(old, new, scope),
                "rust" => old.clone(),
                _ => new,
            })
        }),
        _ => new,
    })
}

/// The file of an operation.
pub(crate) fn merge_operation(old: &Node, new: Node, name: &str, scope: &Scope<'_>) -> Node {
    let placeholder = placeholder_summary(name);
    merge_entries(old, new, &["style", "path", "form_as"], OPERATION_KEYS, |key, old, new| match key {
        // What an operation does, and how its pages follow each other, a person tells better.
        "summary" if old.scalar() != Some(&placeholder) => old.clone(),
        "pagination" => old.clone(),
        "deprecated" if is_advice(old) => old.clone(),
        "parameters" => merge_fields(old, new, scope),
        "response" => merge_response(old, new, &scope.inside("response")),
        "errors" => merge_lists(old, new, &same_row, scope, |old, new, _| {
            merge_entries(old, new, &[], ROW_KEYS, |key, old, new| if key == "rust" { old.clone() } else { new })
        }),
        "examples" => merge_examples(old, new),
        _ => new,
    })
}

/// Whether `deprecated:` says what to use instead.
fn is_advice(node: &Node) -> bool {
    node.scalar().is_some_and(|text| text != "true" && text != "false")
}

fn merge_response(old: &Node, new: Node, scope: &Scope<'_>) -> Node {
    match (old, &new) {
        (Node::List(_), Node::List(_)) => merge_fields(old, new, scope),
        (Node::Map(_), Node::Map(_)) => merge_field(old, new, scope),
        _ => new,
    }
}

fn merge_fields(old: &Node, new: Node, scope: &Scope<'_>) -> Node {
    merge_lists(old, new, &same_name, scope, merge_field)
}

fn merge_field(old: &Node, new: Node, scope: &Scope<'_>) -> Node {
    let old_type = old.get("type").and_then(Node::scalar);
    let same_type = old_type == new.get("type").and_then(Node::scalar);
    let gone: Vec<&str> = STATED_OF_FIELDS.iter().chain(OF_THE_TYPE.iter().filter(|_| !same_type)).copied().collect();
    let merged = merge_entries(old, new, &gone, FIELD_KEYS, |key, old, new| match key {
        "fields" => merge_fields(old, new, scope),
        "rust" => old.clone(),
        "deprecated" if is_advice(old) => old.clone(),
        "length" | "count" | "range" => merge_entries(old, new, &[], &["min", "max", "unit"], |_, _, new| new),
        _ => new,
    });
    let is_required = merged.get("required").is_some_and(|node| node.scalar() == Some("true"));
    match merged {
        // A default of what is always there is never used.
        Node::Map(entries) if is_required => {
            Node::Map(entries.into_iter().filter(|(key, _)| key != "default").collect())
        }
        other => other,
    }
}

/// Examples of a person's own stay as they are. One with the document's answer takes what its request lacks.
fn merge_examples(old: &Node, new: Node) -> Node {
    let [example] = old.items() else { return old.clone() };
    let Some(fresh) = new.items().first() else { return old.clone() };
    let same = |key: &str| match (example.get(key), fresh.get(key)) {
        (Some(one), Some(other)) => one.says_the_same(other),
        (None, None) => true,
        _ => false,
    };
    if !same("json") || !same("xml") {
        return old.clone();
    }
    let merged = merge_entries(example, fresh.clone(), &[], EXAMPLE_KEYS, |key, old, new| match key {
        "request" => merge_entries(old, new, &[], &[], |_, old, _| old.clone()),
        _ => new,
    });
    Node::List(vec![merged])
}

fn same_name(one: &Node, other: &Node) -> bool {
    let name = |node: &Node| node.get("name").and_then(Node::scalar).map(str::to_owned);
    name(one).is_some() && name(one) == name(other)
}

fn same_row(one: &Node, other: &Node) -> bool {
    let cell = |node: &Node, key: &str| node.get(key).and_then(Node::scalar).map(str::to_owned);
    cell(one, "status") == cell(other, "status") && cell(one, "code") == cell(other, "code")
}

/// Two lists of things that have names: the old ones in their order, then the new ones.
fn merge_lists(
    old: &Node,
    new: Node,
    is_same: &dyn Fn(&Node, &Node) -> bool,
    scope: &Scope<'_>,
    merge: impl Fn(&Node, Node, &Scope<'_>) -> Node,
) -> Node {
    let Node::List(mut fresh) = new else { return new };
    let mut items = Vec::with_capacity(fresh.len());
    for item in old.items() {
        let label = ["name", "code"].iter().find_map(|key| item.get(key).and_then(Node::scalar)).unwrap_or_default();
        let scope = scope.inside(label);
        match fresh.iter().position(|new| is_same(item, new)) {
            Some(at) => items.push(merge(item, fresh.remove(at), &scope)),
            None => {
                scope.note(Reason::NotInDocument, "it stays; remove it where it is not there any more");
                items.push(item.clone());
            }
        }
    }
    items.append(&mut fresh);
    Node::List(items)
}

/// Two mappings: the new one's keys, each merged with the old one's, and the old one's others, but for those in `gone`,
/// of which the document states by silence that there are none.
fn merge_entries(
    old: &Node,
    new: Node,
    gone: &[&str],
    order: &[&str],
    merge: impl Fn(&str, &Node, Node) -> Node,
) -> Node {
    let (Node::Map(_), Node::Map(fresh)) = (old, &new) else { return new };
    let mut entries: Vec<(String, Node)> = Vec::with_capacity(fresh.len());
    for (key, value) in fresh {
        let value = match old.get(key) {
            Some(known) => merge(key, known, value.clone()),
            None => value.clone(),
        };
        entries.push((key.clone(), value));
    }
    let others = old.entries().iter().filter(|(key, _)| new.get(key).is_none() && !gone.contains(&key.as_str()));
    entries.extend(others.cloned());
    entries.sort_by_key(|(key, _)| order.iter().position(|known| known == key).unwrap_or(order.len()));
    Node::Map(entries)
}
