//! From one YAML file to one operation.

use crate::diagnostic::Code;
use crate::error_reading::{error_variants, read_error_rows};
use crate::example::read_example;
use crate::field_reading::{ReadField, Role, TypeNames, read_body_type, read_deprecated, read_fields};
use crate::naming;
use crate::nearest::nearest;
use crate::operation::{
    ApiStyle, Effect, ErrorRow, FlowLimit, FlowScope, Method, Operation, Parameter, Position, Ram, Rule,
};
use crate::outcome_reading::{PRODUCTS_OUTCOME, StatedOutcome, check_outcome, read_outcome};
use crate::pagination_reading::read_pagination;
use crate::placement::{check_path, check_placement};
use crate::reader::{FileReader, Mapping, Problem};
use crate::service::Outcome;
use crate::service_reading::read_codes;
use crate::synonyms::is_key;
use crate::types::{Field, SharedTypes, Type};
use crate::waiter_reading::read_waiters;
use crate::yaml::{Entry, Node, Value};

/// What an operation needs to know of its product.
pub(crate) struct ServiceContext<'s> {
    pub(crate) errors: &'s [ErrorRow],
    pub(crate) outcome: Option<&'s Outcome>,
    pub(crate) style: ApiStyle,
    pub(crate) types: &'s SharedTypes,
    pub(crate) names: &'s TypeNames,
}

/// Reads an operation; `file_stem` is what its file is called. `None` only where nothing can be made of it.
pub(crate) fn read_operation(
    reader: &FileReader<'_>,
    service: &ServiceContext<'_>,
    file_stem: &str,
) -> Option<Operation> {
    let mut map = reader.mapping(&reader.document.root, "an operation")?;
    // Without a name of its own the operation is read under the file's, so that its other mistakes show.
    let name_node = map.required("operation");
    let given = name_node.and_then(|node| reader.text(node, "the operation's name"));
    let name_id = name_node.map_or(map.id, |node| node.id);
    let name = given.unwrap_or(file_stem).to_owned();
    if name != file_stem {
        reader.report(
            Problem::new(name_id, Code::Layout, format!("the file is called `{file_stem}.yaml`"))
                .expected(format!("`{file_stem}`"))
                .help("rename the file, or mend the name: the two are the same"),
        );
    }
    let (method_name, rust_name) = match (naming::setter(&name), naming::camel(&name)) {
        (Some(method), Some(rust)) => (method, rust),
        _ => {
            reader.report(
                Problem::new(name_id, Code::BadName, format!("`{name}` cannot become a Rust name"))
                    .expected("letters and digits"),
            );
            return None;
        }
    };
    let [request, response, error] = ["Request", "Response", "Error"].map(|suffix| format!("{rust_name}{suffix}"));
    // `GetThing` and `GETThing` differ as types, and are one method.
    let wanted = [request, response, error, method_name.clone()];
    let owner = format!("operation `{name}`");
    let taken = wanted.iter().find_map(|wanted| Some((wanted, service.names.take(wanted, &owner).err()?)));
    if let Some((wanted, other)) = taken {
        let message = format!("`{name}` needs the Rust name `{wanted}`, which {other} has");
        reader.report(Problem::new(name_id, Code::NameCollision, message).help("one of the two must go"));
    }

    let summary = map.required_text(reader, "summary").unwrap_or_default().trim_end().to_owned();
    let doc = map.owned_text(reader, "doc");
    let style = map.get("style").and_then(|node| read_style(reader, node)).unwrap_or(service.style);
    let methods = match map.required("methods") {
        Some(node) => read_methods(reader, node, style),
        None => Vec::new(),
    };
    let effect = map.get("effect").and_then(|node| {
        let words = [("read", Effect::Read), ("write", Effect::Write), ("readAndWrite", Effect::ReadAndWrite)];
        reader.word(node, "effect", &words)
    });
    let idempotent = map.flag(reader, "idempotent");
    let deprecated = read_deprecated(reader, &mut map);
    let flow = map.get("limits").and_then(|node| read_flow(reader, node));
    let ram = map.get("ram").and_then(|node| read_ram(reader, node));

    let request_name = format!("{rust_name}Request");
    let nodes = map.list(reader, "parameters", "parameters");
    let read = read_fields(reader, service.names, nodes, &request_name, Role::Parameter);
    check_placement(reader, &read, style, &methods);
    let path = check_path(reader, &mut map, &read, style);
    let form_as_json = read_form_as(reader, &mut map, &read, style);
    let parameters: Vec<Parameter> = read
        .into_iter()
        .map(|mut read| {
            // Without it there is no path.
            read.field.required |= matches!(read.position, Position::Path | Position::Host);
            Parameter { field: read.field, position: read.position, style: read.style }
        })
        .collect();

    let rules = map.list(reader, "rules", "rules");
    let rules = rules.iter().filter_map(|node| read_rule(reader, node, &parameters)).collect();

    let response_name = format!("{rust_name}Response");
    let response_id = map.key_id("response");
    let answer = match map.get("response") {
        Some(node) => read_response(reader, service.names, node, &response_name),
        None => Answer::default(),
    };
    let outcome = match map.get("outcome").map(|node| (node.id, read_outcome(reader, node))) {
        None => {
            if let Some(outcome) = service.outcome {
                check_outcome(reader, outcome, PRODUCTS_OUTCOME, service.types, &answer.fields, response_id);
            }
            service.outcome.cloned()
        }
        Some((id, Some(StatedOutcome::This(outcome)))) => {
            check_outcome(reader, &outcome, "`outcome`", service.types, &answer.fields, id);
            Some(outcome)
        }
        Some((_, Some(StatedOutcome::None) | None)) => None,
    };
    let retry = read_codes(reader, &mut map);

    let nodes = map.list(reader, "errors", "errors");
    let errors = read_error_rows(reader, nodes);
    let error_variants = error_variants(reader, &errors, service.errors);
    let pagination = map
        .get("pagination")
        .and_then(|node| read_pagination(reader, node, service.types, &parameters, &answer.fields));

    let mut operation = Operation {
        method_name,
        rust_name,
        summary,
        doc,
        methods,
        effect: effect.unwrap_or(Effect::Write),
        idempotent,
        deprecated,
        flow,
        ram,
        style,
        path,
        form_as_json,
        parameters,
        rules,
        outcome,
        response: answer.fields,
        response_body: answer.body,
        response_headers: answer.headers,
        retry,
        errors: errors.into_iter().map(|(row, _)| row).collect(),
        error_variants,
        examples: Vec::new(),
        pagination,
        waiters: Vec::new(),
        name,
    };
    let examples = map.list(reader, "examples", "examples");
    let waiters = map.list(reader, "waiters", "waiters");
    if reader.all_types_known() {
        operation.waiters = read_waiters(reader, waiters, service.types, &operation);
        let read = |node| read_example(reader, node, service.types, &operation);
        operation.examples = examples.iter().filter_map(read).collect();
    }
    map.finish(reader);
    // A type that is not known, and was not reported here, was lost with `types.yaml`.
    (reader.all_types_known() || reader.has_problems()).then_some(operation)
}

