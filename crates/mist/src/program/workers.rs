//! Those who work by themselves beside the service, each in a task of its own: one that falls takes none of the others with it, and is
//! begun anew.

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

/// One who works by itself: what it is called, and how it is begun, as often as it has to be.
#[derive(Clone)]
pub(super) struct Worker {
    name: &'static str,
    begin: Arc<dyn Fn(watch::Receiver<bool>) -> Work + Send + Sync>,
}

impl Worker {
    /// A worker that ends when it is told to stop, and finishes first what it has begun.
    pub(super) fn new<F, Fut>(name: &'static str, begin: F) -> Self
    where
        F: Fn(watch::Receiver<bool>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = ()> + Send + 'static,
    {
        Self { name, begin: Arc::new(move |stop: watch::Receiver<bool>| -> Work { Box::pin(begin(stop)) }) }
    }

    async fn work(self, stop: watch::Receiver<bool>) {
        (self.begin)(stop).await;
    }
}

/// Which workers have ended before they were told to, and are not begun anew yet: as long as there is one, the program is not ready.
#[derive(Default)]
pub(crate) struct Standing {
    ended: Mutex<BTreeSet<&'static str>>,
}

impl Standing {
    /// Their names.
    pub(crate) fn ended(&self) -> Vec<&'static str> {
        self.lock().iter().copied().collect()
    }

    fn has_ended(&self, name: &'static str) {
        metrics::counter!("workers_ended_total", "worker" => name).increment(1);
        self.lock().insert(name);
    }

    fn is_begun(&self, name: &'static str) {
        self.lock().remove(name);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<&'static str>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps everybody at work until told to stop, and ends after the last of them. One that ends before is begun anew after `pause`.
pub(super) async fn keep(workers: Vec<Worker>, standing: &Arc<Standing>, pause: Duration, stop: watch::Receiver<bool>) {
    let mut tasks = JoinSet::new();
    let mut at_work = BTreeMap::new();
    for worker in workers {
        at_work.insert(tasks.spawn(worker.clone().work(stop.clone())).id(), worker);
    }
    while let Some(ended) = tasks.join_next_with_id().await {
        let id = match &ended {
            Ok((id, ())) => *id,
            Err(error) => error.id(),
        };
        let Some(worker) = at_work.remove(&id) else { continue };
        let name = worker.name;
        if let Err(error) = ended {
            tracing::error!(worker = name, %error, "a worker has fallen");
        }
        if *stop.borrow() {
            continue;
        }
        tracing::error!(worker = name, "a worker has ended before it was told to; it is begun anew");
        standing.has_ended(name);
        at_work.insert(tasks.spawn(begin_anew(worker.clone(), Arc::clone(standing), pause, stop.clone())).id(), worker);
    }
}

async fn begin_anew(worker: Worker, standing: Arc<Standing>, pause: Duration, stop: watch::Receiver<bool>) {
    tokio::select! {
        biased;
        () = told(stop.clone()) => return,
        () = tokio::time::sleep(pause) => {}
    }
    standing.is_begun(worker.name);
    worker.work(stop).await;
}

/// Waits until told to stop.
pub(super) async fn told(mut stop: watch::Receiver<bool>) {
    // If whoever would tell is gone, so is the reason to go on.
    let _ = stop.wait_for(|stop| *stop).await;
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;
    use axum::http::StatusCode;
    use both_engines::both_engines;
    use db::Db;
    use db::testing::TestDatabase;
    use kernel::{Clock, Timestamp};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use web::Portal;

    use super::*;
    use crate::server::{Service, answer};

    const HOUR: Duration = Duration::from_hours(1);

    /// What `/readyz` answers.
    async fn ready(service: &Service) -> (StatusCode, String) {
        let response = answer(service, Request::builder().uri("/readyz").body(Body::empty()).unwrap()).await;
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    /// Waits until `/readyz` answers so.
    async fn becomes(service: &Service, status: StatusCode) -> String {
        let wanted = async {
            loop {
                match ready(service).await {
                    (given, said) if given == status => return said,
                    _ => tokio::time::sleep(Duration::from_millis(5)).await,
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(20), wanted).await.expect("it becomes so")
    }

    /// A worker that falls each time but the last of `falls`, and counts how often it was begun.
    fn falling(falls: usize, begun: &Arc<AtomicUsize>) -> Worker {
        let begun = Arc::clone(begun);
        Worker::new("mail", move |stop| {
            let before = begun.fetch_add(1, Ordering::SeqCst);
            async move {
                assert!(before >= falls, "on purpose");
                told(stop).await;
            }
        })
    }

    /// A worker that says when it has ended in order.
    fn steady(ended: &Arc<AtomicUsize>) -> Worker {
        let ended = Arc::clone(ended);
        Worker::new("jobs", move |stop| {
            let ended = Arc::clone(&ended);
            async move {
                told(stop).await;
                ended.fetch_add(1, Ordering::SeqCst);
            }
        })
    }

    fn standing_of(portal: &Portal) -> Arc<Standing> {
        portal.part::<Standing>().expect("the program keeps it")
    }

    #[both_engines]
    async fn a_worker_that_falls_takes_nobody_with_it_and_the_program_says_so_until_it_is_begun_anew(db: TestDatabase) {
        let clock = Clock::standing_at(Timestamp::from_micros(1_795_305_600_000_000));
        let (portal, service, ..) = crate::Program::start_for_test(Db::clone(&db), clock).await;
        assert_eq!(ready(&service).await, (StatusCode::OK, "ready\n".to_owned()));

        let (begun, ended) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let workers = vec![falling(1, &begun), steady(&ended)];
        let (stop, stopped) = watch::channel(false);
        let standing = standing_of(&portal);
        let kept = tokio::spawn(async move { keep(workers, &standing, HOUR, stopped).await });
        assert_eq!(becomes(&service, StatusCode::SERVICE_UNAVAILABLE).await, "not at work: mail\n");
        assert_eq!((begun.load(Ordering::SeqCst), ended.load(Ordering::SeqCst)), (1, 0), "the other goes on");
        stop.send_replace(true);
        tokio::time::timeout(Duration::from_secs(20), kept).await.expect("nobody waits for the pause").unwrap();
        assert_eq!((begun.load(Ordering::SeqCst), ended.load(Ordering::SeqCst)), (1, 1));

        let workers = vec![falling(3, &begun), steady(&ended)];
        let (stop, stopped) = watch::channel(false);
        let standing = standing_of(&portal);
        let kept = tokio::spawn(async move { keep(workers, &standing, Duration::from_millis(1), stopped).await });
        let again = async {
            while begun.load(Ordering::SeqCst) < 4 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), again).await.expect("it is begun anew, as often as it falls");
        assert_eq!(becomes(&service, StatusCode::OK).await, "ready\n");
        stop.send_replace(true);
        tokio::time::timeout(Duration::from_secs(20), kept).await.expect("they end in order").unwrap();
        assert_eq!((begun.load(Ordering::SeqCst), ended.load(Ordering::SeqCst)), (4, 2));
    }
}
