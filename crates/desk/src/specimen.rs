//! Cases and people for tests of the desk's work.

use access::{AccountId, Label, Role, Standing};
use db::testing::TestDatabase;
use db::{DbResult, Engine, Tx};
use journal::Workshop;
use journal::jobs::Worked;
use kernel::{Clock, Lang, Span, Timestamp};

use crate::alarm::Telephone;
use crate::cases::{Axes, Case, Channel, Circle, Door, NewCase, open_case};
use crate::triage::View;

/// 2026年11月22日（日）9:00
pub fn morning() -> Timestamp {
    "2026-11-22T09:00+09:00".parse().unwrap()
}

/// A database with a clock that moves when it is told to.
pub struct Stage {
    pub db: TestDatabase,
    pub clock: Clock,
    workshop: Workshop,
}

impl Stage {
    pub async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at(morning());
        let db = TestDatabase::with_clock(engine, clock.clone()).await;
        let workshop = workshop(&db, None);
        Self { db, clock, workshop }
    }

    /// Lets a telephone system be told of alarms.
    pub fn telephones(&mut self, telephone: Telephone) {
        self.workshop = workshop(&self.db, Some(telephone));
    }

    /// Lets time pass without anybody at work.
    pub fn pass(&self, span: Span) {
        self.clock.advance(span);
    }

    /// Does what is due.
    pub async fn work(&self) {
        let worked = self.tries().await;
        assert_eq!((worked.deferred, worked.dead), (0, 0));
    }

    /// Tries what is due, and says what became of it.
    pub async fn tries(&self) -> Worked {
        self.workshop.run_due(self.clock.now()).await.unwrap()
    }

    pub async fn write<T, F>(&self, work: F) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, Timestamp) -> DbResult<T> + Send + 'static,
    {
        self.db.write(db::Lane::Staff, None, work).await.unwrap()
    }

    pub async fn read<T, F>(&self, work: F) -> T
    where
        T: Send + 'static,
        F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>) -> DbResult<T> + Send + 'static,
    {
        self.db.read(work).await.unwrap()
    }

    /// Somebody who works at the desk.
    pub async fn hires(&self, local: &'static str, role: Role) -> AccountId {
        self.write(async move |tx, now| hire(tx, local, role, now).await).await
    }

    /// A case that is open.
    pub async fn opens(&self, view: View, is_drill: bool) -> Case {
        let id = self.write(async move |tx, now| open(tx, &view, is_drill, now).await.map(|case| case.id)).await;
        self.read(async move |tx| crate::cases::store::case(tx, id).await).await.expect("it was just made")
    }
}

fn workshop(db: &TestDatabase, telephone: Option<Telephone>) -> Workshop {
    let handlers = crate::jobs::handlers().and(crate::cases::handlers());
    Workshop::new((**db).clone(), handlers.and(crate::alarm::call_handlers(telephone.map(std::sync::Arc::new))))
}

pub async fn hire(tx: &mut Tx<'_>, local: &str, role: Role, now: Timestamp) -> DbResult<AccountId> {
    let email = format!("{local}@example.jp").parse().unwrap();
    let account = people::accounts::ensure(tx, &email, Lang::Ja, now).await?.id;
    access::grant(tx, account, role, Standing::Confirmed, None, &Label::System.to_string(), now).await?;
    Ok(account)
}

/// What a ransomware of this spread and backup looks like while care goes on.
pub fn ransomware(spread: crate::cases::Spread, backup: crate::cases::Backup) -> View {
    let axes = Axes { spread, backup, care_impact: crate::cases::CareImpact::Slower, ..Axes::default() };
    View { event: Some("ransomware".to_owned()), axes, answers: Vec::new(), at_least: None }
}

pub async fn open(tx: &mut Tx<'_>, view: &View, is_drill: bool, now: Timestamp) -> DbResult<Case> {
    let channel = if is_drill { Channel::Drill } else { Channel::Web };
    let (mut new, _) = NewCase::prepare(Door::Request, channel, Lang::Ja, &Circle::default(), now);
    let judgement = view.judgement();
    new.event.clone_from(&view.event);
    new.axes = view.axes;
    new.stage = judgement.grade.stage();
    new.urgency = judgement.urgency.rank();
    open_case(tx, &new, now).await
}
