//! Sample messages: sample responses that fit the operation, with a request built from the examples of the parameters.

use std::collections::HashSet;

use alicloud_model::sample_xml::{Element, parse};
use alicloud_model::{Bounds, Example, Field, Operation, Position, ResponseKind, Sample, SharedTypes, Type};

use super::field::word;
use super::item_examples::ItemExamples;
use super::json::Json;
use super::naming::check_name;
use super::outcome::reports_failure;
use super::report::{Reason, Scope};
use super::schema::is_within_limits;

/// The maximum depth of objects in a sample request.
const DEEPEST_SAMPLE: usize = 6;

/// The operation that an example must fit.
pub(crate) struct Checked<'o> {
    pub(crate) operation: &'o Operation,
    pub(crate) types: &'o SharedTypes,
    pub(crate) item_examples: &'o ItemExamples,
}

/// Reads the example, if a sample response fits the operation.
pub(crate) fn read_example(demo: &Json, checked: &Checked<'_>, scope: &Scope<'_>) -> Option<Example> {
    let listed = responses(demo, scope)?;
    let mut example = Example { request: Vec::new(), json: None, xml: None };
    for item in listed.items() {
        let kind = item.get("type").text().unwrap_or_default().to_ascii_lowercase();
        let Some(text) = item.get("example").filled() else { continue };
        let text = format!("{}\n", text.replace("\r\n", "\n").replace('\r', "\n").trim());
        let (response, known) = match kind.as_str() {
            "json" => (checked.fits_json(&text).map(|()| text), &mut example.json),
            "xml" => (checked.fitting_xml(text), &mut example.xml),
            _ => {
                scope.note(Reason::Example, format!("{kind}: a response cannot be `{kind}`"));
                continue;
            }
        };
        match response {
            Err(why) => scope.note(Reason::Example, format!("{kind}: {why}")),
            Ok(_) if known.is_some() => scope.note(Reason::Example, format!("{kind}: it is a duplicate")),
            Ok(response) => *known = Some(response),
        }
    }
    if example.json.is_none() && example.xml.is_none() {
        return None;
    }
    match checked.sample_request() {
        Ok(request) => Some(Example { request, ..example }),
        Err(name) => {
            scope.note(Reason::Example, format!("the required `{name}` has no example"));
            None
        }
    }
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
fn responses(demo: &Json, scope: &Scope<'_>) -> Option<Json> {
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
    fn fits_json(&self, text: &str) -> Result<(), String> {
        let value: Json = serde_json::from_str(text).map_err(|error| format!("it is not valid JSON: {error}"))?;
        match (self.operation.response_kind(), &self.operation.response_body) {
            (_, Some(ty)) => self.fits_value(&value, ty, "the response"),
            (ResponseKind::Fields, None) if value.is_object() => {
                self.is_success(&|name| value.get(name).text().map(|text| text.into_owned()))?;
                self.fits_members(&value, &self.operation.response, "")
            }
            (ResponseKind::Fields, None) => Err("it is not an object".to_owned()),
            _ => Err("the operation has no response body".to_owned()),
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
        if let (Some(fields), Json::Object(_)) = (self.types.fields_of(ty), value) {
            return self.fits_members(value, fields, &format!("{path}."));
        }
        match (ty, value) {
            (_, Json::Null) => Ok(()),
            (Type::Any, _) => Ok(()),
            (Type::List(item), Json::List(values)) => {
                values.iter().try_for_each(|value| self.fits_value(value, item, path))
            }
            (Type::Map(item), Json::Object(members)) => {
                members.iter().try_for_each(|(_, value)| self.fits_value(value, item, path))
            }
            (ty, Json::Number(text)) if ty.is_scalar() && ty.check(text).is_ok() => Ok(()),
            (ty, Json::Text(_) | Json::Bool(_))
                if ty.is_scalar() && value.text().is_some_and(|text| ty.check(&text).is_ok()) =>
            {
                Ok(())
            }
            _ => Err(format!("`{path}` is not of type {}", word(ty))),
        }
    }

    /// Rejects samples of failures.
    fn is_success(&self, text_of: &dyn Fn(&str) -> Option<String>) -> Result<(), String> {
        match &self.operation.outcome {
            Some(outcome) if reports_failure(outcome, text_of) => Err("it reports a failure".to_owned()),
            _ => Ok(()),
        }
    }

    /// The sample with the root element of the operation. Many samples have none, or that of another operation. They are
    /// used if all fields fit.
    fn fitting_xml(&self, text: String) -> Result<String, String> {
        if self.operation.response_kind() != ResponseKind::Fields {
            return Err("the operation does not respond with an object".to_owned());
        }
        let fields = &self.operation.response;
        let name = format!("{}Response", self.operation.name);
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
        match self.types.fields_of(ty) {
            Some(_) if !element.text.is_empty() => return Err(format!("`{path}` is text, not an object")),
            Some(fields) => return self.fits_children(element, fields, &format!("{path}.")),
            None => {}
        }
        match ty {
            Type::Map(item) => element.children.iter().try_for_each(|child| self.fits_element(child, item, path)),
            Type::List(_) => Ok(()),
            Type::Any => Ok(()),
            ty if element.children.is_empty() && (element.text.is_empty() || ty.check(&element.text).is_ok()) => Ok(()),
            ty => Err(format!("`{path}` is not of type {}", word(ty))),
        }
    }

    /// A value for each required parameter, or the name of one that has none.
    fn sample_request(&self) -> Result<Vec<(String, Sample)>, String> {
        let mut request = Vec::new();
        for parameter in &self.operation.parameters {
            let field = &parameter.field;
            // The host is incomplete without it.
            if field.required || parameter.position == Position::Host {
                let path = format!("{}.{}", self.operation.name, field.name);
                let sample = self.sample(field, &path, 0).ok_or_else(|| field.name.clone())?;
                request.push((field.name.clone(), sample));
            }
        }
        Ok(request)
    }

    /// A sample of a field, which has this path in [`ItemExamples`].
    fn sample(&self, field: &Field, path: &str, depth: usize) -> Option<Sample> {
        if depth > DEEPEST_SAMPLE {
            return None;
        }
        match &field.ty {
            Type::List(item) => self.sample_list(field, item, path, depth),
            Type::Map(item) => sample_map(field, item),
            ty @ (Type::Object(_) | Type::Shared(_)) => self.sample_object(ty, path, depth),
            _ => {
                let stated = field.example.as_ref().or(field.values.first());
                stated.filter(|text| is_within_limits(field, text)).cloned().map(Sample::Text)
            }
        }
    }

    fn sample_list(&self, field: &Field, item: &Type, path: &str, depth: usize) -> Option<Sample> {
        let items = if item.is_scalar() {
            let stated = parsed_example(field).filter(|value| self.fits_value(value, &field.ty, "").is_ok());
            match stated.as_ref().map(Json::items) {
                Some(items) if !items.is_empty() => items
                    .iter()
                    .map(|item| Some(Sample::Text(item.text()?.into_owned())))
                    .collect::<Option<Vec<_>>>()?,
                _ => {
                    let text = self.item_examples.get(path).or_else(|| field.example.clone())?;
                    vec![Some(text).filter(|text| item.check(text).is_ok()).map(Sample::Text)?]
                }
            }
        } else {
            vec![self.sample_object(item, path, depth)?]
        };
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let Bounds { min, max } = field.limits.count.unwrap_or_default();
        let fits = min.is_none_or(|min| count >= min) && max.is_none_or(|max| count <= max);
        fits.then_some(Sample::List(items))
    }

    fn sample_object(&self, ty: &Type, path: &str, depth: usize) -> Option<Sample> {
        let fields = self.types.members_of(ty)?;
        let path = if let Type::Shared(shared) = ty { &format!("types.{}", shared.name) } else { path };
        let mut members = Vec::new();
        for field in fields {
            match self.sample(field, &format!("{path}.{}", field.name), depth + 1) {
                Some(sample) => members.push((field.name.clone(), sample)),
                None if field.required => return None,
                None => {}
            }
        }
        (!members.is_empty()).then_some(Sample::Object(members))
    }
}

fn sample_map(field: &Field, item: &Type) -> Option<Sample> {
    let value = parsed_example(field).filter(|value| item.is_scalar() && !value.members().is_empty())?;
    let mut keys = HashSet::new();
    if !value.members().iter().all(|(key, _)| check_name(key).is_ok() && keys.insert(key)) {
        return None;
    }
    let members = value.members().iter().map(|(key, value)| {
        let text = value.text().filter(|text| item.check(text).is_ok())?;
        Some((key.clone(), Sample::Text(text.into_owned())))
    });
    Some(Sample::Object(members.collect::<Option<Vec<_>>>()?))
}

/// The example of a field as JSON.
fn parsed_example(field: &Field) -> Option<Json> {
    serde_json::from_str(field.example.as_deref()?).ok()
}

fn known_field<'f>(name: &str, fields: &'f [Field], path: &str) -> Result<&'f Field, String> {
    fields.iter().find(|field| field.name == name).ok_or_else(|| format!("`{path}{name}` is not a response field"))
}
