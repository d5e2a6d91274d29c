//! Decodes XML, from the events of `quick-xml`.
//!
//! A list is a repeated element, so only the slots distinguish a list with one item from an object. All scalars are
//! text.

use std::borrow::Cow;

use memchr::memchr;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesText, Event};
use serde_json::{Map, Value};

use crate::decoding::decode::{Decode, Entries, Fields, Items, Slot, has_item_field, named};
use crate::decoding::problem::{hidden_mismatch, mismatch, shown};
use crate::decoding::scalar;

/// The maximum depth of elements, the same as in JSON.
const MAX_DEPTH: usize = 128;

pub(super) fn read(text: &str, operation: Option<&str>, into: &mut dyn Decode) -> Result<(), String> {
    let mut xml =
        Xml { reader: Reader::from_str(text), has_carriage_returns: memchr(b'\r', text.as_bytes()).is_some() };
    xml.document(operation, into).map_err(|reason| format!("the body cannot be decoded as XML: {reason}"))
}

struct Xml<'t> {
    reader: Reader<&'t [u8]>,
    /// Whether the document has a carriage return, so that line ends have to be normalized.
    has_carriage_returns: bool,
}

impl<'t> Xml<'t> {
    #[inline]
    fn next(&mut self) -> Result<Event<'t>, String> {
        self.reader.read_event().map_err(|error| error.to_string())
    }

    /// The text, with normalized line ends (XML 1.0, section 2.11).
    fn content(&self, text: BytesText<'t>) -> Cow<'t, str> {
        if self.has_carriage_returns { text.xml10_content() } else { text.into_inner() }
    }

    fn document(&mut self, operation: Option<&str>, into: &mut dyn Decode) -> Result<(), String> {
        loop {
            match self.next()? {
                Event::Start(start) => {
                    check_root(start.name().as_ref(), operation)?;
                    return self.object(into, 0);
                }
                Event::Empty(start) => return check_root(start.name().as_ref(), operation),
                Event::Eof => return Err("there is no root element".to_owned()),
                _ => {}
            }
        }
    }

    /// Decodes the fields of an object, up to the end of the current element.
    fn object(&mut self, into: &mut dyn Decode, depth: usize) -> Result<(), String> {
        let mut fields = Fields::new(into);
        loop {
            match self.next()? {
                Event::Start(start) => self.field(&mut fields, start.name().as_ref(), depth)?,
                Event::Empty(start) => put(fields.named(start.name().as_ref()), "", start.name().as_ref())?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err("it ends before the root element is closed".to_owned()),
                _ => {}
            }
        }
    }

    /// Decodes the current element into the field with its name. The documented order is tried first.
    #[inline(always)]
    fn field(&mut self, fields: &mut Fields<'_>, name: &str, depth: usize) -> Result<(), String> {
        let read = match fields.peek() {
            (expected, slot) if expected == name => {
                let read = self.value(slot, name, depth);
                fields.advance();
                read
            }
            _ => self.value(fields.named(name), name, depth),
        };
        read.map_err(|reason| if fields.hides(name) { hidden_mismatch(name) } else { reason })
    }

    /// Decodes a list that is documented with elements called `inner`. Also accepts a list without them, in which the
    /// current element is an item.
    fn wrapped(&mut self, inner: &str, items: &mut dyn Items, name: &str, depth: usize) -> Result<(), String> {
        loop {
            match self.next()? {
                Event::Start(start) => {
                    let child = start.name();
                    match child.as_ref() {
                        child if child == inner => self.value(items.push(), child, depth + 1)?,
                        child if has_item_field(items, child) => {
                            let Slot::Object(item) = items.push() else { return self.skip() };
                            self.field(&mut Fields::new(item), child, depth + 1)?;
                            return self.object(item, depth + 1);
                        }
                        _ => self.skip()?,
                    }
                }
                Event::Empty(start) if has_item_field(items, start.name().as_ref()) => {
                    let Slot::Object(item) = items.push() else { return self.skip() };
                    put(named(item, start.name().as_ref()), "", start.name().as_ref())?;
                    return self.object(item, depth + 1);
                }
                Event::Text(text) if !text.trim().is_empty() => {
                    let mut all = self.content(text).into_owned();
                    all.push_str(&self.text(name)?);
                    return match items.push() {
                        Slot::Object(_) => Err(mismatch(name, "a list", &shown(&all))),
                        item => put(item, &all, name),
                    };
                }
                Event::End(_) => return Ok(()),
                Event::Eof => return Err("it ends before the root element is closed".to_owned()),
                _ => {}
            }
        }
    }

    fn value(&mut self, slot: Slot<'_>, name: &str, depth: usize) -> Result<(), String> {
        if depth >= MAX_DEPTH {
            return Err(format!("its elements are nested more than {MAX_DEPTH} levels deep"));
        }
        match slot {
            Slot::Skip => self.skip(),
            Slot::Object(object) => self.object(object, depth + 1),
            Slot::Wrapped(inner, items) => self.wrapped(inner, items, name, depth + 1),
            // The object around a list is a single element, so it can only be the first one.
            Slot::List(items) => {
                if items.get(0).is_none() && self.are_items(items) {
                    return self.items(items, depth + 1);
                }
                self.value(items.push(), name, depth + 1)
            }
            Slot::OptionalObject(items) => self.value(items.push(), name, depth + 1),
            Slot::Map(entries) => self.map(entries, depth + 1),
            Slot::Text(target) | Slot::Raw(target) => {
                *target = self.text_or_json(depth + 1)?.into_owned();
                Ok(())
            }
            Slot::OptionalText(target) | Slot::OptionalRaw(target) => {
                *target = Some(self.text_or_json(depth + 1)?.into_owned());
                Ok(())
            }
            slot => {
                let text = self.text(name)?;
                put(slot, &text, name)
            }
        }
    }

    fn map(&mut self, entries: &mut dyn Entries, depth: usize) -> Result<(), String> {
        loop {
            match self.next()? {
                Event::Start(start) => {
                    let key = start.name();
                    self.value(entries.insert(key.as_ref().to_owned()), key.as_ref(), depth)?;
                }
                Event::Empty(start) => {
                    let key = start.name();
                    put(entries.insert(key.as_ref().to_owned()), "", key.as_ref())?;
                }
                Event::End(_) => return Ok(()),
                Event::Eof => return Err("it ends before the root element is closed".to_owned()),
                _ => {}
            }
        }
    }

    /// Decodes all elements as items, whatever their names are.
    fn items(&mut self, items: &mut dyn Items, depth: usize) -> Result<(), String> {
        loop {
            match self.next()? {
                Event::Start(start) => self.value(items.push(), start.name().as_ref(), depth)?,
                Event::Empty(start) => put(items.push(), "", start.name().as_ref())?,
                Event::End(_) => return Ok(()),
                Event::Eof => return Err("it ends before the root element is closed".to_owned()),
                _ => {}
            }
        }
    }

    /// Whether the current element, which is documented as an item, contains items instead: elements that all have the
    /// same name, which is not a field of an item.
    fn are_items(&self, items: &mut dyn Items) -> bool {
        let item = items.push();
        let are_scalars = !matches!(item, Slot::Object(_));
        items.clear();
        let mut ahead = Self { reader: self.reader.clone(), ..*self };
        let mut first: Option<String> = None;
        loop {
            let Ok(event) = ahead.next() else { return false };
            let (start, has_end) = match &event {
                Event::Start(start) => (start, true),
                Event::Empty(start) => (start, false),
                Event::Text(text) if are_scalars && text.trim().is_empty() => continue,
                Event::CData(_) | Event::GeneralRef(_) | Event::Text(_) if are_scalars => return false,
                Event::End(_) => return first.is_some(),
                Event::Eof => return false,
                _ => continue,
            };
            let name = start.name();
            // Elements with different names are unknown fields, not items.
            let is_other = first.get_or_insert_with(|| name.as_ref().to_owned()) != name.as_ref();
            if is_other || has_item_field(items, name.as_ref()) || has_end && ahead.skip().is_err() {
                return false;
            }
        }
    }

    /// Reads the text of the current element.
    fn text(&mut self, name: &str) -> Result<Cow<'t, str>, String> {
        self.text_or(|_, _, _| Err(format!("`{name}` should be a single value, but contains elements")))
    }

    /// Reads the text of the current element. If it contains elements, returns them as JSON.
    fn text_or_json(&mut self, depth: usize) -> Result<Cow<'t, str>, String> {
        self.text_or(|xml, child, is_empty| {
            let value = if is_empty { Value::from("") } else { xml.json(depth + 1)? };
            let members = Map::from_iter([(child.to_owned(), value)]);
            xml.rest_of_json(String::new(), members, depth).map(|value| value.to_string())
        })
    }

    /// Reads the text of the current element. At a child element, returns the result of `element` instead, which
    /// receives the name of the child, and whether it is an empty-element tag, which has no end tag.
    fn text_or(
        &mut self,
        element: impl FnOnce(&mut Self, &str, bool) -> Result<String, String>,
    ) -> Result<Cow<'t, str>, String> {
        let mut all = Cow::Borrowed("");
        loop {
            let piece = match self.next()? {
                Event::Text(text) => self.content(text),
                Event::CData(text) => text.xml10_content(),
                Event::GeneralRef(reference) => resolve(&reference)?,
                Event::End(_) => return Ok(all),
                Event::Start(start) => return element(self, start.name().as_ref(), false).map(Cow::Owned),
                Event::Empty(start) => return element(self, start.name().as_ref(), true).map(Cow::Owned),
                Event::Eof => return Err("it ends before the root element is closed".to_owned()),
                _ => continue,
            };
            if all.is_empty() {
                all = piece;
            } else {
                all.to_mut().push_str(&piece);
            }
        }
    }

    /// Reads the current element as JSON: a string, or an object in which repeated elements are a list.
    fn json(&mut self, depth: usize) -> Result<Value, String> {
        self.rest_of_json(String::new(), Map::new(), depth)
    }

    fn rest_of_json(
        &mut self,
        mut text: String,
        mut members: Map<String, Value>,
        depth: usize,
    ) -> Result<Value, String> {
        if depth >= MAX_DEPTH {
            return Err(format!("its elements are nested more than {MAX_DEPTH} levels deep"));
        }
        loop {
            let (name, value) = match self.next()? {
                Event::Start(start) => {
                    let name = start.name().as_ref().to_owned();
                    (name, self.json(depth + 1)?)
                }
                Event::Empty(start) => (start.name().as_ref().to_owned(), Value::from("")),
                Event::Text(piece) => {
                    text.push_str(&self.content(piece));
                    continue;
                }
                Event::CData(piece) => {
                    text.push_str(&piece.xml10_content());
                    continue;
                }
                Event::GeneralRef(reference) => {
                    text.push_str(&resolve(&reference)?);
                    continue;
                }
                Event::End(_) if members.is_empty() => return Ok(Value::String(text)),
                Event::End(_) => return Ok(Value::Object(members)),
                Event::Eof => return Err("it ends before the root element is closed".to_owned()),
                _ => continue,
            };
            match members.get_mut(&name) {
                None => drop(members.insert(name, value)),
                Some(Value::Array(items)) => items.push(value),
                Some(earlier) => *earlier = Value::Array(vec![earlier.take(), value]),
            }
        }
    }

    fn skip(&mut self) -> Result<(), String> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                Event::Eof => return Err("it ends before the root element is closed".to_owned()),
                _ => {}
            }
        }
        Ok(())
    }
}

fn check_root(root: &str, operation: Option<&str>) -> Result<(), String> {
    match operation {
        Some(operation) if root.strip_suffix("Response") != Some(operation) => {
            Err(format!("the root element is `{root}`, not `{operation}Response`"))
        }
        _ => Ok(()),
    }
}

fn put(slot: Slot<'_>, text: &str, name: &str) -> Result<(), String> {
    // An empty element is an empty list, not an item.
    let slot = match slot {
        Slot::List(_) if text.is_empty() => return Ok(()),
        slot => slot,
    };
    scalar::put(slot, text).map_err(|expected| mismatch(name, expected, &shown(text)))
}

/// Resolves a character reference, or one of the five predefined entities (XML 1.0, section 4.6).
fn resolve(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, String> {
    if let Some(one) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(Cow::Owned(one.to_string()));
    }
    quick_xml::escape::resolve_predefined_entity(reference)
        .map(Cow::Borrowed)
        .ok_or_else(|| format!("the entity `&{};` is unknown", &**reference))
}
