#![doc = include_str!("../README.md")]

alicloud_macros::generate!("specs");

#[cfg(feature = "limits")]
pub use alicloud_runtime::{Admitting, DocumentedLimits, QueryLimit, RateLimit};
#[cfg(feature = "chain")]
pub use alicloud_runtime::{
    AssumeRole, AssumeRoleWithOidc, CliProfile, CredentialsUri, DefaultCredentials, EcsRamRole, ProfileFile,
};
pub use alicloud_runtime::{
    Binary, Call, CallWithAnswer, Config, Credentials, CredentialsFailure, Error, Failure, Format, HttpRequest,
    HttpResponse, Json, Phase, ProvideCredentials, Providing, Refreshing, Retries, Sending, ServiceFailure,
    SignatureVersion, Source, Transport, TransportFailure, UnreadableResponse, Violation, signature,
};
#[cfg(feature = "pagination")]
pub use alicloud_runtime::{Items, Pages, WaitError, Waiter, Waiting};
