//! What the secretariat asks. Lists and counts stay inside one session and stop early, so they cost the same at any size.

use access::{AccountId, Label, Scope};
use db::{Arg, DbResult, Tx, sql};
use kernel::{Day, FiscalYear, Timestamp, Uuid};
use people::lists::ListId;

use super::sieve::{Place, Sieve};
use crate::trainings::application::{ApplicationId, Spot};
use crate::trainings::programme::{Audience, CourseId, ProgrammeId};
use crate::trainings::session::SessionId;

/// No count goes further than this; a larger list is "more than so many".
pub const COUNTED: i64 = 1_000;

/// As many applications can be chosen at once: a page of the list.
pub const CHOSEN: usize = 50;

db::row! {
    /// One line of the list of applicants.
    #[derive(Clone)]
    pub struct Applicant {
        pub id: ApplicationId,
        pub number: i64,
        pub place: Spot,
        pub organization_name: String,
        pub organization_kind: String,
        pub prefecture: String,
        pub job: String,
        pub question: String,
        pub entered_by: Option<Label>,
        pub list: Option<ListId>,
        pub applied_at: Timestamp,
        pub cancelled_at: Option<Timestamp>,
        pub cancelled_by: Option<String>,
        pub held_until: Option<Timestamp>,
        pub moved_from: Option<i64>,
        pub moved_from_extra: Option<bool>,
        pub family: String,
        pub given: String,
        pub family_kana: String,
        pub given_kana: String,
        pub email: String,
        pub account: Option<AccountId>,
        pub undelivered: bool,
        pub shared: bool,
    }
}

impl Applicant {
    /// 見本 花子
    pub fn name(&self) -> String {
        format!("{} {}", self.family, self.given)
    }

    /// ミホン ハナコ
    pub fn kana(&self) -> String {
        format!("{} {}", self.family_kana, self.given_kana)
    }

    /// Whether the person cancelled it, by the link of the mail or signed in, and not the secretariat.
    pub fn cancelled_by_themselves(&self) -> bool {
        match self.cancelled_by.as_deref().map(str::parse::<Label>) {
            Some(Ok(Label::Application(_))) => true,
            Some(Ok(Label::Account(by))) => self.account == Some(by),
            _ => false,
        }
    }

    /// Whether it holds a seat.
    pub fn is_confirmed(&self) -> bool {
        self.cancelled_at.is_none() && self.place == Spot::Seat
    }
}

macro_rules! undelivered {
    () => {
        "EXISTS (SELECT 1 FROM outbox o WHERE o.object_id = a.id AND (o.failed_at IS NOT NULL OR o.bounced_at IS NOT NULL))"
    };
}
macro_rules! shared {
    () => {
        "EXISTS (SELECT 1 FROM persons q CROSS JOIN applications b \
         WHERE b.person = q.id AND q.email = p.email AND q.id <> p.id AND b.session = a.session AND b.cancelled_at IS NULL)"
    };
}
macro_rules! shown {
    () => {
        concat!(
            "SELECT a.id, a.number, a.place, a.organization_name, a.organization_kind, a.prefecture, a.job, a.question, a.entered_by, a.list, \
             a.applied_at, a.cancelled_at, a.cancelled_by, a.held_until, f.number, f.extra, \
             p.family, p.given, p.family_kana, p.given_kana, p.email, (SELECT c.id FROM accounts c WHERE c.email = p.email), ",
            undelivered!(),
            ", ",
            shared!(),
            " "
        )
    };
}
macro_rules! joined {
    () => {
        "FROM applications a JOIN persons p ON p.id = a.person LEFT JOIN sessions f ON f.id = a.moved_from WHERE a.session = $1 "
    };
}
macro_rules! sifted {
    () => {
        concat!(
            joined!(),
            "AND (CAST($2 AS TEXT) = '' OR a.search LIKE $2 ESCAPE '!') \
             AND (CAST($3 AS BIGINT) IS NULL OR a.number = $3) \
             AND (CAST($4 AS TEXT) = '' OR ($4 = 'cancelled' AND a.cancelled_at IS NOT NULL) OR (a.place = $4 AND a.cancelled_at IS NULL)) \
             AND (CAST($5 AS TEXT) = '' OR a.organization_kind = $5) \
             AND (CAST($6 AS TEXT) = '' OR a.prefecture = $6) \
             AND a.applied_at >= $7 AND a.applied_at < $8 \
             AND (CAST($9 AS TEXT) = '' OR ($9 = 'phone' AND a.entered_by IS NOT NULL AND a.entered_by NOT LIKE 'group:%' AND a.list IS NULL) \
                  OR ($9 = 'list' AND a.list IS NOT NULL) OR ($9 = 'moved' AND a.moved_from IS NOT NULL) \
                  OR ($9 = 'mail' AND ",
            undelivered!(),
            ") OR ($9 = 'shared' AND ",
            shared!(),
            ")) "
        )
    };
}
macro_rules! listed {
    ($from:literal) => {
        sql!(concat!(shown!(), sifted!(), $from, " LIMIT $12"))
    };
}

