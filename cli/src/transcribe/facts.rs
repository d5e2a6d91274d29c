//! The facts that reading a page depends on: its name, its style, and its service.

use std::sync::LazyLock;

use alicloud_model::{ApiStyle, Method, Position};
use regex::Regex;

use super::cells;
use super::draft::{NoteKind, Notes, Origin, Sourced};
use super::fitness::{is_action, name_of};
use super::page::Page;
use super::samples::{Samples, request_parts, roa_request};
use super::sections::ReadPart;
use super::words::{self, Column, Section};
use crate::import::check_operation_name;
use crate::import::shown;
use crate::input::InputError;

/// The facts that the user gives for those that the page lacks.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Given {
    /// The name of the operation.
    pub operation: Option<String>,
    /// The product, such as `Ecs`.
    pub product: Option<String>,
    /// The API version, such as `2014-05-26`.
    pub version: Option<String>,
    /// The host of the service.
    pub endpoint: Option<String>,
}

/// The facts.
pub(crate) struct Facts {
    pub(crate) name: Sourced<String>,
    pub(crate) style: Sourced<ApiStyle>,
    pub(crate) path: Option<Sourced<String>>,
    pub(crate) methods: Vec<Sourced<Method>>,
    /// The product's name, if it is known as it is written.
    pub(crate) product: Option<Sourced<String>>,
    /// The product in small letters, as addresses have it.
    pub(crate) product_word: Option<Sourced<String>>,
    pub(crate) version: Option<Sourced<String>>,
    pub(crate) host: Option<Sourced<String>>,
    /// The line with the page's address, which is not part of the text.
    pub(crate) address_line: usize,
    titles: Vec<String>,
}

/// Addresses that name the product, the version and the operation.
const LINKS: &[&str] = &[
    r"[#?&]product=(?P<product>[\w-]+)&api=(?P<operation>\w+)(?:&type=(?P<style>\w+))?(?:&version=(?P<version>\d{4}-\d{2}-\d{2}))?",
    r"/api/(?P<product>[\w-]+)/(?P<version>\d{4}-\d{2}-\d{2})/(?P<operation>\w+)",
    r"/document/(?P<product>[\w-]+)/(?P<version>\d{4}-\d{2}-\d{2})/(?P<operation>\w+)",
];

/// The last part of a page's own address.
const ADDRESS: &str =
    r"/api-(?P<product>[a-z0-9-]+?)-(?P<version>\d{4}-\d{2}-\d{2})-(?P<operation>[a-z0-9_]+)(?:\.md)?$";

/// Sentences that name the operation.
const SENTENCES: &[&str] = &[
    r"^(?:通过)?(?:调用|調用|呼叫)\s*(?P<operation>[A-Za-z][A-Za-z0-9]+)",
    r"(?i)^(?:you can )?call (?:the )?(?P<operation>[A-Z][A-Za-z0-9]+)(?: operation| API| to )",
    r"\b[Tt]he (?P<operation>[A-Z][a-z]+[A-Z][A-Za-z0-9]+) (?:operation|API)\b",
    r"(?P<operation>[A-Z][a-z]+[A-Z][A-Za-z0-9]+)\s*(?:を呼び出|操作を呼び出|オペレーション)",
];

fn compiled(forms: &[&str]) -> Vec<Regex> {
    forms.iter().filter_map(|form| Regex::new(form).ok()).collect()
}

static LINK: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(LINKS));
static OWN_ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(ADDRESS).ok());
static SENTENCE: LazyLock<Vec<Regex>> = LazyLock::new(|| compiled(SENTENCES));

/// A possible name of the operation. The greatest confidence wins.
struct Candidate {
    name: Sourced<String>,
    confidence: u8,
    from: &'static str,
}

