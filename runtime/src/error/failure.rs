//! The failure of a call, in a type that is the same for all operations.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::error::credentials_failure::CredentialsFailure;
#[cfg(feature = "limits")]
use crate::operation::query_limit::QueryLimit;
use crate::operation::violation::Violation;

/// The reason why a call failed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The service returned an error. See its code, and the errors that the operation documents.
    Service(Box<ServiceFailure>),
    /// The request violates the documented limits of the operation. Nothing was sent. The violations say what to
    /// correct.
    Invalid(Vec<Violation>),
    /// There was no response. [`TransportFailure::phase`] says whether the service may have acted.
    Transport(Box<TransportFailure>),
    /// The response cannot be decoded. The service may have acted.
    Unreadable(Box<UnreadableResponse>),
    /// The documented rate limit of the operation is reached, and the client is configured to fail instead of waiting.
    /// Nothing was sent. See [`DocumentedLimits::fail_fast`](crate::DocumentedLimits::fail_fast).
    #[cfg(feature = "limits")]
    OverLimit {
        /// The limit.
        limit: QueryLimit,
        /// The time until the next call can be sent.
        wait: Duration,
    },
    /// The call timed out before this attempt was sent. [`Error::attempts`](crate::Error::attempts) counts the attempts
    /// before it.
    #[non_exhaustive]
    NotSent {
        /// The timeout of the call.
        limit: Duration,
        /// The reason why the call was waiting.
        waiting_for: WaitingFor,
    },
    /// There are no credentials. Nothing was sent.
    Credentials(Box<CredentialsFailure>),
    /// The configuration of the client or the call is invalid. Nothing was sent. The text says what to change.
    Configuration(String),
}

impl Failure {
    /// Creates the failure of a call that would exceed a documented limit.
    #[cfg(feature = "limits")]
    pub fn over_limit(limit: QueryLimit, wait: Duration) -> Self {
        Self::OverLimit { limit, wait }
    }

    /// Whether nothing was sent.
    pub(crate) fn is_unsent(&self) -> bool {
        match self {
            Self::Invalid(_) | Self::NotSent { .. } | Self::Credentials(_) | Self::Configuration(_) => true,
            #[cfg(feature = "limits")]
            Self::OverLimit { .. } => true,
            Self::Service(_) | Self::Transport(_) | Self::Unreadable(_) => false,
        }
    }

    /// Creates the failure of a transport, from the phase in which it failed, the host, and the cause. `source` must
    /// not contain the query, which may contain the signature.
    pub fn transport(
        phase: TransportPhase,
        host: impl Into<String>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self::Transport(Box::new(TransportFailure { phase, host: host.into(), source: Arc::from(source.into()) }))
    }

    pub(crate) fn configuration(text: impl Into<String>) -> Self {
        Self::Configuration(text.into())
    }

    /// Returns the error code, if the service returned an error.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service(failure) => Some(&failure.code),
            _ => None,
        }
    }

    /// Returns the type of the failure, for metrics and traces: the error code, if the service returned an error, else
    /// one of `connect`, `tls`, `timeout`, `interrupted`, `unreadable_response`, `invalid_request`, `over_limit`,
    /// `not_sent`, `credentials` and `configuration`. It is the attribute `error.type` of OpenTelemetry.
    pub fn error_type(&self) -> &str {
        match self {
            Self::Service(failure) => &failure.code,
            Self::Transport(failure) => match failure.phase {
                TransportPhase::Connect => "connect",
                TransportPhase::Tls => "tls",
                TransportPhase::Timeout => "timeout",
                TransportPhase::Interrupted => "interrupted",
            },
            Self::Unreadable(_) => "unreadable_response",
            Self::Invalid(_) => "invalid_request",
            #[cfg(feature = "limits")]
            Self::OverLimit { .. } => "over_limit",
            Self::NotSent { .. } => "not_sent",
            Self::Credentials(_) => "credentials",
            Self::Configuration(_) => "configuration",
        }
    }

    /// Returns whether the service throttled the call. It did nothing.
    pub fn is_throttling(&self) -> bool {
        self.status() == Some(429) || self.code().is_some_and(is_throttling)
    }

    /// Returns the error message, if the service returned an error.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Service(failure) => Some(&failure.message),
            _ => None,
        }
    }

    /// Returns the RequestId, for support tickets, if the response has one.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(failure) => failure.request_id.as_deref(),
            Self::Unreadable(response) => response.request_id.as_deref(),
            _ => None,
        }
    }

    /// Returns the HTTP status, if there was a response.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Service(failure) => Some(failure.status),
            Self::Unreadable(response) => Some(response.status),
            _ => None,
        }
    }

    /// Returns the host: that in the service error, or that which was called if there was no response.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Service(failure) => failure.host.as_deref(),
            Self::Transport(failure) => Some(&failure.host),
            _ => None,
        }
    }

    /// Returns the URL of a page with help for this error, if the service returned one.
    pub fn recommend(&self) -> Option<&str> {
        match self {
            Self::Service(failure) => failure.recommend.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Service(failure) => failure.fmt(f),
            Self::Invalid(violations) => {
                f.write_str("the request was not sent: ")?;
                for (index, violation) in violations.iter().enumerate() {
                    write!(f, "{}{violation}", if index == 0 { "" } else { "; " })?;
                }
                Ok(())
            }
            Self::Transport(failure) => failure.fmt(f),
            Self::Unreadable(response) => response.fmt(f),
            #[cfg(feature = "limits")]
            Self::OverLimit { limit, wait } => write!(
                f,
                "the documented limit of {} for {}, {} queries per second, is reached; the next call can be sent in \
                 {} ms",
                limit.product(),
                limit.operation(),
                limit.per_second(),
                wait.as_millis()
            ),
            Self::NotSent { limit, waiting_for } => write!(
                f,
                "the request was not sent: the call timed out after {} while it waited for {waiting_for}",
                humantime::format_duration(*limit)
            ),
            Self::Credentials(failure) => write!(f, "no credentials: {failure}"),
            Self::Configuration(text) => f.write_str(text),
        }
    }
}

