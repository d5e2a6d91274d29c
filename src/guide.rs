//! Explains how to use alicloud, with one chapter per topic. The examples are compiled with the tests.
//!
//! | chapter | topics |
//! |---|---|
//! | [`getting_started`] | installation, cargo features, a first call, configuration |
//! | [`any_operation`] | three ways to call any operation of Alibaba Cloud |
//! | [`bundled_operations`] | the products in this crate |
//! | [`credentials`] | the default chain, profiles, roles, custom providers |
//! | [`regions`] | regions, networks, endpoints |
//! | [`connections`] | proxies, TLS, timeouts, custom transports |
//! | [`errors`] | error types, and how to match an error code |
//! | [`retries`] | which calls are retried, backoff, time limits |
//! | [`limits`] | documented rate limits |
//! | [`pagination`] | paginators and waiters |
//! | [`blocking`] | calls from synchronous code |
//! | [`presigned_urls`] | URLs with a signed request, for programs without credentials |
//! | [`observability`] | interceptors, spans, metrics, raw responses |
//! | [`testing`] | the mock transport, and the emulator in a test |
//! | [`least_privilege`] | the RAM policy that a program needs, and how to test it |
//! | [`untyped_calls`] | operations without a spec |
//! | [`adding_operations`] | a spec file, specs in your own crate, editor support |
//! | [`spec_format`] | every key of a spec file |
//! | [`importing`] | specs from official API metadata |
//! | [`transcribing`] | specs from documentation pages |
//! | [`command_line`] | the tool `alicloud` |
//! | [`emulator`] | the local gateway: options, scenarios, admin API |

// Chapters link to files. Markdown uses the first definition of a link, so the definitions here replace those of a chapter.

#[doc = include_str!("guide/getting_started.md")]
pub mod getting_started {}
#[doc = "[adding operations]: crate::guide::adding_operations"]
#[doc = "[bundled operations]: crate::guide::bundled_operations"]
#[doc = "[command line]: crate::guide::command_line"]
#[doc = "[untyped calls]: crate::guide::untyped_calls"]
#[doc = ""]
#[doc = include_str!("guide/any_operation.md")]
pub mod any_operation {}
#[doc = "[any operation]: crate::guide::any_operation"]
#[doc = ""]
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
#[doc = include_str!("guide/presigned_urls.md")]
pub mod presigned_urls {}
#[doc = include_str!("guide/observability.md")]
pub mod observability {}
#[doc = "[emulator]: crate::guide::emulator"]
#[doc = ""]
#[doc = include_str!("guide/testing.md")]
pub mod testing {}
#[doc = "[emulator]: crate::guide::emulator"]
#[doc = ""]
#[doc = include_str!("guide/least_privilege.md")]
pub mod least_privilege {}
#[doc = "[adding operations]: crate::guide::adding_operations"]
#[doc = ""]
#[doc = include_str!("guide/untyped_calls.md")]
pub mod untyped_calls {}
#[doc = "[bundled operations]: crate::guide::bundled_operations"]
#[doc = "[importing]: crate::guide::importing"]
#[doc = "[spec format]: crate::guide::spec_format"]
#[doc = ""]
#[doc = include_str!("guide/adding_operations.md")]
pub mod adding_operations {}
#[doc = "[adding operations]: crate::guide::adding_operations"]
#[doc = ""]
#[doc = include_str!("guide/spec_format.md")]
pub mod spec_format {}
#[doc = include_str!("guide/importing.md")]
pub mod importing {}
#[doc = "[adding operations]: crate::guide::adding_operations"]
#[doc = "[spec format]: crate::guide::spec_format"]
#[doc = ""]
#[doc = include_str!("guide/transcribing.md")]
pub mod transcribing {}
#[doc = "[adding operations]: crate::guide::adding_operations"]
#[doc = "[emulator]: crate::guide::emulator"]
#[doc = "[importing]: crate::guide::importing"]
#[doc = "[least privilege]: crate::guide::least_privilege"]
#[doc = "[transcribing]: crate::guide::transcribing"]
#[doc = ""]
#[doc = include_str!("guide/command_line.md")]
pub mod command_line {}
#[doc = "[least privilege]: crate::guide::least_privilege"]
#[doc = "[testing]: crate::guide::testing"]
#[doc = ""]
#[doc = include_str!("guide/emulator.md")]
pub mod emulator {}
