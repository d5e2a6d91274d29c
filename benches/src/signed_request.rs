//! One request of twelve parameters, generated and handwritten.

use std::time::SystemTime;

use alicloud_runtime::signature::{Method, Place, WireParameter, v1};
use alicloud_runtime::{Config, Credentials, SignatureVersion};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use crate::generated::bench::CreateResourceRequest;

/// The AccessKey of the benchmarks.
pub const ACCESS_KEY: (&str, &str) = ("LTAI5tBenchmarkExample01", "BenchmarkSecretExample01234567");

/// The values of the parameters: UTF-8, and reserved characters.
const REGION: &str = "cn-hangzhou";
const DESCRIPTION: &str = "杭州 测试+resource*~/?";
const NAME: &str = "web front-end (1)";
const TOKEN: &str = "0c593ea1-3bea-11e9-b96b-88e9fe637760";

/// Returns a configuration with the AccessKey and this endpoint, and the signature version of the handwritten code.
pub fn config(endpoint: &str) -> Config {
    let (id, secret) = ACCESS_KEY;
    Config::new(Credentials::new(id, secret)).endpoint(endpoint).signature_version(SignatureVersion::V1)
}

/// Returns the generated request.
pub fn typed() -> CreateResourceRequest {
    CreateResourceRequest::new(REGION, NAME).description(DESCRIPTION).client_token(TOKEN)
}

/// Returns the query of the same request, from handwritten code for this request: the parameters are already sorted,
/// one buffer is filled, and nothing is validated.
pub fn by_hand(description: &str, name: &str, now: SystemTime, nonce: &str) -> String {
    let (key_id, secret) = ACCESS_KEY;
    let mut query = Vec::with_capacity(1536);
    query.extend_from_slice(b"AccessKeyId=");
    encode(key_id.as_bytes(), &mut query);
    query.extend_from_slice(b"&Action=CreateResource&ClientToken=");
    encode(TOKEN.as_bytes(), &mut query);
    query.extend_from_slice(b"&Description=");
    encode(description.as_bytes(), &mut query);
    query.extend_from_slice(b"&Format=JSON&Name=");
    encode(name.as_bytes(), &mut query);
    query.extend_from_slice(b"&RegionId=");
    encode(REGION.as_bytes(), &mut query);
    query.extend_from_slice(b"&SignatureMethod=HMAC-SHA1&SignatureNonce=");
    query.extend_from_slice(nonce.as_bytes());
    query.extend_from_slice(b"&SignatureVersion=1.0&Timestamp=");
    push_time(now, &mut query);
    query.extend_from_slice(b"&Version=2014-05-26");

    // The string to sign is temporarily after the query.
    let end = query.len();
    query.extend_from_slice(b"POST&%2F&");
    for index in 0..end {
        let byte = query[index];
        encode(&[byte], &mut query);
    }
    let mut key = [0; 64];
    key[..secret.len()].copy_from_slice(secret.as_bytes());
    key[secret.len()] = b'&';
    let mut mac = Hmac::<Sha1>::new_from_slice(&key[..=secret.len()]).expect("a key of any length");
    mac.update(&query[end..]);
    query.truncate(end);
    query.extend_from_slice(b"&Signature=");
    let mut text = [0; 28];
    let length = STANDARD.encode_slice(mac.finalize().into_bytes(), &mut text).expect("room for 28 characters");
    encode(&text[..length], &mut query);
    String::from_utf8(query).expect("ASCII")
}

/// Returns the query with a new nonce and the current time.
pub fn by_hand_now() -> String {
    let mut nonce = [0; uuid::fmt::Simple::LENGTH];
    by_hand(DESCRIPTION, NAME, SystemTime::now(), uuid::Uuid::new_v4().simple().encode_lower(&mut nonce))
}

/// Returns the query of the runtime with this time and nonce.
pub fn by_runtime(now: SystemTime, nonce: &str) -> String {
    let parameters = [
        ("Action", "CreateResource"),
        ("ClientToken", TOKEN),
        ("Description", DESCRIPTION),
        ("Format", "JSON"),
        ("Name", NAME),
        ("RegionId", REGION),
        ("Version", "2014-05-26"),
    ]
    .map(|(name, value)| WireParameter { name: name.into(), value: value.into(), place: Place::Query });
    let (id, secret) = ACCESS_KEY;
    v1::sign(Method::Post, parameters.into(), &Credentials::new(id, secret), now, nonce).query
}

/// Checks that the handwritten query equals that of the runtime.
pub fn check_by_hand() {
    let (now, nonce) = (SystemTime::now(), "3ee8c1b883d344afa94f4e0ad82fd6cf");
    assert_eq!(by_hand(DESCRIPTION, NAME, now, nonce), by_runtime(now, nonce));
}

/// `2014-05-26T12:00:00Z`, encoded.
fn push_time(now: SystemTime, out: &mut Vec<u8>) {
    let now = now.duration_since(SystemTime::UNIX_EPOCH).expect("a time after 1970").as_secs();
    let (days, second) = (now / 86_400, now % 86_400);
    // Howard Hinnant's `civil_from_days`.
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let parts: [(u64, &[u8]); 7] = [
        (year / 100, b""),
        (year % 100, b"-"),
        (month, b"-"),
        (day, b"T"),
        (second / 3600, b"%3A"),
        (second / 60 % 60, b"%3A"),
        (second % 60, b"Z"),
    ];
    for (part, after) in parts {
        out.extend_from_slice(&[b'0' + (part / 10) as u8, b'0' + (part % 10) as u8]);
        out.extend_from_slice(after);
    }
}

/// The bytes that are not encoded.
const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        let one = byte as u8;
        table[byte] = one.is_ascii_alphanumeric() || matches!(one, b'-' | b'_' | b'.' | b'~');
        byte += 1;
    }
    table
};

fn encode(bytes: &[u8], out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for &byte in bytes {
        if UNRESERVED[usize::from(byte)] {
            out.push(byte);
        } else {
            out.extend_from_slice(&[b'%', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
    }
}
