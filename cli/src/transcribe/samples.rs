//! The sample messages of a page.

use std::collections::{BTreeMap, HashMap};

use alicloud_model::{Method, sample_xml};
use serde_json::Value as Json;

use super::page::{Block, Line};
use super::sections::Part;
use super::words::Section;

/// A sample, as the page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// The line it begins on.
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// The samples of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Samples {
    /// A request as an address, `https://…/?Action=…`.
    pub(crate) request: Option<Text>,
    /// A method with a path, and whether it is a sample, with values in place of names.
    pub(crate) request_line: Option<(Text, bool)>,
    pub(crate) json: Option<Text>,
    pub(crate) xml: Option<Text>,
    /// The values that the sample request and the JSON sample show, by name.
    shown: HashMap<String, Vec<String>>,
    /// Further samples, each with its line: a draft has one of each kind.
    pub(crate) others: Vec<(usize, &'static str)>,
}

/// Finds the first sample of each kind among the examples. Samples of errors are passed over.
pub(crate) fn find_samples(parts: &[Part]) -> Samples {
    let mut samples = Samples::default();
    for part in parts {
        let is_sample = matches!(part.section, Section::Examples | Section::RequestSample | Section::ResponseSample);
        if !is_sample && part.section != Section::RequestSyntax {
            continue;
        }
        let lines: Vec<&Line> = part
            .blocks
            .iter()
            .filter_map(|block| if let Block::Line(line) = block { Some(line) } else { None })
            .collect();
        read_samples(&lines, part.section, &mut samples);
    }
    samples.collect_shown();
    samples
}

impl Samples {
    /// The values that the samples show under a name.
    pub(crate) fn shown(&self, name: &str) -> &[String] {
        self.shown.get(name).map_or(&[], Vec::as_slice)
    }

    fn collect_shown(&mut self) {
        let request = self.request.as_ref().map(|request| request_parts(&request.text).1);
        for (name, value) in request.into_iter().flatten() {
            self.shown.entry(name).or_default().push(value);
        }
        if let Some(shape) = self.json.as_ref().and_then(|json| json_shape(&json.text)) {
            collect_values(&shape, &mut self.shown);
        }
    }
}

/// Adds all values of a sample under their names.
fn collect_values(shape: &Shape, found: &mut HashMap<String, Vec<String>>) {
    match shape {
        Shape::Object(members) => {
            for (name, value) in members {
                if let Shape::Text(text) | Shape::Number(text) | Shape::Boolean(text) = value {
                    found.entry(name.clone()).or_default().push(text.clone());
                }
                collect_values(value, found);
            }
        }
        Shape::List(item) => collect_values(item, found),
        _ => {}
    }
}

/// More samples, or pieces of them, are not looked at.
const MOST_SAMPLES: usize = 30;

