//! A draft compared with the known spec of its operation. The page wins, with a comment; what it does not say comes
//! from the spec.

use alicloud_model::{Bounds, Field, FlowLimit, LengthUnit, Range, Type};

use super::draft::{Draft, DraftField, DraftResponse, Kind, NoteKind, Notes, Sourced};
use super::known::{Known, custom_rust_name, kind_of};

/// Compares a draft with the known spec. Returns the number of facts that agree.
pub(crate) fn compare(draft: &mut Draft, known: &Known, notes: &mut Notes) -> usize {
    let mut comparison = Comparison { known, notes, agreed: 0 };
    comparison.operation(draft);
    comparison.agreed
}

struct Comparison<'k, 'n> {
    known: &'k Known,
    notes: &'n mut Notes,
    agreed: usize,
}

impl Comparison<'_, '_> {
    fn operation(&mut self, draft: &mut Draft) {
        let known = self.known;
        let operation = &known.operation;
        let name = draft.name.line();
        let both = (draft.style.value.as_str(), operation.style.as_str());
        if let Some(comment) = self.fact("the style", draft.style.line(), Some(both.0), Some(both.1)) {
            draft.comments.push(("style", comment));
        }
        if let Some(path) = &draft.path
            && let Some(comment) = self.fact("the path", path.line(), Some(&path.value), Some(&operation.path))
        {
            draft.comments.push(("path", comment));
        }
        let methods = |methods: &[&str]| methods.join(", ");
        let own: Vec<&str> = draft
            .methods
            .iter()
            .filter(|sourced| sourced.line().is_some())
            .map(|sourced| sourced.value.as_str())
            .collect();
        if !own.is_empty()
            && let Some(comment) = self.fact(
                "the methods",
                draft.methods.first().and_then(Sourced::line),
                Some(&methods(&own)),
                Some(&methods(&operation.method_names())),
            )
        {
            draft.comments.push(("methods", comment));
        }
        self.fields(&mut draft.parameters, operation.parameters.iter().map(|parameter| &parameter.field), "", true);
        if let DraftResponse::Fields(fields) = &mut draft.response
            && operation.response_body.is_none()
        {
            self.fields(fields, operation.response.iter(), "response ", false);
        }
        let flow = draft.flow.as_ref().map(|(qps, per)| format!("{} per {}", qps.value, per.value.as_str()));
        let known_flow = operation.flow.as_ref().map(|FlowLimit { qps, per }| format!("{qps} per {}", per.as_str()));
        let line = draft.flow.as_ref().and_then(|(qps, _)| qps.line());
        if let Some(comment) = self.fact("the limit of queries", line, flow.as_deref(), known_flow.as_deref()) {
            draft.comments.push(("limits", comment));
        }
        let ram = draft.ram.as_ref().map(|ram| ram.action.value.clone());
        let line = draft.ram.as_ref().and_then(|ram| ram.action.line());
        let known_ram = operation.ram.as_ref().map(|ram| ram.action.as_str());
        if let Some(comment) = self.fact("the RAM action", line, ram.as_deref(), known_ram) {
            draft.comments.push(("ram", comment));
        }
        for row in &mut draft.errors {
            let what = format!("the error `{}` under {}", row.code.value, row.status.value);
            let same =
                operation.errors.iter().find(|other| other.status == row.status.value && other.code == row.code.value);
            let comment =
                self.fact(&what, row.message.line(), Some(&row.message.value), same.map(|same| same.message.as_str()));
            row.comments.extend(comment);
        }
        let rows = &draft.errors;
        let missing = operation.errors.iter().filter(|other| !rows.iter().any(|row| row.code.value == other.code));
        let missing: Vec<String> = missing.map(|other| format!("`{}`", other.code)).collect();
        if !missing.is_empty() {
            let few = missing.get(..missing.len().min(5)).unwrap_or_default().join(", ");
            let more = if missing.len() > 5 { format!(" and {} more", missing.len() - 5) } else { String::new() };
            self.notes.add(NoteKind::Missing, None, format!("errors that the known spec has: {few}{more}"));
        }
        if let Some(deprecated) = &draft.deprecated
            && operation.deprecated.is_none()
        {
            self.notes.add(NoteKind::Adds, deprecated.line().or(name), "the operation is deprecated");
        }
    }

    /// Counts a fact that both have, or notes the difference. Returns the comment on a contradiction.
    fn fact(&mut self, what: &str, line: Option<usize>, page: Option<&str>, known: Option<&str>) -> Option<String> {
        match (page, known) {
            (Some(page), Some(known)) if page.trim() == known.trim() => self.agreed += 1,
            (Some(page), Some(known)) => {
                self.notes.add(
                    NoteKind::Contradicts,
                    line,
                    format!("{what}: the page has `{page}`, {} has `{known}`", self.known.place),
                );
                return Some(format!("the page differs from the known spec, where {what} is `{known}`"));
            }
            (Some(page), None) => self.notes.add(NoteKind::Adds, line, format!("{what}: `{page}`")),
            (None, _) => {}
        }
        None
    }

