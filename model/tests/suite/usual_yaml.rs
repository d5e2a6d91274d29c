//! The parser for usual YAML gives the same result as `serde_yaml`, which parses all files with the end marker `...`.

use alicloud_model::{Code, Diagnostic, load_sources};

use crate::sources::{service, source};

#[test]
fn a_change_of_usual_yaml_means_the_same_as_in_any_yaml() {
    const TEXT: &str = "operation: Do
summary: >-
  Does

  it.
methods: [GET, POST]
outcome: none
parameters:
  - name: Size
    type: String
    range: { min: 1 }
    doc: |
      One.

      - Two:
        'three'
    default: 7
    values: [\"a\\n\", 'bc''de']
    example: cn-1.2
";
    const PIECES: [&str; 13] = [": ", " #", "- ", "\"", "'", "\n", " ", "[", "}", "0", "~", "\t", "\u{85}"];
    let load = |text: &str| load_sources(&[service(), source("demo/2020-01-01/Do.yaml", text)]);
    for (at, _) in TEXT.char_indices() {
        for piece in PIECES {
            let mut text = TEXT.to_owned();
            text.insert_str(at, piece);
            let [usual, any] = [load(&text), load(&format!("{text}...\n"))];
            assert_eq!(format!("{:?}", usual.services), format!("{:?}", any.services), "{text}");
            let is_syntax = |one: &Diagnostic| one.code == Code::Syntax;
            if !usual.diagnostics.iter().any(is_syntax) || !any.diagnostics.iter().any(is_syntax) {
                let [usual, any] = [&usual, &any].map(|loaded| format!("{:?}", loaded.diagnostics).replace("...", ""));
                assert_eq!(usual, any, "{text}");
            }
        }
    }
}
