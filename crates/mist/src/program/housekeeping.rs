//! What is too old is forgotten, once an hour. Each duty has writes of its own, a piece of it each, so that none waits for another, none
//! is undone with another, and nobody else waits long.

use db::{Db, DbResult, Lane, Tx, forget_keys};
use journal::{jobs, outbox};
use kernel::{Span, Timestamp};
use people::{accounts, lists};
use school::attendance;
use tokio::sync::watch;

/// How long a form may be sent again and get the same answer.
const KEYS_LAST: Span = Span::days(7);
/// How long the delivery log goes back.
const MAIL_LASTS: Span = Span::days(90);
/// How long finished jobs are kept for whoever wonders.
const JOBS_LAST: Span = Span::days(30);

/// Does every duty once, until told to stop.
pub(super) async fn tidy(db: &Db, stop: &watch::Receiver<bool>) {
    let duties = Duties { db, stop };
    duties.does("keys", async |tx, now| forget_keys(tx, now.minus(KEYS_LAST)).await).await;
    duties.does("mail", async |tx, now| outbox::forget(tx, now.minus(MAIL_LASTS)).await).await;
    duties.does("jobs", async |tx, now| jobs::forget(tx, now.minus(JOBS_LAST)).await).await;
    duties.does("links", async |tx, now| accounts::forget_old(tx, now).await).await;
    duties.does("sign-ins", async |tx, now| accounts::forget_sign_ins(tx, now).await).await;
    duties.does("browsers", async |tx, now| accounts::forget_browsers(tx, now).await).await;
    duties.does("invitations", async |tx, now| accounts::forget_invitations(tx, now).await).await;
    duties.does("inquiries", async |tx, now| gazette::inquiries::forget_old(tx, now).await).await;
    // Nothing is forgotten here: what an earlier version wrote, or a restore brought back, gets what it is searched by.
    duties.does("titles", async |tx, _| gazette::approval::fold_titles(tx).await).await;
    // There are few of these at any time.
    duties.does("recoveries", async |tx, now| accounts::lapse_recoveries(tx, now).await.map(|()| 0)).await;
    duties.does("lists", async |tx, now| lists::forget_old(tx, now).await.map(|()| 0)).await;
    duties.does("attendance files", async |tx, now| attendance::forget_old(tx, now).await.map(|()| 0)).await;
    duties.does("ways into cases", async |tx, now| desk::forget_old(tx, now).await.map(|()| 0)).await;
}

struct Duties<'a> {
    db: &'a Db,
    stop: &'a watch::Receiver<bool>,
}

