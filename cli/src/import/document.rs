//! One metadata document, and the parts that it must have.

use alicloud_model::ApiStyle;

use super::json::Json;
use super::naming::product_folder;
use super::report::shown;
use crate::input::InputError;

/// Larger documents do not exist; the largest known one has 4 MB.
pub(crate) const MOST_BYTES: usize = 64 << 20;

const EXPECTED: &str = "pass the document that Alibaba Cloud publishes for a product version, `api-docs.json`";

/// The style of products whose operations are RPC, unless they have a path.
pub(crate) const V3: &str = "V3";

/// A document that names a product, a version and operations.
pub(crate) struct Document {
    pub(crate) root: Json,
    pub(crate) product: String,
    pub(crate) version: String,
    /// The style of the product: RPC, ROA, or the name of another one.
    pub(crate) style: String,
}

impl Document {
    /// Whether the product has a gateway with its own signature.
    pub(crate) fn is_gateway(&self) -> bool {
        ApiStyle::parse(&self.style).is_none() && self.style != V3
    }

    /// The product's folder below the specs folder.
    pub(crate) fn product_folder(&self) -> Result<String, InputError> {
        product_folder(&self.product).ok_or_else(|| {
            let message = format!("the product `{}` cannot become a Rust module", shown(&self.product));
            InputError::new(message, "a product's name has letters or digits")
        })
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, InputError> {
        if bytes.len() > MOST_BYTES {
            let message = format!("the document has more than {} MiB", MOST_BYTES >> 20);
            return Err(InputError::new(message, EXPECTED));
        }
        // An editor's byte order mark is not part of the document.
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let root: Json = serde_json::from_slice(bytes).map_err(|error| not_json(bytes, &error))?;
        if !root.is_object() {
            let message = format!("the document is {}, not an object", root.kind());
            return Err(InputError::new(message, EXPECTED));
        }
        let info = root.get("info");
        let read = |key: &str| -> Result<String, InputError> {
            let value = info.get(key);
            let text = value.filled().map(|text| text.trim().to_owned());
            text.ok_or_else(|| {
                InputError::new(format!("`info.{key}` is {}, not text", value.kind()), EXPECTED.to_owned())
            })
        };
        let (product, version) = (read("product")?, read("version")?);
        let style =
            info.get("style").filled().map_or_else(|| ApiStyle::Rpc.as_str().to_owned(), |text| text.trim().to_owned());
        for (key, text) in [("product", &product), ("version", &version), ("style", &style)] {
            let is_plain = text.chars().all(|one| one.is_ascii_alphanumeric() || "-_.".contains(one));
            let begins = text.chars().next().is_some_and(|first| first.is_ascii_alphanumeric());
            if !is_plain || !begins || text.len() > 64 {
                let message = format!("`info.{key}` is `{}`", shown(text));
                return Err(InputError::new(message, "it must be letters, digits, `-`, `_` and `.`, at most 64"));
            }
        }
        let apis = root.get("apis");
        if apis.members().is_empty() {
            let found = if apis.is_empty() { "empty" } else { apis.kind() };
            return Err(InputError::new(format!("`apis` is {found}, not an object of operations"), EXPECTED));
        }
        Ok(Self { product, version, style, root })
    }
}

fn not_json(bytes: &[u8], error: &serde_json::Error) -> InputError {
    let full = error.to_string();
    let problem = full.split(" at line ").next().unwrap_or(&full);
    let at = format!("line {} column {}", error.line(), error.column());
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return InputError::new("the document is empty", EXPECTED);
    }
    let help = match error.classify() {
        serde_json::error::Category::Eof => "the document ends too early: fetch it again",
        _ if problem.starts_with("recursion limit") => {
            "it is nested more than 127 levels deep, which no API document is"
        }
        _ => EXPECTED,
    };
    InputError::new(format!("the document is not valid JSON: {problem} at {at}"), help)
}
