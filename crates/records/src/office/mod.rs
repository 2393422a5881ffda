//! The pages of the store for those who run it: what is in it, statement by statement, and the programs that may speak to it.

mod clients;
mod end;
mod explore;
mod make;
mod show;
mod told;
mod who;

pub(crate) use told::Told;

use access::Action::{KeepRecordClients, SeeRecords};
use access::{OrganizationId, Scope};
use db::{DbResult, Tx};
use people::organizations;
use web::{Frame, PageError, Portal, Routes, Visit};

/// The address of the statements.
pub(crate) const PATH: &str = "/staff/records";
/// The address of the programs.
const CLIENTS: &str = "/staff/records/clients";

/// The routes of the room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/staff/records", SeeRecords, explore::explore)
        .get("/staff/records/statements/{id}", SeeRecords, show::show)
        .get("/staff/records/clients", KeepRecordClients, clients::list)
        .get("/staff/records/clients/new", KeepRecordClients, make::form)
        .post("/staff/records/clients", KeepRecordClients, make::make)
        .get("/staff/records/clients/{id}/end", KeepRecordClients, end::form)
        .post("/staff/records/clients/{id}/end", KeepRecordClients, end::end_it)
}

/// The store belongs to the portal as a whole: a role for a part of the tree does not reach it.
pub(crate) fn reaches(visit: &Visit) -> Result<(), PageError> {
    if visit.scope == Scope::All { Ok(()) } else { Err(PageError::NotFound) }
}

pub(crate) fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    Frame::new(portal, visit, title).in_office()
}

/// The organization of a code that was typed, with its name; the portal itself where nothing was, and nothing where no
/// organization has it.
pub(crate) async fn whose(tx: &mut Tx<'_>, code: &str) -> DbResult<Option<(Option<OrganizationId>, String)>> {
    if code.is_empty() {
        return Ok(Some((None, String::new())));
    }
    let found = organizations::by_code(tx, code).await?;
    Ok(found.map(|found| (Some(found.id), found.name)))
}
