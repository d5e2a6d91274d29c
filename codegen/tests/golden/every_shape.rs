/** EveryShape 2020-01-01.

 A product with everything that the format can say.*/
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
pub mod every_shape {
    use ::alicloud_runtime::__private as __rt;
    static SERVICE: __rt::Service = __rt::Service {
        product: "EveryShape",
        version: "2020-01-01",
        public: __rt::Hosts {
            host: "every.{region}.aliyuncs.com",
            regions: &["cn-hangzhou", "cn-shanghai"],
            exceptions: &[("cn-hangzhou-finance", "every.aliyuncs.com")],
        },
        vpc: __rt::Hosts {
            host: "every-vpc.{region}.aliyuncs.com",
            regions: &["cn-hangzhou"],
            exceptions: &[],
        },
        outcome: __rt::Option::Some(__rt::Outcome {
            success: __rt::OutcomeField::at("Success"),
            code: __rt::OutcomeField::at("Code"),
            message: "ErrorMessage",
        }),
        retried: &[],
        gateway: __rt::Option::None,
    };
    /// A client for EveryShape. Clones share connections.
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
        /** Takes nothing, documents no error of its own.

 ```rs
 let request = PingRequest::new();
 let response = client.ping(&request).await?;
 ```

 See [`PingRequest`] for the parameters and [`PingError`] for the errors.*/
        #[inline]
        pub fn ping<'a>(
            &'a self,
            request: &'a PingRequest,
        ) -> __rt::Call<'a, PingRequest> {
            self.0.call(request)
        }
        /** Answers as little as Ping.

 ```rs
 let request = PongRequest::new();
 let response = client.pong(&request).await?;
 ```

 See [`PongRequest`] for the parameters and [`PongError`] for the errors.*/
        #[inline]
        pub fn pong<'a>(
            &'a self,
            request: &'a PongRequest,
        ) -> __rt::Call<'a, PongRequest> {
            self.0.call(request)
        }
        /** Puts everything.

 ```rs
 let request = PutEverythingRequest::new("a", 9007199254740993, vec![PutEverythingRequestTag::new("k1").value("v1"), PutEverythingRequestTag::new("k2").owner(PutEverythingRequestTagOwner::new().password("p"))])
     ._2d_code("0042")
     .ratio(0.75)
     .names(vec!["x", "y z"])
     .labels(std::collections::BTreeMap::from([(String::from("k"), "v".into())]))
     .matrix(vec![vec![1, 2], vec![3]]);
 let response = client.put_everything(&request).await?;
 ```

 See [`PutEverythingRequest`] for the parameters and [`PutEverythingError`] for the errors.*/
        #[deprecated = "Use PutLess."]
        #[inline]
        pub fn put_everything<'a>(
            &'a self,
            request: &'a PutEverythingRequest,
        ) -> __rt::Call<'a, PutEverythingRequest> {
            self.0.call(request)
        }
    }
    mod ping {
        use super::__rt;
        /** Takes nothing, documents no error of its own.

 [Official documentation](https://api.alibabacloud.com/document/EveryShape/2020-01-01/Ping)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct PingRequest(__rt::Input);
        impl PingRequest {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
        }
        impl __rt::Request for PingRequest {
            type Response = PingResponse;
            type Error = PingError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::new(
                    &super::SERVICE,
                    "Ping",
                    __rt::Method::Get,
                    __rt::Parameters::new(0, &[]),
                )
                .errors(&["every.system.Exception"]);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(index: usize, _: &str) -> PingError {
                __rt::variant(index, [PingError::EverySystemException], PingError::Other)
            }
        }
        impl ::core::fmt::Debug for PingRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`PingRequest`].
        pub type PingResponse = super::ServiceResponse;
        /// Errors documented for [`PingRequest`].
        pub type PingError = super::ServiceError;
    }
    pub use self::ping::{PingRequest, PingResponse, PingError};
    mod pong {
        use super::__rt;
        /** Answers as little as Ping.

 [Official documentation](https://api.alibabacloud.com/document/EveryShape/2020-01-01/Pong)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct PongRequest(__rt::Input);
        impl PongRequest {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
        }
        impl __rt::Request for PongRequest {
            type Response = PongResponse;
            type Error = PongError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::new(
                    &super::SERVICE,
                    "Pong",
                    __rt::Method::Get,
                    __rt::Parameters::new(0, &[]),
                )
                .errors(&["every.system.Exception"]);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(index: usize, _: &str) -> PongError {
                __rt::variant(index, [PongError::EverySystemException], PongError::Other)
            }
        }
        impl ::core::fmt::Debug for PongRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`PongRequest`].
        pub type PongResponse = super::ServiceResponse;
        /// Errors documented for [`PongRequest`].
        pub type PongError = super::ServiceError;
    }
    pub use self::pong::{PongRequest, PongResponse, PongError};
    mod put_everything {
        use super::__rt;
        #[doc = " Puts everything.\n\n A second paragraph with `code`, \"quotes\", a back\\slash and a */ in it.\n\n A third.\n\n One of these is required: `2dCode`; or `Self` with `New`. If several are set, the first one wins.\n\n Set all of these, or none: `Self`, `New`.\n\n Rate limit: 20 queries per second per user.\n\n RAM action: `every:PutEverything`; access level: `write`; resource: `*Thing`.\n\n [Official documentation](https://api.alibabacloud.com/document/EveryShape/2020-01-01/PutEverything)"]
        #[deprecated = "Use PutLess."]
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct PutEverythingRequest(__rt::Input);
        impl PutEverythingRequest {
            /** Creates a request from its required parameters.

 - `type`: A keyword.

   Documented values: `a`, `` b`c ``.
 - `big`: 64 bits.

   Range: at least -9223372036854775808.
 - `tag`: Tags.*/
            #[inline]
            pub fn new(
                r#type: impl __rt::Into<__rt::String>,
                big: i64,
                tag: impl __rt::IntoIterator<Item = PutEverythingRequestTag>,
            ) -> Self {
                Self(__rt::Input::new().text(0, r#type).set(1, big).list(2, tag))
            }
            /// Begins with a digit.
            #[inline]
            pub fn _2d_code(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(3, value))
            }
            /// No raw identifier.
            #[inline]
            pub fn self_(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(4, value))
            }
            /// The constructor's name.
            #[inline]
            pub fn new_(self, value: bool) -> Self {
                Self(self.0.set(5, value))
            }
            /// The setters' own argument.
            #[inline]
            pub fn value(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(6, value))
            }
            /** With dots.

 Range: 1 to 100. Default: `40`.*/
            #[inline]
            pub fn system_disk_size(self, value: i32) -> Self {
                Self(self.0.set(7, value))
            }
            /** A fraction.

 Range: 0.5 to 1.*/
            #[inline]
            pub fn ratio(self, value: f64) -> Self {
                Self(self.0.set(8, value))
            }
            /// Another.
            #[inline]
            pub fn price(self, value: f64) -> Self {
                Self(self.0.set(9, value))
            }
            /** A password.

 Length: 8 to 30 characters. Pattern (checked by the service): `^[a-z]+$`.*/
            #[inline]
            pub fn secret(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(10, value))
            }
            /** 128 bytes.

 Length: at most 128 bytes.*/
            #[deprecated]
            #[inline]
            pub fn bytes(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(11, value))
            }
            /// Anything.
            #[inline]
            pub fn free(self, value: impl __rt::Into<__rt::Json>) -> Self {
                Self(self.0.json(12, value))
            }
            /** Repeated.

 Items: 1 to 3.*/
            #[inline]
            pub fn names(
                self,
                value: impl __rt::IntoIterator<Item = impl __rt::Into<__rt::String>>,
            ) -> Self {
                Self(self.0.texts(13, value))
            }
            /// Joined.
            #[inline]
            pub fn numbers(self, value: impl __rt::IntoIterator<Item = i32>) -> Self {
                Self(self.0.list(14, value))
            }
            /// Joined by bars.
            #[inline]
            pub fn flags(self, value: impl __rt::IntoIterator<Item = bool>) -> Self {
                Self(self.0.list(15, value))
            }
            /// Joined by spaces.
            #[inline]
            pub fn words(
                self,
                value: impl __rt::IntoIterator<Item = impl __rt::Into<__rt::String>>,
            ) -> Self {
                Self(self.0.texts(16, value))
            }
            /// Free keys.
            #[inline]
            pub fn labels(
                self,
                value: impl __rt::IntoIterator<
                    Item = (impl __rt::Into<__rt::String>, __rt::String),
                >,
            ) -> Self {
                Self(self.0.map(17, value))
            }
            /// One JSON text, in the form.
            #[inline]
            pub fn options(
                self,
                value: impl __rt::IntoIterator<
                    Item = (impl __rt::Into<__rt::String>, __rt::String),
                >,
            ) -> Self {
                Self(self.0.map(18, value))
            }
            /// Nested.
            #[inline]
            pub fn matrix(
                self,
                value: impl __rt::IntoIterator<Item = __rt::Vec<i64>>,
            ) -> Self {
                Self(self.0.list(19, value))
            }
            /// In a header.
            #[inline]
            pub fn x_trace_id(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(20, value))
            }
        }
        impl __rt::Request for PutEverythingRequest {
            type Response = PutEverythingResponse;
            type Error = PutEverythingError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::repeatable(
                    &super::SERVICE,
                    "PutEverything",
                    __rt::Method::Post,
                    __rt::Parameters::new(
                            3,
                            &[
                                "Type",
                                "Big",
                                "Tag",
                                "2dCode",
                                "Self",
                                "New",
                                "value",
                                "System.Disk-Size",
                                "Ratio",
                                "Price",
                                "Secret",
                                "Bytes",
                                "Free",
                                "Names",
                                "Numbers",
                                "Flags",
                                "Words",
                                "Labels",
                                "Options",
                                "Matrix",
                                "x-trace-id",
                            ],
                        )
                        .details({
                            static DETAILS: [(u16, __rt::Detail); 13] = [
                                (
                                    1,
                                    __rt::Detail {
                                        limits: &[__rt::Limit::Min(-9223372036854775808)],
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    2,
                                    __rt::Detail {
                                        members: &__PutEverythingRequestTag,
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    7,
                                    __rt::Detail {
                                        limits: &[__rt::Limit::Min(1), __rt::Limit::Max(100)],
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    8,
                                    __rt::Detail {
                                        limits: &[
                                            __rt::Limit::MinFloat(0.5f64),
                                            __rt::Limit::MaxFloat(1f64),
                                        ],
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    10,
                                    __rt::Detail {
                                        sensitive: true,
                                        limits: &[
                                            __rt::Limit::MinCharacters(8),
                                            __rt::Limit::MaxCharacters(30),
                                        ],
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    11,
                                    __rt::Detail {
                                        limits: &[__rt::Limit::MaxBytes(128)],
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    13,
                                    __rt::Detail {
                                        limits: &[
                                            __rt::Limit::MinItems(1),
                                            __rt::Limit::MaxItems(3),
                                        ],
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    14,
                                    __rt::Detail {
                                        style: __rt::Style::Joined(','),
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    15,
                                    __rt::Detail {
                                        style: __rt::Style::Joined('|'),
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    16,
                                    __rt::Detail {
                                        style: __rt::Style::Joined(' '),
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    17,
                                    __rt::Detail {
                                        style: __rt::Style::Flat,
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                                (
                                    18,
                                    __rt::Detail {
                                        style: __rt::Style::Json,
                                        ..__rt::Detail::FORM
                                    },
                                ),
                                (20, __rt::Detail::HEADER),
                            ];
                            &DETAILS
                        }),
                )
                .rules(
                    &[__rt::Rule::AnyOf(&[&[3], &[4, 5]]), __rt::Rule::Together(&[4, 5])],
                )
                .per_second(20)
                .errors(
                    &[
                        "Bad",
                        "InvalidParameter.%s",
                        "%s.NotFound",
                        "Throttling.User",
                        "every.system.Exception",
                    ],
                );
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(index: usize, captured: &str) -> PutEverythingError {
                match index {
                    0 => PutEverythingError::Bad,
                    1 => PutEverythingError::InvalidParameter(__rt::Into::into(captured)),
                    2 => PutEverythingError::NotFound(__rt::Into::into(captured)),
                    3 => PutEverythingError::ThrottlingUser,
                    4 => PutEverythingError::EverySystemException,
                    _ => PutEverythingError::Other,
                }
            }
        }
        impl ::core::fmt::Debug for PutEverythingRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// An object in a request.
        #[must_use = "an object does nothing until it is set in a request"]
        #[derive(::core::clone::Clone)]
        pub struct PutEverythingRequestTag(__rt::Input);
        pub(super) static __PutEverythingRequestTag: __rt::Parameters = __rt::Parameters::new(
                1,
                &["Key", "Value", "Owner"],
            )
            .details({
                static DETAILS: [(u16, __rt::Detail); 2] = [
                    (
                        0,
                        __rt::Detail {
                            limits: &[__rt::Limit::MaxCharacters(64)],
                            ..__rt::Detail::PLAIN
                        },
                    ),
                    (
                        2,
                        __rt::Detail {
                            members: &__PutEverythingRequestTagOwner,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                ];
                &DETAILS
            });
        impl PutEverythingRequestTag {
            /** Creates a request from its required parameters.

 - `key`: The key.

   Length: at most 64 characters.*/
            #[inline]
            pub fn new(key: impl __rt::Into<__rt::String>) -> Self {
                Self(__rt::Input::new().text(0, key))
            }
            /// The value.
            #[inline]
            pub fn value(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(1, value))
            }
            /// The owner.
            #[inline]
            pub fn owner(self, value: PutEverythingRequestTagOwner) -> Self {
                Self(self.0.set(2, value))
            }
        }
        impl ::core::convert::From<PutEverythingRequestTag> for __rt::Value {
            #[inline]
            fn from(object: PutEverythingRequestTag) -> Self {
                Self::Object(object.0)
            }
        }
        impl ::core::fmt::Debug for PutEverythingRequestTag {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, "PutEverythingRequestTag", &__PutEverythingRequestTag)
            }
        }
        /// An object in a request.
        #[must_use = "an object does nothing until it is set in a request"]
        #[derive(::core::clone::Clone)]
        pub struct PutEverythingRequestTagOwner(__rt::Input);
        pub(super) static __PutEverythingRequestTagOwner: __rt::Parameters = __rt::Parameters::new(
                0,
                &["Password"],
            )
            .details({
                static DETAILS: [(u16, __rt::Detail); 1] = [
                    (
                        0,
                        __rt::Detail {
                            sensitive: true,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                ];
                &DETAILS
            });
        impl PutEverythingRequestTagOwner {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
            /// Hidden.
            #[inline]
            pub fn password(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(0, value))
            }
        }
        impl ::core::convert::From<PutEverythingRequestTagOwner> for __rt::Value {
            #[inline]
            fn from(object: PutEverythingRequestTagOwner) -> Self {
                Self::Object(object.0)
            }
        }
        impl ::core::fmt::Debug for PutEverythingRequestTagOwner {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0
                    .debug(
                        f,
                        "PutEverythingRequestTagOwner",
                        &__PutEverythingRequestTagOwner,
                    )
            }
        }
        /** The response to [`PutEverythingRequest`].

 ````json
 { "RequestId": "R-1", "Success": true, "Things": { "Thing": [ { "Name": "```", "Place": null } ] } }
 ````*/
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct PutEverythingResponse {
            /** The ID of the request.

 Example: `R-1`.*/
            pub request_id: __rt::String,
            /// Whether the call succeeded.
            pub success: bool,
            /// The error code.
            pub code: __rt::Option<__rt::String>,
            /// The error message.
            pub error_message: __rt::Option<__rt::String>,
            /// A keyword.
            pub r#type: __rt::String,
            /// Hidden.
            pub token: __rt::String,
            /// Maybe.
            pub count: __rt::Option<i32>,
            /// Maybe.
            #[deprecated = "Count them."]
            pub total: __rt::Option<i64>,
            /// Maybe.
            pub share: __rt::Option<f64>,
            /// Maybe.
            pub done: __rt::Option<bool>,
            /// Anything.
            pub free: __rt::String,
            /// Perhaps anything.
            pub free_too: __rt::Option<__rt::String>,
            /// Free keys.
            pub meta: __rt::BTreeMap<__rt::String, __rt::String>,
            /// Nested.
            pub grid: __rt::Vec<__rt::Vec<i32>>,
            /// A wrapped list.
            pub things: __rt::Vec<PutEverythingResponseThing>,
        }
        impl ::core::fmt::Debug for PutEverythingResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("PutEverythingResponse", self, f)
            }
        }
        impl __rt::Decode for PutEverythingResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("RequestId", __rt::Slot::Text(&mut self.request_id)),
                    1 => ("Success", __rt::Slot::Boolean(&mut self.success)),
                    2 => ("Code", __rt::Slot::OptionalText(&mut self.code)),
                    3 => {
                        (
                            "ErrorMessage",
                            __rt::Slot::OptionalText(&mut self.error_message),
                        )
                    }
                    4 => ("type", __rt::Slot::Text(&mut self.r#type)),
                    5 => ("Token", __rt::Slot::Text(&mut self.token)),
                    6 => ("Count", __rt::Slot::OptionalInteger(&mut self.count)),
                    7 => ("Total", __rt::Slot::OptionalLong(&mut self.total)),
                    8 => ("Share", __rt::Slot::OptionalFloat(&mut self.share)),
                    9 => ("Done", __rt::Slot::OptionalBoolean(&mut self.done)),
                    10 => ("Free", __rt::Slot::Raw(&mut self.free)),
                    11 => ("FreeToo", __rt::Slot::OptionalRaw(&mut self.free_too)),
                    12 => ("Meta", __rt::Slot::Map(&mut self.meta)),
                    13 => ("Grid", __rt::Slot::List(&mut self.grid)),
                    14 => ("Things", __rt::Slot::Wrapped("Thing", &mut self.things)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
            #[inline]
            fn hidden(&self) -> &'static [usize] {
                &[5]
            }
        }
        /// The things.
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct PutEverythingResponseThing {
            /// The name.
            pub name: __rt::String,
            /// The parts.
            pub parts: __rt::Vec<__rt::String>,
            /// The address.
            pub place: __rt::Option<PutEverythingResponseThingPlace>,
        }
        impl ::core::fmt::Debug for PutEverythingResponseThing {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("PutEverythingResponseThing", self, f)
            }
        }
        impl __rt::Decode for PutEverythingResponseThing {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("Name", __rt::Slot::Text(&mut self.name)),
                    1 => ("Parts", __rt::Slot::List(&mut self.parts)),
                    2 => ("Place", __rt::Slot::OptionalObject(&mut self.place)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// The address.
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct PutEverythingResponseThingPlace {
            /// The region.
            pub region: __rt::String,
        }
        impl ::core::fmt::Debug for PutEverythingResponseThingPlace {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("PutEverythingResponseThingPlace", self, f)
            }
        }
        impl __rt::Decode for PutEverythingResponseThingPlace {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("Region", __rt::Slot::Text(&mut self.region)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`PutEverythingRequest`].
        #[derive(::core::fmt::Debug)]
        #[non_exhaustive]
        pub enum PutEverythingError {
            /** `Bad`

 HTTP 400: Bad thing.

 Fix it.

 HTTP 500: Bad thing still.*/
            Bad,
            /** `InvalidParameter.%s`

 HTTP 400: A parameter is wrong.

 Contains the text that replaces `%s`.*/
            InvalidParameter(__rt::String),
            /** `%s.NotFound`

 HTTP 404: Not there.

 Contains the text that replaces `%s`.*/
            NotFound(__rt::String),
            /** `Throttling.User`

 HTTP 429: Too fast.*/
            ThrottlingUser,
            /** `every.system.Exception`

 HTTP 200: A fault.

 A fault inside.*/
            EverySystemException,
            /// Any other error code, such as one of the gateway.
            Other,
        }
    }
    pub use self::put_everything::{
        PutEverythingRequest, PutEverythingRequestTag, PutEverythingRequestTagOwner,
        PutEverythingResponse, PutEverythingResponseThing,
        PutEverythingResponseThingPlace, PutEverythingError,
    };
    mod __shared {
        use super::__rt;
        /// The response of operations that return no data of their own.
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct ServiceResponse {
            /// Whether the operation succeeded.
            pub success: bool,
            /// The code.
            pub code: __rt::Option<__rt::String>,
            /// The error message.
            pub error_message: __rt::Option<__rt::String>,
        }
        impl ::core::fmt::Debug for ServiceResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("ServiceResponse", self, f)
            }
        }
        impl __rt::Decode for ServiceResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("Success", __rt::Slot::Boolean(&mut self.success)),
                    1 => ("Code", __rt::Slot::OptionalText(&mut self.code)),
                    2 => {
                        (
                            "ErrorMessage",
                            __rt::Slot::OptionalText(&mut self.error_message),
                        )
                    }
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors of operations that document none of their own.
        #[derive(::core::fmt::Debug)]
        #[non_exhaustive]
        pub enum ServiceError {
            /** `every.system.Exception`

 HTTP 200: A fault.

 A fault inside.*/
            EverySystemException,
            /// Any other error code, such as one of the gateway.
            Other,
        }
    }
    pub use self::__shared::{ServiceResponse, ServiceError};
}
