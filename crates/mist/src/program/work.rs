use db::{DbResult, Lane, Tx, forget_keys};
use journal::audit::keep_chained;
use journal::{Bell, Handlers, Postman, Workshop, jobs, outbox};
use kernel::{Span, Timestamp};
use std::time::Duration;
use tokio::sync::watch;
use web::Portal;

use crate::system::Metrics;

/// How long a form may be sent again and get the same answer.
const KEYS_LAST: Span = Span::days(7);
/// How long the delivery log goes back.
const MAIL_LASTS: Span = Span::days(90);
/// How long finished jobs are kept for whoever wonders.
const JOBS_LAST: Span = Span::days(30);

/// How often what is too old is forgotten.
const TIDY_EVERY: Duration = Duration::from_hours(1);
/// How often spooled reports are looked for.
const BRING_IN_EVERY: Duration = Duration::from_secs(5);
/// How often reports are tried again that were set aside, the first time at the start.
const TRY_AGAIN_EVERY: Duration = Duration::from_hours(1);
/// How often what was stored is sent on to another record store.
const FORWARD_EVERY: Duration = Duration::from_mins(1);
/// How often the figures are compacted.
const MEASURE_EVERY: Duration = Duration::from_secs(10);

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
        .and(learning::assignments::handlers())
        .and(learning::authoring::handlers(&portal.objects))
        .and(records::forward::handlers(portal))
        .and(packages::handlers(portal))
        .and(people::accounts::recovery::handlers())
        .and(desk::handlers())
        .and(desk::call_handlers(portal))
        .and(desk::file_handlers(&portal.objects))
}

/// Mails, jobs, the audit chain and the tidying, until told to stop; what was begun is finished first.
pub(super) async fn keep_working(portal: Portal, postman: Option<Postman>, workshop: Workshop, stop: watch::Receiver<bool>) {
    let bell = Bell::default();
    let (db, clock) = (&portal.db, &portal.clock);
    let mail = async {
        match &postman {
            Some(postman) => postman.run(clock.clone(), told(stop.clone())).await,
            None => told(stop.clone()).await,
        }
    };
    tokio::join!(
        mail,
        workshop.run(clock.clone(), told(stop.clone())),
        keep_chained(db, &bell, told(stop.clone())),
        tidy(&portal, told(stop.clone())),
        bring_in(&portal, told(stop.clone())),
        forward(&portal, told(stop.clone()))
    );
    // The last entries are chained too.
    if let Err(error) = journal::audit::chain_waiting(db).await {
        tracing::error!(%error, "the last entries of the audit trail are not chained yet; the next start does it");
    }
}

/// Waits until told to stop.
async fn told(mut stop: watch::Receiver<bool>) {
    // If whoever would tell is gone, so is the reason to go on.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn tidy(portal: &Portal, until: impl Future<Output = ()>) {
    let mut until = std::pin::pin!(until);
    let mut measure = tokio::time::interval(MEASURE_EVERY);
    let mut forget = tokio::time::interval(TIDY_EVERY);
    loop {
        tokio::select! {
            () = &mut until => return,
            _ = measure.tick() => Metrics::tidy(),
            _ = forget.tick() => {
                if let Err(error) = portal.db.write(Lane::Staff, None, async |tx, now| forget_old(tx, now).await).await {
                    tracing::error!(%error, "what is too old could not be forgotten; it is tried again");
                }
            }
        }
    }
}

/// Reports that were spooled while the database was gone become cases as soon as it is back.
async fn bring_in(portal: &Portal, until: impl Future<Output = ()>) {
    let mut until = std::pin::pin!(until);
    let Some(desk) = portal.part::<desk::Desk>() else { return until.await };
    let (mut look, mut again) = (tokio::time::interval(BRING_IN_EVERY), tokio::time::interval(TRY_AGAIN_EVERY));
    loop {
        let brought_in = tokio::select! {
            () = &mut until => return,
            _ = look.tick() => desk.tend(&portal.db).await,
            _ = again.tick() => desk.try_again(&portal.db).await,
        };
        if let Err(error) = brought_in {
            tracing::warn!(%error, "reports wait in the spool; they are brought in when the database answers");
        }
    }
}

/// What was stored since goes to the other record store, if one is named.
async fn forward(portal: &Portal, until: impl Future<Output = ()>) {
    let mut until = std::pin::pin!(until);
    let mut look = tokio::time::interval(FORWARD_EVERY);
    loop {
        tokio::select! {
            () = &mut until => return,
            _ = look.tick() => {
                if let Err(error) = records::forward::tend(portal).await {
                    tracing::warn!(%error, "what was stored could not be queued for the other record store; it is tried again");
                }
            }
        }
    }
}

async fn forget_old(tx: &mut Tx<'_>, now: Timestamp) -> DbResult<()> {
    forget_keys(tx, now.minus(KEYS_LAST)).await?;
    outbox::forget(tx, now.minus(MAIL_LASTS)).await?;
    jobs::forget(tx, now.minus(JOBS_LAST)).await?;
    people::lists::forget_old(tx, now).await?;
    school::attendance::forget_old(tx, now).await?;
    school::reminders::look(tx, now).await?;
    learning::assignments::look(tx, now).await?;
    desk::forget_old(tx, now).await?;
    gazette::inquiries::forget_old(tx, now).await?;
    people::accounts::forget_old(tx, now).await
}

#[cfg(test)]
mod tests {
    use both_engines::both_engines;
    use db::testing::TestDatabase;
    use gazette::inquiries::{About, NewInquiry, between, inquire};
    use kernel::Lang;

    use super::*;

    #[both_engines]
    async fn an_inquiry_is_forgotten_two_years_after_the_end_of_its_fiscal_year(db: TestDatabase) {
        let checked = db.write(Lane::Staff, None, async |tx, _| {
            let asked: Timestamp = "2026-11-22T09:00+09:00".parse().unwrap();
            let new = NewInquiry {
                about: About::Portal,
                name: "例示 髙子".to_owned(),
                email: "takako@example.jp".parse().unwrap(),
                institution: "例示歯科医院".to_owned(),
                body: "質問".to_owned(),
                lang: Lang::Ja,
            };
            inquire(tx, &new, None, asked).await?;
            let last_moment: Timestamp = "2029-03-31T23:59+09:00".parse().unwrap();
            for (now, left) in [(last_moment, 1), (last_moment.plus(Span::minutes(1)), 0)] {
                forget_old(tx, now).await?;
                let (received, _) = between(tx, asked, asked.plus(Span::minutes(1))).await?;
                assert_eq!(received, left, "{}", now.rfc3339());
            }
            Ok(())
        });
        checked.await.unwrap();
    }
}
