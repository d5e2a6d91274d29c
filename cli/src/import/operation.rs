//! Reads one operation of the document.

use super::effect::find_effect;
use super::errors::read_errors;
use super::field::Field;
use super::json::Json;
use super::parameters::read_parameters;
use super::path::read_path;
use super::prose::markdown;
use super::report::{Reason, Scope, Tally};
use super::response::{Response, read_response};
use super::schema::Schemas;
use super::yaml::Node;
use alicloud_model::{ApiStyle, Effect, ErrorRow, Method, Pagination, Position};

/// An operation of a spec file.
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) summary: Option<String>,
    /// The documentation besides the summary, as Markdown.
    pub(crate) doc: Option<String>,
    /// The action that a RAM policy grants.
    pub(crate) ram_action: Option<String>,
    pub(crate) methods: Vec<Method>,
    pub(crate) style: ApiStyle,
    pub(crate) path: Option<String>,
    pub(crate) effect: Option<Effect>,
    pub(crate) deprecated: bool,
    pub(crate) form_as_json: bool,
    pub(crate) parameters: Vec<Field>,
    pub(crate) response: Response,
    /// The value of `outcome:`; set when the product's is known.
    pub(crate) outcome: Option<Node>,
    /// Set when the shared types are known.
    pub(crate) pagination: Option<Pagination>,
    /// Error codes after which a call can be retried.
    pub(crate) retry: &'static [String],
    pub(crate) errors: Vec<ErrorRow>,
    /// The sample messages; set when they fit.
    pub(crate) examples: Option<Node>,
    /// The counts of parameters.
    pub(crate) tally: Tally,
}

/// The parts of the product that are needed to read an operation.
pub(crate) struct ProductContext<'d> {
    pub(crate) schemas: &'d Schemas<'d>,
    /// The style of the product.
    pub(crate) style: &'d str,
}

/// Reads an operation, or notes why it is rejected. Both results have the counts of parameters.
pub(crate) fn read_operation(
    name: &str,
    raw: &Json,
    product: &ProductContext<'_>,
    scope: &Scope<'_>,
) -> Result<Operation, Tally> {
    let sdk = raw.get("x-sdk");
    let stated_path = raw.get("path").filled().map(|path| path.trim().to_owned());
    let style = match stated_path.as_deref() {
        None => ApiStyle::Rpc,
        Some("/") if matches!(product.style, "RPC" | "V3") => ApiStyle::Rpc,
        Some(_) => ApiStyle::Roa,
    };
    let body_type = sdk.get("reqBodyType").text().unwrap_or_default();
    let consumes = |kind: &str| {
        raw.get("consumes").items().iter().filter_map(Json::text).any(|media| media.to_ascii_lowercase().contains(kind))
    };
    let is_xml = body_type == "xml" || (consumes("xml") && !consumes("json"));
    let mut tally = Tally::default();
    let mut parameters = read_parameters(raw.get("parameters"), style, is_xml, product.schemas, scope, &mut tally);
    let refused =
        |tally: Tally| Tally { refused: tally.in_document, in_document: tally.in_document, ..Tally::default() };
    let Some(methods) = read_methods(raw, style, scope) else { return Err(refused(tally)) };
    let path = match (&stated_path, style) {
        (Some(path), ApiStyle::Roa) => match read_path(path, &mut parameters, scope, &mut tally) {
            Some(path) => Some(path),
            None => return Err(refused(tally)),
        },
        _ => None,
    };
    let methods = place_forms(&mut parameters, methods, sdk, scope);
    let has_form = parameters.iter().any(|field| field.position == Position::Form);
    if has_form && (body_type == "multiFormData" || (consumes("multipart") && !consumes("json"))) {
        scope.note(Reason::BodyFormat, "a multipart form, now a plain form");
    }
    let form_as_json = style == ApiStyle::Roa && has_form && (body_type == "json" || consumes("application/json"));
    let mut response = read_response(raw.get("responses"), product.schemas, &scope.inside("response"));
    // The configuration of `kubectl` contains a private key.
    if name.to_ascii_lowercase().contains("kubeconfig") {
        response.hide(&["config", "Config", "kubeconfig", "kubeConfig", "KubeConfig", "Kubeconfig"]);
    }
    Ok(Operation {
        name: name.to_owned(),
        summary: read_summary(raw),
        doc: read_doc(raw),
        ram_action: read_ram_action(raw),
        methods,
        style,
        path,
        effect: find_effect(name, raw, scope),
        deprecated: raw.get("deprecated").flag(),
        form_as_json,
        parameters,
        response,
        outcome: None,
        pagination: None,
        retry: &[],
        errors: read_errors(raw.get("errorCodes"), scope),
        examples: None,
        tally,
    })
}

