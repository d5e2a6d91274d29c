//! Signatures, from the server's side.
//!
//! The string to sign is built again from the request that arrived. The calls of the page are signed here, too. Nothing here is
//! shared with the client's signer: otherwise an error in it would go unnoticed.

pub(crate) mod encoding;
pub(crate) mod v1;
pub(crate) mod v3;
pub(crate) mod version;
