use both_engines::both_engines;
use db::testing::TestDatabase;
use db::{Engine, Lane, Tx};
use journal::jobs::{self, Shelf, Worked};
use journal::{Bell, Handlers, Job, JobError, JobId, Workshop, job, job_all};
use kernel::{Clock, Span, Timestamp, Uuid};
use serde_json::json;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

const SESSION: Uuid = Uuid::from_u128(7);
const NOTHING: Worked = Worked { done: 0, deferred: 0, dead: 0 };

/// A workshop that notes the number of every job it does.
struct Shop {
    db: TestDatabase,
    clock: Clock,
    workshop: Workshop,
    done: Arc<Mutex<Vec<i64>>>,
}

impl Shop {
    async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at("2026-11-22T09:00:00+09:00".parse().unwrap());
        let db = TestDatabase::with_clock(engine, clock.clone()).await;
        let done = Arc::new(Mutex::new(Vec::new()));
        let workshop = Workshop::new(db.clone(), handlers(&done)).lanes(1);
        Self { db, clock, workshop, done }
    }

    async fn queues(&self, queued: Job) -> Option<JobId> {
        self.db.write(Lane::Staff, None, async move |tx, now| job(tx, queued.clone(), now).await).await.unwrap()
    }

    async fn works_after(&self, span: Span) -> Worked {
        self.clock.advance(span);
        self.workshop.run_due(self.now()).await.unwrap()
    }

    async fn works(&self) -> Worked {
        self.works_after(Span::ZERO).await
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Waits until so many jobs are done.
    async fn has_done(&self, count: usize) {
        comes_about(async || self.done().len() >= count).await;
    }

    fn done(&self) -> Vec<i64> {
        self.done.lock().unwrap().clone()
    }

    async fn shelf(&self, shelf: Shelf) -> Vec<jobs::JobRow> {
        self.db.read(async move |tx| jobs::list(tx, shelf, None).await).await.unwrap().rows
    }
}

/// A workshop at work, as in the program.
struct Open {
    bells: [Bell; 2],
    stop: oneshot::Sender<()>,
    work: JoinHandle<()>,
}

