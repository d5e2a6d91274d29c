//! A loopback Alibaba Cloud gateway that serves operation specs.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use alicloud_emulator::Emulator;
//!
//! let emulator = Emulator::start("specs").await?;
//! // Send calls to `emulator.url()`, signed with `ACCESS_KEY_ID` and `ACCESS_KEY_SECRET`.
//! emulator.fail_next("DeleteActivation", "ActivationId.InUse")?;
//! for call in emulator.calls() {
//!     println!("{} answered {:?}", call.operation, call.outcome.code);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! It checks a call as the real gateway does: version and action, HTTP method, access key, security token, time stamp,
//! nonce, signature (version 1.0, or ACS3-HMAC-SHA256), then the operation's own parameters as its spec describes
//! them, and, where [`Builder::flow_control`] is said, the documented queries per second. A call that passes is answered
//! with the spec's example, or with what [`Emulator::fail_next`] and [`Emulator::respond_next`] have prepared. Refusals carry the real gateway's codes and messages.
//!
//! A browser on this machine gets a page at `/` that documents the operations, calls them and shows the calls.
//!
//! Nothing is stored between calls but used nonces, prepared answers, the list of calls and the things that a [`Scenario`]
//! says exist. Below `/_emulator/` an admin API has all that as JSON, for this machine only.

mod admin;
mod calls;
mod catalog;
mod checks;
mod clock;
mod emulator;
mod gateway;
mod gateway_error;
mod page;
mod parameters;
mod responses;
mod scenario;
mod server;
mod signature;
mod wire;

pub use alicloud_model::{Diagnostic, SourceFile};
pub use calls::call::{Call, CallOutcome};
pub use catalog::bundled_specs::bundled_specs;
pub use catalog::served_product::ServedProduct;
pub use checks::accounts::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Account};
pub use emulator::builder::Builder;
pub use emulator::running::Emulator;
pub use emulator::start_error::StartError;
pub use scenario::scenario_error::ScenarioError;
pub use scenario::scenario_file::Scenario;
pub use scenario::script_error::ScriptError;
pub use scenario::scripted_response::ScriptedResponse;
pub use signature::version::SignatureVersion;
pub use wire::format::Format;
