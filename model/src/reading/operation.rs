//! Reads an operation from its YAML file.

use crate::diagnostics::diagnostic::Code;
use crate::naming;
use crate::reading::error_codes::read_codes;
use crate::reading::errors::{error_variants, read_error_rows};
use crate::reading::examples::read_example;
use crate::reading::fields::{ReadField, read_deprecated, read_fields};
use crate::reading::node::Node;
use crate::reading::outcome::{PRODUCTS_OUTCOME, StatedOutcome, check_outcome, read_outcome};
use crate::reading::pagination::read_pagination;
use crate::reading::parameters::{check_parameters, check_path};
use crate::reading::problem::Problem;
use crate::reading::reader::{API_STYLE, FileReader, Mapping};
use crate::reading::response::read_response;
use crate::reading::role::Role;
use crate::reading::rules::read_rule;
use crate::reading::type_names::TypeNames;
use crate::reading::waiters::read_waiters;
use crate::spec::api_style::ApiStyle;
use crate::spec::errors::ErrorRow;
use crate::spec::method::Method;
use crate::spec::operation::{Effect, FlowLimit, FlowScope, Operation, Ram};
use crate::spec::outcome::Outcome;
use crate::spec::parameters::{FormAs, Parameter, Position};
use crate::spec::types::{Field, SharedTypes};

/// The parts of a product that its operations depend on.
pub(crate) struct ServiceContext<'s> {
    pub(crate) errors: &'s [ErrorRow],
    pub(crate) outcome: Option<&'s Outcome>,
    pub(crate) style: ApiStyle,
    pub(crate) types: &'s SharedTypes,
    pub(crate) names: &'s TypeNames,
}

/// Reads an operation. `file_stem` is the name of its file without extension. Returns `None` only if the operation
/// cannot be used at all.
pub(crate) fn read_operation(
    reader: &FileReader<'_>,
    service: &ServiceContext<'_>,
    file_stem: &str,
) -> Option<Operation> {
    let mut map = reader.mapping(&reader.document.root, "an operation")?;
    let OperationName { wire: name, method: method_name, rust: rust_name } =
        read_names(reader, service, &mut map, file_stem)?;
    let summary = map.required_text(reader, "summary").unwrap_or_default().trim_end().to_owned();
    let doc = map.owned_text(reader, "doc");
    let style = map.get("style").and_then(|node| reader.word(node, API_STYLE)).unwrap_or(service.style);
    let methods = map.required("methods").map(|node| read_methods(reader, node, style)).unwrap_or_default();
    let effect = map.get("effect").and_then(|node| reader.word(node, "effect"));
    let idempotent = map.flag(reader, "idempotent");
    let deprecated = read_deprecated(reader, &mut map);
    let flow = map.get("limits").and_then(|node| read_flow(reader, node));
    let ram = map.get("ram").and_then(|node| read_ram(reader, node));

    let request_name = format!("{rust_name}Request");
    let nodes = map.list(reader, "parameters", "parameters");
    let read = read_fields(reader, service.names, nodes, &request_name, Role::Parameter);
    check_parameters(reader, &read, style, &methods);
    let path = check_path(reader, &mut map, &read, style);
    let form_as_json = read_form_as(reader, &mut map, &read, style);
    let parameters: Vec<Parameter> = read.into_iter().map(parameter).collect();
    let rules = map.list(reader, "rules", "rules");
    let rules = rules.iter().filter_map(|node| read_rule(reader, node, &parameters)).collect();

    let response_name = format!("{rust_name}Response");
    let response = map.get("response").map(|node| read_response(reader, service.names, node, &response_name));
    let response = response.unwrap_or_default();
    let outcome = read_own_outcome(reader, service, &mut map, &response.fields);
    let retry = read_codes(reader, &mut map);
    let nodes = map.list(reader, "errors", "errors");
    let errors = read_error_rows(reader, nodes);
    let error_variants = error_variants(reader, &errors, service.errors);
    let pagination = map
        .get("pagination")
        .and_then(|node| read_pagination(reader, node, service.types, &parameters, &response.fields));

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
        response: response.fields,
        response_body: response.body,
        response_headers: response.headers,
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
    // If a type is unknown and was not reported here, it is a type of `types.yaml` that could not be read.
    (reader.all_types_known() || reader.has_problems()).then_some(operation)
}

/// The name of an operation on the wire and in Rust.
struct OperationName {
    wire: String,
    /// The name of the client method.
    method: String,
    /// The prefix of the names of its types.
    rust: String,
}

