//! The operations that Rust code calls.
//!
//! A call is recognized by types: the path of a request or of a client leads, through imports, to a module of the crate
//! `alicloud` or of `generate!`. A call whose types are unknown is reported.

mod calls;
mod crate_files;
mod names;
mod place;
mod services;
mod types;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::rc::Rc;
use std::thread;

use super::needed::{Need, Needs};
use crate::ending::Failure;
use calls::Calls;
use crate_files::Files;

/// The stack of the thread that reads the code: expressions can be deep.
const STACK: usize = 256 << 20;

/// Adds the operations that the code at these paths calls.
pub(super) fn read(paths: &[PathBuf], needs: &mut Needs) -> Result<(), Failure> {
    if paths.is_empty() {
        return Ok(());
    }
    thread::scope(|scope| {
        let work = || read_here(paths, needs);
        let running = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let running = running.map_err(|error| Failure::new(format!("cannot start a thread: {error}")))?;
        running.join().unwrap_or_else(|_| Err(Failure::new("the code cannot be read; this is a bug")))
    })
}

fn read_here(paths: &[PathBuf], needs: &mut Needs) -> Result<(), Failure> {
    let Files { crates, code, mut unresolved, .. } = Files::read(paths)?;
    for (module, of) in crates.modules.iter().enumerate() {
        crates.name_imports(module, &of.imports);
    }
    // A product of the SDK is known once a path names it, so the code is looked through until all are.
    let mut services = crates.services();
    let found = loop {
        let found: Vec<Calls<'_>> = code.iter().map(|code| Calls::find(&crates, &services, code)).collect();
        let all = crates.services();
        if all.len() == services.len() {
            break found.into_iter().map(|calls| (calls.found, calls.doubts, calls.unresolved)).collect::<Vec<_>>();
        }
        drop(found);
        services = all;
    };
    let mut known = BTreeSet::new();
    let mut doubts = Vec::new();
    for (found, doubted, not_known) in found {
        for call in found {
            known.insert((call.service.product.clone(), call.service.version.clone(), call.operation.clone()));
            let Some(operation) = call.service.operation(&call.operation) else { continue };
            needs.add(Need::new(&call.service, operation), call.place.to_string());
        }
        doubts.extend(doubted);
        unresolved.extend(not_known);
    }
    let is_open = |(service, operation): &(Rc<alicloud_model::Service>, String)| {
        !known.contains(&(service.product.clone(), service.version.clone(), operation.clone()))
    };
    // Whatever a call may be, it changes nothing if the policy has all of that.
    let open = doubts.into_iter().filter(|doubt| doubt.candidates.iter().any(is_open));
    unresolved.extend(open.map(|doubt| doubt.unresolved));
    unresolved.sort_by(|one, other| one.place.cmp(&other.place));
    needs.unresolved.extend(unresolved.into_iter().map(|one| format!("{}: {}", one.place, one.problem)));
    Ok(())
}
