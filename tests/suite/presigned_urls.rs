//! Presigned URLs: a program without credentials sends them, and the emulator checks them.

use alicloud::ecs::{self, DescribeInstancesRequest, StartInstanceRequest};
use alicloud::{Config, Credentials, Failure, Format, SignatureVersion};
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

async fn emulator() -> Emulator {
    let names = ["service", "types", "DescribeInstances"].map(|name| format!("ecs/2014-05-26/{name}.yaml"));
    let sources = alicloud_emulator::bundled_specs().into_iter().filter(|file| names.contains(&file.path));
    Emulator::builder().sources(sources.collect::<Vec<_>>()).start().await.unwrap()
}

/// Sends a GET request to the URL, without the SDK. Returns the status and the body.
async fn get(url: &str) -> (u16, String) {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).await.unwrap();
    let request = format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

#[tokio::test]
async fn a_presigned_url_is_accepted_once_whatever_the_configuration() {
    let emulator = emulator().await;
    let request = DescribeInstancesRequest::new("cn-hangzhou").instance_name("a b&c=+*~/ü");
    for version in [SignatureVersion::V1, SignatureVersion::V3] {
        for format in [Format::Json, Format::Xml] {
            let config = Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET))
                .endpoint(emulator.url())
                .signature_version(version)
                .format(format);
            let client = ecs::Client::new(&config).unwrap();
            let url = client.describe_instances(&request).parameter("PageSize", "10").presign().await.unwrap();
            assert!(emulator.calls().is_empty(), "presigning sends nothing");

            let (status, body) = get(url.as_str()).await;
            assert_eq!(status, 200, "{body}");
            let start = if format == Format::Json { "{" } else { "<" };
            assert!(body.trim_start().starts_with(start), "{body}");
            let call = emulator.take_calls().remove(0);
            assert_eq!((call.operation.as_str(), call.method.as_str()), ("DescribeInstances", "GET"));
            assert_eq!(
                (&call.input["InstanceName"], &call.input["PageSize"]),
                (&"a b&c=+*~/ü".into(), &"10".into()),
                "{version:?}"
            );

            let (status, body) = get(url.as_str()).await;
            assert!(status == 400 && body.contains("SignatureNonceUsed"), "{status} {body}");
            let url = client.describe_instances(&request).presign().await.unwrap();
            let (status, body) = get(&url.as_str().replace("cn-hangzhou", "cn-beijing")).await;
            assert!(status == 400 && body.contains("SignatureDoesNotMatch"), "{status} {body}");
            emulator.take_calls();
        }
    }
}

#[tokio::test]
async fn a_write_cannot_be_presigned() {
    let config = Config::new(Credentials::new("id", "secret")).region("cn-hangzhou");
    let request = StartInstanceRequest::new("i-1");
    let error = ecs::Client::new(&config).unwrap().start_instance(&request).presign().await.unwrap_err();
    assert!(matches!(error, Failure::Configuration(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "`StartInstance` cannot be presigned, because it is not a read in RPC style that accepts GET"
    );
}
