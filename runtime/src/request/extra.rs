//! A parameter or header that a caller adds to one call.

use std::fmt;

use crate::operation::description::Place;

/// A parameter or header that is not in the operation's description. `Debug` hides the value, which may be secret.
#[derive(Clone)]
pub(crate) struct Extra {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) place: Place,
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extra").field("name", &self.name).field("place", &self.place).finish_non_exhaustive()
    }
}
