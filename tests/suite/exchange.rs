//! Sends the example of a spec from the typed client to the emulator, and checks the request and the response.

use std::fs;
use std::path::Path;

use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};
use alicloud_model::sample_xml::{Element, parse};
use alicloud_model::{
    ApiStyle, Operation, Parameter, Position, Sample, Service, SharedTypes, SourceFile, Style, Type, decode_base64,
};
use alicloud_runtime::Request;
use alicloud_runtime::dynamic::{BODY, Client, Decode, Slot, from_bytes, named};
use alicloud_runtime::{Config, Credentials, Failure, Format, SignatureVersion};
use serde_json::{Map, Value as Json};

/// Sends the request of the operation's example with this index, and reads the responses of the example.
pub(crate) fn check<R: Request + Sync>(specs: &Path, request: R, module: &str, name: &str, index: usize)
where
    R::Response: std::fmt::Debug,
{
    let (sources, service) = spec(specs, module, name);
    let operation = service.operation(name).unwrap();
    let example = &operation.examples[index];
    let expected = expected_input(&service.types, operation, &example.request);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let emulator = Emulator::builder().sources(sources).start().await.unwrap();
        let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET))
            .fill_client_token(false)
            .endpoint(emulator.url());
        let mut sent = 0;
        for version in [SignatureVersion::V1, SignatureVersion::V3] {
            for format in [Format::Json, Format::Xml] {
                let config = config.clone().format(format).signature_version(version);
                let client = Client::new(R::OPERATION.service, &config).unwrap();
                if operation.style == ApiStyle::Roa && version == SignatureVersion::V1 {
                    let error = client.call(&request).await.map_err(Failure::from);
                    assert!(matches!(error, Err(Failure::Configuration(_))), "V1 supports only RPC: {error:?}");
                    continue;
                }
                if operation.parameters.iter().any(|parameter| parameter.position == Position::Host) {
                    // A loopback address has no subdomains for a host parameter.
                    client.prepare(R::OPERATION, request.input()).unwrap();
                    continue;
                }
                let mut response = client.call(&request).await.unwrap_or_else(|error| panic!("{error}"));
                sent += 1;
                if let (Some(ty), Some(text)) = (&operation.response_body, &example.json) {
                    assert_is_whole(&mut response, ty, text, name);
                }
            }
        }
        // The input is what the emulator, which shares no code with the runtime, has read from the wire.
        let calls = emulator.calls();
        assert_eq!(calls.len(), sent);
        for call in calls {
            assert_eq!((call.operation.as_str(), call.version.as_str()), (name, service.version.as_str()));
            assert_eq!(call.method, operation.preferred_method().as_str());
            assert_eq!(call.input, expected, "{name}");
        }
    });
    // The emulator divides lists into pages, so the samples themselves are also decoded. The JSON sample and the XML
    // sample may differ.
    if operation.response_body.is_none() {
        let read = |text: &str| {
            let mut response = R::Response::default();
            from_bytes(text.as_bytes(), name, &mut response).unwrap_or_else(|why| panic!("{why}: {text}"));
            response
        };
        if let Some(text) = &example.json {
            assert_holds(&mut read(text), &serde_json::from_str(text).unwrap(), name);
        }
        if let Some(text) = &example.xml {
            assert_has(&mut read(text), &parse(text).unwrap(), name);
        }
    }
}

/// Returns the operation's spec files, and the service that they describe. The folder of a product may contain versions
/// with other modules.
fn spec(specs: &Path, module: &str, name: &str) -> (Vec<SourceFile>, Service) {
    let folders =
        |folder: &Path| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for version in folders(specs).flat_map(|product| folders(&product).collect::<Vec<_>>()) {
        let files = ["service.yaml".to_owned(), "types.yaml".to_owned(), format!("{name}.yaml")];
        let read = |file: &String| {
            let path = version.join(file);
            let text = fs::read_to_string(&path).ok()?;
            Some(SourceFile { path: path.strip_prefix(specs).unwrap().to_str().unwrap().to_owned(), text })
        };
        let sources: Vec<SourceFile> = files.iter().filter_map(read).collect();
        let loaded = alicloud_model::load_sources(&sources);
        let service = loaded.services.into_iter().find(|service| service.module == module);
        if let Some(service) = service.filter(|service| service.operation(name).is_some()) {
            return (sources, service);
        }
    }
    panic!("`{module}` has no `{name}`");
}

