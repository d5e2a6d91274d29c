//! The products behind generated modules.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use alicloud_model::{Service, SourceFile, load_dir, load_sources};
use proc_macro2::TokenStream;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token};

use crate::specs;

/// The modules of the crate `alicloud`, loaded when they are first named.
#[derive(Debug, Default)]
pub(super) struct Sdk(RefCell<BTreeMap<String, Option<Rc<Service>>>>);

impl Sdk {
    /// Returns the product of a module. `None` if the crate has no such module.
    pub(super) fn product(&self, module: &str) -> Option<Rc<Service>> {
        // Everything else in the crate is a type, a trait or a function.
        if module.chars().any(|one| one.is_ascii_uppercase()) {
            return None;
        }
        let mut known = self.0.borrow_mut();
        if let Some(found) = known.get(module) {
            return found.clone();
        }
        let mut services = load_sources(&specs::bundled(module, None)).services;
        services.retain(|service| service.module == module && !service.operations.is_empty());
        let found = services.pop().map(Rc::new);
        known.insert(module.to_owned(), found.clone());
        found
    }

    /// Returns the products that were named.
    pub(super) fn loaded(&self) -> Vec<Rc<Service>> {
        self.0.borrow().values().flatten().cloned().collect()
    }
}

/// The arguments of `generate!`.
enum Arguments {
    Folder(String),
    Files(Vec<SourceFile>),
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let first: LitStr = input.parse()?;
        if input.is_empty() {
            return Ok(Self::Folder(first.value()));
        }
        let mut files = Vec::new();
        let mut path = first.value();
        loop {
            input.parse::<Token![=>]>()?;
            files.push(SourceFile { path, text: input.parse::<LitStr>()?.value() });
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
            if input.is_empty() {
                return Ok(Self::Files(files));
            }
            path = input.parse::<LitStr>()?.value();
        }
    }
}

/// Returns the products that `generate!` adds, or why they are not known. Its folder is below that of the `Cargo.toml`.
pub(super) fn generated(tokens: TokenStream, package: Option<&Path>) -> Result<Vec<Rc<Service>>, String> {
    let loaded = match syn::parse2(tokens).map_err(|_| "its arguments are no literals".to_owned())? {
        Arguments::Files(files) => load_sources(&files),
        Arguments::Folder(folder) => {
            let package = package.ok_or("there is no Cargo.toml above the file")?;
            let folder = package.join(&folder);
            load_dir(&folder, &folder.display().to_string(), None)
        }
    };
    match loaded.diagnostics.first() {
        Some(diagnostic) => Err(format!("its specs have errors, as `alicloud check` shows: {}", diagnostic.message)),
        None => Ok(loaded.services.into_iter().map(Rc::new).collect()),
    }
}
