use access::OrganizationId;
use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use web::{Page, PageError, Portal, Visit, Words};

use super::{Organization, search};

/// Choices on one page: more than anybody reads, so that nobody takes the first for the only ones.
const SHOWN: usize = 12;

/// Longer than any name.
const TYPED_MAX: usize = 200;

/// What to choose a workplace from, as a piece of a page: the answer to the script, and part of the forms that ask for it.
///
/// The chosen value goes into the field `organization`: an id, or `other` for one that is not in the list.
#[derive(Template)]
#[template(path = "organizations/choices.html")]
struct Choices<'a> {
    w: Words,
    typed: &'a str,
    found: &'a [Organization],
    /// There may be more than are shown.
    more: bool,
    chosen: &'a str,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

/// `GET /organizations?q=みほん`
pub(super) async fn found(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    let typed: String = asked.q.chars().take(TYPED_MAX).collect();
    let wanted = typed.clone();
    let found = portal.db.read(async move |tx| search(tx, &wanted, SHOWN + 1).await).await?;
    Ok(Page::of("text/html; charset=utf-8", choices(visit.words(), &typed, &found, "")?.into_bytes()))
}

/// The choices for a form that was sent without script: what [`search`] found for `typed`, and which one is chosen (an id, `other`, or nothing yet).
pub fn choices(w: Words, typed: &str, found: &[Organization], chosen: &str) -> Result<String, PageError> {
    let shown = &found[..found.len().min(SHOWN)];
    Ok(Choices { w, typed, found: shown, more: found.len() > SHOWN, chosen }.render()?)
}

impl Choices<'_> {
    fn is_chosen(&self, id: &OrganizationId) -> bool {
        id.to_string() == self.chosen
    }

    /// 病院・320床／東京都みほん市例示町0-1
    fn about(&self, organization: &Organization) -> String {
        let lang = self.w.lang;
        let beds = organization.beds.map(|beds| self.w.count("organizations-beds", beds)).unwrap_or_default();
        self.w.with(
            "organizations-about",
            &[
                ("kind", organization.kind_name(lang)),
                ("beds", &beds),
                ("prefecture", organization.prefecture_name(lang)),
                ("address", &organization.address),
            ],
        )
    }
}
