//! The files of the page at `/`, and the requests that get them.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
    REFERRER_POLICY, VARY, X_CONTENT_TYPE_OPTIONS,
};

use crate::wire::reply::Response;
use crate::wire::request::WireRequest;

/// Forbids other origins, inline scripts and styles, and markup that is created from text.
const POLICY: &str = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'; require-trusted-types-for 'script'";

/// A file of the page.
pub(crate) struct File {
    content_type: &'static str,
    text: &'static str,
}

const PAGE: File = File { content_type: "text/html;charset=utf-8", text: include_str!("page/index.html") };

/// The files that the page loads, by their names below the path of the admin API.
const FILES: &[(&str, File)] = &[
    ("page.css", File { content_type: "text/css;charset=utf-8", text: include_str!("page/page.css") }),
    ("icon.svg", File { content_type: "image/svg+xml", text: include_str!("page/icon.svg") }),
    ("page.js", script(include_str!("page/page.js"))),
    ("admin.js", script(include_str!("page/admin.js"))),
    ("calling.js", script(include_str!("page/calling.js"))),
    ("documentation.js", script(include_str!("page/documentation.js"))),
    ("element.js", script(include_str!("page/element.js"))),
    ("form.js", script(include_str!("page/form.js"))),
    ("format.js", script(include_str!("page/format.js"))),
    ("list.js", script(include_str!("page/list.js"))),
    ("log.js", script(include_str!("page/log.js"))),
];

const fn script(text: &'static str) -> File {
    File { content_type: "text/javascript;charset=utf-8", text }
}

/// Returns the page if a browser asks for it. A request with a query, an `Authorization` header or `x-acs-` headers is
/// a call.
pub(crate) fn page(request: &WireRequest) -> Option<&'static File> {
    let is_call = !request.query.is_empty()
        || request.headers.contains_key(AUTHORIZATION)
        || request.headers.keys().any(|name| name.as_str().starts_with("x-acs-"));
    (request.method == "GET" && request.path == "/" && !is_call && wants_html(&request.headers)).then_some(&PAGE)
}

/// Returns the file with this name.
pub(crate) fn file(name: &str) -> Option<&'static File> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, file)| file)
}

fn wants_html(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let mut media_types = accepted.flat_map(|value| value.split(','));
    media_types.any(|range| range.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("text/html"))
}

impl File {
    pub(crate) fn response(&self) -> Response {
        let headers: [(HeaderName, &'static str); 6] = [
            (CONTENT_TYPE, self.content_type),
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
            // Another version of the emulator can be at the same address later.
            (CACHE_CONTROL, "no-store"),
            (VARY, "accept"),
        ];
        let headers = headers.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value)));
        Response {
            status: StatusCode::OK,
            headers: headers.collect(),
            body: Bytes::from_static(self.text.as_bytes()),
            truncated: false,
        }
    }
}
