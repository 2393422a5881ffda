use access::{Action, Hand};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use kernel::{Lang, short_moment};
use web::paging::{Query, asked};
use web::{Filled, Frame, Page, PageError, Portal, Visit, Words};

use super::{frame, text_id, who};
use crate::approval::approve::is_own;
use crate::approval::room::Room;
use crate::approval::store;
use crate::approval::version::{Past, Stage, TextId, Version};
use crate::braces;

/// How a text will look to readers of one language.
pub struct Preview {
    pub title: String,
    pub lead: String,
    pub html: String,
}

#[derive(Template)]
#[template(path = "approval/pages/show.html")]
struct ShowPage {
    frame: Frame,
    path: String,
    over: String,
    mark: String,
    version: Version,
    word: String,
    ja: Preview,
    en: Option<Preview>,
    changes: Vec<Change>,
    steps: Vec<StepLine>,
    earlier: Vec<String>,
    address: Option<String>,
    may: May,
    key: String,
    refusal: String,
    filled: Filled,
}

/// One step of the way, in words.
struct StepLine {
    at: String,
    who: String,
    word: String,
    note: String,
}

/// One field that differs from what is public.
pub struct Change {
    label: String,
    before: String,
    after: String,
}

/// What the reader of the page may do with the text as it stands.
struct May {
    edit: bool,
    request: bool,
    approve: bool,
    own: bool,
    give_back: bool,
    publish: bool,
    /// It is approved, and others publish it.
    waits: bool,
    withdraw: bool,
}

/// The preview of a version in a language.
pub fn preview(portal: &Portal, visit: &Visit, title: &str, lead: &str, body: &str, lang: Lang) -> Preview {
    let settings = portal.settings();
    Preview {
        title: title.to_owned(),
        lead: braces::fill(lead, &settings, lang, visit.now),
        html: braces::html(body, &settings, lang, visit.now),
    }
}

/// One text: how it will look, how it stands, what can be done next.
pub async fn show<R: Room>(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, query: Query) -> Result<Page, PageError> {
    const DONE: [&str; 6] = ["saved", "requested", "returned", "approved", "published", "withdrawn"];
    let done = asked(&query, "done");
    let done = if DONE.contains(&done.as_str()) { visit.words().t(&format!("approval-done-{done}")) } else { String::new() };
    page::<R>(&portal, &visit, text_id(&id)?, done, String::new(), Filled::default()).await
}

/// The page of a text, saying what was done, why something was not, or what is to be mended.
pub async fn page<R: Room>(
    portal: &Portal,
    visit: &Visit,
    id: TextId,
    done: String,
    refusal: String,
    filled: Filled,
) -> Result<Page, PageError> {
    let found = portal
        .db
        .read(async move |tx| {
            let versions = store::versions(tx, id).await?;
            let Some(latest) = versions.first().filter(|version| version.kind == R::KIND) else { return Ok(None) };
            let past = store::steps(tx, latest.id).await?;
            let address = R::address(tx, id).await?;
            Ok(Some((versions, past, address)))
        })
        .await?;
    let (mut versions, past, address) = found.ok_or(PageError::NotFound)?;
    let version = versions.remove(0);
    let w = visit.words();
    let public = versions.iter().find(|version| version.stage() == Stage::Published);
    let ja = preview(portal, visit, &version.title_ja, &version.lead_ja, &version.body_ja, Lang::Ja);
    let en =
        version.wording().speaks(Lang::En).then(|| preview(portal, visit, &version.title_en, &version.lead_en, &version.body_en, Lang::En));
    let is_refused = !refusal.is_empty() || !filled.is_fine();
    let page = ShowPage {
        frame: frame::<R>(portal, visit, version.title_ja.clone()).done(done),
        path: format!("{}/{id}", R::PATH),
        over: w.one("approval-version", "n", &version.number),
        mark: R::mark(&version.facts, w),
        word: w.t(&version.stage().key()),
        ja,
        en,
        changes: public.map_or_else(Vec::new, |public| changes(public, &version, w)),
        steps: past.iter().map(|past| step_line(past, visit)).collect(),
        earlier: versions.iter().map(|earlier| earlier_line(earlier, w)).collect(),
        address: address.filter(|_| version.stage() == Stage::Published || public.is_some()),
        may: may::<R>(portal, visit, &version, &past),
        key: visit.now.uuid().to_string(),
        version,
        refusal,
        filled,
    };
    let page = Page::html(&page)?;
    Ok(if is_refused { page.status(StatusCode::CONFLICT) } else { page })
}

