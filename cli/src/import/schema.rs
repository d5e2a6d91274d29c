//! Reads the schemas of the document as types and fields.

use std::cell::RefCell;

use alicloud_model::{Bounds, Field, Length, LengthUnit, Limits, Range, Type, is_sensitive_name};

use super::field::{is_whole_number, new_field, new_object, new_shared, word};
use super::item_examples::ItemExamples;
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
    /// The examples of items in what was read.
    pub(crate) item_examples: ItemExamples,
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
        Self { shared, reached: RefCell::new(Vec::new()), item_examples: ItemExamples::default() }
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
            return Type::Any;
        }
        if let Some(reference) = schema.get("$ref").filled() {
            return self.read_reference(&reference, scope, depth);
        }
        if !schema.is_object() && !schema.is_empty() {
            scope.note(Reason::MalformedField, format!("the schema is {}, now `Any`", schema.kind()));
            return Type::Any;
        }
        let format = schema.get("format").text().unwrap_or_default();
        match kind_of(schema).as_str() {
            "object" => self.read_object(schema, scope, depth),
            "array" => {
                let items = schema.get("items");
                if items.is_null() {
                    return Type::List(Box::new(Type::Any));
                }
                Type::List(Box::new(self.read_item(items, scope, depth)))
            }
            "string" => match format.as_ref() {
                "byte" => Type::Bytes,
                "binary" => Type::Binary,
                _ => Type::String,
            },
            "integer" if format == "int32" => Type::Integer,
            "integer" => Type::Long,
            "number" => match format.as_ref() {
                "float" => Type::Float,
                "int32" => Type::Integer,
                "int64" => Type::Long,
                _ => Type::Double,
            },
            "boolean" => Type::Boolean,
            "any" | "" => Type::Any,
            other => {
                scope.note(Reason::Type, format!("unknown type `{other}`, now `Any`"));
                Type::Any
            }
        }
    }

    /// The type of the items of a list or a map.
    fn read_item(&self, schema: &Json, scope: &Scope<'_>, depth: usize) -> Type {
        let item = without_binary(self.read_type(schema, scope, depth + 1), "raw bytes inside a list or a map", scope);
        if levels(&item) >= DEEPEST_LIST {
            scope.note(Reason::TooDeep, format!("more than {DEEPEST_LIST} nested lists or maps"));
            return Type::Any;
        }
        item
    }

    fn read_reference(&self, reference: &str, scope: &Scope<'_>, depth: usize) -> Type {
        let Some((name, schema)) = self.schemas.find(reference) else {
            scope.note(Reason::MissingReference, format!("`{reference}`"));
            return Type::Any;
        };
        if schema.get("$ref").is_null() && kind_of(schema) == "object" && has_fields(schema) {
            let mut reached = self.schemas.reached.borrow_mut();
            if !reached.contains(&name) {
                reached.push(name);
            }
            return new_shared(name);
        }
        if self.inlined.borrow().contains(&name) {
            scope.note(Reason::EndlessReference, format!("`{reference}`"));
            return Type::Any;
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
            return new_object(self.read_fields(schema.get("properties").members(), scope, depth + 1));
        }
        if additional.is_object() {
            return Type::Map(Box::new(self.read_item(additional, scope, depth)));
        }
        if additional.flag() { Type::Map(Box::new(Type::Any)) } else { Type::Any }
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
        let mut field = new_field(name, ty);
        let items = if matches!(field.ty, Type::List(_)) { schema.get("items") } else { &Json::Null };
        field.sensitive = is_sensitive(name, &field.ty);
        field.deprecated = schema.get("deprecated").flag().then(String::new);
        field.doc = schema.get("description").filled().and_then(|text| markdown(&text)).unwrap_or_default();
        field.values = read_values(schema, items, &field.ty, scope);
        if self.role != Role::Response {
            field.required = schema.get("required").flag();
            // The gateway checks parameters, but not members of bodies. Some documents require members that the services do
            // not require, such as both a password and the key that replaces it.
            if field.required && self.role == Role::Body && depth > 0 {
                scope.note(Reason::RequiredMember, "the service decides");
                field.required = false;
            }
            field.limits = read_limits(schema, &field.ty, scope);
            field.default = read_default(&field, schema, scope);
        }
        field.example = schema.get("example").filled().map(|text| text.into_owned());
        if let Some(text) = field.example.take_if(|text| field.ty.check(text).is_err()) {
            scope.note(Reason::ExampleValue, format!("`{text}` is not of type {}", word(&field.ty)));
        }
        if self.role != Role::Response
            && let Some(example) = items.get("example").filled()
        {
            self.schemas.item_examples.add(scope, &example);
        }
        field
    }
}

/// Whether a field is sensitive. Flags and numbers are not. Of an object, each field is checked.
fn is_sensitive(name: &str, ty: &Type) -> bool {
    match ty {
        Type::String | Type::Any | Type::Bytes | Type::Binary => is_sensitive_name(name),
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
    if ty != Type::Binary {
        return ty;
    }
    scope.note(Reason::Type, format!("{what}, now `String`"));
    Type::String
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
        let fits = *item == Type::String || is_whole_number(item);
        if text.is_empty() || values.contains(&text) {
            scope.note(Reason::Value, format!("`{text}` is empty or a duplicate"));
        } else if !fits || item.check(&text).is_err() {
            scope.note(Reason::Value, format!("`{text}` is not a value of {}", word(item)));
        } else {
            values.push(text);
        }
    }
    values
}

