use db::{Db, Lane, WriteError};
use futures_util::FutureExt;
use futures_util::future::join_all;
use kernel::{Clock, Span, Timestamp, Uuid};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::letter::{Letter, Letterhead};
use super::relay::{GOOD_BYE, Line, NotTaken, Relay};
use super::{RenderError, Rendered, Renderers};
use crate::Bell;
use crate::outbox::store::{self, Held};
use crate::outbox::{OutboxItem, counts};
use crate::retry::next_try;
use crate::worker::{Bag, FRESH, known, lease, mark, overdue};

/// The worker that sends what is in the outbox. Any number of processes may have one.
pub struct Postman {
    db: Db,
    relay: Relay,
    letterhead: Letterhead,
    renderers: Renderers,
    kinds: serde_json::Value,
    bell: Bell,
    lanes: usize,
    pause: Mutex<Pause>,
}

/// While the relay cannot be reached nothing is tried, so a long outage costs no mail its patience.
#[derive(Default)]
struct Pause {
    failures: u32,
    until: Option<Timestamp>,
}

/// What became of the mail that was due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Sent.
    pub sent: u64,
    /// To be tried again.
    pub deferred: u64,
    /// Given up.
    pub failed: u64,
    /// Dropped on purpose: expired or pointless.
    pub dropped: u64,
    /// The relay could not be reached; what is due waits, untouched.
    pub unreachable: bool,
}

/// Mails taken at once.
const BATCH: i64 = 40;

/// How long making one mail may take.
const RENDERING: Duration = Duration::from_mins(1);

const FIRST_PAUSE: Span = Span::seconds(5);
const LONGEST_PAUSE: Span = Span::minutes(2);

/// What became of one mail.
enum Fate {
    Sent,
    Gone(String),
    Later(String),
    Never(String),
    /// Nothing: the relay cannot be reached.
    Untouched(String),
}

impl Postman {
    /// A worker that hands everything to this relay. It takes only mail of kinds that have a renderer: in an upgrade, what the newer
    /// program has queued is left to the newer program.
    pub fn new(db: Db, relay: Relay, letterhead: Letterhead, renderers: Renderers) -> Self {
        let kinds = known(renderers.kinds());
        Self { db, relay, letterhead, renderers, kinds, bell: Bell::default(), lanes: 4, pause: Mutex::default() }
    }

    /// How many lines to the relay are used at a time; 4 unless said otherwise.
    #[must_use]
    pub const fn lanes(mut self, lanes: usize) -> Self {
        self.lanes = lanes;
        self
    }

    /// What to ring after a commit that may have put something into the outbox.
    pub fn bell(&self) -> Bell {
        self.bell.clone()
    }

    /// Sends everything that is due at `now`, most urgent first, as long as the relay can be reached.
    pub async fn deliver_due(&self, now: Timestamp) -> Result<Delivered, WriteError> {
        let mut delivered = Delivered::default();
        while let Some(more) = self.batch(now).await? {
            delivered = delivered.and(more);
            if delivered.unreachable {
                break;
            }
        }
        Ok(delivered)
    }

    /// Sends what is due whenever it is, until `until` comes; what was begun is finished first.
    pub async fn run(&self, clock: Clock, until: impl Future<Output = ()>) {
        let mut until = pin!(until);
        loop {
            match self.batch(clock.now()).await {
                Ok(Some(delivered)) if delivered.unreachable => {}
                // An end that has come is not asked for again.
                Ok(Some(_)) if Bell::has_ended(&mut until).await => return,
                Ok(Some(_)) => continue,
                Ok(None) => {}
                Err(error) => tracing::error!(%error, "the outbox could not be looked through"),
            }
            self.measure().await;
            if !self.bell.goes_on(&mut until).await {
                return;
            }
        }
    }

