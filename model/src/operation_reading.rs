//! From one YAML file to one operation.

use crate::diagnostic::Code;
use crate::error_reading::{error_variants, read_error_rows};
use crate::example::read_example;
use crate::field_reading::{ReadField, Role, TypeNames, read_deprecated, read_fields};
use crate::naming;
use crate::operation::{
    Effect, ErrorRow, FlowLimit, FlowScope, Method, Operation, Pagination, Parameter, Position, Ram, Rule, Style,
    field_at,
};
use crate::reader::{FileReader, Problem};
use crate::service::Outcome;
use crate::types::Type;
use crate::yaml::{Node, Value};

/// What an operation needs to know of its product.
pub(crate) struct ServiceContext<'s> {
    pub(crate) errors: &'s [ErrorRow],
    pub(crate) outcome: Option<&'s Outcome>,
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
    let wanted = ["Request", "Response", "Error"].map(|suffix| format!("{rust_name}{suffix}"));
    let owner = format!("operation `{name}`");
    let taken = wanted.iter().find_map(|wanted| Some((wanted, service.names.take(wanted, &owner).err()?)));
    if let Some((wanted, other)) = taken {
        let message = format!("`{name}` needs the Rust name `{wanted}`, which {other} has");
        reader.report(Problem::new(name_id, Code::NameCollision, message).help("one of the two must go"));
    }

    let summary = map.required_text(reader, "summary").unwrap_or_default().trim_end().to_owned();
    let doc = map.owned_text(reader, "doc");
    let methods = match map.required("methods") {
        Some(node) => read_methods(reader, node),
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
    check_placement(reader, &read, &methods);
    let parameters: Vec<Parameter> = read
        .into_iter()
        .map(|read| Parameter { field: read.field, position: read.position, style: read.style })
        .collect();

    let rules = map.list(reader, "rules", "rules");
    let rules = rules.iter().filter_map(|node| read_rule(reader, node, &parameters)).collect();

    let response_name = format!("{rust_name}Response");
    let response_id = map.key_id("response");
    let nodes = map.list(reader, "response", "fields");
    let response: Vec<_> = read_fields(reader, service.names, nodes, &response_name, Role::Response)
        .into_iter()
        .map(|read| read.field)
        .collect();
    if let Some(outcome) = service.outcome {
        for (key, field) in [("success", &outcome.success), ("code", &outcome.code), ("message", &outcome.message)] {
            let found = response.iter().find(|known| &known.name == field);
            if key == "success" && found.is_some_and(|known| known.ty != Type::Boolean) {
                let message = format!("the product's `outcome` reads `{field}` as its `success`");
                let expected = format!("`{field}` to be a `Boolean`");
                reader.report(Problem::new(response_id, Code::BadType, message).expected(expected));
            }
            if found.is_none() {
                reader.report(
                    Problem::new(
                        response_id,
                        Code::UnknownField,
                        format!("the product's `outcome` reads `{field}` (its `{key}`), which this response lacks"),
                    )
                    .help(format!("add `{field}` to `response`")),
                );
            }
        }
    }

    let nodes = map.list(reader, "errors", "errors");
    let errors = read_error_rows(reader, nodes);
    let error_variants = error_variants(reader, &errors, service.errors);
    let pagination = map.get("pagination").and_then(|node| read_pagination(reader, node, &parameters, &response));

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
        path: "/".to_owned(),
        parameters,
        rules,
        response,
        errors: errors.into_iter().map(|(row, _)| row).collect(),
        error_variants,
        examples: Vec::new(),
        pagination,
        name,
    };
    let examples = map.list(reader, "examples", "examples");
    if reader.all_types_known() {
        operation.examples = examples.iter().filter_map(|node| read_example(reader, node, &operation)).collect();
    }
    map.finish(reader);
    Some(operation)
}

