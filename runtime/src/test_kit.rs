//! A mock transport for the tests of programs that use the SDK. It responds by rules, without a network.
//!
//! A [`MockTransport`] replaces HTTP. The rest of a call is unchanged: the request is validated, signed and counted
//! against limits, failures are retried if that is safe, and the response is decoded. Providers that fetch credentials
//! have their own connections, so use [`Credentials`](crate::Credentials) in tests.
//!
//! ```
//! # use alicloud_runtime::dynamic::{Client, Decode, Hosts, Input, Operation, Parameters, Service, Slot};
//! # use alicloud_runtime::{Method, Request};
//! # static SERVICE: Service<'static> = Service {
//! #     product: "Iot", version: "2018-01-20", public: Hosts { host: "iot.aliyuncs.com", ..Hosts::NONE },
//! #     vpc: Hosts::NONE, outcome: None, retried: &[],
//! #     gateway: None,
//! # };
//! # struct ResetThingRequest(Input);
//! # #[derive(Debug, Default)]
//! # struct ResetThingResponse { request_id: String }
//! # impl Decode for ResetThingResponse {
//! #     fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
//! #         if index == 0 { ("RequestId", Slot::Text(&mut self.request_id)) } else { ("", Slot::Skip) }
//! #     }
//! # }
//! # impl Request for ResetThingRequest {
//! #     type Response = ResetThingResponse;
//! #     type Error = ();
//! #     const OPERATION: &'static Operation<'static> =
//! #         &Operation::new(&SERVICE, "ResetThing", Method::Post, Parameters::new(0, &["IotId"]));
//! #     fn input(&self) -> &Input { &self.0 }
//! #     fn error(_: usize, _: &str) {}
//! # }
//! use std::time::Duration;
//! use alicloud_runtime::{Config, Credentials, RetryPolicy};
//! use alicloud_runtime::test_kit::MockTransport;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let mock = MockTransport::new();
//! let mut reset = ResetThingResponse::default();
//! reset.request_id = "R".to_owned();
//! let rule = mock
//!     .on::<ResetThingRequest>()
//!     .when(|call| call.parameter("IotId") == Some("x"))
//!     .error(400, "Throttling.User", "Request was denied due to user flow control.")
//!     .times(2)
//!     .respond(reset);
//!
//! let config = Config::new(Credentials::new("id", "secret"))
//!     .retry_policy(RetryPolicy::new().max_delay(Duration::ZERO))
//!     .transport(mock.clone());
//! # let client = Client::new(&SERVICE, &config)?;
//! # let request = ResetThingRequest(Input::new().text(0, "x"));
//! # let response = client.call(&request).await?;
//! // … the code under test calls `reset_thing` …
//! # assert_eq!(response.request_id, "R");
//! assert_eq!(rule.calls().len(), 3);
//! # Ok(())
//! # })
//! # }
//! ```
//!
//! To test against a gateway that checks signatures and parameters, and has sample responses for all operations, start
//! the emulator, `alicloud-emulator`, and set its address with [`Config::endpoint`](crate::Config::endpoint).

mod call;
mod gateway_codes;
mod registered_rule;
mod rule;
mod scripted_response;
mod transport;

pub use call::MockCall;
pub use rule::MockRule;
pub use transport::MockTransport;
