//! 代理登録: the secretariat applies for somebody who telephoned. The same checks as the public form, and it shows who entered it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use people::organizations;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::staff_pages::{self, Head, Whole};
use crate::trainings::application::Wanted;
use crate::trainings::apply::{self, Applied, NotApplied, SessionPath};
use crate::trainings::pages::form;
use crate::trainings::session::Seats;

#[derive(Template)]
#[template(path = "office/entry/form.html")]
struct FormPage {
    frame: Frame,
    head: Head,
    filled: Filled,
    /// What to choose the workplace from, if the list may know it.
    found: String,
    key: String,
    waiting: bool,
    office_mail: String,
    kinds: &'static [organizations::Kind],
    prefectures: &'static [organizations::Prefecture],
    jobs: &'static [organizations::Job],
}

/// An institution that the typed workplace may mean.
struct Candidate {
    id: String,
    name: String,
    line: String,
}

#[derive(Template)]
#[template(path = "office/entry/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    head: Head,
    wanted: Wanted,
    place: String,
    job: String,
    waiting: bool,
    candidates: Vec<Candidate>,
    carried: Vec<(String, String)>,
    error: String,
}

#[derive(Template)]
#[template(path = "office/entry/refused.html")]
struct RefusedPage {
    frame: Frame,
    head: Head,
    text: String,
    can_edit: bool,
}

/// The form.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    if let Some(refusal) = refusal(&whole, &visit) {
        return refused(&portal, &visit, &whole, refusal);
    }
    form_page(&portal, &visit, &whole, Filled::default(), String::new())
}

/// Why nobody can be entered, as far as the session tells.
fn refusal(whole: &Whole, visit: &Visit) -> Option<NotApplied> {
    let session = &whole.session;
    match () {
        () if session.cancelled_at.is_some() => Some(NotApplied::Cancelled),
        () if session.day.is_none() => Some(NotApplied::NotYet),
        () if !whole.takes_entries(visit.now) => Some(NotApplied::Closed),
        () if session.seats_left() == Seats::None && !session.can_wait() => Some(NotApplied::Full),
        () => None,
    }
}

/// What is wrong, said to whoever fills in for somebody else: consent is the applicant's, and is asked for on the telephone.
fn by_the_office(mut filled: Filled, w: Words) -> Filled {
    filled.reword("consent", &w.t("office-enter-consent-missing"));
    filled
}