fn read_samples(lines: &[&Line], section: Section, samples: &mut Samples) {
    let mut at = 0;
    // Each sample without an end is searched to the end of the page.
    while let Some(line) = lines.get(at).filter(|_| samples.others.len() < MOST_SAMPLES) {
        let text = line.text.trim();
        let start = text.to_ascii_lowercase();
        if start.starts_with("http://") || start.starts_with("https://") || start.starts_with("http(s)://") {
            let (request, next) = read_request(lines, at);
            match (&samples.request, request.text.contains("Action=")) {
                (None, true) => samples.request = Some(request),
                (Some(_), true) => samples.others.push((request.line, "a second sample request")),
                (_, false) => {}
            }
            at = next;
            continue;
        }
        if request_line(text).is_some() {
            let is_sample = section != Section::RequestSyntax;
            if samples.request_line.is_none() || !is_sample {
                samples.request_line = Some((Text { line: line.number, text: text.to_owned() }, is_sample));
            }
            at += 1;
            // The body of a sample request is not a response.
            if section == Section::RequestSample {
                return;
            }
            continue;
        }
        let is_response = matches!(section, Section::Examples | Section::ResponseSample);
        if is_response && text.starts_with(['{', '[']) {
            let (json, next) = read_json(lines, at);
            match json {
                Some(json) if samples.json.is_some() => samples.others.push((json.line, "a second JSON sample")),
                Some(json) => samples.json = Some(json),
                None => samples.others.push((line.number, "a JSON sample that does not end")),
            }
            at = next.max(at + 1);
            continue;
        }
        if is_response && is_element(text) {
            let (xml, next) = read_xml(lines, at);
            // Tags around a sample, such as those of tabs, are no sample: it is inside.
            let is_response =
                |xml: &Text| xml_root(&xml.text).is_some_and(|root| root.to_ascii_lowercase().ends_with("response"));
            if !line.is_code && !xml.as_ref().is_some_and(is_response) {
                samples.others.push((line.number, "a tag that is not a sample"));
                at += 1;
                continue;
            }
            match xml {
                Some(xml) if samples.xml.is_some() => samples.others.push((xml.line, "a second XML sample")),
                Some(xml) => samples.xml = Some(xml),
                None => samples.others.push((line.number, "an XML sample that does not end")),
            }
            at = next.max(at + 1);
            continue;
        }
        at += 1;
    }
}

/// The methods and the path of a request line such as `GET /clusters HTTP/1.1` or `PATCH|POST /clusters HTTPS|HTTP`.
fn request_line(text: &str) -> Option<(Vec<Method>, &str)> {
    let (methods, rest) = text.trim().split_once(char::is_whitespace)?;
    let method = |name: &str| Method::ALL.iter().copied().find(|known| known.as_str() == name);
    let methods: Vec<Method> = methods.split('|').map(method).collect::<Option<_>>()?;
    let path = rest.split(" HTTP").next().unwrap_or(rest).trim();
    path.starts_with('/').then_some((methods, path))
}

/// The methods and the path of a request line, with braces around the names in it.
pub(crate) fn roa_request(text: &str) -> Option<(Vec<Method>, String)> {
    let (methods, raw) = request_line(text)?;
    let raw = raw.split_whitespace().next().unwrap_or_default();
    let path = raw
        .split('?')
        .next()
        .unwrap_or_default()
        .replace('[', "{")
        .replace(']', "}")
        .replace('<', "{")
        .replace('>', "}");
    Some((methods, path))
}

/// The address goes on over lines that begin with `&`, and over a value on several lines.
fn read_request(lines: &[&Line], at: usize) -> (Text, usize) {
    let first = lines.get(at).map_or(0, |line| line.number);
    let mut text = String::new();
    let mut next = at;
    // The brackets that are open.
    let (mut square, mut curly) = (0_i64, 0_i64);
    while let Some(line) = lines.get(next) {
        let part = line.text.trim();
        let goes_on = next == at || part.starts_with('&') || square > 0 || curly > 0;
        if !goes_on || text.len() > LONGEST_REQUEST {
            break;
        }
        for one in part.chars() {
            match one {
                '[' => square += 1,
                ']' => square -= 1,
                '{' => curly += 1,
                '}' => curly -= 1,
                _ => {}
            }
        }
        text.push_str(part);
        next += 1;
    }
    (Text { line: first, text }, next)
}

/// A longer address is not a request.
const LONGEST_REQUEST: usize = 20_000;

