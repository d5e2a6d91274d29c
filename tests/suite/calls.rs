//! The five bundled operations end to end: the typed client calls the emulator over real sockets.

use alicloud::ecs::{self, DeleteActivationError, DeleteActivationRequest};
use alicloud::iot::{self, DeleteOTAFirmwareError, DeleteOTAFirmwareRequest, ResetThingError, ResetThingRequest};
use alicloud::onsmqtt::{
    self, InactivateDeviceCertificateError, InactivateDeviceCertificateRequest, UnRegisterDeviceCredentialError,
    UnRegisterDeviceCredentialRequest,
};
use alicloud::{Config, Credentials, Failure, Format, SignatureVersion};
use alicloud_emulator::{ACCESS_KEY_ID, ACCESS_KEY_SECRET, Emulator, ScriptedResponse};

use crate::hand_written;

async fn emulator() -> Emulator {
    Emulator::builder().sources(hand_written::files()).start().await.unwrap()
}

fn config(emulator: &Emulator) -> Config {
    Config::new(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET)).endpoint(emulator.url())
}

fn activation() -> DeleteActivationRequest {
    DeleteActivationRequest::new("cn-hangzhou", "4ECEEE12-56F1-4FBC-9AB1-890F1234****")
}

fn credential() -> UnRegisterDeviceCredentialRequest {
    UnRegisterDeviceCredentialRequest::new("GID_test@@@test", "post-cn-0pp12gl****", "cn-hangzhou")
}

fn certificate() -> InactivateDeviceCertificateRequest {
    InactivateDeviceCertificateRequest::new("post-cn-7mz2d******", "356217374433******", "007269004887******")
}

#[tokio::test]
async fn each_operation_returns_the_sample_of_its_page_in_json_and_xml() {
    let emulator = emulator().await;
    for format in [Format::Json, Format::Xml] {
        let config = config(&emulator).format(format);
        let onsmqtt = onsmqtt::Client::new(&config).unwrap();
        let iot = iot::Client::new(&config).unwrap();
        let ecs = ecs::Client::new(&config).unwrap();

        let response = onsmqtt.un_register_device_credential(&credential()).await.unwrap();
        assert_eq!(response.request_id, "E4581CCD-62AF-44D9-B5B4-D1DBDC0E****");

        let response = onsmqtt.inactivate_device_certificate(&certificate()).await.unwrap();
        assert_eq!(response.request_id, "020F6A43-19E6-4B6E-B846-44EB31DF****");
        assert_eq!(response.device_sn, "356217374433******");

        let request = ResetThingRequest::new().iot_id("MpEKNuEUJzIORNANAWJX0010929900*****");
        let response = iot.reset_thing(&request).await.unwrap();
        assert_eq!((response.request_id.as_str(), response.success), ("57b144cf-09fc-4916-a272-a62902d5b207", true));
        // A successful response may lack all three.
        assert_eq!((response.code, response.error_message, response.job_id), (None, None, None));

        let response =
            iot.delete_ota_firmware(&DeleteOTAFirmwareRequest::new("s8SSHiKjpBfrM3BSN0z803****")).await.unwrap();
        assert_eq!((response.request_id.as_str(), response.success), ("9B7BF858-7686-496E-B8B0-BF9E5D7F86CE", true));

        let response = ecs.delete_activation(&activation()).await.unwrap();
        assert_eq!(response.request_id, "4ECEEE12-56F1-4FBC-9AB1-890F74942176");
        let activation = response.activation;
        assert_eq!((activation.instance_count, activation.deregistered_count, activation.registered_count), (1, 0, 0));
        assert_eq!(activation.time_to_live_in_hours, 4_i64);
        assert_eq!(activation.instance_name, "test-InstanceName");
        assert_eq!(activation.description, "This is description.");
        assert_eq!(activation.creation_time, "2021-01-20T06:00:00Z");
        assert_eq!(activation.ip_address_range, "0.0.0.0/0");
        assert_eq!(activation.activation_id, "4ECEEE12-56F1-4FBC-9AB1-890F1234****");
    }
}

#[tokio::test]
async fn leading_zeros_and_reserved_characters_arrive_unchanged() {
    let emulator = emulator().await;
    let onsmqtt = onsmqtt::Client::new(&config(&emulator)).unwrap();
    onsmqtt.inactivate_device_certificate(&certificate()).await.unwrap();
    let odd = "GID_测试 a+b*c~d/e=f&g%h!'()\"😀\n";
    onsmqtt.un_register_device_credential(&UnRegisterDeviceCredentialRequest::new(odd, "", "cn-hangzhou")).await.ok();
    let calls = emulator.calls();
    assert_eq!(calls[0].parameters["CaSn"], "007269004887******");
    assert_eq!(calls[1].parameters["ClientId"], odd);
    assert!(calls.iter().all(|call| call.method == "POST"));
    assert_ne!(calls[0].nonce, calls[1].nonce);
}

