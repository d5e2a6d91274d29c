//! Operations of the catalogue, written as pages and read again: no fact is wrong, and few are missed.
//!
//! `ALICLOUD_CATALOGUE_PAGES` sets the number of pages.

use alicloud_catalogue::Catalogue;
use alicloud_model::{ApiStyle, Field, Operation, Position, Type, load_sources};

use super::layouts::carried;
use super::options;
use super::page_facts::{Tally, compare, facts, operation};
use super::page_writer::{LAYOUTS, RENDERINGS, page};
use alicloud_cli::transcribe::transcribe;

/// Operations from all parts of the catalogue whose pages the tests can write.
fn operations(count: usize) -> Vec<Operation> {
    let catalogue = Catalogue::bundled().expect("it can be read");
    let versions: Vec<_> = catalogue.versions().collect();
    let all: usize = versions.iter().map(|version| version.operation_count()).sum();
    let step = (all / count / 3).max(1);
    let mut found = Vec::new();
    let mut index = 0;
    for version in versions {
        let names: Vec<&str> =
            catalogue.operations(version).expect("they can be read").map(|operation| operation.name).collect();
        let chosen: Vec<&str> = names
            .into_iter()
            .filter(|_| {
                index += 1;
                index % step == 0
            })
            .collect();
        if chosen.is_empty() || found.len() >= count {
            continue;
        }
        let files = catalogue.spec_files(version).expect("they can be read");
        for name in chosen {
            let mut services = load_sources(&files.operation_sources(name)).services;
            let operation = services.pop().and_then(|service| service.operation(name).cloned());
            found.extend(operation.filter(can_be_written));
        }
    }
    found.truncate(count);
    found
}

/// Whether the tests have tables for all that an operation has.
fn can_be_written(operation: &Operation) -> bool {
    let is_single = |ty: &Type| ty.word().is_some_and(|word| word != "Object" && word != "Any");
    let is_plain = |field: &Field| match &field.ty {
        Type::List(item) => is_single(item) && field.example.is_none(),
        other => is_single(other),
    };
    let has_place = |position: Position| matches!(position, Position::Query | Position::Path);
    operation.parameters.iter().all(|parameter| has_place(parameter.position) && is_plain(&parameter.field))
        && operation.response_body.is_none()
        && !operation.response.is_empty()
        && operation.response.iter().all(is_written)
        && (operation.style == ApiStyle::Roa || operation.path == "/")
}

fn is_written(field: &Field) -> bool {
    let inner = if let Type::List(item) = &field.ty { &**item } else { &field.ty };
    match inner {
        Type::Object(object) => !object.fields.is_empty() && object.fields.iter().all(is_written),
        other => other.word().is_some(),
    }
}

#[test]
fn operations_of_the_catalogue_are_read_from_their_pages() {
    let count: usize =
        std::env::var("ALICLOUD_CATALOGUE_PAGES").ok().and_then(|count| count.parse().ok()).unwrap_or(60);
    let operations = operations(count);
    let (mut read, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for (index, truth) in operations.iter().enumerate() {
        let layout = &LAYOUTS[index % LAYOUTS.len()];
        let rendering = RENDERINGS[index / LAYOUTS.len() % RENDERINGS.len()];
        let text = page(truth, "x.aliyuncs.com", layout, rendering);
        let what = format!("{} / {} / {rendering:?}", truth.name, layout.name);
        let transcribed = match transcribe(text.as_bytes(), &options(), None) {
            Ok(transcribed) => transcribed,
            Err(error) => {
                missed.push(format!("{what}: {error}"));
                continue;
            }
        };
        let draft = operation(&transcribed.operation, truth.style.as_str(), &transcribed.spec);
        let truth = carried(facts(truth), layout, rendering);
        let tally: Tally = compare(&carried(facts(&draft), layout, rendering), &truth);
        read += tally.read;
        missed.extend(tally.missed.iter().map(|fact| format!("{what}: {fact}")));
        wrong.extend(tally.wrong.iter().map(|fact| format!("{what}: {fact}")));
    }
    println!("{} pages: {read} facts read, {} missed, {} wrong", operations.len(), missed.len(), wrong.len());
    missed.iter().for_each(|fact| println!("  missed {fact}"));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
