use access::ApplicationRef;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use db::{DbResult, Tx};
use journal::delivery::InvitationMethod;
use kernel::{Day, Span, Timestamp};
use serde::Deserialize;
use web::{Frame, Held, Keys, Page, PageError, Portal, Proof, Section, Visit, Words, qr_svg};

use crate::archive::{Paper, material::Material, materials, paper};
use crate::attendance::learner::{self, Own};
use crate::certificates::{self, Kept};
use crate::lobby::Way;
use crate::reminders::why::{self, Why};
use crate::trainings::application::{ApplicationId, LINK_LASTS, Standing, receipt_number};
use crate::trainings::calendar as entry;
use crate::trainings::interest::Wish;
use crate::trainings::links::shown;
use crate::trainings::offer::Offer;
use crate::trainings::session::{Session, State as SessionState};
use crate::trainings::store::{self, WholeApplication};
use crate::trainings::view::Viewer;

/// A step of what comes next.
struct Step {
    at: String,
    datetime: String,
    text: String,
    past: bool,
}

#[derive(Template)]
#[template(path = "trainings/pages/application.html")]
pub(super) struct ApplicationPage {
    frame: Frame,
    whole: WholeApplication,
    number: String,
    received: String,
    qr: String,
    course: String,
    nth: String,
    when: String,
    state_kind: &'static str,
    state_word: String,
    until: String,
    heading: String,
    mailed: String,
    path: String,
    can_change: bool,
    is_waiting: bool,
    is_cancelled: bool,
    undo_until: String,
    is_over: bool,
    session_cancelled: bool,
    apply_path: String,
    steps: Vec<Step>,
    absent: String,
    /// Where the recording is, once it is open; empty before.
    film: String,
    archive_asked: bool,
    attendance: Option<Own>,
    certificates: Vec<Kept>,
    way: Way,
    whys: Vec<Why>,
    /// What goes with the session and may be had by now.
    materials: Vec<Paper>,
    /// Until when a seat is kept for whoever waits; empty if none is.
    offered: String,
    /// Whether other parts of the series were applied for with it.
    is_part: bool,
}

/// Where the link of a mail leads, once its cookie is set.
#[derive(Deserialize, Default)]
pub struct Going {
    #[serde(default)]
    to: String,
    session: Option<i64>,
}

/// What was just done, from the address.
#[derive(Deserialize, Default)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// Sets the cookie that names the application, and goes on: who applied, or opened the link of a mail, sees it from now on. The cookie
/// says which of the two it was.
pub fn hold(portal: &Portal, visit: &Visit, id: ApplicationId, held: Held, path: &str) -> Page {
    let value = held.cookie(&portal.keys, id.uuid());
    let secure = if portal.site.is_https() { "; Secure" } else { "" };
    let cookie = format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}", portal.site.cookie("app"));
    Page::see_other(&visit.to(path)).with(header::SET_COOKIE, &cookie)
}

/// Opens the link of a mail. The address carries the proof, so it goes on at once to one that does not.
///
/// With `?to=lobby`, as the mails of the day have it, it goes on into the lobby of the session.
pub async fn open(
    State(portal): State<Portal>,
    visit: Visit,
    Path(token): Path<String>,
    Query(going): Query<Going>,
) -> Result<Page, PageError> {
    let Some(claimed) = Keys::claimed_application(&token) else { return super::links::broken(&portal, &visit) };
    let id = ApplicationId::from_uuid(claimed);
    let found = portal.db.glance(async move |tx| store::whole_application(tx, id).await).await?;
    let Some(whole) = found else { return super::links::broken(&portal, &visit) };
    let generation = whole.application.generation;
    let Some(proof) = portal.keys.opens(&token, claimed, generation) else {
        // A link of an earlier generation is old; anything else was never ours.
        let was_ours = (1..generation).any(|earlier| portal.keys.opens(&token, claimed, earlier).is_some());
        return if was_ours { super::links::old(&portal, &visit) } else { super::links::broken(&portal, &visit) };
    };
    if link_is_over(&whole, visit.now) {
        return super::links::old(&portal, &visit);
    }
    // The mails of the day lead into the lobby, those about a recording to it, with the cookie by which either knows the person.
    let place = format!("{}/{}/{}", whole.programme.year, whole.course.slug, whole.session.number);
    let path = match going.to.as_str() {
        "lobby" => format!("/lobby/{place}"),
        "archive" => format!("/archive/{place}"),
        "questionnaire" => format!("/applications/{id}/questionnaire"),
        "attendance" => format!("/applications/{id}/attendance"),
        "decline" => format!("/applications/{id}/cancellation"),
        "offer" => format!("/applications/{id}/offer"),
        "series" => format!("/applications/{id}/series"),
        "change" => format!("/applications/{id}/move{}", going.session.map_or_else(String::new, |number| format!("?to={number}"))),
        _ => format!("/applications/{id}"),
    };
    Ok(hold(&portal, &visit, id, Held { generation, proof }, &path))
}

