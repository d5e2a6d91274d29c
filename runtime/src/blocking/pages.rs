//! Paginators and waiters for synchronous code.

use crate::blocking::runtime::run;
use crate::call::request::Request;
use crate::error::call_error::Error;
use crate::paginator::pages::{Items, Pages};
use crate::paginator::pagination::Paginated;
use crate::waiter::wait_until::{WaitError, WaitUntil};

impl<R: Paginated> Pages<'_, R> {
    /// Returns an iterator over the pages. It blocks the current thread while it fetches a page. In async code, the
    /// iterator returns an error.
    pub fn wait(self) -> impl Iterator<Item = Result<R::Response, Error<R::Error>>> {
        iterate(self, async |pages| pages.next().await)
    }
}

impl<R: Paginated> Items<'_, R> {
    /// Returns an iterator over the items. It blocks the current thread while it fetches a page. In async code, the
    /// iterator returns an error.
    pub fn wait(self) -> impl Iterator<Item = Result<R::Item, Error<R::Error>>> {
        iterate(self, async |items| items.next().await)
    }
}

/// Iterates over a stream, up to its end or its first error.
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

impl<R: Request, T> WaitUntil<'_, R, T> {
    /// Waits until the condition is met, and blocks the current thread.
    ///
    /// # Errors
    ///
    /// The same errors as when the wait is awaited. In async code, it always fails.
    pub fn wait(self) -> Result<T, WaitError<R::Error>> {
        run(async { Ok(self.await) }).unwrap_or_else(|error| Err(WaitError::Call(error)))
    }
}
