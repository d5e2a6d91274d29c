//! The words of documentation pages, in tables by language: a new layout or language is an entry in one of them.

mod columns;
mod key;
mod phrases;
mod sections;
mod values;

pub(crate) use columns::{Column, column, columns_in};
pub(crate) use phrases::{AFTER_TABLES, DEPRECATED, is_deprecation_mark};
pub(crate) use sections::{Section, is_format, section, section_names};
pub(crate) use values::{GLUED_TYPES, WrittenType, is_body_name, is_nothing, position, required, written_type};
