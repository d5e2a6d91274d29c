//! A client that only writes and reads lines of JSON.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::program::{ACCESS_KEY, Ended, alicloud};

/// The program, with nothing in its environment.
fn command(arguments: &[&str]) -> Command {
    let mut command = alicloud(&[]);
    command.arg("mcp").args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// The result of a run with this input.
pub(crate) fn ended(arguments: &[&str], input: &str) -> Ended {
    Ended::with_input(&mut command(arguments), input)
}

/// A server that has been greeted.
pub(crate) struct Client {
    server: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    /// The result of `initialize`.
    pub(crate) greeting: Value,
    next_id: u64,
}

impl Client {
    /// Starts a server with the emulator's AccessKey.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_with(&ACCESS_KEY, arguments)
    }

    pub(crate) fn start_with(environment: &[(&str, &str)], arguments: &[&str]) -> Self {
        let mut server = command(arguments).envs(environment.iter().copied()).spawn().unwrap();
        let (input, output) = (server.stdin.take(), BufReader::new(server.stdout.take().unwrap()));
        let mut client = Self { server, input, output, greeting: Value::Null, next_id: 1 };
        let hello = json!({
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"},
        });
        client.greeting = client.request("initialize", &hello)["result"].take();
        client.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
        client
    }

    /// Sends a line.
    pub(crate) fn send(&mut self, line: &str) {
        let input = self.input.as_mut().unwrap();
        writeln!(input, "{line}").and_then(|()| input.flush()).unwrap();
    }

    /// The next message.
    pub(crate) fn receive(&mut self) -> Value {
        let mut line = String::new();
        assert!(self.output.read_line(&mut line).unwrap() > 0, "the server is gone");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Sends a request, and returns the response to it.
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> Value {
        let id = self.next_id;
        self.next_id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string());
        let response = self.receive();
        assert_eq!(response["id"], id, "{response}");
        response
    }

    /// The result of a tool, whatever it is.
    pub(crate) fn result(&mut self, tool: &str, arguments: &Value) -> Value {
        let mut response = self.request("tools/call", &json!({"name": tool, "arguments": arguments}));
        assert!(response["error"].is_null(), "{response}");
        response["result"].take()
    }

    /// The structured content of a tool that succeeds. The text has the same.
    pub(crate) fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let mut result = self.result(tool, &arguments);
        assert_eq!(result["isError"], false, "{tool} {arguments}: {result}");
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"], "{tool}");
        result["structuredContent"].take()
    }

    /// The error of a tool that fails. The text has its message.
    pub(crate) fn failed(&mut self, tool: &str, arguments: Value) -> Value {
        let mut result = self.result(tool, &arguments);
        assert_eq!(result["isError"], true, "{tool} {arguments}: {result}");
        let text = result["content"][0]["text"].as_str().unwrap().to_owned();
        let error = result["structuredContent"]["error"].take();
        assert!(text.contains(error["message"].as_str().unwrap().lines().next().unwrap()), "{text} {error}");
        error
    }

    /// Closes the input, and returns the exit code.
    pub(crate) fn end(mut self) -> Option<i32> {
        drop(self.input.take());
        self.server.wait().unwrap().code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended.
        drop(self.server.kill());
        drop(self.server.wait());
    }
}
