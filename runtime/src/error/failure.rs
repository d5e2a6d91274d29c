//! What can go wrong with a call.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::error::credentials_failure::CredentialsFailure;
#[cfg(feature = "limits")]
use crate::operation::query_limit::QueryLimit;
use crate::operation::violation::Violation;

/// Why a call failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The service refused. Look at the code, and at what the operation documents for it.
    Service(Box<ServiceFailure>),
    /// The request does not meet the operation's documented demands; nothing was sent. Mend the request.
    Invalid(Vec<Violation>),
    /// No answer came. Whether the service acted is known only where [`TransportFailure::phase`] says so.
    Transport(Box<TransportFailure>),
    /// An answer came that cannot be read; the service may have acted.
    Unreadable(Box<UnreadableResponse>),
    /// The documented limit of the operation is reached, and the client is not to wait; nothing was sent. See
    /// [`DocumentedLimits::fail_fast`](crate::DocumentedLimits::fail_fast).
    #[cfg(feature = "limits")]
    OverLimit {
        /// The limit.
        limit: QueryLimit,
        /// After which time a call would go out.
        wait: Duration,
    },
    /// The call's time limit passed before this attempt was sent. [`Error::attempts`] counts those before it.
    #[non_exhaustive]
    NotSent {
        /// The time limit.
        limit: Duration,
        /// What took so long.
        waiting_for: WaitingFor,
    },
    /// There are no credentials to call with; nothing was sent.
    Credentials(Box<CredentialsFailure>),
    /// Credentials, region or endpoint cannot be used; nothing was sent. The text says what to change.
    Configuration(String),
}

impl Failure {
    /// The failure of a call that would have to wait so long to stay within a documented limit.
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

    /// The failure of a transport: how far the request got, to which host, and why no further. Nothing of `source` may hold
    /// the query, where the signature may be.
    pub fn transport(
        phase: Phase,
        host: impl Into<String>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self::Transport(Box::new(TransportFailure { phase, host: host.into(), source: source.into() }))
    }

    pub(crate) fn configuration(text: impl Into<String>) -> Self {
        Self::Configuration(text.into())
    }

    /// The error code, where the service refused.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service(failure) => Some(&failure.code),
            _ => None,
        }
    }

    /// The service's message, where it refused.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Service(failure) => Some(&failure.message),
            _ => None,
        }
    }

    /// The ID of the request, for support tickets, where an answer came and had one.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Service(failure) => failure.request_id.as_deref(),
            Self::Unreadable(response) => response.request_id.as_deref(),
            _ => None,
        }
    }

    /// The HTTP status, where an answer came.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Service(failure) => Some(failure.status),
            Self::Unreadable(response) => Some(response.status),
            _ => None,
        }
    }

    /// The host that answered, as it calls itself, or that was called.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Service(failure) => failure.host.as_deref(),
            Self::Transport(failure) => Some(&failure.host),
            _ => None,
        }
    }

    /// A page of the service that helps with this error.
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
                "the documented limit of {} for {}, {} queries per second, is reached; the next can go out in {} ms",
                limit.product(),
                limit.operation(),
                limit.per_second(),
                wait.as_millis()
            ),
            Self::NotSent { limit, waiting_for } => write!(
                f,
                "the request was not sent: the call's time limit of {} passed while it waited for {waiting_for}",
                humantime::format_duration(*limit)
            ),
            Self::Credentials(failure) => write!(f, "no credentials: {failure}"),
            Self::Configuration(text) => f.write_str(text),
        }
    }
}

/// `Display` has the causes, too, so that `source` returns none: reports that print both would repeat them. The cause of a
/// transport failure is [`TransportFailure::source`].
impl StdError for Failure {}

impl From<CredentialsFailure> for Failure {
    fn from(failure: CredentialsFailure) -> Self {
        Self::Credentials(Box::new(failure))
    }
}

/// A refusal by the service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceFailure {
    /// The error code.
    pub code: String,
    /// What the service says about it.
    pub message: String,
    /// The ID of the request.
    pub request_id: Option<String>,
    /// The HTTP status; 200 for products that report failure in the body.
    pub status: u16,
    /// The host, as it calls itself.
    pub host: Option<String>,
    /// A page of the service that helps with this error.
    pub recommend: Option<String>,
}

impl fmt::Display for ServiceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request_id = self.request_id.as_deref().unwrap_or("unknown");
        let (code, message, request_id) = (readable(&self.code), readable(&self.message), readable(request_id));
        write!(f, "{code}: {message} (HTTP {}, RequestId {request_id})", self.status)
    }
}

/// A call without an answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportFailure {
    /// How far the call got.
    pub phase: Phase,
    /// The host that was called.
    pub host: String,
    /// What the transport says; its text never holds the query.
    pub source: Box<dyn StdError + Send + Sync>,
}

/// What a call waits for before it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitingFor {
    /// Its turn, under a documented limit of queries per second.
    Turn,
    /// Credentials.
    Credentials,
}

impl fmt::Display for WaitingFor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Turn => "its turn under the documented queries per second",
            Self::Credentials => "credentials",
        })
    }
}

/// How far a call got that has no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// No connection was made, so the service did not see the request.
    Connect,
    /// The TLS handshake failed, for example because the certificate is not trusted. The service did not see the request,
    /// and the call is not retried.
    Tls,
    /// The time limit passed; the service may have acted.
    Timeout,
    /// The connection broke or the answer ended early; the service may have acted.
    Interrupted,
}

impl fmt::Display for TransportFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.phase {
            Phase::Connect => "no connection to",
            Phase::Tls => "no TLS connection to",
            Phase::Timeout => "no answer in time from",
            Phase::Interrupted => "the connection broke before the whole answer came from",
        };
        write!(f, "{what} {}", self.host)?;
        let mut source = Some(self.source.as_ref() as &dyn StdError);
        while let Some(cause) = source {
            write!(f, ": {cause}")?;
            source = cause.source();
        }
        Ok(())
    }
}

/// An answer that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnreadableResponse {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, where there is one.
    pub content_type: Option<String>,
    /// The ID of the request, from the response headers.
    pub request_id: Option<String>,
    /// Why it cannot be read.
    pub reason: String,
    /// The body as text, its first 4,096 characters.
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

/// A text of the service on one line, without what would rule a terminal or change the order of the text around it: control
/// and bidirectional characters stand as their escapes.
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
