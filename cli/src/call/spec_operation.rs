//! Converts an operation of the specs to one of the runtime, like the code that `alicloud-codegen` generates.
//!
//! Generated code has statics. Here they are leaked, once for each operation that a process calls.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use alicloud_model as model;
use alicloud_model::{Field, Sample, SharedTypes, Type};
use alicloud_runtime::Method;
use alicloud_runtime::dynamic::{
    Decode, Detail, Hosts, Input, Limit, Operation, Outcome, OutcomeField, Parameters, Place, Reporting, ResponseKind,
    Rule, Service, Slot, Style, Value,
};
use serde_json::Value as Json;

use crate::call::parameters::Given;
use crate::call::target::Target;
use crate::call::typed_values;
use crate::ending::Failure;

/// A call that is ready to be sent.
pub(super) struct Prepared {
    pub(super) operation: &'static Operation<'static>,
    pub(super) input: Input,
    /// The values by the names of their parameters, without secrets.
    pub(super) shown: Vec<(String, Sample)>,
    /// The call with stars in place of secrets, if it has any. Stars need not be within limits, so it has none.
    pub(super) without_secrets: Option<(&'static Operation<'static>, Input)>,
    pub(super) response: ResponseNames,
}

/// The operations that have been converted. Whoever sends many calls keeps them, because their tables are never freed.
#[derive(Default)]
pub(crate) struct ConvertedOperations {
    services: HashMap<String, &'static Service<'static>>,
    operations: HashMap<OperationKey, &'static Operation<'static>>,
    responses: HashMap<String, ResponseNames>,
}

#[derive(PartialEq, Eq, Hash)]
struct OperationKey {
    name: String,
    /// The depth of the values that the tables have room for.
    depth: usize,
    is_limited: bool,
}

impl ConvertedOperations {
    fn service(&mut self, of: &model::Service) -> &'static Service<'static> {
        let name = format!("{} {}", of.product, of.version);
        self.services.entry(name).or_insert_with(|| leaked_service(of))
    }

    fn operation(
        &mut self,
        service: &model::Service,
        of: &model::Operation,
        values: &[(String, Sample)],
        is_limited: bool,
    ) -> &'static Operation<'static> {
        let deepest = values.iter().map(|(_, value)| value.depth()).max().unwrap_or_default();
        // Few different depths, so that there are few tables.
        let depth = if deepest == 0 { 0 } else { deepest.next_power_of_two() };
        let converted = self.service(service);
        let key = OperationKey { name: full_name(service, of), depth, is_limited };
        self.operations.entry(key).or_insert_with(|| {
            let mut tables = Tables { types: &service.types, shared: BTreeMap::new(), is_limited };
            Box::leak(Box::new(described(converted, of, depth, &mut tables)))
        })
    }

    fn response(&mut self, service: &model::Service, of: &model::Operation) -> ResponseNames {
        *self.responses.entry(full_name(service, of)).or_insert_with(|| ResponseNames::of(&service.types, of))
    }
}

fn full_name(service: &model::Service, of: &model::Operation) -> String {
    format!("{} {} {}", service.product, service.version, of.name)
}

/// The names of the fields of a response, which is printed unchanged.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ResponseNames {
    /// The fields, and those within them that are sensitive.
    pub(super) names: &'static [&'static str],
    /// The indices of the sensitive ones.
    pub(super) hidden: &'static [usize],
}

impl ResponseNames {
    fn of(types: &SharedTypes, operation: &model::Operation) -> Self {
        let mut names: Vec<&'static str> = operation.response.iter().map(|field| text(&field.name)).collect();
        let mut hidden: Vec<usize> =
            (0..).zip(&operation.response).filter(|(_, field)| field.sensitive).map(|(index, _)| index).collect();
        let mut nested = BTreeSet::new();
        for field in &operation.response {
            each_field(types, &field.ty, &mut BTreeSet::new(), &mut |field| {
                nested.extend(field.sensitive.then_some(field.name.as_str()));
            });
        }
        hidden.extend(names.len()..names.len() + nested.len());
        names.extend(nested.into_iter().map(text));
        Self { names: list(names), hidden: list(hidden) }
    }
}

/// Visits the fields within a type, at any depth. Shared types may contain themselves.
pub(super) fn each_field<'t>(
    types: &'t SharedTypes,
    ty: &'t Type,
    seen: &mut BTreeSet<&'t str>,
    visit: &mut dyn FnMut(&'t Field),
) {
    match ty {
        Type::List(item) | Type::Map(item) => return each_field(types, item, seen, visit),
        Type::Shared(shared) if !seen.insert(&shared.name) => return,
        _ => {}
    }
    for field in types.fields_of(ty).unwrap_or_default() {
        visit(field);
        each_field(types, &field.ty, seen, visit);
    }
}

