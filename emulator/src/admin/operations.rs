//! Searches and describes the operations that are served.

use std::borrow::Cow;

use hyper::StatusCode;
use serde_json::{Value, json};
use url::form_urlencoded;

use crate::admin::admin_error::AdminError;
use crate::catalog::operation_description::describe;
use crate::catalog::served_version::ServedVersion;
use crate::gateway::state::Gateway;

/// The maximum number of operations that are described at once. Each of them is read from its spec.
const MOST_DESCRIBED: usize = 500;

/// The conditions of a query.
#[derive(Default)]
struct Wanted<'q> {
    product: Option<Cow<'q, str>>,
    version: Option<Cow<'q, str>>,
    operation: Option<Cow<'q, str>>,
    /// In lower case.
    words: Vec<String>,
    limit: Option<usize>,
}

impl<'q> Wanted<'q> {
    /// Reads a query with these conditions. Empty ones do not count.
    fn read(query: &'q str, names: &[&str]) -> Result<Self, AdminError> {
        let bad = |error: String| (StatusCode::BAD_REQUEST, error);
        let mut wanted = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if !names.contains(&&*name) {
                return Err(bad(format!("there is no condition `{name}`; expected {}", names.join(", "))));
            }
            if value.is_empty() {
                continue;
            }
            match &*name {
                "product" => wanted.product = Some(value),
                "version" => wanted.version = Some(value),
                "operation" => wanted.operation = Some(value),
                "words" => wanted.words = value.to_lowercase().split_whitespace().map(str::to_owned).collect(),
                _ => {
                    let number = value.parse();
                    let number = number.map_err(|_| bad(format!("`{name}` is `{value}`; expected a number")))?;
                    wanted.limit = Some(number);
                }
            }
        }
        Ok(wanted)
    }

    /// Returns the operations of these versions that meet the conditions.
    fn find<'c>(&self, versions: &'c [ServedVersion]) -> Vec<(&'c ServedVersion, &'c str)> {
        let is = |wanted: &Option<Cow<'_, str>>, name: &str| wanted.as_ref().is_none_or(|wanted| wanted == name);
        let mut found = Vec::new();
        for served in versions.iter().filter(|one| is(&self.product, &one.product) && is(&self.version, &one.version)) {
            let product = format!("{} {}", served.product, served.version).to_lowercase();
            let words: Vec<&String> = self.words.iter().filter(|word| !product.contains(*word)).collect();
            let is_wanted = |name: &str| {
                let lower = name.to_lowercase();
                is(&self.operation, name) && words.iter().all(|word| lower.contains(*word))
            };
            found.extend(served.names().into_iter().filter(|name| is_wanted(name)).map(|name| (served, name)));
        }
        // The operation that is meant comes before those that only contain its name.
        let is_word = |name: &str| self.words.iter().any(|word| name.eq_ignore_ascii_case(word));
        found.sort_by_key(|(_, name)| !is_word(name));
        found
    }
}

impl Gateway {
    /// Returns the names of the operations that match the query, and their number. All words must occur in the product,
    /// the version or the operation.
    pub(crate) fn search_operations(&self, query: &str) -> Result<Value, AdminError> {
        let wanted = Wanted::read(query, &["words", "product", "version", "limit"])?;
        let found = wanted.find(self.catalog.versions());
        let operation = |(served, name): &(&ServedVersion, &str)| json!({ "product": served.product, "version": served.version, "operation": name });
        let listed = found.iter().take(wanted.limit.unwrap_or(usize::MAX)).map(operation);
        Ok(json!({ "found": found.len(), "operations": listed.collect::<Vec<_>>() }))
    }

    /// Describes the operations that match the query.
    pub(crate) fn find_operations(&self, query: &str) -> Result<Value, AdminError> {
        let wanted = Wanted::read(query, &["product", "version", "operation"])?;
        let found = wanted.find(self.catalog.versions());
        if found.len() > MOST_DESCRIBED {
            let error = format!(
                "{} operations match, and at most {MOST_DESCRIBED} are described; add a product, version or operation",
                found.len()
            );
            return Err((StatusCode::BAD_REQUEST, error));
        }
        let mut described = Vec::new();
        for (served, name) in found {
            let operation = self.catalog.operation(&served.product, &served.version, name);
            let operation = operation.map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.message))?;
            described.extend(operation.map(|operation| describe(&operation)));
        }
        Ok(json!({ "operations": described }))
    }
}
