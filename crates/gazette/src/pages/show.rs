use askama::Template;
use axum::extract::State;
use kernel::Lang;
use web::{Frame, Page, PageError, Portal, Visit};

use super::page::Name;
use super::store;
use crate::braces;

#[derive(Template)]
#[template(path = "pages/show.html")]
struct ShowPage {
    frame: Frame,
    side: Vec<(String, String, bool)>,
    lead: String,
    updated: String,
    html: String,
    is_japanese: bool,
}

/// 本サイトの使い方
pub async fn guide(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    show(&portal, &visit, Name::Guide).await
}

/// 事業について
pub async fn about(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    show(&portal, &visit, Name::About).await
}

/// プライバシーポリシー
pub async fn privacy(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    show(&portal, &visit, Name::Privacy).await
}

/// 利用規約
pub async fn terms(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    show(&portal, &visit, Name::Terms).await
}

/// ウェブアクセシビリティ
pub async fn accessibility(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    show(&portal, &visit, Name::Accessibility).await
}

async fn show(portal: &Portal, visit: &Visit, name: Name) -> Result<Page, PageError> {
    let found = portal.db.read(async move |tx| store::page(tx, name).await).await?.ok_or(PageError::NotFound)?;
    let (w, settings) = (visit.words(), portal.settings());
    let (title, lead, body, is_japanese) = found.speak(visit.lang);
    let language = if is_japanese { Lang::Ja } else { visit.lang };
    let foot = |path: &str, key: &str| (path.to_owned(), w.t(key), path == name.path());
    let page = ShowPage {
        frame: Frame::new(portal, visit, title).here(),
        side: vec![
            foot("/guide", "foot-guide"),
            foot("/about", "foot-about"),
            foot("/contact", "foot-contact"),
            foot("/privacy", "foot-privacy"),
            foot("/terms", "foot-terms"),
            foot("/accessibility", "foot-accessibility"),
        ],
        lead: braces::fill(lead, &settings, language, visit.now),
        updated: w.one("pages-updated", "day", &kernel::long_date(found.updated_on, visit.lang)),
        html: braces::html(body, &settings, language, visit.now),
        is_japanese,
    };
    Ok(Page::html(&page)?.lasts_until(visit.now.next_midnight()))
}
