//! A product's client: one method an operation.

use alicloud_model::{Hosts, Operation, Outcome, OutcomeField, Service};

use crate::docs::{deprecated, doc};
use crate::literal::{listed, literal, literals};

/// The client, and the constant that says what its operations share.
pub(crate) fn client(service: &Service) -> String {
    let [product, version] = [&service.product, &service.version].map(literal);
    let [public, vpc] = [&service.endpoints.public, &service.endpoints.vpc].map(hosts);
    let (outcome, retried) = (service.outcome.as_ref().map(outcome), literals(&service.retry));
    let [outcome, gateway] = [outcome, service.gateway.as_deref().map(literal)].map(|value| match value {
        Some(value) => format!("__rt::Option::Some({value})"),
        None => "__rt::Option::None".to_owned(),
    });
    let text = doc(&format!("Calls {}. Clones share connections.", service.product));
    let constructor = doc(
        "A client with this configuration.\n\n# Errors\n\nWhere the credentials cannot be used, or there is no endpoint \
         for the region; nothing is sent.",
    );
    let methods: String = service.operations.iter().map(method).collect();
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

fn method(operation: &Operation) -> String {
    let Operation { rust_name, method_name, summary, .. } = operation;
    let text = doc(&format!(
        "{summary}\n\nSee [`{rust_name}Request`] for what it takes, and [`{rust_name}Error`] for how it fails."
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

/// How a 2xx body reports failure.
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

/// Where a product answers in a network.
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
