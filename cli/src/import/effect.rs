//! The effect of an operation: whether it only reads, so that it can be sent twice.
//!
//! Documents state it in `operationType` and `systemTags.operationType`, and both are sometimes wrong: `SendSms` is tagged as a
//! read, `AssumeRole` as a get. So a read needs a name that begins with a reading verb, and no contradicting tag. Any other
//! operation is a write, or unknown, which counts as a write.

use alicloud_model::Effect;

use super::json::Json;
use super::report::{Reason, Scope};

/// Verbs with which the names of reading operations begin. Of the 40,843 operations of 2026-08, 18,600 begin with one of them,
/// and fewer than 1 % of these have a tag of a write.
///
/// These verbs are missing on purpose: `Fetch`, `Obtain`, `Retrieve` and `Load` sometimes create things, `Verify` and
/// `Validate` use up codes, `Recognize`, `Detect`, `Translate` and the like are charged for every call, `Read` marks messages as
/// read, `Preview` and `Export` start tasks.
const READING_VERBS: [&str; 18] = [
    "Browse", "Check", "Count", "Desc", "Describe", "Detail", "Exist", "Find", "Get", "Has", "Is", "List", "Lookup",
    "Page", "Query", "Search", "Select", "View",
];

/// Reading verbs of operations that list, and so use up nothing: `ListEmailVerification`.
const LISTING_VERBS: [&str; 2] = ["List", "Search"];

/// Parts of names that begin with another reading verb but write: the operation acts after it reads, or uses up a code.
const WRITING_PARTS: [&str; 6] = ["AndDo", "AndCreate", "OrCreate", "AndUpdate", "VerifyCode", "Verification"];

/// Verbs with which the names of writing operations begin, for operations without a tag.
const WRITING_VERBS: [&str; 66] = [
    "Accept",
    "Activate",
    "Add",
    "Allocate",
    "Apply",
    "Assign",
    "Associate",
    "Attach",
    "Authorize",
    "Bind",
    "Cancel",
    "Change",
    "Clear",
    "Clone",
    "Close",
    "Copy",
    "Create",
    "Deactivate",
    "Delete",
    "Deploy",
    "Detach",
    "Disable",
    "Disassociate",
    "Dissociate",
    "Edit",
    "Enable",
    "Grant",
    "Import",
    "Insert",
    "Install",
    "Invoke",
    "Join",
    "Kill",
    "Modify",
    "Move",
    "Open",
    "Pause",
    "Publish",
    "Push",
    "Put",
    "Reboot",
    "Register",
    "Reject",
    "Release",
    "Remove",
    "Rename",
    "Renew",
    "Replace",
    "Reset",
    "Resize",
    "Restart",
    "Restore",
    "Resume",
    "Retry",
    "Revoke",
    "Rollback",
    "Save",
    "Send",
    "Set",
    "Start",
    "Stop",
    "Submit",
    "Suspend",
    "Tag",
    "Unbind",
    "Update",
];

/// Finds the effect; `None` if it is unknown.
pub(crate) fn find_effect(name: &str, raw: &Json, scope: &Scope<'_>) -> Option<Effect> {
    let stated = raw.get("operationType").text().and_then(|word| Effect::parse(&word));
    let tag = raw.get("systemTags").get("operationType").text().unwrap_or_default();
    let tag_writes = matches!(tag.as_ref(), "create" | "update" | "delete");
    let tag_reads = matches!(tag.as_ref(), "get" | "list");
    if reads(name) {
        let contradiction = match stated {
            Some(Effect::Write) => Some(in_document(Effect::Write)),
            Some(Effect::ReadAndWrite) if !tag_reads => Some(in_document(Effect::ReadAndWrite)),
            _ => tag_writes.then(|| "systemTags: a write".to_owned()),
        };
        let Some(contradiction) = contradiction else { return Some(Effect::Read) };
        scope.note(
            Reason::Effect,
            format!("the name is that of a read, but the document has `{contradiction}`: a write"),
        );
        return Some(if stated == Some(Effect::ReadAndWrite) { Effect::ReadAndWrite } else { Effect::Write });
    }
    let evidence = match stated {
        Some(Effect::Read) => Some(in_document(Effect::Read)),
        None if tag_reads => Some(format!("systemTags: {tag}")),
        _ => None,
    };
    if let Some(evidence) = evidence.filter(|_| !tag_writes) {
        scope.note(Reason::Effect, format!("`{evidence}` is not evidence that `{name}` reads"));
    }
    match stated {
        Some(Effect::Write | Effect::ReadAndWrite) => stated,
        _ => (tag_writes || begins_with(name, &WRITING_VERBS)).then_some(Effect::Write),
    }
}

/// An effect as documents state it.
fn in_document(effect: Effect) -> String {
    format!("operationType: {}", effect.as_str())
}

/// The effect that the name alone implies.
pub(crate) fn effect_of_name(name: &str) -> Option<Effect> {
    if reads(name) {
        return Some(Effect::Read);
    }
    begins_with(name, &WRITING_VERBS).then_some(Effect::Write)
}

/// Whether the name is that of an operation that reads.
pub(crate) fn reads(name: &str) -> bool {
    let verb = ["Batch", "Pageable"].iter().find_map(|first| strip_prefix(name, first)).unwrap_or(name);
    begins_with(verb, &LISTING_VERBS)
        || begins_with(verb, &READING_VERBS) && !WRITING_PARTS.iter().any(|part| name.contains(part))
}

/// Whether a name begins with one of these words, in any case of its first letter.
fn begins_with(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| strip_prefix(name, word).is_some())
}

/// The rest of a name after its first word. `Getting` does not begin with `Get`.
fn strip_prefix<'n>(name: &'n str, word: &str) -> Option<&'n str> {
    let (start, rest) = (name.get(..word.len())?, name.get(word.len()..)?);
    let is_word = start.eq_ignore_ascii_case(word) && start.get(1..) == word.get(1..);
    (is_word && !rest.starts_with(|one: char| one.is_ascii_lowercase())).then_some(rest)
}
