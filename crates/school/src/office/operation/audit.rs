use askama::Template;
use axum::extract::{Query, State};
use journal::audit::{Filter, Recorded, entries};
use kernel::Uuid;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use web::{Frame, Named, Naming, Page, PageError, Pager, Portal, Reader, Visit, Words};

use super::super::applicants::{Happened, happened};
use super::super::staff_pages;

/// Which entries, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    act: String,
    actor: String,
    before: String,
}

/// Acts that have to do with the same, by id and word.
struct Acts {
    group: String,
    acts: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "office/operation/audit.html")]
struct AuditPage {
    frame: Frame,
    act: String,
    actor: String,
    acts: Vec<Acts>,
    history: Vec<Happened>,
    pager: Pager,
}

/// The acts that can be looked for, which have words, by what they have to do with.
const ACTS: [(&str, &[&str]); 9] = [
    (
        "applications",
        &[
            "applications.applied",
            "applications.moved",
            "applications.cancelled",
            "applications.restored",
            "applications.promoted",
            "applications.series_cancelled",
            "applications.exported",
            "applications.imported",
            "applications.read_by_program",
            "exports.asked",
            "exports.approved",
            "exports.refused",
            "exports.withdrawn",
            "offers.made",
            "offers.taken",
            "offers.declined",
            "offers.left",
            "offers.over",
        ],
    ),
    (
        "programme",
        &[
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
        ],
    ),
    (
        "day",
        &[
            "lobby.prepared",
            "lobby.switched",
            "lobby.joined",
            "lobby.checked",
            "lobby.viewing_opened",
            "lobby.viewing_ended",
            "lobby.sat_down",
            "lobby.stood_up",
            "lobby.asked",
            "lobby.question_answered",
            "lobby.question_reopened",
            "lobby.questions_exported",
            "lobby.answers_exported",
            "attendance.imported",
            "attendance.settled",
            "attendance.withdrawn",
            "attendance.rule_set",
            "attendance.rule_corrected",
            "attendance.marked",
            "attendance.unmarked",
            "attendance.decided",
            "attendance.closed",
            "attendance.reopened",
            "attendance.completed",
            "attendance.no_longer_completed",
            "attendance.objected",
            "attendance.answered",
            "certificates.issued",
            "certificates.reissued",
            "certificates.revoked",
            "certificates.retried",
            "certificates.rule_set",
            "certificates.record_exported",
        ],
    ),
    (
        "archive",
        &[
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
        ],
    ),
    (
        "learning",
        &[
            "records.client.made",
            "records.client.ended",
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
        ],
    ),
    (
        "words",
        &[
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
            "letters.loaded",
        ],
    ),
    (
        "people",
        &[
            "tokens.issued",
            "tokens.ended",
            "accounts.signed_in",
            "accounts.stepped_up",
            "accounts.changed",
            "accounts.invited",
            "accounts.accepted",
            "accounts.confirmed",
            "recovery.asked",
            "recovery.approved",
            "recovery.refused",
            "recovery.cancelled",
            "recovery.opened",
            "roles.requested",
            "roles.approved",
            "roles.refused",
            "roles.excepted",
            "roles.given_alone",
            "roles.suspended",
            "roles.reinstated",
            "roles.ended",
        ],
    ),
    (
        "desk",
        &[
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
        ],
    ),
    (
        "operation",
        &[
            "reminders.set",
            "mails.bounced",
            "mails.retried",
            "mails.retired",
            "jobs.retried",
            "jobs.retired",
            "settings.changed",
            "organizations.imported",
            "lists.imported",
            "backup.made",
            "backup.restored",
        ],
    ),
];

/// The page, being made.
type Showing = Pin<Box<dyn Future<Output = Result<Page, PageError>> + Send>>;

/// Who did what to what, newest first; `namings` is how the things of all wings are named.
pub fn audit(namings: Vec<Naming>) -> impl Fn(State<Portal>, Visit, Query<Asked>) -> Showing + Clone + Send + Sync + 'static {
    let namings: Arc<[Naming]> = namings.into();
    move |State(portal), visit, Query(asked)| {
        let namings = Arc::clone(&namings);
        Box::pin(async move { show(&portal, &visit, asked, namings).await })
    }
}

async fn show(portal: &Portal, visit: &Visit, asked: Asked, namings: Arc<[Naming]>) -> Result<Page, PageError> {
    staff_pages::reaches(visit)?;
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let (act, typed) = (some(&asked.act), some(&asked.actor));
    let before: Option<i64> = asked.before.parse().ok();
    let (reader, known_kinds) = (Reader { w: visit.words(), now: visit.now }, Arc::clone(&namings));
    let (leaf, known, names) = portal
        .db
        .read(async move |tx| {
            let actor = match &typed {
                Some(typed) => Some(staff_pages::actor_of(tx, typed).await?),
                None => None,
            };
            let filter = Filter { act: act.clone(), actor, ..Filter::default() };
            let leaf = entries(tx, &filter, before).await?;
            let known = staff_pages::known(tx, leaf.rows.iter().map(|entry| entry.actor.as_str())).await?;
            let things: Vec<(&str, Uuid)> =
                leaf.rows.iter().filter_map(|entry| Some((entry.object_kind.as_deref()?, entry.object_id?))).collect();
            let names = web::names(tx, &known_kinds, &things, reader).await?;
            Ok((leaf, known, names))
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
        frame: staff_pages::frame(portal, visit, w.t("office-audit")).here(),
        acts: ACTS.into_iter().map(|(group, acts)| group_of(w, group, acts)).collect(),
        history: leaf.rows.iter().map(|entry| line(portal, visit, entry, &known, (namings.as_ref(), &names))).collect(),
        pager: Pager::onward(next),
        act: asked.act,
        actor: asked.actor,
    };
    Page::html(&page)
}

fn group_of(w: Words, group: &str, acts: &[&'static str]) -> Acts {
    let named = |act: &&'static str| (*act, w.t(&format!("office-act-{}", act.replace(['.', '_'], "-"))));
    Acts { group: w.t(&format!("office-acts-{group}")), acts: acts.iter().map(named).collect() }
}

/// An entry with what it was about: by its name, which leads to its page where the reader may open it.
fn line(
    portal: &Portal,
    visit: &Visit,
    entry: &Recorded,
    known: &[(String, String)],
    (namings, names): (&[Naming], &BTreeMap<Uuid, Named>),
) -> Happened {
    let w = visit.words();
    let happened = happened(w, entry, known);
    let kind = entry.object_kind.as_deref().and_then(|kind| namings.iter().find(|naming| naming.kind == kind));
    let (Some(naming), Some(id)) = (kind, entry.object_id) else { return happened };
    let word = thing_word(w, naming.kind);
    let (about, href) = match names.get(&id) {
        None => (w.one("office-thing-gone", "kind", &word), String::new()),
        Some(named) => {
            let href = if portal.offers(visit, naming.opens) { named.path.clone() } else { String::new() };
            (format!("{word} {}", named.name).trim_end().to_owned(), href)
        }
    };
    Happened { about, href, ..happened }
}

/// What things of a kind are called: 申込.
pub(super) fn thing_word(w: Words, kind: &str) -> String {
    w.t(&format!("office-thing-{}", kind.replace('_', "-")))
}
