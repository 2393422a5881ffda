use askama::Template;
use axum::extract::State;
use db::{Db, Lane};
use kernel::{Clock, Span, Timestamp};
use web::{Frame, Page, PageError, Portal, Posted, Problem, Visit, load_settings, save_setting};

use super::{BY, seed};
use crate::failure::Failure;

/// How far the demo's clock is ahead of the one it was started with, in microseconds, so that it does not fall back at the next start.
const AHEAD: &str = "demo.clock_ahead";

/// The steps of the buttons, in minutes, with the ends of the keys of their words.
const STEPS: [(i64, &str); 6] = [
    (11, "11-minutes"),
    (60, "1-hour"),
    (24 * 60, "1-day"),
    (7 * 24 * 60, "1-week"),
    (30 * 24 * 60, "30-days"),
    (91 * 24 * 60, "13-weeks"),
];

#[derive(Template)]
#[template(path = "demo/clock.html")]
struct ClockPage {
    frame: Frame,
    shows: String,
    lobby: String,
    steps: Vec<(i64, String)>,
}

/// What the clock shows, and buttons that move it forward.
pub(super) async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let w = visit.words();
    let frame = Frame::new(&portal, &visit, w.t("demo-clock-title")).crumb(w.t("demo-title"), "/demo").here();
    let shows = kernel::long_moment(visit.now, visit.lang);
    let steps = STEPS.iter().map(|(minutes, key)| (*minutes, w.t(&format!("demo-clock-{key}")))).collect();
    let lobby =
        next_lobby(&portal).await?.map_or_else(String::new, |at| w.one("demo-clock-lobby", "at", &kernel::short_moment(at, visit.lang)));
    Page::html(&ClockPage { frame, shows, lobby, steps })
}

/// Moves the clock forward. What became due is done at once by the workers.
pub(super) async fn advance(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let step = if posted.get("minutes") == "lobby" {
        let opens = next_lobby(&portal).await?.ok_or(PageError::Refused(Problem::Unreadable))?;
        opens.since(visit.now)
    } else {
        let asked: i64 = posted.get("minutes").parse().map_err(|_| PageError::Refused(Problem::Unreadable))?;
        if !STEPS.iter().any(|(minutes, _)| *minutes == asked) {
            return Err(PageError::Refused(Problem::Unreadable));
        }
        Span::minutes(asked)
    };
    let ahead = portal.settings().get(AHEAD).parse::<i64>().unwrap_or(0) + step.as_micros();
    portal.clock.advance(step);
    portal.db.write(Lane::Staff, None, async move |tx, now| save_setting(tx, AHEAD, &ahead.to_string(), BY, now).await).await?;
    // A new fiscal year may have begun.
    seed::prepare_years(&portal).await.map_err(|_| PageError::Bug("the programme of the new year could not be made"))?;
    Ok(Page::see_other(&visit.to("/demo/clock")))
}

/// When the lobby of the next session opens: so far one can go at once.
async fn next_lobby(portal: &Portal) -> Result<Option<Timestamp>, PageError> {
    seed::next_lobby(portal).await.map_err(|_| PageError::Bug("the sessions of the demo could not be read"))
}

/// Moves the clock to where it was before the restart, unless a moment was given; no moment before the demo began will do.
pub(crate) async fn take_up(db: &Db, clock: &Clock, given: Option<Timestamp>) -> Result<(), Failure> {
    let settings = db.read(async |tx| load_settings(tx).await).await?;
    match (given, settings.get(seed::FILLED).parse::<Timestamp>()) {
        // Filling takes a moment: the time that it was begun with may be given again.
        (Some(given), Ok(filled)) if given.plus(Span::hours(1)) < filled => Err(Failure::Key("cli-demo-earlier")),
        (Some(_), _) => Ok(()),
        (None, _) => {
            clock.advance(Span::micros(settings.get(AHEAD).parse().unwrap_or(0)));
            Ok(())
        }
    }
}
