//! The `Cargo.toml` of a new crate.

use alicloud_model::Operation;

use crate::ending::Failure;
use crate::sdk::Sdk;

/// Names of crates that cargo or the compiler rejects, and those of the dependencies.
const TAKEN: [&str; 14] = [
    "alicloud",
    "alicloud-macros",
    "alicloud-runtime",
    "alloc",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc-macro",
    "proc_macro",
    "std",
    "test",
    "tokio",
];

/// The text of the manifest. In a folder of a workspace that does not list the crate, it needs a separate workspace.
pub(super) fn manifest(name: &str, sdk: &Sdk, operation: &Operation, is_in_workspace: bool) -> String {
    let features: &[&str] = if operation.pagination.is_some() { &["chain", "pagination"] } else { &["chain"] };
    let (macros, runtime) = (sdk.dependency("alicloud-macros", &[]), sdk.dependency("alicloud-runtime", features));
    let workspace =
        if is_in_workspace { "\n# The crate is not a member of the workspace around it.\n[workspace]\n" } else { "" };
    format!(
        "[package]
name = \"{name}\"
version = \"0.1.0\"
edition = \"2024\"

[dependencies]
{macros}
{runtime}
tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}
{workspace}"
    )
}

/// Fails unless the name is valid for a crate with a binary.
pub(super) fn check_name(name: &str) -> Result<(), Failure> {
    let invalid = |problem: &str| {
        Err(Failure::new(format!("a crate cannot be called `{name}`: {problem}")).help("give a name with `--name`"))
    };
    let first = name.chars().next();
    if !first.is_some_and(|first| first.is_ascii_alphabetic()) {
        return invalid("the name begins with a letter");
    }
    if !name.chars().all(|one| one.is_ascii_alphanumeric() || "-_".contains(one)) {
        return invalid("the name has letters, digits, hyphens and underscores");
    }
    if TAKEN.contains(&name) || syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err() {
        return invalid("the name has another meaning in Rust or in the crate");
    }
    Ok(())
}
