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
//! with the spec's example, or with what [`Emulator::fail_next`] and [`Emulator::answer_next`] have prepared. Refusals carry the real gateway's codes and messages.
//!
//! A browser on this machine gets a page at `/` that documents the operations, calls them and shows the calls.
//!
//! Nothing is stored between calls but used nonces, prepared answers, the list of calls and the things that a [`Scenario`]
//! says exist. Below `/_emulator/` an admin API has all that as JSON, for this machine only.

mod accounts;
mod admin;
mod answering;
mod bundled_specs;
mod calls;
mod catalog;
mod clock;
mod common_parameters;
mod emulator;
mod envelope;
mod error;
mod flow_control;
mod gateway;
mod good_answer;
mod json_path;
mod laying_out;
mod nonces;
mod operation_description;
mod own_calls;
mod page;
mod paging;
mod parameters;
mod path_template;
mod refusal;
mod requirements;
mod resources;
mod rust_code;
mod scenario;
mod script;
mod server;
mod signature;
mod structure;
mod synthesis;
mod xml;

pub use accounts::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Account};
pub use alicloud_model::{Diagnostic, SourceFile};
pub use bundled_specs::bundled_specs;
pub use calls::{Call, CallOutcome, Format, SignatureVersion};
pub use catalog::ServedProduct;
pub use emulator::{Builder, Emulator};
pub use error::{ScriptError, StartError};
pub use scenario::{Scenario, ScenarioError};
pub use script::Answer;
