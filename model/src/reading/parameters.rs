//! Checks the positions of parameters, and the types and styles that the positions allow.

use crate::diagnostics::diagnostic::Code;
use crate::reading::fields::ReadField;
use crate::reading::problem::Problem;
use crate::reading::reader::{FileReader, Mapping};
use crate::spec::api_style::ApiStyle;
use crate::spec::common_parameters::COMMON_PARAMETERS;
use crate::spec::method::Method;
use crate::spec::parameters::{Position, Style};
use crate::spec::types::Type;

/// Checks the position, the type and the style of each parameter.
pub(crate) fn check_parameters(reader: &FileReader<'_>, parameters: &[ReadField], style: ApiStyle, methods: &[Method]) {
    for read in parameters {
        if style == ApiStyle::Rpc && COMMON_PARAMETERS.contains(&read.field.name.as_str()) {
            let message = format!("`{}` is a common request parameter", read.field.name);
            reader
                .report(Problem::new(read.name_id, Code::ReservedName, message).help("remove it: every call sends it"));
        }
        check_position(reader, read, style, methods);
        check_type(reader, read);
        check_style(reader, read);
    }
    let mut bodies = parameters.iter().filter(|read| read.position == Position::Body);
    if let (Some(first), Some(second)) = (bodies.next(), bodies.next()) {
        let message = format!("`{}` is already the body", first.field.name);
        reader.report(
            Problem::new(second.position_id, Code::BadPlacement, message).help("a request has at most one body"),
        );
    } else if let Some(body) = parameters.iter().find(|read| read.position == Position::Body)
        && let Some(form) = parameters.iter().find(|read| read.position == Position::Form)
    {
        let message = format!("`{}` is the body, so there can be no form parameter", body.field.name);
        reader.report(Problem::new(form.position_id, Code::BadPlacement, message).help("use `in: query`"));
    }
}

fn check_position(reader: &FileReader<'_>, read: &ReadField, style: ApiStyle, methods: &[Method]) {
    let name = &read.field.name;
    let report = |message: String, help: &str| {
        reader.report(Problem::new(read.position_id, Code::BadPlacement, message).help(help));
    };
    match read.position {
        Position::Form
            if style == ApiStyle::Rpc && !methods.iter().any(|method| method.has_form()) && !methods.is_empty() =>
        {
            report(
                format!("`{name}` is a form parameter, but no method of the operation has a body"),
                "use `in: query`, or add POST to `methods`",
            );
        }
        Position::Path if style == ApiStyle::Rpc => {
            report(
                format!("`{name}` is a path parameter, but an RPC operation has no path"),
                "use `in: query`, or `style: ROA` with a `path`",
            );
        }
        _ => {}
    }
}

fn check_type(reader: &FileReader<'_>, read: &ReadField) {
    let (name, ty) = (&read.field.name, &read.field.ty);
    let is_text_map = matches!(ty, Type::Map(item) if **item == Type::String);
    let problem = match read.position {
        Position::Header if name.ends_with('*') && !is_text_map => {
            Some((format!("`{name}` is a prefix of several headers"), "`Map<String>`"))
        }
        Position::Header if !ty.is_scalar() && !name.ends_with('*') && read.style != Style::Json => Some((
            format!("`{name}` is a {}, which does not fit into a header", ty.spelling()),
            "a single value, or `style: json`",
        )),
        Position::Path | Position::Host if !ty.is_scalar() => {
            Some((format!("`{name}` is a {}, which cannot be part of a URL", ty.spelling()), "a single value"))
        }
        _ => None,
    };
    if let Some((message, expected)) = problem {
        reader.report(Problem::new(read.position_id, Code::BadPlacement, message).expected(expected));
    }
    if *ty == Type::Binary && read.position != Position::Body {
        reader.report(
            Problem::new(read.type_id, Code::BadType, "`Binary` is a whole body")
                .help("use `in: body`, or `Bytes` for bytes in Base64"),
        );
    }
}

fn check_style(reader: &FileReader<'_>, read: &ReadField) {
    let (name, ty) = (&read.field.name, &read.field.ty);
    let Some(style_id) = read.style_id else { return };
    let report = |problem: Problem| reader.report(problem);
    if ty.is_scalar() {
        let message = format!("a style applies to lists, objects and maps, but `{name}` is a {}", ty.spelling());
        report(Problem::new(style_id, Code::BadPlacement, message).help("remove `style`"));
    }
    if read.style.joins() && !matches!(ty, Type::List(item) if item.is_scalar()) && !ty.is_scalar() {
        report(
            Problem::new(style_id, Code::BadPlacement, format!("`{name}` is not a list of single values"))
                .expected("a list of single values for a style that joins them"),
        );
    }
    if read.position == Position::Body && read.style != Style::Json {
        let message = format!("`{name}` is the body, which is JSON");
        report(Problem::new(style_id, Code::BadPlacement, message).help("remove `style`"));
    }
}

/// Reads the path of a ROA operation. It must have the same placeholders as there are `in: path` parameters. It may end
/// with query parameters that are always sent, as in `/agents/{Name}?status`.
pub(crate) fn check_path<'n>(
    reader: &'n FileReader<'_>,
    map: &mut Mapping<'n>,
    parameters: &[ReadField],
    style: ApiStyle,
) -> String {
    if style == ApiStyle::Rpc {
        if let Some(node) = map.get("path") {
            let problem = Problem::new(node.id, Code::BadPlacement, "an RPC operation has no path");
            reader.report(problem.help("remove `path`, or use `style: ROA`"));
        }
        return "/".to_owned();
    }
    let Some(node) = map.required("path") else { return "/".to_owned() };
    let Some(path) = reader.text(node, "a path such as `/clusters/{ClusterId}`") else { return "/".to_owned() };
    let problem = |message: String| Problem::new(node.id, Code::BadPlacement, message);
    let Some(placeholders) = placeholders(path).filter(|_| path.starts_with('/')) else {
        let expected = "a path such as `/clusters/{ClusterId}`, without spaces and `#`";
        reader.report(problem(format!("`{path}` is not a path")).expected(expected));
        return path.to_owned();
    };
    let in_path = || parameters.iter().filter(|read| read.position == Position::Path);
    for name in &placeholders {
        if !in_path().any(|read| &read.field.name == name) {
            let help = format!("add a parameter `{name}` with `in: path`");
            reader.report(problem(format!("`{{{name}}}` is not a path parameter")).help(help));
        }
    }
    for read in in_path().filter(|read| !placeholders.contains(&read.field.name.as_str())) {
        let message =
            format!("`{}` is a path parameter, but the path has no `{{{}}}`", read.field.name, read.field.name);
        reader.report(Problem::new(read.position_id, Code::BadPlacement, message).expected(format!("it in `{path}`")));
    }
    path.to_owned()
}

/// Returns the names in braces. The last one may match slashes: `{Key*}`. Returns `None` if the text is not a valid
/// path.
fn placeholders(path: &str) -> Option<Vec<&str>> {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if !is_plain(query) {
        return None;
    }
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if !is_plain(before) || name.contains('{') {
            return None;
        }
        let bare = name.strip_suffix('*').unwrap_or(name);
        // A placeholder that matches slashes matches the rest of the path, so nothing can follow it.
        if bare.is_empty() || (bare != name && !after.is_empty()) {
            return None;
        }
        names.push(bare);
        rest = after;
    }
    is_plain(rest).then_some(names)
}

/// Whether the text consists of characters that a path can contain unencoded (RFC 3986, section 3.3), and
/// percent-encoded ones.
fn is_plain(text: &str) -> bool {
    text.chars().all(|one| one.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=:@%".contains(one))
}
