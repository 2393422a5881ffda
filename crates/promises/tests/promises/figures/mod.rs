//! Figures: what they say is what a count finds, small numbers do not leave, and a report stays as it was issued.

mod counted;
mod hidden;
mod reports;

use calamine::{Data, Reader as _, Xlsx};
use db::{DbResult, Tx, sql};
use kernel::{Day, EmailAddress, Kana, Lang, PersonName, Span, Timestamp, Uuid};
use people::persons::{self, NewPerson};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use school::trainings::application::{ApplicationId, Wanted, Workplace};
use school::trainings::session::SessionId;
use school::trainings::store;
use std::collections::BTreeMap;
use std::io::Cursor;

use crate::site::{Answer, Site, instant};

/// Sessions of two courses, held in October, and one that is yet to come.
pub const SESSIONS: [&str; 4] = ["R8/executive/1", "R8/admin/1", "R8/admin/2", "R8/executive/3"];

const KINDS: [&str; 4] = ["hospital", "clinic", "pharmacy", ""];

/// An application as the test knows it, beside what the program stores.
#[derive(Clone, Debug)]
pub struct Known {
    pub session: usize,
    pub kind: &'static str,
    pub prefecture: String,
    pub applied: Timestamp,
    pub cancelled: Option<Timestamp>,
    /// 出席 and so on, of who holds a seat in a session that was held.
    pub verdict: Option<&'static str>,
    pub certified: bool,
    pub surveyed: bool,
}

/// Everybody who applied, in the order in which they did.
pub struct Crowd {
    pub known: Vec<Known>,
    pub ids: Vec<ApplicationId>,
    pub sessions: Vec<SessionId>,
}

impl Crowd {
    /// So many people apply; some cancel, some take it back, some move; sessions are held and closed.
    pub async fn of(site: &Site, everybody: usize, seed: u64) -> Self {
        let mut sessions = Vec::new();
        for address in SESSIONS {
            sessions.push(site.session(address).await.id);
        }
        let mut dice = StdRng::seed_from_u64(seed);
        let (opened, now) = (instant("2026-09-01T00:00+09:00"), site.now());
        let mut known: Vec<Known> = (0..everybody).map(|_| one(&mut dice, opened, now)).collect();
        known.sort_by_key(|known| known.applied);
        let ids: Vec<ApplicationId> = known.iter().map(|known| ApplicationId::new(known.applied)).collect();
        let mut crowd = Self { known, ids, sessions };
        crowd.apply(site).await;
        crowd.change(site, &mut dice).await;
        crowd.attend(site, &mut dice).await;
        crowd
    }

    async fn apply(&mut self, site: &Site) {
        let (known, sessions) = (self.known.clone(), self.sessions.clone());
        let (give, given) = std::sync::mpsc::channel();
        site.write(async move |tx, _| {
            let people: Vec<NewPerson> = (0..known.len()).map(person).collect();
            let people = persons::recognize_all(tx, &people.iter().collect::<Vec<_>>(), known[0].applied).await?;
            for (n, (known, person_id)) in known.iter().zip(people).enumerate() {
                let number = i64::try_from(n).expect("few") + 1;
                let session = sessions[known.session];
                let id = store::add_application(tx, session, person_id, &wanted(n, known), number, None, known.applied).await?;
                let _ = give.send(id);
            }
            Ok(())
        })
        .await;
        self.ids = given.try_iter().collect();
    }

    /// A fifth cancels; of them a third takes it back; a tenth moves to another session.
    async fn change(&mut self, site: &Site, dice: &mut StdRng) {
        for n in 0..self.known.len() {
            let (id, applied) = (self.ids[n], self.known[n].applied);
            let later = applied.plus(Span::hours(dice.random_range(1..200)));
            if dice.random_ratio(1, 5) {
                let comes_back = dice.random_ratio(1, 3);
                site.write(async move |tx, _| {
                    store::mark_cancelled(tx, id, "test", later.plus(Span::hours(1)), later).await?;
                    if comes_back {
                        store::mark_restored(tx, id, later).await?;
                    }
                    Ok(())
                })
                .await;
                self.known[n].cancelled = (!comes_back).then_some(later);
            } else if dice.random_ratio(1, 10) {
                let to = (self.known[n].session + 1) % self.sessions.len();
                let (from, to_id) = (self.sessions[self.known[n].session], self.sessions[to]);
                let moving = store::Moving { number: 10_000 + i64::try_from(n).expect("few"), waited: None, rises: 1 };
                site.write(async move |tx, _| store::mark_moved(tx, id, from, to_id, &moving, later).await.map(|_| ())).await;
                self.known[n].session = to;
            }
        }
    }

