//! JSON, on top of `serde_json`.
//!
//! Scalars are taken as raw text and converted leniently, so that a number read into a text keeps its digits.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize as _;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Decode, Entries, Items, Slot, scalar};

pub(super) fn read(text: &str, into: &mut dyn Decode) -> Result<(), String> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Fill { slot: Slot::Object(into), name: "" }
        .deserialize(&mut reader)
        .and_then(|()| reader.end())
        .map_err(|error| format!("the body is no readable JSON: {error}"))
}

/// Puts the next value in a slot. `name` is the field's, for errors.
struct Fill<'s, 'n> {
    slot: Slot<'s>,
    name: &'n str,
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        match self.slot {
            Slot::Skip => IgnoredAny::deserialize(reader).map(drop),
            Slot::Object(object) => reader.deserialize_any(Structure { place: Place::Object(object), name: self.name }),
            Slot::OptionalObject(object) => {
                reader.deserialize_any(Structure { place: Place::Optional(object), name: self.name })
            }
            Slot::List(items) => reader.deserialize_any(Structure { place: Place::List(items), name: self.name }),
            Slot::Map(entries) => reader.deserialize_any(Structure { place: Place::Map(entries), name: self.name }),
            slot => {
                let raw = <&RawValue>::deserialize(reader)?.get();
                put_raw(slot, raw).map_err(|expected| misfit(self.name, expected, raw))
            }
        }
    }
}

fn put_raw(slot: Slot<'_>, raw: &str) -> Result<(), &'static str> {
    match (slot, raw.as_bytes().first()) {
        (Slot::Raw(place), _) => raw.clone_into(place),
        (Slot::OptionalRaw(place), _) => *place = (raw != "null").then(|| raw.to_owned()),
        (_, Some(b'n')) => {}
        (slot, Some(b'"')) => {
            let inner = raw.get(1..raw.len() - 1).unwrap_or_default();
            if inner.contains('\\') {
                let text = serde_json::from_str::<String>(raw).map_err(|_| "a text with good escapes")?;
                return scalar::put(slot, &text);
            }
            return scalar::put(slot, inner);
        }
        (_, Some(b'{' | b'[')) => return Err("a single value"),
        (slot, _) => return scalar::put(slot, raw),
    }
    Ok(())
}

#[cold]
fn misfit<E: serde::de::Error>(name: &str, expected: &str, found: &str) -> E {
    let shown: String = found.chars().take(60).collect();
    E::custom(format_args!("`{name}` should be {expected}, and is {shown}"))
}

struct Structure<'s, 'n> {
    place: Place<'s>,
    name: &'n str,
}

enum Place<'s> {
    Object(&'s mut dyn Decode),
    Optional(&'s mut dyn Items),
    List(&'s mut dyn Items),
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
        if text.trim().is_empty() { Ok(()) } else { Err(self.misfit(text)) }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        match self.place {
            Place::Object(object) => fill_object(object, members),
            Place::Optional(object) => match object.push() {
                Slot::Object(object) => fill_object(object, members),
                _ => Err(A::Error::custom("an object's place is no object")),
            },
            Place::Map(entries) => {
                entries.clear();
                while let Some(key) = members.next_key::<String>()? {
                    let name = key.clone();
                    members.next_value_seed(Fill { slot: entries.insert(key), name: &name })?;
                }
                Ok(())
            }
            Place::List(_) => Err(self.misfit("an object")),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Place::List(items) = self.place else { return Err(self.misfit("a list")) };
        items.clear();
        // The end is known only by asking for one more, so items come in an `Option` first.
        while list.next_element_seed(Item { items, name: self.name })?.is_some() {}
        Ok(())
    }
}

struct Item<'s, 'n> {
    items: &'s mut dyn Items,
    name: &'n str,
}

impl<'de> DeserializeSeed<'de> for Item<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        Fill { slot: self.items.push(), name: self.name }.deserialize(reader)
    }
}

fn fill_object<'de, A: MapAccess<'de>>(object: &mut dyn Decode, mut members: A) -> Result<(), A::Error> {
    while let Some(name) = members.next_key_seed(Key)? {
        members.next_value_seed(Fill { slot: object.slot(&name), name: &name })?;
    }
    Ok(())
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
