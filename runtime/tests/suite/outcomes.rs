//! Failures that a service reports in a 2xx body, and error bodies.

use alicloud_runtime::dynamic::{Client, Decode, Input, Operation, Outcome, OutcomeField, Parameters, Reporting, Slot};

use crate::test_service::SERVICE;
use crate::transport_double::Double;
use alicloud_runtime::Method;
use alicloud_runtime::{Config, Credentials, Failure, HttpResponse};

/// A response without a field that reports success.
#[derive(Default)]
struct Plain(Option<i32>);

impl Decode for Plain {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Count", Slot::OptionalInteger(&mut self.0)),
            _ => ("", Slot::Skip),
        }
    }
}

/// A response with fields that report success.
#[derive(Default)]
struct Reported {
    success: Option<bool>,
    status: String,
    code: String,
}

impl Decode for Reported {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Success", Slot::OptionalBoolean(&mut self.success)),
            1 => ("Status", Slot::Text(&mut self.status)),
            2 => ("Code", Slot::Text(&mut self.code)),
            _ => ("", Slot::Skip),
        }
    }
}

/// The code and the message of the failure that a call reports for this body.
async fn outcome(
    outcome: &'static Outcome,
    body: &str,
    response: &mut (dyn Decode + Send),
) -> Result<(), (String, String)> {
    let operation = Operation::new(&SERVICE, "Test", Method::Post, Parameters::NONE).reporting(Reporting::By(outcome));
    let config = Config::new(Credentials::new("i", "s")).endpoint("e.example.com").transport(Double::responding(body));
    match Client::new(&SERVICE, &config).unwrap().send(&operation, &Input::new(), response).await {
        Ok(_) => Ok(()),
        Err(error) => match error.failure() {
            Failure::Service(failure) => Err((failure.code.clone(), failure.message.clone())),
            other => Err((String::new(), other.to_string())),
        },
    }
}

static BY_FLAG: Outcome =
    Outcome { success: OutcomeField::at("Success"), code: OutcomeField::at("Code"), message: "Message" };
static BY_FLAG_ALONE: Outcome = Outcome { success: OutcomeField::at("Success"), code: OutcomeField::NONE, message: "" };
static BY_WORD: Outcome = Outcome {
    success: OutcomeField { path: "Status", values: &["OK", "Accepted"] },
    code: OutcomeField::at("Code"),
    message: "Message",
};
static BY_CODE: Outcome = Outcome {
    success: OutcomeField::NONE,
    code: OutcomeField { path: "Code", values: &["200", "OK"] },
    message: "Message",
};
static BY_CODE_OR_FLAG: Outcome = Outcome {
    success: OutcomeField::at("Success"),
    code: OutcomeField { path: "Code", values: &["200"] },
    message: "Message",
};
static NESTED: Outcome = Outcome {
    success: OutcomeField::at("Result.Success"),
    code: OutcomeField::at("Result.Error.Code"),
    message: "Result.Error.Message",
};

