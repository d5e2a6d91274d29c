//! The operations in the emulator's log of calls.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use serde::Deserialize;

use super::needed::{Need, Needs};
use crate::described::{self, Specs};
use crate::ending::Failure;

const FORMS: &str = "give the file of `alicloud emulate --log FILE` or `Builder::call_log`, or the response of \
                     `/_emulator/calls`";

/// A call, as the emulator writes it.
#[derive(Deserialize)]
struct LoggedCall {
    /// Empty if the emulator does not know the operation.
    product: String,
    version: String,
    operation: String,
}

/// A value in the log.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Call(LoggedCall),
    /// The response of the admin API.
    Calls {
        calls: Vec<LoggedCall>,
    },
}

/// Adds the operations of a log.
pub(super) fn read(log: &Path, specs: Option<&Path>, needs: &mut Needs) -> Result<(), Failure> {
    let shown = log.display();
    let file = File::open(log).map_err(|error| Failure::new(format!("cannot read `{shown}`: {error}")))?;
    let mut counts: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for entry in serde_json::Deserializer::from_reader(BufReader::new(file)).into_iter::<Entry>() {
        let entry =
            entry.map_err(|error| Failure::new(format!("`{shown}` is not a log of calls: {error}")).help(FORMS))?;
        let calls = match entry {
            Entry::Call(call) => vec![call],
            Entry::Calls { calls } => calls,
        };
        for LoggedCall { product, version, operation } in calls {
            *counts.entry((product, version, operation)).or_default() += 1;
        }
    }
    for ((product, version, operation), count) in counts {
        let called = format!("{shown}: {}", crate::output::counted(count, "call"));
        if product.is_empty() {
            needs.unresolved.push(format!("{called} of {operation:?} {version:?}, which the emulator does not know"));
            continue;
        }
        let found = Specs::read(specs, &product, Some(&operation))
            .and_then(|specs| described::find(&specs, &product, Some(&version), &operation))
            .map_err(|failure| failure.or_help("give the specs that the emulator served with `--specs DIR`"))?;
        needs.add(Need::new(&found.service, &found.operation), called);
    }
    Ok(())
}
