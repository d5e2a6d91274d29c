//! The compile time of generated code for whole products, compared with published crates.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a benchmark stops with a message if it fails, and it needs the clock"
)]

mod foreign;
mod openapi;
mod products;
mod report;

use std::path::PathBuf;

use alicloud_benches::cargo::{self, Cargo, Passes, touch};
use alicloud_benches::command_line::Arguments;
use alicloud_benches::measured_command::Usage;
use alicloud_benches::scratch::{self, write_workspace};
use alicloud_benches::synthetic_api::Shape;
use alicloud_benches::synthetic_crate::{Crate, Generator};

use crate::foreign::{ALI_ACS, AWS_SDK_IOT, Published, progenitor_package};
use crate::products::Product;

const USAGE: &str = "\
compile-scale [--document PATH]... [--rounds 3] [--operations 50,100,200,400,1000] [--prepare]
              [--skip-published] [--skip-progenitor] [--skip-growth]

Measures the compile time of all operations of the products in the metadata documents, of published crates, of the code
that progenitor generates for Ecs, and of synthetic crates with these numbers of operations.

--prepare only compiles the dependencies.";

/// The product that `ali-acs` and progenitor are compared with.
const COMPARED: &str = "ecs";

/// The measurements of a product.
#[derive(Default)]
struct ProductCost {
    check: Vec<Usage>,
    build: Vec<Usage>,
    passes: Passes,
    /// Seconds of an incremental check after an edit of one operation.
    edited: Vec<f64>,
    /// Seconds of an incremental check after one operation was added.
    added: Vec<f64>,
}

/// The measurements of a synthetic crate.
#[derive(Default)]
struct SyntheticCost {
    check: Vec<Usage>,
    /// Seconds of an incremental check after an edit of one operation.
    edited: Vec<f64>,
}

