//! The log line of a call.

use alicloud_emulator::Call;

/// The longest that a caller's own text may get.
const LONGEST: usize = 60;

/// `03:04:05  Ecs  DeleteActivation  403  ActivationId.InUse  1 ms`, with nothing of what the call carried.
pub(super) fn call_line(call: &Call) -> String {
    let time = humantime::format_rfc3339_seconds(call.time).to_string();
    let time = time.split_once('T').map_or("", |(_, time)| time).trim_end_matches('Z');
    let status = call.outcome.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
    let code = call.outcome.code.as_deref();
    format!(
        "{time}  {:<8}  {:<28}  {status:<3}  {:<28}  {} ms\n",
        shown(&call.product),
        shown(&call.operation),
        shown(code.unwrap_or_default()),
        call.took.as_millis(),
    )
}

/// An operation may be any text of the caller's, which must not break lines or colour the terminal.
fn shown(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.chars().take(LONGEST).flat_map(char::escape_debug).collect() }
}
