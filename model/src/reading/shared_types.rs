//! Reads the objects that several operations of a product use, from a `types.yaml`.

use crate::diagnostics::diagnostic::Code;
use crate::naming;
use crate::reading::fields::read_fields;
use crate::reading::node::Node;
use crate::reading::problem::Problem;
use crate::reading::reader::{FileReader, Mapping};
use crate::reading::role::Role;
use crate::reading::type_names::TypeNames;
use crate::spec::types::{SharedName, SharedType, Type};

/// Reads only the names, so that types can refer to each other in any order.
pub(crate) fn read_shared_names(reader: &FileReader<'_>, names: &mut TypeNames) {
    let Some(mut file) = reader.mapping(&reader.document.root, "shared types") else { return };
    for node in types_of(reader, &mut file) {
        let Some(mut map) = reader.mapping(node, "a shared type") else { continue };
        let Some(name_node) = map.required("name") else { continue };
        let Some(name) = reader.text(name_node, "the type's name") else { continue };
        let report = |problem: Problem| reader.report(problem);
        if Type::words().any(|word| word == name) {
            let problem = Problem::new(name_node.id, Code::NameCollision, format!("`{name}` is a built-in type"));
            report(problem.help("give it another name"));
            continue;
        }
        if names.shared.contains_key(name) {
            report(Problem::new(name_node.id, Code::DuplicateName, format!("the type `{name}` appears twice")));
            continue;
        }
        let Some(rust_name) = naming::camel(name) else {
            let problem = Problem::new(name_node.id, Code::BadName, format!("`{name}` cannot become a Rust name"));
            report(problem.expected("letters and digits"));
            continue;
        };
        let wanted = [rust_name.clone(), format!("{rust_name}Input")];
        let owner = format!("type `{name}`");
        let taken = wanted.iter().find_map(|wanted| Some((wanted, names.take(wanted, &owner).err()?)));
        if let Some((wanted, other)) = taken {
            let message = format!("`{name}` needs the Rust name `{wanted}`, which {other} has");
            report(Problem::new(name_node.id, Code::NameCollision, message).help("rename or remove one of the two"));
            continue;
        }
        names.shared.insert(name.to_owned(), SharedName { name: name.to_owned(), rust_name });
    }
    file.finish(reader);
}

/// Reads the fields of the types. Errors in their names were already reported.
pub(crate) fn read_shared_types(reader: &FileReader<'_>, names: &TypeNames) -> Vec<SharedType> {
    let Some(mut file) = reader.mapping(&reader.document.root, "shared types") else { return Vec::new() };
    let mut types: Vec<SharedType> = Vec::new();
    for node in types_of(reader, &mut file) {
        types.extend(read_shared_type(reader, names, node, &types));
    }
    types
}

/// Removes the names of types that could not be read, and the types that refer to them. Operations that use these are
/// omitted without another error.
pub(crate) fn drop_lost_types(types: &mut Vec<SharedType>, names: &mut TypeNames) {
    loop {
        let before = names.shared.len();
        names.shared.retain(|name, _| types.iter().any(|shared| &shared.name.name == name));
        if names.shared.len() == before {
            return;
        }
        names.some_unknown = true;
        types.retain(|shared| shared.fields.iter().all(|field| is_known(&field.ty, names)));
    }
}

fn is_known(ty: &Type, names: &TypeNames) -> bool {
    match ty {
        Type::Shared(shared) => names.shared.contains_key(&shared.name),
        Type::List(item) | Type::Map(item) => is_known(item, names),
        Type::Object(object) => object.fields.iter().all(|field| is_known(&field.ty, names)),
        _ => true,
    }
}

fn types_of<'n>(reader: &FileReader<'_>, file: &mut Mapping<'n>) -> &'n [Node] {
    file.required("types").map_or(&[], |node| reader.list(node, "shared types"))
}

fn read_shared_type(
    reader: &FileReader<'_>,
    names: &TypeNames,
    node: &Node,
    earlier: &[SharedType],
) -> Option<SharedType> {
    let mut map = reader.mapping(node, "a shared type")?;
    let name = map.required("name").and_then(|node| reader.text(node, "the type's name"));
    let name = name.and_then(|name| names.shared.get(name));
    let doc = map.owned_text(reader, "doc");
    let fields_node = map.required("fields");
    map.finish(reader);
    // If two types have the same name, which was already reported, the first one is used.
    let name = name.filter(|name| earlier.iter().all(|other| other.name != **name))?.clone();
    let nodes = reader.list(fields_node?, "fields");
    if fields_node.is_some_and(|node| reader.is_empty_list(node)) {
        reader.report(Problem::new(fields_node?.id, Code::BadType, "a type needs at least one field"));
    }
    let bad_names = reader.bad_names();
    let read = |parent: &str, role| {
        let read = read_fields(reader, names, nodes, parent, role);
        read.into_iter().map(|read| read.field).collect()
    };
    let fields = read(&name.rust_name, Role::SharedField);
    let members = read(&format!("{}Input", name.rust_name), Role::SharedMember);
    // A field without a Rust name must not reach the code generator.
    (reader.bad_names() == bad_names).then_some(SharedType { name, doc, fields, members })
}
