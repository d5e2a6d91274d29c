//! Calls from code that is not async.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::call::request::Request;
use crate::call::typed::{Call, CallWithHttpResponse};
use crate::error::call_error::{Error, Failed};
use crate::error::failure::Failure;
use crate::http_message::HttpResponse;

/// One thread drives the connections of all blocking calls of the program.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

pub(super) fn run<T, E>(call: impl Future<Output = Result<T, Error<E>>>) -> Result<T, Error<E>> {
    let refused = |why: String| {
        Err(Error::new(Failed { failure: Failure::configuration(why), attempts: 0, http_response: None }, None))
    };
    if Handle::try_current().is_ok() {
        return refused("`wait` would block the thread of async code; await the call".to_owned());
    }
    let runtime = match RUNTIME.get() {
        Some(runtime) => runtime,
        None => match Builder::new_multi_thread().worker_threads(1).enable_all().thread_name("alicloud").build() {
            Ok(runtime) => RUNTIME.get_or_init(|| runtime),
            Err(error) => return refused(format!("no thread for blocking calls can be had: {error}")),
        },
    };
    runtime.block_on(call)
}

impl<R: Request> Call<'_, R> {
    /// Makes the call, and blocks this thread until it is done. Not for async code, where it fails.
    ///
    /// # Errors
    ///
    /// As the call has when it is awaited.
    pub fn wait(self) -> Result<R::Response, Error<R::Error>> {
        run(self)
    }
}

impl<R: Request> CallWithHttpResponse<'_, R> {
    /// Makes the call, and blocks this thread until it is done. Not for async code, where it fails.
    ///
    /// # Errors
    ///
    /// As the call has when it is awaited.
    pub fn wait(self) -> Result<(R::Response, HttpResponse), Error<R::Error>> {
        run(self)
    }
}
