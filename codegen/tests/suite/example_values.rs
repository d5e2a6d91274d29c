//! Sample values of all types become expressions.

use alicloud_model::load_sources;

use crate::sources::{service, source};

#[test]
fn samples_become_expressions() {
    for (ty, sample, expected) in [
        ("List<Bytes>", "[]", "Vec::<&[u8]>::new()"),
        ("List<String>", "[]", "Vec::<&str>::new()"),
        ("List<Long>", "[]", "vec![]"),
        ("Double", "1.5", "1.5"),
        ("Double", "-0", "-0.0"),
        ("Double", "1e400", "f64::INFINITY"),
        ("Float", "-inf", "f64::NEG_INFINITY"),
        ("Float", "NaN", "f64::NAN"),
        ("Long", "-9223372036854775808", "-9223372036854775808"),
        ("Integer", "+7", "7"),
        ("Boolean", "TRUE", "true"),
        ("String", "\\\"); fn x(){} //", "\"\\\"); fn x(){} //\""),
    ] {
        let sample = if sample == "[]" { sample.to_owned() } else { format!("\"{sample}\"") };
        let operation = format!(
            "operation: Op\nsummary: Does it.\nmethods: [POST]\nparameters: [{{ name: A, type: {ty} }}]\n\
             response: [{{ name: B, type: String }}]\nexamples: [{{ request: {{ A: {sample} }}, json: '{{}}' }}]\n"
        );
        let loaded = load_sources(&[service(), source("demo/2020-01-01/Op.yaml", &operation)]);
        assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
        let tests = alicloud_codegen::example_tests(&loaded.services[0], "krate", "check");
        let file = syn::parse_file(&tests).unwrap_or_else(|error| panic!("{error}\n{tests}"));
        assert_eq!(file.items.len(), 1, "{tests}");
        assert!(tests.contains(&format!(".a({expected})")), "{tests} does not contain {expected}");
    }
}
