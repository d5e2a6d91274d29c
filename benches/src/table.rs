//! Plain tables on standard output.

/// The environment variable with which tables are printed for programs: one row per line, with a tab after each cell.
pub const TABS: &str = "ALICLOUD_BENCHES_TABS";

/// Prints rows below their headings. The first column is aligned to the left, and the numbers to the right.
pub fn print(heads: &[&str], rows: &[Vec<String>]) {
    if std::env::var_os(TABS).is_some() {
        println!("{}\t", heads.join("\t"));
        rows.iter().for_each(|row| println!("{}\t", row.join("\t")));
        return;
    }
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let mut widths: Vec<usize> = heads.iter().map(|head| head.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for row in std::iter::once(&heads).chain(rows) {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(
                |(column, (cell, width))| {
                    if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                },
            )
            .collect();
        println!("{}", cells.join("  "));
    }
}

/// Returns the median.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Prints the time of each case, with its ratio to the first; and the instructions, if they were counted.
pub fn print_cases(unit: &str, names: &[&str], times: &[f64], instructions: Option<&[f64]>) {
    let mut heads = vec!["", unit, "x"];
    if instructions.is_some() {
        heads.extend(["instructions", "x"]);
    }
    let rows: Vec<Vec<String>> = names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let ratio = |values: &[f64]| format!("{:.2}", values[index] / values[0]);
            let mut row = vec![(*name).to_owned(), format!("{:.0}", times[index]), ratio(times)];
            if let Some(counts) = instructions {
                row.extend([format!("{:.0}", counts[index]), ratio(counts)]);
            }
            row
        })
        .collect();
    print(&heads, &rows);
}
