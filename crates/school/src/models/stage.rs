//! The same acts done by the verbs on a database, and what it holds afterwards.

use access::Label;
use db::testing::TestDatabase;
use db::{Db, Engine, Key, Lane, Tx, WriteError, sql};
use journal::Workshop;
use kernel::{Clock, EmailAddress, FiscalYear, Kana, Lang, PersonName, Span, Timestamp, Uuid, fold};
use people::persons::NewPerson;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};

use super::act::{Act, Answer, Around, Beginning, Request, SESSIONS};
use super::ledger::{Counts, Entry, Ledger, Limits};
use crate::office::sessions::{call_off, change, handlers};
use crate::trainings::application::{ApplicationId, Wanted, Workplace};
use crate::trainings::apply::{self, Applied, SessionPath};
use crate::trainings::offer;
use crate::trainings::programme::{Audience, Course, CourseId, Format, Programme, ProgrammeId};
use crate::trainings::series::{self, Parts};
use crate::trainings::session::tests::blank;
use crate::trainings::session::{Session, SessionId};
use crate::trainings::{cancel, jobs, let_go, move_to, store, undo};

/// Somebody as they type themselves.
pub struct Typed {
    /// Who it is: different spellings may be the same person.
    pub person: usize,
    name: (&'static str, &'static str),
    email: &'static str,
}

/// Two share a mailbox; one writes herself in two ways.
pub const TYPED: [Typed; 6] = [
    Typed { person: 0, name: ("見本", "太郎"), email: "clinic@example.jp" },
    Typed { person: 1, name: ("見本", "花子"), email: "clinic@example.jp" },
    Typed { person: 2, name: ("例示", "髙子"), email: "takako@example.jp" },
    Typed { person: 2, name: ("例 示", "高子"), email: "Ｔａｋａｋｏ＠example.jp" },
    Typed { person: 3, name: ("試験", "﨑男"), email: "sakio@example.jp" },
    Typed { person: 4, name: ("𠮷見", "見本"), email: "yoshimi@example.jp" },
];

const COURSES: [Audience; 2] = [Audience::Executive, Audience::Admin];

/// One database for many sequences, each with sessions of its own.
pub struct Stage {
    pub db: TestDatabase,
    pub clock: Clock,
    workshop: Workshop,
    courses: [CourseId; 2],
    /// Where the sessions of earlier sequences go: no programme has thousands.
    past: CourseId,
    number: AtomicI64,
}

/// One sequence.
pub struct Play<'s> {
    stage: &'s Stage,
    sessions: Vec<SessionId>,
    numbers: Vec<i64>,
    pub applications: Vec<ApplicationId>,
    /// Every request to apply, with the key of its form.
    requests: Vec<(Uuid, Request)>,
}

fn year() -> FiscalYear {
    "R8".parse().expect("a year")
}

fn past_year() -> FiscalYear {
    "R7".parse().expect("a year")
}

