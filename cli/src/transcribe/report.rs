//! The report of a transcription, beside the draft.

use super::draft::{NoteKind, Origin};
use super::spec_text::Trace;
use super::transcription::Transcribed;
use crate::import::shown;

/// The notes as text, with the line of the page that each is about.
pub(crate) fn notes(page: &str, transcribed: &Transcribed) -> String {
    let mut text = String::new();
    for note in &transcribed.notes {
        let place = note.line.map_or_else(|| page.to_owned(), |line| format!("{page}:{line}"));
        text.push_str(&format!("{place}: {}: {}\n", note.kind.as_str(), note.text));
    }
    if let Some(agreed) = transcribed.agreed {
        let count = |kind: NoteKind| transcribed.notes.iter().filter(|note| note.kind == kind).count();
        text.push_str(&format!(
            "compared with the known spec: {agreed} facts agree, {} contradict, {} are new, {} are missing\n",
            count(NoteKind::Contradicts),
            count(NoteKind::Adds),
            count(NoteKind::Missing)
        ));
    }
    text
}

/// Each value of the draft with its source.
pub(crate) fn explanation(page: &str, traces: &[Trace]) -> String {
    let mut text = String::new();
    for Trace { path, value, origin } in traces {
        let from = match origin {
            Origin::Page(line) => format!("{page}:{line}"),
            Origin::Known => "the known spec".to_owned(),
            Origin::Option => "a command line option".to_owned(),
            Origin::Usual => "the usual value; not on the page".to_owned(),
        };
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        text.push_str(&format!("{path} = {}    # {from}\n", shown(&value)));
    }
    text
}
