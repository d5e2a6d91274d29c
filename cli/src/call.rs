//! `alicloud call`: calls one operation.

mod arguments;
mod credentials;
mod dry_run;
mod parameters;
mod refusal;
mod rust_code;
mod spec_operation;
mod target;
mod typed_values;

use std::io::{self, IsTerminal as _};

use alicloud_model::load_sources;
use alicloud_runtime::__private::Client;
use alicloud_runtime::Config;

pub(crate) use crate::call::arguments::Arguments;
pub(crate) use crate::call::parameters::with_parameters;
use crate::call::spec_operation::{Prepared, Unread};
use crate::call::target::Target;
use crate::ending::{Ending, Failure};
use crate::output::{note, print, print_bytes};
use crate::specs;

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let loaded = match &arguments.specs {
        Some(folder) => specs::load(folder)?,
        None => load_sources(&alicloud_emulator::bundled_specs()),
    };
    if let (Some(folder), false) = (&arguments.specs, loaded.diagnostics.is_empty()) {
        specs::ending(&loaded, folder);
    }
    let target = Target::find(&loaded.services, arguments)?;
    let given = parameters::given(arguments)?;
    let prepared = Prepared::new(&target, given)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(format!("cannot start: {error}")))?;
    runtime.block_on(async {
        if arguments.dry_run {
            let shown = dry_run::shown(arguments, &target, &prepared).await?;
            return print(&shown).map(|()| Ending::Fine);
        }
        make(arguments, &target, &prepared).await
    })
}

async fn make(arguments: &Arguments, target: &Target<'_>, prepared: &Prepared) -> Result<Ending, Failure> {
    let config = arguments.configure(Config::new(credentials::provider(arguments)?));
    credentials::warn_of_readers(arguments);
    let client = Client::new(prepared.operation.service, &config).map_err(|failure| refusal::unsent(&failure))?;
    let mut unread = Unread(prepared.response);
    match client.answer(&prepared.operation, &prepared.input, &mut unread).await {
        Ok(answer) => {
            print_bytes(answer.body())?;
            // The shell's prompt starts on a new line.
            if io::stdout().is_terminal() && !answer.body().ends_with(b"\n") {
                print("\n")?;
            }
            Ok(Ending::Fine)
        }
        Err(error) => match refusal::report(&error, target, prepared) {
            Some(report) => {
                note(&report);
                Ok(Ending::Refused)
            }
            None => Err(refusal::unsent_call(error.failure())),
        },
    }
}
