//! The spec files of the operations that were written by hand. Loading the thousands of imported ones takes long.

use alicloud_model::{Service, SourceFile, load_sources};

const NAMES: [&str; 5] = [
    "DeleteActivation",
    "DeleteOTAFirmware",
    "InactivateDeviceCertificate",
    "ResetThing",
    "UnRegisterDeviceCredential",
];
const VERSIONS: [&str; 3] = ["ecs/2014-05-26", "iot/2018-01-20", "onsmqtt/2020-04-20"];

pub(crate) fn files() -> Vec<SourceFile> {
    let is_one = |file: &SourceFile| {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or_default();
        let name = name.trim_end_matches(".yaml");
        VERSIONS.contains(&folder) && (name == "service" || NAMES.contains(&name))
    };
    alicloud_emulator::bundled_specs().into_iter().filter(is_one).collect()
}

pub(crate) fn services() -> Vec<Service> {
    let loaded = load_sources(&files());
    let report: Vec<String> = loaded.diagnostics.iter().map(ToString::to_string).collect();
    assert!(report.is_empty(), "{}", report.join("\n\n"));
    loaded.services
}
