//! Operations are called by name, without a spec. The emulator checks the requests.

use alicloud::{Config, Credentials, Method, RetryPolicy, SignatureVersion, UntypedClient, UntypedRequest};
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator, ScriptedResponse};

use crate::hand_written;

fn config(emulator: &Emulator) -> Config {
    Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url())
}

fn request() -> UntypedRequest {
    UntypedRequest::new("DeleteActivation")
        .parameter("RegionId", "cn-hangzhou")
        .parameter("ActivationId", "4ECEEE12-56F1-4FBC-9AB1-890F1234****")
}

#[tokio::test]
async fn any_operation_can_be_called_by_name() {
    let emulator = Emulator::builder().sources(hand_written::files()).start().await.unwrap();
    for version in [SignatureVersion::V1, SignatureVersion::V3] {
        for method in [Method::Get, Method::Post] {
            let ecs = UntypedClient::new("Ecs", "2014-05-26", &config(&emulator).signature_version(version)).unwrap();
            let response = ecs.call(&request().method(method)).await.unwrap();
            let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
            assert_eq!(response.status(), 200);
            assert_eq!(body["Activation"]["ActivationId"], "4ECEEE12-56F1-4FBC-9AB1-890F1234****");
        }
    }
    let call = emulator.take_calls().pop().unwrap();
    assert_eq!((call.operation.as_str(), call.input["RegionId"].as_str()), ("DeleteActivation", Some("cn-hangzhou")));

    let iot = UntypedClient::new("Iot", "2018-01-20", &config(&emulator)).unwrap();
    for request in [
        UntypedRequest::new("ResetThing").form("IotId", "MpEKNuEUJzIORNANAWJX0010929900*****"),
        UntypedRequest::new("ResetThing").parameter("IotId", "a&b= +*~ü").method(Method::Get),
    ] {
        iot.call(&request).await.unwrap();
    }
    assert_eq!(emulator.calls()[1].input["IotId"], "a&b= +*~ü");
}

#[tokio::test]
async fn errors_and_attempts_are_those_of_typed_calls() {
    let emulator = Emulator::builder().sources(hand_written::files()).start().await.unwrap();
    let ecs = UntypedClient::new("Ecs", "2014-05-26", &config(&emulator)).unwrap();
    let error = ecs.call(&UntypedRequest::new("NoSuchThing")).await.unwrap_err();
    assert_eq!((error.code(), error.status()), (Some("InvalidAction.NotFound"), Some(404)));
    assert!(error.service_error().is_none() && error.request_id().is_some());

    let broken = ScriptedResponse::error(503, "ServiceUnavailable", "Later.");
    emulator.respond_next("DeleteActivation", broken.clone()).unwrap();
    let error = ecs.call(&request()).await.unwrap_err();
    assert_eq!(
        (error.code(), error.attempts()),
        (Some("ServiceUnavailable"), 1),
        "the service may have executed the operation"
    );
    emulator.respond_next("DeleteActivation", broken).unwrap();
    ecs.call(&request().idempotent()).await.unwrap();

    let once = UntypedClient::new("Ecs", "2014-05-26", &config(&emulator).retry_policy(RetryPolicy::none())).unwrap();
    let error = once.call(&request().parameter("Action", "Other")).await.unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.attempts()),
        ("`Action` is set by the client and cannot be overridden", 0)
    );
}

#[test]
fn an_endpoint_is_required_and_values_are_not_shown() {
    let config = Config::new(Credentials::new("id", "secret")).region("cn-hangzhou");
    let error = UntypedClient::new("Ecs", "2014-05-26", &config).unwrap_err();
    assert!(error.to_string().contains("set one with `Config::endpoint(…)`"), "{error}");
    let shown = format!("{:?}", request().parameter("Password", "hush").header("x-key", "hush"));
    assert!(shown.contains("Password") && shown.contains("x-key") && !shown.contains("hush"), "{shown}");
}
