//! The admin API: what was called, what is prepared, what is served, as JSON below `/_emulator/`. The page goes with it.

use std::net::IpAddr;
use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue, ORIGIN};
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::calls::Call;
use crate::catalog::ServedProduct;
use crate::gateway::{Gateway, MAX_BODY, Reply, Response, WireRequest};
use crate::operation_description::describe;
use crate::page;
use crate::scenario::AnswerEntry;
use crate::script::Script;

/// No operation has a path below this one.
const ROOT: &str = "/_emulator";

/// A status with what is wrong.
pub(crate) type Refused = (StatusCode, String);

/// Whether a call is one of those asked for.
type Filter<'q> = Box<dyn Fn(&Call) -> bool + 'q>;

impl Gateway {
    /// Answers a request to the admin API or for the page; `None` for one that is a call.
    pub(crate) fn administer(&self, request: &WireRequest) -> Option<(Reply, Duration)> {
        let page = page::page(request);
        let rest = request.path.strip_prefix(ROOT).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        if page.is_none() && rest.is_none() {
            return None;
        }
        let path = rest.unwrap_or_default().trim_matches('/');
        let answered = self.permit(request).and_then(|()| {
            let file = page.or_else(|| page::file(path).filter(|_| request.method == "GET"));
            match file {
                Some(file) => Ok((file.response(), Duration::ZERO)),
                None => self.route(request, path).map(|(body, delay)| (json_response(StatusCode::OK, &body), delay)),
            }
        });
        let (response, delay) = answered
            .unwrap_or_else(|(status, error)| (json_response(status, &json!({ "error": error })), Duration::ZERO));
        Some((Reply::Send(response), delay))
    }

    /// Only this machine may come in, and of the pages in its browser only those that the emulator itself has sent.
    fn permit(&self, request: &WireRequest) -> Result<(), Refused> {
        let forbidden = |why: &str| Err((StatusCode::FORBIDDEN, why.to_owned()));
        let is_open = self.entry.is_admin_open;
        if !is_open && !request.peer.to_canonical().is_loopback() {
            return forbidden("the admin API answers this machine only, unless the emulator is started otherwise");
        }
        // Somebody else's name may lead here: the page that called so is not the emulator's.
        let is_own_name = is_loopback(&request.host) || is_open && is_local_name(&request.host);
        if !is_own_name {
            return forbidden("the admin API is called by an address or by `localhost`");
        }
        let header = |name| request.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let is_own = |origin: &str| origin.split_once("://").map(|(_, authority)| authority) == header(HOST);
        if header(ORIGIN).is_some_and(|origin| !is_own(origin)) {
            return forbidden("pages from elsewhere may not use the admin API");
        }
        Ok(())
    }

    /// What there is at the path, and after which delay it is told.
    fn route(&self, request: &WireRequest, path: &str) -> Result<(Value, Duration), Refused> {
        let body = match (path, request.method.as_str()) {
            ("calls", "POST") => return self.call_order(request),
            ("requests", "POST") => self.sign_order(request)?,
            ("", "GET") => self.index(),
            ("operations", "GET") => self.operations(),
            ("calls", "GET") => self.find_calls(&request.query)?,
            ("calls", "DELETE") => json!({ "forgotten": self.take_calls().len() }),
            ("answers", "GET") => self.pending(),
            ("answers", "POST") => self.prepare(request.body.as_deref())?,
            ("answers", "DELETE") => {
                self.state().script = Script::default();
                self.pending()
            }
            ("resources", "GET") => self.resources(),
            ("reset", "POST") => {
                self.reset();
                json!({})
            }
            ("" | "operations" | "requests" | "calls" | "answers" | "resources" | "reset", method) => {
                let error = format!("{method} is nothing that `{ROOT}/{path}` takes");
                return Err((StatusCode::METHOD_NOT_ALLOWED, error));
            }
            _ => {
                let error = format!("there is nothing at `{ROOT}/{path}`; `{ROOT}/` lists what is");
                return Err((StatusCode::NOT_FOUND, error));
            }
        };
        Ok((body, Duration::ZERO))
    }

