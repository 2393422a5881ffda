//! The staff's pages of texts that go public: list, one text with its way, writing, publishing, withdrawing.

mod act;
mod edit;
mod list;
mod show;

pub use act::{approve, give_back, publish, publish_form, request, withdraw, withdraw_form};
pub use edit::{create, edit, new, save};
pub use list::list;
pub use show::show;

use kernel::Timestamp;
use web::{Frame, PageError, Portal, Posted, Visit, Words};

use super::room::Room;
use super::save::Seen;
use super::version::TextId;

/// The title of a room's list, in the visit's language.
fn room_title<R: Room>(w: Words) -> String {
    w.t(&format!("{}-staff-title", R::WORDS))
}

fn frame<R: Room>(portal: &Portal, visit: &Visit, title: String) -> Frame {
    let w = visit.words();
    Frame::new(portal, visit, title).in_office().crumb(room_title::<R>(w), R::PATH).here()
}

fn text_id(id: &str) -> Result<TextId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

/// The version that a form was made of.
fn seen(posted: &Posted) -> Option<Seen> {
    let saved_at: i64 = posted.get("saved").parse().ok()?;
    Some(Seen { version: posted.get("version").parse().ok()?, saved_at: Timestamp::from_micros(saved_at) })
}

/// Who did something, by role: the trail holds no names. The reader's own steps say so.
fn who(actor: &str, role: &str, visit: &Visit) -> String {
    let w = visit.words();
    let role = if role.is_empty() { w.t("approval-by-portal") } else { w.t(&format!("role-{}", role.replace('_', "-"))) };
    if actor == visit.actor.label() { w.one("approval-by-you", "role", &role) } else { role }
}
