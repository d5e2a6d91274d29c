//! Response types: public fields, and one `match` that returns the name and the slot of each field to the runtime.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use alicloud_model::{ApiStyle, Field, Limits, Operation, Service, SharedName, SharedType, SharedTypes, Type};

use crate::docs::{self, deprecated, doc};
use crate::literal::{listed, literal};
use crate::shared_types::holds;
use crate::value_type::{response_type, response_type_elsewhere};
use crate::written_types::WrittenTypes;

/// The response type of operations that return no data of their own.
const SHARED: &str = "ServiceResponse";

/// The responses of a product's operations.
pub(crate) struct Responses<'m> {
    service: &'m Service,
    /// The key of the responses that share a type, and the first operation with such a response.
    bare: Option<(String, &'m Operation)>,
}

impl<'m> Responses<'m> {
    pub(crate) fn of(service: &'m Service) -> Self {
        let mut bare: BTreeMap<String, (usize, &Operation)> = BTreeMap::new();
        for operation in &service.operations {
            if let Some(shape) = bare_shape(operation) {
                bare.entry(shape).or_insert((0, operation)).0 += 1;
            }
        }
        let most = bare.into_iter().max_by_key(|(_, (count, _))| *count);
        let bare = most.filter(|(_, (count, _))| *count > 1).map(|(shape, (_, operation))| (shape, operation));
        Self { service, bare }
    }

    /// The product.
    pub(crate) fn service(&self) -> &Service {
        self.service
    }

    /// Adds the type that operations share if they return no data of their own.
    pub(crate) fn shared_type(&self, types: &mut WrittenTypes) {
        if let Some((_, operation)) = &self.bare {
            let members: Vec<Member<'_>> = operation.response.iter().map(Member::of).collect();
            let text = "The response of operations that return no data of their own.";
            self.owner(operation.style).structure(SHARED, text, &members, types);
        }
    }

    /// Adds the response of an operation, with the objects inside it.
    pub(crate) fn response(&self, operation: &Operation, types: &mut WrittenTypes) {
        let name = format!("{}Response", operation.rust_name);
        let text = docs::response(operation);
        let shape = bare_shape(operation);
        if shape.is_some() && shape.as_ref() == self.bare.as_ref().map(|(shape, _)| shape) {
            let code = format!("{} pub type {name} = super::{SHARED};\n", doc(&text));
            return types.add(name, &code);
        }
        let headers = operation
            .response_headers
            .iter()
            .map(|field| Member { field, wire_name: format!("header:{}", field.name.to_ascii_lowercase()) });
        let body = operation.response_body.as_ref().map(body);
        let body = body.iter().map(|field| Member { field, wire_name: "body:".to_owned() });
        let members: Vec<Member<'_>> = headers.chain(body).chain(operation.response.iter().map(Member::of)).collect();
        self.owner(operation.style).structure(&name, &text, &members, types);
    }

    /// Returns the expression for a list in a response with the name `response`, as a mutable borrow, and the type of
    /// its items. The expression has a `?` for each object on the path that may be missing.
    pub(crate) fn list_at(&self, operation: &Operation, path: &[String]) -> Option<(String, String)> {
        let mut owner = self.owner(operation.style);
        let mut fields = operation.response.as_slice();
        let mut expression = "response".to_owned();
        let mut path = path.iter();
        while let Some(name) = path.next() {
            let field = fields.iter().find(|field| &field.name == name)?;
            let member = &field.rust_name;
            let list = owner.wrapped_list(field).filter(|list| path.next() == Some(&list.name));
            if let Type::List(item) = &list.unwrap_or(field).ty {
                // The type of the items may belong to a shared type.
                return Some((format!("&mut {expression}.{member}"), response_type_elsewhere(item)));
            }
            let way = if owner.is_optional(field) { ".as_mut()?" } else { "" };
            expression = format!("{expression}.{member}{way}");
            if let Type::Shared(name) = &field.ty {
                owner = Owner { shared: Some(name), ..self.owner(self.service.style) };
            }
            fields = self.service.types.fields_of(&field.ty)?;
        }
        None
    }