/// The applications that pass the sieve, at most `limit` from `place` on.
pub async fn applicants(tx: &mut Tx<'_>, scope: &Scope, sieve: &Sieve, place: &Place, limit: i64) -> DbResult<Vec<Applicant>> {
    if *scope != Scope::All {
        return Ok(Vec::new());
    }
    let (least, greatest) = (ApplicationId::from_uuid(Uuid::nil()), ApplicationId::from_uuid(Uuid::max()));
    let mut args = sieve.args();
    let list = match place {
        Place::Newest(from) => {
            let (at, id) = from.unwrap_or((Timestamp::from_micros(i64::MAX), greatest));
            args.extend([at.into(), id.into()]);
            listed!("AND (a.applied_at, a.id) < ($10, $11) ORDER BY a.applied_at DESC, a.id DESC")
        }
        Place::Oldest(from) => {
            let (at, id) = from.unwrap_or((Timestamp::from_micros(i64::MIN), least));
            args.extend([at.into(), id.into()]);
            listed!("AND (a.applied_at, a.id) > ($10, $11) ORDER BY a.applied_at, a.id")
        }
        Place::Workplace(from) => {
            let (name, id) = from.clone().unwrap_or((String::new(), least));
            args.extend([name.into(), id.into()]);
            listed!("AND (a.organization_name, a.id) > ($10, $11) ORDER BY a.organization_name, a.id")
        }
        Place::WorkplaceBack(from) => {
            let (name, id) = from.clone().unwrap_or(("\u{10FFFF}".to_owned(), greatest));
            args.extend([name.into(), id.into()]);
            listed!("AND (a.organization_name, a.id) < ($10, $11) ORDER BY a.organization_name DESC, a.id DESC")
        }
    };
    args.push(limit.into());
    tx.all(list, &args).await
}

/// Those of the session among these ids, at most [`CHOSEN`], in the order of applying.
pub async fn chosen(tx: &mut Tx<'_>, scope: &Scope, session: SessionId, ids: &[ApplicationId]) -> DbResult<Vec<Applicant>> {
    if *scope != Scope::All || ids.is_empty() {
        return Ok(Vec::new());
    }
    let find = sql!(concat!(
        shown!(),
        joined!(),
        "AND a.id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
         $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51) \
         ORDER BY a.applied_at, a.id"
    ));
    let nobody = ApplicationId::from_uuid(Uuid::nil());
    let padded = ids.iter().copied().chain(std::iter::repeat(nobody)).take(CHOSEN);
    let args: Vec<Arg> = std::iter::once(session.into()).chain(padded.map(Into::into)).collect();
    tx.all(find, &args).await
}

/// How many pass the sieve; counting ends one above `most`.
pub async fn count_applicants(tx: &mut Tx<'_>, scope: &Scope, sieve: &Sieve, most: i64) -> DbResult<i64> {
    if *scope != Scope::All {
        return Ok(0);
    }
    let count = sql!(concat!("SELECT COUNT(*) FROM (SELECT 1 ", sifted!(), "LIMIT $10) AS counted"));
    let mut args = sieve.args();
    args.push((most + 1).into());
    tx.one(count, &args).await
}

