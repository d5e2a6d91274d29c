//! The ID of a request.

use std::cell::LazyCell;

use uuid::Uuid;

/// The ID of a request. It is created when it is needed, because most responses have that of a sample.
pub(crate) type RequestId = LazyCell<String>;

pub(crate) fn new_request_id() -> RequestId {
    LazyCell::new(|| format!("{:X}", Uuid::new_v4().hyphenated()))
}
