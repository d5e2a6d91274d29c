//! Responses in pages: one call after another, each when it is polled.

use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

// The standard trait until the standard library has one; combinators of any library take what implements it.
use futures_core::Stream;

use crate::call::typed::Call;
use crate::decoding::decode::Decode;
use crate::decoding::path::values_at;
use crate::error::call_error::{Error, Failed};
use crate::error::failure::{Failure, UnreadableResponse};
use crate::http_message::REQUEST_ID;
use crate::operation::input::Value;
use crate::paginator::pagination::Paginated;
use crate::paginator::turning::{PageTurning, Turn};

impl<'a, R: Paginated> Call<'a, R> {
    /// The pages of the list, one response each, from the page that the request selects.
    ///
    /// Each page is a call with the options of this call; a timeout applies to each of them. A page is requested when it is
    /// polled for. After an error the stream ends.
    ///
    /// The list ends
    ///
    /// - if pages have tokens: after a page without a token. A token that was used before is an error, because it would lead
    ///   in a circle.
    /// - if pages have numbers or offsets: after a page without items. If the operation has a total, also after the page that
    ///   reaches it; a total of 0 beside items is ignored. If it has none, also after a page with fewer items than the request's
    ///   page size or, if the request has no page size, than an earlier page.
    /// - if the operation offers both: by token, if the request has a token or the maximum number of items that goes with tokens,
    ///   or if the service returns a token; otherwise by number.
    /// - if the service says whether there are more pages: when it says that there are none.
    pub fn pages(self) -> Pages<'a, R> {
        Pages { call: self, next: Next::Page, turning: PageTurning::new(R::PAGINATION) }
    }

    /// The items of all pages. See [`Call::pages`].
    pub fn items(self) -> Items<'a, R> {
        Items { pages: self.pages(), page: Vec::new().into_iter() }
    }
}

/// A [`Stream`] of the pages of a list. [`next`](Pages::next) reads it without a stream library.
#[must_use = "pages are requested when they are polled for"]
pub struct Pages<'a, R> {
    /// The call of the next page, which may be in progress.
    call: Call<'a, R>,
    next: Next,
    turning: PageTurning,
}

/// The next step after the pages so far.
enum Next {
    Page,
    Failure(Box<Failed>),
    Nothing,
}

impl<R: Paginated> Pages<'_, R> {
    /// Returns the next page, or `None` after the last page. Cancel safe: dropping the future loses no page.
    ///
    /// # Errors
    ///
    /// Returns the error of the call. Also returns an error if a page repeats a token, because the list would never end.
    pub async fn next(&mut self) -> Option<Result<R::Response, Error<R::Error>>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<R: Paginated> Stream for Pages<'_, R> {
    type Item = Result<R::Response, Error<R::Error>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        match mem::replace(&mut this.next, Next::Nothing) {
            Next::Nothing => return Poll::Ready(None),
            Next::Failure(failed) => return Poll::Ready(Some(Err(Error::new(*failed, None)))),
            Next::Page => {}
        }
        let Poll::Ready(output) = this.call.poll_output(cx) else {
            this.next = Next::Page;
            return Poll::Pending;
        };
        Poll::Ready(Some(output.map(|(mut response, http_response)| {
            let items = R::items(&mut response).map_or(0, |items| items.len());
            let turn = this.turning.turn(this.call.input(), items, &mut |field| first_value(&mut response, field));
            this.next = match turn {
                Turn::To(parameter, value) => {
                    this.call.set_input(parameter, value);
                    this.call.send_again();
                    Next::Page
                }
                Turn::End => Next::Nothing,
                Turn::Back(reason) => {
                    let failure = Failure::Unreadable(Box::new(UnreadableResponse {
                        status: http_response.status,
                        content_type: http_response.text("content-type"),
                        request_id: http_response.text(REQUEST_ID),
                        reason,
                        // `Error::http_response` has the body.
                        body: String::new(),
                    }));
                    Next::Failure(Box::new(Failed { failure, attempts: 1, http_response: Some(http_response) }))
                }
            };
            response
        })))
    }
}

impl<R> fmt::Debug for Pages<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// A [`Stream`] of the items of all pages of a list. [`next`](Items::next) reads it without a stream library.
#[must_use = "pages are requested when they are polled for"]
pub struct Items<'a, R: Paginated> {
    pages: Pages<'a, R>,
    /// The remaining items of the last page.
    page: vec::IntoIter<R::Item>,
}

impl<R: Paginated> Items<'_, R> {
    /// Returns the next item, or `None` after the last item. Cancel safe: dropping the future loses no item.
    ///
    /// # Errors
    ///
    /// The same as for [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<R::Item, Error<R::Error>>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

// Items are moved out, and never pinned.
impl<R: Paginated> Unpin for Items<'_, R> {}

impl<R: Paginated> Stream for Items<'_, R> {
    type Item = Result<R::Item, Error<R::Error>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(cx)) {
                Some(Ok(mut response)) => {
                    this.page = R::items(&mut response).map(mem::take).unwrap_or_default().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: Paginated> fmt::Debug for Items<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

/// The value of a response field.
fn first_value(response: &mut dyn Decode, field: &str) -> Option<Value> {
    values_at(response, field).into_iter().next()
}
