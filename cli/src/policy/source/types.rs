//! The types of expressions, as far as they matter: clients, requests, and types of the source that have them.

use std::collections::HashMap;
use std::rc::Rc;

use alicloud_model::Service;
use syn::{Expr, FnArg, GenericArgument, GenericParam, Generics, Pat, Path, PathArguments, Type, TypeParamBound};

use super::names::{Crates, Imports, Item, Meaning, ModuleId, name_of, operation_of, segments};

/// The type of a value.
#[derive(Clone, Debug)]
pub(super) enum Ty {
    /// The client of a product.
    Client(Rc<Service>),
    /// A request, with the name of its operation.
    Request(Rc<Service>, String),
    /// A type of the source.
    Local(ModuleId, String),
    /// Any other type, or an unknown one.
    Unknown,
}

/// The names that a block or a function brings into scope.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) imports: Imports,
    pub(super) variables: HashMap<String, Ty>,
    /// The generic parameters, with the types that their bounds name.
    generics: HashMap<String, Ty>,
}

/// The scopes around an expression.
pub(super) struct Scopes<'c> {
    pub(super) crates: &'c Crates,
    pub(super) module: ModuleId,
    /// The type of `self`.
    pub(super) own: Ty,
    pub(super) stack: Vec<Scope>,
}

/// Methods that return what they are called on, or what is inside it.
const TRANSPARENT: &[&str] = &[
    "as_deref",
    "as_mut",
    "as_ref",
    "borrow",
    "borrow_mut",
    "clone",
    "cloned",
    "copied",
    "expect",
    "get_or_init",
    "get_or_try_init",
    "load",
    "lock",
    "map_err",
    "ok",
    "ok_or",
    "ok_or_else",
    "or_else",
    "read",
    "to_owned",
    "unwrap",
    "unwrap_or_else",
    "write",
];

/// The maximum depth of nested types that are examined.
const DEEPEST: usize = 32;

