//! The progress, in a file that a later run reads: one JSON object per line. The last one of a document is valid.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha1::{Digest as _, Sha1};

/// A rejected operation, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rejection {
    pub(crate) operation: String,
    /// A code that groups the reasons.
    pub(crate) reason: String,
    pub(crate) detail: String,
}

/// The result of importing and checking a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Checked {
    /// The hash of the importer, model and generator.
    pub(crate) code: String,
    /// The folders of product and version in the specs folder. Empty if nothing was imported.
    pub(crate) folder: String,
    pub(crate) in_document: usize,
    pub(crate) imported: usize,
    /// The number of values that the import dropped or altered, by reason.
    pub(crate) altered: BTreeMap<String, usize>,
    pub(crate) rejected_by_import: Vec<Rejection>,
    /// The operations that passed the check.
    pub(crate) checked: Vec<String>,
    pub(crate) rejected_by_check: Vec<Rejection>,
    /// An error in shared code, so that no operation can be compiled.
    pub(crate) blocked: Option<String>,
    pub(crate) generated: usize,
    pub(crate) import_seconds: f64,
    pub(crate) check_seconds: f64,
    pub(crate) generate_seconds: f64,
}

/// The result of compiling a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Compiled {
    pub(crate) code: String,
    pub(crate) compiled: usize,
    pub(crate) failed: Vec<Rejection>,
    /// Its share of the seconds of its crate.
    pub(crate) seconds: f64,
    /// The memory of the compiler, for the whole crate.
    pub(crate) mib: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "lowercase")]
enum Outcome {
    Checked(Checked),
    Compiled(Compiled),
}

#[derive(Serialize, Deserialize)]
struct Line {
    document: String,
    #[serde(flatten)]
    outcome: Outcome,
}

/// The state of a document.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) checked: Option<Checked>,
    pub(crate) compiled: Option<Compiled>,
}

/// The state file.
pub(crate) struct State {
    path: PathBuf,
    file: File,
    known: HashMap<String, Known>,
}

impl State {
    /// Reads the file. An incomplete last line is ignored, and its work is repeated.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let failed = |error: std::io::Error| format!("cannot use `{}`: {error}", path.display());
        let text = if path.exists() { fs::read_to_string(path).map_err(failed)? } else { String::new() };
        let mut file = OpenOptions::new().append(true).create(true).open(path).map_err(failed)?;
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n").map_err(failed)?;
        }
        let mut state = Self { path: path.to_owned(), file, known: HashMap::new() };
        for line in text.lines().filter_map(|line| serde_json::from_str::<Line>(line).ok()) {
            state.note(line);
        }
        Ok(state)
    }

    fn note(&mut self, line: Line) {
        let known = self.known.entry(line.document).or_default();
        match line.outcome {
            // The specs may have changed.
            Outcome::Checked(checked) => *known = Known { checked: Some(checked), compiled: None },
            Outcome::Compiled(compiled) => known.compiled = Some(compiled),
        }
    }

    fn add(&mut self, document: &str, outcome: Outcome) -> Result<(), String> {
        let line = Line { document: document.to_owned(), outcome };
        let written = serde_json::to_string(&line)
            .map_err(std::io::Error::from)
            .and_then(|text| self.file.write_all(format!("{text}\n").as_bytes()));
        written.map_err(|error| format!("cannot write `{}`: {error}", self.path.display()))?;
        self.note(line);
        Ok(())
    }

    pub(crate) fn add_checked(&mut self, document: &str, checked: Checked) -> Result<(), String> {
        self.add(document, Outcome::Checked(checked))
    }

    pub(crate) fn add_compiled(&mut self, document: &str, compiled: Compiled) -> Result<(), String> {
        self.add(document, Outcome::Compiled(compiled))
    }

    pub(crate) fn checked(&self, document: &str) -> Option<&Checked> {
        self.known.get(document)?.checked.as_ref()
    }

    pub(crate) fn compiled(&self, document: &str) -> Option<&Compiled> {
        self.known.get(document)?.compiled.as_ref()
    }
}

/// Returns a hash of the sources of importer, model, generator and runtime.
pub(crate) fn code(repository: &Path) -> Result<String, String> {
    let mut hash = Sha1::new();
    for part in ["cli/src/import", "model/src", "codegen/src", "macros/src", "runtime/src"] {
        add_folder(&repository.join(part), &mut hash)?;
    }
    Ok(hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect())
}

fn add_folder(folder: &Path, hash: &mut Sha1) -> Result<(), String> {
    let failed = |path: &Path, error: std::io::Error| format!("cannot read `{}`: {error}", path.display());
    let entries = fs::read_dir(folder).map_err(|error| failed(folder, error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add_folder(&path, hash)?;
        } else {
            hash.update(fs::read(&path).map_err(|error| failed(&path, error))?);
        }
    }
    Ok(())
}
