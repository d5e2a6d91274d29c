//! The API style of an operation.

use crate::spec::words::words;

words! {
    /// How requests select an operation.
    #[derive(Default)]
    ApiStyle {
        /// By the name of the operation, at one path.
        #[default]
        Rpc = "RPC",
        /// By HTTP method and path.
        Roa = "ROA",
    }
}