/// A response that is not decoded. Errors need the names of its fields, to hide the values of sensitive ones. The runtime
/// reads from the body whether it reports a failure.
pub(super) struct Unread(pub(super) ResponseNames);

impl Decode for Unread {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        (self.0.names.get(index).copied().unwrap_or_default(), Slot::Skip)
    }

    fn hidden(&self) -> &'static [usize] {
        self.0.hidden
    }
}

impl Prepared {
    pub(super) fn new(target: &Target<'_>, given: Given, converted: &mut ConvertedOperations) -> Result<Self, Failure> {
        match target {
            Target::Described { service, operation } => {
                let values = typed_values::typed(service, operation, &given).map_err(|problems| {
                    Failure::new(format!("the request was not sent:\n  {}", problems.join("\n  ")))
                })?;
                let fields = Field::required_first(operation.parameters.iter().map(|parameter| &parameter.field));
                let mut ready = |values: &[(String, Sample)], is_limited| {
                    let operation = converted.operation(service, operation, values, is_limited);
                    (operation, input(&service.types, &fields, values))
                };
                let (shown, has_secrets) = typed_values::without_secrets(service, operation, &values);
                let (prepared, input) = ready(&values, true);
                let without_secrets = has_secrets.then(|| ready(&shown, false));
                let response = converted.response(service, operation);
                Ok(Self { operation: prepared, input, shown, without_secrets, response })
            }
            Target::Undescribed { known, product, version, operation, http } => {
                let values = flat(given);
                let body_index =
                    u16::try_from(values.len()).map_err(|_| Failure::new("there are too many parameters"))?;
                let names = values.iter().map(|(name, _)| text(name)).chain(http.body.is_some().then_some("body"));
                let parameters = Parameters::new(0, list(names.collect()));
                let parameters = parameters.details(list(vec![(body_index, Detail::BODY)]));
                let service = undescribed_service(*known, product, version);
                let (mut input, mut shown) = (Input::new(), Vec::new());
                for (index, (name, value)) in (0..).zip(values) {
                    input = input.text(index, value.clone());
                    shown.push((name, Sample::Text(value)));
                }
                if let Some(body) = &http.body {
                    input = input.json(body_index, body.as_str());
                }
                let mut operation = Operation::new(service, text(operation), http.method, parameters);
                operation.path = http.path.as_deref().map(text);
                // Without an outcome, it is unknown whether a successful response is an object.
                let kind = if service.outcome.is_some() { ResponseKind::Fields } else { ResponseKind::Nothing };
                Ok(Self {
                    operation: Box::leak(Box::new(operation.response_kind(kind))),
                    input,
                    shown,
                    without_secrets: None,
                    response: ResponseNames::default(),
                })
            }
        }
    }
}

fn text(text: &str) -> &'static str {
    Box::leak(Box::from(text))
}

fn list<T>(items: Vec<T>) -> &'static [T] {
    Box::leak(items.into_boxed_slice())
}

fn texts<'t>(items: impl IntoIterator<Item = &'t String>) -> &'static [&'static str] {
    list(items.into_iter().map(|item| text(item)).collect())
}

fn leaked_service(of: &model::Service) -> &'static Service<'static> {
    let model::Service { product, version, endpoints, outcome, retry, gateway, .. } = of;
    Box::leak(Box::new(Service {
        product: text(product),
        version: text(version),
        public: hosts(&endpoints.public),
        vpc: hosts(&endpoints.vpc),
        outcome: outcome.as_ref().map(leaked_outcome),
        retried: texts(retry),
        gateway: gateway.as_deref().map(text),
    }))
}

fn leaked_outcome(of: &model::Outcome) -> Outcome {
    let field = |field: &Option<model::OutcomeField>| match field {
        Some(field) => OutcomeField { path: text(&field.path), values: texts(&field.values) },
        None => OutcomeField::NONE,
    };
    Outcome {
        success: field(&of.success),
        code: field(&of.code),
        message: text(of.message.as_deref().unwrap_or_default()),
    }
}

/// The service of a product: known in this version, known in another one, or unknown.
fn undescribed_service(known: Option<&model::Service>, product: &str, version: &str) -> &'static Service<'static> {
    let mut service = known.cloned();
    if let Some(service) = service.as_mut().filter(|service| service.version != version) {
        service.version = version.to_owned();
        // Another version may report failure in another way.
        service.outcome = None;
    }
    match service {
        Some(service) => leaked_service(&service),
        None => Box::leak(Box::new(Service {
            product: text(product),
            version: text(version),
            public: Hosts::NONE,
            vpc: Hosts::NONE,
            outcome: None,
            retried: &[],
            gateway: None,
        })),
    }
}