fn step_line(past: &Past, visit: &Visit) -> StepLine {
    let w = visit.words();
    StepLine {
        at: short_moment(past.at, w.lang),
        who: who(&past.actor, &past.role, visit),
        word: w.t(&past.step.key()),
        note: past.note.clone(),
    }
}

fn earlier_line(version: &Version, w: Words) -> String {
    let number = version.number.to_string();
    w.with("approval-earlier", &[("n", &number), ("at", &short_moment(version.saved_at, w.lang)), ("stage", &w.t(&version.stage().key()))])
}

/// Field by field, what readers will see differently.
fn changes(public: &Version, version: &Version, w: Words) -> Vec<Change> {
    let fields = [
        ("approval-title-ja", &public.title_ja, &version.title_ja),
        ("approval-lead-ja", &public.lead_ja, &version.lead_ja),
        ("approval-body-ja", &public.body_ja, &version.body_ja),
        ("approval-title-en", &public.title_en, &version.title_en),
        ("approval-lead-en", &public.lead_en, &version.lead_en),
        ("approval-body-en", &public.body_en, &version.body_en),
    ];
    let differing = fields.into_iter().filter(|(_, before, after)| before != after);
    differing
        .map(|(key, before, after)| {
            let (before, after) = differing_paragraphs(before, after);
            Change { label: w.t(key), before, after }
        })
        .collect()
}

/// The paragraphs of two texts without those at the beginning and the end that are the same.
fn differing_paragraphs(before: &str, after: &str) -> (String, String) {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.split("\n\n").collect(), after.split("\n\n").collect());
    let head = before.iter().zip(&after).take_while(|(before, after)| before == after).count();
    let shorter = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(shorter).take_while(|(before, after)| before == after).count();
    (before[head..before.len() - tail].join("\n\n"), after[head..after.len() - tail].join("\n\n"))
}

fn may<R: Room>(portal: &Portal, visit: &Visit, version: &Version, past: &[Past]) -> May {
    let can = |action| portal.offers(visit, action);
    let own = super::act::needs_two(portal) && is_own(past, &Hand::of(&visit.actor));
    let stage = version.stage();
    May {
        edit: can(Action::EditTexts),
        request: can(Action::EditTexts) && stage == Stage::Draft,
        approve: can(Action::ApproveTexts) && stage == Stage::Requested && !own,
        own: can(Action::ApproveTexts) && stage == Stage::Requested && own,
        give_back: can(Action::ApproveTexts) && matches!(stage, Stage::Requested | Stage::Approved),
        publish: can(Action::PublishTexts) && stage == Stage::Approved,
        waits: !can(Action::PublishTexts) && stage == Stage::Approved,
        withdraw: R::GROWS && can(Action::PublishTexts) && stage == Stage::Published,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_paragraphs_that_differ_are_shown() {
        assert_eq!(differing_paragraphs("一\n\n二\n\n三", "一\n\n弐\n\n三"), ("二".to_owned(), "弐".to_owned()));
        assert_eq!(differing_paragraphs("一\n\n三", "一\n\n二\n\n三"), (String::new(), "二".to_owned()));
        assert_eq!(differing_paragraphs("一\n\n一", "一"), ("一".to_owned(), String::new()));
    }
}
