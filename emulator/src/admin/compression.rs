//! Compresses responses of the admin API.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderMap, HeaderValue, VARY};

use crate::wire::reply::Response;

/// Smaller bodies fit into one packet.
const SMALLEST: usize = 1024;

/// Compresses the body with gzip if the client accepts that.
pub(crate) fn compress(response: &mut Response, request: &HeaderMap) {
    response.headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    if response.body.len() < SMALLEST || !accepts_gzip(request) {
        return;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    if encoder.write_all(&response.body).is_ok()
        && let Ok(body) = encoder.finish()
    {
        response.body = body.into();
        response.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
}

fn accepts_gzip(request: &HeaderMap) -> bool {
    let accepted = request.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        // `gzip;q=0` rejects it.
        let is_rejected = quality.trim().strip_prefix("q=").is_some_and(|q| q.parse::<f32>() == Ok(0.0));
        name.trim().eq_ignore_ascii_case("gzip") && !is_rejected
    })
}
