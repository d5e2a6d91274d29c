//! Decodes JSON into fields.

use crate::decoding::decode::{BODY, Decode, Entries, Fields, Items, Slot, has_item_field, named};
use crate::decoding::json_reader::{Kind, Problem, Reader, Result};
use crate::decoding::problem::{hidden_mismatch, mismatch, shown};
use crate::decoding::scalar;

/// Decodes the fields of an object.
pub(super) fn read(text: &str, into: &mut dyn Decode) -> std::result::Result<(), String> {
    // Inside a response, an empty list may mean an empty object. The whole response must be an object.
    if text.starts_with('[') {
        return Err(format!("the body cannot be decoded as JSON: {}", mismatch("", "an object", "a list")));
    }
    fill_whole(text, Slot::Object(into), "").map_err(|problem| decoding_error(&problem, text))
}

/// Decodes a value into the field [`BODY`].
pub(super) fn read_whole(text: &str, into: &mut dyn Decode) -> std::result::Result<(), String> {
    let outcome = fill_whole(text, named(into, BODY), "body");
    outcome.map_err(|problem| {
        if Fields::new(into).hides(BODY) { hidden_mismatch("body") } else { decoding_error(&problem, text) }
    })
}

fn fill_whole(text: &str, slot: Slot<'_>, name: &str) -> Result<()> {
    let mut reader = Reader::new(text);
    fill(&mut reader, slot, name)?;
    reader.end()
}

fn decoding_error(problem: &Problem, text: &str) -> String {
    format!("the body cannot be decoded as JSON: {}", problem.in_text(text))
}

/// Decodes the next value into a slot. `name` is the name of the field, for errors.
#[inline(always)]
fn fill(reader: &mut Reader<'_>, slot: Slot<'_>, name: &str) -> Result<()> {
    match slot {
        Slot::Text(target) if reader.has_string() => *target = reader.owned_string()?,
        Slot::OptionalText(target) if reader.has_string() => *target = Some(reader.owned_string()?),
        other => return fill_other(reader, other, name),
    }
    Ok(())
}

/// Decodes a value that is not a string in a text.
fn fill_other(reader: &mut Reader<'_>, slot: Slot<'_>, name: &str) -> Result<()> {
    match slot {
        Slot::Skip => reader.skip()?,
        Slot::Raw(target) => reader.raw()?.clone_into(target),
        Slot::OptionalRaw(target) => {
            let raw = reader.raw()?;
            *target = (raw != "null").then(|| raw.to_owned());
        }
        Slot::Object(object) => return fill_structure(reader, Structure::Object(object), name),
        Slot::OptionalObject(object) => return fill_structure(reader, Structure::Optional(object), name),
        Slot::List(items) => return fill_structure(reader, Structure::List(items, None), name),
        Slot::Wrapped(inner, items) => return fill_structure(reader, Structure::List(items, Some(inner)), name),
        Slot::Map(entries) => return fill_structure(reader, Structure::Map(entries), name),
        scalar => return fill_scalar(reader, scalar, name),
    }
    Ok(())
}

fn fill_scalar(reader: &mut Reader<'_>, slot: Slot<'_>, name: &str) -> Result<()> {
    let kind = reader.kind();
    let at = reader.position();
    let put = |slot, text: &str| {
        scalar::put(slot, text).map_err(|expected| Reader::problem_at(at, mismatch(name, expected, &shown(text))))
    };
    match (kind, slot) {
        (Kind::Null, _) => reader.null(),
        (Kind::Boolean, Slot::Boolean(target)) => reader.boolean().map(|flag| *target = flag),
        (Kind::Boolean, Slot::OptionalBoolean(target)) => reader.boolean().map(|flag| *target = Some(flag)),
        (Kind::Boolean, slot) => put(slot, if reader.boolean()? { "true" } else { "false" }),
        // A text keeps the digits of a number.
        (Kind::Number, slot) => put(slot, reader.number()?),
        (Kind::String, slot) => put(slot, &reader.string()?),
        // A structure where a text is documented is kept as its JSON.
        (Kind::Object | Kind::List, slot @ (Slot::Text(_) | Slot::OptionalText(_))) => put(slot, reader.raw()?),
        (Kind::Object, _) => Err(Reader::problem_at(at, mismatch(name, "a single value", "an object"))),
        (Kind::List, _) => Err(Reader::problem_at(at, mismatch(name, "a single value", "a list"))),
    }
}

