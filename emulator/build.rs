//! Bundles the specs of the crate `alicloud`, so that they can be served from any folder.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    // A symbolic link in the repository. In the package, it is a folder.
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    if !specs.is_dir() {
        return Err(io::Error::other(format!(
            "`{}` is not a folder. In the repository, it is a symbolic link to `../specs`. If Git has checked it out as a \
             file, run `git config core.symlinks true` and check it out again.",
            specs.display()
        )));
    }
    println!("cargo::rerun-if-changed={}", specs.display());
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    for product in entries(&specs)? {
        for version in entries(&product)? {
            // Skips `.imported`, the files that an import has written.
            let specs = entries(&version)?.into_iter().filter(|path| path.extension().is_some_and(|end| end == "yaml"));
            files.extend(specs);
        }
    }
    let mut named = Vec::new();
    for file in files {
        let name = file.strip_prefix(&specs).map_err(io::Error::other)?.display().to_string().replace('\\', "/");
        named.push((name, file));
    }
    // Files are found by their names, with a binary search.
    named.sort();
    let mut code = String::from("&[\n");
    for (name, file) in named {
        // Writing to a String cannot fail.
        let _ = writeln!(code, "    ({name:?}, include_str!({:?})),", file.display().to_string());
    }
    code.push_str("]\n");
    fs::write(out_dir().join("bundled_specs.rs"), code)
}

/// Returns the paths in a folder, sorted. Returns nothing for a file.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

#[expect(clippy::disallowed_methods, reason = "cargo passes the output folder in this variable")]
fn out_dir() -> PathBuf {
    std::env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default()
}
