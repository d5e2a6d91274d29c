//! The client of a product, without its operations: builds, validates and signs requests.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use reqwest::Url;
use tower::retry::budget::{Budget as _, TpsBudget};

use crate::call::config::Config;
use crate::call::interceptor::AttemptToSign;
use crate::call::options::CallOptions;
use crate::credentials::access_key::Credentials;
use crate::credentials::provider::ProvideCredentials;
use crate::endpoint::Endpoint;
use crate::error::credentials_failure::CredentialsFailure;
use crate::error::failure::{Failure, TransportPhase};
use crate::http_message::HttpRequest;
use crate::operation::description::{Method, Operation, Service};
use crate::operation::input::Input;
use crate::request::body;
use crate::request::extra::Extra;
use crate::request::{long_query, path, validation, wire_parameters};
use crate::response::redaction::{has_sensitive_values, is_secret_name};
use crate::signature::prepared_request::{PreparedRequest, Unsigned};
use crate::signature::version::SignatureVersion;
use crate::system::clock;
use crate::transport::http_client::HttpClient;
use crate::transport::sending::Transport;

/// The service's clock is used only if its time is between 2010 and 2099. Any other time is wrong, and a request with
/// it would be rejected.
const EARLIEST_TIME: Duration = Duration::from_secs(1_262_304_000);
const LATEST_TIME: Duration = Duration::from_secs(4_102_444_800);

/// The maximum difference between the time of a request and the service's clock
/// (<https://help.aliyun.com/document_detail/48054.html>).
const MAX_CLOCK_DIFFERENCE: Duration = Duration::from_secs(15 * 60);

/// The client that every generated client wraps. Clones share connections, the retry budget and the service's clock.
#[derive(Clone, Debug)]
pub struct Client {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    config: Config,
    endpoint: Endpoint,
    region: Option<String>,
    transport: Arc<dyn Transport>,
    budget: TpsBudget,
    /// The difference between the service's clock and the local clock, in milliseconds. Positive if the service's clock
    /// is ahead.
    clock_ahead: AtomicI64,
}

impl Client {
    /// Creates a client for one product.
    pub fn new(service: &Service<'_>, config: &Config) -> Result<Self, Failure> {
        if let Some(credentials) = config.credentials.fixed() {
            credentials.check()?;
        }
        if let Some(gateway) = service.gateway {
            return Err(Failure::configuration(format!(
                "{} uses the gateway {gateway}, whose signature this client does not support",
                service.product
            )));
        }
        let (endpoint, region) = match &config.endpoint {
            Some(endpoint) => (Endpoint::parse(endpoint)?, config.region.clone()),
            None => {
                let region = config.found_region();
                (Endpoint::of_region(service, config.network, region.as_deref())?, region)
            }
        };
        let transport = match &config.transport {
            Some(transport) => Arc::clone(transport),
            None => {
                let http = HttpClient::new(config.http());
                // Errors in the settings are reported now, not at the first call.
                http.pool(endpoint.is_encrypted())?;
                Arc::new(http)
            }
        };
        config.credentials.connect_with(&config.connections);
        Ok(Self {
            shared: Arc::new(Shared {
                config: config.clone(),
                endpoint,
                region,
                transport,
                // Ten retries per second, plus one for every five calls of the last ten seconds.
                budget: TpsBudget::new(Duration::from_secs(10), 10, 0.2),
                clock_ahead: AtomicI64::new(0),
            }),
        })
    }

    /// The region of calls that do not set one.
    pub(crate) fn region(&self) -> Option<&str> {
        self.shared.region.as_deref()
    }

