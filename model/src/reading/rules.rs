//! Rules between the parameters of an operation.

use crate::diagnostics::diagnostic::Code;
use crate::reading::node::{Node, Value};
use crate::reading::problem::Problem;
use crate::reading::reader::FileReader;
use crate::spec::parameters::{Parameter, Rule};

pub(crate) fn read_rule(reader: &FileReader<'_>, node: &Node, parameters: &[Parameter]) -> Option<Rule> {
    let mut map = reader.mapping(node, "a rule")?;
    let (any_of, together) = (map.get("any_of"), map.get("together"));
    let (id, is_empty) = (map.id, map.entries().is_empty());
    map.finish(reader);
    match (any_of, together) {
        (Some(groups), None) => read_any_of(reader, groups, parameters),
        (None, Some(names)) => read_together(reader, names, parameters),
        // Another key was reported as unknown.
        (None, None) if !is_empty => None,
        _ => {
            let problem = Problem::new(id, Code::BadRule, "a rule has exactly one key");
            reader.report(problem.expected("either `any_of` or `together`"));
            None
        }
    }
}

fn read_any_of(reader: &FileReader<'_>, node: &Node, parameters: &[Parameter]) -> Option<Rule> {
    let groups = reader.list(node, "groups of parameters");
    if groups.len() == 1 || reader.is_empty_list(node) {
        reader.report(
            Problem::new(node.id, Code::BadRule, "`any_of` needs at least two groups")
                .expected("two groups or more, such as `[[A], [B, C]]`"),
        );
    }
    if groups.len() < 2 {
        return None;
    }
    for group in groups.iter().filter(|group| reader.is_empty_list(group)) {
        let problem = Problem::new(group.id, Code::BadRule, "a group must not be empty");
        reader.report(problem.expected("the names of parameters"));
    }
    Some(Rule::AnyOf(groups.iter().map(|group| read_parameter_names(reader, group, parameters)).collect()))
}

fn read_together(reader: &FileReader<'_>, node: &Node, parameters: &[Parameter]) -> Option<Rule> {
    let is_single = matches!(&node.value, Value::List(names) if names.len() == 1);
    if is_single || reader.is_empty_list(node) {
        reader.report(
            Problem::new(node.id, Code::BadRule, "`together` needs two parameters or more").expected("`[A, B]`"),
        );
        return None;
    }
    Some(Rule::Together(read_parameter_names(reader, node, parameters)))
}

fn read_parameter_names(reader: &FileReader<'_>, node: &Node, parameters: &[Parameter]) -> Vec<String> {
    let known = || parameters.iter().map(|parameter| parameter.field.name.as_str());
    let mut names: Vec<String> = Vec::new();
    for item in reader.list(node, "parameter names") {
        let Some(name) = reader.text(item, "a parameter's name") else { continue };
        match parameters.iter().find(|parameter| parameter.field.name == name) {
            None => reader.report(
                Problem::new(item.id, Code::BadRule, format!("the rule names `{name}`, which is not a parameter"))
                    .did_you_mean(name, known),
            ),
            Some(parameter) if parameter.field.required => reader.report(
                Problem::new(item.id, Code::BadRule, format!("`{name}` is required anyway"))
                    .help("remove it from the rule, or remove `required`"),
            ),
            Some(_) if names.iter().any(|known| known == name) => {
                reader.report(Problem::new(item.id, Code::DuplicateName, format!("`{name}` appears twice")));
            }
            Some(_) => names.push(name.to_owned()),
        }
    }
    names
}
