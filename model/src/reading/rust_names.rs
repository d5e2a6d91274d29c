//! The Rust names of fields: set with `rust`, or derived from the wire name.

use crate::diagnostics::diagnostic::Code;
use crate::naming;
use crate::reading::node::NodeId;
use crate::reading::problem::Problem;
use crate::reading::reader::{FileReader, Mapping};
use crate::reading::role::Role;

pub(crate) fn read_rust_name<'n>(
    reader: &'n FileReader<'_>,
    map: &mut Mapping<'n>,
    name: &str,
    name_id: NodeId,
    role: Role,
) -> Option<String> {
    if let Some(node) = map.get("rust") {
        let given = reader.text(node, "a Rust identifier")?;
        let identifier = naming::identifier(given);
        if identifier.is_none() {
            reader.report(
                Problem::new(node.id, Code::BadName, format!("`{given}` is not a Rust identifier"))
                    .expected("letters, digits and `_`, but not a keyword"),
            );
        }
        if role.is_set() && identifier.as_deref().is_some_and(naming::is_request_method) {
            let message = format!("every request has a method `{given}`, which the setter would hide");
            reader.report(Problem::new(node.id, Code::NameCollision, message).help("choose another name"));
        }
        return identifier;
    }
    let made = if role.is_set() { naming::setter(name) } else { naming::snake(name) };
    // A name that is missing or not text was already reported.
    if made.is_none() && (!name.is_empty() || map.get("name").is_some_and(|node| reader.is_empty_text(node))) {
        reader.report(
            Problem::new(name_id, Code::BadName, format!("`{name}` cannot become a Rust name"))
                .help("give it a Rust name with `rust: some_name`"),
        );
    }
    made
}