/// What a good answer holds.
#[derive(Default)]
struct Answer {
    fields: Vec<Field>,
    headers: Vec<Field>,
    body: Option<Type>,
}

/// A list of fields, or a mapping that describes a body of another kind.
fn read_response(reader: &FileReader<'_>, names: &TypeNames, node: &Node, rust_name: &str) -> Answer {
    if let Value::Map(entries) = &node.value
        && !are_fields(entries)
    {
        let Some(mut map) = reader.mapping(node, "a response body") else { return Answer::default() };
        let body = read_body_type(reader, names, &mut map, rust_name);
        if body.is_none() {
            reader.note_unknown_type();
        }
        map.finish(reader);
        return Answer { body, ..Answer::default() };
    }
    let mut answer = Answer::default();
    for read in read_fields(reader, names, reader.list(node, "fields"), rust_name, Role::Response) {
        if read.position == Position::Header {
            if !read.field.ty.is_scalar() {
                let message = format!("`{}` is a {}, which fits no header", read.field.name, read.field.ty.spelling());
                reader
                    .report(Problem::new(read.type_id, Code::BadPlacement, message).help("headers hold single values"));
            }
            answer.headers.push(read.field);
        } else {
            answer.fields.push(read.field);
        }
    }
    answer
}

/// Whether a mapping is meant as the response's fields, or as one of them without its dash. A body has a `type` and no `name`.
fn are_fields(entries: &[Entry]) -> bool {
    let has = |key: &str| entries.iter().any(|entry| is_key(&entry.key, key) || nearest(&entry.key, [key]).is_some());
    // What is near to neither is a field's name.
    let is_by_name = || !entries.is_empty() && !has("type") && !has("fields") && !has("items");
    entries.iter().any(|entry| entry.key == "name") || is_by_name()
}

pub(crate) fn read_style(reader: &FileReader<'_>, node: &Node) -> Option<ApiStyle> {
    reader.word(node, "API style", &[("RPC", ApiStyle::Rpc), ("ROA", ApiStyle::Roa)])
}

