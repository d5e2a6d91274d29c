//! The spec files of all operations of Alibaba Cloud, compressed, and a reader.
//!
//! [`Catalogue::bundled`] reads the index. It finds products and operations by name, in any spelling. The spec files of
//! one product version are one compressed block, which [`Catalogue::spec_files`] unpacks. They are the output of
//! `alicloud import`.
//!
//! ```
//! # fn main() -> Result<(), alicloud_catalogue::Error> {
//! use alicloud_catalogue::Catalogue;
//!
//! let catalogue = Catalogue::bundled()?;
//! let product = catalogue.find("vpc")?;
//! let version = product.default_version();
//! let operation = catalogue.operation(version, "describe-vpcs")?;
//! assert_eq!(operation.name, "DescribeVpcs");
//!
//! let files = catalogue.spec_files(version)?;
//! let yaml = files.operation(operation.name).expect("every operation of the index has a file");
//! assert!(yaml.starts_with("operation: DescribeVpcs\n"));
//! # Ok(())
//! # }
//! ```
//!
//! The folder `data` and `src/bundled.rs` are generated from official API metadata, with the command in
//! `benches/README.md`.

mod bundled;
mod catalogue;
mod error;
mod lines;
mod packed;
mod products;
mod routing;
mod spec_files;
mod spelling;

pub use catalogue::{Catalogue, Operation};
pub use error::Error;
pub use packed::{Data, Packed};
pub use products::{Product, ProductVersion};
pub use routing::Route;
pub use spec_files::SpecFiles;
