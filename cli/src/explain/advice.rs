//! The meaning of error codes, and advice.

use std::collections::BTreeSet;

/// The meaning of a code, and advice.
pub(super) struct Advice {
    pub(super) meaning: &'static str,
    pub(super) action: &'static str,
}

const fn advice(meaning: &'static str, action: &'static str) -> Advice {
    Advice { meaning, action }
}

/// Codes of the gateway and of most products.
const CODES: &[(&[&str], Advice)] = &[
    (
        &["Throttling", "Throttling.Api", "Throttling.System", "Throttling.Resource"],
        advice(
            "Too many calls of this operation arrive at the service.",
            "Retry later, with growing delays. The SDK does so. If it still happens, send fewer calls at once.",
        ),
    ),
    (
        &["Throttling.User"],
        advice(
            "Your account exceeds the rate limit of this operation.",
            "Retry later, with growing delays. The SDK does so. To stay below documented limits, use its feature `limits`, \
             or ask for a higher quota.",
        ),
    ),
    (
        &["SignatureDoesNotMatch", "InvalidSignature"],
        advice(
            "The service computed another signature than the one in the request.",
            "Check the AccessKey secret: it belongs to the AccessKey ID, and has no spaces around it. If you sign yourself, \
             compare the string to sign in the message with yours. Proxies must not change the query or the headers.",
        ),
    ),
    (
        &["IncompleteSignature", "InvalidSignatureMethod"],
        advice(
            "The request is not signed as the gateway expects.",
            "Check that the credentials are not empty. If you sign yourself, send all parameters or headers of the signature.",
        ),
    ),
    (
        &["SignatureNonceUsed"],
        advice(
            "The service has seen the nonce of this request before.",
            "Sign every attempt with a new nonce. A proxy that sends requests twice has the same effect.",
        ),
    ),
    (
        &["InvalidTimeStamp.Expired", "InvalidTimeStamp.Format", "IllegalTimestamp"],
        advice(
            "The time in the request is too far from that of the service, or is not in UTC.",
            "Set the clock of the machine, for example with NTP. In a container, set the clock of its host.",
        ),
    ),
    (
        &["InvalidAccessKeyId", "InvalidAccessKeyId.NotFound"],
        advice(
            "The service does not know the AccessKey ID.",
            "Check that the ID is complete, that it was not deleted, and that it is of this site: China and international \
             accounts are separate. Temporary credentials also need their security token.",
        ),
    ),
    (
        &["InvalidAccessKeyId.Inactive", "Forbidden.AccessKeyDisabled", "Forbidden.AccessKey"],
        advice("The AccessKey is disabled.", "Enable it in the RAM console, or use another one."),
    ),
    (
        &["InvalidSecurityToken.Expired", "SecurityTokenExpired"],
        advice(
            "The temporary credentials have expired.",
            "Get new ones. A credentials provider of the SDK refreshes them before they expire.",
        ),
    ),
    (
        &[
            "InvalidSecurityToken",
            "InvalidSecurityToken.Malformed",
            "InvalidSecurityToken.MismatchWithAccessKey",
            "MissingSecurityToken",
        ],
        advice(
            "The security token does not belong to the AccessKey, or is not complete.",
            "Use the AccessKey ID, the secret and the token of the same response of STS. A permanent AccessKey has no token.",
        ),
    ),
    (
        &[
            "Forbidden.RAM",
            "NoPermission",
            "Forbidden",
            "Forbidden.NoPermission",
            "Forbidden.Unauthorized",
            "Forbidden.SubUser",
            "Forbidden.Access",
            "NotAuthorized",
            "Unauthorized",
            "UnauthorizedOperation",
            "AccessDenied",
            "NoPermission.RAM",
        ],
        advice(
            "The caller does not have the permission.",
            "Attach a RAM policy that allows the action on the resource to the user or role that calls. `alicloud show` has \
             the action if it is known, and the message often names it. Check that the resource is of the same account.",
        ),
    ),
    (
        &["MissingParameter", "MissingParam", "Parameter.Blank"],
        advice(
            "A required parameter was not sent.",
            "The message names the parameter. Some parameters are required only together with others.",
        ),
    ),
    (
        &[
            "InvalidParameter",
            "Invalid.Parameter",
            "InvalidParam",
            "InvalidParams",
            "ParameterError",
            "IllegalParameter",
        ],
        advice(
            "A parameter has a value that the operation does not accept.",
            "The message names the parameter. Compare its value with the documented values and ranges.",
        ),
    ),
    (
        &["InvalidParameter.Format", "InvalidParameter.Accept"],
        advice("The service cannot respond in this format.", "Ask for JSON or XML."),
    ),
    (
        &["InvalidAction.NotFound", "InvalidApi.NotFound", "InvalidAction"],
        advice(
            "The product has no such operation in this version.",
            "Check the spelling of the operation, the version, and that the endpoint is of the right product. `alicloud \
             search` finds operations.",
        ),
    ),
    (
        &["InvalidVersion", "InvalidVersion.NotFound"],
        advice("The product has no such version.", "`alicloud show PRODUCT` lists the versions."),
    ),
    (
        &["InvalidProduct.NotFound"],
        advice("No product has this endpoint.", "Check the host. `alicloud show PRODUCT` lists the endpoints."),
    ),
    (
        &["InvalidRegionId", "InvalidRegionId.NotFound", "InvalidRegion.NotFound", "RegionId.Invalid"],
        advice(
            "The product does not have this region.",
            "Check the spelling of the region, such as `cn-hangzhou`, and that the product is offered there. The parameter \
             and the region of the endpoint are usually the same.",
        ),
    ),
    (
        &["UnsupportedHTTPMethod"],
        advice("The operation is called with another HTTP method.", "`alicloud show` lists its methods."),
    ),
    (
        &["InvalidProtocol.NeedSsl"],
        advice("The operation accepts HTTPS only.", "Use an endpoint that begins with `https://`."),
    ),
    (
        &["ContentLengthDoesNotMatch", "ContentMD5NotMatched"],
        advice("The body does not match its headers.", "Check for proxies that change the body of requests."),
    ),
    (
        &["IdempotentParameterMismatch"],
        advice(
            "An earlier request had the same `ClientToken` with other parameters.",
            "Use a new `ClientToken` for each different request, and the same one only for its retries.",
        ),
    ),
    (
        &["LastTokenProcessing", "IdempotenceProcessing", "OperationConflict", "SystemBusy", "TaskConflict"],
        advice(
            "The service is busy with another call for the same resource or the same `ClientToken`.",
            "Retry when that call is done. The SDK retries a few times.",
        ),
    ),
    (
        &["InternalError", "UnknownError", "ServerError", "SystemError", "InternalError.System"],
        advice(
            "The service failed. It may or may not have executed the operation.",
            "Before you repeat a write, check whether it took effect. If it fails again, send the RequestId to the support \
             of Alibaba Cloud.",
        ),
    ),
    (
        &["ServiceUnavailable", "ServiceUnavailableTemporary"],
        advice(
            "The service is overloaded or under maintenance.",
            "Retry later, with growing delays. Before you repeat a write, check whether it took effect.",
        ),
    ),
    (
        &["Timeout", "RequestTimeout", "GatewayTimeout"],
        advice(
            "The service did not finish in time. It may still do so.",
            "Before you repeat a write, check whether it took effect.",
        ),
    ),
    (
        &["InvalidAccountStatus.NotEnoughBalance", "Pay.InsufficientBalance", "InsufficientBalance"],
        advice("The balance of the account does not suffice.", "Add funds, or choose another payment method."),
    ),
];

