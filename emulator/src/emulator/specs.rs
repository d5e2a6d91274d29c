//! The specs to serve.

use std::path::PathBuf;

use alicloud_model::{Diagnostic, Loaded, Service, SourceFile, load_dir, load_sources};

use crate::emulator::start_error::StartError;

/// The sources of the specs.
#[derive(Debug, Default)]
pub(crate) struct SpecSources {
    pub(crate) folders: Vec<PathBuf>,
    pub(crate) sources: Vec<SourceFile>,
}

impl SpecSources {
    pub(crate) fn services(&self) -> Result<Vec<Service>, StartError> {
        let mut services = Vec::new();
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        let mut take = |loaded: Loaded| {
            services.extend(loaded.services);
            diagnostics.extend(loaded.diagnostics);
        };
        for folder in &self.folders {
            take(load_dir(folder, &folder.display().to_string(), None));
        }
        take(load_sources(&self.sources));
        if diagnostics.is_empty() { Ok(services) } else { Err(StartError::Specs(diagnostics)) }
    }
}
