//! A product for tests: its service, requests declared in one line, and a response with only a RequestId.

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
pub(crate) struct RequestIdOnly {
    pub(crate) request_id: String,
}

impl Decode for RequestIdOnly {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("RequestId", Slot::Text(&mut self.request_id)),
            _ => ("", Slot::Skip),
        }
    }
}

/// Declares a request of this operation. Its response is [`RequestIdOnly`].
macro_rules! request {
    ($name:ident, $operation:expr) => {
        struct $name(alicloud_runtime::dynamic::Input);

        impl alicloud_runtime::Request for $name {
            type Response = $crate::test_service::RequestIdOnly;
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
