//! The endpoint of a product in a region.

use reqwest::Url;

use crate::error::failure::Failure;
use crate::operation::description::Service;

/// The environment variable with the region, as in the official command line tool.
pub(crate) const REGION_VARIABLE: &str = "ALIBABA_CLOUD_REGION_ID";

/// The network that the program runs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Network {
    /// Any network with access to the internet.
    #[default]
    Public,
    /// A VPC in the same region. Calls stay within Alibaba Cloud. The hosts can be reached only from inside the VPC.
    Vpc,
}

/// The endpoint that a client sends its requests to.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    /// Scheme, host and port.
    base: Url,
    host: String,
}

impl Endpoint {
    /// The endpoint of a product in a region.
    pub(crate) fn of_region(service: &Service<'_>, network: Network, region: Option<&str>) -> Result<Self, Failure> {
        Self::parse(&host_of(service, network, region)?)
    }

    /// Parses an endpoint: a host or a URL.
    pub(crate) fn parse(endpoint: &str) -> Result<Self, Failure> {
        let base = parse(endpoint)?;
        let name = base.host_str().unwrap_or_default();
        let host = base.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
        Ok(Self { base, host })
    }

    /// The value of the `host` header. It contains the port if that is not the default port of the scheme.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The host without a port.
    pub(crate) fn name(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn port(&self) -> Option<u16> {
        self.base.port_or_known_default()
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        self.base.scheme() == "https"
    }

    /// The URL of a request. Some operations have a label before the host.
    pub(crate) fn url(&self, host_label: Option<&str>, path: &str, query: &str) -> Result<Url, Failure> {
        let mut url = self.base.clone();
        if let Some(label) = host_label {
            let host = format!("{label}.{}", self.name());
            url.set_host(Some(&host)).map_err(|_| Failure::configuration(format!("`{host}` is not a valid host")))?;
        }
        if url.path() != path {
            url.set_path(path);
        }
        url.set_query(Some(query).filter(|query| !query.is_empty()));
        Ok(url)
    }
}

fn host_of(service: &Service<'_>, network: Network, region: Option<&str>) -> Result<String, Failure> {
    let (hosts, of_network) = match network {
        Network::Public => (&service.public, ""),
        Network::Vpc => (&service.vpc, " within a VPC"),
    };
    let per_region = hosts.host.contains("{region}");
    let exception = region.and_then(|region| hosts.exceptions.iter().find(|(known, _)| *known == region));
    if let Some((_, host)) = exception {
        return Ok((*host).to_owned());
    }
    if hosts.host.is_empty() {
        return Err(Failure::configuration(format!(
            "no endpoint of {} is known{of_network}{}; set one with `Config::endpoint(…)`",
            service.product,
            region.map(|region| format!(" for region {region:?}")).unwrap_or_default(),
        )));
    }
    let Some(region) = region else {
        return if per_region {
            Err(Failure::configuration(format!(
                "{} has a different host in each region, and no region is set; call `Config::region(…)`, set \
                 `{REGION_VARIABLE}`, or set the region of the profile",
                service.product
            )))
        } else {
            Ok(hosts.host.to_owned())
        };
    };
    if !per_region || hosts.regions.contains(&region) {
        return Ok(hosts.host.replace("{region}", region));
    }
    let lower = region.to_lowercase();
    let known = || hosts.regions.iter().copied().chain(hosts.exceptions.iter().map(|(region, _)| *region));
    let mut near: Vec<_> = known().map(|known| (strsim::damerau_levenshtein(known, &lower), known)).collect();
    near.sort_unstable();
    let near: Vec<String> = near.iter().take(3).map(|(_, known)| format!("`{known}`")).collect();
    Err(Failure::configuration(format!(
        "{} has no endpoint{of_network} for region {region:?}; did you mean {}? A region that this version does not \
         know can be reached with `Config::endpoint(…)`",
        service.product,
        near.join(" or ")
    )))
}

fn parse(endpoint: &str) -> Result<Url, Failure> {
    let error = |problem: &str| {
        Failure::configuration(format!(
            "the endpoint {endpoint:?} {problem}; expected a host, such as `ecs.cn-hangzhou.aliyuncs.com`, or \
             `http://127.0.0.1:8080`"
        ))
    };
    let with_scheme = if endpoint.contains("://") { endpoint.to_owned() } else { format!("https://{endpoint}") };
    let url = Url::parse(&with_scheme).map_err(|cause| error(&format!("is not a valid URL ({cause})")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(error("is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Failure::configuration(
            "the endpoint contains user information; set credentials with `Credentials`",
        ));
    }
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
        return Err(error("contains more than a scheme, a host and a port"));
    }
    Ok(url)
}
