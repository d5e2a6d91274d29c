//! Reads the schemas of the document as types and fields.

use std::cell::RefCell;
use std::cmp::Ordering;

use alicloud_model::is_sensitive_name;

use super::field::{Field, Scalar, Span, Type};
use super::json::Json;
use super::naming::check_field_name;
use super::prose::markdown;
use super::report::{Reason, Scope};

/// The maximum depth of a type, so that no document can exhaust the stack. Documented types are less deep.
const DEEPEST: usize = 32;

/// The maximum number of nested lists and maps in a spec.
const DEEPEST_LIST: usize = 8;

/// The part of an operation that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Request,
    /// A request body.
    Body,
    Response,
}

/// The shared schemas of the document, and the names of those that are used.
pub(crate) struct Schemas<'d> {
    shared: &'d [(String, Json)],
    reached: RefCell<Vec<&'d str>>,
}

/// The state in which a type is read.
struct Reading<'d, 'r> {
    schemas: &'r Schemas<'d>,
    role: Role,
    /// The shared schemas that are being inlined, to detect circles.
    inlined: RefCell<Vec<&'d str>>,
}

impl<'d> Schemas<'d> {
    pub(crate) fn new(shared: &'d [(String, Json)]) -> Self {
        Self { shared, reached: RefCell::new(Vec::new()) }
    }

    /// Reads the type that a schema describes.
    pub(crate) fn read(&self, schema: &Json, role: Role, scope: &Scope<'_>) -> Type {
        self.reading(role).read_type(schema, scope, 0)
    }

    /// Reads a field that a schema describes.
    pub(crate) fn read_field(&self, name: &str, schema: &Json, role: Role, scope: &Scope<'_>) -> Field {
        self.reading(role).read_field(name, schema, scope, 0)
    }

    /// Reads the fields of an object.
    pub(crate) fn read_fields(&self, properties: &[(String, Json)], role: Role, scope: &Scope<'_>) -> Vec<Field> {
        self.reading(role).read_fields(properties, scope, 0)
    }

    /// The schema that a reference refers to, with its name.
    pub(crate) fn find(&self, reference: &str) -> Option<(&'d str, &'d Json)> {
        let name = reference.rsplit('/').next().unwrap_or(reference).replace("~1", "/").replace("~0", "~");
        self.shared.iter().find(|(known, _)| *known == name).map(|(name, schema)| (name.as_str(), schema))
    }

