//! Packages for programs: `/api/v1/packages/…`. A program with the scope `packages:write` brings packages in, launches units for
//! learners that it names, lets units count as done and ends launches.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use cmi5::{LaunchMode, NotACourse, Reason};
use db::Lane;
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;
use web::{Page, PageError, Portal, Problem, Visit};

use crate::House;
use crate::import::{self, BYTES_MAX};
use crate::launches::{self, NotAbandoned, NotLaunched, NotWaived, Wanted};
use crate::package::{LaunchId, PackageId, RegistrationId};
use crate::register::{NotRegistered, Who, register};

/// The most bytes of a request that is no package.
const BODY_MAX: usize = 64 << 10;

/// A package that was brought in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedBody {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// The publisher's id of the course.
    pub course: String,
    /// How many units it has; a unit is named by its place, from 0.
    pub units: usize,
}

/// Why something was not done.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedBody {
    /// The requirement of cmi5 that is broken, null where it is none of them.
    #[schema(example = "13.1.4.0-1")]
    pub requirement: Option<String>,
    /// What is wrong.
    #[schema(example = "duplicate-unit")]
    pub wrong: String,
    /// Where: an id, a name of an element or of a file.
    pub place: String,
    /// What stands there.
    pub value: String,
    /// The same in a sentence.
    pub message: String,
}

/// A launch that is wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LaunchBody {
    /// The learner: an agent of xAPI that is told by an account.
    #[schema(value_type = Object)]
    pub actor: serde_json::Value,
    /// The registration; without one, or with one that is not there, the learner is registered.
    #[schema(value_type = Option<String>, format = "uuid")]
    #[serde(default)]
    pub registration: Option<kernel::Uuid>,
    /// `Normal`, `Browse` or `Review`; `Normal` where nothing is said.
    #[serde(default)]
    pub mode: Option<String>,
    /// Where the learner goes afterwards.
    #[serde(default)]
    pub return_url: Option<String>,
}

/// A launch.
#[derive(Debug, Serialize, ToSchema)]
pub struct LaunchedBody {
    /// The address that opens the unit, once.
    #[schema(format = "uri")]
    pub url: String,
    /// The session.
    #[schema(format = "uuid")]
    pub session: String,
    /// The registration.
    #[schema(format = "uuid")]
    pub registration: String,
}

/// A unit is to count as done.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverBody {
    /// `Tested Out`, `Equivalent AU`, `Equivalent Outside Activity` or `Administrative`.
    pub reason: String,
}

/// Something was done.
#[derive(Debug, Serialize, ToSchema)]
pub struct DoneBody {
    /// Always true.
    pub done: bool,
}

/// Brings a package in: a ZIP or a `cmi5.xml` as the body.
pub async fn bring_in(State(portal): State<Portal>, visit: Visit, request: Request) -> Result<Page, PageError> {
    let mut draft = portal.objects.draft(u64::try_from(BYTES_MAX).unwrap_or(u64::MAX)).await.map_err(busy)?;
    let mut pieces = request.into_body().into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| PageError::Refused(Problem::Unreadable))?;
        draft.write(&piece).await.map_err(|error| match error {
            objects::NotKept::TooLarge => PageError::Refused(Problem::TooLarge),
            error => busy(error),
        })?;
    }
    draft.close().await.map_err(busy)?;
    let unpacked = match import::unpack(&portal.objects, draft).await.map_err(busy)? {
        Ok(unpacked) => unpacked,
        Err(not) => return refused(&not),
    };
    let (by, course, units) = (visit.actor.label(), unpacked.course.id.clone(), unpacked.course.units().len());
    let id = portal.db.write(Lane::Staff, None, async move |tx, now| import::import(tx, &unpacked, &by, now).await).await?;
    Ok(Page::json(&ImportedBody { id: id.to_string(), course, units })?.status(StatusCode::CREATED))
}

/// Launches a unit for a learner whom the program names.
pub async fn launch(
    State(portal): State<Portal>,
    Path((package, unit)): Path<(String, String)>,
    request: Request,
) -> Result<Page, PageError> {
    let (package, unit): (PackageId, usize) = (place(&package)?, place(&unit)?);
    let wanted: LaunchBody = body(request).await?;
    let Some(mode) = LaunchMode::of(wanted.mode.as_deref().unwrap_or("Normal")) else { return not_done("launch-mode", "no such mode") };
    let who = match Who::named(wanted.actor.to_string()) {
        Ok(who) => who,
        Err(not) => return not_registered(not),
    };
    let house = house(&portal)?;
    let write = async move |tx: &mut db::Tx<'_>, now| {
        let id = wanted.registration.map(RegistrationId::from_uuid);
        let registered = match register(tx, (&*house, package), &who, id, now).await? {
            Ok(registered) => registered,
            Err(not) => return tx.refuse(Err(Not::Registered(not))),
        };
        let launch = Wanted { registration: registered.id, unit, mode, return_url: wanted.return_url.clone() };
        // What is refused has undone the registration, too.
        Ok(launches::begin(tx, &house, &launch, now).await?.map_err(Not::Launched))
    };
    match portal.db.write(Lane::Public, None, write).await? {
        Ok(launched) => Page::json(&LaunchedBody {
            url: launched.url,
            session: launched.id.to_string(),
            registration: launched.registration.to_string(),
        }),
        Err(Not::Registered(not)) => not_registered(not),
        Err(Not::Launched(NotLaunched::NoUnit | NotLaunched::NoRegistration | NotLaunched::NoPackage)) => Err(PageError::NotFound),
        Err(Not::Launched(not @ NotLaunched::NoHost)) => not_done("no-host", &not.to_string()),
    }
}

