//! The files of crates: their roots, and the modules that lead from them.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, ImplItem, Item as SynItem, Lit, Meta, ReturnType, Type};

use super::names::{Crates, Import, Item, Meaning, Module, ModuleId, name_of, segments};
use super::place::{Place, Unresolved};
use super::services::generated;
use crate::ending::Failure;

/// Deeper brackets are taken for an attack on the parser.
const DEEPEST: usize = 400;

/// The code of a module that is left to look through: its items, with their file.
pub(super) struct Code {
    pub(super) module: ModuleId,
    pub(super) file: Rc<Path>,
    pub(super) items: Vec<SynItem>,
}

/// The files that were read.
#[derive(Default)]
pub(super) struct Files {
    pub(super) crates: Crates,
    pub(super) code: Vec<Code>,
    pub(super) unresolved: Vec<Unresolved>,
    read: BTreeSet<PathBuf>,
    /// `generate!` of modules, which needs to know what the path of the macro means.
    macros: Vec<MacroCall>,
    /// The types that have an `impl`, with its methods.
    impls: Vec<Impl>,
}

/// A macro between items.
struct MacroCall {
    module: ModuleId,
    place: Place,
    call: syn::Macro,
    /// The folder of the package.
    package: Option<PathBuf>,
}

/// An `impl`: the path of its type, and its methods with what they return.
struct Impl {
    module: ModuleId,
    of: syn::Path,
    methods: Vec<(String, Option<Type>)>,
}

