//! The scratch workspace: crates that generate some product versions each.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::state::Refusal;

/// What there is to compile of a document.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) document: String,
    /// Product and version, below the specs folder.
    pub(crate) folder: String,
    pub(crate) operations: Vec<String>,
    /// Those that were found not to compile.
    pub(crate) failed: Vec<Refusal>,
}

impl Task {
    /// Takes an operation out, since it does not compile. Tells whether it was there.
    pub(crate) fn fail(&mut self, operation: &str, reason: &str, detail: &str) -> bool {
        let Some(at) = self.operations.iter().position(|one| one == operation) else { return false };
        let operation = self.operations.remove(at);
        self.failed.push(Refusal { operation, reason: reason.to_owned(), detail: detail.to_owned() });
        true
    }

    pub(crate) fn fail_all(&mut self, reason: &str, detail: &str) {
        for operation in std::mem::take(&mut self.operations) {
            self.failed.push(Refusal { operation, reason: reason.to_owned(), detail: detail.to_owned() });
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

    /// Two of half the size.
    pub(crate) fn halves(mut self) -> [Vec<Task>; 2] {
        let second = self.tasks.split_off(self.tasks.len() / 2);
        [self.tasks, second]
    }
}

/// Puts together what has at most so many operations; a product version that has more is alone.
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

/// Where the scratch crates are written.
pub(crate) struct Workspace<'p> {
    pub(crate) folder: &'p Path,
    /// All specs.
    pub(crate) specs: &'p Path,
    pub(crate) repository: &'p Path,
}

impl Workspace<'_> {
    /// The specs of a crate.
    pub(crate) fn specs_of(&self, package: &str) -> PathBuf {
        self.folder.join(package).join("specs")
    }

    /// Writes a crate for each batch, in place of all earlier ones; what is compiled of their dependencies stays.
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
        // The macro reads and checks YAML in bulk.
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n[profile.dev.build-override]\nopt-level = 1\n"
        );
        write(&self.folder.join("Cargo.toml"), &manifest)?;
        // The versions that the repository is built with.
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

    /// Links what all operations share and the operations that are wanted. Another document of the same product
    /// version may be in the crate as well.
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
