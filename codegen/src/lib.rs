//! Emits the Rust of checked alicloud specs.
//!
//! What comes in is checked, so nothing here can fail, and nothing here decides: an operation becomes a request
//! struct, a response type, an error enum and a client method, each as little code as it takes to say what the runtime
//! needs to know. The same specs give the same tokens, byte for byte.
//!
//! All functions are `#[inline]`: of hundreds of operations a program calls a few, and only those are then compiled to
//! machine code, where they are called.

mod client;
mod docs;
mod error_type;
mod example_tests;
mod names;
mod pagination;
mod parameter_table;
mod request;
mod response;
mod shared_types;
mod value_type;
mod waiters;

pub use example_tests::{call_statements, example_tests};

use alicloud_model::Service;
use proc_macro2::TokenStream;
use quote::quote;

use crate::docs::doc;
use crate::names::ident;
use crate::response::Responses;

/// The module of one product: its client, and the types of its operations.
pub fn service(service: &Service) -> TokenStream {
    let module = ident(&service.module);
    let title = format!("{} {}.\n\n{}", service.product, service.version, service.summary);
    let title = doc(&title);
    let client = client::client(service);
    let responses = Responses::of(service);
    let operations = service.operations.iter().map(|operation| {
        let request = request::request(operation);
        let response = responses.response(operation);
        let error = error_type::error_type(operation);
        let pagination = pagination::pagination(operation, &responses);
        let waiters = waiters::waiters(operation);
        quote!(#request #response #error #pagination #waiters)
    });
    let response = responses.shared_type();
    let error = error_type::shared_error_type(service);
    let shared = shared_types::shared_types(service);
    quote! {
        #title
        #[allow(
            dead_code,
            deprecated,
            non_upper_case_globals,
            unreachable_pub,
            clippy::new_without_default,
            clippy::too_many_arguments,
            reason = "the specs decide what there is, and the crate around it what is used"
        )]
        pub mod #module {
            use ::alicloud_runtime::__private as __rt;
            #client
            #response
            #error
            #(#operations)*
            #shared
        }
    }
}
