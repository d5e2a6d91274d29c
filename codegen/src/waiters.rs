//! Writes waiters, as constants of the request.

use alicloud_model::{Operation, Waiter, WaitsFor};

use crate::docs::{code, doc};
use crate::literal::{literal, literals};

/// Writes the constants for the operation's waiters. Empty if it has none. Constants are in capitals, so no setter has
/// the same name.
pub(crate) fn waiters(operation: &Operation) -> String {
    if operation.waiters.is_empty() {
        return String::new();
    }
    let constants: String = operation.waiters.iter().map(waiter).collect();
    format!("impl {}Request {{ {constants} }}\n", operation.rust_name)
}

fn waiter(waiter: &Waiter) -> String {
    let Waiter { name, waits_for, every, at_most } = waiter;
    let limits = format!("Polls every {every} s, for at most {at_most} s.");
    let name = name.to_ascii_uppercase();
    let one_of = |words: &[String]| words.iter().map(|word| code(word)).collect::<Vec<_>>().join(" or ");
    match waits_for {
        WaitsFor::Value { field, values, failing } => {
            let field = field.join(".");
            let until = format!("Waits until {} is {}", code(&field), one_of(values));
            let in_vain =
                if failing.is_empty() { String::new() } else { format!("; fails if it is {}", one_of(failing)) };
            let text = doc(&format!("{until}{in_vain}. {limits}"));
            let failing = match failing.as_slice() {
                [] => String::new(),
                failing => format!(".failing(&[{}])", literals(failing)),
            };
            let (field, values) = (literal(&field), literals(values));
            format!(
                "{text} pub const {name}: __rt::Waiter<Self> =
                    __rt::Waiter::value({field}, &[{values}], {every}, {at_most}){failing};\n"
            )
        }
        WaitsFor::Error { codes } => {
            let text = doc(&format!("Waits until the operation fails with {}. {limits}", one_of(codes)));
            let codes = literals(codes);
            format!(
                "{text} pub const {name}: __rt::Waiter<Self, ()> =
                    __rt::Waiter::code(&[{codes}], {every}, {at_most});\n"
            )
        }
    }
}
