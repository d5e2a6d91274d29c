//! `alicloud search`: products, operations, parameters and error codes by words.

mod ranking;

use std::cmp::Reverse;
use std::collections::HashSet;

use alicloud_catalogue::{Catalogue, Operation, Product};
use alicloud_model::near;
use clap::Args;
use serde::Serialize;

use crate::catalogue::failure;
use crate::ending::{Ending, Failure};
use crate::output::{self, counted, print};
use crate::search::ranking::{Query, Rank};
use crate::terminal::TerminalText;

/// The maximum number of operations to name for a parameter or an error code.
const NAMED_OPERATIONS: usize = 3;

const AFTER_HELP: &str = "\
All words must occur, in any case. The best matches come first: the exact name, names that begin with the words, names with
these words, and names that contain them; then parameters and error codes. A word may be the name of a product.

Examples:
  alicloud search describe instances
  alicloud search ecs disk --limit 50
  alicloud search SecurityGroupId --product ecs        operations that have the parameter
  alicloud search IncorrectInstanceStatus              error codes; `alicloud explain` says more

Exit codes:
  0  something was found
  2  wrong usage, an unknown product, or nothing was found";

/// Finds operations, parameters and error codes by words
#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct Arguments {
    /// The words, such as `describe instances`
    #[arg(required = true)]
    words: Vec<String>,
    /// Search only this product
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// The maximum number of results of each kind
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// JSON for scripts
    #[arg(long)]
    json: bool,
}

/// The results, the best first, with the requested maximum for each kind.
#[derive(Serialize)]
struct Results<'c> {
    products: Kind<ProductEntry<'c>>,
    operations: Kind<OperationEntry<'c>>,
    parameters: Kind<NameEntry<'c>>,
    errors: Kind<NameEntry<'c>>,
}

#[derive(Serialize)]
struct Kind<T> {
    /// The total number.
    total: usize,
    first: Vec<T>,
}

#[derive(Serialize)]
struct ProductEntry<'c> {
    product: &'c str,
    folder: &'c str,
    version: &'c str,
    operations: usize,
}

#[derive(Serialize)]
struct OperationEntry<'c> {
    product: &'c str,
    folder: &'c str,
    version: &'c str,
    operation: &'c str,
    /// `read`, `write`, `readAndWrite` or `unknown`.
    effect: &'static str,
    deprecated: bool,
}

/// A parameter or an error code.
#[derive(Serialize)]
struct NameEntry<'c> {
    name: &'c str,
    /// The number of operations that have it.
    operations: usize,
    /// Some of them: the folder of the product and the operation.
    such_as: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Ending, Failure> {
    let catalogue = Catalogue::bundled().map_err(failure)?;
    let product = arguments.product.as_deref().map(|name| catalogue.find(name).map_err(failure)).transpose()?;
    let query = Query::new(&arguments.words);
    if query.is_empty() {
        return Err(Failure::new("there is nothing to search for").help("give words of letters or digits"));
    }
    let results = search(catalogue, &query, product, arguments.limit)?;
    if arguments.json {
        print(&output::json(&results)?)?;
    } else if results.is_empty() {
        return Err(nothing(catalogue, arguments, product));
    } else {
        results.page().print()?;
    }
    Ok(Ending::Fine)
}

