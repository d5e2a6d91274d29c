//! The gateway's checks, in its order, and what it answers.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use hyper::StatusCode;
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use serde_json::Value;
use uuid::Uuid;

use alicloud_model::{Operation, Position};

use crate::accounts::Accounts;
use crate::answering::refused;
use crate::calls::{Call, CallLog};
use crate::catalog::{Asked, Catalog, Found, ServedOperation, ServedProduct};
use crate::clock::{Clock, Stopwatch};
use crate::common_parameters::{CommonParameters, Signature, are_in_headers, authorization};
use crate::error::{ScriptError, near};
use crate::flow_control::FlowControl;
use crate::nonces::Nonces;
use crate::parameters::{Common, Parameters};
use crate::refusal::{self, Refusal};
use crate::requirements;
use crate::resources::{Resource, Resources};
use crate::scenario::{Scenario, ScenarioError};
use crate::script::{Answer, Prepared, Script};
use crate::signature::{v1, v3};
use crate::structure::{Wire, header_prefix, structure};

/// How far a time stamp may be from the gateway's clock.
const TOLERANCE: Duration = Duration::from_secs(15 * 60);

/// The most bytes that a body may have.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// A request as it came from the connection.
pub(crate) struct WireRequest {
    pub(crate) method: String,
    pub(crate) peer: IpAddr,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// `None` where it is larger than [`MAX_BODY`].
    pub(crate) body: Option<Vec<u8>>,
}

impl WireRequest {
    /// The body where it is a form. Official clients leave the content type out where they can.
    fn form(&self) -> &[u8] {
        let is_form = match self.headers.get(CONTENT_TYPE).map(HeaderValue::to_str) {
            None => true,
            Some(Ok(kind)) => {
                let (kind, _) = kind.split_once(';').unwrap_or((kind, ""));
                kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
            }
            Some(Err(_)) => false,
        };
        let takes_body = !matches!(self.method.as_str(), "GET" | "HEAD");
        self.body.as_deref().filter(|_| is_form && takes_body).unwrap_or_default()
    }

    /// The body where it is something else. An empty one is there where its type is told.
    fn body_of_its_own(&self) -> Option<&[u8]> {
        self.body.as_deref().filter(|body| !body.is_empty() || self.headers.contains_key(CONTENT_TYPE))
    }
}

/// What to do with the connection.
pub(crate) enum Reply {
    Send(Response),
    Close,
    Reset,
    Silence,
}

/// A response to send.
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
    /// Whether more is announced than there is.
    pub(crate) cut: bool,
}

/// Is told of each call.
pub(crate) type OnCall = Box<dyn Fn(&Call) + Send + Sync>;

/// What calls change.
pub(crate) struct State {
    nonces: Nonces,
    /// `None` where it is not asked for.
    flow: Option<FlowControl>,
    pub(crate) script: Script,
    pub(crate) resources: Resources,
    pub(crate) calls: CallLog,
}

/// Whom the gateway lets in, and where.
pub(crate) struct Entry {
    pub(crate) accounts: Accounts,
    /// Whether calls without an AccessKey pass.
    pub(crate) is_anonymous: bool,
    pub(crate) has_flow_control: bool,
    /// Whether others than this machine may use the admin API.
    pub(crate) is_admin_open: bool,
}

/// What a scenario prepares.
#[derive(Default)]
struct Start {
    script: Script,
    resources: Resources,
}

/// All that the connections share.
pub(crate) struct Gateway {
    pub(crate) catalog: Catalog,
    pub(crate) entry: Entry,
    start: Start,
    clock: Clock,
    on_call: Option<OnCall>,
    state: Mutex<State>,
}

