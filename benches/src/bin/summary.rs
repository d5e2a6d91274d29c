//! All benchmarks in one table: each measurement, its alternative in the same run, and its target.

#![allow(clippy::expect_used, clippy::disallowed_methods, reason = "a benchmark stops with a message if it fails")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use alicloud_benches::cargo::stop;
use alicloud_benches::command_line::Arguments;
use alicloud_benches::scratch::repository;
use alicloud_benches::table;

const USAGE: &str = "\
summary [--document ecs.json] [--quick] [--write]

Runs sign, decode, client, load and compile-scale, and prints one table in Markdown. It takes about an hour, and --quick
takes minutes. --document is the official metadata of Ecs: without it, compilation is not measured. --write replaces the
table in benches/README.md. The figures of the last release are those of the table at the last tag `v*`.

Needs valgrind and an idle machine.";

/// A benchmark, with the arguments of a full and a quick run.
struct Benchmark {
    name: &'static str,
    full: &'static [&'static str],
    quick: &'static [&'static str],
}

const BENCHMARKS: [Benchmark; 5] = [
    Benchmark { name: "sign", full: &["--instructions"], quick: &["--instructions", "--rounds", "3"] },
    Benchmark { name: "decode", full: &["--instructions"], quick: &["--instructions", "--rounds", "3"] },
    Benchmark { name: "client", full: &[], quick: &["--rounds", "5"] },
    Benchmark {
        name: "load",
        full: &["--seconds", "600", "--connections", "256"],
        quick: &["--seconds", "10", "--connections", "256"],
    },
    Benchmark {
        name: COMPILE,
        full: &["--skip-progenitor", "--skip-growth"],
        quick: &["--skip-progenitor", "--skip-growth", "--rounds", "1"],
    },
];

const COMPILE: &str = "compile-scale";

/// A row of the summary: a figure in a table of a benchmark.
struct Row {
    benchmark: &'static str,
    subject: &'static str,
    unit: &'static str,
    /// The heading of the column.
    column: &'static str,
    /// The first cell of the row.
    ours: &'static str,
    /// The first cells of the alternatives' rows. The best of them counts.
    alternatives: &'static [&'static str],
    /// The number of the table, of those with this column.
    table: usize,
    /// The column with the ratio, if the benchmark computes it within each round.
    ratio: Option<&'static str>,
    target: Target,
}

#[derive(Clone, Copy)]
enum Target {
    /// The ratio to the alternative.
    RatioAtMost(f64),
    RatioAtLeast(f64),
    /// The figure itself.
    AtMost(f64),
}

const JSON: [&str; 2] = ["JSON, serde_json::from_slice, derived", "JSON, from_utf8 and serde_json::from_str, derived"];

const fn row(benchmark: &'static str, subject: &'static str, unit: &'static str, target: Target) -> Row {
    Row { benchmark, subject, unit, column: unit, ours: "", alternatives: &[], table: 0, ratio: None, target }
}

