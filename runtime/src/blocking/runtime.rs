//! Calls from synchronous code.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::call::request::Request;
use crate::call::typed::{Call, CallWithHttpResponse};
use crate::error::call_error::{Error, Failed};
use crate::error::failure::Failure;
use crate::http_message::HttpResponse;

/// The runtime of all blocking calls of the program. Its single thread drives their connections.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

pub(super) fn run<T, E>(call: impl Future<Output = Result<T, Error<E>>>) -> Result<T, Error<E>> {
    let error = |reason: String| {
        Err(Error::new(Failed { failure: Failure::configuration(reason), attempts: 0, http_response: None }, None))
    };
    if Handle::try_current().is_ok() {
        return error("`wait` blocks the thread and cannot be used in async code; await the call instead".to_owned());
    }
    let runtime = match RUNTIME.get() {
        Some(runtime) => runtime,
        None => match Builder::new_multi_thread().worker_threads(1).enable_all().thread_name("alicloud").build() {
            Ok(runtime) => RUNTIME.get_or_init(|| runtime),
            Err(failure) => return error(format!("the thread for blocking calls cannot be started: {failure}")),
        },
    };
    runtime.block_on(call)
}

impl<R: Request> Call<'_, R> {
    /// Sends the call, and blocks the current thread until it has finished.
    ///
    /// # Errors
    ///
    /// The same errors as when the call is awaited. In async code, it always fails.
    pub fn wait(self) -> Result<R::Response, Error<R::Error>> {
        run(self)
    }
}

impl<R: Request> CallWithHttpResponse<'_, R> {
    /// Sends the call, and blocks the current thread until it has finished.
    ///
    /// # Errors
    ///
    /// The same errors as when the call is awaited. In async code, it always fails.
    pub fn wait(self) -> Result<(R::Response, HttpResponse), Error<R::Error>> {
        run(self)
    }
}