impl Stage {
    pub async fn on(engine: Engine) -> Self {
        let clock = Clock::standing_at("2026-11-22T09:00+09:00".parse().expect("an instant"));
        let db = TestDatabase::filled(engine, clock.clone(), "models", two_courses).await;
        let courses = async |year| {
            let find = async move |tx: &mut Tx<'_>| {
                let programme = store::programme(tx, year).await?.expect("it was filled in");
                store::courses(tx, programme.id).await
            };
            let courses: Vec<Course> = db.read(find).await.expect("it can be read");
            courses
        };
        let past = courses(past_year()).await[0].id;
        let courses = courses(year()).await;
        let workshop = Workshop::new(Db::clone(&db), jobs::handlers().and(handlers())).lanes(1);
        Self { db, clock, workshop, courses: [courses[0].id, courses[1].id], past, number: AtomicI64::new(1) }
    }

    /// New sessions.
    pub async fn begin(&self, beginnings: &[Beginning]) -> Play<'_> {
        let now = self.clock.now();
        let (mut sessions, mut numbers) = (Vec::new(), Vec::new());
        for (at, beginning) in beginnings.iter().enumerate() {
            let begins = now.plus(Span::minutes(beginning.begins));
            let number = self.number.fetch_add(1, Ordering::Relaxed);
            let session = Session {
                id: SessionId::new(now),
                course: self.courses[usize::from(at == SESSIONS - 1)],
                number,
                day: Some(begins.day()),
                starts_at: Some(begins),
                ends_at: Some(begins.plus(Span::hours(1))),
                opens_at: Some(now.plus(Span::minutes(beginning.opens))),
                closes_at: beginning.closes.map(|before| begins.minus(Span::minutes(before))),
                seats: beginning.seats,
                waiting_places: beginning.places,
                ..blank()
            };
            numbers.push(number);
            sessions.push(session);
        }
        let (put, past) = (sessions.clone(), self.past);
        let add = async move |tx: &mut Tx<'_>, now: Timestamp| {
            // The courses are the same in every sequence: whoever applied in an earlier one would be asked about its sessions.
            let close = sql!("UPDATE sessions SET cancelled_at = coalesce(cancelled_at, $1), course = $2 WHERE course <> $2");
            tx.run(close, &[now.into(), past.into()]).await?;
            for session in &put {
                store::put_session(tx, session).await?;
            }
            Ok(())
        };
        self.db.write(Lane::Staff, None, add).await.expect("sessions can be added");
        let sessions = sessions.iter().map(|session| session.id).collect();
        Play { stage: self, sessions, numbers, applications: Vec::new(), requests: Vec::new() }
    }
}

async fn two_courses(db: &Db) {
    programme_with(db, &COURSES).await;
    programme_of(db, past_year(), &COURSES[..1]).await;
}

/// A programme of R8 with a course for each of these.
pub async fn programme_with(db: &Db, courses: &[Audience]) {
    programme_of(db, year(), courses).await;
}

async fn programme_of(db: &Db, year: FiscalYear, courses: &[Audience]) {
    let courses = courses.to_vec();
    let fill = async move |tx: &mut Tx<'_>, now| {
        let programme = Programme {
            id: ProgrammeId::new(now),
            year,
            name: "見本".to_owned(),
            project_name: String::new(),
            operator: String::new(),
            owner: String::new(),
            source: String::new(),
            facts: serde_json::json!({}),
            archive_opens_at: None,
            archive_ends_at: None,
            last_day: None,
        };
        let programme = store::put_programme(tx, &programme, now).await?;
        for (position, slug) in (0..).zip(courses.iter().copied()) {
            let course = Course {
                id: CourseId::new(now),
                programme,
                slug,
                position,
                name: "見本".to_owned(),
                format: Format::Interchangeable,
                format_raw: String::new(),
                summary: String::new(),
                delivery: String::new(),
                audience: String::new(),
                fee_yen: 0,
                opens_raw: String::new(),
                rules: serde_json::json!([]),
                anomaly: String::new(),
                archive_opens_at: None,
            };
            store::put_course(tx, &course).await?;
        }
        Ok(())
    };
    db.write(Lane::Staff, None, fill).await.expect("the courses can be filled in");
}