    /// The first three are over: nearly everybody was there, most have a certificate, half have answered.
    async fn attend(&mut self, site: &Site, dice: &mut StdRng) {
        for n in 0..self.known.len() {
            if self.known[n].session == 3 || self.known[n].cancelled.is_some() {
                continue;
            }
            let verdict = ["present", "present", "present", "present", "archive", "absent", "review"][dice.random_range(0..7)];
            self.known[n].verdict = Some(verdict);
            self.known[n].certified = verdict == "present" && dice.random_ratio(9, 10);
            self.known[n].surveyed = verdict == "present" && dice.random_ratio(1, 2);
        }
        let (known, ids, sessions) = (self.known.clone(), self.ids.clone(), self.sessions.clone());
        site.write(async move |tx, _| {
            let closed = instant("2026-10-30T09:00+09:00");
            for session in &sessions[..3] {
                school::attendance::store::put_closed(tx, *session, "test", closed).await?;
            }
            for (n, (known, id)) in known.iter().zip(&ids).enumerate() {
                let session = sessions[known.session];
                decided(tx, *id, session, known, closed).await?;
                if known.certified {
                    certificate(tx, n, *id, closed).await?;
                }
                if known.surveyed {
                    school::lobby::store::mark_answered(tx, *id, session, closed).await?;
                }
            }
            Ok(())
        })
        .await;
    }

    /// How many of those that pass, by what they are called.
    pub fn count<K: Ord>(&self, passes: impl Fn(&Known) -> bool, by: impl Fn(&Known) -> K) -> BTreeMap<K, i64> {
        let mut counts = BTreeMap::new();
        self.known.iter().filter(|known| passes(known)).for_each(|known| *counts.entry(by(known)).or_default() += 1);
        counts
    }
}

fn one(dice: &mut StdRng, opened: Timestamp, now: Timestamp) -> Known {
    // Most from the capital, few from elsewhere, some from nowhere.
    let prefecture = match dice.random_range(0..10) {
        0..5 => "13".to_owned(),
        5..9 => format!("{:02}", dice.random_range(1..48)),
        _ => String::new(),
    };
    Known {
        session: dice.random_range(0..SESSIONS.len()),
        kind: KINDS[dice.random_range(0..10).min(3)],
        prefecture,
        applied: Timestamp::from_micros(dice.random_range(opened.as_micros()..now.as_micros())),
        cancelled: None,
        verdict: None,
        certified: false,
        surveyed: false,
    }
}

fn person(n: usize) -> NewPerson {
    let email: EmailAddress = format!("person{n}@example.jp").parse().expect("an address");
    NewPerson {
        name: PersonName::new("見本", &format!("第{n}号")).expect("a name"),
        kana: Kana::new("ミホン", "ダイ").expect("a reading"),
        email,
    }
}

fn wanted(n: usize, known: &Known) -> Wanted {
    let workplace =
        Workplace { organization: None, name: "見本病院".into(), kind: known.kind.into(), prefecture: known.prefecture.clone() };
    Wanted {
        person: person(n),
        workplace,
        job: String::new(),
        question: String::new(),
        lang: Lang::Ja,
        begun_at: None,
        entered_by: None,
        by_office: false,
        both: false,
        asks: None,
    }
}

async fn decided(tx: &mut Tx<'_>, id: ApplicationId, session: SessionId, known: &Known, at: Timestamp) -> DbResult<()> {
    let Some(verdict) = known.verdict else { return Ok(()) };
    // First another verdict, as if it had been decided anew.
    for verdict in ["absent", verdict] {
        let put = sql!(
            "INSERT INTO attendances (application, session, verdict, decided_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (application) DO UPDATE SET verdict = excluded.verdict"
        );
        tx.run(put, &[id.into(), session.into(), verdict.into(), at.into()]).await?;
    }
    Ok(())
}

async fn certificate(tx: &mut Tx<'_>, n: usize, id: ApplicationId, at: Timestamp) -> DbResult<()> {
    let add = sql!(
        "INSERT INTO certificates (id, number, code, kind, application, person, course, session, printed, attended, search, lang, slot,
             issued_at, issued_by)
         SELECT $1, $2, $2, 'session', a.id, a.person, s.course, a.session, '{}', '{}', '', 'ja', $3, $4, 'test'
         FROM applications a JOIN sessions s ON s.id = a.session WHERE a.id = $5"
    );
    // One that is revoked at once, then the one that counts.
    for round in 0..2 {
        let slot = i64::try_from(n * 2 + round).expect("few");
        let certificate = Uuid::now_v7();
        tx.run(add, &[certificate.into(), format!("T-{slot}").into(), slot.into(), at.into(), id.into()]).await?;
        if round == 0 {
            let revoke = sql!("UPDATE certificates SET revoked_at = $2, revoked_why = 'mistake' WHERE id = $1");
            tx.run(revoke, &[certificate.into(), at.into()]).await?;
        }
    }
    Ok(())
}

/// The day in Japan.
pub fn day(at: Timestamp) -> Day {
    at.day()
}

/// The rows of a table of a page, each from its heading on.
pub fn rows(page: &Answer, id: &str) -> Vec<Vec<String>> {
    let lines = page.texts(&format!("#{id} table tbody tr, #{id} table tfoot tr")).len();
    (1..=lines)
        .map(|n| {
            let body = page.texts(&format!("#{id} table tbody tr:nth-child({n}) > *"));
            if body.is_empty() { page.texts(&format!("#{id} table tfoot tr > *")) } else { body }
        })
        .collect()
}

/// A sheet of a workbook as rows of text, without empty ends.
pub fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let range = book.worksheet_range(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    let text = |cell: &Data| match cell {
        Data::Float(number) => format!("{number}"),
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// The names of a workbook's sheets.
pub fn sheets(bytes: &[u8]) -> Vec<String> {
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    book.sheet_names()
}