impl Gateway {
    /// Fails where the scenario is about what the specs do not know.
    pub(crate) fn new(
        catalog: Catalog,
        entry: Entry,
        clock: Clock,
        on_call: Option<OnCall>,
        scenario: Scenario,
    ) -> Result<Self, ScenarioError> {
        let state = State {
            nonces: Nonces::default(),
            flow: None,
            script: Script::default(),
            resources: Resources::default(),
            calls: CallLog::default(),
        };
        let mut gateway = Self { catalog, entry, start: Start::default(), clock, on_call, state: Mutex::new(state) };
        for (at, (operation, answer)) in scenario.answers.into_iter().enumerate() {
            let prepared = gateway.prepared(&operation, answer);
            let failed = |error| ScenarioError::new(format!("answer {}", at + 1), error);
            let prepared = prepared.map_err(failed)?;
            gateway.start.script.add(vec![(operation, prepared)]).map_err(failed)?;
        }
        for resource in &scenario.resources {
            let place = || format!("resource `{}`", resource.name);
            gateway.check_resource(resource).map_err(|error| ScenarioError::new(place(), error))?;
        }
        gateway.start.resources = Resources(scenario.resources);
        gateway.reset();
        Ok(gateway)
    }

    fn check_resource(&self, resource: &Resource) -> Result<(), ScriptError> {
        for operation in resource.create.iter().chain(&resource.describe).chain(&resource.delete) {
            self.known(operation)?;
            let is_created = resource.create.contains(operation);
            for name in resource.id.iter().filter(|_| !is_created || resource.answered_at.is_empty()) {
                let mut served = self.catalog.named(operation);
                if !served.any(|served| served.operation.parameter(name).is_some()) {
                    let (operation, parameter) = (operation.clone(), name.clone());
                    return Err(ScriptError::UnknownParameter { operation, parameter });
                }
            }
            let code = if is_created { resource.existing.as_ref() } else { Some(&resource.missing) };
            if let Some(code) = code {
                self.documented(operation, code)?;
            }
        }
        Ok(())
    }

    /// All is as when the emulator started.
    pub(crate) fn reset(&self) {
        let mut state = self.state();
        state.nonces = Nonces::default();
        state.flow = self.entry.has_flow_control.then(|| FlowControl::new(Clock::clone(&self.clock)));
        state.script = self.start.script.clone();
        state.resources = self.start.resources.clone();
        state.calls.take();
    }

