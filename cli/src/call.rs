//! `alicloud call`: calls one operation.

mod arguments;
mod connection;
mod credentials;
mod dry_run;
mod ended;
#[cfg(test)]
mod every_operation;
mod failed_call;
mod json_path;
mod pages;
mod parameters;
mod query;
mod rendering;
#[cfg(feature = "mcp")]
mod response_secrets;
mod rust_code;
#[cfg(feature = "mcp")]
mod spec_call;
mod spec_operation;
mod target;
mod typed_values;
mod waiting;

use alicloud_model::{Service, load_sources};
use alicloud_runtime::Config;
use alicloud_runtime::dynamic::Client;

pub(crate) use crate::call::arguments::Arguments;
#[cfg(feature = "mcp")]
pub(crate) use crate::call::connection::Connection;
#[cfg(feature = "mcp")]
pub(crate) use crate::call::credentials::{provider, warn_of_readers};
use crate::call::ended::Ended;
use crate::call::pages::Pages;
pub(crate) use crate::call::parameters::{option_names, with_parameters, without_help};
#[cfg(feature = "mcp")]
pub(crate) use crate::call::query::Query;
use crate::call::rendering::Rendering;
#[cfg(feature = "mcp")]
pub(crate) use crate::call::spec_call::{PlannedRequest, ShownBody, SpecCall};
pub(crate) use crate::call::spec_operation::ConvertedOperations;
use crate::call::spec_operation::{Prepared, Unread};
use crate::call::target::Target;
use crate::call::waiting::Wait;
use crate::catalogue::{self, Found, Missing};
use crate::described::{self, Specs};
use crate::ending::{Ending, Failure};
use crate::output::{note, print};
use crate::terminal::visible;
use crate::{manual, specs};

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let loaded = match &arguments.specs {
        Some(folder) => specs::load(folder)?,
        None => load_sources(&specs::bundled(&arguments.product, Some(&arguments.operation))),
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
    let ways = Ways::new(arguments, &target)?;
    let prepared = Prepared::new(&target, given, &mut ConvertedOperations::default())?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(format!("cannot start: {error}")))?;
    runtime.block_on(async {
        if arguments.dry_run {
            let shown = dry_run::shown(arguments, &target, &prepared).await?;
            return print(&shown).map(|()| Ending::Fine);
        }
        make(arguments, &target, &prepared, &ways).await
    })
}

/// Whether the operation is called once, for all pages, or until a waiter is done; and the output format.
struct Ways<'m> {
    pages: Option<Pages<'m>>,
    wait: Option<Wait<'m>>,
    rendering: Rendering,
}

impl<'m> Ways<'m> {
    /// Fails if the operation does not support an option.
    fn new(arguments: &Arguments, target: &Target<'m>) -> Result<Self, Failure> {
        let items = match target {
            Target::Described { operation, .. } => operation.pagination.as_ref().map(|pages| pages.items.clone()),
            Target::Undescribed { .. } => None,
        };
        Ok(Self {
            pages: arguments.all_pages.then(|| Pages::of(target)).transpose()?,
            wait: arguments.wait.as_deref().map(|name| Wait::find(target, name)).transpose()?,
            rendering: Rendering::new(arguments, items)?,
        })
    }

    /// Calls the operation, and prints the response.
    async fn call(&self, client: &Client, prepared: &Prepared) -> Result<(), Ended> {
        let printed = match self {
            Self { pages: Some(pages), rendering, .. } => rendering.print_json(pages.all(client, prepared).await?),
            Self { wait: Some(wait), rendering, .. } => match wait.response(client, prepared).await? {
                Some(response) => rendering.print_json(response),
                None => Ok(()),
            },
            Self { rendering, .. } => {
                let mut unread = Unread(prepared.response);
                let response = client.send(prepared.operation, &prepared.input, &mut unread).await;
                let response = response.map_err(Ended::Call)?;
                if rendering.is_plain() {
                    Rendering::print_body(response.body())
                } else {
                    rendering.print_json(Ended::json(response.body())?)
                }
            }
        };
        printed.map_err(Ended::Failed)
    }
}

/// The operation in the catalogue. An operation that neither the specs nor the catalogue contain is an error, unless
/// `--version` is set.
fn from_catalogue(services: &[Service], arguments: &Arguments) -> Result<Option<Found>, Failure> {
    let found = catalogue::find(&arguments.product, arguments.version.as_deref(), &arguments.operation);
    match found {
        Err(Missing::Operation(_)) if arguments.version.is_some() => Ok(None),
        Err(Missing::Product(_)) if arguments.version.is_some() || Target::has_similar(services, arguments) => Ok(None),
        Err(Missing::Operation(failure) | Missing::Product(failure)) => Err(failure),
        Ok(found) => Ok(Some(found)),
    }
}

async fn make(
    arguments: &Arguments,
    target: &Target<'_>,
    prepared: &Prepared,
    ways: &Ways<'_>,
) -> Result<Ending, Failure> {
    let config = arguments.configure(Config::new(credentials::provider(&arguments.connection)?));
    credentials::warn_of_readers(&arguments.connection);
    let client = Client::new(prepared.operation.service, &config).map_err(|failure| failed_call::unsent(&failure))?;
    match ways.call(&client, prepared).await {
        Ok(()) => Ok(Ending::Fine),
        Err(Ended::Call(error)) => match failed_call::report(&error, target, prepared) {
            Some(report) => {
                note(&report);
                Ok(Ending::CallFailed)
            }
            None => Err(failed_call::unsent_call(error.failure())),
        },
        Err(Ended::Unreadable(problem) | Ended::NotReached(problem)) => {
            note(&format!("error: {}", visible(&problem)));
            Ok(Ending::CallFailed)
        }
        Err(Ended::Failed(failure)) => Err(failure),
    }
}

/// Shows the parameters of the operation that a command line with `--help` names.
pub(crate) fn help(arguments: &Arguments) -> Result<Ending, Failure> {
    let specs = Specs::read(arguments.specs.as_deref(), &arguments.product, Some(&arguments.operation))?;
    let found = described::find(&specs, &arguments.product, arguments.version.as_deref(), &arguments.operation)?;
    manual::call_help(&found, &option_names()).print()?;
    Ok(Ending::Fine)
}
