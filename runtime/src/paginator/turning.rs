//! From one page of a list to the next.

use crate::operation::input::{Input, Value};
use crate::paginator::pagination::{Pagination, TokenPages, Turning};

/// The next step after a page.
pub enum Turn {
    /// The page that this value of a parameter selects.
    To(&'static [u16], Value),
    /// No page.
    End,
    /// An error, because the list would never end.
    Back(String),
}

/// The value of a response field, by the names on the way to it.
pub(crate) type FieldValue<'r> = dyn FnMut(&str) -> Option<Value> + 'r;

/// Finds the page that follows a page, with what is known of the pages so far.
pub struct PageTurning {
    pagination: Pagination,
    /// The most items that a page had.
    fullest: usize,
    tokens: Tokens,
}

impl PageTurning {
    /// Begins with the first page.
    pub fn new(pagination: Pagination) -> Self {
        Self { pagination, fullest: 0, tokens: Tokens::default() }
    }

    /// Returns what follows a page with this number of items, which this input requested.
    pub fn turn(&mut self, input: &Input, items: usize, field: &mut FieldValue<'_>) -> Turn {
        let pagination = self.pagination;
        let fullest = self.fullest;
        self.fullest = self.fullest.max(items);
        let more = value_at(field, pagination.more).and_then(|more| flag(&more));
        if more == Some(false) {
            return Turn::End;
        }
        if let Some(token) = pagination.token
            && uses(&token, input, field)
        {
            return self.turn_to_token(input, field, token.parameter, token.next, true, more);
        }
        let selected = input.get_at(pagination.parameter);
        let (first, step) = match pagination.turning {
            Turning::Token(next) => {
                return self.turn_to_token(input, field, pagination.parameter, next, pagination.is_text, more);
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
                let size = input.get_at(pagination.size).and_then(whole_number);
                let size = size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0);
                items < size.unwrap_or(fullest)
            } else {
                let total = value_at(field, pagination.total).and_then(|total| whole_number(&total));
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

    fn turn_to_token(
        &mut self,
        input: &Input,
        field: &mut FieldValue<'_>,
        parameter: &'static [u16],
        next: &str,
        is_text: bool,
        more: Option<bool>,
    ) -> Turn {
        // A field that is missing reads as an empty text or as 0, which no token is.
        let token = value_at(field, next).filter(|token| {
            !matches!(token, Value::Integer(0)) && !matches!(token, Value::Text(text) if text.is_empty())
        });
        let Some(token) = token else {
            return match more {
                Some(true) => Turn::Back(format!(
                    "`{}` says that there are more pages, and `{next}`, which should be the token of the next one, is empty",
                    self.pagination.more
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
        if input.get_at(parameter) == Some(&token) {
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

/// Whether the pages are selected by token: the request asks for that, or the service offers the next page so. Services that
/// have both ignore page numbers if there are parameters of tokens.
fn uses(token: &TokenPages, input: &Input, field: &mut FieldValue<'_>) -> bool {
    let is_set = |parameter: &[u16]| input.get_at(parameter).is_some();
    is_set(token.parameter) || is_set(token.size) || value_at(field, token.next).is_some_and(|next| !is_no_token(&next))
}

/// The value of a response field; `None` for a field without a name.
fn value_at(field: &mut FieldValue<'_>, name: &str) -> Option<Value> {
    if name.is_empty() { None } else { field(name) }
}

/// A field that is missing reads as an empty text or as 0, which no token is.
fn is_no_token(value: &Value) -> bool {
    match value {
        Value::Integer(number) => *number == 0,
        Value::Text(text) => text.is_empty(),
        _ => false,
    }
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
