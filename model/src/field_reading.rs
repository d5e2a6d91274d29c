//! From YAML to fields: `parameters:`, `fields:` and `response:` are lists of them.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::diagnostic::Code;
use crate::naming;
use crate::operation::{Position, Style};
use crate::reader::{FileReader, Mapping, Problem, quoted};
use crate::types::{Bounds, Field, Length, LengthUnit, Limits, Object, Range, Type};
use crate::yaml::{Node, NodeId};

/// Parameters that the runtime sends with every call (wire format of RPC, signature version 1.0).
const COMMON_PARAMETERS: &[&str] = &[
    "Action",
    "Version",
    "Format",
    "Timestamp",
    "AccessKeyId",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "SignatureNonce",
    "SignatureType",
    "SecurityToken",
    "BearerToken",
];

const TYPE_WORDS: &[&str] =
    &["String", "Integer", "Long", "Float", "Double", "Boolean", "Any", "Object", "List<…>", "Map<…>"];

/// The Rust names of structs and enums that one product's module already has, with who has them.
#[derive(Default)]
pub(crate) struct TypeNames(RefCell<HashMap<String, String>>);

impl TypeNames {
    /// Takes the name, or tells who has it.
    pub(crate) fn take(&self, name: &str, owner: &str) -> Result<(), String> {
        let mut names = self.0.borrow_mut();
        if let Some(other) = names.get(name) {
            return Err(other.clone());
        }
        names.insert(name.to_owned(), owner.to_owned());
        Ok(())
    }
}

/// What a list of fields belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// A request's own parameters.
    Parameter,
    /// Members of an object inside a request.
    Member,
    /// Fields of a response, at any depth.
    Response,
}

/// A field with the nodes that later checks point at.
pub(crate) struct ReadField {
    pub(crate) field: Field,
    pub(crate) name_id: NodeId,
    pub(crate) position: Position,
    pub(crate) position_id: NodeId,
    pub(crate) style: Style,
    pub(crate) style_id: Option<NodeId>,
}

/// Reads a list of fields; `parent` is the Rust name of the struct they are in.
pub(crate) fn read_fields<'n>(
    reader: &'n FileReader<'_>,
    names: &TypeNames,
    nodes: &'n [Node],
    parent: &str,
    role: Role,
) -> Vec<ReadField> {
    let mut fields: Vec<ReadField> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(read) = read_field(reader, names, node, parent, role) else { continue };
        if fields.iter().any(|other| other.field.name == read.field.name) {
            reader.report(
                Problem::new(read.name_id, Code::DuplicateName, format!("`{}` stands twice", read.field.name))
                    .help("remove one of the two"),
            );
            continue;
        }
        if let Some(other) = fields.iter().find(|other| other.field.rust_name == read.field.rust_name) {
            reader.report(
                Problem::new(
                    read.name_id,
                    Code::NameCollision,
                    format!(
                        "`{}` and `{}` both become `{}` in Rust",
                        other.field.name, read.field.name, read.field.rust_name
                    ),
                )
                .help("give one of them a name of its own with `rust: another_name`"),
            );
            continue;
        }
        fields.push(read);
    }
    fields
}

