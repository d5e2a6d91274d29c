//! The arguments of the benchmarks.

use std::fmt::Debug;
use std::str::FromStr;

/// The parsed command line.
#[derive(Debug)]
pub struct Arguments {
    given: Vec<String>,
}

impl Arguments {
    /// Parses the command line: `flags` have no value, `options` have one. Ends the process with `usage` for `--help` or
    /// an unknown argument.
    pub fn read(usage: &str, flags: &[&str], options: &[&str]) -> Self {
        let given: Vec<String> = std::env::args().skip(1).collect();
        let mut rest = given.iter();
        while let Some(argument) = rest.next() {
            if options.contains(&argument.as_str()) && rest.next().is_some() || flags.contains(&argument.as_str()) {
                continue;
            }
            if argument == "--help" {
                println!("{usage}");
                std::process::exit(0);
            }
            eprintln!("`{argument}` is not understood\n\n{usage}");
            std::process::exit(2);
        }
        Self { given }
    }

    /// Returns whether a flag is set.
    pub fn has(&self, flag: &str) -> bool {
        self.given.iter().any(|argument| argument == flag)
    }

    /// Returns the value of an option, or `default`.
    pub fn value<T: FromStr<Err: Debug>>(&self, option: &str, default: T) -> T {
        self.text(option).map_or(default, |text| parse(option, text))
    }

    /// Returns the comma-separated values of an option, or `default`.
    pub fn values<T: FromStr<Err: Debug>>(&self, option: &str, default: Vec<T>) -> Vec<T> {
        self.text(option).map_or(default, |text| text.split(',').map(|one| parse(option, one)).collect())
    }

    /// Returns the values of an option that can be repeated.
    pub fn repeated(&self, option: &str) -> impl Iterator<Item = &str> {
        let pairs = self.given.iter().zip(self.given.iter().skip(1));
        pairs.filter(move |(argument, _)| *argument == option).map(|(_, value)| value.as_str())
    }

    fn text(&self, option: &str) -> Option<&str> {
        let at = self.given.iter().position(|argument| argument == option)?;
        self.given.get(at + 1).map(String::as_str)
    }
}

fn parse<T: FromStr<Err: Debug>>(option: &str, text: &str) -> T {
    text.parse().unwrap_or_else(|error| {
        eprintln!("`{text}` is not a value of `{option}`: {error:?}");
        std::process::exit(2);
    })
}

/// Returns the arguments after `child`, if this program is a child process of itself.
pub fn child<const N: usize>() -> Option<[String; N]> {
    let mut arguments = std::env::args().skip(1);
    (arguments.next()? == "child").then(|| arguments.collect::<Vec<_>>().try_into().expect("a child's arguments"))
}
