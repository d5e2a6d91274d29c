//! What a request holds: values by the place of their parameter in the operation's table.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine as _};

use crate::operation::binary::Binary;
use crate::operation::description::{Parameter, Parameters};
use crate::operation::json_text::Json;

/// The values of a request, or of an object inside one.
#[derive(Clone, Default, PartialEq)]
pub struct Input {
    values: Vec<(u16, Value)>,
}

/// A value of a request.
#[derive(Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it all")]
pub enum Value {
    Text(String),
    Json(Json),
    Binary(Binary),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
    Object(Input),
}

impl Input {
    /// No values.
    pub const fn new() -> Self {
        Self { values: Vec::new() }
    }

    /// The same with a value set; an earlier one is replaced.
    #[must_use]
    pub fn set(mut self, index: u16, value: impl Into<Value>) -> Self {
        self.put(index, value.into());
        self
    }

    /// The same with a text set.
    #[must_use]
    pub fn text(mut self, index: u16, value: impl Into<String>) -> Self {
        self.put(index, Value::Text(value.into()));
        self
    }

    /// The same with a value of any kind set.
    #[must_use]
    pub fn json(mut self, index: u16, value: impl Into<Json>) -> Self {
        self.put(index, Value::Json(value.into()));
        self
    }

    /// The same with bytes set that are a whole body.
    #[must_use]
    pub fn binary(mut self, index: u16, value: impl Into<Binary>) -> Self {
        self.put(index, Value::Binary(value.into()));
        self
    }

    /// The same with bytes set that are sent in Base64.
    #[must_use]
    pub fn base64(mut self, index: u16, value: impl Into<Binary>) -> Self {
        self.put(index, value.into().into());
        self
    }

    /// The same with a list set.
    #[must_use]
    pub fn list<T: Into<Value>>(mut self, index: u16, items: impl IntoIterator<Item = T>) -> Self {
        self.put(index, Value::List(items.into_iter().map(Into::into).collect()));
        self
    }

    /// The same with a list of texts set.
    #[must_use]
    pub fn texts<T: Into<String>>(mut self, index: u16, items: impl IntoIterator<Item = T>) -> Self {
        self.put(index, Value::List(items.into_iter().map(|item| Value::Text(item.into())).collect()));
        self
    }

    /// The same with a list of values of any kind set.
    #[must_use]
    pub fn jsons<T: Into<Json>>(self, index: u16, items: impl IntoIterator<Item = T>) -> Self {
        self.list(index, items.into_iter().map(|item| Value::Json(item.into())))
    }

    /// The same with a list of bytes set that are sent in Base64.
    #[must_use]
    pub fn base64s<T: Into<Binary>>(self, index: u16, items: impl IntoIterator<Item = T>) -> Self {
        self.list(index, items.into_iter().map(|item| Value::from(item.into())))
    }

    /// The same with a map set.
    #[must_use]
    pub fn map<K: Into<String>, T: Into<Value>>(
        mut self,
        index: u16,
        entries: impl IntoIterator<Item = (K, T)>,
    ) -> Self {
        self.put(index, Value::Map(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect()));
        self
    }

    fn put(&mut self, index: u16, value: Value) {
        match self.values.iter_mut().find(|(known, _)| *known == index) {
            Some((_, old)) => *old = value,
            None => {
                if self.values.is_empty() {
                    // Most requests set as many; growing by one at a time costs more than the room.
                    self.values.reserve(8);
                }
                self.values.push((index, value));
            }
        }
    }

    pub(crate) fn get(&self, index: u16) -> Option<&Value> {
        self.values.iter().find(|(known, _)| *known == index).map(|(_, value)| value)
    }

    /// The value at a path of indices, of which each leads into the object before it.
    #[cfg(feature = "pagination")]
    pub(crate) fn get_at(&self, path: &[u16]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        let value = self.get(*first)?;
        match value {
            _ if rest.is_empty() => Some(value),
            Value::Object(members) => members.get_at(rest),
            _ => None,
        }
    }

    /// Sets the value at a path of indices, and makes the objects on the way that are missing.
    #[cfg(feature = "pagination")]
    pub fn put_at(&mut self, path: &[u16], value: Value) {
        match path {
            [] => {}
            [index] => self.put(*index, value),
            [index, rest @ ..] => {
                if !matches!(self.get(*index), Some(Value::Object(_))) {
                    self.put(*index, Value::Object(Self::new()));
                }
                if let Some((_, Value::Object(members))) = self.values.iter_mut().find(|(known, _)| known == index) {
                    members.put_at(rest, value);
                }
            }
        }
    }

    pub(crate) fn has(&self, index: u16) -> bool {
        self.get(index).is_some()
    }

    /// The values that are set, each with its parameter.
    pub(crate) fn entries<'i>(&'i self, table: &Parameters) -> impl Iterator<Item = (Parameter, &'i Value)> {
        self.values.iter().filter_map(|(index, value)| Some((table.get(*index)?, value)))
    }

    /// Writes the values by wire name, the sensitive ones hidden, as the fields of a struct called `name`.
    pub fn debug(&self, f: &mut fmt::Formatter<'_>, name: &str, table: &Parameters) -> fmt::Result {
        let mut fields = f.debug_struct(name);
        for (parameter, value) in self.entries(table) {
            fields.field(parameter.name, &Shown { value, parameter });
        }
        fields.finish()
    }
}

struct Shown<'v> {
    value: &'v Value,
    parameter: Parameter,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value| Shown { value, parameter: self.parameter };
        if self.parameter.detail.sensitive {
            return f.write_str("***");
        }
        match self.value {
            Value::Text(text) => text.fmt(f),
            Value::Json(json) => f.write_str(&json.0),
            Value::Binary(bytes) => bytes.fmt(f),
            Value::Integer(number) => number.fmt(f),
            Value::Float(number) => number.fmt(f),
            Value::Boolean(flag) => flag.fmt(f),
            Value::List(items) => f.debug_list().entries(items.iter().map(shown)).finish(),
            Value::Map(entries) => {
                f.debug_map().entries(entries.iter().map(|(key, value)| (key, shown(value)))).finish()
            }
            Value::Object(input) => {
                let mut members = f.debug_map();
                for (parameter, value) in input.entries(self.parameter.detail.members) {
                    members.entry(&parameter.name, &Shown { value, parameter });
                }
                members.finish()
            }
        }
    }
}

macro_rules! value_from {
    ($($from:ty => $variant:ident),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Self::$variant(value.into())
            }
        }
    )*};
}

impl From<Json> for Value {
    fn from(json: Json) -> Self {
        Self::Json(json)
    }
}

impl From<Binary> for Value {
    fn from(bytes: Binary) -> Self {
        Self::Text(BASE64_STANDARD.encode(&*bytes))
    }
}

value_from! { String => Text, &str => Text, i32 => Integer, i64 => Integer, f64 => Float, bool => Boolean }

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<Value>> From<BTreeMap<String, T>> for Value {
    fn from(entries: BTreeMap<String, T>) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key, value.into())).collect())
    }
}

impl<T: Into<Value>> From<HashMap<String, T>> for Value {
    fn from(entries: HashMap<String, T>) -> Self {
        entries.into_iter().collect::<BTreeMap<_, _>>().into()
    }
}
