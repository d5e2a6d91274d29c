//! From YAML to fields: `parameters:`, `fields:` and `response:` are lists of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use crate::base64::decode_base64;
use crate::diagnostic::Code;
use crate::naming;
use crate::operation::{Position, Style};
use crate::reader::{FileReader, Mapping, Problem};
use crate::synonyms::meant_type;
use crate::types::{Bounds, Field, Length, LengthUnit, Limits, Object, Range, SharedName, Type};
use crate::yaml::{Node, NodeId};

/// Parameters that the runtime sends with every call (wire format of RPC, signature version 1.0).
pub const COMMON_PARAMETERS: &[&str] = &[
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

/// The types that need no description.
pub(crate) const TYPE_WORDS: &[&str] = &[
    "List<…>",
    "Map<…>",
    "String",
    "Integer",
    "Long",
    "Float",
    "Double",
    "Boolean",
    "Any",
    "Bytes",
    "Binary",
    "Object",
];

/// More than any documented operation has; a bound, so that reading ends soon.
const MOST_FIELDS: usize = 10_000;

/// Deeper than any documented type; a bound, so that no text can exhaust the stack.
const DEEPEST_TYPE: usize = 8;

/// The Rust names of structs and enums that one product's module already has, with who has them; and its shared types.
#[derive(Default)]
pub(crate) struct TypeNames {
    taken: RefCell<HashMap<String, String>>,
    /// By the name that specs use.
    pub(crate) shared: BTreeMap<String, SharedName>,
    /// Whether there may be more of them: `types.yaml` cannot be read.
    pub(crate) some_unknown: bool,
}

impl TypeNames {
    /// Takes the name, or tells who has it.
    pub(crate) fn take(&self, name: &str, owner: &str) -> Result<(), String> {
        let mut names = self.taken.borrow_mut();
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
    /// A response's own fields.
    Response,
    /// Fields of an object inside a response.
    ResponseMember,
    /// Members of a shared type, for the struct that requests use.
    SharedMember,
    /// Members of a shared type, for the struct that responses use.
    SharedField,
}

impl Role {
    /// Whether requests are made of it, whose setters stand beside other methods.
    fn is_set(self) -> bool {
        matches!(self, Self::Parameter | Self::Member | Self::SharedMember)
    }

    /// Whether it may say what requests demand.
    fn takes_demands(self) -> bool {
        !matches!(self, Self::Response | Self::ResponseMember)
    }

    /// Whether it may say what responses lack.
    fn takes_optional(self) -> bool {
        !matches!(self, Self::Parameter | Self::Member)
    }
}

/// A field with the nodes that later checks point at.
pub(crate) struct ReadField {
    pub(crate) field: Field,
    pub(crate) name_id: NodeId,
    pub(crate) type_id: NodeId,
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
    if let Some(node) = nodes.get(MOST_FIELDS) {
        let message = format!("these are more than {MOST_FIELDS} fields");
        reader.report(Problem::new(node.id, Code::BadPlacement, message).help("no documented operation has as many"));
        return fields;
    }
    for node in nodes {
        if let Some(read) = read_field(reader, names, node, parent, role, &fields) {
            fields.push(read);
        }
    }
    fields
}

fn read_field<'n>(
    reader: &'n FileReader<'_>,
    names: &TypeNames,
    node: &'n Node,
    parent: &str,
    role: Role,
    earlier: &[ReadField],
) -> Option<ReadField> {
    let what = if role == Role::Parameter { "a parameter" } else { "a field" };
    let mut map = reader.mapping(node, what)?;
    let name_node = map.required("name");
    let name = name_node.and_then(|node| reader.text(node, "the wire name")).unwrap_or_default().to_owned();
    let name_id = name_node.map_or(node.id, |node| node.id);
    if earlier.iter().any(|other| other.field.name == name && !name.is_empty()) {
        reader.report(
            Problem::new(name_id, Code::DuplicateName, format!("`{name}` stands twice")).help("remove one of the two"),
        );
        return None;
    }
    // A field whose Rust name is no good is kept under its wire name, so that what refers to it is not blamed too.
    if name.contains(char::is_whitespace) {
        let message = format!("the name `{name}` has a blank in it");
        reader.report(Problem::new(name_id, Code::BadName, message).expected("the name that the service has for it"));
    }
    let rust_name = read_rust_name(reader, &mut map, &name, name_id, role);
    let is_named = rust_name.is_some() && report_no_clash(reader, &name, rust_name.as_deref(), name_id, earlier);
    let rust_name = rust_name.unwrap_or_else(|| name.clone());

    let type_node = map.required("type");
    let items = map.get("fields");
    let ty = type_node.and_then(|type_node| {
        let word = reader.text(type_node, "the type")?;
        // Where the name was reported already, the struct's would only be reported once more.
        let needs_name = is_named && word.contains("Object");
        let own_name = needs_name.then(|| naming::camel(rust_name.trim_start_matches("r#"))).flatten();
        let struct_name = own_name.map(|own| format!("{parent}{own}"));
        let context = TypeContext { reader, names, struct_name: struct_name.as_deref(), fields: items, role };
        read_type(&context, type_node, word, 0)
    });
    if ty.is_none() {
        reader.note_unknown_type();
    }
    if let (Some(node), Some(ty)) = (type_node, &ty)
        && holds_binary(ty)
        && !(role == Role::Parameter && *ty == Type::Binary)
    {
        reader.report(
            Problem::new(node.id, Code::BadType, "`Binary` is a whole body, not a part of one")
                .help("for bytes in Base64 say `Bytes`"),
        );
    }

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
    } else if role == Role::Response {
        let position_node = map.get("in");
        let words = [("body", Position::Body), ("header", Position::Header)];
        let position = position_node.and_then(|node| reader.word(node, "position in a response", &words));
        let position_id = position_node.map_or(name_id, |node| node.id);
        (position.unwrap_or(Position::Body), position_id, Style::RepeatList, None)
    } else {
        (Position::Body, name_id, Style::RepeatList, None)
    };

    let in_request = role.takes_demands();
    let required = if in_request { map.flag(reader, "required") } else { false };
    let optional = if role.takes_optional() { map.flag(reader, "optional") } else { false };
    let example = map.get("example");
    let values = read_values(reader, map.list(reader, "values", "texts"), ty.as_ref());
    let limits = if in_request { read_limits(reader, &mut map, ty.as_ref()) } else { Limits::default() };
    let default_id = map.key_id("default");
    let default_node = if in_request { map.get("default") } else { None };
    let default = default_node.and_then(|node| reader.text(node, "the default"));
    if let (Some(node), Some(text), Some(ty)) = (default_node, default, ty.as_ref()) {
        check_scalar(reader, node, text, ty, Code::BadLimit, "default");
    }
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

    let example_text = example.and_then(|node| reader.text(node, "an example"));
    if let (Some(node), Some(text), Some(ty)) = (example, example_text, ty.as_ref()) {
        check_scalar(reader, node, text, ty, Code::BadExample, "example");
    }
    if name.is_empty() {
        return None;
    }
    // A style of an unknown type is neither right nor wrong.
    let style_id = style_id.filter(|_| ty.is_some());
    let field = Field {
        rust_name,
        name,
        ty: ty.unwrap_or(Type::String),
        required,
        optional,
        doc,
        example: example_text.map(str::to_owned),
        values,
        limits,
        default: default.map(str::to_owned),
        deprecated,
        sensitive,
    };
    let type_id = type_node.map_or(name_id, |node| node.id);
    Some(ReadField { field, name_id, type_id, position, position_id, style, style_id })
}

