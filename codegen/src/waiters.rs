//! What the runtime can wait for: constants of the request.

use alicloud_model::{Operation, Waiter, WaitsFor};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::docs::{code, doc};
use crate::names::ident;

/// The constants of the operation's waiters; nothing where it has none. In capitals, they have no setter's name.
pub(crate) fn waiters(operation: &Operation) -> Option<TokenStream> {
    if operation.waiters.is_empty() {
        return None;
    }
    let request = ident(&format!("{}Request", operation.rust_name));
    let constants = operation.waiters.iter().map(waiter);
    Some(quote!(impl #request { #(#constants)* }))
}

fn waiter(waiter: &Waiter) -> TokenStream {
    let Waiter { name, waits_for, every, at_most } = waiter;
    let limits = format!("Asks every {every} s, for at most {at_most} s.");
    let name = ident(&name.to_ascii_uppercase());
    let [every, at_most] = [every, at_most].map(|seconds| Literal::u32_unsuffixed(*seconds));
    let one_of = |words: &[String]| words.iter().map(|word| code(word)).collect::<Vec<_>>().join(" or ");
    match waits_for {
        WaitsFor::Value { field, values, failing } => {
            let field = field.join(".");
            let until = format!("Until {} is {}", code(&field), one_of(values));
            let in_vain = if failing.is_empty() { String::new() } else { format!("; in vain if {}", one_of(failing)) };
            let text = doc(&format!("{until}{in_vain}. {limits}"));
            let failing = (!failing.is_empty()).then(|| quote!(.failing(&[#(#failing),*])));
            quote! {
                #text
                pub const #name: __rt::Waiter<Self> =
                    __rt::Waiter::value(#field, &[#(#values),*], #every, #at_most) #failing;
            }
        }
        WaitsFor::Error { codes } => {
            let text = doc(&format!("Until it fails with {}. {limits}", one_of(codes)));
            quote! {
                #text
                pub const #name: __rt::Waiter<Self, ()> = __rt::Waiter::code(&[#(#codes),*], #every, #at_most);
            }
        }
    }
}
