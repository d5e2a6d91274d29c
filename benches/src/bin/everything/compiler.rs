//! Runs cargo on the scratch workspace, and reads its messages about each crate.
//!
//! The compiler of a scratch crate runs in a separate process, so that its memory can be measured: this program, which
//! cargo calls instead of the compiler.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio, exit};

use alicloud_benches::measured_command::{self, Usage};
use serde::Deserialize;

/// Set if this program replaces the compiler: the folder for the usage of each crate.
const WRAPPER: &str = "EVERYTHING_RUSTC_WRAPPER";

/// Runs the part of this program that cargo calls.
pub(crate) fn run_as_child() {
    let Some(folder) = std::env::var_os(WRAPPER) else { return };
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut command = Command::new(&arguments[0]);
    command.args(&arguments[1..]).env_remove(WRAPPER);
    // Cargo queries the compiler before it compiles anything.
    let crate_name = arguments.iter().skip_while(|argument| *argument != "--crate-name").nth(1);
    let result = crate_name.map_or_else(|| "asked".to_owned(), Clone::clone);
    let status = measured_command::run(command, &Path::new(&folder).join(result));
    exit(status.code().unwrap_or(KILLED));
}

/// The exit code if a signal ended the compiler.
const KILLED: i32 = 137;

/// An error of the compiler.
#[derive(Clone, Debug)]
pub(crate) struct CompileError {
    /// The code, such as `E0428`, if there is one.
    pub(crate) code: String,
    pub(crate) message: String,
    /// The line in the `lib.rs` of the crate.
    pub(crate) line: Option<usize>,
}

/// The scratch workspace.
pub(crate) struct Cargo {
    pub(crate) workspace: PathBuf,
    pub(crate) jobs: usize,
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    target: Option<Target>,
    message: Option<Diagnostic>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    message: String,
    code: Option<Code>,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    is_primary: bool,
    line_start: usize,
    file_name: String,
    expansion: Option<Box<Expansion>>,
}

#[derive(Deserialize)]
struct Expansion {
    span: Span,
}

impl Cargo {
    /// Checks these crates of the workspace, reports each that compiles, and returns the errors of the others. A failed
    /// crate without errors is one whose compiler was killed.
    pub(crate) fn check(
        &self,
        packages: &[String],
        mut on_sound: impl FnMut(&str, Usage) -> Result<(), String>,
    ) -> Result<BTreeMap<String, Vec<CompileError>>, String> {
        let usages = self.workspace.join("usages");
        let log = self.workspace.join("cargo.log");
        let failed = |path: &Path, error: std::io::Error| format!("cannot use `{}`: {error}", path.display());
        if usages.exists() {
            fs::remove_dir_all(&usages).map_err(|error| failed(&usages, error))?;
        }
        fs::create_dir_all(&usages).map_err(|error| failed(&usages, error))?;
        let mut command = Command::new("cargo");
        measured_command::forget_this_cargo(&mut command);
        command.args([
            "check",
            "--workspace",
            "--keep-going",
            "--message-format=json",
            "--jobs",
            &self.jobs.to_string(),
        ]);
        command.env("CARGO_INCREMENTAL", "0");
        command.env("CARGO_TARGET_DIR", self.workspace.join("target"));
        command.env("CARGO_TERM_COLOR", "never");
        command.env(WRAPPER, &usages);
        command.env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe().map_err(|error| failed(&log, error))?);
        command.current_dir(&self.workspace).stdout(Stdio::piped());
        command.stderr(File::create(&log).map_err(|error| failed(&log, error))?);
        let mut child = command.spawn().map_err(|error| format!("cargo cannot be run: {error}"))?;
        let mut failures: BTreeMap<String, Vec<CompileError>> =
            packages.iter().map(|package| (package.clone(), Vec::new())).collect();
        for line in BufReader::new(child.stdout.take().expect("a pipe")).lines() {
            let line = line.map_err(|error| failed(&log, error))?;
            let Ok(Message { reason, target: Some(target), message }) = serde_json::from_str(&line) else { continue };
            let package = target.name;
            match (reason.as_str(), message) {
                ("compiler-artifact", _) if failures.remove(&package).is_some() => {
                    let nothing = Usage { wall: 0.0, cpu: 0.0, memory: 0.0 };
                    on_sound(&package, measured_command::usage(&usages.join(&package)).unwrap_or(nothing))?;
                }
                ("compiler-message", Some(diagnostic)) if diagnostic.level.starts_with("error") => {
                    match failures.get_mut(&package) {
                        Some(errors) => errors.push(diagnostic.into()),
                        None => return Err(format!("`{package}` does not compile: {}", diagnostic.message)),
                    }
                }
                _ => {}
            }
        }
        child.wait().map_err(|error| failed(&log, error))?;
        let was_started = |package: &String| usages.join(package).exists();
        if !failures.is_empty() && !failures.keys().any(was_started) {
            let output = fs::read_to_string(&log).unwrap_or_default();
            return Err(format!("cargo could not compile the dependencies:\n{output}"));
        }
        Ok(failures)
    }
}

impl From<Diagnostic> for CompileError {
    fn from(diagnostic: Diagnostic) -> Self {
        let primary = diagnostic.spans.into_iter().find(|span| span.is_primary);
        Self {
            code: diagnostic.code.map(|code| code.code).unwrap_or_default(),
            message: diagnostic.message,
            line: primary.and_then(Span::line_of_crate),
        }
    }
}

impl Span {
    /// Returns the line in `lib.rs`, also for code that a macro of another crate generated.
    fn line_of_crate(self) -> Option<usize> {
        if self.file_name.ends_with("src/lib.rs") && !self.file_name.starts_with('/') {
            return Some(self.line_start);
        }
        self.expansion.and_then(|expansion| expansion.span.line_of_crate())
    }
}