const ROWS: [Row; 15] = [
    Row {
        ours: "V1 generated, from the typed request",
        alternatives: &["V1 by hand, for this request alone"],
        ..row("sign", "Signing, V1", "ns", Target::RatioAtMost(1.5))
    },
    Row {
        ours: "V1 generated, from the typed request",
        alternatives: &["V1 by hand, for this request alone"],
        ..row("sign", "Signing, V1", "instructions", Target::RatioAtMost(1.5))
    },
    Row {
        ours: "V3 generated, from the typed request",
        alternatives: &["V3 by hand, for this request alone"],
        table: 1,
        ..row("sign", "Signing, V3", "ns", Target::RatioAtMost(1.5))
    },
    Row {
        ours: "V3 generated, from the typed request",
        alternatives: &["V3 by hand, for this request alone"],
        table: 1,
        ..row("sign", "Signing, V3", "instructions", Target::RatioAtMost(1.5))
    },
    Row {
        ours: "JSON, generated",
        alternatives: &JSON,
        ..row("decode", "Decoding JSON", "ns", Target::RatioAtMost(0.7))
    },
    Row {
        ours: "JSON, generated",
        alternatives: &JSON,
        ..row("decode", "Decoding JSON", "instructions", Target::RatioAtMost(0.7))
    },
    Row {
        ours: "XML, generated",
        alternatives: &["XML, quick-xml's serde, derived"],
        table: 1,
        ..row("decode", "Decoding XML", "ns", Target::RatioAtMost(0.6))
    },
    Row {
        ours: "XML, generated",
        alternatives: &["XML, quick-xml's serde, derived"],
        table: 1,
        ..row("decode", "Decoding XML", "instructions", Target::RatioAtMost(0.6))
    },
    Row {
        ours: "generated client",
        alternatives: &["reqwest, signed and decoded by hand"],
        column: "client CPU us",
        ratio: Some("x by hand"),
        ..row("client", "Call, one at a time", "CPU µs", Target::RatioAtMost(1.02))
    },
    Row {
        ours: "generated client",
        alternatives: &["reqwest, signed and decoded by hand"],
        column: "client CPU us",
        ratio: Some("x by hand"),
        table: 1,
        ..row("client", "Call, 64 at once", "CPU µs", Target::RatioAtMost(1.02))
    },
    Row {
        ours: "emulator, 256",
        alternatives: &["bare hyper, 256"],
        ratio: Some("x"),
        ..row("load", "Emulator, 256 connections", "calls/s", Target::RatioAtLeast(0.9))
    },
    Row {
        ours: "emulator, 256",
        alternatives: &["bare hyper, 256"],
        column: "at last",
        ..row("load", "Emulator, memory at the end", "MiB", Target::AtMost(150.0))
    },
    Row {
        ours: "ecs",
        alternatives: &["ali-acs"],
        column: "check s",
        ..row(COMPILE, "Check of all operations of Ecs", "s", Target::AtMost(2.5))
    },
    Row {
        ours: "ecs",
        alternatives: &["ali-acs"],
        column: "MiB",
        ..row(COMPILE, "Check of all operations of Ecs", "MiB", Target::AtMost(250.0))
    },
    Row {
        ours: "ecs",
        column: "changed, check s",
        ..row(COMPILE, "Incremental check after one operation of Ecs changed", "s", Target::AtMost(1.5))
    },
];

fn main() {
    let arguments = Arguments::read(USAGE, &["--quick", "--write"], &["--document"]);
    let document = arguments.repeated("--document").next();
    let tables: Vec<(&str, Vec<Table>)> = BENCHMARKS
        .iter()
        .filter(|benchmark| benchmark.name != COMPILE || document.is_some())
        .map(|benchmark| (benchmark.name, run(benchmark, arguments.has("--quick"), document)))
        .collect();
    let last = last_release();
    let mut text = String::from(
        "| | ours | alternative | ratio | target | | last release |\n| --- | --: | --: | --: | --- | --- | --: |\n",
    );
    for row in ROWS {
        let found = tables.iter().find(|(name, _)| *name == row.benchmark);
        let Some((_, tables)) = found else { continue };
        writeln!(text, "{}", row.line(tables, last.as_deref())).expect("a text");
    }
    let quick = if arguments.has("--quick") { " A quick run." } else { "" };
    let text = format!("{}{quick}\n\n{text}", machine());
    print!("{text}");
    if arguments.has("--write") {
        write(&text);
    }
}

/// A table that a benchmark printed.
type Table = Vec<Vec<String>>;

