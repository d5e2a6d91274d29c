#![doc = include_str!("../README.md")]

alicloud_macros::generate!("specs");

pub use alicloud_runtime::{
    Call, Config, Credentials, Error, Failure, Format, HttpRequest, HttpResponse, Phase, Retries, Sending,
    ServiceFailure, SignatureVersion, Transport, TransportFailure, UnreadableResponse, Violation, signature,
};
