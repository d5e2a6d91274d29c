/// Roa 2016-01-01.
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
pub mod roa_v20160101 {
    use ::alicloud_runtime::__private as __rt;
    static SERVICE: __rt::Service = __rt::Service {
        product: "Roa",
        version: "2016-01-01",
        public: __rt::Hosts::NONE,
        vpc: __rt::Hosts::NONE,
        outcome: __rt::Option::None,
        retried: &[],
        gateway: __rt::Option::Some("SLS"),
    };
    /// A client for Roa. Clones share connections.
    #[derive(::core::clone::Clone, ::core::fmt::Debug)]
    pub struct Client(__rt::Client);
    impl Client {
        /** Creates a client with the given configuration. Sends nothing.

 # Errors

 Returns an error if the credentials cannot be used or the region has no endpoint.*/
        #[inline]
        pub fn new(config: &__rt::Config) -> __rt::Result<Self, __rt::Failure> {
            __rt::Client::new(&SERVICE, config).map(Self)
        }
        /** An RPC operation among others.

 ```rs
 let request = CallByNameRequest::new();
 let response = client.call_by_name(&request).await?;
 ```

 See [`CallByNameRequest`] for the parameters and [`CallByNameError`] for the errors.*/
        #[inline]
        pub fn call_by_name<'a>(
            &'a self,
            request: &'a CallByNameRequest,
        ) -> __rt::Call<'a, CallByNameRequest> {
            self.0.call(request)
        }
    }
    mod call_by_name {
        use super::__rt;
        /// An RPC operation among others.
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct CallByNameRequest(__rt::Input);
        impl CallByNameRequest {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
        }
        impl __rt::Request for CallByNameRequest {
            type Response = CallByNameResponse;
            type Error = CallByNameError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::new(
                    &super::SERVICE,
                    "CallByName",
                    __rt::Method::Get,
                    __rt::Parameters::new(0, &[]),
                )
                .response_kind(__rt::ResponseKind::Whole);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(_: usize, _: &str) -> CallByNameError {
                CallByNameError::Other
            }
        }
        impl ::core::fmt::Debug for CallByNameRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`CallByNameRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct CallByNameResponse {
            /// The whole body.
            pub body: __rt::String,
        }
        impl ::core::fmt::Debug for CallByNameResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("CallByNameResponse", self, f)
            }
        }
        impl __rt::Decode for CallByNameResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("body:", __rt::Slot::Text(&mut self.body)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`CallByNameRequest`].
        pub type CallByNameError = super::ServiceError;
    }
    pub use self::call_by_name::{CallByNameRequest, CallByNameResponse, CallByNameError};
    mod __shared {
        use super::__rt;
        /// Errors of operations that document none of their own.
        #[derive(::core::fmt::Debug)]
        #[non_exhaustive]
        pub enum ServiceError {
            /// Any other error code, such as one of the gateway.
            Other,
        }
    }
    pub use self::__shared::ServiceError;
}
