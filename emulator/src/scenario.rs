//! Scenarios: accounts, prepared answers and things that exist, from a YAML file.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;
use std::{error, fmt, fs, io};

use serde::Deserialize;
use serde_json::Value;

use crate::accounts::Account;
use crate::resources::{Identity, Resource};
use crate::script::Answer;

/// What an emulator is to play: who may call, what the next calls are answered, and which things exist.
///
/// ```
/// # fn main() -> Result<(), alicloud_emulator::ScenarioError> {
/// let scenario = alicloud_emulator::Scenario::parse(
///     "
/// accounts:
///   - { id: testid, secret: testsecret }
///   - { id: STS.id, secret: testsecret, token: token, expires: 2030-01-01T00:00:00Z }
///   - { id: old, secret: testsecret, inactive: true }
///
/// answers: # Each operation's in order; then all is as usual again.
///   - { operation: DeleteActivation, error: ActivationId.InUse, times: 2 }
///   - { operation: DeleteActivation, error: { status: 429, code: Throttling, message: Slow down. } }
///   - { operation: DeleteActivation, status: 503, body: busy, content_type: text/html }
///   - { operation: ResetThing, json: { Success: true }, headers: { x-note: one }, delay: 300ms }
///   - { operation: ResetThing, connection: reset } # or close, or silence
///
/// resources: # Without a create, only what exists at the start can be deleted, and that once.
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
    pub(crate) answers: Vec<(String, Answer)>,
    pub(crate) resources: Vec<Resource>,
}

impl Scenario {
    /// Reads a YAML file.
    ///
    /// # Errors
    ///
    /// [`ScenarioError`] where it cannot be read, or is no scenario. Whether its operations and codes are those of the specs
    /// is found out when the emulator starts.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, ScenarioError> {
        let shown = path.as_ref().display().to_string();
        let text = read_file(path.as_ref()).map_err(|error| ScenarioError::new(&shown, &error))?;
        Self::parse(&text).map_err(|error| ScenarioError::new(format!("{shown}, {}", error.place), error.message))
    }

    /// Reads YAML.
    ///
    /// # Errors
    ///
    /// As [`Scenario::read`].
    pub fn parse(yaml: &str) -> Result<Self, ScenarioError> {
        let file: ScenarioFile =
            serde_yaml::from_str(yaml).map_err(|error| ScenarioError::new("the scenario", &error))?;
        let mut scenario = Self::default();
        for (at, entry) in file.accounts.into_iter().enumerate() {
            let place = format!("account {}", at + 1);
            scenario.accounts.push(entry.account().map_err(|message| ScenarioError::new(place, message))?);
        }
        for (at, entry) in file.answers.into_iter().enumerate() {
            let place = format!("answer {}", at + 1);
            scenario.answers.push(entry.answer().map_err(|message| ScenarioError::new(place, message))?);
        }
        for entry in file.resources {
            let place = format!("resource `{}`", entry.name);
            scenario.resources.push(entry.resource().map_err(|message| ScenarioError::new(place, message))?);
        }
        Ok(scenario)
    }
}

/// Far more than any scenario has.
const MOST_BYTES: u64 = 16 << 20;

/// Reads a regular file. A pipe could keep the program waiting, and a device never ends.
fn read_file(path: &Path) -> io::Result<String> {
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("this is not a regular file"));
    }
    let mut text = String::new();
    fs::File::open(path)?.take(MOST_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MOST_BYTES {
        return Err(io::Error::other(format!("the file is larger than {} MiB", MOST_BYTES >> 20)));
    }
    Ok(text)
}

/// What is wrong with a scenario, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    place: String,
    message: String,
}

