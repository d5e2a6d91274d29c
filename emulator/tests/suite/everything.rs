//! The whole catalogue is served, and the specs of an operation are read when it is called.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::io::Read as _;

use crate::caller::ask;
use alicloud_emulator::{Emulator, SourceFile, StartError};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

fn source(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

#[tokio::test]
async fn all_operations_are_served_by_version_and_action_by_path_and_by_host() {
    let emulator = Emulator::builder().catalogue().anonymous().start().await.unwrap();
    let products = emulator.products();
    assert_eq!(products.len(), 799);
    assert_eq!(products.iter().map(|product| product.operations.len()).sum::<usize>(), 40_841);
    type Case<'c> = (&'c str, &'c str, &'c [(&'c str, &'c str)], u16, &'c str);
    #[rustfmt::skip]
    let cases: &[Case<'_>] = &[
        ("GET", "/?Version=2016-04-28&Action=DescribeVpcs&RegionId=cn-hangzhou", &[], 200, "DescribeVpcs"),
        ("GET", "/?Version=2016-04-28&Action=DescribeVpcs", &[], 400, "DescribeVpcs"),
        ("GET", "/?Version=2016-04-28&Action=DescribeVpc", &[], 404, "DescribeVpc"),
        ("GET", "/?Version=2016-04-27&Action=DescribeVpcs", &[], 400, "DescribeVpcs"),
        // Written by hand, and bundled.
        ("GET", "/?Version=2018-01-20&Action=ResetThing&IotId=i", &[], 200, "ResetThing"),
        // ROA: by path, with and without the action.
        ("GET", "/api/v1/clusters", &[("x-acs-version", "2015-12-15"), ("x-acs-action", "DescribeClustersV1")], 200, "DescribeClustersV1"),
        ("GET", "/api/v1/clusters", &[("x-acs-version", "2015-12-15")], 200, "DescribeClustersV1"),
        ("GET", "/cs/api/v1/clusters", &[("x-acs-version", "2015-12-15")], 200, "DescribeClustersV1"),
        ("GET", "/api/v1/clusters", &[("host", "cs.cn-hangzhou.aliyuncs.com")], 200, "DescribeClustersV1"),
        ("GET", "/no/such/path", &[("x-acs-version", "2015-12-15")], 404, ""),
        // The host is that of another product.
        ("GET", "/?Version=2016-04-28&Action=DescribeVpcs&RegionId=cn-hangzhou", &[("host", "vpc.aliyuncs.com")], 200, "DescribeVpcs"),
        ("GET", "/?Version=2016-04-28&Action=DescribeVpcs&RegionId=cn-hangzhou", &[("host", "ram.aliyuncs.com")], 400, "DescribeVpcs"),
    ];
    for (method, target, headers, status, operation) in cases {
        let reply = ask(&emulator, method, target, headers, "").await;
        assert_eq!(reply.status, *status, "{target} {headers:?}: {}", reply.body);
        assert_eq!(emulator.take_calls()[0].operation, *operation, "{target} {headers:?}");
    }
    // Scripted responses and their errors know all operations, too.
    emulator.fail_next("DescribeVpcs", "Throttling.User").unwrap();
    let error = emulator.fail_next("DescribeVpcz", "Throttling.User").unwrap_err();
    assert!(error.to_string().contains("`DescribeVpcs`"), "{error}");
}

#[tokio::test]
async fn given_specs_come_before_the_catalogue_and_leave_its_other_operations() {
    let specs = vec![
        source(
            "vpc/2016-04-28/service.yaml",
            "product: Vpc\nversion: 2016-04-28\nstyle: RPC\nendpoints: { host: vpc.aliyuncs.com }\n",
        ),
        source(
            "vpc/2016-04-28/DescribeVpcs.yaml",
            "operation: DescribeVpcs\nsummary: Mine.\nmethods: [GET]\nresponse: [{ name: Mine, type: String, example: yes }]\n",
        ),
    ];
    let emulator = Emulator::builder().sources(specs).product("vpc").anonymous().start().await.unwrap();
    let call = |action: &str| format!("/?Version=2016-04-28&Action={action}&RegionId=cn-hangzhou&Format=JSON");
    let reply = ask(&emulator, "GET", &call("DescribeVpcs"), &[], "").await;
    assert_eq!((reply.status, reply.text("Mine").as_str()), (200, "yes"));
    let reply = ask(&emulator, "GET", &call("DescribeVSwitches"), &[], "").await;
    assert_eq!((reply.status, reply.json()["VSwitches"].is_object()), (200, true), "{}", reply.body);
    assert_eq!(emulator.products().len(), 1);
}

#[tokio::test]
async fn unknown_products_and_versions_of_the_catalogue_are_errors() {
    for (name, error) in [
        ("vpcc", "the catalogue has no product `vpcc`; did you mean `Vpc`"),
        ("vpc/2000-01-01", "the catalogue has no version `2000-01-01` of `Vpc`; the versions are `2016-04-28`"),
    ] {
        let failed = Emulator::builder().product(name).start().await.unwrap_err();
        assert!(matches!(failed, StartError::Catalogue(_)), "{failed:?}");
        assert!(failed.to_string().starts_with(error), "{failed}");
    }
    let failed = Emulator::builder().product("vpc").region("mars").start().await.unwrap_err();
    assert!(matches!(failed, StartError::UnknownRegion(_)), "{failed:?}");
    Emulator::builder().product("vpc").region("cn-hangzhou").start().await.unwrap();
}

#[tokio::test]
async fn if_products_share_version_and_action_the_parameters_decide() {
    let mut specs = Vec::new();
    for (product, required) in [("alpha", "First"), ("beta", "Second")] {
        let service = format!(
            "product: {product}\nversion: 2030-01-01\nstyle: RPC\nendpoints: {{ host: {product}.aliyuncs.com }}\n"
        );
        specs.push(source(&format!("{product}/2030-01-01/service.yaml"), &service));
        let spec = format!(
            "operation: Try\nsummary: Tries.\nmethods: [POST, GET]\nparameters: [{{ name: {required}, type: List<String>, required: true }}]\n"
        );
        specs.push(source(&format!("{product}/2030-01-01/Try.yaml"), &spec));
    }
    let emulator = Emulator::builder().sources(specs).anonymous().start().await.unwrap();
    for (target, headers, product) in [
        ("/?Version=2030-01-01&Action=Try&First.1=a", None, "alpha"),
        ("/?Version=2030-01-01&Action=Try&Second.1=a", None, "beta"),
        ("/?Version=2030-01-01&Action=Try", None, "alpha"),
        ("/?Version=2030-01-01&Action=Try&First.1=a", Some(("host", "beta.localhost")), "beta"),
    ] {
        ask(&emulator, "GET", target, headers.as_slice(), "").await;
        assert_eq!(emulator.take_calls()[0].product, product, "{target}");
    }
}

#[tokio::test]
async fn operations_are_searched_and_described_without_reading_all_of_them() {
    let emulator = Emulator::builder().catalogue().start().await.unwrap();
    let get = async |path: &str| ask(&emulator, "GET", &format!("/_emulator/{path}"), &[], "").await;
    let index = get("").await.json();
    assert_eq!(index["products"].as_array().unwrap().len(), 799);
    let first = &json!({ "product": "Ecs", "version": "2014-05-26", "operation": "DescribeInstances" });
    for (query, found, listed) in [
        ("words=ecs+describeinstances", Some(6), 6),
        ("words=ECS+DescribeInstances&limit=1", Some(6), 1),
        ("words=ecs&product=Ecs&version=2014-05-26&limit=0", Some(379), 0),
        ("words=no+such+operation", Some(0), 0),
        ("words=describe&limit=3", None, 3),
        ("", Some(40_841), 40_841),
    ] {
        let result = get(&format!("search?{query}")).await.json();
        assert!(found.is_none_or(|found| result["found"] == found), "{query}: {}", result["found"]);
        let operations = result["operations"].as_array().unwrap();
        assert_eq!(operations.len(), listed, "{query}");
        assert!(!query.to_lowercase().contains("describeinstances") || operations[0] == *first, "{query}");
    }
    let described = get("operations?product=Ecs&version=2014-05-26&operation=DescribeInstances").await.json();
    assert_eq!(described["operations"].as_array().unwrap().len(), 1);
    assert_eq!(described["operations"][0]["parameters"][0]["name"].as_str().map(str::is_empty), Some(false));
    let in_all_versions = get("operations?operation=AssumeRole").await.json();
    assert_eq!(in_all_versions["operations"][0]["product"], "Sts");
    for (path, error) in [
        ("operations", "40841 operations match, and at most 500 are described"),
        ("operations?word=a", "there is no condition `word`; expected product, version, operation"),
        ("search?limit=many", "`limit` is `many`; expected a number"),
    ] {
        let reply = get(path).await;
        assert_eq!(reply.status, 400, "{path}");
        assert!(reply.text("error").starts_with(error), "{}", reply.body);
    }
}

/// Returns the head and the body of a response.
async fn get_bytes(emulator: &Emulator, target: &str, header: &str) -> (String, Vec<u8>) {
    let address = emulator.url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{header}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).await.unwrap();
    let end = reply.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    (String::from_utf8_lossy(&reply[..end]).to_lowercase(), reply[end + 4..].to_vec())
}

