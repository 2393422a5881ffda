//! The pages of a case for the desk. What is sealed stands on them as it lies in the database; the browser opens it.

mod assess;
mod evidence;
mod notes;
mod overview;
mod support;
#[cfg(test)]
mod tests;
mod timeline;

use access::{Action, Label};
use axum::http::StatusCode;
use db::{DbResult, Lane, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web::paging::Query;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Routes, Visit, Words};

use super::playbook::playbooks;
use crate::alarm;
use crate::cases::{self, Case, Phase};
use crate::desk_pages::{Known, Tab, case_of, frame, long_moment, moment, read_case, title_of};
use crate::keys::{self, Lock};
use crate::queue::{event_name, kind_name, prefecture_name};
use crate::triage::{self, Grade, View, rules};
use kernel::Timestamp;

/// The pages of a case.
pub fn routes() -> Routes {
    const CASE: &str = "/desk/cases/{number}";
    let at = |rest: &str| format!("{CASE}{rest}");
    Routes::new()
        .get(CASE, Action::WorkCase, overview::show)
        .post(&at("/takings"), Action::WorkCase, overview::take)
        .post(&at("/calls"), Action::WorkCase, overview::called)
        .post(&at("/phases"), Action::WorkCase, overview::move_to)
        .post(&at("/tasks"), Action::WorkCase, overview::add_task)
        .post(&at("/tasks/{task}"), Action::WorkCase, overview::touch_task)
        .post(&at("/clocks"), Action::WorkCase, overview::start_clock)
        .post(&at("/clocks/{clock}"), Action::WorkCase, overview::stop_clock)
        .post(&at("/closures"), Action::WorkCase, overview::close)
        .post(&at("/reopenings"), Action::WorkCase, overview::reopen)
        .get(&at("/assessment"), Action::WorkCase, assess::show)
        .post(&at("/judgements"), Action::WorkCase, assess::judge)
        .post(&at("/confirmations"), Action::WorkCase, assess::confirm)
        .post(&at("/knowledge"), Action::WorkCase, assess::say_known)
        .post(&at("/places"), Action::WorkCase, assess::place)
        .post(&at("/products"), Action::WorkCase, assess::products)
        .post(&at("/links"), Action::WorkCase, assess::link)
        .get(&at("/timeline"), Action::WorkCase, timeline::show)
        .get(&at("/evidence"), Action::WorkCase, evidence::show)
        .post(&at("/evidence"), Action::WorkCase, evidence::note)
        .post(&at("/evidence/{piece}/custody"), Action::WorkCase, evidence::pass_on)
        .post(&at("/indicators"), Action::WorkCase, evidence::note_indicator)
        .post(&at("/indicators/{indicator}/removals"), Action::WorkCase, evidence::drop_indicator)
        .get(&at("/support"), Action::WorkCase, support::show)
        .post(&at("/consents"), Action::WorkCase, support::consent)
        .post(&at("/consents/{consent}/withdrawals"), Action::WorkCase, support::withdraw)
        .post(&at("/supports"), Action::WorkCase, support::plan)
        .post(&at("/supports/{support}/decisions"), Action::LeadDesk, support::decide)
        .post(&at("/supports/{support}/reports"), Action::WorkCase, support::report)
        .get(&at("/notes"), Action::WorkCase, notes::show)
        .post(&at("/notes"), Action::WorkCase, notes::write)
        .post(&at("/people"), Action::WorkCase, notes::add_person)
        .post(&at("/people/{person}/departures"), Action::WorkCase, notes::leave)
}

/// The head of every page of a case.
struct Head {
    number: String,
    is_drill: bool,
    event: String,
    rank: i64,
    urgency: String,
    urgency_why: String,
    stage: String,
    shape: String,
    stage_why: String,
    provisional: String,
    /// The phases in their order: word, whether it is over, whether it is now.
    phases: Vec<(String, bool, bool)>,
    place: String,
    made: String,
    taker: String,
    can_be_taken: bool,
    closed: String,
    path: String,
    tabs: Vec<(String, String, bool)>,
}

/// A case with what every page of it needs.
struct Found {
    case: Case,
    view: View,
    waiting: Option<triage::store::Waiting>,
    known: Known,
    lock: Lock,
}

/// The case that an address names, held against who asks; looking at it is an entry of the audit trail.
async fn found(portal: &Portal, visit: &Visit, number: &str) -> Result<Found, PageError> {
    let case = case_of(portal, visit, number).await?;
    let (id, reading) = (case.id, read_case(portal, visit, case.id).await?);
    let seen = portal.db.read(async move |tx| {
        let (answers, waiting) = (triage::store::answers(tx, id).await?, triage::store::waiting(tx, id).await?);
        Ok((answers, waiting, Known::load(tx).await?, keys::lock(tx, &reading).await?))
    });
    let (answers, waiting, known, lock) = seen.await?;
    Ok(Found { view: View::of(&case, answers), waiting, known, lock, case })
}

