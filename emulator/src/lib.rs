//! A local Alibaba Cloud API gateway that serves operation specs.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use alicloud_emulator::Emulator;
//!
//! let emulator = Emulator::start("specs").await?;
//! // Send calls to `emulator.url()`, signed with `ACCESS_KEY_ID` and `ACCESS_KEY_SECRET`.
//! emulator.fail_next("DeleteActivation", "ActivationId.InUse")?;
//! for call in emulator.calls() {
//!     println!("{}: {:?}", call.operation, call.outcome.code);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The emulator checks a call as the real gateway does: version and action, HTTP method, access key, security token,
//! time stamp, nonce, signature (version 1.0, or ACS3-HMAC-SHA256), and then the operation's parameters against its
//! spec. An account with a [`Policy`] can only call what its policy allows. With [`Builder::flow_control`], it also enforces the documented queries per second. A call that passes gets
//! the example of the spec, or what [`Emulator::fail_next`] and [`Emulator::respond_next`] have scripted. Errors have
//! the real gateway's codes and messages.
//!
//! A browser on the same machine gets a page at `/` that documents the operations, calls them and shows the calls.
//!
//! The emulator stores only used nonces, scripted responses, the recorded calls, and the resources of a [`Scenario`].
//! An admin API below `/_emulator/` returns all of these as JSON, on the same machine only.
//!
//! The modules, from the bottom up:
//!
//! - `clock` reads the clock, `regular_file` small files. `gateway_error` has the gateway's error codes and messages.
//! - `wire` has requests, responses, and the forms of their bodies. `page` has the files of the page.
//! - `signature` checks signatures. `parameters` reads the parameters of a request.
//! - `catalog` has the operations that are served, `calls` the recorded calls.
//! - `checks` rejects calls, `responses` creates responses, `scenario` has scripted responses.
//! - `gateway` runs the steps of a request. `admin` is the admin API.
//! - `server` accepts connections, and `emulator` starts it.

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
mod regular_file;
mod responses;
mod scenario;
mod server;
mod signature;
mod wire;

pub use alicloud_model::{Diagnostic, SourceFile};
pub use calls::call::{Call, CallOutcome};
pub use catalog::bundled_specs::{bundled_paths, bundled_spec, bundled_specs};
pub use catalog::served_product::ServedProduct;
pub use checks::accounts::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Account};
pub use checks::policy::{Policy, PolicyError};
pub use emulator::builder::Builder;
pub use emulator::running::Emulator;
pub use emulator::start_error::StartError;
pub use gateway_error::gateway_errors;
pub use scenario::scenario_error::ScenarioError;
pub use scenario::scenario_file::Scenario;
pub use scenario::script_error::ScriptError;
pub use scenario::scripted_response::ScriptedResponse;
pub use signature::version::SignatureVersion;
pub use wire::format::Format;