    fn index(&self) -> Value {
        let products = self.products();
        let accounts = self.entry.accounts.those_let_in_first(self.now());
        let product = |one: &ServedProduct| {
            let ServedProduct { product, version, operations, .. } = one;
            json!({ "product": product, "version": version, "operations": operations })
        };
        json!({
            "products": products.iter().map(product).collect::<Vec<_>>(),
            "accounts": accounts.iter().map(|account| &account.id).collect::<Vec<_>>(),
            "api": [
                "GET /_emulator/operations",
                "GET /_emulator/calls?product=&operation=&status=&code=&after=&limit=",
                "POST /_emulator/calls",
                "DELETE /_emulator/calls",
                "POST /_emulator/requests",
                "GET /_emulator/answers",
                "POST /_emulator/answers",
                "DELETE /_emulator/answers",
                "GET /_emulator/resources",
                "POST /_emulator/reset",
            ],
        })
    }

    fn operations(&self) -> Value {
        json!({ "operations": self.catalog.all().into_iter().map(describe).collect::<Vec<_>>() })
    }

    /// The calls that are like the query says, in order; `last` is the number of the latest call, to ask for those after it.
    fn find_calls(&self, query: &str) -> Result<Value, Refused> {
        let calls = self.calls();
        let mut filters: Vec<Filter<'_>> = Vec::new();
        let mut limit = usize::MAX;
        for (name, value) in form_urlencoded::parse(query.as_bytes()).filter(|(_, value)| !value.is_empty()) {
            let number = || {
                let number = value.parse::<u64>();
                number.map_err(|_| (StatusCode::BAD_REQUEST, format!("`{name}` is `{value}`; expected a number")))
            };
            match &*name {
                "product" => filters.push(Box::new(move |call| call.product == value)),
                "operation" => filters.push(Box::new(move |call| call.operation == value)),
                "code" => filters.push(Box::new(move |call| call.outcome.code.as_deref() == Some(&value))),
                "status" => {
                    let status = number()?;
                    filters.push(Box::new(move |call| call.outcome.status.map(u64::from) == Some(status)));
                }
                "after" => {
                    let after = number()?;
                    filters.push(Box::new(move |call| call.number > after));
                }
                "limit" => limit = usize::try_from(number()?).unwrap_or(usize::MAX),
                _ => {
                    let expected = "expected product, operation, status, code, after or limit";
                    return Err((StatusCode::BAD_REQUEST, format!("calls have no `{name}`; {expected}")));
                }
            }
        }
        let found: Vec<&Call> =
            calls.iter().map(|call| &**call).filter(|call| filters.iter().all(|fits| fits(call))).collect();
        let latest = found.get(found.len().saturating_sub(limit)..).unwrap_or_default();
        Ok(json!({
            "calls": latest.iter().map(|call| call.to_json()).collect::<Vec<_>>(),
            "last": calls.last().map_or(0, |call| call.number),
        }))
    }

    fn pending(&self) -> Value {
        json!({ "pending": self.state().script.pending() })
    }

    /// Takes an answer as a scenario has it, or a list of them: all or none.
    fn prepare(&self, body: Option<&[u8]>) -> Result<Value, Refused> {
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
            let entry: AnswerEntry = serde_json::from_value(entry).map_err(|error| bad(error.to_string()))?;
            let (operation, answer) = entry.answer().map_err(bad)?;
            let answer = self.prepared(&operation, answer).map_err(|error| bad(error.to_string()))?;
            prepared.push((operation, answer));
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
    Response { status, headers, body: body.to_string().into_bytes(), cut: false }
}

fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Whether a host is an address, or a name without dots, as containers have: nobody can own such a name elsewhere.
fn is_local_name(host: &str) -> bool {
    address(host).is_some() || !host.is_empty() && !host.contains('.')
}

fn is_loopback(host: &str) -> bool {
    address(host).is_some_and(|address| address.to_canonical().is_loopback())
        || host == "localhost"
        || host.ends_with(".localhost")
}
