//! Writes expressions for sample values, for the examples in specs and in the documentation.

use std::fmt::Write as _;

use alicloud_model::{Field, Operation, Sample, SharedTypes, Type, decode_base64};

use crate::literal::{listed, literal};
use crate::shared_types::input_name;

/// Writes sample values as expressions.
pub(crate) struct SampleCode<'m> {
    /// The prefix for the names of types: the path of the product's module, with `::`, or nothing.
    pub(crate) path: String,
    pub(crate) types: &'m SharedTypes,
}

impl SampleCode<'_> {
    /// Writes `NameRequest::new(required…).setter(…)…`, with `before_setter` before each setter. `missing` returns the
    /// expression of a required parameter without a value. If it returns `None`, the parameter is omitted.
    pub(crate) fn request(
        &self,
        operation: &Operation,
        values: &[(String, Sample)],
        before_setter: &str,
        missing: impl Fn(&Field) -> Option<String>,
    ) -> String {
        let fields = operation.parameters.iter().map(|parameter| &parameter.field);
        self.construction(&format!("{}Request", operation.rust_name), fields, values, before_setter, &missing)
    }

    fn construction<'f>(
        &self,
        name: &str,
        fields: impl Iterator<Item = &'f Field>,
        members: &[(String, Sample)],
        before_setter: &str,
        missing: &dyn Fn(&Field) -> Option<String>,
    ) -> String {
        let (mut required, mut setters) = (Vec::new(), String::new());
        for field in fields {
            let sample = members.iter().find(|(known, _)| *known == field.name).map(|(_, sample)| sample);
            match (sample, field.required) {
                (Some(sample), true) => required.push(self.value(&field.ty, sample)),
                (Some(sample), false) => {
                    // Writing to a String cannot fail.
                    let _ = write!(setters, "{before_setter}.{}({})", field.rust_name, self.value(&field.ty, sample));
                }
                (None, true) => required.extend(missing(field)),
                (None, false) => {}
            }
        }
        format!("{}{name}::new({}){setters}", self.path, listed(required))
    }

    /// Writes a value as a setter or a constructor accepts it.
    pub(crate) fn value(&self, ty: &Type, sample: &Sample) -> String {
        match (ty, sample) {
            // A setter accepts many types, and an empty list or map does not determine which one it has.
            (Type::List(item), Sample::List(samples)) if samples.is_empty() => match **item {
                Type::String | Type::Any => "Vec::<&str>::new()".to_owned(),
                Type::Bytes => "Vec::<&[u8]>::new()".to_owned(),
                _ => "vec![]".to_owned(),
            },
            (Type::Map(_), Sample::Object(members)) if members.is_empty() => {
                "std::collections::BTreeMap::<String, _>::new()".to_owned()
            }
            (Type::List(item), Sample::List(samples)) => {
                // A setter converts the items of its list, but no deeper values.
                let items = samples.iter().map(|sample| match **item {
                    Type::List(_) | Type::Map(_) => self.owned(item, sample),
                    _ => self.value(item, sample),
                });
                format!("vec![{}]", listed(items))
            }
            (Type::Map(item), Sample::Object(members)) => {
                let entries = members
                    .iter()
                    .map(|(key, sample)| format!("(String::from({}), {})", literal(key), self.owned(item, sample)));
                format!("std::collections::BTreeMap::from([{}])", listed(entries))
            }
            (Type::Object(object), Sample::Object(members)) => {
                self.construction(&object.rust_name, object.fields.iter(), members, "", &|_| None)
            }
            (Type::Shared(shared), Sample::Object(members)) => {
                let fields = self.types.members_of(ty).unwrap_or_default();
                self.construction(&input_name(shared), fields.iter(), members, "", &|_| None)
            }
            // The model has checked that texts are values of their types.
            (Type::Integer | Type::Long, Sample::Text(text)) => {
                text.parse().map_or(0, |number: i64| number).to_string()
            }
            (Type::Float | Type::Double, Sample::Text(text)) => float(text.parse().unwrap_or_default()),
            (Type::Boolean, Sample::Text(text)) => text.to_ascii_lowercase(),
            (Type::Bytes, Sample::Text(text)) => {
                format!("b\"{}\".as_slice()", decode_base64(text).unwrap_or_default().escape_ascii())
            }
            (_, Sample::Text(text)) => literal(text),
            // The model rejects every other pair.
            _ => "()".to_owned(),
        }
    }

    /// Writes a value of exactly the type that the request stores.
    fn owned(&self, ty: &Type, sample: &Sample) -> String {
        match (ty, sample) {
            (Type::List(item), Sample::List(samples)) => {
                format!("vec![{}]", listed(samples.iter().map(|sample| self.owned(item, sample))))
            }
            (Type::String | Type::Any | Type::Bytes, _) => format!("{}.into()", self.value(ty, sample)),
            _ => self.value(ty, sample),
        }
    }
}

/// Writes a float. There are no literals for infinities and NaN.
fn float(value: f64) -> String {
    if value.is_nan() {
        "f64::NAN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "f64::INFINITY".to_owned() } else { "f64::NEG_INFINITY".to_owned() }
    } else {
        format!("{value:?}")
    }
}
