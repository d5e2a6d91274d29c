//! Scenarios in YAML.

use std::path::Path;

use serde::Deserialize;

use crate::checks::accounts::Account;
use crate::checks::policy::Policy;
use crate::regular_file;
use crate::responses::resources::{Identity, Resource};
use crate::scenario::response_entry::ResponseEntry;
use crate::scenario::scenario_error::ScenarioError;
use crate::scenario::scripted_response::ScriptedResponse;

/// The accounts of an emulator, the responses to the next calls, and the resources that exist.
///
/// ```
/// # fn main() -> Result<(), alicloud_emulator::ScenarioError> {
/// let scenario = alicloud_emulator::Scenario::parse(
///     "
/// accounts:
///   - { id: testid, secret: testsecret }
///   - { id: STS.id, secret: testsecret, token: token, expires: 2030-01-01T00:00:00Z }
///   - { id: old, secret: testsecret, inactive: true }
///   - id: reader # A RAM user with the actions that a policy allows.
///     secret: testsecret
///     policy: { Version: '1', Statement: [{ Effect: Allow, Action: 'iot:Query*', Resource: '*' }] }
///
/// responses: # Used in order, for each operation. After them, calls succeed again.
///   - { operation: DeleteActivation, error: ActivationId.InUse, times: 2 }
///   - { operation: DeleteActivation, error: { status: 429, code: Throttling, message: Slow down. } }
///   - { operation: DeleteActivation, status: 503, body: busy, content_type: text/html }
///   - { operation: ResetThing, json: { Success: true }, headers: { x-note: one }, delay: 300ms }
///   - { operation: ResetThing, connection: reset } # or close, or silence
///
/// resources: # Without `create`, only resources that exist at the start can be deleted.
///   - name: activation
///     id: ActivationId
///     exist: [4ECEEE12-56F1-4FBC-9AB1-890F1234****]
///     delete: [DeleteActivation]
///     missing: ActivationId.NotFound
/// ",
/// )?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Default)]
pub struct Scenario {
    pub(crate) accounts: Vec<Account>,
    pub(crate) responses: Vec<(String, ScriptedResponse)>,
    pub(crate) resources: Vec<Resource>,
}

impl Scenario {
    /// Reads a YAML file.
    ///
    /// # Errors
    ///
    /// [`ScenarioError`] if the file cannot be read, or is not a scenario. Operations and codes are checked when the
    /// emulator starts.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, ScenarioError> {
        let shown = path.as_ref().display().to_string();
        let text = regular_file::read(path.as_ref()).map_err(|error| ScenarioError::new(&shown, &error))?;
        Self::parse(&text).map_err(|error| ScenarioError::new(format!("{shown}, {}", error.place), error.message))
    }

    /// Reads YAML.
    ///
    /// # Errors
    ///
    /// [`ScenarioError`] if the text is not a scenario. Operations and codes are checked when the emulator starts.
    pub fn parse(yaml: &str) -> Result<Self, ScenarioError> {
        let file: ScenarioFile =
            serde_yaml::from_str(yaml).map_err(|error| ScenarioError::new("the scenario", &error))?;
        let mut scenario = Self::default();
        for (at, entry) in file.accounts.into_iter().enumerate() {
            let place = format!("account {}", at + 1);
            scenario.accounts.push(entry.account().map_err(|message| ScenarioError::new(place, message))?);
        }
        for (at, entry) in file.responses.into_iter().enumerate() {
            let place = format!("response {}", at + 1);
            scenario.responses.push(entry.response().map_err(|message| ScenarioError::new(place, message))?);
        }
        for entry in file.resources {
            let place = format!("resource `{}`", entry.name);
            scenario.resources.push(entry.resource().map_err(|message| ScenarioError::new(place, message))?);
        }
        Ok(scenario)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioFile {
    #[serde(default)]
    accounts: Vec<AccountEntry>,
    #[serde(default)]
    responses: Vec<ResponseEntry>,
    #[serde(default)]
    resources: Vec<ResourceEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountEntry {
    id: String,
    secret: String,
    token: Option<String>,
    expires: Option<String>,
    #[serde(default)]
    inactive: bool,
    /// A RAM policy, as in its JSON.
    policy: Option<serde_json::Value>,
}

impl AccountEntry {
    fn account(self) -> Result<Account, String> {
        let mut account = Account::new(self.id, self.secret);
        if let Some(token) = self.token {
            account = account.token(token);
        }
        if let Some(expires) = self.expires {
            let at = humantime::parse_rfc3339(&expires);
            account = account.expires(at.map_err(|_| {
                format!("`expires` is `{expires}`; expected a time in UTC, such as 2030-01-01T00:00:00Z")
            })?);
        }
        if let Some(policy) = self.policy {
            let policy = Policy::from_value(&policy);
            account = account.policy(policy.map_err(|error| format!("`policy`: {error}"))?);
        }
        Ok(if self.inactive { account.inactive() } else { account })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResourceEntry {
    name: String,
    id: Names,
    #[serde(default)]
    exist: Vec<Names>,
    #[serde(default)]
    create: Vec<String>,
    #[serde(default)]
    describe: Vec<String>,
    #[serde(default)]
    delete: Vec<String>,
    missing: String,
    existing: Option<String>,
    returned_at: Option<Names>,
}

/// One value, or several that together identify a resource.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

impl Names {
    fn list(self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name],
            Self::Several(names) => names,
        }
    }
}

impl ResourceEntry {
    fn resource(self) -> Result<Resource, String> {
        let id = self.id.list();
        let returned_at = self.returned_at.map(Names::list).unwrap_or_default();
        let present: Vec<Identity> = self.exist.into_iter().map(Names::list).collect();
        if let Some(odd) = present.iter().find(|identity| identity.len() != id.len()) {
            return Err(format!("`exist` contains {odd:?}; expected one value for each of {id:?}"));
        }
        if !returned_at.is_empty() && returned_at.len() != id.len() {
            return Err(format!("`returned_at` is {returned_at:?}; expected one field for each of {id:?}"));
        }
        Ok(Resource {
            name: self.name,
            id,
            create: self.create,
            describe: self.describe,
            delete: self.delete,
            missing: self.missing,
            existing: self.existing,
            returned_at,
            present: present.into_iter().collect(),
        })
    }
}
