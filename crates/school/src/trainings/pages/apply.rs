use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use db::Lane;
use people::organizations::{self, Organization};
use web::{Filled, Frame, Held, Page, PageError, Portal, Posted, Section, Visit};

use super::application::hold;
use super::chosen::{self, Chosen, Target, chosen, seen, target_and_workplaces};
use super::{elsewhere, form, session_path, signed_in};
use crate::trainings::application::Wanted;
use crate::trainings::apply::{self as verb, Applied, NotApplied, SessionPath};
use crate::trainings::shown::Card;
use crate::trainings::view::Viewer;

#[derive(Template)]
#[template(path = "trainings/pages/apply.html")]
struct FormPage {
    frame: Frame,
    chosen: Chosen,
    filled: Filled,
    /// What to choose the workplace from, if the list may know it.
    found: String,
    key: String,
    begun: String,
    kinds: &'static [organizations::Kind],
    prefectures: &'static [organizations::Prefecture],
    jobs: &'static [organizations::Job],
}

/// An institution that the typed workplace may mean.
pub(super) struct Candidate {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) line: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    chosen: Chosen,
    wanted: Wanted,
    job: String,
    place: String,
    candidates: Vec<Candidate>,
    carried: Vec<(String, String)>,
    /// Their own application for another session of the same contents.
    elsewhere: Option<elsewhere::Known>,
    /// Another training of theirs at the same time.
    conflict: String,
    /// The session has moved since the page was shown.
    moved: String,
    error: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/refused.html")]
struct RefusedPage {
    frame: Frame,
    text: String,
    at: String,
    cards: Vec<Card>,
    /// What was typed, to be taken along to another session.
    typed: Vec<(String, String)>,
    tell: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/earlier.html")]
struct EarlierPage {
    frame: Frame,
    chosen: Chosen,
}

impl RefusedPage {
    /// 2027年1月19日（火）16:00～17:00
    fn day(&self, card: &Card) -> String {
        format!("{}{}{}", kernel::long_date(card.date, self.frame.lang), self.frame.lang.pick("", ", "), card.hours)
    }
}

fn frame(portal: &Portal, visit: &Visit, title: String, chosen: &Chosen) -> Frame {
    Frame::new(portal, visit, title)
        .in_section(Section::Trainings)
        .crumb(visit.words().t("trainings-title"), "/trainings")
        .crumb(chosen.course.clone(), &chosen.course_path)
        .here()
}

pub(super) fn form_page(
    portal: &Portal,
    visit: &Visit,
    chosen: Chosen,
    filled: Filled,
    found: String,
    begun: String,
) -> Result<Page, PageError> {
    let key = if chosen.waiting { "apply-title-wait" } else { "apply-title" };
    let is_wrong = !filled.is_fine();
    let is_empty = !is_wrong && ["email", "family", "place"].iter().all(|field| filled.value(field).is_empty());
    let page = FormPage {
        frame: frame(portal, visit, visit.words().one(key, "nth", &chosen.nth), &chosen),
        chosen,
        filled,
        found,
        key: visit.now.uuid().to_string(),
        begun,
        kinds: organizations::kinds(),
        prefectures: organizations::prefectures(),
        jobs: organizations::jobs(),
    };
    let page = Page::html(&page)?;
    let page = if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page };
    // Nothing in the empty form is anybody's, but its key is for one: kept by the browser alone, and asked for again.
    Ok(if is_empty && visit.token.is_none() { page.with(header::CACHE_CONTROL, "private, no-cache") } else { page })
}

/// The form: one page of fields, no account.
pub async fn form(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    Query(asked): Query<signed_in::Asked>,
) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let target = chosen::target(&portal, path).await?;
    if let Some(refusal) = target.session.refuses_at(visit.now, None) {
        return refused(&portal, &visit, path, &target, refusal.into(), None).await;
    }
    if target.session.seats_left() == crate::trainings::session::Seats::None && !target.session.can_wait() {
        return refused(&portal, &visit, path, &target, NotApplied::Full, None).await;
    }
    let chosen = chosen(&visit, path, &target, None);
    let begun = form::begun(&portal.keys, visit.now);
    let (filled, found) = signed_in::before(&portal, &visit, &asked).await?;
    form_page(&portal, &visit, chosen, filled, found, begun)
}

/// Whoever asks for the address of the confirmation, by reloading it or changing the language, is at the form.
pub async fn to_form(visit: Visit, path: Path<(String, String, String)>) -> Result<Page, PageError> {
    let SessionPath { year, audience, number } = session_path(&path)?;
    Ok(Page::see_other(&visit.to(&format!("/apply/{year}/{audience}/{number}"))))
}

