use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use db::Lane;
use serde::{Deserialize, Serialize};
use web::{Page, PageError, Portal, Problem};

use crate::lobby::beat::{Door, Heard, beat as verb, beat_of_screen};
use crate::lobby::seat::{Seat, read_screen};

/// A proof has less than half of this.
const LARGEST: usize = 1_024;

#[derive(Deserialize)]
struct Sent {
    proof: String,
}

/// What the page hears.
#[derive(Serialize)]
struct Said {
    state: &'static str,
    #[serde(flatten)]
    door: Option<Door>,
}

/// Somebody is still there. The proof in the body says who: no cookie is read, so that two tabs of one browser stay two people.
/// Whatever is wrong with a proof, the answer is the same.
pub async fn beat(State(portal): State<Portal>, request: Request<Body>) -> Result<Page, PageError> {
    let unreadable = || PageError::Refused(Problem::Unreadable);
    let body = to_bytes(request.into_body(), LARGEST).await.map_err(|_| unreadable())?;
    let sent: Sent = serde_urlencoded::from_bytes(&body).map_err(|_| unreadable())?;
    let heard = if let Some(seat) = Seat::read(&portal.keys, &sent.proof) {
        portal.db.write(Lane::Public, None, async move |tx, now| verb(tx, seat, now).await).await?
    } else if let Some(viewing) = read_screen(&portal.keys, &sent.proof) {
        portal.db.write(Lane::Public, None, async move |tx, now| beat_of_screen(tx, viewing, now).await).await?
    } else {
        return Err(unreadable());
    };
    let said = match heard {
        Heard::Here(door) => Said { state: "here", door: Some(door) },
        Heard::Over => Said { state: "over", door: None },
        Heard::Gone => Said { state: "gone", door: None },
    };
    Page::json(&said)
}
