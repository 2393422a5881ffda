use auth::Token;
use cmi5::vocabulary::LAUNCH_DATA;
use cmi5::{Course, LaunchMode, Session};
use db::{DbResult, Tx};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use xapi::Statement;

use super::abandon::leave_open;
use super::tell::Telling;
use crate::House;
use crate::course::course;
use crate::package::{LaunchId, Registered, RegistrationId};
use crate::store::{self, NewLaunch};

/// What is to be launched.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// For whom.
    pub registration: RegistrationId,
    /// The place of the unit in the course.
    pub unit: usize,
    /// For what.
    pub mode: LaunchMode,
    /// Where the learner goes afterwards.
    pub return_url: Option<String>,
}

/// A unit that was launched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launched {
    /// The launch, which cmi5 calls a session.
    pub id: LaunchId,
    /// The registration.
    pub registration: RegistrationId,
    /// The address by which it is opened. It holds a secret, and is shown once.
    pub url: String,
}

/// Why nothing is launched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NotLaunched {
    /// Packages have no host here.
    #[error("no host is set for packages")]
    NoHost,
    /// There is no such registration.
    #[error("there is no such registration")]
    NoRegistration,
    /// The package was deleted.
    #[error("the package was deleted")]
    NoPackage,
    /// The course has no such unit.
    #[error("the course has no such unit")]
    NoUnit,
}

/// Launches a unit (cmi5 section 8.1): what is open in the registration is abandoned, the launch data are put down, Launched is
/// said, and only then anybody knows the address. Where nothing is launched, all that the transaction has done is undone.
pub async fn begin(tx: &mut Tx<'_>, house: &House, wanted: &Wanted, now: Timestamp) -> DbResult<Result<Launched, NotLaunched>> {
    if !house.has_host() {
        return tx.refuse(Err(NotLaunched::NoHost));
    }
    let Some(registered) = store::lock(tx, wanted.registration).await? else { return tx.refuse(Err(NotLaunched::NoRegistration)) };
    if !store::hold(tx, registered.package).await? {
        return tx.refuse(Err(NotLaunched::NoPackage));
    }
    let Some(course) = course(tx, registered.package).await? else { return tx.refuse(Err(NotLaunched::NoPackage)) };
    if wanted.unit >= course.units().len() {
        return tx.refuse(Err(NotLaunched::NoUnit));
    }
    let mut said = leave_open(tx, house, &registered, &course, now).await?;
    let launched = launch(tx, (house, &*course), &registered, wanted, &mut said, now).await?;
    records::keep_own(tx, house.base_url(), said, now).await?;
    Ok(Ok(launched))
}

async fn launch(
    tx: &mut Tx<'_>,
    (house, course): (&House, &Course),
    registered: &Registered,
    wanted: &Wanted,
    said: &mut Vec<Statement>,
    now: Timestamp,
) -> DbResult<Launched> {
    let (id, fetch, label) = (LaunchId::new(now), Token::random(), label());
    let unit = course.units()[wanted.unit];
    let activity = house.unit(registered.package, unit.position);
    let (endpoint, fetch_url, base) = (house.endpoint(), house.fetch(&fetch.text()), house.files(&label));
    let launch = cmi5::Launch {
        unit,
        mode: wanted.mode,
        session: id.uuid(),
        registration: registered.id.uuid(),
        actor: &registered.actor,
        activity: &activity,
        endpoint: &endpoint,
        fetch: &fetch_url,
        base: &base,
        return_url: wanted.return_url.as_deref(),
    };
    let session = Session::launched(wanted.mode, unit.mastery_score.clone());
    let new = NewLaunch {
        id,
        registration: registered.id,
        unit: unit.position,
        publisher: &unit.id,
        session: &session,
        host: &label,
        fetch: &fetch.digest(),
    };
    store::add_launch(tx, &new, now).await?;
    let place = (activity.as_str(), registered.actor_key.as_str(), registered.id.uuid());
    records::put_state(tx, place, LAUNCH_DATA, &launch.data(), now).await?;
    said.push(Telling::of(house, registered, id.uuid(), now).launched(&launch));
    Ok(Launched { id, registration: registered.id, url: launch.launch_url() })
}

/// A name that nobody guesses, and that a host can have.
fn label() -> String {
    hex::encode(&Token::random().as_bytes()[..16])
}
