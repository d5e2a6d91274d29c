//! Request structs: a constructor with the required parameters, and a setter for each optional one.

use alicloud_model::{ApiStyle, Field, Method, Object, Operation, ResponseKind, Service, SharedType, Type};

use crate::client;
use crate::docs::{self, deprecated, doc};
use crate::error_type;
use crate::literal::{listed, literal, literals};
use crate::parameter_table::{Table, members_name};
use crate::shared_types;
use crate::value_type::request_type;
use crate::written_types::WrittenTypes;

/// Adds the request of an operation, with the objects inside it.
pub(crate) fn request(operation: &Operation, service: &Service, types: &mut WrittenTypes) {
    let name = &operation.rust_name;
    let text = doc(&docs::request(operation, service));
    let deprecation = deprecated(operation.deprecated.as_deref());
    let table = Table::of_operation(operation);
    let fields = table.fields();
    let methods = constructor_and_setters(&fields);
    let wire_name = literal(&operation.name);
    let method = match operation.preferred_method() {
        Method::Get => "Get",
        Method::Post => "Post",
        Method::Put => "Put",
        Method::Delete => "Delete",
        Method::Patch => "Patch",
        Method::Head => "Head",
        Method::Options => "Options",
    };
    let kind = match operation {
        operation if operation.is_presignable() => "presignable",
        operation if operation.is_repeatable() => "repeatable",
        _ => "new",
    };
    let parameters = table.constant();
    let details = details(operation, service, &table);
    let error_from_index = error_type::from_index(operation);
    let code = format!(
        r#"{text}{deprecation}
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct {name}Request(__rt::Input);
        impl {name}Request {{ {methods} }}
        impl __rt::Request for {name}Request {{
            type Response = {name}Response;
            type Error = {name}Error;
            const OPERATION: &'static __rt::Operation =
                &__rt::Operation::{kind}(&super::SERVICE, {wire_name}, __rt::Method::{method}, {parameters}){details};
            #[inline]
            fn input(&self) -> &__rt::Input {{ &self.0 }}
            {error_from_index}
        }}
        impl ::core::fmt::Debug for {name}Request {{
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{
                __rt::Request::debug(self, f)
            }}
        }}
        "#
    );
    types.add(format!("{name}Request"), &code);
    fields.iter().for_each(|field| objects_in(&field.ty, types));
}

/// Writes the calls for everything that differs from most operations.
fn details(operation: &Operation, service: &Service, table: &Table<'_>) -> String {
    let mut details = String::new();
    if operation.style == ApiStyle::Roa {
        details.push_str(&format!(".path({})", literal(&operation.path)));
    }
    details.push_str(&table.rules(&operation.rules));
    if let Some(flow) = &operation.flow {
        details.push_str(&format!(".per_second({})", flow.qps));
    }
    if operation.outcome != service.outcome {
        let how = match &operation.outcome {
            Some(outcome) => format!("By(&{})", client::outcome(outcome)),
            None => "Nothing".to_owned(),
        };
        details.push_str(&format!(".reporting(__rt::Reporting::{how})"));
    }
    if !operation.retry.is_empty() {
        details.push_str(&format!(".retried(&[{}])", literals(&operation.retry)));
    }
    details.push_str(&error_type::codes(operation));
    if operation.form_as_json {
        details.push_str(".form_as_json()");
    }
    match operation.response_kind() {
        ResponseKind::Whole => details.push_str(".response_kind(__rt::ResponseKind::Whole)"),
        ResponseKind::Nothing => details.push_str(".response_kind(__rt::ResponseKind::Nothing)"),
        ResponseKind::Fields => {}
    }
    if !operation.response_headers.is_empty() {
        let headers = literals(operation.response_headers.iter().map(|field| &field.name));
        details.push_str(&format!(".response_headers(&[{headers}])"));
    }
    details
}

