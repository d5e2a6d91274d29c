//! The loopback HTTP/1.1 server in front of the gateway.

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

/// How long a client may take for a request's head, which is also how long an idle connection lives.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a client may take for a request's body.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// How much of a body that is too large is read and thrown away. A client that is still writing when the connection
/// closes does not see the answer.
const MAX_DRAINED: u64 = 16 * MAX_BODY as u64;

const MAX_HEAD: usize = 128 * 1024;

/// Half of the file descriptors that most systems give a program.
const MAX_CONNECTIONS: usize = 512;

/// How long a connection must have been idle to be closed for another one. A client that has just connected is about to send
/// its request.
const IDLE: Duration = Duration::from_secs(1);

/// How long connections that wait for a place wait at most before idle ones are looked for again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Accepts connections until the task is aborted; the connections end with it.
pub(crate) async fn accept(listener: TcpListener, gateway: Arc<Gateway>) {
    let mut connections = Connections::new();
    loop {
        connections.make_room().await;
        match listener.accept().await {
            Ok((stream, peer)) => connections.serve(stream, peer.ip(), Arc::clone(&gateway)),
            // There is no file descriptor left, or the client is gone already. Neither gets better by hurrying.
            Err(_) => {
                connections.close_idlest(Duration::ZERO);
                sleep(Duration::from_millis(10)).await;
            }
        }
    }
}

/// The open connections. At the limit, others wait until one ends; the one that has been idle for longest is closed for them.
struct Connections {
    tasks: JoinSet<()>,
    open: Vec<(AbortHandle, Arc<AtomicU64>)>,
    start: Instant,
}

/// In place of the moment of its latest request, while a connection is being answered.
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

    /// Closes the connection that has been idle for longest, if it has been idle for at least this long.
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

/// When the latest request of a connection was answered, in milliseconds after the start.
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
    // A small answer must not wait for the acknowledgement of the one before.
    drop(stream.set_nodelay(true));
    let is_reset = AtomicBool::new(false);
    let service = service_fn(|request| {
        Box::pin(async {
            let request = timeout(BODY_TIMEOUT, read(request, peer)).await.map_err(|_| Hangup)??;
            activity.begin();
            let answered = answer(&gateway, &request, &is_reset).await;
            activity.note();
            answered
        })
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // How a connection ends is the client's affair.
    drop((&mut connection).await);
    if is_reset.load(Ordering::Relaxed) {
        // The socket is closed without a word. Where that cannot be, it is closed as ever.
        drop(connection.into_parts().io.into_inner().set_zero_linger());
    }
}

async fn answer(
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
            if reply.truncated {
                let announced = HeaderValue::from(2 * response.body().length() + 1);
                response.headers_mut().insert(CONTENT_LENGTH, announced);
            }
            *response.status_mut() = reply.status;
            response.headers_mut().extend(reply.headers);
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
    // A request through a proxy names the host in its target.
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

/// The whole body, or `None` where it is too large.
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

/// Ends the connection without another byte.
#[derive(Debug)]
struct Hangup;

impl fmt::Display for Hangup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed on purpose")
    }
}

impl std::error::Error for Hangup {}

/// A body that may break off.
struct ReplyBody {
    data: Option<Bytes>,
    truncated: Option<Cut>,
}

/// How far the end of a cut body is.
#[derive(Clone, Copy)]
enum Cut {
    /// What there is must be written out first.
    Flush,
    Now,
}

impl ReplyBody {
    fn new(body: Vec<u8>, truncated: bool) -> Self {
        let data = (!body.is_empty()).then(|| Bytes::from(body));
        Self { data, truncated: truncated.then_some(Cut::Flush) }
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
        match self.truncated {
            None => Poll::Ready(None),
            Some(Cut::Flush) => {
                // While it waits, the connection writes out what it has; an error would throw that away.
                self.truncated = Some(Cut::Now);
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Some(Cut::Now) => Poll::Ready(Some(Err(Hangup))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.data.is_none() && self.truncated.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match self.truncated {
            None => SizeHint::with_exact(self.length()),
            Some(_) => SizeHint::default(),
        }
    }
}
