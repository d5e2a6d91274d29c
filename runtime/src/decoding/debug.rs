//! `Debug` of responses, based on the [`Decode`] implementation of their types.
//!
//! A derived `Debug` would cost more compile time than any other code that is generated for a type.

use std::cell::RefCell;
use std::fmt;

use crate::decoding::decode::{BODY, Decode, HEADER, Slot};

/// Writes the fields under their wire names, as a struct called `name`. Sensitive fields are written as `***`.
pub fn debug<T: Decode + Clone>(name: &str, fields: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // Only slots give access to the values, and they need a mutable reference.
    debug_copy(name, &mut fields.clone(), f)
}

fn debug_copy(name: &str, fields: &mut dyn Decode, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    each_field(fields, &mut |label, value| {
        shown.field(label, value);
    });
    shown.finish()
}

fn each_field(fields: &mut dyn Decode, visit: &mut dyn FnMut(&str, &dyn fmt::Debug)) {
    let hidden = fields.hidden();
    for index in 0.. {
        let label = match fields.field(index) {
            ("", _) => return,
            (BODY, _) => "body",
            (name, _) => name.strip_prefix(HEADER).unwrap_or(name),
        };
        if hidden.contains(&index) {
            visit(label, &format_args!("***"));
        } else {
            visit(label, &Shown::new(fields.field(index).1));
        }
    }
}

/// Shows the value of a slot.
struct Shown<'a>(RefCell<Slot<'a>>);

impl<'a> Shown<'a> {
    fn new(slot: Slot<'a>) -> Self {
        Self(RefCell::new(slot))
    }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &mut *self.0.borrow_mut() {
            Slot::Skip => f.write_str("_"),
            Slot::Text(value) | Slot::Raw(value) => value.fmt(f),
            Slot::OptionalText(value) | Slot::OptionalRaw(value) => value.fmt(f),
            Slot::Integer(value) => value.fmt(f),
            Slot::OptionalInteger(value) => value.fmt(f),
            Slot::Long(value) => value.fmt(f),
            Slot::OptionalLong(value) => value.fmt(f),
            Slot::Float(value) => value.fmt(f),
            Slot::OptionalFloat(value) => value.fmt(f),
            Slot::Boolean(value) => value.fmt(f),
            Slot::OptionalBoolean(value) => value.fmt(f),
            Slot::Base64(value) | Slot::Binary(value) => value.fmt(f),
            Slot::OptionalBase64(value) => value.fmt(f),
            Slot::Object(object) => {
                let mut shown = f.debug_map();
                each_field(*object, &mut |label, value| {
                    shown.entry(&label, value);
                });
                shown.finish()
            }
            Slot::OptionalObject(object) => object.get(0).map(Shown::new).fmt(f),
            Slot::List(items) | Slot::Wrapped(_, items) => {
                let mut shown = f.debug_list();
                let mut index = 0;
                while let Some(item) = items.get(index) {
                    shown.entry(&Shown::new(item));
                    index += 1;
                }
                shown.finish()
            }
            Slot::Map(entries) => {
                let mut shown = f.debug_map();
                entries.each(&mut |key, value| {
                    shown.entry(&key, &Shown::new(value));
                });
                shown.finish()
            }
        }
    }
}
