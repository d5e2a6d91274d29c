//! A transport that gives prepared answers, and keeps what was sent.

#![allow(dead_code, reason = "which parts are used depends on the features")]

use std::collections::VecDeque;
use std::future::ready;
use std::sync::{Arc, Mutex};

use alicloud_runtime::{HttpRequest, HttpResponse, ResponseFuture, Transport};

/// Gives its answers in order, the last one for ever.
#[derive(Clone, Debug)]
pub(crate) struct Double {
    answers: Arc<Mutex<VecDeque<HttpResponse>>>,
    requests: Arc<Mutex<Vec<HttpRequest>>>,
}

impl Double {
    pub(crate) fn new(answers: impl IntoIterator<Item = HttpResponse>) -> Self {
        Self { answers: Arc::new(Mutex::new(answers.into_iter().collect())), requests: Arc::default() }
    }

    /// Answers everything with this body.
    pub(crate) fn answering(body: &str) -> Self {
        Self::new([HttpResponse::new(200, body)])
    }

    pub(crate) fn requests(&self) -> Vec<HttpRequest> {
        self.requests.lock().unwrap().clone()
    }
}

impl Transport for Double {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        self.requests.lock().unwrap().push(request);
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        Box::pin(ready(Ok(answer.expect("an answer was prepared"))))
    }
}

/// The value of a header; nothing where it is not there.
pub(crate) fn header(request: &HttpRequest, name: &str) -> String {
    let found = request.headers().find(|(known, _)| *known == name);
    found.map(|(_, value)| String::from_utf8(value.to_vec()).unwrap()).unwrap_or_default()
}