fn read_field<'n>(
    reader: &'n FileReader<'_>,
    names: &TypeNames,
    node: &'n Node,
    parent: &str,
    role: Role,
) -> Option<ReadField> {
    let what = if role == Role::Parameter { "a parameter" } else { "a field" };
    let mut map = reader.mapping(node, what)?;
    let name_node = map.required(reader, "name");
    let name = name_node.and_then(|node| reader.text(node, "the wire name")).unwrap_or_default().to_owned();
    let name_id = name_node.map_or(node.id, |node| node.id);
    let rust_name = read_rust_name(reader, &mut map, &name, name_id, role);

    let type_node = map.required(reader, "type");
    let items = map.get("fields");
    let ty = type_node.and_then(|type_node| {
        let word = reader.text(type_node, "the type")?;
        let struct_name = format!("{parent}{}", naming::camel(&name).unwrap_or_default());
        read_type(reader, names, type_node, word, items, &struct_name, role)
    });

    let (position, position_id, style, style_id) = if role == Role::Parameter {
        let position_node = map.get("in");
        let position = position_node.and_then(|node| {
            let words = [
                ("query", Position::Query),
                ("form", Position::Form),
                ("body", Position::Body),
                ("path", Position::Path),
                ("header", Position::Header),
                ("host", Position::Host),
            ];
            reader.word(node, "position", &words)
        });
        let style_node = map.get("style");
        let style = style_node.and_then(|node| {
            let words = [
                ("repeatList", Style::RepeatList),
                ("flat", Style::Flat),
                ("json", Style::Json),
                ("simple", Style::Simple),
                ("spaceDelimited", Style::SpaceDelimited),
                ("pipeDelimited", Style::PipeDelimited),
            ];
            reader.word(node, "style", &words)
        });
        (
            position.unwrap_or(Position::Query),
            position_node.map_or(name_id, |node| node.id),
            style.unwrap_or(Style::RepeatList),
            style_node.map(|node| node.id),
        )
    } else {
        (Position::Query, name_id, Style::RepeatList, None)
    };

    if role == Role::Parameter && COMMON_PARAMETERS.contains(&name.as_str()) {
        reader.report(
            Problem::new(name_id, Code::ReservedName, format!("`{name}` is a common request parameter"))
                .help("leave it out: every call sends it"),
        );
    }

    let in_request = role != Role::Response;
    let required = if in_request { map.flag(reader, "required") } else { false };
    let optional = if in_request { false } else { map.flag(reader, "optional") };
    let example = map.get("example");
    let values = map
        .list(reader, "values", "texts")
        .iter()
        .filter_map(|node| reader.text(node, "a documented value").map(str::to_owned))
        .collect();
    let ty = ty.unwrap_or(Type::String);
    let limits = if in_request { read_limits(reader, &mut map, &ty) } else { Limits::default() };
    let default_id = map.key_id("default");
    let default = if in_request { map.text(reader, "default").map(str::to_owned) } else { None };
    if required && default.is_some() {
        reader.report(
            Problem::new(default_id, Code::BadLimit, format!("`{name}` is required, so its default is never used"))
                .help("remove `default`, or `required`"),
        );
    }
    let sensitive = map.flag(reader, "sensitive");
    let deprecated = read_deprecated(reader, &mut map);
    let doc = map.owned_text(reader, "doc");
    map.finish(reader);

    let field = Field {
        rust_name: rust_name?,
        name,
        ty,
        required,
        optional,
        doc,
        example: example.and_then(|node| reader.document.text(node)).map(str::to_owned),
        values,
        limits,
        default,
        deprecated,
        sensitive,
    };
    if let Some(node) = example {
        check_scalar_example(reader, node, &field);
    }
    Some(ReadField { field, name_id, position, position_id, style, style_id })
}

fn read_rust_name<'n>(
    reader: &'n FileReader<'_>,
    map: &mut Mapping<'n>,
    name: &str,
    name_id: NodeId,
    role: Role,
) -> Option<String> {
    if let Some(node) = map.get("rust") {
        let given = reader.text(node, "a Rust identifier")?;
        if !naming::is_identifier(given) {
            reader.report(
                Problem::new(node.id, Code::BadName, format!("`{given}` is no Rust identifier"))
                    .expected("letters, digits and `_`, and no keyword"),
            );
            return None;
        }
        return Some(given.to_owned());
    }
    let made = if role == Role::Response { naming::snake(name) } else { naming::setter(name) };
    if made.is_none() && !name.is_empty() {
        reader.report(
            Problem::new(name_id, Code::BadName, format!("`{name}` cannot become a Rust name"))
                .help("say what it is called in Rust with `rust: some_name`"),
        );
    }
    made
}

