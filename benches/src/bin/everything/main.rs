//! Checks that the code generated from all official metadata compiles.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a program stops with a message if it fails, and it needs the clock"
)]

mod blame;
mod compile;
mod compiler;
mod intake;
mod report;
mod scratch;
mod state;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Instant;

use alicloud_benches::measured_command::Usage;
use alicloud_benches::metadata::{self, Document};
use clap::Parser;

use crate::compile::{Listener, compile};
use crate::compiler::Cargo;
use crate::scratch::{Task, Workspace};
use crate::state::{Checked, Compiled, State, code};

const AFTER_HELP: &str = "\
The table and the rejections go to standard output, progress to standard error. A stopped run continues. Documents with
rejections are repeated if the importer, the model, the generator or the runtime has changed.

Exit codes:
  0  at least 99.5 % of the operations were compiled
  1  fewer were compiled
  2  wrong usage, the documents cannot be read, or the compiler cannot run";

/// Imports, checks, generates and compiles every operation of API metadata documents
#[derive(Parser)]
#[command(name = "everything", after_help = AFTER_HELP)]
struct Arguments {
    /// The documents, one after the other (`.jsonl`, or any `.json`); `-` reads them from the standard input
    documents: PathBuf,
    /// The folder for specs, crates and the state [default: everything/ in the target directory]
    #[arg(long, value_name = "DIR")]
    work: Option<PathBuf>,
    /// The number of operations per crate; more need more memory
    #[arg(long, value_name = "OPERATIONS", default_value_t = 2000)]
    batch: usize,
    /// The number of concurrent compilers
    #[arg(long, value_name = "N", default_value_t = 1)]
    jobs: usize,
    /// Only this many documents, spread evenly
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Discard the saved progress
    #[arg(long)]
    fresh: bool,
}

fn main() -> ExitCode {
    compiler::run_as_child();
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    let start = Instant::now();
    let documents = metadata::read(&arguments.documents, arguments.sample)?;
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder of the repository");
    let code = code(repository)?;
    let work = match &arguments.work {
        Some(work) => work.clone(),
        None => {
            // <target>/<profile>/everything
            let program = std::env::current_exe().map_err(|error| format!("this program has no path: {error}"))?;
            program.ancestors().nth(2).expect("the target directory").join("everything")
        }
    };
    let failed = |error: std::io::Error| format!("cannot use `{}`: {error}", work.display());
    fs::create_dir_all(&work).map_err(failed)?;
    // Specs are linked from other folders.
    let work = work.canonicalize().map_err(failed)?;
    let (specs, path) = (work.join("specs"), work.join("state.jsonl"));
    if arguments.fresh || !path.exists() {
        for old in [&specs, &path] {
            let removed = if old.is_dir() { fs::remove_dir_all(old) } else { fs::remove_file(old) };
            removed.or_else(|error| if old.exists() { Err(error) } else { Ok(()) }).map_err(failed)?;
        }
    }
    fs::create_dir_all(&specs).map_err(failed)?;
    let mut state = State::open(&path)?;
    check_all(&documents, &mut state, &specs, &code)?;
    let checked_after = start.elapsed().as_secs_f64();
    compile_all(arguments, &documents, &mut state, &work, repository, &code)?;
    let enough = report::print(&documents, &state, &code);
    let all = start.elapsed().as_secs_f64();
    println!(
        "Time: {all:.0} s, of which {checked_after:.0} s until the end of the check, and {:.0} s after it.",
        all - checked_after
    );
    Ok(enough)
}