fn hosts(of: &model::Hosts) -> Hosts {
    let exceptions = of.exceptions.iter().map(|(region, host)| (text(region), text(host))).collect();
    Hosts { host: text(&of.host), regions: texts(&of.regions), exceptions: list(exceptions) }
}

fn described<'m>(
    service: &'static Service<'static>,
    of: &'m model::Operation,
    depth: usize,
    tables: &mut Tables<'m>,
) -> Operation<'static> {
    let fields = Field::required_first(of.parameters.iter().map(|parameter| &parameter.field));
    let parameters = tables.parameters(&fields, depth, |field| {
        let parameter = of.parameter(&field.name);
        let place = parameter.map_or(Place::Query, |parameter| place(parameter.position));
        (place, parameter.map_or(Style::RepeatList, |parameter| style(parameter.style)))
    });
    let method = match of.preferred_method() {
        model::Method::Get => Method::Get,
        model::Method::Post => Method::Post,
        model::Method::Put => Method::Put,
        model::Method::Delete => Method::Delete,
        model::Method::Patch => Method::Patch,
        model::Method::Head => Method::Head,
        model::Method::Options => Method::Options,
    };
    let indices = |names: &[String]| {
        let index = |name: &String| (0..).zip(&fields).find(|(_, field)| field.name == *name).map(|(index, _)| index);
        list(names.iter().filter_map(index).collect())
    };
    let rules = of.rules.iter().map(|rule| match rule {
        model::Rule::AnyOf(groups) => Rule::AnyOf(list(groups.iter().map(|group| indices(group)).collect())),
        model::Rule::Together(names) => Rule::Together(indices(names)),
    });
    Operation {
        repeatable: of.is_repeatable(),
        path: (of.style == model::ApiStyle::Roa).then(|| text(&of.path)),
        rules: list(rules.collect()),
        reporting: match &of.outcome {
            Some(outcome) => Reporting::By(Box::leak(Box::new(leaked_outcome(outcome)))),
            None => Reporting::Nothing,
        },
        retried: texts(&of.retry),
        per_second: of.flow.as_ref().map(|flow| flow.qps),
        errors: texts(of.error_variants.iter().map(|variant| &variant.code)),
        form_as_json: of.form_as_json,
        response_kind: match of.response_kind() {
            model::ResponseKind::Whole => ResponseKind::Whole,
            model::ResponseKind::Nothing => ResponseKind::Nothing,
            model::ResponseKind::Fields => ResponseKind::Fields,
        },
        ..Operation::new(service, text(&of.name), method, parameters)
    }
}

fn place(position: model::Position) -> Place {
    match position {
        model::Position::Query => Place::Query,
        model::Position::Form => Place::Form,
        model::Position::Header => Place::Header,
        model::Position::Path => Place::Path,
        model::Position::Body => Place::Body,
        model::Position::Host => Place::Host,
    }
}

fn style(style: model::Style) -> Style {
    match style {
        model::Style::RepeatList => Style::RepeatList,
        model::Style::Flat => Style::Flat,
        model::Style::Json => Style::Json,
        model::Style::Simple => Style::Joined(','),
        model::Style::SpaceDelimited => Style::Joined(' '),
        model::Style::PipeDelimited => Style::Joined('|'),
    }
}

/// Creates the runtime's tables of parameters and members.
struct Tables<'m> {
    types: &'m SharedTypes,
    /// The tables of shared types, by name and depth. Such types may contain themselves, so the tables are as deep as the
    /// values.
    shared: BTreeMap<(&'m str, usize), &'static Parameters>,
    is_limited: bool,
}

