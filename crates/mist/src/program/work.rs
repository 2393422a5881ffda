use db::Lane;
use journal::audit::keep_chained;
use journal::{Bell, Handlers, Postman, Workshop};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Interval, interval};
use web::Portal;

use super::housekeeping;
use super::workers::{self, Standing, Worker, told};
use crate::system::Metrics;

/// How often what is too old is forgotten.
const TIDY_EVERY: Duration = Duration::from_hours(1);
/// How often mails by rule are planned: their hour is the key of the job, so that a second process plans nothing twice.
const PLAN_EVERY: Duration = Duration::from_hours(1);
/// How often spooled reports are looked for.
const BRING_IN_EVERY: Duration = Duration::from_secs(5);
/// How often reports are tried again that were set aside, the first time at the start.
const TRY_AGAIN_EVERY: Duration = Duration::from_hours(1);
/// How often what was stored is sent on to another record store.
const FORWARD_EVERY: Duration = Duration::from_mins(1);
/// How often the figures are compacted.
const COMPACT_EVERY: Duration = Duration::from_secs(10);
/// How long a worker that has fallen rests before it is begun anew.
const PAUSE: Duration = Duration::from_secs(5);

/// Who does which job.
pub(crate) fn handlers(portal: &Portal) -> Handlers {
    school::trainings::jobs::handlers()
        .and(school::office::handlers())
        .and(school::attendance::handlers())
        .and(school::certificates::handlers(portal))
        .and(school::archive::handlers(&portal.objects))
        .and(school::reminders::handlers())
        .and(super::learned::handlers(&portal.site.base_url))
        .and(super::recorded::handlers(portal))
        .and(super::deleted::handlers(portal))
        .and(learning::assignments::handlers())
        .and(learning::authoring::handlers(&portal.objects))
        .and(records::forward::handlers(portal))
        .and(packages::handlers(portal))
        .and(people::accounts::recovery::handlers())
        .and(desk::handlers())
        .and(desk::call_handlers(portal))
        .and(desk::file_handlers(&portal.objects))
}

/// Everybody who works by themselves, until told to stop; what was begun is finished first.
pub(super) async fn keep_working(portal: Portal, postman: Option<Postman>, workshop: Workshop, stop: watch::Receiver<bool>) {
    let standing = portal.part::<Standing>().unwrap_or_default();
    workers::keep(crew(&portal, postman, workshop), &standing, PAUSE, stop).await;
    // The last entries are chained too.
    if let Err(error) = journal::audit::chain_waiting(&portal.db).await {
        tracing::error!(%error, "the last entries of the audit trail are not chained yet; the next start does it");
    }
}

fn crew(portal: &Portal, postman: Option<Postman>, workshop: Workshop) -> Vec<Worker> {
    let (workshop, clock) = (Arc::new(workshop), portal.clock.clone());
    let mut crew = vec![
        Worker::new("jobs", move |stop| {
            let (workshop, clock) = (Arc::clone(&workshop), clock.clone());
            async move { workshop.run(clock, told(stop)).await }
        }),
        with(portal, "audit trail", chain),
        with(portal, "figures", compact),
        with(portal, "housekeeping", forget),
        with(portal, "planning", plan),
        with(portal, "spool", bring_in),
        with(portal, "forwarding", forward),
    ];
    if let Some(postman) = postman.map(Arc::new) {
        let clock = portal.clock.clone();
        crew.push(Worker::new("mail", move |stop| {
            let (postman, clock) = (Arc::clone(&postman), clock.clone());
            async move { postman.run(clock, told(stop)).await }
        }));
    }
    crew
}

