//! A draft as the text of a spec file, with comments, and with a list of where each value comes from.
//!
//! This is the one file that knows how the importer writes YAML.

use std::collections::HashMap;

use alicloud_model::Rule;

use super::cells::visible;
use super::draft::{Draft, DraftError, DraftExample, DraftField, DraftResponse, Kind, Origin, Sample, Sourced, Span};
use crate::import::{YamlNode as Node, generated_summary, outcome_node};

/// The source of a value of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The value's path in the draft, such as `parameters.RegionId.required`.
    pub path: String,
    /// The value.
    pub value: String,
    /// The source of the value.
    pub origin: Origin,
}

/// A spec file.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpecText {
    pub(crate) text: String,
    pub(crate) traces: Vec<Trace>,
}

/// A step to a value of a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
}

/// Writes a draft. Without prose it has neither the summary nor the descriptions of the page.
pub(crate) fn write_spec(draft: &Draft, top: &[String], has_prose: bool) -> SpecText {
    let mut writer = Writer { has_prose, ..Writer::default() };
    let node = writer.operation(draft);
    let text = commented(&node.to_yaml(), top, &writer.comments);
    SpecText { text, traces: writer.traces }
}

/// The `service.yaml` of a product, as far as the page describes it.
pub(crate) fn write_service(product: &str, version: &str, style: &str, host: Option<&str>) -> String {
    let mut entries = vec![
        ("product".to_owned(), Node::text(product)),
        ("version".to_owned(), Node::text(version)),
        ("style".to_owned(), Node::text(style)),
    ];
    if let Some(host) = host {
        let (host, region) = regional(host);
        let mut endpoints = vec![("host".to_owned(), Node::Text(host))];
        endpoints.extend(region.map(|region| ("regions".to_owned(), Node::List(vec![Node::Text(region)]))));
        entries.push(("endpoints".to_owned(), Node::Map(endpoints)));
    }
    Node::Map(entries).to_yaml()
}

/// A host with `{region}` in place of the region in it.
fn regional(host: &str) -> (String, Option<String>) {
    let is_region = |label: &&str| {
        let mut words = label.split('-');
        let first = words.next().unwrap_or_default();
        let area = words.next().is_some_and(|word| word.len() > 2);
        area && matches!(first, "cn" | "ap" | "us" | "eu" | "me" | "na")
    };
    match host.split('.').find(is_region) {
        Some(region) => (host.replacen(region, "{region}", 1), Some(region.to_owned())),
        None => (host.to_owned(), None),
    }
}

#[derive(Default)]
struct Writer {
    has_prose: bool,
    /// Comments, each with the steps to what they stand above.
    comments: Vec<(Vec<Step>, String)>,
    traces: Vec<Trace>,
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

fn with(steps: &[Step], step: Step) -> Vec<Step> {
    let mut steps = steps.to_vec();
    steps.push(step);
    steps
}

impl Writer {
    fn trace(&mut self, path: &str, value: &str, origin: Origin) {
        self.traces.push(Trace { path: path.to_owned(), value: value.to_owned(), origin });
    }