/// The type of a whole body that is no object with known fields; `parent` is the Rust name of the response.
pub(crate) fn read_body_type<'n>(
    reader: &'n FileReader<'_>,
    names: &TypeNames,
    map: &mut Mapping<'n>,
    parent: &str,
) -> Option<Type> {
    let node = map.required("type")?;
    let fields = map.get("fields");
    let word = reader.text(node, "the type")?;
    if word.trim() == "Object" {
        let problem = Problem::new(node.id, Code::BadType, "an object's fields stand right under `response`");
        reader.report(problem.expected("a list of fields"));
        return None;
    }
    let struct_name = format!("{parent}Body");
    let context = TypeContext { reader, names, struct_name: Some(&struct_name), fields, role: Role::ResponseMember };
    let ty = read_type(&context, node, word, 0)?;
    if holds_binary(&ty) && ty != Type::Binary {
        let message = format!("`{}` holds `Binary`, which is a whole body", ty.spelling());
        reader.report(Problem::new(node.id, Code::BadType, message));
    }
    Some(ty)
}

fn holds_binary(ty: &Type) -> bool {
    match ty {
        Type::Binary => true,
        Type::List(item) | Type::Map(item) => holds_binary(item),
        _ => false,
    }
}

/// Reports another field of the same Rust name; `true` where there is none.
fn report_no_clash(
    reader: &FileReader<'_>,
    name: &str,
    rust_name: Option<&str>,
    name_id: NodeId,
    earlier: &[ReadField],
) -> bool {
    let Some(other) = earlier.iter().find(|other| Some(other.field.rust_name.as_str()) == rust_name) else {
        return true;
    };
    let message = format!("`{}` and `{name}` both become `{}` in Rust", other.field.name, other.field.rust_name);
    reader.report(
        Problem::new(name_id, Code::NameCollision, message)
            .help("give one of them a name of its own with `rust: another_name`"),
    );
    false
}