impl Facts {
    pub(crate) fn find(
        page: &Page,
        parts: &[ReadPart],
        samples: &Samples,
        given: &Given,
        notes: &mut Notes,
    ) -> Result<Self, InputError> {
        let is_reference = parts.iter().any(|part| {
            matches!(
                part.section,
                Section::Parameters(_) | Section::Response | Section::Errors | Section::RequestSyntax
            )
        });
        if !is_reference {
            return Err(InputError::new(
                "this is not the page of an operation: it has no known section, such as `Request parameters`, `请求参数` or `リクエストパラメーター`",
                "use the page of one operation in the API reference",
            ));
        }
        let links = links(page);
        let address = page.address.as_ref().and_then(|(line, address)| {
            let address = address.split(['?', '#', ' ']).next().unwrap_or_default();
            let found = OWN_ADDRESS.as_ref()?.captures(address)?;
            let group = |name: &str| found.name(name).map(|group| Sourced::at(*line, group.as_str().to_owned()));
            Some((group("product")?, group("version")?, group("operation")?))
        });
        let titles = titles(parts);
        let candidates =
            candidates(parts, samples, &links, &titles, address.as_ref().map(|(_, _, operation)| operation));
        let name = choose_name(given, &candidates, notes)?;
        // Links to other operations say nothing about this one.
        let own_link = links.iter().find(|link| link.operation == name.value);
        let any_link = own_link.or(links.first());
        let request_line = samples.request_line.as_ref();
        let roa = request_line.and_then(|(line, is_sample)| Some((line, *is_sample, roa_request(&line.text)?)));
        let has_action = samples.request.is_some() || action_row(parts).is_some();
        let style_of_link = own_link.and_then(|link| {
            let style = ApiStyle::ALL.iter().find(|style| link.style.as_deref() == Some(style.as_str()))?;
            Some(Sourced::at(link.line, *style))
        });
        let style = style_of_link.unwrap_or_else(|| match (&roa, has_action) {
            (Some((line, _, _)), false) => Sourced::at(line.line, ApiStyle::Roa),
            (_, true) => Sourced {
                value: ApiStyle::Rpc,
                origin: samples.request.as_ref().map_or(name.origin, |sample| Origin::Page(sample.line)),
            },
            (None, false) => Sourced { value: ApiStyle::Rpc, origin: Origin::Usual },
        });
        let mut path = None;
        let mut methods = Vec::new();
        if style.value == ApiStyle::Roa {
            let Some((line, is_sample, (found, raw))) = roa else {
                return Err(InputError::new(
                    format!("`{}` is a ROA operation, and the page does not show its path", name.value),
                    "use the whole page, with its section `Request syntax`",
                ));
            };
            let raw = if is_sample { path_of_sample(&raw, parts, &name.value)? } else { raw };
            methods = found.into_iter().map(|method| Sourced::at(line.line, method)).collect();
            path = Some(Sourced::at(line.line, raw));
        }
        let host = samples.request.as_ref().and_then(|sample| {
            let (host, _) = request_parts(&sample.text);
            Some(Sourced::at(sample.line, host?))
        });
        let option = |value: &Option<String>| value.clone().map(|value| Sourced { value, origin: Origin::Option });
        let product =
            option(&given.product).or_else(|| any_link.map(|link| Sourced::at(link.line, link.product.clone())));
        let version_of_link = any_link.and_then(|link| Some(Sourced::at(link.line, link.version.clone()?)));
        let version = option(&given.version)
            .or(version_of_link)
            .or_else(|| address.as_ref().map(|(_, version, _)| version.clone()))
            .or_else(|| version_row(parts));
        Ok(Self {
            name,
            style,
            path,
            methods,
            product,
            product_word: address.map(|(product, _, _)| product),
            version,
            host: option(&given.endpoint).or(host),
            address_line: page.address.as_ref().map_or(0, |(line, _)| *line),
            titles,
        })
    }

    /// Whether a line is a title of the page.
    pub(crate) fn is_title(&self, text: &str) -> bool {
        let text = text.trim();
        !text.is_empty() && self.titles.iter().any(|title| title == text)
    }
}

/// A link to the operation in the API explorer.
struct Link {
    line: usize,
    product: String,
    operation: String,
    version: Option<String>,
    style: Option<String>,
}

fn links(page: &Page) -> Vec<Link> {
    let read = |(line, link): &(usize, String)| {
        let found = LINK.iter().find_map(|form| form.captures(link))?;
        let group = |name: &str| found.name(name).map(|group| group.as_str().to_owned());
        Some(Link {
            line: *line,
            product: group("product")?,
            operation: group("operation")?,
            version: group("version"),
            style: group("style"),
        })
    };
    let is_operation = |link: &Link| link.operation != "errorCode";
    page.links.iter().filter_map(read).filter(is_operation).collect()
}

/// The lines at the beginning that are titles: marked as headings, or with the operation's name before a dash or behind
/// a colon.
fn titles(parts: &[ReadPart]) -> Vec<String> {
    let Some(first) = parts.first() else { return Vec::new() };
    let lines = first.content.lines.iter().filter(|line| !line.text.trim().is_empty()).take(12);
    lines
        .filter(|line| line.is_heading || title_name(&line.text).is_some())
        .map(|line| line.text.trim().to_owned())
        .collect()
}

