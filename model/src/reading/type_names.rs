//! The Rust names of types, each taken once.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use crate::spec::types::SharedName;

/// The Rust names of structs and enums that one product's module already has, with who has them; and its shared types.
#[derive(Default)]
pub(crate) struct TypeNames {
    taken: RefCell<HashMap<String, String>>,
    /// By the name that specs use.
    pub(crate) shared: BTreeMap<String, SharedName>,
    /// Whether there may be more of them: `types.yaml` cannot be read.
    pub(crate) some_unknown: bool,
}

impl TypeNames {
    /// Whether the name is taken.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.borrow().contains_key(name)
    }

    /// Takes the name. If it is taken, returns its owner.
    pub(crate) fn take(&self, name: &str, owner: &str) -> Result<(), String> {
        let mut names = self.taken.borrow_mut();
        if let Some(other) = names.get(name) {
            return Err(other.clone());
        }
        names.insert(name.to_owned(), owner.to_owned());
        Ok(())
    }
}
