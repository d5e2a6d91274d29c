//! The target of a call: an operation with or without a spec.

use alicloud_model::{Operation, Service, nearest};
use alicloud_runtime::Method;
use url::Url;

use crate::call::arguments::Arguments;
use crate::ending::Failure;
use crate::output::note;

pub(super) enum Target<'l> {
    /// An operation with a spec.
    Described { service: &'l Service, operation: &'l Operation },
    /// An operation without a spec; `known` is the product, in this version or another.
    Undescribed { known: Option<&'l Service>, product: String, version: String, operation: String, http: Http },
}

/// The HTTP properties of an operation without a spec.
pub(super) struct Http {
    pub(super) method: Method,
    pub(super) path: Option<String>,
    pub(super) body: Option<String>,
}

impl Http {
    fn of(arguments: &Arguments) -> Result<Self, Failure> {
        let known =
            [Method::Get, Method::Post, Method::Put, Method::Delete, Method::Patch, Method::Head, Method::Options];
        let method = match &arguments.method {
            None => Method::Post,
            Some(name) => {
                known.into_iter().find(|known| known.as_str().eq_ignore_ascii_case(name)).ok_or_else(|| {
                    Failure::new(format!("`{name}` is not a supported HTTP method")).help("such as `GET` or `POST`")
                })?
            }
        };
        if let Some(path) = arguments.path.as_deref().filter(|path| !is_path(path)) {
            return Err(Failure::new(format!("`{path}` is not a percent-encoded path")).help(
                "it begins with `/` and contains the encoded values, such as `/clusters/c1`; pass a query as parameters",
            ));
        }
        Ok(Self { method, path: arguments.path.clone(), body: arguments.body.clone() })
    }

    /// Whether any of them is given.
    fn is_given(arguments: &Arguments) -> bool {
        arguments.method.is_some() || arguments.path.is_some() || arguments.body.is_some()
    }
}

impl<'l> Target<'l> {
    /// Whether a spec describes the operation.
    pub(super) fn find_described(services: &'l [Service], arguments: &Arguments) -> Option<&'l Operation> {
        in_version(services, arguments).find_map(|service| service.operation(&arguments.operation))
    }

    /// Whether the specs have the product, or one with a similar name.
    pub(super) fn has_similar(services: &[Service], arguments: &Arguments) -> bool {
        let product = &arguments.product;
        named(services, product).next().is_some() || nearest(product, names(services)).is_some()
    }

    pub(super) fn find(services: &'l [Service], arguments: &Arguments) -> Result<Self, Failure> {
        let Arguments { product, operation: name, version, .. } = arguments;
        let named: Vec<&Service> = named(services, product).collect();
        let in_version: Vec<&Service> = in_version(services, arguments).collect();
        let mut found = in_version
            .iter()
            .filter_map(|service| Some(Self::Described { service, operation: service.operation(name)? }))
            .collect::<Vec<_>>();
        if found.len() > 1 {
            let versions: Vec<String> = in_version.iter().map(|service| format!("`{}`", service.version)).collect();
            return Err(Failure::new(format!("`{name}` exists in several versions of `{product}`"))
                .help(format!("select one with `--version`: {}", versions.join(" or "))));
        }
        if let Some(found) = found.pop() {
            if Http::is_given(arguments) {
                return Err(Failure::new(format!("`{name}` has a spec, which defines how it is sent"))
                    .help("`--method`, `--path` and `--body` are for operations without a spec"));
            }
            return Ok(found);
        }
        let operations = in_version.iter().flat_map(|service| &service.operations);
        let near = nearest(name, operations.map(|operation| operation.name.as_str()));
        let meant = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        if let Some(version) = version {
            let known = in_version.first().or(named.first()).copied();
            let product = known.map_or_else(|| product.clone(), |service| service.product.clone());
            note(&format!(
                "no spec describes `{name}` of {product} {version}, so nothing in the call is checked{meant}"
            ));
            if known.is_none() && arguments.connection.endpoint.is_none() {
                return Err(Failure::new(format!("the endpoint of `{product}` is unknown"))
                    .help("give one with `--endpoint`, such as `ecs.cn-hangzhou.aliyuncs.com`"));
            }
            let http = Http::of(arguments)?;
            return Ok(Self::Undescribed { known, product, version: version.clone(), operation: name.clone(), http });
        }
        if named.is_empty() {
            let failure = Failure::new(format!("there is no product `{product}`"));
            return Err(match nearest(product, names(services)) {
                Some(near) => failure.help(format!("did you mean `{near}`?")),
                None => failure.help("use `--version` and `--endpoint` to call a product without a spec"),
            });
        }
        let help = match near {
            Some(near) => format!("did you mean `{near}`? Use `--version` to call an operation without a spec"),
            None => "use `--version` to call an operation without a spec".to_owned(),
        };
        Err(Failure::new(format!("`{product}` has no operation `{name}` in the specs")).help(help))
    }
}

/// The names by which the products of the specs can be called.
fn names(services: &[Service]) -> impl Iterator<Item = &str> {
    services.iter().flat_map(|service| [service.product.as_str(), &service.feature, &service.module])
}

/// The versions of the product in the specs.
fn named<'l>(services: &'l [Service], product: &str) -> impl Iterator<Item = &'l Service> {
    let is_meant = move |service: &&Service| {
        [&service.product, &service.feature, &service.module].iter().any(|own| own.eq_ignore_ascii_case(product))
    };
    services.iter().filter(is_meant)
}

/// Those in the version that is called.
fn in_version<'l>(services: &'l [Service], arguments: &Arguments) -> impl Iterator<Item = &'l Service> {
    let version = arguments.version.as_ref();
    named(services, &arguments.product).filter(move |service| version.is_none_or(|version| *version == service.version))
}

/// Whether a path stays unchanged in a URL, so that it matches the signature.
fn is_path(path: &str) -> bool {
    let Ok(mut url) = Url::parse("https://host") else { return false };
    url.set_path(path);
    url.path() == path && !path.contains(['{', '}'])
}