/// Whether it is so long over that its link opens nothing any more, nor does the cookie that it once gave.
pub(crate) fn link_is_over(whole: &WholeApplication, now: Timestamp) -> bool {
    let session = &whole.session;
    let end = session.ends_at.or_else(|| session.last_possible_day().map(|day| Timestamp::in_japan(day, 0, 0).plus(Span::days(1))));
    // Whoever applied for the recording came after the end.
    end.is_some_and(|end| now >= end.max(whole.application.applied_at).plus(LINK_LASTS))
}

/// The application of an address, if it is the visitor's: by the link they opened, or by the mail address they signed in with.
///
/// One that is somebody else's gets the answer of one that does not exist. Whoever is not signed in is asked to, since the browser
/// may hold the link of another application, or of an earlier time.
pub async fn mine(portal: &Portal, visit: &Visit, id: &str) -> Result<WholeApplication, PageError> {
    mine_by(portal, visit, id).await.map(|(whole, _)| whole)
}

/// The same, with what the visitor has proved by the way in which it is theirs: a page shows no links that prove more.
pub(super) async fn mine_by(portal: &Portal, visit: &Visit, id: &str) -> Result<(WholeApplication, Proof), PageError> {
    let id: ApplicationId = id.parse().map_err(|_| PageError::NotFound)?;
    let account = visit.actor.account();
    let (whole, account) = portal
        .db
        .read(async move |tx| {
            let account = match account {
                Some(account) => people::accounts::find(tx, account).await?,
                None => None,
            };
            Ok((store::whole_application(tx, id).await?, account))
        })
        .await?;
    let proof = |whole: &WholeApplication| {
        if account.as_ref().is_some_and(|account| account.email.as_str() == whole.person.email) {
            return Some(Proof::Mailed);
        }
        let is_held = visit.actor.application == Some(ApplicationRef(id.uuid())) && !link_is_over(whole, visit.now);
        visit.held.filter(|held| is_held && held.generation == whole.application.generation).map(|held| held.proof)
    };
    let refusal = if visit.actor.is_signed_in() { PageError::NotFound } else { PageError::SignInFirst };
    whole.and_then(|whole| proof(&whole).map(|proof| (whole, proof))).ok_or(refusal)
}

/// One's own application: the receipt, what comes next, and what can be changed.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, Query(done): Query<Done>) -> Result<Page, PageError> {
    let found = mine_by(&portal, &visit, &id).await?;
    let page = page(&portal, &visit, found, &done.done).await?;
    Page::html(&page)
}

async fn page(portal: &Portal, visit: &Visit, found: (WholeApplication, Proof), done: &str) -> Result<ApplicationPage, PageError> {
    let (about, w, now) = (found.0.clone(), visit.words(), visit.now);
    let beside = portal.db.glance(async move |tx| beside(tx, &about, w, now).await).await?;
    Ok(page_of(portal, visit, found, &beside, done))
}

/// What the page of an application says beside the application.
pub(super) struct Beside {
    position: Option<i64>,
    sessions: Vec<Session>,
    archive_asked: bool,
    attendance: Option<Own>,
    certificates: Vec<Kept>,
    way: Way,
    whys: Vec<Why>,
    materials: Vec<Material>,
    is_part: bool,
    offer: Option<Offer>,
}

