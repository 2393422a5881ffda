//! Whom a rule reaches: one condition for those who are written to and for the count that is shown before.

use db::{DbResult, Tx, sql};
use kernel::Timestamp;
use people::persons::PersonId;

use crate::attendance::store::attended_elsewhere;
use crate::reminders::rule::{Due, Given, To};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

db::row! {
    /// Somebody who is written to from now on.
    #[derive(Clone, Copy, Debug)]
    pub struct Reached {
        pub application: ApplicationId,
        pub person: PersonId,
    }
}

// Who watched at another's screen is told by nobody but the host. An address that does not want the rule, or from which mail came
// back, is left out of what is optional.
macro_rules! reached {
    ($before:literal, $which:expr, $after:literal) => {
        sql!(concat!(
            $before,
            "FROM applications a WHERE a.session = $1 AND a.cancelled_at IS NULL AND a.applied_at < $2 \
             AND (a.entered_by IS NULL OR a.entered_by NOT LIKE 'group:%') AND ",
            $which,
            " AND NOT EXISTS (SELECT 1 FROM persons p JOIN mail_declined d ON d.email = p.email WHERE p.id = a.person AND d.rule = $3) \
             AND NOT EXISTS (SELECT 1 FROM persons p JOIN mail_bounces b ON b.email = p.email \
                 WHERE p.id = a.person AND b.confirmed_at IS NULL AND CAST($4 AS BIGINT) = 1) ",
            $after
        ))
    };
}

/// The statement for each kind of people, that begins and ends so.
macro_rules! for_each_kind {
    ($to:expr, $before:literal, $after:literal) => {
        match $to {
            To::Seat => reached!($before, "a.place = 'seat'", $after),
            To::Waiting => reached!($before, "a.place = 'waiting'", $after),
            To::Unanswered => reached!(
                $before,
                "a.place = 'seat' AND NOT EXISTS (SELECT 1 FROM survey_done q WHERE q.application = a.id) \
                 AND NOT EXISTS (SELECT 1 FROM meetings m WHERE m.session = a.session AND m.questionnaire = '') \
                 AND NOT EXISTS (SELECT 1 FROM attendances t WHERE t.application = a.id AND t.verdict = 'absent')",
                $after
            ),
            To::Absent => reached!(
                $before,
                concat!(
                    "a.place = 'seat' AND EXISTS (SELECT 1 FROM attendances t WHERE t.application = a.id AND t.verdict = 'absent') \
                     AND NOT EXISTS (SELECT 1 FROM completions c WHERE c.application = a.id) AND EXISTS (SELECT 1 FROM recordings r \
                         WHERE r.session = a.session AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL) AND NOT ",
                    attended_elsewhere!()
                ),
                $after
            ),
        }
    };
}

/// Notes down the next people whom a rule reaches, each once and for good, and says who they are.
pub async fn reach(tx: &mut Tx<'_>, session: SessionId, given: &Given, due: Due, cut: Timestamp, limit: i64) -> DbResult<Vec<Reached>> {
    let add = for_each_kind!(
        given.to,
        "INSERT INTO reminders (application, session, rule, edition, person, due_at) SELECT a.id, a.session, $3, $5, a.person, $6 ",
        "AND NOT EXISTS (SELECT 1 FROM reminders r WHERE r.application = a.id AND r.session = $1 AND r.rule = $3 AND r.edition = $5) \
         ORDER BY a.id LIMIT $7 ON CONFLICT (application, session, rule, edition) DO NOTHING RETURNING application, person"
    );
    let args = [
        session.into(),
        cut.into(),
        given.rule.into(),
        i64::from(given.optional).into(),
        given.edition(due).into(),
        due.at.into(),
        limit.into(),
    ];
    tx.all(add, &args).await
}

/// How many a rule reaches as things stand.
pub async fn count_reached(tx: &mut Tx<'_>, session: SessionId, given: &Given, cut: Timestamp) -> DbResult<i64> {
    let count = for_each_kind!(given.to, "SELECT COUNT(*) ", "");
    tx.one(count, &[session.into(), cut.into(), given.rule.into(), i64::from(given.optional).into()]).await
}

/// Whether a rule reaches one application as things stand.
pub async fn reaches(tx: &mut Tx<'_>, application: ApplicationId, session: SessionId, given: &Given, cut: Timestamp) -> DbResult<bool> {
    let count = for_each_kind!(given.to, "SELECT COUNT(*) ", "AND a.id = $5");
    let args = [session.into(), cut.into(), given.rule.into(), i64::from(given.optional).into(), application.into()];
    Ok(tx.one::<i64>(count, &args).await? > 0)
}
