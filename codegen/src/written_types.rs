//! Types that belong together, in a module of their own.
//!
//! The compiler knows an `impl` by its place in its module. Were all in one module, then an operation that comes, goes or
//! gets one more object would have it check again nearly all that follows.

use crate::literal::listed;

/// The types of an operation, or those that operations share.
#[derive(Default)]
pub(crate) struct WrittenTypes {
    names: Vec<String>,
    code: String,
}

impl WrittenTypes {
    /// Adds a type, with what belongs to it.
    pub(crate) fn add(&mut self, name: impl Into<String>, code: &str) {
        self.names.push(name.into());
        self.code.push_str(code);
    }

    /// Adds what belongs to types that are there.
    pub(crate) fn add_impls(&mut self, code: &str) {
        self.code.push_str(code);
    }

    /// A private module of this name, with its types in the module around it; nothing where there are none.
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
