//! URLs that contain a whole signed request.

use std::fmt;
use std::time::SystemTime;

use crate::call::attempts::DEFAULT_CALL_TIMEOUT;
use crate::call::options::NO_OPTIONS;
use crate::call::request::Request;
use crate::call::typed::Call;
use crate::error::failure::{Failure, WaitingFor};
use crate::system::clock::Deadline;

/// A URL that contains a signed request, so that a program without credentials can send it, such as a browser.
///
/// Anyone who has the URL can send the request once, until the URL expires. `Debug` does not show it.
#[derive(Clone)]
pub struct PresignedUrl {
    url: String,
    expiration: SystemTime,
}

impl PresignedUrl {
    /// Returns the URL. Send it with the method GET and without a body.
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// Returns the time when the URL expires, 15 minutes after it was created. It expires earlier if the credentials
    /// do.
    pub fn expiration(&self) -> SystemTime {
        self.expiration
    }
}

impl fmt::Debug for PresignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PresignedUrl").field("expiration", &self.expiration).finish_non_exhaustive()
    }
}

impl<R: Request> Call<'_, R> {
    /// Returns a URL that contains the signed request, instead of sending it. A program without credentials, such as a
    /// browser, can then send it.
    ///
    /// The URL is signed with signature V1. It expires after 15 minutes, because the service rejects requests whose
    /// time differs from its clock by more. It works once, because the service accepts a nonce only once. The URL
    /// contains the AccessKey ID, and the STS token if there is one, but not the AccessKey secret.
    ///
    /// # Errors
    ///
    /// Returns an error if the operation is not a read in RPC style that accepts GET, if the request is invalid or has
    /// sensitive parameters or headers, or if there are no credentials.
    ///
    /// ```rs
    /// let request = DescribeRegionsRequest::new();
    /// let url = client.describe_regions(&request).presign().await?;
    /// println!("{} is valid until {:?}", url.as_str(), url.expiration());
    /// ```
    pub async fn presign(self) -> Result<PresignedUrl, Failure> {
        let client = self.client;
        let options = self.options.as_deref().unwrap_or(&NO_OPTIONS);
        let provider = client.credentials(options);
        let limit = options.timeout.or(client.config().call_timeout).unwrap_or(DEFAULT_CALL_TIMEOUT);
        let Some(credentials) = Deadline::after(limit).timeout(provider.provide()).await else {
            return Err(Failure::NotSent { limit, waiting_for: WaitingFor::Credentials });
        };
        let credentials = credentials?;
        credentials.check()?;
        let (url, latest) = client.presign(R::OPERATION, &self.input, options, &credentials)?;
        let expiration = credentials.expires().map_or(latest, |end| end.min(latest));
        Ok(PresignedUrl { url: url.into(), expiration })
    }
}
