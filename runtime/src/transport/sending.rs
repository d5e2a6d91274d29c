//! The transport of a client: sends a signed request and returns the response.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::error::failure::Failure;
use crate::http_message::{HttpRequest, HttpResponse};

/// Sends HTTP requests. [`Config::transport`](crate::Config::transport) replaces the default HTTP client.
///
/// Each attempt of a call sends one request. The request is already signed: if a transport changes the method, host,
/// path, query, body or an `x-acs-` header, the service rejects it. A transport must not follow redirects, because the
/// signature is valid for one host only.
///
/// ```
/// use alicloud_runtime::{Config, Credentials, HttpRequest, HttpResponse, ResponseFuture, Transport};
///
/// /// Responds to every request with an empty object.
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
    /// Sends one request and returns the response with its whole body, whatever its status.
    ///
    /// # Errors
    ///
    /// [`Failure::transport`] if there is no response. Its [`TransportPhase`](crate::TransportPhase) decides whether the call is retried.
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_>;
}

/// The future that [`Transport::send`] returns.
pub type ResponseFuture<'a> = Pin<Box<dyn Future<Output = Result<HttpResponse, Failure>> + Send + 'a>>;