impl Files {
    /// Reads the crates at the given paths: files, or folders of sources or packages.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut files = Self::default();
        for path in paths {
            files.read_path(path)?;
        }
        files.generate();
        files.find_types_of_impls();
        Ok(files)
    }

    fn read_path(&mut self, path: &Path) -> Result<(), Failure> {
        let cannot = |error| Failure::new(format!("cannot read `{}`: {error}", path.display()));
        if fs::metadata(path).map_err(cannot)?.is_file() {
            return self.read_root(path);
        }
        let is_package = path.join("Cargo.toml").is_file();
        if is_package && !path.join("src").is_dir() {
            return Err(Failure::new(format!("`{}` has a Cargo.toml, but no folder `src`", path.display()))
                .help("give the packages of a workspace, or folders with sources, each with `--source`"));
        }
        let folder = if is_package { path.join("src") } else { path.to_owned() };
        let mut all = Vec::new();
        rust_files(&folder, &mut all).map_err(cannot)?;
        if all.is_empty() {
            return Err(Failure::new(format!("`{}` holds no Rust files", folder.display()))
                .help("give a folder such as `src`, or a file such as `src/main.rs`"));
        }
        let roots = ["lib.rs", "main.rs"].map(|name| folder.join(name));
        let has_roots = roots.iter().any(|root| root.is_file());
        let is_root = |file: &&PathBuf| {
            let below = file.strip_prefix(&folder).unwrap_or(file);
            let is_direct = below.components().count() == 1;
            if has_roots {
                roots.contains(file) || below.starts_with("bin") && is_program(below, Path::new("bin"))
            } else {
                // Each file of `examples` and `tests` is a crate.
                is_direct || is_program(below, Path::new(""))
            }
        };
        for root in all.iter().filter(is_root) {
            self.read_root(root)?;
        }
        for file in all.iter().filter(|file| !self.read.contains(*file)) {
            let place = Place { file: Rc::from(file.as_path()), line: 1 };
            self.unresolved.push(Unresolved::new(place, "no `mod` leads to this file, so it is not looked through"));
        }
        Ok(())
    }

    fn read_root(&mut self, file: &Path) -> Result<(), Failure> {
        if self.read.contains(file) {
            return Ok(());
        }
        let root = self.crates.modules.len();
        self.crates.modules.push(Module { root, ..Module::default() });
        let manifests = Manifests::above(file);
        self.crates.renamed.extend(manifests.renamed);
        if let (Some(name), true) = (manifests.package, file.ends_with("src/lib.rs")) {
            self.crates.libraries.insert(name.replace('-', "_"), root);
        }
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        self.read_module_file(root, file, &folder, manifests.folder.as_deref())
    }

    /// Reads the file of a module, whose own modules are in `folder`.
    fn read_module_file(
        &mut self,
        module: ModuleId,
        file: &Path,
        folder: &Path,
        package: Option<&Path>,
    ) -> Result<(), Failure> {
        self.read.insert(file.to_owned());
        let shown = file.display();
        let text = fs::read_to_string(file).map_err(|error| Failure::new(format!("cannot read `{shown}`: {error}")))?;
        let wrong = |error: &dyn std::fmt::Display, line: usize| {
            Failure::new(format!("{shown}:{line}: not valid Rust: {error}")).help("`cargo check` shows the errors")
        };
        let tokens: TokenStream =
            text.parse().map_err(|error: proc_macro2::LexError| wrong(&error, error.span().start().line))?;
        if is_too_deep(tokens.clone()) {
            return Err(Failure::new(format!("{shown}: more than {DEEPEST} brackets inside each other")));
        }
        let parsed: syn::File = syn::parse2(tokens).map_err(|error| wrong(&error, error.span().start().line))?;
        self.read_items(module, &Rc::from(file), folder, package, parsed.items)
    }

    fn read_items(
        &mut self,
        module: ModuleId,
        file: &Rc<Path>,
        folder: &Path,
        package: Option<&Path>,
        items: Vec<SynItem>,
    ) -> Result<(), Failure> {
        let mut code = Vec::new();
        for item in items {
            if attributes(&item).is_some_and(is_test_only) {
                continue;
            }
            match item {
                SynItem::Use(item) => self.module(module).imports.add(&item),
                SynItem::Mod(item) => self.read_module(module, file, folder, package, item)?,
                SynItem::ExternCrate(item) => {
                    if let Some((_, name)) = &item.rename {
                        self.crates.renamed.insert(name_of(name), name_of(&item.ident));
                    }
                }
                SynItem::Macro(item) if item.mac.path.segments.last().is_some_and(|last| last.ident == "generate") => {
                    let place = Place { file: Rc::clone(file), line: item.span().start().line };
                    let package = package.map(Path::to_owned);
                    self.macros.push(MacroCall { module, place, call: item.mac, package });
                }
                item => {
                    self.declare(module, &item);
                    code.push(item);
                }
            }
        }
        self.code.push(Code { module, file: Rc::clone(file), items: code });
        Ok(())
    }

    fn read_module(
        &mut self,
        parent: ModuleId,
        file: &Rc<Path>,
        folder: &Path,
        package: Option<&Path>,
        item: syn::ItemMod,
    ) -> Result<(), Failure> {
        let name = name_of(&item.ident);
        let root = self.module(parent).root;
        let module = self.crates.modules.len();
        self.crates.modules.push(Module { root, parent: Some(parent), ..Module::default() });
        self.module(parent).modules.insert(name.clone(), module);
        if let Some((_, items)) = item.content {
            return self.read_items(module, file, &folder.join(&name), package, items);
        }
        let beside = file.parent().unwrap_or(Path::new(""));
        let candidates = match path_attribute(&item.attrs) {
            Some(path) => vec![(beside.join(&path), beside.join(path).parent().unwrap_or(beside).to_owned())],
            None => vec![
                (folder.join(format!("{name}.rs")), folder.join(&name)),
                (folder.join(&name).join("mod.rs"), folder.join(&name)),
            ],
        };
        match candidates.into_iter().find(|(file, _)| file.is_file()) {
            Some((file, folder)) => self.read_module_file(module, &file, &folder, package),
            None => {
                let place = Place { file: Rc::clone(file), line: item.ident.span().start().line };
                self.unresolved.push(Unresolved::new(place, format!("the file of the module `{name}` is not found")));
                Ok(())
            }
        }
    }

    fn module(&mut self, module: ModuleId) -> &mut Module {
        if module >= self.crates.modules.len() {
            self.crates.modules.resize_with(module + 1, Module::default);
        }
        #[expect(clippy::indexing_slicing, reason = "it is there, because it was just added if it was not")]
        &mut self.crates.modules[module]
    }

    /// Notes what an item declares.
    fn declare(&mut self, module: ModuleId, item: &SynItem) {
        let (ident, declared) = match item {
            SynItem::Struct(item) => (&item.ident, Item::Struct(fields(&item.fields))),
            SynItem::Union(item) => (&item.ident, Item::Struct(fields(&syn::Fields::Named(item.fields.clone())))),
            SynItem::Type(item) => (&item.ident, Item::Alias(item.ty.clone())),
            SynItem::Fn(item) => (&item.sig.ident, Item::Function(returned(&item.sig).map(Box::new))),
            SynItem::Const(item) => (&item.ident, Item::Value(item.ty.clone())),
            SynItem::Static(item) => (&item.ident, Item::Value(item.ty.clone())),
            SynItem::Enum(item) => (&item.ident, Item::Other),
            SynItem::Trait(item) => {
                let methods = item.items.iter().filter_map(|item| match item {
                    syn::TraitItem::Fn(item) => Some((name_of(&item.sig.ident), (module, returned(&item.sig)))),
                    _ => None,
                });
                self.crates.methods.entry((module, name_of(&item.ident))).or_default().extend(methods);
                (&item.ident, Item::Other)
            }
            SynItem::Impl(item) => {
                if let Type::Path(of) = &*item.self_ty {
                    let methods = item.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(item) => Some((name_of(&item.sig.ident), returned(&item.sig))),
                        _ => None,
                    });
                    self.impls.push(Impl { module, of: of.path.clone(), methods: methods.collect() });
                }
                return;
            }
            _ => return,
        };
        self.module(module).items.insert(name_of(ident), declared);
    }

    /// Adds the methods of each `impl` to its type, once all imports are known.
    fn find_types_of_impls(&mut self) {
        for Impl { module, of, methods } in std::mem::take(&mut self.impls) {
            if let (Meaning::Local(of, name), _) = self.crates.resolve(module, &of) {
                let methods = methods.into_iter().map(|(method, returned)| (method, (module, returned)));
                self.crates.methods.entry((of, name)).or_default().extend(methods);
            }
        }
    }

    /// Adds the products of each `generate!`, once all imports are known.
    fn generate(&mut self) {
        for MacroCall { module, place, call, package } in std::mem::take(&mut self.macros) {
            if !self.is_generate(module, &call) {
                continue;
            }
            match generated(call.tokens, package.as_deref()) {
                Ok(services) => self.module(module).generated.extend(services),
                Err(problem) => self.unresolved.push(Unresolved::new(place, format!("`generate!`: {problem}"))),
            }
        }
    }

    fn is_generate(&self, module: ModuleId, call: &syn::Macro) -> bool {
        let segments = segments(&call.path);
        let crate_name = |name: &str| self.crates.renamed.get(name).map_or(name.to_owned(), Clone::clone);
        match segments.as_slice() {
            [of, _] => crate_name(of) == "alicloud_macros",
            [name] => {
                let import = self.crates.modules.get(module).and_then(|module| module.imports.get(name));
                import.and_then(Import::first).is_some_and(|first| crate_name(first) == "alicloud_macros")
            }
            _ => false,
        }
    }
}

