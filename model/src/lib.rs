//! Reads and checks alicloud operation specs.
//!
//! A spec file describes one documented operation. [`load_dir`] reads a folder of them. It returns the checked
//! [`Service`]s, which are ready for code generation, and a [`Diagnostic`] with file, line and column for each error.
//! An operation with an error is omitted; the others are still returned.
//!
//! The files, from the bottom up:
//!
//! - `naming`, `nearest`, `base64`, `sensitive_name` and `files` do not depend on the spec format.
//! - `spec` describes a spec: operations, parameters, types, and the words of the format.
//! - `diagnostics` reports errors.
//! - `reading` reads the YAML of one file and checks it.
//! - `samples` reads values and sample messages that do not come from YAML.
//! - `load` reads all files of a folder, `warnings` finds suspicious specs, `schema` writes the format as a JSON
//!   Schema.

mod base64;
mod diagnostics;
mod files;
mod load;
pub mod naming;
mod nearest;
mod reading;
mod samples;
mod schema;
mod sensitive_name;
mod spec;
mod warnings;

pub use self::base64::decode_base64;
pub use diagnostics::diagnostic::{Code, Diagnostic};
pub use load::{Loaded, SourceFile, load_dir, load_sources};
pub use nearest::{near, nearest};
pub use samples::values::SampleReading;
pub use samples::xml as sample_xml;
pub use schema::json_schema;
pub use sensitive_name::is_sensitive_name;
pub use spec::api_style::ApiStyle;
pub use spec::common_parameters::COMMON_PARAMETERS;
pub use spec::errors::{ErrorRow, ErrorVariant};
pub use spec::examples::{Example, Sample};
pub use spec::limits::{Bounds, Length, LengthUnit, Limits, OutOfLimits, Range};
pub use spec::method::Method;
pub use spec::operation::{Effect, FlowLimit, FlowScope, Operation, Ram, ResponseKind};
pub use spec::outcome::{Outcome, OutcomeField};
pub use spec::pagination::{Pagination, PaginationKind, TokenPages, Turning};
pub use spec::parameters::{FormAs, Parameter, Position, Rule, Style};
pub use spec::ram_action::RamAction;
pub use spec::service::{Endpoints, Hosts, Service};
pub use spec::types::{Field, Object, SharedName, SharedType, SharedTypes, Type};
pub use spec::waiters::{Waiter, WaitsFor};
pub use warnings::find_warnings;
