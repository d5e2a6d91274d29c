//! Signatures, from the server's side.
//!
//! What was signed is rebuilt from what arrived; the page's calls are signed here, too. Nothing here is shared with the client's signer: a mistake would
//! otherwise agree with itself.

pub(crate) mod v1;
pub(crate) mod v3;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// All that is not `A-Z a-z 0-9 - _ . ~`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

pub(crate) fn encoded(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, RESERVED)
}

/// Sorted, encoded and joined.
fn canonical_query(parameters: &mut [(&str, &str)]) -> String {
    parameters.sort_unstable();
    let pairs: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    pairs.join("&")
}
