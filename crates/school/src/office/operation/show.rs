use access::{Action, Decision};
use askama::Template;
use axum::extract::{Query, State};
use journal::{jobs, outbox};
use serde::Deserialize;
use std::pin::Pin;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::super::applicants::mail_words;
use super::super::staff_pages;

/// Something that was given up, or waits.
struct Row {
    id: String,
    what: String,
    at: String,
    attempts: u32,
    error: String,
}

/// What was given up, of one kind.
struct Shelf {
    /// The anchor, and the part of the address of what is decided.
    id: &'static str,
    heading: String,
    /// What is said when there is nothing.
    none: String,
    rows: Vec<Row>,
}

/// Work of another room that is held up.
#[derive(Clone, Debug)]
pub struct Held {
    /// The anchor of its part of the page.
    pub id: &'static str,
    /// What is held up.
    pub heading: String,
    /// How much of it, and what to do; or that nothing is.
    pub said: String,
}

/// Asks the other rooms what is held up there. The office knows no room that is not its own, so the program says who to ask.
pub type HeldUp = for<'a> fn(&'a Portal, &'a Visit) -> Pin<Box<dyn Future<Output = Vec<Held>> + Send + 'a>>;

/// The page, being made.
type Showing = Pin<Box<dyn Future<Output = Result<Page, PageError>> + Send>>;

#[derive(Template)]
#[template(path = "office/operation/show.html")]
struct OperationPage {
    frame: Frame,
    waiting_mails: i64,
    waiting_jobs: i64,
    backup: String,
    held: Vec<Held>,
    shelves: [Shelf; 2],
    can_edit: bool,
}

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
}

/// The handler of the page: mails and jobs that were given up, how many wait, and what is held up elsewhere.
pub fn page(held_up: HeldUp) -> impl Fn(State<Portal>, Visit, Query<Done>) -> Showing + Clone + Send + Sync + 'static {
    move |State(portal), visit, Query(done)| Box::pin(async move { show(&portal, &visit, &done, held_up).await })
}

async fn show(portal: &Portal, visit: &Visit, done: &Done, held_up: HeldUp) -> Result<Page, PageError> {
    staff_pages::reaches(visit)?;
    let (mail_counts, job_counts, mails, dead, last) = portal
        .db
        .read(async |tx| {
            let mails = outbox::list(tx, outbox::Shelf::Failed, None).await?;
            let dead = jobs::list(tx, jobs::Shelf::Dead, None).await?;
            Ok((outbox::counts(tx).await?, jobs::counts(tx).await?, mails.rows, dead.rows, backup::last(tx).await?))
        })
        .await?;
    let w = visit.words();
    let said = match done.done.as_str() {
        "retried" => w.t("office-done-retried"),
        "retired" => w.t("office-done-retired"),
        "gone" => w.t("office-done-gone"),
        _ => String::new(),
    };
    let page = OperationPage {
        frame: staff_pages::frame(portal, visit, w.t("office-operation")).here().done(said),
        waiting_mails: mail_counts.waiting,
        waiting_jobs: job_counts.waiting,
        backup: backup_words(w, last),
        held: held_up(portal, visit).await,
        shelves: [
            Shelf {
                id: "mails",
                heading: w.t("office-failed-mails"),
                none: w.t("office-failed-mails-none"),
                rows: mails.into_iter().map(|mail| mail_row(w, mail)).collect(),
            },
            Shelf {
                id: "jobs",
                heading: w.t("office-dead-jobs"),
                none: w.t("office-dead-jobs-none"),
                rows: dead.into_iter().map(|job| job_row(w, job)).collect(),
            },
        ],
        can_edit: matches!(portal.matrix.may(&visit.actor, Action::EditOperation, None, visit.now), Decision::Allowed(_)),
    };
    Page::html(&page)
}

/// When the last backup was made, and how large it is.
fn backup_words(w: Words, last: Option<backup::Last>) -> String {
    last.map_or_else(
        || w.t("office-backup-none"),
        |last| w.with("office-backup-last", &[("at", &staff_pages::long_moment(last.at, w.lang)), ("size", &kernel::size(last.bytes))]),
    )
}

fn mail_row(w: Words, mail: outbox::MailRow) -> Row {
    Row {
        id: mail.id.to_string(),
        what: mail_words(w, &mail.kind),
        at: staff_pages::long_moment(mail.failed_at.unwrap_or(mail.created_at), w.lang),
        attempts: mail.attempts,
        error: why_not(w, &mail.last_error.unwrap_or_default()),
    }
}

fn job_row(w: Words, job: jobs::JobRow) -> Row {
    Row {
        id: job.id.to_string(),
        what: job_words(w, &job.kind),
        at: staff_pages::long_moment(job.dead_at.unwrap_or(job.created_at), w.lang),
        attempts: job.attempts,
        error: why_not(w, &job.last_error.unwrap_or_default()),
    }
}

/// Why it did not work, in words, from the class that the worker noted.
fn why_not(w: Words, class: &str) -> String {
    match class {
        "" => String::new(),
        "tls" | "timeout" | "connection" | "expired" | "relay-cannot" | jobs::RESTORED => w.t(&format!("office-failure-{class}")),
        _ => match class.strip_prefix("smtp-") {
            Some(code) => w.one("office-failure-smtp", "code", code),
            None => w.t("office-failure-inside"),
        },
    }
}

/// What a job does, in words; one of a kind that has none yet is "a job".
pub fn job_words(w: Words, kind: &str) -> String {
    let key = format!("office-job-{}", kind.replace(['.', '_'], "-"));
    if w.has(&key) { w.t(&key) } else { w.t("office-job-other") }
}
