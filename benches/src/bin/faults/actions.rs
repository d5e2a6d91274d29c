//! The actions of the server, and the result that the client must return.

/// An action of the server for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Action {
    Respond,
    RespondAndClose,
    Trickle,
    ResetDuringRequest,
    ResetAfterRequest,
    ResetDuringResponse,
    Silence,
    Stall,
    ServiceError,
    Throttling400,
    Throttling429,
    Internal,
    BadGateway,
    Unavailable,
    GatewayTimeout,
    Empty,
    Html,
    CutJson,
    WrongType,
    NotUtf8,
    TooLong,
    Redirect,
}

/// All actions, with their frequency per thousand requests, their description, and the expected result of the call.
pub(crate) const ACTIONS: [(Action, u64, &str, &str); 22] = [
    (Action::Respond, 640, "200", SUCCESS),
    (Action::RespondAndClose, 20, "200, then closed", SUCCESS),
    (Action::Trickle, 20, "200, byte by byte", SUCCESS),
    (Action::ResetDuringRequest, 25, "reset during the request", INTERRUPTED),
    (Action::ResetAfterRequest, 25, "reset after the request", INTERRUPTED),
    (Action::ResetDuringResponse, 25, "reset during the response", INTERRUPTED),
    (Action::Silence, 15, "no response", TIMEOUT),
    (Action::Stall, 15, "half of a body, then silence", TIMEOUT),
    (Action::ServiceError, 30, "404, a documented code", "Thing.NotFound, typed"),
    (Action::Throttling400, 35, "400, a throttling code", "Throttling.User, HTTP 400"),
    (Action::Throttling429, 25, "429, a throttling code", "Throttling.User, HTTP 429"),
    (Action::Internal, 25, "500, JSON", "InternalError, HTTP 500"),
    (Action::BadGateway, 20, "502, HTML", "unreadable, HTTP 502"),
    (Action::Unavailable, 25, "503, JSON", "ServiceUnavailable, HTTP 503"),
    (Action::GatewayTimeout, 15, "504, no body", "unreadable, HTTP 504"),
    (Action::Empty, 5, "200, no body", "unreadable, HTTP 200"),
    (Action::Html, 5, "200, HTML", "unreadable, HTTP 200"),
    (Action::CutJson, 10, "200, half of a JSON text", "unreadable, HTTP 200"),
    (Action::WrongType, 5, "200, an object for a number", "unreadable, HTTP 200"),
    (Action::NotUtf8, 5, "200, not UTF-8", "unreadable, HTTP 200"),
    (Action::TooLong, 5, "200, longer than the limit", "unreadable, HTTP 200"),
    (Action::Redirect, 10, "307, to another address", "unreadable, HTTP 307"),
];

pub(crate) const SUCCESS: &str = "success";
pub(crate) const INTERRUPTED: &str = "interrupted";
pub(crate) const TIMEOUT: &str = "timeout";
pub(crate) const NO_CONNECTION: &str = "no connection";
pub(crate) const GIVEN_UP: &str = "canceled by the caller";

/// The number of connections per thousand that are reset at once.
const DOOMED: u64 = 20;

impl Action {
    /// Chooses the action for an attempt of a call. The same seed leads to the same actions.
    pub(crate) fn chosen(seed: u64, call: u64, attempt: u32) -> Self {
        let all: u64 = ACTIONS.iter().map(|(_, share, ..)| share).sum();
        let mut at = mixed(seed ^ mixed(call) ^ u64::from(attempt).rotate_left(32)) % all;
        for (action, share, ..) in ACTIONS {
            if at < share {
                return action;
            }
            at -= share;
        }
        Self::Respond
    }

    /// Returns the expected result of a call that ends with this action.
    pub(crate) fn outcome(self) -> &'static str {
        ACTIONS[self as usize].3
    }

    /// Returns whether the service throttles the call, and does not execute it.
    pub(crate) fn is_throttling(self) -> bool {
        matches!(self, Self::Throttling400 | Self::Throttling429)
    }
}

/// Returns the header with a retry delay. Services add it to all kinds of responses.
pub(crate) fn retry_delay(seed: u64, call: u64, attempt: u32) -> &'static str {
    match mixed(seed.rotate_left(7) ^ mixed(!call) ^ u64::from(attempt)) % 3 {
        0 => "",
        1 => "\r\nx-acs-retry-after: 0",
        _ => "\r\nx-acs-retry-after: 2",
    }
}

/// Returns whether a connection is reset at once.
pub(crate) fn is_doomed(seed: u64, connection: u64) -> bool {
    mixed(!seed ^ mixed(connection)) % 1000 < DOOMED
}

/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators).
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
