//! The proxies of the HTTP client.

use std::fmt;
use std::net::IpAddr;

use reqwest::{ClientBuilder, NoProxy, Proxy};

use crate::error::failure::Failure;
use crate::system::environment::variable;

/// The proxy settings of a client.
#[derive(Clone, Default)]
pub(crate) enum Proxies {
    /// The proxies in the environment variables.
    #[default]
    Environment,
    /// No proxy.
    None,
    /// The proxy with this URL.
    Url(String),
}

impl Proxies {
    /// Adds the proxies to an HTTP client.
    pub(super) fn add_to(&self, builder: ClientBuilder) -> Result<ClientBuilder, Failure> {
        match self {
            Self::Environment => Ok(from_environment(builder)),
            Self::None => Ok(builder.no_proxy()),
            // The error does not show the URL, which may contain a password.
            Self::Url(url) => Proxy::all(url).map(|proxy| builder.proxy(proxy)).map_err(|_| {
                Failure::configuration(
                    "`Config::proxy` expects the URL of an HTTP proxy, such as `http://proxy.example.com:3128`",
                )
            }),
        }
    }
}

impl fmt::Debug for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => "Environment",
            Self::None => "None",
            // The URL may contain a password.
            Self::Url(_) => "Url(***)",
        })
    }
}

/// The HTTP library reads the variables by itself, but it understands fewer forms of `NO_PROXY`.
fn from_environment(builder: ClientBuilder) -> ClientBuilder {
    let first = |names: [&str; 2]| names.into_iter().find_map(variable);
    let Some(written) = first(["NO_PROXY", "no_proxy"]) else { return builder };
    let excluded = excluded_hosts(&written);
    // In a CGI program, `HTTP_PROXY` is the header `Proxy` of a request. The HTTP library then uses no proxy.
    if excluded == written || variable("REQUEST_METHOD").is_some() {
        return builder;
    }
    let proxies = [
        first(["HTTP_PROXY", "http_proxy"]).map(Proxy::http),
        first(["HTTPS_PROXY", "https_proxy"]).map(Proxy::https),
        first(["ALL_PROXY", "all_proxy"]).map(Proxy::all),
    ];
    // Like the HTTP library, this ignores URLs that are not valid.
    proxies
        .into_iter()
        .flatten()
        .flatten()
        .fold(builder.no_proxy(), |builder, proxy| builder.proxy(proxy.no_proxy(NoProxy::from_string(&excluded))))
}

/// Rewrites the value of `NO_PROXY` in the forms that the HTTP library understands: hosts, IP addresses and networks,
/// separated by commas.
fn excluded_hosts(written: &str) -> String {
    let entries = written.split(|separator: char| matches!(separator, ',' | ';') || separator.is_whitespace());
    let hosts: Vec<String> = entries.map(excluded_host).filter(|host| !host.is_empty()).collect();
    hosts.join(",")
}

/// `*.example.com` is `.example.com`, `192.168.*` is `192.168.0.0/16`, and a scheme, a port and brackets are dropped: an
/// entry with a port excludes all ports of the host.
fn excluded_host(entry: &str) -> String {
    let entry = entry.split_once("://").map_or(entry, |(_, rest)| rest);
    if let Some(rest) = entry.strip_prefix('[') {
        return rest.split(']').next().unwrap_or_default().to_owned();
    }
    if entry.parse::<IpAddr>().is_ok() {
        return entry.to_owned();
    }
    if entry == "*" {
        // For the HTTP library, an asterisk stands for every name, but for no IP address.
        return "*,0.0.0.0/0,::/0".to_owned();
    }
    // What follows a slash is the path of a URL, unless it is the size of a network.
    let entry = match entry.split_once('/') {
        Some((_, size)) if !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit()) => entry,
        Some((host, _)) => host,
        None => entry,
    };
    let host = match entry.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') && port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => entry,
    };
    let host = host.trim_end_matches('.');
    match host.strip_prefix('*') {
        Some(rest) if rest.starts_with('.') => rest.to_owned(),
        _ => network(host).unwrap_or_else(|| host.to_owned()),
    }
}

/// The network that a prefix of an IPv4 address stands for, such as `10.*`.
fn network(prefix: &str) -> Option<String> {
    let numbers: Vec<&str> = prefix.strip_suffix(".*")?.trim_end_matches(".*").split('.').collect();
    if numbers.len() > 3 || numbers.iter().any(|number| number.parse::<u8>().is_err()) {
        return None;
    }
    let zeros = ".0".repeat(4 - numbers.len());
    Some(format!("{}{zeros}/{}", numbers.join("."), numbers.len() * 8))
}
