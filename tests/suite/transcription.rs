//! Compares the five documentation pages, as tables, with their specs.
//!
//! The pages have special cases: a value that looks like a number, a limit in bytes, a repeated code. Each test has the
//! name of a rule, and fails if a spec breaks the rule. The tables contain the exact text of the pages.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_model::{
    Bounds, ErrorRow, Example, Field, FlowLimit, FlowScope, Length, LengthUnit, Method, Operation, Position, Ram, Rule,
    Sample, Service, Type,
};

use crate::hand_written;

/// A row of a page's parameter table: the name, the type, whether it is required, and the example.
type ParameterRow = (&'static str, &'static str, bool, &'static str);

/// A row of a page's response table: the name with its parents, the type, and the example. Objects have no example.
type ResponseRow = (&'static str, &'static str, Option<&'static str>);

/// A row of a page's error table: the status, the code, and the message.
type PageError = (u16, &'static str, &'static str);

struct Page {
    operation: &'static str,
    spec: &'static str,
    parameters: &'static [ParameterRow],
    response: &'static [ResponseRow],
    errors: &'static [PageError],
    qps: Option<(u32, FlowScope)>,
    methods: &'static [Method],
    /// The parameters of the sample request.
    request: &'static [(&'static str, &'static str)],
    json: &'static str,
    xml: Option<&'static str>,
}

/// The pages also list `Action`. It is a common parameter, which the runtime sends.
static PAGES: [Page; 5] = [
    Page {
        operation: "UnRegisterDeviceCredential",
        spec: "onsmqtt/2020-04-20/UnRegisterDeviceCredential.yaml",
        parameters: &[
            ("ClientId", "String", true, "GID_test@@@test"),
            ("InstanceId", "String", true, "post-cn-0pp12gl****"),
            ("RegionId", "String", true, "cn-hangzhou"),
        ],
        response: &[("RequestId", "String", Some("E4581CCD-62AF-44D9-B5B4-D1DBDC0E****"))],
        errors: &[
            (404, "ApiNotSupport", "The specified API is not supported."),
            (400, "ApplyTokenOverFlow", "You have applied for tokens too many times. Please try again later."),
            (
                400,
                "CheckAccountInfoFailed",
                "An error occurred while checking the account information by the STS token.",
            ),
            (
                400,
                "InstancePermissionCheckFailed",
                "An error occurred while validating the permissions of the instance. Please verify the account that created the instance and its permissions settings.",
            ),
            (500, "InternalError", "An error occurred while processing your request. Try again later."),
            (
                400,
                "ParameterCheckFailed",
                "An error occurred while validating the parameters. The parameters may be missing or invalid.",
            ),
            (
                400,
                "PermissionCheckFailed",
                "An error occurred while validating the resource permissions. Please check the account that created the instance, topic, and GroupId, and check their permission settings.",
            ),
            (500, "SystemOverFlow", "An error occurred while processing your request. Please try again."),
            (
                400,
                "InvalidParameter.%s",
                "An error occurred while validating the parameter. The parameter may be missing or invalid.",
            ),
        ],
        qps: Some((500, FlowScope::Account)),
        methods: &[Method::Post],
        request: &[("ClientId", "GID_test@@@test"), ("InstanceId", "post-cn-0pp12gl****"), ("RegionId", "cn-hangzhou")],
        json: r#"{
"RequestId": "E4581CCD-62AF-44D9-B5B4-D1DBDC0E****"
}
"#,
        xml: Some(
            "<UnRegisterDeviceCredentialResponse>
<RequestId>E4581CCD-62AF-44D9-B5B4-D1DBDC0E****</RequestId>
</UnRegisterDeviceCredentialResponse>
",
        ),
    },
    Page {
        operation: "InactivateDeviceCertificate",
        spec: "onsmqtt/2020-04-20/InactivateDeviceCertificate.yaml",
        parameters: &[
            ("MqttInstanceId", "String", true, "post-cn-7mz2d******"),
            ("DeviceSn", "String", true, "356217374433******"),
            ("CaSn", "String", true, "007269004887******"),
        ],
        response: &[
            ("RequestId", "String", Some("020F6A43-19E6-4B6E-B846-44EB31DF****")),
            ("DeviceSn", "String", Some("356217374433******")),
        ],
        errors: &[
            (
                400,
                "ParameterFieldCheckFailed",
                "Failed to validate the parameters. The parameters may be missing or invalid.",
            ),
            (
                500,
                "ParameterFieldCheckFailed",
                "Failed to validate the parameters. The parameters may be missing or invalid.",
            ),
            (500, "FindDeviceBySnError", "Failed to find the device certificate by the SN. Please check sn is valid"),
            (500, "MqttInstanceNotFound", "Specified instance is not found"),
            (403, "PermissionCheckFailed", "Failed to verify API permissions."),
            (403, "MqttOwnerCheckError", "Failed to validate the instance permission"),
        ],
        qps: Some((500, FlowScope::User)),
        methods: &[Method::Get, Method::Post],
        // The page shows no sample request. The one of the spec consists of the examples of the parameters.
        request: &[
            ("MqttInstanceId", "post-cn-7mz2d******"),
            ("DeviceSn", "356217374433******"),
            ("CaSn", "007269004887******"),
        ],
        json: r#"{
"RequestId": "020F6A43-19E6-4B6E-B846-44EB31DF****",
"DeviceSn": "356217374433******"
}
"#,
        xml: None,
    },
    Page {
        operation: "ResetThing",
        spec: "iot/2018-01-20/ResetThing.yaml",
        parameters: &[
            ("IotInstanceId", "String", false, "iot-cn-0pp1n8t****"),
            ("ProductKey", "String", false, "a1KiV******"),
            ("DeviceName", "String", false, "device1"),
            ("IotId", "String", false, "SR8FiTu1R9tlUR2V1bmi0010a5****"),
        ],
        response: &[
            ("Code", "String", Some("iot.system.SystemException")),
            ("ErrorMessage", "String", Some("A system exception occurred.")),
            ("JobId", "String", Some("450407b***")),
            ("RequestId", "String", Some("57b144cf-09fc-4916-a272-a62902d5b207")),
            ("Success", "Boolean", Some("true")),
        ],
        errors: &[],
        qps: Some((500, FlowScope::Account)),
        methods: &[Method::Post, Method::Get],
        request: &[("IotId", "MpEKNuEUJzIORNANAWJX0010929900*****")],
        json: r#"{
  "RequestId":"57b144cf-09fc-4916-a272-a62902d5b207",
  "Success": true
}
"#,
        xml: Some(
            "<ResetThingResponse>
      <RequestId>57b144cf-09fc-4916-a272-a62902d5b207</RequestId>
      <Success>true</Success>
</ResetThingResponse>
",
        ),
    },
    Page {
        operation: "DeleteOTAFirmware",
        spec: "iot/2018-01-20/DeleteOTAFirmware.yaml",
        parameters: &[
            ("FirmwareId", "String", true, "s8SSHiKjpBfrM3BSN0z803****"),
            ("IotInstanceId", "String", false, "iot_instc_pu****_c*-v64********"),
        ],
        response: &[
            ("Code", "String", Some("iot.system.SystemException")),
            ("ErrorMessage", "String", Some("A system exception occurred.")),
            ("RequestId", "String", Some("9B7BF858-7686-496E-B8B0-BF9E5D7F86CE")),
            ("Success", "Boolean", Some("true")),
        ],
        errors: &[],
        qps: Some((10, FlowScope::Account)),
        methods: &[Method::Post, Method::Get],
        request: &[("FirmwareId", "s8SSHiKjpBfrM3BSN0z803****")],
        json: r#"{
  "RequestId": "9B7BF858-7686-496E-B8B0-BF9E5D7F86CE",
  "Success": true
}
"#,
        xml: Some(
            "<DeleteOTAFirmwareResponse>
    <RequestId>9B7BF858-7686-496E-B8B0-BF9E5D7F86CE</RequestId>
    <Success>true</Success>
</DeleteOTAFirmwareResponse>
",
        ),
    },
    Page {
        operation: "DeleteActivation",
        spec: "ecs/2014-05-26/DeleteActivation.yaml",
        parameters: &[
            ("RegionId", "String", true, "cn-hangzhou"),
            ("ActivationId", "String", true, "4ECEEE12-56F1-4FBC-9AB1-890F1234****"),
        ],
        response: &[
            ("RequestId", "String", Some("4ECEEE12-56F1-4FBC-9AB1-890F74942176")),
            ("Activation", "Object", None),
            ("Activation.CreationTime", "String", Some("2021-01-20T06:00:00Z")),
            ("Activation.DeregisteredCount", "Integer", Some("0")),
            ("Activation.InstanceCount", "Integer", Some("1")),
            ("Activation.Description", "String", Some("This is description.")),
            ("Activation.RegisteredCount", "Integer", Some("0")),
            ("Activation.InstanceName", "String", Some("test-InstanceName")),
            ("Activation.IpAddressRange", "String", Some("0.0.0.0/0")),
            ("Activation.TimeToLiveInHours", "Long", Some("4")),
            ("Activation.ActivationId", "String", Some("4ECEEE12-56F1-4FBC-9AB1-890F1234****")),
        ],
        errors: &[
            (400, "RegionId.ApiNotSupported", "The api is not supported in this region."),
            (403, "ActivationId.InUse", "The specified activation id is in use."),
            (403, "Operation.Forbidden", "The operation is not permitted."),
            (404, "ActivationId.NotFound", "The specified activation id does not exist."),
            (500, "InternalError.Dispatch", "An error occurred when you dispatched the request."),
        ],
        qps: None,
        methods: &[Method::Post, Method::Get],
        request: &[("ActivationId", "4ECEEE12-56F1-4FBC-9AB1-890F1234****"), ("RegionId", "cn-hangzhou")],
        json: r#"{
"RequestId" : "4ECEEE12-56F1-4FBC-9AB1-890F74942176",
"Activation" : {
"InstanceName" : "test-InstanceName",
"DeregisteredCount" : "0",
"InstanceCount" : "1",
"Description" : "This is description.",
"CreationTime" : "2021-01-20T06:00:00Z",
"ActivationId" : "4ECEEE12-56F1-4FBC-9AB1-890F1234****",
"RegisteredCount" : "0",
"TimeToLiveInHours" : "4",
"IpAddressRange" : "0.0.0.0/0"
}
}
"#,
        xml: Some(
            "<DeleteActivationResponse>
<RequestId>4ECEEE12-56F1-4FBC-9AB1-890F74942176</RequestId>
<Activation>
<InstanceName>test-InstanceName</InstanceName>
<DeregisteredCount>0</DeregisteredCount>
<InstanceCount>1</InstanceCount>
<Description>This is description.</Description>
<CreationTime>2021-01-20T06:00:00Z</CreationTime>
<ActivationId>4ECEEE12-56F1-4FBC-9AB1-890F1234****</ActivationId>
<RegisteredCount>0</RegisteredCount>
<TimeToLiveInHours>4</TimeToLiveInHours>
<IpAddressRange>0.0.0.0/0</IpAddressRange>
</Activation>
</DeleteActivationResponse>
",
        ),
    },
];

