//! Environment variables, or variables that a program supplies instead.

use std::collections::HashMap;
use std::path::PathBuf;

use crate::system::environment::variable;

/// Variables by name.
#[derive(Clone)]
pub(super) enum Variables {
    Environment,
    Map(HashMap<String, String>),
}

impl Variables {
    /// The value of a variable. An empty variable counts as unset.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        match self {
            Self::Environment => variable(name),
            Self::Map(variables) => variables.get(name).filter(|value| !value.is_empty()).cloned(),
        }
    }

    /// Whether a variable is `true`, in any case.
    pub(super) fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A path in the user's home directory.
    pub(super) fn in_home(&self, path: &str) -> Option<PathBuf> {
        let home = self.get("HOME").or_else(|| self.get("USERPROFILE"))?;
        Some(PathBuf::from(home).join(path))
    }
}
