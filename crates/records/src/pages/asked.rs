//! A request, whichever way it came.

use access::Action;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use db::Lane;
use percent_encoding::percent_decode_str;
use std::sync::Arc;
use web::{Portal, Visit};
use xapi::{Problem, Refusal, Version, alternate, requirement};

use super::answer::Refused;
use super::credentials::{self, Guest};
use super::{Door, Resource};
use crate::UnderWay;
use crate::sessions::{CourseSessions, Reading};

/// What is asked for, by whom and by which rules.
pub(super) struct Asked {
    pub portal: Portal,
    pub door: Door,
    pub resource: Resource,
    pub version: Version,
    pub method: Method,
    /// Decoded, in order.
    pub parameters: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub guest: Guest,
}

impl Asked {
    /// Reads a request and finds out who asks. `version` becomes the one to answer in, as soon as it is known.
    pub async fn read(
        portal: Portal,
        visit: &Visit,
        request: Request,
        door: Door,
        resource: Resource,
        version: &mut Version,
    ) -> Result<Self, Refused> {
        let (parts, body) = request.into_parts();
        let query = parts.uri.query().unwrap_or_default();
        let parameters: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let mut asked = Self {
            portal,
            door,
            resource,
            version: *version,
            method: parts.method,
            parameters,
            headers: parts.headers,
            body: Bytes::new(),
            guest: Guest::nobody(),
        };
        let most = resource.bytes_max();
        // A form says within itself who sends it. Of nobody else is anything held before it is known who they are.
        let unread = if asked.stands_for_another() {
            asked.body = whole(body, most).await?;
            asked.replace_by_form(query)?;
            None
        } else {
            Some(body)
        };
        let spoken = version_of(door, &asked.headers);
        if let Ok(spoken) = spoken {
            *version = spoken;
        }
        let action = if asked.method.is_safe() { Action::ReadRecords } else { Action::WriteRecords };
        asked.guest = credentials::guest(&asked.portal, visit, &asked.headers, action).await?;
        if let Some(body) = unread {
            asked.body = whole(body, most).await?;
        }
        asked.version = spoken?;
        // Bytes that are no text would be read as other ids than the client means.
        if percent_decode_str(query).decode_utf8().is_err() {
            let problem = Problem::WrongType("text in UTF-8");
            return Err(Refusal { requirement: requirement::PARAMETER_VALUE, path: "?".to_owned(), problem }.into());
        }
        Ok(asked)
    }

    /// Whether this is a form in place of another request, which 1.0.3 has and 2.0.0 has not.
    fn stands_for_another(&self) -> bool {
        let may = match self.door {
            Door::First => true,
            Door::Second => false,
            Door::Either => version_of(self.door, &self.headers) == Ok(Version::V1_0_3),
        };
        may && self.method == Method::POST && self.parameters.iter().any(|(name, _)| name == "method")
    }

    fn replace_by_form(&mut self, query: &str) -> Result<(), Refusal> {
        let form = alternate::read(query, &self.body)?;
        self.method = form.method.parse().unwrap_or(Method::GET);
        self.parameters = form.parameters;
        self.headers.remove(header::CONTENT_TYPE);
        for (name, value) in form.headers {
            // What a header of the request says already, its form does not say otherwise.
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(&value)) {
                self.headers.entry(name).or_insert(value);
            }
        }
        let changes = matches!(self.method, Method::PUT | Method::POST);
        if changes && form.content.is_none() {
            return Err(Refusal { requirement: requirement::ALTERNATE, path: "/content".to_owned(), problem: Problem::Missing("content") });
        }
        if form.content.is_some() {
            self.headers.entry(header::CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
        }
        self.body = form.content.unwrap_or_default().into();
        Ok(())
    }

    /// Notes that a unit of a course package has read something, the first time that it does.
    pub async fn note(&self, reading: Reading) -> Result<(), Refused> {
        let (Some(pass), Some(sessions)) = (self.guest.pass.clone(), self.portal.part::<CourseSessions>()) else { return Ok(()) };
        let asking = (Arc::clone(&sessions), pass.clone());
        let known = self.portal.db.read(async move |tx| asking.0.0.knows(tx, &asking.1, reading).await).await?;
        if !known {
            let note = async move |tx: &mut db::Tx<'_>, _| sessions.0.note(tx, &pass, reading).await;
            self.portal.db.write(Lane::Public, None, note).await?;
        }
        Ok(())
    }

    /// A header as text.
    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Which writes of this process are under way.
    pub fn under_way(&self) -> Arc<UnderWay> {
        self.portal.part().unwrap_or_default()
    }
}

/// A body of at most so many bytes.
async fn whole(body: Body, most: usize) -> Result<Bytes, Refused> {
    to_bytes(body, most).await.map_err(|_| Refused::TooLarge(most))
}

/// By which rules somebody asks.
fn version_of(door: Door, headers: &HeaderMap) -> Result<Version, Refusal> {
    let said: Vec<&HeaderValue> = headers.get_all(xapi::HEADER).iter().collect();
    let refused = |problem| Refusal { requirement: requirement::VERSION_HEADER, path: String::new(), problem };
    let version = match said.as_slice() {
        [] if door == Door::First => return Err(refused(Problem::Missing(xapi::HEADER))),
        [] => return Ok(door.version()),
        [one] => Version::of_header(one.to_str().unwrap_or_default())?,
        _ => return Err(refused(Problem::Repeated(xapi::HEADER))),
    };
    if door != Door::Either && version != door.version() {
        let allowed = if door == Door::First { "1.0.x" } else { "2.0.x" };
        return Err(refused(Problem::NotOneOf { sent: version.header().to_owned(), allowed }));
    }
    Ok(version)
}
