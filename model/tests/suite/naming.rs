//! Rust names: fields and setters in the snake case of `heck`, and types.

use alicloud_model::naming::{camel, identifier, setter, snake};
use heck::ToSnakeCase as _;

#[test]
fn snake_case_is_the_same_as_in_heck() {
    let names = [
        "RegionId",
        "Ipv6Address",
        "Ab1C",
        "A1b",
        "AbCd",
        "ABc",
        "AbC",
        "DNSName",
        "VSwitchId",
        "OwnerID",
        "E2EPolicy",
        "x",
        "aB",
        "Ab_C",
        "Ab-Cd",
        "Tag.1.Key",
        "Étage",
        "IoTId",
        "Size2",
        "Z",
        "",
    ];
    for name in names {
        let expected = name.to_snake_case();
        assert_eq!(snake(name), (expected.is_ascii() && !expected.is_empty()).then_some(expected), "{name}");
    }
}

#[test]
fn valid_type_names_stay_unchanged() {
    for (name, expected) in [
        ("OTA2Firmware", Some("OTA2Firmware")),
        ("DeleteOTA", Some("DeleteOTA")),
        ("Thing.NotFound", Some("ThingNotFound")),
        ("Ab.2Cd", Some("Ab2cd")),
        ("2Name", Some("N2name")),
        ("OTA.NotFound", Some("OtaNotFound")),
        ("Self", Some("Self_")),
        ("", None),
        ("%", None),
    ] {
        assert_eq!(camel(name).as_deref(), expected, "{name}");
    }
}

#[test]
fn an_identifier_has_a_raw_prefix_only_if_it_needs_one() {
    for (given, expected) in [
        ("name", Some("name")),
        ("r#name", Some("name")),
        ("r#type", Some("r#type")),
        ("type", None),
        ("r#self", None),
        ("2nd", None),
        ("", None),
        ("r#", None),
    ] {
        assert_eq!(identifier(given).as_deref(), expected, "{given}");
    }
    assert_eq!([setter("New"), setter("Clone"), setter("Newer")].map(Option::unwrap), ["new_", "clone_", "newer"]);
}
