//! Signatures, from the server's side.
//!
//! The string to sign is built again from the request that arrived. This code also signs the calls of the page. It
//! shares nothing with the client's signer: otherwise, an error in that signer would go unnoticed.

pub(crate) mod encoding;
pub(crate) mod v1;
pub(crate) mod v3;
pub(crate) mod version;
