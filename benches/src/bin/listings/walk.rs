// Reads all pages of each list. Below it, there is one test for each operation.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};
use alicloud_runtime::dynamic::Client;
use alicloud_runtime::{Paginated, Request};
use alicloud_runtime::{Config, Credentials};
use tokio::runtime::Runtime;

/// The maximum number of items in a list of the emulator.
const MOST_ITEMS: usize = 10_000;

static SERVED: OnceLock<(Runtime, Emulator)> = OnceLock::new();

/// The number of items in the sample of each operation: `module operation number` per line.
static COUNTS: OnceLock<HashMap<String, usize>> = OnceLock::new();

fn check<R: Request + Paginated>(request: R, module: &str, name: &str, _: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (runtime, emulator) = SERVED.get_or_init(|| {
        let runtime = Runtime::new().unwrap();
        let emulator = runtime.block_on(Emulator::start(folder.join("served"))).unwrap();
        (runtime, emulator)
    });
    let counts = COUNTS.get_or_init(|| {
        let text = fs::read_to_string(folder.join("counts")).unwrap();
        let line = |line: &str| {
            let (key, count) = line.rsplit_once(' ').unwrap();
            (key.to_owned(), count.parse().unwrap())
        };
        text.lines().map(line).collect()
    });
    let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url());
    let client = Client::new(R::OPERATION.service, &config).unwrap();
    let count = runtime.block_on(async {
        let mut items = client.call(&request).items();
        let mut count = 0;
        while let Some(item) = items.next().await {
            if let Err(error) = item {
                panic!("after {count} items: {error}");
            }
            count += 1;
            assert!(count <= MOST_ITEMS, "the list has no end");
        }
        count
    });
    match counts.get(&format!("{module} {name}")) {
        Some(expected) => assert_eq!(count, *expected, "the sample has as many items"),
        // The emulator generates a list with one item.
        None => assert_eq!(count, 1, "the list has only this item"),
    }
}

