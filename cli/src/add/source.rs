//! The source of operations: the catalogue, or a metadata document.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use alicloud_catalogue::{Catalogue, ProductVersion};
use alicloud_cli::import::{ImportedFiles, Options, convert};
use alicloud_model::nearest;

use crate::catalogue::{failure, is_alike};
use crate::ending::Failure;

/// The spec files of one product version.
pub(crate) struct Source {
    files: ImportedFiles,
    described: String,
    /// The version in the catalogue, if the files are from it.
    version: Option<&'static ProductVersion>,
}

impl Source {
    /// The files of the catalogue.
    pub(crate) fn catalogue(product: &str, version: Option<&str>) -> Result<Self, Failure> {
        let product = Catalogue::bundled().and_then(|catalogue| catalogue.find(product)).map_err(failure)?;
        let version = match version {
            Some(version) => product.version(version).map_err(failure)?,
            None => product.default_version(),
        };
        let files = Catalogue::bundled().and_then(|catalogue| catalogue.spec_files(version)).map_err(failure)?;
        let described = format!("{} of {}", files.source(), files.date());
        let files = ImportedFiles {
            product: version.product().to_owned(),
            version: version.version().to_owned(),
            folder: product.folder().to_owned(),
            files: files.files().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
        };
        Ok(Self { files, described, version: Some(version) })
    }

    /// The files that are imported from a document.
    pub(crate) fn document(path: &Path, product: &str, version: Option<&str>) -> Result<Self, Failure> {
        let bytes = read(path)?;
        let shown = if path.as_os_str() == "-" { "standard input".to_owned() } else { format!("`{}`", path.display()) };
        let converted = convert(&bytes, &Options::default())
            .map_err(|error| Failure::new(format!("{shown}: {}", error.message())).help(error.help()))?;
        let report = &converted.report;
        if !is_alike(product, &report.product) || version.is_some_and(|version| version != report.version) {
            let wanted = [Some(product), version].into_iter().flatten().collect::<Vec<_>>().join(" ");
            return Err(Failure::new(format!("{shown} is about {} {}, not {wanted}", report.product, report.version))
                .help("give the document of that product and version"));
        }
        let files = ImportedFiles {
            product: report.product.clone(),
            version: report.version.clone(),
            folder: converted.product_folder.clone(),
            files: converted.files(),
        };
        Ok(Self { files, described: shown, version: None })
    }

    pub(crate) fn files(&self) -> &ImportedFiles {
        &self.files
    }

    /// A description of the source.
    pub(crate) fn described(&self) -> &str {
        &self.described
    }

    /// Finds an operation in any spelling.
    pub(crate) fn operation(&self, name: &str) -> Result<String, Failure> {
        if let Some(version) = self.version {
            let found = Catalogue::bundled().and_then(|catalogue| catalogue.operation(version, name));
            return found.map(|operation| operation.name.to_owned()).map_err(failure);
        }
        let names = self.files.operations();
        let exactly = names.clone().find(|known| *known == name);
        if let Some(found) = exactly.or_else(|| names.clone().find(|known| is_alike(known, name))) {
            return Ok(found.to_owned());
        }
        let failure = Failure::new(format!("{} has no operation `{name}`", self.described));
        Err(match nearest(name, names) {
            Some(near) => failure.help(format!("did you mean `{near}`?")),
            None => failure.help("give the operation as in its API reference, such as `DescribeInstances`"),
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        io::stdin().read_to_end(&mut bytes).map(drop)
    } else {
        fs::read(path).map(|read| bytes = read)
    };
    match read {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Failure::new(format!("cannot read `{}`: {error}", path.display()))
            .help("check the path and its permissions; `-` reads the standard input")),
    }
}