impl Play<'_> {
    /// What there is for the next deed.
    pub fn around(&self) -> Around {
        let (applications, requests) = (self.applications.len(), self.requests.len());
        Around { now: self.stage.clock.now(), applications, requests, instants: Vec::new() }
    }

    /// Does an act.
    pub async fn act(&mut self, act: &Act) -> Answer {
        self.prepare(act);
        let answer = self.done(act).await.expect("the database answers");
        self.understood(answer)
    }

    /// Opens the form of whoever applies.
    pub fn prepare(&mut self, act: &Act) {
        if let Act::Apply(request) = act {
            self.requests.push((self.stage.clock.now().uuid(), request.clone()));
        }
    }

    /// What was answered, with new applications by their number.
    pub fn understood(&mut self, answer: Answered) -> Answer {
        match answer {
            Answered::Applied(answer) => self.applied(answer),
            Answered::Series(parts) => Answer::Series(parts.came.into_iter().map(|(_, answer)| self.applied(answer)).collect()),
            Answered::Other(answer) => answer,
        }
    }

    fn applied(&mut self, answer: Result<Applied, apply::NotApplied>) -> Answer {
        match answer {
            Ok(Applied::Seat(id)) => Answer::Seat(self.number_of(id)),
            Ok(Applied::Waiting(id)) => Answer::Waiting(self.number_of(id)),
            Ok(Applied::Earlier) => Answer::Earlier,
            Ok(Applied::Elsewhere) => Answer::Elsewhere,
            Err(refusal) => Answer::NotApplied(refusal),
        }
    }

    fn number_of(&mut self, id: ApplicationId) -> usize {
        self.applications.iter().position(|known| *known == id).unwrap_or_else(|| {
            self.applications.push(id);
            self.applications.len() - 1
        })
    }

    /// Does an act for which everything is prepared.
    pub async fn done(&self, act: &Act) -> Result<Answered, WriteError> {
        let db = &self.stage.db;
        let application = |at: &usize| self.applications.get(*at).copied().unwrap_or(ApplicationId::from_uuid(Uuid::nil()));
        let session = |at: &usize| self.sessions.get(*at).copied().unwrap_or(SessionId::from_uuid(Uuid::nil()));
        let answer = match act {
            Act::Apply(request) => return self.applies(request.form, request, [1; 32]).await,
            Act::Repeat(earlier) => return self.applies(*earlier, &self.requests[*earlier].1, [1; 32]).await,
            Act::Misuse(earlier, other) => {
                return match self.applies(*earlier, other, [2; 32]).await {
                    Err(WriteError::KeyReused) => Ok(Answered::Other(Answer::KeyReused)),
                    answer => answer,
                };
            }
            Act::Move { application: which, to, by_office } => {
                let (id, to, by_office) = (application(which), session(to), *by_office);
                let verb = async move |tx: &mut Tx<'_>, now| move_to::move_to(tx, id, to, "test", by_office, now).await;
                Answer::Moved(db.write(Lane::Public, None, verb).await?)
            }
            Act::Cancel(which) => {
                let id = application(which);
                Answer::Cancelled(db.write(Lane::Public, None, async move |tx, now| cancel::cancel(tx, id, "test", "", now).await).await?)
            }
            Act::Undo(which) => {
                let id = application(which);
                Answer::Undone(db.write(Lane::Public, None, async move |tx, now| undo::undo(tx, id, "test", now).await).await?)
            }
            Act::LetGo(which) => {
                let id = application(which);
                db.write(Lane::Staff, None, async move |tx, now| let_go::let_go(tx, id, now).await).await?;
                Answer::Done
            }
            Act::Take(which) => {
                let id = application(which);
                Answer::Taken(db.write(Lane::Public, None, async move |tx, now| offer::take(tx, id, "test", now).await).await?)
            }
            Act::Decline(which) => {
                let id = application(which);
                Answer::Cancelled(db.write(Lane::Public, None, async move |tx, now| offer::decline(tx, id, "test", now).await).await?)
            }
            Act::Series { who } => {
                let wanted = wanted(*who, None, false, true);
                let numbers = self.numbers[..SESSIONS - 1].to_vec();
                let verb = async move |tx: &mut Tx<'_>, now| series::apply_for_parts(tx, year(), COURSES[0], &numbers, &wanted, now).await;
                return Ok(Answered::Series(db.write(Lane::Public, None, verb).await?));
            }
            Act::CancelSeries(which) => {
                let id = application(which);
                let verb = async move |tx: &mut Tx<'_>, now| series::cancel_all(tx, id, "test", now).await;
                Answer::SeriesCancelled(db.write(Lane::Public, None, verb).await?)
            }
            Act::Jobs => {
                self.stage.workshop.run_due(self.stage.clock.now()).await?;
                Answer::Done
            }
            Act::Places { session: at, seats, places, is_late } => {
                let (seats, places, late) = (*seats, *places, i64::from(*is_late));
                self.changes(session(at), move |session| {
                    (session.seats, session.waiting_places) = (seats, places);
                    session.sequence -= late;
                })
                .await?
            }
            Act::Reschedule { session: at, span } => {
                let span = *span;
                self.changes(session(at), move |session| {
                    let later = |at: Option<Timestamp>| at.map(|at| at.plus(span));
                    (session.starts_at, session.ends_at) = (later(session.starts_at), later(session.ends_at));
                    session.closes_at = later(session.closes_at);
                    session.day = session.starts_at.map(Timestamp::day);
                })
                .await?
            }
            Act::CallOff(at) => {
                let id = session(at);
                let verb = async move |tx: &mut Tx<'_>, now| call_off::call_off(tx, id, "見本", "test", now).await;
                Answer::CalledOff(db.write(Lane::Staff, None, verb).await?)
            }
            Act::Clock(now) => {
                self.stage.clock.set(*now);
                Answer::Done
            }
        };
        Ok(Answered::Other(answer))
    }

    /// Applies as the page does it, with the key of this form.
    async fn applies(&self, form: usize, request: &Request, digest: [u8; 32]) -> Result<Answered, WriteError> {
        let key = Key::new(self.requests[form].0, "visitor", digest);
        let audience = COURSES[usize::from(request.to == SESSIONS - 1)];
        let path = SessionPath { year: year(), audience, number: self.numbers.get(request.to).copied().unwrap_or(0) };
        let wanted = wanted(request.who, request.begun_at, request.by_office, request.both);
        let all = async |tx: &mut Tx<'_>, now, inputs| apply::apply_all(tx, inputs, now).await;
        let answer = self.stage.db.gather(Lane::Public, path.hot_key(), Some(key), (path, wanted), all).await?;
        Ok(Answered::Applied(answer))
    }

    /// Changes a session as the form does it: from what was read a moment ago.
    async fn changes(&self, id: SessionId, edit: impl Fn(&mut Session)) -> Result<Answer, WriteError> {
        let mut session = self.stage.db.read(async move |tx| store::session(tx, id).await).await?.expect("there is this session");
        edit(&mut session);
        let verb = async move |tx: &mut Tx<'_>, now| change::change(tx, &session, "test", now).await;
        Ok(Answer::Changed(self.stage.db.write(Lane::Staff, None, verb).await?))
    }

    /// Everything that the database holds of this sequence, what its sessions allow, and the SEQUENCE of each calendar entry.
    pub async fn ledger(&mut self) -> (Ledger, Vec<Limits>, Vec<i64>) {
        let ids: [SessionId; SESSIONS] = self.sessions.clone().try_into().expect("so many were begun");
        let mut found = self.stage.db.read(async move |tx| Found::read(tx, ids).await).await.expect("it can be read");
        found.applications.iter().for_each(|row| _ = self.number_of(row.id));
        found.applications.sort_by_key(|row| self.number_of(row.id));
        let session = |id: SessionId| self.sessions.iter().position(|known| *known == id).expect("only these were asked for");
        found.sessions.sort_by_key(|row| session(row.id));
        let now = self.stage.clock.now();
        let entry = |row: &Row| {
            let is_ahead =
                |other: &&Row| other.session == row.session && other.waits() && !other.is_cancelled && other.waited <= row.waited;
            let ahead = found.applications.iter().filter(is_ahead).count();
            Entry {
                session: session(row.session),
                person: row.person(),
                number: row.number,
                offers: (row.was_offered, row.is_offered),
                series: row.series.and_then(|first| self.applications.iter().position(|known| *known == first)),
                is_live: !row.is_cancelled,
                is_held: row.is_held,
                is_waiting: row.waits(),
                position: (row.waits() && !row.is_cancelled).then(|| i64::try_from(ahead).expect("a few")),
            }
        };
        let mut mails = BTreeMap::new();
        for (id, kind) in &found.mails {
            let at = self.applications.iter().position(|known| known == id).expect("its application was read, too");
            *mails.entry((at, kind.clone())).or_default() += 1;
        }
        let ledger = Ledger {
            sessions: found.sessions.iter().map(CountsRow::counts).collect(),
            applications: found.applications.iter().map(entry).collect(),
            mails,
        };
        let limits = found.sessions.iter().map(|row| row.limits(now)).collect();
        let shown = found.applications.iter().map(|row| row.sequence + found.sessions[session(row.session)].sequence).collect();
        (ledger, limits, shown)
    }
}

