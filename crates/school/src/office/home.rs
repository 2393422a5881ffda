use access::Action;
use askama::Template;
use axum::extract::State;
use kernel::Span;
use std::pin::Pin;
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::desk;
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

/// Asks the other rooms what waits there for this visitor. The desk knows no room that is not its own, so the program says who to ask.
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

/// A room of the desk.
struct Room {
    path: &'static str,
    word: String,
}

#[derive(Template)]
#[template(path = "office/home.html")]
struct HomePage {
    frame: Frame,
    waits: Vec<Waits>,
    groups: Vec<Group>,
    rooms: Vec<Room>,
}

/// How far ahead a deadline is worth a line.
const SOON: Span = Span::days(7);

/// The handler of the home page: what waits for whoever looks at it.
pub fn page(elsewhere: Elsewhere) -> impl Fn(State<Portal>, Visit) -> Showing + Clone + Send + Sync + 'static {
    move |State(portal), visit| Box::pin(async move { show(&portal, &visit, elsewhere).await })
}

async fn show(portal: &Portal, visit: &Visit, elsewhere: Elsewhere) -> Result<Page, PageError> {
    desk::reaches(visit)?;
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
    let groups = vec![
        group("overdue", "office-waits-overdue", pick(is_overdue, |w, _| w.t("office-why-overdue"), "")),
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
    let rooms = ROOMS.into_iter().filter(|(_, action, _)| may(*action)).map(|(path, _, key)| Room { path, word: w.t(key) }).collect();
    let mut frame = desk::frame(portal, visit, w.t("home-staff"));
    frame.crumbs.clear();
    Page::html(&HomePage { frame: frame.here(), waits, groups, rooms })
}

/// The rooms of the portal that somebody who works for it may enter.
const ROOMS: [(&str, Action, &str); 19] = [
    ("/staff/programmes", Action::SeeProgrammes, "office-programmes"),
    ("/staff/certificates", Action::SeeCertificates, "certificates-title"),
    ("/staff/plans", Action::SeeProgrammes, "plans-title"),
    ("/staff/reports", Action::SeeFigures, "reports-title"),
    ("/staff/courses", Action::SeeFigures, "learning-staff-title"),
    ("/staff/packages", Action::SeeDrafts, "packages-staff-title"),
    ("/staff/assignments", Action::OverseeLearning, "assign-all-title"),
    ("/staff/notices", Action::SeeDrafts, "office-room-notices"),
    ("/staff/faq", Action::SeeDrafts, "office-room-faq"),
    ("/staff/pages", Action::SeeDrafts, "office-room-pages"),
    ("/staff/inquiries", Action::AnswerInquiries, "office-room-inquiries"),
    ("/staff/exports", Action::ApproveExports, "exports-title"),
    ("/staff/delivery", Action::SeeDelivery, "office-delivery"),
    ("/staff/operation", Action::SeeOperation, "office-operation"),
    ("/staff/settings", Action::EditSettings, "office-room-settings"),
    ("/staff/people", Action::GrantRoles, "roles-title"),
    ("/staff/tokens", Action::KeepTokens, "tokens-title"),
    ("/staff/records", Action::SeeRecords, "records-title"),
    ("/staff/audit", Action::ReadAudit, "office-audit"),
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
