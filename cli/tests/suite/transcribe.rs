//! `alicloud transcribe`: real pages, pages of every layout, damaged pages, bad pages, and the command.

#![allow(clippy::disallowed_methods, reason = "the tests read in the environment where real pages are")]

mod bad_pages;
mod catalogue_pages;
mod command;
mod compared;
mod damage;
mod damaged_pages;
mod layouts;
mod page_facts;
mod page_writer;
mod real_pages;
mod sound_draft;
mod variants;

use alicloud_cli::transcribe::{Given, Options};

/// Options for pages that do not name their product.
fn options() -> Options {
    let mut given = Given::default();
    given.product = Some("X".to_owned());
    given.version = Some("2020-01-01".to_owned());
    let mut options = Options::default();
    options.given = given;
    options
}
