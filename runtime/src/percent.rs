//! Percent-encoding as the gateway canonicalises: RFC 3986 unreserved characters stay, every other byte is `%XX`.

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends the encoded text.
pub(crate) fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        push(byte, out);
    }
}

#[inline]
fn push(byte: u8, out: &mut String) {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
        out.push(char::from(byte));
    } else {
        let digit = |nibble: u8| char::from(HEX.get(usize::from(nibble)).copied().unwrap_or(b'0'));
        out.push('%');
        out.push(digit(byte >> 4));
        out.push(digit(byte & 15));
    }
}