/// `deprecated: true`, or `deprecated: Use X.`
pub(crate) fn read_deprecated<'n>(reader: &'n FileReader<'_>, map: &mut Mapping<'n>) -> Option<String> {
    let node = map.get("deprecated")?;
    match reader.text(node, "`true`, or what to use instead")? {
        "true" => Some(String::new()),
        "false" => None,
        instead => Some(instead.to_owned()),
    }
}

fn read_type<'n>(
    reader: &'n FileReader<'_>,
    names: &TypeNames,
    node: &'n Node,
    word: &str,
    fields: Option<&'n Node>,
    struct_name: &str,
    role: Role,
) -> Option<Type> {
    let word = word.trim();
    let inner = |prefix: &str| word.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    if let Some(item) = inner("List<") {
        return Some(Type::List(Box::new(read_type(reader, names, node, item, fields, struct_name, role)?)));
    }
    if let Some(item) = inner("Map<") {
        return Some(Type::Map(Box::new(read_type(reader, names, node, item, fields, struct_name, role)?)));
    }
    let scalar = match word {
        "String" => Type::String,
        "Integer" => Type::Integer,
        "Long" => Type::Long,
        "Float" => Type::Float,
        "Double" => Type::Double,
        "Boolean" => Type::Boolean,
        "Any" => Type::Any,
        "Object" => return read_object(reader, names, node, fields, struct_name, role),
        "List" | "Map" => {
            reader.report(
                Problem::new(node.id, Code::BadType, format!("`{word}` of what?"))
                    .expected(format!("the type of its items, such as `{word}<String>`")),
            );
            return None;
        }
        other => {
            reader.report(
                Problem::new(node.id, Code::BadType, format!("`{other}` is no type"))
                    .expected(format!("one of {}", quoted(TYPE_WORDS)))
                    .did_you_mean(other, TYPE_WORDS.iter().copied().filter(|word| !word.contains('<'))),
            );
            return None;
        }
    };
    if let Some(fields) = fields {
        reader.report(
            Problem::new(fields.id, Code::BadType, format!("`fields` go with `Object`, and the type is `{word}`"))
                .help("say `type: Object`, `type: List<Object>` or `type: Map<Object>`, or remove `fields`"),
        );
    }
    Some(scalar)
}

fn read_object<'n>(
    reader: &'n FileReader<'_>,
    names: &TypeNames,
    node: &'n Node,
    fields: Option<&'n Node>,
    struct_name: &str,
    role: Role,
) -> Option<Type> {
    let Some(fields) = fields else {
        reader.report(
            Problem::new(node.id, Code::BadType, "an `Object` has no `fields`")
                .help("list its members under `fields`; for free keys say `Map<String>`"),
        );
        return None;
    };
    if let Err(owner) = names.take(struct_name, "an object of this product") {
        reader.report(
            Problem::new(
                node.id,
                Code::NameCollision,
                format!("the struct would be called `{struct_name}`, which {owner} is"),
            )
            .help("rename one of the two with `rust:`"),
        );
    }
    let role = if role == Role::Parameter { Role::Member } else { role };
    let nodes = reader.list(fields, "fields");
    if nodes.is_empty() {
        reader.report(Problem::new(fields.id, Code::BadType, "an `Object` with no fields says nothing"));
    }
    let fields = read_fields(reader, names, nodes, struct_name, role).into_iter().map(|read| read.field).collect();
    Some(Type::Object(Object { rust_name: struct_name.to_owned(), fields }))
}

