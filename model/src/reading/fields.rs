//! Reads fields: `parameters:`, `fields:` and `response:` are lists of them.

use crate::diagnostics::diagnostic::Code;
use crate::naming;
use crate::reading::limits::read_limits;
use crate::reading::node::{Node, NodeId};
use crate::reading::problem::Problem;
use crate::reading::reader::{FileReader, Mapping};
use crate::reading::role::Role;
use crate::reading::rust_names::read_rust_name;
use crate::reading::synonyms::meant_type;
use crate::reading::type_names::TypeNames;
use crate::reading::values::{check_scalar, read_values};
use crate::spec::limits::Limits;
use crate::spec::parameters::{Position, Style};
use crate::spec::types::{Field, Object, Type};

/// The maximum number of fields in a list, so that reading ends soon. No documented operation has that many.
const MOST_FIELDS: usize = 10_000;

/// The maximum nesting of a type, so that no text can exhaust the stack. No documented type is nested that deeply.
const DEEPEST_TYPE: usize = 8;

/// A field, with the nodes that later checks refer to.
pub(crate) struct ReadField {
    pub(crate) field: Field,
    pub(crate) name_id: NodeId,
    pub(crate) type_id: NodeId,
    pub(crate) position: Position,
    pub(crate) position_id: NodeId,
    pub(crate) style: Style,
    pub(crate) style_id: Option<NodeId>,
}

/// The list that a field belongs to.
struct FieldList<'n, 'l, 'd> {
    reader: &'n FileReader<'d>,
    names: &'l TypeNames,
    /// The Rust name of the struct that contains the fields.
    parent: &'l str,
    /// The prefix for the names of structs of list items, if the fields belong to an object around a single list.
    item_prefix: Option<&'l str>,
    role: Role,
}

/// Reads a list of fields. `parent` is the Rust name of the struct that contains them.
pub(crate) fn read_fields<'n>(
    reader: &'n FileReader<'_>,
    names: &TypeNames,
    nodes: &'n [Node],
    parent: &str,
    role: Role,
) -> Vec<ReadField> {
    read_field_list(&FieldList { reader, names, parent, item_prefix: None, role }, nodes)
}

fn read_field_list<'n>(list: &FieldList<'n, '_, '_>, nodes: &'n [Node]) -> Vec<ReadField> {
    let reader = list.reader;
    let mut fields: Vec<ReadField> = Vec::with_capacity(nodes.len());
    if let Some(node) = nodes.get(MOST_FIELDS) {
        let message = format!("more than {MOST_FIELDS} fields");
        reader.report(Problem::new(node.id, Code::BadPlacement, message).help("no documented operation has that many"));
        return fields;
    }
    for node in nodes {
        fields.extend(list.read_field(node, &fields));
    }
    fields
}

/// The wire name and the Rust name of a field.
struct FieldName {
    wire: String,
    id: NodeId,
    /// The wire name if the Rust name cannot be used, so that other parts of the spec can still refer to the field.
    rust: String,
    /// Whether the Rust name can be used.
    is_usable: bool,
}

/// The position of a field in a message, and how it becomes text.
struct Placement {
    position: Position,
    position_id: NodeId,
    style: Style,
    style_id: Option<NodeId>,
}

impl<'n> FieldList<'n, '_, '_> {
    fn read_field(&self, node: &'n Node, earlier: &[ReadField]) -> Option<ReadField> {
        let reader = self.reader;
        let mut map = reader.mapping(node, if self.role == Role::Parameter { "a parameter" } else { "a field" })?;
        let name = self.read_name(node, &mut map, earlier)?;
        let (ty, type_id) = self.read_type(&mut map, &name);
        let placement = self.read_placement(&mut map, name.id);
        let required = self.role.is_in_request() && map.flag(reader, "required");
        let optional = self.role.is_in_response() && map.flag(reader, "optional");
        let example = map.get("example");
        let values = read_values(reader, map.list(reader, "values", "texts"), ty.as_ref());
        let (limits, default) = match self.role.is_in_request() {
            true => {
                let limits = read_limits(reader, &mut map, ty.as_ref());
                (limits, self.read_default(&mut map, &name.wire, required, ty.as_ref()))
            }
            false => (Limits::default(), None),
        };
        let sensitive = map.flag(reader, "sensitive");
        let deprecated = read_deprecated(reader, &mut map);
        let doc = map.owned_text(reader, "doc");
        map.finish(reader);
        let example = example.and_then(|node| self.read_example(node, ty.as_ref()));
        if name.wire.is_empty() {
            return None;
        }
        let Placement { position, position_id, style, style_id } = placement;
        // If the type is unknown, the style cannot be checked.
        let style_id = style_id.filter(|_| ty.is_some());
        let field = Field {
            rust_name: name.rust,
            name: name.wire,
            ty: ty.unwrap_or(Type::String),
            required,
            optional,
            doc,
            example,
            values,
            limits,
            default,
            deprecated,
            sensitive,
        };
        Some(ReadField { field, name_id: name.id, type_id, position, position_id, style, style_id })
    }

