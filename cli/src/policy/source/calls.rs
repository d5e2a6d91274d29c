//! Finds the calls in the code.

use std::rc::Rc;

use alicloud_model::{Operation, Service};
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{Expr, Path, Token};

use super::crate_files::{Code, attributes, is_test_only};
use super::names::{Crates, Meaning, is_untyped, name_of, operation_of};
use super::place::{Place, Unresolved};
use super::types::{Scope, Scopes, Ty};

/// A call of an operation.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) service: Rc<Service>,
    pub(super) operation: String,
    pub(super) place: Place,
}

/// A call that could be one of several operations.
#[derive(Debug)]
pub(super) struct Doubt {
    pub(super) candidates: Vec<(Rc<Service>, String)>,
    pub(super) unresolved: Unresolved,
}

/// Looks through the code of one module.
pub(super) struct Calls<'c> {
    file: Rc<std::path::Path>,
    scopes: Scopes<'c>,
    /// The products that the source can name.
    services: &'c [Rc<Service>],
    pub(super) found: Vec<Found>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) unresolved: Vec<Unresolved>,
}

impl<'c> Calls<'c> {
    pub(super) fn find(crates: &'c Crates, services: &'c [Rc<Service>], code: &Code) -> Self {
        let scopes = Scopes { crates, module: code.module, own: Ty::Unknown, stack: Vec::new() };
        let file = Rc::clone(&code.file);
        let (found, doubts, unresolved) = (Vec::new(), Vec::new(), Vec::new());
        let mut calls = Self { file, scopes, services, found, doubts, unresolved };
        code.items.iter().for_each(|item| calls.visit_item(item));
        calls
    }

    fn place(&self, span: Span) -> Place {
        Place { file: Rc::clone(&self.file), line: span.start().line }
    }

    fn found(&mut self, service: &Rc<Service>, operation: &str, span: Span) {
        let place = self.place(span);
        self.found.push(Found { service: Rc::clone(service), operation: operation.to_owned(), place });
    }

    fn within(&mut self, work: impl FnOnce(&mut Self)) {
        self.scopes.stack.push(Scope::default());
        work(self);
        self.scopes.stack.pop();
    }

