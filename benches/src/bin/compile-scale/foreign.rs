//! The alternatives: published crates with the operations of one service, and code that progenitor generates.

use std::path::Path;

use alicloud_benches::scratch::{PROGENITOR_DEPENDENCIES, package_manifest, write};
use alicloud_model::Service;

use crate::openapi;

/// A published crate, which is compiled as the dependency of an empty one.
pub(crate) struct Published {
    pub(crate) name: &'static str,
    version: &'static str,
    features: &'static str,
    /// The number in this version.
    pub(crate) operations: usize,
}

pub(crate) const ALI_ACS: Published =
    Published { name: "ali-acs", version: "0.8.0", features: "\"ecs\"", operations: 358 };
/// The features, without the HTTP client.
pub(crate) const AWS_SDK_IOT: Published =
    Published { name: "aws-sdk-iot", version: "1.135.0", features: "\"rt-tokio\"", operations: 272 };

impl Published {
    /// Returns the package of the empty crate.
    pub(crate) fn user(&self) -> String {
        format!("{}-user", self.name)
    }

    pub(crate) fn write_user(&self, workspace: &Path) {
        let Self { name, version, features, .. } = self;
        let dependency =
            format!("{name} = {{ version = \"={version}\", default-features = false, features = [{features}] }}\n");
        let folder = workspace.join(self.user());
        write(&folder.join("Cargo.toml"), &package_manifest(&self.user(), &dependency, &[]));
        write(&folder.join("src/lib.rs"), "");
    }
}

/// Returns the package of progenitor's code for a product.
pub(crate) fn progenitor_package(product: &str) -> String {
    format!("progenitor-{product}")
}

pub(crate) fn write_progenitor_crate(workspace: &Path, product: &str, service: &Service) {
    let folder = workspace.join(progenitor_package(product));
    let manifest = package_manifest(&progenitor_package(product), PROGENITOR_DEPENDENCIES, &[]);
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("openapi.json"), &format!("{:#}", openapi::document(service)));
    write(&folder.join("src/lib.rs"), "progenitor::generate_api!(\"openapi.json\");\n");
}
