//! Recognizes the names of parameters and fields that contain secrets.
//!
//! Neither the documentation nor the official metadata marks secrets, so only the name is available. `sensitive: false`
//! shows a value that is hidden by mistake. A value that is shown by mistake is already in a log.

/// The last words of the names of secrets. Any words may come before them: `AccountPassword`, `db_password`.
const SECRETS: [&[&str]; 31] = [
    &["password"],
    &["passwords"],
    &["passwd"],
    &["pwd"],
    &["passphrase"],
    &["pass", "phrase"],
    &["secret"],
    &["secrets"],
    &["secret", "key"],
    &["secret", "keys"],
    &["private", "key"],
    &["private", "keys"],
    &["ssh", "key"],
    &["api", "key"],
    &["api", "keys"],
    &["apikey"],
    &["access", "key"],
    &["license", "key"],
    &["encryption", "key"],
    &["data", "key"],
    &["token"],
    &["access", "tokens"],
    &["credential"],
    &["credentials"],
    &["authorization"],
    &["auth", "code"],
    &["authorization", "code"],
    &["verify", "code"],
    &["verification", "code"],
    &["cookie"],
    &["plaintext"],
];

/// Tokens that are not credentials: they mark a position in a list, or make a request repeatable.
const HARMLESS_TOKENS: [&[&str]; 14] = [
    &["client"],
    &["next"],
    &["page"],
    &["previous"],
    &["prev"],
    &["last"],
    &["continuation"],
    &["continue"],
    &["pagination"],
    &["scroll"],
    &["query"],
    &["idempotent"],
    &["idempotency"],
    &["start"],
];

/// Words that may follow the name of a secret: `SecretData` and `PrivateKeyPem` are secret, too.
const CONTENTS: [&str; 12] =
    ["base64", "binary", "body", "content", "contents", "data", "file", "pem", "plaintext", "string", "text", "value"];

/// The first words of the names of flags and numbers about a secret, which are not secrets themselves: `HasPassword`,
/// `ResetPassword`.
const QUESTIONS: [&str; 14] =
    ["allow", "auto", "can", "disable", "enable", "force", "has", "if", "is", "max", "min", "need", "support", "use"];

/// Whether the name of a parameter or field indicates a secret: a password, a private key, a credential.
///
/// ```
/// use alicloud_model::is_sensitive_name;
///
/// let secrets = ["Password", "AccessKeySecret", "private_key", "x-acs-security-token"];
/// assert!(secrets.iter().all(|name| is_sensitive_name(name)));
/// assert!(!["ClientToken", "NextToken", "SecretName", "KeyPairName"].iter().any(|name| is_sensitive_name(name)));
/// ```
pub fn is_sensitive_name(name: &str) -> bool {
    let words = words(name);
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.first().is_some_and(|first| QUESTIONS.contains(first)) {
        return false;
    }
    while words.len() > 1 && words.last().is_some_and(|last| CONTENTS.contains(last) || last.parse::<u32>().is_ok()) {
        // The last word is kept if it is the only one: `Plaintext` alone is the text that KMS has decrypted.
        words.pop();
    }
    if !SECRETS.iter().any(|secret| words.ends_with(secret)) {
        return false;
    }
    match words.split_last() {
        Some((&"token", before)) => !HARMLESS_TOKENS.iter().any(|harmless| before.ends_with(harmless)),
        _ => true,
    }
}

/// Returns the words of a name in lower case: of `DBAccountPassword2`, these are `db`, `account`, `password` and `2`.
fn words(name: &str) -> Vec<String> {
    let all: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (index, &one) in all.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|at| all.get(at)).copied().unwrap_or(' ');
        let after = all.get(index + 1).copied().unwrap_or(' ');
        let begins = one.is_ascii_uppercase() && (!before.is_ascii_uppercase() || after.is_ascii_lowercase())
            || one.is_ascii_digit() != before.is_ascii_digit();
        if (begins || !one.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if one.is_alphanumeric() {
            word.extend(one.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
