//! The runtime of `alicloud`: what generated code is linked against.
//!
//! Generated code is data; everything that happens, happens here, once. A call is validated against the operation's
//! documented limits, signed ([`signature`]), sent, and its answer read into the typed response or told as an
//! [`Error`].

// Generated code names this crate as its users do.
#[cfg(feature = "chain")]
extern crate self as alicloud_runtime;

mod addressing;
mod attempts;
mod binary;
#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod client;
mod clock;
mod config;
mod credentials;
mod decode;
mod endpoint;
mod environment;
mod error_variants;
mod failure;
#[cfg(feature = "chain")]
mod generated;
mod http_client;
mod input;
mod intercept;
mod json_text;
mod json_writing;
#[cfg(feature = "limits")]
mod limits;
mod long_query;
mod operation;
mod outgoing;
#[cfg(feature = "pagination")]
mod pages;
mod pagination;
mod percent;
mod redaction;
mod reply;
mod request_body;
mod retries;
pub mod signature;
#[cfg(feature = "tracing")]
mod spans;
#[cfg(feature = "test-kit")]
pub mod test_kit;
mod timestamp;
mod tls;
mod transport;
mod untyped;
mod validation;
mod waiter;
#[cfg(feature = "pagination")]
mod waiting;
mod wire_parameters;

pub use binary::Binary;
pub use call::{Call, CallWithAnswer};
pub use config::{Config, Format, SignatureVersion};
#[cfg(feature = "chain")]
pub use credentials::{
    AssumeRole, AssumeRoleWithOidc, CliProfile, CredentialsUri, DefaultCredentials, EcsRamRole, ProfileFile,
};
pub use credentials::{Credentials, CredentialsFailure, ProvideCredentials, Providing, Refreshing, Source};
pub use endpoint::Network;
pub use failure::{Error, Failure, Phase, ServiceFailure, TransportFailure, UnreadableResponse, WaitingFor};
pub use intercept::{AttemptReport, AttemptToSign, Intercept};
pub use json_text::Json;
#[cfg(feature = "limits")]
pub use limits::{Admitting, DocumentedLimits, QueryLimit, RateLimit};
pub use operation::Method;
#[cfg(feature = "pagination")]
pub use pages::{Items, Pages};
pub use retries::Retries;
pub use tls::TlsVersion;
pub use transport::{HttpRequest, HttpResponse, Sending, Transport};
pub use untyped::{UntypedClient, UntypedRequest};
pub use validation::Violation;
#[cfg(feature = "pagination")]
pub use waiter::Waiter;
#[cfg(feature = "pagination")]
pub use waiting::{WaitError, Waiting};

/// What generated code names. Not for other use: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use std::boxed::Box;
    pub use std::collections::BTreeMap;
    pub use std::convert::{From, Into};
    pub use std::iter::IntoIterator;
    pub use std::option::Option;
    pub use std::result::Result;
    pub use std::string::String;
    pub use std::vec::Vec;

    pub use crate::binary::Binary;
    pub use crate::call::{Call, Request};
    pub use crate::client::Client;
    pub use crate::config::Config;
    pub use crate::decode::{BODY, Decode, Slot, debug, from_bytes, named};
    pub use crate::error_variants::{debug_variant, variant};
    pub use crate::failure::{Error, Failure};
    pub use crate::input::{Input, Value};
    pub use crate::json_text::Json;
    pub use crate::operation::{
        Answer, Detail, Hosts, Limit, Method, Outcome, OutcomeField, Parameters, Place, Reporting, Rule, Style,
    };
    pub use crate::outgoing::Outgoing;
    pub use crate::pagination::{Paginated, Pagination};
    pub use crate::waiter::Waiter;

    /// A product that is known when the program is compiled.
    pub type Service = crate::operation::Service<'static>;
    /// An operation that is known when the program is compiled.
    pub type Operation = crate::operation::Operation<'static>;
}