/// Facts from the `Cargo.toml` files above a file.
#[derive(Default)]
struct Manifests {
    /// The folder of the package.
    folder: Option<PathBuf>,
    package: Option<String>,
    /// Crates that have another name in the code.
    renamed: HashMap<String, String>,
}

impl Manifests {
    fn above(file: &Path) -> Self {
        let mut manifests = Self::default();
        let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        for folder in file.ancestors().skip(1) {
            let Some(table) = fs::read_to_string(folder.join("Cargo.toml")).ok().and_then(|text| text.parse().ok())
            else {
                continue;
            };
            let table: toml::Table = table;
            let package = table.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
            if let (Some(name), None) = (package, &manifests.folder) {
                manifests.folder = Some(folder.to_owned());
                manifests.package = Some(name.to_owned());
            }
            add_renamed(&toml::Value::Table(table), &mut manifests.renamed);
        }
        manifests
    }
}

/// Adds the renamed dependencies of all tables of dependencies.
fn add_renamed(value: &toml::Value, renamed: &mut HashMap<String, String>) {
    for (key, inner) in value.as_table().into_iter().flatten() {
        if key.ends_with("dependencies") {
            for (name, dependency) in inner.as_table().into_iter().flatten() {
                if let Some(package) = dependency.get("package").and_then(toml::Value::as_str) {
                    renamed.entry(name.replace('-', "_")).or_insert_with(|| package.replace('-', "_"));
                }
            }
        } else if matches!(inner, toml::Value::Table(_)) {
            add_renamed(inner, renamed);
        }
    }
}