/// The operation's name in a title: `StopInstances - …`, `Elastic Compute Service:StopInstances`, or the name alone.
fn title_name(text: &str) -> Option<&str> {
    let text = text.trim();
    let before = text.split(" - ").next().unwrap_or_default().trim();
    let after = before.rsplit([':', '：']).next().unwrap_or_default().trim();
    is_operation_name(after).then_some(after)
}

/// Whether a word has the form of an operation's name: two words at least, each with a capital.
fn is_operation_name(text: &str) -> bool {
    let is_plain = text.len() <= 100 && text.chars().all(|one| one.is_ascii_alphanumeric());
    let capitals = text.chars().filter(char::is_ascii_uppercase).count();
    is_plain
        && capitals >= 2
        && text.starts_with(|one: char| one.is_ascii_uppercase())
        && text.chars().any(|one| one.is_ascii_lowercase())
}

/// The operation that the row `Action` names: its example, or the value in its description.
fn action_row(parts: &[ReadPart]) -> Option<Sourced<String>> {
    let tables = parts
        .iter()
        .filter(|part| matches!(part.section, Section::Parameters(_)))
        .flat_map(|part| &part.content.tables);
    let mut rows = tables.flat_map(|table| &table.rows);
    let row = rows.find(|row| row.get(Column::Name).is_some_and(|cell| cells::plain(&cell.text) == "Action"))?;
    let example = row
        .get(Column::Example)
        .or(row.example_or_doc.as_ref())
        .map(|cell| (cell.line, cells::plain(&cell.text).split_whitespace().next().unwrap_or_default().to_owned()));
    let in_doc = || {
        let doc = row.get(Column::Doc)?;
        let mut words = doc.text.split(|one: char| !one.is_ascii_alphanumeric());
        let word = words.rfind(|word| is_operation_name(word))?;
        Some((doc.line, word.to_owned()))
    };
    let (line, name) = example.filter(|(_, name)| is_operation_name(name)).or_else(in_doc)?;
    Some(Sourced::at(line, name))
}

/// The path of a sample request, with names in place of the values that the examples of the path parameters show.
fn path_of_sample(raw: &str, parts: &[ReadPart], operation: &str) -> Result<String, InputError> {
    if raw.contains('{') {
        return Ok(raw.to_owned());
    }
    let mut segments: Vec<String> = raw.split('/').map(str::to_owned).collect();
    let mut is_whole = true;
    for part in parts {
        let Section::Parameters(of_section) = part.section else { continue };
        for row in part.content.tables.iter().flat_map(|table| &table.rows) {
            let of_row = row.get(Column::Position).and_then(|cell| words::position(&cell.text));
            let is_in_path = of_row.or(of_section) == Some(Position::Path);
            let Some(name) = row.get(Column::Name).and_then(|cell| name_of(&cell.text)).filter(|_| is_in_path) else {
                continue;
            };
            let example = row.get(Column::Example).map_or("", |cell| cells::plain(&cell.text));
            match segments.iter_mut().find(|segment| !example.is_empty() && *segment == example) {
                Some(segment) => *segment = format!("{{{name}}}"),
                None => is_whole = false,
            }
        }
    }
    // A masked value that no parameter explains is not part of a path.
    if is_whole && !segments.iter().any(|segment| segment.contains('*')) {
        return Ok(segments.join("/"));
    }
    Err(InputError::new(
        format!("the page of `{operation}` has its path only in a sample, with values instead of parameters"),
        "use the whole page, with its section `Request syntax`",
    ))
}

/// The version that a row of that name gives.
fn version_row(parts: &[ReadPart]) -> Option<Sourced<String>> {
    let tables = parts.iter().flat_map(|part| &part.content.tables);
    let mut rows = tables.flat_map(|table| &table.rows);
    let row = rows.find(|row| row.get(Column::Name).is_some_and(|cell| cells::plain(&cell.text) == "Version"))?;
    let example = row.get(Column::Example)?;
    let value = cells::plain(&example.text);
    is_version(value).then(|| Sourced::at(example.line, value.to_owned()))
}

pub(crate) fn is_version(text: &str) -> bool {
    text.len() == 10
        && text.char_indices().all(|(at, one)| if at == 4 || at == 7 { one == '-' } else { one.is_ascii_digit() })
}

