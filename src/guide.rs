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
//! | [`testing`] | the mock transport and the emulator |
//! | [`blocking`] | calls from code that is not async |
//! | [`operations`] | operations that are not bundled: by a spec, or by name alone |

macro_rules! chapters {
    ($($name:ident $file:literal $feature:literal;)*) => {
        $(
            #[cfg(feature = $feature)]
            #[doc = include_str!($file)]
            pub mod $name {}
        )*
    };
}

#[doc = include_str!("guide/connections.md")]
pub mod connections {}
#[doc = include_str!("guide/retries.md")]
pub mod retries {}
#[doc = include_str!("guide/operations.md")]
pub mod operations {}

chapters! {
    blocking "guide/blocking.md" "blocking";
    credentials "guide/credentials.md" "chain";
    errors "guide/errors.md" "ecs";
    limits "guide/limits.md" "limits";
    observing "guide/observing.md" "tracing";
    pages "guide/pages.md" "pagination";
    regions "guide/regions.md" "ecs";
    testing "guide/testing.md" "test-kit";
}
