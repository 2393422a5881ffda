//! The front page, in the order of what people come for: it may be an attack, I want training, what is new.

use askama::Template;
use axum::extract::State;
use gazette::notices::Notice;
use kernel::{Day, Lang, Timestamp, short_date, weekday};
use school::trainings::programme::Audience;
use school::trainings::session::State as SessionState;
use school::trainings::{Card, Viewer, YearView, month_day, years};
use web::{Frame, Page, PageError, Portal, Visit, Words};

use super::timeline::Timeline;
use super::{coming, shown};

#[derive(Template)]
#[template(path = "home/front.html")]
struct FrontPage {
    frame: Frame,
    call: Call,
    cards: Vec<Card>,
    /// What to say where there is no card.
    next_opening: String,
    doors: Vec<Door>,
    year: Option<Year>,
    news: Vec<News>,
    archive: Option<Archive>,
}

/// Whom to call.
struct Call {
    number: String,
    href: String,
    confirmed: String,
}

/// The way to the training for one audience.
struct Door {
    audience: Audience,
    href: String,
    title: String,
    text: String,
}

/// The programme as a picture.
struct Year {
    title: String,
    lead: String,
    timeline: Timeline,
}

/// A notice.
struct News {
    href: String,
    day: String,
    datetime: String,
    category: String,
    tag: &'static str,
    title: String,
    is_japanese: bool,
}

/// When the recordings are there.
struct Archive {
    day: Day,
    beside: String,
    lead: String,
}

/// Cards in the hero.
const CARDS: usize = 3;

/// Notices.
const NEWS: i64 = 4;

/// The doors stand in the order of who comes most often in doubt, not in that of the programme.
const DOORS: [Audience; 4] = [Audience::Executive, Audience::Admin, Audience::Beginner, Audience::Intro];

/// The front page.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let viewer = Viewer { w: visit.words(), now: visit.now };
    let years = years(&portal, viewer).await?;
    let now = visit.now;
    let news = portal.db.read(async move |tx| gazette::front_notices(tx, NEWS, now).await).await?;
    let page = FrontPage::new(&portal, &visit, viewer, &years, &news);
    let until = years.iter().map(|year| year.lasts_until).fold(visit.now.next_midnight(), Timestamp::min);
    Ok(Page::html(&page)?.lasts_until(until))
}

impl FrontPage {
    fn new(portal: &Portal, visit: &Visit, viewer: Viewer, years: &[YearView], news: &[Notice]) -> Self {
        let mut frame = Frame::new(portal, visit, portal.settings().text("site.motto", visit.lang));
        frame.lane = true;
        let year = shown(years, viewer);
        Self {
            call: Call::new(&frame),
            cards: cards(viewer, years),
            next_opening: next_opening(viewer, years),
            doors: DOORS.into_iter().map(|audience| Door::to(audience, viewer, year)).collect(),
            news: news.iter().map(|notice| News::of(notice, viewer.w)).collect(),
            archive: year.and_then(|year| Archive::of(viewer, year)),
            year: year.and_then(|year| Year::of(viewer, year)),
            frame,
        }
    }
}

impl Call {
    fn new(frame: &Frame) -> Self {
        let number = frame.setting("incident.phone");
        let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        Self {
            href: format!("tel:{digits}"),
            confirmed: frame
                .setting("incident.confirmed_on")
                .parse()
                .map_or_else(|_| String::new(), |day| frame.w.one("front-confirmed", "day", &month_day(day, frame.lang))),
            number,
        }
    }
}

impl Door {
    fn to(audience: Audience, viewer: Viewer, year: Option<&YearView>) -> Self {
        let (prose, lang) = (audience.prose(), viewer.w.lang);
        let course = year.and_then(|year| year.courses.iter().find(|course| course.audience == audience));
        Self {
            audience,
            href: course.map_or_else(|| "/trainings".to_owned(), |course| course.path.clone()),
            title: prose.door(lang).to_owned(),
            text: prose.door_text(lang).to_owned(),
        }
    }
}

impl Year {
    fn of(viewer: Viewer, year: &YearView) -> Option<Self> {
        let w = viewer.w;
        let is_over = year
            .courses
            .iter()
            .flat_map(|course| &course.sessions)
            .all(|session| session.last_possible_day().is_none_or(|day| day < viewer.now.day()));
        let values = [
            ("first", &*year.first),
            ("last", &*year.last),
            ("courses", &*year.courses.len().to_string()),
            ("sessions", &*year.sessions.to_string()),
        ];
        let key = if is_over { "trainings-year-lead-past" } else { "trainings-year-lead" };
        let timeline = Timeline::of(viewer, year)?;
        Some(Self { title: timeline.title.clone(), lead: w.with(key, &values), timeline })
    }
}

impl News {
    fn of(notice: &Notice, w: Words) -> Self {
        let (title, is_japanese) = notice.title(w.lang);
        let day = notice.day;
        Self {
            href: notice.slug().path(),
            day: match w.lang {
                Lang::Ja => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
                Lang::En => day.strftime("%-d %B %Y").to_string(),
            },
            datetime: day.to_string(),
            category: w.t(&notice.category.key()),
            tag: notice.category.tag(),
            title: title.to_owned(),
            is_japanese,
        }
    }
}

impl Archive {
    fn of(viewer: Viewer, year: &YearView) -> Option<Self> {
        let (day, w) = (year.archive?, viewer.w);
        let is_open = year.programme.archive(None).is_some_and(|(opens, _)| viewer.now >= opens);
        let when = w.t(if is_open { "front-archive-since" } else { "front-archive-expected" });
        let week = weekday(day, w.lang);
        Some(Self {
            day,
            beside: format!("{}{when}", w.lang.pick(format!("（{week}）"), format!("{week}, "))),
            lead: w.t(if is_open { "front-archive-open" } else { "front-archive-lead" }),
        })
    }
}

/// The next dates that can be applied for, of the nearest programme first.
fn cards(viewer: Viewer, years: &[YearView]) -> Vec<Card> {
    let mut cards = Vec::new();
    for year in coming(years, viewer) {
        cards.extend(viewer.cards(year, CARDS - cards.len()));
    }
    cards
}

/// When the next applications open, for a hero without cards.
fn next_opening(viewer: Viewer, years: &[YearView]) -> String {
    let opens = coming(years, viewer)
        .flat_map(|year| {
            year.courses
                .iter()
                .flat_map(|course| course.sessions.iter().map(move |session| (course, session)))
                .filter(|(course, session)| viewer.state(course.archive, session) == SessionState::Scheduled)
        })
        .filter_map(|(_, session)| session.opens_at)
        .min();
    opens.map_or_else(
        || viewer.w.t("front-none-text"),
        |at| viewer.w.with("front-none-opens", &[("day", &short_date(at.day(), viewer.w.lang)), ("time", &at.clock_face())]),
    )
}
