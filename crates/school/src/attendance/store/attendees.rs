use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};

use crate::attendance::{AttendeeId, ImportId};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

db::row! {
    /// A participant of a file, with whose it is.
    #[derive(Clone, Debug)]
    pub struct AttendeeLine {
        pub id: AttendeeId,
        pub import: ImportId,
        pub session: SessionId,
        pub file: String,
        pub withdrawn_at: Option<Timestamp>,
        pub place: i64,
        pub name: String,
        pub email: String,
        pub seconds: Option<i64>,
        pub from_at: Option<Timestamp>,
        pub until_at: Option<Timestamp>,
        pub stays: i64,
        pub application: Option<ApplicationId>,
        pub how: String,
        pub settled_at: Option<Timestamp>,
        pub family: Option<String>,
        pub given: Option<String>,
        pub number: Option<i64>,
    }
}

impl AttendeeLine {
    /// The name of the applicant that it is.
    pub fn applicant(&self) -> Option<String> {
        Some(format!("{} {}", self.family.as_ref()?, self.given.as_ref()?))
    }
}

macro_rules! attendees {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT t.id, t.import, t.session, i.name, i.withdrawn_at, t.place, t.name, t.email, t.seconds, \
             (SELECT MIN(from_at) FROM attendance_stays s WHERE s.attendee = t.id), \
             (SELECT MAX(until_at) FROM attendance_stays s WHERE s.attendee = t.id), \
             (SELECT COUNT(*) FROM attendance_stays s WHERE s.attendee = t.id), \
             t.application, t.how, t.settled_at, p.family, p.given, a.number \
             FROM attendees t JOIN attendance_imports i ON i.id = t.import \
             LEFT JOIN applications a ON a.id = t.application LEFT JOIN persons p ON p.id = a.person ",
            $rest
        ))
    };
}

/// Which participants a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pile {
    /// Those about which a person has to decide.
    #[default]
    Open,
    /// Those about which a person has decided.
    Settled,
    /// Those that were found by number, address, or name and workplace.
    Found,
}

impl Pile {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Settled, Self::Found];

    /// The word in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Settled => "settled",
            Self::Found => "found",
        }
    }
}

/// The participant with this id.
pub async fn attendee(tx: &mut Tx<'_>, id: AttendeeId) -> DbResult<Option<AttendeeLine>> {
    tx.opt(attendees!("WHERE t.id = $1"), &[id.into()]).await
}

/// The participants of a pile after `after`, at most `limit`, in the order of their files' rows.
pub async fn pile(
    tx: &mut Tx<'_>,
    session: SessionId,
    pile: Pile,
    after: Option<(i64, AttendeeId)>,
    limit: i64,
) -> DbResult<Vec<AttendeeLine>> {
    let list = match pile {
        Pile::Open => attendees!(
            "WHERE t.session = $1 AND i.withdrawn_at IS NULL AND t.how = '' AND (t.place, t.id) > ($2, $3) ORDER BY t.place, t.id LIMIT $4"
        ),
        Pile::Settled => attendees!(
            "WHERE t.session = $1 AND i.withdrawn_at IS NULL AND t.how IN ('hand', 'stranger') AND (t.place, t.id) > ($2, $3) ORDER BY t.place, t.id LIMIT $4"
        ),
        Pile::Found => attendees!(
            "WHERE t.session = $1 AND i.withdrawn_at IS NULL AND t.how IN ('token', 'mail', 'name') AND (t.place, t.id) > ($2, $3) ORDER BY t.place, t.id LIMIT $4"
        ),
    };
    let (place, id) = after.unwrap_or_else(|| (-1, AttendeeId::from_uuid(Uuid::nil())));
    tx.all(list, &[session.into(), place.into(), id.into(), limit.into()]).await
}

/// How many participants lie on each pile: open, settled, found.
pub async fn count_piles(tx: &mut Tx<'_>, session: SessionId) -> DbResult<(i64, i64, i64)> {
    let count = sql!(
        "SELECT COALESCE(SUM(CASE WHEN t.how = '' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN t.how IN ('hand', 'stranger') THEN 1 ELSE 0 END), 0),
             COALESCE(SUM(CASE WHEN t.how IN ('token', 'mail', 'name') THEN 1 ELSE 0 END), 0)
         FROM attendees t JOIN attendance_imports i ON i.id = t.import WHERE t.session = $1 AND i.withdrawn_at IS NULL"
    );
    tx.one(count, &[session.into()]).await
}

/// The participants of files that were put to this applicant.
pub async fn attendees_of(tx: &mut Tx<'_>, application: ApplicationId) -> DbResult<Vec<AttendeeLine>> {
    let list = attendees!("WHERE t.application = $1 AND i.withdrawn_at IS NULL ORDER BY t.id LIMIT 200");
    tx.all(list, &[application.into()]).await
}

db::row! {
    /// Somebody whom a participant may be.
    #[derive(Clone, Debug)]
    pub struct Candidate {
        pub attendee: AttendeeId,
        pub application: ApplicationId,
        pub number: i64,
        pub family: String,
        pub given: String,
        pub organization: String,
    }
}

/// Whose the participants of these rows may be, from the first to the last.
pub async fn candidates(tx: &mut Tx<'_>, session: SessionId, first: i64, last: i64) -> DbResult<Vec<Candidate>> {
    let list = sql!(
        "SELECT m.attendee, a.id, a.number, p.family, p.given, a.organization_name
         FROM attendees t JOIN attendee_candidates m ON m.attendee = t.id JOIN applications a ON a.id = m.application
             JOIN persons p ON p.id = a.person
         WHERE t.session = $1 AND t.how = '' AND t.place >= $2 AND t.place <= $3 ORDER BY m.attendee, a.number LIMIT 2000"
    );
    tx.all(list, &[session.into(), first.into(), last.into()]).await
}

/// Whose one participant may be.
pub async fn candidates_of(tx: &mut Tx<'_>, id: AttendeeId) -> DbResult<Vec<Candidate>> {
    let list = sql!(
        "SELECT m.attendee, a.id, a.number, p.family, p.given, a.organization_name
         FROM attendee_candidates m JOIN applications a ON a.id = m.application JOIN persons p ON p.id = a.person
         WHERE m.attendee = $1 ORDER BY a.number LIMIT 100"
    );
    tx.all(list, &[id.into()]).await
}

/// Applicants with a seat in whose name, address, workplace or number a folded word occurs.
pub async fn find_seats(tx: &mut Tx<'_>, id: AttendeeId, like: &str, number: Option<i64>) -> DbResult<Vec<Candidate>> {
    let list = sql!(
        "SELECT t.id, a.id, a.number, p.family, p.given, a.organization_name
         FROM attendees t JOIN applications a ON a.session = t.session JOIN persons p ON p.id = a.person
         WHERE t.id = $1 AND a.place = 'seat' AND a.cancelled_at IS NULL
             AND (a.search LIKE $2 ESCAPE '!' OR a.number = $3) ORDER BY a.number LIMIT 50"
    );
    tx.all(list, &[id.into(), like.into(), number.into()]).await
}

/// Notes whose a participant is: somebody's, of nobody who applied, or not decided.
pub async fn put_settled(
    tx: &mut Tx<'_>,
    id: AttendeeId,
    (application, how): (Option<ApplicationId>, &str),
    by: &str,
    now: Timestamp,
) -> DbResult<()> {
    let put = sql!("UPDATE attendees SET application = $2, how = $3, settled_at = $4, settled_by = $5 WHERE id = $1");
    tx.run(put, &[id.into(), application.into(), how.into(), now.into(), by.into()]).await?;
    Ok(())
}