/// One documented error code of each operation, as its page describes it.
#[tokio::test]
async fn documented_errors_are_typed() {
    let emulator = emulator().await;
    for format in [Format::Json, Format::Xml] {
        let config = config(&emulator).format(format);
        let onsmqtt = onsmqtt::Client::new(&config).unwrap();
        let iot = iot::Client::new(&config).unwrap();
        let ecs = ecs::Client::new(&config).unwrap();

        emulator.fail_next("DeleteActivation", "ActivationId.InUse").unwrap();
        let error = ecs.delete_activation(&activation()).await.unwrap_err();
        assert!(matches!(error.service_error(), Some(DeleteActivationError::ActivationIdInUse)), "{error:?}");
        assert_eq!((error.code(), error.status()), (Some("ActivationId.InUse"), Some(403)));
        assert_eq!(error.message(), Some("The specified activation id is in use."));
        let request_id = error.request_id().unwrap().to_owned();
        assert!(!request_id.is_empty() && error.host().is_some() && error.recommend().is_some(), "{error:?}");
        assert_eq!(
            error.to_string(),
            format!("ActivationId.InUse: The specified activation id is in use. (HTTP 403, RequestId {request_id})")
        );

        emulator.fail_next("UnRegisterDeviceCredential", "InvalidParameter.ClientId").unwrap();
        let error = onsmqtt.un_register_device_credential(&credential()).await.unwrap_err();
        let Some(UnRegisterDeviceCredentialError::InvalidParameter(captured)) = error.service_error() else {
            panic!("{error:?}");
        };
        assert_eq!(captured, "ClientId");
        assert_eq!((error.code(), error.status()), (Some("InvalidParameter.ClientId"), Some(400)));

        emulator.fail_next("InactivateDeviceCertificate", "MqttOwnerCheckError").unwrap();
        let error = onsmqtt.inactivate_device_certificate(&certificate()).await.unwrap_err();
        assert!(
            matches!(error.service_error(), Some(InactivateDeviceCertificateError::MqttOwnerCheckError)),
            "{error:?}"
        );

        // The same code with both of its statuses.
        for status in [400, 500] {
            let message = "Failed to validate the parameters. The parameters may be missing or invalid.";
            let response = ScriptedResponse::error(status, "ParameterFieldCheckFailed", message);
            emulator.respond_next("InactivateDeviceCertificate", response).unwrap();
            let error = onsmqtt.inactivate_device_certificate(&certificate()).await.unwrap_err();
            assert!(
                matches!(error.service_error(), Some(InactivateDeviceCertificateError::ParameterFieldCheckFailed)),
                "{error:?}"
            );
            assert_eq!((error.status(), error.message()), (Some(status), Some(message)));
        }

        // The product's own code, in a body with status 200.
        emulator.fail_next("ResetThing", "iot.system.SystemException").unwrap();
        let error = iot.reset_thing(&ResetThingRequest::new().iot_id("x")).await.unwrap_err();
        assert!(matches!(error.service_error(), Some(ResetThingError::IotSystemSystemException)), "{error:?}");
        assert_eq!((error.status(), error.message()), (Some(200), Some("A system exception occurred.")));

        emulator.fail_next("DeleteOTAFirmware", "iot.system.SystemException").unwrap();
        let error = iot.delete_ota_firmware(&DeleteOTAFirmwareRequest::new("x")).await.unwrap_err();
        assert!(matches!(error.service_error(), Some(DeleteOTAFirmwareError::IotSystemSystemException)), "{error:?}");
    }
}

#[tokio::test]
async fn errors_of_the_gateway_have_undocumented_codes() {
    let emulator = emulator().await;
    let cases = [
        (Credentials::new(ACCESS_KEY_ID, "wrong"), "SignatureDoesNotMatch"),
        (Credentials::new("nobody", ACCESS_KEY_SECRET), "InvalidAccessKeyId.NotFound"),
    ];
    for (credentials, code) in cases {
        for version in [SignatureVersion::V1, SignatureVersion::V3] {
            let config = Config::new(credentials.clone()).endpoint(emulator.url()).signature_version(version);
            let error = ecs::Client::new(&config).unwrap().delete_activation(&activation()).await.unwrap_err();
            assert!(matches!(error.service_error(), Some(DeleteActivationError::Other)), "{error:?}");
            assert_eq!(error.code(), Some(code));
        }
    }
}

#[tokio::test]
async fn temporary_credentials_are_sent_with_their_token() {
    let emulator = Emulator::builder()
        .sources(hand_written::files())
        .sts_account("STS.id", "secret", "tok+/=~*")
        .start()
        .await
        .unwrap();
    let credentials = || Credentials::new("STS.id", "secret");
    for version in [SignatureVersion::V1, SignatureVersion::V3] {
        let call = async |credentials| {
            let config = Config::new(credentials).endpoint(emulator.url()).signature_version(version);
            ecs::Client::new(&config).unwrap().delete_activation(&activation()).await.map_err(Failure::from)
        };
        call(credentials().security_token("tok+/=~*")).await.unwrap();
        assert_eq!(call(credentials()).await.unwrap_err().code(), Some("MissingSecurityToken"));
    }
}

