//! Constructors and queries for the fields and types of the model.

use alicloud_model::{Field, Limits, Object, Parameter, Position, SharedName, Style, Type};

/// A field with this name and type. Its Rust name is chosen when all fields of the object are known.
pub(crate) fn new_field(name: &str, ty: Type) -> Field {
    Field {
        name: name.to_owned(),
        rust_name: String::new(),
        ty,
        required: false,
        optional: false,
        doc: String::new(),
        example: None,
        values: Vec::new(),
        limits: Limits::default(),
        default: None,
        deprecated: None,
        sensitive: false,
    }
}

/// A required parameter in the path.
pub(crate) fn path_parameter(name: &str) -> Parameter {
    let field = Field { required: true, ..new_field(name, Type::String) };
    Parameter { field, position: Position::Path, style: Style::RepeatList }
}

/// An object. Its Rust name is chosen with that of the field.
pub(crate) fn new_object(fields: Vec<Field>) -> Type {
    Type::Object(Object { rust_name: String::new(), fields })
}

/// A shared type, with its name in the document.
pub(crate) fn new_shared(name: &str) -> Type {
    Type::Shared(SharedName { name: name.to_owned(), rust_name: String::new() })
}

/// The word of a type in a spec, or the name of a shared type.
pub(crate) fn word(ty: &Type) -> &str {
    if let Type::Shared(shared) = ty { &shared.name } else { ty.word().unwrap_or_default() }
}

pub(crate) fn is_whole_number(ty: &Type) -> bool {
    matches!(ty, Type::Integer | Type::Long)
}

/// The object that a type is, or that the items of a list or map are.
pub(crate) fn object_in(ty: &Type) -> Option<&Object> {
    match ty {
        Type::Object(object) => Some(object),
        Type::List(item) | Type::Map(item) => object_in(item),
        _ => None,
    }
}

/// Calls a function for each shared type that a type contains.
pub(crate) fn each_shared<'t>(ty: &'t Type, found: &mut dyn FnMut(&'t SharedName)) {
    match ty {
        Type::Shared(shared) => found(shared),
        Type::List(item) | Type::Map(item) => each_shared(item, found),
        Type::Object(object) => object.fields.iter().for_each(|field| each_shared(&field.ty, found)),
        _ => {}
    }
}

/// Calls a function for each shared type that a type contains, which can change it.
pub(crate) fn each_shared_mut(ty: &mut Type, change: &mut dyn FnMut(&mut SharedName)) {
    match ty {
        Type::Shared(shared) => change(shared),
        Type::List(item) | Type::Map(item) => each_shared_mut(item, change),
        Type::Object(object) => object.fields.iter_mut().for_each(|field| each_shared_mut(&mut field.ty, change)),
        _ => {}
    }
}
