//! The command line of `alicloud transcribe`.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;

use super::draft::NoteKind;
use super::facts::{Given, is_version};
use super::known::{FolderAndOthers, KnownSpecs, SpecFolder};
use super::page::MOST_BYTES;
use super::report::{explanation, notes};
use super::transcription::{Options, Transcribed, transcribe};
use crate::import::{shown, write_folder};
use crate::input::{InputError, read_input};

const AFTER_HELP: &str = "\
The draft goes to the standard output, or with --out to `<product>/<version>/<Operation>.yaml`. An existing file is not
changed. Notes go to the standard error, with the line of the page: what was not understood, what was left out, and
what to decide.

Examples:
  alicloud transcribe page.md --out specs
  alicloud transcribe page.html --product Ecs --version 2014-05-26
  alicloud transcribe page.md --explain                 shows the line of the page for each value
  alicloud transcribe --all pages --out specs           transcribes all pages of a folder

Exit codes:
  0  the draft was written
  1  with --all: some pages were not transcribed
  2  wrong usage, or the page was not transcribed";

/// Transcribes a documentation page to the draft of a spec file
#[derive(Args, Clone, Debug)]
#[command(after_help = AFTER_HELP)]
pub struct Arguments {
    /// The page, as text, Markdown or HTML; `-` reads it from the standard input
    #[arg(required_unless_present = "all")]
    page: Option<PathBuf>,
    /// Transcribe all pages of this folder, and show a summary
    #[arg(long, value_name = "pages-dir", conflicts_with_all = ["page", "explain", "operation"])]
    all: Option<PathBuf>,
    /// The folder of all specs that the draft is added to
    #[arg(long, value_name = "specs-dir")]
    out: Option<PathBuf>,
    /// A folder of specs to compare the page with [default: the folder of --out]. Operations that it lacks are compared
    /// with the catalogue
    #[arg(long, value_name = "specs-dir")]
    specs: Option<PathBuf>,
    /// The product, as the service spells it, if the page does not say
    #[arg(long)]
    product: Option<String>,
    /// The API version, if the page does not say
    #[arg(long, value_name = "YYYY-MM-DD")]
    version: Option<String>,
    /// The operation, if the page does not say
    #[arg(long)]
    operation: Option<String>,
    /// The host of the service, if the page does not say
    #[arg(long, value_name = "HOST")]
    endpoint: Option<String>,
    /// Leave out the texts of the page
    #[arg(long)]
    no_prose: bool,
    /// List each value with the line of the page that it comes from, in place of the draft
    #[arg(long)]
    explain: bool,
}

impl Arguments {
    fn options(&self) -> Options {
        let Self { product, version, operation, endpoint, .. } = self.clone();
        Options { given: Given { operation, product, version, endpoint }, prose: !self.no_prose }
    }

    fn folder(&self) -> Option<SpecFolder> {
        let folder = self.specs.as_ref().or(self.out.as_ref())?;
        folder.exists().then(|| SpecFolder::load(folder))
    }
}

/// Runs the command. Pages of operations that the folder of specs lacks are compared with `others`.
pub fn run(arguments: &Arguments, others: &dyn KnownSpecs) -> ExitCode {
    if let Some(version) = arguments.version.as_ref().filter(|version| !is_version(version)) {
        return fail(&InputError::new(
            format!("`{}` is not an API version", shown(version)),
            "use the form `YYYY-MM-DD`",
        ));
    }
    if let Some(specs) = arguments.specs.as_ref().filter(|specs| !specs.is_dir()) {
        return fail(&InputError::new(format!("there is no folder `{}`", specs.display()), "use a folder of specs"));
    }
    let known = FolderAndOthers { folder: arguments.folder(), others };
    match (&arguments.all, &arguments.page) {
        (Some(folder), _) => run_all(arguments, folder, &known),
        (None, Some(page)) => run_one(arguments, page, &known),
        (None, None) => fail(&InputError::new("there is no page", "name a file, or use --all with a folder")),
    }
}

fn fail(error: &InputError) -> ExitCode {
    warn(&format!("error: {error}"));
    ExitCode::from(2)
}

fn warn(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}

fn run_one(arguments: &Arguments, page: &Path, known: &dyn KnownSpecs) -> ExitCode {
    let name = page.display().to_string();
    let transcribed =
        read_input(page, MOST_BYTES).and_then(|bytes| transcribe(&bytes, &arguments.options(), Some(known)));
    let transcribed = match transcribed {
        Ok(transcribed) => transcribed,
        Err(error) => return fail(&error),
    };
    let text = if arguments.explain {
        explanation(&name, &transcribed.traces)
    } else if let Some(out) = &arguments.out {
        match write(out, &transcribed) {
            Ok(path) => path + "\n",
            Err(error) => {
                drop(io::stderr().write_all(notes(&name, &transcribed).as_bytes()));
                return fail(&error);
            }
        }
    } else {
        transcribed.spec.clone()
    };
    // A reader that has seen enough, such as `head`, is not a failure.
    drop(io::stdout().write_all(text.as_bytes()));
    drop(io::stderr().write_all(notes(&name, &transcribed).as_bytes()));
    ExitCode::SUCCESS
}

