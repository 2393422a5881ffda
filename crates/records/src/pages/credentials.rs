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
use crate::clients;
use crate::statements::Voucher;

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Guest {
    pub room: Room,
    /// As the audit trail names them.
    label: String,
    /// As statements name them: the account of this system.
    name: String,
}

impl Guest {
    /// Nobody yet.
    pub const fn nobody() -> Self {
        Self { room: Room::PORTAL, label: String::new(), name: String::new() }
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
            (Actor::clone(&visit.actor), Guest { room: Room::PORTAL, name: token.to_string(), label })
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
    let (key, secret) = basic(headers).ok_or(Refused::NoCredentials)?;
    let tried = Room::PORTAL.key("tried", &[&key]);
    if !pace.allows_a_try(tried, visit.now) {
        return Err(Refused::TooMany);
    }
    let found = portal.db.glance(async move |tx| clients::recognize(tx, &key, &secret).await).await?;
    let Some(client) = found else {
        pace.failed(tried, visit.now);
        return Err(Refused::NoCredentials);
    };
    let guest = Guest { room: client.room(), label: format!("record-client:{}", client.id), name: client.key.clone() };
    Ok((client.actor(), guest))
}

/// The key and the secret of Basic authentication (RFC 7617).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, shown) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let bytes = scheme.eq_ignore_ascii_case("Basic").then(|| STANDARD.decode(shown.trim()).ok())??;
    let (key, secret) = std::str::from_utf8(&bytes).ok()?.split_once(':')?;
    Some((key.to_owned(), secret.to_owned()))
}