impl Open {
    fn of(workshop: Workshop, clock: &Clock) -> Self {
        let (bells, clock) = (workshop.bells(), clock.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let work = tokio::spawn(async move { workshop.run(clock, async { drop(stopped.await) }).await });
        Self { bells, stop, work }
    }

    fn rings(&self) {
        self.bells.iter().for_each(Bell::ring);
    }

    /// It is told to close, and does.
    async fn closes(self) {
        drop(self.stop);
        tokio::time::timeout(Duration::from_secs(20), self.work).await.expect("it closes when told").unwrap();
    }
}

fn numbered(number: i64) -> Job {
    Job::of("test.note", SESSION).with(json!({"number": number}))
}

fn handlers(done: &Arc<Mutex<Vec<i64>>>) -> Handlers {
    let done = Arc::clone(done);
    Handlers::new()
        .on("test.note", move |_, item| {
            let done = Arc::clone(&done);
            async move {
                assert_eq!(item.object_id::<Uuid>()?, SESSION);
                done.lock().unwrap().push(item.payload["number"].as_i64().unwrap_or(0));
                Ok(())
            }
        })
        .on("test.third-time", async |_, item| if item.attempts < 2 { Err(JobError::Later("not-yet")) } else { Ok(()) })
        .on("test.never", async |_, _| Err(JobError::Never("no-such-session")))
        .on("test.panics", async |_, _| panic!("on purpose"))
        .on("test.hangs", async |_, item| if item.run_at.as_micros() > 0 { std::future::pending().await } else { Ok(()) })
}

#[both_engines]
async fn what_is_due_is_done_once_and_in_order(shop: Shop) {
    shop.queues(numbered(3).at(shop.now().plus(Span::minutes(2)))).await;
    shop.queues(numbered(1)).await;
    shop.queues(numbered(2).at(shop.now().plus(Span::minutes(1)))).await;
    assert_eq!(shop.works().await, Worked { done: 1, ..NOTHING });
    assert_eq!(shop.works_after(Span::minutes(5)).await, Worked { done: 2, ..NOTHING });
    assert_eq!(shop.works_after(Span::days(1)).await, NOTHING);
    assert_eq!(shop.done(), [1, 2, 3]);
}

#[both_engines]
async fn a_key_queues_one_job_for_ever(shop: Shop) {
    assert!(shop.queues(numbered(1).once("nightly/2026-11-22")).await.is_some());
    assert!(shop.queues(numbered(1).once("nightly/2026-11-22")).await.is_none());
    shop.works().await;
    assert!(shop.queues(numbered(1).once("nightly/2026-11-22")).await.is_none(), "nor when it is done");
    assert!(shop.queues(numbered(2).once("nightly/2026-11-23")).await.is_some());
    shop.works().await;
    assert_eq!(shop.done(), [1, 2]);
}

#[both_engines]
async fn many_are_queued_together_but_for_those_whose_key_was_there(shop: Shop) {
    shop.queues(numbered(1).once("rule/1")).await;
    let later = shop.now().plus(Span::minutes(2));
    let jobs = vec![
        numbered(7).once("rule/1"),
        numbered(2).once("rule/2"),
        numbered(8).once("rule/2"),
        numbered(3).at(later),
        // It has neither an object nor anything to tell.
        Job::general("test.third-time"),
    ];
    let (all, none) = (jobs, Vec::new());
    shop.db.write(Lane::Staff, None, async move |tx, now| job_all(tx, all.clone(), now).await).await.unwrap();
    shop.db.write(Lane::Staff, None, async move |tx, now| job_all(tx, none.clone(), now).await).await.unwrap();
    assert_eq!(shop.works().await, Worked { done: 2, deferred: 1, dead: 0 });
    assert_eq!(shop.works_after(Span::minutes(2)).await.done, 1);
    // Those of one moment come in any order.
    let mut done = shop.done();
    done.sort_unstable();
    assert_eq!(done, [1, 2, 3]);
}

#[both_engines]
async fn a_job_that_does_not_work_yet_is_tried_again(shop: Shop) {
    shop.queues(Job::general("test.third-time")).await;
    assert_eq!(shop.works().await, Worked { deferred: 1, ..NOTHING });
    assert_eq!(shop.works_after(Span::seconds(40)).await, NOTHING);
    assert_eq!(shop.works_after(Span::seconds(20)).await, Worked { deferred: 1, ..NOTHING });
    assert_eq!(shop.shelf(Shelf::Waiting).await[0].last_error.as_deref(), Some("not-yet"));
    assert_eq!(shop.works_after(Span::minutes(2)).await, Worked { done: 1, ..NOTHING });
}

#[both_engines]
async fn a_job_that_cannot_work_is_dead_until_a_person_decides(shop: Shop) {
    let never = shop.queues(Job::of("test.never", SESSION)).await.unwrap();
    assert_eq!(shop.works().await, Worked { dead: 1, ..NOTHING });
    let dead = shop.shelf(Shelf::Dead).await;
    assert_eq!((dead.len(), dead[0].id, dead[0].last_error.as_deref()), (1, never, Some("no-such-session")));
    assert_eq!(shop.works_after(Span::days(1)).await, NOTHING);

    let retry = async |id| shop.db.write(Lane::Staff, None, async move |tx, now| jobs::retry(tx, id, now).await).await.unwrap();
    let retire = async |id| shop.db.write(Lane::Staff, None, async move |tx, now| jobs::retire(tx, id, now).await).await.unwrap();
    assert!(retry(never).await);
    assert_eq!(shop.works().await, Worked { dead: 1, ..NOTHING });
    assert!(retire(never).await);
    assert!(!retry(never).await, "retired is for good");
    let counts = shop.db.read(async |tx| jobs::counts(tx).await).await.unwrap();
    assert_eq!((counts.waiting, counts.dead), (0, 0));
}

#[both_engines]
async fn a_job_of_a_kind_that_this_program_does_not_know_is_left_to_one_that_does(shop: Shop) {
    shop.queues(Job::of("test.newer", SESSION)).await;
    shop.queues(numbered(1)).await;
    assert_eq!(shop.works().await, Worked { done: 1, ..NOTHING });
    assert_eq!(shop.works_after(Span::days(4)).await, NOTHING, "however long it waits");
    let waiting = shop.shelf(Shelf::Waiting).await;
    assert_eq!((waiting.len(), waiting[0].attempts, waiting[0].last_error.as_deref()), (1, 0, None), "nobody has touched it");
    let newer = Workshop::new(shop.db.clone(), Handlers::new().on("test.newer", async |_, _| Ok(())));
    assert_eq!(newer.run_due(shop.now()).await.unwrap(), Worked { done: 1, ..NOTHING });
}

#[both_engines]
async fn a_job_that_panics_is_given_up_after_three_days(shop: Shop) {
    shop.queues(Job::general("test.panics")).await;
    shop.queues(numbered(1)).await;
    assert_eq!(shop.works().await, Worked { done: 1, deferred: 1, ..NOTHING });
    let mut all = NOTHING;
    for _ in 0..24 * 4 {
        let worked = shop.works_after(Span::hours(1)).await;
        all = Worked { deferred: all.deferred + worked.deferred, dead: all.dead + worked.dead, done: all.done + worked.done };
    }
    assert_eq!((all.dead, all.done), (1, 0));
    assert_eq!(shop.shelf(Shelf::Dead).await[0].last_error.as_deref(), Some("panic"));
}

#[both_engines]
async fn after_a_crash_another_does_the_job_once_the_lease_has_ended(shop: Shop) {
    shop.queues(Job::general("test.hangs")).await;
    let crash = tokio::time::timeout(Duration::from_millis(300), shop.workshop.run_due(shop.now())).await;
    assert!(crash.is_err(), "the process ended while it was at it");
    let calm = Workshop::new(shop.db.clone(), Handlers::new().on("test.hangs", async |_, _| Ok(())));
    shop.clock.advance(Span::minutes(10));
    assert_eq!(calm.run_due(shop.now()).await.unwrap(), NOTHING);
    shop.clock.advance(Span::minutes(1));
    assert_eq!(calm.run_due(shop.now()).await.unwrap(), Worked { done: 1, ..NOTHING });
}

#[both_engines]
async fn several_processes_do_each_job_once(shop: Shop) {
    for number in 0..60 {
        shop.queues(numbered(number)).await;
    }
    let other = Workshop::new(shop.db.clone(), handlers(&shop.done)).lanes(3);
    let (one, two) = tokio::join!(shop.workshop.run_due(shop.now()), other.run_due(shop.now()));
    assert_eq!(one.unwrap().done + two.unwrap().done, 60);
    let mut done = shop.done();
    done.sort_unstable();
    assert_eq!(done, (0..60).collect::<Vec<_>>());
}

#[both_engines]
async fn a_slow_job_keeps_no_other_waiting_and_is_left_to_whoever_comes_when_the_worker_stops(shop: Shop) {
    let begun = Arc::new(Notify::new());
    let beginning = begun.clone();
    let handlers = handlers(&shop.done).slowly_on("test.endless", move |_, _| {
        beginning.notify_one();
        std::future::pending()
    });
    let workshop = Workshop::new(shop.db.clone(), handlers).lanes(1);
    let open = Open::of(workshop, &shop.clock);
    shop.queues(Job::general("test.endless")).await;
    begun.notified().await;
    shop.queues(numbered(1)).await;
    open.rings();
    shop.has_done(1).await;
    open.closes().await;
    let calm = Workshop::new(shop.db.clone(), Handlers::new().slowly_on("test.endless", async |_, _| Ok(())));
    assert_eq!(calm.run_due(shop.now()).await.unwrap(), Worked { done: 1, ..NOTHING }, "nobody waits for the end of a lease");
}

#[both_engines]
async fn what_was_done_is_forgotten_with_its_key(shop: Shop) {
    shop.queues(numbered(1).once("nightly")).await;
    shop.works().await;
    shop.clock.advance(Span::days(90));
    let before = shop.now();
    assert_eq!(shop.db.write(Lane::Staff, None, async move |tx, _| jobs::forget(tx, before).await).await.unwrap(), 1);
    assert!(shop.queues(numbered(2).once("nightly")).await.is_some());
}

#[both_engines]
async fn what_was_done_is_forgotten_in_pieces(shop: Shop) {
    let count = db::PIECE + 1;
    for from in (0..count).step_by(250) {
        let some = from..count.min(from + 250);
        let queue = async move |tx: &mut Tx<'_>, now: Timestamp| {
            for number in some.clone() {
                let id = job(tx, numbered(number), now).await?.unwrap();
                jobs::retire(tx, id, now).await?;
            }
            Ok(())
        };
        shop.db.write(Lane::Staff, None, queue).await.unwrap();
    }
    shop.clock.advance(Span::days(90));
    let before = shop.now();
    let forgets = async || shop.db.write(Lane::Staff, None, async move |tx, _| jobs::forget(tx, before).await).await.unwrap();
    assert_eq!([forgets().await, forgets().await, forgets().await], [db::PIECE.unsigned_abs(), 1, 0]);
}

