//! The server: runs an action for each request, and records the requests.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::actions::{Action, is_doomed, retry_delay};

/// The maximum size of a response. The client must not read more.
pub(crate) const LIMIT: usize = 4096;

/// The records of the server.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) calls: HashMap<u64, Received>,
    pub(crate) requests: u64,
    pub(crate) actions: BTreeMap<Action, u64>,
    pub(crate) nonces: HashSet<String>,
    /// Requests without a nonce, or with a repeated one.
    pub(crate) old_nonces: u64,
    pub(crate) connections: u64,
    /// Connections that were reset at once.
    pub(crate) doomed: u64,
    /// Connections to the target of the redirect.
    pub(crate) redirected: u64,
}

/// The records of a call, including incomplete requests.
#[derive(Default)]
pub(crate) struct Received {
    /// The actions for its attempts, in order.
    pub(crate) actions: Vec<Action>,
    pub(crate) tokens: HashSet<String>,
}

impl Received {
    /// Returns how many times the service may have executed the call.
    pub(crate) fn possible_executions(&self) -> usize {
        self.actions.iter().filter(|action| !action.is_throttling()).count()
    }
}

pub(crate) struct Server {
    pub(crate) endpoint: String,
    pub(crate) seen: Arc<Mutex<Seen>>,
}

impl Server {
    /// Starts the server on a separate thread, so that its tasks do not count as those of the client.
    pub(crate) fn start(seed: u64) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (sender, receiver) = mpsc::channel();
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
                let target = TcpListener::bind("127.0.0.1:0").await.expect("another port");
                let address = |listener: &TcpListener| format!("http://{}", listener.local_addr().expect("an address"));
                sender.send(address(&listener)).expect("a receiver");
                let location = Arc::new(address(&target));
                let redirected = Arc::clone(&shared);
                tokio::spawn(async move {
                    while target.accept().await.is_ok() {
                        redirected.lock().expect("the notes").redirected += 1;
                    }
                });
                loop {
                    let (stream, _) = listener.accept().await.expect("a connection");
                    let connection = Connection { seed, seen: Arc::clone(&shared), location: Arc::clone(&location) };
                    tokio::spawn(connection.serve(stream));
                }
            });
        });
        Self { endpoint: receiver.recv().expect("the server's address"), seen }
    }
}

struct Connection {
    seed: u64,
    seen: Arc<Mutex<Seen>>,
    location: Arc<String>,
}

/// The head of a request.
struct Head {
    call: u64,
    token: Option<String>,
    nonce: String,
    body_bytes: usize,
}

impl Connection {
    async fn serve(self, stream: TcpStream) {
        stream.set_nodelay(true).expect("a socket without delay");
        let is_doomed = {
            let mut seen = self.seen.lock().expect("the notes");
            seen.connections += 1;
            let is_doomed = is_doomed(self.seed, seen.connections);
            seen.doomed += u64::from(is_doomed);
            is_doomed
        };
        if is_doomed {
            // The client may have closed the connection already.
            let _ = stream.set_zero_linger();
            return;
        }
        let mut stream = BufReader::new(stream);
        // An error means that the client or the server has closed the connection.
        while let Ok(Some(head)) = read_head(&mut stream).await {
            match self.exchange(&mut stream, head).await {
                Ok(true) => {}
                Ok(false) => {
                    let _ = stream.get_ref().set_zero_linger();
                    return;
                }
                Err(_) => return,
            }
        }
    }

