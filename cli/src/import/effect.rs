//! The effect of an operation: whether it only reads, so that it can be sent twice.
//!
//! Documents say it in `operationType` and `systemTags.operationType`, and both are wrong now and then: `SendSms` is called a
//! read, `AssumeRole` a get. So a read needs a name that begins with a reading verb, and no tag against it. Any other operation
//! is a write, or unknown, which counts as a write.

use alicloud_model::Effect;

use super::json::Json;
use super::report::{Reason, Scope};

/// Verbs with which the names of reading operations begin. Of the 40,843 operations of 2026-08, 18,600 begin with one of them,
/// and for fewer than 1 % of these a tag says that they write.
///
/// Not here, although they sound like it: `Fetch`, `Obtain`, `Retrieve` and `Load` create things at times, `Verify` and
/// `Validate` use up codes, `Recognize`, `Detect`, `Translate` and the like are charged for every call, `Read` marks messages as
/// read, `Preview` and `Export` start tasks.
const READING_VERBS: [&str; 18] = [
    "Browse", "Check", "Count", "Desc", "Describe", "Detail", "Exist", "Find", "Get", "Has", "Is", "List", "Lookup",
    "Page", "Query", "Search", "Select", "View",
];

/// Reading verbs of operations that return many things, and so use up none of them: `ListEmailVerification`.
const LISTING_VERBS: [&str; 2] = ["List", "Search"];

/// What a name that begins with another reading verb has in it if the operation writes all the same: it does something after
/// the look, or it uses up a code.
const WRITING_PARTS: [&str; 6] = ["AndDo", "AndCreate", "OrCreate", "AndUpdate", "VerifyCode", "Verification"];

/// Verbs with which the names of writing operations begin, if no tag says so.
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

/// What stands under `effect:`; nothing if it is unknown.
pub(crate) fn find_effect(name: &str, raw: &Json, scope: &Scope<'_>) -> Option<Effect> {
    let stated = raw.get("operationType").text().unwrap_or_default().into_owned();
    let tag = raw.get("systemTags").get("operationType").text().unwrap_or_default().into_owned();
    let tag_writes = matches!(tag.as_str(), "create" | "update" | "delete");
    let is_said_to_read = stated == "read" || matches!(tag.as_str(), "get" | "list");
    if reads(name) {
        let contradiction = match stated.as_str() {
            "write" => Some("operationType: write"),
            "readAndWrite" if !is_said_to_read => Some("operationType: readAndWrite"),
            _ => tag_writes.then_some("systemTags: a write"),
        };
        let Some(contradiction) = contradiction else { return Some(Effect::Read) };
        scope.note(Reason::Effect, format!("the name says that it reads, and the document `{contradiction}`: a write"));
        return Some(if stated == "readAndWrite" { Effect::ReadAndWrite } else { Effect::Write });
    }
    if is_said_to_read && stated != "write" && stated != "readAndWrite" && !tag_writes {
        scope.note(Reason::Effect, format!("`{}` is not evidence that `{name}` reads", said(&stated, &tag)));
    }
    match stated.as_str() {
        "write" => Some(Effect::Write),
        "readAndWrite" => Some(Effect::ReadAndWrite),
        _ => (tag_writes || begins_with(name, &WRITING_VERBS)).then_some(Effect::Write),
    }
}

fn said(stated: &str, tag: &str) -> String {
    if stated == "read" { "operationType: read".to_owned() } else { format!("systemTags: {tag}") }
}

/// What the name alone tells of the effect.
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

/// What follows a first word. `Getting` does not begin with `Get`.
fn strip_prefix<'n>(name: &'n str, word: &str) -> Option<&'n str> {
    let (start, rest) = (name.get(..word.len())?, name.get(word.len()..)?);
    let is_word = start.eq_ignore_ascii_case(word) && start.get(1..) == word.get(1..);
    (is_word && !rest.starts_with(|one: char| one.is_ascii_lowercase())).then_some(rest)
}
