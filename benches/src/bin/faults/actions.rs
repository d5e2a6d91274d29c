//! What the server does with a request, and what the client must make of it.

/// What the server does with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    Answer,
    AnswerAndClose,
    Trickle,
    ResetDuringRequest,
    ResetAfterRequest,
    ResetDuringAnswer,
    Silence,
    Stall,
    Refusal,
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

/// All of them: of a thousand requests, to how many it is done, what it is called, and the outcome of a call that
/// ends with it.
pub(crate) const ACTS: [(Act, u64, &str, &str); 22] = [
    (Act::Answer, 640, "answered", ANSWERED),
    (Act::AnswerAndClose, 20, "answered, then closed without notice", ANSWERED),
    (Act::Trickle, 20, "answered byte by byte", ANSWERED),
    (Act::ResetDuringRequest, 25, "reset while the request came", INTERRUPTED),
    (Act::ResetAfterRequest, 25, "reset when the request had come", INTERRUPTED),
    (Act::ResetDuringAnswer, 25, "reset in the middle of the answer", INTERRUPTED),
    (Act::Silence, 15, "nothing at all", TIMEOUT),
    (Act::Stall, 15, "half of a body, and nothing more", TIMEOUT),
    (Act::Refusal, 30, "404, a documented code", "Thing.NotFound, typed"),
    (Act::Throttling400, 35, "400, a throttling code", "Throttling.User, HTTP 400"),
    (Act::Throttling429, 25, "429, a throttling code", "Throttling.User, HTTP 429"),
    (Act::Internal, 25, "500, JSON", "InternalError, HTTP 500"),
    (Act::BadGateway, 20, "502, HTML", "unreadable, HTTP 502"),
    (Act::Unavailable, 25, "503, JSON", "ServiceUnavailable, HTTP 503"),
    (Act::GatewayTimeout, 15, "504, no body", "unreadable, HTTP 504"),
    (Act::Empty, 5, "200, no body", "unreadable, HTTP 200"),
    (Act::Html, 5, "200, HTML", "unreadable, HTTP 200"),
    (Act::CutJson, 10, "200, half of a JSON text", "unreadable, HTTP 200"),
    (Act::WrongType, 5, "200, an object for a number", "unreadable, HTTP 200"),
    (Act::NotUtf8, 5, "200, not UTF-8", "unreadable, HTTP 200"),
    (Act::TooLong, 5, "200, longer than the limit", "unreadable, HTTP 200"),
    (Act::Redirect, 10, "307, to another address", "unreadable, HTTP 307"),
];

pub(crate) const ANSWERED: &str = "answered";
pub(crate) const INTERRUPTED: &str = "interrupted";
pub(crate) const TIMEOUT: &str = "no answer in time";
pub(crate) const NO_CONNECTION: &str = "no connection";
pub(crate) const GIVEN_UP: &str = "given up by the caller";

/// How many connections of a thousand are reset as soon as they are there.
const DOOMED: u64 = 20;

impl Act {
    /// What is done to this attempt of this call, the same for the same seed.
    pub(crate) fn chosen(seed: u64, call: u64, attempt: u32) -> Self {
        let all: u64 = ACTS.iter().map(|(_, share, ..)| share).sum();
        let mut at = mixed(seed ^ mixed(call) ^ u64::from(attempt).rotate_left(32)) % all;
        for (act, share, ..) in ACTS {
            if at < share {
                return act;
            }
            at -= share;
        }
        Self::Answer
    }

    /// The outcome of a call that ends with it.
    pub(crate) fn outcome(self) -> &'static str {
        ACTS[self as usize].3
    }

    /// Whether the service has refused for the number of calls, and so has not acted.
    pub(crate) fn is_throttling(self) -> bool {
        matches!(self, Self::Throttling400 | Self::Throttling429)
    }
}

/// The header by which a response asks for a delay, which services add to responses of every kind.
pub(crate) fn patience(seed: u64, call: u64, attempt: u32) -> &'static str {
    match mixed(seed.rotate_left(7) ^ mixed(!call) ^ u64::from(attempt)) % 3 {
        0 => "",
        1 => "\r\nx-acs-retry-after: 0",
        _ => "\r\nx-acs-retry-after: 2",
    }
}

/// Whether a connection is reset as soon as it is there.
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
