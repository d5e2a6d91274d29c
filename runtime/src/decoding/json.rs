//! JSON, on top of `serde_json`.
//!
//! A number read into a text keeps its digits. `serde_json` hands over numbers as numbers, which is the same for whole
//! ones of 64 bits; where a text is to hold another one, reading fails and begins again with the texts taken raw.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::decoding::decode::{BODY, Decode, Entries, Fields, Items, Slot, has_item_field, named};
use crate::decoding::problem::{self, hidden_misfit, shown};
use crate::decoding::scalar;

/// Reads an object's fields.
pub(super) fn read(text: &str, into: &mut dyn Decode) -> Result<(), String> {
    // Inside, an empty list may stand for an empty object. A whole response is not empty.
    if text.starts_with('[') {
        return Err(format!("the body is no readable JSON: {}", problem::misfit("", "an object", "a list")));
    }
    // What was filled is filled again: lists and maps are emptied first.
    let outcome = fill(text, Slot::Object(into), "", false).or_else(|_| fill(text, Slot::Object(into), "", true));
    outcome.map_err(unreadable)
}

/// Reads one value into the field [`BODY`].
pub(super) fn read_whole(text: &str, into: &mut dyn Decode) -> Result<(), String> {
    let outcome = fill(text, named(into, BODY), "body", false).or_else(|_| fill(text, named(into, BODY), "body", true));
    outcome.map_err(|error| if Fields::new(into).hides(BODY) { hidden_misfit("body") } else { unreadable(error) })
}

fn fill(text: &str, slot: Slot<'_>, name: &str, raw_texts: bool) -> serde_json::Result<()> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Fill { slot, name, raw_texts }.deserialize(&mut reader)?;
    reader.end()
}

fn unreadable(error: serde_json::Error) -> String {
    format!("the body is no readable JSON: {error}")
}

/// Puts the next value in a slot. `name` is the field's, for errors.
struct Fill<'s, 'n> {
    slot: Slot<'s>,
    name: &'n str,
    raw_texts: bool,
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        let Self { slot, name, raw_texts } = self;
        match slot {
            Slot::Skip => IgnoredAny::deserialize(reader).map(drop),
            Slot::Object(object) => reader.deserialize_any(Structure { place: Place::Object(object), name, raw_texts }),
            Slot::OptionalObject(object) => {
                reader.deserialize_any(Structure { place: Place::Optional(object), name, raw_texts })
            }
            Slot::List(items) => reader.deserialize_any(Structure { place: Place::List(items), name, raw_texts }),
            Slot::Wrapped(inner, items) => {
                reader.deserialize_any(Structure { place: Place::Wrapped(inner, items), name, raw_texts })
            }
            Slot::Map(entries) => reader.deserialize_any(Structure { place: Place::Map(entries), name, raw_texts }),
            Slot::Raw(place) => {
                <&RawValue>::deserialize(reader)?.get().clone_into(place);
                Ok(())
            }
            Slot::OptionalRaw(place) => {
                let raw = <&RawValue>::deserialize(reader)?.get();
                *place = (raw != "null").then(|| raw.to_owned());
                Ok(())
            }
            slot @ (Slot::Text(_) | Slot::OptionalText(_)) if raw_texts => {
                let raw = <&RawValue>::deserialize(reader)?.get();
                put_raw(slot, raw).map_err(|expected| misfit(name, expected, &shown(raw)))
            }
            slot => reader.deserialize_any(Scalar { slot, name }),
        }
    }
}

fn put_raw(slot: Slot<'_>, raw: &str) -> Result<(), &'static str> {
    match raw.as_bytes().first() {
        Some(b'n') => Ok(()),
        Some(b'"') => {
            let text = serde_json::from_str::<Cow<'_, str>>(raw).map_err(|_| "a text with good escapes")?;
            scalar::put(slot, &text)
        }
        // A structure in place of a text is kept as its JSON.
        _ => scalar::put(slot, raw),
    }
}

#[cold]
fn misfit<E: serde::de::Error>(name: &str, expected: &str, found: &str) -> E {
    E::custom(problem::misfit(name, expected, found))
}

/// A single value.
struct Scalar<'s, 'n> {
    slot: Slot<'s>,
    name: &'n str,
}

impl Scalar<'_, '_> {
    fn put<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        scalar::put(self.slot, text).map_err(|expected| misfit(self.name, expected, &shown(text)))
    }
}

