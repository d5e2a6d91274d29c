//! Checks every example of every spec: the request of the typed client, and the decoded JSON and XML responses.
//!
//! The tests are generated from the specs, so a new spec with an example adds its own test.

use std::path::Path;

use alicloud_runtime::Request;

use crate::exchange;

alicloud_macros::example_tests!("specs", alicloud, check);

fn check<R: Request + Sync>(request: R, module: &str, name: &str, index: usize)
where
    R::Response: std::fmt::Debug,
{
    exchange::check(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/specs")), request, module, name, index);
}
