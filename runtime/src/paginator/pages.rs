//! Answers that come in pages: one call after another, each when it is asked for.

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
use crate::paginator::pagination::{Paginated, TokenPages, Turning};

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
        Pages { call: self, next: Next::Page, fullest: 0, tokens: Tokens::default() }
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
    /// The most items that a page had.
    fullest: usize,
    tokens: Tokens,
}

/// Detects repeated tokens. It keeps one token, and replaces it whenever the number of pages has doubled (Brent's algorithm).
/// It finds any cycle of tokens with the memory of one token.
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

/// What follows the pages so far.
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
        let Poll::Ready(answered) = this.call.poll_answer(cx) else {
            this.next = Next::Page;
            return Poll::Pending;
        };
        Poll::Ready(Some(answered.map(|(mut response, answer)| {
            let items = R::items(&mut response).map_or(0, |items| items.len());
            this.next = match this.turn(&mut response, items) {
                Turn::To(parameter, value) => {
                    this.call.set_input(parameter, value);
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
                    Next::Failure(Box::new(Failed { failure, attempts: 1, http_response: Some(answer) }))
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
    /// What is left of the last page.
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

/// What follows a page.
enum Turn {
    /// The page that this value of a parameter selects.
    To(&'static [u16], Value),
    End,
    /// An error, because the list would never end.
    Back(String),
}

impl<R: Paginated> Pages<'_, R> {
    /// What follows a page with this number of items.
    fn turn(&mut self, response: &mut dyn Decode, items: usize) -> Turn {
        let pagination = R::PAGINATION;
        let fullest = self.fullest;
        self.fullest = self.fullest.max(items);
        let more = first_value(response, pagination.more).and_then(|more| flag(&more));
        if more == Some(false) {
            return Turn::End;
        }
        if let Some(token) = pagination.token
            && self.uses(&token, response)
        {
            return self.turn_to_token(response, token.parameter, token.next, true, more);
        }
        let selected = self.call.input().get_at(pagination.parameter);
        let (first, step) = match pagination.turning {
            Turning::Token(next) => {
                return self.turn_to_token(response, pagination.parameter, next, pagination.is_text, more);
            }
            Turning::Number(first) => (i64::from(first), 1),
            Turning::Offset => (0, i64::try_from(items).unwrap_or(i64::MAX)),
        };
        let selected = selected.and_then(whole_number).unwrap_or(first);
        if items == 0 {
            return Turn::End;
        }
        if more.is_none() {
            let is_last = if pagination.total.is_empty() {
                let size = self.call.input().get_at(pagination.size).and_then(whole_number);
                let size = size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0);
                items < size.unwrap_or(fullest)
            } else {
                let total = first_value(response, pagination.total).and_then(|total| whole_number(&total));
                // Services cut page sizes, and totals are sometimes wrong: only received items are certain.
                let on_a_page = i64::try_from(self.fullest).unwrap_or(i64::MAX);
                let so_far = match pagination.turning {
                    Turning::Offset => selected.saturating_add(step),
                    _ => selected.saturating_sub(first).saturating_add(1).saturating_mul(on_a_page),
                };
                total.is_some_and(|total| total > 0 && so_far >= total)
            };
            if is_last {
                return Turn::End;
            }
        }
        let next = selected.saturating_add(step);
        let next = if pagination.is_text { Value::Text(next.to_string()) } else { Value::Integer(next) };
        Turn::To(pagination.parameter, next)
    }

    /// Whether the pages are selected by token: the request asks for that, or the service offers the next page so. Services that
    /// have both ignore page numbers beside the parameters of tokens.
    fn uses(&self, token: &TokenPages, response: &mut dyn Decode) -> bool {
        let input = self.call.input();
        let is_set = |parameter: &[u16]| input.get_at(parameter).is_some();
        is_set(token.parameter)
            || is_set(token.size)
            || first_value(response, token.next).is_some_and(|next| !is_no_token(&next))
    }

    fn turn_to_token(
        &mut self,
        response: &mut dyn Decode,
        parameter: &'static [u16],
        next: &str,
        is_text: bool,
        more: Option<bool>,
    ) -> Turn {
        // A field that is missing reads as an empty text or as 0, which no token is.
        let token = first_value(response, next).filter(|token| {
            !matches!(token, Value::Integer(0)) && !matches!(token, Value::Text(text) if text.is_empty())
        });
        let Some(token) = token else {
            return match more {
                Some(true) => Turn::Back(format!(
                    "`{}` says that there are more pages, and `{next}`, which should be the token of the next one, is empty",
                    R::PAGINATION.more
                )),
                _ => Turn::End,
            };
        };
        let token = match (token, is_text) {
            (Value::Integer(number), true) => Value::Text(number.to_string()),
            (Value::Text(text), false) => match text.trim().parse() {
                Ok(number) => Value::Integer(number),
                Err(_) => {
                    return Turn::Back(format!("`{next}` should be a whole number, as the parameter that it goes to"));
                }
            },
            (token, _) => token,
        };
        if self.call.input().get_at(parameter) == Some(&token) {
            return Turn::Back(format!(
                "`{next}` should be the token of the next page, and is the one that this page was requested with"
            ));
        }
        if self.tokens.repeat(&token) {
            return Turn::Back(format!(
                "`{next}` should be the token of the next page, and is one that was used before"
            ));
        }
        Turn::To(parameter, token)
    }
}

/// A field that is missing reads as an empty text or as 0, which no token is.
fn is_no_token(value: &Value) -> bool {
    match value {
        Value::Integer(number) => *number == 0,
        Value::Text(text) => text.is_empty(),
        _ => false,
    }
}

/// The value of a response field; `None` for a field without a name.
fn first_value(response: &mut dyn Decode, field: &str) -> Option<Value> {
    if field.is_empty() { None } else { values_at(response, field).into_iter().next() }
}

fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Whether a field says yes or no.
fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Boolean(flag) => Some(*flag),
        Value::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" => Some(true),
            "false" | "0" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    }
}
