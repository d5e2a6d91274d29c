//! The types of one operation, in their own module.
//!
//! The compiler identifies an `impl` by its index in its module. If all types were in one module, adding or removing an
//! operation or an object would make the compiler check nearly everything after it again.

use crate::literal::listed;

/// The types of an operation, or those that operations share.
#[derive(Default)]
pub(crate) struct WrittenTypes {
    names: Vec<String>,
    code: String,
}

impl WrittenTypes {
    /// Adds a type with its impls.
    pub(crate) fn add(&mut self, name: impl Into<String>, code: &str) {
        self.names.push(name.into());
        self.code.push_str(code);
    }

    /// Adds impls of types that were added before.
    pub(crate) fn add_impls(&mut self, code: &str) {
        self.code.push_str(code);
    }

    /// Writes a private module with this name, and re-exports its types. Empty if there are none.
    pub(crate) fn module(&self, name: &str) -> String {
        let Self { names, code } = self;
        if names.is_empty() {
            return String::new();
        }
        let names = listed(names.iter().cloned());
        format!(
            "mod {name} {{
                use super::__rt;
                {code}
            }}
            pub use self::{name}::{{{names}}};\n"
        )
    }
}
