//! The transport of a client: sends a signed request and returns the response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::error::failure::Failure;
use crate::http_message::{HttpRequest, HttpResponse};

/// Sends requests. [`Config::transport`](crate::Config::transport) puts another in the place of the runtime's own.
///
/// Each attempt of a call is one request. It is signed when it comes here: what changes its method, host, path, query,
/// body or an `x-acs-` header makes the service refuse it. A transport does not follow redirects, because a signed
/// request is meant for one host alone.
///
/// ```
/// use alicloud_runtime::{Config, Credentials, HttpRequest, HttpResponse, ResponseFuture, Transport};
///
/// /// Answers every call with an empty object.
/// #[derive(Debug)]
/// struct Nothing;
///
/// impl Transport for Nothing {
///     fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
///         assert!(request.url().starts_with("https://ecs.cn-hangzhou.aliyuncs.com/"));
///         Box::pin(async { Ok(HttpResponse::new(200, "{}")) })
///     }
/// }
///
/// let config = Config::new(Credentials::new("id", "secret")).region("cn-hangzhou").transport(Nothing);
/// ```
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends one request, and gives the whole answer whatever its status.
    ///
    /// # Errors
    ///
    /// [`Failure::transport`] if there is no response. Its [`TransportPhase`](crate::TransportPhase) decides whether the call is retried.
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_>;
}

/// What [`Transport::send`] gives.
pub type ResponseFuture<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'a>>;