/// Imports and checks the remaining documents, on all processors.
fn check_all(documents: &[Document], state: &mut State, specs: &Path, code: &str) -> Result<(), String> {
    let is_done = |document: &Document| {
        state.checked(&document.name).is_some_and(|checked| {
            let is_there = checked.folder.is_empty() || specs.join(&checked.folder).join("service.yaml").exists();
            let is_sound = checked.rejected_by_import.is_empty()
                && checked.rejected_by_check.is_empty()
                && checked.blocked.is_none();
            is_there && (is_sound || checked.code == code)
        })
    };
    let mut groups: BTreeMap<String, Vec<&Document>> = BTreeMap::new();
    for document in documents {
        groups.entry(document.group()).or_default().push(document);
    }
    groups.retain(|_, group| !group.iter().all(|document| is_done(document)));
    intake::remove_products(specs, &groups.keys().map(String::as_str).collect())?;
    let mut groups: Vec<Vec<&Document>> = groups.into_values().collect();
    // The largest documents come first, so that all processors stay busy.
    groups.sort_by_key(|group| std::cmp::Reverse(group.iter().map(|one| one.text.get().len()).sum::<usize>()));
    let all: usize = groups.iter().map(Vec::len).sum();
    if all == 0 {
        return Ok(());
    }
    eprintln!("importing and checking {all} of {} documents", documents.len());
    let start = Instant::now();
    let next = AtomicUsize::new(0);
    let (sender, receiver) = channel();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, groups) = (sender.clone(), &next, &groups);
            scope.spawn(move || {
                while let Some(group) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if sender.send((group, intake::take_in(group, specs, code))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let (mut done, mut reported) = (0, 0);
        for (group, outcomes) in receiver {
            for (document, checked) in group.iter().zip(outcomes) {
                state.add_checked(&document.name, checked)?;
                done += 1;
            }
            if (done - reported) * 10 >= all || done == all {
                reported = done;
                eprintln!("{done} of {all} documents, {:.0} s", start.elapsed().as_secs_f64());
            }
        }
        Ok(())
    })
}

/// Compiles the remaining operations.
fn compile_all(
    arguments: &Arguments,
    documents: &[Document],
    state: &mut State,
    work: &Path,
    repository: &Path,
    code: &str,
) -> Result<(), String> {
    let is_done = |compiled: &Compiled| compiled.failed.is_empty() || compiled.code == code;
    let mut tasks = Vec::new();
    let mut done = 0;
    for document in documents {
        let Some(Checked { folder, checked, blocked: None, .. }) = state.checked(&document.name) else { continue };
        if state.compiled(&document.name).is_some_and(is_done) {
            done += checked.len();
        } else if !checked.is_empty() {
            tasks.push(Task {
                document: document.name.clone(),
                folder: folder.clone(),
                operations: checked.clone(),
                failed: Vec::new(),
            });
        }
    }
    if tasks.is_empty() {
        return Ok(());
    }
    let left: usize = tasks.iter().map(|task| task.operations.len()).sum();
    eprintln!("compiling {left} operations, after their dependencies");
    let folder = work.join("crates");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot use `{}`: {error}", folder.display()))?;
    let specs = work.join("specs");
    let cargo = Cargo { workspace: folder.clone(), jobs: arguments.jobs };
    let workspace = Workspace { folder: &folder, specs: &specs, repository };
    let mut progress =
        Progress { state, done, all: done + left, jobs: arguments.jobs.max(1), seconds: 0.0, compiled: 0 };
    compile(tasks, arguments.batch, &cargo, &workspace, code, &mut progress)
}

/// Saves the state, and prints the progress.
struct Progress<'s> {
    state: &'s mut State,
    done: usize,
    all: usize,
    jobs: usize,
    /// The seconds of the compilers in this run.
    seconds: f64,
    compiled: usize,
}

impl Listener for Progress<'_> {
    fn done(&mut self, document: &str, compiled: Compiled) -> Result<(), String> {
        self.done += compiled.failed.len();
        self.state.add_compiled(document, compiled)
    }

    fn batch(&mut self, operations: usize, usage: Usage) {
        self.done += operations;
        self.compiled += operations;
        self.seconds += usage.wall;
        let left = self.all.saturating_sub(self.done) as f64;
        let rest = left * self.seconds / self.compiled.max(1) as f64 / self.jobs as f64;
        eprintln!(
            "{} of {} operations; {operations} in {:.1} s, {:.0} MiB; {:.0} min left",
            self.done,
            self.all,
            usage.wall,
            usage.memory,
            (rest / 60.0).ceil()
        );
    }

    fn note(&mut self, text: &str) {
        eprintln!("{text}");
    }
}
