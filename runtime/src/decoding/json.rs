//! Decodes JSON, with `serde_json`.
//!
//! A number that is decoded into a string keeps its digits. `serde_json` parses numbers, which preserves the digits of
//! 64-bit integers only. If a string field has another number, decoding fails and starts again with raw strings.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::decoding::decode::{BODY, Decode, Entries, Fields, Items, Slot, has_item_field, named};
use crate::decoding::problem::{self, hidden_mismatch, shown};
use crate::decoding::scalar;

/// Decodes the fields of an object.
pub(super) fn read(text: &str, into: &mut dyn Decode) -> Result<(), String> {
    // Inside a response, an empty list may mean an empty object. The whole response must be an object.
    if text.starts_with('[') {
        return Err(format!("the body cannot be decoded as JSON: {}", problem::mismatch("", "an object", "a list")));
    }
    // The second attempt overwrites the first one. It clears lists and maps before it fills them.
    let outcome = fill(text, Slot::Object(into), "", false).or_else(|_| fill(text, Slot::Object(into), "", true));
    outcome.map_err(decoding_error)
}

/// Decodes a value into the field [`BODY`].
pub(super) fn read_whole(text: &str, into: &mut dyn Decode) -> Result<(), String> {
    let outcome = fill(text, named(into, BODY), "body", false).or_else(|_| fill(text, named(into, BODY), "body", true));
    outcome.map_err(|error| if Fields::new(into).hides(BODY) { hidden_mismatch("body") } else { decoding_error(error) })
}

fn fill(text: &str, slot: Slot<'_>, name: &str, raw_strings: bool) -> serde_json::Result<()> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Fill { slot, name, raw_strings }.deserialize(&mut reader)?;
    reader.end()
}

fn decoding_error(error: serde_json::Error) -> String {
    format!("the body cannot be decoded as JSON: {error}")
}

/// Decodes the next value into a slot. `name` is the name of the field, for errors.
struct Fill<'s, 'n> {
    slot: Slot<'s>,
    name: &'n str,
    raw_strings: bool,
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        let Self { slot, name, raw_strings } = self;
        match slot {
            Slot::Skip => IgnoredAny::deserialize(reader).map(drop),
            Slot::Object(object) => {
                reader.deserialize_any(Structure { target: Target::Object(object), name, raw_strings })
            }
            Slot::OptionalObject(object) => {
                reader.deserialize_any(Structure { target: Target::Optional(object), name, raw_strings })
            }
            Slot::List(items) => reader.deserialize_any(Structure { target: Target::List(items), name, raw_strings }),
            Slot::Wrapped(inner, items) => {
                reader.deserialize_any(Structure { target: Target::Wrapped(inner, items), name, raw_strings })
            }
            Slot::Map(entries) => reader.deserialize_any(Structure { target: Target::Map(entries), name, raw_strings }),
            Slot::Raw(target) => {
                <&RawValue>::deserialize(reader)?.get().clone_into(target);
                Ok(())
            }
            Slot::OptionalRaw(target) => {
                let raw = <&RawValue>::deserialize(reader)?.get();
                *target = (raw != "null").then(|| raw.to_owned());
                Ok(())
            }
            slot @ (Slot::Text(_) | Slot::OptionalText(_)) if raw_strings => {
                let raw = <&RawValue>::deserialize(reader)?.get();
                put_raw(slot, raw).map_err(|expected| mismatch(name, expected, &shown(raw)))
            }
            slot => reader.deserialize_any(Scalar { slot, name }),
        }
    }
}

