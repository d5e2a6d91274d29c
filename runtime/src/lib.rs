//! The runtime of `alicloud`. Generated code is linked against it.
//!
//! Generated code contains only data; this crate implements the behavior once for all operations. It validates a call
//! against the operation's documented limits, signs it ([`signature`]) and sends it. The response is decoded into the
//! typed response, or becomes an [`Error`].

// Generated code in this crate refers to the crate by its external name.
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
pub use call::interceptor::{AttemptReport, AttemptToSign, Interceptor};
#[cfg(feature = "limits")]
pub use call::limits::{AdmissionFuture, DocumentedLimits, RateLimit};
pub use call::presigned_url::PresignedUrl;
pub use call::request::Request;
pub use call::retry_policy::RetryPolicy;
pub use call::typed::{Call, CallWithHttpResponse};
pub use call::untyped::{UntypedClient, UntypedRequest};
pub use credentials::access_key::Credentials;
pub use credentials::provider::{CredentialsFuture, ProvideCredentials};
pub use credentials::refreshing::{CredentialsSource, RefreshingProvider};
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
pub use error::failure::{Failure, ServiceFailure, TransportFailure, TransportPhase, UnreadableResponse, WaitingFor};
pub use http_message::{HttpRequest, HttpResponse};
pub use operation::binary::Binary;
pub use operation::description::Method;
pub use operation::json_text::Json;
#[cfg(feature = "limits")]
pub use operation::query_limit::QueryLimit;
pub use operation::violation::Violation;
#[cfg(feature = "pagination")]
pub use paginator::pages::{Items, Pages};
pub use paginator::pagination::Paginated;
pub use request::format::Format;
pub use signature::version::SignatureVersion;
pub use transport::connection_settings::ConnectionSettings;
pub use transport::sending::{ResponseFuture, Transport};
pub use transport::tls::TlsVersion;
pub use waiter::description::Waiter;
#[cfg(feature = "pagination")]
pub use waiter::wait_until::{WaitError, WaitUntil};

/// Operations that are described at run time.
///
/// Generated code describes each operation with an [`Operation`](dynamic::Operation) that is known at compile time. A
/// tool that reads specs at run time can build the same description and call the operation with
/// [`Client::send`](dynamic::Client::send). To call an operation by its names alone, use [`UntypedClient`] instead.
///
/// These types change whenever code generation changes, also in minor releases.
pub mod dynamic {
    pub use crate::call::client::Client;
    pub use crate::call::retry_policy::is_always_retried;
    pub use crate::decoding::body::from_bytes;
    pub use crate::decoding::decode::{BODY, Decode, Entries, Item, Items as ListItems, Slot, named};
    pub use crate::operation::description::{
        Detail, Hosts, Limit, Method, Operation, Outcome, OutcomeField, Parameters, Place, Reporting, ResponseKind,
        Rule, Service, Style,
    };
    pub use crate::operation::input::{Input, Value};
    pub use crate::paginator::pagination::Pagination;
    #[cfg(feature = "pagination")]
    pub use crate::paginator::turning::{PageTurning, Turn};
    pub use crate::signature::prepared_request::PreparedRequest;
}

/// The names that generated code uses. Not part of the API: it changes without notice.
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

    pub use crate::call::config::Config;
    pub use crate::call::error_variants::{debug_variant, variant};
    pub use crate::call::request::Request;
    pub use crate::call::typed::Call;
    pub use crate::decoding::debug::debug;
    pub use crate::dynamic::*;
    pub use crate::error::call_error::Error;
    pub use crate::error::failure::Failure;
    pub use crate::operation::binary::Binary;
    pub use crate::operation::json_text::Json;
    pub use crate::paginator::pagination::Paginated;
    pub use crate::waiter::description::Waiter;

    /// A product that is known at compile time.
    pub type Service = crate::operation::description::Service<'static>;
    /// An operation that is known at compile time.
    pub type Operation = crate::operation::description::Operation<'static>;
}
