//! Checks that emitted code contains exactly the items of the model.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr as _;

use alicloud_model::{ApiStyle, Field, Operation, Service, Type};
use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::visit::Visit;

/// Parses the code of one in this many inputs, because parsing is the slowest step.
const READ_ONE_IN: usize = 4;

/// Parses the code of one in this many inputs with all bodies.
const WHOLE_ONE_IN: usize = 16;

/// Panics if the code of a service is not Rust, or if its items, methods, variants or fields differ from the model.
pub fn assert_matches_model(service: &Service, input: &[u8]) {
    let code = alicloud_codegen::service(service);
    let tests = alicloud_codegen::example_tests(service, "krate", "check");
    let lot = input.iter().fold(0_usize, |sum, byte| sum + usize::from(*byte));
    if !lot.is_multiple_of(READ_ONE_IN) {
        return;
    }
    let tokens = TokenStream::from_str(&code).unwrap_or_else(|error| panic!("{error}\n{code}"));
    // Bodies and values have few forms and take most of the time, so they are parsed for few inputs.
    let is_whole = lot.is_multiple_of(WHOLE_ONE_IN);
    let read = if is_whole { tokens } else { without_bodies(tokens) };
    let file: syn::File = syn::parse2(read).unwrap_or_else(|error| panic!("{error}\n{code}"));

    let [syn::Item::Mod(module)] = file.items.as_slice() else { panic!("not one module\n{code}") };
    assert_eq!(module.ident.to_string(), service.module);
    let (_, items) = module.content.as_ref().unwrap_or_else(|| panic!("a module without a body"));
    let modules = modules(items, service);
    let mut left: Vec<String> = modules.iter().flatten().map(|item| described(item)).collect();
    left.sort_unstable();
    if let Some(twice) = left.windows(2).find(|pair| pair[0] == pair[1]) {
        panic!("twice: {}", twice[0]);
    }
    let Expected { always, of_shared_types } = expected(service, &left);
    for wanted in always {
        let at = left.iter().position(|found| *found == wanted);
        left.remove(at.unwrap_or_else(|| panic!("missing: {wanted}\n{left:#?}")));
    }
    // The generator omits unused shared types.
    left.retain(|found| !of_shared_types.contains(found));
    assert!(left.is_empty(), "not in the model: {left:#?}");
    assert_types_are_defined_and_finite(&modules);

    let tests: syn::File = syn::parse_file(&tests).unwrap_or_else(|error| panic!("{error}\n{tests}"));
    let examples: usize = service.operations.iter().map(|operation| operation.examples.len()).sum();
    assert_eq!(tests.items.len(), examples, "tests of examples");
}

/// Returns the items with literals instead of bodies and values, which are most of the code.
fn without_bodies(tokens: TokenStream) -> TokenStream {
    let (mut kept, mut in_function, mut has_value, mut in_value) = (Vec::new(), false, false, false);
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                (in_function, in_value, has_value) = (false, false, false);
                kept.push(TokenTree::Punct(punct));
            }
            _ if in_value => {}
            TokenTree::Punct(punct) if punct.as_char() == '=' && has_value => {
                in_value = true;
                kept.extend([TokenTree::Punct(punct), TokenTree::Literal(Literal::u8_suffixed(0))]);
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                let inner = if in_function { TokenStream::new() } else { without_bodies(group.stream()) };
                in_function = false;
                kept.push(TokenTree::Group(Group::new(Delimiter::Brace, inner)));
            }
            other => {
                in_function |= matches!(&other, TokenTree::Ident(word) if word == "fn");
                has_value |= matches!(&other, TokenTree::Ident(word) if word == "static" || word == "const");
                kept.push(other);
            }
        }
    }
    kept.into_iter().collect()
}

