//! Examples of list items. They are only used in sample requests, because specs have no key for them.

use std::cell::RefCell;
use std::collections::HashMap;

use super::report::Scope;

/// The examples of items by the path of the list: the operation or `types`, then the names inside it.
#[derive(Default)]
pub(crate) struct ItemExamples(RefCell<HashMap<String, String>>);

impl ItemExamples {
    /// Adds the example of the items of the list at a path.
    pub(crate) fn add(&self, list: &Scope<'_>, example: &str) {
        self.0.borrow_mut().insert(list.path().to_owned(), example.to_owned());
    }

    /// The example of the items of the list at a path.
    pub(crate) fn get(&self, path: &str) -> Option<String> {
        self.0.borrow().get(path).cloned()
    }
}