    fn operation(&mut self, draft: &Draft) -> Node {
        let mut entries: Vec<(String, Node)> = Vec::new();
        let mut add = |key: &str, node: Node| entries.push((key.to_owned(), node));
        add("operation", Node::text(&draft.name.value));
        self.trace("operation", &draft.name.value, draft.name.origin);
        match draft.summary.as_ref().filter(|_| self.has_prose) {
            Some(summary) => {
                self.trace("summary", &summary.value, summary.origin);
                add("summary", Node::Text(summary.value.clone()));
            }
            None => add("summary", Node::Text(generated_summary(&draft.name.value))),
        }
        if let Some(doc) = draft.doc.as_ref().filter(|_| self.has_prose) {
            self.trace("doc", &doc.value, doc.origin);
            add("doc", Node::Text(doc.value.clone()));
        }
        for method in &draft.methods {
            self.trace("methods", method.value.as_str(), method.origin);
        }
        if draft.methods.iter().any(|method| method.origin == Origin::Usual) {
            self.comments
                .push((vec![key("methods")], "the page does not name the method: these are the usual ones".to_owned()));
        }
        add("methods", Node::List(draft.methods.iter().map(|method| Node::text(method.value.as_str())).collect()));
        self.trace("style", draft.style.value.as_str(), draft.style.origin);
        if draft.product_style != Some(draft.style.value) {
            add("style", Node::text(draft.style.value.as_str()));
        }
        if let Some(path) = &draft.path {
            self.trace("path", &path.value, path.origin);
            add("path", Node::text(&path.value));
        }
        if let Some(effect) = &draft.effect {
            self.trace("effect", effect.value.as_str(), effect.origin);
            add("effect", Node::text(effect.value.as_str()));
        }
        if let Some(deprecated) = &draft.deprecated {
            self.trace("deprecated", "true", deprecated.origin);
            add("deprecated", bare("true"));
        }
        if let Some((qps, per)) = &draft.flow {
            self.trace("limits.qps", &qps.value.to_string(), qps.origin);
            self.trace("limits.per", per.value.as_str(), per.origin);
            let entries = vec![
                ("qps".to_owned(), bare(&qps.value.to_string())),
                ("per".to_owned(), Node::text(per.value.as_str())),
            ];
            add("limits", Node::Map(entries));
        }
        if let Some(ram) = &draft.ram {
            let mut own = Vec::new();
            for (name, sourced) in
                [("action", Some(&ram.action)), ("access", ram.access.as_ref()), ("resource", ram.resource.as_ref())]
            {
                if let Some(sourced) = sourced {
                    self.trace(&format!("ram.{name}"), &sourced.value, sourced.origin);
                    own.push((name.to_owned(), Node::text(&sourced.value)));
                }
            }
            add("ram", Node::Map(own));
        }
        if !draft.parameters.is_empty() {
            add("parameters", self.fields(&draft.parameters, &[key("parameters")], "parameters"));
        }
        if !draft.rules.is_empty() {
            add("rules", Node::List(draft.rules.iter().map(|rule| self.rule(rule)).collect()));
        }
        match &draft.response {
            DraftResponse::Fields(fields) if !fields.is_empty() => {
                add("response", self.fields(fields, &[key("response")], "response"));
            }
            DraftResponse::Fields(_) => {}
            DraftResponse::Whole(kind) => {
                self.trace("response.type", &kind.value.spelling(), kind.origin);
                let mut own = vec![("type".to_owned(), Node::Text(kind.value.spelling()))];
                if let Some(members) = kind.value.members() {
                    own.push((
                        "fields".to_owned(),
                        self.fields(members, &[key("response"), key("fields")], "response"),
                    ));
                }
                add("response", Node::Map(own));
            }
        }
        if let Some(Sourced { value: outcome, origin }) = &draft.outcome {
            if *origin == Origin::Usual {
                let comment = "without the fields that this response does not have".to_owned();
                self.comments.push((vec![key("outcome")], comment));
            }
            // Without a field that decides, no body reports failure.
            let decides = !outcome.decides().is_empty();
            let node = if decides { outcome_node(outcome) } else { Node::text("none") };
            self.trace("outcome", &node.in_one_line(), *origin);
            add("outcome", node);
        }
        if !draft.errors.is_empty() {
            let rows = draft.errors.iter().enumerate().map(|(index, row)| self.error(index, row)).collect();
            add("errors", Node::List(rows));
        }
        if let Some(example) = &draft.example {
            add("examples", Node::List(vec![self.example(example, draft)]));
        }
        for (name, text) in &draft.comments {
            let text = if self.has_prose { text.as_str() } else { text.split(": ").next().unwrap_or_default() };
            self.comments.push((vec![key(name)], text.to_owned()));
        }
        Node::Map(entries)
    }

    fn fields(&mut self, fields: &[DraftField], steps: &[Step], path: &str) -> Node {
        let nodes = fields.iter().enumerate().map(|(index, field)| {
            let steps = with(steps, Step::Item(index));
            self.field(field, &steps, &format!("{path}.{}", field.name.value))
        });
        Node::List(nodes.collect())
    }