/// A worker who needs nothing but the portal.
fn with<F, Fut>(portal: &Portal, name: &'static str, work: F) -> Worker
where
    F: Fn(Portal, watch::Receiver<bool>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = ()> + Send + 'static,
{
    let portal = portal.clone();
    Worker::new(name, move |stop| work(portal.clone(), stop))
}

/// Waits for the next time; false once told to stop.
async fn goes_on(times: &mut Interval, stop: &watch::Receiver<bool>) -> bool {
    tokio::select! {
        biased;
        () = told(stop.clone()) => false,
        _ = times.tick() => true,
    }
}

async fn chain(portal: Portal, stop: watch::Receiver<bool>) {
    keep_chained(&portal.db, &Bell::default(), told(stop)).await;
}

async fn compact(_: Portal, stop: watch::Receiver<bool>) {
    let mut times = interval(COMPACT_EVERY);
    while goes_on(&mut times, &stop).await {
        Metrics::tidy();
    }
}

async fn forget(portal: Portal, stop: watch::Receiver<bool>) {
    let mut times = interval(TIDY_EVERY);
    while goes_on(&mut times, &stop).await {
        housekeeping::tidy(&portal.db, &stop).await;
    }
}

/// Mails by rule are planned apart from all else: neither waits for the other, and neither is undone with it.
async fn plan(portal: Portal, stop: watch::Receiver<bool>) {
    let mut times = interval(PLAN_EVERY);
    while goes_on(&mut times, &stop).await {
        if let Err(error) = portal.db.write(Lane::Staff, None, async |tx, now| school::reminders::look(tx, now).await).await {
            tracing::error!(%error, "the mails of sessions could not be planned; it is tried again");
        }
        if let Err(error) = portal.db.write(Lane::Staff, None, async |tx, now| learning::assignments::look(tx, now).await).await {
            tracing::error!(%error, "the reminders of assignments could not be planned; it is tried again");
        }
    }
}

/// Reports that were spooled while the database was gone become cases as soon as it is back.
async fn bring_in(portal: Portal, stop: watch::Receiver<bool>) {
    let Some(desk) = portal.part::<desk::Desk>() else { return told(stop).await };
    let (mut look, mut again) = (interval(BRING_IN_EVERY), interval(TRY_AGAIN_EVERY));
    loop {
        let brought_in = tokio::select! {
            biased;
            () = told(stop.clone()) => return,
            _ = look.tick() => desk.tend(&portal.db).await,
            _ = again.tick() => desk.try_again(&portal.db).await,
        };
        if let Err(error) = brought_in {
            tracing::warn!(%error, "reports wait in the spool; they are brought in when the database answers");
        }
    }
}

/// What was stored since goes to the other record store, if one is named.
async fn forward(portal: Portal, stop: watch::Receiver<bool>) {
    let mut times = interval(FORWARD_EVERY);
    while goes_on(&mut times, &stop).await {
        if let Err(error) = records::forward::tend(&portal).await {
            tracing::warn!(%error, "what was stored could not be queued for the other record store; it is tried again");
        }
    }
}

#[cfg(test)]
mod tests {
    use both_engines::both_engines;
    use db::Db;
    use db::testing::TestDatabase;
    use journal::Kind;
    use journal::jobs::{self, Shelf};
    use kernel::{Clock, Timestamp};
    use std::collections::BTreeSet;

    use super::*;
    use crate::program::post::renderers;

    #[both_engines]
    async fn whatever_can_be_queued_has_somebody_who_does_it(db: TestDatabase) {
        let clock = Clock::standing_at(Timestamp::from_micros(1_795_305_600_000_000));
        let (portal, ..) = crate::Program::start_for_test(Db::clone(&db), clock).await;
        let done = handlers(&portal).kinds().map(Kind::Job).collect::<Vec<_>>();
        let made = renderers(&portal).kinds().map(Kind::Mail).collect::<Vec<_>>();
        let named: Vec<Kind> = journal::kinds().collect();
        let once: BTreeSet<Kind> = named.iter().copied().collect();
        assert_eq!(named.len(), once.len(), "a kind is named twice: {named:?}");
        assert_eq!(once, done.into_iter().chain(made).collect::<BTreeSet<_>>());
    }

    #[both_engines]
    async fn everybody_works_until_told_to_stop(db: TestDatabase) {
        let clock = Clock::standing_at(Timestamp::from_micros(1_795_305_600_000_000));
        let (portal, _, postman, workshop, _) = crate::Program::start_for_test(Db::clone(&db), clock).await;
        let standing = portal.part::<Standing>().expect("the program keeps it");
        let (stop, stopped) = watch::channel(false);
        let work = tokio::spawn(keep_working(portal, Some(postman), workshop, stopped));
        // What one of them plans another does.
        let planned = async {
            loop {
                let done = db.read(async |tx| jobs::list(tx, Shelf::Gone, None).await).await.expect("it can be read").rows;
                if ["reminders.look", "assignments.remind"].iter().all(|kind| done.iter().any(|job| job.kind == *kind)) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), planned).await.expect("the hour's mails are planned");
        assert!(standing.ended().is_empty());
        stop.send_replace(true);
        tokio::time::timeout(Duration::from_secs(30), work).await.expect("they end when told").expect("and in order");
    }
}