/// Checks the form: the page to confirm, or the form again with what to mend.
pub async fn check(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let (target, found) = target_and_workplaces(&portal, path, &posted, Some(form::typed_place(&posted))).await?;
    let begun_at = form::begun_at(&portal.keys, &posted);
    if let Some(refusal) = target.session.refuses_at(visit.now, begun_at) {
        return refused(&portal, &visit, path, &target, refusal.into(), Some(&posted)).await;
    }
    // What was typed may come from the form of another session, which has no moment of its own here.
    let begun = if begun_at.is_some() { posted.get("begun").to_owned() } else { form::begun(&portal.keys, visit.now) };
    let choices = found.choices(&posted, visit.words())?;
    if posted.get("do") == "change" {
        return form_page(&portal, &visit, chosen(&visit, path, &target, begun_at), Filled::from_posted(&posted), choices, begun);
    }
    if let Some(fixed) = posted.get("fix").strip_prefix("email:") {
        let mut filled = Filled::from_posted(&posted);
        filled.set("email", fixed);
        return form_page(&portal, &visit, chosen(&visit, path, &target, begun_at), filled, choices, begun);
    }
    let chosen = chosen(&visit, path, &target, begun_at);
    match form::check(&posted, &visit, &portal.keys, &found) {
        Err(filled) => form_page(&portal, &visit, chosen, filled, choices, begun),
        Ok(checked) => {
            let known = elsewhere::known(&portal, &visit, &target, &checked.wanted).await?;
            let conflict = elsewhere::conflict(&portal, &visit, &target, &checked.wanted).await?;
            confirm_page(&portal, &visit, (chosen, known, conflict), checked, &posted, String::new())
        }
    }
}

pub(super) fn confirm_page(
    portal: &Portal,
    visit: &Visit,
    (chosen, elsewhere, conflict): (Chosen, Option<elsewhere::Known>, String),
    checked: form::Checked,
    posted: &Posted,
    error: String,
) -> Result<Page, PageError> {
    let carried = carried(posted, &checked);
    let job = organizations::jobs()
        .iter()
        .find(|job| job.id == checked.wanted.job)
        .map_or_else(String::new, |job| job.name(visit.lang).to_owned());
    let is_wrong = !error.is_empty();
    let has_moved = posted.has("seen") && posted.get("seen") != chosen.seen;
    let page = ConfirmPage {
        frame: frame(portal, visit, visit.words().t("confirm-title"), &chosen),
        chosen,
        place: place_words(&checked.wanted, visit.lang),
        job,
        wanted: checked.wanted,
        candidates: checked.candidates.into_iter().map(|one| candidate(one, visit.lang)).collect(),
        carried,
        elsewhere,
        conflict,
        moved: if has_moved { visit.words().t("confirm-moved") } else { String::new() },
        error,
    };
    let page = Page::html(&page)?;
    Ok(match (has_moved, is_wrong) {
        (true, _) => page.status(StatusCode::CONFLICT),
        (false, true) => page.status(StatusCode::UNPROCESSABLE_ENTITY),
        (false, false) => page,
    })
}

/// What the page to confirm carries along. Where nothing is left to choose, the choice goes along.
pub(super) fn carried(posted: &Posted, checked: &form::Checked) -> Vec<(String, String)> {
    let workplace = &checked.wanted.workplace;
    let choice = match workplace.organization {
        Some(id) => id.to_string(),
        None if checked.candidates.is_empty() && !workplace.kind.is_empty() => "other".to_owned(),
        None => String::new(),
    };
    let is_carried = |name: &str| !matches!(name, "token" | "do" | "fix" | "org" | "organization" | "seen" | "both");
    let fields = posted.fields().iter().filter(|(name, _)| is_carried(name)).cloned();
    fields.chain((!choice.is_empty()).then(|| ("org".to_owned(), choice))).collect()
}

pub(super) fn candidate(one: Organization, lang: kernel::Lang) -> Candidate {
    let line =
        format!("{}{}{}{}", one.kind_name(lang), lang.pick("／", ", "), one.prefecture_name(lang), lang.pick(one.address.as_str(), ""));
    Candidate { id: one.id.to_string(), name: one.name, line }
}

pub(super) fn place_words(wanted: &Wanted, lang: kernel::Lang) -> String {
    let kind = organizations::kinds().iter().find(|kind| kind.id == wanted.workplace.kind).map_or("", |kind| kind.name(lang));
    let prefecture = organizations::prefectures().iter().find(|one| one.id == wanted.workplace.prefecture).map_or("", |one| one.name(lang));
    match (kind.is_empty(), prefecture.is_empty()) {
        (true, true) => String::new(),
        (false, true) => kind.to_owned(),
        (true, false) => prefecture.to_owned(),
        (false, false) => format!("{kind}{}{prefecture}", lang.pick("／", ", ")),
    }
}