enum Structure<'s> {
    Object(&'s mut dyn Decode),
    Optional(&'s mut dyn Items),
    /// A list. The name is that of the list in the object around it, if one is documented.
    List(&'s mut dyn Items, Option<&'static str>),
    Map(&'s mut dyn Entries),
}

fn fill_structure(reader: &mut Reader<'_>, target: Structure<'_>, name: &str) -> Result<()> {
    let kind = reader.kind();
    let at = reader.position();
    let expected = match target {
        Structure::List(_, None) => "a list",
        _ => "an object",
    };
    match (kind, target) {
        (Kind::Object, Structure::Object(object)) => fill_object(reader, object),
        (Kind::Object, Structure::Optional(object)) => match object.push() {
            Slot::Object(object) => fill_object(reader, object),
            _ => reader.skip(),
        },
        (Kind::Object, Structure::Map(entries)) => fill_map(reader, entries),
        (Kind::Object, Structure::List(items, inner)) => fill_list(reader, items, inner, name),
        (Kind::List, Structure::List(items, _)) => fill_items(reader, items, name),
        (Kind::List, _) => {
            // Some languages write an empty object as an empty list.
            reader.enter()?;
            if reader.is_filled(b']') {
                return Err(Reader::problem_at(at, mismatch(name, expected, "a list")));
            }
            Ok(())
        }
        (Kind::String, _) => {
            // Gateways sometimes write an empty structure as an empty string.
            let text = reader.string()?;
            if text.trim().is_empty() {
                return Ok(());
            }
            Err(Reader::problem_at(at, mismatch(name, expected, &shown(&text))))
        }
        (Kind::Null, _) => reader.null(),
        (Kind::Number | Kind::Boolean, _) => {
            let value = shown(reader.raw()?);
            Err(Reader::problem_at(at, mismatch(name, expected, &value)))
        }
    }
}

fn fill_object(reader: &mut Reader<'_>, object: &mut dyn Decode) -> Result<()> {
    reader.enter()?;
    if reader.is_filled(b'}') { fill_members(reader, object) } else { Ok(()) }
}

/// Decodes the members of an object up to its end.
fn fill_members(reader: &mut Reader<'_>, object: &mut dyn Decode) -> Result<()> {
    let mut fields = Fields::new(object);
    loop {
        fill_member(reader, &mut fields)?;
        if !reader.has_next(b'}')? {
            return Ok(());
        }
    }
}

/// Decodes the next member into the field with its name. The documented order is tried first.
#[inline(always)]
fn fill_member(reader: &mut Reader<'_>, fields: &mut Fields<'_>) -> Result<()> {
    let (expected, slot) = fields.peek();
    if reader.take_name(expected) {
        let read = fill(reader, slot, expected);
        fields.advance();
        return read.map_err(|problem| without_secret(fields, expected, problem));
    }
    let name = reader.name()?;
    fill_named(reader, fields, &name)
}

/// Decodes the next value into the field with this name.
fn fill_named(reader: &mut Reader<'_>, fields: &mut Fields<'_>, name: &str) -> Result<()> {
    let read = fill(reader, fields.named(name), name);
    read.map_err(|problem| without_secret(fields, name, problem))
}

#[cold]
fn without_secret(fields: &mut Fields<'_>, name: &str, problem: Box<Problem>) -> Box<Problem> {
    if fields.hides(name) { Box::new(Problem { reason: hidden_mismatch(name), ..*problem }) } else { problem }
}

fn fill_map(reader: &mut Reader<'_>, entries: &mut dyn Entries) -> Result<()> {
    entries.clear();
    reader.enter()?;
    if !reader.is_filled(b'}') {
        return Ok(());
    }
    loop {
        let key = reader.name()?.into_owned();
        let name = key.clone();
        fill(reader, entries.insert(key), &name)?;
        if !reader.has_next(b'}')? {
            return Ok(());
        }
    }
}

fn fill_items(reader: &mut Reader<'_>, items: &mut dyn Items, name: &str) -> Result<()> {
    items.clear();
    reader.enter()?;
    if !reader.is_filled(b']') {
        return Ok(());
    }
    loop {
        fill(reader, items.push(), name)?;
        if !reader.has_next(b']')? {
            return Ok(());
        }
    }
}

/// Decodes an object into a list. The object is either around the list, or the only item of the list. `inner` is the
/// documented name of the list in the object around it.
fn fill_list(reader: &mut Reader<'_>, items: &mut dyn Items, inner: Option<&str>, name: &str) -> Result<()> {
    let at = reader.position();
    items.clear();
    reader.enter()?;
    if !reader.is_filled(b'}') {
        return Ok(());
    }
    let mut found = Found::Nothing;
    loop {
        let key = reader.name()?;
        if inner == Some(&*key) {
            fill(reader, Slot::List(items), name)?;
            found = Found::List;
        } else if found != Found::List && has_item_field(items, &key) {
            items.clear();
            let Slot::Object(item) = items.push() else { return reader.skip() };
            fill_named(reader, &mut Fields::new(item), &key)?;
            return if reader.has_next(b'}')? { fill_members(reader, item) } else { Ok(()) };
        } else if found == Found::Nothing && inner.is_none() {
            found = fill_possible_list(reader, items, name)?;
        } else {
            reader.skip()?;
        }
        if !reader.has_next(b'}')? {
            break;
        }
    }
    if found == Found::Nothing && inner.is_none() {
        return Err(Reader::problem_at(at, mismatch(name, "a list", "an object")));
    }
    Ok(())
}

/// The meaning of an object that was found instead of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    /// The object around the list.
    List,
    /// The object around the only item, unless a later member shows that the object itself is an item.
    Item,
}

/// Decodes a member that may be the missing list, or its only item.
fn fill_possible_list(reader: &mut Reader<'_>, items: &mut dyn Items, name: &str) -> Result<Found> {
    match reader.kind() {
        Kind::List => fill_items(reader, items, name).map(|()| Found::List),
        Kind::Object => match items.push() {
            slot @ Slot::Object(_) => fill(reader, slot, name).map(|()| Found::Item),
            _ => reader.skip().map(|()| Found::Nothing),
        },
        _ => reader.skip().map(|()| Found::Nothing),
    }
}
