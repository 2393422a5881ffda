//! The store as HTTP, exactly as the specifications have it: every resource at three addresses.

mod about;
mod answer;
mod asked;
mod bounds;
mod credentials;
mod documents;
mod found;
mod pace;
mod parameters;
mod taken;

use access::Action;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::response::{IntoResponse as _, Response};
use web::{Portal, Routes, Visit};
use xapi::Version;

use answer::{Answer, Refused, speaking};
use asked::Asked;

pub use pace::Pace;

/// At which address somebody asks, and so by which rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// `/xapi/1.0.3`, where the header has to say 1.0.x.
    First,
    /// `/xapi/2.0.0`, where no header is needed.
    Second,
    /// `/xapi`, where the header decides, and 2.0.0 is spoken without one.
    Either,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Resource {
    About,
    Statements,
    Activities,
    Agents,
    States,
    ActivityProfiles,
    AgentProfiles,
}

impl Door {
    const ALL: [Self; 3] = [Self::First, Self::Second, Self::Either];

    /// Where it is.
    const fn path(self) -> &'static str {
        match self {
            Self::First => "/xapi/1.0.3",
            Self::Second => "/xapi/2.0.0",
            Self::Either => "/xapi",
        }
    }

    /// What is spoken where nothing is said.
    const fn version(self) -> Version {
        match self {
            Self::First => Version::V1_0_3,
            Self::Second | Self::Either => Version::V2_0_0,
        }
    }
}

impl Resource {
    const ALL: [Self; 7] =
        [Self::About, Self::Statements, Self::Activities, Self::Agents, Self::States, Self::ActivityProfiles, Self::AgentProfiles];

    const fn path(self) -> &'static str {
        match self {
            Self::About => "/about",
            Self::Statements => "/statements",
            Self::Activities => "/activities",
            Self::Agents => "/agents",
            Self::States => "/activities/state",
            Self::ActivityProfiles => "/activities/profile",
            Self::AgentProfiles => "/agents/profile",
        }
    }

    /// GET answers HEAD as well. A POST may stand for any other request at the first door.
    fn methods(self, door: Door) -> Vec<Method> {
        match self {
            Self::About => vec![Method::GET],
            Self::Statements => vec![Method::GET, Method::PUT, Method::POST],
            Self::Activities | Self::Agents if door == Door::Second => vec![Method::GET],
            Self::Activities | Self::Agents => vec![Method::GET, Method::POST],
            Self::States | Self::ActivityProfiles | Self::AgentProfiles => vec![Method::GET, Method::PUT, Method::POST, Method::DELETE],
        }
    }

    /// The most bytes of a request.
    pub const fn bytes_max(self) -> usize {
        match self {
            Self::Statements => 16 << 20,
            Self::States | Self::ActivityProfiles | Self::AgentProfiles => 4 << 20,
            Self::About | Self::Activities | Self::Agents => 64 << 10,
        }
    }
}

/// The addresses of the store.
pub fn routes() -> Routes {
    let mut routes = crate::office::routes().merge(crate::mine::routes()).merge(crate::forward::routes());
    for door in Door::ALL {
        for resource in Resource::ALL {
            let path = format!("{}{}", door.path(), resource.path());
            let action = if resource == Resource::About { Action::ReadPublic } else { Action::ReachRecords };
            for method in resource.methods(door) {
                let handler =
                    move |State(portal): State<Portal>, visit: Visit, request: Request| serve(portal, visit, request, door, resource);
                routes = routes.machine_by(method, &path, action, resource.bytes_max(), handler);
            }
        }
    }
    routes
}

async fn serve(portal: Portal, visit: Visit, request: Request, door: Door, resource: Resource) -> Response {
    if resource == Resource::About {
        return speaking(door.version(), about::about().into_response());
    }
    let mut version = door.version();
    let outcome = match Asked::read(portal, &visit, request, door, resource, &mut version).await {
        Ok(asked) => within_bounds(&asked).await,
        Err(refused) => Err(refused),
    };
    speaking(version, outcome.map_or_else(Refused::answer, Answer::into_response))
}

/// A unit of a course package stays within its session, and what it reads is noted.
async fn within_bounds(asked: &Asked) -> Result<Answer, Refused> {
    bounds::check(asked)?;
    let answer = act(asked).await;
    let has_read = asked.method.is_safe() && matches!(&answer, Ok(_) | Err(Refused::Missing));
    if let (Some(reading), true) = (bounds::reading(asked), has_read) {
        asked.note(reading).await?;
    }
    answer
}

async fn act(asked: &Asked) -> Result<Answer, Refused> {
    let (resource, method) = (asked.resource, asked.method.as_str());
    match (resource, method) {
        (Resource::Statements, "GET" | "HEAD") => found::get(asked).await,
        (Resource::Statements, "PUT") => taken::put(asked).await,
        (Resource::Statements, "POST") => taken::post(asked).await,
        (Resource::Activities, "GET" | "HEAD") => about::activity(asked).await,
        (Resource::Agents, "GET" | "HEAD") => about::person(asked).await,
        (Resource::States | Resource::ActivityProfiles | Resource::AgentProfiles, "GET" | "HEAD") => documents::get(asked).await,
        (Resource::States | Resource::ActivityProfiles | Resource::AgentProfiles, "PUT" | "POST") => documents::put(asked).await,
        (Resource::States | Resource::ActivityProfiles | Resource::AgentProfiles, "DELETE") => documents::delete(asked).await,
        // Only a form that stands for another request gets here.
        _ => Err(web::PageError::Refused(web::Problem::BadMethod).into()),
    }
}
