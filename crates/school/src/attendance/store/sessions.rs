use db::{DbResult, Tx, sql};
use kernel::{Day, FiscalYear, Timestamp};

use crate::attendance::rule::{Rule, Unit};
use crate::trainings::programme::Audience;
use crate::trainings::session::SessionId;

/// What is set for a session: its rule, and whether its attendance is closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// How much is asked for.
    pub rule: Rule,
    /// Since when it is closed.
    pub closed_at: Option<Timestamp>,
    /// How often it was closed.
    pub closings: i64,
}

impl Sheet {
    /// Whether it is closed.
    pub const fn is_closed(&self) -> bool {
        self.closed_at.is_some()
    }
}

/// What is set for a session; the usual rule where nobody has set anything.
pub async fn sheet(tx: &mut Tx<'_>, session: SessionId) -> DbResult<Sheet> {
    let find = sql!("SELECT unit, least, two_proofs, closed_at, closings FROM attendance_sessions WHERE session = $1");
    let found: Option<(String, i64, bool, Option<Timestamp>, i64)> = tx.opt(find, &[session.into()]).await?;
    Ok(found.map_or_else(Sheet::default, |(unit, least, two_proofs, closed_at, closings)| Sheet {
        rule: Rule { unit: Unit::of(&unit).unwrap_or(Unit::Percent), least, two_proofs },
        closed_at,
        closings,
    }))
}

/// Sets the rule of a session.
pub async fn put_rule(tx: &mut Tx<'_>, session: SessionId, rule: Rule) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO attendance_sessions (session, unit, least, two_proofs) VALUES ($1, $2, $3, $4)
         ON CONFLICT (session) DO UPDATE SET unit = excluded.unit, least = excluded.least, two_proofs = excluded.two_proofs"
    );
    tx.run(put, &[session.into(), rule.unit.id().into(), rule.least.into(), rule.two_proofs.into()]).await?;
    Ok(())
}

/// Closes attendance.
pub async fn put_closed(tx: &mut Tx<'_>, session: SessionId, by: &str, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO attendance_sessions (session, closed_at, closed_by, closings) VALUES ($1, $2, $3, 1)
         ON CONFLICT (session) DO UPDATE SET closed_at = excluded.closed_at, closed_by = excluded.closed_by,
             closings = attendance_sessions.closings + 1"
    );
    tx.run(put, &[session.into(), now.into(), by.into()]).await?;
    Ok(())
}

/// Opens attendance again.
pub async fn put_open(tx: &mut Tx<'_>, session: SessionId) -> DbResult<()> {
    tx.run(sql!("UPDATE attendance_sessions SET closed_at = NULL, closed_by = NULL WHERE session = $1"), &[session.into()]).await?;
    Ok(())
}

db::row! {
    /// A session that was held and whose attendance is not closed.
    #[derive(Clone, Debug)]
    pub struct Unclosed {
        pub id: SessionId,
        pub year: FiscalYear,
        pub audience: Audience,
        pub number: i64,
        pub extra: bool,
        pub day: Day,
        pub taken: i64,
        pub open: i64,
    }
}

/// Sessions with applicants that ended between these moments and are not closed, with how many participants wait in the queue of each.
pub async fn unclosed(tx: &mut Tx<'_>, since: Timestamp, now: Timestamp) -> DbResult<Vec<Unclosed>> {
    let list = sql!(
        "SELECT s.id, g.year, c.slug, s.number, s.extra, s.day, s.taken,
             (SELECT COUNT(*) FROM attendees t JOIN attendance_imports i ON i.id = t.import
              WHERE t.session = s.id AND t.how = '' AND i.withdrawn_at IS NULL)
         FROM sessions s JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme
             LEFT JOIN attendance_sessions h ON h.session = s.id
         WHERE s.ends_at > $1 AND s.ends_at <= $2 AND s.cancelled_at IS NULL AND s.day IS NOT NULL AND s.taken > 0
             AND h.closed_at IS NULL
         ORDER BY s.ends_at, s.id LIMIT 200"
    );
    tx.all(list, &[since.into(), now.into()]).await
}
