//! Requests whose parameters are too long for a URL.

use crate::error::failure::Failure;
use crate::operation::description::{Method, Operation, Place};
use crate::operation::violation::Violation;
use crate::request::percent;
use crate::request::wire_parameters::WireParameter;

/// The most bytes that an operation's own parameters take in a query. A URL has at most 65,534 bytes (RFC 9110 sets no limit,
/// the HTTP library does), and the host, the path and the common parameters need room in it.
const LONGEST_QUERY: usize = 60_000;

/// Moves the longest parameters from the query to a form, until the rest fits. The gateway reads RPC parameters from both.
///
/// # Errors
///
/// [`Failure::Invalid`] if there can be no form: a GET request has no body, and another body leaves no place for one.
pub(crate) fn move_to_form(
    operation: &Operation<'_>,
    has_body: bool,
    parameters: &mut [WireParameter<'_>],
) -> Result<(), Failure> {
    // By far the most requests are short, and then no byte needs to be counted.
    let bytes: usize = parameters.iter().map(|one| one.name.len() + one.value.len() + 2).sum();
    if bytes * 3 <= LONGEST_QUERY {
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
    let can_have_form = operation.path.is_none() && !has_body && matches!(operation.method, Method::Post | Method::Put);
    while length > LONGEST_QUERY {
        let Some((longest, index)) = in_query.pop() else { break };
        let Some(parameter) = parameters.get_mut(index) else { break };
        if !can_have_form {
            let problem =
                format!("takes {longest} bytes in the URL, and all parameters together can take {LONGEST_QUERY} there");
            return Err(Failure::Invalid(vec![Violation { parameter: parameter.name.clone().into_owned(), problem }]));
        }
        parameter.place = Place::Form;
        length -= longest;
    }
    Ok(())
}