#[tokio::test]
async fn a_request_that_breaks_its_rules_is_not_sent() {
    let emulator = emulator().await;
    let iot = iot::Client::new(&config(&emulator)).unwrap();
    let onsmqtt = onsmqtt::Client::new(&config(&emulator)).unwrap();
    let nothing = ResetThingRequest::new();
    let half = ResetThingRequest::new().device_name("d");
    let half_beside_id = ResetThingRequest::new().device_name("d").iot_id("i");
    for (request, expected) in [(&nothing, 1), (&half, 2), (&half_beside_id, 1)] {
        match iot.reset_thing(request).await.map_err(Failure::from) {
            Err(Failure::Invalid(violations)) => assert_eq!(violations.len(), expected, "{violations:?}"),
            other => panic!("{other:?}"),
        }
    }
    // 128 bytes are the limit, not 128 characters.
    for (serial_number, good) in [("0".repeat(128), true), ("0".repeat(129), false), ("零".repeat(43), false)] {
        let request = InactivateDeviceCertificateRequest::new("i", "d", serial_number);
        let outcome = onsmqtt.inactivate_device_certificate(&request).await;
        assert_eq!(outcome.is_ok(), good, "{outcome:?}");
    }
    assert_eq!(emulator.calls().len(), 1);
}

#[tokio::test]
async fn both_ways_to_identify_a_device_are_sent() {
    let emulator = emulator().await;
    let iot = iot::Client::new(&config(&emulator)).unwrap();
    let by_name = || ResetThingRequest::new().product_key("p").device_name("d").iot_instance_id("n");
    for request in [by_name(), ResetThingRequest::new().iot_id("i"), by_name().iot_id("i")] {
        iot.reset_thing(&request).await.unwrap();
    }
    let sent: Vec<String> = emulator.calls().iter().map(|call| format!("{:?}", call.parameters)).collect();
    assert_eq!(
        sent,
        [
            r#"{"DeviceName": "d", "IotInstanceId": "n", "ProductKey": "p"}"#,
            r#"{"IotId": "i"}"#,
            r#"{"DeviceName": "d", "IotId": "i", "IotInstanceId": "n", "ProductKey": "p"}"#,
        ]
    );
}

#[tokio::test]
async fn a_truncated_response_is_an_error() {
    let emulator = emulator().await;
    let ecs = ecs::Client::new(&config(&emulator)).unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::close()).unwrap();
    emulator
        .respond_next("DeleteActivation", ScriptedResponse::truncated(200, "application/json", "{\"RequestId\":"))
        .unwrap();
    emulator.respond_next("DeleteActivation", ScriptedResponse::raw(503, "text/html", "<html>busy</html>")).unwrap();
    for _ in 0..2 {
        let error = ecs.delete_activation(&activation()).await.unwrap_err();
        assert!(matches!(error.failure(), Failure::Transport(_)), "{error:?}");
    }
    let error = ecs.delete_activation(&activation()).await.unwrap_err();
    assert_eq!(error.status(), Some(503));
    assert!(error.to_string().contains("busy"), "{error}");
    ecs.delete_activation(&activation()).await.unwrap();
}

#[tokio::test]
async fn many_calls_share_a_client() {
    let emulator = emulator().await;
    let ecs = ecs::Client::new(&config(&emulator)).unwrap();
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let ecs = ecs.clone();
            tokio::spawn(async move { ecs.delete_activation(&activation()).await.map_err(Failure::from) })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let mut nonces: Vec<String> = emulator.calls().into_iter().map(|call| call.nonce).collect();
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 50);
}

/// A URL has at most 64 KiB. The gateway reads RPC parameters from the form as well as from the query.
#[tokio::test]
async fn parameters_that_are_too_long_for_a_url_go_in_the_form() {
    let emulator = emulator().await;
    let long = "\u{4e2d}".repeat(8_000);
    for version in [SignatureVersion::V1, SignatureVersion::V3] {
        let config = config(&emulator).signature_version(version);
        let iot = iot::Client::new(&config).unwrap();
        let request = ResetThingRequest::new().iot_id(long.as_str()).iot_instance_id("iot-cn-1");
        iot.reset_thing(&request).await.unwrap();
        let call = emulator.take_calls().pop().unwrap();
        assert_eq!(call.parameters["IotId"], long);
        assert!(call.form.iter().eq(["IotId"]) && call.query.iter().eq(["IotInstanceId"]), "{call:?}");

        // A GET request has no form. It is not sent, and the error names the parameter.
        let client = alicloud::UntypedClient::new("Iot", "2018-01-20", &config).unwrap();
        let get = alicloud::UntypedRequest::new("ResetThing").method(alicloud::Method::Get).parameter("IotId", &long);
        let failure = Failure::from(client.call(&get).await.unwrap_err());
        let Failure::Invalid(violations) = &failure else { panic!("{failure}") };
        assert_eq!(violations[0].parameter, "IotId");
        assert!(violations[0].problem.contains("needs 72007 bytes in the URL"), "{failure}");
        assert!(emulator.calls().is_empty());
    }
}