/// Returns the items of a product's module, and those of each submodule: for an operation, or for shared code. A
/// submodule begins with the import of the runtime, and is followed by the re-export of its types.
fn modules<'f>(items: &'f [syn::Item], service: &Service) -> Vec<Vec<&'f syn::Item>> {
    let mut found = vec![Vec::new()];
    let mut names = BTreeSet::new();
    let mut items = items.iter();
    while let Some(item) = items.next() {
        let syn::Item::Mod(inner) = item else {
            found[0].push(item);
            continue;
        };
        let name = inner.ident.to_string();
        let (_, inner) = inner.content.as_ref().unwrap_or_else(|| panic!("a module without a body"));
        let Some((runtime, inner)) = inner.split_first() else { panic!("an empty module") };
        assert_eq!(runtime.to_token_stream().to_string(), "use super :: __rt ;");
        let types = inner.iter().filter_map(|item| Some(type_name(item)?.to_string())).collect::<Vec<_>>().join(" , ");
        let shown = items.next().map(|item| item.to_token_stream().to_string().replace(", }", "}"));
        assert_eq!(shown.unwrap_or_default(), format!("pub use self :: {name} :: {{ {types} }} ;"));
        assert!(names.insert(name), "two modules have one name");
        found.push(inner.iter().collect());
    }
    names.remove("__shared");
    let methods: BTreeSet<String> = service.operations.iter().map(|one| one.method_name.clone()).collect();
    assert_eq!(names, methods, "modules");
    found
}

/// Returns the name of a type.
fn type_name(item: &syn::Item) -> Option<&syn::Ident> {
    match item {
        syn::Item::Struct(item) => Some(&item.ident),
        syn::Item::Enum(item) => Some(&item.ident),
        syn::Item::Type(item) => Some(&item.ident),
        _ => None,
    }
}

/// Returns the kind of an item, its name, and the names inside it.
fn described(item: &syn::Item) -> String {
    let name = |ty: &syn::Type| ty.to_token_stream().to_string();
    match item {
        syn::Item::Use(_) => "use".to_owned(),
        syn::Item::Static(item) => format!("static {}", item.ident),
        syn::Item::Type(item) => format!("type {}", item.ident),
        syn::Item::Enum(item) => {
            line("enum", &item.ident.to_string(), item.variants.iter().map(|variant| variant.ident.to_string()))
        }
        syn::Item::Struct(item) => {
            let fields = item.fields.iter().filter_map(|field| field.ident.as_ref()).map(ToString::to_string);
            line("struct", &item.ident.to_string(), fields)
        }
        syn::Item::Impl(item) => match &item.trait_ {
            Some((path, _)) => {
                let last = path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
                let inner = path.segments.last().map(|segment| segment.arguments.to_token_stream().to_string());
                format!("impl {last}{} for {}", inner.unwrap_or_default().replace(' ', ""), name(&item.self_ty))
            }
            None => {
                let functions = item.items.iter().map(|item| match item {
                    syn::ImplItem::Fn(function) => signature(&function.sig),
                    syn::ImplItem::Const(constant) => constant.ident.to_string(),
                    other => panic!("not in the model: {}", other.to_token_stream()),
                });
                line("impl", &name(&item.self_ty), functions)
            }
        },
        other => panic!("not in the model: {}", other.to_token_stream()),
    }
}

/// Returns the name of a constructor with its arguments, or the name of a method.
fn signature(signature: &syn::Signature) -> String {
    let name = signature.ident.to_string();
    if name != "new" {
        return name;
    }
    let arguments = signature.inputs.iter().map(|argument| match argument {
        syn::FnArg::Typed(argument) => argument.pat.to_token_stream().to_string(),
        syn::FnArg::Receiver(_) => "self".to_owned(),
    });
    line("new", "", arguments)
}

/// Formats an item. Panics if a name inside it is repeated.
fn line(kind: &str, name: &str, inside: impl Iterator<Item = String>) -> String {
    let inside: Vec<String> = inside.collect();
    let different: BTreeSet<&String> = inside.iter().collect();
    assert_eq!(different.len(), inside.len(), "{kind} {name}: repeated name in {inside:?}");
    format!("{kind} {name} {{ {} }}", inside.join(" "))
}

/// The items of a module.
#[derive(Default)]
struct Expected {
    always: Vec<String>,
    of_shared_types: Vec<String>,
}

