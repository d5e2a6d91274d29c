//! The tools that call operations.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use alicloud_model::Type;
use alicloud_runtime::dynamic::Client;
use alicloud_runtime::{Config, Format, HttpResponse};
use rmcp::model::CallToolResult;
use serde_json::{Value, json};

use crate::call::{self, Connection, ConvertedOperations, PlannedRequest, Query, ShownBody, SpecCall};
use crate::described::Described;
use crate::ending::Failure;
use crate::mcp::arguments::Call;
use crate::mcp::operations::is_read;
use crate::mcp::results::{self, Members};
use crate::mcp::shortening::{Shortened, shortened};
use crate::mcp::tools;

const CUT_HELP: &str = "select less with `query`, ask for smaller pages with the parameters, or raise `max_items`";

/// Calls operations.
pub(super) struct Caller {
    connection: Connection,
    config: Config,
    allows_writes: bool,
    known: Mutex<Known>,
}

/// State that later calls reuse.
#[derive(Default)]
struct Known {
    converted: ConvertedOperations,
    /// The clients, by product, version and region.
    clients: HashMap<(String, String, Option<String>), Client>,
}

impl Caller {
    pub(super) fn new(connection: Connection, allows_writes: bool) -> Result<Self, Failure> {
        let config = Config::new(call::provider(&connection)?).format(Format::Json);
        call::warn_of_readers(&connection);
        Ok(Self { connection, config, allows_writes, known: Mutex::default() })
    }

    /// Calls an operation that reads.
    pub(super) async fn read(&self, described: &Described, arguments: Call) -> Result<CallToolResult, Failure> {
        let Described { operation, .. } = described;
        if !is_read(described) {
            let problem =
                if described.effect.is_none() { "has an unknown effect, which counts as a write" } else { "writes" };
            return Err(Failure::new(format!("`{}` {problem}", operation.name))
                .help(format!("call it with the tool `{}`", tools::CALL_WRITE)));
        }
        if arguments.dry_run.is_some() {
            return Err(Failure::new(format!("`{}` has no argument `dry_run`", tools::CALL_READ))
                .help("leave it out: the operation changes nothing"));
        }
        self.send(described, arguments).await
    }

    /// Calls an operation that writes, or shows what it would send.
    pub(super) async fn write(&self, described: &Described, arguments: Call) -> Result<CallToolResult, Failure> {
        let Described { operation, .. } = described;
        if is_read(described) {
            return Err(Failure::new(format!("`{}` only reads", operation.name))
                .help(format!("call it with the tool `{}`", tools::CALL_READ)));
        }
        if arguments.dry_run.unwrap_or(true) {
            return self.plan(described, arguments).await;
        }
        if !self.allows_writes {
            return Err(Failure::new(format!("`{}` writes, and this server does not allow writes", operation.name)).help(
                "its user can start it with `--allow-writes`; without it, `dry_run: true` checks and shows the request",
            ));
        }
        self.send(described, arguments).await
    }

    async fn send(&self, described: &Described, arguments: Call) -> Result<CallToolResult, Failure> {
        let max_items = arguments.max_items();
        let query = arguments.query.as_deref().map(Query::parse).transpose()?;
        let (call, client) = {
            let mut known = self.known();
            let call = SpecCall::new(described, arguments.parameters, &mut known.converted)?;
            let client = self.client(&mut known, described, &call, arguments.region)?;
            (call, client)
        };
        match call.send(&client).await {
            Ok(response) => Ok(shown(described, &call, &response, query.as_ref(), max_items)),
            Err(error) => call.report(&error).map(|report| results::failed(&error, &report)),
        }
    }

    async fn plan(&self, described: &Described, arguments: Call) -> Result<CallToolResult, Failure> {
        let call = SpecCall::new(described, arguments.parameters, &mut self.known().converted)?;
        let connection = self.connection.in_region(arguments.region.as_deref());
        let PlannedRequest { method, url, parameters, is_without_credentials } = call.planned(&connection).await?;
        let next = match (self.allows_writes, has_dry_run(described)) {
            (false, _) => "this server does not allow writes: its user can start it with `--allow-writes`",
            (true, false) => "to send it, call again with `dry_run: false`",
            (true, true) => {
                "to let the service check it without acting, call again with `dry_run: false` and the parameter `DryRun: \
                 true`; to send it, call again with `dry_run: false`"
            }
        };
        let members = operation_members(described)
            .with("sent", false)
            .with("request", json!({"method": method, "url": url, "parameters": parameters}))
            .with("next", next);
        let warning = is_without_credentials.then_some("no credentials were found");
        Ok(members.with("warning", warning).into_result())
    }

    /// The client of a product in a region.
    fn client(
        &self,
        known: &mut Known,
        described: &Described,
        call: &SpecCall<'_>,
        region: Option<String>,
    ) -> Result<Client, Failure> {
        let service = &described.service;
        let connection = self.connection.in_region(region.as_deref());
        let key = (service.product.clone(), service.version.clone(), region);
        if let Some(client) = known.clients.get(&key) {
            return Ok(client.clone());
        }
        let client = call.client(&connection.configure(self.config.clone()))?;
        known.clients.insert(key, client.clone());
        Ok(client)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The response, without secrets.
fn shown(
    described: &Described,
    call: &SpecCall<'_>,
    response: &HttpResponse,
    query: Option<&Query>,
    max_items: usize,
) -> CallToolResult {
    let header = response.headers().find(|(name, _)| *name == "x-acs-request-id");
    let header = header.map(|(_, value)| String::from_utf8_lossy(value).into_owned());
    let mut members = operation_members(described).with("sent", true);
    let mut request_id = header;
    let body = match call.shown(response.body()) {
        ShownBody::Json(json, hidden) => {
            let own = json.get("RequestId").or_else(|| json.get("requestId")).and_then(Value::as_str);
            request_id = own.map(str::to_owned).or(request_id);
            if hidden > 0 {
                members = members.with("hidden_values", hidden);
            }
            // The request was sent, so the response is reported even if the query does not fit.
            match query.map(|query| query.search(json.clone())) {
                Some(Ok(selected)) => selected,
                Some(Err(failure)) => {
                    members = members.with("query_error", failure.parts().0);
                    json
                }
                None => json,
            }
        }
        ShownBody::Text(text) => Value::String(text),
        ShownBody::Hidden(reason) => {
            members = members.with("body_bytes", response.body().len()).with("body_hidden", reason);
            Value::Null
        }
    };
    let Shortened { value, cuts } = shortened(&body, max_items);
    let members = members.with("request_id", request_id).with("response", value);
    members.with_cuts(&cuts, CUT_HELP).into_result()
}

fn operation_members(described: &Described) -> Members {
    let Described { service, operation, .. } = described;
    Members::default()
        .with("product", service.product.as_str())
        .with("version", service.version.as_str())
        .with("operation", operation.name.as_str())
}

/// Whether the service can check the request without acting.
fn has_dry_run(described: &Described) -> bool {
    described.operation.parameter("DryRun").is_some_and(|parameter| parameter.field.ty == Type::Boolean)
}