    /// Sends some of what is due; nothing if nothing is.
    async fn batch(&self, now: Timestamp) -> Result<Option<Delivered>, WriteError> {
        let (kinds, wanted) = (self.kinds.clone(), self.kinds.clone());
        if !self.db.read(async move |tx| store::is_due(tx, &wanted, now).await).await? {
            return Ok(None);
        }
        let paused = self.pause().until.is_some_and(|until| now < until);
        let limit = if paused { 0 } else { BATCH };
        let (owner, until) = (now.uuid(), now.plus(lease(FRESH + self.longest_try())));
        let claim = async move |tx: &mut db::Tx<'_>, _| {
            let expired = store::expire(tx, now).await?;
            Ok((expired, store::claim(tx, owner, &kinds, until, limit, now).await?))
        };
        let (dropped, items) = self.db.write(Lane::Staff, None, claim).await?;
        metrics::counter!("outbox_dropped_total").increment(dropped);
        let expired = Delivered { dropped, unreachable: paused, ..Delivered::default() };
        if items.is_empty() {
            return Ok((dropped > 0 || paused).then_some(expired));
        }
        let bag = Bag::of(items);
        let delivered = join_all((0..self.lanes).map(|_| self.lane(&bag, owner, now))).await;
        for item in bag.rest() {
            self.give_back(&item, owner).await;
        }
        Ok(Some(delivered.into_iter().fold(expired, Delivered::and)))
    }

    async fn lane(&self, bag: &Bag<OutboxItem>, owner: Uuid, now: Timestamp) -> Delivered {
        let mut delivered = Delivered::default();
        let mut line = None;
        while let Some(item) = bag.next() {
            let fate = self.try_once(&mut line, &item, now).await;
            delivered = delivered.and(self.note(fate, &item, owner, now).await);
            if delivered.unreachable {
                break;
            }
        }
        if let Some(line) = line {
            line.close(GOOD_BYE).await;
        }
        delivered
    }

    /// How long one try may take: the lease lasts as long, so that nobody else sends the same mail meanwhile.
    fn longest_try(&self) -> Duration {
        RENDERING + self.relay.longest()
    }

    /// One try, and no longer than it may take.
    async fn try_once(&self, line: &mut Option<Line>, item: &OutboxItem, now: Timestamp) -> Fate {
        let tried = tokio::time::timeout(self.longest_try(), self.attempt(line, item, now)).await;
        tried.unwrap_or_else(|_| Fate::Later("timeout".to_owned()))
    }

    /// Makes one mail and hands it over.
    async fn attempt(&self, line: &mut Option<Line>, item: &OutboxItem, now: Timestamp) -> Fate {
        // Without a line there is no use in making anything.
        if line.is_none() {
            match self.relay.open().await {
                Ok(open) => *line = Some(open),
                Err(why) => return why.into(),
            }
        }
        let mut rendered = match self.render(item).await {
            Ok(rendered) => rendered,
            Err(fate) => return fate,
        };
        if let Some(address) = &item.recipient {
            rendered.to.address = address.clone();
        }
        let letter = match Letter::write(item.id, &rendered, &self.letterhead, now) {
            Ok(letter) => letter,
            Err(not_a_letter) => return Fate::Never(not_a_letter.0.to_owned()),
        };
        match self.relay.take(line, &letter).await {
            Ok(()) => Fate::Sent,
            Err(why) => why.into(),
        }
    }

    async fn render(&self, item: &OutboxItem) -> Result<Rendered, Fate> {
        // Only what has a renderer is taken.
        let Some(make) = self.renderers.by_kind.get(item.kind.as_str()) else {
            return Err(Fate::Later("no-renderer".to_owned()));
        };
        // A panic, even one before the first await, costs this mail one try and nobody else anything.
        let work = AssertUnwindSafe(async { make(self.db.clone(), item.clone()).await }).catch_unwind();
        let class = |class: &str| class.to_owned();
        match tokio::time::timeout(RENDERING, work).await {
            Err(_) => Err(Fate::Later(class("render-timeout"))),
            Ok(Err(_)) => Err(Fate::Later(class("render-panic"))),
            Ok(Ok(Ok(rendered))) => Ok(rendered),
            Ok(Ok(Err(RenderError::Gone(reason)))) => Err(Fate::Gone(class(reason))),
            Ok(Ok(Err(RenderError::Later(why)))) => Err(Fate::Later(class(why))),
            Ok(Ok(Err(RenderError::Never(why)))) => Err(Fate::Never(class(why))),
            Ok(Ok(Err(error @ RenderError::Storage(_)))) => {
                tracing::error!(id = %item.id, %error, "a mail could not be made");
                Err(Fate::Later(class("storage")))
            }
        }
    }

    /// Writes down what became of a mail.
    async fn note(&self, fate: Fate, item: &OutboxItem, owner: Uuid, now: Timestamp) -> Delivered {
        let held = Held { id: item.id, owner };
        let id = item.id.uuid();
        let kind = item.kind.as_str();
        // The relay was there, whatever it said.
        if !matches!(fate, Fate::Untouched(_)) {
            *self.pause() = Pause::default();
        }
        let next = next_try(id, item.attempts + 1, item.first_tried_at.unwrap_or(now), now);
        match (fate, next) {
            (Fate::Sent, _) => {
                metrics::counter!("outbox_sent_total").increment(1);
                mark(&self.db, Lane::Staff, id, async move |tx, _| store::sent(tx, held, now).await).await;
                Delivered { sent: 1, ..Delivered::default() }
            }
            (Fate::Gone(class), _) => {
                tracing::info!(%id, kind, class, "a mail was dropped");
                metrics::counter!("outbox_dropped_total").increment(1);
                mark(&self.db, Lane::Staff, id, async move |tx, _| store::dropped(tx, held, &class, now).await).await;
                Delivered { dropped: 1, ..Delivered::default() }
            }
            (Fate::Later(class), Some(next)) => {
                tracing::warn!(%id, kind, class, "a mail was not sent; it is tried again");
                metrics::counter!("outbox_deferred_total").increment(1);
                mark(&self.db, Lane::Staff, id, async move |tx, _| store::deferred(tx, held, next, &class, now).await).await;
                Delivered { deferred: 1, ..Delivered::default() }
            }
            (Fate::Later(class) | Fate::Never(class), _) => {
                tracing::error!(%id, kind, class, "a mail was given up; a person has to look");
                metrics::counter!("outbox_failed_total").increment(1);
                mark(&self.db, Lane::Staff, id, async move |tx, _| store::failed(tx, held, &class, now).await).await;
                Delivered { failed: 1, ..Delivered::default() }
            }
            (Fate::Untouched(class), _) => {
                self.pause_from(now, &class);
                self.give_back(item, owner).await;
                Delivered { unreachable: true, ..Delivered::default() }
            }
        }
    }

    async fn give_back(&self, item: &OutboxItem, owner: Uuid) {
        let held = Held { id: item.id, owner };
        mark(&self.db, Lane::Staff, item.id.into(), async move |tx, _| store::released(tx, held).await).await;
    }

    /// Tries nothing for a while: five seconds, doubling up to two minutes.
    fn pause_from(&self, now: Timestamp, class: &str) {
        let mut pause = self.pause();
        if pause.until.is_some_and(|until| now < until) {
            return;
        }
        let length = (FIRST_PAUSE.as_micros() << pause.failures.min(8)).min(LONGEST_PAUSE.as_micros());
        *pause = Pause { failures: pause.failures + 1, until: Some(now.plus(Span::micros(length))) };
        tracing::error!(class, seconds = length / 1_000_000, "the mail relay cannot be used; all mail waits");
    }

    fn pause(&self) -> MutexGuard<'_, Pause> {
        // Held for single assignments only, so its content is whole even if a thread has panicked.
        self.pause.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[expect(clippy::cast_precision_loss, reason = "a gauge need not be exact beyond 2^52 mails")]
    async fn measure(&self) {
        metrics::gauge!("outbox_relay_down").set(if self.pause().until.is_some() { 1.0 } else { 0.0 });
        match self.db.read(async |tx| counts(tx).await).await {
            Ok(counts) => {
                metrics::gauge!("outbox_waiting").set(counts.waiting as f64);
                metrics::gauge!("outbox_failed").set(counts.failed as f64);
                metrics::gauge!("outbox_overdue_seconds").set(overdue(counts.due_since, self.db.now()));
            }
            Err(error) => tracing::error!(%error, "the outbox could not be counted"),
        }
    }
}

impl From<NotTaken> for Fate {
    fn from(why: NotTaken) -> Self {
        match why {
            NotTaken::Unreachable(class) => Self::Untouched(class),
            NotTaken::Later(class) => Self::Later(class),
            NotTaken::Never(class) => Self::Never(class),
        }
    }
}

impl Delivered {
    fn and(self, other: Self) -> Self {
        Self {
            sent: self.sent + other.sent,
            deferred: self.deferred + other.deferred,
            failed: self.failed + other.failed,
            dropped: self.dropped + other.dropped,
            unreachable: self.unreachable || other.unreachable,
        }
    }
}