/// `source` returns `None`, because `Display` includes the causes. A report that prints both would repeat them. The
/// cause of a transport failure is [`TransportFailure::source`].
impl StdError for Failure {}

impl From<CredentialsFailure> for Failure {
    fn from(failure: CredentialsFailure) -> Self {
        Self::Credentials(Box::new(failure))
    }
}

/// An error that the service returned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceFailure {
    /// The error code.
    pub code: String,
    /// The error message.
    pub message: String,
    /// The RequestId.
    pub request_id: Option<String>,
    /// The HTTP status. It may be 200 for products that report failures in the body.
    pub status: u16,
    /// The host in the service error.
    pub host: Option<String>,
    /// The URL of a page with help for this error.
    pub recommend: Option<String>,
}

impl fmt::Display for ServiceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request_id = self.request_id.as_deref().unwrap_or("unknown");
        let (code, message, request_id) = (readable(&self.code), readable(&self.message), readable(request_id));
        write!(f, "{code}: {message} (HTTP {}, RequestId {request_id})", self.status)
    }
}

/// A call without a response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TransportFailure {
    /// The phase in which the call failed.
    pub phase: TransportPhase,
    /// The host that was called.
    pub host: String,
    /// The error of the transport. Its text does not contain the query.
    pub source: Arc<dyn StdError + Send + Sync>,
}

/// The reason why a call waits before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitingFor {
    /// The documented limit of queries per second.
    RateLimit,
    /// The credentials provider.
    Credentials,
}

impl fmt::Display for WaitingFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RateLimit => "the documented rate limit",
            Self::Credentials => "credentials",
        })
    }
}

/// The phase in which a call without a response failed. It shows whether the service may have acted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportPhase {
    /// The connection failed. The service did not receive the request.
    Connect,
    /// The TLS handshake failed, for example because the certificate is not trusted. The service did not receive the
    /// request. The call is not retried.
    Tls,
    /// There was no response in time. The service may have acted.
    Timeout,
    /// The connection broke, or the response is incomplete. The service may have acted.
    Interrupted,
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = match self.phase {
            TransportPhase::Connect => "cannot connect to",
            TransportPhase::Tls => "cannot establish a TLS connection to",
            TransportPhase::Timeout => "no response in time from",
            TransportPhase::Interrupted => "the connection was interrupted before the end of the response from",
        };
        write!(f, "{problem} {}", self.host)?;
        let mut source = Some(self.source.as_ref() as &dyn StdError);
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

/// A response that cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnreadableResponse {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, if there is one.
    pub content_type: Option<String>,
    /// The RequestId, from the response headers.
    pub request_id: Option<String>,
    /// The reason why it cannot be decoded.
    pub reason: String,
    /// The first 4,096 characters of the body, without secrets.
    pub body: String,
}

impl fmt::Display for UnreadableResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request_id = self.request_id.as_deref().unwrap_or("unknown");
        let (reason, request_id) = (readable(&self.reason), readable(request_id));
        write!(f, "unreadable response: {reason} (HTTP {}, RequestId {request_id})", self.status)?;
        let body = self.body.trim();
        if !body.is_empty() {
            let start: String = body.chars().take(200).collect();
            write!(f, ": {}{}", readable(&start), if start.len() < body.len() { "…" } else { "" })?;
        }
        Ok(())
    }
}

/// Whether a code is `Throttling`, `Throttling.User`, `Rejected.Throttling` or similar. Services send these codes with
/// HTTP 400 as often as with 429.
pub(crate) fn is_throttling(code: &str) -> bool {
    code.split('.').any(|part| part == "Throttling")
}

/// A text from the service, on one line. Escapes control and bidirectional characters, which could control a terminal
/// or reorder the text around it.
fn readable(text: &str) -> Cow<'_, str> {
    let is_hidden = |one: char| {
        one.is_control()
            || matches!(one, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut readable = String::with_capacity(text.len() + 16);
    for one in text.chars() {
        if is_hidden(one) {
            readable.extend(one.escape_default());
        } else {
            readable.push(one);
        }
    }
    Cow::Owned(readable)
}
