//! The products and their versions.

use std::ops::Range;

use crate::error::Error;
use crate::packed::Data;
use crate::spelling::{is_alike, similar};

/// A product with its versions.
#[derive(Clone, Debug)]
pub struct Product {
    folder: String,
    versions: Vec<ProductVersion>,
    default: usize,
}

/// One version of a product.
#[derive(Clone, Debug)]
pub struct ProductVersion {
    product: String,
    version: String,
    folder: String,
    /// Its line in the list of operations, and the index of its block.
    pub(crate) index: usize,
    /// The number of operations in all versions before.
    pub(crate) first: usize,
    pub(crate) operations: usize,
}

impl Product {
    /// Returns the name, such as `Ecs`.
    ///
    /// Some products spell their name otherwise in old versions. This is the spelling of the default version.
    pub fn name(&self) -> &str {
        &self.default_version().product
    }

    /// Returns the name of the folder in `specs/`, which is also the name of the Rust module.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Returns the versions, the oldest first.
    pub fn versions(&self) -> &[ProductVersion] {
        &self.versions
    }

    /// Returns the version with the most documented operations.
    #[expect(clippy::indexing_slicing, reason = "a product is made with the index of one of its versions")]
    pub fn default_version(&self) -> &ProductVersion {
        &self.versions[self.default]
    }

    /// Finds a version.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownVersion`] if the product does not have it.
    pub fn version(&self, version: &str) -> Result<&ProductVersion, Error> {
        let found = self.versions.iter().find(|known| known.version == version);
        found.ok_or_else(|| Error::UnknownVersion {
            product: self.name().to_owned(),
            version: version.to_owned(),
            versions: self.versions.iter().map(|known| known.version.clone()).collect(),
        })
    }

    /// The product's name in all spellings.
    fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.versions.iter().map(|version| version.product.as_str()).chain([self.folder.as_str()])
    }
}

impl ProductVersion {
    /// Returns the name of the product, as this version spells it.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// Returns the version, such as `2014-05-26`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Returns the folder of the spec files below the folder of all specs, such as `ecs/2014-05-26`.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// The numbers of its operations, counted through all versions.
    pub(crate) fn numbers(&self) -> Range<usize> {
        self.first..self.first.saturating_add(self.operations)
    }

    /// Returns the number of operations.
    pub fn operation_count(&self) -> usize {
        self.operations
    }
}

/// Reads the list of products.
pub(crate) fn read_products(data: &Data) -> Result<Vec<Product>, Error> {
    let text = data.products.unpack()?;
    let damaged = |problem: String| Error::damaged(data.products.path, problem);
    let mut products: Vec<Product> = Vec::new();
    let mut first: usize = 0;
    let mut lines = 0;
    for (index, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [folder, product, version, count, default] = cells.as_slice() else {
            return Err(damaged(format!("line {} has {} values, not 5", index + 1, cells.len())));
        };
        let no_number = || damaged(format!("line {} has no number", index + 1));
        let operations: usize = count.parse().map_err(|_| no_number())?;
        let next = first.checked_add(operations).ok_or_else(no_number)?;
        let version = ProductVersion {
            product: (*product).to_owned(),
            version: (*version).to_owned(),
            folder: format!("{folder}/{version}"),
            index,
            first,
            operations,
        };
        first = next;
        lines += 1;
        let is_next = products.last().is_some_and(|last| last.folder == *folder);
        if !is_next {
            products.push(Product { folder: (*folder).to_owned(), versions: Vec::new(), default: 0 });
        }
        if let Some(of) = products.last_mut() {
            if *default == "default" {
                of.default = of.versions.len();
            }
            of.versions.push(version);
        }
    }
    if lines != data.blocks.len() {
        return Err(damaged(format!("it lists {lines} versions, and there are {} blocks", data.blocks.len())));
    }
    Ok(products)
}

/// Finds a product by its name or folder: written exactly so, or else apart from case, hyphens and underscores.
pub(crate) fn find_product<'p>(products: &'p [Product], name: &str) -> Result<&'p Product, Error> {
    let exactly = products.iter().find(|product| product.names().any(|known| known == name));
    if let Some(product) = exactly {
        return Ok(product);
    }
    let alike: Vec<&Product> =
        products.iter().filter(|product| product.names().any(|known| is_alike(known, name))).collect();
    match alike.as_slice() {
        [product] => Ok(product),
        [] => Err(Error::UnknownProduct {
            name: name.to_owned(),
            similar: similar(name, products.iter().map(Product::name)),
        }),
        several => Err(Error::AmbiguousProduct {
            name: name.to_owned(),
            products: several.iter().map(|product| product.name().to_owned()).collect(),
        }),
    }
}
