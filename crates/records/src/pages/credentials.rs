//! Who asks: a client with its key and secret, or a token of the portal's API.

use access::{Action, Actor, Decision, Refusal, Who};
use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Uuid;
use web::{Portal, Visit};
use xapi::Json;
use xapi::json::Object;

use super::Pace;
use super::answer::Refused;
use crate::Room;
use crate::clients::{self, SCOPES};
use crate::sessions::{CourseSessions, Pass};
use crate::statements::Voucher;

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Guest {
    pub room: Room,
    /// As the audit trail names them.
    label: String,
    /// As statements name them: the account of this system.
    name: String,
    /// The session of a course package, if it is one that asks.
    pub pass: Option<Pass>,
}

impl Guest {
    /// Nobody yet.
    pub const fn nobody() -> Self {
        Self { room: Room::PORTAL, label: String::new(), name: String::new(), pass: None }
    }

    /// Who vouches for what they store.
    pub fn voucher(&self, portal: &Portal) -> Voucher {
        let mut account = Object::new();
        account.insert("homePage", portal.site.base_url.as_str());
        account.insert("name", self.name.as_str());
        let mut agent = Object::new();
        agent.insert("objectType", "Agent");
        agent.insert("account", account);
        Voucher { room: self.room, label: self.label.clone(), authority: Json::Object(agent) }
    }

    /// As the audit trail names them.
    pub fn label(&self) -> &str {
        &self.label
    }
}

/// Finds out who asks, and whether they may do this.
pub(super) async fn guest(portal: &Portal, visit: &Visit, headers: &HeaderMap, action: Action) -> Result<Guest, Refused> {
    let pace = portal.part::<Pace>().unwrap_or_default();
    let (actor, guest) = match &visit.actor.who {
        Who::Program { token, .. } => {
            let label = visit.actor.label();
            (Actor::clone(&visit.actor), Guest { room: Room::PORTAL, name: token.to_string(), label, pass: None })
        }
        _ => client(portal, visit, headers, &pace).await?,
    };
    if !pace.allows(actor.token().map_or(Uuid::nil(), access::ApiTokenId::uuid), visit.now) {
        return Err(Refused::TooMany);
    }
    match portal.matrix.may(&actor, action, None, visit.now) {
        Decision::Allowed(_) => Ok(guest),
        Decision::Refused(Refusal::Hidden) => Err(Refused::OutOfScope),
        Decision::Refused(Refusal::SignInFirst | Refusal::StepUpFirst) => Err(Refused::NoCredentials),
    }
}

async fn client(portal: &Portal, visit: &Visit, headers: &HeaderMap, pace: &Pace) -> Result<(Actor, Guest), Refused> {
    let (scheme, key, secret) = shown(headers).ok_or(Refused::NoCredentials)?;
    let tried = Room::PORTAL.key("tried", &[&key]);
    if !pace.allows_a_try(tried, visit.now) {
        return Err(Refused::TooMany);
    }
    if let Some(known) = session(portal, visit, &key, &secret).await? {
        return Ok(known);
    }
    if scheme != Scheme::Basic {
        pace.failed(tried, visit.now);
        return Err(Refused::NoCredentials);
    }
    let found = portal.db.glance(async move |tx| clients::recognize(tx, &key, &secret).await).await?;
    let Some(client) = found else {
        pace.failed(tried, visit.now);
        return Err(Refused::NoCredentials);
    };
    let guest = Guest { room: client.room(), label: format!("record-client:{}", client.id), name: client.key.clone(), pass: None };
    Ok((client.actor(), guest))
}

/// A session of a course package, whose id is its key.
async fn session(portal: &Portal, visit: &Visit, key: &str, secret: &str) -> Result<Option<(Actor, Guest)>, Refused> {
    let (Some(id), Some(sessions)) = (xapi::parse_uuid(key), portal.part::<CourseSessions>()) else { return Ok(None) };
    let (secret, now) = (secret.to_owned(), visit.now);
    let pass = portal.db.glance(async move |tx| sessions.0.recognize(tx, id, &secret, now).await).await?;
    Ok(pass.map(|pass| {
        let who = Who::Program { scopes: SCOPES.map(str::to_owned).to_vec(), token: pass.session };
        let actor = Actor { who, memberships: Vec::new(), application: None };
        let label = format!("package-session:{}", pass.session);
        (actor, Guest { room: Room::PORTAL, name: pass.session.to_string(), label, pass: Some(pass) })
    }))
}

/// How somebody shows a key and a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Basic,
    Bearer,
}

/// The key and the secret of Basic authentication (RFC 7617). Some units of course packages show the same as Bearer.
fn shown(headers: &HeaderMap) -> Option<(Scheme, String, String)> {
    let (scheme, shown) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let scheme = [(Scheme::Basic, "Basic"), (Scheme::Bearer, "Bearer")].into_iter().find(|(_, name)| name.eq_ignore_ascii_case(scheme))?.0;
    let bytes = STANDARD.decode(shown.trim()).ok()?;
    let (key, secret) = std::str::from_utf8(&bytes).ok()?.split_once(':')?;
    Some((scheme, key.to_owned(), secret.to_owned()))
}
