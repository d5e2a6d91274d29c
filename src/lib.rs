// README links to files. Markdown uses the first definition of a link, so these replace them in the documentation.
//! [adding operations]: crate::guide::adding_operations
//! [any operation]: crate::guide::any_operation
//! [blocking]: crate::guide::blocking
//! [bundled operations]: crate::guide::bundled_operations
//! [command line]: crate::guide::command_line
//! [connections]: crate::guide::connections
//! [credentials]: crate::guide::credentials
//! [emulator]: crate::guide::emulator
//! [errors]: crate::guide::errors
//! [getting started]: crate::guide::getting_started
//! [importing]: crate::guide::importing
//! [least privilege]: crate::guide::least_privilege
//! [limits]: crate::guide::limits
//! [observability]: crate::guide::observability
//! [presigned URLs]: crate::guide::presigned_urls
//! [pagination]: crate::guide::pagination
//! [regions]: crate::guide::regions
//! [retries]: crate::guide::retries
//! [spec format]: crate::guide::spec_format
//! [testing]: crate::guide::testing
//! [transcribing]: crate::guide::transcribing
//! [untyped calls]: crate::guide::untyped_calls
//!
#![doc = include_str!("../README.md")]

pub mod guide;

alicloud_macros::generate!("specs");

#[cfg(feature = "test-kit")]
pub use alicloud_runtime::test_kit;
#[cfg(feature = "limits")]
pub use alicloud_runtime::{AdmissionFuture, DocumentedLimits, QueryLimit, RateLimit};
#[cfg(feature = "chain")]
pub use alicloud_runtime::{
    AssumeRole, AssumeRoleWithOidc, CliProfile, CredentialsUri, DefaultCredentials, EcsRamRole, ProfileFile,
};
pub use alicloud_runtime::{
    AttemptReport, AttemptToSign, Binary, Call, CallWithHttpResponse, Config, ConnectionSettings, Credentials,
    CredentialsFailure, CredentialsFuture, CredentialsSource, Error, Failure, Format, HttpRequest, HttpResponse,
    Interceptor, Json, Method, Network, PresignedUrl, ProvideCredentials, RefreshingProvider, Request, ResponseFuture,
    RetryPolicy, ServiceFailure, SignatureVersion, TlsVersion, Transport, TransportFailure, TransportPhase,
    UnreadableResponse, UntypedClient, UntypedRequest, Violation, WaitingFor, signature,
};
#[cfg(feature = "pagination")]
pub use alicloud_runtime::{Items, Pages, Paginated, WaitError, WaitUntil, Waiter};