/// Adds the draft to a folder of specs. A spec that is there stays as it is: it may be a person's.
fn write(out: &Path, transcribed: &Transcribed) -> Result<String, InputError> {
    let path = out.join(&transcribed.folder).join(format!("{}.yaml", transcribed.operation));
    if path.exists() {
        return Err(InputError::new(
            format!("`{}` already exists, and is not changed", path.display()),
            "to compare it with the page, use another --out, and --specs with this folder",
        ));
    }
    let mut files = vec![(format!("{}.yaml", transcribed.operation), transcribed.spec.clone())];
    let is_missing = |name: &str| !out.join(&transcribed.folder).join(name).exists();
    files.extend(transcribed.product_files.iter().filter(|(name, _)| is_missing(name)).cloned());
    let (product, version) = transcribed.folder.split_once('/').unwrap_or((&transcribed.folder, ""));
    write_folder(out, product, version, &files)?;
    Ok(path.display().to_string())
}

/// The sums over all pages of a folder.
#[derive(Default)]
struct Summary {
    pages: usize,
    transcribed: usize,
    values: usize,
    total: Duration,
    slowest: Duration,
}

fn run_all(arguments: &Arguments, folder: &Path, known: &dyn KnownSpecs) -> ExitCode {
    let mut pages = Vec::new();
    if let Err(error) = find_pages(folder, 0, &mut pages) {
        return fail(&InputError::new(format!("cannot read `{}`: {error}", folder.display()), "use a folder of pages"));
    }
    pages.sort();
    let options = arguments.options();
    let mut summary = Summary::default();
    for page in pages {
        #[expect(clippy::disallowed_methods, reason = "the time of a page is shown, and changes nothing")]
        let started = Instant::now();
        let result = read_input(&page, MOST_BYTES).and_then(|bytes| transcribe(&bytes, &options, Some(known)));
        let result = result.and_then(|transcribed| {
            if let Some(out) = &arguments.out {
                write(out, &transcribed)?;
            }
            Ok(transcribed)
        });
        let time = started.elapsed();
        let name = page.display().to_string();
        summary.pages += 1;
        summary.total += time;
        summary.slowest = summary.slowest.max(time);
        match &result {
            Ok(transcribed) => {
                summary.transcribed += 1;
                summary.values += transcribed.traces.len();
                drop(io::stdout().write_all(line_of(&name, transcribed, time).as_bytes()));
                drop(io::stderr().write_all(notes(&name, transcribed).as_bytes()));
            }
            Err(error) => {
                let line = format!("{name}: not transcribed: {}\n", error.message());
                drop(io::stdout().write_all(line.as_bytes()));
            }
        }
    }
    drop(io::stdout().write_all(summary.line().as_bytes()));
    if summary.transcribed == summary.pages { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

fn line_of(page: &str, transcribed: &Transcribed, time: Duration) -> String {
    let count = |kind: NoteKind| transcribed.notes.iter().filter(|note| note.kind == kind).count();
    let (unread, left_out, decide) =
        (count(NoteKind::NotUnderstood), count(NoteKind::LeftOut), count(NoteKind::Decide));
    format!(
        "{page}: {}/{}: {} values, {unread} not understood, {left_out} left out, {decide} to decide, {:.1} ms\n",
        transcribed.folder,
        transcribed.operation,
        transcribed.traces.len(),
        time.as_secs_f64() * 1000.0
    )
}

impl Summary {
    fn line(&self) -> String {
        format!(
            "{} pages: {} transcribed, {} not; {} values; {:.1} ms in total, at most {:.1} ms for one\n",
            self.pages,
            self.transcribed,
            self.pages - self.transcribed,
            self.values,
            self.total.as_secs_f64() * 1000.0,
            self.slowest.as_secs_f64() * 1000.0
        )
    }
}

/// Folders deeper than this are a loop.
const DEEPEST_FOLDER: usize = 20;

fn find_pages(folder: &Path, depth: usize, pages: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            if depth < DEEPEST_FOLDER {
                find_pages(&path, depth + 1, pages)?;
            }
            continue;
        }
        let is_page = path.extension().is_some_and(|extension| {
            ["txt", "md", "mdx", "markdown", "rst", "adoc", "html", "htm"]
                .iter()
                .any(|known| extension.eq_ignore_ascii_case(known))
        });
        if is_page {
            pages.push(path);
        }
    }
    Ok(())
}
