//! Loads services from a folder of specs, or from texts, and reports diagnostics.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostics::carets::diagnostic_at;
use crate::diagnostics::diagnostic::{Code, Diagnostic};
use crate::diagnostics::location::Location;
use crate::files::{MOST_BYTES, ReadError, read_file, without_mark};
use crate::naming;
use crate::reading::operation::{ServiceContext, read_operation};
use crate::reading::outcome::{PRODUCTS_OUTCOME, lacking, outcome_node, response_field};
use crate::reading::reader::FileReader;
use crate::reading::service::read_service;
use crate::reading::shared_types::{drop_lost_types, read_shared_names, read_shared_types};
use crate::reading::type_names::TypeNames;
use crate::reading::yaml::{Document, SyntaxError, parse_each};
use crate::spec::api_style::ApiStyle;
use crate::spec::outcome::Outcome;
use crate::spec::service::{Endpoints, Service};
use crate::spec::types::SharedTypes;

/// The result of reading specs.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Loaded {
    /// The products with their valid operations, by module name.
    pub services: Vec<Service>,
    /// All errors, sorted by file and location.
    pub diagnostics: Vec<Diagnostic>,
    /// All files that were read, whether they are valid or not.
    pub files: Vec<PathBuf>,
}

/// One spec file in memory.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its path below the specs folder: `<product>/<version>/<name>.yaml`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Reads the specs below `root`. In diagnostics, paths start with `shown_as`.
///
/// Files of more than 16 MiB, files of more than 400,000 values and keys, and lists of more than 10,000 fields are
/// rejected, and so are files that are not regular files, such as pipes. The largest documented operations have a few
/// thousand fields.
///
/// If `products` is given, folders of other products are not read. An error removes only the operation that contains
/// it: everything else is still in [`Loaded::services`].
///
/// ```no_run
/// let loaded = alicloud_model::load_dir("specs".as_ref(), "specs", None);
/// for diagnostic in &loaded.diagnostics {
///     eprintln!("{diagnostic}\n");
/// }
/// ```
pub fn load_dir(root: &Path, shown_as: &str, products: Option<&[String]>) -> Loaded {
    let mut reading = FolderReading::default();
    for product in reading.folders(root, shown_as) {
        if products.is_some_and(|wanted| !wanted.contains(&product.name)) {
            continue;
        }
        for version in reading.folders(&product.path, &product.shown) {
            for file in reading.spec_files(&version.path, &version.shown) {
                reading.read(&format!("{}/{}/{}", product.name, version.name, file.name), file);
            }
        }
    }
    let FolderReading { mut loaded, sources, renamed } = reading;
    load_into(&mut loaded, &sources, shown_as);
    for diagnostic in &mut loaded.diagnostics {
        if let Some(own) = renamed.get(&diagnostic.file) {
            diagnostic.file.clone_from(own);
        }
    }
    loaded
}

/// The files found so far, and the errors in the layout.
#[derive(Default)]
struct FolderReading {
    loaded: Loaded,
    sources: Vec<SourceFile>,
    /// The actual names of files that were read under the name that they should have, by that name.
    renamed: BTreeMap<String, String>,
}

/// A file or folder.
struct Entry {
    name: String,
    path: PathBuf,
    shown: String,
    is_folder: bool,
}

impl FolderReading {
    fn folders(&mut self, folder: &Path, shown: &str) -> Vec<Entry> {
        self.entries(folder, shown, |entry| entry.is_folder)
    }

    /// Returns the spec files of a version. Reports names that are almost right.
    fn spec_files(&mut self, folder: &Path, shown: &str) -> Vec<Entry> {
        let files = self.entries(folder, shown, |entry| !entry.is_folder && looks_like_spec(&entry.name));
        let (mut rightly, wrongly): (Vec<Entry>, Vec<Entry>) =
            files.into_iter().partition(|file| right_name(&file.name) == file.name);
        for file in wrongly {
            let right = right_name(&file.name);
            let is_taken = rightly.iter().any(|other| other.name == right);
            let message = format!("the file `{}` should have the name `{right}`", file.name);
            let help = if is_taken { "remove one of the two" } else { "rename it" };
            self.loaded.diagnostics.push(about_file(&file.shown, Code::Layout, message, help));
            // Without the settings that they share, all operations would be reported.
            if !is_taken && matches!(right.as_str(), "service.yaml" | "types.yaml") {
                self.renamed.insert(format!("{shown}/{right}"), file.shown.clone());
                rightly.push(Entry { name: right, ..file });
            }
        }
        rightly
    }