fn expected(service: &Service, found: &[String]) -> Expected {
    let mut expected = Expected::default();
    let mut bare: Option<Vec<String>> = None;
    let always = &mut expected.always;
    always.extend(["use".to_owned(), "static SERVICE".to_owned(), line("struct", "Client", std::iter::empty())]);
    let methods = service.operations.iter().map(|operation| operation.method_name.clone());
    always.push(line(
        "impl",
        "Client",
        std::iter::once(line("new", "", ["config".to_owned()].into_iter())).chain(methods),
    ));
    if let Some(operation) = service.operations.iter().find(|operation| operation.errors.is_empty()) {
        always.push(enumeration("ServiceError", operation));
    }
    for operation in &service.operations {
        let name = &operation.rust_name;
        let request = format!("{name}Request");
        let fields: Vec<&Field> = operation.parameters.iter().map(|parameter| &parameter.field).collect();
        always.push(format!("impl Request for {request}"));
        always.extend(input(&request, &fields));
        always.extend(operation.pagination.iter().map(|_| format!("impl Paginated for {request}")));
        if !operation.waiters.is_empty() {
            let constants = operation.waiters.iter().map(|waiter| waiter.name.to_uppercase());
            always.push(line("impl", &request, constants));
        }
        fields.iter().for_each(|field| inputs_in(&field.ty, always));
        let error = format!("{name}Error");
        if operation.errors.is_empty() {
            always.push(format!("type {error}"));
        } else {
            always.push(enumeration(&error, operation));
            // The generator decides whether it is derived.
            let debug = format!("impl Debug for {error}");
            if found.contains(&debug) {
                always.push(debug);
            }
        }
        let names = operation.response_headers.iter().map(|field| field.rust_name.clone());
        let names = names.chain(operation.response_body.iter().map(|_| "body".to_owned()));
        let names = names.chain(operation.response.iter().map(|field| field.rust_name.clone()));
        let alias = format!("type {name}Response");
        if found.contains(&alias) {
            // The generator decides which operations with the same fields share their response.
            let names: Vec<String> = names.collect();
            assert_eq!(*bare.get_or_insert_with(|| names.clone()), names, "{alias}");
            always.push(alias);
            continue;
        }
        always.extend(output(&format!("{name}Response"), names));
        operation.response_body.iter().for_each(|ty| outputs_in(ty, operation.style, always));
        operation.response.iter().for_each(|field| outputs_of(field, operation.style, always));
    }
    always.extend(bare.into_iter().flat_map(|names| output("ServiceResponse", names.into_iter())));
    let shared_items = &mut expected.of_shared_types;
    for shared in service.types.iter() {
        let name = &shared.name.rust_name;
        shared_items.extend(object(&format!("{name}Input"), &shared.members));
        shared.members.iter().for_each(|field| inputs_in(&field.ty, shared_items));
        let names = shared.fields.iter().map(|field| field.rust_name.clone());
        shared_items.extend(output(name, names));
        shared.fields.iter().for_each(|field| outputs_of(field, service.style, shared_items));
    }
    expected
}

fn enumeration(name: &str, operation: &Operation) -> String {
    let variants = operation.error_variants.iter().map(|variant| variant.rust_name.clone());
    line("enum", name, variants.chain(["Other".to_owned()]))
}

/// The items of a request.
fn input(name: &str, fields: &[&Field]) -> [String; 3] {
    let names = |required: bool| {
        fields.iter().filter(move |field| field.required == required).map(|field| field.rust_name.clone())
    };
    let functions = std::iter::once(line("new", "", names(true))).chain(names(false));
    [line("struct", name, std::iter::empty()), line("impl", name, functions), format!("impl Debug for {name}")]
}

/// The items of an object inside a request.
fn object(name: &str, fields: &[Field]) -> Vec<String> {
    let mut items: Vec<String> = input(name, &fields.iter().collect::<Vec<_>>()).into();
    items.extend([format!("static __{name}"), format!("impl From<{name}> for __rt :: Value")]);
    items
}

fn inputs_in(ty: &Type, items: &mut Vec<String>) {
    match ty {
        Type::Object(one) => {
            items.extend(object(&one.rust_name, &one.fields));
            one.fields.iter().for_each(|field| inputs_in(&field.ty, items));
        }
        Type::List(item) | Type::Map(item) => inputs_in(item, items),
        _ => {}
    }
}

/// The items of a response or an object in it.
fn output(name: &str, fields: impl Iterator<Item = String>) -> [String; 3] {
    [line("struct", name, fields), format!("impl Decode for {name}"), format!("impl Debug for {name}")]
}