    /// Visits the code of a type of the source: `self` is a value of it.
    fn within_type(&mut self, own: Ty, work: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.scopes.own, own);
        self.within(work);
        self.scopes.own = outer;
    }

    fn function(&mut self, signature: &syn::Signature, body: &syn::Block) {
        self.within(|calls| {
            calls.visit_signature(signature);
            calls.scopes.declare_generics(&signature.generics);
            calls.scopes.declare_parameters(signature.inputs.iter());
            calls.visit_block(body);
        });
    }

    /// `Client::start_instance(&client, &request)`, `StartInstanceRequest::new(…)`, `UntypedRequest::new(…)`.
    fn path(&mut self, path: &Path) {
        let (meaning, rest) = self.scopes.resolve(path);
        match (meaning, rest.first()) {
            (Meaning::Generated(service, item), Some(member)) if item == "Client" => {
                if let Some(operation) = method_of(&service, member) {
                    let name = operation.name.clone();
                    self.found(&service, &name, path.span());
                }
            }
            (Meaning::Generated(service, item), Some(_)) => {
                if let Some(operation) = operation_of(&service, &item) {
                    let name = operation.name.clone();
                    self.found(&service, &name, path.span());
                }
            }
            (Meaning::Local(..), Some(_)) => {
                // An alias of a request.
                let of = path.segments.iter().take(path.segments.len().saturating_sub(1)).cloned();
                let of = Path { leading_colon: path.leading_colon, segments: of.collect() };
                if let Ty::Request(service, operation) =
                    self.scopes.of_type(&syn::Type::Path(syn::TypePath { attrs: Vec::new(), qself: None, path: of }))
                {
                    self.found(&service, &operation, path.span());
                }
            }
            (Meaning::Runtime(name), Some(_)) if is_untyped(&name) && name == "UntypedRequest" => {
                let place = self.place(path.span());
                let problem = "an untyped request; add its operation to the command line, as `ecs.DescribeInstances`";
                self.unresolved.push(Unresolved::new(place, problem));
            }
            _ => {}
        }
    }

    fn method_call(&mut self, call: &syn::ExprMethodCall) {
        // The method of an operation takes a request, and nothing else.
        let [argument] = call.args.iter().collect::<Vec<_>>()[..] else { return };
        let method = name_of(&call.method);
        let candidates: Vec<(Rc<Service>, String)> = self.candidates(&method);
        if candidates.is_empty() {
            return;
        }
        let span = call.method.span();
        match (self.scopes.of_value(&call.receiver), self.scopes.of_value(argument)) {
            (Ty::Client(service), _) => {
                if let Some(operation) = method_of(&service, &method) {
                    let name = operation.name.clone();
                    self.found(&service, &name, span);
                }
            }
            (_, Ty::Request(service, operation)) if has_method(&service, &operation, &method) => {
                self.found(&service, &operation, span);
            }
            // Another type has a method of this name.
            (Ty::Request(..), _) => {}
            (of, _) if self.scopes.has_method(&of, &method) => {}
            _ if matches!(argument, Expr::Lit(_) | Expr::Closure(_)) => {}
            _ => self.doubt(&method, candidates, span),
        }
    }

    fn candidates(&self, method: &str) -> Vec<(Rc<Service>, String)> {
        let found = self.services.iter().filter_map(|service| {
            let operation = method_of(service, method)?;
            Some((Rc::clone(service), operation.name.clone()))
        });
        found.collect()
    }

    fn doubt(&mut self, method: &str, candidates: Vec<(Rc<Service>, String)>, span: Span) {
        let names: Vec<String> =
            candidates.iter().map(|(service, operation)| format!("{} {operation}", service.product)).collect();
        let problem = format!(
            "`.{method}(…)` may call {}: the types of the client and of the request are not known",
            names.join(" or ")
        );
        let unresolved = Unresolved::new(self.place(span), problem);
        self.doubts.push(Doubt { candidates, unresolved });
    }

    /// The arguments of macros such as `println!` and `join!` are expressions, or statements.
    fn macro_tokens(&mut self, tokens: &TokenStream) {
        if let Ok(values) = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()) {
            values.iter().for_each(|value| self.visit_expr(value));
        } else if let Ok(statements) = syn::Block::parse_within.parse2(tokens.clone()) {
            self.within(|calls| statements.iter().for_each(|statement| calls.visit_stmt(statement)));
        } else {
            self.scan(tokens.clone());
        }
    }

    /// Looks for names in tokens that are not Rust: those of `select!`, and of macros that the source defines.
    fn scan(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(one)) if one.as_char() == sign);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(group) => {
                    // The text inside brackets can be Rust again.
                    self.macro_tokens(&group.stream());
                }
                TokenTree::Ident(ident) if at > 0 && is(at - 1, '.') => {
                    let is_call = matches!(tokens.get(at + 1), Some(TokenTree::Group(_)));
                    let method = name_of(ident);
                    let candidates = self.candidates(&method);
                    if is_call && !candidates.is_empty() {
                        self.doubt(&method, candidates, ident.span());
                    }
                }
                TokenTree::Ident(_) => {
                    let mut end = at + 1;
                    while is(end, ':') && is(end + 1, ':') && matches!(tokens.get(end + 2), Some(TokenTree::Ident(_))) {
                        end += 3;
                    }
                    let path: TokenStream = tokens.get(at..end).unwrap_or_default().iter().cloned().collect();
                    if let Ok(path) = syn::parse2::<Path>(path) {
                        self.path(&path);
                    }
                    at = end - 1;
                }
                _ => {}
            }
            at += 1;
        }
    }
}

