//! Calls from code that is not async.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::attempts::Failed;
use crate::call::{Call, CallWithAnswer, Request};
use crate::failure::{Error, Failure};
#[cfg(feature = "pagination")]
use crate::pages::{Items, Pages};
#[cfg(feature = "pagination")]
use crate::pagination::Paginated;
use crate::transport::HttpResponse;
#[cfg(feature = "pagination")]
use crate::waiting::{WaitError, Waiting};

/// One thread drives the connections of all blocking calls of the program.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

fn run<T, E>(call: impl Future<Output = Result<T, Error<E>>>) -> Result<T, Error<E>> {
    let refused =
        |why: String| Err(Error::new(Failed { failure: Failure::configuration(why), attempts: 0, answer: None }, None));
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

impl<R: Request> CallWithAnswer<'_, R> {
    /// Makes the call, and blocks this thread until it is done. Not for async code, where it fails.
    ///
    /// # Errors
    ///
    /// As the call has when it is awaited.
    pub fn wait(self) -> Result<(R::Response, HttpResponse), Error<R::Error>> {
        run(self)
    }
}

#[cfg(feature = "pagination")]
impl<R: Paginated> Pages<'_, R> {
    /// The pages as an iterator, which blocks this thread until each is there. Not for async code, where it fails.
    pub fn wait(self) -> impl Iterator<Item = Result<R::Response, Error<R::Error>>> {
        iterate(self, async |pages| pages.next().await)
    }
}

#[cfg(feature = "pagination")]
impl<R: Paginated> Items<'_, R> {
    /// The items as an iterator, which blocks this thread until each is there. Not for async code, where it fails.
    pub fn wait(self) -> impl Iterator<Item = Result<R::Item, Error<R::Error>>> {
        iterate(self, async |items| items.next().await)
    }
}

/// What a stream gives, up to its end or its first error.
#[cfg(feature = "pagination")]
fn iterate<S, T, E>(
    stream: S,
    next: impl AsyncFn(&mut S) -> Option<Result<T, Error<E>>>,
) -> impl Iterator<Item = Result<T, Error<E>>> {
    let mut stream = Some(stream);
    std::iter::from_fn(move || {
        let rest = stream.as_mut()?;
        let one = run(async { next(rest).await.transpose() }).transpose();
        if !matches!(one, Some(Ok(_))) {
            stream = None;
        }
        one
    })
}

#[cfg(feature = "pagination")]
impl<R: Request, T> Waiting<'_, R, T> {
    /// Waits, and blocks this thread until it is done. Not for async code, where it fails.
    ///
    /// # Errors
    ///
    /// As the wait has when it is awaited.
    pub fn wait(self) -> Result<T, WaitError<R::Error>> {
        run(async { Ok(self.await) }).unwrap_or_else(|error| Err(WaitError::Call(error)))
    }
}