/// The parameters of a sample request, without what every call sends, and the host.
pub(crate) fn request_parts(text: &str) -> (Option<String>, Vec<(String, String)>) {
    let rest =
        ["http(s)://", "https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
    let (host, query) = rest.split_once('?').unwrap_or((rest, ""));
    let host = host.split('/').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_host = host.contains('.') && host.chars().all(|one| one.is_ascii_alphanumeric() || ".-".contains(one));
    let mut parameters = Vec::new();
    for part in query.trim().split('&') {
        let part = part.trim();
        if part.starts_with('<') || part.is_empty() {
            continue;
        }
        let Some((name, value)) = part.split_once('=') else { continue };
        parameters.push((name.trim().to_owned(), value.trim().to_owned()));
    }
    (is_host.then_some(host), parameters)
}

/// The text from an opening bracket to the one that closes it. A text that never closes is cut, and no sample.
fn read_json(lines: &[&Line], at: usize) -> (Option<Text>, usize) {
    let first = lines.get(at).map_or(0, |line| line.number);
    let mut depth = 0_usize;
    let (mut in_text, mut escaped) = (false, false);
    let mut taken: Vec<String> = Vec::new();
    let mut size = 0;
    for (index, line) in lines.iter().enumerate().skip(at) {
        size += line.text.len();
        if size > 1 << 20 {
            return (None, index);
        }
        for (place, one) in line.text.char_indices() {
            match one {
                '"' if !escaped => in_text = !in_text,
                '{' | '[' if !in_text => depth += 1,
                '}' | ']' if !in_text => depth = depth.saturating_sub(1),
                _ => {}
            }
            escaped = in_text && one == '\\' && !escaped;
            if depth == 0 && !in_text && matches!(one, '}' | ']') {
                taken.push(line.text.get(..=place).unwrap_or_default().to_owned());
                return (Some(Text { line: first, text: dedented(&taken) }), index + 1);
            }
        }
        // Texts do not go over the end of a line.
        in_text = false;
        taken.push(line.text.clone());
    }
    (None, at + 1)
}

fn is_element(text: &str) -> bool {
    let rest = text.strip_prefix('<').unwrap_or_default();
    rest.starts_with(|one: char| one.is_ascii_alphabetic() || one == '?')
        && rest.find('>').is_some_and(|end| rest.get(..end).is_some_and(|tag| tag.len() < 200))
}

fn read_xml(lines: &[&Line], at: usize) -> (Option<Text>, usize) {
    // A declaration says nothing of the message, and some are broken.
    let Some(begin) = (at..lines.len()).find(|index| {
        lines.get(*index).is_some_and(|line| {
            let rest = line.text.trim().strip_prefix('<').unwrap_or_default();
            rest.starts_with(|one: char| one.is_ascii_alphabetic())
        })
    }) else {
        return (None, lines.len());
    };
    let Some(line) = lines.get(begin) else { return (None, begin) };
    let first = line.number;
    let root: String = line
        .text
        .trim()
        .chars()
        .skip(1)
        .take_while(|one| one.is_ascii_alphanumeric() || "_-.".contains(*one))
        .collect();
    let close = format!("</{root}>");
    let mut taken: Vec<String> = Vec::new();
    let mut size = 0;
    for (index, line) in lines.iter().enumerate().skip(begin) {
        size += line.text.len();
        if size > 1 << 20 {
            break;
        }
        if let Some(end) = line.text.find(&close) {
            taken.push(line.text.get(..end + close.len()).unwrap_or_default().to_owned());
            return (Some(Text { line: first, text: dedented(&taken) }), index + 1);
        }
        taken.push(line.text.clone());
    }
    (None, begin + 1)
}

/// Lines without the indentation that all of them have, and a line break behind the last.
fn dedented(lines: &[String]) -> String {
    // Tabs would make the block of a spec unreadable.
    let lines: Vec<String> = lines.iter().map(|line| line.replace('\t', "  ")).collect();
    let filled = || lines.iter().filter(|line| !line.trim().is_empty());
    let least = filled().map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or_default();
    let mut text = String::new();
    for line in filled() {
        text.push_str(line.get(least..).unwrap_or(line).trim_end());
        text.push('\n');
    }
    text
}

/// The nesting of the values of a sample.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    Text(String),
    Number(String),
    Boolean(String),
    Nothing,
    Object(BTreeMap<String, Shape>),
    /// A list, with all that its items have.
    List(Box<Shape>),
}

