//! The listening side: connections with limits, and an end that cuts nobody off.

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, lookup_host};
use tokio::sync::{Semaphore, watch};
use tokio::time::Instant;
use tower::util::{BoxCloneSyncService, MapRequestLayer, MapResponseLayer};
use tower::{Layer as _, Service as _, ServiceExt as _};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutBody};
use web::{Patience, Portal, Site};

use crate::config::Limits;
use crate::stall::Stall;

/// Everything the portal answers, as one service.
pub type Service = BoxCloneSyncService<Request, Response, Infallible>;

/// Ports tried after the wanted one.
const PORTS: u16 = 50;

/// The most bytes that the head of a request may have.
const HEAD_BYTES: usize = 32 * 1024;

/// Listens at `address`, on every address its name has. If the port is taken and others may do, at the next free one.
pub async fn listen(address: &str, others_may_do: bool) -> io::Result<Vec<TcpListener>> {
    let (host, port) = address.rsplit_once(':').unwrap_or((address, "8080"));
    let wanted: u16 = port.parse().map_err(|_| io::Error::new(io::ErrorKind::InvalidInput, format!("{address}: no port")))?;
    let last = if others_may_do { wanted.saturating_add(PORTS) } else { wanted };
    let mut port = wanted;
    loop {
        match listen_at(host.trim_matches(['[', ']']), port).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
            outcome => return outcome,
        }
    }
}

async fn listen_at(host: &str, port: u16) -> io::Result<Vec<TcpListener>> {
    let mut listeners: Vec<TcpListener> = Vec::new();
    let mut failure = None;
    for address in lookup_host((host, port)).await? {
        // With port 0 the system chooses one; every further address then has to take the same.
        let port = listeners.first().map_or(Ok(port), |first| first.local_addr().map(|address| address.port()))?;
        match TcpListener::bind(SocketAddr::new(address.ip(), port)).await {
            Ok(listener) => listeners.push(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            // A machine without IPv6 still resolves its own name to it.
            Err(error) => failure = Some(error),
        }
    }
    match failure {
        Some(error) if listeners.is_empty() => Err(error),
        _ => Ok(listeners),
    }
}

/// Serves until `stop` becomes true; then accepts nothing new, and gives requests in progress their time.
pub async fn serve(listeners: Vec<TcpListener>, service: Service, portal: &Portal, limits: &Limits, stop: watch::Receiver<bool>) {
    let words = portal.clone();
    let service = guarded(service, portal.site.clone(), limits, Arc::new(move |head| web::too_late(&words, head)));
    let connections = Arc::new(Semaphore::new(limits.connections));
    let mut doors = tokio::task::JoinSet::new();
    let graceful = Arc::new(GracefulShutdown::new());
    for listener in listeners {
        doors.spawn(accept(listener, service.clone(), limits.clone(), Arc::clone(&connections), Arc::clone(&graceful), stop.clone()));
    }
    while doors.join_next().await.is_some() {}
    let Some(graceful) = Arc::into_inner(graceful) else { return };
    if tokio::time::timeout(Duration::from_secs(limits.drain_seconds), graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were not finished in time");
    }
}

async fn accept(
    listener: TcpListener,
    service: Service,
    limits: Limits,
    connections: Arc<Semaphore>,
    graceful: Arc<GracefulShutdown>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { return };
        let accepted = tokio::select! {
            biased;
            () = told(&mut stop) => {
                // Whoever stands in the operating system's queue has asked already, and is served too.
                let Ok(accepted) = tokio::time::timeout(Duration::ZERO, listener.accept()).await else { return };
                accepted
            }
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Small answers leave at once.
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "a connection could not be set up");
                }
                let connection = graceful.watch(connection(stream, peer, service.clone(), &limits));
                tokio::spawn(async move {
                    // A visitor who leaves in the middle is no event.
                    if let Err(error) = connection.await {
                        tracing::debug!(%error, "a connection ended");
                    }
                    drop(permit);
                });
            }
            Err(error) => {
                // Out of file handles: they come back when visitors leave.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// Waits until told to stop.
async fn told(stop: &mut watch::Receiver<bool>) {
    // If whoever would tell is gone, so is the reason to go on.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// One connection with whoever answers on it.
type OneConnection<S> = hyper::server::conn::http1::Connection<TokioIo<Stall<S>>, TowerToHyperService<Answering>>;

/// Who answers the requests of one connection.
type Answering = tower::util::BoxCloneService<hyper::Request<Incoming>, Response, Infallible>;

fn connection<S>(stream: S, peer: SocketAddr, service: Service, limits: &Limits) -> OneConnection<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let stream = Stall::new(stream, Duration::from_secs(limits.stall_seconds));
    let with_peer = move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    };
    let service = tower::util::BoxCloneService::new(service.map_request(with_peer));
    hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(limits.header_seconds))
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
}

