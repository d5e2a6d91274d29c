//! The environment, or what a program gives in its place.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::system::environment::variable;

/// Variables by name.
#[derive(Clone)]
pub(super) enum Variables {
    Environment,
    Given(HashMap<String, String>),
}

impl Variables {
    /// The value of a variable. An empty one counts as unset.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        match self {
            Self::Environment => variable(name),
            Self::Given(variables) => variables.get(name).filter(|value| !value.is_empty()).cloned(),
        }
    }

    /// Whether a variable says yes.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A file below the user's home.
    pub(super) fn in_home(&self, path: &str) -> Option<PathBuf> {
        let home = self.get("HOME").or_else(|| self.get("USERPROFILE"))?;
        Some(PathBuf::from(home).join(path))
    }
}
