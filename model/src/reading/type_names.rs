//! The Rust names of types. Each can be used only once.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use crate::spec::types::SharedName;

/// The Rust names of the structs and enums in the module of a product, with their owners, and the shared types.
#[derive(Default)]
pub(crate) struct TypeNames {
    taken: RefCell<HashMap<String, String>>,
    /// The shared types, by their names in specs.
    pub(crate) shared: BTreeMap<String, SharedName>,
    /// Whether there may be more shared types, because `types.yaml` could not be read completely.
    pub(crate) some_unknown: bool,
}

impl TypeNames {
    /// Whether the name is already used.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.borrow().contains_key(name)
    }

    /// Reserves the name. If it is already used, returns its owner.
    pub(crate) fn take(&self, name: &str, owner: &str) -> Result<(), String> {
        let mut names = self.taken.borrow_mut();
        if let Some(other) = names.get(name) {
            return Err(other.clone());
        }
        names.insert(name.to_owned(), owner.to_owned());
        Ok(())
    }
}
