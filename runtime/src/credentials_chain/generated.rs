//! The STS client that this crate itself uses, generated from `specs/`.

alicloud_macros::generate!("specs");
