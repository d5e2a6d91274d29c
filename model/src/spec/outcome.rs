//! How the body of a 2xx response reports failure.

/// How a 2xx body reports failure: by a success field, by a code, or by both.
///
/// If the response has the success field, that decides. Otherwise the code decides, if it has values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The field that reports success. Without values, `false` and `0` are failures.
    pub success: Option<OutcomeField>,
    /// The field with the error code. Its values mean success, and so does no code at all.
    pub code: Option<OutcomeField>,
    /// The field with the error message, with dots between nested names.
    pub message: Option<String>,
}

/// A response field that reports success or failure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutcomeField {
    /// The field, with dots between nested names.
    pub path: String,
    /// The values that mean success, in any case.
    pub values: Vec<String>,
}

impl Outcome {
    /// The word for the outcome of an operation whose responses report no failure, unlike those of the product.
    pub const NONE: &'static str = "none";

    /// Returns the field that a response must have for the outcome to be known.
    pub fn decides(&self) -> &str {
        let by_code = || self.code.as_ref().filter(|code| !code.values.is_empty());
        self.success.as_ref().or_else(by_code).map_or("", |field| &field.path)
    }

    /// Returns the paths of its fields.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.keys().map(|(_, path)| path)
    }

    /// Returns its keys, each with the path of its field.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let success = self.success.as_ref().map(|field| ("success", field.path.as_str()));
        let code = self.code.as_ref().map(|field| ("code", field.path.as_str()));
        let message = self.message.as_deref().map(|path| ("message", path));
        [success, code, message].into_iter().flatten()
    }
}
