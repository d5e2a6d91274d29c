//! The runtime of `alicloud`: what generated code is linked against.
//!
//! Generated code is data; the behavior is here, once. A call is validated against the operation's documented limits,
//! signed ([`signature`]) and sent. Its response is decoded into the typed response, or becomes an [`Error`].

// Generated code names this crate as its users do.
#[cfg(feature = "chain")]
extern crate self as alicloud_runtime;

#[cfg(feature = "blocking")]
mod blocking;
mod call;
mod credentials;
#[cfg(feature = "chain")]
mod credentials_chain;
mod decoding;
mod endpoint;
mod error;
mod http_message;
mod operation;
mod paginator;
mod request;
mod response;
pub mod signature;
mod system;
#[cfg(feature = "test-kit")]
pub mod test_kit;
mod transport;
mod waiter;

pub use call::config::Config;
pub use call::interceptor::{AttemptReport, AttemptToSign, Intercept};
#[cfg(feature = "limits")]
pub use call::limits::{Admitting, DocumentedLimits, RateLimit};
pub use call::retries::Retries;
pub use call::typed::{Call, CallWithAnswer};
pub use call::untyped::{UntypedClient, UntypedRequest};
pub use credentials::access_key::Credentials;
pub use credentials::provider::{ProvideCredentials, Providing};
pub use credentials::refreshing::{Refreshing, Source};
#[cfg(feature = "chain")]
pub use credentials_chain::cli_profile::CliProfile;
#[cfg(feature = "chain")]
pub use credentials_chain::credentials_uri::CredentialsUri;
#[cfg(feature = "chain")]
pub use credentials_chain::default_credentials::DefaultCredentials;
#[cfg(feature = "chain")]
pub use credentials_chain::ecs_ram_role::EcsRamRole;
#[cfg(feature = "chain")]
pub use credentials_chain::profile_file::ProfileFile;
#[cfg(feature = "chain")]
pub use credentials_chain::role_session::{AssumeRole, AssumeRoleWithOidc};
pub use endpoint::Network;
pub use error::call_error::Error;
pub use error::credentials_failure::CredentialsFailure;
pub use error::failure::{Failure, Phase, ServiceFailure, TransportFailure, UnreadableResponse, WaitingFor};
pub use http_message::{HttpRequest, HttpResponse};
pub use operation::binary::Binary;
pub use operation::description::Method;
pub use operation::json_text::Json;
#[cfg(feature = "limits")]
pub use operation::query_limit::QueryLimit;
pub use operation::violation::Violation;
#[cfg(feature = "pagination")]
pub use paginator::pages::{Items, Pages};
pub use request::format::Format;
pub use signature::version::SignatureVersion;
pub use transport::sending::{Sending, Transport};
pub use transport::tls::TlsVersion;
#[cfg(feature = "pagination")]
pub use waiter::description::Waiter;
#[cfg(feature = "pagination")]
pub use waiter::waiting::{WaitError, Waiting};

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

    pub use crate::call::client::Client;
    pub use crate::call::config::Config;
    pub use crate::call::error_variants::{debug_variant, variant};
    pub use crate::call::request::Request;
    pub use crate::call::retries::is_always_retried;
    pub use crate::call::typed::Call;
    pub use crate::decoding::body::from_bytes;
    pub use crate::decoding::debug::debug;
    pub use crate::decoding::decode::{BODY, Decode, Slot, named};
    pub use crate::error::call_error::Error;
    pub use crate::error::failure::Failure;
    pub use crate::operation::binary::Binary;
    pub use crate::operation::description::{
        Answer, Detail, Hosts, Limit, Method, Outcome, OutcomeField, Parameters, Place, Reporting, Rule, Style,
    };
    pub use crate::operation::input::{Input, Value};
    pub use crate::operation::json_text::Json;
    pub use crate::paginator::pagination::{Paginated, Pagination};
    #[cfg(feature = "pagination")]
    pub use crate::paginator::turning::{PageTurning, Turn};
    pub use crate::signature::signed_request::Outgoing;
    pub use crate::waiter::description::Waiter;

    /// A product that is known when the program is compiled.
    pub type Service = crate::operation::description::Service<'static>;
    /// An operation that is known when the program is compiled.
    pub type Operation = crate::operation::description::Operation<'static>;
}
