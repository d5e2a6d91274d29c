//! The modules of crates, and what the names in them mean.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use alicloud_model::{Operation, Service};
use syn::{Ident, Path, Type, UseTree};

use super::services::Sdk;

/// The maximum number of steps from a name to its meaning. More steps mean circular imports.
const MOST_STEPS: usize = 64;

/// The index of a module in [`Crates`].
pub(super) type ModuleId = usize;

/// The meaning of a path.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// A module of the source.
    Module(ModuleId),
    /// The crate `alicloud`.
    Sdk,
    /// A generated module.
    Product(Rc<Service>),
    /// An item of a generated module, such as `DescribeInstancesRequest`.
    Generated(Rc<Service>, String),
    /// An item of the source.
    Local(ModuleId, String),
    /// An item of the runtime, such as `UntypedRequest`.
    Runtime(String),
    /// Anything else.
    Other,
}

/// A path that `use` imports.
#[derive(Clone, Debug)]
pub(super) struct Import {
    is_global: bool,
    segments: Vec<String>,
}

impl Import {
    /// Returns the first name of the path.
    pub(super) fn first(&self) -> Option<&str> {
        self.segments.first().map(String::as_str)
    }
}

/// The names that `use` brings into a module or a block.
#[derive(Debug, Default)]
pub(super) struct Imports {
    names: HashMap<String, Import>,
    globs: Vec<Import>,
}

impl Imports {
    pub(super) fn add(&mut self, item: &syn::ItemUse) {
        self.add_tree(&item.tree, &Import { is_global: item.leading_colon.is_some(), segments: Vec::new() });
    }

    fn add_tree(&mut self, tree: &UseTree, above: &Import) {
        let below = |ident: &Ident| {
            let mut import = above.clone();
            // `use alicloud::ecs::{self}` imports the module itself.
            if ident != "self" || import.segments.is_empty() {
                import.segments.push(name_of(ident));
            }
            import
        };
        match tree {
            UseTree::Path(path) => self.add_tree(&path.tree, &below(&path.ident)),
            UseTree::Name(name) => {
                let import = below(&name.ident);
                if let Some(own) = import.segments.last().cloned() {
                    self.names.insert(own, import);
                }
            }
            UseTree::Rename(rename) => {
                self.names.insert(name_of(&rename.rename), below(&rename.ident));
            }
            UseTree::Glob(_) => self.globs.push(above.clone()),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(tree, above)),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Import> {
        self.names.get(name)
    }

    pub(super) fn globs(&self) -> &[Import] {
        &self.globs
    }
}

/// An item of the source, with the types that follow from it.
pub(super) enum Item {
    /// A struct or a union, and its fields. Those of a tuple have numbers.
    Struct(HashMap<String, Type>),
    Alias(Box<Type>),
    /// A function with what it returns.
    Function(Option<Box<Type>>),
    /// A constant or a static.
    Value(Box<Type>),
    Other,
}

/// A module of the source.
#[derive(Default)]
pub(super) struct Module {
    pub(super) root: ModuleId,
    pub(super) parent: Option<ModuleId>,
    pub(super) modules: HashMap<String, ModuleId>,
    pub(super) imports: Imports,
    pub(super) items: HashMap<String, Item>,
    /// The products that `generate!` adds.
    pub(super) generated: Vec<Rc<Service>>,
}

/// The methods of a type: the module of each, and what it returns.
pub(super) type Methods = HashMap<String, (ModuleId, Option<Type>)>;

/// All modules of the source.
#[derive(Default)]
pub(super) struct Crates {
    pub(super) modules: Vec<Module>,
    /// The roots of libraries, by the name of their crate.
    pub(super) libraries: HashMap<String, ModuleId>,
    /// Other names of crates in a `Cargo.toml`.
    pub(super) renamed: HashMap<String, String>,
    /// The methods of the types of the source, with their return types and the module that declares them.
    pub(super) methods: HashMap<(ModuleId, String), Methods>,
    pub(super) sdk: Sdk,
}

impl Crates {
    /// Returns what a path means in a module, and the segments behind that.
    pub(super) fn resolve(&self, module: ModuleId, path: &Path) -> (Meaning, Vec<String>) {
        self.follow(module, path.leading_colon.is_some(), &segments(path), MOST_STEPS)
    }

    /// Returns what an import means in a module, with more segments behind it.
    pub(super) fn resolve_import(&self, module: ModuleId, import: &Import, rest: &[String]) -> (Meaning, Vec<String>) {
        let segments = [import.segments.as_slice(), rest].concat();
        self.follow(module, import.is_global, &segments, MOST_STEPS)
    }