    /// Returns the wanted entries, sorted by name. Others are ignored unless they look like misplaced specs.
    fn entries(&mut self, folder: &Path, shown: &str, wanted: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let entries = sorted_entries(folder, shown).unwrap_or_else(|error| {
            self.loaded.diagnostics.push(unreadable(shown, &error));
            Vec::new()
        });
        let (wanted, others): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(wanted);
        let misplaced = others.iter().filter(|entry| entry.is_folder || looks_like_spec(&entry.name));
        self.loaded.diagnostics.extend(misplaced.map(|entry| match entry.is_folder && looks_like_spec(&entry.name) {
            true => {
                let message = format!("`{}` is a folder, but a spec must be a file", entry.shown);
                about_file(&entry.shown, Code::Layout, message, "remove the folder, or rename it")
            }
            false => misplaced_at(&entry.shown),
        }));
        wanted
    }

    fn read(&mut self, relative: &str, file: Entry) {
        match read_file(&file.path) {
            Err(ReadError::Io(error)) => self.loaded.diagnostics.push(unreadable(&file.shown, &error)),
            Err(ReadError::NoFile) => {
                let message = format!("cannot read `{}`: this is not a regular file", file.shown);
                let help = "replace it with a regular file, or remove it";
                self.loaded.diagnostics.push(about_file(&file.shown, Code::Unreadable, message, help));
            }
            Err(ReadError::TooLarge) => {
                let message = format!("cannot read `{}`: the file is larger than {} MiB", file.shown, MOST_BYTES >> 20);
                let help = "no spec is this large: remove everything that does not belong to this operation";
                self.loaded.diagnostics.push(about_file(&file.shown, Code::Unreadable, message, help));
            }
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => self.sources.push(SourceFile { path: relative.to_owned(), text }),
                Err(error) => self.loaded.diagnostics.push(not_utf8(&file.shown, &error)),
            },
        }
        self.loaded.files.push(file.path);
    }
}

/// Reads specs that are already in memory.
pub fn load_sources(sources: &[SourceFile]) -> Loaded {
    let mut loaded = Loaded::default();
    load_into(&mut loaded, sources, "");
    loaded
}

/// A file of a version folder: its name without extension, its text, and its name in diagnostics.
struct FolderFile<'s> {
    stem: &'s str,
    text: &'s str,
    shown: String,
}

fn load_into(loaded: &mut Loaded, sources: &[SourceFile], shown_as: &str) {
    let shown = |path: &str| if shown_as.is_empty() { path.to_owned() } else { format!("{shown_as}/{path}") };
    let mut folders: BTreeMap<(&str, &str), Vec<FolderFile<'_>>> = BTreeMap::new();
    for source in sources {
        let parts: Vec<&str> = source.path.split('/').collect();
        let [product, version, file] = parts.as_slice() else {
            loaded.diagnostics.push(misplaced_at(&shown(&source.path)));
            continue;
        };
        let Some(stem) = file.strip_suffix(".yaml") else {
            loaded.diagnostics.push(misplaced_at(&shown(&source.path)));
            continue;
        };
        let file = FolderFile { stem, text: without_mark(&source.text), shown: shown(&source.path) };
        folders.entry((product, version)).or_default().push(file);
    }
    for ((product, version), files) in folders {
        let folder = shown(&format!("{product}/{version}"));
        if naming::snake(product).as_deref() != Some(product) {
            let message = format!("`{product}` is not a module name");
            let help = "give the folder the name of the Rust module: lower case, and not a keyword";
            loaded.diagnostics.push(about_file(&folder, Code::BadName, message, help));
            continue;
        }
        let service = load_service(loaded, product, version, &files, &folder);
        if let Some(other) = loaded.services.iter().find(|other| other.module == service.module) {
            let message = format!(
                "`{folder}` and version {} of `{}` both become the module `{}`",
                other.version, other.feature, service.module
            );
            let help = "give one of the two another module with `module: some_name` in its `service.yaml`";
            loaded.diagnostics.push(about_file(&folder, Code::NameCollision, message, help));
            continue;
        }
        loaded.services.push(service);
    }
    loaded
        .diagnostics
        .sort_by(|one, other| (&one.file, one.line, one.column).cmp(&(&other.file, other.line, other.column)));
}

