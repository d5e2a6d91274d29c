//! Percent-encoding as in the gateway's canonical requests. All bytes except the unreserved characters of RFC 3986 are
//! encoded as `%XX`.

/// All encoded bytes: `%00%01…%FF`.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
static ENCODED: &str = {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    const BYTES: [u8; 768] = {
        let mut table = [b'%'; 768];
        let mut byte = 0;
        while byte < 256 {
            table[byte * 3 + 1] = HEX[byte >> 4];
            table[byte * 3 + 2] = HEX[byte & 15];
            byte += 1;
        }
        table
    };
    match std::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => "",
    }
};

/// Appends the encoded text.
pub(crate) fn encode(text: &str, out: &mut String) {
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !is_plain(byte) {
            // Plain bytes are ASCII, so a run of them begins and ends between characters.
            out.push_str(text.get(start..at).unwrap_or_default());
            out.push_str(encoded(byte));
            start = at + 1;
        }
    }
    out.push_str(text.get(start..).unwrap_or_default());
}

/// The length of the encoded text, in bytes.
pub(crate) fn encoded_length(text: &str) -> usize {
    text.bytes().map(|byte| if is_plain(byte) { 1 } else { 3 }).sum()
}

/// Appends the encoded text to `out`, and the twice encoded text to `again`.
pub(crate) fn encode_twice(text: &str, out: &mut String, again: &mut String) {
    let mut start = 0;
    let plain = |from: usize, to: usize, out: &mut String, again: &mut String| {
        let run = text.get(from..to).unwrap_or_default();
        out.push_str(run);
        again.push_str(run);
    };
    for (at, byte) in text.bytes().enumerate() {
        if !is_plain(byte) {
            plain(start, at, out, again);
            let triple = encoded(byte);
            out.push_str(triple);
            again.push_str("%25");
            again.push_str(triple.get(1..).unwrap_or_default());
            start = at + 1;
        }
    }
    plain(start, text.len(), out, again);
}

fn encoded(byte: u8) -> &'static str {
    let start = usize::from(byte) * 3;
    ENCODED.get(start..start + 3).unwrap_or_default()
}

/// Whether a byte is not encoded.
fn is_plain(byte: u8) -> bool {
    #[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
    static PLAIN: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            let one = byte as u8;
            table[byte] = one.is_ascii_alphanumeric() || matches!(one, b'-' | b'_' | b'.' | b'~');
            byte += 1;
        }
        table
    };
    PLAIN.get(usize::from(byte)).is_some_and(|plain| *plain)
}