#[both_engines]
async fn the_workshop_is_open_until_it_is_told_to_close(shop: Shop) {
    let open = Open::of(Workshop::new(shop.db.clone(), handlers(&shop.done)), &shop.clock);
    shop.queues(numbered(1)).await;
    open.rings();
    shop.has_done(1).await;
    open.closes().await;
}

#[both_engines]
async fn what_the_clock_makes_due_wakes_the_lanes_of_every_pace_though_nobody_rings(shop: Shop) {
    let (alarms, films) = (Arc::clone(&shop.done), Arc::clone(&shop.done));
    let others = Handlers::new()
        .urgently_on("test.alarm", move |_, _| {
            alarms.lock().unwrap().push(119);
            std::future::ready(Ok(()))
        })
        .slowly_on("test.film", move |_, _| {
            films.lock().unwrap().push(90);
            std::future::ready(Ok(()))
        });
    let open = Open::of(Workshop::new(shop.db.clone(), handlers(&shop.done).and(others)).lanes(2), &shop.clock);
    let later = shop.now().plus(Span::hours(1));
    for number in 1..=3 {
        shop.queues(numbered(number).at(later)).await;
    }
    shop.queues(Job::general("test.alarm").at(later)).await;
    shop.queues(Job::general("test.film").at(later)).await;
    // By then every lane has looked, has found nothing, and sleeps.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert!(shop.done().is_empty());
    shop.clock.advance(Span::hours(1));
    shop.has_done(5).await;
    open.closes().await;
    let mut done = shop.done();
    done.sort_unstable();
    assert_eq!(done, [1, 2, 3, 90, 119]);
}

