//! The known spec of an operation, which a page is compared with.

use std::collections::BTreeMap;

use std::path::Path;

use alicloud_model::{ApiStyle, Field, Operation, Outcome, Service, SharedTypes, SourceFile, Type, load_dir};

use super::draft::{DraftField, Kind, Sourced};
use super::samples::Shape;

/// The known spec of an operation.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Known {
    /// The operation.
    pub operation: Operation,
    /// The shared types of its product.
    pub types: SharedTypes,
    /// The location of the spec, for messages.
    pub place: String,
}

/// A product that is known, with the files that an operation of it is checked with.
#[derive(Clone, Debug)]
pub struct KnownProduct {
    /// The folder of the version, `<product>/<version>`.
    pub folder: String,
    /// The product's `service.yaml`, and its `types.yaml` if it has one, with their paths below the specs folder.
    pub files: Vec<SourceFile>,
    /// Whether the specs folder lacks these files, so that they must be written beside the draft.
    pub is_new: bool,
    /// The style of operations without their own.
    pub style: ApiStyle,
    /// How a 2xx body reports failure in this product.
    pub outcome: Option<Outcome>,
    /// The known spec of the operation.
    pub operation: Option<Known>,
}

/// Specs that pages are compared with.
pub trait KnownSpecs {
    /// Finds a product by its name, in any case, and its version, as far as they are known, and the operation in it.
    ///
    /// If several products fit, none is found.
    fn find(&self, product: Option<&str>, version: Option<&str>, operation: &str) -> Option<KnownProduct>;
}

/// The specs of a folder.
#[derive(Debug, Default)]
pub struct SpecFolder {
    place: String,
    services: Vec<Service>,
    files: Vec<SourceFile>,
}

impl SpecFolder {
    /// Reads a folder of specs. Operations with errors are omitted.
    pub fn load(folder: &Path) -> Self {
        let place = folder.display().to_string();
        let loaded = load_dir(folder, &place, None);
        let shared = loaded
            .files
            .iter()
            .filter(|path| path.file_name().is_some_and(|name| name == "service.yaml" || name == "types.yaml"));
        let files = shared.filter_map(|path| {
            let text = std::fs::read_to_string(path).ok()?;
            let relative = path.strip_prefix(folder).ok()?;
            let parts: Vec<String> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            Some(SourceFile { path: parts.join("/"), text })
        });
        Self { place, files: files.collect(), services: loaded.services }
    }
}

impl KnownSpecs for SpecFolder {
    fn find(&self, product: Option<&str>, version: Option<&str>, operation: &str) -> Option<KnownProduct> {
        let bare = |name: &str| name.to_ascii_lowercase().replace(['-', '_'], "");
        let fits = |service: &&Service| {
            let is_product = product.is_none_or(|product| {
                [&service.product, &service.feature].iter().any(|name| bare(name) == bare(product))
            });
            is_product
                && version.is_none_or(|version| version == service.version)
                // Without a name, only the operation identifies the product.
                && (product.is_some() && version.is_some() || service.operation(operation).is_some())
        };
        let mut found = self.services.iter().filter(fits);
        let service = found.next().filter(|_| found.next().is_none())?;
        let folder = format!("{}/{}", service.feature, service.version);
        let files = self.files.iter().filter(|file| file.path.starts_with(&format!("{folder}/"))).cloned().collect();
        let place = format!("{}/{folder}/{operation}.yaml", self.place);
        Some(KnownProduct {
            folder,
            files,
            is_new: false,
            style: service.style,
            outcome: service.outcome.clone(),
            operation: Known::of(service, operation, &place),
        })
    }
}

/// The specs of a folder and, for operations that it lacks, other specs.
pub(crate) struct FolderAndOthers<'s> {
    pub(crate) folder: Option<SpecFolder>,
    pub(crate) others: &'s dyn KnownSpecs,
}

impl KnownSpecs for FolderAndOthers<'_> {
    fn find(&self, product: Option<&str>, version: Option<&str>, operation: &str) -> Option<KnownProduct> {
        let found = self.folder.as_ref().and_then(|folder| folder.find(product, version, operation));
        let Some(mut found) = found else { return self.others.find(product, version, operation) };
        if found.operation.is_none() {
            let other = self.others.find(product, version, operation).filter(|other| other.folder == found.folder);
            // The folder may lack the shared types of the other specs, or have others with their names.
            found.operation =
                other.and_then(|other| other.operation).filter(|known| known.types.iter().next().is_none());
        }
        Some(found)
    }
}

