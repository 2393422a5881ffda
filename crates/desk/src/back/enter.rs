//! Opening a case by its number and words.

use db::Lane;
use vault::{Code, NotOpened, Salt, SecretKey, Visit};
use web::{PageError, Portal};

use super::comer::Comer;
use super::store;
use crate::cases::{self, Case, CaseNumber, Entry, REPORTER, record, visit_wrap};
use crate::desk::Desk;
use crate::notices;
use crate::report::VISIT_LASTS;

/// Why nothing was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotEntered {
    /// There is no such case, or its words are others: which of the two nobody is told.
    Wrong,
    /// Too many tries at this number. A call-back helps.
    TooOften,
    /// Too many try words just now. Nothing was tried, and nothing counted.
    Full,
}

/// A case that the words have opened, before anybody is let in.
pub(super) struct Opened {
    case: Case,
    key: SecretKey,
    /// What the words opened.
    wrap: Vec<u8>,
}

/// Opens the case and gives this browser a way in.
pub(super) async fn enter(
    portal: &Portal,
    desk: &Desk,
    comer: Comer,
    number: CaseNumber,
    code: &Code,
) -> Result<Result<Visit, NotEntered>, PageError> {
    match open(portal, desk, comer, number, code).await? {
        Ok(opened) => admit(portal, comer, opened).await,
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Tries the words. An unknown number costs the same work as wrong words.
pub(super) async fn open(
    portal: &Portal,
    desk: &Desk,
    comer: Comer,
    number: CaseNumber,
    code: &Code,
) -> Result<Result<Opened, NotEntered>, PageError> {
    // The seat comes first: a flood ends at the door of the room, and whoever finds it full keeps their tries.
    let Ok(seat) = desk.kdf.seat(comer.guest) else { return Ok(Err(NotEntered::Full)) };
    if !portal.db.write(Lane::Incident, None, async move |tx, now| comer.count(tx, now).await).await? {
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
        desk.kdf.decoy(seat, code).await.map_err(|_| PageError::Busy)?;
        return Ok(Err(NotEntered::Wrong));
    };
    let salt = Salt::try_from(case.code_salt.as_slice()).map_err(|_| PageError::Bug("the salt of a case has another length"))?;
    match desk.kdf.unwrap(seat, code, &salt, case.id.uuid(), &wrap).await {
        Ok(key) => Ok(Ok(Opened { case, key, wrap })),
        Err(NotOpened::Wrong) => Ok(Err(NotEntered::Wrong)),
        Err(NotOpened::Busy(_)) => Err(PageError::Busy),
    }
}

/// Lets in whoever has opened the case, unless other words open it by now.
pub(super) async fn admit(portal: &Portal, comer: Comer, opened: Opened) -> Result<Result<Visit, NotEntered>, PageError> {
    let Opened { case, key, wrap } = opened;
    let visit = Visit::generate();
    let way_in = visit_wrap(case.id, &visit, &key, portal.now().plus(VISIT_LASTS));
    let is_in = portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            // Trying took a while. Whoever gives new words holds the case, too: they find this visit and end it, or this finds theirs.
            cases::store::hold(tx, case.id).await?;
            if store::code_wrap(tx, case.id).await?.as_deref() != Some(wrap.as_slice()) {
                return Ok(false);
            }
            if !cases::store::put_wrap(tx, case.id, &way_in, now).await? {
                return Ok(false);
            }
            comer.give_back(tx).await?;
            notices::notify(tx, &case, "entered", now).await?;
            record(tx, &case, Entry::by(REPORTER).did("case.entered"), now).await?;
            Ok(true)
        })
        .await?;
    Ok(if is_in { Ok(visit) } else { Err(NotEntered::Wrong) })
}
