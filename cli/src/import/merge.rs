//! Merges a document into an existing spec file.
//!
//! The merge compares three versions: the importer's last output (the base, in `.imported/`), the file, and the document. A value
//! that equals the base is replaced with the document's. A value that differs from the base is a manual change: it is kept, with
//! a note. An operation without a base was written by hand, and is kept unchanged.

use super::report::{Reason, Scope, shown};
use super::summary::is_generated_summary;
use super::yaml::Node;

/// The keys of each kind of mapping, in the order of the format.
const SERVICE_KEYS: &[&str] = &[
    "product",
    "version",
    "module",
    "style",
    "gateway",
    "ram_code",
    "summary",
    "doc",
    "endpoints",
    "outcome",
    "retry",
    "errors",
];
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
    "outcome",
    "response",
    "pagination",
    "waiters",
    "retry",
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

/// The keys that depend on a field's type. They are dropped if it changes.
const OF_THE_TYPE: &[&str] = &["length", "count", "range", "pattern", "default", "values", "example", "fields"];

/// A kind of mapping or list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Service,
    Types,
    Operation,
    Type,
    Field,
    Row,
    /// A list whose items have a name.
    Named(Named),
    /// `response`: a list of fields, or the mapping of a whole body.
    Response,
    /// Bounds of a length or a range. A unit is a manual addition.
    Bounds,
    Endpoints,
    /// A value that is merged as a whole.
    Value,
}

/// The items of a list that have a name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Fields,
    Rows,
    Types,
}

impl Kind {
    fn of_key(self, key: &str) -> Self {
        match (self, key) {
            (Self::Service, "endpoints") => Self::Endpoints,
            (Self::Service | Self::Operation, "errors") => Self::Named(Named::Rows),
            (Self::Operation, "parameters") | (Self::Type | Self::Field, "fields") => Self::Named(Named::Fields),
            (Self::Operation, "response") => Self::Response,
            (Self::Types, "types") => Self::Named(Named::Types),
            (Self::Field, "length" | "count" | "range") => Self::Bounds,
            _ => Self::Value,
        }
    }

    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Service => SERVICE_KEYS,
            Self::Operation => OPERATION_KEYS,
            Self::Field => FIELD_KEYS,
            Self::Row => ROW_KEYS,
            Self::Type => TYPE_KEYS,
            Self::Bounds => &["min", "max", "unit"],
            _ => &[],
        }
    }
}

/// The options for merging files.
#[derive(Clone, Copy)]
pub(crate) struct Merge {
    /// Whether the document's values replace manual changes.
    pub(crate) prefers_document: bool,
}

/// Notes the differences between the document and an operation that was written by hand.
fn note_differences(old: &Node, new: &Node, scope: &Scope<'_>) {
    let is_other = |key: &&&str| match (old.get(key), new.get(key)) {
        (Some(old), Some(new)) => !old.says_the_same(new),
        (None, new) => new.is_some(),
        (Some(_), None) => false,
    };
    let keys: Vec<&str> = OPERATION_KEYS.iter().filter(is_other).copied().collect();
    if !keys.is_empty() {
        scope.note(Reason::Kept, format!("it was written by hand; the document differs in `{}`", keys.join("`, `")));
    }
}

impl Merge {
    /// Merges the file with this name.
    pub(crate) fn file(self, name: &str, base: Option<&Node>, old: &Node, new: Node, scope: &Scope<'_>) -> Node {
        let kind = match name {
            "service.yaml" => Kind::Service,
            "types.yaml" => Kind::Types,
            _ => Kind::Operation,
        };
        if kind == Kind::Operation && base.is_none() && !self.prefers_document {
            note_differences(old, &new, scope);
            return old.clone();
        }
        self.merge(kind, base, old, new, name.trim_end_matches(".yaml"), scope)
    }

    fn merge(self, kind: Kind, base: Option<&Node>, old: &Node, new: Node, operation: &str, scope: &Scope<'_>) -> Node {
        match (kind, old, &new) {
            (Kind::Named(named), Node::List(_), Node::List(_)) => self.list(named, base, old, new, operation, scope),
            (Kind::Response, Node::List(_), Node::List(_)) => {
                self.list(Named::Fields, base, old, new, operation, scope)
            }
            (Kind::Response, Node::Map(_), Node::Map(_)) => self.map(Kind::Field, base, old, new, operation, scope),
            (Kind::Endpoints, _, _) if base.is_none() => merge_endpoints(old, new, scope),
            (
                Kind::Service | Kind::Types | Kind::Operation | Kind::Type | Kind::Field | Kind::Row | Kind::Bounds,
                _,
                _,
            ) if matches!((old, &new), (Node::Map(_), Node::Map(_))) => {
                self.map(kind, base, old, new, operation, scope)
            }
            _ => self.value(base, old, new, scope),
        }
    }

    /// One value: the document's, unless it was changed manually.
    fn value(self, base: Option<&Node>, old: &Node, new: Node, scope: &Scope<'_>) -> Node {
        if old.says_the_same(&new) || self.prefers_document || base.is_some_and(|base| base.says_the_same(old)) {
            return new;
        }
        let before = base.filter(|base| !base.says_the_same(&new)).map(|base| format!(", before `{}`", brief(base)));
        let detail = format!("`{}`; the document has `{}`{}", brief(old), brief(&new), before.unwrap_or_default());
        scope.note(Reason::Kept, detail);
        old.clone()
    }

