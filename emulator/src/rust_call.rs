//! The Rust that makes a call, with the types that the specs become.

use alicloud_model::{Field, Operation, Service, SharedTypes, Type};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

/// The statements that call an operation with these parameters. A value that its type cannot hold, or a required
/// parameter that is missing, becomes a `todo!`.
pub(crate) fn rust_call(service: &Service, operation: &Operation, parameters: &Map<String, Value>) -> String {
    let writing = Writing { module: &service.module, types: &service.types };
    let fields: Vec<&Field> = operation.parameters.iter().map(|parameter| &parameter.field).collect();
    let request = writing.built(&format!("{}Request", operation.rust_name), &fields, parameters, "    ");
    let (module, method) = (&service.module, &operation.method_name);
    format!(
        "let client = {module}::Client::new(&config)?;\nlet request = {request};\nlet answer = client.{method}(&request).await?;\n"
    )
}

struct Writing<'w> {
    module: &'w str,
    types: &'w SharedTypes,
}

/// Whether a text may be borrowed: arguments are converted, what is inside other values is not.
#[derive(Clone, Copy, PartialEq)]
enum Texts {
    Borrowed,
    Owned,
}

impl Writing<'_> {
    /// A constructor with its setters, which stand on lines of their own where there is an indent.
    fn built(&self, name: &str, fields: &[&Field], given: &Map<String, Value>, indent: &str) -> String {
        let value_of = |field: &Field| given.get(&field.name).filter(|value| !value.is_null());
        let required = fields.iter().filter(|field| field.required);
        let arguments = required.map(|field| match value_of(field) {
            Some(value) => self.value(&field.ty, value, Texts::Borrowed),
            None => todo(&format!("{} is required", field.name)),
        });
        let arguments: Vec<String> = arguments.collect();
        let mut text = format!("{}::{name}::new({})", self.module, arguments.join(", "));
        for field in fields.iter().filter(|field| !field.required) {
            let Some(value) = value_of(field) else { continue };
            let line = if indent.is_empty() { String::new() } else { format!("\n{indent}") };
            text += &format!("{line}.{}({})", field.rust_name, self.value(&field.ty, value, Texts::Borrowed));
        }
        text
    }

    fn value(&self, ty: &Type, value: &Value, texts: Texts) -> String {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let literal = format!("{text:?}");
        let written = match ty {
            Type::String if texts == Texts::Borrowed => Some(literal),
            Type::String => Some(format!("{literal}.to_owned()")),
            Type::Any if texts == Texts::Borrowed => Some(literal),
            Type::Any => Some(format!("{literal}.into()")),
            Type::Integer => text.parse::<i32>().ok().map(|number| number.to_string()),
            Type::Long => text.parse::<i64>().ok().map(|number| number.to_string()),
            Type::Float | Type::Double => {
                text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| format!("{number:?}"))
            }
            Type::Boolean => text.parse::<bool>().ok().map(|truth| truth.to_string()),
            Type::Bytes => STANDARD.decode(&text).ok().map(|bytes| bytes_literal(&bytes, texts)),
            Type::Binary => Some(bytes_literal(text.as_bytes(), texts)),
            Type::Object(object) => value.as_object().map(|given| self.object(&object.rust_name, ty, given)),
            Type::Shared(shared) => {
                value.as_object().map(|given| self.object(&format!("{}Input", shared.rust_name), ty, given))
            }
            Type::List(item) => value.as_array().map(|values| {
                // What `new` and the setters take is converted one level deep.
                let items: Vec<String> =
                    values.iter().map(|value| self.value(item, value, inner(item, texts))).collect();
                let vec = if texts == Texts::Owned { "vec!" } else { "" };
                format!("{vec}[{}]", items.join(", "))
            }),
            Type::Map(item) => value.as_object().map(|entries| {
                let to_owned = if texts == Texts::Owned { ".to_owned()" } else { "" };
                let entry = |(key, value): (&String, &Value)| {
                    format!("({key:?}{to_owned}, {})", self.value(item, value, Texts::Owned))
                };
                let entries: Vec<String> = entries.iter().map(entry).collect();
                let entries = format!("[{}]", entries.join(", "));
                if texts == Texts::Owned { format!("std::collections::BTreeMap::from({entries})") } else { entries }
            }),
            // A type that is newer than this.
            _ => None,
        };
        written.unwrap_or_else(|| todo(&format!("{text} is no {}", ty.spelling())))
    }

    fn object(&self, name: &str, ty: &Type, given: &Map<String, Value>) -> String {
        let members: Vec<&Field> = self.types.members_of(ty).unwrap_or_default().iter().collect();
        self.built(name, &members, given, "")
    }
}

/// Lists and maps within a list are not converted.
fn inner(item: &Type, texts: Texts) -> Texts {
    if matches!(item, Type::List(_) | Type::Map(_)) { Texts::Owned } else { texts }
}

fn todo(what: &str) -> String {
    format!("todo!(\"{{}}\", {what:?})")
}

fn bytes_literal(bytes: &[u8], texts: Texts) -> String {
    let into = if texts == Texts::Owned { ".into()" } else { "" };
    format!("b\"{}\"{into}", bytes.escape_ascii())
}