fn candidates(
    parts: &[ReadPart],
    samples: &Samples,
    links: &[Link],
    titles: &[String],
    address: Option<&Sourced<String>>,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut add = |confidence: u8, from: &'static str, name: Sourced<String>| {
        found.push(Candidate { name, confidence, from });
    };
    if let Some(name) = action_row(parts) {
        add(10, "the parameter `Action`", name);
    }
    if let Some(sample) = &samples.request {
        let (_, parameters) = request_parts(&sample.text);
        if let Some((_, action)) = parameters.iter().find(|(name, value)| name == "Action" && name_of(value).is_some())
        {
            add(6, "the sample request", Sourced::at(sample.line, action.clone()));
        }
    }
    let own_titles = parts.first().map(|part| &part.content.lines).into_iter().flatten();
    for line in own_titles.filter(|line| titles.iter().any(|title| title == line.text.trim())) {
        if let Some(name) = title_name(&line.text) {
            add(7, "the title", Sourced::at(line.number, name.to_owned()));
            break;
        }
    }
    if let Some(link) = links.first() {
        add(8, "the link to the API explorer", Sourced::at(link.line, link.operation.clone()));
    }
    let prose = parts.iter().filter(|part| part.section == Section::Description).flat_map(|part| &part.content.lines);
    for line in prose {
        for (index, form) in SENTENCE.iter().enumerate() {
            if let Some(name) = form.captures(line.text.trim()).and_then(|found| found.name("operation"))
                && is_operation_name(name.as_str())
            {
                let confidence = if index < 2 { 5 } else { 4 };
                add(confidence, "the description", Sourced::at(line.number, name.as_str().to_owned()));
            }
        }
    }
    let tables =
        parts.iter().filter(|part| part.section == Section::Authorization).flat_map(|part| &part.content.tables);
    if let Some(cell) = tables.flat_map(|table| &table.rows).find_map(|row| row.get(Column::Action))
        && is_action(&cell.text)
        && let Some((_, name)) = cells::plain(&cell.text).split_once(':')
    {
        add(2, "the RAM action", Sourced::at(cell.line, name.to_owned()));
    }
    // The address is in small letters, and confirms a name.
    if let Some(address) = address {
        for candidate in &mut found {
            if candidate.name.value.eq_ignore_ascii_case(&address.value) {
                candidate.confidence = candidate.confidence.max(9);
            }
        }
    }
    found.retain(|candidate| check_operation_name(&candidate.name.value).is_ok());
    found
}

fn choose_name(given: &Given, candidates: &[Candidate], notes: &mut Notes) -> Result<Sourced<String>, InputError> {
    if let Some(name) = &given.operation {
        if let Err(why) = check_operation_name(name) {
            return Err(InputError::new(
                format!("`{}` is not the name of an operation: {why}", shown(name)),
                "use the name as the page spells it",
            ));
        }
        return Ok(Sourced { value: name.clone(), origin: Origin::Option });
    }
    let best = candidates.iter().max_by_key(|candidate| candidate.confidence);
    // A name that ends too early was cut.
    let is_whole = |other: &&Candidate| {
        best.is_some_and(|best| {
            other.confidence >= 5
                && other.name.value.len() > best.name.value.len()
                && other.name.value.starts_with(&best.name.value)
        })
    };
    let best = candidates.iter().filter(is_whole).max_by_key(|candidate| candidate.confidence).or(best);
    // Of several names in the description none is surer than the others, and the RAM action is that of another
    // operation at times.
    let rivals: Vec<&str> = candidates
        .iter()
        .filter(|other| {
            best.is_some_and(|best| other.confidence == best.confidence && other.name.value != best.name.value)
        })
        .map(|other| other.name.value.as_str())
        .collect();
    let Some(best) = best.filter(|best| best.confidence > 2 && rivals.is_empty()) else {
        let mut names: Vec<String> =
            candidates.iter().map(|candidate| format!("`{}`", shown(&candidate.name.value))).collect();
        names.dedup();
        names.truncate(5);
        let found = if names.is_empty() {
            "nothing on it names one".to_owned()
        } else {
            format!("it may be {}", names.join(" or "))
        };
        return Err(InputError::new(
            format!("the page does not say which operation it describes: {found}"),
            "use --operation NAME",
        ));
    };
    for other in candidates.iter().filter(|other| other.name.value != best.name.value && other.confidence >= 5) {
        let text = format!(
            "{} has `{}`, and {} has `{}`: the draft has the latter",
            other.from, other.name.value, best.from, best.name.value
        );
        notes.add(NoteKind::Decide, other.name.line(), text);
    }
    Ok(best.name.clone())
}
