//! `alicloud explain`: the meaning of an error code, the operations that return it, and what to do.

mod advice;
mod documented;

use alicloud_catalogue::{Catalogue, Product};
use alicloud_cli::import::{codes_with_retries, operations_retried_after};
use alicloud_emulator::gateway_errors;
use alicloud_model::near;
use alicloud_runtime::dynamic::is_always_retried;
use clap::Args;
use url::form_urlencoded;

use crate::catalogue::failure;
use crate::ending::{Ending, Failure};
use crate::explain::documented::{Documented, Seen};
use crate::output::counted;
use crate::terminal::TerminalText;

/// Similar codes that a message names.
const SIMILAR: usize = 5;

/// Products and messages that are shown; a code such as `InternalError` has hundreds.
const SHOWN: usize = 20;

const AFTER_HELP: &str = "\
The codes are those that the catalogue documents, and those of the gateway, which any operation may return.

Examples:
  alicloud explain SignatureDoesNotMatch
  alicloud explain IncorrectInstanceStatus --product ecs
  alicloud explain MissingRegionId

Exit codes:
  0  the code is known
  2  wrong usage, or an unknown product or code";

/// Explains an error code: its operations, statuses and messages, and what to do
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The error code, such as `Throttling.User`
    code: String,
    /// Only the operations of this product
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let Arguments { code, product } = arguments;
    let catalogue = Catalogue::bundled().map_err(failure)?;
    let product = product.as_deref().map(|name| catalogue.find(name).map_err(failure)).transpose()?;
    let known = Known::find(catalogue, code, product)?;
    known.page(product).print()?;
    Ok(Ending::Fine)
}

/// The facts about a code.
struct Known {
    /// The documented code, which may be a pattern such as `InvalidParameter.%s`.
    code: String,
    given: String,
    /// The parameter in a code of the gateway: `RegionId` for `MissingRegionId`.
    parameter: Option<(&'static str, String)>,
    documented: Documented,
}

impl Known {
    fn find(catalogue: &'static Catalogue, given: &str, product: Option<&Product>) -> Result<Self, Failure> {
        let codes: Vec<&str> = catalogue.error_codes().map_err(failure)?.chain(general_codes()).collect();
        let code = codes
            .iter()
            .find(|known| **known == given)
            .or_else(|| codes.iter().find(|known| known.eq_ignore_ascii_case(given)))
            .or_else(|| codes.iter().filter(|known| is_pattern_of(known, given)).max_by_key(|known| known.len()));
        let parameter = parameter_of(catalogue, given)?;
        if code.is_none() && parameter.is_none() {
            return Err(unknown(given, &codes));
        }
        let code = code.map_or_else(|| given.to_owned(), |code| (*code).to_owned());
        let documented = Documented::read(catalogue, &code, product)?;
        let is_general = parameter.is_some() || general_codes().any(|known| known == code);
        if let (Some(product), true, false) = (product, documented.is_empty(), is_general) {
            return Err(Failure::new(format!("no operation of {} documents `{code}`", product.name()))
                .help("without `--product`, all products that document it are listed"));
        }
        Ok(Self { code, given: given.to_owned(), parameter, documented })
    }

    fn page(&self, product: Option<&Product>) -> TerminalText {
        let Self { code, given, parameter, documented } = self;
        let mut page = TerminalText::new();
        page.heading(if code.contains("%s") { given } else { code });
        if code.contains("%s") {
            page.entry(2, "Documented as", &format!("{code}, where the service replaces `%s`"));
        }
        if let Some((problem, name)) = parameter {
            page.entry(2, "Meaning", &format!("The parameter `{name}` {problem}."));
            page.entry(2, "From", "the gateway, with HTTP 400, for any operation that has the parameter");
        }
        let statuses = documented.statuses();
        if let Some(advice) = advice::of(code, &statuses, !operations_retried_after(code).is_empty()) {
            if parameter.is_none() {
                page.entry(2, "Meaning", advice.meaning);
            }
            page.entry(2, "What to do", advice.action);
        }
        page.entry(2, "Retried", &self.retried());
        page.entry(2, "Troubleshooting", &troubleshooting(given, product));
        let general = gateway_errors().filter(|(_, known, _)| known == code);
        for (status, _, message) in general {
            page.heading("From the gateway, for any operation");
            page.entry(2, &format!("HTTP {status}"), message);
        }
        if documented.is_empty() {
            return page;
        }
        page.heading("Status and message");
        let messages = documented.messages();
        for Seen { of: (status, message), operations } in messages.iter().take(SHOWN) {
            page.entry(2, &format!("HTTP {status}"), &format!("{message} ({})", counted(*operations, "operation")));
        }
        rest(&mut page, messages.len());
        page.heading(&format!(
            "Documented by {} of {}",
            counted(documented.operation_count(), "operation"),
            counted(documented.product_count(), "product")
        ));
        let versions = documented.versions();
        for version in versions.iter().take(SHOWN) {
            page.entry(2, &version.name(), &version.words());
        }
        rest(&mut page, versions.len());
        page
    }

