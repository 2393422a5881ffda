//! What the day knows of everybody's presence: for whoever decides on attendance.

use db::{DbResult, Tx};
use kernel::{Timestamp, fold};
use std::collections::BTreeMap;

use super::store;
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

/// What is known of one application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The application.
    pub application: ApplicationId,
    /// From when until when, on whichever device, in order of time; they may overlap, and reach beyond the session.
    pub intervals: Vec<(Timestamp, Timestamp)>,
    /// Whether the keyword was typed.
    pub keyword_ok: bool,
    /// Whether the questionnaire was answered.
    pub survey_done: bool,
    /// Whether they watched together with others, before one screen: evidence of the kind 'group'.
    pub group: bool,
    /// Whether the questions for those who watch together were answered right; nothing if none were asked of them.
    pub checks_ok: Option<bool>,
}

/// Everybody of the session of whom anything is known.
pub async fn of_session(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Vec<Evidence>> {
    let meeting = store::meeting(tx, session).await?;
    let mut known: BTreeMap<ApplicationId, Evidence> = BTreeMap::new();
    for stretch in store::stretches(tx, session).await? {
        let evidence = entry(&mut known, stretch.application);
        evidence.intervals.push((stretch.began_at, stretch.last_at));
        evidence.group |= stretch.group;
    }
    let keyword = fold(&meeting.keyword);
    if !keyword.is_empty() {
        for application in store::who_typed(tx, session, &keyword).await? {
            entry(&mut known, application).keyword_ok = true;
        }
    }
    for application in store::who_answered(tx, session).await? {
        entry(&mut known, application).survey_done = true;
    }
    let asks = !meeting.checks.0.is_empty();
    for viewer in store::checked(tx, session).await? {
        let evidence = entry(&mut known, viewer.application);
        evidence.group = true;
        evidence.checks_ok = asks.then_some(viewer.checked_at.is_some());
    }
    Ok(known.into_values().collect())
}

fn entry(known: &mut BTreeMap<ApplicationId, Evidence>, application: ApplicationId) -> &mut Evidence {
    known.entry(application).or_insert_with(|| Evidence {
        application,
        intervals: Vec::new(),
        keyword_ok: false,
        survey_done: false,
        group: false,
        checks_ok: None,
    })
}
