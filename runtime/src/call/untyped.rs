//! Calls of operations that no spec describes.

use std::convert::Infallible;
use std::fmt;

use crate::call::client::Client;
use crate::call::config::Config;
use crate::call::options::CallOptions;
use crate::decoding::decode::{Decode, Slot};
use crate::error::call_error::Error;
use crate::error::failure::Failure;
use crate::http_message::HttpResponse;
use crate::operation::description::{Detail, Hosts, Method, Operation, Parameters, Place, ResponseKind, Service};
use crate::operation::input::Input;
use crate::operation::json_text::Json;
use crate::request::extra::Extra;

/// Calls any operation of any product by names alone, with the signing, the retries and the errors of typed calls.
/// Nothing is known of the product, so the endpoint has to be given.
///
/// ```no_run
/// use alicloud_runtime::{Config, Credentials, UntypedClient, UntypedRequest};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let config = Config::new(Credentials::from_env()?).endpoint("ecs.cn-hangzhou.aliyuncs.com");
/// let ecs = UntypedClient::new("Ecs", "2014-05-26", &config)?;
/// let request = UntypedRequest::new("DescribeZones").parameter("RegionId", "cn-hangzhou").idempotent();
/// let answer = ecs.call(&request).await?;
/// println!("{}", String::from_utf8_lossy(answer.body()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct UntypedClient {
    product: String,
    version: String,
    client: Client,
}

impl UntypedClient {
    /// A client for one version of one product. Clones share connections.
    ///
    /// # Errors
    ///
    /// Where the configuration has no endpoint, or it or the credentials cannot be used; nothing is sent.
    pub fn new(product: impl Into<String>, version: impl Into<String>, config: &Config) -> Result<Self, Failure> {
        let (product, version) = (product.into(), version.into());
        let client = Client::new(&service(&product, &version), config)?;
        Ok(Self { product, version, client })
    }

    /// Makes a call, and gives the answer as it came. Some products answer a failure with HTTP 200 and say so in the
    /// body, which is not looked at.
    ///
    /// # Errors
    ///
    /// As of typed calls, but that no request is refused for what is in it, and that no code is a documented one.
    pub async fn call(&self, request: &UntypedRequest) -> Result<HttpResponse, Error<Infallible>> {
        let service = service(&self.product, &self.version);
        let operation = Operation {
            repeatable: request.is_repeatable,
            path: request.path.as_deref(),
            response_kind: ResponseKind::Nothing,
            ..Operation::new(&service, &request.operation, request.method, Parameters::new(0, &["body"]).details(&BODY))
        };
        let options = CallOptions { extras: request.extras.clone(), ..CallOptions::default() };
        self.client.send_with(&operation, &request.body, Some(Box::new(options)), &mut Unread).await
    }
}

static BODY: [(u16, Detail); 1] = [(0, Detail::BODY)];

fn service<'a>(product: &'a str, version: &'a str) -> Service<'a> {
    Service { product, version, public: Hosts::NONE, vpc: Hosts::NONE, outcome: None, retried: &[], gateway: None }
}

/// What is read from an answer that the caller reads.
struct Unread;

impl Decode for Unread {
    fn field(&mut self, _: usize) -> (&'static str, Slot<'_>) {
        ("", Slot::Skip)
    }
}

/// A request of an operation that no spec describes. Nothing in it is checked.
///
/// `Debug` shows the names of the parameters, and no value: what is secret is not known.
#[derive(Clone)]
pub struct UntypedRequest {
    operation: String,
    method: Method,
    path: Option<String>,
    extras: Vec<Extra>,
    body: Input,
    is_repeatable: bool,
}

impl UntypedRequest {
    /// A request of this operation, in RPC style, with POST.
    pub fn new(operation: impl Into<String>) -> Self {
        Self {
            operation: operation.into(),
            method: Method::Post,
            path: None,
            extras: Vec::new(),
            body: Input::new(),
            is_repeatable: false,
        }
    }

    /// The HTTP method, in place of POST.
    #[must_use]
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// The path of an operation in ROA style, such as `/clusters/c1`, with what is no letter or digit in it encoded.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// A parameter in the query. Lists and objects are given flat: `Tag.1.Key`.
    #[must_use]
    pub fn parameter(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), value.into(), Place::Query)
    }

    /// A parameter in the form.
    #[must_use]
    pub fn form(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), value.into(), Place::Form)
    }

    /// A header. Those that begin with `x-acs-` are signed.
    #[must_use]
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), value.into(), Place::Header)
    }

    /// The whole body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Json>) -> Self {
        self.body = self.body.json(0, body);
        self
    }

    /// Declares that the call is safe to repeat, so that it is retried after a failure that leaves open whether the
    /// service has acted.
    #[must_use]
    pub fn idempotent(mut self) -> Self {
        self.is_repeatable = true;
        self
    }

    fn with(mut self, name: String, value: String, place: Place) -> Self {
        self.extras.push(Extra { name, value, place });
        self
    }
}

impl fmt::Debug for UntypedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UntypedRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("parameters", &self.extras)
            .finish_non_exhaustive()
    }
}
