//! Loads specs, and checks that they are rejected with diagnostics or generate code that matches them.
//!
//! An input is spec files, each after a line `=== <path>`, as in `model/tests/bad`; or one operation.

#![no_main]

use alicloud_fuzz::emission::assert_matches_model;
use alicloud_fuzz::random::Random;
use alicloud_fuzz::yaml_mutation;
use alicloud_model::{SourceFile, load_sources};
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};

const SERVICE: &str = "\
product: Demo
version: 2020-01-01
style: RPC
endpoints:
  host: demo.aliyuncs.com
";

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    let loaded = load_sources(&sources(text));
    for diagnostic in &loaded.diagnostics {
        assert!(!diagnostic.to_string().is_empty());
    }
    loaded.services.iter().for_each(|service| assert_matches_model(service, bytes));
    Corpus::Keep
});

fn sources(text: &str) -> Vec<SourceFile> {
    let Some((comment, files)) = text.split_once("=== ") else {
        let name = text.lines().find_map(|line| line.strip_prefix("operation: ")).unwrap_or("Op").trim();
        return vec![service(), SourceFile { path: format!("demo/2020-01-01/{name}.yaml"), text: text.to_owned() }];
    };
    let mut sources: Vec<SourceFile> = files
        .split("=== ")
        .map(|part| {
            let (path, text) = part.split_once('\n').unwrap_or((part, ""));
            SourceFile { path: path.trim().to_owned(), text: text.to_owned() }
        })
        .collect();
    if !comment.contains("no service.yaml") && !sources.iter().any(|source| source.path.ends_with("/service.yaml")) {
        sources.push(service());
    }
    sources
}

fn service() -> SourceFile {
    SourceFile { path: "demo/2020-01-01/service.yaml".to_owned(), text: SERVICE.to_owned() }
}

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    let mut random = Random::new(seed);
    let text = data.get(..size).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default().to_owned();
    // Half of the inputs keep their structure. The fuzzer mutates the others.
    if text.is_empty() || random.below(2) == 0 {
        return fuzzer_mutate(data, size, most);
    }
    let mut text = text;
    for _ in 0..=random.below(4) {
        text = yaml_mutation::mutate(&text, &mut random).unwrap_or(text);
    }
    match data.get_mut(..text.len()).filter(|_| text.len() <= most) {
        Some(place) => {
            place.copy_from_slice(text.as_bytes());
            text.len()
        }
        None => fuzzer_mutate(data, size, most),
    }
});
