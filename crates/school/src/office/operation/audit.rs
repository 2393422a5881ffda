use askama::Template;
use axum::extract::{Query, State};
use journal::audit::{Filter, entries};
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit};

use super::super::applicants::{Happened, happened};
use super::super::desk;

/// Which entries, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    act: String,
    actor: String,
    before: String,
}

#[derive(Template)]
#[template(path = "office/operation/audit.html")]
struct AuditPage {
    frame: Frame,
    act: String,
    actor: String,
    acts: Vec<(&'static str, String)>,
    history: Vec<Happened>,
    pager: Pager,
}

/// The acts that can be looked for, which have words.
const ACTS: [&str; 133] = [
    "applications.applied",
    "applications.moved",
    "applications.cancelled",
    "applications.restored",
    "applications.promoted",
    "applications.series_cancelled",
    "applications.exported",
    "applications.imported",
    "applications.read_by_program",
    "offers.made",
    "offers.taken",
    "offers.declined",
    "offers.left",
    "offers.over",
    "sessions.added",
    "sessions.changed",
    "sessions.called_off",
    "sessions.lecturers",
    "courses.changed",
    "plans.begun",
    "plans.requested",
    "plans.returned",
    "plans.approved",
    "plans.published",
    "plans.abandoned",
    "programmes.made",
    "programmes.cloned",
    "programmes.imported",
    "figures.report_issued",
    "mails.retried",
    "mails.retired",
    "jobs.retried",
    "jobs.retired",
    "tokens.issued",
    "tokens.ended",
    "records.client.made",
    "records.client.ended",
    "accounts.signed_in",
    "accounts.stepped_up",
    "accounts.changed",
    "accounts.invited",
    "accounts.accepted",
    "accounts.confirmed",
    "roles.requested",
    "roles.approved",
    "roles.refused",
    "roles.excepted",
    "roles.given_alone",
    "roles.suspended",
    "roles.reinstated",
    "roles.ended",
    "inquiries.received",
    "inquiries.taken",
    "inquiries.answered",
    "inquiries.noted",
    "inquiries.closed",
    "inquiries.reopened",
    "inquiries.forgotten",
    "texts.saved",
    "texts.requested",
    "texts.returned",
    "texts.approved",
    "texts.published",
    "texts.withdrawn",
    "texts.imported",
    "settings.changed",
    "letters.loaded",
    "organizations.imported",
    "lists.imported",
    "archive.opening_set",
    "archive.film_taken",
    "archive.captions_changed",
    "archive.details_changed",
    "archive.published",
    "archive.withdrawn",
    "archive.material_added",
    "archive.material_replaced",
    "archive.material_withdrawn",
    "archive.joined",
    "archive.completed",
    "courses.begun",
    "courses.saved",
    "courses.requested",
    "courses.returned",
    "courses.approved",
    "courses.published",
    "courses.dropped",
    "courses.completed",
    "courses.named",
    "assignments.assigned",
    "assignments.enrolled",
    "assignments.left",
    "assignments.waived",
    "assignments.restored",
    "assignments.due_moved",
    "assignments.ended",
    "assignments.exported",
    "kits.made",
    "kits.taken",
    "kits.received",
    "kits.recorded",
    "kits.result_withdrawn",
    "kits.exported",
    "packages.imported",
    "packages.opened",
    "packages.shut",
    "packages.deleted",
    "packages.abandoned",
    "packages.waived",
    "desk.case_read",
    "desk.alarm_unheard",
    "desk.numbers_brought_in",
    "roster.planned",
    "roster.removed",
    "roster.handed_over",
    "roster.taken_over",
    "drill.begun",
    "drill.begun_by_institution",
    "desk_keys.key_made",
    "desk_keys.way_added",
    "desk_keys.epoch_begun",
    "desk_keys.epochs_destroyed",
    "desk_keys.cases_handed",
    "desk_keys.cases_rewrapped",
    "desk_keys.proofs_handed",
    "desk_keys.cases_proven",
    "desk_keys.wraps_failed",
    "desk_keys.glass_made",
    "desk_keys.glass_opened",
    "desk_keys.glass_broken",
    "desk_keys.case_deleted",
    "backup.made",
    "backup.restored",
];

/// Who did what, newest first.
pub async fn audit(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    desk::reaches(&visit)?;
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (act, typed) = (some(&asked.act), some(&asked.actor));
    let before: Option<i64> = asked.before.parse().ok();
    let (leaf, known) = portal
        .db
        .read(async move |tx| {
            let actor = match &typed {
                Some(typed) => Some(desk::actor_of(tx, typed).await?),
                None => None,
            };
            let filter = Filter { act: act.clone(), actor, ..Filter::default() };
            let leaf = entries(tx, &filter, before).await?;
            let known = desk::known(tx, leaf.rows.iter().map(|entry| entry.actor.as_str())).await?;
            Ok((leaf, known))
        })
        .await?;
    let w = visit.words();
    let next = leaf.next.map_or_else(String::new, |next| {
        let next = next.to_string();
        let pairs = [("act", asked.act.as_str()), ("actor", asked.actor.as_str()), ("before", next.as_str())];
        let set: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("{}?{}", visit.to("/staff/audit"), serde_urlencoded::to_string(set).unwrap_or_default())
    });
    let page = AuditPage {
        frame: desk::frame(&portal, &visit, w.t("office-audit")).here(),
        acts: ACTS.into_iter().map(|act| (act, w.t(&format!("office-act-{}", act.replace(['.', '_'], "-"))))).collect(),
        history: leaf.rows.iter().map(|entry| happened(w, entry, &known)).collect(),
        pager: Pager::onward(next),
        act: asked.act,
        actor: asked.actor,
    };
    Page::html(&page)
}
