use access::Action;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use kernel::{Timestamp, Uuid};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Filled, Frame, Page, PageError, Pager, Portal, Visit, Words};
use xapi::{Filter, Version};

use super::who::{Names, Whose};
use super::{CLIENTS, PATH, Told, frame, reaches, whose};
use crate::Room;
use crate::statements::{self, Held};

/// Statements on a page.
const ROWS: u64 = 25;

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// The code of an organization; empty for the portal's own room.
    organization: String,
    /// A mail address, or an agent as JSON.
    agent: String,
    /// The IRI of a verb.
    verb: String,
    /// The IRI of an activity.
    activity: String,
    registration: String,
    /// Whether agent and activity may stand anywhere in the statement.
    anywhere: String,
    /// Behind which statement to go on.
    behind: String,
}

/// The statements of a page.
#[derive(Default)]
struct Shown {
    statements: Vec<Value>,
    names: Names,
    more: Option<Timestamp>,
}

#[derive(Template)]
#[template(path = "office/explore.html")]
struct ExplorePage {
    frame: Frame,
    path: &'static str,
    clients: String,
    filled: Filled,
    is_detailed: bool,
    is_set: bool,
    anywhere: bool,
    whose: String,
    held: Vec<(String, String)>,
    rows: Vec<(Told, String)>,
    pager: Pager,
}

/// What is in the store, the latest first.
pub(super) async fn explore(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    reaches(&visit)?;
    let w = visit.words();
    let asked = asked.trimmed();
    let mut filled = asked.filled();
    let filter = asked.filter(&mut filled, w);
    let behind = asked.behind.parse().ok().map(Timestamp::from_micros);
    let (code, wanted) = (asked.organization.clone(), filter.filter(|_| filled.is_fine()));
    let people = Whose::of(&portal, &visit);
    let asking = people.clone();
    let found = portal
        .db
        .read(async move |tx| {
            let Some((organization, name)) = whose(tx, &code).await? else { return Ok(None) };
            let room = Room::of(organization);
            let held = statements::held(tx, room).await?;
            let Some(filter) = &wanted else { return Ok(Some((name, held, Shown::default()))) };
            let page = statements::find(tx, room, filter, behind).await?;
            let statements: Vec<Value> = page.statements.iter().filter_map(|found| serde_json::from_str(&found.json).ok()).collect();
            let names = asking.names(tx, &statements).await?;
            Ok(Some((name, held, Shown { statements, names, more: page.more })))
        })
        .await?;
    let (name, held, Shown { statements, names, more }) = found.unwrap_or_else(|| {
        filled.wrong("organization", w.t("records-organization-none"));
        (String::new(), Held::default(), Shown::default())
    });
    let rows = statements
        .iter()
        .map(|statement| {
            let told = Told::of(statement, w).by(people.name(statement, &names));
            let path = visit.to(&asked.with(&format!("{PATH}/statements/{}", told.id), &[("organization", &asked.organization)]));
            (told, path)
        })
        .collect();
    let is_wrong = !filled.is_fine();
    let page = ExplorePage {
        frame: frame(&portal, &visit, w.t("records-title")).here(),
        path: PATH,
        clients: if portal.offers(&visit, Action::KeepRecordClients) { visit.to(CLIENTS) } else { String::new() },
        is_detailed: ["verb", "activity", "registration"].iter().any(|field| !filled.value(field).is_empty()),
        is_set: !asked.pairs().is_empty(),
        anywhere: !asked.anywhere.is_empty(),
        whose: if name.is_empty() { w.t("records-of-portal") } else { name },
        held: held_words(&held, w),
        pager: Pager::onward(
            more.map_or_else(String::new, |last| visit.to(&asked.with(PATH, &[("behind", &last.as_micros().to_string())]))),
        ),
        rows,
        filled,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

fn held_words(held: &Held, w: Words) -> Vec<(String, String)> {
    let counted = |count: i64| if count > statements::COUNTED { w.t("records-many") } else { w.count("records-count", count) };
    vec![
        (w.t("records-held-statements"), counted(held.statements)),
        (w.t("records-held-attachments"), counted(held.attachments)),
        (w.t("records-held-latest"), held.latest.map_or_else(|| w.t("records-held-nothing"), |at| kernel::long_moment(at, w.lang))),
    ]
}

impl Asked {
    fn trimmed(self) -> Self {
        let short = |text: String| kernel::one_line(&text).chars().take(2_000).collect::<String>();
        Self {
            organization: short(self.organization),
            agent: short(self.agent),
            verb: short(self.verb),
            activity: short(self.activity),
            registration: short(self.registration),
            anywhere: self.anywhere,
            behind: self.behind,
        }
    }

    /// What is asked for, field by field, as far as something is.
    fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("organization", self.organization.as_str()),
            ("agent", &self.agent),
            ("verb", &self.verb),
            ("activity", &self.activity),
            ("registration", &self.registration),
            ("anywhere", &self.anywhere),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// The same address with these values in place of others.
    fn with(&self, path: &str, changed: &[(&'static str, &str)]) -> String {
        let is_page = path == PATH;
        let mut pairs: Vec<(&str, &str)> = if is_page { self.pairs() } else { Vec::new() };
        pairs.extend(changed.iter().filter(|(_, value)| !value.is_empty()));
        let query = serde_urlencoded::to_string(pairs).unwrap_or_default();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    fn filled(&self) -> Filled {
        let mut filled = Filled::default();
        for (field, value) in self.pairs() {
            filled.set(field, value);
        }
        filled
    }

    /// The filter; what cannot be understood is said at its field.
    fn filter(&self, filled: &mut Filled, w: Words) -> Option<Filter> {
        let anywhere = !self.anywhere.is_empty();
        let mut filter = Filter { related_agents: anywhere, related_activities: anywhere, limit: ROWS, ..Filter::default() };
        if !self.agent.is_empty() {
            let json = if self.agent.starts_with('{') {
                self.agent.clone()
            } else {
                json!({ "mbox": format!("mailto:{}", self.agent) }).to_string()
            };
            match xapi::agent_key(&json, Version::V2_0_0) {
                Ok(key) => filter.agent = Some(key),
                Err(_) => filled.wrong("agent", w.t("records-agent-wrong")),
            }
        }
        for (field, value, place) in [("verb", &self.verb, &mut filter.verb), ("activity", &self.activity, &mut filter.activity)] {
            if !value.is_empty() {
                match xapi::check_iri(value) {
                    Ok(()) => *place = Some(value.clone()),
                    Err(_) => filled.wrong(field, w.t("records-iri-wrong")),
                }
            }
        }
        if !self.registration.is_empty() {
            match self.registration.parse::<Uuid>() {
                Ok(id) => filter.registration = Some(id),
                Err(_) => filled.wrong("registration", w.t("records-registration-wrong")),
            }
        }
        filled.is_fine().then_some(filter)
    }
}
