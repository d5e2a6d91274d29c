//! Reads the parameters of an operation: their positions and styles, duplicates, and parameters that cannot be sent.

use std::mem;

use alicloud_model::{ApiStyle, COMMON_PARAMETERS, Field, Parameter, Position, Style, Type};

use super::field::{new_field, word};
use super::json::Json;
use super::naming::{check_field_name, is_header_name};
use super::prose::markdown;
use super::report::{Reason, Scope, Tally};
use super::schema::{Role, Schemas};

/// Optional parameters that name the account of the caller, or the account that owns a resource. Official SDKs list them
/// for many RPC operations, but documentation pages usually do not. The signature already identifies the account.
const ACCOUNT_PARAMETERS: &[&str] = &["OwnerAccount", "OwnerId", "ResourceOwnerAccount", "ResourceOwnerId"];

/// Reads the parameters of an operation.
pub(crate) fn read_parameters(
    raw: &Json,
    style: ApiStyle,
    is_xml: bool,
    schemas: &Schemas<'_>,
    scope: &Scope<'_>,
    tally: &mut Tally,
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for item in raw.items() {
        tally.in_document += 1;
        match read_parameter(item, style, is_xml, schemas, scope, &parameters) {
            Read::Parameter(parameter) => {
                tally.imported += 1;
                parameters.push(*parameter);
            }
            Read::Merged => tally.merged += 1,
            Read::Rejected => tally.rejected += 1,
        }
    }
    let before = parameters.len();
    drop_sent_twice(&mut parameters, scope);
    let dropped = before - parameters.len();
    tally.imported -= dropped;
    tally.merged += dropped;
    parameters
}

enum Read {
    Parameter(Box<Parameter>),
    Merged,
    Rejected,
}

fn read_parameter(
    item: &Json,
    style: ApiStyle,
    is_xml: bool,
    schemas: &Schemas<'_>,
    scope: &Scope<'_>,
    earlier: &[Parameter],
) -> Read {
    let Some(name) = item.get("name").text() else {
        scope.note(Reason::MalformedParameter, format!("{} without a name", item.kind()));
        return Read::Rejected;
    };
    let scope = scope.inside(&name);
    let rejected = |reason: Reason, why: &str| {
        scope.note(reason, why);
        Read::Rejected
    };
    if let Err(why) = check_field_name(&name) {
        return rejected(Reason::UnsafeName, why);
    }
    if style == ApiStyle::Rpc && COMMON_PARAMETERS.contains(&name.as_ref()) {
        return rejected(Reason::ReservedName, "it is a common request parameter");
    }
    let is_required = item.get("required").flag() || item.get("schema").get("required").flag();
    if style == ApiStyle::Rpc && ACCOUNT_PARAMETERS.contains(&name.as_ref()) && !is_required {
        return rejected(Reason::AccountParameter, "it is optional, and the signature identifies the account");
    }
    let stated = item.get("in").text().unwrap_or_default().to_ascii_lowercase();
    let position = match stated.as_str() {
        "" => Some(Position::Query),
        "formdata" => Some(Position::Form),
        "domain" => Some(Position::Host),
        word => Position::parse(word),
    };
    let position = match position {
        // Some documents call a binary body a form field.
        Some(Position::Form) if item.get("whole").flag() => Position::Body,
        Some(position) => position,
        None => return rejected(Reason::Position, &format!("unknown position `{stated}`")),
    };
    if let Some(other) = earlier.iter().find(|other| other.field.name == name) {
        let detail = format!("in {} and again in {}; the first is used", other.position.as_str(), position.as_str());
        scope.note(Reason::RepeatedParameter, detail);
        return Read::Merged;
    }
    if style == ApiStyle::Rpc && position == Position::Path {
        return rejected(Reason::Position, "RPC operations have no path");
    }
    if position == Position::Header && !is_header_name(&name) {
        return rejected(Reason::UnsafeName, "a header cannot have this name");
    }
    if position == Position::Body && earlier.iter().any(|other| other.position == Position::Body) {
        return rejected(Reason::Position, "the operation has another body");
    }
    let role = if position == Position::Body { Role::Body } else { Role::Request };
    let mut field = schemas.read_field(&name, item.get("schema"), role, &scope);
    // Some documents have these outside of the schema.
    field.required |= item.get("required").flag() && field.default.is_none();
    if item.get("deprecated").flag() {
        field.deprecated = Some(String::new());
    }
    if field.doc.is_empty() {
        field.doc = item.get("description").filled().and_then(|text| markdown(&text)).unwrap_or_default();
    }
    let stated_style = item.get("style").text().unwrap_or_default();
    let style = fit_to_position(&mut field, position, &stated_style, is_xml, &scope);
    Read::Parameter(Box::new(Parameter { field, position, style }))
}

