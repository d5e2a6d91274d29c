//! The Rust code of a call with sample values.

use alicloud_model::{Operation, Service};
use proc_macro2::TokenStream;
use quote::quote;

use crate::ending::Failure;
use crate::sample_values::required_values;

/// The statements of a call with the required parameters, which prints the response, or all items of a list. `config` and the
/// product's module must be in scope.
pub(crate) fn statements(service: &Service, operation: &Operation) -> Result<TokenStream, Failure> {
    let values = required_values(service, operation);
    let call = alicloud_codegen::call_statements(service, operation, &values);
    let mut block: syn::Block = syn::parse_str(&format!("{{ {call} }}")).map_err(|error| not_rust(&error))?;
    if operation.pagination.is_none() {
        let statements = &block.stmts;
        return Ok(quote!(#(#statements)* println!("{response:#?}");));
    }
    block.stmts.pop();
    let statements = &block.stmts;
    let method = syn::parse_str::<syn::Ident>(&operation.method_name).map_err(|error| not_rust(&error))?;
    Ok(quote! {
        #(#statements)*
        let mut items = client.#method(&request).items();
        while let Some(item) = items.next().await {
            let item = item?;
            println!("{item:#?}");
        }
    })
}

/// Formats statements, without indentation.
pub(crate) fn formatted(statements: &TokenStream) -> Result<String, Failure> {
    let file = syn::parse2(quote!(fn call() { #statements })).map_err(|error| not_rust(&error))?;
    let function = prettyplease::unparse(&file);
    Ok(function.lines().filter_map(|line| line.strip_prefix("    ")).map(|line| format!("{line}\n")).collect())
}

pub(crate) fn not_rust(error: &syn::Error) -> Failure {
    Failure::new(format!("the code is not valid Rust: {error}")).help("this is a bug in the generator, not in the spec")
}

/// The expression of a configuration with the usual credentials.
pub(crate) fn config(service: &Service) -> TokenStream {
    let region = region(service).map(|region| quote!(.region(#region)));
    quote!(Config::new(DefaultCredentials::new()) #region)
}

/// A region in which the product has an endpoint.
pub(crate) fn region(service: &Service) -> Option<&str> {
    let hosts = &service.endpoints.public;
    let regions = || hosts.regions.iter().chain(hosts.exceptions.iter().map(|(region, _)| region));
    regions().find(|region| *region == "cn-hangzhou").or_else(|| regions().next()).map(String::as_str)
}