    fn field(&mut self, field: &DraftField, steps: &[Step], path: &str) -> Node {
        for comment in &field.comments {
            self.comments.push((steps.to_vec(), comment.clone()));
        }
        let mut entries: Vec<(String, Node)> = Vec::new();
        let mut add = |key: &str, node: Node| entries.push((key.to_owned(), node));
        self.trace(&format!("{path}.name"), &field.name.value, field.name.origin);
        add("name", Node::text(&field.name.value));
        if let Some(rust) = &field.rust {
            add("rust", Node::text(rust));
        }
        let ty = field.kind.value.spelling();
        self.trace(&format!("{path}.type"), &ty, field.kind.origin);
        add("type", Node::Text(ty));
        if let Some(position) =
            field.position.as_ref().filter(|position| position.value != alicloud_model::Position::Query)
        {
            self.trace(&format!("{path}.in"), position.value.as_str(), position.origin);
            add("in", Node::text(position.value.as_str()));
        }
        if let Some(style) = &field.style {
            self.trace(&format!("{path}.style"), style.value.as_str(), style.origin);
            add("style", Node::text(style.value.as_str()));
        }
        if let Some(required) = &field.required {
            self.trace(&format!("{path}.required"), &required.value.to_string(), required.origin);
            if required.value {
                add("required", bare("true"));
            }
        }
        if let Some(optional) = &field.optional {
            self.trace(&format!("{path}.optional"), "true", optional.origin);
            add("optional", bare("true"));
        }
        if let Some(sensitive) = field.sensitive {
            self.comments.push((with(steps, key("sensitive")), "named like a secret".to_owned()));
            add("sensitive", bare(if sensitive { "true" } else { "false" }));
        }
        if let Some(deprecated) = &field.deprecated {
            self.trace(&format!("{path}.deprecated"), "true", deprecated.origin);
            add("deprecated", bare("true"));
        }
        if let Some(length) = &field.length {
            let (span, bytes) = &length.value;
            let mut own = bounds(span);
            if *bytes {
                own.push(("unit".to_owned(), Node::text("bytes")));
            }
            let node = Node::Map(own);
            self.trace(&format!("{path}.length"), &node.in_one_line(), length.origin);
            add("length", node);
        }
        for (name, span) in [("count", &field.count), ("range", &field.range)] {
            if let Some(span) = span {
                let node = Node::Map(bounds(&span.value));
                self.trace(&format!("{path}.{name}"), &node.in_one_line(), span.origin);
                add(name, node);
            }
        }
        if let Some(default) = &field.default {
            self.trace(&format!("{path}.default"), &default.value, default.origin);
            add("default", value(&field.kind.value, &default.value));
        }
        if !field.values.is_empty() {
            let item = if let Kind::List(item) = &field.kind.value { item } else { &field.kind.value };
            let mut nodes = Vec::new();
            for sourced in &field.values {
                self.trace(&format!("{path}.values"), &sourced.value, sourced.origin);
                nodes.push(value(item, &sourced.value));
            }
            add("values", Node::List(nodes));
        }
        if let Some(example) = &field.example {
            self.trace(&format!("{path}.example"), &example.value, example.origin);
            add("example", value(&field.kind.value, &example.value));
        }
        if let Some(doc) = field.doc.as_ref().filter(|_| self.has_prose) {
            self.trace(&format!("{path}.doc"), &doc.value, doc.origin);
            add("doc", Node::Text(doc.value.clone()));
        }
        if let Some(members) = field.kind.value.members() {
            let steps = with(steps, key("fields"));
            add("fields", self.fields(members, &steps, path));
        }
        Node::Map(entries)
    }

    fn rule(&mut self, rule: &Sourced<Rule>) -> Node {
        let names = |names: &[String]| Node::List(names.iter().map(|name| Node::text(name)).collect());
        let (key, node) = match &rule.value {
            Rule::AnyOf(groups) => ("any_of", Node::List(groups.iter().map(|group| names(group)).collect())),
            Rule::Together(together) => ("together", names(together)),
        };
        self.trace(&format!("rules.{key}"), &node.in_one_line(), rule.origin);
        Node::Map(vec![(key.to_owned(), node)])
    }

    fn error(&mut self, index: usize, row: &DraftError) -> Node {
        for comment in &row.comments {
            self.comments.push((vec![key("errors"), Step::Item(index)], comment.clone()));
        }
        let path = format!("errors.{}", row.code.value);
        let status = row.status.value.to_string();
        self.trace(&format!("{path}.status"), &status, row.status.origin);
        self.trace(&format!("{path}.code"), &row.code.value, row.code.origin);
        self.trace(&format!("{path}.message"), &row.message.value, row.message.origin);
        let mut entries = vec![
            ("status".to_owned(), bare(&status)),
            ("code".to_owned(), Node::text(&row.code.value)),
            ("message".to_owned(), Node::text(&row.message.value)),
        ];
        if let Some(doc) = row.doc.as_ref().filter(|_| self.has_prose) {
            self.trace(&format!("{path}.doc"), &doc.value, doc.origin);
            entries.push(("doc".to_owned(), Node::Text(doc.value.clone())));
        }
        Node::Map(entries)
    }

