//! One call of one operation: the typed end of the runtime.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use crate::attempts::{Attempt, Attempts, CallOptions, Outcome};
use crate::client::Client;
use crate::decode::Decode;
use crate::failure::Error;
use crate::input::Input;
use crate::operation::Operation;
use crate::retries::Retries;

/// A typed request. Generated code implements it.
pub trait Request {
    /// What the service answers.
    type Response: Decode + Default;
    /// The documented errors.
    type Error;
    /// The operation.
    const OPERATION: &'static Operation;

    /// The values that are set.
    #[doc(hidden)]
    fn input(&self) -> &Input;

    /// The documented error in this place of [`Operation::errors`], with what stands in the place of `%s`; where there is
    /// none in it, the one for undocumented codes.
    #[doc(hidden)]
    fn error(index: usize, captured: &str) -> Self::Error;

    /// The documented error with this code.
    #[doc(hidden)]
    fn error_with_code(code: &str) -> Self::Error {
        let (index, captured) = Self::OPERATION.documented(code).unwrap_or((usize::MAX, ""));
        Self::error(index, captured)
    }

    /// Writes the values by wire name, the sensitive ones hidden.
    #[doc(hidden)]
    fn debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{}Request", Self::OPERATION.name);
        self.input().debug(f, &name, &Self::OPERATION.parameters)
    }
}

/// A call that is made when it is awaited.
///
/// Dropping it before that sends nothing; dropping it later leaves nothing behind, though the service may have acted.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<'a, R> {
    client: &'a Client,
    request: &'a R,
    options: CallOptions,
    attempt: Option<Attempt<'a>>,
}

impl Client {
    /// A call of the request's operation.
    pub fn call<'a, R: Request>(&'a self, request: &'a R) -> Call<'a, R> {
        Call { client: self, request, options: CallOptions::default(), attempt: None }
    }
}

impl<R> Call<'_, R> {
    /// How long this call may take in all, with its attempts and what is waited between them.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.options.timeout = Some(limit);
        self
    }

    /// Whether, and how, this call is made again, in place of what the client does.
    pub fn retries(mut self, retries: Retries) -> Self {
        self.options.retries = Some(retries);
        self
    }
}

impl<R: Request> Future for Call<'_, R> {
    type Output = Result<R::Response, Error<R::Error>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let Self { client, request, options, .. } = *this;
        loop {
            let begin = || Attempts::begin(client, R::OPERATION, request.input(), options);
            let attempt = this.attempt.get_or_insert_with(begin);
            let (attempts, reply) = ready!(attempt.as_mut().poll(cx));
            let mut response = R::Response::default();
            match attempts.finish(reply, &mut response) {
                Outcome::Done => return Poll::Ready(Ok(response)),
                Outcome::Again(attempt) => this.attempt = Some(attempt),
                Outcome::Failed(failure, attempts) => {
                    let documented = failure.code().map(R::error_with_code);
                    return Poll::Ready(Err(Error::new(failure, documented, attempts)));
                }
            }
        }
    }
}

impl<R> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
