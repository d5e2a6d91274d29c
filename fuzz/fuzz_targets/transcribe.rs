//! A page becomes a draft that passes `check` and copies its values from the page, or an error.

#![no_main]

#[path = "../../cli/tests/suite/transcribe/damage.rs"]
mod damage;
#[path = "../../cli/tests/suite/transcribe/sound_draft.rs"]
mod sound_draft;

use alicloud_cli::transcribe::{Given, Known, KnownProduct, KnownSpecs, Options, transcribe};
use alicloud_fuzz::random::Random;
use alicloud_model::{Service, SourceFile, load_sources};
use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};
use std::sync::LazyLock;

/// The product of the pages, as far as it is known.
const FILES: [(&str, &str); 2] = [
    ("demo/2020-01-01/service.yaml", "product: Demo\nversion: 2020-01-01\nstyle: RPC\noutcome: { success: Success }\n"),
    (
        "demo/2020-01-01/DescribeThings.yaml",
        "operation: DescribeThings\nsummary: Describes things.\nmethods: [POST]\nparameters:\n  - { name: ThingId, type: Integer, required: true }\n  \
         - { name: Tag, type: List<Object>, fields: [{ name: Key, type: String }] }\nresponse:\n  - { name: Success, type: Boolean }\n  - name: Things\n    \
         type: List<Object>\n    fields:\n      - { name: Id, type: String }\nerrors:\n  - { status: 404, code: Thing.NotFound, message: No such thing. }\n",
    ),
];

static SOURCES: LazyLock<Vec<SourceFile>> = LazyLock::new(|| {
    FILES.iter().map(|(path, text)| SourceFile { path: (*path).to_owned(), text: (*text).to_owned() }).collect()
});
static SERVICE: LazyLock<Option<Service>> = LazyLock::new(|| load_sources(&SOURCES).services.pop());

struct Demo;

impl KnownSpecs for Demo {
    fn find(&self, _: Option<&str>, _: Option<&str>, operation: &str) -> Option<KnownProduct> {
        let service = SERVICE.as_ref()?;
        Some(KnownProduct {
            folder: "demo/2020-01-01".to_owned(),
            files: SOURCES.iter().take(1).cloned().collect(),
            is_new: true,
            style: service.style,
            outcome: service.outcome.clone(),
            operation: Known::of(service, operation, "specs"),
        })
    }
}

fn options(prose: bool) -> Options {
    let mut given = Given::default();
    given.product = Some("Demo".to_owned());
    given.version = Some("2020-01-01".to_owned());
    let mut options = Options::default();
    options.given = given;
    options.prose = prose;
    options
}

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(bytes) else { return Corpus::Reject };
    // One input in four is compared with a known spec, and one in two has no prose.
    let known: Option<&dyn KnownSpecs> = if bytes.len() % 4 == 0 { Some(&Demo) } else { None };
    if let Ok(transcribed) = transcribe(bytes, &options(bytes.len() % 2 == 0), known) {
        sound_draft::assert_sound(text, &transcribed);
    }
    Corpus::Keep
});

fuzz_mutator!(|data: &mut [u8], size: usize, most: usize, seed: u32| {
    let mut random = Random::new(seed);
    let page = data.get(..size).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    // Half of the inputs stay pages; the fuzzer's own mutations make the others.
    if page.is_empty() || random.below(2) == 0 {
        return fuzzer_mutate(data, size, most);
    }
    let page = damage::damaged(page, &mut |bound| random.below(bound));
    match data.get_mut(..page.len()).filter(|_| page.len() <= most) {
        Some(place) => {
            place.copy_from_slice(page.as_bytes());
            page.len()
        }
        None => fuzzer_mutate(data, size, most),
    }
});