/// All measurements.
struct Measured {
    products: Vec<(Product, ProductCost)>,
    published: Vec<(&'static Published, Vec<Usage>)>,
    /// With the number of operations.
    progenitor: Option<(usize, Vec<Usage>)>,
    synthetic: Vec<(Crate, SyntheticCost)>,
}

fn main() {
    cargo::run_as_child();
    let flags = ["--prepare", "--skip-published", "--skip-progenitor", "--skip-growth"];
    let arguments = Arguments::read(USAGE, &flags, &["--document", "--rounds", "--operations"]);
    let rounds: usize = arguments.value("--rounds", 3);
    let documents: Vec<PathBuf> = arguments.repeated("--document").map(PathBuf::from).collect();
    let sizes = match arguments.has("--skip-growth") {
        true => Vec::new(),
        false => arguments.values("--operations", vec![50, 100, 200, 400, 1000]),
    };

    let workspace = scratch::workspace("compile-scale");
    let synthetic: Vec<Crate> = Shape::ALL
        .into_iter()
        .flat_map(|shape| sizes.iter().map(move |size| (shape, *size)))
        .map(|(shape, size)| Crate::new(&workspace, Generator::Alicloud, shape, size))
        .collect();
    let published = if arguments.has("--skip-published") { vec![] } else { vec![&ALI_ACS, &AWS_SDK_IOT] };
    let mut members: Vec<String> = synthetic.iter().map(Crate::package).collect();
    members.extend(published.iter().map(|one| one.user()));
    // The old crates must be removed before the new ones are written, and the members depend on the documents.
    write_workspace(&workspace, &[]);
    let products = if documents.is_empty() { Vec::new() } else { products::write_crate(&workspace, &documents) };
    let compared = products.iter().find(|product| product.name == COMPARED);
    let compared = compared.filter(|_| !arguments.has("--skip-progenitor"));
    let smallest_progenitor = Crate::new(&workspace, Generator::Progenitor, Shape::Flat, 1);
    if let Some(product) = compared {
        foreign::write_progenitor_crate(&workspace, &product.name, product.service());
        smallest_progenitor.write(&scratch::repository());
        members.extend([progenitor_package(&product.name), smallest_progenitor.package()]);
    }
    if !products.is_empty() {
        members.push(products::PACKAGE.to_owned());
    }
    for one in &synthetic {
        one.write(&scratch::repository());
    }
    for one in &published {
        one.write_user(&workspace);
    }
    scratch::write_manifest(&workspace, &members);

    let mut measured = Measured {
        progenitor: compared.map(|product| (product.operations, Vec::new())),
        products: products.into_iter().map(|product| (product, ProductCost::default())).collect(),
        published: published.into_iter().map(|one| (one, Vec::new())).collect(),
        synthetic: synthetic.into_iter().map(|one| (one, SyntheticCost::default())).collect(),
    };
    let cargo = Cargo { folder: workspace };
    measured.prepare(&cargo, &smallest_progenitor);
    if arguments.has("--prepare") {
        return;
    }
    for round in 1..=rounds {
        eprintln!("round {round} of {rounds}");
        measured.round(&cargo);
    }
    measured.details(&cargo, rounds);
    report::print(&measured);
}

/// Runs cargo, and prints its time.
fn run(cargo: &Cargo, arguments: &[&str]) -> Usage {
    let usage = cargo.measured(arguments, false);
    eprintln!("{:8.2} s  cargo {}", usage.wall, arguments.join(" "));
    usage
}

impl Measured {
    /// Compiles the dependencies, with the smallest crate of each kind.
    fn prepare(&self, cargo: &Cargo, smallest_progenitor: &Crate) {
        eprintln!("compiling the dependencies");
        if let Some((product, _)) = self.products.first() {
            run(cargo, &["build", "--package", products::PACKAGE, "--features", &product.name]);
            run(cargo, &["check", "--package", products::PACKAGE, "--features", &product.name]);
        }
        if let Some((one, _)) = self.synthetic.first() {
            run(cargo, &["check", "--package", &one.package()]);
        }
        for (one, _) in &self.published {
            run(cargo, &["check", "--package", &one.user()]);
        }
        if self.progenitor.is_some() {
            run(cargo, &["check", "--package", &smallest_progenitor.package()]);
        }
    }

    /// Compiles every crate without its dependencies.
    fn round(&mut self, cargo: &Cargo) {
        for (product, cost) in &mut self.products {
            for (command, usages) in [("check", &mut cost.check), ("build", &mut cost.build)] {
                touch(&product.lib());
                usages.push(run(cargo, &[&[command], &product.selection()[..]].concat()));
            }
        }
        for (one, usages) in &mut self.published {
            cargo.measured(&["clean", "--package", one.name], false);
            usages.push(run(cargo, &["check", "--package", &one.user()]));
        }
        if let Some((_, usages)) = &mut self.progenitor {
            touch(&cargo.folder.join(progenitor_package(COMPARED)).join("src/lib.rs"));
            usages.push(run(cargo, &["check", "--package", &progenitor_package(COMPARED)]));
        }
        for (one, cost) in &mut self.synthetic {
            touch(&one.lib());
            cost.check.push(run(cargo, &["check", "--package", &one.package()]));
        }
    }

    /// Measures compiler passes and incremental checks of each product. Runs last, because it changes specs.
    fn details(&mut self, cargo: &Cargo, rounds: usize) {
        for (product, cost) in &mut self.products {
            eprintln!("passes and incremental checks of {}", product.name);
            cost.passes = cargo.passes(&product.selection());
            cost.edited = cargo.checks_after(&product.selection(), rounds, |round| product.edit_operation(round));
            cost.added = cargo.checks_after(&product.selection(), rounds, |round| product.add_operation(round));
        }
        for (one, cost) in &mut self.synthetic {
            eprintln!("incremental checks of {}", one.package());
            cost.edited = cargo.checks_after(&["--package", &one.package()], rounds, |round| one.edit_operation(round));
        }
    }
}
