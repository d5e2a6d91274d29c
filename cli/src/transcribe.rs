//! `alicloud transcribe`: from a documentation page to the draft of a spec file.
//!
//! [`transcribe`] is the command without its command line and without the file system. The stages, from the bottom up:
//! `page_text` and `html` read a file as lines and tables, `words` has the words by which sections and columns are
//! recognized, `sections`, `table` and `samples` find the parts of a page, `limits`, `rules` and `nesting` understand
//! them, `facts` finds the operation, `reader` and the files for the parts of a spec make a draft, which `read` puts
//! together. `compare` compares it with a known spec, and `spec_text` and `checked` write it. `transcription` runs
//! these steps.

mod bar_rows;
mod blank_rows;
mod cells;
mod checked;
mod command;
mod compare;
mod description;
mod draft;
mod error_rows;
mod examples;
mod facts;
mod fitness;
mod glued_rows;
mod html;
mod known;
mod limits;
mod list_rows;
mod nesting;
mod numbered;
mod page;
mod page_text;
mod paragraph_rows;
mod parameters;
mod permissions;
mod read;
mod reader;
mod report;
mod response;
mod row;
mod rules;
mod samples;
mod sections;
mod spec_text;
mod table;
mod transcription;
mod words;

pub use command::{Arguments, run};
pub use draft::{Note, NoteKind, Origin};
pub use facts::Given;
pub use known::{Known, KnownProduct, KnownSpecs, SpecFolder};
pub use spec_text::Trace;
pub use transcription::{Options, Transcribed, transcribe};