fn read_limits(schema: &Json, ty: &Type, scope: &Scope<'_>) -> Limits {
    let is_text = matches!(ty, Type::String | Type::Any);
    let is_list = matches!(ty, Type::List(_));
    let length = read_bounds(schema, ("minLength", "maxLength"), is_text, scope);
    let length = length.map(|bounds| Length { bounds, unit: LengthUnit::Characters });
    let count = read_bounds(schema, ("minItems", "maxItems"), is_list, scope);
    let range = read_range(schema, ty, scope);
    let mut pattern = schema.get("pattern").filled().map(|text| text.into_owned());
    if let Some(pattern) = pattern.take_if(|_| !is_text) {
        scope.note(Reason::Limit, format!("the pattern `{pattern}` of {}", word(ty)));
    }
    Limits { length, range, count, pattern }
}

/// Reads the bounds of a length or of a number of items.
fn read_bounds(schema: &Json, (least, greatest): (&str, &str), applies: bool, scope: &Scope<'_>) -> Option<Bounds> {
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
        return None;
    }
    let bounds = Bounds { min: min.filter(|min| *min > 0), max };
    (bounds != Bounds::default()).then_some(bounds)
}

const MINIMUM: BoundKeys = BoundKeys { key: "minimum", exclusive: "exclusiveMinimum", step: 1 };
const MAXIMUM: BoundKeys = BoundKeys { key: "maximum", exclusive: "exclusiveMaximum", step: -1 };

/// The keys of a bound of a range.
struct BoundKeys {
    key: &'static str,
    exclusive: &'static str,
    /// The distance from an exclusive bound to the first allowed value.
    step: i64,
}

fn read_range(schema: &Json, ty: &Type, scope: &Scope<'_>) -> Option<Range> {
    let (range, is_ordered) = match ty {
        Type::Integer | Type::Long => {
            let bound = |keys| read_whole_bound(schema, ty, keys, scope);
            let (min, max) = (bound(&MINIMUM), bound(&MAXIMUM));
            (min.or(max).map(|_| Range::Integer { min, max }), min.zip(max).is_none_or(|(min, max)| min <= max))
        }
        Type::Float | Type::Double => {
            let bound = |keys| read_float_bound(schema, keys, scope);
            let (min, max) = (bound(&MINIMUM), bound(&MAXIMUM));
            (min.or(max).map(|_| Range::Float { min, max }), min.zip(max).is_none_or(|(min, max)| min <= max))
        }
        _ => {
            for keys in [&MINIMUM, &MAXIMUM] {
                if let Some(text) = schema.get(keys.key).filled() {
                    note_bound(keys, &text, "does not fit the type", scope);
                }
            }
            (None, true)
        }
    };
    if !is_ordered {
        scope.note(Reason::Limit, "`minimum` is greater than `maximum`");
    }
    range.filter(|_| is_ordered)
}

fn read_whole_bound(schema: &Json, ty: &Type, keys: &BoundKeys, scope: &Scope<'_>) -> Option<i64> {
    let text = schema.get(keys.key).filled()?;
    let is_exclusive = schema.get(keys.exclusive).flag();
    let number =
        whole(&text).and_then(|number| if is_exclusive { number.checked_add(keys.step) } else { Some(number) });
    let number = number.filter(|number| ty.check(&number.to_string()).is_ok());
    if number.is_none() {
        note_bound(keys, &text, "is not a value of the type", scope);
    }
    number
}

fn read_float_bound(schema: &Json, keys: &BoundKeys, scope: &Scope<'_>) -> Option<f64> {
    let text = schema.get(keys.key).filled()?;
    let why = match text.trim().parse::<f64>() {
        Ok(_) if schema.get(keys.exclusive).flag() => "is exclusive, which the range of a fraction cannot be",
        Ok(number) if number.is_finite() => return Some(number),
        _ => "is not a number",
    };
    note_bound(keys, &text, why, scope);
    None
}

fn note_bound(keys: &BoundKeys, text: &str, why: &str, scope: &Scope<'_>) {
    scope.note(Reason::Limit, format!("`{}: {}` {why}", keys.key, text.trim()));
}

fn read_default(field: &Field, schema: &Json, scope: &Scope<'_>) -> Option<String> {
    let text = schema.get("default").filled()?.into_owned();
    let why = if field.required {
        "a required field never uses it"
    } else if !field.ty.is_scalar() {
        "only scalars have one"
    } else if field.ty.check(&text).is_err() {
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
    let Limits { length, range, .. } = &field.limits;
    let has_length = |length: &Length| {
        let count = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        is_between(&count, length.bounds.min.as_ref(), length.bounds.max.as_ref())
    };
    let is_in_range = |range: &Range| match range {
        Range::Integer { min, max } => {
            text.parse().is_ok_and(|number: i64| is_between(&number, min.as_ref(), max.as_ref()))
        }
        Range::Float { min, max } => {
            text.parse().is_ok_and(|number: f64| is_between(&number, min.as_ref(), max.as_ref()))
        }
    };
    length.as_ref().is_none_or(has_length) && range.as_ref().is_none_or(is_in_range)
}

fn is_between<N: PartialOrd>(number: &N, min: Option<&N>, max: Option<&N>) -> bool {
    min.is_none_or(|min| number >= min) && max.is_none_or(|max| number <= max)
}

/// Reads a whole number, also if it is written as `10.0`.
fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits =
        text.split_once('.').filter(|(_, rest)| rest.bytes().all(|one| one == b'0')).map_or(text, |(whole, _)| whole);
    digits.parse().ok()
}
