//! What this crate itself calls, generated from `specs/` like everything that users call.

alicloud_macros::generate!("specs");
