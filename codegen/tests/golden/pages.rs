/// Pages 2022-03-04.
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
pub mod pages {
    use ::alicloud_runtime::__private as __rt;
    static SERVICE: __rt::Service = __rt::Service {
        product: "Pages",
        version: "2022-03-04",
        public: __rt::Hosts {
            host: "pages.aliyuncs.com",
            regions: &[],
            exceptions: &[],
        },
        vpc: __rt::Hosts::NONE,
        outcome: __rt::Option::None,
        retried: &[],
        gateway: __rt::Option::None,
    };
    /// A client for Pages. Clones share connections.
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
        /** Lists numbers by the number of their page.

 ```rs
 let request = ListByNumberRequest::new();
 let response = client.list_by_number(&request).await?;
 ```

 See [`ListByNumberRequest`] for the parameters and [`ListByNumberError`] for the errors.*/
        #[inline]
        pub fn list_by_number<'a>(
            &'a self,
            request: &'a ListByNumberRequest,
        ) -> __rt::Call<'a, ListByNumberRequest> {
            self.0.call(request)
        }
        /** Lists things that a search finds, with page numbers from 0 inside the search.

 ```rs
 let request = ListBySearchRequest::new(extra);
 let response = client.list_by_search(&request).await?;
 ```

 See [`ListBySearchRequest`] for the parameters and [`ListBySearchError`] for the errors.*/
        #[inline]
        pub fn list_by_search<'a>(
            &'a self,
            request: &'a ListBySearchRequest,
        ) -> __rt::Call<'a, ListBySearchRequest> {
            self.0.call(request)
        }
        /** Lists things, with a token for each next page.

 ```rs
 let request = ListByTokenRequest::new(region_id);
 let response = client.list_by_token(&request).await?;
 ```

 See [`ListByTokenRequest`] for the parameters and [`ListByTokenError`] for the errors.*/
        #[inline]
        pub fn list_by_token<'a>(
            &'a self,
            request: &'a ListByTokenRequest,
        ) -> __rt::Call<'a, ListByTokenRequest> {
            self.0.call(request)
        }
        /** Lists boxes on a shelf below another, with page numbers that are texts.

 ```rs
 let request = ListOnShelfRequest::new();
 let response = client.list_on_shelf(&request).await?;
 ```

 See [`ListOnShelfRequest`] for the parameters and [`ListOnShelfError`] for the errors.*/
        #[inline]
        pub fn list_on_shelf<'a>(
            &'a self,
            request: &'a ListOnShelfRequest,
        ) -> __rt::Call<'a, ListOnShelfRequest> {
            self.0.call(request)
        }
    }
    mod list_by_number {
        use super::__rt;
        /** Lists numbers by the number of their page.

 The response is paginated. `items` on the call streams the items of all pages; `pages` streams the responses.

 [Official documentation](https://api.alibabacloud.com/document/Pages/2022-03-04/ListByNumber)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct ListByNumberRequest(__rt::Input);
        impl ListByNumberRequest {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
            /// The maximum number of results on a page.
            #[inline]
            pub fn page_size(self, value: i32) -> Self {
                Self(self.0.set(0, value))
            }
            /// The number of the page.
            #[inline]
            pub fn page_number(self, value: i32) -> Self {
                Self(self.0.set(1, value))
            }
        }
        impl __rt::Request for ListByNumberRequest {
            type Response = ListByNumberResponse;
            type Error = ListByNumberError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::repeatable(
                    &super::SERVICE,
                    "ListByNumber",
                    __rt::Method::Post,
                    __rt::Parameters::new(0, &["PageSize", "PageNumber"]),
                )
                .errors(&["Thing.NotFound"]);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(index: usize, _: &str) -> ListByNumberError {
                __rt::variant(
                    index,
                    [ListByNumberError::ThingNotFound],
                    ListByNumberError::Other,
                )
            }
        }
        impl ::core::fmt::Debug for ListByNumberRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`ListByNumberRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct ListByNumberResponse {
            /// The data.
            pub data: __rt::Option<ListByNumberResponseData>,
        }
        impl ::core::fmt::Debug for ListByNumberResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("ListByNumberResponse", self, f)
            }
        }
        impl __rt::Decode for ListByNumberResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("Data", __rt::Slot::OptionalObject(&mut self.data)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// The data.
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct ListByNumberResponseData {
            /// The total number of results.
            pub total: i64,
            /// `Numbers`
            pub numbers: __rt::Vec<i32>,
        }
        impl ::core::fmt::Debug for ListByNumberResponseData {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("ListByNumberResponseData", self, f)
            }
        }
        impl __rt::Decode for ListByNumberResponseData {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("Total", __rt::Slot::Long(&mut self.total)),
                    1 => ("Numbers", __rt::Slot::List(&mut self.numbers)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`ListByNumberRequest`].
        pub type ListByNumberError = super::ServiceError;
        impl __rt::Paginated for ListByNumberRequest {
            type Item = i32;
            const PAGINATION: __rt::Pagination = __rt::Pagination::number(&[1], 1)
                .total("Data.Total");
            #[inline]
            fn items(
                response: &mut ListByNumberResponse,
            ) -> __rt::Option<&mut __rt::Vec<i32>> {
                __rt::Option::Some(&mut response.data.as_mut()?.numbers)
            }
        }
    }
    pub use self::list_by_number::{
        ListByNumberRequest, ListByNumberResponse, ListByNumberResponseData,
        ListByNumberError,
    };
    mod list_by_search {
        use super::__rt;
        /** Lists things that a search finds, with page numbers from 0 inside the search.

 The response is paginated. `items` on the call streams the items of all pages; `pages` streams the responses.

 [Official documentation](https://api.alibabacloud.com/document/Pages/2022-03-04/ListBySearch)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct ListBySearchRequest(__rt::Input);
        impl ListBySearchRequest {
            /** Creates a request from its required parameters.

 - `extra`: `Extra`*/
            #[inline]
            pub fn new(extra: impl __rt::Into<__rt::String>) -> Self {
                Self(__rt::Input::new().text(0, extra))
            }
            /// `Search`
            #[inline]
            pub fn search(self, value: ListBySearchRequestSearch) -> Self {
                Self(self.0.set(1, value))
            }
        }
        impl __rt::Request for ListBySearchRequest {
            type Response = ListBySearchResponse;
            type Error = ListBySearchError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::repeatable(
                    &super::SERVICE,
                    "ListBySearch",
                    __rt::Method::Post,
                    __rt::Parameters::new(1, &["Extra", "Search"])
                        .details({
                            static DETAILS: [(u16, __rt::Detail); 1] = [
                                (
                                    1,
                                    __rt::Detail {
                                        style: __rt::Style::Json,
                                        members: &__ListBySearchRequestSearch,
                                        ..__rt::Detail::PLAIN
                                    },
                                ),
                            ];
                            &DETAILS
                        }),
                )
                .errors(&["Thing.NotFound"]);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(index: usize, _: &str) -> ListBySearchError {
                __rt::variant(
                    index,
                    [ListBySearchError::ThingNotFound],
                    ListBySearchError::Other,
                )
            }
        }
        impl ::core::fmt::Debug for ListBySearchRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// An object in a request.
        #[must_use = "an object does nothing until it is set in a request"]
        #[derive(::core::clone::Clone)]
        pub struct ListBySearchRequestSearch(__rt::Input);
        pub(super) static __ListBySearchRequestSearch: __rt::Parameters = __rt::Parameters::new(
            1,
            &["Size", "Words", "Page"],
        );
        impl ListBySearchRequestSearch {
            /** Creates a request from its required parameters.

 - `size`: The size.*/
            #[inline]
            pub fn new(size: i32) -> Self {
                Self(__rt::Input::new().set(0, size))
            }
            /// `Words`
            #[inline]
            pub fn words(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(1, value))
            }
            /// `Page`
            #[inline]
            pub fn page(self, value: i64) -> Self {
                Self(self.0.set(2, value))
            }
        }
        impl ::core::convert::From<ListBySearchRequestSearch> for __rt::Value {
            #[inline]
            fn from(object: ListBySearchRequestSearch) -> Self {
                Self::Object(object.0)
            }
        }
        impl ::core::fmt::Debug for ListBySearchRequestSearch {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                self.0
                    .debug(f, "ListBySearchRequestSearch", &__ListBySearchRequestSearch)
            }
        }
        /// The response to [`ListBySearchRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct ListBySearchResponse {
            /// `HasMore`
            pub has_more: bool,
            /// `Found`
            pub found: __rt::Vec<__rt::String>,
        }
        impl ::core::fmt::Debug for ListBySearchResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("ListBySearchResponse", self, f)
            }
        }
        impl __rt::Decode for ListBySearchResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("HasMore", __rt::Slot::Boolean(&mut self.has_more)),
                    1 => ("Found", __rt::Slot::List(&mut self.found)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`ListBySearchRequest`].
        pub type ListBySearchError = super::ServiceError;
        impl __rt::Paginated for ListBySearchRequest {
            type Item = __rt::String;
            const PAGINATION: __rt::Pagination = __rt::Pagination::number(&[1, 2], 0)
                .size(&[1, 0])
                .more("HasMore");
            #[inline]
            fn items(
                response: &mut ListBySearchResponse,
            ) -> __rt::Option<&mut __rt::Vec<__rt::String>> {
                __rt::Option::Some(&mut response.found)
            }
        }
    }
    pub use self::list_by_search::{
        ListBySearchRequest, ListBySearchRequestSearch, ListBySearchResponse,
        ListBySearchError,
    };
    mod list_by_token {
        use super::__rt;
        /** Lists things, with a token for each next page.

 The response is paginated. `items` on the call streams the items of all pages; `pages` streams the responses.

 [Official documentation](https://api.alibabacloud.com/document/Pages/2022-03-04/ListByToken)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct ListByTokenRequest(__rt::Input);
        impl ListByTokenRequest {
            /** Creates a request from its required parameters.

 - `region_id`: The ID of the region, such as `cn-hangzhou`.*/
            #[inline]
            pub fn new(region_id: impl __rt::Into<__rt::String>) -> Self {
                Self(__rt::Input::new().text(0, region_id))
            }
            /// The token of the next page. It is empty in the response with the last page.
            #[inline]
            pub fn next_token(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(1, value))
            }
        }
        impl __rt::Request for ListByTokenRequest {
            type Response = ListByTokenResponse;
            type Error = ListByTokenError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::repeatable(
                    &super::SERVICE,
                    "ListByToken",
                    __rt::Method::Post,
                    __rt::Parameters::new(1, &["RegionId", "NextToken"]),
                )
                .errors(&["Thing.NotFound"]);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(index: usize, _: &str) -> ListByTokenError {
                __rt::variant(
                    index,
                    [ListByTokenError::ThingNotFound],
                    ListByTokenError::Other,
                )
            }
        }
        impl ::core::fmt::Debug for ListByTokenRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`ListByTokenRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct ListByTokenResponse {
            /// The token of the next page. It is empty in the response with the last page.
            pub next_token: __rt::String,
            /// `Things`
            pub things: __rt::Vec<ListByTokenResponseThing>,
        }
        impl ::core::fmt::Debug for ListByTokenResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("ListByTokenResponse", self, f)
            }
        }
        impl __rt::Decode for ListByTokenResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("NextToken", __rt::Slot::Text(&mut self.next_token)),
                    1 => ("Things", __rt::Slot::Wrapped("Thing", &mut self.things)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// `Thing`
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct ListByTokenResponseThing {
            /// The ID.
            pub id: __rt::String,
            /** The status.

 Documented values: `Pending`, `Ready`, `Broken`.*/
            pub status: __rt::String,
        }
        impl ::core::fmt::Debug for ListByTokenResponseThing {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("ListByTokenResponseThing", self, f)
            }
        }
        impl __rt::Decode for ListByTokenResponseThing {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("Id", __rt::Slot::Text(&mut self.id)),
                    1 => ("Status", __rt::Slot::Text(&mut self.status)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`ListByTokenRequest`].
        pub type ListByTokenError = super::ServiceError;
        impl __rt::Paginated for ListByTokenRequest {
            type Item = super::ListByTokenResponseThing;
            const PAGINATION: __rt::Pagination = __rt::Pagination::token(
                &[1],
                "NextToken",
            );
            #[inline]
            fn items(
                response: &mut ListByTokenResponse,
            ) -> __rt::Option<&mut __rt::Vec<super::ListByTokenResponseThing>> {
                __rt::Option::Some(&mut response.things)
            }
        }
        impl ListByTokenRequest {
            /// Waits until `Things.Thing.Status` is `Ready`; fails if it is `Broken`. Polls every 5 s, for at most 300 s.
            pub const THINGS_READY: __rt::Waiter<Self> = __rt::Waiter::value(
                    "Things.Thing.Status",
                    &["Ready"],
                    5,
                    300,
                )
                .failing(&["Broken"]);
            /// Waits until the operation fails with `Thing.NotFound`. Polls every 10 s, for at most 60 s.
            pub const ALL_GONE: __rt::Waiter<Self, ()> = __rt::Waiter::code(
                &["Thing.NotFound"],
                10,
                60,
            );
        }
    }
    pub use self::list_by_token::{
        ListByTokenRequest, ListByTokenResponse, ListByTokenResponseThing,
        ListByTokenError,
    };
    mod list_on_shelf {
        use super::__rt;
        /** Lists boxes on a shelf below another, with page numbers that are texts.

 The response is paginated. `items` on the call streams the items of all pages; `pages` streams the responses.

 [Official documentation](https://api.alibabacloud.com/document/Pages/2022-03-04/ListOnShelf)*/
        #[must_use = "a request does nothing until a client's method sends it"]
        #[derive(::core::clone::Clone)]
        pub struct ListOnShelfRequest(__rt::Input);
        impl ListOnShelfRequest {
            /// Creates a request from its required parameters.
            #[inline]
            pub fn new() -> Self {
                Self(__rt::Input::new())
            }
            /// The number of the page.
            #[inline]
            pub fn current_page(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(0, value))
            }
            /// The maximum number of results on a page.
            #[inline]
            pub fn page_size(self, value: impl __rt::Into<__rt::String>) -> Self {
                Self(self.0.text(1, value))
            }
        }
        impl __rt::Request for ListOnShelfRequest {
            type Response = ListOnShelfResponse;
            type Error = ListOnShelfError;
            const OPERATION: &'static __rt::Operation = &__rt::Operation::repeatable(
                    &super::SERVICE,
                    "ListOnShelf",
                    __rt::Method::Post,
                    __rt::Parameters::new(0, &["CurrentPage", "PageSize"]),
                )
                .errors(&["InvalidPage", "Shelf.Box-Locked", "Thing.NotFound"]);
            #[inline]
            fn input(&self) -> &__rt::Input {
                &self.0
            }
            #[inline]
            fn error(index: usize, _: &str) -> ListOnShelfError {
                __rt::variant(
                    index,
                    [
                        ListOnShelfError::InvalidPage,
                        ListOnShelfError::ShelfBoxLocked,
                        ListOnShelfError::ThingNotFound,
                    ],
                    ListOnShelfError::Other,
                )
            }
        }
        impl ::core::fmt::Debug for ListOnShelfRequest {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::Request::debug(self, f)
            }
        }
        /// The response to [`ListOnShelfRequest`].
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct ListOnShelfResponse {
            /// The number.
            pub count: __rt::String,
            /// `Shelf`
            pub shelf: __rt::Option<super::Shelf>,
        }
        impl ::core::fmt::Debug for ListOnShelfResponse {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("ListOnShelfResponse", self, f)
            }
        }
        impl __rt::Decode for ListOnShelfResponse {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("Count", __rt::Slot::Text(&mut self.count)),
                    1 => ("Shelf", __rt::Slot::OptionalObject(&mut self.shelf)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// Errors documented for [`ListOnShelfRequest`].
        #[non_exhaustive]
        pub enum ListOnShelfError {
            /** `InvalidPage`

 HTTP 400: There is no such page.*/
            InvalidPage,
            /** `Shelf.Box-Locked`

 HTTP 409: A box is locked.*/
            ShelfBoxLocked,
            /** `Thing.NotFound`

 HTTP 404: No such thing.*/
            ThingNotFound,
            /// Any other error code, such as one of the gateway.
            Other,
        }
        impl ::core::fmt::Debug for ListOnShelfError {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug_variant::<ListOnShelfRequest>(self, f)
            }
        }
        impl __rt::Paginated for ListOnShelfRequest {
            type Item = super::ShelfBox;
            const PAGINATION: __rt::Pagination = __rt::Pagination::number(&[0], 1)
                .is_text(true)
                .total("Count");
            #[inline]
            fn items(
                response: &mut ListOnShelfResponse,
            ) -> __rt::Option<&mut __rt::Vec<super::ShelfBox>> {
                __rt::Option::Some(&mut response.shelf.as_mut()?.below.as_mut()?.boxes)
            }
        }
    }
    pub use self::list_on_shelf::{
        ListOnShelfRequest, ListOnShelfResponse, ListOnShelfError,
    };
    mod __shared {
        use super::__rt;
        /// Errors of operations that document none of their own.
        #[derive(::core::fmt::Debug)]
        #[non_exhaustive]
        pub enum ServiceError {
            /** `Thing.NotFound`

 HTTP 404: No such thing.*/
            ThingNotFound,
            /// Any other error code, such as one of the gateway.
            Other,
        }
        /// `Shelf`
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct Shelf {
            /// `Books`
            pub books: __rt::Vec<__rt::String>,
            /// `Boxes`
            pub boxes: __rt::Vec<ShelfBox>,
            /// `Below`
            pub below: __rt::Option<__rt::Box<super::Shelf>>,
        }
        impl ::core::fmt::Debug for Shelf {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("Shelf", self, f)
            }
        }
        impl __rt::Decode for Shelf {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("Books", __rt::Slot::List(&mut self.books)),
                    1 => ("Boxes", __rt::Slot::Wrapped("Box", &mut self.boxes)),
                    2 => ("Below", __rt::Slot::OptionalObject(&mut self.below)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
        /// `Box`
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct ShelfBox {
            /// The ID.
            pub id: __rt::String,
        }
        impl ::core::fmt::Debug for ShelfBox {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __rt::debug("ShelfBox", self, f)
            }
        }
        impl __rt::Decode for ShelfBox {
            #[inline]
            fn field(&mut self, index: usize) -> (&'static str, __rt::Slot<'_>) {
                match index {
                    0 => ("Id", __rt::Slot::Text(&mut self.id)),
                    _ => ("", __rt::Slot::Skip),
                }
            }
        }
    }
    pub use self::__shared::{ServiceError, Shelf, ShelfBox};
}
