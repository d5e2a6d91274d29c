//! The error table of an operation.

use alicloud_model::naming::camel;

use super::json::Json;
use super::naming::check_name;
use super::report::{Reason, Scope};

/// A row of an error table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ErrorRow {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) rust: Option<String>,
    pub(crate) message: String,
}

/// Reads the rows, in the order of the document.
pub(crate) fn read_errors(raw: &Json, scope: &Scope<'_>) -> Vec<ErrorRow> {
    let mut rows: Vec<ErrorRow> = Vec::new();
    let mut variants: Vec<(String, String)> = Vec::new();
    for (status, listed) in raw.members() {
        let number = status.trim().parse::<u16>().ok().filter(|number| (100..=599).contains(number));
        for row in listed.items() {
            let code = with_placeholder(row.get("errorCode").text().unwrap_or_default().trim());
            let scope = scope.inside(&code);
            let drop_it = |why: &str| scope.note(Reason::ErrorRow, format!("under {status}: {why}"));
            let Some(status) = number else {
                drop_it("this is not an HTTP status");
                continue;
            };
            if let Err(why) = check_name(&code) {
                drop_it(why);
            } else if code.matches("%s").count() > 1 {
                drop_it("the code has two placeholders");
            } else if rows.iter().any(|known| known.status == status && known.code == code) {
                drop_it("the code appears twice");
            } else {
                let rust = variant_of(&code, &mut variants);
                let message = row.get("errorMessage").text().unwrap_or_default().trim().to_owned();
                rows.push(ErrorRow { status, code, rust, message });
            }
        }
    }
    rows
}

/// The code with `%s` in place of any other placeholder, such as `%d`.
fn with_placeholder(code: &str) -> String {
    let mut parts = code.split('%');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |code, part| {
        let rest = part.strip_prefix(|one: char| one.is_ascii_alphabetic()).unwrap_or(part);
        format!("{code}%s{rest}")
    })
}

/// The variant's name, if the code cannot become one or another code has it. A code under several statuses is one variant.
fn variant_of(code: &str, variants: &mut Vec<(String, String)>) -> Option<String> {
    if variants.iter().any(|(known, _)| known == code) {
        return None;
    }
    let own = camel(&code.replace("%s", ""));
    let base = own.clone().unwrap_or_else(|| "Code".to_owned());
    let stem = base.trim_end_matches('_').to_owned();
    let others = (2..).map(|number| format!("{stem}{number}"));
    let is_free = |name: &String| name != "Other" && !variants.iter().any(|(_, taken)| taken == name);
    let chosen = std::iter::once(base.clone()).chain(others).find(is_free)?;
    variants.push((code.to_owned(), chosen.clone()));
    (own.as_ref() != Some(&chosen)).then_some(chosen)
}
