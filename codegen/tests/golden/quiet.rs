/// Quiet 2021-02-03.
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
pub mod quiet {
    use ::alicloud_runtime::__private as __rt;
    static SERVICE: __rt::Service = __rt::Service {
        product: "Quiet",
        version: "2021-02-03",
        public: __rt::Hosts {
            host: "quiet.aliyuncs.com",
            regions: &[],
            exceptions: &[],
        },
        vpc: __rt::Hosts::NONE,
        outcome: __rt::Option::None,
        retried: &[],
        gateway: __rt::Option::None,
    };
    /// A client for Quiet. Clones share connections.
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
    }
}
