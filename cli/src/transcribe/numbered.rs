//! Parameters with a number in their name: `InstanceId.N` is a list, `Tag.N.Key` a member of one.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::draft::{DraftField, Kind, NoteKind, Notes, Sourced};

static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\.(?:N|n|1|\{N\}|\[N\]|\[n\])(?:\.|$)").ok());

/// Whether a name is that of a list's items, such as `InstanceId.N`.
pub(crate) fn is_numbered(name: &str) -> bool {
    NUMBERED.as_ref().and_then(|form| form.find(name)).is_some_and(|found| found.end() == name.len())
}

/// A parameter such as `InstanceId.N` is a list, and `Tag.N.Key` a member of one.
pub(crate) fn expand_numbered(field: &mut DraftField) {
    let name = field.name.value.clone();
    let Some(form) = NUMBERED.as_ref() else { return };
    let Some(found) = form.find(&name) else { return };
    let (list, member) = (
        name.get(..found.start()).unwrap_or_default().to_owned(),
        name.get(found.end()..).unwrap_or_default().to_owned(),
    );
    if list.is_empty() {
        return;
    }
    field.name.value = list;
    let line = field.kind.origin;
    if member.is_empty() {
        if !matches!(field.kind.value, Kind::List(_)) {
            let item = field.kind.value.clone();
            field.kind = Sourced { value: Kind::List(Box::new(item)), origin: line };
        }
        // The example is that of an item.
        field.example = None;
        field.length = None;
        field.range = None;
        field.default = None;
        return;
    }
    let mut inner = field.clone();
    inner.name.value = member;
    expand_numbered(&mut inner);
    let mut outer = DraftField::new(
        field.name.clone(),
        Sourced { value: Kind::List(Box::new(Kind::Object(vec![inner]))), origin: line },
    );
    outer.position = field.position.clone();
    *field = outer;
}

/// Lists whose members stood in rows of their own, put together.
pub(crate) fn merged_numbered(fields: Vec<DraftField>, notes: &mut Notes) -> Vec<DraftField> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut merged: Vec<(DraftField, Vec<DraftField>)> = Vec::new();
    for field in fields {
        let Some((known, members)) = places.get(&field.name.value).and_then(|place| merged.get_mut(*place)) else {
            places.insert(field.name.value.clone(), merged.len());
            merged.push((field, Vec::new()));
            continue;
        };
        let is_list = matches!(known.kind.value, Kind::List(_));
        match (known.kind.value.members().is_some(), field.kind.value.members()) {
            (true, Some(more)) => members.extend(more.iter().cloned()),
            // `Tag.N` introduces the rows `Tag.N.Key`.
            (false, Some(_)) if is_list => known.kind = field.kind,
            _ => notes.add(NoteKind::LeftOut, field.name.line(), format!("`{}` is there twice", field.name.value)),
        }
    }
    let put_together = |(mut field, more): (DraftField, Vec<DraftField>)| {
        if let Some(members) = field.kind.value.members_mut().filter(|_| !more.is_empty()) {
            members.extend(more);
            *members = merged_numbered(std::mem::take(members), notes);
        }
        field
    };
    merged.into_iter().map(put_together).collect()
}
