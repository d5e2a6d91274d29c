//! The time stamp of a call.

use std::time::{Duration, SystemTime};

use crate::gateway_error::{self, GatewayError};

/// The maximum difference between a time stamp and the clock of the gateway.
const TOLERANCE: Duration = Duration::from_secs(15 * 60);

/// Checks that a time stamp is well formed, and near the clock of the gateway.
pub(crate) fn check(text: &str, now: SystemTime) -> Result<(), GatewayError> {
    let stamp = read_timestamp(text)?;
    let distance = now.duration_since(stamp).unwrap_or_else(|ahead| ahead.duration());
    if distance > TOLERANCE { Err(gateway_error::TIMESTAMP_EXPIRED.into()) } else { Ok(()) }
}

/// Reads `YYYY-MM-DDTHH:MM:SSZ`. The parser alone would also accept fractions of seconds.
fn read_timestamp(text: &str) -> Result<SystemTime, GatewayError> {
    let whole_seconds = text.len() == "2016-02-23T12:46:24Z".len();
    let read = humantime::parse_rfc3339(text).ok().filter(|_| whole_seconds);
    read.ok_or_else(|| gateway_error::TIMESTAMP_FORMAT.into())
}
