use axum::extract::{Path, State};
use db::Lane;
use kernel::{NotText, Text};
use web::{Filled, Page, PageError, Portal, Posted, Visit};

use super::super::super::material::{MOST_BYTES, MaterialId, Moment};
use super::super::super::materials::{self as verb, NewMaterial};
use super::{received, show};
use crate::office::staff_pages;

/// What a material is called: at most 100 characters.
type Title = Text<100>;

/// Adds a material with its file, or puts a file in the place of an earlier one.
pub async fn add(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let replaces = posted.get("replaces").parse::<MaterialId>().ok();
    let title = match Title::new(posted.get("title")) {
        Ok(title) => title.into_string(),
        Err(_) if replaces.is_some() => String::new(),
        Err(NotText::Empty) => {
            filled.wrong("title", w.t("material-title-empty"));
            String::new()
        }
        Err(NotText::TooLong { length, .. }) => {
            filled.wrong("title", w.one("material-title-long", "n", &length));
            String::new()
        }
    };
    let sent = match posted.take_file() {
        None => Err("file-none"),
        Some(file) => match received(&portal, file, MOST_BYTES, |kind| !kind.is_film()).await? {
            Ok(coming) => coming.keep(&portal).await?,
            Err(key) => Err(key),
        },
    };
    let sent = match sent {
        Ok(sent) if filled.is_fine() => sent,
        Ok(_) => return show::page(&portal, &visit, &whole, String::new(), filled, String::new()).await,
        Err(key) => {
            filled.wrong("file", w.t(key));
            return show::page(&portal, &visit, &whole, String::new(), filled, String::new()).await;
        }
    };
    let new = NewMaterial {
        course: whole.course.id,
        session: (posted.get("whose") != "course").then_some(whole.session.id),
        title,
        moment: posted.get("moment").parse().unwrap_or(Moment::After),
    };
    let (by, key) = (visit.actor.label(), posted.key(&portal, &visit));
    let write = async move |tx: &mut db::Tx<'_>, now| match replaces {
        Some(material) => verb::replace(tx, material, &sent, &by, now).await,
        None => verb::add(tx, &new, &sent, &by, now).await.map(|_| true),
    };
    if portal.db.write(Lane::Staff, key, write).await? {
        Ok(Page::see_other(&visit.to(&whole.path("/archive?done=material#materials"))))
    } else {
        Err(PageError::NotFound)
    }
}

/// Takes a material back.
pub async fn withdraw(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let whole = staff_pages::session(&portal, &visit, &id).await?;
    let (by, key) = (visit.actor.label(), posted.key(&portal, &visit));
    let Ok(material) = posted.get("material").parse::<MaterialId>() else {
        return show::page(&portal, &visit, &whole, String::new(), Filled::default(), visit.words().t("material-unknown")).await;
    };
    portal.db.write(Lane::Staff, key, async move |tx, now| verb::withdraw(tx, material, &by, now).await).await?;
    Ok(Page::see_other(&visit.to(&whole.path("/archive?done=material-withdrawn#materials"))))
}
