//! A draft that passes `check`: what `check` rejects is left out, with a note.

use alicloud_model::{Diagnostic, SourceFile, load_sources};

use super::draft::{Draft, DraftField, DraftResponse, Kind, NoteKind, Notes};
use super::spec_text::{Places, SpecText, Step, write_spec};
use crate::input::InputError;

/// Each round leaves something out, so this many are never needed for a page.
const MOST_ROUNDS: usize = 60;

/// The files beside the draft that it is checked with.
pub(crate) struct Beside {
    /// The folder of the version, `<product>/<version>`.
    pub(crate) folder: String,
    /// `service.yaml`, and `types.yaml` if there is one.
    pub(crate) files: Vec<SourceFile>,
}

/// Leaves out what `check` rejects, until nothing is left to reject.
pub(crate) fn checked(
    draft: &mut Draft,
    top: &[String],
    has_prose: bool,
    beside: &Beside,
    notes: &mut Notes,
) -> Result<SpecText, InputError> {
    let mut last = String::new();
    for _ in 0..MOST_ROUNDS {
        let written = write_spec(draft, top, has_prose);
        let path = format!("{}/{}.yaml", beside.folder, draft.name.value);
        let mut sources = beside.files.clone();
        sources.push(SourceFile { path: path.clone(), text: written.text.clone() });
        let loaded = load_sources(&sources);
        let own: Vec<&Diagnostic> = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.file == path).collect();
        let Some(first) = own.first() else {
            if let Some(other) = loaded.diagnostics.first() {
                return Err(InputError::new(
                    format!("the files of the product have an error: {}: {}", other.file, other.message),
                    "fix it first: `alicloud check` shows all errors",
                ));
            }
            return Ok(written);
        };
        last = format!("line {}: {}", first.line, first.message);
        let places = Places::of(&written.text);
        let mut rejected: Vec<(Vec<Step>, String)> =
            own.iter().map(|diagnostic| (places.at(diagnostic.line), diagnostic.message.clone())).collect();
        // From the end, so that earlier positions do not change.
        rejected.sort_by_key(|(steps, _)| std::cmp::Reverse(order(steps)));
        rejected.dedup_by(|one, other| one.0 == other.0);
        let mut changed = false;
        for (steps, why) in rejected {
            let Some((what, line)) = leave_out(draft, &steps) else { continue };
            notes.add(NoteKind::LeftOut, line, format!("{what}: {why}"));
            changed = true;
        }
        if !changed {
            break;
        }
    }
    Err(InputError::new(
        format!("the page does not result in a valid spec: {last}"),
        "write the spec by hand: the guide has a complete example",
    ))
}

fn order(steps: &[Step]) -> Vec<(usize, String)> {
    steps
        .iter()
        .map(|step| match step {
            Step::Key(key) => (0, key.clone()),
            Step::Item(number) => (*number, String::new()),
        })
        .collect()
}