fn specs() -> PathBuf {
    let mut root = Path::new(env!("CARGO_MANIFEST_DIR"));
    while !root.join("specs").is_dir() {
        root = root.parent().expect("a parent folder contains `specs`");
    }
    root.join("specs")
}

fn service(module: &str) -> Service {
    hand_written::services().into_iter().find(|service| service.module == module).expect("the product exists")
}

fn operation(name: &str) -> Operation {
    let found = hand_written::services().iter().find_map(|service| service.operation(name).cloned());
    found.unwrap_or_else(|| panic!("no operation {name}"))
}

fn parameter(operation: &str, name: &str) -> Field {
    self::operation(operation).parameter(name).expect("the parameter exists").field.clone()
}

fn only_example(operation: &str) -> Example {
    let examples = self::operation(operation).examples;
    assert_eq!(examples.len(), 1, "{operation}: the page has one sample");
    examples.into_iter().next().expect("counted above")
}

fn spec_text(page: &Page) -> String {
    fs::read_to_string(specs().join(page.spec)).expect("the spec can be read")
}

fn page(operation: &str) -> &'static Page {
    PAGES.iter().find(|page| page.operation == operation).expect("a page")
}

/// Returns the rows of a response. Members follow their object.
fn rows_of(fields: &[Field], parents: &str) -> Vec<(String, String, Option<String>)> {
    let mut rows = Vec::new();
    for field in fields {
        let name = format!("{parents}{}", field.name);
        rows.push((name.clone(), field.ty.spelling(), field.example.clone()));
        if let Type::Object(object) = &field.ty {
            rows.extend(rows_of(&object.fields, &format!("{name}.")));
        }
    }
    rows
}