/// Waits until this is so.
async fn comes_about(is_so: impl AsyncFn() -> bool) {
    let so = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), so).await.expect("it comes about");
}

/// Handlers with one more: it is at work until the test lets it end.
fn with_a_held(handlers: Handlers, begun: &Arc<Notify>, may_end: &Arc<Notify>) -> Handlers {
    let (begun, may_end) = (Arc::clone(begun), Arc::clone(may_end));
    handlers.on("test.held", move |_, _| {
        let (begun, may_end) = (Arc::clone(&begun), Arc::clone(&may_end));
        async move {
            begun.notify_one();
            may_end.notified().await;
            Ok(())
        }
    })
}

#[both_engines]
async fn what_is_queued_later_does_not_wait_for_what_another_lane_is_at(shop: Shop) {
    let (begun, may_end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let workshop = Workshop::new(shop.db.clone(), with_a_held(handlers(&shop.done), &begun, &may_end)).lanes(2);
    let open = Open::of(workshop, &shop.clock);
    shop.queues(Job::general("test.held")).await;
    open.rings();
    begun.notified().await;
    for number in 1..=3 {
        shop.queues(numbered(number)).await;
        open.rings();
        shop.has_done(usize::try_from(number).unwrap()).await;
    }
    // A job is put away a moment after it was done.
    comes_about(async || shop.shelf(Shelf::Waiting).await.len() <= 1).await;
    assert_eq!(shop.shelf(Shelf::Waiting).await.len(), 1, "the first is still at work");
    may_end.notify_one();
    open.closes().await;
    assert_eq!(shop.shelf(Shelf::Waiting).await.len(), 0, "what was begun is finished first");
}

#[both_engines]
async fn what_an_incident_waits_for_is_done_while_every_quick_lane_is_taken(shop: Shop) {
    let (begun, may_end) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let rung = Arc::clone(&shop.done);
    let alarm = Handlers::new().urgently_on("test.alarm", move |_, _| {
        rung.lock().unwrap().push(119);
        std::future::ready(Ok(()))
    });
    let workshop = Workshop::new(shop.db.clone(), with_a_held(handlers(&shop.done), &begun, &may_end).and(alarm)).lanes(1);
    let open = Open::of(workshop, &shop.clock);
    shop.queues(Job::general("test.held")).await;
    open.rings();
    begun.notified().await;
    shop.queues(numbered(1)).await;
    shop.queues(Job::general("test.alarm")).await;
    open.rings();
    shop.has_done(1).await;
    assert_eq!(shop.done(), [119], "the quick one waits for its lane, the alarm for nobody");
    may_end.notify_one();
    shop.has_done(2).await;
    open.closes().await;
    assert_eq!(shop.done(), [119, 1]);
}

#[both_engines]
async fn a_workshop_told_to_close_while_it_works_finishes_what_it_began_and_closes(shop: Shop) {
    shop.queues(numbered(1)).await;
    let Shop { clock, workshop, done, .. } = shop;
    workshop.run(clock, async {}).await;
    assert_eq!(*done.lock().unwrap(), [1], "what was claimed is done");
}