    fn map(self, kind: Kind, base: Option<&Node>, old: &Node, new: Node, operation: &str, scope: &Scope<'_>) -> Node {
        let is_generated = |node: &Node| node.scalar().is_some_and(|text| is_generated_summary(text, operation));
        let mut merged: Vec<(String, Node)> = Vec::new();
        for (key, value) in new.entries() {
            let written = base.and_then(|base| base.get(key));
            let inside = if is_list(value) { scope.clone() } else { scope.inside(key) };
            match old.get(key) {
                // A generated summary.
                Some(known) if key == "summary" && is_generated(known) => {
                    merged.push((key.clone(), value.clone()));
                }
                // The document has no summary either.
                Some(known) if key == "summary" && is_generated(value) => {
                    merged.push((key.clone(), known.clone()));
                }
                // A manual addition, which names the replacement.
                Some(known) if key == "deprecated" && is_advice(known) => merged.push((key.clone(), known.clone())),
                Some(known) => {
                    let kind = kind.of_key(key);
                    merged.push((key.clone(), self.merge(kind, written, known, value.clone(), operation, &inside)));
                }
                None if written.is_some() && !self.prefers_document => {
                    inside.note(Reason::Kept, format!("removed; the document has `{}`", brief(value)));
                }
                None => merged.push((key.clone(), value.clone())),
            }
        }
        for (key, value) in old.entries().iter().filter(|(key, _)| new.get(key).is_none()) {
            let is_importers = base.and_then(|base| base.get(key)).is_some_and(|written| written.says_the_same(value));
            if !is_importers || is_list(value) {
                merged.push((key.clone(), value.clone()));
            }
        }
        if kind == Kind::Field {
            drop_invalid_keys(&mut merged, old, &new, scope);
        }
        let order = kind.keys();
        merged.sort_by_key(|(key, _)| order.iter().position(|known| known == key).unwrap_or(order.len()));
        Node::Map(merged)
    }

    /// Merges lists of named items: those of the file in their order, then the new ones.
    fn list(
        self,
        named: Named,
        base: Option<&Node>,
        old: &Node,
        new: Node,
        operation: &str,
        scope: &Scope<'_>,
    ) -> Node {
        let Node::List(mut fresh) = new else { return new };
        let kind = match named {
            Named::Fields => Kind::Field,
            Named::Rows => Kind::Row,
            Named::Types => Kind::Type,
        };
        let written = base.map(Node::items).unwrap_or_default();
        let mut items = Vec::with_capacity(fresh.len());
        for item in old.items() {
            let label =
                ["name", "code"].iter().find_map(|key| item.get(key).and_then(Node::scalar)).unwrap_or_default();
            let scope = scope.inside(label);
            let written = written.iter().find(|written| is_same(named, item, written));
            match fresh.iter().position(|new| is_same(named, item, new)) {
                Some(at) => items.push(self.merge(kind, written, item, fresh.remove(at), operation, &scope)),
                None => {
                    scope.note(Reason::NotInDocument, "kept; remove it if it no longer exists");
                    items.push(item.clone());
                }
            }
        }
        for item in fresh {
            let is_removed = written.iter().any(|written| is_same(named, &item, written));
            if is_removed && !self.prefers_document {
                let label = ["name", "code"].iter().find_map(|key| item.get(key).and_then(Node::scalar));
                scope.inside(label.unwrap_or_default()).note(Reason::Kept, "removed; the document still has it");
            } else {
                items.push(item);
            }
        }
        Node::List(items)
    }
}

fn is_list(node: &Node) -> bool {
    matches!(node, Node::List(items) if items.iter().any(|item| matches!(item, Node::Map(_))))
}

/// Whether two items have the same name.
fn is_same(named: Named, one: &Node, other: &Node) -> bool {
    let cell = |node: &Node, key: &str| node.get(key).and_then(Node::scalar).map(str::to_owned);
    match named {
        Named::Rows => cell(one, "status") == cell(other, "status") && cell(one, "code") == cell(other, "code"),
        Named::Fields | Named::Types => cell(one, "name").is_some() && cell(one, "name") == cell(other, "name"),
    }
}

/// Whether `deprecated:` names a replacement.
fn is_advice(node: &Node) -> bool {
    node.scalar().is_some_and(|text| text != "true" && text != "false")
}

/// Drops limits of the old type, and the default of a required field.
fn drop_invalid_keys(merged: &mut Vec<(String, Node)>, old: &Node, new: &Node, scope: &Scope<'_>) {
    let scalar = |node: Option<&Node>| node.and_then(Node::scalar).map(str::to_owned);
    let get = |merged: &[(String, Node)], key: &str| {
        scalar(merged.iter().find(|(known, _)| known == key).map(|(_, node)| node))
    };
    if get(merged, "type") != scalar(old.get("type")) {
        merged.retain(|(key, value)| {
            let is_lost = OF_THE_TYPE.contains(&key.as_str()) && new.get(key).is_none();
            if is_lost {
                scope.inside(key).note(Reason::Kept, format!("dropped `{}`: the type has changed", brief(value)));
            }
            !is_lost
        });
    }
    if get(merged, "required").as_deref() == Some("true") {
        merged.retain(|(key, _)| key != "default");
    }
}

/// A value in one line, for a note.
fn brief(node: &Node) -> String {
    const MOST: usize = 60;
    let text = match node.scalar() {
        Some(text) => text.trim().to_owned(),
        None => node.in_one_line(),
    };
    let mut brief: String = shown(&text).chars().take(MOST).collect();
    if brief.chars().count() == MOST {
        brief.push('…');
    }
    brief
}

/// Keeps regions that the document does not list, each with its host.
fn merge_endpoints(old: &Node, new: Node, scope: &Scope<'_>) -> Node {
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
