//! Formats times as in RFC 3339. Formatting never fails.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 9999-12-31T23:59:59Z. RFC 3339 has four digits for the year.
const LAST_SECOND: Duration = Duration::from_secs(253_402_300_799);

/// The time in UTC, in whole seconds: `2026-01-31T12:00:00Z`.
///
/// Times before 1970 and after 9999 become the first and the last second that can be formatted. The service rejects
/// both, so the caller receives an error about the time instead of a panic.
pub(crate) fn rfc3339(time: SystemTime) -> String {
    let since_epoch = time.duration_since(UNIX_EPOCH).unwrap_or_default().min(LAST_SECOND);
    // `humantime` panics for times outside this range.
    humantime::format_rfc3339_seconds(UNIX_EPOCH + since_epoch).to_string()
}
