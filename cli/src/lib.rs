//! What the commands of `alicloud` do, as a library, so that tests and other programs can call it.

pub mod hidden_characters;
pub mod import;
pub mod transcribe;
