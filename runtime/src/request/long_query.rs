//! Requests whose parameters are too long for a URL.

use crate::error::failure::Failure;
use crate::operation::description::{Method, Operation, Place};
use crate::operation::violation::Violation;
use crate::request::percent;
use crate::request::wire_parameters::WireParameter;

/// The maximum size of the operation's own parameters in a query, in bytes. The HTTP library limits a URL to 65,534
/// bytes (RFC 9110 sets no limit), which include the host, the path and the common parameters.
const MAX_QUERY_BYTES: usize = 60_000;

/// Moves the longest parameters from the query to a form, until the rest fits in the URL. The gateway reads RPC
/// parameters from both.
///
/// # Errors
///
/// [`Failure::Invalid`] if the request cannot have a form: a GET request has no body, and other requests may already
/// have another body.
pub(crate) fn move_to_form(
    operation: &Operation<'_>,
    method: Method,
    has_body: bool,
    parameters: &mut [WireParameter<'_>],
) -> Result<(), Failure> {
    // Most requests are so short that the exact size need not be computed.
    let bytes: usize = parameters.iter().map(|one| one.name.len() + one.value.len() + 2).sum();
    if bytes * 3 <= MAX_QUERY_BYTES {
        return Ok(());
    }
    let mut in_query: Vec<(usize, usize)> = parameters
        .iter()
        .enumerate()
        .filter(|(_, one)| one.place == Place::Query)
        .map(|(index, one)| (percent::encoded_length(&one.name) + percent::encoded_length(&one.value) + 2, index))
        .collect();
    in_query.sort_unstable();
    let mut length: usize = in_query.iter().map(|(length, _)| length).sum();
    let can_have_form = operation.path.is_none() && !has_body && matches!(method, Method::Post | Method::Put);
    while length > MAX_QUERY_BYTES {
        let Some((longest, index)) = in_query.pop() else { break };
        let Some(parameter) = parameters.get_mut(index) else { break };
        if !can_have_form {
            let problem = format!(
                "needs {longest} bytes in the URL, but all parameters together can have at most {MAX_QUERY_BYTES}"
            );
            return Err(Failure::Invalid(vec![Violation { parameter: parameter.name.clone().into_owned(), problem }]));
        }
        parameter.place = Place::Form;
        length -= longest;
    }
    Ok(())
}