impl ScenarioError {
    pub(crate) fn new(place: impl Into<String>, message: impl ToString) -> Self {
        Self { place: place.into(), message: message.to_string() }
    }
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl error::Error for ScenarioError {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioFile {
    #[serde(default)]
    accounts: Vec<AccountEntry>,
    #[serde(default)]
    answers: Vec<AnswerEntry>,
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
        Ok(if self.inactive { account.inactive() } else { account })
    }
}

/// A prepared answer, as a scenario and the admin API have it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerEntry {
    operation: String,
    error: Option<Value>,
    status: Option<u16>,
    json: Option<Value>,
    body: Option<String>,
    content_type: Option<String>,
    #[serde(default)]
    truncated: bool,
    connection: Option<ConnectionEntry>,
    #[serde(default)]
    headers: BTreeMap<String, Value>,
    delay: Option<String>,
    times: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ConnectionEntry {
    Close,
    Reset,
    Silence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ErrorEntry {
    status: u16,
    code: String,
    message: String,
}

impl AnswerEntry {
    /// The operation, and what it is to be answered.
    pub(crate) fn answer(self) -> Result<(String, Answer), String> {
        let has_body = self.json.is_some() || self.body.is_some();
        if !has_body && (self.status.is_some() || self.content_type.is_some() || self.truncated) {
            return Err("`status`, `content_type` and `truncated` go with `json` or `body`".to_owned());
        }
        let status = self.status.unwrap_or(200);
        let raw = |kind: Option<String>, usual: &str, body: String| {
            let kind = kind.unwrap_or_else(|| usual.to_owned());
            if self.truncated { Answer::truncated(status, kind, body) } else { Answer::raw(status, kind, body) }
        };
        let mut answer = match (self.error, self.json, self.body, self.connection) {
            (None, None, None, None) => Answer::usual(),
            (Some(Value::String(code)), None, None, None) => Answer::documented(code),
            (Some(error), None, None, None) => {
                let ErrorEntry { status, code, message } = serde_json::from_value(error).map_err(|error| {
                    format!("`error` is a documented code, or an object of `status`, `code` and `message`: {error}")
                })?;
                Answer::error(status, code, message)
            }
            (None, Some(json), None, None) => {
                raw(self.content_type, "application/json;charset=utf-8", json.to_string())
            }
            (None, None, Some(body), None) => raw(self.content_type, "text/plain;charset=utf-8", body),
            (None, None, None, Some(ConnectionEntry::Close)) => Answer::close(),
            (None, None, None, Some(ConnectionEntry::Reset)) => Answer::reset(),
            (None, None, None, Some(ConnectionEntry::Silence)) => Answer::silence(),
            _ => {
                return Err("an answer has one of `error`, `json`, `body` and `connection`, or none of them".to_owned());
            }
        };
        for (name, value) in self.headers {
            let value = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            answer = answer.header(name, value);
        }
        if let Some(delay) = self.delay {
            answer = answer.delay(read_delay(&delay)?);
        }
        Ok((self.operation, answer.times(self.times.unwrap_or(1))))
    }
}

fn read_delay(text: &str) -> Result<Duration, String> {
    humantime::parse_duration(text).map_err(|_| format!("`delay` is `{text}`; expected such as 500ms or 2s"))
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
    answered_at: Option<Names>,
}

/// One text, or several that belong together.
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
        let answered_at = self.answered_at.map(Names::list).unwrap_or_default();
        let present: Vec<Identity> = self.exist.into_iter().map(Names::list).collect();
        if let Some(odd) = present.iter().find(|identity| identity.len() != id.len()) {
            return Err(format!("`exist` has {odd:?}, which is not one value for each of {id:?}"));
        }
        if !answered_at.is_empty() && answered_at.len() != id.len() {
            return Err(format!("`answered_at` has {answered_at:?}, which is not one place for each of {id:?}"));
        }
        Ok(Resource {
            name: self.name,
            id,
            create: self.create,
            describe: self.describe,
            delete: self.delete,
            missing: self.missing,
            existing: self.existing,
            answered_at,
            present: present.into_iter().collect(),
        })
    }
}