    pub(crate) fn now(&self) -> SystemTime {
        (self.clock)()
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in the state is left half changed by a panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn products(&self) -> Vec<ServedProduct> {
        self.catalog.products()
    }

    pub(crate) fn calls(&self) -> Vec<Arc<Call>> {
        self.state().calls.all()
    }

    pub(crate) fn take_calls(&self) -> Vec<Arc<Call>> {
        self.state().calls.take()
    }

    /// Gives the operation's next calls this answer.
    pub(crate) fn answer_next(&self, operation: &str, answer: Answer) -> Result<(), ScriptError> {
        let prepared = self.prepared(operation, answer)?;
        self.state().script.add(vec![(operation.to_owned(), prepared)])
    }

    pub(crate) fn prepared(&self, operation: &str, answer: Answer) -> Result<Prepared, ScriptError> {
        self.known(operation)?;
        answer.checked(|code| self.documented(operation, code))
    }

    fn documented(&self, operation: &str, code: &str) -> Result<Refusal, ScriptError> {
        if let Some(error) = self.catalog.named(operation).find_map(|served| self.error_of(served, code)) {
            return Ok(error);
        }
        let of_operation = || self.catalog.named(operation).flat_map(ServedOperation::documented_codes);
        let mut near = near(code, of_operation().chain(refusal::codes_of_all_operations()));
        if near.is_empty() {
            near = of_operation().map(str::to_owned).collect();
        }
        Err(ScriptError::UndocumentedCode { operation: operation.to_owned(), code: code.to_owned(), near })
    }

    /// The operation's error with this code, or the gateway's own.
    pub(crate) fn error_of(&self, served: &ServedOperation, code: &str) -> Option<Refusal> {
        served.documented_error(code).or_else(|| refusal::of_all_operations(code))
    }

    fn known(&self, operation: &str) -> Result<(), ScriptError> {
        if self.catalog.named(operation).next().is_some() {
            return Ok(());
        }
        let near = near(operation, self.catalog.names());
        Err(ScriptError::UnknownOperation { operation: operation.to_owned(), near })
    }

    /// Serves one request. What it was and how it ended is noted before the caller gets the answer, which may come later.
    pub(crate) fn serve(&self, request: &WireRequest) -> (Reply, Duration) {
        let stopwatch = Stopwatch::start();
        let request_id = Uuid::new_v4().to_string().to_uppercase();
        let mut call = Call::arrived(request, self.now());
        let mut delay = Duration::ZERO;
        let (reply, outcome) = match self.admit(request, &mut call) {
            Ok(served) => {
                let prepared = self.state().script.next(&served.operation.name).unwrap_or_else(Prepared::usual);
                delay = prepared.delay;
                self.answer(served, &call, &request_id, prepared)
            }
            Err(refusal) => refused(&refusal, &call, &request_id),
        };
        call.outcome = outcome;
        call.took = stopwatch.elapsed().saturating_add(delay);
        let call = self.state().calls.push(call);
        if let Some(on_call) = &self.on_call {
            on_call(&call);
        }
        (reply, delay)
    }

    fn admit(&self, request: &WireRequest, call: &mut Call) -> Result<&ServedOperation, Refusal> {
        let v3 = authorization(&request.headers)
            .map(Some)
            .or_else(|| {
                let parameters = Parameters::read(Common::Here, &request.query, request.form()).ok()?;
                are_in_headers(&request.headers, &parameters).then_some(None)
            })
            .map(|found| CommonParameters::of_headers(&request.headers, found));
        // With signature V3 the operation can be told before the body is read, which need not be a form.
        let found = v3.as_ref().map(|common| self.find(request, common));
        let is_form = !matches!(&found, Some(Ok(found)) if found.served.has_body_of_its_own());
        let form = if is_form { request.form() } else { &[] };
        let place = if v3.is_some() { Common::Elsewhere } else { Common::Here };
        // One with too many parameters is refused in the format that it asks for, as far as that can be told.
        let query_alone = || Parameters::read(place, &request.query, &[]).unwrap_or_else(|_| Parameters::none(place));
        let (parameters, too_many) = match Parameters::read(place, &request.query, form) {
            Ok(parameters) => (parameters, None),
            Err(refusal) => (query_alone(), Some(refusal)),
        };
        let common = v3.unwrap_or_else(|| CommonParameters::of_parameters(&parameters));
        call.format = common.format.clone().unwrap_or_default();
        call.signature = common.signature.version();
        if request.body.is_none() {
            return Err(Refusal::body_too_large(MAX_BODY));
        }
        if let Some(refusal) = too_many {
            return Err(refusal);
        }
        call.version = common.version.unwrap_or_default().to_owned();
        call.operation = common.action.unwrap_or_default().to_owned();
        call.nonce = common.nonce.unwrap_or_default().to_owned();
        call.parameters = parameters.business();
        call.query = parameters.names_in_query();
        call.form = parameters.names_in_form();

        let found = found.unwrap_or_else(|| self.find(request, &common))?;
        let served = found.served;
        served.operation.name.clone_into(&mut call.operation);
        call.product.clone_from(&served.service.product);
        call.version.clone_from(&served.service.version);
        call.style = served.operation.style;
        call.sensitive = served.sensitive.clone();
        call.known = served.operation.parameters.iter().map(|parameter| parameter.field.name.clone()).collect();
        call.headers = header_parameters(&served.operation, &request.headers);
        let path = found.path_parameters.as_deref().unwrap_or_default();
        call.is_path_sensitive = path.iter().any(|(name, _)| call.sensitive.contains(name));
        let body = request.body_of_its_own().filter(|_| served.has_body_of_its_own());
        call.body = body.unwrap_or_default().to_owned();
        let wire =
            Wire { parameters: &call.parameters, headers: &call.headers, path, host_label: found.host_label, body };
        let structured = structure(&served.operation, &served.service.types, &wire);
        call.input = Value::Object(structured.input.clone());

        if found.path_parameters.is_none() {
            return Err(refusal::UNKNOWN_ACTION.into());
        }
        if !served.takes(&request.method) {
            return Err(refusal::UNSUPPORTED_METHOD.into());
        }
        if let Err(refusal) = &common.format {
            return Err(refusal.clone());
        }
        if common.access_key_id.is_some() || !self.entry.is_anonymous {
            self.authenticate(request, served, &parameters, &common)?;
        }
        requirements::check(&served.operation, &served.service.types, &structured)?;
        if let Some(flow) = &mut self.state().flow {
            flow.admit(common.access_key_id.unwrap_or_default(), served).map_err(Refusal::throttled)?;
        }
        Ok(served)
    }

    fn find<'r>(&self, request: &'r WireRequest, common: &CommonParameters<'r>) -> Result<Found<'_, 'r>, Refusal> {
        self.catalog.find(&Asked {
            host: &request.host,
            method: &request.method,
            path: &request.path,
            version: common.version,
            action: common.action,
        })
    }