#[tokio::test]
async fn the_success_field_or_else_the_code_reports_failure() {
    let failed = |code: &str, message: &str| Err((code.to_owned(), message.to_owned()));
    for (way, body, expected) in [
        (&BY_FLAG, r#"{"Success":true,"Code":"C","Message":"m"}"#, Ok(())),
        (&BY_FLAG, r#"{"Success":false,"Code":"C","Message":"m"}"#, failed("C", "m")),
        (&BY_FLAG, r#"{"Success":"False","Message":"m"}"#, failed("", "m")),
        (&BY_FLAG, r#"{"Success":0,"Code":" C "}"#, failed("C", "")),
        (&BY_FLAG, r#"{"Success":1,"Code":"C"}"#, Ok(())),
        // Without values, a code alone does not report failure.
        (&BY_FLAG, r#"{"Code":"C","Message":"m"}"#, Ok(())),
        (&BY_FLAG, "{}", Ok(())),
        (&BY_FLAG_ALONE, r#"{"Success":false}"#, failed("", "")),
        (&BY_FLAG_ALONE, r#"{"Success":true}"#, Ok(())),
        (&BY_FLAG_ALONE, "{}", Ok(())),
        (&BY_WORD, r#"{"Status":"ok","Code":"C"}"#, Ok(())),
        (&BY_WORD, r#"{"Status":"Accepted"}"#, Ok(())),
        (&BY_WORD, r#"{"Status":"FAILED","Code":"C","Message":"m"}"#, failed("C", "m")),
        (&BY_WORD, r#"{"Status":"","Code":"C","Message":"m"}"#, Ok(())),
        (&BY_CODE, r#"{"Code":"200"}"#, Ok(())),
        (&BY_CODE, r#"{"Code":200}"#, Ok(())),
        (&BY_CODE, r#"{"Code":"ok"}"#, Ok(())),
        (&BY_CODE, r#"{"Code":""}"#, Ok(())),
        (&BY_CODE, "{}", Ok(())),
        (&BY_CODE, r#"{"Code":"500","Message":"m"}"#, failed("500", "m")),
        (&BY_CODE_OR_FLAG, r#"{"Success":true,"Code":"500"}"#, Ok(())),
        (&BY_CODE_OR_FLAG, r#"{"Code":"500","Message":"m"}"#, failed("500", "m")),
        (&BY_CODE_OR_FLAG, r#"{"Code":"200"}"#, Ok(())),
        (&NESTED, r#"{"Result":{"Success":false,"Error":{"Code":"C","Message":"m"}}}"#, failed("C", "m")),
        (&NESTED, r#"{"Result":{"Success":true,"Error":{"Code":"C"}}}"#, Ok(())),
        (&NESTED, r#"{"Result":{}}"#, Ok(())),
    ] {
        // The result does not depend on whether the response type has the fields.
        assert_eq!(outcome(way, body, &mut Reported::default()).await, expected, "{way:?} {body}");
        assert_eq!(outcome(way, body, &mut Plain::default()).await, expected, "{way:?} {body}");
    }
}

/// A reported failure takes precedence over a field that cannot be decoded.
#[tokio::test]
async fn reported_failures_take_precedence_over_undecodable_fields() {
    let body = r#"{"Success":false,"Code":"C","Message":"m","Count":"many"}"#;
    assert_eq!(outcome(&BY_FLAG, body, &mut Plain::default()).await, Err(("C".to_owned(), "m".to_owned())));
    for body in [r#"{"Success":true,"Code":"C","Count":"many"}"#, r#"{"Code":"C","Count":"many"}"#] {
        let (code, text) = outcome(&BY_FLAG, body, &mut Plain::default()).await.unwrap_err();
        assert!(code.is_empty() && text.contains("`Count` should be"), "{text}");
    }
    let (_, text) = outcome(&BY_FLAG, r#"{"Success":false,"#, &mut Plain::default()).await.unwrap_err();
    assert!(text.contains("cannot be decoded as JSON"), "{text}");
}

#[tokio::test]
async fn the_fields_of_an_error_body_are_read_in_each_case() {
    for (body, request_id) in [
        (r#"{"Code":"C","Message":"m","RequestId":"R","HostId":"h","Recommend":"r"}"#, Some("R")),
        (r#"{"code":"C","message":"m","requestId":"R","hostId":"h","recommend":"r"}"#, Some("R")),
        (r#"{"code":"C","message":"m","requestid":"R","HostId":"h","recommend":"r"}"#, Some("R")),
        (r#"{"code":"C","message":"m","hostId":"h","Recommend":"r"}"#, Some("FROM-HEADER")),
    ] {
        let response = HttpResponse::new(400, body).header("x-acs-request-id", "FROM-HEADER");
        let config = Config::new(Credentials::new("i", "s")).endpoint("e").transport(Double::new([response]));
        let operation = Operation::new(&SERVICE, "Test", Method::Post, Parameters::NONE);
        let client = Client::new(&SERVICE, &config).unwrap();
        let error = client.send(&operation, &Input::new(), &mut Plain::default()).await.unwrap_err();
        assert_eq!((error.code(), error.message(), error.status()), (Some("C"), Some("m"), Some(400)));
        assert_eq!((error.host(), error.recommend(), error.request_id()), (Some("h"), Some("r"), request_id));
    }
}
