//! The second stage: compiles all checked operations in batches, and identifies those that do not compile.

use std::collections::BTreeMap;

use alicloud_benches::measured_command::Usage;

use crate::blame::{Printed, reason};
use crate::compiler::{Cargo, CompileError};
use crate::scratch::{Batch, Task, Workspace, pack};
use crate::state::Compiled;

/// Receives progress.
pub(crate) trait Listener {
    /// Called when a document is compiled.
    fn done(&mut self, document: &str, compiled: Compiled) -> Result<(), String>;
    /// Called when a crate with this number of operations is compiled.
    fn batch(&mut self, operations: usize, usage: Usage);
    /// Called with other messages.
    fn note(&mut self, text: &str);
}

/// Compiles all tasks, with at most `most` operations per crate.
pub(crate) fn compile(
    tasks: Vec<Task>,
    most: usize,
    cargo: &Cargo,
    workspace: &Workspace<'_>,
    code: &str,
    listener: &mut impl Listener,
) -> Result<(), String> {
    let mut waiting = pack(tasks, most);
    let mut number = 0;
    while !waiting.is_empty() {
        let batches: Vec<Batch> = waiting
            .drain(..)
            .map(|tasks| {
                number += 1;
                Batch { package: format!("batch_{number:04}"), tasks }
            })
            .collect();
        workspace.write(&batches)?;
        let packages: Vec<String> = batches.iter().map(|batch| batch.package.clone()).collect();
        let failures = cargo.check(&packages, |package, usage| {
            let Some(batch) = batches.iter().find(|batch| batch.package == package) else { return Ok(()) };
            let seconds_each = usage.wall / batch.operations().max(1) as f64;
            for task in &batch.tasks {
                let compiled = Compiled {
                    code: code.to_owned(),
                    compiled: task.operations.len(),
                    failed: task.failed.clone(),
                    seconds: seconds_each * task.operations.len() as f64,
                    mib: usage.memory,
                };
                listener.done(&task.document, compiled)?;
            }
            listener.batch(batch.operations(), usage);
            Ok(())
        })?;
        let failed: Vec<Batch> = batches.into_iter().filter(|batch| failures.contains_key(&batch.package)).collect();
        if failed.is_empty() {
            break;
        }
        waiting = without_failures(failed, &failures, cargo, workspace, code, listener)?;
    }
    Ok(())
}

/// Removes the operations that do not compile, and returns the rest, which is compiled again.
fn without_failures(
    failed: Vec<Batch>,
    failures: &BTreeMap<String, Vec<CompileError>>,
    cargo: &Cargo,
    workspace: &Workspace<'_>,
    code: &str,
    listener: &mut impl Listener,
) -> Result<Vec<Vec<Task>>, String> {
    listener.note(&format!("crates that do not compile: {}; looking for the operations", failed.len()));
    let errors_of = |package: &str| failures.get(package).map(Vec::as_slice).unwrap_or_default();
    let printed: Vec<(String, Printed)> = failed
        .iter()
        .filter(|batch| !errors_of(&batch.package).is_empty())
        .map(|batch| (batch.package.clone(), Printed::new(&workspace.specs_of(&batch.package))))
        .collect();
    let texts: Vec<(String, String)> =
        printed.iter().map(|(package, printed)| (package.clone(), printed.text())).collect();
    let packages: Vec<String> = texts.iter().map(|(package, _)| package.clone()).collect();
    let mut found: BTreeMap<String, Vec<CompileError>> = BTreeMap::new();
    if !packages.is_empty() {
        workspace.write_texts(&texts)?;
        found = cargo.check(&packages, |_, _| Ok(()))?;
    }
    let mut waiting = Vec::new();
    for mut batch in failed {
        let mut culprits = Vec::new();
        if let Some(at) = printed.iter().position(|(package, _)| *package == batch.package) {
            let (package, printed) = &printed[at];
            let errors = found.get(package).map(Vec::as_slice).unwrap_or_default();
            culprits.extend(errors.iter().filter_map(|error| printed.culprit(error)));
            culprits.extend(printed.culprits.iter().cloned());
        }
        // An error of an operation can also cause errors in shared code.
        if culprits.iter().any(|culprit| culprit.operation.is_some()) {
            culprits.retain(|culprit| culprit.operation.is_some());
        }
        let mut is_smaller = false;
        for culprit in &culprits {
            for task in batch.tasks.iter_mut().filter(|task| task.folder == culprit.folder) {
                match &culprit.operation {
                    Some(operation) => is_smaller |= task.fail(operation, &culprit.reason, &culprit.detail),
                    None => {
                        is_smaller |= !task.operations.is_empty();
                        task.fail_all(&culprit.reason, &format!("in shared code: {}", culprit.detail));
                    }
                }
            }
        }
        if !is_smaller {
            if batch.tasks.len() > 1 {
                waiting.extend(batch.halves());
                continue;
            }
            let (reason, detail) = match errors_of(&batch.package).first() {
                Some(error) => (reason(error), error.message.clone()),
                None => ("killed".to_owned(), "the compiler was killed; is there enough memory?".to_owned()),
            };
            batch.tasks.iter_mut().for_each(|task| task.fail_all(&reason, &detail));
        }
        let (left, over): (Vec<Task>, Vec<Task>) =
            batch.tasks.into_iter().partition(|task| !task.operations.is_empty());
        for task in over {
            listener
                .done(&task.document, Compiled { code: code.to_owned(), failed: task.failed, ..Compiled::default() })?;
        }
        if !left.is_empty() {
            waiting.push(left);
        }
    }
    Ok(waiting)
}