    fn follow(&self, module: ModuleId, is_global: bool, segments: &[String], steps: usize) -> (Meaning, Vec<String>) {
        let Some((first, mut rest)) = segments.split_first() else { return (Meaning::Module(module), Vec::new()) };
        let Some(steps) = steps.checked_sub(1) else { return (Meaning::Other, segments.to_vec()) };
        let of = self.modules.get(module);
        let mut meaning = match first.as_str() {
            _ if is_global => self.external(first),
            "crate" => of.map_or(Meaning::Other, |of| Meaning::Module(of.root)),
            "self" => Meaning::Module(module),
            "super" => of.and_then(|of| of.parent).map_or(Meaning::Other, Meaning::Module),
            _ => self.named(module, first, None, steps).unwrap_or_else(|| self.external(first)),
        };
        while let Some((next, after)) = rest.split_first() {
            let inner = match &meaning {
                Meaning::Module(inner) if next == "super" => {
                    self.modules.get(*inner).and_then(|of| of.parent).map(Meaning::Module)
                }
                Meaning::Module(inner) => self.named(*inner, next, None, steps),
                Meaning::Sdk => Some(self.in_sdk(next)),
                Meaning::Product(service) => Some(Meaning::Generated(Rc::clone(service), next.clone())),
                Meaning::Runtime(_) | Meaning::Generated(..) | Meaning::Local(..) | Meaning::Other => break,
            };
            meaning = inner.unwrap_or(Meaning::Other);
            rest = after;
        }
        (meaning, rest.to_vec())
    }

    /// Returns what a name means in a module, apart from names of crates.
    fn named(&self, module: ModuleId, name: &str, behind: Option<ModuleId>, steps: usize) -> Option<Meaning> {
        let steps = steps.checked_sub(1)?;
        let of = self.modules.get(module)?;
        if let Some(inner) = of.modules.get(name) {
            return Some(Meaning::Module(*inner));
        }
        if of.items.contains_key(name) {
            return Some(Meaning::Local(module, name.to_owned()));
        }
        if let Some(service) = of.generated.iter().find(|service| service.module == name) {
            return Some(Meaning::Product(Rc::clone(service)));
        }
        if let Some(import) = of.imports.get(name) {
            let first = import.segments.first().map(String::as_str);
            // `use ecs;` and `use ecs::ecs;` begin with a crate.
            let is_global = import.is_global || first == Some(name);
            let (meaning, rest) = self.follow(module, is_global, &import.segments, steps);
            return Some(if rest.is_empty() { meaning } else { Meaning::Other });
        }
        of.imports.globs().iter().find_map(|glob| {
            if behind == Some(module) {
                return None;
            }
            self.in_glob(module, glob, name, steps)
        })
    }

    /// Returns what a name means, if `use path::*` brings it.
    pub(super) fn through_glob(&self, module: ModuleId, glob: &Import, name: &str) -> Option<Meaning> {
        self.in_glob(module, glob, name, MOST_STEPS)
    }

    fn in_glob(&self, module: ModuleId, glob: &Import, name: &str, steps: usize) -> Option<Meaning> {
        // The first name of a glob does not come through the same glob.
        let first = glob.segments.first()?;
        let is_global = glob.is_global
            || !["crate", "self", "super"].contains(&first.as_str())
                && self.named(module, first, Some(module), steps).is_none();
        match self.follow(module, is_global, &glob.segments, steps) {
            (Meaning::Module(inner), rest) if rest.is_empty() && inner != module => {
                self.named(inner, name, None, steps)
            }
            (Meaning::Sdk, rest) if rest.is_empty() => Some(self.in_sdk(name)).filter(|one| {
                // Everything else could be an item of the runtime.
                !matches!(one, Meaning::Runtime(name) if !is_untyped(name))
            }),
            (Meaning::Product(service), rest) if rest.is_empty() => {
                let has = name == "Client" || operation_of(&service, name).is_some();
                has.then(|| Meaning::Generated(service, name.to_owned()))
            }
            _ => None,
        }
    }

    fn external(&self, name: &str) -> Meaning {
        let name = self.renamed.get(name).map_or(name, String::as_str);
        match (self.libraries.get(name), name) {
            (Some(root), _) => Meaning::Module(*root),
            (None, "alicloud") => Meaning::Sdk,
            (None, "alicloud_runtime") => Meaning::Runtime(String::new()),
            _ => Meaning::Other,
        }
    }

    fn in_sdk(&self, name: &str) -> Meaning {
        self.sdk.product(name).map_or_else(|| Meaning::Runtime(name.to_owned()), Meaning::Product)
    }

    /// Follows all imports, so that the products are known that they name.
    pub(super) fn name_imports(&self, module: ModuleId, imports: &Imports) {
        for import in imports.names.values().chain(&imports.globs) {
            self.resolve_import(module, import, &[]);
        }
    }

    /// The generated modules that the source can name.
    pub(super) fn services(&self) -> Vec<Rc<Service>> {
        let generated = self.modules.iter().flat_map(|module| module.generated.iter().cloned());
        let mut seen = HashSet::new();
        generated
            .chain(self.sdk.loaded())
            .filter(|service| seen.insert((service.product.clone(), service.version.clone())))
            .collect()
    }
}

/// Returns the operation of `DescribeInstancesRequest`.
pub(super) fn operation_of<'s>(service: &'s Service, item: &str) -> Option<&'s Operation> {
    let name = item.strip_suffix("Request")?;
    service.operations.iter().find(|operation| operation.rust_name == name)
}

/// Whether an item of the runtime calls operations by their names.
pub(super) fn is_untyped(name: &str) -> bool {
    matches!(name, "UntypedRequest" | "UntypedClient")
}

pub(super) fn segments(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| name_of(&segment.ident)).collect()
}

/// Returns an identifier without `r#`.
pub(super) fn name_of(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}
