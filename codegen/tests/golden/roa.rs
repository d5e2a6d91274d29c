/** Roa 2015-12-15.

 A product of paths and bodies.*/
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
pub mod roa {
    use ::alicloud_runtime::__private as __rt;
    static SERVICE: __rt::Service = __rt::Service {
        product: "Roa",
        version: "2015-12-15",
        public: __rt::Hosts {
            host: "roa.aliyuncs.com",
            regions: &[],
            exceptions: &[],
        },
        vpc: __rt::Hosts::NONE,
        outcome: __rt::Option::None,
        retried: &[],
        gateway: __rt::Option::None,
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
        /** Names a thing.

 ```rs
 let request = NameThingRequest::new("t-1", note);
 let response = client.name_thing(&request).await?;
 ```

 See [`NameThingRequest`] for the parameters and [`NameThingError`] for the errors.*/
        #[inline]
        pub fn name_thing<'a>(
            &'a self,
            request: &'a NameThingRequest,
        ) -> __rt::Call<'a, NameThingRequest> {
            self.0.call(request)
        }
        /** Puts a file.

 ```rs
 let request = PutFileRequest::new();
 let response = client.put_file(&request).await?;
 ```

 See [`PutFileRequest`] for the parameters and [`PutFileError`] for the errors.*/
        #[inline]
        pub fn put_file<'a>(
            &'a self,
            request: &'a PutFileRequest,
        ) -> __rt::Call<'a, PutFileRequest> {
            self.0.call(request)
        }
        /** Puts a node.

 ```rs
 let request = PutNodeRequest::new(cluster_id, node_id, project, body);
 let response = client.put_node(&request).await?;
 ```

 See [`PutNodeRequest`] for the parameters and [`PutNodeError`] for the errors.*/
        #[inline]
        pub fn put_node<'a>(
            &'a self,
            request: &'a PutNodeRequest,
        ) -> __rt::Call<'a, PutNodeRequest> {
            self.0.call(request)
        }
        /** Sets things.

 ```rs
 let request = SetThingsRequest::new();
 let response = client.set_things(&request).await?;
 ```

 See [`SetThingsRequest`] for the parameters and [`SetThingsError`] for the errors.*/
        #[inline]
        pub fn set_things<'a>(
            &'a self,
            request: &'a SetThingsRequest,
        ) -> __rt::Call<'a, SetThingsRequest> {
            self.0.call(request)
        }
        /** Answers nothing.

 ```rs
 let request = TouchRequest::new();
 let response = client.touch(&request).await?;
 ```

 See [`TouchRequest`] for the parameters and [`TouchError`] for the errors.*/
        #[inline]
        pub fn touch<'a>(
            &'a self,
            request: &'a TouchRequest,
        ) -> __rt::Call<'a, TouchRequest> {
            self.0.call(request)
        }
    }
    mod name_thing {
        use super::__rt;
        /** Names a thing.

 [Official documentation](https://api.alibabacloud.com/document/Roa/2015-12-15/NameThing)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct NameThingRequest(__rt::Input);
        impl NameThingRequest {
            /** Creates a request from its required parameters.

 - `id`: The ID.

   Example: `t-1`.
 - `note`: `note`

   Example: `An example of more than eighty characters, for which the example of the call has a variable.`.*/
            #[inline]
            pub fn new(
                id: impl __rt::Into<__rt::String>,
                note: impl __rt::Into<__rt::String>,
            ) -> Self {
                Self(__rt::Input::new().text(0, id).text(1, note))
            }
        }
        impl __rt::Request for NameThingRequest {
            type Response = NameThingResponse;
            type Error = NameThingError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::new(
                    &super::SERVICE,
                    "NameThing",
                    __rt::Method::Put,
                    __rt::Parameters::new(2, &["id", "note"]),
                )
                .path("/names");
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(_: usize, _: &str) -> NameThingError {
                NameThingError::Other
            }
        }
        impl ::core::fmt::Debug for NameThingRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`NameThingRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct NameThingResponse {
            /// The name.
            pub name: __rt::String,
        }
        impl ::core::fmt::Debug for NameThingResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("NameThingResponse", self, f)
            }
        }
        impl __rt::Decode for NameThingResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("name", __rt::Slot::Text(&mut self.name)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`NameThingRequest`].
        pub type NameThingError = super::ServiceError;
    }
    pub use self::name_thing::{NameThingRequest, NameThingResponse, NameThingError};
    mod put_file {
        use super::__rt;
        /** Puts a file.

 [Official documentation](https://api.alibabacloud.com/document/Roa/2015-12-15/PutFile)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct PutFileRequest(__rt::Input);
        impl PutFileRequest {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
            /// `body`
            #[inline]
            pub fn body(self, value: impl __rt::Into<__rt::Binary>) -> Self {
                Self(self.0.binary(0, value))
            }
        }
        impl __rt::Request for PutFileRequest {
            type Response = PutFileResponse;
            type Error = PutFileError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::new(
                    &super::SERVICE,
                    "PutFile",
                    __rt::Method::Post,
                    __rt::Parameters::new(0, &["body"])
                        .details({
                            static DETAILS: [(u16, __rt::Detail); 1] = [
                                (0, __rt::Detail::BODY),
                            ];
                            &DETAILS
                        }),
                )
                .path("/files")
                .response_kind(__rt::ResponseKind::Whole);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(_: usize, _: &str) -> PutFileError {
                PutFileError::Other
            }
        }
        impl ::core::fmt::Debug for PutFileRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`PutFileRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct PutFileResponse {
            /// The whole body.
            pub body: __rt::Binary,
        }
        impl ::core::fmt::Debug for PutFileResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("PutFileResponse", self, f)
            }
        }
        impl __rt::Decode for PutFileResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("body:", __rt::Slot::Binary(&mut self.body)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`PutFileRequest`].
        pub type PutFileError = super::ServiceError;
    }
    pub use self::put_file::{PutFileRequest, PutFileResponse, PutFileError};
    mod put_node {
        use super::__rt;
        /** Puts a node.

 [Official documentation](https://api.alibabacloud.com/document/Roa/2015-12-15/PutNode)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct PutNodeRequest(__rt::Input);
        impl PutNodeRequest {
            /** Creates a request from its required parameters.

 - `cluster_id`: The cluster.
 - `node_id`: The node.
 - `project`: The project.
 - `body`: The node.*/
            #[inline]
            pub fn new(
                cluster_id: impl __rt::Into<__rt::String>,
                node_id: i64,
                project: impl __rt::Into<__rt::String>,
                body: super::NodeInput,
            ) -> Self {
                Self(
                    __rt::Input::new()
                        .text(0, cluster_id)
                        .set(1, node_id)
                        .text(2, project)
                        .set(3, body),
                )
            }
            /// `dry-run`
            #[inline]
            pub fn dry_run(self, value: bool) -> Self {
                Self(self.0.set(4, value))
            }
            /// `x-meta-*`
            #[inline]
            pub fn x_meta(
                self,
                value: impl __rt::IntoIterator<
                    Item = (impl __rt::Into<__rt::String>, __rt::String),
                >,
            ) -> Self {
                Self(self.0.map(5, value))
            }
            /// `x-labels`
            #[inline]
            pub fn x_labels(
                self,
                value: impl __rt::IntoIterator<Item = super::LabelInput>,
            ) -> Self {
                Self(self.0.list(6, value))
            }
        }
        impl __rt::Request for PutNodeRequest {
            type Response = PutNodeResponse;
            type Error = PutNodeError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::new(
                    &super::SERVICE,
                    "PutNode",
                    __rt::Method::Put,
                    __rt::Parameters::new(
                            4,
                            &[
                                "ClusterId",
                                "node_id",
                                "project",
                                "body",
                                "dry-run",
                                "x-meta-*",
                                "x-labels",
                            ],
                        )
                        .details({
                            static DETAILS: [(u16, __rt::Detail); 6] = [
                                (0, __rt::Detail::PATH),
                                (1, __rt::Detail::PATH),
                                (2, __rt::Detail::HOST),
                                (
                                    3,
                                    __rt::Detail {
                                        members: &super::__shared::__NodeInput,
                                        ..__rt::Detail::BODY
                                    },
                                ),
                                (5, __rt::Detail::HEADER),
                                (
                                    6,
                                    __rt::Detail {
                                        style: __rt::Style::Json,
                                        members: &super::__shared::__LabelInput,
                                        ..__rt::Detail::HEADER
                                    },
                                ),
                            ];
                            &DETAILS
                        }),
                )
                .path("/clusters/{ClusterId}/nodes/{node_id}")
                .response_headers(&["X-Parts"]);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(_: usize, _: &str) -> PutNodeError {
                PutNodeError::Other
            }
        }
        impl ::core::fmt::Debug for PutNodeRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`PutNodeRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct PutNodeResponse {
            /// The number of parts.
            pub x_parts: i32,
            /// `node`
            pub node: __rt::Option<super::Node>,
            /// The labels.
            pub labels: __rt::BTreeMap<__rt::String, super::Label>,
        }
        impl ::core::fmt::Debug for PutNodeResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("PutNodeResponse", self, f)
            }
        }
        impl __rt::Decode for PutNodeResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("header:x-parts", __rt::Slot::Integer(&mut self.x_parts)),
                    1 => ("node", __rt::Slot::OptionalObject(&mut self.node)),
                    2 => ("labels", __rt::Slot::Map(&mut self.labels)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`PutNodeRequest`].
        pub type PutNodeError = super::ServiceError;
    }
    pub use self::put_node::{PutNodeRequest, PutNodeResponse, PutNodeError};
    mod set_things {
        use super::__rt;
        /** Sets things.

 [Official documentation](https://api.alibabacloud.com/document/Roa/2015-12-15/SetThings)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct SetThingsRequest(__rt::Input);
        impl SetThingsRequest {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
            /// `names`
            #[inline]
            pub fn names(
                self,
                value: impl __rt::IntoIterator<Item = impl __rt::Into<__rt::String>>,
            ) -> Self {
                Self(self.0.texts(0, value))
            }
            /// The number.
            #[inline]
            pub fn count(self, value: i64) -> Self {
                Self(self.0.set(1, value))
            }
            /// `any`
            #[inline]
            pub fn any(self, value: impl __rt::Into<__rt::Json>) -> Self {
                Self(self.0.json(2, value))
            }
            /// `anys`
            #[inline]
            pub fn anys(
                self,
                value: impl __rt::IntoIterator<Item = impl __rt::Into<__rt::Json>>,
            ) -> Self {
                Self(self.0.jsons(3, value))
            }
            /// `digest`
            #[inline]
            pub fn digest(self, value: impl __rt::Into<__rt::Binary>) -> Self {
                Self(self.0.base64(4, value))
            }
            /// `digests`
            #[inline]
            pub fn digests(
                self,
                value: impl __rt::IntoIterator<Item = impl __rt::Into<__rt::Binary>>,
            ) -> Self {
                Self(self.0.base64s(5, value))
            }
        }
        impl __rt::Request for SetThingsRequest {
            type Response = SetThingsResponse;
            type Error = SetThingsError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::new(
                    &super::SERVICE,
                    "SetThings",
                    __rt::Method::Post,
                    __rt::Parameters::new(
                            0,
                            &["names", "count", "any", "anys", "digest", "digests"],
                        )
                        .details({
                            static DETAILS: [(u16, __rt::Detail); 6] = [
                                (0, __rt::Detail::FORM),
                                (1, __rt::Detail::FORM),
                                (2, __rt::Detail::FORM),
                                (3, __rt::Detail::FORM),
                                (4, __rt::Detail::FORM),
                                (5, __rt::Detail::FORM),
                            ];
                            &DETAILS
                        }),
                )
                .path("/things")
                .form_as_json()
                .response_kind(__rt::ResponseKind::Whole);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(_: usize, _: &str) -> SetThingsError {
                SetThingsError::Other
            }
        }
        impl ::core::fmt::Debug for SetThingsRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`SetThingsRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct SetThingsResponse {
            /// The whole body.
            pub body: __rt::Vec<SetThingsResponseBody>,
        }
        impl ::core::fmt::Debug for SetThingsResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("SetThingsResponse", self, f)
            }
        }
        impl __rt::Decode for SetThingsResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("body:", __rt::Slot::List(&mut self.body)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// The whole body.
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct SetThingsResponseBody {
            /// The name.
            pub name: __rt::String,
        }
        impl ::core::fmt::Debug for SetThingsResponseBody {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("SetThingsResponseBody", self, f)
            }
        }
        impl __rt::Decode for SetThingsResponseBody {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("name", __rt::Slot::Text(&mut self.name)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`SetThingsRequest`].
        pub type SetThingsError = super::ServiceError;
    }
    pub use self::set_things::{
        SetThingsRequest, SetThingsResponse, SetThingsResponseBody, SetThingsError,
    };
    mod touch {
        use super::__rt;
        /** Answers nothing.

 [Official documentation](https://api.alibabacloud.com/document/Roa/2015-12-15/Touch)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct TouchRequest(__rt::Input);
        impl TouchRequest {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
        }
        impl __rt::Request for TouchRequest {
            type Response = TouchResponse;
            type Error = TouchError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::new(
                    &super::SERVICE,
                    "Touch",
                    __rt::Method::Head,
                    __rt::Parameters::new(0, &[]),
                )
                .path("/touch")
                .response_kind(__rt::ResponseKind::Nothing);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(_: usize, _: &str) -> TouchError {
                TouchError::Other
            }
        }
        impl ::core::fmt::Debug for TouchRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`TouchRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct TouchResponse {}
        impl ::core::fmt::Debug for TouchResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("TouchResponse", self, f)
            }
        }
        impl __rt::Decode for TouchResponse {
            #[inline]
            fn field(&mut self, _: usize) -> (&'static str, __rt::Slot<'_>) {
                ("", __rt::Slot::Skip)
            }
        }
        /// Errors documented for [`TouchRequest`].
        pub type TouchError = super::ServiceError;
    }
    pub use self::touch::{TouchRequest, TouchResponse, TouchError};
    mod __shared {
        use super::__rt;
        /// Errors of operations that document none of their own.
        #[derive(::core::fmt::Debug)]
        #[non_exhaustive]
        pub enum ServiceError {
            /// Any other error code, such as one of the gateway.
            Other,
        }
        /// A node, which may hold others.
        #[must_use = "an object does nothing until it is set in a request"]
        #[derive(::core::clone::Clone)]
        pub struct NodeInput(__rt::Input);
        pub(super) static __NodeInput: __rt::Parameters = __rt::Parameters::new(
                1,
                &["id", "parent", "nodes", "secret", "place", "edge"],
            )
            .details({
                static DETAILS: [(u16, __rt::Detail); 5] = [
                    (
                        1,
                        __rt::Detail {
                            members: &super::__shared::__NodeInput,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                    (
                        2,
                        __rt::Detail {
                            members: &super::__shared::__NodeInput,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                    (
                        3,
                        __rt::Detail {
                            sensitive: true,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                    (
                        4,
                        __rt::Detail {
                            members: &__NodeInputPlace,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                    (
                        5,
                        __rt::Detail {
                            members: &super::__shared::__EdgeInput,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                ];
                &DETAILS
            });
        impl NodeInput {
            /** Creates a request from its required parameters.

 - `id`: Which one it is.*/
            #[inline]
            pub fn new(id: impl __rt::Into<__rt::String>) -> Self {
                Self(__rt::Input::new().text(0, id))
            }
            /// The one that holds it.
            #[inline]
            pub fn parent(self, value: super::NodeInput) -> Self {
                Self(self.0.set(1, value))
            }
            /// Those that it holds.
            #[inline]
            pub fn nodes(
                self,
                value: impl __rt::IntoIterator<Item = super::NodeInput>,
            ) -> Self {
                Self(self.0.list(2, value))
            }
            /// `secret`
            #[inline]
            pub fn secret(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(3, value))
            }
            /// `place`
            #[inline]
            pub fn place(self, value: NodeInputPlace) -> Self {
                Self(self.0.set(4, value))
            }
            /// `edge`
            #[inline]
            pub fn edge(self, value: super::EdgeInput) -> Self {
                Self(self.0.set(5, value))
            }
        }
        impl ::core::convert::From<NodeInput> for __rt::Value {
            #[inline]
            fn from(object: NodeInput) -> Self {
                Self::Object(object.0)
            }
        }
        impl ::core::fmt::Debug for NodeInput {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, "NodeInput", &__NodeInput)
            }
        }
        /// An object in a request.
        #[must_use = "an object does nothing until it is set in a request"]
        #[derive(::core::clone::Clone)]
        pub struct NodeInputPlace(__rt::Input);
        pub(super) static __NodeInputPlace: __rt::Parameters = __rt::Parameters::new(
                0,
                &["zone", "below"],
            )
            .details({
                static DETAILS: [(u16, __rt::Detail); 1] = [
                    (
                        1,
                        __rt::Detail {
                            members: &super::__shared::__NodeInput,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                ];
                &DETAILS
            });
        impl NodeInputPlace {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
            /// `zone`
            #[inline]
            pub fn zone(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(0, value))
            }
            /// `below`
            #[inline]
            pub fn below(self, value: super::NodeInput) -> Self {
                Self(self.0.set(1, value))
            }
        }
        impl ::core::convert::From<NodeInputPlace> for __rt::Value {
            #[inline]
            fn from(object: NodeInputPlace) -> Self {
                Self::Object(object.0)
            }
        }
        impl ::core::fmt::Debug for NodeInputPlace {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, "NodeInputPlace", &__NodeInputPlace)
            }
        }
        /// An object in requests.
        #[must_use = "an object does nothing until it is set in a request"]
        #[derive(::core::clone::Clone)]
        pub struct EdgeInput(__rt::Input);
        pub(super) static __EdgeInput: __rt::Parameters = __rt::Parameters::new(
                0,
                &["end"],
            )
            .details({
                static DETAILS: [(u16, __rt::Detail); 1] = [
                    (
                        0,
                        __rt::Detail {
                            members: &__EdgeInputEnd,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                ];
                &DETAILS
            });
        impl EdgeInput {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
            /// `end`
            #[inline]
            pub fn end(self, value: EdgeInputEnd) -> Self {
                Self(self.0.set(0, value))
            }
        }
        impl ::core::convert::From<EdgeInput> for __rt::Value {
            #[inline]
            fn from(object: EdgeInput) -> Self {
                Self::Object(object.0)
            }
        }
        impl ::core::fmt::Debug for EdgeInput {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, "EdgeInput", &__EdgeInput)
            }
        }
        /// An object in a request.
        #[must_use = "an object does nothing until it is set in a request"]
        #[derive(::core::clone::Clone)]
        pub struct EdgeInputEnd(__rt::Input);
        pub(super) static __EdgeInputEnd: __rt::Parameters = __rt::Parameters::new(
                0,
                &["node"],
            )
            .details({
                static DETAILS: [(u16, __rt::Detail); 1] = [
                    (
                        0,
                        __rt::Detail {
                            members: &super::__shared::__NodeInput,
                            ..__rt::Detail::PLAIN
                        },
                    ),
                ];
                &DETAILS
            });
        impl EdgeInputEnd {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
            /// `node`
            #[inline]
            pub fn node(self, value: super::NodeInput) -> Self {
                Self(self.0.set(0, value))
            }
        }
        impl ::core::convert::From<EdgeInputEnd> for __rt::Value {
            #[inline]
            fn from(object: EdgeInputEnd) -> Self {
                Self::Object(object.0)
            }
        }
        impl ::core::fmt::Debug for EdgeInputEnd {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, "EdgeInputEnd", &__EdgeInputEnd)
            }
        }
        /// An object in requests.
        #[must_use = "an object does nothing until it is set in a request"]
        #[derive(::core::clone::Clone)]
        pub struct LabelInput(__rt::Input);
        pub(super) static __LabelInput: __rt::Parameters = __rt::Parameters::new(
            0,
            &["key"],
        );
        impl LabelInput {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
            /// The key.
            #[inline]
            pub fn key(self, value: impl __rt::Into<__rt::Binary>) -> Self {
                Self(self.0.base64(0, value))
            }
        }
        impl ::core::convert::From<LabelInput> for __rt::Value {
            #[inline]
            fn from(object: LabelInput) -> Self {
                Self::Object(object.0)
            }
        }
        impl ::core::fmt::Debug for LabelInput {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0.debug(f, "LabelInput", &__LabelInput)
            }
        }
        /// A node, which may hold others.
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct Node {
            /// Which one it is.
            pub id: __rt::String,
            /// The one that holds it.
            pub parent: __rt::Option<__rt::Box<super::Node>>,
            /// Those that it holds.
            pub nodes: __rt::Vec<super::Node>,
            /// `secret`
            pub secret: __rt::String,
            /// `place`
            pub place: __rt::Option<NodePlace>,
            /// `edge`
            pub edge: __rt::Option<__rt::Box<super::Edge>>,
        }
        impl ::core::fmt::Debug for Node {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("Node", self, f)
            }
        }
        impl __rt::Decode for Node {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("id", __rt::Slot::Text(&mut self.id)),
                    1 => ("parent", __rt::Slot::OptionalObject(&mut self.parent)),
                    2 => ("nodes", __rt::Slot::List(&mut self.nodes)),
                    3 => ("secret", __rt::Slot::Text(&mut self.secret)),
                    4 => ("place", __rt::Slot::OptionalObject(&mut self.place)),
                    5 => ("edge", __rt::Slot::OptionalObject(&mut self.edge)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
            #[inline]
            fn hidden(&self) -> &'static [usize] {
                &[3]
            }
        }
        /// `place`
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct NodePlace {
            /// `zone`
            pub zone: __rt::String,
            /// `below`
            pub below: __rt::Option<__rt::Box<super::Node>>,
        }
        impl ::core::fmt::Debug for NodePlace {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("NodePlace", self, f)
            }
        }
        impl __rt::Decode for NodePlace {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("zone", __rt::Slot::Text(&mut self.zone)),
                    1 => ("below", __rt::Slot::OptionalObject(&mut self.below)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// `edge`
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct Edge {
            /// `end`
            pub end: EdgeEnd,
        }
        impl ::core::fmt::Debug for Edge {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("Edge", self, f)
            }
        }
        impl __rt::Decode for Edge {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("end", __rt::Slot::Object(&mut self.end)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// `end`
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct EdgeEnd {
            /// `node`
            pub node: __rt::Option<__rt::Box<super::Node>>,
        }
        impl ::core::fmt::Debug for EdgeEnd {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("EdgeEnd", self, f)
            }
        }
        impl __rt::Decode for EdgeEnd {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("node", __rt::Slot::OptionalObject(&mut self.node)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// `label`
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct Label {
            /// The key.
            pub key: __rt::Binary,
        }
        impl ::core::fmt::Debug for Label {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("Label", self, f)
            }
        }
        impl __rt::Decode for Label {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("key", __rt::Slot::Base64(&mut self.key)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
    }
    pub use self::__shared::{
        ServiceError, NodeInput, NodeInputPlace, EdgeInput, EdgeInputEnd, LabelInput,
        Node, NodePlace, Edge, EdgeEnd, Label,
    };
}
