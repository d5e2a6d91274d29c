//! A client over real sockets, with its own signer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Builder, Emulator, SourceFile};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The time of the emulator's clock: 2026-01-02T03:04:05Z.
pub(crate) const NOW: &str = "2026-01-02T03:04:05Z";

pub(crate) fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_767_323_045)
}

/// Returns an emulator with the bundled specs that were written by hand, and the clock at [`NOW`].
pub(crate) fn project_specs() -> Builder {
    Emulator::builder().sources(hand_written()).clock(now)
}

/// The files of the operations that were written by hand, without the thousands of imported ones.
fn hand_written() -> Vec<SourceFile> {
    const NAMES: [&str; 5] = [
        "DeleteActivation",
        "DeleteOTAFirmware",
        "InactivateDeviceCertificate",
        "ResetThing",
        "UnRegisterDeviceCredential",
    ];
    const PRODUCTS: [&str; 3] = ["ecs/2014-05-26", "iot/2018-01-20", "onsmqtt/2020-04-20"];
    let is_one = |file: &SourceFile| {
        let (folder, name) = file.path.rsplit_once('/').unwrap();
        let name = name.trim_end_matches(".yaml");
        PRODUCTS.contains(&folder) && (name == "service" || NAMES.contains(&name))
    };
    alicloud_emulator::bundled_specs().into_iter().filter(is_one).collect()
}

/// Returns an emulator with a product that has these operations, and the clock at [`NOW`].
pub(crate) fn lab(operations: &[(&str, &str)]) -> Builder {
    lab_with("", operations)
}

/// As [`lab`], with more lines in the product's `service.yaml`.
pub(crate) fn lab_with(service: &str, operations: &[(&str, &str)]) -> Builder {
    let head = "product: Lab\nversion: 2030-01-01\nstyle: RPC\nendpoints: { host: lab.aliyuncs.com }\n";
    let mut sources =
        vec![SourceFile { path: "lab/2030-01-01/service.yaml".to_owned(), text: format!("{head}{service}") }];
    for (name, text) in operations {
        let text = format!("operation: {name}\nsummary: Tries something.\nmethods: [POST, GET]\n{text}");
        sources.push(SourceFile { path: format!("lab/2030-01-01/{name}.yaml"), text });
    }
    Emulator::builder().sources(sources).clock(now)
}

/// Returns an emulator with a ROA product that has these types and operations, and the clock at [`NOW`].
pub(crate) fn roa_lab(types: &str, operations: &[(&str, &str)]) -> Builder {
    let service = "product: Lab\nversion: 2030-01-01\nstyle: ROA\nendpoints: { host: lab.aliyuncs.com }\n";
    Emulator::builder().sources(roa_sources("lab/2030-01-01", service, types, operations)).clock(now)
}

/// Returns the files of a ROA product.
pub(crate) fn roa_sources(folder: &str, service: &str, types: &str, operations: &[(&str, &str)]) -> Vec<SourceFile> {
    let file = |name: &str, text: String| SourceFile { path: format!("{folder}/{name}.yaml"), text };
    let mut sources = vec![file("service", service.to_owned())];
    if !types.is_empty() {
        sources.push(file("types", types.to_owned()));
    }
    for (name, text) in operations {
        sources.push(file(name, format!("operation: {name}\nsummary: Tries something.\n{text}")));
    }
    sources
}

/// A valid call, which tests change.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) host: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) secret: String,
    pub(crate) signature: Signature,
}

/// The signature to use.
#[derive(Clone)]
pub(crate) enum Signature {
    Right,
    Missing,
    Given(String),
}

impl Request {
    pub(crate) fn new(version: &str, action: &str) -> Self {
        static NONCE: AtomicUsize = AtomicUsize::new(0);
        let nonce = format!("nonce-{}", NONCE.fetch_add(1, Ordering::Relaxed));
        let common = [
            ("Action", action),
            ("Version", version),
            ("Format", "JSON"),
            ("AccessKeyId", ACCESS_KEY_ID),
            ("SignatureMethod", "HMAC-SHA1"),
            ("SignatureVersion", "1.0"),
            ("SignatureNonce", &nonce),
            ("Timestamp", NOW),
        ];
        Self {
            method: "POST".to_owned(),
            path: "/".to_owned(),
            host: "127.0.0.1".to_owned(),
            query: common.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            form: Vec::new(),
            headers: Vec::new(),
            secret: ACCESS_KEY_SECRET.to_owned(),
            signature: Signature::Right,
        }
    }

