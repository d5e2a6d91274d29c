//! The attempts of one call: sends each attempt, and decides whether to retry it.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::call::client::Client;
use crate::call::interceptor::AttemptReport;
use crate::call::options::{CallOptions, NO_OPTIONS};
use crate::call::retry_policy::{Cause, RetryPolicy, cause};
#[cfg(feature = "tracing")]
use crate::call::spans::{CallSpan, HttpSpan};
use crate::decoding::decode::Decode;
use crate::error::call_error::Failed;
use crate::error::failure::{Failure, WaitingFor};
use crate::http_message::{HttpResponse, REQUEST_ID};
use crate::operation::description::Operation;
use crate::operation::input::Input;
#[cfg(feature = "limits")]
use crate::operation::query_limit::QueryLimit;
use crate::response::hints::Hints;
use crate::response::reading::RawResponse;
use crate::system::clock;

/// The parameter by which services recognize the retry of a call. Its value has at most 64 ASCII characters.
const CLIENT_TOKEN: &str = "ClientToken";

/// The default timeout of a call: long enough for three attempts that all time out, and the delays between them.
pub(crate) const DEFAULT_CALL_TIMEOUT: Duration = Duration::from_secs(120);

/// The attempts of one call.
pub(crate) struct Attempts<'a> {
    client: &'a Client,
    operation: &'a Operation<'a>,
    input: Cow<'a, Input>,
    /// Boxed to keep futures small: few calls have options, and many calls may be in progress.
    options: Option<Box<CallOptions>>,
    retry_policy: RetryPolicy,
    deadline: Option<clock::Deadline>,
    is_repeatable: bool,
    clock_was_adjusted: bool,
    /// The number of the current attempt, from 1.
    number: u32,
    /// Measures the current attempt, if its latency is reported.
    stopwatch: Option<clock::Stopwatch>,
    #[cfg(feature = "tracing")]
    span: CallSpan,
}

/// An attempt in progress, with the delay before it. It returns the [`Attempts`], so that the next attempt can be
/// started.
pub(crate) type Attempt<'a> = Pin<Box<dyn Future<Output = (Attempts<'a>, Result<RawResponse, Failure>)> + Send + 'a>>;

/// The outcome of an attempt.
pub(crate) enum Outcome<'a> {
    Done(HttpResponse),
    Retry(Attempt<'a>),
    Failed(Failed),
}