/// Beginnings and endings of codes that products share.
const PATTERNS: &[(Part, Advice)] = &[
    (Part::Word("Throttling"), advice("Too many calls arrive.", "Retry later, with growing delays. The SDK does so.")),
    (
        Part::Start("Missing"),
        advice("A required parameter was not sent.", "Add the parameter that the code or the message names."),
    ),
    (
        Part::Start("IncorrectStatus"),
        advice(
            "The resource is in a state in which this is not possible.",
            "Wait until it is in one of the states that the operation accepts. A waiter does that.",
        ),
    ),
    (
        Part::Start("Incorrect"),
        advice(
            "The resource is in a state in which this is not possible.",
            "Look at its state, and wait until it is in one that the operation accepts.",
        ),
    ),
    (
        Part::Start("DependencyViolation"),
        advice("Another resource still uses this one.", "Remove or detach the other resource first."),
    ),
    (
        Part::Start("QuotaExceed"),
        advice("The account has as many of these resources as it may have.", "Delete some, or ask for a higher quota."),
    ),
    (
        Part::Start("Forbidden"),
        advice(
            "The caller does not have the permission, or not for this resource.",
            "Read the message: it is about permissions, the state of the account, or the kind of resource.",
        ),
    ),
    (
        Part::Start("NoPermission"),
        advice(
            "The caller does not have the permission.",
            "Attach a RAM policy that allows it to the user or role that calls.",
        ),
    ),
    (
        Part::End("NotFound"),
        advice(
            "Something that the request names does not exist.",
            "Check its ID, the region, and that it belongs to the calling account.",
        ),
    ),
    (
        Part::Start("InvalidParameter"),
        advice("A parameter has a value that the operation does not accept.", "Compare it with the documented values."),
    ),
    (
        Part::End("Malformed"),
        advice("A parameter does not have the right form.", "Compare it with the documented example."),
    ),
    (
        Part::End("MalFormed"),
        advice("A parameter does not have the right form.", "Compare it with the documented example."),
    ),
    (Part::End("Duplicate"), advice("There is one already.", "Use another name, or use the existing one.")),
    (Part::End("AlreadyExist"), advice("There is one already.", "Use another name, or use the existing one.")),
    (
        Part::End("NotSupported"),
        advice("This is not possible for this resource, region or value.", "The message says what is not supported."),
    ),
    (
        Part::End("NotSupport"),
        advice("This is not possible for this resource, region or value.", "The message says what is not supported."),
    ),
    (
        Part::End("ValueNotSupported"),
        advice("A parameter has a value that is not supported.", "Compare it with the documented values."),
    ),
    (
        Part::Start("Invalid"),
        advice(
            "Something in the request is not valid.",
            "The code or the message names it: compare it with the documentation.",
        ),
    ),
];

