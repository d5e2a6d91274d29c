//! Sample messages: the sample responses that fit the operation, with a request made of the examples of the parameters.

use std::collections::HashSet;

use alicloud_model::sample_xml::{Element, parse};

use super::field::{Field, Type};
use super::json::Json;
use super::naming::check_name;
use super::outcome::reports_failure;
use super::report::{Reason, Scope};
use super::response::Response;
use super::schema::is_within_limits;
use super::yaml::Node;
use alicloud_model::{Outcome, Position};

/// The maximum depth of objects in a sample request.
const DEEPEST_SAMPLE: usize = 6;

/// The shared types with their fields.
pub(crate) type Shared = [(String, Vec<Field>)];

/// The operation that an example must fit.
pub(crate) struct Checked<'o> {
    pub(crate) operation: &'o str,
    pub(crate) parameters: &'o [Field],
    pub(crate) response: &'o Response,
    pub(crate) outcome: Option<&'o Outcome>,
    pub(crate) shared: &'o Shared,
}

/// Reads the example, if a sample response fits the operation.
pub(crate) fn read_example(demo: &Json, checked: &Checked<'_>, scope: &Scope<'_>) -> Option<Node> {
    let listed = answers(demo, scope)?;
    let mut answers: Vec<(String, Node)> = Vec::new();
    for item in listed.items() {
        let kind = item.get("type").text().unwrap_or_default().to_ascii_lowercase();
        let Some(text) = item.get("example").filled() else { continue };
        let text = format!("{}\n", text.replace("\r\n", "\n").replace('\r', "\n").trim());
        let answer = match kind.as_str() {
            "json" => checked.fits_json(&text).map(|()| text),
            "xml" => checked.fitting_xml(text),
            _ => Err(format!("a response cannot be `{kind}`")),
        };
        match answer {
            Err(why) => scope.note(Reason::Example, format!("{kind}: {why}")),
            Ok(_) if answers.iter().any(|(known, _)| *known == kind) => {
                scope.note(Reason::Example, format!("{kind}: it is a duplicate"));
            }
            Ok(answer) => answers.push((kind, Node::Text(answer))),
        }
    }
    if answers.is_empty() {
        return None;
    }
    let request = match checked.sample_request() {
        Ok(request) => request,
        Err(name) => {
            scope.note(Reason::Example, format!("the required `{name}` has no example"));
            return None;
        }
    };
    // JSON comes first, in any order of the document.
    answers.sort_by(|one, other| one.0.cmp(&other.0));
    let mut entries = vec![("request".to_owned(), Node::Map(request))];
    entries.extend(answers);
    Some(Node::List(vec![Node::Map(entries)]))
}

/// The sample response in JSON, even if it does not fit the operation; null if the document has none.
pub(crate) fn json_sample(demo: &Json) -> Json {
    let listed = match demo {
        Json::Text(text) => serde_json::from_str(text).unwrap_or(Json::Null),
        other => other.clone(),
    };
    let is_json = |item: &&Json| item.get("type").text().is_some_and(|kind| kind.eq_ignore_ascii_case("json"));
    let sample = listed.items().iter().find(is_json).and_then(|item| item.get("example").filled().map(String::from));
    sample.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Json::Null)
}

/// The list of responses, which is a JSON text in a JSON string.
fn answers(demo: &Json, scope: &Scope<'_>) -> Option<Json> {
    match demo {
        Json::Null => None,
        Json::Text(text) if text.trim().is_empty() => None,
        Json::Text(text) => serde_json::from_str(text)
            .map_err(|error| scope.note(Reason::Example, format!("`responseDemo` is not valid JSON: {error}")))
            .ok(),
        other => Some(other.clone()),
    }
}