    /// The endpoint of a call.
    pub(crate) fn endpoint(
        &self,
        operation: &Operation<'_>,
        options: &CallOptions,
    ) -> Result<Cow<'_, Endpoint>, Failure> {
        let config = &self.shared.config;
        match (&options.endpoint, &options.region) {
            (Some(endpoint), _) => Endpoint::parse(endpoint).map(Cow::Owned),
            (None, Some(region)) if config.endpoint.is_none() => {
                Endpoint::of_region(operation.service, config.network, Some(region)).map(Cow::Owned)
            }
            (None, _) => Ok(Cow::Borrowed(&self.shared.endpoint)),
        }
    }

    pub(crate) fn config(&self) -> &Config {
        &self.shared.config
    }

    /// Records a response, which adds to the retry budget.
    pub(crate) fn earn_retries(&self) {
        self.shared.budget.deposit();
    }

    /// Takes a retry from the budget, if it has one.
    pub(crate) fn spend_retry(&self) -> bool {
        self.shared.budget.withdraw()
    }

    /// Uses the service's clock from now on. Returns `false`, and does nothing, if its time is implausible.
    pub(crate) fn set_clock(&self, service: SystemTime) -> bool {
        if !(EARLIEST_TIME..LATEST_TIME).contains(&service.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()) {
            return false;
        }
        let ours = clock::now();
        let ahead = match service.duration_since(ours) {
            Ok(ahead) => i64::try_from(ahead.as_millis()).unwrap_or(i64::MAX),
            Err(behind) => i64::try_from(behind.duration().as_millis()).map_or(i64::MIN, i64::wrapping_neg),
        };
        self.shared.clock_ahead.store(ahead, Ordering::Relaxed);
        true
    }

    /// The current time, by the service's clock if the service has rejected the local one.
    fn now(&self) -> SystemTime {
        let (ours, ahead) = (clock::now(), self.shared.clock_ahead.load(Ordering::Relaxed));
        let difference = Duration::from_millis(ahead.unsigned_abs());
        let theirs = if ahead.is_negative() { ours.checked_sub(difference) } else { ours.checked_add(difference) };
        theirs.unwrap_or(ours)
    }

    /// The failure of a call that timed out after it was sent.
    pub(crate) fn timed_out(&self, operation: &Operation<'_>, options: &CallOptions, limit: Duration) -> Failure {
        let reason = format!("the call timed out after {}", humantime::format_duration(limit));
        match self.endpoint(operation, options) {
            Ok(endpoint) => Failure::transport(TransportPhase::Timeout, endpoint.name(), reason),
            Err(failure) => failure,
        }
    }

    /// The credentials provider of a call.
    pub(crate) fn credentials<'o>(&'o self, options: &'o CallOptions) -> &'o dyn ProvideCredentials {
        match &options.credentials {
            Some(provider) => {
                provider.connect_with(&self.shared.config.connections);
                provider
            }
            None => &self.shared.config.credentials,
        }
    }

    /// Builds and signs the request of one attempt. Also returns its secret values that no spec describes.
    pub(crate) fn request(
        &self,
        operation: &Operation<'_>,
        input: &Input,
        options: &CallOptions,
        number: u32,
        credentials: &Credentials,
    ) -> Result<(HttpRequest, Vec<String>), Failure> {
        let endpoint = self.endpoint(operation, options)?;
        let extras = self.intercepted(operation, &options.extras, number)?;
        let (method, version) = (operation.method, self.shared.config.signature_version);
        let PreparedRequest { method, host_label, path, query, headers, body } =
            self.sign(operation, (method, version), input, &extras, &endpoint, credentials)?;
        let url = endpoint.url(host_label.as_deref(), &path, &query)?;
        let secrets = extras.iter().filter(|extra| is_secret_name(&extra.name)).map(|extra| extra.value.clone());
        Ok((HttpRequest { method, url, headers, body }, secrets.collect()))
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.shared.transport
    }

    /// The parameters and headers that the caller and the interceptors add to an attempt.
    fn intercepted<'o>(
        &self,
        operation: &Operation<'_>,
        extras: &'o [Extra],
        number: u32,
    ) -> Result<Cow<'o, [Extra]>, Failure> {
        let interceptors = &self.shared.config.interceptors;
        if interceptors.is_empty() {
            return Ok(Cow::Borrowed(extras));
        }
        let mut attempt = AttemptToSign { operation, number, extras: extras.to_vec() };
        for interceptor in interceptors {
            interceptor.before_signing(&mut attempt)?;
        }
        Ok(Cow::Owned(attempt.extras))
    }

    /// Builds and signs a request without sending it. The client must have fixed credentials.
    pub fn prepare(&self, operation: &Operation<'_>, input: &Input) -> Result<PreparedRequest, Failure> {
        match self.shared.config.credentials.fixed() {
            Some(credentials) => {
                let how = (operation.method, self.shared.config.signature_version);
                self.sign(operation, how, input, &[], &self.shared.endpoint, credentials)
            }
            None => {
                Err(CredentialsFailure::new("prepare", "only a call can fetch credentials from this provider").into())
            }
        }
    }

    /// Signs a GET request whose URL has all of it. Returns the URL, and the time when it expires.
    pub(crate) fn presign(
        &self,
        operation: &Operation<'_>,
        input: &Input,
        options: &CallOptions,
        credentials: &Credentials,
    ) -> Result<(Url, SystemTime), Failure> {
        let refused = |reason: &str| {
            Err(Failure::configuration(format!("`{}` cannot be presigned, because {reason}", operation.name)))
        };
        if !operation.presignable {
            return refused("it is not a read in RPC style that accepts GET");
        }
        let endpoint = self.endpoint(operation, options)?;
        let extras = self.intercepted(operation, &options.extras, 1)?;
        let has_secrets = extras.iter().any(|extra| is_secret_name(&extra.name));
        if has_secrets || has_sensitive_values(&operation.parameters, input) {
            return refused("the request has a sensitive parameter, which would show in logs and browser histories");
        }
        let now = self.now();
        let expiration = now.checked_add(MAX_CLOCK_DIFFERENCE).unwrap_or(now);
        let how = (Method::Get, SignatureVersion::V1);
        let request = self.sign(operation, how, input, &extras, &endpoint, credentials)?;
        if request.body.is_some() {
            return refused("a URL cannot contain a body, in which some parameters are sent");
        }
        if let Some(header) = request.headers.keys().next() {
            return refused(&format!("a URL cannot contain the header `{header}`"));
        }
        let url = endpoint.url(request.host_label.as_deref(), &request.path, &request.query)?;
        Ok((url, expiration))
    }

    /// Validates the request, and signs it with a new nonce and the current time.
    fn sign(
        &self,
        operation: &Operation<'_>,
        (method, version): (Method, SignatureVersion),
        input: &Input,
        extras: &[Extra],
        endpoint: &Endpoint,
        credentials: &Credentials,
    ) -> Result<PreparedRequest, Failure> {
        let violations = validation::violations(operation, input);
        if !violations.is_empty() {
            return Err(Failure::Invalid(violations));
        }
        // Signature V1 adds nine parameters.
        let mut parameters = Vec::with_capacity(operation.parameters.len() + 9);
        wire_parameters::append(input, operation, &mut parameters);
        path::append_fixed_query(operation, &mut parameters);
        wire_parameters::replace(extras, &mut parameters)?;
        let body = body::body(operation, input);
        long_query::move_to_form(operation, method, body.is_some(), &mut parameters)?;
        let shared = &self.shared;
        let host_label = path::host_label(&parameters)?;
        let host = match &host_label {
            None => Cow::Borrowed(endpoint.host()),
            Some(label) => Cow::Owned(format!("{label}.{}", endpoint.host())),
        };
        let unsigned = Unsigned {
            operation,
            method,
            host: &host,
            host_label,
            path: path::path(operation, &parameters)?,
            format: shared.config.format,
            parameters,
            body,
        };
        let mut nonce = [0; uuid::fmt::Simple::LENGTH];
        let nonce = clock::nonce().encode_lower(&mut nonce);
        match version {
            SignatureVersion::V1 => unsigned.sign_v1(credentials, self.now(), nonce),
            SignatureVersion::V3 => unsigned.sign_v3(credentials, self.now(), nonce),
        }
    }
}
