use access::Action;
use askama::Template;
use axum::extract::State;
use kernel::Span;
use std::pin::Pin;
use web::{Frame, Page, PageError, Portal, Visit, Words, office_home};

use super::staff_pages;
use crate::trainings::store::{self, Ahead};

/// Something that waits for somebody: how much, and where to do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// How many.
    pub count: i64,
    /// Of what, in the page's language.
    pub words: String,
    /// The path of the page where it is done.
    pub path: String,
    /// Whether it should have been done already.
    pub overdue: bool,
}

/// Asks the other rooms what waits there for this visitor. The office knows no room that is not its own, so the program says who to ask.
pub type Elsewhere = for<'a> fn(&'a Portal, &'a Visit) -> Pin<Box<dyn Future<Output = Result<Vec<Waits>, PageError>> + Send + 'a>>;

/// The page, being made.
type Showing = Pin<Box<dyn Future<Output = Result<Page, PageError>> + Send>>;

/// A session on the home page.
struct Next {
    name: String,
    when: String,
    why: String,
    path: String,
}

/// Sessions that wait for the same thing.
struct Group {
    /// The anchor of its part of the page.
    id: &'static str,
    heading: String,
    sessions: Vec<Next>,
}

/// A room of the office.
struct Room {
    path: &'static str,
    word: String,
    /// What is done there.
    about: String,
}

/// Rooms that belong together.
struct Wing {
    id: &'static str,
    heading: String,
    rooms: Vec<Room>,
}

#[derive(Template)]
#[template(path = "office/home.html")]
struct HomePage {
    frame: Frame,
    waits: Vec<Waits>,
    groups: Vec<Group>,
    wings: Vec<Wing>,
}

/// How far ahead a deadline is worth a line.
const SOON: Span = Span::days(7);

/// The handler of the home page: what waits for whoever looks at it.
pub fn page(elsewhere: Elsewhere) -> impl Fn(State<Portal>, Visit) -> Showing + Clone + Send + Sync + 'static {
    move |State(portal), visit| Box::pin(async move { show(&portal, &visit, elsewhere).await })
}

async fn show(portal: &Portal, visit: &Visit, elsewhere: Elsewhere) -> Result<Page, PageError> {
    staff_pages::reaches(visit)?;
    let w = visit.words();
    let may = |action| portal.offers(visit, action);
    let today = visit.now.day();
    let (ahead, mails, jobs) = portal
        .db
        .read(async move |tx| {
            Ok((store::sessions_ahead(tx, today).await?, journal::outbox::counts(tx).await?, journal::jobs::counts(tx).await?))
        })
        .await?;
    let ahead = if may(Action::SeeProgrammes) { ahead } else { Vec::new() };
    let pick = |wanted: fn(&Ahead, kernel::Timestamp) -> bool, why: fn(Words, &Ahead) -> String, page: &'static str| -> Vec<Next> {
        ahead.iter().filter(|session| wanted(session, visit.now)).map(|session| next(w, session, why(w, session), page, may)).collect()
    };
    let group = |id, key, sessions| Group { id, heading: w.t(key), sessions };
    // Whoever may not set a date is told how it stands, and not what to do.
    let why_overdue: fn(Words, &Ahead) -> String =
        if may(Action::EditProgrammes) { |w, _| w.t("office-why-overdue") } else { |w, _| w.t("office-why-overdue-seen") };
    let groups = vec![
        group("overdue", "office-waits-overdue", pick(is_overdue, why_overdue, "")),
        group("deadlines", "office-waits-deadlines", pick(closes_soon, why_deadline, "")),
        group("links", "office-waits-links", pick(lacks_link, why_link, "/meeting")),
        group("full", "office-waits-full", pick(|session, _| session.waiting > 0, why_full, "")),
    ];
    let mut waits: Vec<Waits> = groups
        .iter()
        .filter(|group| !group.sessions.is_empty())
        .map(|group| Waits {
            count: i64::try_from(group.sessions.len()).unwrap_or(i64::MAX),
            words: group.heading.clone(),
            path: format!("/staff#{}", group.id),
            overdue: matches!(group.id, "overdue" | "links"),
        })
        .collect();
    if mails.failed > 0 && may(Action::SeeOperation) {
        waits.push(Waits { count: mails.failed, words: w.t("office-waits-mails"), path: "/staff/operation#mails".into(), overdue: true });
    }
    if jobs.dead > 0 && may(Action::SeeOperation) {
        waits.push(Waits { count: jobs.dead, words: w.t("office-waits-jobs"), path: "/staff/operation#jobs".into(), overdue: true });
    }
    waits.extend(elsewhere(portal, visit).await?.into_iter().filter(|waits| waits.count > 0));
    let mut frame = staff_pages::frame(portal, visit, office_home(portal, visit));
    // Here the way begins: the title says it already.
    frame.crumbs.clear();
    Page::html(&HomePage { frame, waits, groups, wings: wings(w, may) })
}