impl<'a> Attempts<'a> {
    pub(crate) fn begin(
        client: &'a Client,
        operation: &'a Operation<'a>,
        mut input: Cow<'a, Input>,
        options: Option<Box<CallOptions>>,
    ) -> Attempt<'a> {
        let config = client.config();
        let token = operation.parameters.index_of(CLIENT_TOKEN);
        if let Some(token) = token.filter(|token| config.fill_client_token && !input.has(*token)) {
            input = Cow::Owned(input.into_owned().text(token, clock::nonce().to_string()));
        }
        let overrides = options.as_deref().unwrap_or(&NO_OPTIONS);
        let timeout = overrides.timeout.or(config.call_timeout);
        let is_repeatable = operation.repeatable || token.is_some_and(|token| input.has(token));
        #[cfg(feature = "tracing")]
        let span = {
            let region = overrides.region.as_deref().or_else(|| client.region());
            let endpoint = client.endpoint(operation, overrides).ok();
            CallSpan::of(operation, region, endpoint.as_deref())
        };
        let attempts = Self {
            client,
            operation,
            input,
            retry_policy: overrides.retry_policy.unwrap_or(config.retry_policy),
            options,
            deadline: timeout.map(clock::Deadline::after),
            is_repeatable,
            clock_was_adjusted: false,
            number: 0,
            stopwatch: None,
            #[cfg(feature = "tracing")]
            span,
        };
        attempts.start(Duration::ZERO)
    }

    fn start(mut self, delay: Duration) -> Attempt<'a> {
        self.number += 1;
        #[cfg(feature = "tracing")]
        let span = self.span.clone();
        let attempt = async move {
            if !delay.is_zero() {
                clock::sleep(delay).await;
            }
            self.stopwatch = self.is_observed().then(clock::Stopwatch::start);
            let result = self.send().await;
            (self, result)
        };
        #[cfg(feature = "tracing")]
        let attempt = span.around(attempt);
        Box::pin(attempt)
    }

    fn options(&self) -> &CallOptions {
        self.options.as_deref().unwrap_or(&NO_OPTIONS)
    }

    /// Sends one attempt, and returns its response, unless the call times out first.
    async fn send(&mut self) -> Result<RawResponse, Failure> {
        #[cfg(feature = "limits")]
        if let (Some(limits), Some(per_second)) = (&self.client.config().limits, self.operation.per_second) {
            let admission = limits.admit(QueryLimit::new(self.operation, per_second));
            self.before_sending(WaitingFor::RateLimit, admission).await?;
        }
        // The default timeout does not include the wait for the rate limit.
        self.deadline.get_or_insert_with(|| clock::Deadline::after(DEFAULT_CALL_TIMEOUT));
        let (client, options) = (self.client, self.options());
        let provider = client.credentials(options);
        let credentials = match provider.fixed() {
            Some(credentials) => credentials.clone(),
            None => {
                let credentials = self.before_sending(WaitingFor::Credentials, provider.provide()).await?;
                credentials.check()?;
                credentials
            }
        };
        let (request, secrets) = client.request(self.operation, &self.input, options, self.number, &credentials)?;
        #[cfg(feature = "tracing")]
        let span = HttpSpan::of(self.operation, &request, self.number);
        let sending = client.transport().send(request);
        #[cfg(feature = "tracing")]
        let sending = span.around(sending);
        let result = match &self.deadline {
            Some(deadline) => match deadline.timeout(sending).await {
                Some(result) => result,
                None => Err(client.timed_out(self.operation, options, deadline.limit())),
            },
            None => sending.await,
        };
        #[cfg(feature = "tracing")]
        span.end(&result);
        Ok(RawResponse::new(result?, credentials, secrets))
    }

    /// Waits for something that an attempt needs before it is sent. Fails if the call times out first.
    async fn before_sending<T, E>(
        &self,
        waiting_for: WaitingFor,
        wait: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Failure>
    where
        Failure: From<E>,
    {
        let Some(deadline) = &self.deadline else { return Ok(wait.await?) };
        match deadline.timeout(wait).await {
            Some(done) => Ok(done?),
            None => Err(Failure::NotSent { limit: deadline.limit(), waiting_for }),
        }
    }

    /// Decodes the response of the last attempt. If it failed, decides whether to retry it.
    pub(crate) fn finish(self, result: Result<RawResponse, Failure>, response: &mut dyn Decode) -> Outcome<'a> {
        let (failure, hints, http_response) = match result {
            Ok(raw) => match raw.decode_into(self.operation, &self.input, response) {
                Ok(()) => {
                    self.client.earn_retries();
                    let http_response = raw.into_http_response();
                    self.report(Some(&http_response), None, None);
                    return Outcome::Done(http_response);
                }
                Err(failure) => (failure, raw.hints(), Some(raw.into_http_response())),
            },
            Err(failure) => (failure, Hints::default(), None),
        };
        if let Some(date) = hints.date.filter(|_| !self.clock_was_adjusted && is_about_time(&failure))
            && self.client.set_clock(date)
            && self.retry_policy.allows(self.number)
        {
            self.report(http_response.as_ref(), Some(&failure), Some(Duration::ZERO));
            return Outcome::Retry(Self { clock_was_adjusted: true, ..self }.start(Duration::ZERO));
        }
        let delay = self.delay_after(&failure, &hints);
        self.report(http_response.as_ref(), Some(&failure), delay);
        match delay {
            Some(delay) => Outcome::Retry(self.start(delay)),
            None => {
                let attempts = self.number - u32::from(failure.is_unsent());
                Outcome::Failed(Failed { failure, attempts, http_response })
            }
        }
    }

    /// Whether an interceptor or a `tracing` subscriber observes attempts.
    fn is_observed(&self) -> bool {
        #[cfg(feature = "tracing")]
        if self.span.is_enabled() {
            return true;
        }
        !self.client.config().interceptors.is_empty()
    }

    /// Reports the outcome of the last attempt to the interceptors and to `tracing`.
    fn report(&self, response: Option<&HttpResponse>, failure: Option<&Failure>, retried_after: Option<Duration>) {
        let Some(stopwatch) = self.stopwatch else { return };
        let in_header = || response?.headers.get(REQUEST_ID)?.to_str().ok();
        let endpoint = self.client.endpoint(self.operation, self.options()).ok();
        let report = AttemptReport {
            operation: self.operation,
            region: self.options().region.as_deref().or_else(|| self.client.region()),
            host: endpoint.as_ref().map(|endpoint| endpoint.name()),
            number: self.number,
            latency: stopwatch.elapsed(),
            status: response.map(HttpResponse::status),
            request_id: failure.and_then(Failure::request_id).or_else(in_header),
            failure,
            retried_after,
        };
        #[cfg(feature = "tracing")]
        self.span.attempt(&report);
        for interceptor in &self.client.config().interceptors {
            interceptor.after_attempt(&report);
        }
    }

    fn delay_after(&self, failure: &Failure, hints: &Hints) -> Option<Duration> {
        let cause = cause(failure, self.operation)?;
        if cause == Cause::Unclear && !self.is_repeatable || !self.retry_policy.allows(self.number) {
            return None;
        }
        let delay = self.retry_policy.delay(cause, self.number, hints.retry_after)?;
        let delay = clock::resolve(delay);
        let has_time = self.deadline.as_ref().is_none_or(|deadline| deadline.is_later_than(delay));
        (has_time && self.client.spend_retry()).then_some(delay)
    }
}

/// Whether the service rejected the time stamp of the request. It must differ from the service's clock by less than 15
/// minutes.
fn is_about_time(failure: &Failure) -> bool {
    failure.code().is_some_and(|code| code.starts_with("InvalidTimeStamp"))
}
