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

use alicloud_model::{Service, load_sources};
use alicloud_runtime::__private::Client;
use alicloud_runtime::Config;

pub(crate) use crate::call::arguments::Arguments;
pub(crate) use crate::call::parameters::{option_names, with_parameters};
use crate::call::spec_operation::{Prepared, Unread};
use crate::call::target::Target;
use crate::catalogue::{self, Found, Missing};
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
    let mut services = loaded.services;
    let mut arguments = arguments.clone();
    let is_described = Target::find_described(&services, &arguments).is_some();
    if !is_described && let Some(found) = from_catalogue(&services, &arguments)? {
        // The program of a dry run is for the crate that has the spec files.
        note(&format!(
            "the spec of `{}` is from the catalogue; `alicloud add {} {}` writes it to your specs",
            found.operation, found.service.feature, found.operation
        ));
        arguments.product.clone_from(&found.service.product);
        arguments.operation = found.operation;
        arguments.specs.get_or_insert_with(|| "specs".into());
        services = vec![found.service];
    }
    let arguments = &arguments;
    let target = Target::find(&services, arguments)?;
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

/// The operation in the catalogue. With `--version`, every operation can be called; without it, one that neither the specs nor
/// the catalogue have is an error.
fn from_catalogue(services: &[Service], arguments: &Arguments) -> Result<Option<Found>, Failure> {
    let found = catalogue::find(&arguments.product, arguments.version.as_deref(), &arguments.operation);
    match found {
        Err(Missing::Operation(_)) if arguments.version.is_some() => Ok(None),
        Err(Missing::Product(_)) if arguments.version.is_some() || Target::has_similar(services, arguments) => Ok(None),
        Err(Missing::Operation(failure) | Missing::Product(failure)) => Err(failure),
        Ok(found) => Ok(Some(found)),
    }
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