fn search<'c>(
    catalogue: &'c Catalogue,
    query: &Query,
    within: Option<&'c Product>,
    limit: usize,
) -> Result<Results<'c>, Failure> {
    let (mut products, mut operations) = (Vec::new(), Vec::new());
    for product in catalogue.products().iter().filter(|product| is_within(product.folder(), within)) {
        let default = product.default_version();
        let rank = query.rank(product.name()).min(query.rank(product.folder()));
        if let Some(rank) = rank.filter(|_| within.is_none()) {
            products.push((rank, product));
        }
        let own_words = query.without_product(&[product.name(), product.folder()]);
        // An operation is listed once, with the default version or else the newest one that has it.
        let mut versions: Vec<_> = product.versions().iter().rev().collect();
        versions.sort_by_key(|version| version.version() != default.version());
        let mut seen = HashSet::new();
        for version in versions {
            for operation in catalogue.operations(version).map_err(failure)? {
                let rank = query.rank(operation.name);
                let rank = rank.or_else(|| own_words.as_ref().and_then(|words| words.rank(operation.name)));
                if let Some(rank) = rank
                    && seen.insert(operation.name)
                {
                    operations.push((rank, product, operation));
                }
            }
        }
    }
    products.sort_by_key(|(rank, product)| (*rank, Reverse(size(product)), product.folder()));
    operations.sort_by_key(|(rank, product, operation)| {
        // `DescribeVpcs` of the product `vpc` before that of others.
        let is_of_others = !operation.name.to_lowercase().contains(product.folder());
        (*rank, operation.deprecated, is_of_others, Reverse(size(product)), operation.name, product.folder())
    });
    let parameters = ranked(query, catalogue.parameter_names().map_err(failure)?);
    let errors = ranked(query, catalogue.error_codes().map_err(failure)?);
    Ok(Results {
        products: Kind {
            total: products.len(),
            first: products.into_iter().take(limit).map(|(_, product)| ProductEntry::new(product)).collect(),
        },
        operations: Kind {
            total: operations.len(),
            first: operations
                .into_iter()
                .take(limit)
                .map(|(_, product, operation)| OperationEntry::new(product, operation))
                .collect(),
        },
        parameters: Kind::of_names(parameters, within, limit, |name| catalogue.operations_with_parameter(name))?,
        errors: Kind::of_names(errors, within, limit, |code| catalogue.operations_with_error(code))?,
    })
}

/// The number of operations. Of products with the same operation, the larger one is listed first.
fn size(product: &Product) -> usize {
    product.default_version().operation_count()
}

fn is_within(folder: &str, within: Option<&Product>) -> bool {
    within.is_none_or(|product| product.folder() == folder)
}

fn ranked<'c>(query: &Query, names: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let mut ranked: Vec<(Rank, &str)> = names.filter_map(|name| Some((query.rank(name)?, name))).collect();
    ranked.sort_by_key(|(rank, name)| (*rank, name.len(), *name));
    ranked.into_iter().map(|(_, name)| name).collect()
}

fn folder<'c>(operation: &Operation<'c>) -> &'c str {
    let folder = operation.version.folder();
    folder.split_once('/').map_or(folder, |(folder, _)| folder)
}

impl<'c> Kind<NameEntry<'c>> {
    fn of_names(
        names: Vec<&'c str>,
        within: Option<&Product>,
        limit: usize,
        operations: impl Fn(&str) -> Result<Vec<Operation<'c>>, alicloud_catalogue::Error>,
    ) -> Result<Self, Failure> {
        let (mut total, mut first) = (0, Vec::new());
        for name in names {
            // Without a product, all names match. Operations are only looked up for the names that are shown.
            if first.len() == limit && within.is_none() {
                total += 1;
                continue;
            }
            let mut operations = operations(name).map_err(failure)?;
            operations.retain(|operation| is_within(folder(operation), within));
            if operations.is_empty() {
                continue;
            }
            total += 1;
            if first.len() < limit {
                first.push(NameEntry::new(name, operations));
            }
        }
        Ok(Self { total, first })
    }
}

impl<'c> ProductEntry<'c> {
    fn new(product: &'c Product) -> Self {
        let version = product.default_version();
        Self {
            product: product.name(),
            folder: product.folder(),
            version: version.version(),
            operations: version.operation_count(),
        }
    }
}

impl<'c> OperationEntry<'c> {
    fn new(product: &'c Product, operation: Operation<'c>) -> Self {
        Self {
            product: operation.version.product(),
            folder: product.folder(),
            version: operation.version.version(),
            operation: operation.name,
            effect: operation.effect.map_or("unknown", |effect| effect.as_str()),
            deprecated: operation.deprecated,
        }
    }
}