impl<'a> Visit<'a> for Calls<'_> {
    fn visit_item(&mut self, item: &'a syn::Item) {
        if !attributes(item).is_some_and(is_test_only) {
            visit::visit_item(self, item);
        }
    }

    fn visit_type_path(&mut self, ty: &'a syn::TypePath) {
        // A product is known once something names it.
        self.scopes.resolve(&ty.path);
        visit::visit_type_path(self, ty);
    }

    fn visit_item_fn(&mut self, item: &'a syn::ItemFn) {
        self.function(&item.sig, &item.block);
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
    }

    fn visit_trait_item_fn(&mut self, item: &'a syn::TraitItemFn) {
        if let Some(body) = &item.default {
            self.function(&item.sig, body);
        }
    }

    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        self.within(|calls| {
            calls.scopes.declare_generics(&item.generics);
            let own = calls.scopes.of_type(&item.self_ty);
            calls.within_type(own, |calls| visit::visit_item_impl(calls, item));
        });
    }

    fn visit_item_trait(&mut self, item: &'a syn::ItemTrait) {
        let own = Ty::Local(self.scopes.module, name_of(&item.ident));
        self.within_type(own, |calls| visit::visit_item_trait(calls, item));
    }

    fn visit_block(&mut self, block: &'a syn::Block) {
        self.within(|calls| {
            for statement in &block.stmts {
                if let syn::Stmt::Item(syn::Item::Use(item)) = statement
                    && let Some(scope) = calls.scopes.stack.last_mut()
                {
                    scope.imports.add(item);
                }
            }
            if let Some(scope) = calls.scopes.stack.last() {
                calls.scopes.crates.name_imports(calls.scopes.module, &scope.imports);
            }
            visit::visit_block(calls, block);
        });
    }

    fn visit_local(&mut self, local: &'a syn::Local) {
        visit::visit_local(self, local);
        match &local.init {
            Some(init) => self.scopes.bind_value(&local.pat, &init.expr),
            None => self.scopes.bind(&local.pat, Ty::Unknown),
        }
    }

    fn visit_expr_let(&mut self, value: &'a syn::ExprLet) {
        visit::visit_expr_let(self, value);
        self.scopes.bind_value(&value.pat, &value.expr);
    }

    fn visit_expr_closure(&mut self, closure: &'a syn::ExprClosure) {
        self.within(|calls| {
            closure.inputs.iter().for_each(|input| calls.scopes.bind(input, Ty::Unknown));
            visit::visit_expr_closure(calls, closure);
        });
    }

    fn visit_expr_for_loop(&mut self, value: &'a syn::ExprForLoop) {
        self.visit_expr(&value.expr);
        self.within(|calls| {
            calls.scopes.bind_value(&value.pat, &value.expr);
            calls.visit_block(&value.body);
        });
    }

    fn visit_expr_if(&mut self, value: &'a syn::ExprIf) {
        self.within(|calls| visit::visit_expr_if(calls, value));
    }

    fn visit_expr_while(&mut self, value: &'a syn::ExprWhile) {
        self.within(|calls| visit::visit_expr_while(calls, value));
    }

    fn visit_expr_match(&mut self, value: &'a syn::ExprMatch) {
        self.visit_expr(&value.expr);
        for arm in &value.arms {
            self.within(|calls| {
                calls.scopes.bind_value(&arm.pat, &value.expr);
                visit::visit_arm(calls, arm);
            });
        }
    }

    fn visit_expr_path(&mut self, value: &'a syn::ExprPath) {
        match (&value.qself, value.path.segments.last()) {
            (Some(of), Some(member)) => {
                // `<StartInstanceRequest>::new`.
                let name = name_of(&member.ident);
                match self.scopes.of_type(&of.ty) {
                    Ty::Request(service, operation) => self.found(&service, &operation, value.span()),
                    Ty::Client(service) => {
                        if let Some(operation) = method_of(&service, &name) {
                            let operation = operation.name.clone();
                            self.found(&service, &operation, value.span());
                        }
                    }
                    _ => {}
                }
            }
            _ => self.path(&value.path),
        }
        visit::visit_expr_path(self, value);
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        self.method_call(call);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        self.macro_tokens(&call.tokens);
    }
}

fn method_of<'s>(service: &'s Service, method: &str) -> Option<&'s Operation> {
    let is_it = |operation: &&Operation| operation.method_name.trim_start_matches("r#") == method;
    service.operations.iter().find(is_it)
}

fn has_method(service: &Service, operation: &str, method: &str) -> bool {
    method_of(service, method).is_some_and(|found| found.name == operation)
}
