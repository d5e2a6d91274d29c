//! The Rust code of a call with sample values.

use alicloud_model::{Field, Operation, Rule, Sample, Service, SharedTypes, Type};
use proc_macro2::TokenStream;
use quote::quote;

use crate::ending::Failure;

/// Deeper than the required members of any documented type.
const DEEPEST: usize = 16;

/// The statements of a call with the required parameters, which prints the response, or all items of a list. `config` and the
/// product's module must be in scope.
pub(crate) fn statements(service: &Service, operation: &Operation) -> Result<TokenStream, Failure> {
    let values = required_values(service, operation);
    let call = alicloud_codegen::call_statements(service, operation, &values);
    let mut block: syn::Block = syn::parse_str(&format!("{{ {call} }}")).map_err(|error| not_rust(&error))?;
    if operation.pagination.is_none() {
        let statements = &block.stmts;
        return Ok(quote!(#(#statements)* println!("{response:#?}");));
    }
    block.stmts.pop();
    let statements = &block.stmts;
    let method = syn::parse_str::<syn::Ident>(&operation.method_name).map_err(|error| not_rust(&error))?;
    Ok(quote! {
        #(#statements)*
        let mut items = client.#method(&request).items();
        while let Some(item) = items.next().await {
            let item = item?;
            println!("{item:#?}");
        }
    })
}

/// Formats statements, without indentation.
pub(crate) fn formatted(statements: &TokenStream) -> Result<String, Failure> {
    let file = syn::parse2(quote!(fn call() { #statements })).map_err(|error| not_rust(&error))?;
    let function = prettyplease::unparse(&file);
    Ok(function.lines().filter_map(|line| line.strip_prefix("    ")).map(|line| format!("{line}\n")).collect())
}

pub(crate) fn not_rust(error: &syn::Error) -> Failure {
    Failure::new(format!("the code is not valid Rust: {error}")).help("this is a bug in the generator, not in the spec")
}

/// The expression of a configuration with the usual credentials.
pub(crate) fn config(service: &Service) -> TokenStream {
    let region = region(service).map(|region| quote!(.region(#region)));
    quote!(Config::new(DefaultCredentials::new()) #region)
}

/// A region in which the product has an endpoint.
pub(crate) fn region(service: &Service) -> Option<&str> {
    let hosts = &service.endpoints.public;
    let regions = || hosts.regions.iter().chain(hosts.exceptions.iter().map(|(region, _)| region));
    regions().find(|region| *region == "cn-hangzhou").or_else(|| regions().next()).map(String::as_str)
}

/// A value for each required parameter, and for the first of the groups of which one is required: the value in the
/// sample request, or else one that the documentation suggests.
pub(crate) fn required_values(service: &Service, operation: &Operation) -> Vec<(String, Sample)> {
    let sent = operation.examples.first().map(|example| example.request.as_slice()).unwrap_or_default();
    let in_group = |field: &Field| {
        operation.rules.iter().any(|rule| match rule {
            Rule::AnyOf(groups) => groups.first().is_some_and(|group| group.contains(&field.name)),
            Rule::Together(_) => false,
        })
    };
    let fields = operation.parameters.iter().map(|parameter| &parameter.field);
    fields
        .filter(|field| field.required || in_group(field))
        .map(|field| match sent.iter().find(|(name, _)| *name == field.name) {
            Some(sent) => sent.clone(),
            None => (field.name.clone(), value_of(field, &service.types, 0)),
        })
        .collect()
}

fn value_of(field: &Field, types: &SharedTypes, depth: usize) -> Sample {
    let documented = field.example.as_ref().or(field.values.first());
    let documented = documented.filter(|text| field.ty.check(text).is_ok() && !field.sensitive);
    sample(&field.ty, &field.name, documented.map(String::as_str), types, depth)
}

fn sample(ty: &Type, name: &str, documented: Option<&str>, types: &SharedTypes, depth: usize) -> Sample {
    let text = |default: &str| Sample::Text(documented.unwrap_or(default).to_owned());
    match ty {
        Type::String => text(name),
        Type::Integer | Type::Long => text("1"),
        Type::Float | Type::Double => text("1.0"),
        Type::Boolean => text("true"),
        Type::Any => text("{}"),
        Type::Bytes | Type::Binary => text(""),
        // Examples of lists are prose or JSON.
        Type::List(item) if depth < DEEPEST => Sample::List(vec![sample(item, name, None, types, depth + 1)]),
        Type::List(_) => Sample::List(Vec::new()),
        Type::Map(_) => Sample::Object(Vec::new()),
        Type::Object(_) | Type::Shared(_) => {
            let fields = types.members_of(ty).unwrap_or_default();
            let required = fields.iter().filter(|field| field.required && depth < DEEPEST);
            Sample::Object(required.map(|field| (field.name.clone(), value_of(field, types, depth + 1))).collect())
        }
        _ => text(name),
    }
}
