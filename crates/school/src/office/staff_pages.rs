//! What the pages of the staff have in common: whose they are, the head of a session's pages, the words for who did
//! something.

use access::{Action, Label, Scope};
use db::{DbResult, Tx};
use kernel::{Lang, Timestamp};
use web::{Frame, PageError, Portal, Visit, Words};

use crate::trainings::application::receipt_number;
use crate::trainings::programme::{Course, Programme};
use crate::trainings::session::{Session, SessionId};
use crate::trainings::{Viewer, store};

pub use kernel::long_moment;
/// The addresses of the accounts among some actors.
pub use people::accounts::named as known;

/// A session with everything that names it.
#[derive(Clone)]
pub struct Whole {
    /// The session.
    pub session: Session,
    /// Its course.
    pub course: Course,
    /// The course's programme.
    pub programme: Programme,
}

/// The head of every page about a session.
pub struct Head {
    /// 初学者・医療従事者向け 第5回
    pub over: String,
    /// 2026年12月9日（水）16:00～17:00
    pub when: String,
    /// The shape beside the word.
    pub shape: &'static str,
    /// 受付中
    pub state: String,
    /// あと11日で締切（12月3日 13:00）
    pub reason: String,
    /// （予定）
    pub tentative: bool,
    /// `/staff/sessions/…`
    pub path: String,
    /// The pages about the session: address, word, whether we are there.
    pub tabs: Vec<(String, String, bool)>,
}

/// Which page about a session.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// 概要
    Overview,
    /// 申込者
    Applicants,
    /// お知らせ
    Mails,
    /// 出席
    Attendance,
    /// 当日の設定
    Meeting,
    /// 講師への質問
    Questions,
    /// アンケート
    Questionnaire,
    /// 録画・資料
    Archive,
    /// 集計
    Figures,
}

/// The frame of a page of the staff.
pub fn frame(portal: &Portal, visit: &Visit, title: String) -> Frame {
    Frame::new(portal, visit, title).in_office()
}

/// The office keeps what belongs to the portal as a whole: a role for a part of the tree does not reach it.
pub fn reaches(visit: &Visit) -> Result<(), PageError> {
    if visit.scope == Scope::All { Ok(()) } else { Err(PageError::NotFound) }
}

/// The session with this id.
pub async fn whole(tx: &mut Tx<'_>, id: SessionId) -> DbResult<Option<Whole>> {
    let Some(session) = store::session(tx, id).await? else { return Ok(None) };
    let (Some(course), Some(programme)) = (store::course(tx, session.course).await?, store::programme_of(tx, session.course).await?) else {
        return Ok(None);
    };
    Ok(Some(Whole { session, course, programme }))
}

/// The session that an address names, or the page that says there is none.
pub async fn session(portal: &Portal, visit: &Visit, id: &str) -> Result<Whole, PageError> {
    reaches(visit)?;
    let id: SessionId = id.parse().map_err(|_| PageError::NotFound)?;
    portal.db.read(async move |tx| whole(tx, id).await).await?.ok_or(PageError::NotFound)
}

