#![doc = include_str!("../README.md")]

alicloud_macros::generate!("specs");

pub use alicloud_runtime::{
    Call, Config, Credentials, Error, Failure, Format, Phase, ServiceFailure, SignatureVersion, TransportFailure,
    UnreadableResponse, Violation, signature,
};