/// How many hold a seat, by kind of workplace, the most first.
pub async fn seats_by_kind(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<(String, i64)>> {
    let count = sql!(
        "SELECT organization_kind, COUNT(*) FROM applications WHERE session = $1 AND place = 'seat' AND cancelled_at IS NULL
         GROUP BY organization_kind ORDER BY 2 DESC, 1"
    );
    tx.all(count, &[session.into()]).await
}

/// How many living applications of the session there are to whom a mail did not arrive.
///
/// The few such mails are gone through first: without statistics SQLite would rather ask for a mail of every application, and
/// `CROSS JOIN` is how it is told the order.
pub async fn count_undelivered(tx: &mut Tx<'_>, session: SessionId) -> DbResult<i64> {
    let count = sql!(
        "SELECT COUNT(DISTINCT a.id) FROM outbox o CROSS JOIN applications a
         WHERE a.id = o.object_id AND (o.failed_at IS NOT NULL OR o.bounced_at IS NOT NULL) AND a.session = $1 AND a.cancelled_at IS NULL"
    );
    tx.one(count, &[session.into()]).await
}

/// How many living applications the session has: so many would get a mail.
pub async fn count_living(tx: &mut Tx<'_>, session: SessionId) -> DbResult<i64> {
    tx.one(sql!("SELECT COUNT(*) FROM applications WHERE session = $1 AND cancelled_at IS NULL"), &[session.into()]).await
}

/// How many living applications the sessions of a programme have, in one question; a session without any is not there.
pub async fn living_by_session(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Vec<(SessionId, i64)>> {
    let count = sql!(
        "SELECT a.session, COUNT(*) FROM applications a JOIN sessions s ON s.id = a.session JOIN courses c ON c.id = s.course
         WHERE c.programme = $1 AND a.cancelled_at IS NULL GROUP BY a.session"
    );
    tx.all(count, &[programme.into()]).await
}

db::row! {
    /// A living application, as a mail to all of a session needs it.
    pub struct Addressee {
        pub id: ApplicationId,
        pub lang: kernel::Lang,
        pub place: Spot,
    }
}

/// The next living applications of a session after `after`, in the order of their ids.
pub async fn addressees(tx: &mut Tx<'_>, session: SessionId, after: ApplicationId, limit: i64) -> DbResult<Vec<Addressee>> {
    let list =
        sql!("SELECT id, lang, place FROM applications WHERE session = $1 AND cancelled_at IS NULL AND id > $2 ORDER BY id LIMIT $3");
    tx.all(list, &[session.into(), after.into(), limit.into()]).await
}

db::row! {
    /// A session that lies ahead, or whose window has passed without a date.
    #[derive(Clone, Debug)]
    pub struct Ahead {
        pub id: SessionId,
        pub year: FiscalYear,
        pub audience: Audience,
        pub number: i64,
        pub extra: bool,
        pub day: Option<Day>,
        pub window_raw: String,
        pub window_end: Option<Day>,
        pub opens_at: Option<Timestamp>,
        pub closes_at: Option<Timestamp>,
        pub seats: Option<i64>,
        pub taken: i64,
        pub waiting: i64,
        /// Whether there is a link to join it by.
        pub has_link: bool,
    }
}

/// Sessions from `today` on, and those whose window has passed without a date; the next first.
pub async fn sessions_ahead(tx: &mut Tx<'_>, today: Day) -> DbResult<Vec<Ahead>> {
    let list = sql!(
        "SELECT s.id, g.year, c.slug, s.number, s.extra, s.day, s.window_raw, s.window_end, s.opens_at, s.closes_at, s.seats, s.taken, s.waiting,
             EXISTS (SELECT 1 FROM meetings m WHERE m.session = s.id AND m.link <> '')
         FROM sessions s JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme
         WHERE s.cancelled_at IS NULL AND (s.day >= $1 OR (s.day IS NULL AND s.window_end < $1))
         ORDER BY s.day, s.starts_at, s.id LIMIT 500"
    );
    tx.all(list, &[today.into()]).await
}

/// Writes new facts of a session; false if it has changed since `sequence` or is cancelled, or if more seats are taken than there would be.
pub async fn change_session(tx: &mut Tx<'_>, session: &crate::trainings::session::Session, sequence: i64) -> DbResult<bool> {
    let change = sql!(
        "UPDATE sessions SET title = $3, day = $4, starts_at = $5, ends_at = $6, opens_at = $7, closes_at = $8, default_window = $9,
             tentative = $10, seats = $11, waiting_places = $12, moved_from = $13, moved_at = $14, sequence = sequence + 1
         WHERE id = $1 AND sequence = $2 AND cancelled_at IS NULL
             AND (CAST($11 AS BIGINT) IS NULL OR taken <= $11) AND (CAST($12 AS BIGINT) IS NULL OR waiting <= $12)"
    );
    let args = [
        session.id.into(),
        sequence.into(),
        session.title.as_str().into(),
        session.day.into(),
        session.starts_at.into(),
        session.ends_at.into(),
        session.opens_at.into(),
        session.closes_at.into(),
        session.default_window.into(),
        session.tentative.into(),
        session.seats.into(),
        session.waiting_places.into(),
        session.moved_from.into(),
        session.moved_at.into(),
    ];
    Ok(tx.run(change, &args).await? == 1)
}

/// Calls a session off; false if it was before.
pub async fn mark_called_off(tx: &mut Tx<'_>, id: SessionId, reason: &str, now: Timestamp) -> DbResult<bool> {
    let mark =
        sql!("UPDATE sessions SET cancelled_at = $2, cancel_reason = $3, sequence = sequence + 1 WHERE id = $1 AND cancelled_at IS NULL");
    Ok(tx.run(mark, &[id.into(), now.into(), reason.into()]).await? == 1)
}

/// The number that the next extra session of a course gets: the first is 101.
pub async fn next_extra_number(tx: &mut Tx<'_>, course: CourseId) -> DbResult<i64> {
    tx.one(sql!("SELECT COALESCE(MAX(number), 100) + 1 FROM sessions WHERE course = $1 AND extra AND number > 100"), &[course.into()]).await
}
