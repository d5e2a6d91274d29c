//! The policy as JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::needed::Needs;

/// A RAM policy.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Document {
    version: &'static str,
    statement: Vec<Statement>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    effect: &'static str,
    action: BTreeSet<String>,
    resource: OneOrSeveral,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum OneOrSeveral {
    One(&'static str),
    Several(Vec<String>),
}

impl Document {
    /// The policy that allows the known actions: a statement for each set of resources. `None` if no action is known, because
    /// RAM rejects a policy without statements.
    pub(super) fn new(needs: &Needs) -> Option<Self> {
        let mut statements: BTreeMap<&[String], BTreeSet<String>> = BTreeMap::new();
        for permission in needs.operations.values() {
            if let Some(action) = &permission.action {
                statements.entry(&permission.resources).or_default().insert(action.action.clone());
            }
        }
        let statement = |(resources, action): (&[String], BTreeSet<String>)| Statement {
            effect: "Allow",
            action,
            resource: match resources {
                [] => OneOrSeveral::One("*"),
                several => OneOrSeveral::Several(several.to_vec()),
            },
        };
        let statement: Vec<Statement> = statements.into_iter().map(statement).collect();
        (!statement.is_empty()).then_some(Self { version: "1", statement })
    }
}