fn form_page(portal: &Portal, visit: &Visit, whole: &Whole, filled: Filled, found: String) -> Result<Page, PageError> {
    let is_wrong = !filled.is_fine();
    let (frame, head) = whole.head(portal, visit, visit.words().t("office-enter"), None);
    let page = FormPage {
        office_mail: frame.settings.get("contact.portal.mail").to_owned(),
        frame,
        head,
        filled,
        found,
        key: visit.now.uuid().to_string(),
        waiting: whole.session.seats_left() == Seats::None,
        kinds: organizations::kinds(),
        prefectures: organizations::prefectures(),
        jobs: organizations::jobs(),
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Checks the form: the page to confirm, or the form again with what to mend.
pub async fn check(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let found = form::workplaces(&portal, &posted).await?;
    let choices = found.choices(&posted, visit.words())?;
    if posted.get("do") == "change" {
        return form_page(&portal, &visit, &whole, Filled::from_posted(&posted), choices);
    }
    if let Some(address) = posted.get("fix").strip_prefix("email:") {
        let mut filled = Filled::from_posted(&posted);
        filled.set("email", address);
        return form_page(&portal, &visit, &whole, filled, choices);
    }
    match form::check(&posted, &visit, &portal.keys, &found) {
        Err(filled) => form_page(&portal, &visit, &whole, by_the_office(filled, visit.words()), choices),
        Ok(checked) => confirm_page(&portal, &visit, &whole, checked, &posted, String::new()),
    }
}

fn confirm_page(
    portal: &Portal,
    visit: &Visit,
    whole: &Whole,
    checked: form::Checked,
    posted: &Posted,
    error: String,
) -> Result<Page, PageError> {
    let lang = visit.lang;
    let (frame, head) = whole.head(portal, visit, visit.words().t("confirm-title"), None);
    let workplace = &checked.wanted.workplace;
    let kind = organizations::kind(&workplace.kind).map_or("", |kind| kind.name(lang));
    let prefecture = organizations::prefecture(&workplace.prefecture).map_or("", |prefecture| prefecture.name(lang));
    // Where nothing is left to choose, the choice goes along.
    let choice = match workplace.organization {
        Some(id) => id.to_string(),
        None if checked.candidates.is_empty() && !workplace.kind.is_empty() => "other".to_owned(),
        None => String::new(),
    };
    let carried = posted
        .fields()
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "token" | "do" | "fix" | "org" | "organization"))
        .cloned()
        .chain((!choice.is_empty()).then(|| ("org".to_owned(), choice)))
        .collect();
    let is_wrong = !error.is_empty();
    let page = ConfirmPage {
        place: [kind, prefecture].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(lang.pick("／", ", ")),
        job: organizations::job(&checked.wanted.job).map_or_else(String::new, |job| job.name(lang).to_owned()),
        waiting: whole.session.seats_left() == Seats::None,
        candidates: checked
            .candidates
            .into_iter()
            .map(|one| Candidate {
                id: one.id.to_string(),
                line: format!(
                    "{}{}{}{}",
                    one.kind_name(lang),
                    lang.pick("／", ", "),
                    one.prefecture_name(lang),
                    lang.pick(one.address.as_str(), "")
                ),
                name: one.name,
            })
            .collect(),
        wanted: checked.wanted,
        carried,
        error,
        frame,
        head,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Applies for the person: the public verb, with who entered it.
pub async fn enter(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let found = form::workplaces(&portal, &posted).await?;
    let checked = match form::check(&posted, &visit, &portal.keys, &found) {
        Ok(checked) => checked,
        Err(filled) => {
            let filled = by_the_office(filled, visit.words());
            return form_page(&portal, &visit, &whole, filled, found.choices(&posted, visit.words())?);
        }
    };
    let is_undecided = checked.wanted.workplace.organization.is_none() && checked.wanted.workplace.kind.is_empty();
    if is_undecided {
        return confirm_page(&portal, &visit, &whole, checked, &posted, visit.words().t("error-place-choose"));
    }
    let wanted = Wanted { entered_by: Some(visit.actor.named()), asks: None, ..checked.wanted };
    let path = SessionPath { year: whole.programme.year, audience: whole.course.slug, number: whole.session.number };
    let key = posted.key(&portal, &visit);
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| apply::apply(tx, path, &wanted, now).await).await?;
    match outcome {
        Ok(Applied::Seat(id) | Applied::Waiting(id)) => Ok(Page::see_other(&visit.to(&format!("/staff/applicants/{id}")))),
        Ok(Applied::Earlier | Applied::Elsewhere) => refused_page(&portal, &visit, &whole, "earlier-title", "office-enter-earlier", false),
        Err(NotApplied::Unknown) => Err(PageError::NotFound),
        Err(not) => refused(&portal, &visit, &whole, not),
    }
}

fn refused(portal: &Portal, visit: &Visit, whole: &Whole, not: NotApplied) -> Result<Page, PageError> {
    let key = match not {
        NotApplied::Unknown => return Err(PageError::NotFound),
        NotApplied::NotYet => "office-enter-no-day",
        NotApplied::Closed => "office-enter-begun",
        NotApplied::Cancelled => "office-enter-cancelled",
        NotApplied::Full => "office-enter-full",
    };
    let can_change = not != NotApplied::Cancelled;
    refused_page(portal, visit, whole, "office-enter", key, can_change)
}

/// Nobody was entered, and why; where another date or more seats would help, whoever may change them is led there.
fn refused_page(portal: &Portal, visit: &Visit, whole: &Whole, title: &str, text: &str, can_change: bool) -> Result<Page, PageError> {
    let w = visit.words();
    let may_change =
        matches!(portal.matrix.may(&visit.actor, access::Action::EditProgrammes, None, visit.now), access::Decision::Allowed(_));
    let (frame, head) = whole.head(portal, visit, w.t(title), None);
    let page = RefusedPage { frame, head, text: w.t(text), can_edit: can_change && may_change };
    Ok(Page::html(&page)?.status(StatusCode::CONFLICT))
}