/// Deeper types end here, because shared ones may contain themselves.
const DEEPEST: usize = 6;

impl Known {
    /// The spec of an operation in a product that was loaded.
    pub fn of(service: &Service, operation: &str, place: &str) -> Option<Self> {
        let operation = service.operation(operation)?.clone();
        Some(Self { operation, types: service.types.clone(), place: place.to_owned() })
    }

    /// The nesting of the parameters.
    pub(crate) fn request_shape(&self) -> Option<Shape> {
        let fields: Vec<&Field> = self.operation.parameters.iter().map(|parameter| &parameter.field).collect();
        Some(self.object(fields.iter().copied(), true, 0)).filter(|_| !fields.is_empty())
    }

    /// The nesting of the response's fields.
    pub(crate) fn response_shape(&self) -> Option<Shape> {
        let fields = &self.operation.response;
        Some(self.object(fields.iter(), false, 0)).filter(|_| !fields.is_empty())
    }

    fn object<'f>(&self, fields: impl Iterator<Item = &'f Field>, is_request: bool, depth: usize) -> Shape {
        let members: BTreeMap<String, Shape> =
            fields.map(|field| (field.name.clone(), self.shape(&field.ty, is_request, depth + 1))).collect();
        Shape::Object(members)
    }

    fn shape(&self, ty: &Type, is_request: bool, depth: usize) -> Shape {
        if depth > DEEPEST {
            return Shape::Nothing;
        }
        let fields = if is_request { self.types.members_of(ty) } else { self.types.fields_of(ty) };
        if let Some(fields) = fields {
            return self.object(fields.iter(), is_request, depth);
        }
        match ty {
            Type::List(item) => Shape::List(Box::new(self.shape(item, is_request, depth))),
            Type::Boolean => Shape::Boolean(String::new()),
            Type::Integer | Type::Long | Type::Float | Type::Double => Shape::Number(String::new()),
            Type::String => Shape::Text(String::new()),
            _ => Shape::Nothing,
        }
    }
}

/// The Rust name that a spec gives a field, if it is not the usual one.
pub(crate) fn custom_rust_name(field: &Field) -> Option<String> {
    let usual = alicloud_model::naming::snake(&field.name);
    let setter = alicloud_model::naming::setter(&field.name);
    let is_usual = [usual, setter].into_iter().flatten().any(|usual| usual == field.rust_name);
    (!is_usual).then(|| field.rust_name.clone())
}

/// A known type as a draft has it.
pub(crate) fn kind_of(types: &SharedTypes, ty: &Type, is_request: bool, depth: usize) -> Option<Kind> {
    if depth > 6 {
        return None;
    }
    Some(match ty {
        Type::Shared(shared) => Kind::Shared(shared.name.clone()),
        Type::Object(object) => {
            let fields = object.fields.iter().map(|field| known_field(types, field, is_request, depth + 1));
            Kind::Object(fields.collect::<Option<Vec<DraftField>>>()?)
        }
        Type::List(item) => Kind::List(Box::new(kind_of(types, item, is_request, depth + 1)?)),
        Type::Map(item) => Kind::Map(Box::new(kind_of(types, item, is_request, depth + 1)?)),
        scalar => Kind::Scalar(scalar.clone()),
    })
}

/// A field as the known spec has it.
pub(crate) fn known_field(types: &SharedTypes, field: &Field, is_request: bool, depth: usize) -> Option<DraftField> {
    let kind = kind_of(types, &field.ty, is_request, depth)?;
    let mut draft = DraftField::new(Sourced::known(field.name.clone()), Sourced::known(kind));
    draft.rust = custom_rust_name(field);
    draft.required = (is_request && field.required).then(|| Sourced::known(true));
    draft.optional = (!is_request && field.optional).then(|| Sourced::known(true));
    draft.example = field.example.clone().map(Sourced::known);
    draft.sensitive = field.sensitive.then_some(true);
    Some(draft)
}