/// Returns a sample request in the form of a call's input: scalars are texts, and values that are not sent are missing.
fn expected_input(types: &SharedTypes, operation: &Operation, request: &[(String, Sample)]) -> Json {
    let expected = request.iter().filter_map(|(name, sample)| {
        let parameter = operation.parameter(name).unwrap();
        Some((name.clone(), expected_parameter(types, operation, parameter, sample)?))
    });
    Json::Object(expected.collect())
}

fn expected_parameter(
    types: &SharedTypes,
    operation: &Operation,
    parameter: &Parameter,
    sample: &Sample,
) -> Option<Json> {
    let (ty, position) = (&parameter.field.ty, parameter.position);
    let in_body = position == Position::Body || position == Position::Form && operation.form_as_json;
    let is_json = !ty.is_scalar() && (in_body || parameter.style == Style::Json)
        || position == Position::Form && operation.form_as_json;
    let value = expected_value(types, ty, sample, is_json)?;
    if position == Position::Header && parameter.field.name.ends_with('*') {
        // The names of headers are not case-sensitive.
        let members = value.as_object().unwrap().iter();
        return Some(members.map(|(key, value)| (key.to_lowercase(), value.clone())).collect::<Map<_, _>>().into());
    }
    (in_body || !is_empty(&value)).then_some(value)
}