/// The rooms that this visitor may enter, in the order of the wings.
fn wings(w: Words, may: impl Fn(Action) -> bool) -> Vec<Wing> {
    let rooms = |wing: &str| {
        let open = ROOMS.into_iter().filter(|(of, _, action, _)| *of == wing && may(*action));
        open.map(|(_, path, _, key)| Room { path, word: w.t(key), about: w.t(&about(path)) }).collect()
    };
    let wings = WINGS.map(|id| Wing { id, heading: w.t(&format!("office-wing-{id}")), rooms: rooms(id) });
    wings.into_iter().filter(|wing: &Wing| !wing.rooms.is_empty()).collect()
}

/// The key of what is done in a room.
fn about(path: &str) -> String {
    let room = path.rsplit('/').next().unwrap_or(path);
    let room = if path.starts_with("/desk") { "desk" } else { room };
    format!("office-about-{room}")
}

/// What the rooms have to do with.
const WINGS: [&str; 4] = ["trainings", "learning", "words", "operation"];

/// The rooms of the portal that somebody who works for it may enter: the wing, the path, who may, the word.
const ROOMS: [(&str, &str, Action, &str); 20] = [
    ("trainings", "/staff/programmes", Action::SeeProgrammes, "office-programmes"),
    ("trainings", "/staff/plans", Action::SeeProgrammes, "plans-title"),
    ("trainings", "/staff/certificates", Action::SeeCertificates, "certificates-title"),
    ("trainings", "/staff/reports", Action::SeeFigures, "reports-title"),
    ("learning", "/staff/courses", Action::SeeFigures, "learning-staff-title"),
    ("learning", "/staff/packages", Action::SeeDrafts, "packages-staff-title"),
    ("learning", "/staff/assignments", Action::OverseeLearning, "assign-all-title"),
    ("learning", "/staff/records", Action::SeeRecords, "records-title"),
    ("words", "/staff/inquiries", Action::AnswerInquiries, "office-room-inquiries"),
    ("words", "/staff/notices", Action::SeeDrafts, "office-room-notices"),
    ("words", "/staff/faq", Action::SeeDrafts, "office-room-faq"),
    ("words", "/staff/pages", Action::SeeDrafts, "office-room-pages"),
    ("operation", "/staff/delivery", Action::SeeDelivery, "office-delivery"),
    ("operation", "/staff/exports", Action::ApproveExports, "exports-title"),
    ("operation", "/desk/figures", Action::SeeDeskFigures, "office-room-desk"),
    ("operation", "/staff/people", Action::GrantRoles, "roles-title"),
    ("operation", "/staff/settings", Action::EditSettings, "office-room-settings"),
    ("operation", "/staff/operation", Action::SeeOperation, "office-operation"),
    ("operation", "/staff/tokens", Action::KeepTokens, "tokens-title"),
    ("operation", "/staff/audit", Action::ReadAudit, "office-audit"),
];

fn is_overdue(session: &Ahead, now: kernel::Timestamp) -> bool {
    session.day.is_none() && session.window_end.is_some_and(|end| end < now.day())
}

fn closes_soon(session: &Ahead, now: kernel::Timestamp) -> bool {
    session.closes_at.is_some_and(|closes| closes > now && closes < now.plus(SOON))
}

/// Whether it is held within a week, people have applied, and nobody could join.
fn lacks_link(session: &Ahead, now: kernel::Timestamp) -> bool {
    !session.has_link && session.taken > 0 && session.day.is_some_and(|day| day <= now.plus(SOON).day())
}

fn why_link(w: Words, session: &Ahead) -> String {
    w.one("office-why-link", "n", &session.taken)
}

fn why_deadline(w: Words, session: &Ahead) -> String {
    let at = session.closes_at.map_or_else(String::new, |closes| kernel::short_moment(closes, w.lang));
    w.one("office-why-deadline", "at", &at)
}

fn why_full(w: Words, session: &Ahead) -> String {
    let seats = session.seats.unwrap_or(session.taken);
    w.with("office-why-full", &[("waiting", &session.waiting.to_string()), ("seats", &seats.to_string())])
}

fn next(w: Words, session: &Ahead, why: String, page: &'static str, may: impl Fn(Action) -> bool) -> Next {
    let nth = crate::trainings::nth(w, session.number, session.extra);
    let when = session.day.map_or_else(|| session.window_raw.clone(), |day| kernel::long_date(day, w.lang));
    // Where it can be done; whoever may only look sees the session itself.
    let page = match session.day {
        Some(_) if !page.is_empty() && may(Action::EditProgrammes) => page,
        None if may(Action::EditProgrammes) => "/edit",
        Some(_) if may(Action::SeeApplicants) => "/applicants",
        _ => "",
    };
    Next {
        name: format!("{} {} {nth}", session.year.label(w.lang), session.audience.prose().short(w.lang)),
        when,
        why,
        path: format!("/staff/sessions/{}{page}", session.id),
    }
}