    /// Runs the action. Returns whether the connection stays open or is reset. An error closes it without a reset.
    async fn exchange(&self, stream: &mut BufReader<TcpStream>, head: Head) -> io::Result<bool> {
        let (action, retry_delay) = self.note(&head);
        if action == Action::ResetDuringRequest {
            return Ok(false);
        }
        let mut body = vec![0; head.body_bytes];
        stream.read_exact(&mut body).await?;

        let good = format!(r#"{{"RequestId":"R","CallId":{}}}"#, head.call);
        let half = &good.as_bytes()[..good.len() / 2];
        let error = |code: &str| format!(r#"{{"RequestId":"R","HostId":"h","Code":"{code}","Message":"m"}}"#);
        let html = "<html><body>Something went wrong</body></html>".to_owned();
        let http = |head: &str, body: &[u8]| http(&format!("{head}{retry_delay}"), body);
        let response = match action {
            Action::Respond | Action::RespondAndClose => http("200 OK", good.as_bytes()),
            Action::ServiceError => http("404 Not Found", error("Thing.NotFound").as_bytes()),
            Action::Throttling400 => http("400 Bad Request", error("Throttling.User").as_bytes()),
            Action::Throttling429 => http("429 Too Many Requests", error("Throttling.User").as_bytes()),
            Action::Internal => http("500 Internal Server Error", error("InternalError").as_bytes()),
            Action::BadGateway => http("502 Bad Gateway", html.as_bytes()),
            Action::Unavailable => http("503 Service Unavailable", error("ServiceUnavailable").as_bytes()),
            Action::GatewayTimeout => http("504 Gateway Timeout", b""),
            Action::Empty => http("200 OK", b""),
            Action::Html => http("200 OK", html.as_bytes()),
            Action::CutJson => http("200 OK", half),
            Action::WrongType => http("200 OK", br#"{"RequestId":"R","CallId":{}}"#),
            Action::NotUtf8 => http("200 OK", b"{\"RequestId\":\"\xff\"}"),
            Action::TooLong => http("200 OK", format!("{{\"RequestId\":\"{}\"}}", "x".repeat(2 * LIMIT)).as_bytes()),
            Action::Redirect => http(&format!("307 Temporary Redirect\r\nlocation: {}/", self.location), b""),
            Action::Trickle => {
                for byte in http("200 OK", good.as_bytes()) {
                    stream.write_all(&[byte]).await?;
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                return Ok(true);
            }
            Action::ResetDuringRequest | Action::ResetAfterRequest => return Ok(false),
            Action::ResetDuringResponse | Action::Stall => {
                let whole = http("200 OK", good.as_bytes());
                stream.write_all(&whole[..whole.len() - good.len() / 2]).await?;
                if action == Action::Stall {
                    gone(stream).await;
                }
                return Ok(false);
            }
            Action::Silence => {
                gone(stream).await;
                return Ok(false);
            }
        };
        stream.write_all(&response).await?;
        if action == Action::RespondAndClose {
            stream.shutdown().await?;
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(true)
    }

    /// Chooses and records the action, and returns it with the header for a retry delay.
    fn note(&self, head: &Head) -> (Action, &'static str) {
        let mut seen = self.seen.lock().expect("the notes");
        let seen = &mut *seen;
        seen.requests += 1;
        let is_new = !head.nonce.is_empty() && seen.nonces.insert(head.nonce.clone());
        seen.old_nonces += u64::from(!is_new);
        let received = seen.calls.entry(head.call).or_default();
        let attempt = received.actions.len() as u32;
        let action = Action::chosen(self.seed, head.call, attempt);
        received.actions.push(action);
        received.tokens.extend(head.token.clone());
        *seen.actions.entry(action).or_default() += 1;
        (action, retry_delay(self.seed, head.call, attempt))
    }
}

/// Waits until the client has closed the connection.
async fn gone(stream: &mut BufReader<TcpStream>) {
    // The result does not matter.
    let _ = stream.read(&mut [0; 64]).await;
}

/// Reads the head of the next request. Returns `None` if the client has closed the connection.
async fn read_head(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Head>> {
    let mut line = String::new();
    if stream.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let target = line.split(' ').nth(1).unwrap_or_default();
    let parameter = |name: &str| {
        let query = target.split_once('?')?.1;
        query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=').map(str::to_owned))
    };
    let call = parameter("CallId").and_then(|call| call.parse().ok()).expect("a request with a CallId");
    let token = parameter("ClientToken");
    let mut head = Head { call, token, nonce: String::new(), body_bytes: 0 };
    loop {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(None);
        }
        match line.trim_end().split_once(": ") {
            None => return Ok(Some(head)),
            Some(("content-length", length)) => head.body_bytes = length.parse().expect("a length"),
            Some(("x-acs-signature-nonce", nonce)) => nonce.clone_into(&mut head.nonce),
            Some(_) => {}
        }
    }
}

fn http(head: &str, body: &[u8]) -> Vec<u8> {
    let mut response = format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
    response.extend_from_slice(body);
    response
}