fn is_empty(value: &Json) -> bool {
    match value {
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Returns `None` for an empty structure, unless it is part of JSON.
fn expected_value(types: &SharedTypes, ty: &Type, sample: &Sample, in_json: bool) -> Option<Json> {
    let value = match (ty, sample) {
        (Type::List(item), Sample::List(samples)) => {
            samples.iter().filter_map(|sample| expected_value(types, item, sample, in_json)).collect()
        }
        (Type::Map(item), Sample::Object(members)) => {
            let values = members.iter();
            Json::Object(
                values
                    .filter_map(|(name, sample)| Some((name.clone(), expected_value(types, item, sample, in_json)?)))
                    .collect(),
            )
        }
        (_, Sample::Object(members)) => {
            let fields = types.members_of(ty).unwrap();
            let member = |(name, sample): &(String, Sample)| {
                let field = fields.iter().find(|field| &field.name == name).unwrap();
                Some((name.clone(), expected_value(types, &field.ty, sample, in_json)?))
            };
            Json::Object(members.iter().filter_map(member).collect())
        }
        (Type::Any, Sample::Text(text)) if in_json => {
            serde_json::from_str(text).unwrap_or_else(|_| text.as_str().into())
        }
        (Type::Boolean, Sample::Text(text)) => text.to_lowercase().into(),
        (Type::Integer | Type::Long, Sample::Text(text)) => text.parse::<i64>().unwrap().to_string().into(),
        (Type::Float | Type::Double, Sample::Text(text)) => format!("{:?}", text.parse::<f64>().unwrap()).into(),
        (_, Sample::Text(text)) => text.as_str().into(),
        (_, Sample::List(_)) => panic!("a list of {}", ty.spelling()),
    };
    (in_json || !is_empty(&value)).then_some(value)
}

/// Asserts that the sample is the single value of the response.
fn assert_is_whole(response: &mut dyn Decode, ty: &Type, sample: &str, name: &str) {
    match named(response, BODY) {
        Slot::Text(text) | Slot::Raw(text) => assert_eq!(text, sample, "{name}"),
        Slot::Binary(bytes) => assert_eq!(&**bytes, sample.as_bytes(), "{name}"),
        Slot::Integer(number) => assert_eq!(number.to_string(), sample, "{name}"),
        Slot::Long(number) => assert_eq!(number.to_string(), sample, "{name}"),
        Slot::Boolean(flag) => assert_eq!(flag.to_string(), sample, "{name}"),
        Slot::Object(object) => assert_holds(object, &serde_json::from_str(sample).unwrap(), name),
        Slot::Skip => panic!("{name} has no slot for a {}", ty.spelling()),
        // Other values cannot be compared here. They were at least decoded.
        _ => {}
    }
}

/// Asserts that each member of the JSON sample is in the response field with its name.
fn assert_holds(response: &mut dyn Decode, sample: &Json, path: &str) {
    for (name, value) in sample.as_object().unwrap() {
        assert_value(named(response, name), value, &format!("{path}.{name}"));
    }
}

fn assert_value(slot: Slot<'_>, value: &Json, path: &str) {
    match (slot, value) {
        (Slot::Skip, _) => panic!("{path} has no field"),
        // Null is the same as a missing value.
        (_, Json::Null) => {}
        (Slot::Raw(found), value) => assert_eq!(&serde_json::from_str::<Json>(found).unwrap(), value, "{path}"),
        (Slot::OptionalRaw(found), value) => {
            assert_eq!(&serde_json::from_str::<Json>(found.as_ref().unwrap()).unwrap(), value, "{path}");
        }
        (Slot::Object(fields), value @ Json::Object(_)) => assert_holds(fields, value, path),
        (Slot::OptionalObject(object), value) => assert_value(object.get(0).unwrap(), value, path),
        (Slot::List(items), Json::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                assert_value(items.get(index).unwrap(), value, &format!("{path}.{index}"));
            }
            assert!(items.get(values.len()).is_none(), "{path} has more items than the sample");
        }
        (Slot::Wrapped(inner, items), Json::Object(members)) => {
            if let Some(value) = members.get(inner) {
                assert_value(Slot::List(items), value, path);
            }
        }
        (Slot::Map(entries), Json::Object(members)) => {
            let mut count = 0;
            entries.each(&mut |key, slot| {
                count += 1;
                assert_value(slot, &members[key], &format!("{path}.{key}"));
            });
            assert_eq!(count, members.len(), "{path}");
        }
        (slot, value) => {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            assert_scalar(slot, &text, path);
        }
    }
}

/// Asserts the same for an XML sample, in which all scalars are texts and lists are repeated elements.
fn assert_has(response: &mut dyn Decode, element: &Element, path: &str) {
    let mut seen: Vec<&str> = Vec::new();
    for child in &element.children {
        let path = format!("{path}.{}", child.name);
        let index = seen.iter().filter(|name| **name == child.name).count();
        seen.push(&child.name);
        match named(response, &child.name) {
            Slot::List(items) => match items.get(index) {
                Some(item) => assert_element(item, child, &path),
                // An empty element is not an item.
                None => assert!(child.text.is_empty() && child.children.is_empty(), "{path}"),
            },
            slot => assert_element(slot, child, &path),
        }
    }
}

fn assert_element(slot: Slot<'_>, element: &Element, path: &str) {
    match slot {
        Slot::Skip => panic!("{path} has no field"),
        Slot::Object(fields) => assert_has(fields, element, path),
        Slot::OptionalObject(object) => {
            if let Some(object) = object.get(0) {
                assert_element(object, element, path);
            }
        }
        Slot::Wrapped(inner, items) => {
            let children = element.children.iter().filter(|child| child.name == inner);
            for (index, child) in children.enumerate() {
                assert_element(items.get(index).unwrap(), child, path);
            }
        }
        Slot::Map(entries) => entries.each(&mut |key, slot| {
            let child = element.children.iter().find(|child| child.name == key).unwrap();
            assert_element(slot, child, &format!("{path}.{key}"));
        }),
        Slot::Raw(_) | Slot::OptionalRaw(_) | Slot::List(_) => {}
        slot => assert_scalar(slot, &element.text, path),
    }
}

/// Asserts that a slot contains the value of a text. Texts are read as leniently as in responses.
fn assert_scalar(slot: Slot<'_>, text: &str, path: &str) {
    let number = || text.parse::<f64>().unwrap_or_default();
    let flag = || text.eq_ignore_ascii_case("true") || number() != 0.0;
    match slot {
        Slot::Text(found) => assert_eq!(found.trim(), text.trim(), "{path}"),
        Slot::OptionalText(found) => assert_eq!(found.as_deref().unwrap_or_default().trim(), text.trim(), "{path}"),
        Slot::Integer(found) => assert_eq!(f64::from(*found), number(), "{path}"),
        Slot::OptionalInteger(found) => assert_eq!(f64::from(found.unwrap_or_default()), number(), "{path}"),
        Slot::Long(found) => assert_eq!(*found, text.parse().unwrap_or_else(|_| number() as i64), "{path}"),
        Slot::OptionalLong(found) => {
            assert_eq!(found.unwrap_or_default(), text.parse().unwrap_or_else(|_| number() as i64), "{path}");
        }
        Slot::Float(found) => assert_eq!(*found, number(), "{path}"),
        Slot::OptionalFloat(found) => assert_eq!(found.unwrap_or_default(), number(), "{path}"),
        Slot::Boolean(found) => assert_eq!(*found, flag(), "{path}"),
        Slot::OptionalBoolean(found) => assert_eq!(found.unwrap_or_default(), flag(), "{path}"),
        Slot::Base64(found) => assert_eq!(&**found, decode_base64(text).unwrap(), "{path}"),
        Slot::OptionalBase64(found) => {
            assert_eq!(found.as_deref().unwrap_or_default(), decode_base64(text).unwrap(), "{path}");
        }
        _ => assert!(text.trim().is_empty(), "{path} is `{text}`, but its field is a structure"),
    }
}