/// The summary in the document, in one line.
fn read_summary(raw: &Json) -> Option<String> {
    let stated = raw.get("summary").filled().or_else(|| raw.get("title").filled())?;
    Some(markdown(&stated)?.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The description in the document, and its further remarks.
fn read_doc(raw: &Json) -> Option<String> {
    let parts = ["description", "extraInfo"].map(|key| raw.get(key).filled().and_then(|text| markdown(&text)));
    let text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    (!text.is_empty()).then_some(text)
}

/// The RAM action, which documents write in several ways.
fn read_ram_action(raw: &Json) -> Option<String> {
    let listed =
        raw.get("ramActions").items().iter().map(|item| [item.get("ramAction").get("action"), item.get("action")]);
    let tagged = raw.get("systemTags").get("ramAction").get("action");
    let actions = listed.flatten().chain([tagged]).filter_map(Json::filled);
    let mut actions = actions.map(|action| action.trim().to_owned()).filter(|action| action.contains(':'));
    actions.next()
}

/// The summary of an operation without documentation.
pub(crate) fn placeholder_summary(name: &str) -> String {
    format!("Calls {name}.")
}

fn read_methods(raw: &Json, style: ApiStyle, scope: &Scope<'_>) -> Option<Vec<Method>> {
    const USUAL: &[Method] = &[Method::Get, Method::Post];
    const OF_RPC: &[Method] = &[Method::Put, Method::Delete];
    let mut stated: Vec<String> =
        raw.get("methods").items().iter().filter_map(|method| Some(method.filled()?.trim().to_uppercase())).collect();
    if stated.is_empty() {
        let sdk = raw.get("x-sdk").get("method").filled().map(|method| method.trim().to_uppercase());
        let assumed = sdk.unwrap_or_else(|| Method::Post.as_str().to_owned());
        scope.note(Reason::Method, format!("the document has none; {assumed} is assumed"));
        stated.push(assumed);
    }
    // The official SDKs send RPC operations with other methods only if the operation has no usual one.
    let is_usual = stated.iter().any(|method| USUAL.iter().any(|usual| usual.as_str() == method));
    let known = match style {
        ApiStyle::Rpc if is_usual => USUAL,
        ApiStyle::Rpc => OF_RPC,
        ApiStyle::Roa => Method::ALL,
    };
    let mut methods: Vec<Method> = Vec::new();
    let mut others: Vec<&str> = Vec::new();
    for method in &stated {
        match known.iter().find(|known| known.as_str() == method) {
            Some(known) if !methods.contains(known) => methods.push(*known),
            Some(_) => {}
            None => others.push(method),
        }
    }
    if methods.is_empty() {
        let (only, word) = (others.join(", "), style.as_str());
        scope.note(Reason::Method, format!("operation rejected: {word} does not support {only}"));
        return None;
    }
    if !others.is_empty() {
        scope.note(Reason::Method, format!("{} dropped: {} does not support it", others.join(", "), style.as_str()));
    }
    Some(methods)
}

/// Makes methods and forms fit: a form needs a method with a body, and excludes another body.
fn place_forms(parameters: &mut [Field], mut methods: Vec<Method>, sdk: &Json, scope: &Scope<'_>) -> Vec<Method> {
    let has = |position: Position| parameters.iter().any(|field| field.position == position);
    let (has_form, has_body) = (has(Position::Form), has(Position::Body));
    let takes_body = methods.iter().any(|method| method.has_form());
    if !has_form || (takes_body && !has_body) {
        return methods;
    }
    if !has_body && sdk.get("method").text().is_some_and(|method| method == "POST") {
        scope.note(Reason::Method, "POST added: the official SDK sends the form with it");
        methods.push(Method::Post);
        return methods;
    }
    let why = if has_body { "the operation has a body" } else { "no method can carry a form" };
    for field in parameters.iter_mut().filter(|field| field.position == Position::Form) {
        scope.inside(&field.name).note(Reason::Position, format!("moved from the form to the query: {why}"));
        field.position = Position::Query;
    }
    methods
}
