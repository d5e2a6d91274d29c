//! Reads the parameters of a call from the command line.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read as _};

use clap::{Args as _, Command};
use serde_json::{Map, Value};

use crate::call::arguments::Arguments;
use crate::ending::Failure;

/// The given parameters: by name, and as a JSON object.
pub(super) struct Given {
    pub(super) texts: Vec<(String, String)>,
    pub(super) object: Map<String, Value>,
}

/// The program's arguments. Each `--Name value` of `alicloud call` that is not one of its options becomes
/// `--param=Name=value`: clap cannot parse options that only the specs define.
pub(crate) fn with_parameters(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments = arguments.into_iter();
    let mut out: Vec<OsString> = arguments.by_ref().take(2).collect();
    if out.get(1).is_none_or(|command| command != "call") {
        out.extend(arguments);
        return out;
    }
    let options = option_names();
    while let Some(argument) = arguments.next() {
        let option = argument.to_str().and_then(|text| text.strip_prefix("--"));
        let name = option.map(|option| option.split_once('=').map_or(option, |(name, _)| name));
        let (Some(option), Some(name)) = (option, name.filter(|name| !name.is_empty())) else {
            out.push(argument);
            continue;
        };
        if options.iter().any(|known| known == name) {
            out.push(argument);
            continue;
        }
        let mut parameter = OsString::from(format!("--param={option}"));
        // The next argument is its value, even if it looks like an option.
        let value = if name == option { arguments.next() } else { None };
        if let Some(value) = value {
            parameter.push("=");
            parameter.push(value);
        }
        out.push(parameter);
    }
    out
}

/// The arguments of [`with_parameters`] without `--help`; `None` if it is not among them, or another command is called.
pub(crate) fn without_help(arguments: &[OsString]) -> Option<Vec<OsString>> {
    let is_help = |argument: &OsString| argument == "--help" || argument == "-h";
    let is_call = arguments.get(1).is_some_and(|command| command == "call");
    let others: Vec<OsString> = arguments.iter().filter(|argument| !is_help(argument)).cloned().collect();
    (is_call && others.len() < arguments.len()).then_some(others)
}

/// The names of the command's options.
pub(crate) fn option_names() -> Vec<String> {
    let command = Arguments::augment_args(Command::new("call"));
    let options = command.get_arguments().filter_map(|argument| argument.get_long().map(str::to_owned));
    options.chain(["help".to_owned()]).collect()
}

/// Reads the parameters that are given by name and with `--params`.
pub(super) fn given(arguments: &Arguments) -> Result<Given, Failure> {
    let text = |parameter: &String| match parameter.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err(Failure::new(format!("`--{parameter}` has no value"))
            .help("every option that `alicloud call --help` does not list is a parameter, which needs a value")),
    };
    let texts = arguments.parameters.iter().map(text).collect::<Result<_, _>>()?;
    let object = match &arguments.params {
        Some(params) => object(params)?,
        None => Map::new(),
    };
    Ok(Given { texts, object })
}

fn object(params: &str) -> Result<Map<String, Value>, Failure> {
    let invalid = |problem: &str| {
        Failure::new(format!("`--params` {problem}")).help(
            r#"pass an object with the parameters as its keys, such as '{"RegionId": "cn-hangzhou"}', `@FILE` or `-`"#,
        )
    };
    let text = match params.strip_prefix('@') {
        Some(file) => fs::read_to_string(file).map_err(|error| invalid(&format!("cannot read `{file}`: {error}")))?,
        None if params == "-" => {
            let mut text = String::new();
            let read = io::stdin().lock().read_to_string(&mut text);
            read.map_err(|error| invalid(&format!("cannot read standard input: {error}")))?;
            text
        }
        None => params.to_owned(),
    };
    // Some editors add a byte order mark.
    match serde_json::from_str(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(invalid("is not a JSON object")),
        // The parser's message has a position, but no part of the text, which may be secret.
        Err(error) => Err(invalid(&format!("is not valid JSON: {error}"))),
    }
}
