//! The settings of a client.

use std::sync::Arc;
use std::time::Duration;

use crate::call::interceptor::Interceptor;
#[cfg(feature = "limits")]
use crate::call::limits::{DocumentedLimits, RateLimit};
use crate::call::retry_policy::RetryPolicy;
use crate::credentials::provider::ProvideCredentials;
use crate::endpoint::{Network, REGION_VARIABLE};
use crate::request::format::Format;
use crate::signature::version::SignatureVersion;
use crate::system::environment::variable;
use crate::transport::connection_settings::ConnectionSettings;
use crate::transport::http_client::HttpSettings;
use crate::transport::proxies::Proxies;
use crate::transport::sending::Transport;
use crate::transport::tls::TlsVersion;

/// Shared configuration for clients. One `Config` can build clients for every product.
///
/// ```
/// use alicloud_runtime::{Config, Credentials};
///
/// let config = Config::new(Credentials::new("id", "secret")).region("cn-shanghai");
/// ```
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) credentials: Arc<dyn ProvideCredentials>,
    pub(crate) region: Option<String>,
    pub(crate) network: Network,
    pub(crate) endpoint: Option<String>,
    pub(crate) format: Format,
    pub(crate) signature_version: SignatureVersion,
    pub(crate) connect_timeout: Duration,
    pub(crate) read_timeout: Duration,
    pub(crate) call_timeout: Option<Duration>,
    pub(crate) retry_policy: RetryPolicy,
    pub(crate) fill_client_token: bool,
    pub(crate) max_response_bytes: usize,
    pub(crate) connections: ConnectionSettings,
    pub(crate) interceptors: Vec<Arc<dyn Interceptor>>,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "limits")]
    pub(crate) limits: Option<Arc<dyn RateLimit>>,
}

impl Config {
    /// Creates a configuration that authenticates with the given [`Credentials`](crate::Credentials) or credentials
    /// provider. A provider is asked before each attempt.
    ///
    /// Defaults: no region, JSON responses, signature V3, at most 3 attempts, a connect timeout of 5 s, a read timeout
    /// of 10 s, 2 minutes for a whole call, and response bodies of at most 64 MiB.
    pub fn new(credentials: impl ProvideCredentials + 'static) -> Self {
        Self {
            credentials: Arc::new(credentials),
            region: None,
            network: Network::Public,
            endpoint: None,
            format: Format::Json,
            signature_version: SignatureVersion::V3,
            connect_timeout: Duration::from_secs(5),
            read_timeout: Duration::from_secs(10),
            call_timeout: None,
            retry_policy: RetryPolicy::new(),
            fill_client_token: true,
            max_response_bytes: 64 << 20,
            connections: ConnectionSettings::default(),
            interceptors: Vec::new(),
            transport: None,
            #[cfg(feature = "limits")]
            limits: Some(Arc::new(DocumentedLimits::queue())),
        }
    }

    /// The settings of the HTTP client.
    pub(crate) fn http(&self) -> HttpSettings {
        HttpSettings {
            connect_timeout: self.connect_timeout,
            read_timeout: self.read_timeout,
            max_response_bytes: self.max_response_bytes,
            connections: self.connections.clone(),
        }
    }

    /// The region of this configuration. Defaults to that of the environment, then to that of the profile.
    pub(crate) fn found_region(&self) -> Option<String> {
        self.region.clone().or_else(|| variable(REGION_VARIABLE)).or_else(|| self.credentials.region())
    }

    /// Sets the region whose endpoint is called, such as `cn-hangzhou`.
    ///
    /// Defaults to the environment variable `ALIBABA_CLOUD_REGION_ID`, then to the region of the profile that the
    /// credentials come from. There is no other default. [`Call::region`](crate::Call::region) overrides the region for
    /// one call. It does not set a `RegionId` parameter: set that on the request.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the network that the program runs in. Products have other hosts inside a VPC. Defaults to
    /// [`Network::Public`].
    #[must_use]
    pub fn network(mut self, network: Network) -> Self {
        self.network = network;
        self
    }

    /// Sets the endpoint, instead of the endpoint of the region: a host, which is called over HTTPS, or a URL with
    /// scheme, host and port, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Sets the format of responses. Defaults to JSON. JSON and XML decode to the same types.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Sets the signature version. Defaults to [`SignatureVersion::V3`].
    #[must_use]
    pub fn signature_version(mut self, version: SignatureVersion) -> Self {
        self.signature_version = version;
        self
    }

    /// Sets the connect timeout. Defaults to 5 s, as in the official SDKs.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// Sets the timeout of each read of the response. Defaults to 10 s, as in the official SDKs.
    #[must_use]
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.read_timeout = limit;
        self
    }

    /// Sets the timeout of a whole call: all attempts, the delays between them, and the time that the call waits
    /// because of a documented rate limit. [`Call::timeout`](crate::Call::timeout) overrides it for one call.
    ///
    /// Defaults to 2 minutes, which do not include the wait for the rate limit. [`Duration::MAX`] means no timeout.
    #[must_use]
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.call_timeout = Some(limit);
        self
    }

    /// Sets the retry policy. Defaults to [`RetryPolicy::new`]: at most 3 attempts.
    /// [`Call::retry_policy`](crate::Call::retry_policy) overrides it for one call.
    #[must_use]
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry_policy = policy;
        self
    }

    /// Sets whether a missing `ClientToken` is filled in, for operations that have this parameter. The token is a
    /// random UUID that is the same for all attempts of a call, so that the service executes the call only once.
    /// Defaults to
    /// `true`.
    #[must_use]
    pub fn fill_client_token(mut self, fill: bool) -> Self {
        self.fill_client_token = fill;
        self
    }

    /// Sets how clients stay below the documented queries per second. Defaults to [`DocumentedLimits::queue`]: calls
    /// wait until they can be sent. All clients that are built from this configuration share the limits.
    #[cfg(feature = "limits")]
    #[must_use]
    pub fn limits(mut self, limits: impl RateLimit + 'static) -> Self {
        self.limits = Some(Arc::new(limits));
        self
    }

    /// Disables client-side rate limiting. The service still enforces its limits.
    #[cfg(feature = "limits")]
    #[must_use]
    pub fn no_limits(mut self) -> Self {
        self.limits = None;
        self
    }

    /// Sets the maximum size of a response body, in bytes after decompression. A call whose response is larger fails.
    /// Defaults to 64 MiB.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// Sets the URL of an HTTP proxy. The URL can contain a user name and a password. Defaults to the environment
    /// variables `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`.
    ///
    /// The proxy is also used to fetch credentials from STS and other services, except from the metadata server of an
    /// ECS instance. The same applies to [`no_proxy`](Self::no_proxy), [`root_certificates`](Self::root_certificates) and
    /// [`minimum_tls`](Self::minimum_tls).
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.connections.proxies = Proxies::Url(url.into());
        self
    }

    /// Disables proxies, including those of the environment variables.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.connections.proxies = Proxies::None;
        self
    }

    /// Adds trusted root certificates, in PEM, to those of the operating system. The text can contain several
    /// certificates.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connections.tls.roots.push(pem.into());
        self
    }

    /// Sets the minimum TLS version. Defaults to [`TlsVersion::V1_2`].
    #[must_use]
    pub fn minimum_tls(mut self, version: TlsVersion) -> Self {
        self.connections.tls.minimum = version;
        self
    }

    /// Adds an interceptor, which runs before and after each attempt. Interceptors run in the order in which they were
    /// added.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Interceptor + 'static) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// Replaces the HTTP client. The connect timeout, the read timeout, proxies, TLS settings and the maximum size of
    /// responses are then up to the transport.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }
}