    /// Reads the names. Returns `None` if an earlier field has the same wire name.
    fn read_name(&self, node: &Node, map: &mut Mapping<'n>, earlier: &[ReadField]) -> Option<FieldName> {
        let reader = self.reader;
        let name_node = map.required("name");
        let wire = name_node.and_then(|node| reader.text(node, "the wire name")).unwrap_or_default().to_owned();
        let id = name_node.map_or(node.id, |node| node.id);
        if earlier.iter().any(|other| other.field.name == wire && !wire.is_empty()) {
            let problem = Problem::new(id, Code::DuplicateName, format!("`{wire}` appears twice"));
            reader.report(problem.help("remove one of the two"));
            return None;
        }
        if wire.contains(char::is_whitespace) {
            let problem = Problem::new(id, Code::BadName, format!("the name `{wire}` contains a space"));
            reader.report(problem.expected("the name that the service uses"));
        }
        let rust = read_rust_name(reader, map, &wire, id, self.role);
        let is_usable = rust.is_some() && report_no_clash(reader, &wire, rust.as_deref(), id, earlier);
        Some(FieldName { id, rust: rust.unwrap_or_else(|| wire.clone()), is_usable, wire })
    }

    /// Returns the name of the struct for a field. The object around a list, such as `Instances` around `Instance`, is
    /// not part of the names of the structs below it: responses have no struct for it, and the names would be twice as
    /// long.
    fn struct_name(&self, word: &str, own: &str) -> String {
        let short = self.item_prefix.filter(|_| word.starts_with("List<")).map(|prefix| format!("{prefix}{own}"));
        short.filter(|name| !self.names.has(name)).unwrap_or_else(|| format!("{}{own}", self.parent))
    }

    /// Reads the type, with the members of an object.
    fn read_type(&self, map: &mut Mapping<'n>, name: &FieldName) -> (Option<Type>, NodeId) {
        let reader = self.reader;
        let type_node = map.required("type");
        let fields = map.get("fields");
        let ty = type_node.and_then(|type_node| {
            let word = reader.text(type_node, "the type")?;
            // If the name was already reported, reporting the name of the struct would repeat the error.
            let needs_name = name.is_usable && word.contains("Object");
            let own_name = needs_name.then(|| naming::camel(name.rust.trim_start_matches("r#"))).flatten();
            let struct_name = own_name.map(|own| self.struct_name(word, &own));
            let struct_name = struct_name.as_deref();
            let outer = (word.trim() == "Object").then_some(self.parent);
            let context = TypeContext { reader, names: self.names, struct_name, outer, fields, role: self.role };
            read_type(&context, type_node, word, 0)
        });
        if ty.is_none() {
            reader.note_unknown_type();
        }
        if let (Some(node), Some(ty)) = (type_node, &ty)
            && holds_binary(ty)
            && !(self.role == Role::Parameter && *ty == Type::Binary)
        {
            let problem = Problem::new(node.id, Code::BadType, "`Binary` is a whole body, not a part of one");
            reader.report(problem.help("use `Bytes` for bytes in Base64"));
        }
        (ty, type_node.map_or(name.id, |node| node.id))
    }

    /// Reads `in` and `style`. Only the top-level fields of a message have them.
    fn read_placement(&self, map: &mut Mapping<'n>, name_id: NodeId) -> Placement {
        let reader = self.reader;
        let (default, position_node) = match self.role {
            Role::Parameter => (Position::Query, map.get("in")),
            Role::Response => (Position::Body, map.get("in")),
            _ => (Position::Body, None),
        };
        let position = position_node.and_then(|node| match self.role {
            Role::Parameter => reader.word(node, "position"),
            _ => reader.one_of(node, "position in a response", Position::OF_RESPONSES),
        });
        let style_node = if self.role == Role::Parameter { map.get("style") } else { None };
        let style = style_node.and_then(|node| reader.word(node, "style"));
        Placement {
            position: position.unwrap_or(default),
            position_id: position_node.map_or(name_id, |node| node.id),
            style: style.unwrap_or(Style::RepeatList),
            style_id: style_node.map(|node| node.id),
        }
    }

    fn read_default(&self, map: &mut Mapping<'n>, name: &str, required: bool, ty: Option<&Type>) -> Option<String> {
        let reader = self.reader;
        let node = map.get("default")?;
        let text = reader.text(node, "the default")?;
        if let Some(ty) = ty {
            check_scalar(reader, node, text, ty, Code::BadLimit, "default");
        }
        if required {
            let message = format!("`{name}` is required, so its default is never used");
            let problem = Problem::new(map.key_id("default"), Code::BadLimit, message);
            reader.report(problem.help("remove `default`, or `required`"));
        }
        Some(text.to_owned())
    }

    fn read_example(&self, node: &'n Node, ty: Option<&Type>) -> Option<String> {
        let text = self.reader.text(node, "an example")?;
        if let Some(ty) = ty {
            check_scalar(self.reader, node, text, ty, Code::BadExample, "example");
        }
        Some(text.to_owned())
    }
}

