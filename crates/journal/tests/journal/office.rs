//! A post office for tests: a database, a sink as the relay, and a clock that the test moves.

use db::testing::TestDatabase;
use db::{Engine, Lane};
use journal::delivery::{Delivered, Letterhead, Recipient, Relay, RelaySettings};
use journal::outbox::{self, MailCounts, MailRow, Shelf};
use journal::sink::Sink;
use journal::{Mail, MailId, Postman, RenderError, Rendered, Renderers, mail};
use kernel::{Clock, Lang, Span, Timestamp, Uuid};
use std::sync::atomic::{AtomicU64, Ordering};

pub const APPLICATION: Uuid = Uuid::from_u128(7);

pub struct Office {
    pub db: TestDatabase,
    pub sink: Sink,
    pub postman: Postman,
    pub clock: Clock,
}

impl Office {
    pub async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at("2026-11-22T09:00:00+09:00".parse().unwrap());
        let db = TestDatabase::with_clock(engine, clock.clone()).await;
        let sink = Sink::start().await.unwrap();
        let postman = postman(&db, sink.address().port());
        Self { db, sink, postman, clock }
    }

    /// Queues a mail whose subject is `subject`.
    pub async fn queues(&self, subject: &str) -> MailId {
        self.queues_mail(plain(subject)).await
    }

    /// Queues a mail a moment after the one before, so that the order of their ids is theirs.
    pub async fn queues_mail(&self, queued: Mail) -> MailId {
        self.clock.advance(Span::millis(1));
        self.db.write(Lane::Staff, None, async move |tx, now| mail(tx, queued.clone(), now).await).await.unwrap()
    }

    /// Lets time pass and sends what is due then.
    pub async fn delivers_after(&self, span: Span) -> Delivered {
        self.clock.advance(span);
        self.postman.deliver_due(self.now()).await.unwrap()
    }

    pub async fn delivers(&self) -> Delivered {
        self.delivers_after(Span::ZERO).await
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The subjects of what arrived, oldest first.
    pub fn arrived(&self) -> Vec<String> {
        let mut subjects: Vec<_> = self.sink.letters().iter().map(|letter| letter.subject.clone()).collect();
        subjects.reverse();
        subjects
    }

    pub async fn counts(&self) -> MailCounts {
        self.db.read(async |tx| outbox::counts(tx).await).await.unwrap()
    }

    pub async fn shelf(&self, shelf: Shelf) -> Vec<MailRow> {
        self.db.read(async move |tx| outbox::list(tx, shelf, None).await).await.unwrap().rows
    }

    /// The only mail of this list, and the class of what went wrong with it.
    pub async fn only(&self, shelf: Shelf) -> (MailRow, String) {
        let rows = self.shelf(shelf).await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        (rows[0].clone(), rows[0].last_error.clone().unwrap_or_default())
    }
}

/// A postman with one line to the relay on this port, so that letters arrive in order.
pub fn postman(db: &db::Db, port: u16) -> Postman {
    postman_of(db, RelaySettings::local(port))
}

pub fn postman_of(db: &db::Db, settings: RelaySettings) -> Postman {
    let letterhead = Letterhead::of(Recipient::new("noreply@example.jp".parse().unwrap(), "見本事務局"));
    Postman::new(db.clone(), Relay::new(settings).unwrap(), letterhead, renderers()).lanes(1)
}

pub fn plain(subject: &str) -> Mail {
    Mail::of("test.plain", APPLICATION, Lang::Ja).with("subject", subject)
}

fn hanako() -> Recipient {
    Recipient::new("hanako@example.jp".parse().unwrap(), "見本 花子")
}

fn renderers() -> Renderers {
    let panics = AtomicU64::new(0);
    Renderers::new()
        .on("test.plain", async |_, item| {
            Ok(Rendered::new(hanako(), item.text("subject").unwrap_or_default(), "本文です。\n..\n. 終わり\n"))
        })
        .on("test.cancelled", async |_, _| Err(RenderError::Gone("cancelled")))
        .on("test.broken", async |_, _| Err(RenderError::Never("no-template")))
        .on("test.panics-once", move |_, _| {
            assert!(panics.fetch_add(1, Ordering::SeqCst) > 0, "the first time");
            async { Ok(Rendered::new(hanako(), "二度目", "本文")) }
        })
}