    /// Sets a query parameter.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        match self.query.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value.to_owned(),
            None => self.query.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    pub(crate) fn with_all(self, parameters: &[(&str, &str)]) -> Self {
        parameters.iter().fold(self, |request, (name, value)| request.with(name, value))
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.query.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn form(mut self, name: &str, value: &str) -> Self {
        self.form.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn method(mut self, method: &str) -> Self {
        self.method = method.to_owned();
        self
    }

    pub(crate) fn path(mut self, path: &str) -> Self {
        self.path = path.to_owned();
        self
    }

    pub(crate) fn host(mut self, host: &str) -> Self {
        self.host = host.to_owned();
        self
    }

    pub(crate) fn account(mut self, id: &str, secret: &str) -> Self {
        self.secret = secret.to_owned();
        self.with("AccessKeyId", id)
    }

    pub(crate) fn signature(mut self, signature: Signature) -> Self {
        self.signature = signature;
        self
    }

    pub(crate) fn string_to_sign(&self) -> String {
        let all: BTreeMap<&str, &str> =
            self.query.iter().chain(&self.form).map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let pairs: Vec<String> =
            all.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        format!("{}&%2F&{}", self.method, encode(&pairs.join("&")))
    }

    /// Returns the query with the signature.
    pub(crate) fn signed_query(&self) -> String {
        let mut pairs: Vec<String> =
            self.query.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let signature = match &self.signature {
            Signature::Right => Some(sign(&self.string_to_sign(), &self.secret)),
            Signature::Missing => None,
            Signature::Given(given) => Some(given.clone()),
        };
        pairs.extend(signature.map(|signature| format!("Signature={}", encode(&signature))));
        pairs.join("&")
    }

    /// Returns the whole request as it is sent.
    pub(crate) fn to_wire(&self) -> String {
        let form: Vec<String> =
            self.form.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let mut headers = self.headers.clone();
        if !form.is_empty() {
            headers.push(("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()));
        }
        let target = format!("{}?{}", self.path, self.signed_query());
        http(&self.method, &target, &self.host, &headers, &form.join("&"))
    }

    pub(crate) async fn send(&self, emulator: &Emulator) -> Reply {
        Connection::open(emulator).await.exchange(self.to_wire().as_bytes()).await.expect("a response")
    }
}

/// Returns an HTTP/1.1 request.
pub(crate) fn http(method: &str, target: &str, host: &str, headers: &[(String, String)], body: &str) -> String {
    let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {length}\r\n\r\n{body}")
}

/// Sends a request unchanged. It goes to the emulator's address unless the headers have a `host`.
pub(crate) async fn ask(
    emulator: &Emulator,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Reply {
    let (hosts, others): (Vec<_>, Vec<_>) = headers.iter().partition(|(name, _)| *name == "host");
    let host = hosts.first().map_or("127.0.0.1:80", |(_, host)| host);
    let others: Vec<_> = others.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let wire = http(method, target, host, &others, body);
    Connection::open(emulator).await.exchange(wire.as_bytes()).await.unwrap()
}

pub(crate) fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |encoded, byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded + &char::from(byte).to_string(),
        other => encoded + &format!("%{other:02X}"),
    })
}

pub(crate) fn sign(string_to_sign: &str, secret: &str) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(format!("{secret}&").as_bytes()).unwrap();
    mac.update(string_to_sign.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Returns a POST request to `/` with signature V3. The query must already be canonical.
pub(crate) fn sign_v3(version: &str, action: &str, query: &str, form: &str) -> String {
    let request = V3 {
        method: "POST",
        path: "/",
        query,
        headers: &[
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-acs-action", action),
            ("x-acs-version", version),
        ],
        body: form.as_bytes(),
    };
    String::from_utf8(request.to_wire("nonce")).unwrap()
}

/// A request to sign with V3. Path and query are already encoded, and the query is sorted.
pub(crate) struct V3<'r> {
    pub(crate) method: &'r str,
    pub(crate) path: &'r str,
    pub(crate) query: &'r str,
    pub(crate) headers: &'r [(&'r str, &'r str)],
    pub(crate) body: &'r [u8],
}

impl V3<'_> {
    pub(crate) async fn send(&self, emulator: &Emulator) -> Reply {
        static NONCE: AtomicUsize = AtomicUsize::new(0);
        let nonce = format!("v3-{}", NONCE.fetch_add(1, Ordering::Relaxed));
        Connection::open(emulator).await.exchange(&self.to_wire(&nonce)).await.expect("a response")
    }

    /// Returns the request with all headers signed.
    pub(crate) fn to_wire(&self, nonce: &str) -> Vec<u8> {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let body_sha256 = hex(&Sha256::digest(self.body));
        let host = self.headers.iter().find(|(name, _)| *name == "host").map_or("127.0.0.1", |(_, host)| host);
        let mut headers: Vec<(&str, &str)> = self.headers.iter().copied().filter(|(name, _)| *name != "host").collect();
        headers.extend([
            ("host", host),
            ("x-acs-content-sha256", body_sha256.as_str()),
            ("x-acs-date", NOW),
            ("x-acs-signature-nonce", nonce),
        ]);
        headers.sort_unstable();
        let lines: String = headers.iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
        let Self { method, path, query, body, .. } = self;
        let canonical_request = format!("{method}\n{path}\n{query}\n{lines}\n{names}\n{body_sha256}");
        let string_to_sign = format!("ACS3-HMAC-SHA256\n{}", hex(&Sha256::digest(canonical_request)));
        let mut mac = Hmac::<Sha256>::new_from_slice(ACCESS_KEY_SECRET.as_bytes()).unwrap();
        mac.update(string_to_sign.as_bytes());
        let signature = hex(&mac.finalize().into_bytes());
        let authorization =
            format!("ACS3-HMAC-SHA256 Credential={ACCESS_KEY_ID},SignedHeaders={names},Signature={signature}");
        headers.retain(|(name, _)| *name != "host");
        headers.push(("authorization", &authorization));
        let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let target = if query.is_empty() { (*path).to_owned() } else { format!("{path}?{query}") };
        let length = body.len();
        let head = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n{lines}Content-Length: {length}\r\n\r\n");
        [head.as_bytes(), body].concat()
    }
}

/// A connection to an emulator.
pub(crate) struct Connection {
    stream: TcpStream,
    pending: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(emulator: &Emulator) -> Self {
        let address = emulator.url().strip_prefix("http://").unwrap();
        Self { stream: TcpStream::connect(address).await.unwrap(), pending: Vec::new() }
    }

