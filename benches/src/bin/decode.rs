//! The cost of decoding a large response, compared with derived serde types.

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
use alicloud_benches::generated::bench::DescribeInstancesResponse;
use alicloud_benches::instances::{DescribeInstances, response};
use alicloud_benches::measuring::{instructions, nanoseconds};
use alicloud_benches::table;
use alicloud_runtime::dynamic::from_bytes;

const USAGE: &str = "\
decode [--rounds 15] [--instructions]

Decodes a response with 100 instances. --instructions also counts instructions, and needs valgrind.";

fn typed(body: &[u8]) -> DescribeInstancesResponse {
    let mut response = DescribeInstancesResponse::default();
    from_bytes(body, "DescribeInstances", &mut response).expect("a valid response");
    response
}

fn xml_by_serde(text: &str) -> DescribeInstances {
    quick_xml::de::from_str(text).expect("readable XML")
}

fn same(ours: &DescribeInstancesResponse, theirs: &DescribeInstances) {
    assert_eq!(ours.request_id, theirs.request_id);
    assert_eq!(ours.total_count, theirs.total_count);
    assert_eq!(ours.instances.len(), theirs.instances.instance.len());
    for (ours, theirs) in ours.instances.iter().zip(&theirs.instances.instance) {
        assert_eq!(ours.instance_id, theirs.instance_id);
        assert_eq!(ours.description, theirs.description);
        assert_eq!(ours.os_name, theirs.os_name);
        assert_eq!(ours.cpu, theirs.cpu);
        assert_eq!(ours.local_storage_capacity, theirs.local_storage_capacity);
        assert_eq!(ours.spot_price_limit.to_bits(), theirs.spot_price_limit.to_bits());
        assert_eq!(ours.deletion_protection, theirs.deletion_protection);
        assert_eq!(ours.security_group_ids, theirs.security_group_ids.security_group_id);
        let (a, b) = (&ours.vpc_attributes, &theirs.vpc_attributes);
        assert_eq!(a.private_ip_address, b.private_ip_address.ip_address);
        let (a, b) = (&ours.network_interfaces, &theirs.network_interfaces.network_interface);
        assert!(a.iter().map(|one| &one.mac_address).eq(b.iter().map(|one| &one.mac_address)));
        let (a, b) = (&ours.tags, &theirs.tags.tag);
        assert!(a.iter().map(|one| &one.tag_value).eq(b.iter().map(|one| &one.tag_value)));
    }
}

fn main() {
    let response = response(100);
    let json = serde_json::to_vec(&response).expect("JSON");
    let json = json.as_slice();
    let xml = quick_xml::se::to_string_with_root("DescribeInstancesResponse", &response).expect("XML");
    let xml = xml.as_str();
    for theirs in [serde_json::from_slice(json).expect("readable JSON"), xml_by_serde(xml)] {
        same(&typed(json), &theirs);
        same(&typed(xml.as_bytes()), &theirs);
    }

    let mut json_typed = || drop(black_box(typed(black_box(json))));
    let mut json_slice =
        || drop(black_box(serde_json::from_slice::<DescribeInstances>(black_box(json)).expect("readable JSON")));
    let mut json_str = || {
        let text = std::str::from_utf8(black_box(json)).expect("UTF-8");
        drop(black_box(serde_json::from_str::<DescribeInstances>(text).expect("readable JSON")));
    };
    let mut xml_typed = || drop(black_box(typed(black_box(xml.as_bytes()))));
    let mut xml_serde = || drop(black_box(xml_by_serde(black_box(xml))));
    let cases: [(&str, &mut dyn FnMut()); 5] = [
        ("JSON, serde_json::from_slice, derived", &mut json_slice),
        ("JSON, from_utf8 and serde_json::from_str, derived", &mut json_str),
        ("JSON, generated", &mut json_typed),
        ("XML, quick-xml's serde, derived", &mut xml_serde),
        ("XML, generated", &mut xml_typed),
    ];
    if let Some([case, repeats]) = child() {
        let case = case.parse::<usize>().expect("a case");
        for _ in 0..repeats.parse::<u32>().expect("a number") {
            cases[case].1();
        }
        return;
    }

    let arguments = Arguments::read(USAGE, &["--instructions"], &["--rounds"]);
    println!("{} bytes of JSON, {} bytes of XML\n", json.len(), xml.len());
    let (names, mut pieces): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
    let times = nanoseconds(&mut pieces, arguments.value("--rounds", 15));
    let counts: Option<Vec<f64>> = arguments
        .has("--instructions")
        .then(|| (0..names.len()).map(|case| instructions(&["child", &case.to_string()], 1, 11)).collect());
    let counts = counts.as_deref();
    table::print_cases("ns", &names[..3], &times[..3], counts.map(|counts| &counts[..3]));
    println!();
    table::print_cases("ns", &names[3..], &times[3..], counts.map(|counts| &counts[3..]));
}