fn load_service(loaded: &mut Loaded, product: &str, version: &str, files: &[FolderFile<'_>], folder: &str) -> Service {
    let mut service = Service {
        product: product.to_owned(),
        version: version.to_owned(),
        feature: product.to_owned(),
        module: product.to_owned(),
        style: ApiStyle::default(),
        gateway: None,
        ram_code: None,
        summary: String::new(),
        endpoints: Endpoints::default(),
        outcome: None,
        retry: Vec::new(),
        errors: Vec::new(),
        types: SharedTypes::default(),
        operations: Vec::new(),
    };
    let mut files: Vec<&FolderFile<'_>> = files.iter().collect();
    // Operations depend on the product and its types.
    files.sort_by_key(|file| match file.stem {
        "service" => 0,
        "types" => 1,
        _ => 2,
    });
    if files.first().is_none_or(|file| file.stem != "service") {
        loaded.diagnostics.push(about_file(
            &format!("{folder}/service.yaml"),
            Code::Layout,
            "there is no `service.yaml`".to_owned(),
            "create it with the settings that the operations share: product, version, style, endpoints",
        ));
    }
    let mut names = TypeNames::default();
    // The module contains these in addition to the types of its operations.
    drop(names.take("Client", "the product's client"));
    drop(names.take("ServiceError", "the product's own error type"));
    drop(names.take("ServiceResponse", "the product's own response type"));
    // The fields of the product's outcome that at least one operation has, even if that operation contains other
    // errors.
    let mut had: BTreeSet<String> = BTreeSet::new();
    let texts: Vec<&str> = files.iter().map(|file| file.text).collect();
    parse_each(&texts, |index, parsed| {
        let Some(file) = files.get(index) else { return };
        match file.stem {
            "service" => {
                let start = service.clone();
                if let Some(read) = with_reader(loaded, file, parsed, |reader| read_service(reader, start)) {
                    service = read;
                }
            }
            "types" => {
                let read = with_reader(loaded, file, parsed, |reader| {
                    read_shared_names(reader, &mut names);
                    // Operations are not reported for types whose names could not be read.
                    names.some_unknown = reader.has_problems();
                    read_shared_types(reader, &names)
                });
                names.some_unknown |= read.is_none();
                let mut read = read.unwrap_or_default();
                drop_lost_types(&mut read, &mut names);
                service.types = SharedTypes(read);
            }
            name => {
                let context = ServiceContext {
                    errors: &service.errors,
                    outcome: service.outcome.as_ref(),
                    style: service.style,
                    types: &service.types,
                    names: &names,
                };
                let before = loaded.diagnostics.len();
                let read = with_reader(loaded, file, parsed, |reader| read_operation(reader, &context, name));
                let Some(operation) = read.flatten() else { return };
                for (_, path) in service.outcome.iter().flat_map(Outcome::keys) {
                    if response_field(&service.types, &operation.response, path).is_some() {
                        had.insert(path.to_owned());
                    }
                }
                if before == loaded.diagnostics.len() {
                    service.operations.push(operation);
                }
            }
        }
    });
    move_outcome_to_service(loaded, &service, &had, files.first().copied());
    service
}

/// Reports a field of the product's outcome once, in `service.yaml`, if none of the operations has it. If some
/// operations have it, it is right, and the other operations lack it.
fn move_outcome_to_service(
    loaded: &mut Loaded,
    service: &Service,
    had: &BTreeSet<String>,
    file: Option<&FolderFile<'_>>,
) {
    let (Some(outcome), Some(file)) = (&service.outcome, file.filter(|file| file.stem == "service")) else { return };
    let folder = file.shown.trim_end_matches("service.yaml");
    for (key, path) in outcome.keys().filter(|(_, path)| !had.contains(*path)) {
        let message = lacking(PRODUCTS_OUTCOME, key, path);
        let is_about_it =
            |diagnostic: &Diagnostic| diagnostic.message == message && diagnostic.file.starts_with(folder);
        let about_it = || loaded.diagnostics.iter().filter(|diagnostic| is_about_it(diagnostic));
        if about_it().next().is_none() {
            continue;
        }
        let meant =
            about_it().filter_map(|diagnostic| diagnostic.help.clone()).find(|help| help.starts_with("did you mean"));
        loaded.diagnostics.retain(|diagnostic| !is_about_it(diagnostic));
        let Ok(document) = Document::parse(file.text) else { continue };
        let location = outcome_node(&document, key).map_or(Location::START, |id| document.location(id));
        let message = format!("no operation of the product has a response field `{path}`");
        let mut diagnostic = diagnostic_at(&file.shown, file.text, location, Code::UnknownField, message);
        let help = || format!("add `{path}` to the responses, remove it here, or give operations their own `outcome`");
        diagnostic.help = meant.or_else(|| Some(help()));
        loaded.diagnostics.push(diagnostic);
    }
}

fn with_reader<T>(
    loaded: &mut Loaded,
    file: &FolderFile<'_>,
    parsed: Result<Document<'_>, SyntaxError>,
    read: impl FnOnce(&FileReader<'_>) -> T,
) -> Option<T> {
    match parsed {
        Ok(document) => {
            let reader = FileReader::new(&document);
            let result = read(&reader);
            loaded.diagnostics.extend(reader.into_diagnostics(&file.shown, file.text));
            Some(result)
        }
        Err(error) => {
            let mut diagnostic = diagnostic_at(&file.shown, file.text, error.location, Code::Syntax, error.message);
            diagnostic.help = error.help.map(str::to_owned);
            loaded.diagnostics.push(diagnostic);
            None
        }
    }
}

fn sorted_entries(folder: &Path, shown: &str) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // Files that editors create, such as swap files.
        if name.starts_with('.') || name.ends_with('~') {
            continue;
        }
        let path = entry.path();
        entries.push(Entry { shown: format!("{shown}/{name}"), is_folder: path.is_dir(), name, path });
    }
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(entries)
}

