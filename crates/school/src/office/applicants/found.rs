use access::Scope;
use db::{DbResult, Tx};

use super::super::staff_pages::{self, Whole};
use super::filter::{Asked, From, ROWS, Sifted};
use crate::trainings::session::SessionId;
use crate::trainings::store::{self, Applicant, COUNTED};

/// Above so many seats, figures by kind have a page of their own to wait for: the list stays quick.
const FIGURED: i64 = 5_000;

/// What the list of a session shows.
pub struct Found {
    /// The session.
    pub whole: Whole,
    /// What was asked for.
    pub sifted: Sifted,
    /// Where the page begins.
    pub from: From,
    /// The people of the page.
    pub lines: Vec<Applicant>,
    /// Whether there are more in the direction in which they were read.
    pub has_more: bool,
    /// How many pass the sieve.
    pub count: i64,
    /// How many there are.
    pub all: i64,
    /// Seats by the kind of workplace, unless there are too many.
    pub kinds: Option<Vec<(String, i64)>>,
    /// Whose mail did not arrive.
    pub undelivered: i64,
}

impl Found {
    /// Reads it, as far as somebody may see so much.
    pub async fn read(tx: &mut Tx<'_>, id: SessionId, asked: &Asked, scope: &Scope) -> DbResult<Option<Self>> {
        let Some(whole) = staff_pages::whole(tx, id).await? else { return Ok(None) };
        let sifted = asked.clone().sift(&whole);
        let from = sifted.from();
        let asked_for = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
        let mut lines = store::applicants(tx, scope, &sifted.sieve, &from.place, asked_for).await?;
        let has_more = lines.len() > ROWS;
        lines.truncate(ROWS);
        if from.backwards {
            lines.reverse();
        }
        let count = store::count_applicants(tx, scope, &sifted.sieve, COUNTED).await?;
        let all =
            if sifted.is_set() { store::count_applicants(tx, scope, &Asked::default().sift(&whole).sieve, COUNTED).await? } else { count };
        let kinds = if whole.session.taken <= FIGURED { Some(store::seats_by_kind(tx, id).await?) } else { None };
        let undelivered = store::count_undelivered(tx, id).await?;
        Ok(Some(Self { whole, sifted, from, lines, has_more, count, all, kinds, undelivered }))
    }
}
