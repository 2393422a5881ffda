//! Taking over what the lobby has seen of a session's day.

use db::{DbResult, Tx};
use kernel::{Span, Timestamp};

use super::minutes::Presence;
use super::reckon::reckon_all;
use super::rule::Held;
use super::store::{self, Stay};
use super::verdict::{Proof, Source};
use crate::lobby::evidence::{self, Evidence};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::Session;

/// Takes over everybody's presence in the lobby, before one screen with others, keyword and questionnaire, and reckons anew.
///
/// What was taken over before is replaced, so it may be done as often as somebody looks. The session's row is to be locked.
pub async fn from_the_day(tx: &mut Tx<'_>, session: &Session, now: Timestamp) -> DbResult<()> {
    let Some(held) = Held::of(session) else { return Ok(()) };
    let known = evidence::of_session(tx, session.id).await?;
    if known.is_empty() {
        return Ok(());
    }
    let stays: Vec<Stay> = known.iter().filter(|one| counts(one)).flat_map(stays).collect();
    store::replace_stays(tx, session.id, &stays, now).await?;
    let proofs: Vec<(ApplicationId, Proof)> = known.iter().flat_map(|one| proofs(one, held)).collect();
    store::add_proofs(tx, session.id, &proofs, now).await?;
    reckon_all(tx, session).await
}

/// Who looked at a screen with others has also to answer what is asked of them, where something is.
const fn counts(evidence: &Evidence) -> bool {
    !matches!((evidence.group, evidence.checks_ok), (true, Some(false)))
}

fn stays(evidence: &Evidence) -> impl Iterator<Item = Stay> {
    let source = if evidence.group { Source::Group } else { Source::Heartbeat };
    evidence.intervals.iter().map(move |(from, until)| Stay { application: evidence.application, source, from: *from, until: *until })
}

fn proofs(evidence: &Evidence, held: Held) -> impl Iterator<Item = (ApplicationId, Proof)> {
    let seconds = Presence { stays: evidence.intervals.clone(), totals: Vec::new() }.seconds(held);
    // A page that was opened for a moment is no sign of having listened.
    let is_mostly_there = Span::seconds(seconds).as_micros() * 2 >= held.length().as_micros();
    let application = evidence.application;
    [(is_mostly_there, Proof::Heartbeat), (evidence.keyword_ok, Proof::Keyword), (evidence.survey_done, Proof::Survey)]
        .into_iter()
        .filter_map(move |(is_given, proof)| is_given.then_some((application, proof)))
}