impl Found {
    fn head(&self, portal: &Portal, visit: &Visit, tab: Tab) -> (Frame, Head) {
        let (w, case) = (visit.words(), &self.case);
        let judgement = self.view.judgement();
        let path = format!("/desk/cases/{}", case.number);
        let title = title_of(w, case, case.number.to_string());
        let place = [
            case.prefecture.as_deref().map(|id| prefecture_name(id, w.lang)),
            case.institution_kind.as_deref().map(|id| kind_name(id, w.lang)),
        ];
        let by_kind = || w.one("work-urgency-by-kind", "urgency", rules().urgency_label(judgement.urgency, w.lang));
        let head = Head {
            number: case.number.to_string(),
            is_drill: case.is_drill,
            event: event_name(w, case.event.as_deref()),
            rank: judgement.urgency.rank(),
            urgency: rules().urgency_label(judgement.urgency, w.lang).to_owned(),
            urgency_why: rules().urgency_why(&judgement, &self.view.answers, w.lang).map_or_else(by_kind, str::to_owned),
            stage: rules().label(judgement.grade, w.lang).to_owned(),
            shape: judgement.grade.shape(),
            stage_why: rules().why(&judgement, w.lang).to_owned(),
            provisional: self
                .waiting
                .as_ref()
                .map(|waiting| w.one("work-provisional-until", "at", &moment(waiting.until, w.lang)))
                .unwrap_or_default(),
            phases: phases(w, case.phase),
            place: place.into_iter().flatten().collect::<Vec<_>>().join(w.lang.pick("・", ", ")),
            made: long_moment(case.made_at, w.lang),
            taker: case.taken_by.map(|account| self.known.who(w, &Label::Account(account.into()).to_string())).unwrap_or_default(),
            can_be_taken: case.taken_at.is_none() && case.closed_at.is_none() && portal.offers(visit, Action::WorkCase),
            closed: case.closed_at.map(|at| closed_words(w, case, at)).unwrap_or_default(),
            tabs: tab.row(visit, case.number),
            path,
        };
        (frame(portal, visit, title).crumb(w.t("work-queue-title"), "/desk").here(), head)
    }

    fn grade(&self) -> Grade {
        self.view.judgement().grade
    }
}

fn closed_words(w: Words, case: &Case, at: Timestamp) -> String {
    let outcome = case.outcome.as_deref().map(|outcome| w.t(&format!("work-outcome-{outcome}"))).unwrap_or_default();
    w.with("work-closed-at", &[("at", &long_moment(at, w.lang)), ("outcome", &outcome)])
}

fn phases(w: Words, now: Phase) -> Vec<(String, bool, bool)> {
    Phase::ALL.iter().map(|phase| (playbooks().phase(*phase, w.lang).to_owned(), *phase < now, *phase == now)).collect()
}

/// What a page says on top after something was done.
fn done(w: Words, query: &Query) -> String {
    const DONE: [&str; 11] =
        ["taken", "called", "moved", "task", "clock", "closed", "reopened", "judged", "provisional", "confirmed", "saved"];
    let asked = query.get("done").map(String::as_str).filter(|asked| DONE.contains(asked));
    asked.map(|asked| w.t(&format!("work-done-{asked}"))).unwrap_or_default()
}

/// Back to a page of the case, saying what was done.
fn to(visit: &Visit, number: &str, rest: &str, what: &str) -> Page {
    Page::see_other(&visit.to(&format!("/desk/cases/{number}{rest}?done={what}")))
}

/// Does one thing to the case of this number, in one transaction.
async fn act<T, F>(portal: &Portal, visit: &Visit, number: &str, posted: &Posted, work: F) -> Result<T, PageError>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: for<'a, 'c> AsyncFn(&'a mut Tx<'c>, cases::CaseId, Timestamp) -> DbResult<T> + Send + 'static,
{
    let case = case_of(portal, visit, number).await?;
    let (id, key) = (case.id, posted.key(portal, visit));
    Ok(portal.db.write(Lane::Staff, key, async move |tx, now| work(tx, id, now).await).await?)
}

/// A page with its status: a form that came back has something to be mended.
fn shown<T: askama::Template>(page: &T, filled: &Filled) -> Result<Page, PageError> {
    let page = Page::html(page)?;
    Ok(if filled.is_fine() { page } else { page.status(StatusCode::UNPROCESSABLE_ENTITY) })
}

/// The text of a field as it is kept: trimmed, without what nobody types, at most 4,000 characters. Too much is refused by the field's name.
fn text(posted: &Posted, field: &str, filled: &mut Filled, w: Words) -> String {
    match kernel::Text::<4_000>::new(posted.get(field)) {
        Ok(text) => text.into_string(),
        Err(kernel::NotText::Empty) => String::new(),
        Err(kernel::NotText::TooLong { max, .. }) => {
            filled.wrong(field, w.one("work-wrong-long", "max", &max));
            String::new()
        }
    }
}

/// Whether a taken case was taken by somebody else in the meantime.
fn taken(result: Result<(), alarm::NotTaken>) -> Result<(), PageError> {
    match result {
        Ok(()) | Err(alarm::NotTaken::Already) => Ok(()),
        Err(alarm::NotTaken::Unknown) => Err(PageError::NotFound),
    }
}
