//! Running numbers: each is given once, even to two who ask at the same moment.

use db::{DbResult, Tx, sql};

/// The next number of a series, such as `inquiry/R8`.
pub async fn next(tx: &mut Tx<'_>, series: &str) -> DbResult<i64> {
    let next = sql!(
        "INSERT INTO running_numbers (series, last) VALUES ($1, 1)
         ON CONFLICT (series) DO UPDATE SET last = running_numbers.last + 1
         RETURNING last"
    );
    tx.one(next, &[series.into()]).await
}

/// Notes that a number came from elsewhere, so that it is not given again.
pub async fn taken(tx: &mut Tx<'_>, series: &str, number: i64) -> DbResult<()> {
    let note = sql!(
        "INSERT INTO running_numbers (series, last) VALUES ($1, $2)
         ON CONFLICT (series) DO UPDATE SET last = CASE WHEN running_numbers.last < excluded.last THEN excluded.last ELSE running_numbers.last END"
    );
    tx.run(note, &[series.into(), number.into()]).await?;
    Ok(())
}