impl Duties<'_> {
    /// Does a duty piece by piece, until a piece finds nothing.
    async fn does<F>(&self, duty: &'static str, forget: F)
    where
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<u64> + Clone + Send + 'static,
    {
        while !*self.stop.borrow() {
            match self.db.write(Lane::Staff, None, forget.clone()).await {
                Ok(0) => return,
                Ok(_) => {}
                Err(error) => {
                    metrics::counter!("housekeeping_failed_total", "duty" => duty).increment(1);
                    tracing::error!(duty, %error, "what is too old could not be forgotten; it is tried again within the hour");
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use access::{AccountId, NewSignIn, Strength};
    use both_engines::both_engines;
    use db::testing::TestDatabase;
    use db::{Engine, sql};
    use gazette::inquiries::{About, NewInquiry, between, inquire};
    use journal::{Job, Mail, job, mail};
    use kernel::{Clock, Lang, Uuid};

    use super::*;

    /// A database at a moment that the test moves, and whoever tidies it.
    struct House {
        db: TestDatabase,
        clock: Clock,
        stop: watch::Sender<bool>,
    }

    impl House {
        async fn on(engine: Engine) -> Self {
            let clock = Clock::standing_at("2026-11-22T09:00+09:00".parse().unwrap());
            let db = TestDatabase::with_clock(engine, clock.clone()).await;
            Self { db, clock, stop: watch::channel(false).0 }
        }

        async fn tidies(&self) {
            tidy(&self.db, &self.stop.subscribe()).await;
        }

        async fn write<F>(&self, work: F)
        where
            F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<()> + Send + 'static,
        {
            self.db.write(Lane::Staff, None, work).await.unwrap();
        }

        /// A job and a mail that nobody needs any more, and a sign-in.
        async fn has_a_past(&self) {
            self.write(async |tx, now| {
                let id = job(tx, Job::general("test.nothing"), now).await?.unwrap();
                jobs::retire(tx, id, now).await?;
                let id = mail(tx, Mail::of("test.nothing", Uuid::nil(), Lang::Ja), now).await?;
                outbox::retire(tx, id, now).await?;
                let account = AccountId::new(now);
                let new = NewSignIn { account, strength: Strength::MailLink, secret: b"secret", device: "Firefox", network: "192.0.2.0" };
                access::open(tx, &new, now).await.map(drop)
            })
            .await;
        }

        /// How many jobs, mails and sign-ins there are.
        async fn has(&self) -> (i64, i64, i64) {
            let count = sql!("SELECT (SELECT COUNT(*) FROM jobs), (SELECT COUNT(*) FROM outbox), (SELECT COUNT(*) FROM sign_ins)");
            self.db.read(async move |tx| tx.one(count, &[]).await).await.unwrap()
        }
    }

    #[both_engines]
    async fn everything_has_its_time(house: House) {
        house.has_a_past().await;
        for (days, left) in [(30, (1, 1, 1)), (1, (0, 1, 1)), (60, (0, 0, 1)), (28, (0, 0, 1)), (2, (0, 0, 0))] {
            house.clock.advance(Span::days(days));
            house.tidies().await;
            assert_eq!(house.has().await, left, "{}", house.clock.now().rfc3339());
        }
    }

    #[both_engines]
    async fn a_duty_that_cannot_be_done_keeps_no_other_from_being_done(house: House) {
        house.has_a_past().await;
        let away = [
            sql!("ALTER TABLE case_tries RENAME TO case_tries_put_away"),
            sql!("ALTER TABLE sign_in_links RENAME TO sign_in_links_put_away"),
            sql!("ALTER TABLE idempotency RENAME TO idempotency_put_away"),
        ];
        for rename in away {
            house.write(async move |tx, _| tx.run(rename, &[]).await.map(drop)).await;
        }
        house.clock.advance(Span::days(121));
        house.tidies().await;
        assert_eq!(house.has().await, (0, 0, 0));
    }

    #[both_engines]
    async fn whoever_is_told_to_stop_forgets_nothing_more(house: House) {
        house.has_a_past().await;
        house.clock.advance(Span::days(121));
        house.stop.send_replace(true);
        house.tidies().await;
        assert_eq!(house.has().await, (1, 1, 1));
    }

    #[both_engines]
    async fn an_inquiry_is_forgotten_two_years_after_the_end_of_its_fiscal_year(house: House) {
        let asked = house.clock.now();
        house
            .write(async |tx, now| {
                let new = NewInquiry {
                    about: About::Portal,
                    name: "例示 髙子".to_owned(),
                    email: "takako@example.jp".parse().unwrap(),
                    institution: "例示歯科医院".to_owned(),
                    body: "質問".to_owned(),
                    lang: Lang::Ja,
                };
                inquire(tx, &new, None, now).await.map(drop)
            })
            .await;
        let last_moment: Timestamp = "2029-03-31T23:59+09:00".parse().unwrap();
        for (now, left) in [(last_moment, 1), (last_moment.plus(Span::minutes(1)), 0)] {
            house.clock.set(now);
            house.tidies().await;
            let until = asked.plus(Span::minutes(1));
            let (received, _) = house.db.read(async move |tx| between(tx, asked, until).await).await.unwrap();
            assert_eq!(received, left, "{}", now.rfc3339());
        }
    }
}
