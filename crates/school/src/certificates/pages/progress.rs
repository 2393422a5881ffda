use askama::Template;
use axum::extract::State;
use axum::http::HeaderName;
use kernel::{Span, Timestamp};
use web::{Frame, Page, PageError, Portal, Visit};

use crate::certificates::store::{self, Progress};
use crate::office::staff_pages;

/// What is being made now was issued within this time.
const LATELY: Span = Span::hours(24);

/// So many files say how long one takes.
const MEASURED: i64 = 20;

#[derive(Template)]
#[template(path = "certificates/pages/progress.html")]
struct ProgressPage {
    frame: Frame,
    progress: Progress,
    waiting: i64,
    words: String,
    left: String,
}

/// How far the making of files is. Whoever leaves finds it again, and the page looks again by itself.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let (since, w) = (visit.now.minus(LATELY), visit.words());
    let (progress, made) =
        portal.db.read(async move |tx| Ok((store::progress(tx, since).await?, store::made_lately(tx, MEASURED).await?))).await?;
    let waiting = progress.issued - progress.made - progress.failed;
    let words = w.with("certificates-made", &[("made", &progress.made.to_string()), ("issued", &progress.issued.to_string())]);
    let left = if waiting == 0 {
        String::new()
    } else {
        left(waiting, &made).map_or_else(|| w.t("certificates-left-soon"), |minutes| w.one("certificates-left", "minutes", &minutes))
    };
    let frame =
        staff_pages::frame(&portal, &visit, w.t("certificates-progress")).crumb(w.t("certificates-title"), "/staff/certificates").here();
    let page = Page::html(&ProgressPage { frame, progress, waiting, words, left })?;
    Ok(if waiting > 0 { page.with(HeaderName::from_static("refresh"), "5") } else { page })
}

/// Minutes for so many, at the pace of the latest; nothing as long as there is no pace.
fn left(waiting: i64, made: &[Timestamp]) -> Option<i64> {
    let (newest, oldest) = (made.first()?, made.last()?);
    let steps = i64::try_from(made.len()).ok()? - 1;
    let took = newest.since(*oldest).as_micros();
    (steps > 0 && took > 0).then(|| (took * waiting / steps / 60_000_000) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_the_pace_of_the_latest() {
        let at = |seconds: i64| Timestamp::from_micros(seconds * 1_000_000);
        assert_eq!(left(600, &[at(20), at(10), at(0)]), Some(101), "one in ten seconds");
        assert_eq!(left(600, &[at(20)]), None);
        assert_eq!(left(600, &[]), None);
    }
}
