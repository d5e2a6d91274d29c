//! Shows the request of a call and how it is signed, like OpenAPI Explorer.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use alicloud_runtime::dynamic::{Client, Input, Operation};
use alicloud_runtime::signature::{Place, WireParameter, v1, v3};
use alicloud_runtime::{
    Config, Credentials, Failure as CallFailure, Format, HttpRequest, ResponseFuture, RetryPolicy, Transport,
    TransportPhase,
};
use url::Url;

use crate::call::arguments::Arguments;
use crate::call::connection::{Connection, Signature};
use crate::call::credentials::Caller;
use crate::call::spec_operation::{Prepared, Unread};
use crate::call::target::Target;
use crate::call::typed_values::STARS;
use crate::call::{failed_call, rust_code};
use crate::ending::Failure;

/// Records the request instead of sending it.
#[derive(Clone, Debug, Default)]
struct Recorder {
    request: Arc<Mutex<Option<HttpRequest>>>,
}

impl Transport for Recorder {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        let failure = CallFailure::transport(TransportPhase::Interrupted, request.host(), "this is a dry run");
        *self.request.lock().unwrap_or_else(PoisonError::into_inner) = Some(request);
        Box::pin(async { Err(failure) })
    }
}

/// A request that was not sent, with stars in place of secrets.
pub(super) struct Unsent<'p> {
    pub(super) request: HttpRequest,
    /// Notes about the request.
    pub(super) notes: Vec<&'static str>,
    pub(super) caller: Caller,
    operation: &'p Operation<'static>,
}

impl<'p> Unsent<'p> {
    /// Checks and signs the request of a call.
    pub(super) async fn new(connection: &Connection, format: Format, prepared: &'p Prepared) -> Result<Self, Failure> {
        let mut caller = Caller::find(connection).await?;
        let config = |caller: &Caller| connection.configure(Config::new(caller.clone())).format(format);
        let mut notes = Vec::new();
        // The real request is always checked against the spec.
        let mut request = recorded(config(&caller), prepared, prepared.operation, &prepared.input).await?;
        let has_token = has_token(&request);
        if has_token {
            caller.credentials = caller.credentials.security_token(STARS);
        }
        let (operation, input) = match &prepared.without_secrets {
            Some((operation, input)) => (*operation, input),
            None => (prepared.operation, &prepared.input),
        };
        if has_token || prepared.without_secrets.is_some() {
            request = recorded(config(&caller), prepared, operation, input).await?;
            notes.push("Secrets are replaced with ***, and the signature is that of the shown request.");
        }
        if caller.is_made_up {
            notes.push("No credentials were found: signed with a sample AccessKey.");
        }
        notes.push("Nothing was sent.");
        Ok(Self { request, notes, caller, operation })
    }

    pub(super) fn url(&self) -> Result<Url, Failure> {
        Url::parse(self.request.url()).map_err(|error| bug(&format!("the URL is not valid ({error})")))
    }
}

/// The request, the steps of the signature and the Rust code of a call, without secrets.
pub(super) async fn shown(arguments: &Arguments, target: &Target<'_>, prepared: &Prepared) -> Result<String, Failure> {
    let unsent = Unsent::new(&arguments.connection, arguments.format.into(), prepared).await?;
    let url = unsent.url()?;
    let Unsent { request, notes, caller, operation } = &unsent;
    let mut text = notes.join("\n") + "\n";
    if !arguments.connection.anonymous {
        let (name, canonical, string_to_sign) = match arguments.connection.signature {
            Signature::V1 => {
                let stages = signed_v1(operation, request, &url, &caller.credentials)?;
                ("Canonical query", stages.canonical_query, stages.string_to_sign)
            }
            Signature::V3 => {
                let stages = signed_v3(operation, request, &url, &caller.credentials)?;
                ("Canonical request", stages.canonical_request, stages.string_to_sign)
            }
        };
        text += &format!("\n== {name}\n{canonical}\n\n== String to sign\n{string_to_sign}\n");
    }
    text += &format!("\n== Request\n{}\n", message(request, &url));
    text += &format!("\n== Rust\n{}", rust_code::program(arguments, target, prepared)?);
    Ok(text)
}