/// Adds the Rust files of a folder and those below it, by name.
fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type()?);
        // Links could lead in circles.
        if kind.is_dir() && !entry.file_name().to_string_lossy().starts_with('.') && entry.file_name() != "target" {
            rust_files(&path, files)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// Whether a file is the root of a program below `folder`: `folder/a.rs`, or `folder/a/main.rs`.
fn is_program(file: &Path, folder: &Path) -> bool {
    let Ok(below) = file.strip_prefix(folder) else { return false };
    match below.components().count() {
        1 => true,
        2 => below.ends_with("main.rs"),
        _ => false,
    }
}

fn is_too_deep(tokens: TokenStream) -> bool {
    let mut open = vec![(tokens, 0)];
    while let Some((tokens, depth)) = open.pop() {
        if depth > DEEPEST {
            return true;
        }
        for token in tokens {
            if let TokenTree::Group(group) = token
                && group.delimiter() != Delimiter::None
            {
                open.push((group.stream(), depth + 1));
            }
        }
    }
    false
}

/// Whether an item is compiled for tests only.
pub(super) fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let condition = attribute.meta.require_list().map(|list| list.tokens.to_string()).unwrap_or_default();
        let mut words = condition.split(|one: char| !one.is_ascii_alphanumeric() && one != '_');
        let needs_test = condition == "test" || condition.starts_with("all") && words.any(|word| word == "test");
        attribute.path().is_ident("cfg") && needs_test && !condition.contains("not")
    })
}

/// The attributes of an item that has some.
pub(super) fn attributes(item: &SynItem) -> Option<&[Attribute]> {
    Some(match item {
        SynItem::Const(item) => &item.attrs,
        SynItem::Enum(item) => &item.attrs,
        SynItem::Fn(item) => &item.attrs,
        SynItem::Impl(item) => &item.attrs,
        SynItem::Macro(item) => &item.attrs,
        SynItem::Mod(item) => &item.attrs,
        SynItem::Static(item) => &item.attrs,
        SynItem::Struct(item) => &item.attrs,
        SynItem::Trait(item) => &item.attrs,
        SynItem::Type(item) => &item.attrs,
        SynItem::Use(item) => &item.attrs,
        _ => return None,
    })
}

/// The path of `#[path = "…"]`.
fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("path")).find_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else { return None };
        match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => Some(text.value()),
                _ => None,
            },
            _ => None,
        }
    })
}

fn fields(fields: &syn::Fields) -> HashMap<String, Type> {
    let named = fields.iter().enumerate().map(|(at, field)| {
        let name = field.ident.as_ref().map_or_else(|| at.to_string(), name_of);
        (name, field.ty.clone())
    });
    named.collect()
}

/// The return type of a function. `None` if it returns nothing.
fn returned(signature: &syn::Signature) -> Option<Type> {
    match &signature.output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some((**ty).clone()),
    }
}
