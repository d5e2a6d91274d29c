//! The description of the operation in the text of a page: its summary, its description, and its limit of queries.

use alicloud_model::FlowScope;

use super::draft::{NoteKind, Notes, Origin, Sourced};
use super::limits::{is_about_flow, read_flow, sentences};
use super::page::Cell;
use super::reader::Reader;
use super::words::{DEPRECATED, Section};
use crate::import::markdown;

impl Reader<'_> {
    /// Whether the operation is deprecated; its summary and its description.
    #[expect(clippy::type_complexity, reason = "three parts of one text")]
    pub(crate) fn description(
        &self,
        notes: &mut Notes,
    ) -> (Option<Sourced<String>>, (Option<Sourced<String>>, Option<Sourced<String>>)) {
        let mut deprecated = None;
        let mut lines: Vec<Cell> = Vec::new();
        for part in self.parts_of(|section| section == Section::Description) {
            for line in &part.content.lines {
                let text = line.text.trim_end();
                if line.number == self.facts.address_line || self.facts.is_title(text) || is_page_furniture(text) {
                    continue;
                }
                let about_itself = DEPRECATED.iter().any(|word| text.contains(word))
                    && ["operation", "API", "接口", "介面", "オペレーション"].iter().any(|word| text.contains(word));
                if about_itself && deprecated.is_none() && text.chars().count() < 300 {
                    deprecated = Some(Sourced::at(line.number, String::new()));
                }
                lines.push(Cell { line: line.number, text: text.to_owned() });
            }
        }
        let first = lines.iter().position(|line| !line.text.trim().is_empty());
        let Some(first) = first else {
            notes.add(NoteKind::Missing, None, "a description of the operation");
            return (deprecated, (None, None));
        };
        let begin = lines.get(first).cloned().unwrap_or_default();
        let sentence = sentences(&begin.text).first().map(|sentence| (*sentence).to_owned()).unwrap_or_default();
        let summary = markdown(&sentence).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
        let rest_of_line = begin.text.trim().strip_prefix(sentence.as_str()).unwrap_or_default().trim().to_owned();
        let mut text = rest_of_line;
        for line in lines.iter().skip(first + 1) {
            text.push('\n');
            text.push_str(&line.text);
        }
        let doc = markdown(&text).map(|text| Sourced::at(begin.line, text));
        (deprecated, (summary.map(|summary| Sourced::at(begin.line, summary)), doc))
    }

    /// The limit of queries, from wherever the prose says it.
    pub(crate) fn flow(&self, notes: &mut Notes) -> Option<(Sourced<u32>, Sourced<FlowScope>)> {
        let mut found: Option<(Sourced<u32>, Sourced<FlowScope>)> = None;
        for part in self.parts_of(|section| matches!(section, Section::Limits | Section::Description)) {
            for line in &part.content.lines {
                for sentence in sentences(&line.text) {
                    let Some(flow) = read_flow(sentence) else {
                        if is_about_flow(sentence) && sentence.chars().any(|one| one.is_ascii_digit()) {
                            notes.add(NoteKind::NotUnderstood, line.number, format!("a limit: {sentence}"));
                        }
                        continue;
                    };
                    if found.is_some() {
                        notes.add(NoteKind::LeftOut, line.number, format!("a second limit: {sentence}"));
                        continue;
                    }
                    let scope = if flow.is_per_user { FlowScope::User } else { FlowScope::Account };
                    if !flow.says_who {
                        notes.add(
                            NoteKind::Decide,
                            line.number,
                            "who shares the limit: the page does not say, so the draft has `account`",
                        );
                    }
                    let origin = if flow.says_who { Origin::Page(line.number) } else { Origin::Usual };
                    found = Some((Sourced::at(line.number, flow.qps), Sourced { value: scope, origin }));
                }
            }
        }
        found
    }
}

/// Whether a line is around the text of a page, such as a menu.
fn is_page_furniture(text: &str) -> bool {
    let text = text.trim();
    [
        "更新时间",
        "更新時間",
        "复制",
        "複製",
        "Last Updated",
        "All Products",
        "Document Center",
        "Search",
        "最終更新日",
        "全部產品",
        "文件中心",
        "すべてのプロダクト",
        "ドキュメントセンター",
        "# source:",
    ]
    .iter()
    .any(|start| text.starts_with(start))
}