    /// Whether clients retry after the code.
    fn retried(&self) -> String {
        if is_always_retried(&self.code) {
            return "always: the service has not acted".to_owned();
        }
        let retrying = operations_retried_after(&self.code);
        let unclear = |status: &u16| matches!(status, 500 | 502 | 503 | 504);
        let statuses = self.documented.statuses();
        let general = gateway_errors().filter(|(_, code, _)| *code == self.code).map(|(status, _, _)| status);
        let mut words: Vec<String> = Vec::new();
        if statuses.contains(&429) {
            words.push("with HTTP 429, always".to_owned());
        }
        if statuses.iter().copied().chain(general).any(|status| unclear(&status)) {
            words.push("with HTTP 500, 502, 503 or 504, if the operation reads or is idempotent".to_owned());
        }
        if !retrying.is_empty() {
            let shown: Vec<&str> = retrying.iter().take(SIMILAR).map(String::as_str).collect();
            let more = if retrying.len() > shown.len() { ", …" } else { "" };
            words.push(format!("from these operations, which have not acted then: {}{more}", shown.join(", ")));
        }
        if words.is_empty() { "no".to_owned() } else { words.join("; ") }
    }
}

/// Advice on the error code of a failed call; `None` if only its message explains it.
#[cfg(feature = "mcp")]
pub(crate) fn advice_about(code: &str, status: Option<u16>) -> Option<&'static str> {
    let is_retried = !operations_retried_after(code).is_empty();
    advice::of(code, &status.into_iter().collect(), is_retried).map(|advice| advice.action)
}

/// The codes that operations may return without documenting them.
fn general_codes() -> impl Iterator<Item = &'static str> {
    gateway_errors().map(|(_, code, _)| code).chain(advice::codes()).chain(codes_with_retries())
}

/// Whether a code matches a pattern, such as `InvalidParameter.%s`. A pattern without letters would match every code.
fn is_pattern_of(pattern: &str, code: &str) -> bool {
    let mut parts = pattern.split("%s");
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = code.strip_prefix(first) else { return false };
    if first.len() < 3 {
        return false;
    }
    let mut is_pattern = false;
    for part in parts {
        is_pattern = true;
        match rest.find(part) {
            Some(_) if part.is_empty() => rest = "",
            Some(at) => rest = rest.get(at + part.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    is_pattern && rest.is_empty()
}

/// The parameter in a code of the gateway: `MissingRegionId`, `InvalidRegionId`.
fn parameter_of(catalogue: &'static Catalogue, code: &str) -> Result<Option<(&'static str, String)>, Failure> {
    for (start, problem) in [("Missing", "is required, and was not sent"), ("Invalid", "has a value that is not valid")]
    {
        let Some(name) = code.strip_prefix(start) else { continue };
        let name = name.trim_start_matches('.');
        let is_common = alicloud_model::COMMON_PARAMETERS.contains(&name);
        if is_common || catalogue.parameter_names().map_err(failure)?.any(|known| known == name) {
            return Ok(Some((problem, name.to_owned())));
        }
    }
    Ok(None)
}

fn troubleshooting(code: &str, product: Option<&Product>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", code);
    if let Some(product) = product {
        query.append_pair("product", product.name());
    }
    format!("https://api.aliyun.com/troubleshoot?{}", query.finish())
}

fn rest(page: &mut TerminalText, all: usize) {
    if all > SHOWN {
        page.paragraph(2, &format!("… and {} more", all - SHOWN));
    }
}

fn unknown(code: &str, codes: &[&str]) -> Failure {
    let mut similar: Vec<&str> = near(code, codes.iter().copied());
    let lower = code.to_lowercase();
    let contains = |known: &&&str| code.len() > 3 && known.to_lowercase().contains(&lower);
    for known in codes.iter().filter(contains) {
        if !similar.contains(known) {
            similar.push(known);
        }
    }
    let similar: Vec<String> = similar.iter().take(SIMILAR).map(|code| format!("`{code}`")).collect();
    let failure = Failure::new(format!("no operation documents the error code `{code}`"));
    match similar.split_last() {
        None => failure.help("`alicloud search` finds error codes by words"),
        Some((only, [])) => failure.help(format!("did you mean {only}?")),
        Some((last, others)) => failure.help(format!("did you mean {} or {last}?", others.join(", "))),
    }
}
