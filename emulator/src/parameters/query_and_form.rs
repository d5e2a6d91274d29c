//! The parameters in the query and the form of a request.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use alicloud_model::COMMON_PARAMETERS;
use url::form_urlencoded;

use crate::gateway_error::GatewayError;

/// The maximum number of parameters of a request. Real calls have far fewer.
pub(crate) const MAX_PARAMETERS: usize = 10_000;

/// The position of the common parameters in a request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum CommonIn {
    /// In the query and the form, as with signature V1.
    Parameters,
    /// In headers, as with signature V3. A `Version` or `Timestamp` in the query or the form then belongs to the
    /// operation.
    Headers,
}

/// A decoded name and its value.
type Pair<'r> = (Cow<'r, str>, Cow<'r, str>);

/// The parameters of query and form.
pub(crate) struct Parameters<'r> {
    common: CommonIn,
    query: Vec<Pair<'r>>,
    form: Vec<Pair<'r>>,
}

impl<'r> Parameters<'r> {
    /// Decodes both parts. Invalid UTF-8 becomes replacement characters, so that no signature matches.
    pub(crate) fn read(common: CommonIn, query: &'r str, form: &'r [u8]) -> Result<Self, GatewayError> {
        let mut remaining = MAX_PARAMETERS;
        let mut decode = |text: &'r [u8]| -> Result<Vec<Pair<'r>>, GatewayError> {
            let mut pairs = Vec::new();
            for pair in form_urlencoded::parse(text) {
                remaining =
                    remaining.checked_sub(1).ok_or_else(|| GatewayError::too_many_parameters(MAX_PARAMETERS))?;
                pairs.push(pair);
            }
            Ok(pairs)
        };
        Ok(Self { common, query: decode(query.as_bytes())?, form: decode(form)? })
    }

    /// No parameters.
    pub(crate) fn none(common: CommonIn) -> Self {
        Self { common, query: Vec::new(), form: Vec::new() }
    }

    fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().chain(&self.form).map(|(name, value)| (&**name, &**value))
    }

    /// Returns the value of a common parameter. An empty value counts as absent.
    pub(crate) fn common(&self, name: &str) -> Option<&str> {
        self.all().find(|(known, _)| *known == name).map(|(_, value)| value).filter(|value| !value.is_empty())
    }

    /// Returns all that signature V1 signs. Repeated names are included, so that the check detects parameters that were
    /// added to a signed request.
    pub(crate) fn signed(&self) -> Vec<(&str, &str)> {
        self.all().filter(|(name, _)| *name != "Signature").collect()
    }

    /// Returns the query, which signature V3 signs completely.
    pub(crate) fn query(&self) -> Vec<(&str, &str)> {
        self.query.iter().map(|(name, value)| (&**name, &**value)).collect()
    }

    /// Returns the parameters of the operation. Of repeated names, the first counts. The query comes before the form.
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

    fn own_names(&self, pairs: &[Pair<'_>]) -> BTreeSet<String> {
        pairs.iter().filter(|(name, _)| self.is_own(name)).map(|(name, _)| name.to_string()).collect()
    }
}
