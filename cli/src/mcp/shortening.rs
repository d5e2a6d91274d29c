//! Shortens results: agents read every character of them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// The items of each list, if the client does not say how many.
pub(super) const DEFAULT_ITEMS: usize = 50;

/// The maximum number of items of a list.
pub(super) const MOST_ITEMS: usize = 1000;

/// The maximum size of a result. It is about 10,000 tokens of a language model.
const LARGEST: usize = 40_000;

/// The maximum number of characters of a text, and of one in a result that is too large.
const LONGEST_TEXT: usize = 4000;
const SHORTEST_TEXT: usize = 100;

/// The parts of the lists or texts at a path that are left out.
#[derive(Serialize)]
pub(super) struct Cut {
    /// The names on the way, with `[]` for the items of a list.
    path: String,
    /// `items` or `characters`.
    unit: &'static str,
    shown: usize,
    total: usize,
}

impl Cut {
    /// A list of which the first items are shown.
    pub(super) fn items(path: &str, shown: usize, total: usize) -> Self {
        Self { path: path.to_owned(), unit: "items", shown, total }
    }
}

/// A JSON value that is short enough, and what is left out.
pub(super) struct Shortened {
    pub(super) value: Value,
    pub(super) cuts: Vec<Cut>,
}

/// Cuts lists to a number of items, and long texts. If that is not enough, it cuts more, and at last leaves out all.
pub(super) fn shortened(value: &Value, max_items: usize) -> Shortened {
    let (mut items, mut characters) = (max_items, LONGEST_TEXT);
    loop {
        let mut shortening = Shortening { items, characters, cuts: BTreeMap::new() };
        let shown = shortening.value(value, "");
        let size = shown.to_string().len();
        if size <= LARGEST {
            return Shortened { value: shown, cuts: shortening.cuts() };
        }
        if items == 1 && characters == SHORTEST_TEXT {
            let total = value.to_string().chars().count();
            let cut = Cut { path: String::new(), unit: "characters", shown: 0, total };
            return Shortened { value: Value::Null, cuts: vec![cut] };
        }
        items = (items / 2).max(1);
        characters = (characters / 2).max(SHORTEST_TEXT);
    }
}

/// The beginning of a text, and the number of all characters if it is cut.
pub(super) fn beginning(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => text.to_owned(),
        Some((end, _)) => {
            let shown = text.get(..end).unwrap_or_default();
            format!("{shown}… ({} characters in all)", text.chars().count())
        }
    }
}

struct Shortening {
    items: usize,
    characters: usize,
    /// The shown and all items or characters, by path and unit.
    cuts: BTreeMap<(String, &'static str), (usize, usize)>,
}

impl Shortening {
    fn value(&mut self, value: &Value, path: &str) -> Value {
        match value {
            Value::Array(items) => {
                self.note(path, "items", self.items, items.len());
                let inside = format!("{path}[]");
                Value::Array(items.iter().take(self.items).map(|item| self.value(item, &inside)).collect())
            }
            Value::Object(members) => {
                let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
                let shown = members.iter().map(|(name, value)| (name.clone(), self.value(value, &inside(name))));
                Value::Object(shown.collect())
            }
            Value::String(text) => {
                self.note(path, "characters", self.characters, text.chars().count());
                Value::String(beginning(text, self.characters))
            }
            other => other.clone(),
        }
    }

    fn note(&mut self, path: &str, unit: &'static str, shown: usize, total: usize) {
        if total > shown {
            let (all_shown, all) = self.cuts.entry((path.to_owned(), unit)).or_default();
            *all_shown += shown;
            *all += total;
        }
    }

    fn cuts(self) -> Vec<Cut> {
        let cut = |((path, unit), (shown, total))| Cut { path, unit, shown, total };
        self.cuts.into_iter().map(cut).collect()
    }
}