fn put_raw(slot: Slot<'_>, raw: &str) -> Result<(), &'static str> {
    match raw.as_bytes().first() {
        Some(b'n') => Ok(()),
        Some(b'"') => {
            let text = serde_json::from_str::<Cow<'_, str>>(raw).map_err(|_| "a string with valid escapes")?;
            scalar::put(slot, &text)
        }
        // If there is a structure instead of a string, its JSON is kept.
        _ => scalar::put(slot, raw),
    }
}

#[cold]
fn mismatch<E: serde::de::Error>(name: &str, expected: &str, found: &str) -> E {
    E::custom(problem::mismatch(name, expected, found))
}

/// A single value.
struct Scalar<'s, 'n> {
    slot: Slot<'s>,
    name: &'n str,
}

impl Scalar<'_, '_> {
    fn put<E: serde::de::Error>(self, text: &str) -> Result<(), E> {
        scalar::put(self.slot, text).map_err(|expected| mismatch(self.name, expected, &shown(text)))
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
        match self.slot {
            Slot::Boolean(target) => *target = flag,
            Slot::OptionalBoolean(target) => *target = Some(flag),
            _ => return self.put(if flag { "true" } else { "false" }),
        }
        Ok(())
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<(), E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) => self.put(&number.to_string()),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<(), E> {
        match (self.slot, i32::try_from(number)) {
            (Slot::Integer(target), Ok(number)) => *target = number,
            (Slot::OptionalInteger(target), Ok(number)) => *target = Some(number),
            (Slot::Long(target), _) => *target = number,
            (Slot::OptionalLong(target), _) => *target = Some(number),
            (slot, _) => return Self { slot, ..self }.put(&number.to_string()),
        }
        Ok(())
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<(), E> {
        match self.slot {
            Slot::Float(target) => *target = number,
            Slot::OptionalFloat(target) => *target = Some(number),
            Slot::Text(_) | Slot::OptionalText(_) => return Err(E::custom("the digits of the number are lost")),
            _ => return self.put(&number.to_string()),
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(mismatch(self.name, "a single value", "an object"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(mismatch(self.name, "a single value", "a list"))
    }
}

struct Structure<'s, 'n> {
    target: Target<'s>,
    name: &'n str,
    raw_strings: bool,
}

enum Target<'s> {
    Object(&'s mut dyn Decode),
    Optional(&'s mut dyn Items),
    List(&'s mut dyn Items),
    /// A list in an object, with this name.
    Wrapped(&'static str, &'s mut dyn Items),
    Map(&'s mut dyn Entries),
}

impl Structure<'_, '_> {
    fn mismatch<E: serde::de::Error>(&self, found: &str) -> E {
        mismatch(self.name, self.expected(), found)
    }

    fn expected(&self) -> &'static str {
        match self.target {
            Target::List(_) => "a list",
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
        // Gateways sometimes write an empty structure as an empty string.
        if text.trim().is_empty() { Ok(()) } else { Err(self.mismatch(&shown(text))) }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let raw_strings = self.raw_strings;
        match self.target {
            Target::Object(object) => fill_object(object, members, raw_strings),
            Target::Optional(object) => match object.push() {
                Slot::Object(object) => fill_object(object, members, raw_strings),
                _ => Err(A::Error::custom("the slot of an object is not an object")),
            },
            Target::Map(entries) => {
                entries.clear();
                while let Some(key) = members.next_key::<String>()? {
                    let name = key.clone();
                    members.next_value_seed(Fill { slot: entries.insert(key), name: &name, raw_strings })?;
                }
                Ok(())
            }
            Target::List(items) => fill_list(items, None, members, self.name, raw_strings),
            Target::Wrapped(inner, items) => fill_list(items, Some(inner), members, self.name, raw_strings),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        match self.target {
            Target::List(items) | Target::Wrapped(_, items) => fill_items(items, list, self.name, self.raw_strings),
            // Some languages write an empty object as an empty list.
            _ => match list.next_element::<IgnoredAny>()? {
                None => Ok(()),
                Some(_) => Err(self.mismatch("a list")),
            },
        }
    }
}

fn fill_items<'de, A: SeqAccess<'de>>(
    items: &mut dyn Items,
    mut list: A,
    name: &str,
    raw_strings: bool,
) -> Result<(), A::Error> {
    items.clear();
    while list.next_element_seed(Item { items, name, raw_strings })?.is_some() {}
    Ok(())
}

/// Decodes an object into a list. The object is either around the list, or the only item of the list. `inner` is the
/// documented name of the list in the object around it.
fn fill_list<'de, A: MapAccess<'de>>(
    items: &mut dyn Items,
    inner: Option<&str>,
    mut members: A,
    name: &str,
    raw_strings: bool,
) -> Result<(), A::Error> {
    items.clear();
    let mut found = Found::Nothing;
    let mut is_empty = true;
    while let Some(key) = members.next_key_seed(Key)? {
        is_empty = false;
        if inner == Some(&*key) {
            members.next_value_seed(Fill { slot: Slot::List(items), name, raw_strings })?;
            found = Found::List;
            continue;
        }
        if found != Found::List && has_item_field(items, &key) {
            items.clear();
            return match items.push() {
                Slot::Object(item) => {
                    fill_member(&mut Fields::new(item), &key, &mut members, raw_strings)?;
                    fill_object(item, members, raw_strings)
                }
                _ => Err(A::Error::custom("the slot of an object is not an object")),
            };
        }
        if found == Found::Nothing && inner.is_none() {
            found = members.next_value_seed(Inner { items, name, raw_strings })?;
        } else {
            members.next_value::<IgnoredAny>()?;
        }
    }
    if found == Found::Nothing && inner.is_none() && !is_empty {
        return Err(mismatch(name, "a list", "an object"));
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
struct Inner<'s, 'n> {
    items: &'s mut dyn Items,
    name: &'n str,
    raw_strings: bool,
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
        fill_items(self.items, list, self.name, self.raw_strings).map(|()| Found::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Found, A::Error> {
        match self.items.push() {
            Slot::Object(item) => fill_object(item, members, self.raw_strings).map(|()| Found::Item),
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
    raw_strings: bool,
}

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        Fill { slot: self.items.push(), name: self.name, raw_strings: self.raw_strings }.deserialize(reader)
    }
}

fn fill_object<'de, A: MapAccess<'de>>(
    object: &mut dyn Decode,
    mut members: A,
    raw_strings: bool,
) -> Result<(), A::Error> {
    let mut fields = Fields::new(object);
    while let Some(name) = members.next_key_seed(Key)? {
        fill_member(&mut fields, &name, &mut members, raw_strings)?;
    }
    Ok(())
}

/// Decodes the next value into the field with this name.
#[inline(always)]
fn fill_member<'de, A: MapAccess<'de>>(
    fields: &mut Fields<'_>,
    name: &str,
    members: &mut A,
    raw_strings: bool,
) -> Result<(), A::Error> {
    let read = members.next_value_seed(Fill { slot: fields.named(name), name, raw_strings });
    read.map_err(|error| if fields.hides(name) { A::Error::custom(hidden_mismatch(name)) } else { error })
}

/// Decodes the name of a member. It is borrowed if it has no escapes.
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
