//! The settings of a client.

use std::sync::Arc;
use std::time::Duration;

use crate::call::interceptor::Intercept;
#[cfg(feature = "limits")]
use crate::call::limits::{DocumentedLimits, RateLimit};
use crate::call::retries::Retries;
use crate::credentials::provider::ProvideCredentials;
use crate::endpoint::{Network, REGION_VARIABLE};
use crate::request::format::Format;
use crate::signature::version::SignatureVersion;
use crate::system::environment::variable;
use crate::transport::http_client::{HttpSettings, Proxies};
use crate::transport::sending::Transport;
use crate::transport::tls::{TlsSettings, TlsVersion};

/// The settings of clients. One `Config` can be used for the clients of all products.
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
    pub(crate) retries: Retries,
    pub(crate) fill_client_token: bool,
    pub(crate) max_response_bytes: usize,
    pub(crate) proxies: Proxies,
    pub(crate) tls: TlsSettings,
    pub(crate) interceptors: Vec<Arc<dyn Intercept>>,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "limits")]
    pub(crate) limits: Option<Arc<dyn RateLimit>>,
}

impl Config {
    /// Creates settings with these [`Credentials`](crate::Credentials), or with a provider that is asked before each
    /// attempt.
    ///
    /// The defaults: no region, JSON, signature V3, 3 attempts, 5 s to connect, 10 s for each read, 2 minutes for a
    /// call, 64 MiB for a response.
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
            retries: Retries::new(),
            fill_client_token: true,
            max_response_bytes: 64 << 20,
            proxies: Proxies::Environment,
            tls: TlsSettings::default(),
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
            proxies: self.proxies.clone(),
            tls: self.tls.clone(),
        }
    }

    /// The region, from the first that names one: this configuration, the environment, the profile.
    pub(crate) fn found_region(&self) -> Option<String> {
        self.region.clone().or_else(|| variable(REGION_VARIABLE)).or_else(|| self.credentials.region())
    }

    /// The region whose endpoint is called, such as `cn-hangzhou`. Without it, the one in the environment as
    /// `ALIBABA_CLOUD_REGION_ID`, then the one of the profile that credentials come from; none is ever assumed.
    /// [`Call::region`](crate::Call::region) sets another for a single call. A `RegionId` parameter is another thing
    /// and is set on the request.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The network that is called from, by which products answer at other hosts. [`Network::Public`] by default.
    #[must_use]
    pub fn network(mut self, network: Network) -> Self {
        self.network = network;
        self
    }

    /// The endpoint to call in place of the region's: a host, which is called over HTTPS, or a URL of scheme, host and
    /// port, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// What answers are written in. JSON by default; both decode to the same.
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// How calls are signed. [`SignatureVersion::V3`] by default.
    #[must_use]
    pub fn signature_version(mut self, version: SignatureVersion) -> Self {
        self.signature_version = version;
        self
    }

    /// How long a connection may take to come about. 5 s by default, as in the official SDKs.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long each read may wait for the service. 10 s by default, as in the official SDKs.
    #[must_use]
    pub fn read_timeout(mut self, limit: Duration) -> Self {
        self.read_timeout = limit;
        self
    }

    /// Sets the time limit of a call: of all its attempts together, with the delays between them and the time that it
    /// waits for its turn under a documented limit. [`Call::timeout`](crate::Call::timeout) sets one for a single call.
    ///
    /// Without it the limit is 2 minutes, from the moment when the call has its turn. [`Duration::MAX`] means none.
    #[must_use]
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.call_timeout = Some(limit);
        self
    }

    /// How failed calls are retried.
    #[must_use]
    pub fn retries(mut self, retries: Retries) -> Self {
        self.retries = retries;
        self
    }

    /// Whether a `ClientToken` that an operation takes, and the request does not set, is filled in: a random UUID, the
    /// same for all attempts, by which the service knows that they are one call. `true` by default.
    #[must_use]
    pub fn fill_client_token(mut self, fill: bool) -> Self {
        self.fill_client_token = fill;
        self
    }

    /// How the client keeps to the documented queries per second: by default calls wait for their turn
    /// ([`DocumentedLimits::queue`]), which all clients of this configuration take together.
    #[cfg(feature = "limits")]
    #[must_use]
    pub fn limits(mut self, limits: impl RateLimit + 'static) -> Self {
        self.limits = Some(Arc::new(limits));
        self
    }

    /// Leaves the documented queries per second to the service.
    #[cfg(feature = "limits")]
    #[must_use]
    pub fn no_limits(mut self) -> Self {
        self.limits = None;
        self
    }

    /// How long a response body may be, in bytes; a longer one is a failure. 64 MiB by default.
    #[must_use]
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.max_response_bytes = limit;
        self
    }

    /// The HTTP proxy to call through, by its URL, which may hold a user name and a password. By default the
    /// environment decides: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxies = Proxies::This(url.into());
        self
    }

    /// Calls through no proxy, whatever the environment says.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.proxies = Proxies::None;
        self
    }

    /// Certificates to trust besides those of the operating system: one or more, in PEM.
    #[must_use]
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.tls.roots.push(pem.into());
        self
    }

    /// The oldest TLS that is spoken. [`TlsVersion::V1_2`] by default.
    #[must_use]
    pub fn minimum_tls(mut self, version: TlsVersion) -> Self {
        self.tls.minimum = version;
        self
    }

    /// Takes part in every attempt, after the interceptors that were given before.
    #[must_use]
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// What sends the requests, in place of the runtime's own HTTP client. The time limits of a connection, and how
    /// long a response may be, are then its own affair.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }
}
