//! The scratch workspace: crates that generate some product versions each.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::state::Rejection;

/// The operations of a document to compile.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) document: String,
    /// Product and version, in the specs folder.
    pub(crate) folder: String,
    pub(crate) operations: Vec<String>,
    /// The operations that do not compile.
    pub(crate) failed: Vec<Rejection>,
}

impl Task {
    /// Removes an operation that does not compile. Returns whether it was there.
    pub(crate) fn fail(&mut self, operation: &str, reason: &str, detail: &str) -> bool {
        let Some(at) = self.operations.iter().position(|one| one == operation) else { return false };
        let operation = self.operations.remove(at);
        self.failed.push(Rejection { operation, reason: reason.to_owned(), detail: detail.to_owned() });
        true
    }

    pub(crate) fn fail_all(&mut self, reason: &str, detail: &str) {
        for operation in std::mem::take(&mut self.operations) {
            self.failed.push(Rejection { operation, reason: reason.to_owned(), detail: detail.to_owned() });
        }
    }
}

/// Product versions that are compiled as one crate.
pub(crate) struct Batch {
    pub(crate) package: String,
    pub(crate) tasks: Vec<Task>,
}

impl Batch {
    pub(crate) fn operations(&self) -> usize {
        self.tasks.iter().map(|task| task.operations.len()).sum()
    }

    /// Returns two batches of half the size.
    pub(crate) fn halves(mut self) -> [Vec<Task>; 2] {
        let second = self.tasks.split_off(self.tasks.len() / 2);
        [self.tasks, second]
    }
}

/// Groups tasks with at most this many operations. A larger product version is a separate group.
pub(crate) fn pack(tasks: Vec<Task>, most: usize) -> Vec<Vec<Task>> {
    let mut batches: Vec<Vec<Task>> = Vec::new();
    let mut size = 0;
    for task in tasks {
        let more = task.operations.len();
        match batches.last_mut() {
            Some(batch) if size + more <= most => batch.push(task),
            _ => {
                size = 0;
                batches.push(vec![task]);
            }
        }
        size += more;
    }
    batches
}

/// The folders of the scratch crates.
pub(crate) struct Workspace<'p> {
    pub(crate) folder: &'p Path,
    /// All specs.
    pub(crate) specs: &'p Path,
    pub(crate) repository: &'p Path,
}

impl Workspace<'_> {
    /// Returns the specs folder of a crate.
    pub(crate) fn specs_of(&self, package: &str) -> PathBuf {
        self.folder.join(package).join("specs")
    }

    /// Writes a crate for each batch, and removes earlier crates, but not their compiled dependencies.
    pub(crate) fn write(&self, batches: &[Batch]) -> Result<(), String> {
        self.begin(batches.iter().map(|batch| batch.package.as_str()))?;
        for batch in batches {
            self.write_crate(&batch.package, "alicloud_macros::generate!(\"specs\");\n")?;
            let specs = self.specs_of(&batch.package);
            for task in &batch.tasks {
                self.link(&specs, task)
                    .map_err(|error| format!("cannot link specs in `{}`: {error}", specs.display()))?;
            }
        }
        Ok(())
    }

    /// Writes crates with these texts.
    pub(crate) fn write_texts(&self, texts: &[(String, String)]) -> Result<(), String> {
        self.begin(texts.iter().map(|(package, _)| package.as_str()))?;
        texts.iter().try_for_each(|(package, text)| self.write_crate(package, text))
    }

    fn begin<'n>(&self, packages: impl Iterator<Item = &'n str>) -> Result<(), String> {
        for path in fs::read_dir(self.folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.join("src").is_dir() {
                fs::remove_dir_all(&path).map_err(|error| format!("cannot remove `{}`: {error}", path.display()))?;
            }
        }
        let members: Vec<&str> = packages.collect();
        // The macro parses much YAML.
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev.build-override]\nopt-level = 1\n"
        );
        write(&self.folder.join("Cargo.toml"), &manifest)?;
        // The versions of the repository's dependencies.
        let lock = self.folder.join("Cargo.lock");
        if !lock.exists() {
            fs::copy(self.repository.join("Cargo.lock"), &lock)
                .map_err(|error| format!("cannot copy the lock file: {error}"))?;
        }
        Ok(())
    }

    fn write_crate(&self, package: &str, text: &str) -> Result<(), String> {
        let folder = self.folder.join(package);
        let manifest = format!(
            "[package]\nname = \"{package}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             alicloud-macros = {{ path = {:?} }}\nalicloud-runtime = {{ path = {:?} }}\n",
            self.repository.join("macros"),
            self.repository.join("runtime")
        );
        write(&folder.join("Cargo.toml"), &manifest)?;
        write(&folder.join("src/lib.rs"), text)
    }

    /// Links the shared files and the operations of the task. The crate can also contain another document of the same
    /// product version.
    fn link(&self, specs: &Path, task: &Task) -> io::Result<()> {
        let (from, to) = (self.specs.join(&task.folder), specs.join(&task.folder));
        fs::create_dir_all(&to)?;
        let operations = task.operations.iter().map(|operation| format!("{operation}.yaml"));
        for name in ["service.yaml".to_owned(), "types.yaml".to_owned()].into_iter().chain(operations) {
            if from.join(&name).exists() && !to.join(&name).exists() {
                symlink(from.join(&name), to.join(&name))?;
            }
        }
        Ok(())
    }
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    let folder = file.parent().unwrap_or(file);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(file, text))
        .map_err(|error| format!("cannot write `{}`: {error}", file.display()))
}
