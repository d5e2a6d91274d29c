//! The sample request with its responses.

use alicloud_model::COMMON_PARAMETERS;

use super::cells;
use super::draft::{Draft, DraftExample, DraftField, DraftResponse, Kind, NoteKind, Notes, Sample, Sourced};
use super::reader::{Reader, fits};
use super::samples::{Text, request_parts, xml_root};

impl Reader<'_> {
    pub(crate) fn example(
        &self,
        draft: &Draft,
        json: Option<Sourced<String>>,
        xml: Option<Sourced<String>>,
        notes: &mut Notes,
    ) -> Option<DraftExample> {
        let json = json.filter(|_| !matches!(&draft.response, DraftResponse::Fields(fields) if fields.is_empty()));
        let xml = xml.filter(|text| {
            let root = xml_root(&text.value).unwrap_or_default();
            let is_own = root == format!("{}Response", draft.name.value);
            if !is_own {
                notes.add(NoteKind::LeftOut, text.line(), format!("the XML sample, whose root is `{root}`"));
            }
            is_own && !matches!(&draft.response, DraftResponse::Fields(fields) if fields.is_empty())
        });
        if json.is_none() && xml.is_none() {
            return None;
        }
        let mut comments = Vec::new();
        let mut request: Vec<(String, Sourced<Sample>)> = Vec::new();
        let sample = self.samples.request.as_ref().filter(|sample| {
            let (_, parameters) = request_parts(&sample.text);
            let action = parameters.iter().find(|(name, _)| name == "Action").map(|(_, value)| value.as_str());
            let is_own = action == Some(draft.name.value.as_str());
            if !is_own {
                notes.add(
                    NoteKind::LeftOut,
                    sample.line,
                    format!("the sample request, which calls `{}`", action.unwrap_or_default()),
                );
            }
            is_own
        });
        if let Some(sample) = sample {
            request = shown_request(draft, sample, notes);
        }
        let is_shown = sample.is_some();
        let mut made: Vec<&str> = Vec::new();
        for field in &draft.parameters {
            let has = request.iter().any(|(name, _)| *name == field.name.value);
            if has || (is_shown && !field.is_required()) {
                continue;
            }
            let sample = sample_of(field);
            match sample {
                Some(sample) => {
                    made.push(&field.name.value);
                    request.push((field.name.value.clone(), sample));
                }
                None if field.is_required() => {
                    notes.add(
                        NoteKind::LeftOut,
                        json.as_ref().or(xml.as_ref()).and_then(Sourced::line),
                        format!("the samples: there is no value for `{}`, which is required", field.name.value),
                    );
                    return None;
                }
                None => {}
            }
        }
        if !made.is_empty() {
            comments.push(match is_shown {
                true => {
                    format!("not in the sample request of the page, but required: {}. The value is the example of the parameter", made.join(", "))
                }
                false => "the page has no sample request: these are the examples of the parameters".to_owned(),
            });
        }
        Some(DraftExample { request, json, xml, comments })
    }
}

/// The values of a sample request. A value without a parameter, or that does not fit its type, is left out with a note.
fn shown_request(draft: &Draft, sample: &Text, notes: &mut Notes) -> Vec<(String, Sourced<Sample>)> {
    let (_, parameters) = request_parts(&sample.text);
    let mut request: Vec<(String, Sourced<Sample>)> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in &parameters {
        // `Tag.1.Key` belongs to `Tag`.
        let field = draft.parameters.iter().find(|field| field.name.value == *name).or_else(|| {
            let (first, _) = name.split_once('.')?;
            draft
                .parameters
                .iter()
                .find(|field| field.name.value == first && !matches!(field.kind.value, Kind::Scalar(_)))
        });
        let Some(field) = field else {
            if !COMMON_PARAMETERS.contains(&name.as_str()) {
                let text = format!("`{name}` of the sample request, which is not a parameter");
                notes.add(NoteKind::LeftOut, sample.line, text);
            }
            continue;
        };
        if seen.contains(&field.name.value.as_str()) {
            continue;
        }
        seen.push(&field.name.value);
        let of_field: Vec<(&str, &str)> = parameters
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix(field.name.value.as_str())?, value.as_str())))
            .filter(|(rest, _)| rest.is_empty() || rest.starts_with('.'))
            .map(|(rest, value)| (rest.trim_start_matches('.'), value))
            .collect();
        let found = match &field.kind.value {
            Kind::Scalar(_) => sample_of_values(&field.kind.value, &[("", value)]),
            kind => json_sample(&decoded(value))
                .filter(|_| of_field.len() == 1)
                .or_else(|| sample_of_values(kind, &of_field)),
        };
        match found {
            Some(found) => request.push((field.name.value.clone(), Sourced::at(sample.line, found))),
            None => notes.add(
                NoteKind::LeftOut,
                sample.line,
                format!("`{name}` of the sample request: its value does not fit its type"),
            ),
        }
    }
    request
}

