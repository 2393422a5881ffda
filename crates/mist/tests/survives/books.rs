//! The books: what lies in the database, held against itself, against what people were told, and against the mail they got.

use db::{DbResult, Tx, row, sql};
use kernel::{Timestamp, Uuid};
use std::collections::{BTreeMap, BTreeSet};

/// Everything about applications that lies in the database.
pub struct Books {
    sessions: Vec<SessionRow>,
    applications: Vec<ApplicationRow>,
    mails: Vec<MailRow>,
}

/// What somebody was told of their application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Seat(Uuid),
    Waiting(Uuid),
}

impl Told {
    /// Which application it was.
    pub const fn application(self) -> Uuid {
        match self {
            Self::Seat(id) | Self::Waiting(id) => id,
        }
    }
}

row! {
    struct SessionRow {
        id: Uuid,
        seats: Option<i64>,
        taken: i64,
        waiting_places: Option<i64>,
        waiting: i64,
        received: i64,
    }
}

row! {
    struct ApplicationRow {
        id: Uuid,
        session: Uuid,
        person: Uuid,
        number: i64,
        place: String,
        waited: Option<i64>,
        applied_at: Timestamp,
    }
}

row! {
    struct MailRow {
        id: Uuid,
        application: Uuid,
    }
}

impl Books {
    /// Reads everything, on one state of the data.
    pub async fn read(tx: &mut Tx<'_>) -> DbResult<Self> {
        let sessions = sql!("SELECT id, seats, taken, waiting_places, waiting, received FROM sessions");
        let applications =
            sql!("SELECT id, session, person, number, place, waited, applied_at FROM applications WHERE cancelled_at IS NULL");
        let mails = sql!("SELECT id, object_id FROM outbox WHERE kind = 'trainings.applied'");
        Ok(Self {
            sessions: tx.all(sessions, &[]).await?,
            applications: tx.all(applications, &[]).await?,
            mails: tx.all(mails, &[]).await?,
        })
    }

    /// How many applications there are.
    pub fn len(&self) -> usize {
        self.applications.len()
    }

    /// When each application was made.
    pub fn moments(&self) -> BTreeMap<Uuid, Timestamp> {
        self.applications.iter().map(|row| (row.id, row.applied_at)).collect()
    }

    /// Every way in which the books contradict themselves or what people were told; none if all is well.
    pub fn contradictions(&self, told: &[Told]) -> Vec<String> {
        let sessions = self.sessions.iter().flat_map(|session| self.in_session(session));
        sessions.chain(self.in_persons()).chain(self.in_promises(told)).chain(self.in_mails()).collect()
    }

    /// Every way in which the letters that arrived, by their Message-IDs, contradict the books.
    pub fn contradictions_of_letters(&self, message_ids: &[String]) -> Vec<String> {
        let queued: BTreeMap<String, Uuid> = self.mails.iter().map(|mail| (mail.id.to_string(), mail.application)).collect();
        let mut arrived: BTreeMap<Uuid, BTreeSet<&str>> = BTreeMap::new();
        let mut wrong = Vec::new();
        for whole in message_ids {
            match whole.split('@').next().and_then(|id| queued.get(id)) {
                Some(application) => drop(arrived.entry(*application).or_default().insert(whole)),
                None => wrong.push(format!("a letter {whole} arrived that was never queued")),
            }
        }
        wrong.extend(self.applications.iter().filter_map(|row| match arrived.get(&row.id).map_or(0, BTreeSet::len) {
            1 => None,
            count => Some(format!("application {} was told of under {count} Message-IDs", row.id)),
        }));
        wrong
    }

    fn in_session(&self, session: &SessionRow) -> Vec<String> {
        let rows: Vec<_> = self.applications.iter().filter(|row| row.session == session.id).collect();
        let of = |place: &str| rows.iter().filter(|row| row.place == place).count();
        let (seated, waiting) = (of("seat"), of("waiting"));
        let mut wrong = Vec::new();
        let mut expect = |holds: bool, what: String| {
            if !holds {
                wrong.push(format!("session {}: {what}", session.id));
            }
        };
        expect(count(seated) == session.taken, format!("{seated} have a seat, {} are counted", session.taken));
        expect(count(waiting) == session.waiting, format!("{waiting} wait, {} are counted", session.waiting));
        expect(session.seats.is_none_or(|seats| session.taken <= seats), "oversold".to_owned());
        expect(session.waiting_places.is_none_or(|places| session.waiting <= places), "more wait than may".to_owned());
        expect(waiting == 0 || session.seats == Some(session.taken), "somebody waits while a seat is free".to_owned());
        let numbers: BTreeSet<i64> = rows.iter().map(|row| row.number).collect();
        expect(numbers == (1..=count(rows.len())).collect(), "receipt numbers are missing, or given twice".to_owned());
        expect(count(rows.len()) == session.received, format!("{} are there, {} were received", rows.len(), session.received));
        let ranks: BTreeSet<i64> = rows.iter().filter_map(|row| row.waited).collect();
        expect(ranks.len() == waiting, "a place in the waiting list is given twice".to_owned());
        wrong
    }

    fn in_persons(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let twice = self.applications.iter().filter(|row| !seen.insert((row.session, row.person)));
        twice.map(|row| format!("person {} is in session {} twice", row.person, row.session)).collect()
    }

    fn in_promises(&self, told: &[Told]) -> Vec<String> {
        let places: BTreeMap<Uuid, &str> = self.applications.iter().map(|row| (row.id, row.place.as_str())).collect();
        let broken = told.iter().filter(|told| match told {
            Told::Seat(id) => places.get(id) != Some(&"seat"),
            Told::Waiting(id) => places.get(id) != Some(&"waiting"),
        });
        broken.map(|told| format!("{told:?} was acknowledged and is not stored")).collect()
    }

    fn in_mails(&self) -> Vec<String> {
        let mut mails: BTreeMap<Uuid, usize> = self.applications.iter().map(|row| (row.id, 0)).collect();
        for mail in &self.mails {
            *mails.entry(mail.application).or_default() += 1;
        }
        mails
            .iter()
            .filter(|(_, count)| **count != 1)
            .map(|(id, count)| format!("application {id} is queued for mail {count} times"))
            .collect()
    }
}

fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
