//! The pages: to whom and what, what the paper asks for, what will leave, the file.

mod choose;
mod paper;
mod preview;
mod put_down;

use axum::extract::Path;
use exchange::{Desk, Leaving, Paper, Receiver};
use jiff::Timestamp as Instant;
use kernel::{Lang, Timestamp, long_moment as moment};
use serde::Deserialize;
use web::{PageError, Portal, Posted, Routes, Visit};

use super::{lexicon, store};
use crate::cases::{Axes, Case, CaseNumber};
use crate::desk_pages::case_frame as frame;
use access::Action;

/// What a page opens for a file: a long timeline, and every fact of a case.
const TOLD_BYTES: usize = 2 << 20;

/// The routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk/cases/{number}/exports", Action::WorkCase, choose::choose)
        .get("/desk/cases/{number}/exports/{receiver}/{paper}", Action::WorkCase, paper::paper)
        .upload("/desk/cases/{number}/exports/{receiver}/{paper}/preview", Action::WorkCase, TOLD_BYTES, preview::preview)
        .upload("/desk/cases/{number}/exports/{receiver}/{paper}/file", Action::WorkCase, TOLD_BYTES, preview::file)
        .post("/desk/cases/{number}/exported/{id}/handovers", Action::WorkCase, choose::handed_over)
        .get("/desk/cases/{number}/facts/{fact}", Action::WorkCase, put_down::form)
        .post("/desk/cases/{number}/facts/{fact}", Action::WorkCase, put_down::save)
}

/// Which paper for whom, from the address.
#[derive(Deserialize)]
struct Which {
    number: String,
    receiver: String,
    paper: String,
}

/// A paper that a receiver is given.
#[derive(Clone, Copy)]
struct Asked {
    number: CaseNumber,
    receiver: &'static Receiver,
    paper: Paper<'static>,
    paper_id: &'static str,
}

impl Asked {
    fn of(Path(which): Path<Which>) -> Result<Self, PageError> {
        let number = number(&which.number)?;
        let receiver = lexicon().receiver(&which.receiver).ok_or(PageError::NotFound)?;
        let found = lexicon().papers(receiver).find(|(id, _)| *id == which.paper);
        let (paper_id, paper) = found.ok_or(PageError::NotFound)?;
        Ok(Self { number, receiver, paper, paper_id })
    }

    fn path(&self) -> String {
        format!("/desk/cases/{}/exports/{}/{}", self.number, self.receiver.id, self.paper_id)
    }
}

fn number(typed: &str) -> Result<CaseNumber, PageError> {
    typed.parse().map_err(|_| PageError::NotFound)
}

/// What a paper is called.
fn paper_name(visit: &Visit, id: &str, paper: Paper<'_>) -> String {
    match paper {
        Paper::Form(form) => visit.lang.pick(&form.name.ja, &form.name.en).clone(),
        Paper::Stix | Paper::Misp | Paper::Tables => visit.words().t(&format!("desk-export-paper-{id}")),
    }
}

/// Who hands it out. What leaves is in Japanese.
fn desk(portal: &Portal) -> Desk {
    let settings = portal.settings();
    Desk {
        name: format!("{}（{}）", settings.text("incident.desk", Lang::Ja), settings.text("site.short", Lang::Ja)),
        contact: settings.text("incident.phone", Lang::Ja).to_owned(),
    }
}

fn instant(at: Timestamp) -> Result<Instant, PageError> {
    Instant::from_microsecond(at.as_micros()).map_err(|_| PageError::Bug("a moment beyond all calendars"))
}

/// The part of a case that is in clear, as it leaves.
async fn in_clear(portal: &Portal, case: &Case, tlp: exchange::Tlp) -> Result<exchange::Case, PageError> {
    let id = case.id;
    let known_at = portal.db.read(async move |tx| store::known_at(tx, id).await).await?;
    let when = |at: Option<Timestamp>| at.map(instant).transpose();
    Ok(exchange::Case {
        number: case.number.to_string(),
        is_drill: case.is_drill,
        tlp,
        event: case.event.clone(),
        phase: case.phase.id().to_owned(),
        stage: case.stage.and_then(|stage| u8::try_from(stage).ok()),
        axes: axes(case.axes()).map(|(axis, value)| (axis.to_owned(), value.to_owned())).into(),
        prefecture: case.prefecture.clone(),
        institution_kind: case.institution_kind.clone(),
        made_at: instant(case.made_at)?,
        known_at: when(known_at)?,
        answered_at: when(case.answered_at)?,
        closed_at: when(case.closed_at)?,
        next_word_at: None,
    })
}

const fn axes(axes: Axes) -> [(&'static str, &'static str); 6] {
    [
        ("spread", axes.spread.id()),
        ("backup", axes.backup.id()),
        ("product", axes.product.id()),
        ("care_impact", axes.care_impact.id()),
        ("data_exit", axes.data_exit.id()),
        ("path", axes.path.id()),
    ]
}

/// What goes, of what was posted: the same for the page that shows it and for the file.
async fn leaving(
    portal: &Portal,
    visit: &Visit,
    asked: Asked,
    case: &Case,
    posted: &Posted,
) -> Result<(Leaving<'static>, Timestamp), Refused> {
    let told = serde_json::from_str(posted.get("told")).map_err(|_| Refused::Told)?;
    let tlp = exchange::Tlp::of(posted.get("tlp")).ok_or(Refused::Told)?;
    let number = posted.get("report_no").trim().parse().ok().filter(|no| (1..=999).contains(no)).ok_or(Refused::Number)?;
    let issue = exchange::Issue { number, is_final: posted.get("report_kind") == "final" };
    // The file is the one that was shown, to the second; a page that lay open for long is made anew.
    let shown = posted.get("at").parse().ok().map(Timestamp::from_micros);
    let at = shown.filter(|at| *at <= visit.now && visit.now.since(*at) < kernel::Span::hours(1)).unwrap_or(visit.now);
    let facts = exchange::Facts { case: in_clear(portal, case, tlp).await?, told };
    let leaving = Leaving::of(facts, asked.receiver, asked.paper_id, issue, lexicon(), instant(at)?)?;
    Ok((leaving, at))
}

/// Why nothing can be shown or made.
enum Refused {
    /// What was posted is not what a page of ours posts.
    Told,
    /// No number of a report.
    Number,
    Leaving(exchange::NotLeaving),
    Page(PageError),
}

impl From<PageError> for Refused {
    fn from(error: PageError) -> Self {
        Self::Page(error)
    }
}

impl From<exchange::NotLeaving> for Refused {
    fn from(refusal: exchange::NotLeaving) -> Self {
        Self::Leaving(refusal)
    }
}
