//! Checks who can use the admin API.

use std::net::IpAddr;

use hyper::StatusCode;
use hyper::header::{HOST, HeaderValue, ORIGIN};

use crate::admin::admin_error::AdminError;
use crate::gateway::state::Gateway;
use crate::wire::request::WireRequest;

impl Gateway {
    /// Accepts requests from this machine only, and from web pages only if the emulator served the page.
    pub(crate) fn permit(&self, request: &WireRequest) -> Result<(), AdminError> {
        let forbidden = |why: &str| Err((StatusCode::FORBIDDEN, why.to_owned()));
        let is_open = self.access.is_admin_open;
        if !is_open && !request.peer.to_canonical().is_loopback() {
            return forbidden(
                "the admin API only accepts requests from this machine, unless the emulator is started with the admin API \
                 open to other machines",
            );
        }
        // An attacker's host name can resolve to this address (DNS rebinding). A page of that host is not one of the
        // emulator.
        let is_own_name = is_loopback(&request.host) || is_open && is_local_name(&request.host);
        if !is_own_name {
            return forbidden("the host of the admin API must be an address or `localhost`");
        }
        let header = |name| request.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let is_own = |origin: &str| origin.split_once("://").map(|(_, authority)| authority) == header(HOST);
        if header(ORIGIN).is_some_and(|origin| !is_own(origin)) {
            return forbidden("pages of other origins cannot use the admin API");
        }
        Ok(())
    }
}

fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Whether a host is an address, or a name without dots, such as the name of a container. Nobody can register such a
/// name.
fn is_local_name(host: &str) -> bool {
    address(host).is_some() || !host.is_empty() && !host.contains('.')
}

fn is_loopback(host: &str) -> bool {
    address(host).is_some_and(|address| address.to_canonical().is_loopback())
        || host == "localhost"
        || host.ends_with(".localhost")
}