/// Adapts the type to the position. Returns the style.
fn fit_to_position(
    field: &mut Field,
    position: Position,
    stated_style: &str,
    is_xml: bool,
    scope: &Scope<'_>,
) -> Style {
    let mut style = Style::RepeatList;
    let is_binary = field.ty == Type::Binary;
    if is_binary && position != Position::Body {
        scope.note(Reason::Type, "raw bytes outside of a body, now `String`");
        field.ty = Type::String;
    }
    match position {
        Position::Body => {
            if is_xml || stated_style == "xml" {
                if !is_binary {
                    scope.note(Reason::BodyFormat, "an XML body, now a `String` that is sent unchanged");
                    become_text(field);
                }
            } else if field.ty.is_scalar() && !matches!(field.ty, Type::Any | Type::String | Type::Binary) {
                scope.note(Reason::Type, format!("a body of {}, now `Any`", word(&field.ty)));
                retype(field, Type::Any);
            }
        }
        Position::Path | Position::Host if !field.ty.is_scalar() => {
            scope.note(Reason::Type, format!("a {} in the {}, now `String`", word(&field.ty), position.as_str()));
            become_text(field);
        }
        Position::Path | Position::Host => {}
        Position::Header if field.ty.is_scalar() => {}
        Position::Header => {
            // A name that ends in `*` is a prefix of several headers, which become a map below.
            if !field.name.ends_with('*') {
                style = Style::Json;
            }
        }
        Position::Query | Position::Form => style = style_of(field, stated_style, scope),
    }
    let text_map = Type::Map(Box::new(Type::String));
    if position == Position::Header && field.name.ends_with('*') && field.ty != text_map {
        scope.note(Reason::Type, "a prefix of headers, now a map");
        *field = Field { doc: mem::take(&mut field.doc), ..new_field(&field.name, text_map) };
    }
    style
}

/// Changes the type of a field to text, and drops what depends on the old type.
pub(crate) fn become_text(field: &mut Field) {
    retype(field, Type::String);
}

/// Changes the type of a field, and drops what depends on the old type.
fn retype(field: &mut Field, ty: Type) {
    let (required, sensitive, example) = (field.required, field.sensitive, field.example.take());
    *field = Field { required, sensitive, example, doc: mem::take(&mut field.doc), ..new_field(&field.name, ty) };
}

/// The style of a structure. Values of type `Any` are JSON text already, and have none.
fn style_of(field: &Field, stated: &str, scope: &Scope<'_>) -> Style {
    let is_joinable = matches!(&field.ty, Type::List(item) if item.is_scalar());
    let style = match Style::parse(stated) {
        _ if stated.is_empty() => Style::RepeatList,
        Some(style) if style.joins() && !is_joinable => {
            scope.note(Reason::Style, format!("`{stated}` is for lists of single values"));
            Style::RepeatList
        }
        Some(style) => style,
        None => {
            scope.note(Reason::Style, format!("unknown style `{stated}`"));
            Style::RepeatList
        }
    };
    // An `Any` is always sent as JSON.
    if !field.ty.is_scalar() {
        return style;
    }
    if style != Style::RepeatList && !(field.ty == Type::Any && style == Style::Json) {
        scope.note(Reason::Style, format!("`{stated}` is for lists and objects, not for {}", word(&field.ty)));
    }
    Style::RepeatList
}

/// Drops `Disk.Size` if an object `Disk` has a field `Size`, which is sent with the same name.
fn drop_sent_twice(parameters: &mut Vec<Parameter>, scope: &Scope<'_>) {
    let sender = |name: &str| {
        let (first, rest) = name.split_once('.')?;
        let Parameter { field, style, .. } = parameters.iter().find(|other| other.field.name == first)?;
        let is_flattened = matches!(style, Style::RepeatList | Style::Flat) && !field.ty.is_scalar();
        (is_flattened && leads_somewhere(&field.ty, rest)).then(|| field.name.clone())
    };
    let names = parameters.iter().map(|parameter| &parameter.field.name);
    let sent: Vec<(String, String)> = names.filter_map(|name| Some((name.clone(), sender(name)?))).collect();
    for (name, object) in &sent {
        scope.inside(name).note(Reason::SentTwice, format!("`{object}` sends it"));
    }
    parameters.retain(|parameter| !sent.iter().any(|(name, _)| *name == parameter.field.name));
}

/// Whether a flattened value of the type sends a parameter of this name.
fn leads_somewhere(ty: &Type, path: &str) -> bool {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let inner = match ty {
        Type::Object(object) => object.fields.iter().find(|member| member.name == first).map(|member| &member.ty),
        Type::List(item) if first.parse::<u32>().is_ok() => Some(item.as_ref()),
        _ => None,
    };
    match (inner, rest) {
        (Some(ty), Some(rest)) => leads_somewhere(ty, rest),
        (Some(ty), None) => ty.is_scalar(),
        (None, _) => false,
    }
}
