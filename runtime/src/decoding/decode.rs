//! Reading responses: one description per type serves JSON and XML.
//!
//! A generated type only says which fields it has and where each is to be put ([`Decode`]); the readers do the rest,
//! once, without generics. They are as lenient as the official Go client: integers as strings, `""` and `null` as
//! nothing, booleans in any case; unknown fields are skipped, missing ones keep their default.

use std::collections::BTreeMap;

use crate::operation::binary::Binary;

/// A type whose fields can be filled one by one.
pub trait Decode {
    /// A field's name, and where its value goes. Fields are counted from 0; behind the last, the name is empty.
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>);

    /// The fields whose values appear in no log.
    fn hidden(&self) -> &'static [usize] {
        &[]
    }
}

/// The name of a field for a body that is no object with known fields. On the wire it would be called otherwise.
pub const BODY: &str = "body:";

/// What the names of fields for headers begin with; the rest is in lower case.
pub(crate) const HEADER: &str = "header:";

/// Which field has this name. No method of the trait, which would be compiled for every type.
fn position(fields: &mut dyn Decode, name: &str) -> Option<usize> {
    let mut index = 0;
    loop {
        match fields.field(index).0 {
            "" => return None,
            known if known == name => return Some(index),
            _ => index += 1,
        }
    }
}

/// Where the field of this name goes.
pub fn named<'a>(fields: &'a mut dyn Decode, name: &str) -> Slot<'a> {
    match position(fields, name) {
        Some(index) => fields.field(index).1,
        None => Slot::Skip,
    }
}

/// Finds fields by name. The next one is mostly the successor of the last one.
pub(super) struct Fields<'a> {
    of: &'a mut dyn Decode,
    next: usize,
}

impl<'a> Fields<'a> {
    pub(super) fn new(of: &'a mut dyn Decode) -> Self {
        Self { of, next: 0 }
    }

    pub(super) fn named(&mut self, name: &str) -> Slot<'_> {
        let is_next = self.of.field(self.next).0 == name;
        let index = if is_next { Some(self.next) } else { position(self.of, name) };
        let Some(index) = index else { return Slot::Skip };
        self.next = index + 1;
        self.of.field(index).1
    }

    /// Whether the value of this field appears in no log, and in no error.
    pub(super) fn hides(&mut self, name: &str) -> bool {
        position(self.of, name).is_some_and(|index| self.of.hidden().contains(&index))
    }
}

/// Where a value goes.
#[expect(missing_docs, reason = "the names say it all")]
pub enum Slot<'a> {
    /// Nowhere: the field is not known.
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
    /// Any value, kept as its JSON text.
    Raw(&'a mut String),
    OptionalRaw(&'a mut Option<String>),
    /// Bytes that are Base64 on the wire.
    Base64(&'a mut Binary),
    OptionalBase64(&'a mut Option<Binary>),
    /// A whole body of bytes.
    Binary(&'a mut Binary),
    Object(&'a mut dyn Decode),
    OptionalObject(&'a mut dyn Items),
    List(&'a mut dyn Items),
    /// A list that is all of an object, under this name: `{"Region":[]}`.
    Wrapped(&'static str, &'a mut dyn Items),
    Map(&'a mut dyn Entries),
}

/// A list that can grow.
pub trait Items {
    /// Empties it.
    fn clear(&mut self);
    /// Where the value of an item goes.
    fn get(&mut self, index: usize) -> Option<Slot<'_>>;
    /// Adds an item, and returns the slot for its value.
    fn push(&mut self) -> Slot<'_>;
}

/// Whether items of the list are objects with such a field.
pub(super) fn has_item_field(items: &mut dyn Items, key: &str) -> bool {
    let has = |item: Slot<'_>| match item {
        Slot::Object(item) => position(item, key).is_some(),
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
    /// Empties it.
    fn clear(&mut self);
    /// Tells of each entry where its value goes.
    fn each(&mut self, tell: &mut dyn FnMut(&str, Slot<'_>));
    /// Adds an entry, and returns the slot for its value.
    fn insert(&mut self, key: String) -> Slot<'_>;
}

/// A type that can be an item of a list or a map.
pub trait Item: Default {
    /// Where its value goes.
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

// What is generic here is compiled for every type of a response: no closures, and little of the library.

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

    fn each(&mut self, tell: &mut dyn FnMut(&str, Slot<'_>)) {
        for (key, value) in self {
            tell(key, value.slot());
        }
    }

    fn insert(&mut self, key: String) -> Slot<'_> {
        self.entry(key).or_default().slot()
    }
}
