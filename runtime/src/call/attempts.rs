//! One call from its first attempt to its last.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::call::client::Client;
use crate::call::interceptor::AttemptReport;
use crate::call::options::{CallOptions, NOTHING};
use crate::call::retry_policy::{Cause, RetryPolicy, cause};
#[cfg(feature = "tracing")]
use crate::call::spans::CallSpan;
use crate::decoding::decode::Decode;
use crate::error::call_error::Failed;
use crate::error::failure::{Failure, WaitingFor};
use crate::http_message::{HttpResponse, REQUEST_ID};
use crate::operation::description::Operation;
use crate::operation::input::Input;
#[cfg(feature = "limits")]
use crate::operation::query_limit::QueryLimit;
use crate::response::hints::Hints;
use crate::response::reading::Reply;
use crate::system::clock;

/// The parameter by which services know a repeated call; at most 64 ASCII characters.
const CLIENT_TOKEN: &str = "ClientToken";

/// How long a call may take if nobody says otherwise: long enough for three attempts that all time out, with the delays
/// between them.
pub(crate) const DEFAULT_CALL_TIMEOUT: Duration = Duration::from_secs(120);

/// The attempts of one call.
pub(crate) struct Attempts<'a> {
    client: &'a Client,
    operation: &'a Operation<'a>,
    input: Cow<'a, Input>,
    /// Boxed, because few calls have any, and many may be under way.
    options: Option<Box<CallOptions>>,
    retry_policy: RetryPolicy,
    deadline: Option<clock::Deadline>,
    is_repeatable: bool,
    clock_was_set: bool,
    made: u32,
    /// Since the last one began, where anybody wants to know.
    began: Option<clock::Stopwatch>,
    #[cfg(feature = "tracing")]
    span: CallSpan,
}

/// An attempt under way, after the delay before it. It gives the call back, for the next one.
pub(crate) type Attempt<'a> = Pin<Box<dyn Future<Output = (Attempts<'a>, Result<Reply, Failure>)> + Send + 'a>>;

