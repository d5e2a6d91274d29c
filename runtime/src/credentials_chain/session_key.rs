//! The temporary credentials in the responses of metadata servers, credentials URIs and CloudSSO.

use crate::credentials::access_key::Credentials;
use crate::decoding::body;
use crate::decoding::decode::{Decode, Slot};
use crate::error::credentials_failure::CredentialsFailure;

/// The fields of a response. Not every kind of response has all of them.
#[derive(Default)]
pub(super) struct SessionKey {
    pub(super) code: String,
    pub(super) access_key_id: String,
    pub(super) access_key_secret: String,
    pub(super) security_token: String,
    /// A time as in RFC 3339.
    pub(super) expiration: String,
}

impl SessionKey {
    /// Decodes a JSON response.
    pub(super) fn from_json(body: &[u8], provider: &str) -> Result<Self, CredentialsFailure> {
        let mut key = Self::default();
        // The error does not show the body, which may contain secrets.
        body::from_bytes_any_root(body, &mut key)
            .map_err(|_| CredentialsFailure::new(provider, "the response is not a valid JSON object"))?;
        Ok(key)
    }

    /// Returns the credentials, or an error if a field is missing or invalid.
    pub(super) fn into_credentials(self, provider: &str) -> Result<Credentials, CredentialsFailure> {
        let error = |reason: String| Err(CredentialsFailure::new(provider, reason));
        if !self.code.is_empty() && self.code != "Success" {
            return error(match is_word(&self.code) {
                true => format!("the response has the code `{}` instead of `Success`", self.code),
                false => "the response does not have the code `Success`".to_owned(),
            });
        }
        for (name, value) in [
            ("AccessKeyId", &self.access_key_id),
            ("AccessKeySecret", &self.access_key_secret),
            ("SecurityToken", &self.security_token),
        ] {
            if value.is_empty() {
                return error(format!("the response has no `{name}`"));
            }
        }
        let Ok(expiration) = humantime::parse_rfc3339(&self.expiration) else {
            return error("the `Expiration` of the response is not an RFC 3339 time".to_owned());
        };
        let credentials = Credentials::new(self.access_key_id, self.access_key_secret);
        Ok(credentials.security_token(self.security_token).expiration(expiration))
    }
}

/// Whether a code can be shown. A single word is not a secret.
fn is_word(text: &str) -> bool {
    text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'_' | b'-'))
}

impl Decode for SessionKey {
    fn field(&mut self, index: usize) -> (&'static str, Slot<'_>) {
        match index {
            0 => ("Code", Slot::Text(&mut self.code)),
            1 => ("AccessKeyId", Slot::Text(&mut self.access_key_id)),
            2 => ("AccessKeySecret", Slot::Text(&mut self.access_key_secret)),
            3 => ("SecurityToken", Slot::Text(&mut self.security_token)),
            4 => ("Expiration", Slot::Text(&mut self.expiration)),
            _ => ("", Slot::Skip),
        }
    }
}