/// An object with only a list becomes a list.
fn outputs_of(field: &Field, style: ApiStyle, items: &mut Vec<String>) {
    let list = field.ty.wrapped_list().filter(|_| style == ApiStyle::Rpc);
    outputs_in(list.map_or(&field.ty, |list| &list.ty), style, items);
}

fn outputs_in(ty: &Type, style: ApiStyle, items: &mut Vec<String>) {
    match ty {
        Type::Object(one) => {
            items.extend(output(&one.rust_name, one.fields.iter().map(|field| field.rust_name.clone())));
            one.fields.iter().for_each(|field| outputs_of(field, style, items));
        }
        Type::List(item) | Type::Map(item) => outputs_in(item, style, items),
        _ => {}
    }
}

/// Asserts that type names are unique and defined, and that no struct contains itself without indirection.
fn assert_types_are_defined_and_finite(modules: &[Vec<&syn::Item>]) {
    let mut held: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for item in modules.iter().flatten() {
        let mut holds = BTreeSet::new();
        if let syn::Item::Struct(item) = item {
            item.fields.iter().for_each(|field| types_in_place(&field.ty, &mut holds));
        }
        if let Some(name) = type_name(item) {
            assert!(held.insert(name.to_string(), holds).is_none(), "two types are called `{name}`");
        }
    }
    let built_in = ["Self", "bool", "f64", "i32", "i64", "str", "u16", "usize"].map(str::to_owned);
    for (index, items) in modules.iter().enumerate() {
        let mut named = Named::default();
        items.iter().for_each(|item| named.visit_item(item));
        let is_here = |name: &String| items.iter().filter_map(|item| type_name(item)).any(|there| there == name);
        // All types are exported from the module of the product, which is the first one.
        let is_known = |name: &String| if index == 0 { held.contains_key(name) } else { is_here(name) };
        let unknown: Vec<&String> =
            named.here.iter().filter(|name| !is_known(name) && !built_in.contains(name)).collect();
        assert!(unknown.is_empty(), "undefined types: {unknown:?}");
        let unknown: Vec<&String> = named.above.iter().filter(|name| !held.contains_key(*name)).collect();
        assert!(unknown.is_empty(), "types that are not in the product's module: {unknown:?}");
    }

    // A type that contains none of the remaining types is finite.
    let mut open = held;
    loop {
        let laid_out: Vec<String> = open
            .iter()
            .filter(|(_, holds)| holds.iter().all(|one| !open.contains_key(one)))
            .map(|(name, _)| name.clone())
            .collect();
        if laid_out.is_empty() {
            break;
        }
        laid_out.iter().for_each(|name| drop(open.remove(name)));
    }
    assert!(open.is_empty(), "types that contain themselves: {open:?}");
}

/// Collects the types that a value of this type contains without indirection. Lists, maps and boxes are indirect.
fn types_in_place(ty: &syn::Type, found: &mut BTreeSet<String>) {
    let syn::Type::Path(path) = ty else { return };
    let Some(last) = path.path.segments.last() else { return };
    let name = last.ident.to_string();
    if ["Box", "Vec", "BTreeMap"].contains(&name.as_str()) {
        return;
    }
    if let syn::PathArguments::AngleBracketed(arguments) = &last.arguments {
        for argument in &arguments.args {
            if let syn::GenericArgument::Type(ty) = argument {
                types_in_place(ty, found);
            }
        }
    }
    if path.path.get_ident().is_some() || is_above(&path.path) {
        found.insert(name);
    }
}

/// Whether the path refers to a type of the product's module, from a submodule.
fn is_above(path: &syn::Path) -> bool {
    path.segments.len() == 2 && path.segments[0].ident == "super"
}

/// The types without a path, and those after `super`.
#[derive(Default)]
struct Named {
    here: BTreeSet<String>,
    above: BTreeSet<String>,
}

impl<'t> Visit<'t> for Named {
    fn visit_type_path(&mut self, path: &'t syn::TypePath) {
        if let (None, Some(name)) = (&path.qself, path.path.get_ident()) {
            self.here.insert(name.to_string());
        }
        if is_above(&path.path) {
            self.above.insert(path.path.segments[1].ident.to_string());
        }
        syn::visit::visit_type_path(self, path);
    }
}
