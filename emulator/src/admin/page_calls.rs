//! Calls that the emulator signs and sends itself, for the page.

use std::net::Ipv4Addr;
use std::time::Duration;

use hyper::StatusCode;
use hyper::header::{ACCEPT, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::admin::admin_error::AdminError;
use crate::catalog::rust_code::rust_code;
use crate::catalog::served_operation::ServedOperation;
use crate::checks::accounts::Account;
use crate::gateway::state::Gateway;
use crate::parameters::placement::{Placed, place};
use crate::signature::encoding::encoded;
use crate::signature::{v1, v3};
use crate::wire::format::Format;
use crate::wire::reply::Reply;
use crate::wire::request::{MAX_BODY, WireRequest, without_port};

/// A call of the page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PageCall {
    product: String,
    version: String,
    operation: String,
    /// The values by name. A structure can also be a JSON text, which preserves long numbers.
    #[serde(default)]
    parameters: Map<String, Value>,
    /// An AccessKey ID. Defaults to the first usable account.
    account: Option<String>,
    #[serde(default)]
    signature: SignWith,
    #[serde(deserialize_with = "FormatName::deserialize", default = "FormatName::default_format")]
    format: Format,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
enum SignWith {
    #[default]
    V3,
    V1,
}

/// The names of a [`Format`] in JSON.
#[derive(Deserialize)]
#[serde(remote = "Format", rename_all = "UPPERCASE")]
enum FormatName {
    Json,
    Xml,
}

impl FormatName {
    fn default_format() -> Format {
        Format::Json
    }
}

/// A signed request.
struct SignedRequest {
    request: WireRequest,
    /// The request and the Rust code for the page, without secrets.
    shown: Map<String, Value>,
}

impl Gateway {
    /// Signs a request for the page, and does not send it.
    pub(crate) fn sign_for_page(&self, request: &WireRequest) -> Result<Value, AdminError> {
        Ok(Value::Object(self.signed_request(request)?.shown))
    }

    /// Signs and sends a request for the page. Returns it with its response, and the delay of the response.
    pub(crate) fn call_from_page(&self, request: &WireRequest) -> Result<(Value, Duration), AdminError> {
        let SignedRequest { request, mut shown } = self.signed_request(request)?;
        let (reply, delay) = self.serve(&request);
        let response = match reply {
            Reply::Send(mut response) => {
                if request.method == "HEAD" {
                    response.body.clear();
                }
                json!({
                    "status": response.status.as_u16(),
                    "reason": response.status.canonical_reason(),
                    "headers": header_pairs(&response.headers),
                    "body": String::from_utf8_lossy(&response.body),
                    "complete": !response.truncated,
                })
            }
            Reply::Close => json!({ "connection": "close" }),
            Reply::Reset => json!({ "connection": "reset" }),
            Reply::Silence => json!({ "connection": "silence" }),
        };
        shown.insert("response".to_owned(), response);
        Ok((Value::Object(shown), delay))
    }

    fn signed_request(&self, request: &WireRequest) -> Result<SignedRequest, AdminError> {
        let bad = |error: String| (StatusCode::BAD_REQUEST, error);
        let body = request.body.as_deref();
        let body =
            body.ok_or_else(|| (StatusCode::PAYLOAD_TOO_LARGE, format!("the body is larger than {MAX_BODY} bytes")))?;
        let mut call: PageCall = serde_json::from_slice(body).map_err(|error| bad(error.to_string()))?;
        let mut parameters = std::mem::take(&mut call.parameters);
        let PageCall { product, version, operation, .. } = &call;
        let served = self.catalog.operation(product, version, operation);
        let served = served
            .map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.message))?
            .ok_or_else(|| (StatusCode::NOT_FOUND, format!("no spec describes `{product}/{version}/{operation}`")))?;
        if served.is_roa() && call.signature == SignWith::V1 {
            return Err(bad(format!("`{operation}` is a ROA operation, which signature V1 does not support; use V3")));
        }
        let account = match &call.account {
            Some(id) => self.access.accounts.get(id).ok_or_else(|| bad(format!("there is no account `{id}`")))?,
            None => {
                let first = self.access.accounts.usable_first(self.now()).into_iter().next();
                first.ok_or_else(|| bad("there is no account".to_owned()))?
            }
        };
        read_structures(&served, &mut parameters).map_err(bad)?;
        let placed = place(&served.operation, &served.service.types, &parameters).map_err(bad)?;
        let host = local_host(&served, &placed, request);
        let invalid_header =
            || bad("the request cannot be sent: a name or a key in it is not valid in a header".to_owned());
        let (request, mut shown) = self.sign(&served, &call, placed, account, &host).ok_or_else(invalid_header)?;
        let (rust, problems) = match rust_code(&served.service, &served.operation, &parameters) {
            Ok(rust) => (Some(rust), Vec::new()),
            Err(problems) => (None, problems),
        };
        shown.insert("rust".to_owned(), rust.into());
        shown.insert("not_in_rust".to_owned(), problems.into());
        Ok(SignedRequest { request, shown })
    }

    /// Signs a request. Returns `None` if a name or a key is not valid in a header.
    fn sign(
        &self,
        served: &ServedOperation,
        call: &PageCall,
        placed: Placed,
        account: &Account,
        host: &str,
    ) -> Option<(WireRequest, Map<String, Value>)> {
        let Placed { mut query, form, headers, path, body, .. } = placed;
        let time = humantime::format_rfc3339_seconds(self.now()).to_string();
        let nonce = Uuid::new_v4().to_string();
        let method = served.operation.preferred_method().as_str();
        let form_text = joined(&form);
        let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
        let body = body.or_else(|| (!form.is_empty()).then(|| (form_type, form_text.into_bytes())));
        let (content_type, body) = body.unzip();
        let body = body.unwrap_or_default();
        let mut request = WireRequest {
            method: method.to_owned(),
            peer: Ipv4Addr::LOCALHOST.into(),
            host: without_port(host).to_owned(),
            path,
            query: String::new(),
            headers,
            body: Some(body),
        };
        let mut put = |name: &'static str, value: &str| -> Option<()> {
            request.headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).ok()?);
            Some(())
        };
        put(HOST.as_str(), host)?;
        put(USER_AGENT.as_str(), "alicloud-emulator")?;
        let PageCall { version, operation, .. } = call;
        let token = account.token.as_deref();
        let texts = match call.signature {
            SignWith::V3 => {
                put(
                    ACCEPT.as_str(),
                    match call.format {
                        Format::Json => "application/json",
                        Format::Xml => "application/xml",
                    },
                )?;
                put("x-acs-action", operation)?;
                put("x-acs-version", version)?;
                put("x-acs-date", &time)?;
                put("x-acs-signature-nonce", &nonce)?;
                if let Some(token) = token {
                    put("x-acs-security-token", token)?;
                }
                request.headers.extend(content_type.map(|kind| (CONTENT_TYPE, kind)));
                request.query = joined(&query);
                let texts = v3::sign(&mut request, borrowed(&query).collect(), &account.id, &account.secret)?;
                (texts.string_to_sign, Some(texts.canonical_request))
            }
            SignWith::V1 => {
                request.headers.extend(content_type.map(|kind| (CONTENT_TYPE, kind)));
                let common = [
                    ("Action", operation.as_str()),
                    ("Version", version),
                    ("Format", call.format.as_str()),
                    ("Timestamp", &time),
                    ("AccessKeyId", &account.id),
                    ("SignatureMethod", "HMAC-SHA1"),
                    ("SignatureVersion", "1.0"),
                    ("SignatureNonce", &nonce),
                ];
                let common = common.into_iter().chain(token.map(|token| ("SecurityToken", token)));
                query.extend(common.map(|(name, value)| (name.to_owned(), value.to_owned())));
                let text = v1::string_to_sign(method, borrowed(&query).chain(borrowed(&form)).collect());
                query.push(("Signature".to_owned(), v1::sign(&text, &account.secret)?));
                request.query = joined(&query);
                (text, None)
            }
        };
        let shown = shown(&request, host, texts, token);
        request.body = request.body.filter(|body| body.len() <= MAX_BODY);
        Some((request, shown))
    }
}

