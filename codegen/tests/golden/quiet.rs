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
    reason = "the specs decide what there is, and the crate around it what is used"
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
    /// Calls Quiet. Clones share connections.
    #[derive(::core::clone::Clone, ::core::fmt::Debug)]
    pub struct Client(__rt::Client);
    impl Client {
        /** A client with this configuration.

 # Errors

 Where the credentials cannot be used, or there is no endpoint for the region; nothing is sent.*/
        #[inline]
        pub fn new(config: &__rt::Config) -> __rt::Result<Self, __rt::Failure> {
            __rt::Client::new(&SERVICE, config).map(Self)
        }
    }
}