fn constructor_and_setters(fields: &[&Field]) -> String {
    let required = || fields.iter().enumerate().filter(|(_, field)| field.required);
    let arguments = listed(required().map(|(_, field)| format!("{}: {}", field.rust_name, argument_type(&field.ty))));
    let settings: String = required().map(|(index, field)| setting(index, &field.ty, &field.rust_name)).collect();
    let mut text = "Creates a request from its required parameters.".to_owned();
    for (index, (_, field)) in required().enumerate() {
        let lead = if index == 0 { "\n\n" } else { "\n" };
        let meaning = docs::field(field).replace('\n', "\n  ");
        text.push_str(&format!(
            "{lead}- {}: {}",
            docs::code(field.rust_name.trim_start_matches("r#")),
            meaning.trim_end()
        ));
    }
    let text = doc(&text);
    let setters: String = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| !field.required)
        .map(|(index, field)| {
            let name = &field.rust_name;
            let ty = argument_type(&field.ty);
            let text = doc(&docs::field(field));
            let deprecation = deprecated(field.deprecated.as_deref());
            let setting = setting(index, &field.ty, "value");
            format!(
                "{text}{deprecation}#[inline]
                pub fn {name}(self, value: {ty}) -> Self {{ Self(self.0{setting}) }}\n"
            )
        })
        .collect();
    format!(
        "{text}#[inline]
        pub fn new({arguments}) -> Self {{ Self(__rt::Input::new(){settings}) }}
        {setters}"
    )
}

/// Returns the argument type of `new` and of the setters.
fn argument_type(ty: &Type) -> String {
    match ty {
        Type::List(item) => format!("impl __rt::IntoIterator<Item = {}>", converted(item)),
        Type::Map(item) => {
            let item = request_type(item);
            format!("impl __rt::IntoIterator<Item = (impl __rt::Into<__rt::String>, {item})>")
        }
        other => converted(other),
    }
}

/// Returns the argument type for one value: `impl Into` if other types convert to it.
fn converted(ty: &Type) -> String {
    let owned = request_type(ty);
    if is_converted(ty) { format!("impl __rt::Into<{owned}>") } else { owned }
}

fn is_converted(ty: &Type) -> bool {
    matches!(ty, Type::String | Type::Any | Type::Bytes | Type::Binary)
}

fn setting(index: usize, ty: &Type, value: &str) -> String {
    let method = match ty {
        Type::String => "text",
        Type::Any => "json",
        Type::Bytes => "base64",
        Type::Binary => "binary",
        Type::List(item) => match **item {
            Type::String => "texts",
            Type::Any => "jsons",
            Type::Bytes => "base64s",
            _ => "list",
        },
        Type::Map(_) => "map",
        _ => "set",
    };
    format!(".{method}({index}, {value})")
}

/// Adds the structs of the objects inside a parameter.
fn objects_in(ty: &Type, types: &mut WrittenTypes) {
    match ty {
        Type::Object(Object { rust_name, fields }) => object(rust_name, fields, "An object in a request.", types),
        Type::List(item) | Type::Map(item) => objects_in(item, types),
        _ => {}
    }
}

/// Adds the struct of a shared type.
pub(crate) fn shared(shared: &SharedType, types: &mut WrittenTypes) {
    let text = if shared.doc.is_empty() { "An object in requests." } else { &shared.doc };
    object(&shared_types::input_name(&shared.name), &shared.members, text, types);
}

fn object(name: &str, fields: &[Field], text: &str, types: &mut WrittenTypes) {
    let table = Table::of_members(fields);
    let fields = table.fields();
    let methods = constructor_and_setters(&fields);
    let members = members_name(name);
    let constant = table.constant();
    let text = doc(text);
    let code = format!(
        r#"{text}
        #[must_use = "an object does nothing until it is set in a request"]
        #[derive(::core::clone::Clone)]
        pub struct {name}(__rt::Input);
        pub(super) static {members}: __rt::Parameters = {constant};
        impl {name} {{ {methods} }}
        impl ::core::convert::From<{name}> for __rt::Value {{
            #[inline]
            fn from(object: {name}) -> Self {{ Self::Object(object.0) }}
        }}
        impl ::core::fmt::Debug for {name} {{
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{
                self.0.debug(f, "{name}", &{members})
            }}
        }}
        "#
    );
    types.add(name, &code);
    fields.iter().for_each(|field| objects_in(&field.ty, types));
}
