//! The macros as functions, without `proc_macro`.

use std::path::PathBuf;

use alicloud_model::{Diagnostic, Loaded, SourceFile, load_dir, load_sources};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token};

use crate::environment::Environment;

/// The maximum number of errors that are shown. The others are counted.
const MOST_ERRORS: usize = 25;

/// The arguments of `generate!`.
enum Specs {
    Folder(LitStr),
    Inline(Vec<(LitStr, LitStr)>),
}

impl Parse for Specs {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Err(input.error("expected the path of a folder of specs, such as generate!(\"specs\")"));
        }
        let first: LitStr = input.parse()?;
        if input.is_empty() {
            return Ok(Self::Folder(first));
        }
        input.parse::<Token![=>]>()?;
        let mut files = vec![(first, input.parse()?)];
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let path = input.parse()?;
            input.parse::<Token![=>]>()?;
            files.push((path, input.parse()?));
        }
        Ok(Self::Inline(files))
    }
}

impl Specs {
    fn load(&self, environment: &Environment) -> Loaded {
        match self {
            Self::Folder(path) => {
                let shown = path.value();
                let folder = environment.manifest_dir.join(&shown);
                load_dir(&folder, shown.trim_end_matches('/'), environment.products.as_deref())
            }
            Self::Inline(files) => {
                let sources: Vec<SourceFile> =
                    files.iter().map(|(path, text)| SourceFile { path: path.value(), text: text.value() }).collect();
                load_sources(&sources)
            }
        }
    }

    fn span(&self) -> Span {
        match self {
            Self::Folder(path) => path.span(),
            Self::Inline(files) => files.first().map_or_else(Span::call_site, |(path, _)| path.span()),
        }
    }
}

/// The output of a macro.
#[derive(Default)]
pub(crate) struct Generated {
    /// Compile errors, at the location of the call.
    pub(crate) errors: TokenStream,
    /// The generated code.
    pub(crate) code: String,
}

pub(crate) fn generate(input: TokenStream, environment: &Environment) -> Generated {
    let specs: Specs = match syn::parse2(input) {
        Ok(specs) => specs,
        Err(error) => return Generated { errors: error.into_compile_error(), ..Generated::default() },
    };
    let loaded = specs.load(environment);
    let mut code = tracked(&loaded.files);
    code.extend(loaded.services.iter().map(alicloud_codegen::service));
    Generated { errors: compile_errors(&loaded.diagnostics, specs.span()), code }
}

/// The arguments of `example_tests!`.
struct ExampleTests {
    folder: LitStr,
    krate: syn::Path,
    check: syn::Path,
}

impl Parse for ExampleTests {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let folder = input.parse()?;
        input.parse::<Token![,]>()?;
        let krate = syn::Path::parse_mod_style(input)?;
        input.parse::<Token![,]>()?;
        let check = syn::Path::parse_mod_style(input)?;
        Ok(Self { folder, krate, check })
    }
}

pub(crate) fn example_tests(input: TokenStream, environment: &Environment) -> Generated {
    let ExampleTests { folder, krate, check } = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return Generated { errors: error.into_compile_error(), ..Generated::default() },
    };
    let specs = Specs::Folder(folder);
    let loaded = specs.load(environment);
    let [krate, check] = [krate, check].map(|path| path.to_token_stream().to_string());
    let tests = loaded.services.iter().map(|service| alicloud_codegen::example_tests(service, &krate, &check));
    Generated { errors: compile_errors(&loaded.diagnostics, specs.span()), code: tests.collect() }
}

fn compile_errors(diagnostics: &[Diagnostic], span: Span) -> TokenStream {
    let shown = diagnostics.iter().take(MOST_ERRORS).map(Diagnostic::to_unprefixed_string);
    let hidden = diagnostics.len().saturating_sub(MOST_ERRORS);
    let rest = (hidden > 0).then(|| format!("{hidden} more errors in the specs are not shown"));
    let errors = shown.chain(rest).map(|text| quote_spanned!(span=> ::core::compile_error!(#text);));
    quote!(#(#errors)*)
}

/// Makes the compiler rebuild when one of the files changes.
fn tracked(files: &[PathBuf]) -> String {
    let paths = files.iter().filter_map(|file| file.to_str());
    let each: String = paths.map(|path| format!("_ = ::core::include_bytes!({path:?});\n")).collect();
    format!("const _: () = {{ {each} }};\n")
}
