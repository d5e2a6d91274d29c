#![doc = include_str!("../README.md")]

mod account;
mod limits;
mod store;

pub use account::Account;
pub use limits::RedisLimits;
pub use redis::{ConnectionInfo, IntoConnectionInfo};
pub use store::StoreChange;
