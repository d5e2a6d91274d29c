//! An HTTP server on a loopback socket that runs the action that a test chooses for each request.

#![allow(dead_code, reason = "which parts are used depends on the features")]

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// An action of the server after it has read a request. The client may close the connection at any time.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    /// Sends these bytes, then closes the connection.
    Send(Vec<u8>),
    /// Sends these bytes, then keeps the connection open without sending anything.
    Hang(Vec<u8>),
    /// Sends the first bytes, then the second ones again and again.
    Repeat(Vec<u8>, Vec<u8>),
    /// Sends the first bytes, then the second ones again and again, with a pause before each single byte.
    Trickle(Vec<u8>, Vec<u8>, Duration),
    /// Resets the connection.
    Reset,
}

impl Action {
    async fn run(self, stream: &mut TcpStream) -> io::Result<()> {
        match self {
            Self::Send(bytes) => {
                stream.write_all(&bytes).await?;
                stream.shutdown().await
            }
            Self::Hang(bytes) => {
                stream.write_all(&bytes).await?;
                stream.read(&mut [0; 1]).await.map(drop)
            }
            Self::Repeat(first, then) => {
                stream.write_all(&first).await?;
                loop {
                    stream.write_all(&then).await?;
                }
            }
            Self::Trickle(first, then, pause) => {
                stream.write_all(&first).await?;
                let mut pace = tokio::time::interval(pause);
                for byte in then.into_iter().cycle() {
                    pace.tick().await;
                    stream.write_all(&[byte]).await?;
                }
                Ok(())
            }
            Self::Reset => stream.set_zero_linger(),
        }
    }
}

/// Sends a response, then closes the connection. `head` is the status, with any headers.
pub(crate) fn respond(head: &str, body: impl AsRef<[u8]>) -> Action {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    Action::Send([head.as_bytes(), body].concat())
}

#[derive(Debug)]
pub(crate) struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that chooses its action from the request: the head and the body.
    pub(crate) async fn new(mut choose: impl FnMut(&str) -> Action + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = read_request(&mut stream).await;
                let action = choose(&request);
                seen.lock().unwrap().push(request);
                tokio::spawn(async move { action.run(&mut stream).await });
            }
        });
        Self { url, requests }
    }

    /// Starts a server that takes these actions in order, and repeats the last one.
    pub(crate) async fn with_script(script: impl IntoIterator<Item = Action>) -> Self {
        let mut script: Vec<Action> = script.into_iter().collect();
        script.reverse();
        Self::new(move |_| if script.len() > 1 { script.pop().unwrap() } else { script[0].clone() }).await
    }

    /// The host and the port.
    pub(crate) fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The requests so far, each with its head and its body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Reads one request: its head, and as many bytes of the body as its `content-length` says.
pub(crate) async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let length = head.split_once("content-length: ").and_then(|(_, rest)| rest.split('\r').next());
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.unwrap();
    head + &String::from_utf8(body).unwrap()
}

/// Whether nothing has connected to the listener: accepting would wait.
pub(crate) async fn nothing_connected(listener: &TcpListener) -> bool {
    let mut accepting = Box::pin(listener.accept());
    std::future::poll_fn(|cx| std::task::Poll::Ready(accepting.as_mut().poll(cx).is_pending())).await
}
