//! The server: does to each request what its number says, and notes what came.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::acts::{Act, is_doomed, patience};

/// What the client must not read to the end.
pub(crate) const LIMIT: usize = 4096;

/// What the server has seen.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) calls: HashMap<u64, Received>,
    pub(crate) requests: u64,
    pub(crate) acts: BTreeMap<Act, u64>,
    pub(crate) nonces: HashSet<String>,
    /// Requests without a nonce, or with one that another had.
    pub(crate) old_nonces: u64,
    pub(crate) connections: u64,
    /// Connections that were reset before anything was read.
    pub(crate) doomed: u64,
    /// Requests to where the redirect points.
    pub(crate) redirected: u64,
}

/// What came of one call, whole or in part.
#[derive(Default)]
pub(crate) struct Received {
    /// What was done to its attempts, in their order.
    pub(crate) acts: Vec<Act>,
    pub(crate) tokens: HashSet<String>,
}

impl Received {
    /// How often the service may have acted, or would have if it had got the rest.
    pub(crate) fn perhaps_acted(&self) -> usize {
        self.acts.iter().filter(|act| !act.is_throttling()).count()
    }
}

pub(crate) struct Server {
    pub(crate) endpoint: String,
    pub(crate) seen: Arc<Mutex<Seen>>,
}

impl Server {
    /// Starts it on a thread of its own, so that its tasks are not among the client's.
    pub(crate) fn start(seed: u64) -> Self {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (tell, told) = mpsc::channel();
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("an event loop");
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
                let elsewhere = TcpListener::bind("127.0.0.1:0").await.expect("another port");
                let address = |listener: &TcpListener| format!("http://{}", listener.local_addr().expect("an address"));
                tell.send(address(&listener)).expect("somebody to tell");
                let location = Arc::new(address(&elsewhere));
                let redirected = Arc::clone(&shared);
                tokio::spawn(async move {
                    while elsewhere.accept().await.is_ok() {
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
        Self { endpoint: told.recv().expect("the server's address"), seen }
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
            // One that the client has closed already needs no reset.
            let _ = stream.set_zero_linger();
            return;
        }
        let mut stream = BufReader::new(stream);
        // An error is a client that has gone, which is no fault, or a connection that was closed.
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

    /// Does what is to be done, and tells whether the connection stays, or is reset. An error ends it without a reset.
    async fn exchange(&self, stream: &mut BufReader<TcpStream>, head: Head) -> io::Result<bool> {
        let (act, patience) = self.note(&head);
        if act == Act::ResetDuringRequest {
            return Ok(false);
        }
        let mut body = vec![0; head.body_bytes];
        stream.read_exact(&mut body).await?;

        let good = format!(r#"{{"RequestId":"R","CallId":{}}}"#, head.call);
        let half = &good.as_bytes()[..good.len() / 2];
        let refusal = |code: &str| format!(r#"{{"RequestId":"R","HostId":"h","Code":"{code}","Message":"m"}}"#);
        let html = "<html><body>Something went wrong</body></html>".to_owned();
        let http = |head: &str, body: &[u8]| http(&format!("{head}{patience}"), body);
        let answer = match act {
            Act::Answer | Act::AnswerAndClose => http("200 OK", good.as_bytes()),
            Act::Refusal => http("404 Not Found", refusal("Thing.NotFound").as_bytes()),
            Act::Throttling400 => http("400 Bad Request", refusal("Throttling.User").as_bytes()),
            Act::Throttling429 => http("429 Too Many Requests", refusal("Throttling.User").as_bytes()),
            Act::Internal => http("500 Internal Server Error", refusal("InternalError").as_bytes()),
            Act::BadGateway => http("502 Bad Gateway", html.as_bytes()),
            Act::Unavailable => http("503 Service Unavailable", refusal("ServiceUnavailable").as_bytes()),
            Act::GatewayTimeout => http("504 Gateway Timeout", b""),
            Act::Empty => http("200 OK", b""),
            Act::Html => http("200 OK", html.as_bytes()),
            Act::CutJson => http("200 OK", half),
            Act::WrongType => http("200 OK", br#"{"RequestId":"R","CallId":{}}"#),
            Act::NotUtf8 => http("200 OK", b"{\"RequestId\":\"\xff\"}"),
            Act::TooLong => http("200 OK", format!("{{\"RequestId\":\"{}\"}}", "x".repeat(2 * LIMIT)).as_bytes()),
            Act::Redirect => http(&format!("307 Temporary Redirect\r\nlocation: {}/", self.location), b""),
            Act::Trickle => {
                for byte in http("200 OK", good.as_bytes()) {
                    stream.write_all(&[byte]).await?;
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                return Ok(true);
            }
            Act::ResetDuringRequest | Act::ResetAfterRequest => return Ok(false),
            Act::ResetDuringAnswer | Act::Stall => {
                let whole = http("200 OK", good.as_bytes());
                stream.write_all(&whole[..whole.len() - good.len() / 2]).await?;
                if act == Act::Stall {
                    gone(stream).await;
                }
                return Ok(false);
            }
            Act::Silence => {
                gone(stream).await;
                return Ok(false);
            }
        };
        stream.write_all(&answer).await?;
        if act == Act::AnswerAndClose {
            stream.shutdown().await?;
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(true)
    }

    /// What is done to the request, with the header by which every kind of response may ask for a delay.
    fn note(&self, head: &Head) -> (Act, &'static str) {
        let mut seen = self.seen.lock().expect("the notes");
        let seen = &mut *seen;
        seen.requests += 1;
        let is_new = !head.nonce.is_empty() && seen.nonces.insert(head.nonce.clone());
        seen.old_nonces += u64::from(!is_new);
        let received = seen.calls.entry(head.call).or_default();
        let attempt = received.acts.len() as u32;
        let act = Act::chosen(self.seed, head.call, attempt);
        received.acts.push(act);
        received.tokens.extend(head.token.clone());
        *seen.acts.entry(act).or_default() += 1;
        (act, patience(self.seed, head.call, attempt))
    }
}

/// Waits until the client has closed the connection.
async fn gone(stream: &mut BufReader<TcpStream>) {
    // What it sends, and how it goes, is all the same.
    let _ = stream.read(&mut [0; 64]).await;
}

/// The head of the next request; `None` where the client closed the connection instead.
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
    let mut answer = format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n", body.len()).into_bytes();
    answer.extend_from_slice(body);
    answer
}
