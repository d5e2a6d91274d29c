//! Imports inside a crate have no circles, and none goes up the layers of ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Item, UseTree};

/// The modules that each module imports from. A module is the path of its file, such as `["call", "attempts"]`.
type Imports = BTreeMap<Vec<String>, BTreeSet<Vec<String>>>;

const CRATES: [&str; 11] = [
    ".",
    "model",
    "codegen",
    "macros",
    "runtime",
    "limits-redis",
    "catalogue",
    "emulator",
    "cli",
    "benches",
    "examples/telemetry",
];

#[test]
fn no_file_and_no_folder_imports_itself_through_others() -> Result<(), Box<dyn Error>> {
    let mut circles = Vec::new();
    for name in CRATES {
        let files = imports(&root().join(name).join("src"))?;
        circles.extend(circle(&files).map(|circle| format!("{name}: the files {circle}")));
        circles.extend(circle(&folders(&files)).map(|circle| format!("{name}: the folders {circle}")));
    }
    assert!(circles.is_empty(), "imports in a circle:\n{}", circles.join("\n"));
    Ok(())
}

#[test]
fn no_import_goes_up_the_layers_of_the_architecture() -> Result<(), Box<dyn Error>> {
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md"))?;
    let mut wrong = Vec::new();
    for name in ["model", "runtime", "emulator"] {
        let layers = layers(&architecture, name);
        let layer_of = |module: &[String]| layers.iter().position(|layer| layer.iter().any(|one| *one == module[0]));
        for (from, all) in imports(&root().join(name).join("src"))? {
            if layer_of(&from).is_none() {
                wrong.push(format!("{name}: no layer contains `{}`", from.join("/")));
            }
            for to in all.iter().filter(|to| layer_of(&from) < layer_of(to)) {
                wrong.push(format!("{name}: `{}` imports `{}` of a higher layer", from.join("/"), to.join("/")));
            }
        }
    }
    assert!(wrong.is_empty(), "imports against ARCHITECTURE.md:\n{}", wrong.join("\n"));
    Ok(())
}

#[test]
fn the_check_finds_circles() {
    let files = Imports::from([
        (module("call/client"), BTreeSet::from([module("error/failure")])),
        (module("error/failure"), BTreeSet::from([module("call/options")])),
        (module("call/options"), BTreeSet::new()),
    ]);
    assert_eq!(circle(&files), None);
    assert_eq!(circle(&folders(&files)).as_deref(), Some("call -> error -> call"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn module(path: &str) -> Vec<String> {
    path.split('/').map(str::to_owned).collect()
}

/// Returns the layers of a crate, from the bottom up, with the files and folders of each.
fn layers(architecture: &str, name: &str) -> Vec<Vec<String>> {
    let rows =
        architecture.lines().skip_while(|line| !(line.starts_with('|') && line.contains(&format!("`{name}/src/`"))));
    let rows = rows.skip(2).take_while(|line| line.starts_with('|'));
    let first_cells = rows.filter_map(|row| row.split('|').nth(1));
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(|name| stem(name).to_owned()).collect();
    first_cells.map(names).collect()
}

fn stem(name: &str) -> &str {
    name.trim_end_matches('/').trim_end_matches(".rs")
}

fn imports(source: &Path) -> Result<Imports, Box<dyn Error>> {
    let mut files = Vec::new();
    rust_files(source, &mut files)?;
    let modules: BTreeMap<Vec<String>, PathBuf> = files
        .into_iter()
        .filter_map(|file| {
            let path = file.strip_prefix(source).ok()?.with_extension("");
            let module: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            // The root re-exports the public items of the crate, and `main` is above all layers.
            (module != ["lib"] && module != ["main"]).then_some((module, file))
        })
        .collect();
    let mut imports = Imports::new();
    for (module, file) in &modules {
        let mut paths = Vec::new();
        for item in syn::parse_file(&fs::read_to_string(file)?)?.items {
            if let Item::Use(line) = item {
                flatten(&line.tree, &mut Vec::new(), &mut paths);
            }
        }
        let targets = paths.into_iter().filter_map(|path| {
            let path = absolute(module, path)?;
            (1..=path.len()).rev().map(|length| path[..length].to_vec()).find(|prefix| modules.contains_key(prefix))
        });
        imports.insert(module.clone(), targets.filter(|target| target != module).collect());
    }
    Ok(imports)
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            rust_files(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    Ok(())
}

fn flatten(tree: &UseTree, before: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            flatten(&path.tree, before, paths);
            before.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| flatten(tree, before, paths)),
        UseTree::Name(name) => paths.push([&before[..], &[name.ident.to_string()]].concat()),
        UseTree::Rename(name) => paths.push([&before[..], &[name.ident.to_string()]].concat()),
        UseTree::Glob(_) => paths.push(before.clone()),
    }
}

/// Returns the path below the root of the crate, or `None` for other crates.
fn absolute(module: &[String], path: Vec<String>) -> Option<Vec<String>> {
    let first = path.first()?;
    let mut absolute = match first.as_str() {
        "crate" => Vec::new(),
        "self" => module.to_vec(),
        "super" => module[..module.len() - 1].to_vec(),
        // A parent that re-exports items of its child.
        child => [module, &[child.to_owned()]].concat(),
    };
    absolute.extend(path.into_iter().skip(1));
    Some(absolute)
}

/// Returns the same imports between the folders and files directly in `src`.
fn folders(files: &Imports) -> Imports {
    let mut folders = Imports::new();
    for (from, all) in files {
        let targets = all.iter().map(|to| vec![to[0].clone()]).filter(|to| to[0] != from[0]);
        folders.entry(vec![from[0].clone()]).or_default().extend(targets);
    }
    folders
}

/// Returns one circle of imports as text, if there is one.
fn circle(imports: &Imports) -> Option<String> {
    let mut finished = BTreeSet::new();
    imports.keys().find_map(|module| circle_from(imports, module, &mut Vec::new(), &mut finished))
}

fn circle_from<'a>(
    imports: &'a Imports,
    module: &'a Vec<String>,
    way: &mut Vec<&'a Vec<String>>,
    finished: &mut BTreeSet<&'a Vec<String>>,
) -> Option<String> {
    if let Some(start) = way.iter().position(|before| *before == module) {
        let names: Vec<String> = way[start..].iter().chain([&module]).map(|module| module.join("/")).collect();
        return Some(names.join(" -> "));
    }
    if !finished.contains(module) {
        way.push(module);
        for next in imports.get(module).into_iter().flatten() {
            if let Some(circle) = circle_from(imports, next, way, finished) {
                return Some(circle);
            }
        }
        way.pop();
        finished.insert(module);
    }
    None
}
