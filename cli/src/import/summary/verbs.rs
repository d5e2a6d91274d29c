//! The verbs with which names of operations begin.

/// A verb of an operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verb {
    pub(super) third_person: String,
    /// Whether its object is several things.
    pub(super) lists: bool,
}

impl Verb {
    /// Reads one verb, or two as in `CreateOrUpdate`, and returns the words after it.
    pub(super) fn read(words: &[String]) -> Option<(Self, &[String])> {
        let (first, rest) = Self::read_one(words)?;
        if let Some((joining, after)) = rest.split_first()
            && ["And", "Or"].contains(&joining.as_str())
            && let Some((second, after)) = Self::read_one(after)
        {
            let third_person =
                format!("{} {} {}", first.third_person, joining.to_lowercase(), second.third_person.to_lowercase());
            return Some((Self { third_person, lists: first.lists }, after));
        }
        Some((first, rest))
    }

    fn read_one(words: &[String]) -> Option<(Self, &[String])> {
        let (first, rest) = words.split_first()?;
        // `UnBind` and `DeRegister` are one word.
        if ["Un", "De", "Re", "Dis"].contains(&first.as_str())
            && let Some((second, after)) = rest.split_first()
            && let Some(verb) = Self::find(&format!("{first}{second}"))
        {
            return Some((verb, after));
        }
        Some((Self::find(first)?, rest))
    }

    fn find(word: &str) -> Option<Self> {
        let is = |(verb, _): &&(&str, &str)| verb.eq_ignore_ascii_case(word);
        let (verb, third_person) = VERBS.iter().chain(&NOUNS_TOO).find(is)?;
        Some(Self { third_person: (*third_person).to_owned(), lists: *verb == "list" })
    }
}

/// Whether the word is a verb, and not also a noun or an adjective.
pub(super) fn is_only_a_verb(word: &str) -> bool {
    VERBS.iter().any(|(verb, _)| verb.eq_ignore_ascii_case(word)) || OTHER_VERBS.contains(&word.to_lowercase().as_str())
}

/// Verbs that no sentence begins with, because their object does not follow, or their meaning depends on the product.
const OTHER_VERBS: [&str; 12] = ["apply", "do", "is", "has", "can", "exist", "exists", "not", "if", "un", "be", "then"];