/// What is answered to a request, of which only the head is left, that ran into the time limit.
type Late = Arc<dyn Fn(Request) -> Response + Send + Sync>;

/// The service with its limits of time, in which a panic costs one request only. What these answer has the headers of everything else.
fn guarded(service: Service, site: Arc<Site>, limits: &Limits, late: Late) -> Service {
    let unboxed = MapRequestLayer::new(|request: Request<TimeoutBody<Body>>| request.map(Body::new));
    let body = RequestBodyTimeoutLayer::new(Duration::from_secs(limits.body_seconds));
    let panics = CatchPanicLayer::custom(|_| {
        tracing::error!("a handler panicked");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    });
    let boxed = MapResponseLayer::new(move |response: Response<_>| {
        let mut response = response.map(Body::new);
        web::secure(response.headers_mut(), &site);
        response
    });
    let slow = BoxCloneSyncService::new(body.layer(unboxed.layer(service)));
    let (first, most) = (Duration::from_secs(limits.answer_seconds), Duration::from_secs(limits.upload_seconds));
    BoxCloneSyncService::new(boxed.layer(panics.layer(in_time(slow, first, most, late))))
}

/// The service, for whose answers nobody waits longer than `first`; or, while a file comes on a route that takes files, than its
/// [`Patience`] says, which is `most` at the longest.
fn in_time(service: Service, first: Duration, most: Duration, late: Late) -> Service {
    BoxCloneSyncService::new(tower::service_fn(move |request: Request| {
        let (service, late) = (service.clone(), Arc::clone(&late));
        async move {
            let (patience, mut granted) = Patience::new(first, most);
            let (parts, body) = request.into_parts();
            let head = Request::from_parts(parts.clone(), Body::empty());
            let mut request = Request::from_parts(parts, body);
            request.extensions_mut().insert(patience);
            let begun = Instant::now();
            let mut answer = pin!(service.oneshot(request));
            loop {
                let until = begun + *granted.borrow_and_update();
                tokio::select! {
                    biased;
                    answer = &mut answer => return answer,
                    // Once nobody can grant any more, what was granted last holds.
                    Ok(()) = granted.changed() => {}
                    () = tokio::time::sleep_until(until) => return Ok(late(head)),
                }
            }
        }
    }))
}

