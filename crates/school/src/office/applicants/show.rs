use askama::Template;
use axum::extract::{Path, State};
use journal::audit::Recorded;
use people::organizations;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::super::staff_pages::{self, Head};
use super::list::cares;
use super::standing;
use crate::reminders::why::{self, Why};
use crate::trainings::application::ApplicationId;
use crate::trainings::store::{self, Applicant};

/// An entry of the trail, in words.
pub struct Happened {
    pub at: String,
    pub datetime: String,
    pub who: String,
    pub what: String,
    /// What it was about, where the page does not say so already.
    pub about: String,
    /// The page of that, if the reader may open it.
    pub href: String,
    pub why: String,
}

/// A mail about the application.
struct Sent {
    at: String,
    datetime: String,
    what: String,
    shape: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "office/applicants/show.html")]
struct ApplicantPage {
    frame: Frame,
    head: Head,
    id: String,
    line: Applicant,
    number: String,
    kana: String,
    shape: &'static str,
    state: String,
    cares: Vec<(String, &'static str)>,
    workplace: String,
    job: String,
    applied: String,
    entered_by: String,
    can_change: bool,
    can_restore: bool,
    history: Vec<Happened>,
    mails: Vec<Sent>,
    whys: Vec<Why>,
    can_edit: bool,
}

/// One applicant: what was applied for, what happened since, and which mails arrived.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let id: ApplicationId = id.parse().map_err(|_| PageError::NotFound)?;
    let (scope, w, now) = (visit.scope.clone(), visit.words(), visit.now);
    let found = portal
        .db
        .read(async move |tx| {
            let Some(application) = store::application(tx, id).await? else { return Ok(None) };
            let Some(whole) = staff_pages::whole(tx, application.session).await? else { return Ok(None) };
            let Some(line) = store::chosen(tx, &scope, application.session, &[id]).await?.pop() else { return Ok(None) };
            let history = journal::audit::history_of(tx, "application", id, None).await?;
            let mails = journal::outbox::about(tx, id).await?;
            let whys = match store::whole_application(tx, id).await? {
                Some(whole) => why::of(tx, &whole, w, now).await?,
                None => Vec::new(),
            };
            let entered_by = line.entered_by.map(|by| by.to_string());
            let actors = history.rows.iter().map(|entry| entry.actor.as_str()).chain(entered_by.as_deref());
            let known = staff_pages::known(tx, actors).await?;
            Ok(Some((whole, line, history, (mails, whys), known)))
        })
        .await?;
    let (whole, line, history, (mails, whys), known) = found.ok_or(PageError::NotFound)?;
    let (mut frame, head) = whole.head(&portal, &visit, line.name(), None);
    frame.title = w.one("office-applicant-title", "name", &line.name());
    let (shape, state) = standing(w, &line);
    let page = ApplicantPage {
        id: id.to_string(),
        number: whole.receipt(line.number),
        kana: line.kana(),
        shape,
        state,
        cares: cares(w, &line),
        workplace: workplace(w, &line),
        job: organizations::job(&line.job).map_or_else(String::new, |job| job.name(w.lang).to_owned()),
        applied: staff_pages::long_moment(line.applied_at, w.lang),
        entered_by: line.entered_by.map_or_else(String::new, |by| staff_pages::who(w, &by.to_string(), &known)),
        can_change: line.cancelled_at.is_none() && (whole.session.can_still_change(visit.now) || whole.session.cancelled_at.is_some()),
        can_restore: line.held_until.is_some_and(|until| visit.now < until),
        history: history.rows.iter().map(|entry| happened(w, entry, &known)).collect(),
        // What went by rule has a sentence of its own.
        mails: mails.iter().filter(|mail| mail.kind != why::KIND).map(|mail| sent(w, mail)).collect(),
        whys,
        can_edit: matches!(portal.matrix.may(&visit.actor, access::Action::EditApplicants, None, visit.now), access::Decision::Allowed(_)),
        line,
        frame,
        head,
    };
    Page::html(&page)
}

/// An entry of the trail, in words. An act that has none yet is "a change", never its key.
pub fn happened(w: Words, entry: &Recorded, known: &[(String, String)]) -> Happened {
    let key = format!("office-act-{}", entry.act.replace(['.', '_'], "-"));
    let reason = entry.reason.clone().unwrap_or_default();
    let reason_key = format!("office-reason-{reason}");
    Happened {
        at: staff_pages::long_moment(entry.at, w.lang),
        datetime: entry.at.rfc3339(),
        who: staff_pages::who(w, &entry.actor, known),
        what: if w.has(&key) { w.t(&key) } else { w.t("office-act-other") },
        about: String::new(),
        href: String::new(),
        why: if w.has(&reason_key) { w.t(&reason_key) } else { reason },
    }
}

fn workplace(w: Words, line: &Applicant) -> String {
    let kind = organizations::kind(&line.organization_kind).map_or("", |kind| kind.name(w.lang));
    let prefecture = organizations::prefecture(&line.prefecture).map_or("", |prefecture| prefecture.name(w.lang));
    [kind, prefecture].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(w.lang.pick("／", ", "))
}

/// What a mail was about, in words; one of a kind that has none yet is "a mail".
pub fn mail_words(w: Words, kind: &str) -> String {
    let key = format!("office-mail-{}", kind.replace(['.', '_'], "-"));
    if w.has(&key) { w.t(&key) } else { w.t("office-mail-other") }
}

/// What became of a mail: the shape and the word.
pub fn mail_state(w: Words, mail: &journal::outbox::MailRow) -> (&'static str, String) {
    match (mail.bounced_at, mail.failed_at, mail.sent_at, mail.dropped_at) {
        (Some(_), ..) => ("cancelled", w.t("office-mail-bounced")),
        (_, Some(_), ..) => ("cancelled", w.t("office-mail-failed")),
        (_, _, Some(_), _) => ("done", w.t("office-mail-sent")),
        (_, _, _, Some(_)) => ("closed", w.t("office-mail-dropped")),
        _ => ("later", w.t("office-mail-waiting")),
    }
}

fn sent(w: Words, mail: &journal::outbox::MailRow) -> Sent {
    let (shape, state) = mail_state(w, mail);
    let at = mail.sent_at.unwrap_or(mail.created_at);
    Sent { at: staff_pages::numeric_moment(at), datetime: at.rfc3339(), what: mail_words(w, &mail.kind), shape, state }
}