impl Checked<'_> {
    fn members_of<'t>(&'t self, ty: &'t Type) -> Option<&'t [Field]> {
        match ty {
            Type::Object(fields) => Some(fields),
            Type::Shared(name) => {
                let (_, fields) = self.shared.iter().find(|(known, _)| known == name)?;
                Some(fields)
            }
            _ => None,
        }
    }

    fn fits_json(&self, text: &str) -> Result<(), String> {
        let value: Json = serde_json::from_str(text).map_err(|error| format!("it is not valid JSON: {error}"))?;
        match self.response {
            Response::Empty => Err("the operation has no response body".to_owned()),
            Response::Whole(ty) => self.fits_value(&value, ty, "the response"),
            Response::Fields(_) if value.is_object() => {
                self.is_success(&|name| value.get(name).text().map(|text| text.into_owned()))?;
                self.fits_members(&value, self.response.fields(), "")
            }
            Response::Fields(_) => Err("it is not an object".to_owned()),
        }
    }

    fn fits_members(&self, value: &Json, fields: &[Field], path: &str) -> Result<(), String> {
        for (name, value) in value.members() {
            let field = known_field(name, fields, path)?;
            self.fits_value(value, &field.ty, &format!("{path}{name}"))?;
        }
        Ok(())
    }

    fn fits_value(&self, value: &Json, ty: &Type, path: &str) -> Result<(), String> {
        if let (Some(fields), Json::Object(_)) = (self.members_of(ty), value) {
            return self.fits_members(value, fields, &format!("{path}."));
        }
        match (ty, value) {
            (_, Json::Null) => Ok(()),
            (ty, _) if *ty == Type::ANY => Ok(()),
            (Type::List(item), Json::List(values)) => {
                values.iter().try_for_each(|value| self.fits_value(value, item, path))
            }
            (Type::Map(item), Json::Object(members)) => {
                members.iter().try_for_each(|(_, value)| self.fits_value(value, item, path))
            }
            (Type::Scalar(_), Json::Number(text)) if ty.accepts(text) => Ok(()),
            (Type::Scalar(_), Json::Text(_) | Json::Bool(_)) if value.text().is_some_and(|text| ty.accepts(&text)) => {
                Ok(())
            }
            _ => Err(format!("`{path}` is not of type {}", ty.word())),
        }
    }

    /// Rejects samples of failures.
    fn is_success(&self, text_of: &dyn Fn(&str) -> Option<String>) -> Result<(), String> {
        match self.outcome {
            Some(outcome) if reports_failure(outcome, text_of) => Err("it reports a failure".to_owned()),
            _ => Ok(()),
        }
    }

    /// The sample with the root element of the operation. Many samples have none, or that of another operation. They are
    /// used if all fields fit.
    fn fitting_xml(&self, text: String) -> Result<String, String> {
        let Response::Fields(fields) = self.response else {
            return Err("the operation does not respond with an object".to_owned());
        };
        let name = format!("{}Response", self.operation);
        let parsed = parse(&text);
        let text = match &parsed {
            Ok(root) if root.name == name => text,
            Ok(root) if fields.iter().all(|field| field.name != root.name) => {
                let begin = text.get(root.at + root.name.len()..).and_then(|rest| rest.rsplit_once("</"));
                let (inside, _) = begin.ok_or_else(|| format!("the root element is `{}`", root.name))?;
                let before = text.get(..root.at).unwrap_or_default();
                format!("{before}{name}{inside}</{name}>\n")
            }
            _ => format!("<{name}>\n{text}</{name}>\n"),
        };
        let root = parse(&text).map_err(|error| format!("it is not valid XML: {}", error.why))?;
        self.is_success(&|name| root.children.iter().find(|child| child.name == name).map(|child| child.text.clone()))?;
        self.fits_children(&root, fields, "")?;
        Ok(text)
    }

    fn fits_children(&self, element: &Element, fields: &[Field], path: &str) -> Result<(), String> {
        for child in &element.children {
            let field = known_field(&child.name, fields, path)?;
            // XML repeats the element for each item of a list.
            let ty = if let Type::List(item) = &field.ty { item } else { &field.ty };
            self.fits_element(child, ty, &format!("{path}{}", child.name))?;
        }
        Ok(())
    }

    fn fits_element(&self, element: &Element, ty: &Type, path: &str) -> Result<(), String> {
        match self.members_of(ty) {
            Some(_) if !element.text.is_empty() => return Err(format!("`{path}` is text, not an object")),
            Some(fields) => return self.fits_children(element, fields, &format!("{path}.")),
            None => {}
        }
        match ty {
            Type::Map(item) => element.children.iter().try_for_each(|child| self.fits_element(child, item, path)),
            Type::List(_) => Ok(()),
            ty if *ty == Type::ANY => Ok(()),
            ty if element.children.is_empty() && (element.text.is_empty() || ty.accepts(&element.text)) => Ok(()),
            ty => Err(format!("`{path}` is not of type {}", ty.word())),
        }
    }

    /// A value for each required parameter, or the name of one that has none.
    fn sample_request(&self) -> Result<Vec<(String, Node)>, String> {
        // The host is incomplete without it.
        let is_needed = |field: &&Field| field.required || field.position == Position::Host;
        let required = self.parameters.iter().filter(is_needed);
        required
            .map(|field| {
                let sample = self.sample(field, 0).ok_or_else(|| field.name.clone())?;
                Ok((field.name.clone(), sample))
            })
            .collect()
    }

    fn sample(&self, field: &Field, depth: usize) -> Option<Node> {
        if depth > DEEPEST_SAMPLE {
            return None;
        }
        let parsed = || -> Option<Json> { serde_json::from_str(field.example.as_deref()?).ok() };
        match &field.ty {
            Type::Scalar(_) => {
                let stated = field.example.as_ref().or(field.values.first());
                stated.filter(|text| is_within_limits(field, text)).map(|text| field.ty.value(text))
            }
            Type::List(item) => {
                let stated = parsed().filter(|value| self.fits_value(value, &field.ty, "").is_ok());
                let items = match (stated.as_ref().map(Json::items), &**item) {
                    (Some(items), Type::Scalar(_)) if !items.is_empty() => items
                        .iter()
                        .map(|item| item.text().map(|text| Node::text(&text)))
                        .collect::<Option<Vec<_>>>()?,
                    (_, Type::Scalar(_)) => {
                        let text = field.item_example.as_ref().or(field.example.as_ref())?;
                        vec![Some(text).filter(|text| item.accepts(text)).map(|text| item.value(text))?]
                    }
                    (_, item) => vec![self.sample_object(item, depth)?],
                };
                let bound = |bound: &Option<String>| bound.as_ref().and_then(|bound| bound.parse::<usize>().ok());
                let fits = bound(&field.count.0).is_none_or(|least| items.len() >= least)
                    && bound(&field.count.1).is_none_or(|most| items.len() <= most);
                fits.then_some(Node::List(items))
            }
            Type::Map(item) => {
                let value = parsed().filter(|value| item.is_scalar() && !value.members().is_empty())?;
                let mut keys = HashSet::new();
                if !value.members().iter().all(|(key, _)| check_name(key).is_ok() && keys.insert(key)) {
                    return None;
                }
                let members = value.members().iter().map(|(key, value)| {
                    let text = value.text().filter(|text| item.accepts(text))?;
                    Some((key.clone(), Node::text(&text)))
                });
                Some(Node::Map(members.collect::<Option<Vec<_>>>()?))
            }
            ty @ (Type::Object(_) | Type::Shared(_)) => self.sample_object(ty, depth),
        }
    }

    fn sample_object(&self, ty: &Type, depth: usize) -> Option<Node> {
        let fields = self.members_of(ty)?;
        let mut members = Vec::new();
        for field in fields {
            match self.sample(field, depth + 1) {
                Some(sample) => members.push((field.name.clone(), sample)),
                None if field.required => return None,
                None => {}
            }
        }
        (!members.is_empty()).then_some(Node::Map(members))
    }
}

fn known_field<'f>(name: &str, fields: &'f [Field], path: &str) -> Result<&'f Field, String> {
    fields.iter().find(|field| field.name == name).ok_or_else(|| format!("`{path}{name}` is not a response field"))
}
