//! The import and transcription of the command `alicloud`, as a library for tests and other programs.

pub mod hidden_characters;
pub mod import;
mod input;
pub mod transcribe;

pub use input::InputError;
