use db::testing::TestDatabase;
use db::{DbResult, Engine, Lane, Tx, sql};
use kernel::{Clock, EmailAddress, Kana, Lang, PersonName, Timestamp, Uuid};
use people::persons::{NewPerson, recognize};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicI64, Ordering};

use super::act::{Deed, Participant, SEATS, Who};
use super::model::{Answer, Ledger, Person};
use super::{LENGTH, minute};
use crate::attendance::attendee::Attendee;
use crate::attendance::rule::{Rule, Unit};
use crate::attendance::store::{self, NewImport};
use crate::attendance::verdict::{Mark, Proof, Reason, Source};
use crate::attendance::{AttendeeId, ImportId, MarkId, close, import, mark, presence, set_rule, settle, withdraw};
use crate::models::programme_with;
use crate::trainings::application::{ApplicationId, Wanted, Workplace};
use crate::trainings::programme::{Audience, CourseId};
use crate::trainings::session::tests::blank;
use crate::trainings::session::{Session, SessionId};

const BY: &str = "account:test";

/// One database for many sequences, each with a session of its own.
pub struct Stage {
    db: TestDatabase,
    course: CourseId,
    number: AtomicI64,
}

/// One sequence.
pub struct Play<'s> {
    stage: &'s Stage,
    session: SessionId,
    seats: Vec<ApplicationId>,
    imports: Vec<(ImportId, Vec<Participant>)>,
    marks: Vec<MarkId>,
    now: Timestamp,
}

impl Stage {
    pub async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at(minute(-10));
        let db = TestDatabase::filled(engine, clock, "attendance_models", async |db: &db::Db| {
            programme_with(db, &[Audience::Executive]).await;
        })
        .await;
        let course = db
            .read(async |tx| {
                let programme = crate::trainings::store::programme(tx, "R8".parse().expect("a year")).await?.expect("it was filled in");
                crate::trainings::store::courses(tx, programme.id).await
            })
            .await
            .expect("it can be read")[0]
            .id;
        Self { db, course, number: AtomicI64::new(1) }
    }

    /// A new session with everybody in it.
    pub async fn begin(&self) -> Play<'_> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let (course, now) = (self.course, minute(-10));
        let (session, seats) = self
            .db
            .write(Lane::Staff, None, async move |tx, _| {
                let day = minute(0).day();
                let session = Session {
                    id: SessionId::new(now),
                    course,
                    number,
                    day: Some(day),
                    starts_at: Some(minute(0)),
                    ends_at: Some(minute(LENGTH)),
                    ..blank()
                };
                let id = crate::trainings::store::put_session(tx, &session).await?;
                let mut seats = Vec::new();
                for at in 0..SEATS {
                    seats.push(sits(tx, id, at, now).await?);
                }
                Ok((id, seats))
            })
            .await
            .expect("it can be written");
        Play { stage: self, session, seats, imports: Vec::new(), marks: Vec::new(), now }
    }
}

async fn sits(tx: &mut Tx<'_>, session: SessionId, at: usize, now: Timestamp) -> DbResult<ApplicationId> {
    // The last two have one name and one workplace.
    let given = ["太郎", "花子", "髙子", "高子"][at];
    let email: EmailAddress = format!("person{at}@example.jp").parse().expect("an address");
    let person =
        NewPerson {
            name: PersonName::new("見本", given).expect("a name"), kana: Kana::new("ミホン", "カナ").expect("a reading"), email
        };
    let id = recognize(tx, &person, now).await?;
    let workplace = Workplace { organization: None, name: "見本病院".into(), kind: "hospital".into(), prefecture: "13".into() };
    let wanted = Wanted {
        person,
        workplace,
        job: String::new(),
        question: String::new(),
        lang: Lang::Ja,
        begun_at: None,
        entered_by: None,
        both: false,
        by_office: false,
        asks: None,
    };
    crate::trainings::store::add_application(tx, session, id, &wanted, i64::try_from(at).expect("few") + 1, None, now).await
}

