//! The pages of kits that were given out: those of an institution, which the secretariat sees as well.

mod export;
mod file;
mod list;
mod result;
mod show;

use access::Action;
use kernel::long_moment;
use web::{PageError, Portal, Routes, Words};

use super::kit::{Kit, KitId};
use super::sealed::MOST_BYTES;
use super::store::{self, ResultLine};
use crate::assignments::pages::Place;

/// A file of results, and the form around it.
const FORM_BYTES: usize = MOST_BYTES + (64 << 10);

/// The routes of kits that were given out.
pub(crate) fn routes() -> Routes {
    let own = place(Routes::new(), "/institutions/{id}/learning/kits", Action::AssignLearning);
    place(own, "/staff/organizations/{id}/learning/kits", Action::OverseeLearning)
}

fn place(routes: Routes, base: &str, action: Action) -> Routes {
    let at = |rest: &str| format!("{base}{rest}");
    routes
        .get(&at(""), action, list::show)
        .post(&at(""), action, list::make)
        .get(&at("/{kit}"), action, show::show)
        .post(&at("/{kit}/package"), action, show::package)
        .upload(&at("/{kit}/files"), action, FORM_BYTES, show::send)
        .get(&at("/{kit}/files/{file}"), action, file::show)
        .post(&at("/{kit}/files/{file}"), action, file::record)
        .get(&at("/{kit}/results/{sitting}"), action, result::show)
        .post(&at("/{kit}/results/{sitting}"), action, result::withdraw)
        .get(&at("/{kit}/results.xlsx"), action, export::workbook)
        .get(&at("/{kit}/results.csv"), action, export::table)
}

/// A kit of the institution of an address.
async fn found(portal: &Portal, place: &Place, id: &str) -> Result<Kit, PageError> {
    let (organization, id) = (place.id(), id.parse::<KitId>().map_err(|_| PageError::NotFound)?);
    portal.db.read(async move |tx| store::kit(tx, organization, id).await).await?.ok_or(PageError::NotFound)
}

/// 15問中12問正解
fn score(line: &ResultLine, w: Words) -> String {
    w.with("learning-record-test", &[("right", &line.right.to_string()), ("asked", &line.asked.to_string())])
}

/// When a result was taken back, by whom and why; empty while it stands.
fn withdrawn(line: &ResultLine, w: Words) -> String {
    let (Some(at), Some(reason)) = (line.withdrawn_at, &line.reason) else { return String::new() };
    let who = line.withdrawn_by.as_deref().unwrap_or_default();
    w.with("in-house-withdrawn-by", &[("moment", &long_moment(at, w.lang)), ("who", who), ("why", reason)])
}
