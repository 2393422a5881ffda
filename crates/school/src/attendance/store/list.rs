use db::{Arg, DbResult, Tx, sql};
use kernel::Timestamp;

use super::people::questioned;
use crate::attendance::rule::{Held, Rule};
use crate::attendance::verdict::{Evidence, Facts, Mark, Verdict};
use crate::trainings::application::ApplicationId;
use crate::trainings::session::SessionId;

db::row! {
    /// A line of the list of those who were, or were not, there.
    #[derive(Clone, Debug)]
    pub struct Line {
        pub id: ApplicationId,
        pub number: i64,
        pub family: String,
        pub given: String,
        pub organization: String,
        pub seconds: i64,
        pub proofs: i64,
        pub mark: Option<Mark>,
        pub reason: String,
        pub verdict: Option<Verdict>,
        evidence: String,
        pub decided_at: Option<Timestamp>,
        pub is_questioned: bool,
        pub objects: bool,
    }
}

impl Line {
    /// 見本 花子
    pub fn name(&self) -> String {
        format!("{} {}", self.family, self.given)
    }

    /// What is known.
    pub const fn facts(&self) -> Facts {
        Facts { seconds: self.seconds, proofs: self.proofs, mark: self.mark, is_questioned: self.is_questioned }
    }

    /// What the verdict rests on.
    pub fn evidence(&self) -> Option<Evidence> {
        Evidence::of(&self.evidence)
    }
}

/// What a list is sifted by.
#[derive(Clone, Debug, Default)]
pub struct Sieve {
    /// A folded text; empty for everybody.
    pub text: String,
    /// A receipt number.
    pub number: Option<i64>,
    /// `present`, `absent`, `review`, `archive`; empty for everybody.
    pub standing: String,
    /// `objection`, `hand`, `unseen`; empty for everybody.
    pub care: String,
}

/// By what a session decides, in numbers for a query.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Seconds that are needed.
    pub seconds: i64,
    /// Proofs that are enough; more than there can be if they don't count.
    pub proofs: i64,
}

impl Measure {
    /// Of a rule and the hours of a session; without hours nobody reaches anything by minutes.
    pub fn of(rule: Rule, held: Option<Held>) -> Self {
        let seconds = held.map_or(i64::MAX, |held| rule.needed(held) * 60);
        Self { seconds, proofs: if rule.two_proofs { 2 } else { i64::MAX } }
    }
}

// What somebody is, or would be if attendance were closed now: $2 is whether it is closed, $3 and $4 the measure.
macro_rules! standing {
    () => {
        concat!(
            "(CASE WHEN t.verdict = 'archive' THEN 'archive' WHEN $2 AND t.verdict IS NOT NULL THEN t.verdict \
             WHEN t.mark IS NOT NULL THEN t.mark \
             WHEN COALESCE(t.seconds, 0) >= $3 OR COALESCE(t.proofs, 0) >= $4 THEN 'present' WHEN ",
            questioned!(),
            " THEN 'review' ELSE 'absent' END)"
        )
    };
}
macro_rules! from {
    () => {
        "FROM applications a JOIN persons p ON p.id = a.person LEFT JOIN attendances t ON t.application = a.id \
         WHERE a.session = $1 AND a.place = 'seat' AND a.cancelled_at IS NULL "
    };
}
macro_rules! sifted {
    () => {
        concat!(
            "AND (CAST($5 AS TEXT) = '' OR a.search LIKE $5 ESCAPE '!') AND (CAST($6 AS BIGINT) IS NULL OR a.number = $6) \
             AND (CAST($7 AS TEXT) = '' OR ",
            standing!(),
            " = $7) \
             AND (CAST($8 AS TEXT) = '' OR ($8 = 'hand' AND t.mark IS NOT NULL) \
                  OR ($8 = 'unseen' AND COALESCE(t.seconds, 0) = 0) \
                  OR ($8 = 'objection' AND EXISTS (SELECT 1 FROM attendance_objections o WHERE o.application = a.id AND o.answered_at IS NULL))) "
        )
    };
}
macro_rules! lines {
    ($rest:literal) => {
        sql!(concat!(
            "SELECT a.id, a.number, p.family, p.given, a.organization_name, COALESCE(t.seconds, 0), \
             COALESCE(t.proofs, 0), t.mark, COALESCE(t.reason, ''), t.verdict, COALESCE(t.evidence, ''), t.decided_at, ",
            questioned!(),
            ", EXISTS (SELECT 1 FROM attendance_objections o WHERE o.application = a.id AND o.answered_at IS NULL) ",
            from!(),
            sifted!(),
            $rest
        ))
    };
}

impl Sieve {
    fn args(&self, session: SessionId, is_closed: bool, measure: Measure) -> Vec<Arg> {
        let like = db::holding(&self.text);
        vec![
            session.into(),
            is_closed.into(),
            measure.seconds.into(),
            measure.proofs.into(),
            like.into(),
            self.number.into(),
            self.standing.as_str().into(),
            self.care.as_str().into(),
        ]
    }
}

/// Where a page of the list begins.
#[derive(Clone, Copy, Debug)]
pub enum From {
    /// Receipt numbers above this one.
    After(i64),
    /// Receipt numbers below this one, the highest first.
    Before(i64),
}

/// Those who pass the sieve, at most `limit`.
pub async fn lines(
    tx: &mut Tx<'_>,
    session: SessionId,
    is_closed: bool,
    measure: Measure,
    sieve: &Sieve,
    from: From,
    limit: i64,
) -> DbResult<Vec<Line>> {
    let mut args = sieve.args(session, is_closed, measure);
    let list = match from {
        From::After(number) => {
            args.push(number.into());
            lines!("AND a.number > $9 ORDER BY a.number LIMIT $10")
        }
        From::Before(number) => {
            args.push(number.into());
            lines!("AND a.number < $9 ORDER BY a.number DESC LIMIT $10")
        }
    };
    args.push(limit.into());
    tx.all(list, &args).await
}

/// How many pass the sieve.
pub async fn count_lines(tx: &mut Tx<'_>, session: SessionId, is_closed: bool, measure: Measure, sieve: &Sieve) -> DbResult<i64> {
    let count = sql!(concat!("SELECT COUNT(*) ", from!(), sifted!()));
    tx.one(count, &sieve.args(session, is_closed, measure)).await
}

/// How many are, or would be, what: the words of verdicts with their numbers.
pub async fn standings(tx: &mut Tx<'_>, session: SessionId, is_closed: bool, measure: Measure) -> DbResult<Vec<(String, i64)>> {
    let count = sql!(concat!(
        "SELECT standing, COUNT(*) FROM (SELECT ",
        standing!(),
        " AS standing ",
        from!(),
        ") AS standings GROUP BY standing ORDER BY standing"
    ));
    tx.all(count, &[session.into(), is_closed.into(), measure.seconds.into(), measure.proofs.into()]).await
}

/// Those of the session among these ids, in the order of their numbers.
pub async fn chosen_lines(
    tx: &mut Tx<'_>,
    session: SessionId,
    is_closed: bool,
    measure: Measure,
    ids: &[ApplicationId],
) -> DbResult<Vec<Line>> {
    let everybody = Sieve::default();
    let mut chosen = Vec::new();
    // Few are chosen at once, and each is found by its key.
    for id in ids {
        let mut args = everybody.args(session, is_closed, measure);
        args.push((*id).into());
        chosen.extend(tx.opt::<Line>(lines!("AND a.id = $9"), &args).await?);
    }
    chosen.sort_by_key(|line| line.number);
    Ok(chosen)
}
