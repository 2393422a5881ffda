use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use db::Lane;
use people::organizations::{self, Organization};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Section, Visit};

use super::{form, session_path};
use crate::trainings::application::Wanted;
use crate::trainings::apply::{self as verb, Applied, NotApplied, SessionPath};
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::{Session, State as SessionState};
use crate::trainings::shown::Card;
use crate::trainings::store;
use crate::trainings::view::Viewer;

/// How many institutions are offered for a typed name.
const CANDIDATES: usize = 8;

/// The session that is applied for, as the side of the form shows it.
pub struct Chosen {
    pub path: String,
    pub course: String,
    pub course_path: String,
    pub nth: String,
    pub day: Option<kernel::Day>,
    pub weekday: String,
    pub hours: String,
    pub due: String,
    pub deadline: String,
    pub tentative: bool,
    pub waiting: bool,
    pub grace: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/apply.html")]
struct FormPage {
    frame: Frame,
    chosen: Chosen,
    filled: Filled,
    key: String,
    begun: String,
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
#[template(path = "trainings/pages/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    chosen: Chosen,
    wanted: Wanted,
    job: String,
    place: String,
    candidates: Vec<Candidate>,
    carried: Vec<(String, String)>,
    error: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/refused.html")]
struct RefusedPage {
    frame: Frame,
    text: String,
    at: String,
    cards: Vec<Card>,
    tell: String,
}

#[derive(Template)]
#[template(path = "trainings/pages/earlier.html")]
struct EarlierPage {
    frame: Frame,
    chosen: Chosen,
}

struct Target {
    programme: Programme,
    course: Course,
    session: Session,
}

async fn target(portal: &Portal, path: SessionPath) -> Result<Target, PageError> {
    let found = portal
        .db
        .read(async move |tx| {
            let Some(session) = store::session_at(tx, path.year, path.audience, path.number).await? else { return Ok(None) };
            let (Some(course), Some(programme)) = (store::course(tx, session.course).await?, store::programme(tx, path.year).await?) else {
                return Ok(None);
            };
            Ok(Some(Target { programme, course, session }))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

fn chosen(visit: &Visit, path: SessionPath, target: &Target, begun_at: Option<kernel::Timestamp>) -> Chosen {
    let w = visit.words();
    let viewer = Viewer { w, now: visit.now };
    let session = &target.session;
    let view = viewer.course(&target.programme, &target.course, std::slice::from_ref(session));
    let closes = session.closes_at;
    let in_grace = session.is_in_grace(visit.now) && session.refuses_at(visit.now, begun_at).is_none();
    Chosen {
        path: format!("/apply/{}/{}/{}", path.year, path.audience, path.number),
        course: view.name.clone(),
        course_path: view.path.clone(),
        nth: viewer.nth(session),
        day: session.day,
        weekday: session.day.map_or_else(String::new, |day| {
            let week = kernel::weekday(day, visit.lang);
            visit.lang.pick(format!("（{week}）"), format!("{week} "))
        }),
        hours: session.hours(visit.lang),
        due: match session.days_left(visit.now) {
            Some(0) => closes.map_or_else(String::new, |at| w.one("card-due-today", "time", &at.clock_face())),
            Some(days) if days > 0 => w.count("card-due", days),
            _ => String::new(),
        },
        deadline: closes.map_or_else(String::new, |at| viewer.instant(at)),
        tentative: session.tentative,
        waiting: viewer.state(&target.programme, session) == SessionState::Full,
        grace: match closes {
            Some(closes) if in_grace => {
                let until = closes.plus(crate::trainings::session::GRACE).clock_face();
                w.with("apply-grace-note", &[("deadline", &viewer.instant(closes)), ("until", &until)])
            }
            _ => String::new(),
        },
    }
}

fn frame(portal: &Portal, visit: &Visit, title: String, chosen: &Chosen) -> Frame {
    Frame::new(portal, visit, title)
        .in_section(Section::Trainings)
        .crumb(visit.words().t("trainings-title"), "/trainings")
        .crumb(chosen.course.clone(), &chosen.course_path)
        .here()
}

fn form_page(portal: &Portal, visit: &Visit, chosen: Chosen, filled: Filled, begun: String) -> Result<Page, PageError> {
    let key = if chosen.waiting { "apply-title-wait" } else { "apply-title" };
    let is_wrong = !filled.is_fine();
    let page = FormPage {
        frame: frame(portal, visit, visit.words().one(key, "nth", &chosen.nth), &chosen),
        chosen,
        filled,
        key: visit.now.uuid().to_string(),
        begun,
        kinds: organizations::kinds(),
        prefectures: organizations::prefectures(),
        jobs: organizations::jobs(),
    };
    let page = Page::html(&page)?;
    let page = if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page };
    // Nothing in the empty form is anybody's, but its key is for one: kept by the browser alone, and asked for again.
    Ok(if visit.token.is_none() { page.with(header::CACHE_CONTROL, "private, no-cache") } else { page })
}

/// The form: one page of fields, no account.
pub async fn form(State(portal): State<Portal>, visit: Visit, path: Path<(String, String, String)>) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let target = target(&portal, path).await?;
    if let Some(refusal) = target.session.refuses_at(visit.now, None) {
        return refused(&portal, &visit, path, &target, refusal.into()).await;
    }
    if target.session.seats_left() == crate::trainings::session::Seats::None && !target.session.can_wait() {
        return refused(&portal, &visit, path, &target, NotApplied::Full).await;
    }
    let chosen = chosen(&visit, path, &target, None);
    let begun = form::begun(&portal.keys, visit.now);
    form_page(&portal, &visit, chosen, Filled::default(), begun)
}

/// Checks the form: the page to confirm, or the form again with what to mend.
pub async fn check(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let path = session_path(&path)?;
    let target = target(&portal, path).await?;
    let begun_at = form::begun_at(&portal.keys, &posted);
    let begun = posted.get("begun").to_owned();
    if posted.get("do") == "change" {
        return form_page(&portal, &visit, chosen(&visit, path, &target, begun_at), Filled::from_posted(&posted), begun);
    }
    if let Some(refusal) = target.session.refuses_at(visit.now, begun_at) {
        return refused(&portal, &visit, path, &target, refusal.into()).await;
    }
    if let Some(fixed) = posted.get("fix").strip_prefix("email:") {
        let mut filled = Filled::from_posted(&posted);
        filled.set("email", fixed);
        return form_page(&portal, &visit, chosen(&visit, path, &target, begun_at), filled, begun);
    }
    let (candidates, chosen_one) = candidates(&portal, &posted).await?;
    let chosen = chosen(&visit, path, &target, begun_at);
    match form::check(&posted, &visit, &portal.keys, candidates, chosen_one) {
        Err(filled) => form_page(&portal, &visit, chosen, filled, begun),
        Ok(checked) => confirm_page(&portal, &visit, chosen, checked, &posted, String::new()),
    }
}

async fn candidates(portal: &Portal, posted: &Posted) -> Result<(Vec<Organization>, Option<Organization>), PageError> {
    let typed = posted.get("place").to_owned();
    let id = form::chosen_id(posted);
    let found = portal
        .db
        .read(async move |tx| {
            let chosen = match id {
                Some(id) => organizations::find(tx, id).await?,
                None => None,
            };
            let candidates = if chosen.is_some() { Vec::new() } else { organizations::search(tx, &typed, CANDIDATES).await? };
            Ok((candidates, chosen))
        })
        .await?;
    Ok(found)
}

fn confirm_page(
    portal: &Portal,
    visit: &Visit,
    chosen: Chosen,
    checked: form::Checked,
    posted: &Posted,
    error: String,
) -> Result<Page, PageError> {
    let carried = posted
        .fields()
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "token" | "do" | "fix" | "org"))
        .cloned()
        .chain(checked.wanted.workplace.organization.map(|id| ("org".to_owned(), id.to_string())))
        .collect();
    let job = organizations::jobs()
        .iter()
        .find(|job| job.id == checked.wanted.job)
        .map_or_else(String::new, |job| job.name(visit.lang).to_owned());
    let is_wrong = !error.is_empty();
    let page = ConfirmPage {
        frame: frame(portal, visit, visit.words().t("confirm-title"), &chosen),
        chosen,
        place: place_words(&checked.wanted, visit.lang),
        job,
        wanted: checked.wanted,
        candidates: checked.candidates.into_iter().map(|one| candidate(one, visit.lang)).collect(),
        carried,
        error,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

fn candidate(one: Organization, lang: kernel::Lang) -> Candidate {
    let line =
        format!("{}{}{}{}", one.kind_name(lang), lang.pick("／", ", "), one.prefecture_name(lang), lang.pick(one.address.as_str(), ""));
    Candidate { id: one.id.to_string(), name: one.name, line }
}

fn place_words(wanted: &Wanted, lang: kernel::Lang) -> String {
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
    let (candidates, chosen_one) = candidates(&portal, &posted).await?;
    let checked = match form::check(&posted, &visit, &portal.keys, candidates, chosen_one) {
        Ok(checked) => checked,
        Err(filled) => {
            let target = target(&portal, path).await?;
            let begun_at = form::begun_at(&portal.keys, &posted);
            return form_page(&portal, &visit, chosen(&visit, path, &target, begun_at), filled, posted.get("begun").to_owned());
        }
    };
    let is_undecided = checked.wanted.workplace.organization.is_none() && checked.wanted.workplace.kind.is_empty();
    if is_undecided {
        let target = target(&portal, path).await?;
        let chosen = chosen(&visit, path, &target, checked.wanted.begun_at);
        let error = visit.words().t("error-place-choose");
        return confirm_page(&portal, &visit, chosen, checked, &posted, error);
    }
    let wanted = checked.wanted;
    let key = posted.key(&portal, &visit);
    let input = (path, wanted);
    let outcome =
        portal.db.gather(Lane::Public, path.hot_key(), key, input, async |tx, now, inputs| verb::apply_all(tx, inputs, now).await).await?;
    match outcome {
        Ok(Applied::Seat(id)) => Ok(super::application::hold(&portal, &visit, id, 1, &format!("/applications/{id}?done=applied"))),
        Ok(Applied::Waiting(id)) => Ok(super::application::hold(&portal, &visit, id, 1, &format!("/applications/{id}?done=waiting"))),
        Ok(Applied::Earlier) => {
            let target = target(&portal, path).await?;
            let chosen = chosen(&visit, path, &target, None);
            let frame = frame(&portal, &visit, visit.words().t("earlier-title"), &chosen);
            Page::html(&EarlierPage { frame, chosen })
        }
        Err(NotApplied::Unknown) => Err(PageError::NotFound),
        Err(refusal) => {
            let target = target(&portal, path).await?;
            refused(&portal, &visit, path, &target, refusal).await
        }
    }
}

async fn refused(portal: &Portal, visit: &Visit, path: SessionPath, target: &Target, refusal: NotApplied) -> Result<Page, PageError> {
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
        at: w.one("refused-time", "at", &format!("{} {}", kernel::long_date(visit.now.day(), visit.lang), visit.now.clock_face())),
        cards,
        tell: format!("/tell-me/{}", path.audience),
    };
    Ok(Page::html(&page)?.status(StatusCode::CONFLICT))
}
