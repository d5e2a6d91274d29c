//! Tests of the emulator over real sockets. They are one program, because every test program links the whole emulator.

mod admin;
mod caller;
mod checks;
mod everything;
mod hostile;
mod page;
mod policies;
mod responses;
mod roa;
mod scenarios;
mod signatures;
mod structures;