impl Play<'_> {
    /// Does it, chosen among as many imports, participants and marks as the model knows of.
    pub async fn act(&mut self, deed: &Deed, attendees: usize, marks: usize) -> Answer {
        let nobody = ApplicationId::from_uuid(Uuid::nil());
        let seat = |at: usize| self.seats.get(at).copied().unwrap_or(nobody);
        let (session, now) = (self.session, self.now);
        let write = &self.stage.db;
        let done = match deed {
            Deed::Import(file) => return self.brings_in(file.clone()).await,
            Deed::ImportAgain(which) => {
                let Some((_, file)) = self.imports.get(which.index(self.imports.len().max(1))).cloned() else { return Answer::Not };
                return self.brings_in(file).await;
            }
            Deed::Withdraw(which) => {
                let at = which.index(self.imports.len() + 1);
                let id = self.imports.get(at).map_or(ImportId::from_uuid(Uuid::nil()), |(id, _)| *id);
                let outcome = write.write(Lane::Staff, None, async move |tx, _| withdraw::withdraw(tx, session, id, BY, now).await).await;
                outcome.expect("it can be written").is_ok()
            }
            Deed::Settle(which, whose) => {
                let whose = whose.map_or(settle::Whose::Stranger, |at| settle::Whose::Applicant(seat(at)));
                self.settles(which.index(attendees + 1), whose).await
            }
            Deed::Reconsider(which) => self.settles(which.index(attendees + 1), settle::Whose::Open).await,
            Deed::Mark(who, is_present) => {
                let (who, verdict) = (seat(*who), if *is_present { Mark::Present } else { Mark::Absent });
                let how = (verdict, Reason::Seen, "");
                let outcome = write.write(Lane::Staff, None, async move |tx, _| mark::mark(tx, session, &[who], how, BY, now).await).await;
                let outcome = outcome.expect("it can be written");
                self.marks.extend(outcome.as_ref().map(|marked| marked.batch).ok());
                outcome.is_ok()
            }
            Deed::Unmark(which) => {
                let batch = self.marks.get(which.index(marks + 1)).copied().unwrap_or(MarkId::from_uuid(Uuid::nil()));
                let outcome = write.write(Lane::Staff, None, async move |tx, _| mark::unmark(tx, session, batch, BY, now).await).await;
                outcome.expect("it can be written") > 0
            }
            Deed::Stay(who, from, until) => {
                let (who, from, until) = (seat(*who), minute(*from), minute(*until));
                let note = async move |tx: &mut Tx<'_>, _| presence::add(tx, session, who, Source::Heartbeat, from, until, now).await;
                write.write(Lane::Public, None, note).await.expect("it can be written").is_ok()
            }
            Deed::Prove(who, proof) => {
                let (who, proof) = (seat(*who), Proof::ALL[*proof]);
                let outcome = write.write(Lane::Public, None, async move |tx, _| presence::prove(tx, session, who, proof, now).await).await;
                outcome.expect("it can be written").is_ok()
            }
            Deed::Rule(percent, least, two_proofs, gives_reason) => {
                let rule = Rule { unit: if *percent { Unit::Percent } else { Unit::Minutes }, least: *least, two_proofs: *two_proofs };
                let reason = if *gives_reason { "mistake" } else { "" };
                let outcome =
                    write.write(Lane::Staff, None, async move |tx, _| set_rule::set_rule(tx, session, rule, reason, BY, now).await).await;
                outcome.expect("it can be written").is_ok()
            }
            Deed::Close => {
                let outcome = write.write(Lane::Staff, None, async move |tx, _| close::close(tx, session, BY, now).await).await;
                outcome.expect("it can be written").is_ok()
            }
            Deed::Reopen(gives_reason) => {
                let reason = if *gives_reason { "mistake" } else { "" };
                let outcome = write.write(Lane::Staff, None, async move |tx, _| close::reopen(tx, session, reason, BY, now).await).await;
                outcome.expect("it can be written").is_ok()
            }
            Deed::Clock(at) => {
                self.now = self.now.max(minute(*at));
                true
            }
        };
        if done { Answer::Done } else { Answer::Not }
    }

    async fn brings_in(&mut self, file: Vec<Participant>) -> Answer {
        let attendees: Vec<Attendee> = file.iter().enumerate().map(|(row, one)| Self::attendee(row, one)).collect();
        let new = NewImport {
            name: "list.csv".into(),
            tool: "zoom",
            zone: "Asia/Tokyo",
            has_times: true,
            digest: Sha256::digest(format!("{file:?}")).into(),
            rows: 1,
            wrong: 0,
        };
        let (session, now) = (self.session, self.now);
        let bring = async move |tx: &mut Tx<'_>, _| import::import(tx, session, &new, &attendees, None, BY, now).await;
        match self.stage.db.write(Lane::Staff, None, bring).await.expect("it can be written") {
            Ok(done) => {
                self.imports.push((done.id, file));
                Answer::Done
            }
            Err(_) => Answer::Not,
        }
    }

    fn attendee(row: usize, (who, from, until): &Participant) -> Attendee {
        let (name, address) = match who {
            Who::Applicant(at) => ("nickname", format!("person{at}@example.jp").parse().ok()),
            Who::Either => ("見本 高子（見本病院）", None),
            Who::Stranger => ("iPad", None),
        };
        Attendee { row, name: name.to_owned(), address, stays: vec![(minute(*from), minute(*until))], total: None }
    }

    async fn settles(&self, at: usize, whose: settle::Whose) -> bool {
        let (session, now) = (self.session, self.now);
        let imports: Vec<ImportId> = self.imports.iter().map(|(id, _)| *id).collect();
        let outcome = self
            .stage
            .db
            .write(Lane::Staff, None, async move |tx, _| {
                // In the order in which they were brought in.
                let of_file = sql!("SELECT id FROM attendees WHERE import = $1 ORDER BY place");
                let mut all: Vec<AttendeeId> = Vec::new();
                for import in &imports {
                    all.extend(tx.all::<AttendeeId>(of_file, &[(*import).into()]).await?);
                }
                let id = all.get(at).copied().unwrap_or(AttendeeId::from_uuid(Uuid::nil()));
                settle::settle(tx, session, id, whose, BY, now).await
            })
            .await;
        outcome.expect("it can be written").is_ok()
    }

    pub async fn ledger(&self) -> Ledger {
        let (session, seats) = (self.session, self.seats.clone());
        let read = self.stage.db.read(async move |tx| {
            let sheet = store::sheet(tx, session).await?;
            let open = usize::try_from(store::count_piles(tx, session).await?.0).unwrap_or(usize::MAX);
            let mut ledger = Ledger { is_closed: sheet.is_closed(), open, ..Ledger::default() };
            let mails = sql!("SELECT COUNT(*) FROM outbox WHERE object_id = $1 AND kind = 'attendance.decided'");
            let acts = sql!("SELECT COUNT(*) FROM audit WHERE object_id = $1 AND act = $2");
            let count = |n: i64| usize::try_from(n).unwrap_or(usize::MAX);
            for seat in &seats {
                let known = store::known_of(tx, *seat).await?.expect("they have a seat");
                ledger.people.push(Person {
                    minutes: known.facts.minutes(),
                    proofs: known.facts.proofs,
                    mark: known.facts.mark.map(|mark| mark == Mark::Present),
                    is_questioned: known.facts.is_questioned,
                    verdict: known.verdict,
                });
                ledger.mails.push(count(tx.one(mails, &[(*seat).into()]).await?));
                let completed = count(tx.one(acts, &[(*seat).into(), "attendance.completed".into()]).await?);
                let lost = count(tx.one(acts, &[(*seat).into(), "attendance.no_longer_completed".into()]).await?);
                ledger.completed.push((completed, lost));
            }
            Ok(ledger)
        });
        read.await.expect("it can be read")
    }
}