fn read_limits<'n>(reader: &'n FileReader<'_>, map: &mut Mapping<'n>, ty: &Type) -> Limits {
    let mut limits = Limits::default();
    if let Some(node) = map.get("length") {
        if let Some(mut length) = reader.mapping(node, "a length") {
            let unit = length.get("unit").and_then(|node| {
                let words = [("bytes", LengthUnit::Bytes), ("characters", LengthUnit::Characters)];
                reader.word(node, "unit of length", &words)
            });
            let bounds = read_bounds(reader, &mut length);
            length.finish(reader);
            limits.length = Some(Length { bounds, unit: unit.unwrap_or(LengthUnit::Characters) });
            applies(reader, node, "length", "text", ty, matches!(ty, Type::String | Type::Any));
        }
    }
    if let Some(node) = map.get("count") {
        if let Some(mut count) = reader.mapping(node, "a count") {
            limits.count = Some(read_bounds(reader, &mut count));
            count.finish(reader);
            applies(reader, node, "count", "a list", ty, matches!(ty, Type::List(_)));
        }
    }
    if let Some(node) = map.get("range") {
        if let Some(mut range) = reader.mapping(node, "a range") {
            let (least, greatest) = (range.get("min"), range.get("max"));
            range.finish(reader);
            limits.range = match ty {
                Type::Float | Type::Double => {
                    let read = |node: Option<&Node>| node.and_then(|node| reader.number::<f64>(node, "a number"));
                    let (min, max) = (read(least), read(greatest));
                    ordered(reader, node, min.zip(max).is_none_or(|(min, max)| min <= max));
                    Some(Range::Float { min, max })
                }
                _ => {
                    let read = |node: Option<&Node>| node.and_then(|node| reader.number::<i64>(node, "a whole number"));
                    let (min, max) = (read(least), read(greatest));
                    ordered(reader, node, min.zip(max).is_none_or(|(min, max)| min <= max));
                    Some(Range::Integer { min, max })
                }
            };
            let numeric = matches!(ty, Type::Integer | Type::Long | Type::Float | Type::Double);
            applies(reader, node, "range", "a number", ty, numeric);
        }
    }
    limits.pattern = map.text(reader, "pattern").map(str::to_owned);
    limits
}

fn read_bounds<'n>(reader: &'n FileReader<'_>, map: &mut Mapping<'n>) -> Bounds {
    let id = map.id;
    let mut read = |key| map.get(key).and_then(|node| reader.number::<u64>(node, "a whole number, not negative"));
    let bounds = Bounds { min: read("min"), max: read("max") };
    if bounds.min.zip(bounds.max).is_some_and(|(min, max)| min > max) {
        reader.report(out_of_order(id));
    }
    bounds
}

fn ordered(reader: &FileReader<'_>, node: &Node, holds: bool) {
    if !holds {
        reader.report(out_of_order(node.id));
    }
}

fn out_of_order(id: NodeId) -> Problem {
    Problem::new(id, Code::BadLimit, "`min` is greater than `max`, so that nothing fits").help("swap them?")
}

fn applies(reader: &FileReader<'_>, node: &Node, key: &str, to: &str, ty: &Type, holds: bool) {
    if !holds {
        let message = format!("`{key}` limits {to}, and the type is `{}`", ty.spelling());
        reader.report(Problem::new(node.id, Code::BadLimit, message));
    }
}

/// A parameter's own example must be a value of its type.
fn check_scalar_example(reader: &FileReader<'_>, node: &Node, field: &Field) {
    let Some(text) = reader.document.text(node) else { return };
    if let Err(expected) = scalar_fits(text, &field.ty) {
        reader.report(
            Problem::new(node.id, Code::BadExample, format!("`{text}` is no example of `{}`", field.ty.spelling()))
                .expected(expected),
        );
    }
}

/// Whether a text can be read as a scalar of this type, the way responses are read; or what was expected.
pub(crate) fn scalar_fits(text: &str, ty: &Type) -> Result<(), &'static str> {
    let (fits, expected) = match ty {
        Type::Integer => (text.parse::<i32>().is_ok(), "a 32-bit whole number"),
        Type::Long => (text.parse::<i64>().is_ok(), "a 64-bit whole number"),
        Type::Float | Type::Double => (text.parse::<f64>().is_ok(), "a number"),
        Type::Boolean => (text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"), "`true` or `false`"),
        // The example of a structure is prose on most pages.
        _ => (true, ""),
    };
    if fits { Ok(()) } else { Err(expected) }
}
