//! A transport that returns prepared responses and records the requests.

#![allow(dead_code, reason = "which parts are used depends on the features")]

use std::collections::VecDeque;
use std::future::ready;
use std::sync::{Arc, Mutex};

use alicloud_runtime::{HttpRequest, HttpResponse, ResponseFuture, Transport};

/// Returns its responses in order, and repeats the last one.
#[derive(Clone, Debug)]
pub(crate) struct Double {
    responses: Arc<Mutex<VecDeque<HttpResponse>>>,
    requests: Arc<Mutex<Vec<HttpRequest>>>,
}

impl Double {
    pub(crate) fn new(responses: impl IntoIterator<Item = HttpResponse>) -> Self {
        Self { responses: Arc::new(Mutex::new(responses.into_iter().collect())), requests: Arc::default() }
    }

    /// Returns this body for every request.
    pub(crate) fn responding(body: &str) -> Self {
        Self::new([HttpResponse::new(200, body)])
    }

    pub(crate) fn requests(&self) -> Vec<HttpRequest> {
        self.requests.lock().unwrap().clone()
    }
}

impl Transport for Double {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        self.requests.lock().unwrap().push(request);
        let mut responses = self.responses.lock().unwrap();
        let response = if responses.len() > 1 { responses.pop_front() } else { responses.front().cloned() };
        Box::pin(ready(Ok(response.expect("an response was prepared"))))
    }
}

/// The value of a header, or an empty string if there is none.
pub(crate) fn header(request: &HttpRequest, name: &str) -> String {
    let found = request.headers().find(|(known, _)| *known == name);
    found.map(|(_, value)| String::from_utf8(value.to_vec()).unwrap()).unwrap_or_default()
}