impl Scopes<'_> {
    /// Returns what a path means here, and the segments behind that.
    pub(super) fn resolve(&self, path: &Path) -> (Meaning, Vec<String>) {
        let names = segments(path);
        if let (None, Some((first, rest))) = (&path.leading_colon, names.split_first()) {
            for scope in self.stack.iter().rev() {
                if let Some(import) = scope.imports.get(first) {
                    return self.crates.resolve_import(self.module, import, rest);
                }
                let mut globs = scope.imports.globs().iter();
                let found = globs.find_map(|glob| self.crates.through_glob(self.module, glob, first));
                match (found, rest.split_first()) {
                    (Some(Meaning::Product(service)), Some((item, rest))) => {
                        return (Meaning::Generated(service, item.clone()), rest.to_vec());
                    }
                    (Some(meaning), _) => return (meaning, rest.to_vec()),
                    (None, _) => {}
                }
            }
        }
        self.crates.resolve(self.module, path)
    }

    /// Declares the generic parameters of a function or an `impl`.
    pub(super) fn declare_generics(&mut self, generics: &Generics) {
        let mut found = HashMap::new();
        let mut add =
            |name: String, bounds: &syn::punctuated::Punctuated<TypeParamBound, syn::Token![+]>, of: &Self| {
                found.insert(name, of.of_bounds(bounds, DEEPEST));
            };
        for parameter in &generics.params {
            if let GenericParam::Type(parameter) = parameter {
                add(name_of(&parameter.ident), &parameter.bounds, self);
            }
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            if let syn::WherePredicate::Type(predicate) = predicate
                && let Type::Path(bounded) = &predicate.bounded_ty
                && let Some(ident) = bounded.path.get_ident()
            {
                add(name_of(ident), &predicate.bounds, self);
            }
        }
        if let Some(scope) = self.stack.last_mut() {
            scope.generics.extend(found);
        }
    }

    /// Declares the parameters of a function.
    pub(super) fn declare_parameters<'p>(&mut self, parameters: impl Iterator<Item = &'p FnArg>) {
        for parameter in parameters {
            if let FnArg::Typed(parameter) = parameter {
                let ty = self.of_type(&parameter.ty);
                self.bind(&parameter.pat, ty);
            }
        }
    }

    /// Gives the variable in a pattern a type. Patterns with several variables are not taken apart.
    pub(super) fn bind(&mut self, pattern: &Pat, ty: Ty) {
        match pattern {
            Pat::Ident(pattern) => {
                if let Some(scope) = self.stack.last_mut() {
                    scope.variables.insert(name_of(&pattern.ident), ty);
                }
            }
            Pat::Type(pattern) => {
                let stated = self.of_type(&pattern.ty);
                let ty = if matches!(stated, Ty::Unknown) { ty } else { stated };
                self.bind(&pattern.pat, ty);
            }
            Pat::Reference(pattern) => self.bind(&pattern.pat, ty),
            Pat::Paren(pattern) => self.bind(&pattern.pat, ty),
            // `Ok(client)`, `Some(client)`.
            Pat::TupleStruct(pattern) if pattern.elems.len() == 1 => {
                pattern.elems.iter().for_each(|inner| self.bind(inner, ty.clone()));
            }
            Pat::TupleStruct(pattern) => pattern.elems.iter().for_each(|inner| self.bind(inner, Ty::Unknown)),
            Pat::Tuple(pattern) => pattern.elems.iter().for_each(|inner| self.bind(inner, Ty::Unknown)),
            Pat::Slice(pattern) => pattern.elems.iter().for_each(|inner| self.bind(inner, ty.clone())),
            Pat::Struct(pattern) => {
                let whole = match self.resolve(&pattern.path) {
                    (Meaning::Local(module, name), _) => Ty::Local(module, name),
                    _ => Ty::Unknown,
                };
                for field in &pattern.fields {
                    let name = match &field.member {
                        syn::Member::Named(name) => name_of(name),
                        syn::Member::Unnamed(index) => index.index.to_string(),
                    };
                    let ty = self.of_field(&whole, &name);
                    self.bind(&field.pat, ty);
                }
            }
            _ => {}
        }
    }

    /// Binds the elements of a tuple one by one, if it is one.
    pub(super) fn bind_value(&mut self, pattern: &Pat, value: &Expr) {
        match (pattern, value) {
            (Pat::Tuple(pattern), Expr::Tuple(value)) if pattern.elems.len() == value.elems.len() => {
                pattern.elems.iter().zip(&value.elems).for_each(|(pattern, value)| self.bind_value(pattern, value));
            }
            _ => {
                let ty = self.of_value(value);
                self.bind(pattern, ty);
            }
        }
    }

    /// Returns the type that code states.
    pub(super) fn of_type(&self, ty: &Type) -> Ty {
        self.of_type_in(ty, DEEPEST)
    }

    fn of_type_in(&self, ty: &Type, depth: usize) -> Ty {
        let Some(depth) = depth.checked_sub(1) else { return Ty::Unknown };
        match ty {
            Type::Reference(ty) => self.of_type_in(&ty.elem, depth),
            Type::Paren(ty) => self.of_type_in(&ty.elem, depth),
            Type::Group(ty) => self.of_type_in(&ty.elem, depth),
            Type::Slice(ty) => self.of_type_in(&ty.elem, depth),
            Type::Array(ty) => self.of_type_in(&ty.elem, depth),
            Type::ImplTrait(ty) => self.of_bounds(&ty.bounds, depth),
            Type::TraitObject(ty) => self.of_bounds(&ty.bounds, depth),
            Type::Path(ty) if ty.qself.is_none() => self.of_type_path(&ty.path, depth),
            _ => Ty::Unknown,
        }
    }

    fn of_type_path(&self, path: &Path, depth: usize) -> Ty {
        if let Some(ident) = path.get_ident() {
            let name = name_of(ident);
            if name == "Self" {
                return self.own.clone();
            }
            if let Some(ty) = self.stack.iter().rev().find_map(|scope| scope.generics.get(&name)) {
                return ty.clone();
            }
        }
        match self.resolve(path) {
            (Meaning::Generated(service, item), rest) if rest.is_empty() => of_generated(service, &item),
            (Meaning::Local(module, name), _) => self.of_local(module, name, depth),
            // `Arc<Client>`, `Result<Client, Failure>`.
            _ => {
                let arguments = path.segments.last().map(|segment| &segment.arguments);
                self.of_arguments(arguments, depth)
            }
        }
    }

    /// The first type among generic arguments that matters.
    fn of_arguments(&self, arguments: Option<&PathArguments>, depth: usize) -> Ty {
        let Some(PathArguments::AngleBracketed(arguments)) = arguments else { return Ty::Unknown };
        let types = arguments.args.iter().map(|argument| match argument {
            GenericArgument::Type(ty) => self.of_type_in(ty, depth),
            GenericArgument::AssocType(item) => self.of_type_in(&item.ty, depth),
            _ => Ty::Unknown,
        });
        first_known(types)
    }

    fn of_bounds(&self, bounds: &syn::punctuated::Punctuated<TypeParamBound, syn::Token![+]>, depth: usize) -> Ty {
        let types = bounds.iter().map(|bound| match bound {
            TypeParamBound::Trait(bound) => self.of_type_path(&bound.path, depth),
            _ => Ty::Unknown,
        });
        first_known(types)
    }

    /// The type of an item of the source, or what its alias means.
    fn of_local(&self, module: ModuleId, name: String, depth: usize) -> Ty {
        match self.item(module, &name) {
            Some(Item::Alias(ty)) => self.elsewhere(module, Ty::Unknown).of_type_in(ty, depth),
            _ => Ty::Local(module, name),
        }
    }

    fn item(&self, module: ModuleId, name: &str) -> Option<&Item> {
        self.crates.modules.get(module)?.items.get(name)
    }

    /// Another module, to read the types that it states.
    fn elsewhere(&self, module: ModuleId, own: Ty) -> Scopes<'_> {
        Scopes { crates: self.crates, module, own, stack: Vec::new() }
    }

    fn of_field(&self, of: &Ty, field: &str) -> Ty {
        let Ty::Local(module, name) = of else { return Ty::Unknown };
        match self.item(*module, name) {
            Some(Item::Struct(fields)) => {
                fields.get(field).map_or(Ty::Unknown, |ty| self.elsewhere(*module, of.clone()).of_type(ty))
            }
            _ => Ty::Unknown,
        }
    }

    /// Whether a type of the source has a method. That of a client inside it is another one.
    pub(super) fn has_method(&self, of: &Ty, method: &str) -> bool {
        let Ty::Local(module, name) = of else { return false };
        self.crates.methods.get(&(*module, name.clone())).is_some_and(|methods| methods.contains_key(method))
    }

    fn of_method(&self, of: &Ty, method: &str) -> Option<Ty> {
        let Ty::Local(module, name) = of else { return None };
        let (said_in, returned) = self.crates.methods.get(&(*module, name.clone()))?.get(method)?;
        let returned = returned.as_ref()?;
        Some(self.elsewhere(*said_in, of.clone()).of_type(returned))
    }

    /// Returns the type of a value.
    pub(super) fn of_value(&self, value: &Expr) -> Ty {
        match value {
            Expr::Reference(value) => self.of_value(&value.expr),
            Expr::Paren(value) => self.of_value(&value.expr),
            Expr::Group(value) => self.of_value(&value.expr),
            Expr::Try(value) => self.of_value(&value.expr),
            Expr::Await(value) => self.of_value(&value.base),
            Expr::Index(value) => self.of_value(&value.expr),
            Expr::Unary(value) => self.of_value(&value.expr),
            Expr::Path(value) => self.of_path_value(&value.path),
            Expr::Struct(value) => match self.resolve(&value.path) {
                (Meaning::Local(module, name), _) => self.of_local(module, name, DEEPEST),
                _ if value.path.is_ident("Self") => self.own.clone(),
                _ => Ty::Unknown,
            },
            Expr::Field(value) => {
                let name = match &value.member {
                    syn::Member::Named(name) => name_of(name),
                    syn::Member::Unnamed(index) => index.index.to_string(),
                };
                self.of_field(&self.of_value(&value.base), &name)
            }
            Expr::Call(call) => self.of_call(call),
            Expr::MethodCall(call) => {
                let of = self.of_value(&call.receiver);
                let method = name_of(&call.method);
                match &of {
                    // The methods of a request set a parameter.
                    Ty::Request(..) => of,
                    _ => self.of_method(&of, &method).unwrap_or_else(|| match TRANSPARENT.contains(&method.as_str()) {
                        true => of,
                        false => Ty::Unknown,
                    }),
                }
            }
            Expr::If(value) => self.of_block(&value.then_branch),
            Expr::Block(value) => self.of_block(&value.block),
            Expr::Unsafe(value) => self.of_block(&value.block),
            Expr::Async(value) => self.of_block(&value.block),
            Expr::Match(value) => {
                let arms = value.arms.iter().map(|arm| self.of_value(&arm.body));
                first_known(arms)
            }
            _ => Ty::Unknown,
        }
    }

    fn of_block(&self, block: &syn::Block) -> Ty {
        match block.stmts.last() {
            Some(syn::Stmt::Expr(value, None)) => self.of_value(value),
            _ => Ty::Unknown,
        }
    }

    fn of_path_value(&self, path: &Path) -> Ty {
        if let Some(ident) = path.get_ident() {
            let name = name_of(ident);
            if name == "self" {
                return self.own.clone();
            }
            if let Some(ty) = self.stack.iter().rev().find_map(|scope| scope.variables.get(&name)) {
                return ty.clone();
            }
        }
        match self.resolve(path) {
            (Meaning::Local(module, name), rest) if rest.is_empty() => match self.item(module, &name) {
                Some(Item::Value(ty)) => self.elsewhere(module, Ty::Unknown).of_type(ty),
                _ => Ty::Local(module, name),
            },
            _ => Ty::Unknown,
        }
    }

    fn of_call(&self, call: &syn::ExprCall) -> Ty {
        let Expr::Path(function) = &*call.func else { return Ty::Unknown };
        let path = &function.path;
        let of_first = || call.args.first().map_or(Ty::Unknown, |value| self.of_value(value));
        if path.segments.first().is_some_and(|first| first.ident == "Self") {
            let method = path.segments.last().map(|last| name_of(&last.ident)).unwrap_or_default();
            return self.of_method(&self.own, &method).unwrap_or_else(|| self.own.clone());
        }
        match self.resolve(path) {
            (Meaning::Generated(service, item), rest) if !rest.is_empty() => of_generated(service, &item),
            (Meaning::Local(module, name), rest) => match (rest.as_slice(), self.item(module, &name)) {
                ([], Some(Item::Function(returned))) => {
                    let returned = returned.as_deref();
                    returned.map_or(Ty::Unknown, |ty| self.elsewhere(module, Ty::Unknown).of_type(ty))
                }
                ([], _) => Ty::Local(module, name),
                ([method], _) => {
                    let of = self.of_local(module, name, DEEPEST);
                    match (self.of_method(&of, method), of) {
                        (Some(ty), _) => ty,
                        // `Client::new`, by an alias.
                        (None, of @ (Ty::Client(_) | Ty::Request(..))) => of,
                        (None, _) => Ty::Unknown,
                    }
                }
                _ => Ty::Unknown,
            },
            // `Arc::new(client)`, `Ok(client)`.
            _ => of_first(),
        }
    }
}

fn first_known(mut types: impl Iterator<Item = Ty>) -> Ty {
    types.find(|ty| !matches!(ty, Ty::Unknown)).unwrap_or(Ty::Unknown)
}

fn of_generated(service: Rc<Service>, item: &str) -> Ty {
    if item == "Client" {
        return Ty::Client(service);
    }
    match operation_of(&service, item).map(|operation| operation.name.clone()) {
        Some(operation) => Ty::Request(service, operation),
        None => Ty::Unknown,
    }
}
