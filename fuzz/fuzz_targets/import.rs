//! Imports a metadata document, and checks that the specs are valid and that their code matches the document.

#![no_main]

use alicloud_cli::import::{Options, convert};
use alicloud_fuzz::emission::assert_matches_model;
use alicloud_fuzz::json_mutation;
use alicloud_fuzz::random::Random;
use alicloud_model::{SourceFile, load_sources};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};

fuzz_target!(|bytes: &[u8]| {
    let Ok(converted) = convert(bytes, &Options::default()) else { return };
    let report = &converted.report;
    assert!(report.operations.is_complete(), "{:?}", report.operations);
    assert!(report.parameters.is_complete(), "{:?}", report.parameters);
    drop((report.to_text(true), report.to_json()));
    let folder = format!("{}/{}", converted.product_folder, report.version);
    let sources: Vec<SourceFile> = converted
        .files()
        .into_iter()
        .map(|(name, text)| SourceFile { path: format!("{folder}/{name}"), text })
        .collect();
    let loaded = load_sources(&sources);
    if let Some(diagnostic) = loaded.diagnostics.first() {
        panic!("an imported document must be valid, but: {diagnostic}\n{sources:#?}");
    }
    let operations: usize = loaded.services.iter().map(|service| service.operations.len()).sum();
    assert_eq!(operations, report.operations.imported);
    loaded.services.iter().for_each(|service| assert_matches_model(service, bytes));
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    let mut random = Random::new(seed);
    // Half of the inputs remain documents. The fuzzer mutates the others.
    if random.below(2) == 0 {
        return fuzzer_mutate(data, size, most);
    }
    let mut text = data.get(..size).unwrap_or_default().to_vec();
    for _ in 0..=random.below(4) {
        text = json_mutation::mutate(&text, &mut random).unwrap_or(text);
    }
    match data.get_mut(..text.len()).filter(|_| text.len() <= most) {
        Some(place) => {
            place.copy_from_slice(&text);
            text.len()
        }
        None => fuzzer_mutate(data, size, most),
    }
});
