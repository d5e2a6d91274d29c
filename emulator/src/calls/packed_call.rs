//! A recorded call, as the log stores it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use alicloud_model::ApiStyle;
use serde_json::Value;

use crate::calls::call::{Call, CallOutcome};
use crate::catalog::parameter_names::ParameterNames;
use crate::signature::version::SignatureVersion;
use crate::wire::format::Format;

/// A recorded call with all its texts in one allocation.
///
/// A [`Call`] has dozens of allocations. To free those of the oldest call would take longer than to serve the new one,
/// because they are no longer in the caches of the processor.
#[derive(Clone)]
pub(crate) struct PackedCall {
    pub(crate) number: u64,
    time: SystemTime,
    took: Duration,
    signature: SignatureVersion,
    format: Format,
    outcome: CallOutcome,
    style: ApiStyle,
    names: Option<Arc<ParameterNames>>,
    is_path_sensitive: bool,
    /// The other fields of the call, one after the other.
    texts: Arc<[u8]>,
}

impl PackedCall {
    pub(crate) fn new(call: &Call) -> Self {
        // Without `..`, so that no field is forgotten.
        let Call {
            number,
            time,
            took,
            product,
            operation,
            version,
            method,
            path,
            host,
            user_agent,
            signature,
            format,
            parameters,
            query,
            form,
            headers,
            body,
            input,
            nonce,
            outcome,
            style,
            names,
            is_path_sensitive,
        } = call;
        let mut texts = Packing(Vec::with_capacity(1024));
        for text in [product, operation, version, method, path, host, user_agent, nonce] {
            texts.text(text);
        }
        texts.texts(parameters);
        texts.names(query);
        texts.names(form);
        texts.texts(headers);
        texts.bytes(body);
        texts.value(input);
        Self {
            number: *number,
            time: *time,
            took: *took,
            signature: *signature,
            format: *format,
            outcome: outcome.clone(),
            style: *style,
            names: names.clone(),
            is_path_sensitive: *is_path_sensitive,
            texts: texts.0.into(),
        }
    }

    pub(crate) fn unpack(&self) -> Call {
        let mut texts = Unpacking(&self.texts);
        // The values are evaluated in this order, which is that of `new`.
        Call {
            number: self.number,
            time: self.time,
            took: self.took,
            product: texts.text(),
            operation: texts.text(),
            version: texts.text(),
            method: texts.text(),
            path: texts.text(),
            host: texts.text(),
            user_agent: texts.text(),
            signature: self.signature,
            format: self.format,
            nonce: texts.text(),
            parameters: texts.texts(),
            query: texts.names(),
            form: texts.names(),
            headers: texts.texts(),
            body: texts.bytes().to_owned(),
            input: texts.value(),
            outcome: self.outcome.clone(),
            style: self.style,
            names: self.names.clone(),
            is_path_sensitive: self.is_path_sensitive,
        }
    }

    /// Returns the size in memory, in bytes.
    pub(crate) fn weight(&self) -> usize {
        size_of::<Self>() + self.texts.len()
    }
}

/// The first byte of a packed JSON value.
mod kind {
    pub(super) const TEXT: u8 = 0;
    pub(super) const LIST: u8 = 1;
    pub(super) const OBJECT: u8 = 2;
    pub(super) const FLOAT: u8 = 3;
    /// An integer, a Boolean or null, as JSON.
    pub(super) const OTHER: u8 = 4;
}

/// Packs texts: each after its length.
struct Packing(Vec<u8>);

impl Packing {
    fn length(&mut self, length: usize) {
        // A request is much shorter than 4 GiB.
        self.0.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.length(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    fn names(&mut self, names: &BTreeSet<String>) {
        self.length(names.len());
        names.iter().for_each(|name| self.text(name));
    }

    fn texts(&mut self, texts: &BTreeMap<String, String>) {
        self.length(texts.len());
        for (name, text) in texts {
            self.text(name);
            self.text(text);
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                self.0.push(kind::TEXT);
                self.text(text);
            }
            Value::Array(items) => {
                self.0.push(kind::LIST);
                self.length(items.len());
                items.iter().for_each(|item| self.value(item));
            }
            Value::Object(members) => {
                self.0.push(kind::OBJECT);
                self.length(members.len());
                for (name, value) in members {
                    self.text(name);
                    self.value(value);
                }
            }
            // As a decimal text, it could be rounded.
            Value::Number(number) if number.is_f64() => {
                self.0.push(kind::FLOAT);
                self.0.extend_from_slice(&number.as_f64().unwrap_or_default().to_le_bytes());
            }
            other => {
                self.0.push(kind::OTHER);
                self.text(&other.to_string());
            }
        }
    }
}

/// Reads packed texts, in the order in which they were packed. After the end, all of them are empty.
struct Unpacking<'p>(&'p [u8]);

impl<'p> Unpacking<'p> {
    fn first<const N: usize>(&mut self) -> [u8; N] {
        let (first, rest) = self.0.split_first_chunk().unwrap_or((&[0; N], &[]));
        self.0 = rest;
        *first
    }

    fn length(&mut self) -> usize {
        usize::try_from(u32::from_le_bytes(self.first())).unwrap_or_default()
    }

    fn bytes(&mut self) -> &'p [u8] {
        let length = self.length();
        let (bytes, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        bytes
    }

    fn text(&mut self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }

    fn names(&mut self) -> BTreeSet<String> {
        (0..self.length()).map(|_| self.text()).collect()
    }

    fn texts(&mut self) -> BTreeMap<String, String> {
        (0..self.length()).map(|_| (self.text(), self.text())).collect()
    }

    fn value(&mut self) -> Value {
        match self.first() {
            [kind::TEXT] => Value::String(self.text()),
            [kind::LIST] => (0..self.length()).map(|_| self.value()).collect(),
            [kind::OBJECT] => (0..self.length()).map(|_| (self.text(), self.value())).collect(),
            [kind::FLOAT] => Value::from(f64::from_le_bytes(self.first())),
            _ => serde_json::from_slice(self.bytes()).unwrap_or_default(),
        }
    }
}