fn words(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn each_page_has_a_spec_of_its_product() {
    let products = [("ecs", "Ecs", "2014-05-26"), ("iot", "Iot", "2018-01-20"), ("onsmqtt", "OnsMqtt", "2020-04-20")];
    let mut found: Vec<String> = Vec::new();
    for (module, product, version) in products {
        let service = service(module);
        assert_eq!((service.product.as_str(), service.version.as_str()), (product, version));
        found.extend(service.operations.iter().map(|one| format!("{module}/{version}/{}.yaml", one.name)));
    }
    for page in &PAGES {
        assert!(found.iter().any(|spec| spec == page.spec), "there is no {}", page.spec);
    }
}

/// The name, the type, whether it is required, and the example as printed, in the order of the page.
#[test]
fn parameters_are_those_of_the_page_in_order() {
    for page in &PAGES {
        let found: Vec<(String, String, bool, Option<String>)> = operation(page.operation)
            .parameters
            .into_iter()
            .map(|one| (one.field.name, one.field.ty.spelling(), one.field.required, one.field.example))
            .collect();
        let expected: Vec<(String, String, bool, Option<String>)> = page
            .parameters
            .iter()
            .map(|&(name, ty, required, example)| (name.into(), ty.into(), required, Some(example.into())))
            .collect();
        assert_eq!(found, expected, "{}", page.operation);
    }
}

/// The sample requests have every parameter in the query.
#[test]
fn parameters_go_in_the_query() {
    for page in &PAGES {
        for parameter in operation(page.operation).parameters {
            assert_eq!(parameter.position, Position::Query, "{}: {}", page.operation, parameter.field.name);
        }
    }
}

/// The name, the type and the example as printed, in the order of the page. Members follow their object.
#[test]
fn response_fields_are_those_of_the_page_in_order() {
    for page in &PAGES {
        let expected: Vec<(String, String, Option<String>)> = page
            .response
            .iter()
            .map(|&(name, ty, example)| (name.into(), ty.into(), example.map(str::to_owned)))
            .collect();
        assert_eq!(rows_of(&operation(page.operation).response, ""), expected, "{}", page.operation);
    }
}

/// Every row has its status, code and message as printed, in the order of the page. None is omitted or merged.
#[test]
fn error_rows_are_those_of_the_page_in_order() {
    for page in &PAGES {
        let operation = operation(page.operation);
        let found: Vec<(u16, &str, &str)> =
            operation.errors.iter().map(|row| (row.status, row.code.as_str(), row.message.as_str())).collect();
        assert_eq!(found, page.errors, "{}", page.operation);
    }
}

/// Each documented code has a variant, with all its rows.
#[test]
fn every_documented_code_has_one_variant() {
    for page in &PAGES {
        let operation = operation(page.operation);
        for &(_, code, _) in page.errors {
            let variants: Vec<_> = operation.error_variants.iter().filter(|variant| variant.code == code).collect();
            assert_eq!(variants.len(), 1, "{}: {code}", page.operation);
            let rows: Vec<&ErrorRow> = operation.errors.iter().filter(|row| row.code == code).collect();
            assert_eq!(variants[0].rows.iter().collect::<Vec<_>>(), rows, "{}: {code}", page.operation);
        }
    }
}

/// The limits are 500, 500, 500, 10 and none, with their scopes.
#[test]
fn flow_limits_are_those_of_the_page() {
    for page in &PAGES {
        let expected = page.qps.map(|(qps, per)| FlowLimit { qps, per });
        assert_eq!(operation(page.operation).flow, expected, "{}", page.operation);
    }
}

#[test]
fn methods_are_those_of_the_operation() {
    for page in &PAGES {
        let operation = operation(page.operation);
        assert_eq!(operation.methods, page.methods, "{}", page.operation);
        assert_eq!(operation.preferred_method(), Method::Post, "{}", page.operation);
    }
}

/// Each value of the sample requests. The runtime sends the common parameters.
#[test]
fn sample_requests_are_those_of_the_page() {
    for page in &PAGES {
        let expected: Vec<(String, Sample)> =
            page.request.iter().map(|&(name, value)| (name.to_owned(), Sample::Text(value.to_owned()))).collect();
        assert_eq!(only_example(page.operation).request, expected, "{}", page.operation);
    }
}

/// The JSON and XML as printed, byte for byte. InactivateDeviceCertificate has no XML.
#[test]
fn sample_responses_are_those_of_the_page() {
    for page in &PAGES {
        let example = only_example(page.operation);
        assert_eq!(example.json.as_deref(), Some(page.json), "{}", page.operation);
        assert_eq!(example.xml.as_deref(), page.xml, "{}", page.operation);
    }
}

/// The page prints this action, although it is the name of another operation.
#[test]
fn the_ram_action_of_inactivate_device_certificate_is_the_printed_one() {
    let expected = Ram {
        action: "mq:UnregisterDeviceCertificate".to_owned(),
        access: Some("none".to_owned()),
        resource: Some("*Instance".to_owned()),
    };
    assert_eq!(operation("InactivateDeviceCertificate").ram, Some(expected));
    for other in ["UnRegisterDeviceCredential", "ResetThing", "DeleteOTAFirmware", "DeleteActivation"] {
        assert_eq!(operation(other).ram, None, "{other}: the page has no RAM table");
    }
}

/// The service replaces `%s` with the name of a parameter, so the code never arrives as it is printed.
#[test]
fn a_placeholder_in_a_code_is_a_pattern() {
    let variants = operation("UnRegisterDeviceCredential").error_variants;
    let patterns: Vec<_> = variants.iter().filter(|variant| variant.is_pattern()).collect();
    assert_eq!(patterns.len(), 1, "one code of the page has a placeholder");
    assert_eq!(patterns[0].code, "InvalidParameter.%s");
    assert_eq!(patterns[0].rust_name, "InvalidParameter");
}

/// One code has one variant. The status distinguishes the two cases.
#[test]
fn a_code_under_two_statuses_is_one_variant_with_two_rows() {
    let operation = operation("InactivateDeviceCertificate");
    let variants: Vec<(&str, Vec<u16>)> = operation
        .error_variants
        .iter()
        .map(|variant| (variant.rust_name.as_str(), variant.rows.iter().map(|row| row.status).collect()))
        .collect();
    let expected = [
        ("ParameterFieldCheckFailed", vec![400, 500]),
        ("FindDeviceBySnError", vec![500]),
        ("MqttInstanceNotFound", vec![500]),
        ("PermissionCheckFailed", vec![403]),
        ("MqttOwnerCheckError", vec![403]),
    ];
    assert_eq!(variants, expected);
}

/// "Up to 128 bytes": a text with 128 characters may be too long.
#[test]
fn the_ca_serial_number_is_limited_in_bytes() {
    let limit = Length { bounds: Bounds { min: None, max: Some(128) }, unit: LengthUnit::Bytes };
    assert_eq!(parameter("InactivateDeviceCertificate", "CaSn").limits.length, Some(limit));
    for name in ["MqttInstanceId", "DeviceSn"] {
        assert_eq!(parameter("InactivateDeviceCertificate", name).limits.length, None, "{name}: the page has no limit");
    }
}

/// A serial number is text. As a number, it would lose its leading zeros.
#[test]
fn serial_numbers_keep_their_leading_zeros() {
    let serial = "007269004887******";
    let field = parameter("InactivateDeviceCertificate", "CaSn");
    assert_eq!((field.ty, field.example.as_deref()), (Type::String, Some(serial)));
    let request = only_example("InactivateDeviceCertificate").request;
    assert_eq!(request.last(), Some(&("CaSn".to_owned(), Sample::Text(serial.to_owned()))));
}

/// The page marks no parameter as required, but a device must be identified, by its ID or by product and name. If both
/// are set, the ID takes precedence.
#[test]
fn reset_thing_needs_an_id_or_a_product_with_a_name() {
    let operation = operation("ResetThing");
    assert!(operation.parameters.iter().all(|parameter| !parameter.field.required));
    let any_of = Rule::AnyOf(vec![words(&["IotId"]), words(&["ProductKey", "DeviceName"])]);
    let together = Rule::Together(words(&["ProductKey", "DeviceName"]));
    assert_eq!(operation.rules, [any_of, together]);
    for other in ["UnRegisterDeviceCredential", "InactivateDeviceCertificate", "DeleteOTAFirmware", "DeleteActivation"]
    {
        assert_eq!(self::operation(other).rules, [], "{other}: the page has no rules");
    }
}

/// IoT reports failures with HTTP 200 and `Success: false`. The other products do not.
#[test]
fn iot_reports_failures_in_the_body() {
    let outcome = service("iot").outcome.expect("an outcome");
    assert_eq!(outcome.paths().collect::<Vec<_>>(), ["Success", "Code", "ErrorMessage"]);
    assert_eq!(service("ecs").outcome, None);
    assert_eq!(service("onsmqtt").outcome, None);
}

/// Successful responses lack the fields of failures, and the job that only some calls start.
#[test]
fn fields_that_successful_responses_lack_are_optional() {
    let expected: [(&str, &[&str]); 5] = [
        ("UnRegisterDeviceCredential", &[]),
        ("InactivateDeviceCertificate", &[]),
        ("ResetThing", &["Code", "ErrorMessage", "JobId"]),
        ("DeleteOTAFirmware", &["Code", "ErrorMessage"]),
        ("DeleteActivation", &[]),
    ];
    for (name, optional) in expected {
        let found: Vec<String> =
            operation(name).response.into_iter().filter(|field| field.optional).map(|field| field.name).collect();
        assert_eq!(found, optional, "{name}");
    }
}

/// The table has the types Integer and Long, but the sample shows texts. Both are kept, and decoding accepts both.
#[test]
fn delete_activation_shows_its_numbers_as_texts() {
    let response = operation("DeleteActivation").response;
    let Type::Object(activation) = &response[1].ty else { panic!("Activation is an object") };
    let json = only_example("DeleteActivation").json.expect("a JSON sample");
    let numbers = [
        ("DeregisteredCount", Type::Integer, "\"0\""),
        ("InstanceCount", Type::Integer, "\"1\""),
        ("RegisteredCount", Type::Integer, "\"0\""),
        ("TimeToLiveInHours", Type::Long, "\"4\""),
    ];
    for (name, ty, text) in numbers {
        let field = activation.fields.iter().find(|field| field.name == name).expect("the field exists");
        assert_eq!(field.ty, ty, "{name}");
        assert!(json.contains(&format!("\"{name}\" : {text}")), "{name} is a text in the sample");
    }
}

/// The dot is part of the code on the wire, but not of the Rust name.
#[test]
fn codes_with_dots_stay_complete() {
    let operation = operation("DeleteActivation");
    let names: Vec<(&str, &str)> =
        operation.error_variants.iter().map(|variant| (variant.code.as_str(), variant.rust_name.as_str())).collect();
    let expected = [
        ("RegionId.ApiNotSupported", "RegionIdApiNotSupported"),
        ("ActivationId.InUse", "ActivationIdInUse"),
        ("Operation.Forbidden", "OperationForbidden"),
        ("ActivationId.NotFound", "ActivationIdNotFound"),
        ("InternalError.Dispatch", "InternalErrorDispatch"),
    ];
    assert_eq!(names, expected);
    assert!(operation.error_variants.iter().all(|variant| !variant.is_pattern()));
}

/// The page and the official metadata differ, so the spec explains which one was chosen.
#[test]
fn unregister_device_credential_explains_where_page_and_metadata_differ() {
    let operation = operation("UnRegisterDeviceCredential");
    assert_eq!(operation.methods, [Method::Post], "the metadata allows POST only");
    assert!(operation.parameter("RegionId").is_some_and(|region| region.field.required), "the page requires it");
    let text = spec_text(page("UnRegisterDeviceCredential"));
    let comment: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
    let comment = comment.join(" ").replace("# ", "").replace("  ", " ");
    for reason in ["It has no RegionId", "takes precedence", "It allows only POST", "the metadata takes precedence"] {
        assert!(comment.contains(reason), "the comment does not contain `{reason}`: {comment}");
    }
}

/// Both IoT pages list the code in their response table. It is written once, and every operation can match it.
#[test]
fn the_code_that_all_iot_operations_share_is_written_once() {
    let code = "iot.system.SystemException";
    let iot = service("iot");
    let rows: Vec<(u16, &str)> =
        iot.errors.iter().filter(|row| row.code == code).map(|row| (row.status, row.message.as_str())).collect();
    assert_eq!(rows, [(200, "A system exception occurred.")]);
    for name in ["ResetThing", "DeleteOTAFirmware"] {
        let operation = operation(name);
        assert_eq!(operation.errors, [], "{name}: the page has no error table");
        let variants: Vec<&str> = operation
            .error_variants
            .iter()
            .filter(|variant| variant.code == code)
            .map(|variant| variant.rust_name.as_str())
            .collect();
        assert_eq!(variants, ["IotSystemSystemException"], "{name}");
        assert!(!spec_text(page(name)).contains(&format!("code: {code}")), "{name}: the code is written only once");
    }
    let text = fs::read_to_string(specs().join("iot/2018-01-20/service.yaml")).expect("the file can be read");
    assert_eq!(text.matches(code).count(), 1);
}

/// The sample requests use these hosts.
#[test]
fn endpoints_are_those_of_the_samples() {
    let hosts = [
        ("onsmqtt", "cn-hangzhou", "onsmqtt.cn-hangzhou.aliyuncs.com"),
        ("iot", "cn-shanghai", "iot.cn-shanghai.aliyuncs.com"),
    ];
    for (module, region, host) in hosts {
        let endpoints = service(module).endpoints;
        assert!(endpoints.public.regions.iter().any(|known| known == region), "{module}");
        assert_eq!(endpoints.public.host.replace("{region}", region), host);
    }
}

/// All five operations change something, and no page describes its operation as idempotent.
#[test]
fn no_operation_is_marked_as_idempotent() {
    for page in &PAGES {
        let operation = operation(page.operation);
        assert_eq!(operation.effect, alicloud_model::Effect::Write, "{}", page.operation);
        assert!(!operation.idempotent, "{}: the page does not describe it as idempotent", page.operation);
    }
}

/// Names keep the spelling of the service: `UnRegister`, `OTA`, `Sn`.
#[test]
fn operations_and_parameters_have_their_rust_names() {
    let methods = [
        ("UnRegisterDeviceCredential", "un_register_device_credential"),
        ("InactivateDeviceCertificate", "inactivate_device_certificate"),
        ("ResetThing", "reset_thing"),
        ("DeleteOTAFirmware", "delete_ota_firmware"),
        ("DeleteActivation", "delete_activation"),
    ];
    for (name, method) in methods {
        assert_eq!(operation(name).method_name, method);
    }
    assert_eq!(parameter("InactivateDeviceCertificate", "CaSn").rust_name, "ca_sn");
    assert_eq!(parameter("ResetThing", "IotId").rust_name, "iot_id");
}