fn about_file(file: &str, code: Code, message: String, help: &str) -> Diagnostic {
    let mut diagnostic = diagnostic_at(file, "", Location::START, code, message);
    diagnostic.help = Some(help.to_owned());
    diagnostic.width = 0;
    diagnostic
}

/// Whether a file is a spec, or is meant to be one. A `README.md` is neither.
fn looks_like_spec(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
}

/// Returns the name that a spec file should have: `service.yaml` and `types.yaml` in lower case, and always the
/// extension `.yaml`.
fn right_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let known = ["service", "types"].into_iter().find(|known| stem.eq_ignore_ascii_case(known));
    format!("{}.yaml", known.unwrap_or(stem))
}

fn misplaced_at(file: &str) -> Diagnostic {
    let message = format!("`{file}` is not in the folder of a version");
    let help = "specs are `<product>/<version>/service.yaml` and `<product>/<version>/<Operation>.yaml`";
    about_file(file, Code::Layout, message, help)
}

fn unreadable(file: &str, error: &io::Error) -> Diagnostic {
    about_file(file, Code::Unreadable, format!("cannot read `{file}`: {error}"), "check the path and its permissions")
}

fn not_utf8(file: &str, error: &std::string::FromUtf8Error) -> Diagnostic {
    // Invalid bytes are shown as replacement characters. The first one comes right after the valid text.
    let text = String::from_utf8_lossy(error.as_bytes());
    let location = Location::of_byte(&text, error.utf8_error().valid_up_to());
    let message = "the file is not UTF-8".to_owned();
    let mut diagnostic = diagnostic_at(file, &text, location, Code::Unreadable, message);
    diagnostic.help = Some("save it as UTF-8".to_owned());
    diagnostic
}