#[tokio::test]
async fn the_admin_api_and_the_page_are_compressed_and_calls_are_not() {
    let emulator = Emulator::builder().product("vpc").anonymous().start().await.unwrap();
    let search = "/_emulator/search?words=vpc";
    let call = "/?Version=2016-04-28&Action=DescribeVpcs&RegionId=cn-hangzhou&Format=JSON";
    let (head, plain) = get_bytes(&emulator, search, "").await;
    assert!(!head.contains("content-encoding") && head.contains("vary: accept-encoding"), "{head}");
    for (target, accepted, is_compressed) in [
        (search, "gzip, deflate, br", true),
        (search, "br;q=1.0, GZIP;q=0.5", true),
        (search, "gzip;q=0", false),
        (search, "br", false),
        ("/_emulator/page.css", "gzip", true),
        // Too small.
        ("/_emulator/responses", "gzip", false),
        (call, "gzip", false),
    ] {
        let (head, body) = get_bytes(&emulator, target, &format!("Accept-Encoding: {accepted}\r\n")).await;
        assert!(head.starts_with("http/1.1 200 "), "{target}: {head}");
        assert_eq!(head.contains("content-encoding: gzip"), is_compressed, "{target}, {accepted}: {head}");
        if target == search {
            let mut bytes = body.clone();
            if is_compressed {
                bytes.clear();
                flate2::read::GzDecoder::new(body.as_slice()).read_to_end(&mut bytes).unwrap();
            }
            assert_eq!(bytes, plain);
        }
    }
}
