//! The procedural macro that turns alicloud specs into a typed client.

mod environment;
mod expand;

use proc_macro::TokenStream;

/// Generates a module for each product of a folder of specs.
///
/// ```text
/// alicloud_macros::generate!("specs");
/// ```
///
/// The path is relative to the crate's `Cargo.toml`. In the folder, each product has
/// `<product>/<version>/service.yaml` and one `<Operation>.yaml` an operation. Small users and tests can give the
/// texts in place of a folder:
///
/// ```text
/// alicloud_macros::generate! {
///     "ecs/2014-05-26/service.yaml" => "product: Ecs …",
///     "ecs/2014-05-26/DeleteActivation.yaml" => "operation: DeleteActivation …",
/// }
/// ```
///
/// The crate needs `alicloud-runtime` beside this one, and a build script so that cargo notices new files:
///
/// ```text
/// fn main() {
///     println!("cargo::rerun-if-changed=specs");
/// }
/// ```
///
/// Where the build script sets the environment variable `ALICLOUD_PRODUCTS` with `cargo::rustc-env` to a list of
/// products separated by commas, the others are not read.
///
/// A mistake in a spec is a compile error with its file, line and column; the other operations are generated all the
/// same.
#[proc_macro]
pub fn generate(input: TokenStream) -> TokenStream {
    expand::generate(input.into(), &environment::Environment::read()).into()
}

/// Generates a test for each example of a folder of specs.
///
/// `example_tests!("specs", path::to::generated, check)` calls
/// `check(request, module, operation, index)` with the typed request of each example, `index` counting the operation's
/// examples from 0.
#[proc_macro]
pub fn example_tests(input: TokenStream) -> TokenStream {
    expand::example_tests(input.into(), &environment::Environment::read()).into()
}
