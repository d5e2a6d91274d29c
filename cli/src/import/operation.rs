//! Reads one operation of the document.

use alicloud_model::{ApiStyle, Effect, Method, Operation, Parameter, Position, Ram};

use super::document::V3;
use super::effect::find_effect;
use super::errors::read_errors;
use super::json::Json;
use super::parameters::read_parameters;
use super::path::read_path;
use super::prose::markdown;
use super::report::{Reason, Scope, Tally};
use super::response::read_response;
use super::schema::Schemas;
use super::summary::generated_summary;

/// An operation of the document.
pub(crate) struct Imported {
    pub(crate) operation: Operation,
    /// Whether the effect is known. An unknown effect counts as a write, and the spec does not state it.
    pub(crate) has_effect: bool,
    /// The counts of parameters.
    pub(crate) tally: Tally,
}

/// The parts of the product that are needed to read an operation.
pub(crate) struct ProductContext<'d> {
    pub(crate) schemas: &'d Schemas<'d>,
    /// The style of the product.
    pub(crate) style: &'d str,
}

/// Reads an operation without its outcome, pagination and examples, which depend on the rest of the product. If the operation
/// is rejected, notes the reason and returns the counts of parameters.
pub(crate) fn read_operation(
    name: &str,
    raw: &Json,
    product: &ProductContext<'_>,
    scope: &Scope<'_>,
) -> Result<Imported, Tally> {
    let stated_path = raw.get("path").filled().map(|path| path.trim().to_owned());
    let style = match stated_path.as_deref() {
        None => ApiStyle::Rpc,
        Some("/") if [ApiStyle::Rpc.as_str(), V3].contains(&product.style) => ApiStyle::Rpc,
        Some(_) => ApiStyle::Roa,
    };
    let body_format = BodyFormat::read(raw);
    let mut tally = Tally::default();
    let is_xml = body_format.is_xml();
    let mut parameters = read_parameters(raw.get("parameters"), style, is_xml, product.schemas, scope, &mut tally);
    let rejected = Tally { rejected: tally.in_document, in_document: tally.in_document, ..Tally::default() };
    let mut operation = Operation::new(name).ok_or(rejected)?;
    let methods = read_methods(raw, style, scope).ok_or(rejected)?;
    if let (Some(path), ApiStyle::Roa) = (&stated_path, style) {
        operation.path = read_path(path, &mut parameters, scope, &mut tally).ok_or(rejected)?;
    }
    operation.methods = place_forms(&mut parameters, methods, raw.get("x-sdk"), scope);
    operation.form_as_json = read_form_as_json(&parameters, &body_format, style, scope);
    operation.style = style;
    operation.parameters = parameters;
    operation.summary = read_summary(raw).unwrap_or_else(|| generated_summary(name));
    operation.doc = read_doc(raw);
    operation.ram = read_ram_action(raw).map(|action| Ram { action, access: None, resource: None });
    operation.deprecated = raw.get("deprecated").flag().then(String::new);
    let mut response = read_response(raw.get("responses"), product.schemas, &scope.inside("response"));
    // The configuration of `kubectl` contains a private key.
    if name.to_ascii_lowercase().contains("kubeconfig") {
        response.hide(&["config", "Config", "kubeconfig", "kubeConfig", "KubeConfig", "Kubeconfig"]);
    }
    operation.response = response.fields;
    operation.response_headers = response.headers;
    operation.response_body = response.body;
    let effect = find_effect(name, raw, scope);
    operation.effect = effect.unwrap_or(Effect::Write);
    operation.errors = read_errors(raw.get("errorCodes"), scope);
    Ok(Imported { operation, has_effect: effect.is_some(), tally })
}

/// The stated format of the request body.
struct BodyFormat {
    of_sdk: String,
    media_types: Vec<String>,
}

impl BodyFormat {
    fn read(raw: &Json) -> Self {
        let media_types = raw.get("consumes").items().iter().filter_map(Json::text);
        Self {
            of_sdk: raw.get("x-sdk").get("reqBodyType").text().unwrap_or_default().into_owned(),
            media_types: media_types.map(|media| media.to_ascii_lowercase()).collect(),
        }
    }

    /// Whether a media type contains this word.
    fn has(&self, kind: &str) -> bool {
        self.media_types.iter().any(|media| media.contains(kind))
    }

    fn is_xml(&self) -> bool {
        self.of_sdk == "xml" || (self.has("xml") && !self.has("json"))
    }

    fn is_multipart(&self) -> bool {
        self.of_sdk == "multiFormData" || (self.has("multipart") && !self.has("json"))
    }

    fn is_json(&self) -> bool {
        self.of_sdk == "json" || self.has("application/json")
    }
}

/// Whether the form is sent as one JSON object.
fn read_form_as_json(parameters: &[Parameter], format: &BodyFormat, style: ApiStyle, scope: &Scope<'_>) -> bool {
    let has_form = parameters.iter().any(|parameter| parameter.position == Position::Form);
    if has_form && format.is_multipart() {
        scope.note(Reason::BodyFormat, "a multipart form, now a plain form");
    }
    style == ApiStyle::Roa && has_form && format.is_json()
}

/// The summary in the document, in one line.
fn read_summary(raw: &Json) -> Option<String> {
    let stated = raw.get("summary").filled().or_else(|| raw.get("title").filled())?;
    Some(markdown(&stated)?.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The description in the document, and its further remarks.
fn read_doc(raw: &Json) -> String {
    let parts = ["description", "extraInfo"].map(|key| raw.get(key).filled().and_then(|text| markdown(&text)));
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
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

/// Adapts methods to forms: a form needs a method with a body, and excludes another body.
fn place_forms(parameters: &mut [Parameter], mut methods: Vec<Method>, sdk: &Json, scope: &Scope<'_>) -> Vec<Method> {
    let has = |position: Position| parameters.iter().any(|parameter| parameter.position == position);
    let (has_form, has_body) = (has(Position::Form), has(Position::Body));
    let takes_body = methods.iter().any(|method| method.has_form());
    if !has_form || (takes_body && !has_body) {
        return methods;
    }
    if !has_body && sdk.get("method").text().is_some_and(|method| method == Method::Post.as_str()) {
        scope.note(Reason::Method, "POST added: the official SDK sends the form with it");
        methods.push(Method::Post);
        return methods;
    }
    let why = if has_body { "the operation has a body" } else { "no method can carry a form" };
    for Parameter { field, position, .. } in parameters.iter_mut() {
        if *position == Position::Form {
            scope.inside(&field.name).note(Reason::Position, format!("moved from the form to the query: {why}"));
            *position = Position::Query;
        }
    }
    methods
}
