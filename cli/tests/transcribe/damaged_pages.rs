//! Pages that were damaged at random: nothing panics or hangs, each draft passes `check`, and each value stands on its line.
//!
//! `ALICLOUD_MUTATIONS` sets the number of damaged pages. `ALICLOUD_PAGES` names a folder of pages to damage besides those that the
//! tests write.

use std::fs;

use crate::options;
use crate::page_writer::{LAYOUTS, RENDERINGS, page};
use alicloud_cli::transcribe::{Origin, Trace, Transcribed, transcribe};
use alicloud_model::{SourceFile, load_sources};

use crate::hand_written;

/// A small generator of numbers (xorshift64*), so that every run is the same.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap_or_default() % bound.max(1)
    }
}

/// Texts that break quoting, tables, tags or lines.
const HOSTILE: &[&str] = &[
    "|",
    "||",
    "\"",
    "'",
    "\\",
    "`",
    "```",
    "**",
    "***",
    "- ",
    ": ",
    "#",
    "# x",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "</td>",
    "<table>",
    "<tr><td>",
    "<!--",
    "&amp;",
    "%s",
    "%",
    "\u{202e}",
    "\u{200b}",
    "\u{0}",
    "\u{feff}",
    "\t",
    "└",
    "String",
    "Yes",
    "object",
    "array<object>",
    "200",
    "404",
    "*a",
    "&a",
    "!!str",
    "---",
    "...",
    "|-",
    ">",
    "~",
    "null",
    "yes",
    "1e999",
    "-1",
    "99999999999999999999",
    "Action",
    "Name",
    "类型",
    "必須",
    "Request parameters",
    "返回数据",
    "Error codes",
    "Examples",
    "https://x.aliyuncs.com/?Action=Other&A=b",
    "GET /a/{b}/[c] HTTP/1.1",
    "{\"RequestId\": 1, \"RequestId\": 2}",
    "<AResponse><B/></AResponse>",
    "Valid values: 1 to 2",
    "Default value: x.",
    "长度为5~1个字符",
    "up to 99999999999999999999 bytes",
    "If you specify this parameter, you must also specify the RegionId parameter.",
    "is deprecated",
    "每秒0次",
    "单用户调用频率：30次/秒",
    "service",
    "types",
    "self",
    "crate",
    "A.N.B",
    "A.1.B.1.C",
    "../../x",
    "{{region}}",
];

fn damaged(page: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(6) {
        let (at, other) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(10) {
            0 => lines.truncate(at + 1),
            1 => drop(lines.remove(at)),
            2 => {
                let copy = lines[other].clone();
                lines.insert(at, copy);
            }
            3 => lines.swap(at, other),
            4 => {
                let text = HOSTILE[random.below(HOSTILE.len())];
                lines.insert(at, text.to_owned());
            }
            5 | 6 => {
                let text = HOSTILE[random.below(HOSTILE.len())];
                let line = &mut lines[at];
                let place =
                    line.char_indices().map(|(place, _)| place).nth(random.below(line.chars().count())).unwrap_or(0);
                line.insert_str(place, text);
            }
            7 => {
                let line = &mut lines[at];
                let kept: String = line.chars().take(random.below(line.chars().count() + 1)).collect();
                *line = kept;
            }
            8 => {
                // A cell is lost.
                let cells: Vec<&str> = lines[at].split('|').collect();
                let lost = random.below(cells.len());
                let left: Vec<&str> =
                    cells.iter().enumerate().filter(|(index, _)| *index != lost).map(|(_, cell)| *cell).collect();
                lines[at] = left.join("|");
            }
            _ => {
                let joined = format!("{}{}", lines[at], lines[other]);
                lines[at] = joined;
            }
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
    }
    lines.join("\n")
}

fn check(text: &str, transcribed: &Transcribed) {
    let (_, service) = transcribed.product_files.first().cloned().expect("the product is new");
    let sources = [
        SourceFile { path: format!("{}/service.yaml", transcribed.folder), text: service },
        SourceFile {
            path: format!("{}/{}.yaml", transcribed.folder, transcribed.operation),
            text: transcribed.spec.clone(),
        },
    ];
    let loaded = load_sources(&sources);
    assert!(loaded.diagnostics.is_empty(), "{:#?}\n{}\n--- page\n{text}", loaded.diagnostics, transcribed.spec);
    let lines: Vec<&str> = text.lines().collect();
    for trace in &transcribed.traces {
        let Origin::Page(line) = trace.origin else { continue };
        assert!((1..=lines.len()).contains(&line), "{trace:?} is on no line of the page\n{text}");
        assert!(stands(&lines, line, trace), "{trace:?} does not stand on its line\n--- page\n{text}");
    }
}

/// Whether a value that is copied stands on its line, or on the lines that its cell goes on over.
fn stands(lines: &[&str], line: usize, trace: &Trace) -> bool {
    let key = trace.path.rsplit('.').next().unwrap_or_default();
    let is_copied =
        ["name", "example", "code", "message", "status", "default", "values", "action", "access", "resource"]
            .contains(&key);
    if !is_copied || trace.path.starts_with("examples.") {
        return true;
    }
    let bare =
        |text: &str| text.chars().filter(|one| !one.is_whitespace() && !"\\*`|".contains(*one)).collect::<String>();
    let decoded = |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let own = || lines.iter().skip(line - 1).take(40);
    // Of a link only the text is read, and broken tags may be text or not.
    if own().any(|line| line.contains("](")) || trace.value.contains(['<', '>']) {
        return true;
    }
    let as_text: String = own().map(|line| bare(line)).collect();
    let without_tags = |line: &str| -> String {
        line.split('<')
            .enumerate()
            .map(|(index, part)| if index == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) })
            .collect()
    };
    let as_html: String = own().map(|line| bare(&decoded(&without_tags(line)))).collect();
    let value = bare(&trace.value);
    as_text.contains(&value) || as_html.contains(&value)
}

#[test]
fn damaged_pages_give_smaller_drafts_and_no_broken_files() {
    let count: usize = std::env::var("ALICLOUD_MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(400);
    let operations: Vec<_> = hand_written::services().into_iter().flat_map(|service| service.operations).collect();
    let mut pages: Vec<String> = Vec::new();
    for operation in &operations {
        for layout in &LAYOUTS {
            pages.extend(RENDERINGS.iter().map(|rendering| page(operation, "x.aliyuncs.com", layout, *rendering)));
        }
    }
    if let Some(folder) = std::env::var_os("ALICLOUD_PAGES") {
        let files = fs::read_dir(folder)
            .expect("the folder can be read")
            .filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok());
        // A real page is worth several that the tests write.
        let real: Vec<String> = files.collect();
        (0..10).for_each(|_| pages.extend(real.iter().cloned()));
    }
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut transcribed = 0;
    for _ in 0..count {
        let text = damaged(&pages[random.below(pages.len())], &mut random);
        if let Ok(draft) = transcribe(text.as_bytes(), &options(), None) {
            transcribed += 1;
            check(&text, &draft);
        }
    }
    println!("{transcribed} of {count} damaged pages were transcribed");
    assert!(transcribed * 2 > count, "too few of {count} pages were transcribed: {transcribed}");
}