    fn fields<'f>(
        &mut self,
        fields: &mut [DraftField],
        known: impl Iterator<Item = &'f Field>,
        path: &str,
        is_request: bool,
    ) {
        let known: Vec<&Field> = known.collect();
        for field in fields.iter_mut() {
            let what = format!("{path}`{}`", field.name.value);
            match known.iter().find(|known| known.name == field.name.value) {
                Some(same) => self.field(field, same, &what, is_request),
                None => {
                    self.notes.add(NoteKind::Adds, field.name.line(), what);
                    field.comments.push("the known spec does not have it".to_owned());
                }
            }
        }
        for other in known.iter().filter(|known| !fields.iter().any(|field| field.name.value == known.name)) {
            self.notes.add(NoteKind::Missing, None, format!("{path}`{}`, which the known spec has", other.name));
        }
    }

    fn field(&mut self, field: &mut DraftField, known: &Field, what: &str, is_request: bool) {
        field.rust = custom_rust_name(known);
        let types = &self.known.types;
        let (own, other) = (field.kind.value.spelling(), known_spelling(&known.ty, 0));
        // Facts that the page lacks come from the spec; a list of anything agrees with a list.
        let is_wider = field.is_wide
            && matches!(
                (&field.kind.value, &known.ty),
                (Kind::Scalar(Type::Integer), Type::Long) | (Kind::Scalar(Type::Double), Type::Float)
            );
        if is_wider || is_vaguer(&field.kind.value, &known.ty) {
            if let Some(kind) = kind_of(types, &known.ty, is_request, 0) {
                field.kind = Sourced::known(kind);
            }
        } else if let Some(comment) =
            self.fact(&format!("the type of {what}"), field.kind.line(), Some(&own), Some(&other))
        {
            field.comments.push(comment);
        }
        if is_request {
            match &field.required {
                None => {
                    field.required = Some(Sourced::known(known.required));
                    field.comments.retain(|comment| !comment.contains("required"));
                    if known.required {
                        field.default = None;
                    }
                }
                Some(required) => {
                    let words = |required: bool| if required { "required" } else { "optional" };
                    let (line, own) = (required.line(), words(required.value));
                    field.comments.extend(self.fact(what, line, Some(own), Some(words(known.required))));
                }
            }
            self.limits(field, known, what);
        }
        let members = match &known.ty {
            Type::List(item) | Type::Map(item) => item,
            ty => ty,
        };
        let members = if is_request { types.members_of(members) } else { types.fields_of(members) };
        if let (Some(members), Some(own)) = (members, field.kind.value.members_mut())
            && field.kind.origin != super::draft::Origin::Known
        {
            let path = format!("{}.", what.trim_end_matches('`').replace('`', ""));
            self.fields(own, members.iter(), &path, is_request);
        }
        if known.sensitive {
            field.sensitive = Some(true);
        }
    }

    fn limits(&mut self, field: &mut DraftField, known: &Field, what: &str) {
        let span =
            |bounds: &Bounds| show(&(bounds.min.map(|min| min.to_string()), bounds.max.map(|max| max.to_string())));
        if let Some(length) = &field.length {
            let ((min, max), bytes) = &length.value;
            let unit = |bytes: bool| if bytes { "bytes" } else { "characters" };
            let own = format!("{} {}", show(&(min.clone(), max.clone())), unit(*bytes));
            let other = known
                .limits
                .length
                .as_ref()
                .map(|length| format!("{} {}", span(&length.bounds), unit(length.unit == LengthUnit::Bytes)));
            let comment = self.fact(&format!("the length of {what}"), length.line(), Some(&own), other.as_deref());
            field.comments.extend(comment);
        }
        if let Some(range) = &field.range {
            let other = known.limits.range.as_ref().map(|range| match range {
                Range::Integer { min, max } => show(&(min.map(|min| min.to_string()), max.map(|max| max.to_string()))),
                Range::Float { min, max } => show(&(min.map(|min| min.to_string()), max.map(|max| max.to_string()))),
            });
            let comment =
                self.fact(&format!("the range of {what}"), range.line(), Some(&show(&range.value)), other.as_deref());
            field.comments.extend(comment);
        }
        if let Some(default) = &field.default {
            let comment = self.fact(
                &format!("the default of {what}"),
                default.line(),
                Some(&default.value),
                known.default.as_deref(),
            );
            field.comments.extend(comment);
        }
        if let Some(first) = field.values.first() {
            let own: Vec<&str> = field.values.iter().map(|sourced| sourced.value.as_str()).collect();
            let other = (!known.values.is_empty()).then(|| known.values.join(", "));
            let comment =
                self.fact(&format!("the values of {what}"), first.line(), Some(&own.join(", ")), other.as_deref());
            field.comments.extend(comment);
        }
    }
}

fn show((min, max): &(Option<String>, Option<String>)) -> String {
    let bound = |bound: &Option<String>| bound.clone().unwrap_or_default();
    format!("{}..{}", bound(min), bound(max))
}

/// A type to its leaves: of an object only that it is one.
fn known_spelling(ty: &Type, depth: usize) -> String {
    match ty {
        Type::List(item) if depth < 8 => format!("List<{}>", known_spelling(item, depth + 1)),
        Type::Map(item) if depth < 8 => format!("Map<{}>", known_spelling(item, depth + 1)),
        Type::Shared(_) => "Object".to_owned(),
        other => other.spelling(),
    }
}

/// Whether the page leaves open what the spec knows: an object without members, or a list of anything.
fn is_vaguer(kind: &Kind, known: &Type) -> bool {
    let any = Kind::Scalar(Type::Any);
    match (kind, known) {
        (Kind::Map(item), Type::Object(_) | Type::Shared(_)) => **item == any,
        (Kind::List(item), Type::List(known)) => **item == any && **known != Type::Any || is_vaguer(item, known),
        _ => false,
    }
}
