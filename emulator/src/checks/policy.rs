//! RAM policies: the actions that an account can call.

use std::path::Path;
use std::{error, fmt};

use serde_json::{Map, Value};

use crate::regular_file;

/// A RAM policy, for [`Account::policy`](crate::Account::policy).
///
/// The emulator checks actions, with `*` as the wildcard. It does not compare `Resource`, because specs do not describe
/// the resources of a call. A policy that it cannot check is an error: one with `Deny`, `Condition`, `NotAction`,
/// `NotResource` or `Principal`.
///
/// ```
/// use alicloud_emulator::Policy;
///
/// let policy = Policy::parse(
///     r#"{ "Version": "1", "Statement": [{ "Effect": "Allow", "Action": ["ecs:Describe*"], "Resource": "*" }] }"#,
/// )?;
/// assert!(policy.allows("ecs:DescribeInstances"));
/// assert!(!policy.allows("ecs:StartInstance"));
/// # Ok::<(), alicloud_emulator::PolicyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The allowed actions, which can contain `*`.
    actions: Vec<String>,
}

impl Policy {
    /// Reads a JSON file.
    ///
    /// # Errors
    ///
    /// [`PolicyError`] if the file cannot be read, or is not a policy that the emulator can check.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, PolicyError> {
        let shown = path.as_ref().display().to_string();
        let text = regular_file::read(path.as_ref())
            .map_err(|error| PolicyError(format!("cannot read the policy `{shown}`: {error}")))?;
        Self::parse(&text).map_err(|error| PolicyError(format!("{shown}: {error}")))
    }

    /// Reads JSON.
    ///
    /// # Errors
    ///
    /// [`PolicyError`] if the text is not a policy that the emulator can check.
    pub fn parse(json: &str) -> Result<Self, PolicyError> {
        let value = serde_json::from_str(json).map_err(|error| PolicyError(format!("it is not JSON: {error}")))?;
        Self::from_value(&value)
    }

    /// Reads a policy that is JSON, or YAML with the same contents.
    pub(crate) fn from_value(value: &Value) -> Result<Self, PolicyError> {
        let policy = object(value, "the policy")?;
        only(policy, "the policy", &["Version", "Statement"])?;
        if policy.get("Version").and_then(Value::as_str) != Some("1") {
            return Err(PolicyError("`Version` must be the text \"1\", the only version of RAM policies".to_owned()));
        }
        let Some(Value::Array(statements)) = policy.get("Statement") else {
            return Err(PolicyError("`Statement` must be a list of statements".to_owned()));
        };
        let mut actions = Vec::new();
        for (at, statement) in statements.iter().enumerate() {
            read_statement(statement, &format!("statement {}", at + 1), &mut actions)?;
        }
        Ok(Self { actions })
    }

    /// Whether the policy allows an action, such as `ecs:DescribeInstances`. Letters must have the same case.
    pub fn allows(&self, action: &str) -> bool {
        self.actions.iter().any(|pattern| matches(pattern, action))
    }

    /// Whether the policy allows all actions, including unknown ones.
    pub(crate) fn allows_everything(&self) -> bool {
        self.actions.iter().any(|pattern| matches!(pattern.as_str(), "*" | "*:*"))
    }

    /// Returns a policy that allows what any of the two allows.
    pub(crate) fn or(mut self, other: Self) -> Self {
        self.actions.extend(other.actions);
        self
    }
}

/// The error if a text is not a policy, or not one that the emulator can check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError(String);

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for PolicyError {}

fn read_statement(statement: &Value, place: &str, actions: &mut Vec<String>) -> Result<(), PolicyError> {
    let statement = object(statement, place)?;
    for unsupported in ["Condition", "NotAction", "NotResource", "Principal", "NotPrincipal"] {
        if statement.contains_key(unsupported) {
            return Err(PolicyError(format!(
                "{place} has `{unsupported}`, which the emulator cannot check; it supports statements with `Effect`, \
                 `Action` and `Resource`"
            )));
        }
    }
    only(statement, place, &["Effect", "Action", "Resource"])?;
    match statement.get("Effect").and_then(Value::as_str) {
        Some("Allow") => {}
        Some("Deny") => {
            return Err(PolicyError(format!(
                "{place} has the effect `Deny`, which the emulator cannot check; list what is allowed instead"
            )));
        }
        _ => return Err(PolicyError(format!("the `Effect` of {place} must be the text \"Allow\""))),
    }
    texts(statement, "Resource", place)?;
    for action in texts(statement, "Action", place)? {
        if !is_action(action) {
            return Err(PolicyError(format!(
                "{place} has the action {action:?}; expected a product's code, a colon and an operation, such as \
                 `ecs:DescribeInstances` or `ecs:Describe*`"
            )));
        }
        actions.push(action.to_owned());
    }
    Ok(())
}

fn object<'v>(value: &'v Value, what: &str) -> Result<&'v Map<String, Value>, PolicyError> {
    value.as_object().ok_or_else(|| PolicyError(format!("{what} must be an object")))
}

fn only(members: &Map<String, Value>, place: &str, known: &[&str]) -> Result<(), PolicyError> {
    match members.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(PolicyError(format!("{place} has the unknown member {key:?}; expected {}", known.join(", ")))),
        None => Ok(()),
    }
}

/// Returns the texts of a member that is one text or a list of them.
fn texts<'v>(statement: &'v Map<String, Value>, name: &str, place: &str) -> Result<Vec<&'v str>, PolicyError> {
    let values = match statement.get(name) {
        Some(Value::Array(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    let texts: Option<Vec<&str>> = values.iter().map(Value::as_str).collect();
    texts
        .filter(|texts| !texts.is_empty())
        .ok_or_else(|| PolicyError(format!("the `{name}` of {place} must be a text or a list of texts")))
}

fn is_action(action: &str) -> bool {
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|one| one.is_ascii_alphanumeric() || "-_.*".contains(one));
    action == "*" || action.split_once(':').is_some_and(|(code, name)| is_part(code) && is_part(name))
}

/// Whether a text fits a pattern, in which `*` stands for any text.
fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        // The first place is the best one: it leaves the most for the others.
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}
