//! What the compiler says to people who use the crate wrongly or make an error in a spec.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes the expected texts anew.

#[test]
fn mistakes_are_compile_errors_that_say_where_and_what() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
}