/// Reads what the page of an application says beside it.
pub(super) async fn beside(tx: &mut Tx<'_>, whole: &WholeApplication, w: Words, now: Timestamp) -> DbResult<Beside> {
    let application = &whole.application;
    let position = match (application.waited, application.standing(now)) {
        (Some(rank), Standing::Waiting) => Some(store::waiting_position(tx, application.session, rank).await?),
        _ => None,
    };
    let archive_asked = store::is_wished(tx, Wish::Archive.id(), whole.course.slug.slug(), &whole.person.email).await?;
    Ok(Beside {
        position,
        sessions: store::sessions(tx, whole.programme.id).await?,
        archive_asked,
        attendance: learner::own(tx, &whole.session, application, w, now).await?,
        certificates: certificates::of_application(tx, application.id).await?,
        way: Way::of(tx, whole, now).await?,
        whys: why::of(tx, whole, w, now).await?,
        materials: materials::shown(tx, &whole.programme, &whole.course, &whole.session, now).await?,
        is_part: store::is_part(tx, application.id).await?,
        offer: store::last_offer(tx, application.id, whole.session.id).await?,
    })
}

/// What to do about a day on which one cannot come, or could not.
fn absent(w: Words, is_over: bool, archive: Option<Day>) -> String {
    match (is_over, archive.map(|day| kernel::long_date(day, w.lang))) {
        (false, Some(day)) => w.one("absent-text", "day", &day),
        (false, None) => w.t("absent-text-unset"),
        (true, Some(day)) => w.one("absent-over", "day", &day),
        (true, None) => w.t("absent-over-unset"),
    }
}

/// The page of an application, of what was read, for somebody who has proved so much.
pub(super) fn page_of(
    portal: &Portal,
    visit: &Visit,
    (whole, proof): (WholeApplication, Proof),
    beside: &Beside,
    done: &str,
) -> ApplicationPage {
    let (w, lang, now) = (visit.words(), visit.lang, visit.now);
    let viewer = Viewer { w, now };
    let (application, session) = (&whole.application, &whole.session);
    let standing = application.standing(now);
    let Beside { position, sessions, archive_asked, attendance, certificates, way, whys, materials, is_part, offer } = beside;
    let archive = whole.programme.archive_expected_on(whole.course.archive_opens_at, sessions);
    let (state_kind, state_word) = standing_word(w, standing, *position);
    let view = viewer.course(&whole.programme, &whole.course, std::slice::from_ref(session));
    let number = receipt_number(whole.programme.year, whole.course.slug, session.number, application.number);
    let state = viewer.state(whole.programme.archive(whole.course.archive_opens_at), session);
    let heading = heading(w, done, standing);
    let title = if heading.is_empty() { w.t("application-title") } else { heading.clone() };
    let is_cancelled = matches!(standing, Standing::Cancelled { .. });
    let is_over = matches!(state, SessionState::Ended | SessionState::Archived | SessionState::Running);
    ApplicationPage {
        frame: Frame::new(portal, visit, title).in_section(Section::Trainings).crumb(view.name.clone(), &view.path).here(),
        number,
        received: w.one("application-received", "at", &kernel::long_moment(application.applied_at, lang)),
        qr: qr_svg(&portal.url(lang, &shown(&portal.keys, application.id, application.generation, proof))),
        course: view.name.clone(),
        nth: viewer.nth(session),
        when: session.when(lang),
        state_kind,
        state_word,
        until: session.starts_at.map_or_else(String::new, |at| w.one("application-until-value", "at", &viewer.instant(at))),
        mailed: if heading.is_empty() || done == "asked" {
            String::new()
        } else {
            w.one("application-mailed", "address", &whole.person.email)
        },
        heading,
        path: format!("/applications/{}", application.id),
        can_change: !is_cancelled && (session.can_still_change(now) || session.cancelled_at.is_some()),
        is_waiting: standing == Standing::Waiting,
        is_cancelled,
        undo_until: undo_until(&whole, standing),
        is_over,
        session_cancelled: session.cancelled_at.is_some(),
        apply_path: format!("/apply/{}/{}/{}", whole.programme.year, whole.course.slug, session.number),
        steps: steps(viewer, &whole, standing, archive),
        film: film_path(state, &whole),
        absent: absent(w, is_over, archive),
        archive_asked: *archive_asked,
        attendance: attendance.clone(),
        certificates: certificates.clone(),
        way: way.clone(),
        whys: whys.clone(),
        materials: if is_cancelled { Vec::new() } else { materials.iter().map(paper).collect() },
        is_part: *is_part,
        offered: offered(viewer, offer.as_ref(), standing),
        whole,
    }
}