fn read_values<'n>(reader: &'n FileReader<'_>, nodes: &'n [Node], ty: Option<&Type>) -> Vec<String> {
    let mut values: Vec<String> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(text) = reader.text(node, "a documented value") else { continue };
        // The values of a list are those of its items.
        let item = match ty {
            Some(Type::List(item)) => Some(item.as_ref()),
            other => other,
        };
        if let Some(ty) = item {
            check_scalar(reader, node, text, ty, Code::BadLimit, "value");
        }
        if values.iter().any(|known| known == text) {
            reader.report(Problem::new(node.id, Code::DuplicateName, format!("the value `{text}` stands twice")));
            continue;
        }
        values.push(text.to_owned());
    }
    values
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
        let identifier = naming::identifier(given);
        if identifier.is_none() {
            reader.report(
                Problem::new(node.id, Code::BadName, format!("`{given}` is no Rust identifier"))
                    .expected("letters, digits and `_`, and no keyword"),
            );
        }
        if role.is_set() && identifier.as_deref().is_some_and(naming::is_request_method) {
            let message = format!("every request has a method `{given}`, which the setter would hide");
            reader.report(Problem::new(node.id, Code::NameCollision, message).help("choose another name"));
        }
        return identifier;
    }
    let made = if role.is_set() { naming::setter(name) } else { naming::snake(name) };
    // A name that is missing, or is no text, was reported as such.
    if made.is_none() && (!name.is_empty() || map.get("name").is_some_and(|node| reader.is_empty_text(node))) {
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

/// What a type is read with: the field it belongs to.
struct TypeContext<'n, 'd> {
    reader: &'n FileReader<'d>,
    names: &'n TypeNames,
    /// What the struct of an object is called; `None` where the field has no usable name.
    struct_name: Option<&'n str>,
    /// The node under `fields`.
    fields: Option<&'n Node>,
    role: Role,
}

fn read_type(context: &TypeContext<'_, '_>, node: &Node, word: &str, depth: usize) -> Option<Type> {
    let reader = context.reader;
    let word = word.trim();
    if depth > DEEPEST_TYPE {
        let message = format!("the type is more than {DEEPEST_TYPE} levels deep");
        reader.report(Problem::new(node.id, Code::BadType, message));
        return None;
    }
    let inner = |prefix: &str| word.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    if let Some(item) = inner("List<") {
        return Some(Type::List(Box::new(read_type(context, node, item, depth + 1)?)));
    }
    if let Some(item) = inner("Map<") {
        return Some(Type::Map(Box::new(read_type(context, node, item, depth + 1)?)));
    }
    let scalar = match word {
        "String" => Type::String,
        "Integer" => Type::Integer,
        "Long" => Type::Long,
        "Float" => Type::Float,
        "Double" => Type::Double,
        "Boolean" => Type::Boolean,
        "Any" => Type::Any,
        "Bytes" => Type::Bytes,
        "Binary" => Type::Binary,
        "Object" => return read_object(context, node),
        "" if depth > 0 => {
            let problem = Problem::new(node.id, Code::BadType, "the brackets of the type are empty");
            reader.report(problem.expected("the type of the items, such as `List<String>`"));
            return None;
        }
        "List" | "Map" => {
            reader.report(
                Problem::new(node.id, Code::BadType, format!("`{word}` of what?"))
                    .expected(format!("the type of its items, such as `{word}<String>`")),
            );
            return None;
        }
        other => match context.names.shared.get(other) {
            Some(name) => Type::Shared(name.clone()),
            None if context.names.some_unknown => return None,
            None => {
                let words = TYPE_WORDS.iter().copied().chain(context.names.shared.keys().map(String::as_str));
                let words: Vec<&str> = words.collect();
                // The first two are no words, and say what lists and maps look like.
                let names = words.get(2..).unwrap_or_default();
                let whole = reader.document.text(node).unwrap_or(other);
                let problem = Problem::new(node.id, Code::BadType, format!("`{whole}` is no type"));
                reader.report(match meant_type(whole, names) {
                    Some(meant) => problem.help(format!("did you mean `{meant}`?")),
                    None => problem.did_you_mean(other, || words.iter().copied()),
                });
                return None;
            }
        },
    };
    if let Some(fields) = context.fields {
        reader.report(
            Problem::new(fields.id, Code::BadType, format!("`fields` go with `Object`, and the type is `{word}`"))
                .help("say `type: Object`, `type: List<Object>` or `type: Map<Object>`, or remove `fields`"),
        );
    }
    Some(scalar)
}

fn read_object(context: &TypeContext<'_, '_>, node: &Node) -> Option<Type> {
    let reader = context.reader;
    let Some(fields) = context.fields else {
        reader.report(
            Problem::new(node.id, Code::BadType, "an `Object` has no `fields`")
                .help("list its members under `fields`; for free keys say `Map<String>`"),
        );
        return None;
    };
    let taken = context.struct_name.map(|name| (name, context.names.take(name, "an object")));
    if let Some((name, Err(owner))) = taken {
        reader.report(
            Problem::new(
                node.id,
                Code::NameCollision,
                format!("the struct would be called `{name}`, as {owner} already is"),
            )
            .help("call the field otherwise in Rust with `rust: another_name`"),
        );
    }
    let role = match context.role {
        Role::Parameter => Role::Member,
        Role::Response => Role::ResponseMember,
        role => role,
    };
    let struct_name = context.struct_name.unwrap_or_default();
    let nodes = reader.list(fields, "fields");
    if reader.is_empty_list(fields) {
        reader.report(Problem::new(fields.id, Code::BadType, "an `Object` with no fields says nothing"));
    }
    let read = read_fields(reader, context.names, nodes, struct_name, role);
    let fields = read.into_iter().map(|read| read.field).collect();
    Some(Type::Object(Object { rust_name: struct_name.to_owned(), fields }))
}

fn read_limits<'n>(reader: &'n FileReader<'_>, map: &mut Mapping<'n>, ty: Option<&Type>) -> Limits {
    let mut limits = Limits::default();
    if let Some(node) = map.get("length")
        && let Some(mut length) = reader.mapping(node, "a length")
    {
        let unit = length.get("unit").and_then(|node| {
            let words = [("bytes", LengthUnit::Bytes), ("characters", LengthUnit::Characters)];
            reader.word(node, "unit of length", &words)
        });
        let bounds = read_bounds(reader, &mut length);
        length.finish(reader);
        limits.length = Some(Length { bounds, unit: unit.unwrap_or(LengthUnit::Characters) });
        applies(reader, node, "length", "text", ty, |ty| matches!(ty, Type::String | Type::Any));
    }
    if let Some(node) = map.get("count")
        && let Some(mut count) = reader.mapping(node, "a count")
    {
        limits.count = Some(read_bounds(reader, &mut count));
        count.finish(reader);
        applies(reader, node, "count", "a list", ty, |ty| matches!(ty, Type::List(_)));
    }
    if let Some(node) = map.get("range") {
        limits.range = read_range(reader, node, ty);
    }
    let pattern = map.get("pattern");
    limits.pattern = pattern.and_then(|node| reader.text(node, "a pattern")).map(str::to_owned);
    if let Some(node) = pattern {
        applies(reader, node, "pattern", "text", ty, |ty| matches!(ty, Type::String | Type::Any));
    }
    limits
}