/// What somebody types into the form.
fn wanted(who: usize, begun_at: Option<Timestamp>, by_office: bool, both: bool) -> Wanted {
    let typed = &TYPED[who];
    Wanted {
        person: NewPerson {
            name: PersonName::new(typed.name.0, typed.name.1).expect("a name"),
            kana: Kana::new("ミホン", "ミホン").expect("a reading"),
            email: typed.email.parse().expect("an address"),
        },
        workplace: Workplace {
            organization: None,
            name: "見本内科クリニック".to_owned(),
            kind: "clinic".to_owned(),
            prefecture: "13".to_owned(),
        },
        job: String::new(),
        question: String::new(),
        lang: Lang::Ja,
        begun_at,
        entered_by: by_office.then_some(Label::System),
        both,
        by_office: false,
        asks: None,
    }
}

/// What a verb answered, before its applications have numbers.
pub enum Answered {
    Applied(Result<Applied, apply::NotApplied>),
    Series(Parts),
    Other(Answer),
}

/// The rows of a sequence.
struct Found {
    sessions: Vec<CountsRow>,
    applications: Vec<Row>,
    mails: Vec<(ApplicationId, String)>,
}

db::row! {
    struct CountsRow {
        id: SessionId,
        taken: i64,
        waiting: i64,
        received: i64,
        sequence: i64,
        is_called_off: bool,
        seats: Option<i64>,
        places: Option<i64>,
        begins: Timestamp,
        offered: i64,
    }
}

