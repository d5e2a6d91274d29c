//! Answers that come in pages: one call after another, each when it is asked for.

use std::fmt;
use std::future::poll_fn;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

// The standard trait until the standard library has one; combinators of any library take what implements it.
use futures_core::Stream;

use crate::attempts::Failed;
use crate::call::Call;
use crate::decode::{Decode, values_at};
use crate::failure::{Error, Failure, UnreadableResponse};
use crate::input::Value;
use crate::pagination::{Paginated, Pagination};
use crate::reply::REQUEST_ID;

impl<'a, R: Paginated> Call<'a, R> {
    /// The answers of this call and of those for the pages behind it.
    ///
    /// Each page is a call with all that was set on this one; a timeout holds for each alone. The first page is the one that
    /// the request asks for. Nothing is fetched before it is asked for, and after an error there is nothing more.
    ///
    /// Where pages have tokens, the last is the one without; a token that leads to where it came from is an error. Where
    /// they have numbers, a page without items is the last, and so is the one with which the service's total is reached,
    /// if all pages are as full as the fullest so far. A total of 0 beside items says nothing.
    pub fn pages(self) -> Pages<'a, R> {
        Pages { call: self, next: Next::Page, fullest: 0, tokens: Tokens::default() }
    }

    /// The items of all pages, one after another. See [`Call::pages`].
    pub fn items(self) -> Items<'a, R> {
        Items { pages: self.pages(), page: Vec::new().into_iter() }
    }
}

/// The answers of a call that has several: a [`Stream`], or [`next`](Pages::next) again and again.
#[must_use = "pages are fetched when they are asked for"]
pub struct Pages<'a, R> {
    /// The page that is asked for next, or under way.
    call: Call<'a, R>,
    next: Next,
    /// The most items that a page had.
    fullest: usize,
    tokens: Tokens,
}

/// The tokens of the pages so far, of which one is kept: each time when twice as many pages have come (Brent's algorithm).
/// Tokens that repeat in any order are found, whatever their number, in the memory of one.
#[derive(Default)]
struct Tokens {
    kept: Option<Value>,
    since: u32,
    until: u32,
}

impl Tokens {
    /// Whether a token has led to a page before.
    fn repeat(&mut self, token: &Value) -> bool {
        if self.kept.as_ref() == Some(token) {
            return true;
        }
        self.since = self.since.saturating_add(1);
        if self.since > self.until {
            self.kept = Some(token.clone());
            self.until = self.until.saturating_mul(2).max(1);
            self.since = 0;
        }
        false
    }
}

/// What there is behind the pages so far.
enum Next {
    Page,
    Failure(Box<Failed>),
    Nothing,
}

impl<R: Paginated> Pages<'_, R> {
    /// The next page; `None` behind the last. Nothing is lost where this is dropped before it is done.
    ///
    /// # Errors
    ///
    /// As the page's call has, or that it has the token which it was asked for with.
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
        let Poll::Ready(answered) = this.call.poll_answer(cx) else {
            this.next = Next::Page;
            return Poll::Pending;
        };
        Poll::Ready(Some(answered.map(|(mut response, answer)| {
            let items = R::items(&mut response).map_or(0, |items| items.len());
            this.fullest = this.fullest.max(items);
            this.next = match this.turn(&mut response, items) {
                Turn::To(place, value) => {
                    this.call.set_input(place, value);
                    this.call.make_again();
                    Next::Page
                }
                Turn::End => Next::Nothing,
                Turn::Back(reason) => {
                    let failure = Failure::Unreadable(Box::new(UnreadableResponse {
                        status: answer.status,
                        content_type: answer.text("content-type"),
                        request_id: answer.text(REQUEST_ID),
                        reason,
                        // It was read, and `Error::answer` has it.
                        body: String::new(),
                    }));
                    Next::Failure(Box::new(Failed { failure, attempts: 1, answer: Some(answer) }))
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

/// The items of all pages of a call: a [`Stream`], or [`next`](Items::next) again and again.
#[must_use = "items are fetched when they are asked for"]
pub struct Items<'a, R: Paginated> {
    pages: Pages<'a, R>,
    /// What is left of the last page.
    page: vec::IntoIter<R::Item>,
}

impl<R: Paginated> Items<'_, R> {
    /// The next item; `None` behind the last. Nothing is lost where this is dropped before it is done.
    ///
    /// # Errors
    ///
    /// As [`Pages::next`] has.
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

/// What follows from a page.
enum Turn {
    /// The next one, with this value for the parameter in this place.
    To(u16, Value),
    End,
    /// The same one again, for this reason.
    Back(String),
}

impl<R: Paginated> Pages<'_, R> {
    /// What follows from a page with so many items.
    fn turn(&mut self, response: &mut dyn Decode, items: usize) -> Turn {
        let input = self.call.input();
        match R::PAGINATION {
            Pagination::Token { parameter, next } => {
                let Some(token) = values_at(response, next).into_iter().next() else { return Turn::End };
                match &token {
                    // No token begins with a field that is missing and reads as 0.
                    Value::Text(text) if text.is_empty() => Turn::End,
                    Value::Integer(0) => Turn::End,
                    _ if input.get(parameter) == Some(&token) => Turn::Back(format!(
                        "`{next}` should be the token of the next page, and is the one that this page was requested with"
                    )),
                    _ if self.tokens.repeat(&token) => Turn::Back(format!(
                        "`{next}` should be the token of the next page, and is one that was used before"
                    )),
                    _ => Turn::To(parameter, token),
                }
            }
            Pagination::Number { parameter, is_text, total } => {
                let page = input.get(parameter).and_then(whole_number).unwrap_or(1);
                let total = values_at(response, total).first().and_then(whole_number).filter(|total| *total > 0);
                // Services cut the sizes that are asked for, and totals are wrong at times; what has come is certain.
                let so_far = i64::try_from(self.fullest).map_or(i64::MAX, |fullest| page.saturating_mul(fullest));
                if items == 0 || total.is_some_and(|total| so_far >= total) {
                    return Turn::End;
                }
                let next = page.saturating_add(1);
                Turn::To(parameter, if is_text { Value::Text(next.to_string()) } else { Value::Integer(next) })
            }
        }
    }
}

fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}
