//! Time and instructions of small pieces of work.

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::table::median;

/// Returns the median nanoseconds of each piece of work over `rounds` rounds. A round repeats each piece for about
/// 50 ms, in turn, so that a disturbance affects all of them.
pub fn nanoseconds(pieces: &mut [&mut dyn FnMut()], rounds: usize) -> Vec<f64> {
    let repeats: Vec<u32> = pieces
        .iter_mut()
        .map(|piece| {
            let mut repeats = 1;
            loop {
                let taken = timed(piece, repeats);
                if taken > 5e6 {
                    break (f64::from(repeats) * 50e6 / taken).ceil() as u32;
                }
                repeats *= 2;
            }
        })
        .collect();
    let mut times: Vec<Vec<f64>> = vec![Vec::new(); pieces.len()];
    for _ in 0..rounds {
        for ((piece, &repeats), times) in pieces.iter_mut().zip(&repeats).zip(&mut times) {
            times.push(timed(piece, repeats) / f64::from(repeats));
        }
    }
    times.into_iter().map(median).collect()
}

fn timed(piece: &mut dyn FnMut(), repeats: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..repeats {
        black_box(&mut *piece)();
    }
    start.elapsed().as_nanos() as f64
}

/// Returns the instructions of one repetition. Runs this program twice under callgrind, with `arguments` and a number
/// of repetitions. The difference excludes the cost of the start.
///
/// Needs valgrind, which does not support the SHA instructions of processors, so it overestimates the cost of hashing.
pub fn instructions(arguments: &[&str], short: u32, long: u32) -> f64 {
    let run = |repetitions: u32| {
        let program = std::env::current_exe().expect("this program's path");
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args(arguments)
            .arg(repetitions.to_string())
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("valgrind cannot be run, and `--instructions` needs it: {error}"));
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "valgrind failed:\n{text}");
        let line = text.lines().find(|line| line.contains("Collected :"));
        let count = line.and_then(|line| line.split_whitespace().last()?.parse::<f64>().ok());
        count.unwrap_or_else(|| panic!("valgrind prints no count:\n{text}"))
    };
    (run(long) - run(short)) / f64::from(long - short)
}
