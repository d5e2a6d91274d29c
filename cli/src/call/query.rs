//! `--query`: a part of a response, by a JMESPath expression.

use std::thread;

use serde_json::Value;

use crate::ending::Failure;

/// The maximum length of an expression. The library parses expressions recursively.
const LONGEST: usize = 4096;

/// Enough for the deepest expression of this length.
const STACK: usize = 256 << 20;

/// A JMESPath expression that is valid.
pub(super) struct Query(String);

impl Query {
    pub(super) fn parse(expression: &str) -> Result<Self, Failure> {
        if expression.len() > LONGEST {
            return Err(Failure::new(format!("the query is longer than {LONGEST} bytes"))
                .help("a short expression selects most; use a program such as `jq` for more"));
        }
        let expression = expression.to_owned();
        with_large_stack(move || match jmespath::compile(&expression) {
            Ok(_) => Ok(Self(expression)),
            Err(error) => Err(invalid("is not a JMESPath expression", &error)),
        })
    }

    /// The part of a response.
    pub(super) fn search(&self, response: Value) -> Result<Value, Failure> {
        let expression = self.0.clone();
        with_large_stack(move || {
            let compiled =
                jmespath::compile(&expression).map_err(|error| invalid("is not a JMESPath expression", &error))?;
            let found = compiled.search(response).map_err(|error| invalid("does not fit the response", &error))?;
            serde_json::to_value(&*found).map_err(|error| Failure::new(format!("the result is not JSON: {error}")))
        })
    }
}

fn invalid(problem: &str, error: &jmespath::JmespathError) -> Failure {
    // The message shows the expression, with a caret below the position.
    let shown = error.to_string();
    let shown: Vec<&str> = shown.trim_end().lines().collect();
    Failure::new(format!("the query {problem}:\n  {}", shown.join("\n  ")))
        .help("https://jmespath.org describes the language; an example is `Instances.Instance[].InstanceId`")
}

/// Runs a task that recurses.
fn with_large_stack<T: Send + 'static>(
    task: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let running = thread::Builder::new().stack_size(STACK).spawn(task);
    let running = running.map_err(|error| Failure::new(format!("cannot start a thread for the query: {error}")))?;
    running.join().unwrap_or_else(|_| {
        Err(Failure::new("the query cannot be run").help("this is a bug in `alicloud`; use a simpler query"))
    })
}
