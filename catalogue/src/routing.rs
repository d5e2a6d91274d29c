//! The data with which a gateway finds the operation of a request: the hosts of products, and the paths of ROA
//! operations.

use alicloud_model::{Endpoints, Hosts};

/// The HTTP methods and the path of a ROA operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Route<'c> {
    /// The name of the operation.
    pub operation: &'c str,
    /// The path with placeholders, such as `/clusters/{ClusterId}`.
    pub path: &'c str,
    methods: &'c str,
}

impl Route<'_> {
    /// Whether the operation accepts this HTTP method.
    pub fn accepts(&self, method: &str) -> bool {
        self.methods.split(',').any(|known| known == method)
    }
}

/// Reads a line of the list of hosts. Returns `None` if it is damaged.
pub(crate) fn read_endpoints(line: &str) -> Option<Endpoints> {
    let mut cells = line.split('\t');
    let mut network = || {
        let (host, regions, exceptions) = (cells.next()?, cells.next()?, cells.next()?);
        let exceptions = exceptions.split_terminator(' ').map(|exception| {
            let (region, host) = exception.split_once('=')?;
            Some((region.to_owned(), host.to_owned()))
        });
        Some(Hosts {
            host: host.to_owned(),
            regions: regions.split_terminator(' ').map(str::to_owned).collect(),
            exceptions: exceptions.collect::<Option<_>>()?,
        })
    };
    Some(Endpoints { public: network()?, vpc: network()? })
}

/// Reads a line of the list of paths, which has a cell for each operation. Returns `None` if it is damaged.
pub(crate) fn read_routes<'c>(line: &'c str, operations: impl Iterator<Item = &'c str>) -> Option<Vec<Route<'c>>> {
    let mut routes = Vec::new();
    let mut cells = line.split('\t');
    for operation in operations {
        let cell = cells.next()?;
        if !cell.is_empty() {
            let (methods, path) = cell.split_once(' ')?;
            routes.push(Route { operation, path, methods });
        }
    }
    cells.next().is_none().then_some(routes)
}
