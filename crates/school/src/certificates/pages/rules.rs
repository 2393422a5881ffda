use access::Action;
use askama::Template;
use axum::extract::State;
use db::{DbResult, Lane, Tx};
use journal::Entry;
use kernel::{FiscalYear, Timestamp};
use serde_json::json;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use crate::certificates::store;
use crate::office::staff_pages;
use crate::trainings::programme::{CourseId, Format};
use crate::trainings::store::{self as trainings, WholeProgramme};

/// A series, and what its 修了証 asks for.
struct Rule {
    id: CourseId,
    year: FiscalYear,
    name: String,
    parts: i64,
    needed: Option<i64>,
}

/// A rule as the page shows it.
struct Line {
    id: String,
    name: String,
    choices: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "certificates/pages/rules.html")]
struct RulesPage {
    frame: Frame,
    lines: Vec<Line>,
    can_edit: bool,
}

/// How many parts each series asks for.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let rules = portal.db.read(async |tx| rules(tx).await).await?;
    let w = visit.words();
    let choices = |rule: &Rule| {
        let all = std::iter::once((String::new(), w.one("certificates-parts-all", "n", &rule.parts), rule.needed.is_none()));
        let some = (1..rule.parts).rev().map(|n| {
            let words = w.with("certificates-parts-some", &[("n", &n.to_string()), ("of", &rule.parts.to_string())]);
            (n.to_string(), words, rule.needed == Some(n))
        });
        all.chain(some).collect()
    };
    let line =
        |rule: &Rule| Line { id: rule.id.to_string(), name: format!("{} {}", rule.year.label(w.lang), rule.name), choices: choices(rule) };
    let page = RulesPage {
        frame: staff_pages::frame(&portal, &visit, w.t("certificates-series"))
            .crumb(w.t("certificates-title"), "/staff/certificates")
            .here(),
        lines: rules.iter().map(line).collect(),
        can_edit: portal.offers(&visit, Action::EditCertificates),
    };
    Page::html(&page)
}

async fn rules(tx: &mut Tx<'_>) -> DbResult<Vec<Rule>> {
    let needed = store::all_parts_needed(tx).await?;
    let mut rules = Vec::new();
    for WholeProgramme { programme, courses } in trainings::whole_programmes(tx).await? {
        for (course, sessions) in courses.into_iter().filter(|(course, _)| course.format == Format::Series) {
            let parts = sessions.iter().filter(|it| !it.extra && it.cancelled_at.is_none()).count();
            rules.push(Rule {
                id: course.id,
                year: programme.year,
                name: course.name,
                parts: i64::try_from(parts).unwrap_or(i64::MAX),
                needed: needed.get(&course.id).copied(),
            });
        }
    }
    Ok(rules)
}

/// Sets it for one series. Certificates that were given stay.
pub async fn save(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let here = visit.to("/staff/certificates/series");
    let Ok(course) = posted.get("course").parse::<CourseId>() else { return Ok(Page::see_other(&here)) };
    let parts: Option<i64> = posted.get("parts").parse().ok().filter(|parts| *parts >= 1);
    let (by, key) = (visit.actor.label(), posted.key(&portal, &visit));
    portal.db.write(Lane::Staff, key, async move |tx, now| set(tx, course, parts, &by, now).await).await?;
    Ok(Page::see_other(&here))
}

async fn set(tx: &mut Tx<'_>, course: CourseId, parts: Option<i64>, by: &str, now: Timestamp) -> DbResult<()> {
    if trainings::course(tx, course).await?.is_none() {
        return Ok(());
    }
    store::set_parts_needed(tx, course, parts).await?;
    let entry = Entry::by(by).did("certificates.rule_set").on("course", course).with(json!({ "parts": parts }));
    journal::record(tx, &entry, now).await?;
    Ok(())
}
