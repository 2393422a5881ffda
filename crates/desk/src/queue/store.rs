use access::AccountId;
use db::{Arg, DbResult, Tx, sql};
use kernel::{EmailAddress, Timestamp, Uuid};

use super::filter::{Cursor, Filter, Whose};
use crate::cases::{CaseId, CaseNumber, Phase};

/// Lines on a page.
pub const LINES: usize = 50;

/// One more than a page holds, to know whether there is a next one.
const ASKED: i64 = 51;

/// No count goes further: nobody needs to know whether 300 or 400 wait.
pub const COUNTED: i64 = 100;

db::row! {
    /// A case as the queue shows it.
    #[derive(Clone, Debug)]
    pub struct Line {
        pub id: CaseId,
        pub number: CaseNumber,
        pub is_drill: bool,
        pub door: crate::cases::Door,
        pub event: Option<String>,
        pub phase: Phase,
        pub prefecture: Option<String>,
        pub kind: Option<String>,
        pub stage: Option<i64>,
        pub urgency: i64,
        pub made_at: Timestamp,
        pub heard_at: Timestamp,
        pub answered_at: Option<Timestamp>,
        pub called_at: Option<Timestamp>,
        pub closed_at: Option<Timestamp>,
        pub taken_by: Option<AccountId>,
        pub taker: Option<EmailAddress>,
        pub provisional_until: Option<Timestamp>,
        pub next_due: Option<Timestamp>,
    }
}

db::row! {
    /// A case that has a product of a cluster, or an indicator.
    #[derive(Clone, Debug)]
    pub struct Marked {
        pub mark: String,
        pub number: CaseNumber,
    }
}

/// Open cases, the heaviest and longest waiting first.
pub async fn open(tx: &mut Tx<'_>, filter: &Filter, from: &Cursor, me: AccountId) -> DbResult<Vec<Line>> {
    let list = sql!(
        "SELECT cases.id, cases.number, cases.is_drill, cases.door, cases.event, cases.phase, cases.prefecture, cases.institution_kind,
                cases.stage, cases.urgency, cases.made_at, cases.heard_at, cases.answered_at, cases.called_at, cases.closed_at,
                cases.taken_by, accounts.email,
                (SELECT until FROM case_judgements WHERE case_id = cases.id AND until IS NOT NULL AND ended_at IS NULL),
                (SELECT min(due_at) FROM case_clocks WHERE case_id = cases.id AND stopped_at IS NULL)
         FROM cases LEFT JOIN accounts ON accounts.id = cases.taken_by
         WHERE cases.closed_at IS NULL
           AND (cases.urgency, coalesce(-cases.stage, 1), cases.heard_at, cases.id) > ($1, $2, $3, $4)
           AND (CAST($5 AS BIGINT) IS NULL OR cases.urgency = $5)
           AND (CAST($6 AS BIGINT) IS NULL OR coalesce(cases.stage, -1) = $6)
           AND (CAST($7 AS TEXT) IS NULL OR cases.phase = $7)
           AND (CAST($8 AS TEXT) IS NULL OR cases.event = $8)
           AND (CAST($9 AS TEXT) IS NULL OR cases.prefecture = $9)
           AND (CAST($10 AS BOOLEAN) IS NULL OR cases.is_drill = $10)
           AND (CAST($11 AS TEXT) IS NULL OR ($11 = 'mine' AND cases.taken_by = $12) OR ($11 = 'free' AND cases.taken_by IS NULL))
         ORDER BY cases.urgency, coalesce(-cases.stage, 1), cases.heard_at, cases.id LIMIT $13"
    );
    let mut args: Vec<Arg> = vec![from.urgency.into(), from.stage.into(), from.heard_at.into(), from.id.into()];
    args.extend(filtered(filter, me));
    args.push(ASKED.into());
    tx.all(list, &args).await
}

