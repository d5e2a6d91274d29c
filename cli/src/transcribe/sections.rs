//! The parts of a page, each with its heading.

use super::page::{Block, Line, Page};
use super::row::Content;
use super::words::{self, Section};

/// A heading with the text below it.
pub(crate) struct Part {
    pub(crate) section: Section,
    /// The heading, and its line.
    pub(crate) heading: Line,
    pub(crate) blocks: Vec<Block>,
}

/// A part of the page with what it holds.
pub(crate) struct ReadPart {
    pub(crate) section: Section,
    pub(crate) heading: Line,
    pub(crate) content: Content,
}

/// The parts of a page. The first is before any known heading.
pub(crate) fn split(page: &Page) -> Vec<Part> {
    let mut parts = vec![Part {
        section: Section::Description,
        heading: Line { number: 1, ..Line::default() },
        blocks: Vec::new(),
    }];
    let is_known = |block: &Block| match block {
        Block::Line(line) => line.is_heading && words::section(&line.text, true).is_some(),
        Block::Table(_) => false,
    };
    let has_headings = page.blocks.iter().any(is_known);
    for (index, block) in page.blocks.iter().enumerate() {
        if let Block::Line(line) = block
            && !line.is_code
            && let Some(section) = begins(page, index, line, has_headings)
        {
            // The first heading of a page is its title.
            let is_title = section == Section::Unknown && parts.len() == 1 && !has_text(&parts);
            if !is_title {
                parts.push(Part { section, heading: line.clone(), blocks: Vec::new() });
                continue;
            }
        }
        if let Some(part) = parts.last_mut() {
            part.blocks.push(block.clone());
        }
    }
    parts
}

fn has_text(parts: &[Part]) -> bool {
    parts.iter().flat_map(|part| &part.blocks).any(|block| match block {
        Block::Line(line) => line.is_heading && !line.text.trim().is_empty(),
        Block::Table(_) => true,
    })
}

/// The section that a line begins.
fn begins(page: &Page, index: usize, line: &Line, has_headings: bool) -> Option<Section> {
    if line.text.trim().is_empty() || line.text.contains('|') {
        return None;
    }
    let Some(section) = words::section(&line.text, line.is_heading) else {
        return (line.is_heading && !words::is_format(&line.text)).then_some(Section::Unknown);
    };
    if line.is_heading {
        return Some(section);
    }
    // `Example:` introduces a sample of any kind, also in a section of parameters.
    let is_word = section == Section::Examples && (has_headings || line.text.trim_end().ends_with([':', '：']));
    if is_word {
        return None;
    }
    // Some names of sections are names of columns too, and stand in the header of a table with a cell a line.
    let Some(own) = words::column(&line.text) else { return Some(section) };
    let columns_from = |forward: bool| {
        let mut columns: Vec<words::Column> = Vec::new();
        let mut at = neighbour(page, index, forward);
        while let Some(Block::Line(line)) = at.and_then(|at| page.blocks.get(at))
            && let Some(column) = words::column(&line.text)
            && own.goes_with(column)
            && columns.len() < LONGEST_HEADER
        {
            columns.push(column);
            at = at.and_then(|at| neighbour(page, at, forward));
        }
        columns
    };
    let (before, after) = (columns_from(false), columns_from(true));
    // Below the heading of a section, the header has a column of that name again.
    let is_heading = before.is_empty() && after.contains(&own);
    let is_in_header = !is_heading && before.len() + after.len() >= 2;
    (!is_in_header).then_some(section)
}

/// More columns are no header.
const LONGEST_HEADER: usize = 12;

/// The nearest line with text after or before one.
fn neighbour(page: &Page, index: usize, forward: bool) -> Option<usize> {
    let has_text = |at: &usize| match page.blocks.get(*at) {
        Some(Block::Line(line)) => !line.text.trim().is_empty(),
        _ => true,
    };
    if forward {
        (index + 1..page.blocks.len().min(index + 12)).find(has_text)
    } else {
        (index.saturating_sub(12)..index).rev().find(has_text)
    }
}
