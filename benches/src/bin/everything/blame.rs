//! Identifies the operations that cause compile errors.
//!
//! For the compiler, all code of a macro is at the line of its call. So the code is printed and compiled as text, where
//! the line of an error identifies the operation.

use std::path::Path;

use alicloud_model::{Operation, Service, load_dir};

use crate::compiler::CompileError;

/// The generated code of a crate, as text.
pub(crate) struct Printed {
    lines: Vec<String>,
    modules: Vec<Module>,
    /// The operations that could not be printed.
    pub(crate) culprits: Vec<Culprit>,
}

/// The position of a product version in the text.
struct Module {
    service: Service,
    first_line: usize,
    end_line: usize,
}

/// The cause of a compile error.
#[derive(Clone, Debug)]
pub(crate) struct Culprit {
    /// Product and version, in the specs folder.
    pub(crate) folder: String,
    /// `None` if it is in shared code.
    pub(crate) operation: Option<String>,
    pub(crate) reason: String,
    pub(crate) detail: String,
}

impl Printed {
    /// Generates the code of a folder of specs.
    pub(crate) fn new(specs: &Path) -> Self {
        let loaded = load_dir(specs, "specs", None);
        let mut printed = Self { lines: Vec::new(), modules: Vec::new(), culprits: Vec::new() };
        for diagnostic in &loaded.diagnostics {
            // specs/<product>/<version>/<file>
            let parts: Vec<&str> = diagnostic.file.split('/').collect();
            let [_, product, version, ..] = parts.as_slice() else { continue };
            let file = parts.get(3).map_or("", |file| file.trim_end_matches(".yaml"));
            printed.culprits.push(Culprit {
                folder: format!("{product}/{version}"),
                operation: (!["", "service", "types"].contains(&file)).then(|| file.to_owned()),
                reason: diagnostic.code.as_str().to_owned(),
                detail: diagnostic.message.clone(),
            });
        }
        for service in loaded.services {
            match syn::parse_file(&alicloud_codegen::service(&service)) {
                Ok(file) => {
                    let first_line = printed.lines.len();
                    printed.lines.extend(prettyplease::unparse(&file).lines().map(str::to_owned));
                    let end_line = printed.lines.len();
                    printed.modules.push(Module { service, first_line, end_line });
                }
                Err(error) => printed.culprits.push(Culprit {
                    folder: folder(&service),
                    operation: None,
                    reason: "no Rust".to_owned(),
                    detail: error.to_string(),
                }),
            }
        }
        printed
    }

    pub(crate) fn text(&self) -> String {
        self.lines.join("\n") + "\n"
    }

    /// Returns the cause of an error, if its line identifies it.
    pub(crate) fn culprit(&self, error: &CompileError) -> Option<Culprit> {
        let line = error.line?.checked_sub(1)?;
        let module = self.modules.iter().find(|module| (module.first_line..module.end_line).contains(&line))?;
        let operation = operation_at(
            self.lines.get(module.first_line..module.end_line)?,
            line - module.first_line,
            &module.service,
        );
        Some(Culprit {
            folder: folder(&module.service),
            operation: operation.map(|operation| operation.name.clone()),
            reason: reason(error),
            detail: error.message.clone(),
        })
    }
}

fn folder(service: &Service) -> String {
    format!("{}/{}", service.feature, service.version)
}

/// Returns the reason under which errors of one kind are counted.
pub(crate) fn reason(error: &CompileError) -> String {
    if error.code.is_empty() { "no code".to_owned() } else { error.code.clone() }
}

/// Returns the operation of a line. Items have an indentation of four spaces, and those of an operation begin with its
/// name.
fn operation_at<'s>(lines: &[String], line: usize, service: &'s Service) -> Option<&'s Operation> {
    let begins = |text: &String, depth: usize| {
        let rest = text.get(depth..).filter(|_| text.starts_with(&" ".repeat(depth)));
        rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_lowercase()))
    };
    let is_before_item = lines.get(line)?.starts_with("    #[") || lines.get(line)?.starts_with("    ///");
    let header = if is_before_item {
        lines.iter().skip(line).find(|text| begins(text, 4))?
    } else {
        lines.iter().take(line + 1).rev().find(|text| begins(text, 4))?
    };
    let words = |text: &'_ String| -> Vec<String> {
        text.split(|one: char| !one.is_alphanumeric() && one != '_').map(str::to_owned).collect()
    };
    let header = words(header);
    if header.iter().any(|word| word == "Client") {
        let method = lines.iter().take(line + 1).rev().find(|text| begins(text, 8))?;
        let names = words(method);
        return service
            .operations
            .iter()
            .find(|operation| names.iter().any(|name| name == operation.method_name.trim_start_matches("r#")));
    }
    let owns = |operation: &&Operation| {
        header
            .iter()
            .filter_map(|word| word.strip_prefix(operation.rust_name.as_str()))
            .any(|rest| ["Request", "Response", "Error"].iter().any(|suffix| rest.starts_with(suffix)))
    };
    service.operations.iter().filter(owns).max_by_key(|operation| operation.rust_name.len())
}
