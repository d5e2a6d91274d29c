//! Runs cargo on the scratch workspace, and measures it.
//!
//! The system reports the usage of all child processes together, so each measured cargo runs in a separate process:
//! this program, called as `measured`.

use std::fs;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, exit};

use crate::measured_command::{self, Usage};

/// The first argument of the process that runs a command and writes its usage to a file.
const MEASURED: &str = "measured";
/// Set if this program replaces the compiler of a scratch crate, to allow unstable options.
/// Setting `RUSTC_BOOTSTRAP` for all of cargo would recompile the dependencies.
const WRAPPER: &str = "COMPILE_COST_RUSTC_WRAPPER";

/// Runs the part of this program for its child processes.
pub fn run_as_child() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if std::env::var_os(WRAPPER).is_some() {
        let error = Command::new(&arguments[0]).args(&arguments[1..]).env("RUSTC_BOOTSTRAP", "1").exec();
        panic!("{}: {error}", arguments[0]);
    }
    if arguments.first().is_some_and(|first| first == MEASURED) {
        let mut command = Command::new(&arguments[2]);
        command.args(&arguments[3..]);
        let status = measured_command::run(command, Path::new(&arguments[1]));
        exit(status.code().unwrap_or(1));
    }
}

/// Seconds of compiler passes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Passes {
    /// Macro expansion.
    pub expansion: f64,
    /// All passes.
    pub total: f64,
}

/// The scratch workspace.
#[derive(Debug)]
pub struct Cargo {
    /// The folder.
    pub folder: PathBuf,
}

impl Cargo {
    /// Runs cargo and measures it.
    pub fn measured(&self, arguments: &[&str], incremental: bool) -> Usage {
        let result = self.folder.join("usage");
        let mut command = Command::new(std::env::current_exe().expect("this program's path"));
        command.arg(MEASURED).arg(&result).arg("cargo").args(arguments);
        self.run(command, incremental);
        measured_command::usage(&result).expect("the measured use")
    }

    /// Returns the seconds of an incremental check after each edit.
    pub fn checks_after(&self, selection: &[&str], edits: usize, edit: impl Fn(usize)) -> Vec<f64> {
        let check = || self.measured(&[&["check"], selection].concat(), true).wall;
        check();
        let edited = (0..edits).map(|round| {
            edit(round);
            check()
        });
        edited.collect()
    }

    /// Runs the compiler on one crate with unstable options. `selection` selects the crate on cargo's command line.
    pub fn unstable(&self, selection: &[&str], options: &[&str]) -> Output {
        let mut command = Command::new("cargo");
        command.args(["rustc", "--profile", "check"]).args(selection).args(["--lib", "--"]).args(options);
        command.env(WRAPPER, "1");
        command.env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe().expect("this program's path"));
        self.run(command, false)
    }

    /// Returns the time of compiler passes when it checks one crate.
    pub fn passes(&self, selection: &[&str]) -> Passes {
        let output = self.unstable(selection, &["-Ztime-passes"]);
        let text = String::from_utf8_lossy(&output.stderr);
        let seconds = |pass: &str| {
            let line = text.lines().find(|line| line.trim_start().starts_with("time:") && line.ends_with(pass));
            let number = line.and_then(|line| line.trim_start().strip_prefix("time:")?.split(';').next());
            number.and_then(|number| number.trim().parse().ok()).unwrap_or(f64::NAN)
        };
        Passes { expansion: seconds("\tmacro_expand_crate"), total: seconds("\ttotal") }
    }

    fn run(&self, mut command: Command, incremental: bool) -> Output {
        measured_command::forget_this_cargo(&mut command);
        command.env("CARGO_INCREMENTAL", if incremental { "1" } else { "0" });
        command.env("CARGO_TARGET_DIR", self.folder.join("target"));
        command.env("CARGO_TERM_COLOR", "never");
        command.current_dir(&self.folder);
        let shown = format!("{command:?}");
        let output = command.output().unwrap_or_else(|error| stop(&format!("{shown} cannot be run: {error}")));
        if !output.status.success() {
            stop(&format!("{shown} failed:\n{}", String::from_utf8_lossy(&output.stderr)));
        }
        output
    }
}

/// Makes cargo compile the crate again.
pub fn touch(file: &Path) {
    let touched = fs::read(file).and_then(|text| fs::write(file, text));
    touched.unwrap_or_else(|error: io::Error| stop(&format!("{}: {error}", file.display())));
}

/// Ends the process with a message.
pub fn stop(message: &str) -> ! {
    eprintln!("{message}");
    exit(1);
}
