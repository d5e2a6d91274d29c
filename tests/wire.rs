//! Every example of every spec: what the typed request sends, and what its JSON and XML answers become.
//!
//! The tests are generated from the specs, so a new spec with an example brings its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::path::Path;

use alicloud::{Config, Credentials, Format, SignatureVersion};
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};
use alicloud_model::{Operation, Sample};
use alicloud_runtime::__private::{Client, Decode, Request, Slot, from_bytes};
use serde_json::Value as Json;

alicloud_macros::example_tests!("specs", alicloud, check);

fn specs() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/specs"))
}

fn operation(module: &str, name: &str) -> Operation {
    let loaded = alicloud_model::load_dir(specs(), "specs", Some(&[module.to_owned()]));
    loaded.services[0].operation(name).unwrap().clone()
}

fn check<R: Request + Sync>(request: R, module: &str, name: &str, index: usize)
where
    R::Response: std::fmt::Debug,
{
    let operation = operation(module, name);
    let example = &operation.examples[index];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let emulator = Emulator::start(specs()).await.unwrap();
        let mut answers = Vec::new();
        let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url());
        for version in [SignatureVersion::V1, SignatureVersion::V3] {
            for (format, sample) in [(Format::Json, &example.json), (Format::Xml, &example.xml)] {
                let config = config.clone().format(format).signature_version(version);
                let client = Client::new(R::OPERATION.service, &config).unwrap();
                let answer = client.call(&request).await.unwrap_or_else(|error| panic!("{error}"));
                if sample.is_some() {
                    answers.push(format!("{answer:?}"));
                }
            }
        }
        // What the emulator, which shares no code with the runtime, put together from the wire.
        for call in emulator.calls() {
            assert_eq!(call.operation, name);
            assert_eq!(call.method, operation.preferred_method().as_str());
            assert_eq!(call.input, json_of_request(&example.request), "{name}");
        }
        assert_eq!(emulator.calls().len(), 4);
        answers.dedup();
        assert!(answers.len() <= 1, "the format or the signature makes a difference: {answers:#?}");
    });
    if let Some(text) = &example.json {
        let mut response = R::Response::default();
        from_bytes(text.as_bytes(), name, &mut response).unwrap();
        let json: Json = serde_json::from_str(text).unwrap();
        assert_holds(&mut response, &json, name);
    }
}

fn json_of_request(request: &[(String, Sample)]) -> Json {
    Json::Object(request.iter().map(|(name, sample)| (name.clone(), json_of(sample))).collect())
}

fn json_of(sample: &Sample) -> Json {
    match sample {
        Sample::Text(text) => text.as_str().into(),
        Sample::List(items) => items.iter().map(json_of).collect(),
        Sample::Object(members) => json_of_request(members),
    }
}

/// Each member of the sample stands in the response's field of that name.
fn assert_holds(response: &mut dyn Decode, sample: &Json, path: &str) {
    for (name, value) in sample.as_object().unwrap() {
        let path = format!("{path}.{name}");
        let expected = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let found = match response.slot(name) {
            Slot::Skip => panic!("{path} has no field"),
            Slot::Text(text) => text.clone(),
            Slot::OptionalText(text) => text.clone().unwrap(),
            Slot::Integer(number) => number.to_string(),
            Slot::OptionalInteger(number) => number.unwrap().to_string(),
            Slot::Long(number) => number.to_string(),
            Slot::OptionalLong(number) => number.unwrap().to_string(),
            Slot::Boolean(flag) => flag.to_string(),
            Slot::OptionalBoolean(flag) => flag.unwrap().to_string(),
            Slot::Object(object) => {
                assert_holds(object, value, &path);
                continue;
            }
            // Compared between JSON and XML above.
            _ => continue,
        };
        assert_eq!(found, expected, "{path}");
    }
}
