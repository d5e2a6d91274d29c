//! Descriptions of fields that have no documentation.

use alicloud_model::{SourceFile, load_sources};

#[test]
fn fields_without_doc_are_described_by_their_names() {
    let service =
        "product: Test\nversion: 2020-01-01\nstyle: RPC\nsummary: Test.\nendpoints:\n  host: test.aliyuncs.com\n";
    let cases = [
        // The first and the last known name, and one in two spellings.
        ("AcceptLanguage", "", "The language of texts in the response, such as `zh-CN` or `en-US`."),
        ("ZoneId", "", "The ID of the zone."),
        ("RegionId", "", "The ID of the region, such as `cn-hangzhou`."),
        ("regionId", "", "The ID of the region, such as `cn-hangzhou`."),
        ("DBInstanceId", "", "The ID of the database instance."),
        ("RegionIds", "", ""),
        ("Foo", "", ""),
        ("VpcId", "The network of the peer.", "The network of the peer."),
    ];
    let mut operation = "operation: Ping\nsummary: Pings.\nmethods: [POST]\nparameters:\n".to_owned();
    for (name, doc, _) in cases {
        let doc = if doc.is_empty() { String::new() } else { format!(", doc: {doc}") };
        operation += &format!("  - {{ name: {name}, type: String, rust: p{}{doc} }}\n", operation.len());
    }
    let files = [("service", service), ("Ping", operation.as_str())];
    let file =
        |(name, text): (&str, &str)| SourceFile { path: format!("test/2020-01-01/{name}.yaml"), text: text.to_owned() };
    let loaded = load_sources(&files.map(file));
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let parameters = &loaded.services[0].operation("Ping").unwrap().parameters;
    for ((name, _, expected), parameter) in cases.iter().zip(parameters) {
        assert_eq!((parameter.field.name.as_str(), parameter.field.description()), (*name, *expected));
    }
}
