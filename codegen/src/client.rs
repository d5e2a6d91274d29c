//! The client of a product, with one method for each operation.

use alicloud_model::{Field, Hosts, Operation, Outcome, OutcomeField, Sample, Service, SharedTypes};

use crate::docs::{deprecated, doc};
use crate::literal::{listed, literal, literals};
use crate::sample_code::SampleCode;

/// Writes the client, and the constant with the settings that its operations share.
pub(crate) fn client(service: &Service) -> String {
    let [product, version] = [&service.product, &service.version].map(literal);
    let [public, vpc] = [&service.endpoints.public, &service.endpoints.vpc].map(hosts);
    let (outcome, retried) = (service.outcome.as_ref().map(outcome), literals(&service.retry));
    let [outcome, gateway] = [outcome, service.gateway.as_deref().map(literal)].map(|value| match value {
        Some(value) => format!("__rt::Option::Some({value})"),
        None => "__rt::Option::None".to_owned(),
    });
    let text = doc(&format!("A client for {}. Clones share connections.", service.product));
    let constructor = doc(
        "Creates a client with the given configuration. Sends nothing.\n\n# Errors\n\nReturns an error if the credentials \
         cannot be used or the region has no endpoint.",
    );
    let methods = methods(service);
    format!(
        "static SERVICE: __rt::Service = __rt::Service {{
            product: {product},
            version: {version},
            public: {public},
            vpc: {vpc},
            outcome: {outcome},
            retried: &[{retried}],
            gateway: {gateway},
        }};
        {text}
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct Client(__rt::Client);
        impl Client {{
            {constructor}
            #[inline]
            pub fn new(config: &__rt::Config) -> __rt::Result<Self, __rt::Failure> {{
                __rt::Client::new(&SERVICE, config).map(Self)
            }}
            {methods}
        }}\n"
    )
}

/// Writes the methods of the client.
pub(crate) fn methods(service: &Service) -> String {
    service.operations.iter().map(|operation| method(operation, &service.types)).collect()
}

fn method(operation: &Operation, types: &SharedTypes) -> String {
    let Operation { rust_name, method_name, summary, .. } = operation;
    let text = doc(&format!(
        "{summary}\n\n```rs\n{}\n```\n\nSee [`{rust_name}Request`] for the parameters and [`{rust_name}Error`] for the \
         errors.",
        example_call(operation, types)
    ));
    let deprecation = deprecated(operation.deprecated.as_deref());
    format!(
        "{text}{deprecation}
        #[inline]
        pub fn {method_name}<'a>(&'a self, request: &'a {rust_name}Request) -> __rt::Call<'a, {rust_name}Request> {{
            self.0.call(request)
        }}\n"
    )
}

/// The longest line of an example.
const EXAMPLE_WIDTH: usize = 80;

/// Writes a call with the values of the spec's example. Without an example, it has only the required parameters, with
/// their own examples or with variables of the same names.
///
/// The documentation marks it as `rs`, which `rustdoc` does not compile: otherwise, the tests of every user would
/// contain one test for each operation.
fn example_call(operation: &Operation, types: &SharedTypes) -> String {
    let code = SampleCode { path: String::new(), types };
    let documented = operation.examples.first().map(|example| example.request.as_slice()).unwrap_or_default();
    let missing = |field: &Field| {
        let example = field.example.as_ref().filter(|text| {
            field.ty.is_scalar() && !field.sensitive && text.len() < EXAMPLE_WIDTH && field.ty.check(text).is_ok()
        });
        Some(match example {
            Some(text) => code.value(&field.ty, &Sample::Text(text.clone())),
            None => field.rust_name.clone(),
        })
    };
    let mut request = code.request(operation, documented, "", missing);
    if request.len() > EXAMPLE_WIDTH {
        request = code.request(operation, documented, "\n    ", missing);
    }
    let method = &operation.method_name;
    format!("let request = {request};\nlet response = client.{method}(&request).await?;")
}

/// Writes how a 2xx body reports failure.
pub(crate) fn outcome(outcome: &Outcome) -> String {
    let field = |field: &Option<OutcomeField>| match field {
        None => "__rt::OutcomeField::NONE".to_owned(),
        Some(OutcomeField { path, values, .. }) if values.is_empty() => {
            format!("__rt::OutcomeField::at({})", literal(path))
        }
        Some(OutcomeField { path, values, .. }) => {
            let (path, values) = (literal(path), literals(values));
            format!("__rt::OutcomeField {{ path: {path}, values: &[{values}] }}")
        }
    };
    let (success, code) = (field(&outcome.success), field(&outcome.code));
    let message = literal(outcome.message.as_deref().unwrap_or_default());
    format!("__rt::Outcome {{ success: {success}, code: {code}, message: {message} }}")
}

/// Writes the hosts of a product in one network.
fn hosts(hosts: &Hosts) -> String {
    let Hosts { host, regions, exceptions, .. } = hosts;
    if *hosts == Hosts::default() {
        return "__rt::Hosts::NONE".to_owned();
    }
    let (host, regions) = (literal(host), literals(regions));
    let exceptions =
        listed(exceptions.iter().map(|(region, host)| format!("({}, {})", literal(region), literal(host))));
    format!("__rt::Hosts {{ host: {host}, regions: &[{regions}], exceptions: &[{exceptions}] }}")
}
