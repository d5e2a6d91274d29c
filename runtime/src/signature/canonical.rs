//! The canonical order and encoding of parameters.

pub(crate) use crate::operation::description::Place;
use crate::request::percent;

pub(crate) use crate::request::wire_parameters::WireParameter;

/// Sorts by the bytes of the names, before encoding.
pub(crate) fn sort(parameters: &mut [WireParameter<'_>]) {
    parameters.sort_unstable_by(|one, other| one.name.as_bytes().cmp(other.name.as_bytes()));
}

/// The parameters in one part of the request, encoded, in their order.
pub(crate) fn encoded(parameters: &[WireParameter<'_>], place: Place) -> String {
    let mut out = String::with_capacity(512);
    for parameter in parameters.iter().filter(|parameter| parameter.place == place) {
        if !out.is_empty() {
            out.push('&');
        }
        percent::encode(&parameter.name, &mut out);
        out.push('=');
        percent::encode(&parameter.value, &mut out);
    }
    out
}