impl<'m> Tables<'m> {
    fn parameters(
        &mut self,
        fields: &[&'m Field],
        depth: usize,
        goes: impl Fn(&Field) -> (Place, Style),
    ) -> Parameters {
        let required = fields.iter().filter(|field| field.required).count();
        let mut details = Vec::new();
        for (index, field) in (0..).zip(fields) {
            let (place, style) = goes(field);
            let limits = if self.is_limited { list(limits(field)) } else { &[] };
            let members = self.members(&field.ty, depth);
            details.push((index, Detail { place, style, sensitive: field.sensitive, limits, members }));
        }
        Parameters::new(required, texts(fields.iter().map(|field| &field.name))).details(list(details))
    }

    /// The members of a value of this type, or of each of its items.
    fn members(&mut self, ty: &'m Type, depth: usize) -> &'static Parameters {
        let (fields, shared) = match ty {
            Type::List(item) | Type::Map(item) => return self.members(item, depth),
            Type::Object(_) | Type::Shared(_) if depth == 0 => return &Parameters::NONE,
            Type::Object(object) => (object.fields.as_slice(), None),
            Type::Shared(shared) => {
                let key = (shared.name.as_str(), depth);
                if let Some(known) = self.shared.get(&key) {
                    return known;
                }
                (self.types.members_of(ty).unwrap_or_default(), Some(key))
            }
            _ => return &Parameters::NONE,
        };
        let table = self.parameters(&Field::required_first(fields), depth - 1, |_| (Place::Query, Style::RepeatList));
        let table: &'static Parameters = Box::leak(Box::new(table));
        if let Some(key) = shared {
            self.shared.insert(key, table);
        }
        table
    }
}

/// The values by the indices of their fields.
fn input(types: &SharedTypes, fields: &[&Field], values: &[(String, Sample)]) -> Input {
    let mut input = Input::new();
    for (index, field) in (0..).zip(fields) {
        if let Some((_, sample)) = values.iter().find(|(name, _)| *name == field.name) {
            input = input.set(index, value(types, &field.ty, sample));
        }
    }
    input
}

fn value(types: &SharedTypes, ty: &Type, sample: &Sample) -> Value {
    match (ty, sample) {
        (Type::List(item), Sample::List(items)) => {
            Value::List(items.iter().map(|sample| value(types, item, sample)).collect())
        }
        (Type::Map(item), Sample::Object(entries)) => {
            Value::Map(entries.iter().map(|(key, sample)| (key.clone(), value(types, item, sample))).collect())
        }
        (_, Sample::Object(members)) => {
            let fields = Field::required_first(types.members_of(ty).unwrap_or_default());
            Value::Object(input(types, &fields, members))
        }
        (_, Sample::List(_)) => Value::List(Vec::new()),
        (_, Sample::Text(text)) => scalar(ty, text),
    }
}

/// Converts a scalar. Stars in place of a secret stay text, whatever the type.
fn scalar(ty: &Type, text: &str) -> Value {
    let known = match ty {
        Type::Integer | Type::Long => text.parse().ok().map(Value::Integer),
        // A whole number is sent as given, `16`. A float is sent as the official clients format it, `16.0`.
        Type::Float | Type::Double => {
            text.parse().ok().map(Value::Integer).or_else(|| text.parse().ok().map(Value::Float))
        }
        Type::Boolean => text.to_ascii_lowercase().parse().ok().map(Value::Boolean),
        Type::Any => Some(Value::Json(text.into())),
        Type::Binary => Some(Value::Binary(text.into())),
        _ => None,
    };
    known.unwrap_or_else(|| Value::Text(text.to_owned()))
}

fn limits(field: &Field) -> Vec<Limit> {
    let mut limits = Vec::new();
    if let Some(length) = &field.limits.length {
        let model::Bounds { min, max } = length.bounds;
        match length.unit {
            model::LengthUnit::Bytes => {
                limits.extend(min.map(Limit::MinBytes));
                limits.extend(max.map(Limit::MaxBytes));
            }
            model::LengthUnit::Characters => {
                limits.extend(min.map(Limit::MinCharacters));
                limits.extend(max.map(Limit::MaxCharacters));
            }
        }
    }
    if let Some(count) = &field.limits.count {
        limits.extend(count.min.map(Limit::MinItems));
        limits.extend(count.max.map(Limit::MaxItems));
    }
    match field.limits.range {
        Some(model::Range::Integer { min, max }) => {
            limits.extend(min.map(Limit::Min));
            limits.extend(max.map(Limit::Max));
        }
        Some(model::Range::Float { min, max }) => {
            limits.extend(min.filter(|min| min.is_finite()).map(Limit::MinFloat));
            limits.extend(max.filter(|max| max.is_finite()).map(Limit::MaxFloat));
        }
        None => {}
    }
    limits
}

/// The parameters of an operation without a spec, with structures in parts, as most services accept them.
fn flat(given: Given) -> Vec<(String, String)> {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for (name, json) in &given.object {
        flatten(name, json, &mut values);
    }
    values.extend(given.texts);
    values.into_iter().collect()
}

fn flatten(name: &str, json: &Json, to: &mut BTreeMap<String, String>) {
    match json {
        Json::Null => {}
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                flatten(&format!("{name}.{}", index + 1), item, to);
            }
        }
        Json::Object(members) => {
            for (key, member) in members {
                flatten(&format!("{name}.{key}"), member, to);
            }
        }
        Json::String(text) => drop(to.insert(name.to_owned(), text.clone())),
        scalar => drop(to.insert(name.to_owned(), scalar.to_string())),
    }
}
