//! The RAM permission that an operation needs, and the effect that it implies.

use alicloud_model::Effect;

use super::cells;
use super::draft::{DraftRam, NoteKind, Notes, Sourced};
use super::fitness::is_action;
use super::reader::Reader;
use super::row::{Row, Table};
use super::words::{self, Column, Section};
use crate::import::effect_of_name;

impl Reader<'_> {
    pub(crate) fn effect(&self) -> Option<Sourced<Effect>> {
        if let Some(known) = self.known {
            return Some(Sourced::known(known.operation.effect));
        }
        let name = &self.facts.name;
        let access = self.ram_rows().first().and_then(|(row, _)| row.get(Column::Access).cloned());
        let of_name = effect_of_name(&name.value);
        let of_access = access.and_then(|cell| {
            let effect = match cells::plain(&cell.text).to_ascii_lowercase().as_str() {
                "write" | "update" | "create" | "delete" | "写入" => Effect::Write,
                "read" | "get" | "list" | "读取" | "列出" => Effect::Read,
                _ => return None,
            };
            Some(Sourced::at(cell.line, effect))
        });
        match (of_access, of_name) {
            // Levels are wrong now and then, so a read needs both.
            (Some(access), Some(effect)) if access.value == effect => Some(access),
            (Some(access), _) if access.value == Effect::Write => Some(access),
            (None, Some(effect)) => Some(Sourced { value: effect, origin: name.origin }),
            _ => None,
        }
    }

    /// The rows of the RAM table, each with its table.
    pub(crate) fn ram_rows(&self) -> Vec<(&Row, &Table)> {
        let parts = self.parts_of(|section| section == Section::Authorization);
        let tables =
            parts.flat_map(|part| &part.content.tables).filter(|table| table.columns.contains(&Column::Action));
        tables
            .flat_map(|table| table.rows.iter().map(move |row| (row, table)))
            .filter(|(row, _)| row.get(Column::Action).is_some())
            .collect()
    }

    pub(crate) fn ram(&self, notes: &mut Notes) -> Option<DraftRam> {
        let rows = self.ram_rows();
        let mut rows = rows.iter();
        let (row, _) = rows.next()?;
        for (other, _) in rows {
            let action = other.get(Column::Action).map_or("", |cell| cells::plain(&cell.text));
            notes.add(NoteKind::LeftOut, other.line, format!("a second RAM action, `{action}`"));
        }
        let value = |column: Column| {
            let cell = row.get(column)?;
            let text = cells::value(cell.text.lines().next().unwrap_or_default()).ok()?;
            (!text.is_empty()).then(|| Sourced::at(cell.line, text))
        };
        let action = value(Column::Action).filter(|action| is_action(&action.value))?;
        let resource = value(Column::Resource).map(|sourced| {
            // The text behind the type is its name in policies, for which a spec has no key.
            let type_end = sourced.value.find("acs:").filter(|at| *at > 0).unwrap_or(sourced.value.len());
            let name = sourced.value.get(..type_end).unwrap_or_default();
            Sourced { value: name.trim_matches([' ', '`']).to_owned(), origin: sourced.origin }
        });
        for (column, what) in
            [(Column::Condition, "a RAM condition key"), (Column::Dependent, "a dependent RAM action")]
        {
            if let Some(cell) = row.get(column)
                && !cell.text.lines().all(|line| {
                    words::is_nothing(line) || cells::plain(line) == "*" || cells::plain(line).contains("acs:")
                })
            {
                notes.add(NoteKind::LeftOut, cell.line, format!("{what}: {}", cell.text.trim().replace('\n', " ")));
            }
        }
        let operation = action.value.split_once(':').map_or("", |(_, operation)| operation);
        if operation != self.facts.name.value {
            notes.add(
                NoteKind::Decide,
                action.line(),
                format!("the RAM action `{}` has another name than the operation", action.value),
            );
        }
        Some(DraftRam {
            action,
            access: value(Column::Access),
            resource: resource.filter(|sourced| !sourced.value.is_empty()),
        })
    }
}