    /// Sends bytes and reads one response. Returns `None` if the connection ends without one.
    pub(crate) async fn exchange(&mut self, bytes: &[u8]) -> Option<Reply> {
        self.write(bytes).await;
        self.read().await
    }

    /// Sends bytes. It is not an error if the server has already closed the connection: its response may have arrived.
    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        drop(self.stream.write_all(bytes).await);
    }

    /// Sends bytes, and returns whether the connection is still open.
    pub(crate) async fn try_write(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).await.is_ok()
    }

    pub(crate) async fn finish(&mut self) {
        drop(self.stream.shutdown().await);
    }

    async fn more(&mut self) -> bool {
        let mut chunk = [0; 16 * 1024];
        match self.stream.read(&mut chunk).await {
            Ok(0) | Err(_) => false,
            Ok(read) => {
                self.pending.extend(chunk.iter().take(read));
                true
            }
        }
    }

    pub(crate) async fn read(&mut self) -> Option<Reply> {
        let end = loop {
            match self.pending.windows(4).position(|window| window == b"\r\n\r\n") {
                Some(end) => break end,
                None if self.more().await => {}
                None => return None,
            }
        };
        let head: Vec<u8> = self.pending.drain(..end + 4).collect();
        let head = String::from_utf8(head).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<(String, String)> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length").map(|(_, value)| value.as_str());
        let length: usize = length.unwrap_or("0").parse().unwrap();
        while self.pending.len() < length && self.more().await {}
        let complete = self.pending.len() >= length;
        let body = self.pending.drain(..length.min(self.pending.len())).collect();
        Some(Reply { status, headers, body: String::from_utf8(body).unwrap(), complete })
    }

    /// Reads to the end. Returns the error, or `None` if the server has closed the connection normally.
    pub(crate) async fn ending(&mut self) -> Option<std::io::ErrorKind> {
        let mut rest = Vec::new();
        self.stream.read_to_end(&mut rest).await.err().map(|error| error.kind())
    }

    /// Whether the server has closed the connection.
    pub(crate) async fn is_closed(&mut self) -> bool {
        !self.more().await
    }
}

/// A response.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) complete: bool,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// Returns a member of the response, in either format. Empty if it is missing.
    pub(crate) fn text(&self, name: &str) -> String {
        if self.header("content-type").starts_with("application/json") {
            return match &self.json()[name] {
                serde_json::Value::Null => String::new(),
                serde_json::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
        }
        let inner =
            self.body.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
        let inner = inner.map_or("", |(inner, _)| inner);
        inner.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }
}
