//! The typed client sends every example of every spec to the emulator that `interop.py` has started.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET};
use alicloud_runtime::Request;
use alicloud_runtime::dynamic::Client;
use alicloud_runtime::{Config, Credentials, SignatureVersion};

alicloud_macros::example_tests!("specs", alicloud, send);

/// Sends a request once with each signature version.
fn send<R: Request + Sync>(request: R, _module: &str, name: &str, _index: usize)
where
    R::Response: std::fmt::Debug,
{
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    for version in [SignatureVersion::V1, SignatureVersion::V3] {
        let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET))
            .fill_client_token(false)
            .signature_version(version)
            .endpoint(endpoint());
        let client = Client::new(R::OPERATION.service, &config).expect("a client");
        runtime.block_on(async {
            client.call(&request).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        });
    }
}

#[expect(clippy::disallowed_methods, reason = "the script that runs this test passes the endpoint in a variable")]
fn endpoint() -> String {
    std::env::var("ALICLOUD_INTEROP_ENDPOINT").expect("tests/interop/run sets ALICLOUD_INTEROP_ENDPOINT")
}
