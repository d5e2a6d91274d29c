//! The operations that are served.

pub(crate) mod bundled_specs;
pub(crate) mod hosts;
pub(crate) mod lookup;
pub(crate) mod operation_description;
pub(crate) mod parameter_names;
pub(crate) mod rust_code;
pub(crate) mod served_operation;
pub(crate) mod served_product;
pub(crate) mod served_version;
pub(crate) mod stored_specs;
