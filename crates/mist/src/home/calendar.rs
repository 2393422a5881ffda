//! カレンダーに登録: the addresses to subscribe to, and how three usual calendars take them.

use askama::Template;
use axum::extract::State;
use kernel::{Lang, Span};
use school::trainings::programme::Audience;
use web::{Frame, Page, PageError, Portal, Section, Visit};

#[derive(Template)]
#[template(path = "home/calendar.html")]
struct CalendarPage {
    frame: Frame,
    feeds: Vec<Feed>,
    programs: [&'static str; 3],
}

/// One calendar.
struct Feed {
    name: String,
    address: String,
    /// Opens the calendar program of the device.
    subscribe: String,
    download: String,
}

/// The page. Nothing on it changes with time.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let w = visit.words();
    let frame = Frame::new(&portal, &visit, w.t("trainings-calendar"))
        .in_section(Section::Trainings)
        .crumb(w.t("trainings-title"), "/trainings")
        .here();
    let everything = Feed::new(&portal, visit.lang, w.t("calendar-everything"), "/calendar.ics".to_owned());
    let each = Audience::ALL
        .into_iter()
        .map(|audience| Feed::new(&portal, visit.lang, audience.prose().name(visit.lang).to_owned(), format!("/calendar/{audience}.ics")));
    let feeds = std::iter::once(everything).chain(each).collect();
    let page = CalendarPage { frame, feeds, programs: ["google", "outlook", "apple"] };
    Ok(Page::html(&page)?.lasts_until(visit.now.plus(Span::days(1))))
}

impl Feed {
    fn new(portal: &Portal, lang: Lang, name: String, path: String) -> Self {
        let address = portal.url(lang, &path);
        let subscribe = address.split_once("://").map_or_else(|| address.clone(), |(_, rest)| format!("webcal://{rest}"));
        Self { name, address, subscribe, download: path }
    }
}
