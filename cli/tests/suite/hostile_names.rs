//! Names and texts of a document never become code. Whatever they contain, the same items are generated, with names by
//! the rules for Rust names.

use alicloud_cli::import::{Options, convert};
use alicloud_model::{Loaded, SourceFile, load_sources};
use serde_json::{Value as Json, json};

/// Names, each with the Rust names of a field, an error and a shared type with it. `None` if the importer drops them.
const NAMES: &[(&str, Option<[&str; 3]>)] = &[
    ("tame", Some(["tame", "Tame", "Tame"])),
    ("a\"b", Some(["a_b", "AB", "Ab"])),
    ("a'b", Some(["a_b", "AB", "Ab"])),
    ("a\\", Some(["a", "A", "A"])),
    ("*/", Some(["field", "Code", "Type"])),
    ("a*/b/*", Some(["a_b", "AB", "Ab"])),
    ("//", Some(["field", "Code", "Type"])),
    ("///a", Some(["a", "A", "A"])),
    ("r#x", Some(["r_x", "RX", "Rx"])),
    ("r#\"x\"#", Some(["r_x", "RX", "Rx"])),
    ("#[", Some(["field", "Code", "Type"])),
    ("#![allow(x)]", Some(["allow_x", "AllowX", "Allowx"])),
    ("\");fn/**/x(){}//", Some(["fn_x", "FnX", "Fnx"])),
    ("\"#]mod/**/x{}", Some(["mod_x", "ModX", "Modx"])),
    ("{}", Some(["field", "Code", "Type"])),
    ("{0:?}", Some(["_0", "N0", "N0"])),
    ("$crate", Some(["crate_", "Crate", "Crate"])),
    ("'static", Some(["r#static", "Static", "Static"])),
    ("type", Some(["r#type", "Type", "Type"])),
    ("self", Some(["self_", "Self_", "Self_"])),
    ("_", Some(["field", "Code", "Type"])),
    ("名前", Some(["field", "Code", "Type"])),
    ("a\nb", None),
    ("a\r\nb", None),
    ("a\tb", None),
    ("\u{0}", None),
    ("\u{7}a", None),
    ("\u{1b}[31ma", None),
    ("\u{202e}a", None),
    ("a\u{2066}b\u{2069}", None),
    ("a\u{200b}b", None),
    ("a\u{2028}b", None),
    ("\u{feff}a", None),
];

/// A document with the name in every possible position.
fn document(name: &str) -> Json {
    let reference = format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
    let text = json!({ "type": "string", "example": name, "pattern": name, "enum": [name], "title": name });
    let object = json!({ "type": "object", "properties": { name: text } });
    json!({
        "info": { "style": "RPC", "product": "Demo", "version": "2020-01-01" },
        "components": { "schemas": { name: object } },
        "apis": {
            "GetThing": {
                "summary": format!("Gets {name}."),
                "methods": ["get"],
                "parameters": [
                    { "name": name, "in": "query", "schema": text },
                    { "name": "Shared", "in": "query", "style": "json", "schema": { "$ref": reference } },
                ],
                "responses": { "200": { "schema": { "type": "object", "properties": {
                    name: text,
                    "Inner": object,
                } } } },
                "errorCodes": { "400": [{ "errorCode": name, "errorMessage": name }, { "errorCode": "Known" }] },
                "responseDemo": json!([{ "type": "json", "example": json!({ name: name }).to_string() }]).to_string(),
            },
            // The name of an operation is also the name of a file, so it must be plain.
            name: { "methods": ["get"], "path": name },
        },
        "endpoints": [{ "regionId": name, "endpoint": name }, { "regionId": "cn-a", "endpoint": "demo.aliyuncs.com" }],
    })
}

fn load(document: &Json) -> Loaded {
    let converted = convert(document.to_string().as_bytes(), &Options::default()).unwrap();
    let folder = format!("{}/{}", converted.product_folder, converted.report.version);
    let files = converted.files().into_iter();
    let sources: Vec<SourceFile> =
        files.map(|(name, text)| SourceFile { path: format!("{folder}/{name}"), text }).collect();
    let loaded = load_sources(&sources);
    assert!(loaded.diagnostics.is_empty(), "{:#?}\n{sources:#?}", loaded.diagnostics);
    loaded
}

/// The formatted code, and the items parsed from it.
fn emitted(loaded: &Loaded) -> (String, syn::File) {
    let [service] = loaded.services.as_slice() else { panic!("one service") };
    let code = alicloud_codegen::service(service);
    let text = prettyplease::unparse(&syn::parse_file(&code).unwrap_or_else(|error| panic!("{error}\n{code}")));
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    (text, file)
}

