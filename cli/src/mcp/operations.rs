//! The operations that agents can use.

use std::collections::HashMap;
use std::sync::Arc;

use alicloud_catalogue::{Catalogue, Product};
use alicloud_model::Effect;

use crate::catalogue::failure;
use crate::described::{self, Described, Specs};
use crate::ending::Failure;

/// The products that agents can use.
pub(super) struct Products {
    /// Empty if all can be used.
    only: Vec<&'static Product>,
}

impl Products {
    /// Fails if there is no product with one of these names.
    pub(super) fn named(names: &[String]) -> Result<Self, Failure> {
        let catalogue = Catalogue::bundled().map_err(failure)?;
        let only = names.iter().map(|name| catalogue.find(name.trim()).map_err(failure)).collect::<Result<_, _>>()?;
        Ok(Self { only })
    }

    pub(super) fn only(&self) -> &[&'static Product] {
        &self.only
    }

    /// The products in words.
    pub(super) fn words(&self) -> String {
        match self.folders().as_slice() {
            [] => "all products".to_owned(),
            [only] => format!("only the product {only}"),
            folders => format!("only the products {}", folders.join(", ")),
        }
    }

    /// Finds a product that can be used.
    pub(super) fn find(&self, name: &str) -> Result<&'static Product, Failure> {
        let product = Catalogue::bundled().and_then(|catalogue| catalogue.find(name)).map_err(failure)?;
        if self.only.is_empty() || self.only.iter().any(|one| one.folder() == product.folder()) {
            return Ok(product);
        }
        Err(Failure::new(format!("this server does not offer the product {}", product.name())).help(format!(
            "it offers {}; its user can change that with the option `--products`",
            self.folders().join(", ")
        )))
    }

    fn folders(&self) -> Vec<&str> {
        self.only.iter().map(|product| product.folder()).collect()
    }
}

/// The operations that were looked up before. There are at most as many as the catalogue has.
#[derive(Default)]
pub(super) struct FoundOperations(HashMap<(String, String), Arc<Described>>);

impl FoundOperations {
    /// Finds an operation of a product.
    pub(super) fn find(
        &mut self,
        product: &Product,
        version: Option<&str>,
        name: &str,
    ) -> Result<Arc<Described>, Failure> {
        let folder = product.folder();
        let specs = || Specs::read(None, folder, Some(name));
        // By the exact name, which is what agents repeat.
        let key = (format!("{folder} {}", version.unwrap_or_default()), name.to_owned());
        if let Some(known) = self.0.get(&key) {
            return Ok(Arc::clone(known));
        }
        let found = Arc::new(described::find(&specs()?, folder, version, name)?);
        if found.operation.name == name {
            self.0.insert(key, Arc::clone(&found));
        }
        Ok(found)
    }
}

/// Whether an operation is known to change nothing.
pub(super) fn is_read(described: &Described) -> bool {
    described.effect == Some(Effect::Read)
}
