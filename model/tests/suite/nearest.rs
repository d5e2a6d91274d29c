//! Suggestions for misspelled words.

use alicloud_model::{near, nearest};

#[test]
fn up_to_a_third_of_a_word_may_be_wrong() {
    let known = ["DeleteActivation", "DescribeActivation", "ResetThing", "Tag", "x"];
    let cases: &[(&str, &[&str])] = &[
        ("ResetThing", &["ResetThing"]),
        ("resetthings", &["ResetThing"]),
        // Two swapped letters are one error.
        ("atg", &["Tag"]),
        ("tab", &["Tag"]),
        ("toy", &[]),
        ("DeleteActivation", &["DeleteActivation", "DescribeActivation"]),
        ("DescribActivation", &["DescribeActivation", "DeleteActivation"]),
        ("Activation", &[]),
        ("X", &["x"]),
        // No letter is right.
        ("y", &[]),
        ("", &[]),
    ];
    for (word, expected) in cases {
        assert_eq!(near(word, known), *expected, "{word}");
        assert_eq!(nearest(word, known), expected.first().copied(), "{word}");
    }
}

#[test]
fn equally_near_words_are_suggested_in_alphabetical_order_and_once() {
    assert_eq!(near("size", ["sizs", "siza", "sizs"]), ["siza", "sizs"]);
    assert_eq!(nearest("size", ["sizs", "siza"]), Some("siza"));
}

#[test]
fn huge_words_have_no_suggestion() {
    let long = "x".repeat(10_000_000);
    assert_eq!(nearest(&long, [long.as_str(), "x"]), None);
    assert_eq!(nearest("x", [long.as_str()]), None);
    assert_eq!(nearest(&"x".repeat(200), [&*"x".repeat(199)]).map(str::len), Some(199));
    assert_eq!(nearest(&"x".repeat(201), [&*"x".repeat(200)]), None);
}
