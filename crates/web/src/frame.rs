use access::{Action, Actor, Decision, Role, Scope};
use kernel::{Lang, Timestamp};
use std::sync::Arc;

use crate::{Portal, Settings, Visit, Words};

/// What stands around every page. Each page's struct carries one as `frame`.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The words.
    pub w: Words,
    /// The language.
    pub lang: Lang,
    /// The path without `/en`.
    pub path: String,
    /// What follows `?`.
    pub query: String,
    /// The page's title.
    pub title: String,
    /// The way from the front page to here; the last one is here.
    pub crumbs: Vec<Crumb>,
    /// Which entry of the menu is the current one.
    pub section: Section,
    /// Names and contacts.
    pub settings: Arc<Settings>,
    /// Whether this is the demo.
    pub demo: bool,
    /// Whether the page is one of the wide ones for those who work here.
    pub staff: bool,
    /// Whether it is as wide as those, outside their section.
    pub desk: bool,
    /// Whether the red strip is opened into the lane of the front page.
    pub lane: bool,
    /// The moment of the page.
    pub now: Timestamp,
    /// The form token, empty without a cookie.
    pub token: String,
    /// The rooms of those who work for the portal that this visitor may enter.
    pub offices: Vec<Office>,
    /// The role to show beside the search, empty for visitors.
    pub signed_in_as: String,
    /// What was just done, shown once on top.
    pub done: String,
}

/// An entry of the main menu.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// None of them.
    #[default]
    None,
    /// 研修・申し込み
    Trainings,
    /// eラーニング
    Courses,
    /// 院内研修の教材
    Kits,
    /// お知らせ
    Notices,
    /// よくある質問
    Faq,
    /// マイページ
    My,
    /// 事務局ホーム
    Staff,
    /// 受付窓口
    Desk,
}

/// A room of those who work for the portal, in the menu of whoever may enter it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The words.
    pub word: String,
    /// The path.
    pub path: &'static str,
    /// The name of its section.
    pub section: &'static str,
}

/// One step of the way to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// The words.
    pub label: String,
    /// The path, empty for the page itself.
    pub path: String,
}

impl Frame {
    /// The frame of a page with this title.
    pub fn new(portal: &Portal, visit: &Visit, title: impl Into<String>) -> Self {
        let w = visit.words();
        Self {
            w,
            lang: visit.lang,
            path: visit.path.clone(),
            query: visit.query.clone(),
            title: title.into(),
            crumbs: Vec::new(),
            section: Section::None,
            settings: portal.settings(),
            demo: portal.site.demo,
            staff: false,
            desk: false,
            lane: false,
            now: visit.now,
            token: visit.token.clone().unwrap_or_default(),
            offices: offices(portal, visit),
            signed_in_as: signed_in_as(&visit.actor, w),
            done: String::new(),
        }
    }

    /// In this entry of the menu.
    #[must_use]
    pub const fn in_section(mut self, section: Section) -> Self {
        self.section = section;
        self.staff = matches!(section, Section::Staff);
        self
    }

    /// The home of those who work for the portal, if the visitor may enter it.
    pub fn office(&self) -> Option<&Office> {
        self.offices.iter().find(|office| office.path == STAFF)
    }

    /// In the section of those who work for the portal, with their home as the first step of the way.
    #[must_use]
    pub fn in_office(self) -> Self {
        let home = self.office().map_or_else(|| self.w.t("home-office"), |office| office.word.clone());
        self.in_section(Section::Staff).crumb(home, STAFF)
    }

    /// With the styles of lists and work, outside the secretariat's section too.
    #[must_use]
    pub const fn with_desk(mut self) -> Self {
        self.desk = true;
        self
    }

    /// With one more step of the way.
    #[must_use]
    pub fn crumb(mut self, label: impl Into<String>, path: &str) -> Self {
        self.crumbs.push(Crumb { label: label.into(), path: path.to_owned() });
        self
    }

    /// With the page itself as the last step of the way.
    #[must_use]
    pub fn here(self) -> Self {
        let title = self.title.clone();
        self.crumb(title, "")
    }

    /// Saying on top what was just done.
    #[must_use]
    pub fn done(mut self, words: impl Into<String>) -> Self {
        self.done = words.into();
        self
    }

    /// The address of a path in the page's language.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.lang.prefix())
    }

    /// The same page in the other language.
    pub fn other_language(&self) -> String {
        let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
        format!("{}{}{query}", self.lang.other().prefix(), if self.path == "/" && self.lang == Lang::Ja { "" } else { &self.path })
    }

    /// A setting in the page's language.
    pub fn setting(&self, name: &str) -> String {
        self.settings.text(name, self.lang).to_owned()
    }

    /// The line at the foot.
    pub fn copyright(&self) -> String {
        self.settings.copyright(self.lang, self.now)
    }

    /// The day on which the emergency number was last confirmed.
    pub fn incident_confirmed(&self) -> String {
        self.settings.day_shown("incident.confirmed_on", self.lang)
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::asset(name)
    }

    /// `aria-current` for an entry of the menu.
    pub fn is_in(&self, section: &str) -> bool {
        matches!(
            (self.section, section),
            (Section::Trainings, "trainings")
                | (Section::Courses, "courses")
                | (Section::Kits, "kits")
                | (Section::Notices, "notices")
                | (Section::Faq, "faq")
                | (Section::My, "my")
                | (Section::Staff, "staff")
                | (Section::Desk, "desk")
        )
    }
}

/// Where those who work for the portal begin.
const STAFF: &str = "/staff";

/// The home of those who work for the portal, as it is called for this visitor: whoever runs the programme is the secretariat.
pub fn office_home(portal: &Portal, visit: &Visit) -> String {
    visit.words().t(if portal.offers(visit, Action::EditProgrammes) { "home-staff" } else { "home-office" })
}

fn offices(portal: &Portal, visit: &Visit) -> Vec<Office> {
    // A role for a part of the tree does not reach these rooms.
    let reaches = |action| matches!(portal.matrix.may(&visit.actor, action, None, visit.now), Decision::Allowed(Scope::All));
    let staff = || Office { word: office_home(portal, visit), path: STAFF, section: "staff" };
    let desk = || Office { word: visit.words().t("home-desk"), path: "/desk", section: "desk" };
    let rooms = [reaches(Action::SeeStaffHome).then(staff), reaches(Action::SeeDesk).then(desk)];
    rooms.into_iter().flatten().collect()
}

fn signed_in_as(actor: &Actor, w: Words) -> String {
    let strongest = actor.roles().map(|membership| membership.role).max();
    match strongest {
        Some(Role::Learner) | None if actor.is_signed_in() => w.t("role-learner"),
        Some(role) => w.t(&format!("role-{}", role.id().replace('_', "-"))),
        None => String::new(),
    }
}
