//! A call with a typed request.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::call::attempts::{Attempt, Attempts, Outcome};
use crate::call::client::Client;
use crate::call::options::CallOptions;
use crate::call::request::Request;
use crate::call::retry_policy::RetryPolicy;
use crate::credentials::provider::ProvideCredentials;
use crate::decoding::decode::Decode;
use crate::error::call_error::Error;
use crate::http_message::HttpResponse;
use crate::operation::description::{Operation, Place};
use crate::operation::input::Input;
#[cfg(feature = "pagination")]
use crate::operation::input::Value;
use crate::request::extra::Extra;

/// A call of an operation, which is sent when it is awaited.
///
/// If it is dropped before that, nothing is sent. If it is dropped later, it is canceled, but the service may have
/// acted.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'a, R> {
    pub(super) client: &'a Client,
    pub(super) input: Cow<'a, Input>,
    pub(super) options: Option<Box<CallOptions>>,
    attempt: Option<Attempt<'a>>,
    request: PhantomData<&'a R>,
}

impl Client {
    /// Creates a call of the request's operation.
    pub fn call<'a, R: Request>(&'a self, request: &'a R) -> Call<'a, R> {
        let input = Cow::Borrowed(request.input());
        Call { client: self, input, options: None, attempt: None, request: PhantomData }
    }

    /// Calls an operation that is described at run time. Decodes the response into `response`, and returns the HTTP
    /// response.
    pub async fn send(
        &self,
        operation: &Operation<'_>,
        input: &Input,
        response: &mut (dyn Decode + Send),
    ) -> Result<HttpResponse, Error<Infallible>> {
        self.send_with(operation, input, None, response).await
    }

    pub(crate) async fn send_with(
        &self,
        operation: &Operation<'_>,
        input: &Input,
        options: Option<Box<CallOptions>>,
        response: &mut (dyn Decode + Send),
    ) -> Result<HttpResponse, Error<Infallible>> {
        let mut attempt = Attempts::begin(self, operation, Cow::Borrowed(input), options);
        loop {
            let (attempts, result) = attempt.await;
            match attempts.finish(result, response) {
                Outcome::Done(http_response) => return Ok(http_response),
                Outcome::Retry(next) => attempt = next,
                Outcome::Failed(failed) => return Err(Error::new(failed, None)),
            }
        }
    }
}

impl<'a, R> Call<'a, R> {
    fn options(&mut self) -> &mut CallOptions {
        self.options.get_or_insert_default()
    }

    /// Sets the timeout of this call, including all attempts and the delays between them. See
    /// [`Config::call_timeout`](crate::Config::call_timeout).
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.options().timeout = Some(limit);
        self
    }

    /// Overrides the client's retry policy for this call.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.options().retry_policy = Some(policy);
        self
    }

    /// Overrides the client's credentials for this call.
    pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
        self.options().credentials = Some(Arc::new(credentials));
        self
    }

    /// Overrides the region whose endpoint is called, for this call. It has no effect if the client's configuration
    /// sets an endpoint.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.options().region = Some(region.into());
        self
    }

    /// Overrides the client's endpoint for this call. See [`Config::endpoint`](crate::Config::endpoint).
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.options().endpoint = Some(endpoint.into());
        self
    }

    /// Adds a query parameter, or replaces its value in the request. Use it for parameters that the spec does not have
    /// yet.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options().extras.push(Extra { name: name.into(), value: value.into(), place: Place::Query });
        self
    }

    /// Adds a header. Headers that begin with `x-acs-` are signed.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.options().extras.push(Extra { name: name.into(), value: value.into(), place: Place::Header });
        self
    }

    /// The values of the request.
    #[cfg(feature = "pagination")]
    pub(crate) fn input(&self) -> &Input {
        &self.input
    }

    /// Sets the value at a path of indices, for the next time that the call is sent.
    #[cfg(feature = "pagination")]
    pub(crate) fn set_input(&mut self, path: &[u16], value: Value) {
        self.input.to_mut().put_at(path, value);
    }

    /// Resets a call that has finished: it is sent again when it is polled next.
    #[cfg(feature = "pagination")]
    pub(crate) fn send_again(&mut self) {
        self.attempt = None;
    }

    /// Makes the call return the HTTP response together with the decoded response.
    pub fn with_http_response(self) -> CallWithHttpResponse<'a, R> {
        CallWithHttpResponse(self)
    }
}

/// A decoded response, with the HTTP response.
type CallOutput<R> = Result<(<R as Request>::Response, HttpResponse), Error<<R as Request>::Error>>;

impl<R: Request> Call<'_, R> {
    pub(crate) fn poll_output(&mut self, cx: &mut Context<'_>) -> Poll<CallOutput<R>> {
        loop {
            let begin = || Attempts::begin(self.client, R::OPERATION, self.input.clone(), self.options.clone());
            let attempt = self.attempt.get_or_insert_with(begin);
            let (attempts, result) = ready!(attempt.as_mut().poll(cx));
            let mut response = R::Response::default();
            match attempts.finish(result, &mut response) {
                Outcome::Done(http_response) => return Poll::Ready(Ok((response, http_response))),
                Outcome::Retry(attempt) => self.attempt = Some(attempt),
                Outcome::Failed(failed) => {
                    let documented = failed.failure.code().map(R::error_with_code);
                    return Poll::Ready(Err(Error::new(failed, documented)));
                }
            }
        }
    }
}

impl<R: Request> Future for Call<'_, R> {
    type Output = Result<R::Response, Error<R::Error>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.get_mut().poll_output(cx).map_ok(|(response, _)| response)
    }
}

impl<R> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

/// A [`Call`] that also returns the HTTP response: its status, headers and body. If the call fails, use
/// [`Error::http_response`].
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CallWithHttpResponse<'a, R>(Call<'a, R>);

impl<R: Request> Future for CallWithHttpResponse<'_, R> {
    type Output = Result<(R::Response, HttpResponse), Error<R::Error>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.get_mut().0.poll_output(cx)
    }
}
