//! Typed, documented, validated operations of Alibaba Cloud, generated from spec files.

alicloud_macros::generate!("specs");

pub use alicloud_runtime::{
    Call, Config, Credentials, Error, Failure, Format, Phase, ServiceFailure, TransportFailure, UnreadableResponse,
    Violation, signature,
};
