//! The words of a name in CamelCase.

/// Names with capitals inside, which are one word each.
const WHOLE: [&str; 27] = [
    "IPv4",
    "IPv6",
    "Ipv4",
    "Ipv6",
    "IPV4",
    "IPV6",
    "VSwitches",
    "VSwitch",
    "VServers",
    "VServer",
    "VRouters",
    "VRouter",
    "DDoS",
    "MySQL",
    "PostgreSQL",
    "NoSQL",
    "PolarDB",
    "MongoDB",
    "OAuth2",
    "OAuth",
    "WiFi",
    "IoT",
    "GraphQL",
    "GitHub",
    "GitLab",
    "SaaS",
    "ClickHouse",
];

/// Splits a name into words. Returns `None` if it has other characters than ASCII letters, digits and underscores.
pub(super) fn split(name: &str) -> Option<Vec<String>> {
    if !name.chars().all(|char| char.is_ascii_alphanumeric() || char == '_') {
        return None;
    }
    let mut words = Vec::new();
    let mut rest = name.trim_matches('_');
    while !rest.is_empty() {
        let length = first_word(rest);
        let (word, after) = rest.split_at_checked(length)?;
        words.push(word.to_owned());
        rest = after.trim_start_matches('_');
    }
    (!words.is_empty()).then_some(words)
}

/// Whether the word is a version, such as `V2`.
pub(super) fn is_version(word: &str) -> bool {
    word.strip_prefix(['V', 'v']).is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The length of the first word, in bytes.
fn first_word(text: &str) -> usize {
    let is_end = |at: usize| !text.as_bytes().get(at).is_some_and(u8::is_ascii_lowercase);
    if let Some(whole) = WHOLE.iter().find(|whole| text.starts_with(**whole) && is_end(whole.len())) {
        return whole.len();
    }
    let count = |from: usize, is: fn(&u8) -> bool| text.bytes().skip(from).take_while(is).count();
    let upper = count(0, u8::is_ascii_uppercase);
    let digits_after = |end: usize| end + count(end, u8::is_ascii_digit);
    match upper {
        0 => {
            let lower = count(0, u8::is_ascii_lowercase);
            digits_after(lower).max(1)
        }
        1 => digits_after(1 + count(1, u8::is_ascii_lowercase)),
        // An acronym in the plural, such as `VPCs`.
        _ if text.as_bytes().get(upper) == Some(&b's') && is_end(upper + 1) => upper + 1,
        _ if is_end(upper) => digits_after(upper),
        // The last capital begins the next word.
        _ => upper - 1,
    }
}
