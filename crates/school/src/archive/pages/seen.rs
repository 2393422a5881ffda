use axum::extract::{Path, State};
use db::Lane;
use serde::Serialize;
use web::{Page, PageError, Portal, Posted, Visit, Words};

use super::super::captions::clock;
use super::super::watch::{self, NotWatched, Progress};
use super::place;
use super::who::{Who, who};

/// How far somebody has come, for the script and in words.
#[derive(Debug, Serialize)]
pub struct Told {
    /// Whether it was put down.
    recorded: bool,
    /// The seconds that were seen, such as `0-15 40-42`.
    seen: String,
    /// 「あと12分で受講済みになります」
    words: String,
    /// 「まだ見ていないところ：0:15～0:40」
    unseen: String,
    /// Whether enough was seen.
    enough: bool,
    /// Whether the session counts as attended.
    complete: bool,
}

/// Puts down what a browser says was seen. Whoever did not apply is told that nothing is kept.
pub async fn report(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let place = place(&portal, &path).await?;
    let w = visit.words();
    let nothing = |words: String| {
        Page::json(&Told { recorded: false, seen: String::new(), words, unseen: String::new(), enough: false, complete: false })
    };
    let viewer = match who(&portal, &visit, place.session.id, posted.get("as")).await? {
        Who::One(viewer) => viewer,
        Who::Unproven { .. } => return nothing(w.t("archive-unproven")),
        Who::Anybody | Who::Several(_) => return nothing(w.t("archive-not-recorded")),
    };
    let (session, application) = (place.session.id, viewer.application);
    let (seen, resume_at) = (posted.get("seen").to_owned(), posted.get("at").parse().unwrap_or(0));
    let write = async move |tx: &mut db::Tx<'_>, now| watch::watch(tx, session, application, &seen, resume_at, now).await;
    match portal.db.write(Lane::Public, None, write).await? {
        Ok(progress) => Page::json(&Told {
            recorded: true,
            words: words(w, &progress, place.recording.as_ref().is_some_and(|recording| !recording.questions().is_empty())),
            unseen: unseen(w, &progress),
            enough: progress.seconds >= progress.needed,
            complete: progress.is_complete,
            seen: progress.seen.to_string(),
        }),
        Err(NotWatched::Unknown | NotWatched::Nonsense) => nothing(w.t("archive-not-recorded")),
    }
}

/// 「あと12分で受講済みになります」
pub fn words(w: Words, progress: &Progress, has_questions: bool) -> String {
    let left = progress.needed - progress.seconds;
    match () {
        () if progress.is_complete => w.t("archive-is-complete"),
        () if left <= 0 && has_questions => w.t("archive-left-check"),
        () if left <= 0 => w.t("archive-is-complete"),
        () if left < 60 && has_questions => w.count("archive-left-seconds-check", left),
        () if left < 60 => w.count("archive-left-seconds", left),
        () if has_questions => w.count("archive-left-minutes-check", (left + 59) / 60),
        () => w.count("archive-left-minutes", (left + 59) / 60),
    }
}

/// The parts that were not seen, the first few of them.
pub fn unseen(w: Words, progress: &Progress) -> String {
    const SHOWN: usize = 4;
    let parts = progress.seen.unseen(progress.whole);
    // A second here and there is nobody's gap.
    let gaps: Vec<_> = parts.iter().filter(|(from, until)| until - from > 2).collect();
    if gaps.is_empty() {
        return String::new();
    }
    let said: Vec<String> =
        gaps.iter().take(SHOWN).map(|(from, until)| format!("{}{}{}", clock(*from), w.lang.pick("～", "–"), clock(*until))).collect();
    let said = said.join(w.lang.pick("、", ", "));
    let key = if gaps.len() > SHOWN { "archive-unseen-more" } else { "archive-unseen" };
    w.one(key, "parts", &said)
}
