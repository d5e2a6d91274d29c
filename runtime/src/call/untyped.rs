//! Calls of operations without a spec.

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

/// Calls any operation of any product by its name, without a spec. Signing, retries and errors work as in typed calls.
/// The configuration needs an endpoint, because the endpoints of the product are not known.
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
    /// Creates a client for one version of a product. Clones share connections. Sends nothing.
    ///
    /// # Errors
    ///
    /// Returns an error if the configuration has no endpoint, or if the endpoint or the credentials cannot be used.
    pub fn new(product: impl Into<String>, version: impl Into<String>, config: &Config) -> Result<Self, Failure> {
        let (product, version) = (product.into(), version.into());
        let client = Client::new(&service(&product, &version), config)?;
        Ok(Self { product, version, client })
    }

    /// Calls an operation and returns the HTTP response. The body is not decoded: some products report failures in the
    /// body of a response with HTTP 200, and these are returned as `Ok`.
    ///
    /// # Errors
    ///
    /// The same as for typed calls. The request is not validated, and [`Error::service_error`] has no documented codes.
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

/// A response that is not decoded.
struct Unread;

impl Decode for Unread {
    fn field(&mut self, _: usize) -> (&'static str, Slot<'_>) {
        ("", Slot::Skip)
    }
}

/// A request for an [`UntypedClient`]. It is not validated.
///
/// `Debug` shows the names of the parameters but not their values, because any of them may be secret.
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
    /// Creates a request of this operation, in RPC style, with the method POST.
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

    /// Sets the HTTP method. Defaults to POST.
    #[must_use]
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// Sets the path of an operation in ROA style, such as `/clusters/c1`. Values in the path must be percent-encoded.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Adds a query parameter. Lists and objects are flattened, as in `Tag.1.Key`.
    #[must_use]
    pub fn parameter(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), value.into(), Place::Query)
    }

    /// Adds a form parameter.
    #[must_use]
    pub fn form(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), value.into(), Place::Form)
    }

    /// Adds a header. Headers that begin with `x-acs-` are signed.
    #[must_use]
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), value.into(), Place::Header)
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Json>) -> Self {
        self.body = self.body.json(0, body);
        self
    }

    /// Marks the operation as idempotent: the call is also retried after failures that do not show whether the service
    /// acted, such as a timeout. By default it is retried only when the service did not act.
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
