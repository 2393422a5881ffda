//! お知らせの取り込み: notices of another site become drafts, and keep their addresses.

use db::{DbResult, Tx};
use intake::Column;
use kernel::Timestamp;
use people::lists::{Cells, Checked, Fate, How, List};
use serde_json::json;
use web::{Frame, Portal, Visit, Words};

use super::notice::{Category, Slug};
use super::room::Notices;
use crate::approval::Room as _;
use crate::approval::drafts::{self, Draft, KEPT};

/// Notices.
pub struct NoticeList;

impl List for NoticeList {
    type Target = ();
    type Row = Draft;

    const KIND: &'static str = "notices";
    const BASE: &'static str = Notices::PATH;
    const COLUMNS: &'static [Column<&'static str>] = &[
        Column::optional("number", &["番号", "slug", "number"]),
        Column::required("category", &["分類", "category"]),
        Column::required("title", &["題名", "タイトル", "件名", "title"]),
        Column::required("body", &["本文", "内容", "body", "text"]),
        Column::optional("title_en", &["英語の題名", "title (english)", "english title"]),
        Column::optional("body_en", &["英語の本文", "body (english)", "english text"]),
    ];
    const TEMPLATE: &'static [&'static str] = &["number", "category", "title", "body", "title_en", "body_en"];
    const SHOWN: &'static [&'static str] = &["number", "category", "title"];
    const PEOPLE: bool = false;

    async fn find(_: &mut Tx<'_>, _: &str) -> DbResult<Option<()>> {
        Ok(Some(()))
    }

    fn frame((): &(), portal: &Portal, visit: &Visit, title: String) -> Frame {
        drafts::frame::<Notices>(portal, visit, title)
    }

    fn path((): &()) -> String {
        Notices::PATH.to_owned()
    }

    fn shelf((): &()) -> String {
        Notices::PATH.to_owned()
    }

    async fn check(_: &mut Tx<'_>, (): &(), cells: &Cells, w: Words, now: Timestamp) -> DbResult<Result<Checked<Self>, Vec<String>>> {
        let (mut wording, mut wrong) = drafts::wording(cells, w);
        let category = category(cells.get("category"));
        if category.is_none() {
            wrong.push(w.t("lists-notices-wrong-category"));
        }
        let typed = kernel::fold(cells.get("number"));
        let slug = typed.parse::<Slug>().ok();
        match slug {
            None if !typed.is_empty() => wrong.push(w.t("lists-notices-wrong-slug")),
            Some(slug) if slug.day > now.day() => wrong.push(w.t("lists-notices-wrong-future")),
            _ => {}
        }
        let Some(category) = category.filter(|_| wrong.is_empty()) else { return Ok(Err(wrong)) };
        let kept = slug.map(|slug| slug.to_string());
        wording.facts = match &kept {
            Some(slug) => json!({ "category": category.id(), KEPT: slug }),
            None => json!({ "category": category.id() }),
        };
        Ok(Ok(Checked { row: Draft { wording, kept }, cares: Vec::new() }))
    }

    async fn plan(tx: &mut Tx<'_>, (): &(), rows: &[Draft], w: Words, _: Timestamp) -> DbResult<Vec<Fate>> {
        drafts::plan::<Notices>(tx, rows, w).await
    }

    async fn bring_in(tx: &mut Tx<'_>, (): &(), rows: &[Draft], how: &How, now: Timestamp) -> DbResult<Vec<Fate>> {
        drafts::bring_in::<Notices>(tx, rows, how, now).await
    }
}

/// The category that a list calls so: its printed word or its id.
fn category(typed: &str) -> Option<Category> {
    let typed = kernel::fold(typed);
    Category::printed(&typed).or_else(|| typed.parse().ok())
}