fn read_range(reader: &FileReader<'_>, node: &Node, ty: Option<&Type>) -> Option<Range> {
    let mut map = reader.mapping(node, "a range")?;
    let (least, greatest) = (map.get("min"), map.get("max"));
    report_no_bounds(reader, &map, least.or(greatest));
    map.finish(reader);
    let numeric = |ty: &Type| matches!(ty, Type::Integer | Type::Long | Type::Float | Type::Double);
    applies(reader, node, "range", "a number", ty, numeric);
    match ty? {
        Type::Float | Type::Double => {
            let read = |node: Option<&Node>| node.and_then(|node| reader.number::<f64>(node, "a number"));
            let (min, max) = (read(least), read(greatest));
            ordered(reader, node, min.zip(max).is_none_or(|(min, max)| min <= max));
            Some(Range::Float { min, max })
        }
        Type::Integer => {
            let read = |node: Option<&Node>| node.and_then(|node| reader.number::<i32>(node, "a 32-bit whole number"));
            let (min, max) = (read(least), read(greatest));
            ordered(reader, node, min.zip(max).is_none_or(|(min, max)| min <= max));
            Some(Range::Integer { min: min.map(i64::from), max: max.map(i64::from) })
        }
        Type::Long => {
            let read = |node: Option<&Node>| node.and_then(|node| reader.number::<i64>(node, "a whole number"));
            let (min, max) = (read(least), read(greatest));
            ordered(reader, node, min.zip(max).is_none_or(|(min, max)| min <= max));
            Some(Range::Integer { min, max })
        }
        _ => None,
    }
}

