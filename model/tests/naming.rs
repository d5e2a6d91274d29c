//! Names of fields and setters are in the same snake case as those of `heck`.

use alicloud_model::naming::snake;
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