/// A value that a sample request spreads over several names, such as `Tag.1.Key`: the rest of each name, and its value.
fn sample_of_values(kind: &Kind, values: &[(&str, &str)]) -> Option<Sample> {
    if let Kind::Scalar(_) = kind {
        let [("", value)] = values else { return None };
        let text = decoded(value);
        let fit = fits(kind, &text) && cells::value(&text).is_ok() && !text.contains(['<', '>']);
        return fit.then_some(Sample::Text(text));
    }
    // Those with the same first part are one item or member, in the order of the request.
    let mut parts: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    for (name, value) in values {
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        match parts.iter_mut().find(|(known, _)| *known == first) {
            Some((_, own)) => own.push((rest, value)),
            None => parts.push((first, vec![(rest, value)])),
        }
    }
    match kind {
        Kind::List(item) => {
            let are_numbered = parts.iter().enumerate().all(|(index, (first, _))| *first == (index + 1).to_string());
            let items = parts.iter().map(|(_, own)| sample_of_values(item, own));
            if are_numbered { Some(Sample::List(items.collect::<Option<_>>()?)) } else { None }
        }
        Kind::Object(members) => {
            let member = |(first, own): &(&str, Vec<(&str, &str)>)| {
                let field = members.iter().find(|member| member.name.value == **first)?;
                Some(((*first).to_owned(), sample_of_values(&field.kind.value, own)?))
            };
            Some(Sample::Object(parts.iter().map(member).collect::<Option<_>>()?))
        }
        _ => None,
    }
}

/// The example of a field as a value of a sample request.
fn sample_of(field: &DraftField) -> Option<Sourced<Sample>> {
    match &field.kind.value {
        Kind::Scalar(_) => {
            let example = field.example.as_ref()?;
            Some(Sourced { value: Sample::Text(example.value.clone()), origin: example.origin })
        }
        Kind::Object(members) => {
            let mut samples = Vec::new();
            let mut origin = field.name.origin;
            for member in members {
                match sample_of(member) {
                    Some(sample) => {
                        origin = sample.origin;
                        samples.push((member.name.value.clone(), sample.value));
                    }
                    None if member.is_required() => return None,
                    None => {}
                }
            }
            (!samples.is_empty()).then_some(Sourced { value: Sample::Object(samples), origin })
        }
        _ => None,
    }
}

/// A value of an address, with what is percent-encoded decoded.
fn decoded(value: &str) -> String {
    let is_encoded = value
        .as_bytes()
        .windows(3)
        .any(|three| matches!(three, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()));
    if !is_encoded {
        return value.to_owned();
    }
    // A form decodes as a query does.
    let pair = format!("v={}", value.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes())
        .next()
        .map_or_else(|| value.to_owned(), |(_, value)| value.into_owned())
}

/// A structure that a sample request shows as JSON.
fn json_sample(text: &str) -> Option<Sample> {
    fn read(value: &serde_json::Value) -> Option<Sample> {
        Some(match value {
            serde_json::Value::Null => return None,
            serde_json::Value::String(text) => Sample::Text(text.clone()),
            serde_json::Value::Array(items) => Sample::List(items.iter().filter_map(read).collect()),
            serde_json::Value::Object(members) => {
                Sample::Object(members.iter().filter_map(|(name, value)| Some((name.clone(), read(value)?))).collect())
            }
            single => Sample::Text(single.to_string()),
        })
    }
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    if value.is_array() || value.is_object() { read(&value) } else { None }
}
