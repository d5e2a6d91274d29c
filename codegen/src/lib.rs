//! Generates Rust code from checked alicloud specs.
//!
//! The specs are already checked, so code generation cannot fail. Each operation becomes a request struct, a response
//! type, an error enum and a client method, with as little code as the runtime needs. The same specs generate the same
//! code, byte for byte.
//!
//! The code is written as text, not as tokens: in most builds, the macro runs unoptimised, and creating a token takes
//! several times as long as writing its characters. Text can also be written on several threads.
//!
//! All functions are `#[inline]`: of hundreds of operations, a program calls a few, and only those are compiled to
//! machine code.

mod client;
mod docs;
mod error_type;
mod example_tests;
mod literal;
mod pagination;
mod parameter_table;
mod request;
mod response;
mod sample_code;
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

/// Generates the module of one product: its client and the types of its operations.
pub fn service(service: &Service) -> String {
    let module = &service.module;
    let title = doc(&format!("{} {}.\n\n{}", service.product, service.version, service.summary));
    let client = client::client(service);
    let types = types(service);
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
            reason = "the code is generated from specs, and the crate uses some of it"
        )]
        pub mod {module} {{
            use ::alicloud_runtime::__private as __rt;
            {client}{types}
        }}
        "#
    )
}

/// Generates the methods and the types of a product's operations, without the client and the hosts of the product. It
/// is a part of what [`service`] generates, to be read, not compiled.
pub fn operations(service: &Service) -> String {
    format!("impl Client {{ {} }}\n{}", client::methods(service), types(service))
}

/// Writes the types of all operations, and those that they share.
fn types(service: &Service) -> String {
    let responses = Responses::of(service);
    threads::write_each(&service.operations, |one| operation(one, &responses)) + &shared(service, &responses)
}

/// Writes the types of one operation, in a module with the name of its method.
fn operation(operation: &Operation, responses: &Responses<'_>) -> String {
    let mut types = WrittenTypes::default();
    request::request(operation, responses.service(), &mut types);
    responses.response(operation, &mut types);
    error_type::error_type(operation, &mut types);
    types.add_impls(&pagination::pagination(operation, responses).unwrap_or_default());
    types.add_impls(&waiters::waiters(operation));
    types.module(&operation.method_name)
}

/// Writes the types that operations share: the response and the error of operations without their own, and the types of
/// `types.yaml` that are used.
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