fn read_form_as(reader: &FileReader<'_>, map: &mut Mapping<'_>, parameters: &[ReadField], style: ApiStyle) -> bool {
    let Some(node) = map.get("form_as") else { return false };
    let is_json = reader.word(node, "form of a form", &[("json", true), ("form", false)]).unwrap_or(false);
    let problem = |message: &str| Problem::new(node.id, Code::BadPlacement, message);
    if is_json && style == ApiStyle::Rpc {
        reader.report(problem("an RPC operation's form is a form").help("remove `form_as`"));
    } else if is_json && !parameters.iter().any(|read| read.position == Position::Form) {
        reader.report(problem("there is no form").help("remove `form_as`, or say `in: form` where it is meant"));
    }
    is_json
}

fn read_methods(reader: &FileReader<'_>, node: &Node, style: ApiStyle) -> Vec<Method> {
    let words = [
        ("GET", Method::Get),
        ("POST", Method::Post),
        ("PUT", Method::Put),
        ("DELETE", Method::Delete),
        ("PATCH", Method::Patch),
        ("HEAD", Method::Head),
        ("OPTIONS", Method::Options),
    ];
    let mut methods = Vec::new();
    for item in reader.list(node, "HTTP methods") {
        let Some(method) = reader.word(item, "HTTP method", &words) else { continue };
        if style == ApiStyle::Rpc && !matches!(method, Method::Get | Method::Post | Method::Put | Method::Delete) {
            reader.report(
                Problem::new(item.id, Code::BadPlacement, format!("an RPC operation takes no {}", method.as_str()))
                    .expected("`POST` or `GET`, for a few operations `PUT` or `DELETE`"),
            );
        } else if methods.contains(&method) {
            reader.report(Problem::new(item.id, Code::DuplicateName, format!("`{}` stands twice", method.as_str())));
        } else {
            methods.push(method);
        }
    }
    if reader.is_empty_list(node) {
        reader.report(
            Problem::new(node.id, Code::BadPlacement, "an operation takes at least one HTTP method")
                .expected("a list such as `[POST, GET]`"),
        );
    }
    methods
}

fn read_flow(reader: &FileReader<'_>, node: &Node) -> Option<FlowLimit> {
    let mut map = reader.mapping(node, "a flow limit")?;
    let qps_node = map.required("qps");
    let qps = qps_node.and_then(|node| reader.number::<u32>(node, "queries per second, a whole number"));
    if let (Some(node), Some(0)) = (qps_node, qps) {
        reader.report(Problem::new(node.id, Code::BadLimit, "no operation allows 0 queries per second"));
    }
    let per = map.get("per").and_then(|node| {
        let words = [("account", FlowScope::Account), ("user", FlowScope::User)];
        reader.word(node, "scope of a limit", &words)
    });
    map.finish(reader);
    Some(FlowLimit { qps: qps?, per: per.unwrap_or(FlowScope::Account) })
}

fn read_ram(reader: &FileReader<'_>, node: &Node) -> Option<Ram> {
    let mut map = reader.mapping(node, "a RAM permission")?;
    let action = map.required_text(reader, "action").map(str::to_owned);
    let access = map.text(reader, "access").map(str::to_owned);
    let resource = map.text(reader, "resource").map(str::to_owned);
    map.finish(reader);
    Some(Ram { action: action?, access, resource })
}

fn read_rule(reader: &FileReader<'_>, node: &Node, parameters: &[Parameter]) -> Option<Rule> {
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
            let problem = Problem::new(id, Code::BadRule, "a rule is one thing");
            reader.report(problem.expected("either `any_of` or `together`"));
            None
        }
    }
}

fn read_any_of(reader: &FileReader<'_>, node: &Node, parameters: &[Parameter]) -> Option<Rule> {
    let groups = reader.list(node, "groups of parameters");
    if groups.len() == 1 || reader.is_empty_list(node) {
        reader.report(
            Problem::new(node.id, Code::BadRule, "`any_of` leaves no choice")
                .expected("two groups or more, such as `[[A], [B, C]]`"),
        );
    }
    if groups.len() < 2 {
        return None;
    }
    for group in groups.iter().filter(|group| reader.is_empty_list(group)) {
        let problem = Problem::new(group.id, Code::BadRule, "an empty group is always there");
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
                Problem::new(item.id, Code::BadRule, format!("the rule names `{name}`, which is no parameter"))
                    .did_you_mean(name, known),
            ),
            Some(parameter) if parameter.field.required => reader.report(
                Problem::new(item.id, Code::BadRule, format!("`{name}` is required anyway"))
                    .help("remove it from the rule, or remove `required`"),
            ),
            Some(_) if names.iter().any(|known| known == name) => {
                reader.report(Problem::new(item.id, Code::DuplicateName, format!("`{name}` stands twice")));
            }
            Some(_) => names.push(name.to_owned()),
        }
    }
    names
}
