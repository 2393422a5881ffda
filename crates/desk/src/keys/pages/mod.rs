//! Pages of the keys. What is secret happens in the browser (`assets/js/desk-keys.js`, `desk-glass.js`); forms carry wraps alone.

mod break_glass;
mod deletion;
mod epoch;
mod glass;
mod mine;
mod proofs;
mod show;

use access::Action;
use kernel::{Uuid, long_moment as moment};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use web::{Frame, Page, PageError, Portal, Posted, Problem, Routes, Visit};

/// The address of the overview.
const PATH: &str = "/desk/keys";

/// The routes of the keys.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get(PATH, Action::SeeDesk, show::show)
        .get("/desk/keys/mine", Action::WorkCase, mine::form)
        .post("/desk/keys/mine", Action::WorkCase, mine::make)
        .get("/desk/keys/epoch", Action::LeadDesk, epoch::form)
        .post("/desk/keys/epoch", Action::LeadDesk, epoch::begin)
        .get("/desk/keys/cases", Action::LeadDesk, epoch::batch)
        .post("/desk/keys/cases", Action::LeadDesk, epoch::rewrap)
        .get("/desk/keys/proofs", Action::WorkCase, proofs::batch)
        .post("/desk/keys/proofs", Action::WorkCase, proofs::prove)
        .get("/desk/keys/glass", Action::LeadDesk, glass::form)
        .post("/desk/keys/glass", Action::LeadDesk, glass::make)
        .get("/desk/keys/emergency", Action::LeadDesk, break_glass::form)
        .post("/desk/keys/emergency", Action::LeadDesk, break_glass::ask)
        .get("/desk/keys/emergency/{id}", Action::LeadDesk, break_glass::shares)
        .post("/desk/keys/emergency/{id}", Action::LeadDesk, break_glass::let_in)
        .get("/desk/keys/deletion", Action::LeadDesk, deletion::form)
        .post("/desk/keys/deletion", Action::LeadDesk, deletion::delete)
        .get("/desk/keys/deletion/{number}", Action::LeadDesk, deletion::certificate)
}

fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    crate::desk_pages::frame(portal, visit, title).crumb(visit.words().t("work-queue-title"), "/desk")
}

/// A page below the overview.
fn inner(portal: &Portal, visit: &Visit, key: &str) -> Frame {
    let w = visit.words();
    frame(portal, visit, w.t(key)).crumb(w.t("desk-keys-title"), PATH).here()
}

/// What a script of ours sent in a field, as JSON.
fn sent<T: DeserializeOwned>(posted: &Posted, field: &str) -> Result<T, PageError> {
    serde_json::from_str(posted.get(field)).map_err(|_| PageError::Refused(Problem::Unreadable))
}

/// From where on a script asks for more, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
struct After {
    after: String,
}

impl After {
    /// The last that was there before; nothing stands before the first.
    fn id(&self) -> Result<Uuid, PageError> {
        if self.after.is_empty() { Ok(Uuid::nil()) } else { self.after.parse().map_err(|_| PageError::NotFound) }
    }
}

/// What became of it, for the script: `{}`, or `{"refused": words}`.
#[derive(Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<i64>,
}

impl Answer {
    fn done() -> Result<Page, PageError> {
        Page::json(&Self { refused: None, left: None })
    }

    fn left(left: i64) -> Result<Page, PageError> {
        Page::json(&Self { refused: None, left: Some(left) })
    }

    fn refused(words: String) -> Result<Page, PageError> {
        Page::json(&Self { refused: Some(words), left: None })
    }
}
