//! The catalogue: the index, and the blocks with the spec files.

use std::sync::OnceLock;

use alicloud_model::{Effect, Endpoints};

use crate::bundled::BUNDLED;
use crate::error::Error;
use crate::lines::IndexLines;
use crate::packed::{Data, Packed};
use crate::products::{Product, ProductVersion, find_product, read_products};
use crate::routing::{Route, read_endpoints, read_routes};
use crate::spec_files::SpecFiles;
use crate::spelling::{is_alike, similar};

/// All operations by product and version, with their spec files.
#[derive(Debug)]
pub struct Catalogue {
    data: Data,
    products: Vec<Product>,
    operations: IndexLines,
    hosts: IndexLines,
    paths: IndexLines,
    errors: OnceLock<Result<String, Error>>,
    parameters: OnceLock<Result<String, Error>>,
}

/// An operation in the index.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Operation<'c> {
    /// The name, such as `DescribeInstances`.
    pub name: &'c str,
    /// The effect on the state of the service, or `None` if it is unknown. Treat an unknown effect like a write.
    pub effect: Option<Effect>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The product and version that it belongs to.
    pub version: &'c ProductVersion,
}

impl Catalogue {
    /// Reads the catalogue in this crate, once in a process.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if the list of products is damaged.
    pub fn bundled() -> Result<&'static Self, Error> {
        static CATALOGUE: OnceLock<Result<Catalogue, Error>> = OnceLock::new();
        CATALOGUE.get_or_init(|| Self::read(BUNDLED)).as_ref().map_err(Clone::clone)
    }

    /// Reads a catalogue.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if the list of products is damaged. Other data is checked when it is needed.
    pub fn read(data: Data) -> Result<Self, Error> {
        let products = read_products(&data)?;
        Ok(Self {
            data,
            products,
            operations: IndexLines::default(),
            hosts: IndexLines::default(),
            paths: IndexLines::default(),
            errors: OnceLock::new(),
            parameters: OnceLock::new(),
        })
    }

    /// Returns all products, by folder.
    pub fn products(&self) -> &[Product] {
        &self.products
    }

    /// Returns all versions of all products.
    pub fn versions(&self) -> impl Iterator<Item = &ProductVersion> + Clone {
        self.products.iter().flat_map(Product::versions)
    }

    /// Finds a product by its name or folder. Case, hyphens and underscores do not matter.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownProduct`] with similar names, or [`Error::AmbiguousProduct`].
    pub fn find(&self, name: &str) -> Result<&Product, Error> {
        find_product(&self.products, name)
    }

    /// Returns the operations of a version, in the order of its files.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if the list of operations is damaged.
    pub fn operations<'c>(
        &'c self,
        version: &'c ProductVersion,
    ) -> Result<impl Iterator<Item = Operation<'c>> + Clone, Error> {
        let line = self.operations.read(&self.data.operations)?.line(version.index);
        Ok(line.split(' ').filter_map(move |word| read_operation(word, version)))
    }

    /// Finds an operation of a version. Case, hyphens and underscores do not matter.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownOperation`] with similar names and with versions that have the operation,
    /// [`Error::AmbiguousOperation`], or [`Error::Damaged`].
    pub fn operation<'c>(&'c self, version: &'c ProductVersion, name: &str) -> Result<Operation<'c>, Error> {
        let operations = self.operations(version)?;
        if let Some(exactly) = operations.clone().find(|operation| operation.name == name) {
            return Ok(exactly);
        }
        let alike: Vec<Operation<'_>> = operations.clone().filter(|operation| is_alike(operation.name, name)).collect();
        match alike.as_slice() {
            [operation] => Ok(*operation),
            [] => Err(Error::UnknownOperation {
                product: version.product().to_owned(),
                version: version.version().to_owned(),
                operation: name.to_owned(),
                similar: similar(name, operations.map(|operation| operation.name)),
                elsewhere: self.elsewhere(version, name)?,
            }),
            several => Err(Error::AmbiguousOperation {
                operation: name.to_owned(),
                operations: several.iter().map(|operation| operation.name.to_owned()).collect(),
            }),
        }
    }

    /// Returns the versions that have an operation with this name: those of the same product, or else those of other
    /// products.
    fn elsewhere(&self, version: &ProductVersion, name: &str) -> Result<Vec<String>, Error> {
        let product = |version: &ProductVersion| version.folder().split('/').next().map(str::to_owned);
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for other in self.versions() {
            if self.operations(other)?.any(|operation| is_alike(operation.name, name)) {
                let is_own = product(other) == product(version);
                let found = format!("{} {}", other.product(), other.version());
                if is_own { own.push(found) } else { others.push(found) }
            }
        }
        Ok(if own.is_empty() { others } else { own })
    }

    /// Unpacks the spec files of a version.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if they are damaged.
    pub fn spec_files(&self, version: &ProductVersion) -> Result<SpecFiles, Error> {
        match self.data.blocks.get(version.index) {
            Some(block) if block.path == version.folder() => SpecFiles::read(version.folder(), block),
            _ => Err(Error::damaged(version.folder(), "its block is missing")),
        }
    }

    /// Returns all documented error codes, sorted.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if the list of error codes is damaged.
    pub fn error_codes(&self) -> Result<impl Iterator<Item = &str>, Error> {
        Ok(index_lines(&self.data.errors, &self.errors)?.map(|(code, _)| code))
    }

    /// Returns the operations that document an error code. There are none if the code is unknown.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if a list is damaged.
    pub fn operations_with_error(&self, code: &str) -> Result<Vec<Operation<'_>>, Error> {
        self.indexed(&self.data.errors, &self.errors, code)
    }

    /// Returns the names of all parameters and of their members, sorted.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if the list of parameters is damaged.
    pub fn parameter_names(&self) -> Result<impl Iterator<Item = &str>, Error> {
        Ok(index_lines(&self.data.parameters, &self.parameters)?.map(|(name, _)| name))
    }

    /// Returns the operations that have a parameter, or a member of one, with this name. There are none if the name is
    /// unknown.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if a list is damaged.
    pub fn operations_with_parameter(&self, name: &str) -> Result<Vec<Operation<'_>>, Error> {
        self.indexed(&self.data.parameters, &self.parameters, name)
    }

    /// Returns the operations in the line of a word of an index.
    fn indexed(
        &self,
        data: &Packed,
        text: &OnceLock<Result<String, Error>>,
        word: &str,
    ) -> Result<Vec<Operation<'_>>, Error> {
        let damaged = || Error::damaged(data.path, format!("the operations of `{word}` are missing"));
        let Some((_, numbers)) = index_lines(data, text)?.find(|(known, _)| *known == word) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        let mut number: usize = 0;
        // The numbers are sorted, so each version is read only once.
        let mut versions = self.versions();
        let mut within: Option<(&ProductVersion, Vec<Operation<'_>>)> = None;
        for difference in numbers.split(' ') {
            let difference: usize = difference.parse().map_err(|_| damaged())?;
            number = number.saturating_add(difference);
            if within.as_ref().is_none_or(|(version, _)| !version.numbers().contains(&number)) {
                let version = versions.find(|version| version.numbers().contains(&number)).ok_or_else(damaged)?;
                within = Some((version, self.operations(version)?.collect()));
            }
            let operation =
                within.as_ref().and_then(|(version, operations)| operations.get(number.checked_sub(version.first)?));
            found.push(*operation.ok_or_else(damaged)?);
        }
        Ok(found)
    }

    /// Returns the endpoints of a version, without unpacking its spec files.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if the list of hosts is damaged.
    pub fn endpoints(&self, version: &ProductVersion) -> Result<Endpoints, Error> {
        read_endpoints(self.hosts.read(&self.data.hosts)?.line(version.index)).ok_or_else(|| {
            Error::damaged(self.data.hosts.path, format!("the hosts of {} are missing", version.folder()))
        })
    }

    /// Returns the methods and paths of the ROA operations of a version, without unpacking its spec files. RPC
    /// operations have none.
    ///
    /// # Errors
    ///
    /// [`Error::Damaged`] if the list of paths or of operations is damaged.
    pub fn routes<'c>(&'c self, version: &'c ProductVersion) -> Result<Vec<Route<'c>>, Error> {
        let line = self.paths.read(&self.data.paths)?.line(version.index);
        read_routes(line, self.operations(version)?.map(|operation| operation.name)).ok_or_else(|| {
            Error::damaged(self.data.paths.path, format!("the paths of {} are missing", version.folder()))
        })
    }
}

/// Returns the lines of an index: a word, and the numbers of the operations that have it. The index is unpacked when it
/// is first needed.
fn index_lines<'c>(
    data: &Packed,
    text: &'c OnceLock<Result<String, Error>>,
) -> Result<impl Iterator<Item = (&'c str, &'c str)> + use<'c>, Error> {
    let text = text.get_or_init(|| data.unpack()).as_ref().map_err(Clone::clone)?;
    Ok(text.lines().filter_map(|line| line.split_once('\t')))
}

fn read_operation<'c>(word: &'c str, version: &'c ProductVersion) -> Option<Operation<'c>> {
    let (effect, rest) = word.split_at_checked(1)?;
    let effect = match effect {
        "r" => Some(Effect::Read),
        "w" => Some(Effect::Write),
        "b" => Some(Effect::ReadAndWrite),
        "u" => None,
        _ => return None,
    };
    let name = rest.strip_prefix('!').unwrap_or(rest);
    Some(Operation { name, effect, deprecated: name.len() < rest.len(), version })
}