/// The position of a word in a code.
enum Part {
    Start(&'static str),
    End(&'static str),
    /// Between dots.
    Word(&'static str),
}

impl Part {
    fn is_in(&self, code: &str) -> bool {
        match self {
            Self::Start(start) => code.starts_with(start),
            Self::End(end) => code.ends_with(end),
            Self::Word(word) => code.split('.').any(|part| part == *word),
        }
    }
}

const SERVER: Advice = advice(
    "The service failed. It may or may not have executed the operation.",
    "Before you repeat a write, check whether it took effect.",
);

const BUSY: Advice = advice(
    "The service is busy with another call, and has not executed the operation.",
    "Retry when that call is done. The SDK retries a few times if that is known to be safe.",
);

/// The advice for a code with these statuses; `None` if there is only its message.
pub(super) fn of(code: &str, statuses: &BTreeSet<u16>, is_retried: bool) -> Option<&'static Advice> {
    let by_code = CODES.iter().find(|(codes, _)| codes.contains(&code)).map(|(_, advice)| advice);
    let by_pattern = || PATTERNS.iter().find(|(part, _)| part.is_in(code)).map(|(_, advice)| advice);
    let is_server = !statuses.is_empty() && statuses.iter().all(|status| *status >= 500);
    by_code.or(is_retried.then_some(&BUSY)).or_else(by_pattern).or_else(|| is_server.then_some(&SERVER))
}

/// The codes that every product may return.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    CODES.iter().flat_map(|(codes, _)| codes.iter().copied())
}
