//! Error codes become variants.

use alicloud_model::ErrorVariant;

use super::{demo, everything, sound};

/// Codes keep their spelling if their words stay readable when they are joined.
#[test]
fn codes_become_recognizable_names() {
    const OPERATION: &str = "operation: Do\nsummary: Does.\nmethods: [GET]\nresponse:
  - { name: Success, type: Boolean }\n  - { name: Code, type: String }\n  - { name: Message, type: String }\n";
    let cases = [
        ("OTAFirmware.NotFound", "OTAFirmwareNotFound"),
        ("DeleteOTA", "DeleteOTA"),
        ("OTA", "OTA"),
        ("INVALID_PARAMETER", "InvalidParameter"),
        ("OTA.NotFound", "OtaNotFound"),
        ("Instance_Id-Bad.2nd", "InstanceIdBad2nd"),
        ("iot.system.Fault", "IotSystemFault"),
        ("404", "N404"),
        ("Self", "Self_"),
        ("Trailing.", "Trailing"),
    ];
    for (code, expected) in cases {
        let text = format!("{OPERATION}errors: [{{ status: 400, code: '{code}', message: No. }}]");
        let operation = sound(demo(&[("Do", &text)])).operations.remove(0);
        let variant = operation.error_variants.iter().find(|variant| variant.code == code).unwrap();
        assert_eq!(variant.rust_name, expected, "{code}");
    }
}

#[test]
fn error_rows_become_variants() {
    let operation = everything();
    let rows: Vec<(u16, &str)> = operation.errors.iter().map(|row| (row.status, row.code.as_str())).collect();
    assert_eq!(rows, [(400, "Thing.Bad"), (400, "InvalidParameter.%s"), (500, "Thing.Bad"), (400, "InvalidParameter")]);
    let about = |variant: &ErrorVariant| {
        (variant.rust_name.clone(), variant.code.clone(), variant.rows.iter().map(|row| row.status).collect())
    };
    let variants: Vec<(String, String, Vec<u16>)> = operation.error_variants.iter().map(about).collect();
    let expected = [
        ("ThingBad", "Thing.Bad", vec![400, 500]),
        ("InvalidParameter", "InvalidParameter.%s", vec![400]),
        ("AnyInvalidParameter", "InvalidParameter", vec![400]),
        ("DemoFault", "demo.Fault", vec![200]),
    ];
    assert_eq!(variants, expected.map(|(rust, code, statuses)| (rust.to_owned(), code.to_owned(), statuses)));
    assert_eq!(operation.error_variants[0].rows[0].message, "Bad thing.", "the operation's own row, not the product's");
    assert!(!operation.error_variants[0].is_pattern());
    assert!(operation.error_variants[1].is_pattern());
    assert_eq!(operation.error_variants[1].rows[0].doc, "Fix it.");
}