    fn owner(&self, style: ApiStyle) -> Owner<'m> {
        Owner { types: &self.service.types, shared: None, style }
    }
}

/// Returns the key of a response that contains only the RequestId and the outcome. Responses with the same key share a
/// type.
fn bare_shape(operation: &Operation) -> Option<String> {
    if operation.response.is_empty() || !operation.response_headers.is_empty() {
        return None;
    }
    let mut shape = format!("{:?}", operation.style);
    for field in &operation.response {
        let name = &field.name;
        let is_bare = name.eq_ignore_ascii_case("RequestId")
            || operation.outcome.as_ref().is_some_and(|outcome| outcome.paths().any(|path| path == name));
        if !is_bare || !field.ty.is_scalar() {
            return None;
        }
        let Field { rust_name, optional, sensitive, deprecated, .. } = field;
        // Writing to a String cannot fail.
        let _ = write!(shape, " {name:?} {rust_name} {} {optional} {sensitive} {deprecated:?}", field.ty.spelling());
    }
    Some(shape)
}

/// Adds the struct of a shared type in responses.
pub(crate) fn shared(service: &Service, shared: &SharedType, types: &mut WrittenTypes) {
    let owner = Owner { types: &service.types, shared: Some(&shared.name), style: service.style };
    let text = if shared.doc.is_empty() { docs::code(&shared.name.name) } else { shared.doc.clone() };
    let members: Vec<Member<'_>> = shared.fields.iter().map(Member::of).collect();
    owner.structure(&shared.name.rust_name, &text, &members, types);
}

/// Returns the field for a body that is not an object with known fields.
fn body(ty: &Type) -> Field {
    Field {
        name: "body".to_owned(),
        rust_name: "body".to_owned(),
        ty: ty.clone(),
        required: false,
        optional: false,
        doc: "The whole body.".to_owned(),
        example: None,
        values: Vec::new(),
        limits: Limits::default(),
        default: None,
        deprecated: None,
        sensitive: false,
    }
}

/// A field, with the name by which the runtime looks it up.
struct Member<'m> {
    field: &'m Field,
    wire_name: String,
}

impl<'m> Member<'m> {
    fn of(field: &'m Field) -> Self {
        Self { field, wire_name: field.name.clone() }
    }
}

/// The part of the spec that a struct belongs to.
struct Owner<'m> {
    style: ApiStyle,
    types: &'m SharedTypes,
    /// The shared type, if the struct is part of one.
    shared: Option<&'m SharedName>,
}

