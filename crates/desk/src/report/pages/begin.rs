//! The first screens: who reports, then the first question, whose answer makes the case.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::ask::{AskPage, next_path, posted_answer};
use super::whole;
use crate::cases::{Door, Role};
use crate::desk::Desk;
use crate::phone::Phone;
use crate::report::deliver::{About, Delivered, deliver};
use crate::report::given::AllGiven;
use crate::report::held::Cookie;
use crate::report::line::Line;
use crate::report::questions::questions;

#[derive(Template)]
#[template(path = "report/pages/who.html")]
pub struct WhoPage {
    pub frame: Frame,
    pub phone: Phone,
    pub is_phone: bool,
    pub say: Vec<&'static str>,
    pub roles: Vec<RoleChoice>,
}

pub struct RoleChoice {
    pub path: String,
    pub title: &'static str,
    pub lead: &'static str,
    pub picture: &'static str,
}

#[derive(Template)]
#[template(path = "report/pages/received.html")]
struct ReceivedPage {
    frame: Frame,
    phone: Phone,
}

/// The choices of who reports, by this door.
pub(super) fn choices(visit: &Visit, line: Line, door: Door) -> Vec<RoleChoice> {
    let choices = questions().roles().iter().map(|words| RoleChoice {
        path: visit.to(&format!("{}?door={door}&role={}", line.base(), words.id)),
        title: words.title.pick(visit.lang),
        lead: words.lead.pick(visit.lang),
        picture: match words.id {
            Role::Staff => "tell",
            Role::Admin => "network_off",
        },
    });
    choices.collect()
}

/// A value of the address.
pub(super) fn asked<T: std::str::FromStr>(visit: &Visit, name: &str) -> Option<T> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&visit.query).ok()?;
    pairs.into_iter().find(|(key, _)| key == name)?.1.parse().ok()
}

/// Who reports; then the first question, before which nothing is stored.
pub async fn start(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let door = asked(&visit, "door").unwrap_or(Door::Request);
    let Some(role) = asked::<Role>(&visit, "role") else {
        return Page::html(&WhoPage {
            frame: Frame::new(&portal, &visit, visit.words().t("desk-who")),
            phone: Phone::of_desk(&portal, visit.lang),
            is_phone: false,
            say: Vec::new(),
            roles: choices(&visit, Line::Web, door),
        });
    };
    Page::html(&first(&portal, &visit, Line::Web, door, role))
}

/// The first question, with a fresh way in that the answer makes good.
pub(super) fn first(portal: &Portal, visit: &Visit, line: Line, door: Door, role: Role) -> AskPage {
    let page = AskPage::of(portal, visit, line, questions().first(), &AllGiven::default());
    let then = questions().roles().iter().find(|words| words.id == role).map_or("", |words| words.then.pick(visit.lang));
    AskPage {
        action: visit.to(line.base()),
        back: visit.to(&format!("{}?door={door}", line.base())),
        hidden: vec![("door", door.to_string()), ("role", role.to_string()), ("seed", vault::Visit::generate().to_cookie())],
        then: if line.is_phone() { String::new() } else { then.to_owned() },
        ..page
    }
}

/// What the form knows of the report, and the way in that it carries.
pub(super) fn about(posted: &Posted, visit: &Visit, line: Line) -> (About, vault::Visit) {
    let seed = vault::Visit::from_cookie(posted.get("seed")).unwrap_or_else(|_| vault::Visit::generate());
    let door = posted.get("door").parse().unwrap_or(Door::Request);
    (About { door, role: posted.get("role").parse().ok(), channel: line.channel(), lang: visit.lang }, seed)
}

/// Makes the case from the first answer; sent twice, it is one.
pub async fn begin(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    begin_on(Line::Web, portal, visit, posted).await
}

pub(super) async fn begin_on(line: Line, portal: Portal, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let (desk, question) = (Desk::of(&portal)?, questions().first());
    let (about, seed) = about(&posted, &visit, line);
    let Some(given) = posted_answer(&posted, question) else {
        return Ok(Page::see_other(&visit.to(&format!("{}?door={}", line.base(), about.door))));
    };
    let mut all = AllGiven::default();
    all.put(&question.id, given);
    match deliver(&portal, &desk, &seed, about, &all).await? {
        Delivered::Stored(_) => {
            let (name, value) = line.cookie().set(&portal, &seed);
            Ok(Page::see_other(&visit.to(&next_path(line, question, &all))).with(name, &value))
        }
        Delivered::Spooled => whole::without_database(&portal, &visit, Some(seed), &posted),
    }
}

/// The report lies in the spool. Once it is a case, the page leads on to it.
pub async fn received(State(portal): State<Portal>, visit: Visit, headers: HeaderMap) -> Result<Page, PageError> {
    if let Ok(Some(_)) = Cookie::Case.held(&portal, &headers).await {
        return Ok(Page::see_other(&visit.to("/incident/report/code")));
    }
    let frame = Frame::new(&portal, &visit, visit.words().t("desk-received-title"));
    Page::html(&ReceivedPage { frame, phone: Phone::of_desk(&portal, visit.lang) })
}