/// Closed cases, the last first; `before` is where the page before ended.
pub async fn closed(tx: &mut Tx<'_>, filter: &Filter, before: Option<(Timestamp, Uuid)>, me: AccountId) -> DbResult<Vec<Line>> {
    let list = sql!(
        "SELECT cases.id, cases.number, cases.is_drill, cases.door, cases.event, cases.phase, cases.prefecture, cases.institution_kind,
                cases.stage, cases.urgency, cases.made_at, cases.heard_at, cases.answered_at, cases.called_at, cases.closed_at,
                cases.taken_by, accounts.email, CAST(NULL AS BIGINT),
                (SELECT min(due_at) FROM case_clocks WHERE case_id = cases.id AND stopped_at IS NULL)
         FROM cases LEFT JOIN accounts ON accounts.id = cases.taken_by
         WHERE cases.closed_at IS NOT NULL AND (cases.closed_at, cases.id) < ($1, $2)
           AND (CAST($3 AS BIGINT) IS NULL OR cases.urgency = $3)
           AND (CAST($4 AS BIGINT) IS NULL OR coalesce(cases.stage, -1) = $4)
           AND (CAST($5 AS TEXT) IS NULL OR cases.phase = $5)
           AND (CAST($6 AS TEXT) IS NULL OR cases.event = $6)
           AND (CAST($7 AS TEXT) IS NULL OR cases.prefecture = $7)
           AND (CAST($8 AS BOOLEAN) IS NULL OR cases.is_drill = $8)
           AND (CAST($9 AS TEXT) IS NULL OR ($9 = 'mine' AND cases.taken_by = $10) OR ($9 = 'free' AND cases.taken_by IS NULL))
         ORDER BY cases.closed_at DESC, cases.id DESC LIMIT $11"
    );
    let (closed_at, id) = before.unwrap_or((Timestamp::from_micros(i64::MAX), Uuid::max()));
    let mut args: Vec<Arg> = vec![closed_at.into(), id.into()];
    args.extend(filtered(filter, me));
    args.push(ASKED.into());
    tx.all(list, &args).await
}

fn filtered(filter: &Filter, me: AccountId) -> [Arg; 8] {
    [
        filter.urgency.into(),
        filter.stage.into(),
        filter.phase.map(Phase::id).into(),
        filter.event.as_deref().into(),
        filter.prefecture.as_deref().into(),
        filter.is_drill.into(),
        filter.whose.map(Whose::id).into(),
        me.into(),
    ]
}

/// How many cases nobody has taken, at most a hundred, and since when the first of them waits.
pub async fn untaken(tx: &mut Tx<'_>) -> DbResult<(i64, Option<Timestamp>)> {
    let count = sql!(
        "SELECT count(*), min(made_at) FROM
           (SELECT made_at FROM cases WHERE taken_at IS NULL AND closed_at IS NULL ORDER BY made_at LIMIT $1) oldest"
    );
    tx.one(count, &[COUNTED.into()]).await
}

/// Products of cases that came since a moment, exercises aside.
pub async fn products_since(tx: &mut Tx<'_>, since: Timestamp) -> DbResult<Vec<Marked>> {
    let list = sql!(
        "SELECT case_products.product, cases.number FROM case_products JOIN cases ON cases.id = case_products.case_id
         WHERE cases.made_at >= $1 AND cases.is_drill = $2 ORDER BY case_products.product, cases.number LIMIT 2000"
    );
    tx.all(list, &[since.into(), false.into()]).await
}

/// Kinds of indicators that cases share which came since a moment, exercises aside: one line for each case of each shared one.
pub async fn indicators_since(tx: &mut Tx<'_>, since: Timestamp) -> DbResult<Vec<(Vec<u8>, String, CaseNumber)>> {
    let list = sql!(
        "SELECT case_indicators.mark, case_indicators.kind, cases.number FROM case_indicators
         JOIN cases ON cases.id = case_indicators.case_id
         JOIN (SELECT i.mark FROM case_indicators i JOIN cases c ON c.id = i.case_id
               WHERE c.made_at >= $1 AND c.is_drill = $2 AND i.dropped_at IS NULL GROUP BY i.mark HAVING count(*) > 1) shared
           ON shared.mark = case_indicators.mark
         WHERE cases.made_at >= $1 AND cases.is_drill = $2 AND case_indicators.dropped_at IS NULL
         ORDER BY case_indicators.mark, cases.number LIMIT 1000"
    );
    tx.all(list, &[since.into(), false.into()]).await
}