/// What came of an attempt.
pub(crate) enum Outcome<'a> {
    Done(HttpResponse),
    Again(Attempt<'a>),
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
        let place = operation.parameters.place(CLIENT_TOKEN);
        if let Some(place) = place.filter(|place| config.fill_client_token && !input.has(*place)) {
            input = Cow::Owned(input.into_owned().text(place, clock::nonce().to_string()));
        }
        let wanted = options.as_deref().unwrap_or(&NOTHING);
        let timeout = wanted.timeout.or(config.call_timeout);
        let is_repeatable = operation.repeatable || place.is_some_and(|place| input.has(place));
        #[cfg(feature = "tracing")]
        let region = wanted.region.clone().or_else(|| client.region().map(str::to_owned));
        let attempts = Self {
            client,
            operation,
            input,
            retry_policy: wanted.retry_policy.unwrap_or(config.retry_policy),
            options,
            deadline: timeout.map(clock::Deadline::after),
            is_repeatable,
            clock_was_set: false,
            made: 0,
            began: None,
            #[cfg(feature = "tracing")]
            span: CallSpan::of(operation, region.as_deref()),
        };
        attempts.make(Duration::ZERO)
    }

    fn make(mut self, delay: Duration) -> Attempt<'a> {
        self.made += 1;
        #[cfg(feature = "tracing")]
        let span = self.span.clone();
        let attempt = async move {
            if !delay.is_zero() {
                clock::sleep(delay).await;
            }
            self.began = self.is_listened_to().then(clock::Stopwatch::start);
            let reply = self.reply().await;
            (self, reply)
        };
        #[cfg(feature = "tracing")]
        let attempt = span.around(attempt);
        Box::pin(attempt)
    }

    fn options(&self) -> &CallOptions {
        self.options.as_deref().unwrap_or(&NOTHING)
    }

    /// Sends one attempt, and returns its response if that comes within the call's time limit.
    async fn reply(&mut self) -> Result<Reply, Failure> {
        #[cfg(feature = "limits")]
        if let (Some(limits), Some(per_second)) = (&self.client.config().limits, self.operation.per_second) {
            let turn = limits.admit(QueryLimit::new(self.operation, per_second));
            self.in_time(WaitingFor::RateLimit, turn).await?;
        }
        // Without a limit of its own a call may wait for its turn as long as it takes.
        self.deadline.get_or_insert_with(|| clock::Deadline::after(DEFAULT_CALL_TIMEOUT));
        let (client, options) = (self.client, self.options());
        let provider = client.credentials(options);
        let credentials = match provider.fixed() {
            Some(credentials) => credentials.clone(),
            None => {
                let credentials = self.in_time(WaitingFor::Credentials, provider.provide()).await?;
                credentials.check()?;
                credentials
            }
        };
        let (request, secrets) = client.request(self.operation, &self.input, options, self.made, &credentials)?;
        let sending = client.transport().send(request);
        let answer = match &self.deadline {
            Some(deadline) => match deadline.cut(sending).await {
                Some(answer) => answer?,
                None => return Err(client.out_of_time(self.operation, options, deadline.limit())),
            },
            None => sending.await?,
        };
        Ok(Reply::new(answer, credentials, secrets))
    }

    /// What is waited for before anything is sent.
    async fn in_time<T, E>(
        &self,
        waiting_for: WaitingFor,
        wait: impl Future<Output = Result<T, E>>,
    ) -> Result<T, Failure>
    where
        Failure: From<E>,
    {
        let Some(deadline) = &self.deadline else { return Ok(wait.await?) };
        match deadline.cut(wait).await {
            Some(done) => Ok(done?),
            None => Err(Failure::NotSent { limit: deadline.limit(), waiting_for }),
        }
    }

    /// Reads the answer into the response, or decides what follows from there being none.
    pub(crate) fn finish(self, reply: Result<Reply, Failure>, response: &mut dyn Decode) -> Outcome<'a> {
        let (failure, hints, answer) = match reply {
            Ok(reply) => match reply.read_into(self.operation, &self.input, response) {
                Ok(()) => {
                    self.client.earn_retries();
                    let answer = reply.into_answer();
                    self.report(Some(&answer), None, None);
                    return Outcome::Done(answer);
                }
                Err(failure) => (failure, reply.hints(), Some(reply.into_answer())),
            },
            Err(failure) => (failure, Hints::default(), None),
        };
        if let Some(date) = hints.date.filter(|_| !self.clock_was_set && is_about_time(&failure))
            && self.client.set_clock(date)
            && self.retry_policy.allows(self.made)
        {
            self.report(answer.as_ref(), Some(&failure), Some(Duration::ZERO));
            return Outcome::Again(Self { clock_was_set: true, ..self }.make(Duration::ZERO));
        }
        let delay = self.delay_after(&failure, &hints);
        self.report(answer.as_ref(), Some(&failure), delay);
        match delay {
            Some(delay) => Outcome::Again(self.make(delay)),
            None => {
                let attempts = self.made - u32::from(failure.is_unsent());
                Outcome::Failed(Failed { failure, attempts, http_response: answer })
            }
        }
    }

    /// Whether anybody wants to know of attempts.
    fn is_listened_to(&self) -> bool {
        #[cfg(feature = "tracing")]
        if self.span.is_wanted() {
            return true;
        }
        !self.client.config().interceptors.is_empty()
    }

    /// Tells whoever listens how the last attempt ended.
    fn report(&self, answer: Option<&HttpResponse>, failure: Option<&Failure>, retried_after: Option<Duration>) {
        let Some(began) = self.began else { return };
        let in_header = || answer?.headers.get(REQUEST_ID)?.to_str().ok();
        let endpoint = self.client.endpoint(self.operation, self.options()).ok();
        let report = AttemptReport {
            operation: self.operation,
            region: self.options().region.as_deref().or_else(|| self.client.region()),
            host: endpoint.as_ref().map(|endpoint| endpoint.name()),
            number: self.made,
            latency: began.elapsed(),
            status: answer.map(HttpResponse::status),
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
        if cause == Cause::Unclear && !self.is_repeatable || !self.retry_policy.allows(self.made) {
            return None;
        }
        let delay = self.retry_policy.delay(cause, self.made, hints.retry_after)?;
        let delay = clock::chosen(delay);
        let is_in_time = self.deadline.as_ref().is_none_or(|deadline| deadline.is_later_than(delay));
        (is_in_time && self.client.spend_retry()).then_some(delay)
    }
}

/// Services reject a time stamp that differs from their own clock by 15 minutes.
fn is_about_time(failure: &Failure) -> bool {
    failure.code().is_some_and(|code| code.starts_with("InvalidTimeStamp"))
}
