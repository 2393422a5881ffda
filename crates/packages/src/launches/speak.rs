//! What units say through the record store.

use auth::Token;
use cmi5::{Bounds, Refused, check};
use db::{DbResult, Tx};
use kernel::{Timestamp, Uuid};
use records::{Answering, Forbidden, Pass, Reading, Sessions};
use xapi::Statement;

use super::LASTS;
use super::tell::Telling;
use crate::House;
use crate::course::course;
use crate::package::{LaunchId, RegistrationId};
use crate::store;

/// Knows the launches of units, for the record store.
#[derive(Clone, Debug)]
pub struct Speaking(House);

impl Speaking {
    /// The launches of this house.
    pub const fn of(house: House) -> Self {
        Self(house)
    }
}

impl Sessions for Speaking {
    fn recognize<'a>(&'a self, tx: &'a mut Tx<'_>, session: Uuid, secret: &'a str, now: Timestamp) -> Answering<'a, Option<Pass>> {
        Box::pin(async move {
            let Ok(token) = secret.parse::<Token>() else { return Ok(None) };
            let found = store::by_token(tx, LaunchId::from_uuid(session), &token.digest(), now.minus(LASTS)).await?;
            Ok(found.map(|found| Pass {
                session,
                actor: found.actor_key,
                registration: found.registration.uuid(),
                activity: self.0.unit(found.package, found.unit),
                is_over: found.is_over,
            }))
        })
    }

    fn take<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        pass: &'a Pass,
        statements: &'a [&'a Statement],
        now: Timestamp,
    ) -> Answering<'a, Result<Vec<Statement>, Forbidden>> {
        Box::pin(async move { take(tx, &self.0, pass, statements, now).await })
    }

    fn note<'a>(&'a self, tx: &'a mut Tx<'_>, pass: &'a Pass, reading: Reading) -> Answering<'a, ()> {
        Box::pin(async move {
            // Whoever writes a statement of the same launch waits. It stays open by this, so that its moment says nothing.
            store::lock(tx, RegistrationId::from_uuid(pass.registration)).await?;
            let id = LaunchId::from_uuid(pass.session);
            let Some(launch) = store::launch(tx, id).await? else { return Ok(()) };
            let mut session = launch.progress()?;
            if read(&mut session, reading) { store::say(tx, id, &session, launch.launched_at).await } else { Ok(()) }
        })
    }

    fn knows<'a>(&'a self, tx: &'a mut Tx<'_>, pass: &'a Pass, reading: Reading) -> Answering<'a, bool> {
        Box::pin(async move {
            let Some(launch) = store::launch(tx, LaunchId::from_uuid(pass.session)).await? else { return Ok(true) };
            Ok(!read(&mut launch.progress()?, reading))
        })
    }
}

/// Notes what was read; whether that is news.
fn read(session: &mut cmi5::Session, reading: Reading) -> bool {
    match reading {
        Reading::LaunchData => session.read_launch_data(),
        Reading::Preferences => session.read_preferences(),
    }
}

/// Takes what a unit says, in the order of its timestamps (cmi5 section 9.3), and says what is satisfied by it.
async fn take(
    tx: &mut Tx<'_>,
    house: &House,
    pass: &Pass,
    statements: &[&Statement],
    now: Timestamp,
) -> DbResult<Result<Vec<Statement>, Forbidden>> {
    let ended = || forbidden(&Refused { requirement: cmi5::requirement::TOKEN, what: "the session has ended" });
    let Some(registered) = store::lock(tx, RegistrationId::from_uuid(pass.registration)).await? else { return Ok(Err(ended())) };
    let Some(launch) = store::open_launch(tx, LaunchId::from_uuid(pass.session)).await? else { return Ok(Err(ended())) };
    let (mut session, mut progress) = (launch.progress()?, registered.progress()?);
    let mastery_score = session.mastery_score().cloned();
    let bounds = Bounds {
        actor: &pass.actor,
        registration: pass.registration,
        session: pass.session,
        activity: &pass.activity,
        publisher: &launch.publisher,
        mastery_score: mastery_score.as_ref(),
    };
    let mut sayings = Vec::with_capacity(statements.len());
    for statement in statements {
        match check(statement, &bounds) {
            Ok(saying) => sayings.push(saying),
            Err(refused) => return Ok(Err(forbidden(&refused))),
        }
    }
    sayings.sort_by_key(|saying| saying.at);
    let mut has_achieved = false;
    for saying in sayings {
        match progress.take(launch.unit(), &mut session, saying) {
            Ok(more) => has_achieved |= more,
            Err(refused) => return Ok(Err(forbidden(&refused))),
        }
    }
    store::say(tx, launch.id, &session, now).await?;
    if !has_achieved {
        return Ok(Ok(Vec::new()));
    }
    let Some(course) = course(tx, registered.package).await? else { return Ok(Err(ended())) };
    let parts = progress.settle(&course);
    store::progress(tx, registered.id, &progress, progress.done(&course), now).await?;
    Ok(Ok(Telling::of(house, &registered, pass.session, now).satisfied(&course, &parts)))
}

fn forbidden(refused: &Refused) -> Forbidden {
    Forbidden { requirement: refused.requirement.id().to_owned(), why: refused.what.to_owned() }
}
