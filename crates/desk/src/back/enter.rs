//! Opening a case by its number and words.

use db::Lane;
use kernel::Span;
use vault::{Code, NotOpened, Salt, Visit};
use web::{PageError, Portal};

use super::store;
use crate::cases::{self, CaseNumber, Entry, REPORTER, record, visit_wrap};
use crate::desk::Desk;
use crate::notices;
use crate::report::VISIT_LASTS;

/// Tries an hour for one number, whether there is such a case or not.
pub(super) const TRIES: i64 = 10;
/// How long a number rests after that.
pub(super) const REST: Span = Span::hours(1);

/// Why nothing was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotEntered {
    /// There is no such case, or its words are others: which of the two nobody is told.
    Wrong,
    /// Too many tries at this number. A call-back helps.
    TooOften,
}

/// Opens the case and gives this browser a way in. An unknown number costs the same work as wrong words.
pub async fn enter(portal: &Portal, desk: &Desk, number: CaseNumber, code: &Code) -> Result<Result<Visit, NotEntered>, PageError> {
    let subject = portal.keys.mac("case-try", &[number.to_string().as_bytes()]);
    let tried = portal.db.write(Lane::Incident, None, async move |tx, now| store::try_once(tx, subject, now).await).await?;
    if tried > TRIES {
        return Ok(Err(NotEntered::TooOften));
    }
    let found = portal
        .db
        .read(async move |tx| {
            let Some(case) = cases::store::by_number(tx, number).await? else { return Ok(None) };
            let wrap = store::code_wrap(tx, case.id).await?;
            Ok(wrap.map(|wrap| (case, wrap)))
        })
        .await?;
    let Some((case, wrap)) = found else {
        desk.kdf.decoy(code).await.map_err(|_| PageError::Busy)?;
        return Ok(Err(NotEntered::Wrong));
    };
    let salt = Salt::try_from(case.code_salt.as_slice()).map_err(|_| PageError::Bug("the salt of a case has another length"))?;
    let key = match desk.kdf.unwrap(code, &salt, case.id.uuid(), &wrap).await {
        Ok(key) => key,
        Err(NotOpened::Wrong) => return Ok(Err(NotEntered::Wrong)),
        Err(NotOpened::Busy(_)) => return Err(PageError::Busy),
    };
    let visit = Visit::generate();
    let way_in = visit_wrap(case.id, &visit, &key, portal.now().plus(VISIT_LASTS));
    let is_in = portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            if !cases::store::put_wrap(tx, case.id, &way_in, now).await? {
                return Ok(false);
            }
            store::forget_tries_at(tx, subject).await?;
            notices::notify(tx, &case, "entered", now).await?;
            record(tx, &case, Entry::by(REPORTER).did("case.entered"), now).await.map(|_| true)
        })
        .await?;
    Ok(if is_in { Ok(visit) } else { Err(NotEntered::Wrong) })
}