/// Applies: one verb in one transaction, its answer once for however many times the button was pressed.
pub async fn apply(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let (target, found) = target_and_workplaces(&portal, path, &posted, form::undecided_place(&posted)).await?;
    let checked = match form::check(&posted, &visit, &portal.keys, &found) {
        Ok(checked) => checked,
        Err(filled) => {
            let chosen = chosen(&visit, path, &target, form::begun_at(&portal.keys, &posted));
            // The form shows what the list has to whoever has said that it is none of it, too.
            let choices = form::workplaces(&portal, &posted).await?.choices(&posted, visit.words())?;
            return form_page(&portal, &visit, chosen, filled, choices, posted.get("begun").to_owned());
        }
    };
    let is_undecided = checked.wanted.workplace.organization.is_none() && checked.wanted.workplace.kind.is_empty();
    if is_undecided {
        let known = elsewhere::known(&portal, &visit, &target, &checked.wanted).await?;
        let conflict = elsewhere::conflict(&portal, &visit, &target, &checked.wanted).await?;
        let chosen = chosen(&visit, path, &target, checked.wanted.begun_at);
        let error = visit.words().t("error-place-choose");
        return confirm_page(&portal, &visit, (chosen, known, conflict), checked, &posted, error);
    }
    // Who agreed to another day is asked again; what was asked for by a program says no day.
    if posted.has("seen") {
        let begun_at = checked.wanted.begun_at;
        if target.session.refuses_at(visit.now, begun_at).is_none() && posted.get("seen") != seen(&target.session) {
            let known = elsewhere::known(&portal, &visit, &target, &checked.wanted).await?;
            let conflict = elsewhere::conflict(&portal, &visit, &target, &checked.wanted).await?;
            let chosen = chosen(&visit, path, &target, begun_at);
            return confirm_page(&portal, &visit, (chosen, known, conflict), checked, &posted, String::new());
        }
    }
    let wanted = checked.wanted;
    let key = posted.key(&portal, &visit);
    let input = (path, wanted.clone());
    let outcome =
        portal.db.gather(Lane::Public, path.hot_key(), key, input, async |tx, now, inputs| verb::apply_all(tx, inputs, now).await).await?;
    answer(&portal, &visit, path, outcome, &wanted, &posted).await
}

/// Says what came of it.
async fn answer(
    portal: &Portal,
    visit: &Visit,
    path: SessionPath,
    outcome: Result<Applied, NotApplied>,
    wanted: &Wanted,
    posted: &Posted,
) -> Result<Page, PageError> {
    match outcome {
        Ok(Applied::Seat(id)) => Ok(hold(portal, visit, id, Held::TYPED, &format!("/applications/{id}?done=applied"))),
        Ok(Applied::Waiting(id)) => Ok(hold(portal, visit, id, Held::TYPED, &format!("/applications/{id}?done=waiting"))),
        Ok(Applied::Earlier) => {
            let target = chosen::target(portal, path).await?;
            let chosen = chosen(visit, path, &target, None);
            let frame = frame(portal, visit, visit.words().t("earlier-title"), &chosen);
            Page::html(&EarlierPage { frame, chosen })
        }
        Ok(Applied::Elsewhere) => {
            let target = chosen::target(portal, path).await?;
            let chosen = chosen(visit, path, &target, wanted.begun_at);
            let frame = frame(portal, visit, visit.words().t("elsewhere-title"), &chosen);
            elsewhere::page(frame, chosen, wanted, visit, posted)
        }
        Err(NotApplied::Unknown) => Err(PageError::NotFound),
        Err(refusal) => {
            let target = chosen::target(portal, path).await?;
            refused(portal, visit, path, &target, refusal, Some(posted)).await
        }
    }
}

/// Says why not, with the sessions that can be applied for instead; what was typed can be taken along.
async fn refused(
    portal: &Portal,
    visit: &Visit,
    path: SessionPath,
    target: &Target,
    refusal: NotApplied,
    posted: Option<&Posted>,
) -> Result<Page, PageError> {
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let key = match refusal {
        NotApplied::Unknown => return Err(PageError::NotFound),
        NotApplied::NotYet => "refused-not-yet",
        NotApplied::Closed => "refused-closed",
        NotApplied::Cancelled => "refused-cancelled",
        NotApplied::Full => "refused-full",
    };
    let years = super::list::years(portal, viewer).await?;
    let cards = years
        .iter()
        .filter(|year| year.programme.year == path.year)
        .flat_map(|year| {
            let mut same = year.clone();
            same.courses.retain(|course| course.audience == path.audience);
            viewer.cards(&same, 3)
        })
        .collect();
    let deadline = target.session.closes_at.or(target.session.starts_at).map_or_else(String::new, |at| viewer.instant(at));
    let chosen = chosen(visit, path, target, None);
    let text_key = format!("{key}-text");
    let text = if refusal == NotApplied::Closed { w.one(&text_key, "deadline", &deadline) } else { w.t(&text_key) };
    let page = RefusedPage {
        frame: frame(portal, visit, w.t(&format!("{key}-title")), &chosen),
        text,
        at: w.one("refused-time", "at", &kernel::long_moment(visit.now, visit.lang)),
        cards,
        typed: posted.map(typed).unwrap_or_default(),
        tell: format!("/tell-me/{}", path.audience),
    };
    Ok(Page::html(&page)?.status(StatusCode::CONFLICT))
}

/// What a person typed, without what belongs to the one form.
fn typed(posted: &Posted) -> Vec<(String, String)> {
    let is_typed = |name: &str| !matches!(name, "token" | "do" | "fix" | "key" | "begun" | "seen");
    posted.fields().iter().filter(|(name, value)| is_typed(name) && !value.is_empty()).cloned().collect()
}