fn read_bounds<'n>(reader: &'n FileReader<'_>, map: &mut Mapping<'n>) -> Bounds {
    let id = map.id;
    let (least, greatest) = (map.get("min"), map.get("max"));
    report_no_bounds(reader, map, least.or(greatest));
    let read = |node: Option<&Node>| node.and_then(|node| reader.number::<u64>(node, "a whole number, not negative"));
    let bounds = Bounds { min: read(least), max: read(greatest) };
    if bounds.min.zip(bounds.max).is_some_and(|(min, max)| min > max) {
        reader.report(out_of_order(id));
    }
    bounds
}

fn report_no_bounds(reader: &FileReader<'_>, map: &Mapping<'_>, any: Option<&Node>) {
    if any.is_none() {
        reader.report(
            Problem::new(map.id, Code::BadLimit, "a limit without bounds limits nothing")
                .expected("`min`, `max` or both"),
        );
    }
}

fn ordered(reader: &FileReader<'_>, node: &Node, holds: bool) {
    if !holds {
        reader.report(out_of_order(node.id));
    }
}

fn out_of_order(id: NodeId) -> Problem {
    Problem::new(id, Code::BadLimit, "`min` is greater than `max`, so that nothing fits").help("swap them?")
}

fn applies(
    reader: &FileReader<'_>,
    node: &Node,
    key: &str,
    to: &str,
    ty: Option<&Type>,
    fits: impl FnOnce(&Type) -> bool,
) {
    let Some(ty) = ty else { return };
    if !fits(ty) {
        let message = format!("`{key}` limits {to}, and the type is `{}`", ty.spelling());
        reader.report(Problem::new(node.id, Code::BadLimit, message));
    }
}

/// A parameter's own example, default and documented values must be of its type.
fn check_scalar(reader: &FileReader<'_>, node: &Node, text: &str, ty: &Type, code: Code, what: &str) {
    if let Err(expected) = scalar_fits(text, ty) {
        let message = format!("`{text}` is no {what} of type `{}`", ty.spelling());
        reader.report(Problem::new(node.id, code, message).expected(expected));
    }
}

/// Whether a text can be read as a scalar of this type, the way responses are read; or what was expected.
pub(crate) fn scalar_fits(text: &str, ty: &Type) -> Result<(), &'static str> {
    let (fits, expected) = match ty {
        Type::Integer => (text.parse::<i32>().is_ok(), "a 32-bit whole number"),
        Type::Long => (text.parse::<i64>().is_ok(), "a 64-bit whole number"),
        Type::Float | Type::Double => (text.parse::<f64>().is_ok(), "a number"),
        Type::Boolean => (text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"), "`true` or `false`"),
        Type::Bytes => (decode_base64(text).is_some(), "Base64"),
        // The example of a structure is prose on most pages.
        _ => (true, ""),
    };
    if fits { Ok(()) } else { Err(expected) }
}