fn read_methods(reader: &FileReader<'_>, node: &Node) -> Vec<Method> {
    let words = [
        ("GET", Method::Get),
        ("POST", Method::Post),
        ("PUT", Method::Put),
        ("DELETE", Method::Delete),
        ("PATCH", Method::Patch),
        ("HEAD", Method::Head),
    ];
    let mut methods = Vec::new();
    for item in reader.list(node, "HTTP methods") {
        let Some(method) = reader.word(item, "HTTP method", &words) else { continue };
        if !matches!(method, Method::Get | Method::Post) {
            reader.report(
                Problem::new(item.id, Code::BadPlacement, format!("an RPC operation takes no {}", method.as_str()))
                    .expected("`GET` or `POST`"),
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

fn check_placement(reader: &FileReader<'_>, parameters: &[ReadField], methods: &[Method]) {
    for read in parameters {
        let name = &read.field.name;
        match read.position {
            Position::Query | Position::Header => {}
            Position::Form if methods.contains(&Method::Get) && !methods.contains(&Method::Post) => {
                reader.report(
                    Problem::new(
                        read.position_id,
                        Code::BadPlacement,
                        format!("`{name}` goes in a form, and the operation takes GET only"),
                    )
                    .help("say `in: query`, or add POST to `methods`"),
                );
            }
            Position::Form => {}
            Position::Path | Position::Body | Position::Host => {
                reader.report(
                    Problem::new(
                        read.position_id,
                        Code::BadPlacement,
                        format!(
                            "`{name}` goes in the path, the body or the host, and an RPC operation has none for it"
                        ),
                    )
                    .expected("`query`, `form` or `header`"),
                );
            }
        }
        if read.position == Position::Header && !read.field.ty.is_scalar() {
            reader.report(
                Problem::new(
                    read.position_id,
                    Code::BadPlacement,
                    format!("`{name}` is a {}, which fits no header", read.field.ty.spelling()),
                )
                .help("headers take single values"),
            );
        }
        let Some(style_id) = read.style_id else { continue };
        if read.field.ty.is_scalar() {
            reader.report(
                Problem::new(
                    style_id,
                    Code::BadPlacement,
                    format!("a style is for lists, objects and maps, and `{name}` is a {}", read.field.ty.spelling()),
                )
                .help("remove `style`"),
            );
        }
        let joined = matches!(read.style, Style::Simple | Style::SpaceDelimited | Style::PipeDelimited);
        if joined && !matches!(&read.field.ty, Type::List(item) if item.is_scalar()) && !read.field.ty.is_scalar() {
            reader.report(
                Problem::new(style_id, Code::BadPlacement, format!("`{name}` is no list of single values"))
                    .expected("a list of single values for a style that joins them"),
            );
        }
    }
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

fn read_pagination(
    reader: &FileReader<'_>,
    node: &Node,
    parameters: &[Parameter],
    response: &[crate::types::Field],
) -> Option<Pagination> {
    let mut map = reader.mapping(node, "a pagination")?;
    let words = [("token", true), ("number", false)];
    let by_token = map.required("by").and_then(|node| reader.word(node, "kind of pagination", &words));
    let parameter = |node: &Node| {
        let name = reader.text(node, "a parameter's name")?;
        let known = || parameters.iter().map(|parameter| parameter.field.name.as_str());
        if !known().any(|other| other == name) {
            reader.report(
                Problem::new(node.id, Code::UnknownField, format!("`{name}` is no parameter"))
                    .did_you_mean(name, known),
            );
        }
        Some(name.to_owned())
    };
    let field = |node: &Node| {
        let text = reader.text(node, "a response field, with dots for nested ones")?;
        let path: Vec<String> = text.split('.').map(str::to_owned).collect();
        if field_at(response, &path).is_none() {
            reader.report(
                Problem::new(node.id, Code::UnknownField, format!("`{text}` is no response field"))
                    .did_you_mean(text, || response.iter().map(|field| field.name.as_str())),
            );
        }
        Some(path)
    };
    let turning = map.required("parameter").and_then(parameter);
    let items_node = map.required("items");
    let items = items_node.and_then(field);
    if let (Some(node), Some(path)) = (items_node, &items) {
        let found = field_at(response, path);
        if found.is_some_and(|found| !matches!(found.ty, Type::List(_))) && reader.all_types_known() {
            let message = format!("`{}` is no list", path.join("."));
            reader.report(Problem::new(node.id, Code::UnknownField, message).expected("the list that is paged"));
        }
    }
    // Where the kind is not known, the keys of both are.
    let (mut next, mut size, mut total) = (None, None, None);
    if by_token != Some(false) {
        let node = if by_token.is_some() { map.required("next") } else { map.get("next") };
        next = node.and_then(field).map(|path| path.join("."));
    }
    if by_token != Some(true) {
        let required = by_token.is_some();
        let mut ask = |key| if required { map.required(key) } else { map.get(key) };
        let (size_node, total_node) = (ask("size"), ask("total"));
        size = size_node.and_then(parameter);
        total = total_node.and_then(field).map(|path| path.join("."));
    }
    map.finish(reader);
    Some(if by_token? {
        Pagination::Token { parameter: turning?, next: next?, items: items? }
    } else {
        Pagination::Number { parameter: turning?, size: size?, total: total?, items: items? }
    })
}
