//! The operator's pages of roles.

mod change;
mod invite;
mod list;
mod person;
mod request;
mod send;

use access::Action::GrantRoles;
use access::{AccountId, OrganizationId, Role, Scope, Standing};
use kernel::{NotText, Text};
use web::{Frame, PageError, Portal, Posted, Routes, Visit, Words};

use super::store::{Held, Request};
use crate::accounts::invitation::StoredRole;

/// The address of the list.
pub(in crate::accounts) const PATH: &str = "/staff/people";

/// The longest reason.
const REASON: usize = 200;

/// The routes of the room.
pub(in crate::accounts) fn routes() -> Routes {
    let at = |rest: &str| format!("{PATH}{rest}");
    Routes::new()
        .get(PATH, GrantRoles, list::list)
        .get(&at("/invitations/new"), GrantRoles, invite::form)
        .post(&at("/invitations/new"), GrantRoles, invite::check)
        .post(&at("/invitations"), GrantRoles, send::send)
        .get(&at("/requests/{id}"), GrantRoles, request::show)
        .post(&at("/requests/{id}"), GrantRoles, request::decide)
        .get(&at("/{account}"), GrantRoles, person::show)
        .get(&at("/{account}/roles/{id}"), GrantRoles, change::form)
        .post(&at("/{account}/roles/{id}"), GrantRoles, change::change)
}

/// Who acts, if their role reaches the whole portal.
pub(in crate::accounts) fn operator(visit: &Visit) -> Result<AccountId, PageError> {
    match (&visit.scope, visit.actor.account()) {
        (Scope::All, Some(account)) => Ok(account),
        _ => Err(PageError::NotFound),
    }
}

pub(in crate::accounts) fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    Frame::new(portal, visit, title).in_office()
}

/// The same one step further down.
pub(in crate::accounts) fn frame_below(portal: &Portal, visit: &Visit, title: String) -> Frame {
    let title_of_list = visit.words().t("roles-title");
    frame(portal, visit, title).crumb(title_of_list, PATH)
}

/// 事務局
pub(in crate::accounts) fn role_word(role: Role, w: Words) -> String {
    match role {
        Role::AssociationEditor => w.t("roles-association-editor"),
        Role::AssociationReleaser => w.t("roles-association-releaser"),
        other => StoredRole(other).name(w),
    }
}

fn standing_word(standing: Standing, w: Words) -> String {
    w.t(&format!("roles-standing-{}", standing.id()))
}

/// The shape that the style sheet draws beside the word.
const fn shape(standing: Standing) -> &'static str {
    match standing {
        Standing::Invited => "later",
        Standing::Accepted => "full",
        Standing::Confirmed => "done",
        Standing::Suspended => "cancelled",
        Standing::Left => "closed",
    }
}

/// Where a role is held: an organization, or the whole portal.
pub(in crate::accounts) fn place_word(id: Option<OrganizationId>, name: Option<&str>, w: Words) -> String {
    match (id, name) {
        (_, Some(name)) => name.to_owned(),
        (Some(_), None) => w.t("roles-place-gone"),
        (None, None) => w.t("roles-place-all"),
    }
}

fn place_of(held: &Held, w: Words) -> String {
    place_word(held.organization, held.organization_name.as_deref(), w)
}

fn place_of_request(request: &Request, w: Words) -> String {
    place_word(request.organization, request.organization_name.as_deref(), w)
}

/// A reason as typed, on one line; or what is wrong with it.
pub(in crate::accounts) fn reason(posted: &Posted, field: &str, w: Words) -> Result<String, String> {
    match Text::<REASON>::new(&kernel::one_line(posted.get(field))) {
        Ok(reason) => Ok(reason.into_string()),
        Err(NotText::Empty) => Err(w.t("roles-reason-empty")),
        Err(NotText::TooLong { length, .. }) => {
            Err(w.with("roles-reason-long", &[("n", &length.to_string()), ("most", &REASON.to_string())]))
        }
    }
}