    fn example(&mut self, example: &DraftExample, draft: &Draft) -> Node {
        for comment in &example.comments {
            self.comments.push((vec![key("examples"), Step::Item(0)], comment.clone()));
        }
        let mut request = Vec::new();
        for (name, sourced) in &example.request {
            let field = draft.parameters.iter().find(|field| field.name.value == *name);
            let node = sample_node(&sourced.value, field.map(|field| &field.kind.value));
            self.trace(&format!("examples.request.{name}"), &node.in_one_line(), sourced.origin);
            request.push((name.clone(), node));
        }
        let mut entries = vec![("request".to_owned(), Node::Map(request))];
        for (name, sourced) in [("json", &example.json), ("xml", &example.xml)] {
            if let Some(sourced) = sourced {
                self.trace(&format!("examples.{name}"), &sourced.value, sourced.origin);
                entries.push((name.to_owned(), Node::Text(sourced.value.clone())));
            }
        }
        Node::Map(entries)
    }
}

fn bare(text: &str) -> Node {
    Node::Bare(text.to_owned())
}

fn bounds((min, max): &Span) -> Vec<(String, Node)> {
    let bound = |key: &str, bound: &Option<String>| bound.as_ref().map(|bound| (key.to_owned(), bare(bound)));
    [bound("min", min), bound("max", max)].into_iter().flatten().collect()
}

/// A value as specs write it: numbers and Booleans in their usual form without quotes.
fn value(kind: &Kind, text: &str) -> Node {
    let is_usual = match kind {
        kind if kind.is_whole_number() => text.parse::<i64>().is_ok_and(|number| number.to_string() == text),
        kind if kind.is_number() => {
            text.parse::<f64>().is_ok_and(|number| number.is_finite() && number.to_string() == text)
        }
        Kind::Scalar(alicloud_model::Type::Boolean) => text == "true" || text == "false",
        _ => false,
    };
    if is_usual { bare(text) } else { Node::text(text) }
}

fn sample_node(sample: &Sample, kind: Option<&Kind>) -> Node {
    match sample {
        Sample::Text(text) => kind.map_or_else(|| Node::text(text), |kind| value(kind, text)),
        Sample::List(items) => {
            let item = if let Some(Kind::List(item)) = kind { Some(&**item) } else { None };
            Node::List(items.iter().map(|sample| sample_node(sample, item)).collect())
        }
        Sample::Object(members) => {
            let members = members.iter().map(|(name, sample)| {
                let own = kind.and_then(Kind::members).into_iter().flatten().find(|field| field.name.value == *name);
                (name.clone(), sample_node(sample, own.map(|field| &field.kind.value)))
            });
            Node::Map(members.collect())
        }
    }
}

/// The text with comments above the lines they are about.
fn commented(text: &str, top: &[String], comments: &[(Vec<Step>, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut push = |indent: usize, comment: &str| {
        out.push_str(&format!("{:indent$}# {}\n", "", visible(comment)));
    };
    for comment in top {
        push(0, comment);
    }
    let mut by_place: HashMap<&[Step], Vec<&str>> = HashMap::new();
    for (at, comment) in comments {
        by_place.entry(at).or_default().push(comment);
    }
    let lines = steps_of_lines(text);
    let mut body = String::new();
    for (line, steps) in text.lines().zip(&lines) {
        let indent = line.len() - line.trim_start().len();
        for comment in steps.iter().filter_map(|steps| by_place.get(steps.as_slice())).flatten() {
            body.push_str(&format!("{:indent$}# {}\n", "", visible(comment)));
        }
        body.push_str(line);
        body.push('\n');
    }
    out.push_str(&body);
    out
}

/// For each line the steps to what begins on it: an item, and the key behind its dash.
fn steps_of_lines(text: &str) -> Vec<Vec<Vec<Step>>> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, Step)> = Vec::new();
    // Lines deeper than this are a block of text.
    let mut block: Option<usize> = None;
    for line in text.lines() {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let mut own: Vec<Vec<Step>> = Vec::new();
        let in_block = block.is_some_and(|key| content.is_empty() || indent > key);
        if in_block || content.is_empty() || content.starts_with('#') {
            found.push(own);
            continue;
        }
        block = None;
        let steps = |open: &[(usize, Step)]| open.iter().map(|(_, step)| step.clone()).collect::<Vec<_>>();
        let mut at = indent;
        let mut rest = content;
        while let Some(after) = rest.strip_prefix("- ") {
            open.retain(|(other, _)| *other <= at);
            let number = match open.last() {
                Some((other, Step::Item(number))) if *other == at => {
                    let next = number + 1;
                    open.pop();
                    next
                }
                _ => 0,
            };
            open.push((at, Step::Item(number)));
            own.push(steps(&open));
            at += 2;
            rest = after;
        }
        let end = rest.find(": ").or_else(|| rest.strip_suffix(':').map(str::len));
        if let Some(name) = end.and_then(|end| rest.get(..end)) {
            open.retain(|(other, _)| *other < at);
            open.push((at, Step::Key(name.trim_matches(['"', '\'']).to_owned())));
            own.push(steps(&open));
            let value = rest.get(name.len() + 1..).unwrap_or_default().trim();
            if value.starts_with(['|', '>']) && value.len() <= 3 {
                block = Some(at);
            }
        }
        found.push(own);
    }
    found
}

/// The subject of each line of a file.
pub(crate) struct Places(Vec<Vec<Vec<Step>>>);

impl Places {
    pub(crate) fn of(text: &str) -> Self {
        Self(steps_of_lines(text))
    }

    /// The steps to what is on a line, counted from 1.
    pub(crate) fn at(&self, line: usize) -> Vec<Step> {
        let before = self.0.get(..line.min(self.0.len())).unwrap_or_default();
        before.iter().rev().find_map(|steps| steps.last().cloned()).unwrap_or_default()
    }
}
