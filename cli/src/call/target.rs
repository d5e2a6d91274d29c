//! What is called: an operation of the specs, or one by its name alone.

use alicloud_model::{Operation, Service};

use crate::call::Arguments;
use crate::ending::Failure;
use crate::nearest::nearest;
use crate::output::note;

pub(super) enum Target<'l> {
    /// A spec describes it.
    Described { service: &'l Service, operation: &'l Operation },
    /// No spec does; `known` is the product, in this version or another.
    Undescribed { known: Option<&'l Service>, product: String, version: String, operation: String },
}

impl<'l> Target<'l> {
    pub(super) fn find(services: &'l [Service], arguments: &Arguments) -> Result<Self, Failure> {
        let Arguments { product, operation: name, version, .. } = arguments;
        let is_meant = |service: &&Service| {
            [&service.product, &service.feature, &service.module].iter().any(|own| own.eq_ignore_ascii_case(product))
        };
        let named: Vec<&Service> = services.iter().filter(is_meant).collect();
        let is_version = |service: &&Service| version.as_ref().is_none_or(|version| *version == service.version);
        let in_version: Vec<&Service> = named.iter().copied().filter(is_version).collect();
        let mut found = in_version
            .iter()
            .filter_map(|service| Some(Self::Described { service, operation: service.operation(name)? }))
            .collect::<Vec<_>>();
        if found.len() > 1 {
            let versions: Vec<String> = in_version.iter().map(|service| format!("`{}`", service.version)).collect();
            return Err(Failure::new(format!("`{name}` is in several versions of `{product}`"))
                .help(format!("say which with `--version`: {}", versions.join(" or "))));
        }
        if let Some(found) = found.pop() {
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
            if known.is_none() && arguments.endpoint.is_none() {
                return Err(Failure::new(format!("no endpoint of `{product}` is known"))
                    .help("give one with `--endpoint`, such as `ecs.cn-hangzhou.aliyuncs.com`"));
            }
            return Ok(Self::Undescribed { known, product, version: version.clone(), operation: name.clone() });
        }
        if named.is_empty() {
            let names =
                services.iter().flat_map(|service| [service.product.as_str(), &service.feature, &service.module]);
            let failure = Failure::new(format!("no product is called `{product}`"));
            return Err(match nearest(product, names) {
                Some(near) => failure.help(format!("did you mean `{near}`?")),
                None => {
                    failure.help("with `--version` and `--endpoint` a product can be called that no spec describes")
                }
            });
        }
        let help = match near {
            Some(near) => format!("did you mean `{near}`? With `--version` one can be called that no spec describes"),
            None => "with `--version` one can be called that no spec describes".to_owned(),
        };
        Err(Failure::new(format!("`{product}` has no operation `{name}` in the specs")).help(help))
    }
}
