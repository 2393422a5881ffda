use access::Who;
use axum::extract::{ConnectInfo, Request};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::net::SocketAddr;
use std::sync::OnceLock;
use web::{Page, PageError, Visit};

/// The scope of an API token that may read the figures from elsewhere.
const SCOPE: &str = "metrics:read";

/// Upper bounds in seconds: a kept page takes microseconds, an application milliseconds.
const SECONDS: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];

/// What the program counts. One for the whole process, since counters are too.
pub(crate) struct Metrics;

static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

impl Metrics {
    /// Begins counting; doing it twice is the same as once.
    pub(crate) fn begin() {
        RECORDER.get_or_init(|| {
            let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS);
            match builder.map(PrometheusBuilder::install_recorder) {
                Ok(Ok(handle)) => Some(handle),
                Ok(Err(error)) | Err(error) => {
                    tracing::warn!(%error, "nothing is counted");
                    None
                }
            }
        });
    }

    /// Forgets what only the past needs; called now and then.
    pub(crate) fn tidy() {
        if let Some(Some(handle)) = RECORDER.get() {
            handle.run_upkeep();
        }
    }
}

/// The figures, for a collector on this machine, one with a token, or anybody looking at the demo.
///
/// What a proxy passes on comes from this machine too, and so does not count as such.
pub async fn show(visit: Visit, state: axum::extract::State<web::Portal>, request: Request) -> Result<Page, PageError> {
    let is_local = request.extensions().get::<ConnectInfo<SocketAddr>>().is_some_and(|info| info.0.ip().to_canonical().is_loopback())
        && !["x-forwarded-for", "forwarded"].iter().any(|name| request.headers().contains_key(*name));
    let has_token = matches!(&visit.actor.who, Who::Program { scopes, .. } if scopes.iter().any(|scope| scope == SCOPE));
    if !(is_local || has_token || state.site.demo) {
        return Err(PageError::NotFound);
    }
    metrics::counter!("db_statements_total").absolute(db::statements_asked());
    let figures = RECORDER.get().and_then(Option::as_ref).map(PrometheusHandle::render).unwrap_or_default();
    Ok(Page::of("text/plain; version=0.0.4; charset=utf-8", figures.into_bytes()))
}
