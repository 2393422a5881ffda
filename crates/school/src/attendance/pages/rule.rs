use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use unicode_normalization::UnicodeNormalization;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::Ground;
use crate::attendance::rule::{Rule, Unit};
use crate::attendance::set_rule::{self, NotSet};
use crate::office::staff_pages::Head;

/// Why a rule is corrected after the beginning, as the trail keeps it. The words are `office-reason-…`.
const REASONS: [&str; 3] = ["shortened", "setting", "other"];

#[derive(Template)]
#[template(path = "attendance/pages/rule.html")]
struct RulePage {
    frame: Frame,
    head: Head,
    path: String,
    now: String,
    filled: Filled,
    is_frozen: bool,
    reasons: Vec<(&'static str, String)>,
}

/// The form for the rule.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    if ground.sheet.is_closed() {
        return Ok(Page::see_other(&visit.to(&ground.path(""))));
    }
    let mut filled = Filled::default();
    let rule = ground.sheet.rule;
    filled.set("unit", rule.unit.id());
    filled.set("least", rule.least.to_string());
    if rule.two_proofs {
        filled.set("two_proofs", "yes");
    }
    page(&portal, &visit, &ground, filled)
}

fn page(portal: &Portal, visit: &Visit, ground: &Ground, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let (frame, head) = ground.head(portal, visit, w.t("attendance-rule-title"));
    let is_wrong = !filled.is_fine();
    let page = Page::html(&RulePage {
        path: ground.path(""),
        now: ground.rule_words(visit),
        is_frozen: ground.has_begun(visit.now),
        reasons: REASONS.map(|reason| (reason, w.t(&format!("office-reason-{reason}")))).into(),
        filled,
        frame,
        head,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Sets the rule.
pub async fn set(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let number: String = posted.get("least").nfkc().filter(char::is_ascii_digit).collect();
    let rule = Rule {
        unit: Unit::of(posted.get("unit")).unwrap_or(Unit::Percent),
        least: number.parse().unwrap_or(0),
        two_proofs: posted.has("two_proofs"),
    };
    let reason = REASONS.into_iter().find(|reason| *reason == posted.get("reason")).unwrap_or("");
    if !rule.can_be() {
        filled.wrong("least", w.t("attendance-rule-senseless"));
    }
    if ground.has_begun(visit.now) && reason.is_empty() {
        filled.wrong("reason", w.t("attendance-rule-reason-first"));
    }
    if !filled.is_fine() {
        return page(&portal, &visit, &ground, filled);
    }
    let (session, by, key) = (ground.whole.session.id, visit.actor.label(), posted.key(&portal, &visit));
    let outcome =
        portal.db.write(Lane::Staff, key, async move |tx, now| set_rule::set_rule(tx, session, rule, reason, &by, now).await).await?;
    match outcome {
        Ok(()) => Ok(Page::see_other(&visit.to(&ground.path("?done=rule")))),
        Err(NotSet::Unknown) => Err(PageError::NotFound),
        Err(NotSet::Closed) => Ok(Page::see_other(&visit.to(&ground.path("")))),
        // It has begun since the page was made: the form asks for a reason now.
        Err(NotSet::Senseless | NotSet::Frozen) => Ok(Page::see_other(&visit.to(&ground.path("/rule")))),
    }
}