impl CountsRow {
    fn counts(&self) -> Counts {
        let Self { taken, waiting, received, sequence: changes, is_called_off, offered, .. } = *self;
        Counts { taken, waiting, received, changes, is_called_off, offered }
    }

    fn limits(&self, now: Timestamp) -> Limits {
        Limits {
            seats: self.seats,
            places: self.places,
            promises: !self.is_called_off && now < self.begins,
            is_near: now >= self.begins.minus(Span::hours(24)),
        }
    }
}

db::row! {
    struct Row {
        id: ApplicationId,
        session: SessionId,
        number: i64,
        place: String,
        waited: Option<i64>,
        sequence: i64,
        is_cancelled: bool,
        is_held: bool,
        was_offered: bool,
        is_offered: bool,
        series: Option<ApplicationId>,
        email: String,
        family: String,
        given: String,
    }
}

impl Row {
    /// Whether it holds a place on the waiting list.
    fn waits(&self) -> bool {
        self.place == "waiting" && (!self.is_cancelled || self.is_held)
    }

    fn person(&self) -> usize {
        let is_them = |typed: &&Typed| {
            let email: EmailAddress = typed.email.parse().expect("an address");
            email.as_str() == self.email && fold(typed.name.1) == fold(&self.given) && fold(typed.name.0) == fold(&self.family)
        };
        TYPED.iter().find(is_them).expect("nobody else applies").person
    }
}

impl Found {
    async fn read(tx: &mut Tx<'_>, ids: [SessionId; SESSIONS]) -> db::DbResult<Self> {
        let ids = ids.map(db::Arg::from);
        let sessions = sql!(
            "SELECT id, taken, waiting, received, sequence, cancelled_at IS NOT NULL, seats, waiting_places, starts_at,
                 (SELECT count(*) FROM seat_offers o WHERE o.session = sessions.id AND o.ended_at IS NULL)
             FROM sessions WHERE id IN ($1, $2, $3, $4)"
        );
        let applications = sql!(
            "SELECT a.id, a.session, a.number, a.place, a.waited, a.sequence, a.cancelled_at IS NOT NULL, a.held_until IS NOT NULL,
                 EXISTS (SELECT 1 FROM seat_offers o WHERE o.application = a.id AND o.session = a.session),
                 EXISTS (SELECT 1 FROM seat_offers o WHERE o.application = a.id AND o.session = a.session AND o.ended_at IS NULL),
                 a.series, p.email, p.family, p.given
             FROM applications a JOIN persons p ON p.id = a.person WHERE a.session IN ($1, $2, $3, $4) ORDER BY a.applied_at, a.id"
        );
        let mails = sql!("SELECT a.id, o.kind FROM outbox o JOIN applications a ON a.id = o.object_id WHERE a.session IN ($1, $2, $3, $4)");
        Ok(Self {
            sessions: tx.all(sessions, &ids).await?,
            applications: tx.all(applications, &ids).await?,
            mails: tx.all(mails, &ids).await?,
        })
    }
}
