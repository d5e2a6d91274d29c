//! A product for tests: its service, requests that are declared in a line, and an answer with nothing but a RequestId.

#![allow(dead_code, unused_imports, unused_macros, reason = "which parts are used depends on the features")]

use alicloud_runtime::dynamic::{Decode, Hosts, Service, Slot};

pub(crate) static SERVICE: Service<'static> = Service {
    product: "Test",
    version: "2020-01-01",
    public: Hosts::NONE,
    vpc: Hosts::NONE,
    outcome: None,
    retried: &[],
    gateway: None,
};

#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) request_id: String,
}

impl Decode for Answer {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("RequestId", Slot::Text(&mut self.request_id)),
            _ => ("", Slot::Skip),
        }
    }
}

/// A request of this operation, which is answered with an [`Answer`].
macro_rules! request {
    ($name:ident, $operation:expr) => {
        struct $name(alicloud_runtime::dynamic::Input);

        impl alicloud_runtime::Request for $name {
            type Response = $crate::test_service::Answer;
            type Error = ();
            const OPERATION: &'static alicloud_runtime::dynamic::Operation<'static> = &$operation;
            fn input(&self) -> &alicloud_runtime::dynamic::Input {
                &self.0
            }
            fn error(_: usize, _: &str) {}
        }
    };
}

pub(crate) use request;