impl Whole {
    /// 初学者・医療従事者向け
    pub fn course_name(&self, lang: Lang) -> &'static str {
        self.course.slug.prose().short(lang)
    }

    /// 初学者・医療従事者向け 第5回
    pub fn name(&self, w: Words, now: Timestamp) -> String {
        format!("{} {}", self.course_name(w.lang), Viewer { w, now }.nth(&self.session))
    }

    /// `R8-B5-0037`
    pub fn receipt(&self, number: i64) -> String {
        receipt_number(self.programme.year, self.course.slug, self.session.number, number)
    }

    /// `R8-B5`, which names files.
    pub fn code(&self) -> String {
        format!("{}-{}{}", self.programme.year, self.course.slug.letter(), self.session.number)
    }

    /// Whether somebody may still be entered: until it begins.
    pub fn takes_entries(&self, now: Timestamp) -> bool {
        self.session.cancelled_at.is_none() && self.session.day.is_some() && self.session.can_still_change(now)
    }

    /// The address of a page about the session.
    pub fn path(&self, rest: &str) -> String {
        format!("/staff/sessions/{}{rest}", self.session.id)
    }

    /// Its head, and the frame with the way to it.
    pub fn head(&self, portal: &Portal, visit: &Visit, title: String, tab: Option<Tab>) -> (Frame, Head) {
        let w = visit.words();
        let viewer = Viewer { w, now: visit.now };
        let row = viewer.course(&self.programme, &self.course, std::slice::from_ref(&self.session)).rows.remove(0);
        let year = format!("/staff/programmes/{}", self.programme.year);
        let frame = frame(portal, visit, title)
            .crumb(self.programme.year.label(visit.lang), &year)
            .crumb(self.course_name(visit.lang), &format!("{year}#{}", self.course.slug));
        let frame = match tab {
            Some(Tab::Overview) => frame.crumb(row.nth.clone(), ""),
            Some(_) => frame.crumb(row.nth.clone(), &self.path("")).here(),
            None => frame.crumb(row.nth.clone(), &self.path("/applicants")).here(),
        };
        let tab_of = |here: Tab, key: &str, rest: &str| (visit.to(&self.path(rest)), w.t(key), tab == Some(here));
        let mut tabs = vec![tab_of(Tab::Overview, "office-tab-overview", "")];
        if portal.offers(visit, Action::SeeApplicants) {
            tabs.push(tab_of(Tab::Applicants, "office-tab-applicants", "/applicants"));
            tabs.push(tab_of(Tab::Questions, "questions-title", "/questions"));
        }
        if portal.offers(visit, Action::SeeDelivery) {
            tabs.push(tab_of(Tab::Mails, "office-tab-mails", "/mails"));
        }
        if portal.offers(visit, Action::EditMeetings) {
            tabs.push(tab_of(Tab::Meeting, "meeting-title", "/meeting"));
        }
        if portal.offers(visit, Action::SeeAnswers) {
            tabs.push(tab_of(Tab::Questionnaire, "lobby-survey-word", "/questionnaire"));
        }
        if portal.offers(visit, Action::SeeAttendance) {
            tabs.push(tab_of(Tab::Attendance, "attendance-tab", "/attendance"));
        }
        if portal.offers(visit, Action::EditArchive) {
            tabs.push(tab_of(Tab::Archive, "office-tab-archive", "/archive"));
        }
        if portal.offers(visit, Action::SeeFigures) {
            tabs.push(tab_of(Tab::Figures, "figures-title", "/figures"));
        }
        let head = Head {
            over: self.name(w, visit.now),
            when: self.session.when(visit.lang),
            shape: row.state.shape(),
            state: row.word,
            reason: row.reason,
            tentative: row.tentative,
            path: self.path(""),
            tabs,
        };
        (frame, head)
    }
}

/// 11/22 09:14
pub fn numeric_moment(at: Timestamp) -> String {
    let t = at.jst();
    format!("{}/{} {:02}:{:02}", t.month(), t.day(), t.hour(), t.minute())
}

/// Who an entry of the trail names, in words: the system, the person by the link of the mail, a program, or somebody with an account.
pub fn who(w: Words, actor: &str, known: &[(String, String)]) -> String {
    match actor.parse::<Label>() {
        Ok(Label::Application(_)) => w.t("office-who-applicant"),
        Ok(Label::Viewing(_)) => w.t("together-word"),
        Ok(Label::Token(_)) => w.t("office-who-program"),
        Ok(Label::Account(_)) => {
            known.iter().find(|(label, _)| label == actor).map_or_else(|| w.t("office-who-account"), |(_, name)| name.clone())
        }
        Ok(Label::System) => w.t("office-who-system"),
        Err(_) if actor == journal::audit::SAMPLE => w.t("office-who-sample"),
        Ok(Label::Visitor) | Err(_) => w.t("office-who-visitor"),
    }
}

/// The actor as the trail names them: people know an account by its address.
pub async fn actor_of(tx: &mut Tx<'_>, typed: &str) -> DbResult<String> {
    let Ok(address) = typed.parse() else { return Ok(typed.to_owned()) };
    Ok(people::accounts::by_email(tx, &address).await?.map_or_else(|| typed.to_owned(), |account| Label::Account(account.id).to_string()))
}