impl<'c> NameEntry<'c> {
    fn new(name: &'c str, mut operations: Vec<Operation<'c>>) -> Self {
        let count = operations.len();
        operations.sort_by_key(|operation| Reverse(operation.version.operation_count()));
        // One of each product, then others. Another version may have the same.
        let (mut such_as, mut others): (Vec<Operation<'_>>, Vec<Operation<'_>>) = (Vec::new(), Vec::new());
        for operation in operations {
            if such_as.iter().any(|one| folder(one) == folder(&operation)) {
                others.push(operation);
            } else {
                such_as.push(operation);
            }
        }
        such_as.append(&mut others);
        let mut named: Vec<String> = Vec::new();
        for operation in such_as {
            let shown = format!("{} {}", folder(&operation), operation.name);
            if named.len() < NAMED_OPERATIONS && !named.contains(&shown) {
                named.push(shown);
            }
        }
        Self { name, operations: count, such_as: named }
    }

    fn words(&self) -> String {
        let such_as = self.such_as.join(", ");
        let more = if self.operations > self.such_as.len() { ", …" } else { "" };
        format!("{}: {such_as}{more}", counted(self.operations, "operation"))
    }
}

impl Results<'_> {
    fn is_empty(&self) -> bool {
        let Self { products, operations, parameters, errors } = self;
        [products.total, operations.total, parameters.total, errors.total].iter().all(|total| *total == 0)
    }

    fn page(&self) -> TerminalText {
        let mut page = TerminalText::new();
        section(&mut page, "Products", &self.products, |page, entry| {
            let words = format!("{} {}, {}", entry.product, entry.version, counted(entry.operations, "operation"));
            page.entry(2, entry.folder, &words);
        });
        section(&mut page, "Operations", &self.operations, |page, entry| {
            let effect = if entry.effect == "readAndWrite" { "read and write" } else { entry.effect };
            let deprecated = if entry.deprecated { ", deprecated" } else { "" };
            let words = format!("{}, {effect}{deprecated}", entry.version);
            page.entry(2, &format!("{} {}", entry.folder, entry.operation), &words);
        });
        section(&mut page, "Parameters", &self.parameters, |page, entry| page.entry(2, entry.name, &entry.words()));
        section(&mut page, "Error codes", &self.errors, |page, entry| page.entry(2, entry.name, &entry.words()));
        page
    }
}

fn section<T>(page: &mut TerminalText, title: &str, kind: &Kind<T>, entry: impl Fn(&mut TerminalText, &T)) {
    if kind.total == 0 {
        return;
    }
    page.heading(title);
    kind.first.iter().for_each(|one| entry(page, one));
    if kind.total > kind.first.len() {
        page.paragraph(2, &format!("… and {} more; `--limit` shows them", kind.total - kind.first.len()));
    }
}

fn nothing(catalogue: &Catalogue, arguments: &Arguments, product: Option<&Product>) -> Failure {
    let shown = arguments.words.join(" ");
    let message = match product {
        Some(product) => format!("nothing of {} matches `{shown}`", product.name()),
        None => format!("nothing matches `{shown}`"),
    };
    let products = || catalogue.products().iter().filter(|one| is_within(one.folder(), product));
    let mut names: Vec<&str> = products().map(Product::name).collect();
    for version in products().flat_map(Product::versions) {
        names.extend(catalogue.operations(version).into_iter().flatten().map(|operation| operation.name));
    }
    let near = near(&arguments.words.concat(), names);
    let near: Vec<String> = near.iter().take(NAMED_OPERATIONS).map(|name| format!("`{name}`")).collect();
    Failure::new(message).help(match near.as_slice() {
        [] => "use fewer or shorter words".to_owned(),
        near => format!("did you mean {}?", near.join(" or ")),
    })
}
