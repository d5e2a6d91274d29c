//! The Rust program that sends the same call.

use std::fmt;
use std::str::FromStr as _;

use alicloud_model::Sample;
use alicloud_runtime::Method;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::call::arguments::{Arguments, ResponseFormat, Signature};
use crate::call::credentials::profiles_file;
use crate::call::spec_operation::Prepared;
use crate::call::target::Target;
use crate::ending::Failure;

pub(super) fn program(arguments: &Arguments, target: &Target<'_>, prepared: &Prepared) -> Result<String, Failure> {
    // With other specs than the bundled ones, the generated code is in the user's crate.
    let (library, products) = match &arguments.specs {
        None => (quote!(alicloud), "alicloud"),
        Some(_) => (quote!(alicloud_runtime), "crate"),
    };
    let config = config(arguments, &library)?;
    let mut import = String::new();
    let code = match target {
        Target::Described { service, operation } => {
            let call = alicloud_codegen::call_statements(service, operation, &prepared.shown);
            let call = TokenStream::from_str(&call).map_err(|error| not_rust(&error))?;
            import = format!("use {products}::{};\n\n", service.module);
            quote! {
                #[tokio::main]
                async fn main() -> Result<(), Box<dyn std::error::Error>> {
                    let config = #config;
                    #call
                    println!("{response:?}");
                    Ok(())
                }
            }
        }
        Target::Undescribed { product, version, operation, http, .. } => {
            let method = (http.method != Method::Post).then(|| {
                let method = Ident::new(&format!("{:?}", http.method), Span::call_site());
                quote!(.method(#library::Method::#method))
            });
            let path = http.path.as_ref().map(|path| quote!(.path(#path)));
            let body = http.body.as_ref().map(|body| quote!(.body(#body)));
            let parameters = prepared.shown.iter().map(|(name, sample)| {
                let value = if let Sample::Text(text) = sample { text.as_str() } else { "" };
                quote!(.parameter(#name, #value))
            });
            quote! {
                #[tokio::main]
                async fn main() -> Result<(), Box<dyn std::error::Error>> {
                    let config = #config;
                    let client = #library::UntypedClient::new(#product, #version, &config)?;
                    let request = #library::UntypedRequest::new(#operation) #method #path #(#parameters)* #body;
                    let response = client.call(&request).await?;
                    println!("{}", String::from_utf8_lossy(response.body()));
                    Ok(())
                }
            }
        }
    };
    let file = syn::parse2(code).map_err(|error| not_rust(&error))?;
    Ok(import + &prettyplease::unparse(&file))
}

fn not_rust(error: &dyn fmt::Display) -> Failure {
    Failure::new(format!("the code is not valid Rust: {error}")).help("this is a bug in the generator, not in the call")
}

fn config(arguments: &Arguments, library: &TokenStream) -> Result<TokenStream, Failure> {
    let credentials = match &arguments.profile {
        _ if arguments.anonymous => quote!(#library::Credentials::anonymous()),
        Some(name) => {
            let file = profiles_file()?.display().to_string();
            quote!(#library::CliProfile::new(#file).profile(#name))
        }
        None => quote!(#library::DefaultCredentials::new()),
    };
    let region = arguments.region.as_ref().map(|region| quote!(.region(#region)));
    let endpoint = arguments.endpoint.as_ref().map(|endpoint| quote!(.endpoint(#endpoint)));
    let signature = match arguments.signature {
        Signature::V1 => Some(quote!(.signature_version(#library::SignatureVersion::V1))),
        Signature::V3 => None,
    };
    let format = match arguments.format {
        ResponseFormat::Xml => Some(quote!(.format(#library::Format::Xml))),
        ResponseFormat::Json => None,
    };
    Ok(quote!(#library::Config::new(#credentials) #region #endpoint #signature #format))
}
