//! Reads and checks alicloud operation specs.
//!
//! A spec file transcribes one documented operation. [`load_dir`] reads a folder of them and gives the checked
//! [`Service`]s, from which code can be generated without any further question, and a [`Diagnostic`] with file, line
//! and column for each mistake. A mistake costs the operation it is in; the others are there all the same.

mod base64;
mod diagnostic;
mod error_reading;
mod example;
mod field_reading;
mod load;
pub mod naming;
mod nearest;
mod operation;
mod operation_reading;
mod outcome_reading;
mod pagination_reading;
mod placement;
mod reader;
mod sample_reading;
pub mod sample_xml;
mod schema;
mod sensitive_name;
mod service;
mod service_reading;
mod shared_type_reading;
mod synonyms;
mod types;
mod waiter_reading;
mod warnings;
mod yaml;

pub use self::base64::decode_base64;
pub use diagnostic::{Code, Diagnostic};
pub use field_reading::COMMON_PARAMETERS;
pub use load::{Loaded, SourceFile, load_dir, load_sources};
pub use nearest::{near, nearest};
pub use operation::{
    ApiStyle, Effect, ErrorRow, ErrorVariant, Example, FlowLimit, FlowScope, Method, Operation, Pagination, Parameter,
    Position, Ram, Rule, Sample, Style, TokenPages, Turning, Waiter, WaitsFor,
};
pub use sample_reading::SampleReading;
pub use schema::json_schema;
pub use sensitive_name::is_sensitive_name;
pub use service::{Endpoints, Hosts, Outcome, OutcomeField, Service};
pub use types::{Bounds, Field, Length, LengthUnit, Limits, Object, Range, SharedName, SharedType, SharedTypes, Type};
pub use warnings::find_warnings;
