//! The procedural macro that turns alicloud specs into a typed client.

mod environment;
mod expand;

use proc_macro::TokenStream;
use quote::quote;

use crate::environment::Environment;
use crate::expand::Generated;

/// Generates a module for each product in a folder of specs.
///
/// ```text
/// alicloud_macros::generate!("specs");
/// ```
///
/// The path is relative to the crate's `Cargo.toml`. In the folder, each product has
/// `<product>/<version>/service.yaml` and one `<Operation>.yaml` for each operation. Tests can pass the texts instead
/// of a folder:
///
/// ```text
/// alicloud_macros::generate! {
///     "ecs/2014-05-26/service.yaml" => "product: Ecs …",
///     "ecs/2014-05-26/DeleteActivation.yaml" => "operation: DeleteActivation …",
/// }
/// ```
///
/// The crate needs `alicloud-runtime` as another dependency, and a build script so that cargo notices new files:
///
/// ```text
/// fn main() {
///     println!("cargo::rerun-if-changed=specs");
/// }
/// ```
///
/// If the build script sets the environment variable `ALICLOUD_PRODUCTS` with `cargo::rustc-env` to a comma-separated
/// list of products, only these products are read.
///
/// An error in a spec becomes a compile error with its file, line and column. The other operations are still generated.
#[proc_macro]
pub fn generate(input: TokenStream) -> TokenStream {
    tokens(expand::generate(input.into(), &Environment::read()))
}

/// Generates a test for each example in a folder of specs.
///
/// `example_tests!("specs", path::to::generated, check)` calls `check(request, module, operation, index)` with the
/// typed request of each example. `index` counts the examples of an operation from 0.
#[proc_macro]
pub fn example_tests(input: TokenStream) -> TokenStream {
    tokens(expand::example_tests(input.into(), &Environment::read()))
}

/// Parses the code as text. The compiler is optimised, but in most builds this crate is not, so this is faster than
/// creating tokens one by one.
fn tokens(Generated { errors, code }: Generated) -> TokenStream {
    let mut tokens = TokenStream::from(errors);
    match code.parse::<TokenStream>() {
        Ok(code) => tokens.extend(code),
        Err(error) => {
            let text =
                format!("the generated code is not valid Rust: {error}; this is a bug in alicloud, not in the specs");
            tokens.extend(TokenStream::from(quote!(::core::compile_error!(#text);)));
        }
    }
    tokens
}
