//! The cost of validating, building and signing one request of twelve parameters, compared with handwritten code.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a benchmark stops with a message if it fails, and it needs the clock"
)]

use std::hint::black_box;

use alicloud_benches::command_line::{Arguments, child};
use alicloud_benches::measuring::{instructions, nanoseconds};
use alicloud_benches::signed_request::{by_hand_now, check_by_hand, config, typed};
use alicloud_benches::table;
use alicloud_runtime::Request;
use alicloud_runtime::SignatureVersion;
use alicloud_runtime::dynamic::Client;

const USAGE: &str = "\
sign [--rounds 15] [--instructions]

Signs a request with generated and handwritten code. --instructions also counts instructions, and needs valgrind.";

fn client_for<R: Request>(_: &R, version: SignatureVersion) -> Client {
    let config = config("http://127.0.0.1:1").signature_version(version);
    Client::new(R::OPERATION.service, &config).expect("a client")
}

fn prepare<R: Request>(client: &Client, request: &R) -> impl Sized + use<R> {
    client.prepare(R::OPERATION, request.input()).expect("a valid request")
}

fn main() {
    check_by_hand();
    let client = client_for(&typed(), SignatureVersion::V1);
    let client_v3 = client_for(&typed(), SignatureVersion::V3);
    let mut from_fields = || drop(black_box(prepare(&client, &typed())));
    let ready = typed();
    let mut from_request = || drop(black_box(prepare(&client, black_box(&ready))));
    let mut by_hand = || drop(black_box(by_hand_now()));
    let mut with_v3 = || drop(black_box(prepare(&client_v3, black_box(&ready))));
    let cases: [(&str, &mut dyn FnMut()); 4] = [
        ("by hand, for this request alone", &mut by_hand),
        ("generated, from the typed request", &mut from_request),
        ("generated, making the typed request too", &mut from_fields),
        ("generated, signature V3", &mut with_v3),
    ];
    if let Some([case, repeats]) = child() {
        let case = case.parse::<usize>().expect("a case");
        for _ in 0..repeats.parse::<u32>().expect("a number") {
            cases[case].1();
        }
        return;
    }

    let arguments = Arguments::read(USAGE, &["--instructions"], &["--rounds"]);
    let (names, mut pieces): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
    let times = nanoseconds(&mut pieces, arguments.value("--rounds", 15));
    let counts: Option<Vec<f64>> = arguments
        .has("--instructions")
        .then(|| (0..names.len()).map(|case| instructions(&["child", &case.to_string()], 200, 2200)).collect());
    table::print_cases("ns", &names, &times, counts.as_deref());
}