/// The products of a case.
pub async fn products_of(tx: &mut Tx<'_>, case: CaseId) -> DbResult<Vec<String>> {
    tx.all(sql!("SELECT product FROM case_products WHERE case_id = $1 ORDER BY product LIMIT 100"), &[case.into()]).await
}

pub async fn add_product(tx: &mut Tx<'_>, case: CaseId, product: &str, by: &str, now: Timestamp) -> DbResult<()> {
    let add = sql!("INSERT INTO case_products (case_id, product, noted_by, noted_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING");
    tx.run(add, &[case.into(), product.into(), by.into(), now.into()]).await?;
    Ok(())
}

pub async fn remove_product(tx: &mut Tx<'_>, case: CaseId, product: &str) -> DbResult<()> {
    tx.run(sql!("DELETE FROM case_products WHERE case_id = $1 AND product = $2"), &[case.into(), product.into()]).await?;
    Ok(())
}

db::row! {
    /// A case that may be about the same, and why.
    #[derive(Clone, Debug)]
    pub struct Similar {
        pub number: CaseNumber,
        pub event: Option<String>,
        pub made_at: Timestamp,
        pub is_closed: bool,
        pub by_product: bool,
        pub by_indicator: bool,
        pub by_place: bool,
        pub link: Option<String>,
    }
}

/// Cases that may be about the same: a product or an indicator in common, or the same kind of institution of the same prefecture with
/// the same event within two days; and those that were linked by hand.
pub async fn similar(tx: &mut Tx<'_>, case: &crate::cases::Case) -> DbResult<Vec<Similar>> {
    let list = sql!(
        "SELECT number, event, made_at, is_closed, by_product, by_indicator, by_place, link FROM (
           SELECT c.number AS number, c.event AS event, c.made_at AS made_at, c.closed_at IS NOT NULL AS is_closed,
             EXISTS (SELECT 1 FROM case_products a JOIN case_products b ON b.product = a.product
                     WHERE a.case_id = $1 AND b.case_id = c.id) AS by_product,
             EXISTS (SELECT 1 FROM case_indicators a JOIN case_indicators b ON b.mark = a.mark
                     WHERE a.case_id = $1 AND b.case_id = c.id AND a.dropped_at IS NULL AND b.dropped_at IS NULL) AS by_indicator,
             (c.event = $3 AND c.prefecture = $4 AND c.institution_kind = $5) IS TRUE AS by_place,
             (SELECT kind FROM case_links WHERE (case_id = $1 AND other = c.id) OR (case_id = c.id AND other = $1) LIMIT 1) AS link
           FROM cases c
           WHERE c.id <> $1 AND c.is_drill = $6
             AND (c.made_at BETWEEN $2 - 1209600000000 AND $2 + 1209600000000)
           ORDER BY c.made_at DESC LIMIT 500) near
         WHERE link IS NOT NULL OR by_product = $7 OR by_indicator = $7 OR by_place = $7
         ORDER BY link IS NULL, made_at DESC LIMIT 20"
    );
    let args = [
        case.id.into(),
        case.made_at.into(),
        case.event.as_deref().into(),
        case.prefecture.as_deref().into(),
        case.institution_kind.as_deref().into(),
        case.is_drill.into(),
        true.into(),
    ];
    tx.all(list, &args).await
}

pub async fn link(tx: &mut Tx<'_>, case: CaseId, other: CaseId, kind: &str, by: &str, now: Timestamp) -> DbResult<bool> {
    let add = sql!("INSERT INTO case_links (case_id, other, kind, made_by, made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");
    Ok(tx.run(add, &[case.into(), other.into(), kind.into(), by.into(), now.into()]).await? == 1)
}