    /// The shared types that were referred to, with their fields, in the document's order.
    pub(crate) fn shared_types(&self, scope: &Scope<'_>) -> Vec<(String, Vec<Field>)> {
        let mut types: Vec<(&'d str, Vec<Field>)> = Vec::new();
        // A type may refer to further ones.
        while let Some(name) = self.next_unread(&types) {
            let schema = self.shared.iter().find(|(known, _)| known == name).map(|(_, schema)| schema);
            let properties = schema.map_or(&[][..], |schema| schema.get("properties").members());
            let fields = self.reading(Role::Body).read_fields(properties, &scope.inside(name), 1);
            types.push((name, fields));
        }
        let index = |name: &str| self.shared.iter().position(|(known, _)| known == name);
        types.sort_by_key(|(name, _)| index(name));
        types.into_iter().map(|(name, fields)| (name.to_owned(), fields)).collect()
    }

    fn next_unread(&self, read: &[(&'d str, Vec<Field>)]) -> Option<&'d str> {
        // They are read in the order in which they were reached.
        self.reached.borrow().get(read.len()).copied()
    }

    fn reading(&self, role: Role) -> Reading<'d, '_> {
        Reading { schemas: self, role, inlined: RefCell::new(Vec::new()) }
    }
}

/// Whether a schema is an object with fields that have usable names.
pub(crate) fn has_fields(schema: &Json) -> bool {
    schema.get("properties").members().iter().any(|(name, _)| check_field_name(name).is_ok())
}

impl<'d> Reading<'d, '_> {
    fn read_type(&self, schema: &Json, scope: &Scope<'_>, depth: usize) -> Type {
        if depth > DEEPEST {
            scope.note(Reason::TooDeep, format!("more than {DEEPEST} levels"));
            return Type::ANY;
        }
        if let Some(reference) = schema.get("$ref").filled() {
            return self.read_reference(&reference, scope, depth);
        }
        if !schema.is_object() && !schema.is_empty() {
            scope.note(Reason::MalformedField, format!("the schema is {}, now `Any`", schema.kind()));
            return Type::ANY;
        }
        let format = schema.get("format").text().unwrap_or_default();
        match kind_of(schema).as_str() {
            "object" => self.read_object(schema, scope, depth),
            "array" => {
                let items = schema.get("items");
                if items.is_null() {
                    return Type::List(Box::new(Type::ANY));
                }
                Type::List(Box::new(self.read_item(items, scope, depth)))
            }
            "string" => match format.as_ref() {
                "byte" => Type::Scalar(Scalar::Bytes),
                "binary" => Type::Scalar(Scalar::Binary),
                _ => Type::STRING,
            },
            "integer" => Type::Scalar(if format == "int32" { Scalar::Integer } else { Scalar::Long }),
            "number" => Type::Scalar(match format.as_ref() {
                "float" => Scalar::Float,
                "int32" => Scalar::Integer,
                "int64" => Scalar::Long,
                _ => Scalar::Double,
            }),
            "boolean" => Type::Scalar(Scalar::Boolean),
            "any" | "" => Type::ANY,
            other => {
                scope.note(Reason::Type, format!("unknown type `{other}`, now `Any`"));
                Type::ANY
            }
        }
    }

    /// The type of the items of a list or a map.
    fn read_item(&self, schema: &Json, scope: &Scope<'_>, depth: usize) -> Type {
        let item = without_binary(self.read_type(schema, scope, depth + 1), "raw bytes inside a list or a map", scope);
        if levels(&item) >= DEEPEST_LIST {
            scope.note(Reason::TooDeep, format!("more than {DEEPEST_LIST} nested lists or maps"));
            return Type::ANY;
        }
        item
    }

    fn read_reference(&self, reference: &str, scope: &Scope<'_>, depth: usize) -> Type {
        let Some((name, schema)) = self.schemas.find(reference) else {
            scope.note(Reason::MissingReference, format!("`{reference}`"));
            return Type::ANY;
        };
        if schema.get("$ref").is_null() && kind_of(schema) == "object" && has_fields(schema) {
            let mut reached = self.schemas.reached.borrow_mut();
            if !reached.contains(&name) {
                reached.push(name);
            }
            return Type::Shared(name.to_owned());
        }
        if self.inlined.borrow().contains(&name) {
            scope.note(Reason::EndlessReference, format!("`{reference}`"));
            return Type::ANY;
        }
        self.inlined.borrow_mut().push(name);
        let ty = self.read_type(schema, scope, depth + 1);
        self.inlined.borrow_mut().pop();
        ty
    }

    fn read_object(&self, schema: &Json, scope: &Scope<'_>, depth: usize) -> Type {
        let additional = schema.get("additionalProperties");
        if has_fields(schema) {
            if additional.is_object() || additional.flag() {
                scope.note(Reason::Type, "an object with fields and free keys; only the fields are kept");
            }
            return Type::Object(self.read_fields(schema.get("properties").members(), scope, depth + 1));
        }
        if additional.is_object() {
            return Type::Map(Box::new(self.read_item(additional, scope, depth)));
        }
        if additional.flag() { Type::Map(Box::new(Type::ANY)) } else { Type::ANY }
    }

    fn read_fields(&self, properties: &[(String, Json)], scope: &Scope<'_>, depth: usize) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::with_capacity(properties.len());
        for (name, schema) in properties {
            if let Err(why) = check_field_name(name) {
                scope.inside(name).note(Reason::UnsafeName, why);
            } else if fields.iter().any(|other| &other.name == name) {
                scope.inside(name).note(Reason::MalformedField, "it is a duplicate; the first is used");
            } else {
                let scope = scope.inside(name);
                let mut field = self.read_field(name, schema, &scope, depth);
                field.ty = without_binary(field.ty, "raw bytes inside an object", &scope);
                fields.push(field);
            }
        }
        fields
    }

    fn read_field(&self, name: &str, schema: &Json, scope: &Scope<'_>, depth: usize) -> Field {
        let ty = self.read_type(schema, scope, depth);
        let mut field = Field::new(name, ty);
        let items = if matches!(field.ty, Type::List(_)) { schema.get("items") } else { &Json::Null };
        field.sensitive = is_sensitive(name, &field.ty);
        field.deprecated = schema.get("deprecated").flag();
        field.doc = schema.get("description").filled().and_then(|text| markdown(&text));
        field.values = read_values(schema, items, &field.ty, scope);
        if self.role != Role::Response {
            field.required = schema.get("required").flag();
            // The gateway checks parameters, but not members of bodies. Some documents require members that the services do
            // not require, such as both a password and the key that replaces it.
            if field.required && self.role == Role::Body && depth > 0 {
                scope.note(Reason::RequiredMember, "the service decides");
                field.required = false;
            }
            read_limits(&mut field, schema, scope);
            field.default = read_default(&field, schema, scope);
        }
        field.example = schema.get("example").filled().map(|text| text.into_owned());
        if let Some(text) = field.example.take_if(|text| !field.ty.accepts(text)) {
            scope.note(Reason::ExampleValue, format!("`{text}` is not of type {}", field.ty.word()));
        }
        field.item_example = items.get("example").filled().map(|text| text.into_owned());
        field
    }
}

/// Whether a field is sensitive. Flags and numbers are not. Of an object, each field is checked.
fn is_sensitive(name: &str, ty: &Type) -> bool {
    match ty {
        Type::Scalar(Scalar::String | Scalar::Any | Scalar::Bytes | Scalar::Binary) => is_sensitive_name(name),
        Type::List(item) | Type::Map(item) => is_sensitive(name, item),
        _ => false,
    }
}

/// The kind of a schema, derived from its parts if it is not stated.
fn kind_of(schema: &Json) -> String {
    let ty = schema.get("type");
    let stated = ty.filled().or_else(|| ty.items().iter().filter_map(Json::filled).find(|word| word != "null"));
    match stated {
        Some(word) => word.trim().to_ascii_lowercase(),
        None if schema.get("properties").is_object() || schema.get("additionalProperties").is_object() => {
            "object".into()
        }
        None if !schema.get("items").is_null() => "array".into(),
        None => String::new(),
    }
}

/// Replaces raw bytes, which can only be a whole body, with text.
pub(crate) fn without_binary(ty: Type, what: &str, scope: &Scope<'_>) -> Type {
    if ty != Type::Scalar(Scalar::Binary) {
        return ty;
    }
    scope.note(Reason::Type, format!("{what}, now `String`"));
    Type::STRING
}

/// The number of nested lists and maps.
fn levels(ty: &Type) -> usize {
    match ty {
        Type::List(item) | Type::Map(item) => 1 + levels(item),
        _ => 0,
    }
}

/// Reads the documented values; those of a list are values of its items.
fn read_values(schema: &Json, items: &Json, ty: &Type, scope: &Scope<'_>) -> Vec<String> {
    let item = if let Type::List(item) = ty { item } else { ty };
    let listed = [schema, items].into_iter().map(|schema| schema.get("enum").items()).find(|listed| !listed.is_empty());
    let mut values: Vec<String> = Vec::new();
    for value in listed.unwrap_or_default() {
        let text = value.filled().unwrap_or_default().into_owned();
        let fits = *item == Type::STRING || item.is_whole_number();
        if text.is_empty() || values.contains(&text) {
            scope.note(Reason::Value, format!("`{text}` is empty or a duplicate"));
        } else if !fits || !item.accepts(&text) {
            scope.note(Reason::Value, format!("`{text}` is not a value of {}", item.word()));
        } else {
            values.push(text);
        }
    }
    values
}

fn read_limits(field: &mut Field, schema: &Json, scope: &Scope<'_>) {
    let is_text = field.ty == Type::STRING || field.ty == Type::ANY;
    let is_list = matches!(field.ty, Type::List(_));
    field.length = read_count(schema, ("minLength", "maxLength"), is_text, scope);
    field.count = read_count(schema, ("minItems", "maxItems"), is_list, scope);
    field.range = read_range(schema, &field.ty, scope);
    field.pattern = schema.get("pattern").filled().map(|text| text.into_owned());
    if let Some(pattern) = field.pattern.take_if(|_| !is_text) {
        scope.note(Reason::Limit, format!("the pattern `{pattern}` of {}", field.ty.word()));
    }
}

/// Reads the bounds of a length or of a number of items.
fn read_count(schema: &Json, (least, greatest): (&str, &str), applies: bool, scope: &Scope<'_>) -> Span {
    let bound = |key: &str| {
        let text = schema.get(key).filled()?;
        let number = whole(&text).and_then(|number| u64::try_from(number).ok());
        if number.is_none() {
            scope.note(Reason::Limit, format!("`{key}: {text}` is not a count"));
        } else if !applies {
            scope.note(Reason::Limit, format!("`{key}: {text}` does not fit the type"));
            return None;
        }
        number
    };
    let (min, max) = (bound(least), bound(greatest));
    if min.zip(max).is_some_and(|(min, max)| min > max) {
        scope.note(Reason::Limit, format!("`{least}` is greater than `{greatest}`"));
        return Span::default();
    }
    (min.filter(|min| *min > 0).map(|min| min.to_string()), max.map(|max| max.to_string()))
}

fn read_range(schema: &Json, ty: &Type, scope: &Scope<'_>) -> Span {
    let least = read_bound(schema, ty, ("minimum", "exclusiveMinimum"), 1, scope);
    let greatest = read_bound(schema, ty, ("maximum", "exclusiveMaximum"), -1, scope);
    let value = |bound: &Option<String>| bound.as_ref().and_then(|text| text.parse::<f64>().ok());
    if value(&least).zip(value(&greatest)).is_some_and(|(least, greatest)| least > greatest) {
        scope.note(Reason::Limit, "`minimum` is greater than `maximum`");
        return Span::default();
    }
    (least, greatest)
}

/// Reads a bound of a range. `step` is the distance from an exclusive bound to the first allowed value.
fn read_bound(
    schema: &Json,
    ty: &Type,
    (key, exclusive): (&str, &str),
    step: i64,
    scope: &Scope<'_>,
) -> Option<String> {
    let text = schema.get(key).filled()?;
    let text = text.trim();
    let is_exclusive = schema.get(exclusive).flag();
    let refuse = |why: &str| {
        scope.note(Reason::Limit, format!("`{key}: {text}` {why}"));
        None
    };
    match ty {
        Type::Scalar(Scalar::Integer | Scalar::Long) => {
            let number =
                whole(text).and_then(|number| if is_exclusive { number.checked_add(step) } else { Some(number) });
            match number.map(|number| number.to_string()) {
                Some(number) if ty.accepts(&number) => Some(number),
                _ => refuse("is not a value of the type"),
            }
        }
        Type::Scalar(Scalar::Float | Scalar::Double) => match text.parse::<f64>() {
            Ok(_) if is_exclusive => refuse("is exclusive, which the range of a fraction cannot be"),
            Ok(number) if number.is_finite() => Some(number.to_string()),
            _ => refuse("is not a number"),
        },
        _ => refuse("does not fit the type"),
    }
}

fn read_default(field: &Field, schema: &Json, scope: &Scope<'_>) -> Option<String> {
    let text = schema.get("default").filled()?.into_owned();
    let why = if field.required {
        "a required field never uses it"
    } else if !field.ty.is_scalar() {
        "only scalars have one"
    } else if !field.ty.accepts(&text) {
        "it is not of the type"
    } else if !is_within_limits(field, &text) {
        "it is outside of the limits"
    } else {
        return Some(text);
    };
    scope.note(Reason::Default, format!("`{text}`: {why}"));
    None
}

/// Whether a scalar is within the limits of the field.
pub(crate) fn is_within_limits(field: &Field, text: &str) -> bool {
    let length = text.chars().count().to_string();
    keeps(&length, &field.length) && keeps(text, &field.range)
}

fn keeps(number: &str, (least, greatest): &Span) -> bool {
    let is = |bound: &Option<String>, wrong: Ordering| {
        bound.as_ref().is_some_and(|bound| compare(number, bound) == Some(wrong))
    };
    !is(least, Ordering::Less) && !is(greatest, Ordering::Greater)
}

/// Compares whole numbers as such, because large ones lose digits as floating-point numbers.
fn compare(one: &str, other: &str) -> Option<Ordering> {
    match (one.parse::<i64>(), other.parse::<i64>()) {
        (Ok(one), Ok(other)) => Some(one.cmp(&other)),
        _ => one.parse::<f64>().ok()?.partial_cmp(&other.parse::<f64>().ok()?),
    }
}

/// Reads a whole number, also if it is written as `10.0`.
fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits =
        text.split_once('.').filter(|(_, rest)| rest.bytes().all(|one| one == b'0')).map_or(text, |(whole, _)| whole);
    digits.parse().ok()
}
