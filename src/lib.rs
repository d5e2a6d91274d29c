#![doc = include_str!("../README.md")]

pub mod guide;

alicloud_macros::generate!("specs");

#[cfg(feature = "test-kit")]
pub use alicloud_runtime::test_kit;
#[cfg(feature = "limits")]
pub use alicloud_runtime::{Admitting, DocumentedLimits, QueryLimit, RateLimit};
#[cfg(feature = "chain")]
pub use alicloud_runtime::{
    AssumeRole, AssumeRoleWithOidc, CliProfile, CredentialsUri, DefaultCredentials, EcsRamRole, ProfileFile,
};
pub use alicloud_runtime::{
    AttemptReport, AttemptToSign, Binary, Call, CallWithAnswer, Config, Credentials, CredentialsFailure, Error,
    Failure, Format, HttpRequest, HttpResponse, Intercept, Json, Method, Network, Phase, ProvideCredentials, Providing,
    Refreshing, Retries, Sending, ServiceFailure, SignatureVersion, Source, TlsVersion, Transport, TransportFailure,
    UnreadableResponse, UntypedClient, UntypedRequest, Violation, WaitingFor, signature,
};
#[cfg(feature = "pagination")]
pub use alicloud_runtime::{Items, Pages, WaitError, Waiter, Waiting};