/// Reads the structures that are JSON texts.
fn read_structures(served: &ServedOperation, parameters: &mut Map<String, Value>) -> Result<(), String> {
    for (name, value) in parameters {
        let is_structure = served.operation.parameter(name).is_some_and(|known| !known.field.ty.is_scalar());
        if let (true, Value::String(json)) = (is_structure, &*value) {
            *value = serde_json::from_str(json).map_err(|error| format!("`{name}` is not JSON: {error}"))?;
        }
    }
    Ok(())
}

/// Returns the host of the product on this machine, with the port of the page.
fn local_host(served: &ServedOperation, placed: &Placed, request: &WireRequest) -> String {
    let label = placed.host_label.as_ref().map(|label| format!("{label}.")).unwrap_or_default();
    let authority = request.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let port = authority.strip_prefix(without_port(authority)).unwrap_or_default();
    format!("{label}{}.localhost{port}", served.service.product.to_ascii_lowercase())
}

fn shown(
    request: &WireRequest,
    host: &str,
    (string_to_sign, canonical_request): (String, Option<String>),
    token: Option<&str>,
) -> Map<String, Value> {
    // A security token is a secret, like its AccessKey secret.
    let hidden = |text: String| match token {
        None => text,
        Some(token) => {
            let once = encoded(token).to_string();
            text.replace(&format!("SecurityToken={once}"), "SecurityToken=***")
                .replace(&format!("SecurityToken%3D{}", encoded(&once)), "SecurityToken%3D***")
                .replace(&format!("x-acs-security-token:{token}\n"), "x-acs-security-token:***\n")
        }
    };
    let mut headers = header_pairs(&request.headers);
    for (name, value) in &mut headers {
        if name == "x-acs-security-token" {
            "***".clone_into(value);
        }
    }
    let separator = if request.query.is_empty() { "" } else { "?" };
    let shown = json!({
        "request": {
            "method": request.method,
            "url": hidden(format!("http://{host}{}{separator}{}", request.path, request.query)),
            "headers": headers,
            "body": String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()),
        },
        "string_to_sign": hidden(string_to_sign),
        "canonical_request": canonical_request.map(hidden),
    });
    let Value::Object(shown) = shown else { return Map::new() };
    shown
}

fn header_pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut pairs: Vec<_> = headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
    pairs.sort();
    pairs
}

fn borrowed(pairs: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
}

fn joined(pairs: &[(String, String)]) -> String {
    let pairs: Vec<String> =
        borrowed(pairs).map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    pairs.join("&")
}
