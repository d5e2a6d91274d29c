//! Dependencies on the SDK for crates with their own specs.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::ending::Failure;

/// The folder of the SDK that this program was built from.
const BUILT_FROM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The SDK as a dependency.
pub(crate) enum Sdk {
    /// In this folder.
    Folder(PathBuf),
    /// In a registry.
    Registry,
}

impl Sdk {
    /// Finds the folder that this program was built from, if it is still there.
    pub(crate) fn find() -> Self {
        match fs::canonicalize(BUILT_FROM) {
            Ok(folder) if Self::is_folder(&folder) => Self::Folder(folder),
            _ => Self::Registry,
        }
    }

    /// The SDK in the given folder.
    pub(crate) fn at(folder: &Path) -> Result<Self, Failure> {
        match fs::canonicalize(folder) {
            Ok(folder) if Self::is_folder(&folder) => Ok(Self::Folder(folder)),
            Ok(_) => Err(Failure::new(format!("`{}` does not hold the SDK", folder.display()))
                .help("give the folder of the repository, with `macros` and `runtime`")),
            Err(error) => Err(Failure::new(format!("cannot read `{}`: {error}", folder.display()))
                .help("give the folder of the repository, with `macros` and `runtime`")),
        }
    }

    /// Whether a folder contains the SDK.
    pub(crate) fn is_folder(folder: &Path) -> bool {
        ["macros", "runtime"].iter().all(|name| folder.join(name).join("Cargo.toml").is_file())
    }

    /// The line of a dependency, without an end.
    pub(crate) fn dependency(&self, name: &str, features: &[&str]) -> String {
        let source = match self {
            Self::Folder(folder) => {
                let path = folder.join(name.trim_start_matches("alicloud-"));
                format!("path = {}", Value::String(path.display().to_string()))
            }
            Self::Registry => format!("version = \"{}\"", env!("CARGO_PKG_VERSION")),
        };
        if features.is_empty() {
            return format!("{name} = {{ {source} }}");
        }
        let features: Vec<String> = features.iter().map(|feature| format!("\"{feature}\"")).collect();
        format!("{name} = {{ {source}, features = [{}] }}", features.join(", "))
    }
}

/// The lines that the crate of a specs folder lacks to use a product with these features of the runtime, if any.
pub(crate) fn missing_lines(specs: &Path, product: &str, features: &[&str]) -> Option<String> {
    let Some(path) = manifest(specs) else {
        return Some(format!("There is no Cargo.toml around the specs. A crate needs:\n\n{}", dependencies(features)));
    };
    let shown = path.display();
    let Some(table) = fs::read_to_string(&path).ok().and_then(|text| text.parse::<Table>().ok()) else {
        return Some(format!("`{shown}` cannot be read. A crate needs:\n\n{}", dependencies(features)));
    };
    let is_sdk =
        table.get("package").and_then(|package| package.get("name")).and_then(Value::as_str) == Some("alicloud");
    if is_sdk {
        let has_feature = table.get("features").and_then(|features| features.get(product)).is_some();
        return (!has_feature).then(|| format!("`{shown}` needs:\n\n  [features]\n  {product} = []\n"));
    }
    let dependency = |name: &str| table.get("dependencies").and_then(|dependencies| dependencies.get(name));
    let runtime = dependency("alicloud-runtime");
    let mut lines = String::new();
    let sdk = Sdk::find();
    if dependency("alicloud-macros").is_none() {
        let _ = writeln!(lines, "  {}", sdk.dependency("alicloud-macros", &[]));
    }
    match runtime {
        None => {
            let _ = writeln!(lines, "  {}", sdk.dependency("alicloud-runtime", features));
        }
        // The workspace may enable the features.
        Some(runtime) if runtime.get("workspace").is_some() => {}
        Some(runtime) => {
            let enabled = runtime.get("features").and_then(Value::as_array);
            let is_on = |feature: &&&str| enabled.is_some_and(|on| on.iter().any(|one| one.as_str() == Some(feature)));
            for feature in features.iter().filter(|feature| !is_on(feature)) {
                let _ = writeln!(lines, "  the feature \"{feature}\" of alicloud-runtime");
            }
        }
    }
    (!lines.is_empty()).then(|| format!("`{shown}` needs:\n\n  [dependencies]\n{lines}"))
}

fn dependencies(features: &[&str]) -> String {
    let sdk = Sdk::find();
    let (macros, runtime) = (sdk.dependency("alicloud-macros", &[]), sdk.dependency("alicloud-runtime", features));
    format!("  [dependencies]\n  {macros}\n  {runtime}\n")
}

/// The `Cargo.toml` of the nearest folder around the specs.
fn manifest(specs: &Path) -> Option<PathBuf> {
    let specs = fs::canonicalize(specs).ok()?;
    specs.ancestors().skip(1).map(|folder| folder.join("Cargo.toml")).find(|path| path.is_file())
}
