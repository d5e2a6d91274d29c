//! The parameters of a request, as decoded from its query and its form.

use std::collections::{BTreeMap, BTreeSet};

use alicloud_model::COMMON_PARAMETERS;
use url::form_urlencoded;

use crate::gateway_error::GatewayError;

/// More than any real call has, and few enough to look at each of them several times.
pub(crate) const MAX_PARAMETERS: usize = 10_000;

/// Where a request has its common parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommonIn {
    /// In the query and the form, as with signature V1.
    Parameters,
    /// In headers, as with signature V3. A `Version` or `Timestamp` in the query or the form then belongs to the operation.
    Headers,
}

/// Query and form together.
pub(crate) struct Parameters {
    common: CommonIn,
    query: Vec<(String, String)>,
    form: Vec<(String, String)>,
}

impl Parameters {
    /// Decodes both parts. Bytes that are no UTF-8 become replacement characters, which no signature will match.
    pub(crate) fn read(common: CommonIn, query: &str, form: &[u8]) -> Result<Self, GatewayError> {
        let mut room = MAX_PARAMETERS;
        let mut decode = |text: &[u8]| -> Result<Vec<(String, String)>, GatewayError> {
            let mut pairs = Vec::new();
            for (name, value) in form_urlencoded::parse(text) {
                room = room.checked_sub(1).ok_or_else(|| GatewayError::too_many_parameters(MAX_PARAMETERS))?;
                pairs.push((name.into_owned(), value.into_owned()));
            }
            Ok(pairs)
        };
        Ok(Self { common, query: decode(query.as_bytes())?, form: decode(form)? })
    }

    /// Without any.
    pub(crate) fn none(common: CommonIn) -> Self {
        Self { common, query: Vec::new(), form: Vec::new() }
    }

    fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().chain(&self.form).map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of a common parameter; an empty one counts as absent.
    pub(crate) fn common(&self, name: &str) -> Option<&str> {
        self.all().find(|(known, _)| *known == name).map(|(_, value)| value).filter(|value| !value.is_empty())
    }

    /// Everything that signature V1 signs. A name that stands twice is there twice, so that what was added to a signed request
    /// does not go unnoticed.
    pub(crate) fn signed(&self) -> Vec<(&str, &str)> {
        self.all().filter(|(name, _)| *name != "Signature").collect()
    }

    /// The query, of which signature V3 signs all.
    pub(crate) fn query(&self) -> Vec<(&str, &str)> {
        self.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// The operation's own parameters. Of a name that stands twice the first counts, and the query comes before the
    /// form.
    pub(crate) fn business(&self) -> BTreeMap<String, String> {
        let mut business = BTreeMap::new();
        for (name, value) in self.all().filter(|(name, _)| self.is_own(name)) {
            if !business.contains_key(name) {
                business.insert(name.to_owned(), value.to_owned());
            }
        }
        business
    }

    pub(crate) fn names_in_query(&self) -> BTreeSet<String> {
        self.own_names(&self.query)
    }

    pub(crate) fn names_in_form(&self) -> BTreeSet<String> {
        self.own_names(&self.form)
    }

    fn is_own(&self, name: &str) -> bool {
        self.common == CommonIn::Headers || !COMMON_PARAMETERS.contains(&name)
    }

    fn own_names(&self, pairs: &[(String, String)]) -> BTreeSet<String> {
        pairs.iter().map(|(name, _)| name).filter(|name| self.is_own(name)).cloned().collect()
    }
}
