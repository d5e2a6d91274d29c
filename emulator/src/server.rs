//! The HTTP/1.1 server in front of the gateway.

use std::convert::Infallible;
use std::fmt;
use std::future;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{CONTENT_LENGTH, EXPECT, HOST, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{Instant, sleep, timeout};

use crate::gateway::state::Gateway;
use crate::wire::reply::Reply;
use crate::wire::request::{MAX_BODY, WireRequest, without_port};

/// The timeout for the head of a request, and for idle connections.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// The timeout for the body of a request.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// The maximum number of bytes that are read from a body that is too large. A client that is still writing when the
/// connection closes does not receive the response.
const MAX_DRAINED: u64 = 16 * MAX_BODY as u64;

const MAX_HEAD: usize = 128 * 1024;

/// Half of the usual limit of file descriptors.
const MAX_CONNECTIONS: usize = 512;

/// A connection must have been idle for this long to be closed for another one. A client that has just connected is
/// about to send its request.
const IDLE: Duration = Duration::from_secs(1);

/// The interval at which idle connections are searched for while others wait.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Accepts connections until the task is aborted, which also closes them.
pub(crate) async fn accept(listener: TcpListener, gateway: Arc<Gateway>) {
    let mut connections = Connections::new();
    loop {
        connections.make_room().await;
        match listener.accept().await {
            Ok((stream, peer)) => connections.serve(stream, peer.ip(), Arc::clone(&gateway)),
            // There is no file descriptor left, or the client has disconnected. Retrying at once would not help.
            Err(_) => {
                connections.close_idlest(Duration::ZERO);
                sleep(Duration::from_millis(10)).await;
            }
        }
    }
}

/// The open connections. At the limit, new ones wait, and the connection with the longest idle time is closed.
struct Connections {
    tasks: JoinSet<()>,
    open: Vec<(AbortHandle, Arc<AtomicU64>)>,
    start: Instant,
}

/// The value of the latest request's time while a connection is handling a request.
const BUSY: u64 = u64::MAX;

impl Connections {
    fn new() -> Self {
        Self { tasks: JoinSet::new(), open: Vec::new(), start: Instant::now() }
    }

    fn serve(&mut self, stream: TcpStream, peer: IpAddr, gateway: Arc<Gateway>) {
        let activity = Activity { latest: Arc::default(), start: self.start };
        activity.note();
        let latest = Arc::clone(&activity.latest);
        self.open.push((self.tasks.spawn(serve_connection(stream, peer, gateway, activity)), latest));
    }

    async fn make_room(&mut self) {
        loop {
            while self.tasks.try_join_next().is_some() {}
            if self.tasks.len() < MAX_CONNECTIONS {
                return;
            }
            self.close_idlest(IDLE);
            drop(timeout(LOOK_AGAIN, self.tasks.join_next()).await);
        }
    }

    /// Closes the connection with the longest idle time, if it is at least this long.
    fn close_idlest(&mut self, at_least: Duration) {
        self.open.retain(|(task, _)| !task.is_finished());
        let Some(until) = self.start.elapsed().checked_sub(at_least).map(milliseconds) else { return };
        let latest = self.open.iter().map(|(task, latest)| (latest.load(Ordering::Relaxed), task));
        let idle = latest.filter(|(latest, _)| *latest != BUSY && *latest <= until);
        if let Some((_, idlest)) = idle.min_by_key(|(latest, _)| *latest) {
            idlest.abort();
        }
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(BUSY - 1)
}

/// The end of the latest request of a connection, in milliseconds after the start.
struct Activity {
    latest: Arc<AtomicU64>,
    start: Instant,
}

impl Activity {
    fn note(&self) {
        self.latest.store(milliseconds(self.start.elapsed()), Ordering::Relaxed);
    }

    fn begin(&self) {
        self.latest.store(BUSY, Ordering::Relaxed);
    }
}

async fn serve_connection(stream: TcpStream, peer: IpAddr, gateway: Arc<Gateway>, activity: Activity) {
    // Without this option, a small response could wait for the acknowledgement of the previous one.
    drop(stream.set_nodelay(true));
    let is_reset = AtomicBool::new(false);
    let service = service_fn(async |request| {
        let request = timeout(BODY_TIMEOUT, read(request, peer)).await.map_err(|_| Hangup)??;
        activity.begin();
        let response = respond(&gateway, &request, &is_reset).await;
        activity.note();
        response
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // It does not matter how the client ends the connection.
    drop((&mut connection).await);
    if is_reset.load(Ordering::Relaxed) {
        // A socket without linger time is reset. If that cannot be set, it is closed as usual.
        drop(connection.into_parts().io.into_inner().set_zero_linger());
    }
}

async fn respond(
    gateway: &Gateway,
    request: &WireRequest,
    is_reset: &AtomicBool,
) -> Result<Response<ReplyBody>, Hangup> {
    let (reply, delay) = gateway.serve_admin(request).unwrap_or_else(|| gateway.serve(request));
    if !delay.is_zero() {
        sleep(delay).await;
    }
    match reply {
        Reply::Send(reply) => {
            let mut response = Response::new(ReplyBody::new(reply.body, reply.truncated));
            *response.status_mut() = reply.status;
            *response.headers_mut() = reply.headers;
            if reply.truncated {
                let announced = HeaderValue::from(2 * response.body().length() + 1);
                response.headers_mut().insert(CONTENT_LENGTH, announced);
            }
            Ok(response)
        }
        Reply::Close => Err(Hangup),
        Reply::Reset => {
            is_reset.store(true, Ordering::Relaxed);
            Err(Hangup)
        }
        Reply::Silence => future::pending::<Result<_, Infallible>>().await.map_err(|_| Hangup),
    }
}

async fn read(request: Request<Incoming>, peer: IpAddr) -> Result<WireRequest, Hangup> {
    let (head, body) = request.into_parts();
    let host_header = head.headers.get(HOST).and_then(|host| host.to_str().ok());
    // The target of a request through a proxy contains the host.
    let host = head.uri.host().or(host_header.map(without_port)).unwrap_or_default().to_ascii_lowercase();
    let waits_to_send = head.headers.contains_key(EXPECT);
    Ok(WireRequest {
        method: head.method.as_str().to_owned(),
        peer,
        host,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        body: read_body(body, waits_to_send).await?,
        headers: head.headers,
    })
}

/// Reads the whole body, or returns `None` if it is too large.
async fn read_body(mut body: Incoming, waits_to_send: bool) -> Result<Option<Vec<u8>>, Hangup> {
    let announced = body.size_hint().lower();
    if announced > MAX_DRAINED || (waits_to_send && announced > MAX_BODY as u64) {
        return Ok(None);
    }
    let mut kept = Vec::new();
    let mut drained: u64 = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Hangup)?.into_data() else { continue };
        if drained == 0 && kept.len() + data.len() <= MAX_BODY {
            kept.extend_from_slice(&data);
        } else {
            drained += data.len() as u64;
        }
        if drained > MAX_DRAINED {
            break;
        }
    }
    Ok((drained == 0).then_some(kept))
}

/// Closes the connection without sending more.
#[derive(Debug)]
struct Hangup;

impl fmt::Display for Hangup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed on purpose")
    }
}

impl std::error::Error for Hangup {}

/// A body that can be truncated.
struct ReplyBody {
    data: Option<Bytes>,
    truncation: Option<Truncation>,
}

/// The remaining step for a truncated body.
#[derive(Clone, Copy)]
enum Truncation {
    /// The data must be sent first.
    Flush,
    Now,
}

impl ReplyBody {
    fn new(body: Bytes, truncated: bool) -> Self {
        let data = Some(body).filter(|body| !body.is_empty());
        Self { data, truncation: truncated.then_some(Truncation::Flush) }
    }

    fn length(&self) -> u64 {
        self.data.as_ref().map_or(0, |data| data.len() as u64)
    }
}

impl Body for ReplyBody {
    type Data = Bytes;
    type Error = Hangup;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Hangup>>> {
        if let Some(data) = self.data.take() {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        match self.truncation {
            None => Poll::Ready(None),
            Some(Truncation::Flush) => {
                // While it waits, the connection sends its data. An error now would discard it.
                self.truncation = Some(Truncation::Now);
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Some(Truncation::Now) => Poll::Ready(Some(Err(Hangup))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && self.truncation.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match self.truncation {
            None => SizeHint::with_exact(self.length()),
            Some(_) => SizeHint::default(),
        }
    }
}
