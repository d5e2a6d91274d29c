//! One call of one operation: the typed end of the runtime.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::client::Client;
use crate::decode::Decode;
use crate::failure::{Error, Failure};
use crate::input::Input;
use crate::operation::Operation;
use crate::reply::Reply;

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
    sending: Option<Sending<'a>>,
}

type Sending<'a> = Pin<Box<dyn Future<Output = Result<Reply, Failure>> + Send + 'a>>;

impl Client {
    /// A call of the request's operation.
    pub fn call<'a, R: Request>(&'a self, request: &'a R) -> Call<'a, R> {
        Call { client: self, request, sending: None }
    }
}

impl<R: Request> Future for Call<'_, R> {
    type Output = Result<R::Response, Error<R::Error>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let (client, request) = (this.client, this.request);
        let sending = this.sending.get_or_insert_with(|| Box::pin(client.send(R::OPERATION, request.input())));
        let outcome = ready!(sending.as_mut().poll(cx));
        let mut response = R::Response::default();
        let outcome = outcome.and_then(|reply| reply.read_into(R::OPERATION, &mut response));
        Poll::Ready(match outcome {
            Ok(()) => Ok(response),
            Err(failure) => {
                let documented = failure.code().map(R::error_with_code);
                Err(Error::new(failure, documented))
            }
        })
    }
}

impl<R> fmt::Debug for Call<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}