/// Answers one request without a network, as tests do.
pub async fn answer(service: &Service, request: Request) -> Response {
    let mut service = service.clone();
    match service.ready().await {
        Ok(service) => service.call(request).await.unwrap_or_else(|never| match never {}),
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header;
    use both_engines::both_engines;
    use db::Db;
    use db::testing::TestDatabase;
    use futures_util::StreamExt as _;
    use kernel::{Clock, Timestamp};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
    use tokio::task::JoinHandle;

    fn site() -> Arc<Site> {
        let base_url = "https://mist.example.jp".to_owned();
        Arc::new(Site { base_url, hosts: Vec::new(), demo: false, trusted_proxies: Vec::new() })
    }

    #[tokio::test]
    async fn what_the_limits_answer_is_dressed_like_everything_else() {
        let panics = tower::service_fn(async |_: Request| -> Result<Response, Infallible> { panic!("on purpose") });
        let late: Late = Arc::new(|_| StatusCode::SERVICE_UNAVAILABLE.into_response());
        let service = guarded(BoxCloneSyncService::new(panics), site(), &Limits::default(), late);
        for _ in 0..2 {
            let response = answer(&service, Request::new(Body::empty())).await;
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            let headers = response.headers();
            assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().is_ok_and(|policy| policy.starts_with("default-src 'none'")));
            assert_eq!(headers[header::CACHE_CONTROL], "no-store");
            assert!(headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
        }
    }

    #[both_engines]
    async fn whoever_waited_in_vain_reads_what_happened_and_what_to_do(db: TestDatabase) {
        let (portal, ..) =
            crate::Program::start_for_test(Db::clone(&db), Clock::standing_at(Timestamp::from_micros(1_795_305_600_000_000))).await;
        let never = tower::service_fn(async |_: Request| -> Result<Response, Infallible> { std::future::pending().await });
        let words = portal.clone();
        let late: Late = Arc::new(move |head| web::too_late(&words, head));
        let service = guarded(BoxCloneSyncService::new(never), site(), &Limits { answer_seconds: 0, ..Limits::default() }, late);
        for (method, path, said) in [
            ("GET", "/trainings", ["時間がかかりすぎたため", "何も変わっていません", "もう一度開いてください"]),
            ("POST", "/contact", ["保存できたかどうか", "保存できていれば、確認のメールが届きます", "二重にはなりません"]),
            ("GET", "/en/trainings", ["This took too long", "Nothing has changed", "open it again"]),
        ] {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
            let response = answer(&service, request).await;
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{path}");
            assert_eq!(response.headers()[header::RETRY_AFTER], "30");
            let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a whole page");
            let page = String::from_utf8_lossy(&body);
            for words in said {
                assert!(page.contains(words), "{path}: {words} is not in {page}");
            }
        }
        let request = Request::builder().uri("/api/v1/programmes").body(Body::empty()).expect("a request");
        let response = answer(&service, request).await;
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    }

    /// A body of which so many bytes come every so often: so many times, or for ever.
    fn comes(bytes: usize, every: Duration, times: Option<usize>) -> Body {
        let next = move |come: usize| async move {
            if times.is_some_and(|times| come == times) {
                return None;
            }
            tokio::time::sleep(every).await;
            Some((Ok::<_, Infallible>(vec![b'x'; bytes]), come + 1))
        };
        Body::from_stream(futures_util::stream::unfold(0, next))
    }

    /// Reads to the end, and says what has come, as the guard does on a route that takes files.
    fn reads() -> Service {
        BoxCloneSyncService::new(tower::service_fn(|request: Request| async move {
            let patience = request.extensions().get::<Patience>().cloned().expect("it lies beside every request");
            let (mut pieces, mut come) = (request.into_body().into_data_stream(), 0);
            while let Some(Ok(piece)) = pieces.next().await {
                come += piece.len() as u64;
                patience.has_come(come);
            }
            Ok(come.to_string().into_response())
        }))
    }

    #[tokio::test(start_paused = true)]
    async fn patience_grows_with_what_has_come_and_has_an_end() {
        let late: Late = Arc::new(|_| StatusCode::SERVICE_UNAVAILABLE.into_response());
        let limits = Limits { answer_seconds: 30, upload_seconds: 600, ..Limits::default() };
        let service = guarded(reads(), site(), &limits, late);
        let seconds = Duration::from_secs;
        for (body, status, least, most) in [
            // 64 KiB a second for eight minutes.
            (comes(64 * 1024, seconds(1), Some(480)), StatusCode::OK, 480, 481),
            // A byte every twenty seconds is no silence, and brings nothing in.
            (comes(1, seconds(20), None), StatusCode::SERVICE_UNAVAILABLE, 30, 31),
            (comes(64 * 1024, seconds(1), None), StatusCode::SERVICE_UNAVAILABLE, 600, 601),
        ] {
            let begun = Instant::now();
            let response = answer(&service, Request::new(body)).await;
            let took = begun.elapsed();
            assert_eq!(response.status(), status, "after {took:?}");
            assert!((seconds(least)..seconds(most)).contains(&took), "{status} after {took:?}");
        }
    }

    /// The front door, at which an answer may take two seconds.
    async fn hasty(db: &TestDatabase) -> Service {
        let clock = Clock::standing_at(Timestamp::from_micros(1_795_305_600_000_000));
        let (portal, service, ..) = crate::Program::start_for_test(Db::clone(db), clock).await;
        guarded(service, site(), &Limits { answer_seconds: 2, ..Limits::default() }, Arc::new(move |head| web::too_late(&portal, head)))
    }

    #[both_engines]
    async fn the_route_decides_who_is_waited_for_and_not_what_the_request_says_of_itself(db: TestDatabase) {
        let service = hasty(&db).await;
        let often = Duration::from_millis(50);
        for (path, body, status) in [
            // More than two seconds, and not slower than the slowest line; what comes is no form.
            ("/incident/case/uploads/pieces", comes(4 * 1024, often, Some(48)), StatusCode::BAD_REQUEST),
            ("/incident/case/uploads/pieces", comes(64, often, None), StatusCode::SERVICE_UNAVAILABLE),
            ("/contact", comes(4 * 1024, often, Some(48)), StatusCode::SERVICE_UNAVAILABLE),
        ] {
            let request = Request::builder().method("POST").uri(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
            let response = answer(&service, request.body(body).expect("a request")).await;
            assert_eq!(response.status(), status, "{path}");
        }
    }

    /// A connection to whoever answers with this, on which a film is asked for.
    async fn asked_for_a_film(film: usize) -> (DuplexStream, JoinHandle<hyper::Result<()>>) {
        let answers = tower::service_fn(move |_: Request| async move { Ok(Body::from(vec![7_u8; film]).into_response()) });
        let (mut reader, ours) = tokio::io::duplex(1024);
        let peer = SocketAddr::from(([192, 0, 2, 1], 50_000));
        let served = tokio::spawn(connection(ours, peer, BoxCloneSyncService::new(answers), &Limits::default()));
        let asked = b"GET /film HTTP/1.1\r\nhost: mist.example.jp\r\nconnection: close\r\n\r\n";
        reader.write_all(asked).await.expect("it is read");
        (reader, served)
    }

    #[tokio::test(start_paused = true)]
    async fn who_takes_nothing_of_an_answer_is_cut_off() {
        let limit = Duration::from_secs(Limits::default().stall_seconds);
        let (reader, served) = asked_for_a_film(64 * 1024).await;
        tokio::time::sleep(limit.saturating_sub(Duration::from_secs(1))).await;
        assert!(!served.is_finished(), "it was not waited for");
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(served.is_finished(), "it holds the connection");
        assert!(served.await.expect("no panic").is_err());
        drop(reader);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_reader_who_is_alive_gets_the_whole_film() {
        let limit = Duration::from_secs(Limits::default().stall_seconds);
        let (film, begun) = (64 * 1024, Instant::now());
        let (mut reader, served) = asked_for_a_film(film).await;
        let (mut piece, mut whole) = ([0; 1024], Vec::new());
        loop {
            tokio::time::sleep(limit.saturating_sub(Duration::from_secs(1))).await;
            match reader.read(&mut piece).await.expect("it is not cut off") {
                0 => break,
                read => whole.extend_from_slice(&piece[..read]),
            }
        }
        assert!(whole.ends_with(&vec![7_u8; film]) && whole.starts_with(b"HTTP/1.1 200"), "{} bytes", whole.len());
        assert!(begun.elapsed() > Duration::from_hours(1), "it took {:?}", begun.elapsed());
        assert!(served.await.expect("no panic").is_ok());
    }
}
