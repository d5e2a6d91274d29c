//! One page, transcribed.

use alicloud_model::SourceFile;

use super::checked::{Beside, checked};
use super::compare::compare;
use super::draft::{Draft, Note, NoteKind as Kind, Notes};
use super::facts::{Facts, Given};
use super::known::KnownSpecs;
use super::page_text::parse_page;
use super::read::{Reading, read_page};
use super::response::own_outcome;
use super::spec_text::{Trace, write_service};
use crate::import::{product_folder, shown};
use crate::input::InputError;

/// Options for the transcription of a page.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The facts that the page lacks.
    pub given: Given,
    /// Whether the texts of the page become the summary and the descriptions of the draft.
    pub prose: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { given: Given::default(), prose: true }
    }
}

/// A transcribed page.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Transcribed {
    /// The name of the operation.
    pub operation: String,
    /// The folder of the product version below the specs folder.
    pub folder: String,
    /// The text of the spec file. It passes `check` beside the product's `service.yaml`.
    pub spec: String,
    /// The files of the product that the specs folder lacks, such as its `service.yaml`: names and texts.
    pub product_files: Vec<(String, String)>,
    /// Notes for a person.
    pub notes: Vec<Note>,
    /// The source of each value.
    pub traces: Vec<Trace>,
    /// The number of facts that agree with the known spec, if there is one.
    pub agreed: Option<usize>,
}

/// Transcribes a page: text, Markdown or HTML. The spec is a draft that passes `check`.
///
/// # Errors
///
/// The page does not document an operation, or it lacks a fact that an option can give.
pub fn transcribe(bytes: &[u8], options: &Options, known: Option<&dyn KnownSpecs>) -> Result<Transcribed, InputError> {
    let page = parse_page(bytes)?;
    let product_of = |facts: &Facts| {
        let product = facts.product.as_ref().or(facts.product_word.as_ref()).map(|sourced| sourced.value.as_str());
        let version = facts.version.as_ref().map(|sourced| sourced.value.as_str());
        known?.find(product, version, &facts.name.value)
    };
    let find = |facts: &Facts| product_of(facts).and_then(|product| product.operation);
    let (Reading { mut draft, facts, mut notes }, known_operation) = read_page(&page, &options.given, &find)?;
    let product = product_of(&facts);
    let agreed = known_operation.as_ref().map(|known| compare(&mut draft, known, &mut notes));
    let (folder, files, is_new) = match product {
        Some(product) => {
            let known = known_operation.as_ref().map(|known| &known.operation);
            own_outcome(&mut draft, product.outcome.as_ref(), known, &mut notes);
            draft.product_style = Some(product.style);
            (product.folder, product.files, product.is_new)
        }
        None => {
            draft.product_style = Some(draft.style.value);
            new_product(&facts, &draft, &mut notes)?
        }
    };
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let product_files = files.iter().filter(|_| is_new).map(|file| (name(&file.path), file.text.clone())).collect();
    let beside = Beside { folder: folder.clone(), files };
    let top = page.address.as_ref().map(|(_, address)| format!("Transcribed from {address}"));
    let top: Vec<String> = top.into_iter().collect();
    let written = checked(&mut draft, &top, options.prose, &beside, &mut notes)?;
    Ok(Transcribed {
        operation: draft.name.value,
        folder,
        spec: written.text,
        product_files,
        notes: notes.in_order(),
        traces: written.traces,
        agreed,
    })
}

/// The folder and the `service.yaml` of a product that is not known.
fn new_product(facts: &Facts, draft: &Draft, notes: &mut Notes) -> Result<(String, Vec<SourceFile>, bool), InputError> {
    let lacks = |what: &str, option: &str, found: Option<&str>| {
        let found = found.map(|word| format!("; its address has `{}`", shown(word))).unwrap_or_default();
        InputError::new(
            format!("the page of `{}` does not say its {what}{found}", shown(&facts.name.value)),
            format!("use {option}, or --specs with a folder that has the product's specs"),
        )
    };
    let word = facts.product_word.as_ref().map(|sourced| sourced.value.as_str());
    let product =
        facts.product.as_ref().ok_or_else(|| lacks("product", "--product NAME, as the service spells it", word))?;
    let version = facts.version.as_ref().ok_or_else(|| lacks("API version", "--version YYYY-MM-DD", None))?;
    let is_plain = |text: &str| {
        !text.is_empty()
            && text.len() <= 64
            && text.chars().all(|one| one.is_ascii_alphanumeric() || "-_.".contains(one))
            && text.starts_with(|one: char| one.is_ascii_alphanumeric())
    };
    for (what, text) in [("product", &product.value), ("version", &version.value)] {
        if !is_plain(text) {
            return Err(InputError::new(
                format!("the {what} is `{}`", shown(text)),
                "it must be letters, digits, `-`, `_` and `.`, at most 64",
            ));
        }
    }
    let folder = product_folder(&product.value).ok_or_else(|| {
        InputError::new(
            format!("the product `{}` cannot be the name of a Rust module", shown(&product.value)),
            "the name of a product has letters or digits",
        )
    })?;
    let host = facts.host.as_ref().map(|sourced| sourced.value.as_str());
    if host.is_none() {
        notes.add(Kind::Missing, None, "the endpoint: use --endpoint HOST, or add it to `service.yaml`");
    }
    let style = draft.style.value.as_str();
    let service = write_service(&product.value, &version.value, style, host);
    let folder = format!("{folder}/{}", version.value);
    let file = SourceFile { path: format!("{folder}/service.yaml"), text: service };
    Ok((folder, vec![file], true))
}