/// Reads the name, and reserves the Rust names that the operation needs. Returns `None` if the name cannot become a
/// Rust name.
fn read_names<'n>(
    reader: &'n FileReader<'_>,
    service: &ServiceContext<'_>,
    map: &mut Mapping<'n>,
    file_stem: &str,
) -> Option<OperationName> {
    // If the name is missing, the operation is read with the name of the file, so that its other errors are reported.
    let name_node = map.required("operation");
    let given = name_node.and_then(|node| reader.text(node, "the operation's name"));
    let name_id = name_node.map_or(map.id, |node| node.id);
    let name = given.unwrap_or(file_stem).to_owned();
    if name != file_stem {
        reader.report(
            Problem::new(name_id, Code::Layout, format!("the name differs from the file, `{file_stem}.yaml`"))
                .expected(format!("`{file_stem}`"))
                .help("rename the file or fix the name: both must be the same"),
        );
    }
    let (Some(method), Some(rust)) = (naming::setter(&name), naming::camel(&name)) else {
        let problem = Problem::new(name_id, Code::BadName, format!("`{name}` cannot become a Rust name"));
        reader.report(problem.expected("letters and digits"));
        return None;
    };
    let [request, response, error] = ["Request", "Response", "Error"].map(|suffix| format!("{rust}{suffix}"));
    // `GetThing` and `GETThing` are different types, but the same method.
    let wanted = [request, response, error, method.clone()];
    let owner = format!("operation `{name}`");
    let taken = wanted.iter().find_map(|wanted| Some((wanted, service.names.take(wanted, &owner).err()?)));
    if let Some((wanted, other)) = taken {
        let message = format!("`{name}` needs the Rust name `{wanted}`, which {other} has");
        reader.report(Problem::new(name_id, Code::NameCollision, message).help("rename or remove one of the two"));
    }
    Some(OperationName { wire: name, method, rust })
}

/// Creates a parameter. One in the path or the host is required, because there is no URL without it.
fn parameter(read: ReadField) -> Parameter {
    let ReadField { mut field, position, style, .. } = read;
    field.required |= matches!(position, Position::Path | Position::Host);
    Parameter { field, position, style }
}

/// Returns the outcome of the operation: its own, or that of the product.
fn read_own_outcome(
    reader: &FileReader<'_>,
    service: &ServiceContext<'_>,
    map: &mut Mapping<'_>,
    response: &[Field],
) -> Option<Outcome> {
    let Some(node) = map.get("outcome") else {
        let outcome = service.outcome?;
        check_outcome(reader, outcome, PRODUCTS_OUTCOME, service.types, response, map.key_id("response"));
        return Some(outcome.clone());
    };
    match read_outcome(reader, node)? {
        StatedOutcome::This(outcome) => {
            check_outcome(reader, &outcome, "`outcome`", service.types, response, node.id);
            Some(outcome)
        }
        StatedOutcome::None => None,
    }
}

fn read_form_as(reader: &FileReader<'_>, map: &mut Mapping<'_>, parameters: &[ReadField], style: ApiStyle) -> bool {
    let Some(node) = map.get("form_as") else { return false };
    let is_json = reader.word(node, "form of a form") == Some(FormAs::Json);
    let problem = |message: &str| Problem::new(node.id, Code::BadPlacement, message);
    if is_json && style == ApiStyle::Rpc {
        reader.report(problem("an RPC operation cannot send its form as JSON").help("remove `form_as`"));
    } else if is_json && !parameters.iter().any(|read| read.position == Position::Form) {
        reader.report(
            problem("there is no form").help("remove `form_as`, or set `in: form` on the parameters of the form"),
        );
    }
    is_json
}

fn read_methods(reader: &FileReader<'_>, node: &Node, style: ApiStyle) -> Vec<Method> {
    let mut methods = Vec::new();
    for item in reader.list(node, "HTTP methods") {
        let Some(method) = reader.word(item, "HTTP method") else { continue };
        if style == ApiStyle::Rpc && !matches!(method, Method::Get | Method::Post | Method::Put | Method::Delete) {
            reader.report(
                Problem::new(item.id, Code::BadPlacement, format!("an RPC operation cannot use {}", method.as_str()))
                    .expected("`POST` or `GET`, for a few operations `PUT` or `DELETE`"),
            );
        } else if methods.contains(&method) {
            reader.report(Problem::new(item.id, Code::DuplicateName, format!("`{}` appears twice", method.as_str())));
        } else {
            methods.push(method);
        }
    }
    if reader.is_empty_list(node) {
        reader.report(
            Problem::new(node.id, Code::BadPlacement, "an operation needs at least one HTTP method")
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
        reader.report(Problem::new(node.id, Code::BadLimit, "a limit of 0 queries per second allows no calls"));
    }
    let per = map.get("per").and_then(|node| reader.word(node, "scope of a limit"));
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
