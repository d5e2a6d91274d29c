//! The tables.

use alicloud_benches::measured_command::Usage;
use alicloud_benches::synthetic_api::Shape;
use alicloud_benches::synthetic_crate::Crate;
use alicloud_benches::table::{self, median};

use crate::foreign::{ALI_ACS, AWS_SDK_IOT};
use crate::{COMPARED, Measured, SyntheticCost};

/// The size of the synthetic crates whose edit has a target.
const EDITED: usize = 400;

/// The medians of a crate.
struct Medians {
    wall: f64,
    cpu: f64,
    memory: f64,
}

fn medians(usages: &[Usage]) -> Medians {
    let of = |value: fn(&Usage) -> f64| median(usages.iter().map(value).collect());
    Medians { wall: of(|usage| usage.wall), cpu: of(|usage| usage.cpu), memory: of(|usage| usage.memory) }
}

pub(crate) fn print(measured: &Measured) {
    print_checks(measured);
    if !measured.products.is_empty() {
        print_products(measured);
    }
    if !measured.synthetic.is_empty() {
        print_synthetic(measured);
    }
    let bars = bars(measured);
    if !bars.is_empty() {
        println!("\nwhat was wanted\n");
        table::print(&["", "s", "CPU s", "at most", ""], &bars);
    }
}

fn print_checks(measured: &Measured) {
    let row = |name: &str, operations: usize, usages: &[Usage]| {
        let Medians { wall, cpu, memory } = medians(usages);
        let hundreds = operations as f64 / 100.0;
        vec![
            name.to_owned(),
            operations.to_string(),
            format!("{wall:.2}"),
            format!("{cpu:.2}"),
            format!("{:.2}", wall / hundreds),
            format!("{:.2}", cpu / hundreds),
            format!("{memory:.0}"),
        ]
    };
    let products = measured.products.iter().map(|(one, cost)| row(&one.name, one.operations, &cost.check));
    let published = measured.published.iter().map(|(one, usages)| row(one.name, one.operations, usages));
    let progenitor = measured.progenitor.iter();
    let progenitor = progenitor.map(|(operations, usages)| row("progenitor, ecs", *operations, usages));
    let synthetic = measured.synthetic.iter().map(|(one, cost)| row(&one.package(), one.operations, &cost.check));
    let rows: Vec<Vec<String>> = products.chain(published).chain(progenitor).chain(synthetic).collect();
    println!("\ncargo check of the crate alone, medians\n");
    table::print(&["crate", "operations", "check s", "CPU s", "s/100", "CPU s/100", "MiB"], &rows);
}

fn print_products(measured: &Measured) {
    let rows: Vec<Vec<String>> = measured
        .products
        .iter()
        .map(|(product, cost)| {
            let build = medians(&cost.build);
            vec![
                product.name.clone(),
                format!("{:.2}", build.wall),
                format!("{:.2}", build.cpu),
                format!("{:.0}", build.memory),
                format!("{:.2}", cost.passes.expansion),
                format!("{:.0} %", 100.0 * cost.passes.expansion / cost.passes.total),
                format!("{:.0}", product.lines as f64 / product.operations as f64),
                format!("{:.2}", median(cost.edited.clone())),
                format!("{:.2}", median(cost.added.clone())),
            ]
        })
        .collect();
    println!("\nthe products: cargo build; macro expansion; incremental check after one operation changed or came\n");
    let heads =
        ["product", "build s", "CPU s", "MiB", "macro s", "of check", "lines/op", "changed, check s", "added, check s"];
    table::print(&heads, &rows);
}

fn print_synthetic(measured: &Measured) {
    let row = |(one, cost): &(Crate, SyntheticCost)| vec![one.package(), format!("{:.2}", median(cost.edited.clone()))];
    let rows: Vec<Vec<String>> = measured.synthetic.iter().map(row).collect();
    println!("\nthe synthetic crates: incremental check after one operation changed\n");
    table::print(&["crate", "changed, check s"], &rows);
}

/// Returns a row for each target: the value in seconds, in CPU seconds, and the target.
fn bars(measured: &Measured) -> Vec<Vec<String>> {
    let row = |name: String, wall: f64, cpu: Option<f64>, bar: f64| {
        let digits = |value: f64| if value < 10.0 { format!("{value:.3}") } else { format!("{value:.0}") };
        let verdict = if wall <= bar { "met" } else { "missed" };
        let cpu = cpu.map_or("-".to_owned(), digits);
        vec![name, digits(wall), cpu, bar.to_string(), verdict.to_owned()]
    };
    let published = |name: &str| measured.published.iter().find(|(one, _)| one.name == name);
    let mut rows = Vec::new();
    for (product, cost) in &measured.products {
        let ours = medians(&cost.check);
        if let Some((one, usages)) = published(AWS_SDK_IOT.name) {
            let other = medians(usages);
            let per_operation = one.operations as f64 / product.operations as f64;
            let title = format!("{} to {}, per operation", product.name, one.name);
            let ratio = |ours: f64, other: f64| ours / other * per_operation;
            rows.push(row(title, ratio(ours.wall, other.wall), Some(ratio(ours.cpu, other.cpu)), 0.1));
        }
        if product.name == COMPARED {
            if let Some((one, usages)) = published(ALI_ACS.name) {
                let other = medians(usages);
                let title = format!("{} to {}", product.name, one.name);
                rows.push(row(title, ours.wall / other.wall, Some(ours.cpu / other.cpu), 0.2));
            }
            if let Some((_, usages)) = &measured.progenitor {
                let other = medians(usages);
                let title = format!("{} to progenitor", product.name);
                rows.push(row(title, ours.wall / other.wall, Some(ours.cpu / other.cpu), 0.25));
            }
        }
        rows.push(row(format!("{} check, MiB", product.name), ours.memory, None, 600.0));
    }
    let products = measured.products.iter().map(|(one, cost)| (one.name.clone(), &cost.edited));
    let synthetic = measured.synthetic.iter().filter(|(one, _)| one.operations == EDITED);
    let synthetic = synthetic.map(|(one, cost)| (one.package(), &cost.edited));
    for (name, edited) in products.chain(synthetic) {
        rows.push(row(format!("{name} changed, incremental check, s"), median(edited.clone()), None, 2.0));
    }
    for shape in Shape::ALL {
        let sizes: Vec<(f64, Medians)> = measured
            .synthetic
            .iter()
            .filter(|(one, _)| one.shape == shape)
            .map(|(one, cost)| (one.operations as f64, medians(&cost.check)))
            .collect();
        if sizes.len() > 1 {
            let per_operation = |value: fn(&Medians) -> f64| {
                let values: Vec<f64> = sizes.iter().map(|(operations, medians)| value(medians) / operations).collect();
                growth(&values)
            };
            let title = format!("{}, growth per operation", shape.name());
            rows.push(row(title, per_operation(|one| one.wall), Some(per_operation(|one| one.cpu)), 1.15));
        }
    }
    rows
}

/// Returns the maximum ratio of a value to an earlier one. Small crates take longer per operation, because of the fixed
/// cost of a crate. That does not count as growth.
fn growth(values: &[f64]) -> f64 {
    let mut least = f64::INFINITY;
    let mut most: f64 = 0.0;
    for value in values {
        least = least.min(*value);
        most = most.max(value / least);
    }
    most
}
