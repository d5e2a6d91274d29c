//! The description of response types, from which JSON and XML are decoded.
//!
//! A generated type only lists its fields, with a [`Slot`] for the value of each ([`Decode`]). The decoders are
//! implemented once, without generics. They are as lenient as the official Go client: they accept integers as strings,
//! `""` and `null` as missing values, and booleans in any case. Unknown fields are skipped, and missing fields keep
//! their default.

use std::collections::BTreeMap;

use crate::operation::binary::Binary;

/// A type that can be decoded field by field.
pub trait Decode {
    /// Returns the name of a field, and the slot for its value. Indices begin at 0. After the last field, the name is
    /// empty.
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>);

    /// Returns the indices of the sensitive fields, whose values must not appear in logs.
    fn hidden(&self) -> &'static [usize] {
        &[]
    }
}

/// The name of the field for a whole body that is not an object with known fields. No field on the wire has this name.
pub const BODY: &str = "body:";

/// The prefix of the names of fields for headers. The rest of the name is the header's, in lower case.
pub(crate) const HEADER: &str = "header:";

/// The index of the field with this name. The fields from `first` on are tried before the others. It is not a method of
/// the trait, because that would be compiled for every type.
fn position(fields: &mut dyn Decode, first: usize, name: &str) -> Option<usize> {
    let mut index = first;
    let mut end = usize::MAX;
    while index < end {
        match fields.field(index).0 {
            "" if end == usize::MAX => (index, end) = (0, first),
            known if known == name => return Some(index),
            _ => index += 1,
        }
    }
    None
}

/// Returns the slot of the field with this name, or [`Slot::Skip`] if there is none.
pub fn named<'a>(fields: &'a mut dyn Decode, name: &str) -> Slot<'a> {
    match position(fields, 0, name) {
        Some(index) => fields.field(index).1,
        None => Slot::Skip,
    }
}

/// Finds fields by name. Tries the successor of the last field first, because fields are usually in order.
pub(super) struct Fields<'a> {
    of: &'a mut dyn Decode,
    next: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(of: &'a mut dyn Decode) -> Self {
        Self { of, next: 0 }
    }

    /// The next field in the documented order. After the last one, its name is empty.
    #[inline]
    pub(super) fn peek(&mut self) -> (&'static str, Slot<'_>) {
        self.of.field(self.next)
    }

    /// Moves on to the field after the next one.
    #[inline]
    pub(super) fn advance(&mut self) {
        self.next += 1;
    }

    pub(super) fn named(&mut self, name: &str) -> Slot<'_> {
        let Some(index) = position(self.of, self.next, name) else { return Slot::Skip };
        self.next = index + 1;
        self.of.field(index).1
    }

    /// Whether the field is sensitive. The values of sensitive fields must not appear in logs and errors.
    pub(super) fn hides(&mut self, name: &str) -> bool {
        position(self.of, 0, name).is_some_and(|index| self.of.hidden().contains(&index))
    }
}

/// The target for a decoded value.
#[expect(missing_docs, reason = "the names say it all")]
pub enum Slot<'a> {
    /// The field is not known, and its value is skipped.
    Skip,
    Text(&'a mut String),
    OptionalText(&'a mut Option<String>),
    Integer(&'a mut i32),
    OptionalInteger(&'a mut Option<i32>),
    Long(&'a mut i64),
    OptionalLong(&'a mut Option<i64>),
    Float(&'a mut f64),
    OptionalFloat(&'a mut Option<f64>),
    Boolean(&'a mut bool),
    OptionalBoolean(&'a mut Option<bool>),
    /// A value of any type, as JSON text.
    Raw(&'a mut String),
    OptionalRaw(&'a mut Option<String>),
    /// Bytes in Base64.
    Base64(&'a mut Binary),
    OptionalBase64(&'a mut Option<Binary>),
    /// A whole body, as bytes.
    Binary(&'a mut Binary),
    Object(&'a mut dyn Decode),
    OptionalObject(&'a mut dyn Items),
    List(&'a mut dyn Items),
    /// A list in an object whose only member is the list, with this name: `{"Region":[]}`.
    Wrapped(&'static str, &'a mut dyn Items),
    Map(&'a mut dyn Entries),
}

/// A list that can grow.
pub trait Items {
    /// Removes everything.
    fn clear(&mut self);
    /// Returns the slot of the item with this index.
    fn get(&mut self, index: usize) -> Option<Slot<'_>>;
    /// Adds an item and returns its slot.
    fn push(&mut self) -> Slot<'_>;
}

/// Whether the items of the list are objects with this field.
pub(super) fn has_item_field(items: &mut dyn Items, key: &str) -> bool {
    let has = |item: Slot<'_>| match item {
        Slot::Object(item) => position(item, 0, key).is_some(),
        _ => false,
    };
    if let Some(item) = items.get(0) {
        return has(item);
    }
    let found = has(items.push());
    items.clear();
    found
}

/// A map that can grow.
pub trait Entries {
    /// Removes everything.
    fn clear(&mut self);
    /// Calls `visit` with the key and the slot of each entry.
    fn each(&mut self, visit: &mut dyn FnMut(&str, Slot<'_>));
    /// Adds an entry and returns its slot.
    fn insert(&mut self, key: String) -> Slot<'_>;
}

/// A type that can be an item of a list or a map.
pub trait Item: Default {
    /// Returns the slot of the value.
    fn slot(&mut self) -> Slot<'_>;
}

impl<T: Decode + Default> Item for T {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }
}

macro_rules! scalar_items {
    ($($of:ty => $slot:ident),*) => {$(
        impl Item for $of {
            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }
        }
    )*};
}

scalar_items! { String => Text, i32 => Integer, i64 => Long, f64 => Float, bool => Boolean, Binary => Base64 }

impl<T: Decode + ?Sized> Decode for Box<T> {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        T::field(self, index)
    }

    fn hidden(&self) -> &'static [usize] {
        T::hidden(self)
    }
}

impl<T: Item> Item for Vec<T> {
    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Item> Item for BTreeMap<String, T> {
    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
}

// The generic code below is compiled for every response type, so it avoids closures and calls into the standard
// library.

impl<T: Item> Items for Vec<T> {
    fn clear(&mut self) {
        Vec::clear(self);
    }

    fn get(&mut self, index: usize) -> Option<Slot<'_>> {
        let item = self.get_mut(index)?;
        Some(item.slot())
    }

    fn push(&mut self) -> Slot<'_> {
        let index = self.len();
        Vec::push(self, T::default());
        match self.get_mut(index) {
            Some(item) => item.slot(),
            None => Slot::Skip,
        }
    }
}

impl<T: Item> Items for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }

    fn get(&mut self, index: usize) -> Option<Slot<'_>> {
        match self {
            Some(item) if index == 0 => Some(item.slot()),
            _ => None,
        }
    }

    fn push(&mut self) -> Slot<'_> {
        self.insert(T::default()).slot()
    }
}

impl<T: Item> Entries for BTreeMap<String, T> {
    fn clear(&mut self) {
        BTreeMap::clear(self);
    }

    fn each(&mut self, visit: &mut dyn FnMut(&str, Slot<'_>)) {
        for (key, value) in self {
            visit(key, value.slot());
        }
    }

    fn insert(&mut self, key: String) -> Slot<'_> {
        self.entry(key).or_default().slot()
    }
}
