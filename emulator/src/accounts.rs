//! Who may call.

use std::collections::HashMap;
use std::fmt;

use crate::refusal::{self, Refusal};

/// The AccessKey id that an emulator accepts where no account was named.
pub const ACCESS_KEY_ID: &str = "testid";

/// The secret of [`ACCESS_KEY_ID`].
pub const ACCESS_KEY_SECRET: &str = "testsecret";

struct Account {
    secret: String,
    token: Option<String>,
}

/// The accounts by AccessKey id.
#[derive(Default)]
pub(crate) struct Accounts(HashMap<String, Account>);

impl Accounts {
    pub(crate) fn add(&mut self, id: String, secret: String, token: Option<String>) {
        self.0.insert(id, Account { secret, token });
    }

    pub(crate) fn or_default(mut self) -> Self {
        if self.0.is_empty() {
            self.add(ACCESS_KEY_ID.to_owned(), ACCESS_KEY_SECRET.to_owned(), None);
        }
        self
    }

    /// The secret to check the signature with.
    pub(crate) fn secret_of(&self, id: Option<&str>, token: Option<&str>) -> Result<&str, Refusal> {
        let id = id.ok_or_else(|| Refusal::missing("AccessKeyId"))?;
        let account = self.0.get(id).ok_or_else(|| Refusal::from(refusal::UNKNOWN_ACCESS_KEY))?;
        match (&account.token, token) {
            (Some(_), None) => Err(Refusal::missing("SecurityToken")),
            (expected, given) if expected.as_deref() != given => Err(refusal::TOKEN_MISMATCH.into()),
            _ => Ok(&account.secret),
        }
    }
}

/// Only the ids: secrets and tokens stay out of logs.
impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