impl Shape {
    /// The members of an object, or of the items of a list.
    pub(crate) fn members(&self) -> Option<&BTreeMap<String, Shape>> {
        match self {
            Self::Object(members) => Some(members),
            Self::List(item) => item.members(),
            _ => None,
        }
    }

    fn depth(&self) -> usize {
        match self {
            Self::Object(members) => 1 + members.values().map(Self::depth).max().unwrap_or_default(),
            Self::List(item) => 1 + item.depth(),
            _ => 0,
        }
    }

    /// The members of both.
    pub(crate) fn merged(self, other: Self) -> Self {
        match (self, other) {
            (Self::Object(mut members), Self::Object(others)) => {
                for (name, other) in others {
                    let merged = match members.remove(&name) {
                        Some(own) => own.merged(other),
                        None => other,
                    };
                    members.insert(name, merged);
                }
                Self::Object(members)
            }
            (Self::List(one), Self::List(other)) => Self::List(Box::new(one.merged(*other))),
            // An element of XML may be the only item of a list.
            (Self::List(item), other) => Self::List(Box::new(item.merged(other))),
            (Self::Nothing, other) => other,
            (own, _) => own,
        }
    }

    fn of_json(value: &Json) -> Self {
        match value {
            Json::Null => Self::Nothing,
            Json::Bool(value) => Self::Boolean(value.to_string()),
            Json::Number(number) => Self::Number(number.to_string()),
            Json::String(text) => Self::Text(text.clone()),
            Json::Array(items) => {
                Self::List(Box::new(items.iter().map(Self::of_json).fold(Self::Nothing, Self::merged)))
            }
            Json::Object(members) => {
                Self::Object(members.iter().map(|(name, value)| (name.clone(), Self::of_json(value))).collect())
            }
        }
    }

    fn of_xml(element: &sample_xml::Element) -> Self {
        if element.children.is_empty() {
            return Self::Text(element.text.clone());
        }
        let mut members: BTreeMap<String, Shape> = BTreeMap::new();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for child in &element.children {
            *seen.entry(&child.name).or_default() += 1;
            let own = Self::of_xml(child);
            let merged = match members.remove(&child.name) {
                Some(before) => before.merged(own),
                None => own,
            };
            members.insert(child.name.clone(), merged);
        }
        for (name, _) in seen.into_iter().filter(|(_, count)| *count > 1) {
            if let Some(item) = members.remove(name) {
                let list = if matches!(item, Self::List(_)) { item } else { Self::List(Box::new(item)) };
                members.insert(name.to_owned(), list);
            }
        }
        Self::Object(members)
    }
}

/// The deepest sample that is read.
const DEEPEST: usize = 32;

/// The shape of a JSON sample. Commas behind the last item, which some pages have, do not matter for it.
pub(crate) fn json_shape(text: &str) -> Option<Shape> {
    let value: Json =
        serde_json::from_str(text).ok().or_else(|| serde_json::from_str(&without_last_commas(text)).ok())?;
    Some(Shape::of_json(&value)).filter(|shape| shape.depth() <= DEEPEST)
}

/// The shape of an XML sample.
pub(crate) fn xml_shape(text: &str) -> Option<Shape> {
    let root = sample_xml::parse(text).ok()?;
    Some(Shape::of_xml(&root)).filter(|shape| shape.depth() <= DEEPEST)
}

/// The root element of an XML sample.
pub(crate) fn xml_root(text: &str) -> Option<String> {
    sample_xml::parse(text).ok().map(|root| root.name)
}

fn without_last_commas(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_text = false;
    let mut escaped = false;
    for one in text.chars() {
        if !in_text && matches!(one, '}' | ']') {
            let kept = plain.trim_end().strip_suffix(',').map(str::len);
            if let Some(kept) = kept {
                plain.truncate(kept);
            }
        }
        if one == '"' && !escaped {
            in_text = !in_text;
        }
        escaped = in_text && one == '\\' && !escaped;
        plain.push(one);
    }
    plain
}
