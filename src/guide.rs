//! Explains how to use alicloud, with one chapter per topic. The examples are compiled with the tests.
//!
//! | chapter | topics |
//! |---|---|
//! | [`getting_started`] | installation, cargo features, a first call, configuration |
//! | [`bundled_operations`] | the operations in this crate |
//! | [`credentials`] | the default chain, profiles, roles, custom providers |
//! | [`regions`] | regions, networks, endpoints |
//! | [`connections`] | proxies, TLS, timeouts, custom transports |
//! | [`errors`] | error types, and how to match an error code |
//! | [`retries`] | which calls are retried, backoff, time limits |
//! | [`limits`] | documented rate limits |
//! | [`pagination`] | paginators and waiters |
//! | [`blocking`] | calls from synchronous code |
//! | [`observability`] | interceptors, spans, metrics, raw responses |
//! | [`testing`] | the mock transport, and the emulator in a test |
//! | [`untyped_calls`] | operations without a spec |
//! | [`adding_operations`] | a spec file, specs in your own crate, editor support |
//! | [`spec_format`] | every key of a spec file |
//! | [`importing`] | specs from official API metadata |
//! | [`command_line`] | the tool `alicloud` |
//! | [`emulator`] | the local gateway: options, scenarios, admin API |

#[doc = include_str!("guide/getting_started.md")]
pub mod getting_started {}
#[doc = include_str!("guide/bundled_operations.md")]
pub mod bundled_operations {}
#[doc = include_str!("guide/credentials.md")]
pub mod credentials {}
#[doc = include_str!("guide/regions.md")]
pub mod regions {}
#[doc = include_str!("guide/connections.md")]
pub mod connections {}
#[doc = include_str!("guide/errors.md")]
pub mod errors {}
#[doc = include_str!("guide/retries.md")]
pub mod retries {}
#[doc = include_str!("guide/limits.md")]
pub mod limits {}
#[doc = include_str!("guide/pagination.md")]
pub mod pagination {}
#[doc = include_str!("guide/blocking.md")]
pub mod blocking {}
#[doc = include_str!("guide/observability.md")]
pub mod observability {}
#[doc = include_str!("guide/testing.md")]
pub mod testing {}
#[doc = include_str!("guide/untyped_calls.md")]
pub mod untyped_calls {}
#[doc = include_str!("guide/adding_operations.md")]
pub mod adding_operations {}
#[doc = include_str!("guide/spec_format.md")]
pub mod spec_format {}
#[doc = include_str!("guide/importing.md")]
pub mod importing {}
#[doc = include_str!("guide/command_line.md")]
pub mod command_line {}
#[doc = include_str!("guide/emulator.md")]
pub mod emulator {}
