//! Emits the Rust of checked alicloud specs.
//!
//! What comes in is checked, so nothing here can fail, and nothing here decides: an operation becomes a request
//! struct, a response type, an error enum and a client method, each as little code as it takes to say what the runtime
//! needs to know. The same specs give the same code, byte for byte.
//!
//! It is written as text, not as tokens: the macro runs unoptimised in the builds of most users, where a token costs several
//! times what its letters do, and text can be written by several threads.
//!
//! All functions are `#[inline]`: of hundreds of operations a program calls a few, and only those are then compiled to
//! machine code, where they are called.

mod client;
mod docs;
mod error_type;
mod example_tests;
mod literal;
mod pagination;
mod parameter_table;
mod request;
mod response;
mod shared_types;
mod threads;
mod value_type;
mod waiters;
mod written_types;

pub use example_tests::{call_statements, example_tests};

use alicloud_model::{Operation, Service};

use crate::docs::doc;
use crate::response::Responses;
use crate::written_types::WrittenTypes;

/// The module of one product: its client, and the types of its operations.
pub fn service(service: &Service) -> String {
    let module = &service.module;
    let title = doc(&format!("{} {}.\n\n{}", service.product, service.version, service.summary));
    let client = client::client(service);
    let responses = Responses::of(service);
    let operations = threads::write_each(&service.operations, |one| operation(one, &responses));
    let shared = shared(service, &responses);
    format!(
        r#"{title}
        #[allow(
            dead_code,
            deprecated,
            non_upper_case_globals,
            unreachable_pub,
            unused_imports,
            clippy::new_without_default,
            clippy::too_many_arguments,
            rustdoc::all,
            reason = "the specs decide what there is, and the crate around it what is used"
        )]
        pub mod {module} {{
            use ::alicloud_runtime::__private as __rt;
            {client}{operations}{shared}
        }}
        "#
    )
}

/// The types of one operation, in a module that is called as its method.
fn operation(operation: &Operation, responses: &Responses<'_>) -> String {
    let mut types = WrittenTypes::default();
    request::request(operation, responses.service(), &mut types);
    responses.response(operation, &mut types);
    error_type::error_type(operation, &mut types);
    types.add_impls(&pagination::pagination(operation, responses).unwrap_or_default());
    types.add_impls(&waiters::waiters(operation));
    types.module(&operation.method_name)
}

/// What operations share: the types of those that answer or document nothing of their own, and of `types.yaml` those that
/// they use.
fn shared(service: &Service, responses: &Responses<'_>) -> String {
    let mut types = WrittenTypes::default();
    responses.shared_type(&mut types);
    error_type::shared_error_type(service, &mut types);
    for shared in shared_types::in_requests(service) {
        request::shared(shared, &mut types);
    }
    for shared in shared_types::in_responses(service) {
        response::shared(service, shared, &mut types);
    }
    types.module(shared_types::MODULE)
}