/// Records the request that the call would send.
async fn recorded(
    config: Config,
    prepared: &Prepared,
    operation: &Operation<'_>,
    input: &Input,
) -> Result<HttpRequest, Failure> {
    let recorder = Recorder::default();
    let config = config.retry_policy(RetryPolicy::none()).transport(recorder.clone());
    let client = Client::new(operation.service, &config).map_err(|failure| failed_call::unsent(&failure))?;
    let ended = client.send(operation, input, &mut Unread(prepared.response)).await;
    let request = recorder.request.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (request, ended) {
        (Some(request), _) => Ok(request),
        (None, Err(error)) => Err(failed_call::unsent_call(error.failure())),
        (None, Ok(_)) => Err(bug("there was no request")),
    }
}

fn has_token(request: &HttpRequest) -> bool {
    request.url().contains("SecurityToken=") || request.headers().any(|(name, _)| name == "x-acs-security-token")
}

/// Signs the recorded request again, to get the steps of the signature.
fn signed_v1(
    operation: &Operation<'_>,
    request: &HttpRequest,
    url: &Url,
    credentials: &Credentials,
) -> Result<v1::SignedRequest, Failure> {
    let (mut parameters, mut timestamp, mut nonce, mut signature) = (Vec::new(), None, None, None);
    for (name, value) in url.query_pairs() {
        match name.as_ref() {
            "AccessKeyId" | "SecurityToken" | "SignatureMethod" | "SignatureVersion" => {}
            "Timestamp" => timestamp = humantime::parse_rfc3339(&value).ok(),
            "SignatureNonce" => nonce = Some(value),
            "Signature" => signature = Some(value),
            _ => parameters.push(WireParameter { name, value, place: Place::Query }),
        }
    }
    for (name, value) in url::form_urlencoded::parse(request.body().unwrap_or_default()) {
        parameters.push(WireParameter { name, value, place: Place::Form });
    }
    let (Some(timestamp), Some(nonce)) = (timestamp, nonce) else {
        return Err(bug("the query has no nonce or timestamp"));
    };
    let signed = v1::sign(operation.method, parameters, credentials, timestamp, &nonce);
    if signature.as_deref() == Some(signed.signature.as_str()) { Ok(signed) } else { Err(bug("the signatures differ")) }
}

fn signed_v3(
    operation: &Operation<'_>,
    request: &HttpRequest,
    url: &Url,
    credentials: &Credentials,
) -> Result<v3::SignedRequest, Failure> {
    let host = host(url);
    let texts: Vec<(&str, Cow<'_, str>)> =
        request.headers().map(|(name, value)| (name, String::from_utf8_lossy(value))).collect();
    let is_signed = |name: &str| name == "content-type" || name.starts_with("x-acs-");
    let mut headers: Vec<(&str, &str)> =
        texts.iter().filter(|(name, _)| is_signed(name)).map(|(name, value)| (*name, value.as_ref())).collect();
    headers.push(("host", &host));
    let mut parameters: Vec<WireParameter<'_>> =
        url.query_pairs().map(|(name, value)| WireParameter { name, value, place: Place::Query }).collect();
    let body_sha256 = v3::body_sha256(request.body().unwrap_or_default());
    let signed = v3::sign(operation.method, url.path(), &mut parameters, &mut headers, &body_sha256, credentials);
    let sent = texts.iter().find(|(name, _)| *name == "authorization").map(|(_, value)| value.as_ref());
    if sent == Some(signed.authorization.as_str()) { Ok(signed) } else { Err(bug("the signatures differ")) }
}

/// The request as HTTP/1.1 text.
fn message(request: &HttpRequest, url: &Url) -> String {
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut message = format!("{} {}{query} HTTP/1.1\nhost: {}\n", request.method(), url.path(), host(url));
    for (name, value) in request.headers() {
        message += &format!("{name}: {}\n", String::from_utf8_lossy(value));
    }
    if let Some(body) = request.body() {
        message += &format!("content-length: {}\n", body.len());
    }
    message.push('\n');
    if let Some(body) = request.body() {
        message += &match str::from_utf8(body) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Borrowed("(bytes that are not text)"),
        };
    }
    message
}

fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

fn bug(problem: &str) -> Failure {
    Failure::new(format!("the request cannot be shown: {problem}")).help("this is a bug in `alicloud`, not in the call")
}
