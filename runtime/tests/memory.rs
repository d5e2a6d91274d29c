//! Freed memory contains no secrets, which a core dump or a memory bug could expose.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "suite/test_service.rs"]
mod test_service;

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};

use alicloud_runtime::dynamic::{Client, Input, Operation, Parameters};

use alicloud_runtime::Method;
use alicloud_runtime::{Config, Credentials, HttpRequest, HttpResponse, ResponseFuture, SignatureVersion, Transport};
use test_service::{SERVICE, request};

request!(Ping, Operation::new(&SERVICE, "Ping", Method::Post, Parameters::NONE));

/// The bytes of a secret, each changed, so that the test itself does not contain the secret.
struct Needle(Vec<u8>);

impl Needle {
    fn new(seed: u8) -> Self {
        Self((0..64_u8).map(|place| (b'a' + (place.wrapping_mul(7).wrapping_add(seed)) % 26) ^ 0x80).collect())
    }

    fn secret(&self) -> String {
        self.0.iter().map(|byte| char::from(byte ^ 0x80)).collect()
    }

    /// The number of times that the heap of this process contains the secret.
    fn found(&self) -> usize {
        let mut memory = File::open("/proc/self/mem").unwrap();
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let mut found = 0;
        let mut bytes = vec![0; 1 << 20];
        for line in maps.lines().filter(|line| line.contains(" rw-p ") && !line.contains(".so")) {
            let (start, end) = line.split_once(' ').unwrap().0.split_once('-').unwrap();
            let (start, end) = (u64::from_str_radix(start, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
            let mut at = start;
            while at < end {
                let length = usize::try_from((end - at).min(1 << 20)).unwrap();
                memory.seek(SeekFrom::Start(at)).unwrap();
                if memory.read_exact(&mut bytes[..length]).is_err() {
                    break;
                }
                for byte in &mut bytes[..length] {
                    *byte ^= 0x80;
                }
                found += bytes[..length].windows(self.0.len()).filter(|window| *window == self.0).count();
                bytes.fill(0);
                at += 1 << 20;
            }
        }
        found
    }
}

/// Drops each request.
#[derive(Debug)]
struct Sink;

impl Transport for Sink {
    fn send(&self, _: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(async { Ok(HttpResponse::new(200, r#"{"RequestId":"R"}"#)) })
    }
}

#[test]
fn no_secret_stays_in_memory_after_a_call() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let needles = [Needle::new(1), Needle::new(5)];
    {
        let credentials = Credentials::new("id", needles[0].secret()).security_token(needles[1].secret());
        assert!(needles.iter().all(|needle| needle.found() >= 1), "the search finds secrets before they are dropped");
        let config = Config::new(credentials).endpoint("e.example.com").transport(Sink);
        let client = Client::new(&SERVICE, &config.signature_version(SignatureVersion::V3)).unwrap();
        for _ in 0..10 {
            runtime.block_on(async { client.call(&Ping(Input::new())).await.unwrap() });
        }
    }
    assert_eq!(needles.map(|needle| needle.found()), [0, 0]);
}