    fn authenticate(
        &self,
        request: &WireRequest,
        served: &ServedOperation,
        parameters: &Parameters,
        common: &CommonParameters<'_>,
    ) -> Result<(), Refusal> {
        let now = self.now();
        let secret = self.entry.accounts.secret_of(common.access_key_id, common.security_token, now)?;
        let stamp = read_timestamp(mandatory("Timestamp", common.timestamp)?)?;
        let distance = now.duration_since(stamp).unwrap_or_else(|ahead| ahead.duration());
        if distance > TOLERANCE {
            return Err(refusal::TIMESTAMP_EXPIRED.into());
        }
        let access_key_id = mandatory("AccessKeyId", common.access_key_id)?;
        if common.nonce.is_some_and(|nonce| self.state().nonces.is_used(access_key_id, nonce)) {
            return Err(refusal::NONCE_USED.into());
        }
        match &common.signature {
            Signature::V1 { method, version, signature } => {
                if mandatory("SignatureMethod", *method)? != "HMAC-SHA1" {
                    return Err(refusal::SIGNATURE_METHOD.into());
                }
                // It knows neither paths nor bodies.
                if mandatory("SignatureVersion", *version)? != "1.0" || served.is_roa() {
                    return Err(Refusal::invalid("SignatureVersion"));
                }
                let signature = mandatory("Signature", *signature)?;
                v1::check(&request.method, parameters.signed(), secret, signature)?;
            }
            Signature::V3(authorization) => v3::check(request, parameters.query(), secret, authorization)?,
            Signature::Missing => return Err(Refusal::missing("Signature")),
        }
        // Only now: a request that somebody else made up must not use up a nonce.
        let nonce = mandatory("SignatureNonce", common.nonce)?;
        if !self.state().nonces.take(access_key_id, nonce) {
            return Err(refusal::NONCE_USED.into());
        }
        Ok(())
    }
}

fn mandatory<'r>(name: &str, value: Option<&'r str>) -> Result<&'r str, Refusal> {
    value.ok_or_else(|| Refusal::missing(name))
}

/// `YYYY-MM-DDTHH:MM:SSZ` and nothing else: the parser alone would take fractions, too.
fn read_timestamp(text: &str) -> Result<SystemTime, Refusal> {
    let whole_seconds = text.len() == "2016-02-23T12:46:24Z".len();
    let read = humantime::parse_rfc3339(text).ok().filter(|_| whole_seconds);
    read.ok_or_else(|| refusal::TIMESTAMP_FORMAT.into())
}

/// Bytes that are no UTF-8 become replacement characters, which no signature will match.
fn header_parameters(operation: &Operation, headers: &HeaderMap) -> BTreeMap<String, String> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let mut found = BTreeMap::new();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.position == Position::Header) {
        let name = &parameter.field.name;
        if let Some(prefix) = header_prefix(name) {
            let several = headers.iter().filter(|(known, _)| known.as_str().starts_with(&prefix));
            found.extend(several.map(|(known, value)| (known.as_str().to_owned(), text(value))));
        } else if let Some(value) = headers.get(name) {
            found.insert(name.clone(), text(value));
        }
    }
    found
}