/// Reads the type of a whole body that is not an object with known fields. `parent` is the Rust name of the response.
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
        let problem =
            Problem::new(node.id, Code::BadType, "the fields of an object are listed directly under `response`");
        reader.report(problem.expected("a list of fields"));
        return None;
    }
    let struct_name = format!("{parent}Body");
    let role = Role::ResponseMember;
    let context = TypeContext { reader, names, struct_name: Some(&struct_name), outer: None, fields, role };
    let ty = read_type(&context, node, word, 0)?;
    if holds_binary(&ty) && ty != Type::Binary {
        let message = format!("`{}` contains `Binary`, which can only be a whole body", ty.spelling());
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

/// Reports an earlier field with the same Rust name. Returns `true` if there is none.
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
            .help("give one of them another name with `rust: another_name`"),
    );
    false
}

/// Reads `deprecated: true` or `deprecated: Use X.`
pub(crate) fn read_deprecated<'n>(reader: &'n FileReader<'_>, map: &mut Mapping<'n>) -> Option<String> {
    let node = map.get("deprecated")?;
    match reader.text(node, "`true`, or what to use instead")? {
        "true" => Some(String::new()),
        "false" => None,
        instead => Some(instead.to_owned()),
    }
}

/// The field whose type is read.
struct TypeContext<'n, 'l, 'd> {
    reader: &'n FileReader<'d>,
    names: &'l TypeNames,
    /// The name of the struct for an object, or `None` if the field has no usable name.
    struct_name: Option<&'l str>,
    /// The struct that contains the field, if the type is an object.
    outer: Option<&'l str>,
    /// The node under `fields`.
    fields: Option<&'n Node>,
    role: Role,
}

fn read_type(context: &TypeContext<'_, '_, '_>, node: &Node, word: &str, depth: usize) -> Option<Type> {
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
    if word == "Object" {
        return read_object(context, node);
    }
    let ty = Type::scalar(word).or_else(|| context.names.shared.get(word).cloned().map(Type::Shared));
    let Some(ty) = ty else {
        report_no_type(context, node, word, depth);
        return None;
    };
    if let Some(fields) = context.fields {
        reader.report(
            Problem::new(
                fields.id,
                Code::BadType,
                format!("`fields` need the type `Object`, but the type is `{word}`"),
            )
            .help("use `type: Object`, `type: List<Object>` or `type: Map<Object>`, or remove `fields`"),
        );
    }
    Some(ty)
}

fn report_no_type(context: &TypeContext<'_, '_, '_>, node: &Node, word: &str, depth: usize) {
    let TypeContext { reader, names, .. } = context;
    let problem = |message: String| Problem::new(node.id, Code::BadType, message);
    match word {
        "" if depth > 0 => reader.report(
            problem("the brackets of the type are empty".to_owned())
                .expected("the type of the items, such as `List<String>`"),
        ),
        "List" | "Map" => reader.report(
            problem(format!("`{word}` needs the type of its items"))
                .expected(format!("a type such as `{word}<String>`")),
        ),
        // It may be one of the shared types that could not be read.
        _ if names.some_unknown => {}
        _ => {
            let mut single: Vec<&str> = Type::SCALARS.iter().filter_map(Type::word).collect();
            single.push("Object");
            single.extend(names.shared.keys().map(String::as_str));
            let whole = reader.document.text(node).unwrap_or(word);
            let problem = problem(format!("`{whole}` is not a type"));
            reader.report(match meant_type(whole, &single) {
                Some(meant) => problem.help(format!("did you mean `{meant}`?")),
                None => problem.did_you_mean(word, || ["List<…>", "Map<…>"].into_iter().chain(single.iter().copied())),
            });
        }
    }
}

fn read_object(context: &TypeContext<'_, '_, '_>, node: &Node) -> Option<Type> {
    let reader = context.reader;
    let Some(fields) = context.fields else {
        reader.report(
            Problem::new(node.id, Code::BadType, "an `Object` has no `fields`")
                .help("list its members under `fields`; for free keys use `Map<String>`"),
        );
        return None;
    };
    let taken = context.struct_name.map(|name| (name, context.names.take(name, "an object")));
    if let Some((name, Err(owner))) = taken {
        reader.report(
            Problem::new(
                node.id,
                Code::NameCollision,
                format!("the struct would get the name `{name}`, which {owner} already has"),
            )
            .help("give the field another Rust name with `rust: another_name`"),
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
        reader.report(Problem::new(fields.id, Code::BadType, "an `Object` needs at least one field"));
    }
    let item_prefix = context.outer.filter(|_| nodes.len() == 1);
    let list = FieldList { reader, names: context.names, parent: struct_name, item_prefix, role };
    let read = read_field_list(&list, nodes);
    let fields = read.into_iter().map(|read| read.field).collect();
    Some(Type::Object(Object { rust_name: struct_name.to_owned(), fields }))
}