fn module(file: &syn::File) -> &[syn::Item] {
    let [syn::Item::Mod(module)] = file.items.as_slice() else { panic!("one module") };
    &module.content.as_ref().unwrap().1
}

/// The types of a module and its submodules, with the names inside each, and a description of every other item.
fn outline(items: &[syn::Item]) -> Vec<String> {
    let inner = items.iter().filter_map(|item| if let syn::Item::Mod(inner) = item { Some(inner) } else { None });
    let inner = inner.flat_map(|inner| outline(&inner.content.as_ref().unwrap().1));
    let mut outline: Vec<String> = items
        .iter()
        .map(|item| match item {
            syn::Item::Mod(inner) => format!("mod {}", inner.ident),
            syn::Item::Use(_) => "use".to_owned(),
            syn::Item::Static(item) => format!("static {}", item.ident),
            syn::Item::Type(item) => format!("type {}", item.ident),
            syn::Item::Enum(item) => {
                let names: Vec<String> = item.variants.iter().map(|variant| variant.ident.to_string()).collect();
                format!("enum {}: {}", item.ident, names.join(" "))
            }
            syn::Item::Struct(item) => {
                let names = item.fields.iter().filter_map(|field| field.ident.as_ref()).map(ToString::to_string);
                let mut names: Vec<String> = names.collect();
                names.sort();
                format!("struct {}: {}", item.ident, names.join(" "))
            }
            syn::Item::Impl(item) => {
                let name = match item.self_ty.as_ref() {
                    syn::Type::Path(path) => path.path.segments.last().unwrap().ident.to_string(),
                    _ => "?".to_owned(),
                };
                let of = item.trait_.as_ref().map(|(path, _)| path.segments.last().unwrap().ident.to_string());
                let names: Vec<String> = item
                    .items
                    .iter()
                    .filter_map(
                        |item| if let syn::ImplItem::Fn(one) = item { Some(one.sig.ident.to_string()) } else { None },
                    )
                    .collect();
                match of {
                    Some(of) => format!("impl {of} for {name}"),
                    None => format!("impl {name}: {}", names.join(" ")),
                }
            }
            _ => "something else".to_owned(),
        })
        .chain(inner)
        .collect();
    outline.sort();
    outline
}

#[test]
fn names_become_identifiers_and_nothing_else() {
    for (name, expected) in NAMES {
        let (text, file) = emitted(&load(&document(name)));
        let mut items: Vec<String> =
            ["use", "use", "use", "mod get_thing", "static SERVICE", "struct Client: ", "impl Client: new get_thing"]
                .into_iter()
                .chain([
                    "struct GetThingRequest: ",
                    "impl Request for GetThingRequest",
                    "impl Debug for GetThingRequest",
                ])
                .chain(["impl Decode for GetThingResponse", "impl Debug for GetThingResponse"])
                .map(str::to_owned)
                .collect();
        match expected {
            Some([field, error, shared]) => {
                let mut fields = ["inner", field];
                fields.sort_unstable();
                items.extend(["use", "use", "mod __shared"].map(str::to_owned));
                items.extend([
                    format!("impl GetThingRequest: new {field} shared"),
                    format!("struct GetThingResponse: {}", fields.join(" ")),
                    format!("struct GetThingResponseInner: {field}"),
                    "impl Decode for GetThingResponseInner".to_owned(),
                    "impl Debug for GetThingResponseInner".to_owned(),
                    format!("enum GetThingError: {error} Known Other"),
                    format!("struct {shared}Input: "),
                    format!("static __{shared}Input"),
                    format!("impl {shared}Input: new {field}"),
                    "impl From for Value".to_owned(),
                    format!("impl Debug for {shared}Input"),
                ]);
            }
            None => items.extend([
                "impl GetThingRequest: new shared".to_owned(),
                "struct GetThingResponse: inner".to_owned(),
                "enum GetThingError: Known Other".to_owned(),
            ]),
        }
        items.sort();
        let mut found = outline(module(&file));
        // `Debug` is derived, or implemented if the codes provide the names.
        if let Some(written) = found.iter().position(|item| item == "impl Debug for GetThingError") {
            found.remove(written);
        }
        assert_eq!(found, items, "{name:?}\n{text}");
    }
}

#[test]
fn texts_keep_their_order_and_their_lines() {
    for (name, _) in NAMES {
        let (text, _) = emitted(&load(&document(name)));
        let is_hidden = |one: char| {
            (one.is_control() && one != '\n')
                || matches!(one, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!text.contains(is_hidden), "{name:?}\n{text}");
    }
}
