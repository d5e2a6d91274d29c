//! A product's client: one method an operation.

use alicloud_model::{Hosts, Service};
use proc_macro2::TokenStream;
use quote::quote;

use crate::docs::{deprecated, doc};
use crate::names::ident;

/// The client, and the constant that says what its operations share.
pub(crate) fn client(service: &Service) -> TokenStream {
    let product = &service.product;
    let version = &service.version;
    let public = hosts(&service.endpoints.public);
    let vpc = hosts(&service.endpoints.vpc);
    let outcome = match &service.outcome {
        None => quote!(__rt::Option::None),
        Some(outcome) => {
            let (success, code, message) = (&outcome.success, &outcome.code, &outcome.message);
            quote!(__rt::Option::Some(__rt::Outcome { success: #success, code: #code, message: #message }))
        }
    };
    let gateway = match &service.gateway {
        None => quote!(__rt::Option::None),
        Some(gateway) => quote!(__rt::Option::Some(#gateway)),
    };
    let text = doc(&format!("Calls {product}. Clones share connections."));
    let constructor = doc(
        "A client with this configuration.\n\n# Errors\n\nWhere the credentials cannot be used, or there is no endpoint \
         for the region; nothing is sent.",
    );
    let methods = service.operations.iter().map(|operation| {
        let name = ident(&operation.method_name);
        let request = ident(&format!("{}Request", operation.rust_name));
        let text = doc(&format!(
            "{}\n\nSee [`{request}`] for what it takes, and [`{}Error`] for how it fails.",
            operation.summary, operation.rust_name
        ));
        let deprecation = deprecated(operation.deprecated.as_deref());
        quote! {
            #text
            #deprecation
            #[inline]
            pub fn #name<'a>(&'a self, request: &'a #request) -> __rt::Call<'a, #request> { self.0.call(request) }
        }
    });
    quote! {
        static SERVICE: __rt::Service = __rt::Service {
            product: #product,
            version: #version,
            public: #public,
            vpc: #vpc,
            outcome: #outcome,
            gateway: #gateway,
        };
        #text
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct Client(__rt::Client);
        impl Client {
            #constructor
            #[inline]
            pub fn new(config: &__rt::Config) -> __rt::Result<Self, __rt::Failure> {
                __rt::Client::new(&SERVICE, config).map(Self)
            }
            #(#methods)*
        }
    }
}

/// Where a product answers in a network.
fn hosts(hosts: &Hosts) -> TokenStream {
    let Hosts { host, regions, exceptions, .. } = hosts;
    if *hosts == Hosts::default() {
        return quote!(__rt::Hosts::NONE);
    }
    let exceptions = exceptions.iter().map(|(region, host)| quote!((#region, #host)));
    quote!(__rt::Hosts { host: #host, regions: &[#(#regions),*], exceptions: &[#(#exceptions),*] })
}
