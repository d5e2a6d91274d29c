//! The paths of the admin API and of the page.

use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::{Value, json};

use crate::admin::admin_error::AdminError;
use crate::admin::compression::compress;
use crate::catalog::served_version::ServedVersion;
use crate::gateway::state::Gateway;
use crate::page;
use crate::scenario::preparation::prepare;
use crate::scenario::response_entry::ResponseEntry;
use crate::scenario::script::Script;
use crate::wire::reply::{Reply, Response};
use crate::wire::request::{MAX_BODY, WireRequest};

/// The path of the admin API. No operation has a path below it.
const ROOT: &str = "/_emulator";

impl Gateway {
    /// Handles a request to the admin API or for the page. Returns `None` if the request is a call.
    pub(crate) fn serve_admin(&self, request: &WireRequest) -> Option<(Reply, Duration)> {
        let page = page::page(request);
        let rest = request.path.strip_prefix(ROOT).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        if page.is_none() && rest.is_none() {
            return None;
        }
        let path = rest.unwrap_or_default().trim_matches('/');
        let served = self.permit(request).and_then(|()| {
            let file = page.or_else(|| page::file(path).filter(|_| request.method == "GET"));
            match file {
                Some(file) => Ok((file.response(), Duration::ZERO)),
                None => self.route(request, path).map(|(body, delay)| (json_response(StatusCode::OK, &body), delay)),
            }
        });
        let (mut response, delay) = served
            .unwrap_or_else(|(status, error)| (json_response(status, &json!({ "error": error })), Duration::ZERO));
        compress(&mut response, &request.headers);
        Some((Reply::Send(response), delay))
    }

    /// Returns the body for a path, and the delay of the response.
    fn route(&self, request: &WireRequest, path: &str) -> Result<(Value, Duration), AdminError> {
        let body = match (path, request.method.as_str()) {
            ("calls", "POST") => return self.call_from_page(request),
            ("requests", "POST") => self.sign_for_page(request)?,
            ("", "GET") => self.index(),
            ("operations", "GET") => self.find_operations(&request.query)?,
            ("search", "GET") => self.search_operations(&request.query)?,
            ("calls", "GET") => self.find_calls(&request.query)?,
            ("calls", "DELETE") => json!({ "deleted": self.take_calls().len() }),
            ("responses", "GET") => self.pending(),
            ("responses", "POST") => self.prepare(request.body.as_deref())?,
            ("responses", "DELETE") => {
                self.state().script = Script::default();
                self.pending()
            }
            ("resources", "GET") => self.resources(),
            ("reset", "POST") => {
                self.reset();
                json!({})
            }
            ("" | "operations" | "search" | "requests" | "calls" | "responses" | "resources" | "reset", method) => {
                let error = format!("`{ROOT}/{path}` does not support {method}");
                return Err((StatusCode::METHOD_NOT_ALLOWED, error));
            }
            _ => {
                let error = format!("there is nothing at `{ROOT}/{path}`; see `{ROOT}/` for the paths");
                return Err((StatusCode::NOT_FOUND, error));
            }
        };
        Ok((body, Duration::ZERO))
    }

    fn index(&self) -> Value {
        let accounts = self.access.accounts.usable_first(self.now());
        let product = |served: &ServedVersion| json!({ "product": served.product, "version": served.version, "operations": served.names().len() });
        json!({
            "products": self.catalog.versions().iter().map(product).collect::<Vec<_>>(),
            "accounts": accounts.iter().map(|account| &account.id).collect::<Vec<_>>(),
            "api": [
                "GET /_emulator/search?words=&product=&version=&limit=",
                "GET /_emulator/operations?product=&version=&operation=",
                "GET /_emulator/calls?product=&operation=&status=&code=&after=&limit=",
                "POST /_emulator/calls",
                "DELETE /_emulator/calls",
                "POST /_emulator/requests",
                "GET /_emulator/responses",
                "POST /_emulator/responses",
                "DELETE /_emulator/responses",
                "GET /_emulator/resources",
                "POST /_emulator/reset",
            ],
        })
    }

    fn pending(&self) -> Value {
        json!({ "pending": self.state().script.pending() })
    }

    /// Scripts one response, written as in a scenario, or all responses of a list. If one of them is wrong, none is
    /// added.
    fn prepare(&self, body: Option<&[u8]>) -> Result<Value, AdminError> {
        let bad = |error: String| (StatusCode::BAD_REQUEST, error);
        let Some(body) = body else {
            return Err((StatusCode::PAYLOAD_TOO_LARGE, format!("the body is larger than {MAX_BODY} bytes")));
        };
        let entries = match serde_json::from_slice(body).map_err(|error| bad(error.to_string()))? {
            Value::Array(entries) => entries,
            entry => vec![entry],
        };
        let mut prepared = Vec::new();
        for entry in entries {
            let entry: ResponseEntry = serde_json::from_value(entry).map_err(|error| bad(error.to_string()))?;
            let (operation, response) = entry.response().map_err(bad)?;
            let response = prepare(&self.catalog, &operation, response).map_err(|error| bad(error.to_string()))?;
            prepared.push((operation, response));
        }
        let mut state = self.state();
        state.script.add(prepared).map_err(|error| bad(error.to_string()))?;
        Ok(json!({ "pending": state.script.pending() }))
    }

    fn resources(&self) -> Value {
        let state = self.state();
        let resources = state
            .resources
            .0
            .iter()
            .map(|resource| json!({ "name": resource.name, "id": resource.id, "present": resource.present }));
        json!({ "resources": resources.collect::<Vec<_>>() })
    }
}

fn json_response(status: StatusCode, body: &Value) -> Response {
    let json = HeaderValue::from_static("application/json;charset=utf-8");
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, json)]);
    Response { status, headers, body: body.to_string().into(), truncated: false }
}