/// Runs a benchmark, and returns its tables.
fn run(benchmark: &Benchmark, is_quick: bool, document: Option<&str>) -> Vec<Table> {
    eprintln!("{}", benchmark.name);
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--release", "--package", "alicloud-benches", "--bin", benchmark.name, "--"]);
    command.args(if is_quick { benchmark.quick } else { benchmark.full });
    if let (COMPILE, Some(document)) = (benchmark.name, document) {
        command.args(["--document", document]);
    }
    let output = command.env(table::TABS, "1").stderr(Stdio::inherit()).output();
    let output = output.unwrap_or_else(|error| stop(&format!("cargo cannot be run: {error}")));
    if !output.status.success() {
        stop(&format!("`{}` failed", benchmark.name));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let mut tables = vec![Table::new()];
    for line in text.lines() {
        match line.strip_suffix('\t') {
            Some(cells) => {
                if let Some(table) = tables.last_mut() {
                    table.push(cells.split('\t').map(str::to_owned).collect());
                }
            }
            None => tables.push(Table::new()),
        }
    }
    tables.retain(|table| !table.is_empty());
    tables
}

impl Row {
    fn line(&self, tables: &[Table], last: Option<&str>) -> String {
        let missing = |what: &str| -> ! { stop(&format!("`{}` has printed no {what}", self.benchmark)) };
        let has_column =
            |table: &&Table| table.first().is_some_and(|heads| heads.iter().any(|head| head == self.column));
        let Some(table) = tables.iter().filter(has_column).nth(self.table) else { missing(self.column) };
        let cell = |name: &str, column: &str| -> f64 {
            let at = table.first().and_then(|heads| heads.iter().position(|head| head == column));
            let row = table.iter().find(|row| row.first().is_some_and(|first| first == name));
            let cell = row.zip(at).and_then(|(row, at)| row.get(at)?.parse().ok());
            cell.unwrap_or_else(|| missing(name))
        };
        let ours = cell(self.ours, self.column);
        let alternative = self.alternatives.iter().map(|name| cell(name, self.column)).reduce(f64::min);
        let ratio = match self.ratio {
            Some(column) => Some(cell(self.ours, column)),
            None => alternative.map(|alternative| ours / alternative),
        };
        let (target, is_met) = match self.target {
            Target::RatioAtMost(most) => (format!("≤ {most}x"), ratio.is_some_and(|ratio| ratio <= most)),
            Target::RatioAtLeast(least) => (format!("≥ {least}x"), ratio.is_some_and(|ratio| ratio >= least)),
            Target::AtMost(most) => (format!("≤ {most} {}", self.unit), ours <= most),
        };
        let subject = format!("{}, {}", self.subject, self.unit);
        let ratio = ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        let alternative = alternative.map_or("–".to_owned(), figure);
        let last = last.and_then(|last| ours_of(last, &subject)).unwrap_or("–");
        let verdict = if is_met { "met" } else { "missed" };
        format!("| {subject} | {} | {alternative} | {ratio} | {target} | {verdict} | {last} |", figure(ours))
    }
}

/// A number with about three digits.
fn figure(value: f64) -> String {
    match value {
        value if value < 10.0 => format!("{value:.2}"),
        value if value < 100.0 => format!("{value:.1}"),
        value => format!("{value:.0}"),
    }
}

/// The processor and the compiler.
fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unknown processor", |(_, model)| model);
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    format!("Measured on {count} processors of {model}, with {}.", printed("rustc", &["--version"]).trim())
}

/// The table in `benches/README.md` at the last release, if there is one.
fn last_release() -> Option<String> {
    let tag = printed("git", &["describe", "--tags", "--abbrev=0", "--match", "v*"]);
    let tag = tag.trim();
    (!tag.is_empty()).then(|| printed("git", &["show", &format!("{tag}:benches/README.md")]))
}

/// The figure of a subject in a table that this program wrote.
fn ours_of<'t>(table: &'t str, subject: &str) -> Option<&'t str> {
    let start = format!("| {subject} | ");
    table.lines().find_map(|line| line.strip_prefix(start.as_str())?.split(" | ").next())
}

/// The output of a command; empty if it failed.
fn printed(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(repository()).stderr(Stdio::null()).output();
    output
        .ok()
        .filter(|output| output.status.success())
        .map_or(String::new(), |output| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Replaces the table in `benches/README.md`.
fn write(table: &str) {
    const START: &str = "<!-- summary -->\n";
    const END: &str = "<!-- end of summary -->";
    let path: PathBuf = repository().join("benches/README.md");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| stop(&format!("{}: {error}", path.display())));
    let parts = text.split_once(START).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let Some((before, after)) = parts else { stop(&format!("{} has no place for the table", path.display())) };
    fs::write(&path, format!("{before}{START}\n{table}\n{END}{after}"))
        .unwrap_or_else(|error| stop(&format!("{}: {error}", path.display())));
}
