//! The guide: one chapter a theme, whose code is compiled with the tests.
//!
//! | chapter | about |
//! |---|---|
//! | [`credentials`] | where they come from, and how those that end are renewed |
//! | [`regions`] | regions, networks, endpoints |
//! | [`errors`] | what can go wrong, and how to match it |
//! | [`retries`] | what is made again, and what never is |
//! | [`limits`] | documented queries per second |
//! | [`pages`] | lists in pages, and waiting for a state |
//! | [`connections`] | proxies, TLS, time limits, other transports |
//! | [`observing`] | interceptors, spans, metrics |
//! | [`testing`] | the mock transport, and the emulator in a test |
//! | [`emulator`] | the local gateway: options, scenarios, its API |
//! | [`blocking`] | calls from code that is not async |
//! | [`operations`] | operations that are not bundled: by a spec, or by name alone |

#[doc = include_str!("guide/credentials.md")]
pub mod credentials {}
#[doc = include_str!("guide/regions.md")]
pub mod regions {}
#[doc = include_str!("guide/errors.md")]
pub mod errors {}
#[doc = include_str!("guide/retries.md")]
pub mod retries {}
#[doc = include_str!("guide/limits.md")]
pub mod limits {}
#[doc = include_str!("guide/pages.md")]
pub mod pages {}
#[doc = include_str!("guide/connections.md")]
pub mod connections {}
#[doc = include_str!("guide/observing.md")]
pub mod observing {}
#[doc = include_str!("guide/testing.md")]
pub mod testing {}
#[doc = include_str!("guide/emulator.md")]
pub mod emulator {}
#[doc = include_str!("guide/blocking.md")]
pub mod blocking {}
#[doc = include_str!("guide/operations.md")]
pub mod operations {}
