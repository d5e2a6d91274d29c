//! Damage to pages: lines, cells and characters that are lost, moved or added, and texts that break formats.
//!
//! The tests and the fuzz target `transcribe` use it.

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

/// Damages a page at a few places. `below` chooses a number below its argument.
pub(crate) fn damaged(page: &str, below: &mut dyn FnMut(usize) -> usize) -> String {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        lines.push(String::new());
    }
    for _ in 0..=below(6) {
        let (at, other) = (below(lines.len()), below(lines.len()));
        match below(10) {
            0 => lines.truncate(at + 1),
            1 => drop(lines.remove(at)),
            2 => {
                let copy = lines[other].clone();
                lines.insert(at, copy);
            }
            3 => lines.swap(at, other),
            4 => {
                let text = HOSTILE[below(HOSTILE.len())];
                lines.insert(at, text.to_owned());
            }
            5 | 6 => {
                let text = HOSTILE[below(HOSTILE.len())];
                let line = &mut lines[at];
                let place = line.char_indices().map(|(place, _)| place).nth(below(line.chars().count())).unwrap_or(0);
                line.insert_str(place, text);
            }
            7 => {
                let line = &mut lines[at];
                let kept: String = line.chars().take(below(line.chars().count() + 1)).collect();
                *line = kept;
            }
            8 => {
                // A cell is lost.
                let cells: Vec<&str> = lines[at].split('|').collect();
                let lost = below(cells.len());
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