/// Lets a unit count as done.
pub async fn waive(
    State(portal): State<Portal>,
    visit: Visit,
    Path((registration, unit)): Path<(String, String)>,
    request: Request,
) -> Result<Page, PageError> {
    let (registration, unit): (RegistrationId, usize) = (place(&registration)?, place(&unit)?);
    let (wanted, house, by): (WaiverBody, _, _) = (body(request).await?, house(&portal)?, visit.actor.label());
    let Some(reason) = Reason::of(&wanted.reason) else {
        return not_done("reason", &format!("the reason is none of: {}", Reason::ALL.map(Reason::id).join(", ")));
    };
    let write = async move |tx: &mut db::Tx<'_>, now| launches::waive(tx, &house, (registration, unit), (reason, ""), &by, now).await;
    match portal.db.write(Lane::Staff, None, write).await? {
        Ok(()) => Page::json(&DoneBody { done: true }),
        Err(NotWaived::NoRegistration | NotWaived::Refused(cmi5::NotWaived::NoUnit)) => Err(PageError::NotFound),
        Err(not @ NotWaived::Refused(cmi5::NotWaived::Already)) => not_done("waived", &not.to_string()),
        Err(not @ NotWaived::Refused(cmi5::NotWaived::Satisfied)) => not_done("satisfied", &not.to_string()),
    }
}

/// Ends a launch out of order.
pub async fn abandon(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let (id, house, by): (LaunchId, _, _) = (place(&id)?, house(&portal)?, visit.actor.label());
    let write = async move |tx: &mut db::Tx<'_>, now| launches::abandon(tx, &house, id, &by, now).await;
    match portal.db.write(Lane::Staff, None, write).await? {
        Ok(()) => Page::json(&DoneBody { done: true }),
        Err(NotAbandoned::NoLaunch) => Err(PageError::NotFound),
        Err(not @ NotAbandoned::Ended) => not_done("ended", &not.to_string()),
    }
}

/// Why no launch came of a request.
#[derive(Serialize, Deserialize)]
enum Not {
    Registered(NotRegistered),
    Launched(NotLaunched),
}

fn not_registered(not: NotRegistered) -> Result<Page, PageError> {
    match not {
        NotRegistered::NoPackage => Err(PageError::NotFound),
        NotRegistered::OfAnother => not_done("registration", &not.to_string()),
        NotRegistered::NoAccount => not_done("actor", &not.to_string()),
    }
}

/// A package that is none, by the requirement that it breaks.
fn refused(not: &NotACourse) -> Result<Page, PageError> {
    let body = RefusedBody {
        requirement: Some(not.requirement().id().to_owned()),
        wrong: not.wrong.id().to_owned(),
        place: not.place.clone(),
        value: not.value.clone(),
        message: not.to_string(),
    };
    Ok(Page::json(&body)?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

fn not_done(wrong: &str, message: &str) -> Result<Page, PageError> {
    let body =
        RefusedBody { requirement: None, wrong: wrong.to_owned(), place: String::new(), value: String::new(), message: message.to_owned() };
    Ok(Page::json(&body)?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// A value of the address.
fn place<T: std::str::FromStr>(text: &str) -> Result<T, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// The JSON of a request.
async fn body<T: DeserializeOwned>(request: Request) -> Result<T, PageError> {
    let bytes: Bytes = to_bytes(Body::new(request.into_body()), BODY_MAX).await.map_err(|_| PageError::Refused(Problem::TooLarge))?;
    serde_json::from_slice(&bytes).map_err(|_| PageError::Refused(Problem::Unreadable))
}

pub(crate) fn house(portal: &Portal) -> Result<Arc<House>, PageError> {
    portal.part::<House>().ok_or(PageError::Bug("the portal was put together without packages"))
}

pub(crate) fn busy(error: objects::NotKept) -> PageError {
    tracing::error!(%error, "a file of a package could not be kept");
    PageError::Busy
}
