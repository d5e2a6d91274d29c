//! Tests of the emulator, over real sockets. One program, because each would link the emulator again.

mod admin;
mod caller;
mod checks;
mod hostile;
mod page;
mod responses;
mod roa;
mod scenarios;
mod signatures;
mod structures;
