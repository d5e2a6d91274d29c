//! The error table of an operation.

use alicloud_model::ErrorRow;
use alicloud_model::naming::camel;

use super::json::Json;
use super::naming::check_name;
use super::report::{Reason, Scope};

/// Reads the rows, in the order of the document.
pub(crate) fn read_errors(raw: &Json, scope: &Scope<'_>) -> Vec<ErrorRow> {
    let mut rows: Vec<ErrorRow> = Vec::new();
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
                let rust_name = variant_name(&code, &rows);
                let message = row.get("errorMessage").text().unwrap_or_default().trim().to_owned();
                rows.push(ErrorRow { status, code, rust_name, message, doc: String::new() });
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

/// The variant's name. A code under several statuses is one variant. If the code cannot become a name, or another code has
/// it, a number is added.
fn variant_name(code: &str, rows: &[ErrorRow]) -> String {
    if let Some(same) = rows.iter().find(|row| row.code == code) {
        return same.rust_name.clone();
    }
    let base = default_variant_name(code).unwrap_or_else(|| "Code".to_owned());
    let stem = base.trim_end_matches('_');
    let others = (2..).map(|number| format!("{stem}{number}"));
    let is_free = |name: &String| name != "Other" && rows.iter().all(|row| row.rust_name != *name);
    std::iter::once(base.clone()).chain(others).find(is_free).unwrap_or_else(|| base.clone())
}

/// The variant's name in a spec that does not state one.
pub(crate) fn default_variant_name(code: &str) -> Option<String> {
    camel(&code.replace("%s", ""))
}
