//! The error table of an operation or a product, and the variants for its codes.

use crate::diagnostics::diagnostic::Code;
use crate::naming;
use crate::reading::node::{Node, NodeId};
use crate::reading::problem::Problem;
use crate::reading::reader::{FileReader, Mapping};
use crate::spec::errors::{ErrorRow, ErrorVariant};

/// Returns the rows of an error table, each with the node of its code.
pub(crate) fn read_error_rows(reader: &FileReader<'_>, nodes: &[Node]) -> Vec<(ErrorRow, NodeId)> {
    let mut rows: Vec<(ErrorRow, NodeId)> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(mut map) = reader.mapping(node, "an error") else { continue };
        let status_node = map.required("status");
        let status = status_node.and_then(|node| reader.number::<u16>(node, "an HTTP status"));
        if let (Some(node), Some(number)) = (status_node, status)
            && !(100..=599).contains(&number)
        {
            reader.report(
                Problem::new(node.id, Code::BadError, format!("{number} is not an HTTP status")).expected("100 to 599"),
            );
        }
        let code_node = map.required("code");
        let code = code_node.and_then(|node| reader.text(node, "the code")).map(str::to_owned);
        let rust = read_variant_name(reader, &mut map);
        let message = map.required_text(reader, "message").unwrap_or_default().trim_end().to_owned();
        let doc = map.owned_text(reader, "doc");
        map.finish(reader);
        let (Some(status), Some(code_node), Some(code)) = (status, code_node, code) else { continue };
        // A few real codes contain spaces, such as `Illegal Parameter`.
        let odd = match code.trim() {
            // It cannot become a Rust name, which is reported below.
            "" => None,
            trimmed if trimmed != code => Some(format!("the code `{trimmed}` has spaces around it")),
            _ if code.contains(char::is_control) => {
                Some("the code contains a tab or another control character".to_owned())
            }
            _ => None,
        };
        if let Some(message) = odd {
            let problem = Problem::new(code_node.id, Code::BadError, message);
            reader.report(problem.expected("the code as the service sends it"));
        }
        let placeholders = code.match_indices('%').filter_map(|(at, _)| code.get(at..));
        if let Some(other) = placeholders.into_iter().find(|rest| !rest.starts_with("%s")) {
            let placeholder: String = other.chars().take(2).collect();
            reader.report(
                Problem::new(code_node.id, Code::BadError, format!("`{code}` has the placeholder `{placeholder}`"))
                    .expected("`%s` for text that the service fills in"),
            );
        }
        if code.matches("%s").count() > 1 {
            reader.report(
                Problem::new(code_node.id, Code::BadError, format!("`{code}` has two placeholders"))
                    .expected("at most one `%s`"),
            );
        }
        if rows.iter().any(|(row, _)| row.status == status && row.code == code) {
            reader.report(
                Problem::new(code_node.id, Code::DuplicateName, format!("`{code}` appears twice under {status}"))
                    .help("a code may appear under several statuses, but only once under each"),
            );
        }
        let same_code = rows.iter().find(|(row, _)| row.code == code).map(|(row, _)| row.rust_name.clone());
        let Some(rust_name) = same_code.or(rust).or_else(|| naming::camel(&code.replace("%s", ""))) else {
            reader.report(
                Problem::new(code_node.id, Code::BadError, format!("the code `{code}` cannot become a Rust name"))
                    .expected("a code with letters or digits")
                    .help("give it a Rust name with `rust: SomeName`"),
            );
            continue;
        };
        rows.push((ErrorRow { status, code, rust_name, message, doc }, code_node.id));
    }
    rows
}

fn read_variant_name<'n>(reader: &'n FileReader<'_>, map: &mut Mapping<'n>) -> Option<String> {
    let node = map.get("rust")?;
    let given = reader.text(node, "a Rust identifier")?;
    if naming::camel(given).as_deref() == Some(given) {
        return Some(given.to_owned());
    }
    reader.report(
        Problem::new(node.id, Code::BadName, format!("`{given}` is not a valid name for a variant"))
            .expected("letters and digits, the first one upper case"),
    );
    None
}

/// Returns one variant for each code: those of the operation, then those of the product. Errors in the product's rows
/// are reported in `service.yaml`.
pub(crate) fn error_variants(
    reader: &FileReader<'_>,
    own: &[(ErrorRow, NodeId)],
    of_product: &[ErrorRow],
) -> Vec<ErrorVariant> {
    let mut variants: Vec<ErrorVariant> = Vec::new();
    for (index, (row, id)) in own.iter().enumerate() {
        if let Some(same) = variants.iter_mut().find(|variant| variant.code == row.code) {
            same.rows.push(row.clone());
            continue;
        }
        let rust_name = &row.rust_name;
        let other = variants.iter().find(|variant| &variant.rust_name == rust_name);
        if rust_name != "Other" && other.is_none() {
            variants.push(variant(row));
            continue;
        }
        // Rows with the same code have the same name, so the name was already reported for the first of them.
        if own.iter().take(index).any(|(earlier, _)| earlier.code == row.code) {
            continue;
        }
        let message = match other {
            Some(other) => format!("`{}` and `{}` both become the variant `{rust_name}`", other.code, row.code),
            None => format!("`{}` would become the variant `Other`, which undocumented codes have", row.code),
        };
        let help = "give one of them another name with `rust: SomeName`";
        reader.report(Problem::new(*id, Code::NameCollision, message).help(help));
    }
    let mut shared: Vec<ErrorVariant> = Vec::new();
    // If the operation documents a code itself, the row of the product is not used.
    for row in of_product.iter().filter(|row| !own.iter().any(|(mine, _)| mine.code == row.code)) {
        if let Some(same) = shared.iter_mut().find(|variant| variant.code == row.code) {
            same.rows.push(row.clone());
            continue;
        }
        let Some(mine) = variants.iter().find(|variant| variant.rust_name == row.rust_name) else {
            shared.push(variant(row));
            continue;
        };
        let at = own.iter().find(|(other, _)| other.code == mine.code).map_or(reader.document.root.id, |(_, id)| *id);
        let message =
            format!("`{}` becomes the variant `{}`, as the product's `{}` does", mine.code, row.rust_name, row.code);
        let help = "give this one another name with `rust: SomeName`";
        reader.report(Problem::new(at, Code::NameCollision, message).help(help));
    }
    variants.extend(shared);
    variants
}

fn variant(row: &ErrorRow) -> ErrorVariant {
    ErrorVariant { rust_name: row.rust_name.clone(), code: row.code.clone(), rows: vec![row.clone()] }
}
