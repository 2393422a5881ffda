//! The pages of recovery: asking, stopping, the link, the new way, and the rooms of those who confirm that it is the person.

mod ask;
mod cancel;
mod decide;
mod link;
mod queue;
mod renewal;
mod renewal_codes;

use access::Action::{ApproveRecoveries, GrantRoles, KeepMyAccount, SignIn};
use access::{AccountId, Scope};
use axum::http::StatusCode;
use web::{Frame, Page, PageError, Portal, Routes, Section, Visit, Words};

use super::approve::By;
use super::life::{Recovery, State};
use super::need::{Reach, Way};
use super::store::Holding;
use crate::accounts::pages::link::OverPage;
use crate::accounts::roles::pages::{frame_below, operator, place_word, role_word};

/// The room of operators.
const STAFF: &str = "/staff/people/recoveries";

/// The room of institutions and associations.
const NEAR: &str = "/recoveries";

/// The routes of recovery.
pub(in crate::accounts) fn routes() -> Routes {
    Routes::new()
        .get("/recovery", SignIn, ask::show)
        .post("/recovery", SignIn, ask::ask)
        .get("/recovery/cancel/{token}", SignIn, cancel::show)
        .post("/recovery/cancel/{token}", SignIn, cancel::cancel)
        .get("/recovery/link/{token}", SignIn, link::show)
        .post("/recovery/link/{token}", SignIn, link::open)
        .get("/recovery/renewal", KeepMyAccount, renewal::show)
        .post("/recovery/renewal/question", KeepMyAccount, renewal::question)
        .post("/recovery/renewal/passkey", KeepMyAccount, renewal::by_passkey)
        .post("/recovery/renewal/passphrase", KeepMyAccount, renewal_codes::stage)
        .get("/recovery/renewal/codes", KeepMyAccount, renewal_codes::show)
        .post("/recovery/renewal/codes", KeepMyAccount, renewal_codes::confirm)
        .get(STAFF, GrantRoles, queue::of_operators)
        .get(&format!("{STAFF}/{{id}}"), GrantRoles, decide::show)
        .post(&format!("{STAFF}/{{id}}"), GrantRoles, decide::decide)
        .get(NEAR, ApproveRecoveries, queue::of_a_place)
        .get(&format!("{NEAR}/{{id}}"), ApproveRecoveries, decide::show)
        .post(&format!("{NEAR}/{{id}}"), ApproveRecoveries, decide::decide)
}

/// In which of the two rooms somebody stands, and who they are there.
struct Room {
    by: By,
    path: &'static str,
}

impl Room {
    fn of(visit: &Visit) -> Result<Self, PageError> {
        let by = By::of(&visit.actor).ok_or(PageError::SignInFirst)?;
        if visit.path.starts_with(STAFF) {
            operator(visit)?;
            return Ok(Self { by, path: STAFF });
        }
        match visit.scope {
            Scope::All | Scope::Subtrees(_) => Ok(Self { by, path: NEAR }),
            _ => Err(PageError::NotFound),
        }
    }

    fn is_near(&self) -> bool {
        self.path == NEAR
    }

    /// Whether what somebody decides in this way is decided in this room.
    fn has(&self, way: Way) -> bool {
        !self.is_near() || way != Way::Operator
    }

    fn frame(&self, portal: &Portal, visit: &Visit, title: String) -> Frame {
        let w = visit.words();
        if self.is_near() {
            return Frame::new(portal, visit, title).in_section(Section::My).with_desk().crumb(w.t("menu-my"), "/my");
        }
        frame_below(portal, visit, title)
    }
}

/// 事務局（ポータル全体）
fn holdings_of<'a>(recovery: &'a Recovery, all: &'a [Holding], w: Words) -> Vec<(String, String)> {
    let theirs = all.iter().filter(|holding| holding.recovery == recovery.id);
    theirs
        .map(|holding| (role_word(holding.role.0, w), place_word(holding.organization, holding.organization_name.as_deref(), w)))
        .collect()
}

fn reaches_among(all: &[(AccountId, Reach)], account: AccountId) -> Vec<Reach> {
    all.iter().filter(|(of, _)| *of == account).map(|(_, reach)| reach.clone()).collect()
}

/// The word of a state, and the shape that the style sheet draws beside it.
fn state_word(recovery: &Recovery, w: Words, now: kernel::Timestamp) -> (&'static str, String) {
    match recovery.state(now) {
        State::Asked => ("arranging", w.t("recovery-state-asked")),
        State::Held => ("later", w.t("recovery-state-held")),
        State::Ready => ("open", w.t("recovery-state-ready")),
        State::Opened => ("open", w.t("recovery-state-opened")),
        State::Over(_) => ("closed", w.t("recovery-state-over")),
    }
}

/// A page that says that something is over, or was stopped.
fn over(portal: &Portal, visit: &Visit, title: &str, text: &str, status: StatusCode) -> Result<Page, PageError> {
    let w = visit.words();
    let frame = Frame::new(portal, visit, w.t(title)).here();
    Ok(Page::html(&OverPage { frame, text: w.t(text) })?.status(status))
}
