//! The path of a ROA operation, and the parameters in it.

use super::field::path_parameter;
use super::naming::check_name;
use super::parameters::become_text;
use super::report::{Reason, Scope, Tally};
use alicloud_model::{Parameter, Position, Style, Type};

/// Reads a path, and adapts its `{Name}`s to the path parameters. `None` if the operation cannot be called.
pub(crate) fn read_path(
    raw: &str,
    parameters: &mut Vec<Parameter>,
    scope: &Scope<'_>,
    tally: &mut Tally,
) -> Option<String> {
    let reject = |why: String| {
        scope.note(Reason::Path, format!("operation rejected: {why}"));
        None
    };
    if !raw.starts_with('/') {
        return reject(format!("the path `{raw}` does not begin with `/`"));
    }
    // Some documents write brackets for braces, and a star for a value with slashes.
    let braced = raw.replace('[', "{").replace(']', "}");
    let Some(mut parts) = split(&braced) else {
        return reject(format!("the braces of the path `{raw}` do not match"));
    };
    let rest = rest_of(&mut parts, parameters, scope);
    let is_plain = |one: char| one.is_ascii_alphanumeric() || "/_.~:@%=&+,;!$()-".contains(one);
    let mut seen: Vec<String> = Vec::new();
    let mut path = String::with_capacity(raw.len());
    for part in &parts {
        match part {
            Part::Text(text) => {
                if let Some(odd) = text.chars().find(|one| !is_plain(*one) && *one != '?') {
                    return reject(format!("the path `{raw}` contains `{odd}`, which a path cannot contain"));
                }
                path.push_str(text);
            }
            Part::Name(name) => {
                let name = parameter_for(name, parameters, scope);
                if check_name(&name).is_err() || name.contains(['/', '{']) || seen.contains(&name) {
                    return reject(format!("the path `{raw}` has a duplicate or invalid name"));
                }
                path.push_str(&format!("{{{name}}}"));
                seen.push(name);
            }
        }
    }
    if let Some(name) = rest.filter(|name| !seen.contains(name)) {
        path.push_str(&format!("{{{name}*}}"));
        seen.push(name);
    }
    for field in parameters.iter_mut().map(|parameter| &mut parameter.field).filter(|field| seen.contains(&field.name))
    {
        // Without the value, the path is another one.
        field.required = true;
        field.default = None;
    }
    let before = parameters.len();
    parameters.retain(|Parameter { field, position, .. }| {
        let stays = *position != Position::Path || seen.contains(&field.name);
        if !stays {
            scope.inside(&field.name).note(Reason::Path, format!("parameter rejected: `{raw}` does not contain it"));
        }
        stays
    });
    tally.imported -= before - parameters.len();
    tally.rejected += before - parameters.len();
    Some(path)
}

/// The parameter for a star at the end of a path: the only path parameter that the path does not name, or a new one.
/// Removes the star.
fn rest_of(parts: &mut [Part<'_>], parameters: &mut Vec<Parameter>, scope: &Scope<'_>) -> Option<String> {
    let named: Vec<String> = parts
        .iter()
        .filter_map(|part| if let Part::Name(name) = part { Some((*name).to_owned()) } else { None })
        .collect();
    let Some(Part::Text(text)) = parts.last_mut() else { return None };
    *text = text.strip_suffix("/*").map(|_| text.trim_end_matches('*'))?;
    let in_path = parameters.iter_mut().filter(|parameter| parameter.position == Position::Path);
    let mut others = in_path.map(|parameter| &mut parameter.field).filter(|field| !named.contains(&field.name));
    if let (Some(field), None) = (others.next(), others.next()) {
        // Such an example is the whole path, but the parameter is only the end of it.
        field.example.take_if(|example| example.starts_with('/'));
        return Some(field.name.clone());
    }
    scope.inside("Path").note(Reason::Path, "added: the path ends with `*`");
    parameters.push(path_parameter("Path"));
    Some("Path".to_owned())
}

enum Part<'p> {
    Text(&'p str),
    Name(&'p str),
}

fn split(path: &str) -> Option<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some((text, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        parts.push(Part::Text(text));
        parts.push(Part::Name(name));
        rest = after;
    }
    parts.push(Part::Text(rest));
    let is_sound = parts.iter().all(|part| !matches!(part, Part::Text(text) if text.contains('}')));
    is_sound.then_some(parts)
}

/// The parameter of a `{Name}`: the one with this name, one with a similar name, or a new one.
fn parameter_for(name: &str, parameters: &mut Vec<Parameter>, scope: &Scope<'_>) -> String {
    if let Some(Parameter { field, position, style }) =
        parameters.iter_mut().find(|parameter| parameter.field.name == name)
    {
        if *position != Position::Path {
            scope.inside(name).note(Reason::Path, format!("moved from the {} to the path", position.as_str()));
            if !field.ty.is_scalar() || field.ty == Type::Binary {
                become_text(field);
            }
            *position = Position::Path;
            *style = Style::RepeatList;
        }
        return name.to_owned();
    }
    let bare = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    let in_path = parameters.iter().filter(|parameter| parameter.position == Position::Path);
    let mut in_path = in_path.map(|parameter| &parameter.field);
    if let Some(alike) = in_path.find(|field| bare(&field.name) == bare(name)) {
        scope.inside(name).note(Reason::Path, format!("the path's `{name}` is the parameter `{}`", alike.name));
        return alike.name.clone();
    }
    scope.inside(name).note(Reason::Path, "added: the path names it, but no parameter has this name");
    parameters.push(path_parameter(name));
    name.to_owned()
}