/// How the application stands: the shape and the word.
fn standing_word(w: Words, standing: Standing, position: Option<i64>) -> (&'static str, String) {
    match standing {
        Standing::Confirmed => ("done", w.t("application-confirmed")),
        Standing::Waiting => ("full", w.one("application-waiting", "n", &position.unwrap_or(1))),
        Standing::Cancelled { .. } => ("cancelled", w.t("application-cancelled")),
    }
}

/// What was done just now, as far as the application still stands so; empty otherwise.
fn heading(w: Words, done: &str, standing: Standing) -> String {
    match (done, standing) {
        ("applied", Standing::Confirmed) => w.t("application-done-applied"),
        ("waiting", Standing::Waiting) => w.t("application-done-waiting"),
        ("taken", Standing::Confirmed) => w.t("offer-done"),
        ("moved", Standing::Confirmed | Standing::Waiting) => w.t("application-done-moved"),
        ("cancelled", Standing::Cancelled { .. }) => w.t("application-done-cancelled"),
        ("asked", Standing::Confirmed | Standing::Waiting) => w.t("ask-done"),
        ("restored", Standing::Confirmed | Standing::Waiting) => w.t("application-done-restored"),
        _ => String::new(),
    }
}

/// Until when a cancellation can be taken back, empty if it cannot.
fn undo_until(whole: &WholeApplication, standing: Standing) -> String {
    match (standing, whole.application.held_until) {
        (Standing::Cancelled { undoable: true }, Some(until)) if whole.session.cancelled_at.is_none() => until.clock_face(),
        _ => String::new(),
    }
}

/// Where the recording is shown, empty if it is not.
fn film_path(state: SessionState, whole: &WholeApplication) -> String {
    match state {
        SessionState::Archived => format!("/archive/{}/{}/{}", whole.programme.year, whole.course.slug, whole.session.number),
        _ => String::new(),
    }
}

/// The seat that is kept for whoever waits, empty if none is.
fn offered(viewer: Viewer, offer: Option<&Offer>, standing: Standing) -> String {
    let open = offer.filter(|offer| standing == Standing::Waiting && offer.ended_at.is_none() && viewer.now < offer.ends_at);
    open.map_or_else(String::new, |offer| viewer.w.one("offer-lead", "ends", &viewer.instant(offer.ends_at)))
}

fn steps(viewer: Viewer, whole: &WholeApplication, standing: Standing, archive: Option<kernel::Day>) -> Vec<Step> {
    let (w, lang) = (viewer.w, viewer.w.lang);
    let day_word = |day: kernel::Day| kernel::short_date(day, lang);
    let mut steps = vec![Step { at: w.t("path-today"), datetime: String::new(), text: w.t("path-today-text"), past: true }];
    if standing == Standing::Waiting {
        steps.push(Step { at: w.t("path-waiting"), datetime: String::new(), text: w.t("path-waiting-text"), past: false });
    }
    if let (Some(day), Some(starts)) = (whole.session.day, whole.session.starts_at) {
        let step = |at: String, datetime: String, key: &str| Step { at, datetime, text: w.t(key), past: false };
        if let Ok(before) = day.yesterday() {
            steps.push(step(day_word(before), before.to_string(), "path-day-before-text"));
        }
        let opens = starts.minus(Span::minutes(20));
        steps.push(step(format!("{} {}", day_word(day), opens.clock_face()), opens.rfc3339(), "path-open-text"));
        steps.push(step(whole.session.hours(lang), starts.rfc3339(), "path-session-text"));
        if let Ok(after) = day.tomorrow() {
            steps.push(step(day_word(after), after.to_string(), "path-certificate-text"));
        }
    }
    if let Some(day) = archive {
        steps.push(Step { at: day_word(day), datetime: day.to_string(), text: w.t("path-archive-text"), past: false });
    }
    steps
}

/// The calendar entry of the application, the same that came with the mail.
pub async fn calendar(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let whole = mine(&portal, &visit, &id).await?;
    let ics = entry::entry(&portal, &whole, visit.lang, visit.now).ok_or(PageError::NotFound)?;
    // What the type says, the file says: calendar programs that read only one of them do the same.
    let kind = match ics.method {
        InvitationMethod::Cancel => "text/calendar; charset=utf-8; method=CANCEL",
        InvitationMethod::Publish => "text/calendar; charset=utf-8; method=PUBLISH",
        InvitationMethod::Request => "text/calendar; charset=utf-8; method=REQUEST",
    };
    Ok(Page::file(kind, "mist.ics", ics.text.into_bytes()))
}
