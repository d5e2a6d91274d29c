//! Percent-encoding as the gateway canonicalises: RFC 3986 unreserved characters stay, every other byte is `%XX`.

/// `%00%01…%FF`.
static ENCODED: &str = text(&table::<768>(b"%"));
/// The same, encoded once more: `%2500%2501…%25FF`.
static TWICE: &str = text(&table::<1280>(b"%25"));

/// Each byte's two digits behind the prefix.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
const fn table<const LENGTH: usize>(prefix: &[u8]) -> [u8; LENGTH] {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut table = [0; LENGTH];
    let (mut at, mut byte) = (0, 0);
    while byte < 256 {
        let mut of_prefix = 0;
        while of_prefix < prefix.len() {
            table[at + of_prefix] = prefix[of_prefix];
            of_prefix += 1;
        }
        at += prefix.len();
        table[at] = HEX[byte >> 4];
        table[at + 1] = HEX[byte & 15];
        at += 2;
        byte += 1;
    }
    table
}

const fn text(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => "",
    }
}

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

/// Appends the encoded text, and to `again` the encoded form of that.
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
            let place = usize::from(byte) * 5;
            out.push_str(encoded(byte));
            again.push_str(TWICE.get(place..place + 5).unwrap_or_default());
            start = at + 1;
        }
    }
    plain(start, text.len(), out, again);
}

fn encoded(byte: u8) -> &'static str {
    let place = usize::from(byte) * 3;
    ENCODED.get(place..place + 3).unwrap_or_default()
}

/// Which bytes stay as they are.
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