impl<'de> Visitor<'de> for Scalar<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a single value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        self.put(text)
    }

    fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<(), E> {
        self.put(if flag { "true" } else { "false" })
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) => self.put(&number.to_string()),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        match (self.slot, i32::try_from(number)) {
            (Slot::Integer(place), Ok(number)) => *place = number,
            (Slot::OptionalInteger(place), Ok(number)) => *place = Some(number),
            (Slot::Long(place), _) => *place = number,
            (Slot::OptionalLong(place), _) => *place = Some(number),
            (slot, _) => return Self { slot, ..self }.put(&number.to_string()),
        }
        Ok(())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        match self.slot {
            Slot::Float(place) => *place = number,
            Slot::OptionalFloat(place) => *place = Some(number),
            Slot::Text(_) | Slot::OptionalText(_) => return Err(E::custom("the number's digits are gone")),
            _ => return self.put(&number.to_string()),
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(misfit(self.name, "a single value", "an object"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(misfit(self.name, "a single value", "a list"))
    }
}

struct Structure<'s, 'n> {
    place: Place<'s>,
    name: &'n str,
    raw_texts: bool,
}

enum Place<'s> {
    Object(&'s mut dyn Decode),
    Optional(&'s mut dyn Items),
    List(&'s mut dyn Items),
    /// A list in an object, under this name.
    Wrapped(&'static str, &'s mut dyn Items),
    Map(&'s mut dyn Entries),
}

impl Structure<'_, '_> {
    fn misfit<E: serde::de::Error>(&self, found: &str) -> E {
        misfit(self.name, self.expected(), found)
    }

    fn expected(&self) -> &'static str {
        match self.place {
            Place::List(_) => "a list",
            _ => "an object",
        }
    }
}

impl<'de> Visitor<'de> for Structure<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        // Gateways write an empty structure as an empty text at times.
        if text.trim().is_empty() { Ok(()) } else { Err(self.misfit(&shown(text))) }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let raw_texts = self.raw_texts;
        match self.place {
            Place::Object(object) => fill_object(object, members, raw_texts),
            Place::Optional(object) => match object.push() {
                Slot::Object(object) => fill_object(object, members, raw_texts),
                _ => Err(A::Error::custom("an object's place is no object")),
            },
            Place::Map(entries) => {
                entries.clear();
                while let Some(key) = members.next_key::<String>()? {
                    let name = key.clone();
                    members.next_value_seed(Fill { slot: entries.insert(key), name: &name, raw_texts })?;
                }
                Ok(())
            }
            Place::List(items) => fill_list(items, None, members, self.name, raw_texts),
            Place::Wrapped(inner, items) => fill_list(items, Some(inner), members, self.name, raw_texts),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        match self.place {
            Place::List(items) | Place::Wrapped(_, items) => fill_items(items, list, self.name, self.raw_texts),
            // Some languages write an empty object as an empty list.
            _ => match list.next_element::<IgnoredAny>()? {
                None => Ok(()),
                Some(_) => Err(self.misfit("a list")),
            },
        }
    }
}

fn fill_items<'de, A: SeqAccess<'de>>(
    items: &mut dyn Items,
    mut list: A,
    name: &str,
    raw_texts: bool,
) -> Result<(), A::Error> {
    items.clear();
    while list.next_element_seed(Item { items, name, raw_texts })?.is_some() {}
    Ok(())
}

/// Fills a list from an object: the object around the list, or its only item. `inner` is the list's documented name in the
/// object around it.
fn fill_list<'de, A: MapAccess<'de>>(
    items: &mut dyn Items,
    inner: Option<&str>,
    mut members: A,
    name: &str,
    raw_texts: bool,
) -> Result<(), A::Error> {
    items.clear();
    let mut found = Found::Nothing;
    let mut is_empty = true;
    while let Some(key) = members.next_key_seed(Key)? {
        is_empty = false;
        if inner == Some(&*key) {
            members.next_value_seed(Fill { slot: Slot::List(items), name, raw_texts })?;
            found = Found::List;
            continue;
        }
        if found != Found::List && has_item_field(items, &key) {
            items.clear();
            return match items.push() {
                Slot::Object(item) => {
                    fill_member(&mut Fields::new(item), &key, &mut members, raw_texts)?;
                    fill_object(item, members, raw_texts)
                }
                _ => Err(A::Error::custom("an object's place is no object")),
            };
        }
        if found == Found::Nothing && inner.is_none() {
            found = members.next_value_seed(Inner { items, name, raw_texts })?;
        } else {
            members.next_value::<IgnoredAny>()?;
        }
    }
    if found == Found::Nothing && inner.is_none() && !is_empty {
        return Err(misfit(name, "a list", "an object"));
    }
    Ok(())
}

/// What an object in place of a list turned out to be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    /// The object around the list.
    List,
    /// The object around the only item, unless it has fields of an item itself.
    Item,
}

/// Reads what may be the list that is missing: a list, or its only item.
struct Inner<'s, 'n> {
    items: &'s mut dyn Items,
    name: &'n str,
    raw_texts: bool,
}

impl<'de> DeserializeSeed<'de> for Inner<'_, '_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Found, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Inner<'_, '_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_str<E>(self, _: &str) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Found, A::Error> {
        fill_items(self.items, list, self.name, self.raw_texts).map(|()| Found::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Found, A::Error> {
        match self.items.push() {
            Slot::Object(item) => fill_object(item, members, self.raw_texts).map(|()| Found::Item),
            _ => {
                while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Found::Nothing)
            }
        }
    }
}

struct Item<'s, 'n> {
    items: &'s mut dyn Items,
    name: &'n str,
    raw_texts: bool,
}

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        Fill { slot: self.items.push(), name: self.name, raw_texts: self.raw_texts }.deserialize(reader)
    }
}

fn fill_object<'de, A: MapAccess<'de>>(
    object: &mut dyn Decode,
    mut members: A,
    raw_texts: bool,
) -> Result<(), A::Error> {
    let mut fields = Fields::new(object);
    while let Some(name) = members.next_key_seed(Key)? {
        fill_member(&mut fields, &name, &mut members, raw_texts)?;
    }
    Ok(())
}

/// Puts the value that comes next in the field of this name.
#[inline(always)]
fn fill_member<'de, A: MapAccess<'de>>(
    fields: &mut Fields<'_>,
    name: &str,
    members: &mut A,
    raw_texts: bool,
) -> Result<(), A::Error> {
    let read = members.next_value_seed(Fill { slot: fields.named(name), name, raw_texts });
    read.map_err(|error| if fields.hides(name) { A::Error::custom(hidden_misfit(name)) } else { error })
}

/// A member's name, borrowed where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}
