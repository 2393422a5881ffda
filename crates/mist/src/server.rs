//! The listening side: connections with limits, and an end that cuts nobody off.

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream, lookup_host};
use tokio::sync::{Semaphore, watch};
use tower::util::{BoxCloneSyncService, MapRequestLayer, MapResponseLayer};
use tower::{Layer as _, Service as _, ServiceExt as _};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutBody};
use web::{Portal, Site};

use crate::config::Limits;

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
type OneConnection = hyper::server::conn::http1::Connection<TokioIo<TcpStream>, TowerToHyperService<Answering>>;

/// Who answers the requests of one connection.
type Answering = tower::util::BoxCloneService<hyper::Request<Incoming>, Response, Infallible>;

fn connection(stream: TcpStream, peer: SocketAddr, service: Service, limits: &Limits) -> OneConnection {
    // Small answers leave at once.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection could not be set up");
    }
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
    let within = |seconds: u64| in_time(slow.clone(), Duration::from_secs(seconds), Arc::clone(&late));
    // A film takes longer on its way in than a form; whoever falls silent is cut off all the same.
    let (quick, patient) = (within(limits.answer_seconds), within(limits.upload_seconds));
    let fitting = BoxCloneSyncService::new(tower::service_fn(move |request: Request| {
        let sends_files = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"multipart/form-data"));
        if sends_files { patient.clone().oneshot(request) } else { quick.clone().oneshot(request) }
    }));
    BoxCloneSyncService::new(boxed.layer(panics.layer(fitting)))
}

/// The service, for whose answers nobody waits longer than this.
fn in_time(service: Service, limit: Duration, late: Late) -> Service {
    BoxCloneSyncService::new(tower::service_fn(move |request: Request| {
        let (service, late) = (service.clone(), Arc::clone(&late));
        async move {
            let (parts, body) = request.into_parts();
            let head = Request::from_parts(parts.clone(), Body::empty());
            match tokio::time::timeout(limit, service.oneshot(Request::from_parts(parts, body))).await {
                Ok(answer) => answer,
                Err(_) => Ok(late(head)),
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
    use kernel::{Clock, Timestamp};

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
}