/// Verbs that are not also nouns.
const VERBS: [(&str, &str); 121] = [
    ("abort", "Aborts"),
    ("accept", "Accepts"),
    ("activate", "Activates"),
    ("add", "Adds"),
    ("allocate", "Allocates"),
    ("analyze", "Analyzes"),
    ("append", "Appends"),
    ("approve", "Approves"),
    ("assign", "Assigns"),
    ("associate", "Associates"),
    ("attach", "Attaches"),
    ("authorize", "Authorizes"),
    ("bind", "Binds"),
    ("cancel", "Cancels"),
    ("close", "Closes"),
    ("compare", "Compares"),
    ("configure", "Configures"),
    ("confirm", "Confirms"),
    ("continue", "Continues"),
    ("convert", "Converts"),
    ("create", "Creates"),
    ("deactivate", "Deactivates"),
    ("deallocate", "Deallocates"),
    ("decrease", "Decreases"),
    ("decrypt", "Decrypts"),
    ("delete", "Deletes"),
    ("deploy", "Deploys"),
    ("deregister", "Deregisters"),
    ("describe", "Returns"),
    ("destroy", "Destroys"),
    ("detach", "Detaches"),
    ("detect", "Detects"),
    ("disable", "Disables"),
    ("disassociate", "Disassociates"),
    ("discard", "Discards"),
    ("dissociate", "Dissociates"),
    ("downgrade", "Downgrades"),
    ("edit", "Edits"),
    ("enable", "Enables"),
    ("encrypt", "Encrypts"),
    ("evaluate", "Evaluates"),
    ("execute", "Executes"),
    ("expand", "Expands"),
    ("extend", "Extends"),
    ("extract", "Extracts"),
    ("fetch", "Fetches"),
    ("find", "Finds"),
    ("finish", "Finishes"),
    ("freeze", "Freezes"),
    ("generate", "Generates"),
    ("get", "Returns"),
    ("ignore", "Ignores"),
    ("increase", "Increases"),
    ("init", "Initializes"),
    ("initialize", "Initializes"),
    ("insert", "Inserts"),
    ("install", "Installs"),
    ("invoke", "Invokes"),
    ("join", "Joins"),
    ("kill", "Kills"),
    ("merge", "Merges"),
    ("migrate", "Migrates"),
    ("modify", "Modifies"),
    ("mount", "Mounts"),
    ("move", "Moves"),
    ("obtain", "Obtains"),
    ("operate", "Operates"),
    ("overwrite", "Overwrites"),
    ("preload", "Preloads"),
    ("publish", "Publishes"),
    ("put", "Puts"),
    ("reactivate", "Reactivates"),
    ("reboot", "Reboots"),
    ("rebuild", "Rebuilds"),
    ("recognize", "Recognizes"),
    ("recover", "Recovers"),
    ("register", "Registers"),
    ("reinit", "Reinitializes"),
    ("reinstall", "Reinstalls"),
    ("reject", "Rejects"),
    ("remove", "Removes"),
    ("rename", "Renames"),
    ("renew", "Renews"),
    ("replace", "Replaces"),
    ("rerun", "Reruns"),
    ("resend", "Resends"),
    ("resize", "Resizes"),
    ("restart", "Restarts"),
    ("restore", "Restores"),
    ("resubmit", "Resubmits"),
    ("resume", "Resumes"),
    ("retrieve", "Retrieves"),
    ("revert", "Reverts"),
    ("revoke", "Revokes"),
    ("save", "Saves"),
    ("send", "Sends"),
    ("stop", "Stops"),
    ("submit", "Submits"),
    ("subscribe", "Subscribes"),
    ("suspend", "Suspends"),
    ("sync", "Synchronizes"),
    ("synchronize", "Synchronizes"),
    ("terminate", "Terminates"),
    ("translate", "Translates"),
    ("unassign", "Unassigns"),
    ("unassociate", "Disassociates"),
    ("unattach", "Detaches"),
    ("unbind", "Unbinds"),
    ("undeploy", "Undeploys"),
    ("uninstall", "Uninstalls"),
    ("unlock", "Unlocks"),
    ("unmount", "Unmounts"),
    ("unpublish", "Unpublishes"),
    ("unregister", "Unregisters"),
    ("unsubscribe", "Unsubscribes"),
    ("unset", "Unsets"),
    ("untag", "Removes tags from"),
    ("upsert", "Creates or updates"),
    ("validate", "Validates"),
    ("verify", "Verifies"),
    ("withdraw", "Withdraws"),
];

/// Verbs that are also nouns, as in `DescribeImportTask`.
const NOUNS_TOO: [(&str, &str); 34] = [
    ("change", "Changes"),
    ("check", "Checks"),
    ("clear", "Clears"),
    ("clone", "Clones"),
    ("copy", "Copies"),
    ("count", "Counts"),
    ("download", "Downloads"),
    ("export", "Exports"),
    ("grant", "Grants"),
    ("import", "Imports"),
    ("list", "Lists"),
    ("lock", "Locks"),
    ("open", "Opens"),
    ("pause", "Pauses"),
    ("preview", "Previews"),
    ("purchase", "Purchases"),
    ("push", "Pushes"),
    ("query", "Returns"),
    ("refresh", "Refreshes"),
    ("refund", "Refunds"),
    ("release", "Releases"),
    ("reset", "Resets"),
    ("retry", "Retries"),
    ("rollback", "Rolls back"),
    ("run", "Runs"),
    ("scan", "Scans"),
    ("search", "Searches for"),
    ("set", "Sets"),
    ("start", "Starts"),
    ("switch", "Switches"),
    ("tag", "Adds tags to"),
    ("update", "Updates"),
    ("upgrade", "Upgrades"),
    ("upload", "Uploads"),
];
