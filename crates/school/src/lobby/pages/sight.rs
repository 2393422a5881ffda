use db::{DbResult, Tx};
use kernel::{Lang, Span, Timestamp};
use web::{Frame, Portal, Section, Visit, Words};

use crate::lobby::meeting::{Hours, Meeting, Moment};
use crate::lobby::store;
use crate::trainings::Viewer;
use crate::trainings::application::receipt_number;
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::Session;
use crate::trainings::store::WholeApplication;

/// How long before the beginning one's own page says where the lobby is.
const NEAR: Span = Span::days(7);

/// The way from one's own page into the lobby.
#[derive(Clone, Debug)]
pub struct Way {
    /// The lobby of the session.
    pub lobby: String,
    /// Whether one can come in now.
    pub is_open: bool,
    /// Whether the day is near enough to speak of it.
    pub is_near: bool,
    /// Whether the questionnaire is open.
    pub asks: bool,
    /// The page of whoever sits before a screen, where the questions are; empty for everybody else, and once it is closed.
    pub before_screen: String,
}

impl Way {
    /// The way of an application at `now`.
    pub async fn of(tx: &mut Tx<'_>, whole: &WholeApplication, now: Timestamp) -> DbResult<Self> {
        let meeting = store::meeting(tx, whole.session.id).await?;
        let hours = meeting.hours(&whole.session).filter(|_| whole.session.cancelled_at.is_none());
        let has_seat = whole.application.is_live() && !whole.application.is_waiting();
        let asks = has_seat && !meeting.questionnaire.is_empty() && hours.is_some_and(|hours| hours.takes_answers(now));
        let is_day = has_seat && hours.is_some_and(|hours| hours.takes_presence(now) || hours.takes_answers(now));
        let viewer = if is_day { store::viewer(tx, whole.application.id).await? } else { None };
        Ok(Self {
            before_screen: viewer
                .map_or_else(String::new, |viewer| format!("/applications/{}/joined?d={}", whole.application.id, viewer.viewing)),
            lobby: lobby_path(&whole.programme, &whole.course, &whole.session),
            is_open: has_seat && hours.is_some_and(|hours| matches!(hours.moment(now), Moment::Open | Moment::Running)),
            is_near: has_seat && hours.is_some_and(|hours| now < hours.ends && now >= hours.begins.minus(NEAR)),
            asks: asks && !store::has_answered(tx, whole.application.id).await?,
        })
    }
}

/// `/lobby/R8/executive/3`
pub(super) fn lobby_path(programme: &Programme, course: &Course, session: &Session) -> String {
    format!("/lobby/{}/{}/{}", programme.year, course.slug, session.number)
}

/// A session as the pages of its day show it.
pub(super) struct Sight {
    pub(super) course: String,
    pub(super) course_path: String,
    pub(super) nth: String,
    pub(super) title: String,
    pub(super) when: String,
    pub(super) begins: String,
    pub(super) lobby: String,
    pub(super) opens: String,
    pub(super) opens_at: String,
    pub(super) moment: Moment,
    pub(super) phone: String,
    pub(super) hours: String,
}

impl Sight {
    pub(super) fn of(
        portal: &Portal,
        w: Words,
        now: Timestamp,
        (programme, course, session): (&Programme, &Course, &Session),
        meeting: &Meeting,
    ) -> Self {
        let viewer = Viewer { w, now };
        let view = viewer.course(programme, course, &[]);
        let hours: Option<Hours> = meeting.hours(session);
        let contact = portal.settings().contact("portal", w.lang);
        let or = |own: &str, usual: String| if own.is_empty() { usual } else { own.to_owned() };
        Self {
            course: view.name,
            course_path: view.path,
            nth: viewer.nth(session),
            title: session.title.clone(),
            when: session.when(w.lang),
            begins: session.starts_at.map(Timestamp::rfc3339).unwrap_or_default(),
            lobby: lobby_path(programme, course, session),
            opens: hours.map_or_else(String::new, |hours| moment_words(hours.opens, w.lang)),
            opens_at: hours.map(|hours| hours.opens.rfc3339()).unwrap_or_default(),
            moment: meeting.moment(session, now),
            phone: or(&meeting.phone, contact.phone),
            hours: or(&meeting.hours, contact.hours),
        }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        word == match self.moment {
            Moment::CalledOff => "off",
            Moment::Undated => "undated",
            Moment::Before => "before",
            Moment::Open => "open",
            Moment::Running => "running",
            Moment::Over => "over",
        }
    }
}

/// 12月23日（水）15:40
pub(super) fn moment_words(at: Timestamp, lang: Lang) -> String {
    kernel::short_moment(at, lang)
}

/// Whose page it is, beside the session.
pub(super) struct Own {
    pub(super) sight: Sight,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) path: String,
    pub(super) viewing: String,
}

impl Own {
    pub(super) fn of(portal: &Portal, visit: &Visit, whole: &WholeApplication, meeting: &Meeting) -> Self {
        let sight = Sight::of(portal, visit.words(), visit.now, (&whole.programme, &whole.course, &whole.session), meeting);
        Self {
            sight,
            name: whole.person.full_name(),
            number: receipt_number(whole.programme.year, whole.course.slug, whole.session.number, whole.application.number),
            path: format!("/applications/{}", whole.application.id),
            viewing: format!("/applications/{}/viewing", whole.application.id),
        }
    }

    pub(super) fn frame(&self, portal: &Portal, visit: &Visit, title: String) -> Frame {
        Frame::new(portal, visit, title)
            .in_section(Section::Trainings)
            .crumb(visit.words().t("application-title"), &self.path)
            .crumb(visit.words().t("lobby-word"), &self.sight.lobby)
            .here()
    }
}