/// Leaves out the smallest part of a draft that holds a place: what it was, and its line of the page.
fn leave_out(draft: &mut Draft, steps: &[Step]) -> Option<(String, Option<usize>)> {
    let (Step::Key(key), rest) = steps.split_first()? else { return None };
    match key.as_str() {
        "parameters" => leave_out_field(&mut draft.parameters, rest),
        "response" => match &mut draft.response {
            DraftResponse::Fields(fields) => leave_out_field(fields, rest),
            DraftResponse::Whole(_) => {
                draft.response = DraftResponse::Fields(Vec::new());
                Some(("the response".to_owned(), None))
            }
        },
        "rules" => {
            let Some(Step::Item(index)) = rest.first() else { return None };
            (*index < draft.rules.len()).then(|| {
                let rule = draft.rules.remove(*index);
                ("a rule between parameters".to_owned(), rule.line())
            })
        }
        "errors" => {
            let Some(Step::Item(index)) = rest.first() else { return None };
            (*index < draft.errors.len()).then(|| {
                let row = draft.errors.remove(*index);
                (format!("the error `{}`", row.code.value), row.code.line())
            })
        }
        "examples" => {
            let example = draft.example.as_mut()?;
            let (json, xml) = (
                example.json.as_ref().and_then(|sourced| sourced.line()),
                example.xml.as_ref().and_then(|sourced| sourced.line()),
            );
            let is = |name: &str| matches!(rest.get(1), Some(Step::Key(key)) if key == name);
            if is("json") && example.json.take().is_some() {
                if example.xml.is_none() {
                    draft.example = None;
                }
                return Some(("the JSON sample".to_owned(), json));
            }
            if is("xml") && example.xml.take().is_some() {
                if example.json.is_none() {
                    draft.example = None;
                }
                return Some(("the XML sample".to_owned(), xml));
            }
            // A value that only an example gave can go alone, if it is not required.
            if is("request")
                && let Some(Step::Key(name)) = rest.get(2)
                && !draft.parameters.iter().any(|field| field.name.value == *name && field.is_required())
                && let Some(at) = example.request.iter().position(|(known, _)| known == name)
            {
                let (name, sourced) = example.request.remove(at);
                return Some((format!("`{name}` of the sample request"), sourced.line()));
            }
            draft.example = None;
            Some(("the samples".to_owned(), json.or(xml)))
        }
        "limits" => draft.flow.take().map(|(qps, _)| ("the limit of queries".to_owned(), qps.line())),
        "ram" => draft.ram.take().map(|ram| ("the RAM action".to_owned(), ram.action.line())),
        "effect" => draft.effect.take().map(|effect| ("the effect".to_owned(), effect.line())),
        "deprecated" => draft.deprecated.take().map(|deprecated| ("the deprecation".to_owned(), deprecated.line())),
        "doc" => draft.doc.take().map(|doc| ("the description".to_owned(), doc.line())),
        "summary" => draft.summary.take().map(|summary| ("the summary".to_owned(), summary.line())),
        // A path that cannot be: all that depends on it.
        _ => None,
    }
}

fn leave_out_field(fields: &mut Vec<DraftField>, steps: &[Step]) -> Option<(String, Option<usize>)> {
    let Some((Step::Item(index), rest)) = steps.split_first() else { return None };
    let field = fields.get_mut(*index)?;
    let (name, line) = (field.name.value.clone(), field.name.line());
    let key = if let Some(Step::Key(key)) = rest.first() { key.as_str() } else { "" };
    if key == "fields"
        && let Some(members) = field.kind.value.members_mut()
        && let Some(mut found) = leave_out_field(members, rest.get(1..).unwrap_or_default())
    {
        if members.is_empty() {
            emptied(&mut field.kind.value);
        }
        found.0 = format!("{} of `{name}`", found.0);
        return Some(found);
    }
    let taken = match key {
        "example" => field.example.take().map(|sourced| ("the example", sourced.line())),
        "default" => field.default.take().map(|sourced| ("the default", sourced.line())),
        "length" => field.length.take().map(|sourced| ("the length", sourced.line())),
        "range" => field.range.take().map(|sourced| ("the range", sourced.line())),
        "count" => field.count.take().map(|sourced| ("the number of items", sourced.line())),
        "style" => field.style.take().map(|sourced| ("the style", sourced.line())),
        "doc" => field.doc.take().map(|sourced| ("the description", sourced.line())),
        "values" if !field.values.is_empty() => {
            let line = field.values.first().and_then(|sourced| sourced.line());
            field.values.clear();
            Some(("the values", line))
        }
        _ => None,
    };
    if let Some((what, line)) = taken {
        return Some((format!("{what} of `{name}`"), line));
    }
    fields.remove(*index);
    Some((format!("`{name}`"), line))
}

/// An object without members is anything.
fn emptied(kind: &mut Kind) {
    let any = Kind::Scalar(alicloud_model::Type::Any);
    match kind {
        Kind::Object(_) => *kind = Kind::Map(Box::new(any)),
        Kind::List(item) | Kind::Map(item) => match &**item {
            Kind::Object(_) => **item = any,
            _ => emptied(item),
        },
        Kind::Scalar(_) | Kind::Shared(_) => {}
    }
}