impl Owner<'_> {
    /// Adds a struct, with those of the objects inside it.
    fn structure(&self, name: &str, text: &str, members: &[Member<'_>], types: &mut WrittenTypes) {
        let text = doc(text);
        let declared: String = members.iter().map(|member| self.declared(member.field)).collect();
        let arms: String = members.iter().enumerate().map(|(index, member)| self.arm(index, member)).collect();
        let hidden = members.iter().enumerate().filter(|(_, member)| self.is_hidden(member.field));
        let hidden = listed(hidden.map(|(index, _)| index.to_string()));
        let hidden = match hidden.as_str() {
            "" => String::new(),
            hidden => format!("#[inline] fn hidden(&self) -> &'static [usize] {{ &[{hidden}] }}"),
        };
        let field = if members.is_empty() {
            r#"fn field(&mut self, _: usize) -> (&'static str, __rt::Slot<'_>) { ("", __rt::Slot::Skip) }"#.to_owned()
        } else {
            format!(
                r#"fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {{
                    match index {{
                        {arms}_ => ("", __rt::Slot::Skip),
                    }}
                }}"#
            )
        };
        let code = format!(
            r#"{text}
            #[derive(::core::clone::Clone, ::core::default::Default)]
            #[non_exhaustive]
            pub struct {name} {{
                {declared}
            }}
            impl ::core::fmt::Debug for {name} {{
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{
                    __rt::debug("{name}", self, f)
                }}
            }}
            impl __rt::Decode for {name} {{
                #[inline]
                {field}
                {hidden}
            }}
            "#
        );
        types.add(name, &code);
        for Member { field, .. } in members {
            self.objects_in(field, &field.ty, types);
        }
    }

    /// Writes a field of the struct.
    fn declared(&self, field: &Field) -> String {
        let list = self.wrapped_list(field);
        let said = list.filter(|list| field.doc.is_empty() && !list.doc.is_empty()).unwrap_or(field);
        let text = doc(&docs::field(said));
        let deprecation = deprecated(field.deprecated.as_deref());
        let ty = list.map_or_else(|| self.field_type(field), |list| response_type(&list.ty));
        format!("{text}{deprecation} pub {}: {ty},\n", field.rust_name)
    }

    /// Writes the name of the field, and the slot for its value.
    fn arm(&self, index: usize, Member { field, wire_name }: &Member<'_>) -> String {
        let (wire_name, name) = (literal(wire_name), &field.rust_name);
        match self.wrapped_list(field) {
            Some(list) => {
                let inner = literal(&list.name);
                format!("{index} => ({wire_name}, __rt::Slot::Wrapped({inner}, &mut self.{name})),\n")
            }
            None => format!("{index} => ({wire_name}, __rt::Slot::{}(&mut self.{name})),\n", self.slot(field)),
        }
    }

    /// Returns the list in an object around it. The struct contains the list instead of the object.
    fn wrapped_list<'f>(&self, field: &'f Field) -> Option<&'f Field> {
        if self.style == ApiStyle::Rpc { field.ty.wrapped_list() } else { None }
    }

    fn is_hidden(&self, field: &Field) -> bool {
        field.sensitive || self.wrapped_list(field).is_some_and(|list| list.sensitive)
    }

    fn objects_in(&self, field: &Field, ty: &Type, types: &mut WrittenTypes) {
        if let Some(list) = self.wrapped_list(field) {
            return self.objects_in(list, &list.ty, types);
        }
        match ty {
            Type::Object(object) => {
                let text = docs::description(field);
                let members: Vec<Member<'_>> = object.fields.iter().map(Member::of).collect();
                self.structure(&object.rust_name, &text, &members, types);
            }
            Type::List(item) | Type::Map(item) => self.objects_in(field, item, types),
            _ => {}
        }
    }

    /// Whether a type contains itself through this field.
    fn is_boxed(&self, field: &Field) -> bool {
        matches!(field.ty, Type::Shared(_)) && self.shared.is_some_and(|shared| holds(self.types, &field.ty, shared))
    }

    /// Whether the object in this field may be missing.
    fn is_optional(&self, field: &Field) -> bool {
        field.optional || self.is_boxed(field)
    }

    fn field_type(&self, field: &Field) -> String {
        let ty = response_type(&field.ty);
        if self.is_boxed(field) {
            return format!("__rt::Option<__rt::Box<{ty}>>");
        }
        // A missing list or map is empty.
        let optional = field.optional && !matches!(field.ty, Type::List(_) | Type::Map(_));
        if optional { format!("__rt::Option<{ty}>") } else { ty }
    }

    fn slot(&self, field: &Field) -> &'static str {
        let (plain, optional) = match &field.ty {
            Type::Integer => ("Integer", "OptionalInteger"),
            Type::Long => ("Long", "OptionalLong"),
            Type::Float | Type::Double => ("Float", "OptionalFloat"),
            Type::Boolean => ("Boolean", "OptionalBoolean"),
            Type::Any => ("Raw", "OptionalRaw"),
            Type::Bytes => ("Base64", "OptionalBase64"),
            Type::Binary => ("Binary", "Binary"),
            Type::Object(_) | Type::Shared(_) => ("Object", "OptionalObject"),
            Type::List(_) => ("List", "List"),
            Type::Map(_) => ("Map", "Map"),
            _ => ("Text", "OptionalText"),
        };
        if self.is_optional(field) { optional } else { plain }
    }
}
