use db::{DbResult, Tx, sql};
use kernel::{FiscalYear, Timestamp, fold};

use super::inquiry::{Inquiry, InquiryId, Message, MessageKind, NewInquiry};
use super::sieve::{Counts, Sieve, Which};

/// The inquiry with this id.
pub async fn inquiry(tx: &mut Tx<'_>, id: InquiryId) -> DbResult<Option<Inquiry>> {
    let find = sql!(
        "SELECT id, year, number, about, name, email, institution, lang, received_at, taken_at, closed_at FROM inquiries WHERE id = $1"
    );
    tx.opt(find, &[id.into()]).await
}

macro_rules! sifted {
    () => {
        "FROM inquiries WHERE (CAST($1 AS TEXT) = '' OR search LIKE $1 ESCAPE '!') AND (CAST($2 AS TEXT) = '' OR about = $2) "
    };
}

/// The inquiries that pass the sieve and stand so, newest first, after the first `skipped`.
pub async fn list(tx: &mut Tx<'_>, sieve: &Sieve, which: Which, skipped: i64, limit: i64) -> DbResult<Vec<Inquiry>> {
    let list = sql!(concat!(
        "SELECT id, year, number, about, name, email, institution, lang, received_at, taken_at, closed_at ",
        sifted!(),
        "AND ((CAST($3 AS TEXT) = '' AND closed_at IS NULL) OR $3 = 'all' OR ($3 = 'closed' AND closed_at IS NOT NULL)
              OR ($3 = 'open' AND closed_at IS NULL AND taken_at IS NULL) OR ($3 = 'taken' AND closed_at IS NULL AND taken_at IS NOT NULL))
         ORDER BY received_at DESC, id DESC LIMIT $5 OFFSET $4"
    ));
    let mut args = sieve.args();
    args.extend([which.id().into(), skipped.into(), limit.into()]);
    tx.all(list, &args).await
}

/// How many of those that pass the sieve stand how.
pub async fn count(tx: &mut Tx<'_>, sieve: &Sieve) -> DbResult<Counts> {
    let count = sql!(concat!(
        "SELECT count(CASE WHEN closed_at IS NULL AND taken_at IS NULL THEN 1 END),
                count(CASE WHEN closed_at IS NULL AND taken_at IS NOT NULL THEN 1 END),
                count(closed_at) ",
        sifted!()
    ));
    tx.one(count, &sieve.args()).await
}

/// The thread, oldest first.
pub async fn messages(tx: &mut Tx<'_>, id: InquiryId) -> DbResult<Vec<Message>> {
    let list = sql!("SELECT number, kind, actor, body, at FROM inquiry_messages WHERE inquiry = $1 ORDER BY number LIMIT 500");
    tx.all(list, &[id.into()]).await
}

/// How many inquiries nobody has taken up yet.
pub async fn waiting(tx: &mut Tx<'_>) -> DbResult<i64> {
    tx.one(sql!("SELECT count(*) FROM inquiries WHERE closed_at IS NULL AND taken_at IS NULL"), &[]).await
}

/// How many inquiries came from `from` until `until`, and how many were closed.
pub async fn between(tx: &mut Tx<'_>, from: Timestamp, until: Timestamp) -> DbResult<(i64, i64)> {
    let count = sql!(
        "SELECT (SELECT count(*) FROM inquiries WHERE received_at >= $1 AND received_at < $2),
                (SELECT count(*) FROM inquiries WHERE closed_at >= $1 AND closed_at < $2)"
    );
    tx.one(count, &[from.into(), until.into()]).await
}

pub async fn add(tx: &mut Tx<'_>, new: &NewInquiry, year: FiscalYear, number: i64, now: Timestamp) -> DbResult<InquiryId> {
    let id = InquiryId::new(now);
    let add = sql!(
        "INSERT INTO inquiries (id, year, number, about, name, email, institution, lang, search, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let shown = format!("{year}-Q-{number:04}");
    let search = [shown.as_str(), &new.name, new.email.as_str(), &new.institution, &new.body].map(fold).join("\n");
    let args = [
        id.into(),
        year.into(),
        number.into(),
        new.about.id().into(),
        (&new.name).into(),
        (&new.email).into(),
        (&new.institution).into(),
        new.lang.into(),
        search.into(),
        now.into(),
    ];
    tx.run(add, &args).await?;
    Ok(id)
}

/// Adds a message to the thread and answers with its number in it.
pub async fn add_message(tx: &mut Tx<'_>, id: InquiryId, kind: MessageKind, actor: &str, body: &str, now: Timestamp) -> DbResult<i64> {
    // The inquiry's row is held until the end, so that two who write at once stand in line.
    let hold = sql!("UPDATE inquiries SET search = search || $2 WHERE id = $1");
    tx.run(hold, &[id.into(), format!("\n{}", fold(body)).into()]).await?;
    let number: i64 = tx.one(sql!("SELECT coalesce(max(number), 0) + 1 FROM inquiry_messages WHERE inquiry = $1"), &[id.into()]).await?;
    let add = sql!("INSERT INTO inquiry_messages (inquiry, number, kind, actor, body, at) VALUES ($1, $2, $3, $4, $5, $6)");
    tx.run(add, &[id.into(), number.into(), kind.id().into(), actor.into(), body.into(), now.into()]).await?;
    Ok(number)
}

/// Notes that somebody has taken it up; false if somebody had before.
pub async fn take(tx: &mut Tx<'_>, id: InquiryId, by: &str, now: Timestamp) -> DbResult<bool> {
    let take = sql!("UPDATE inquiries SET taken_at = $2, taken_by = $3 WHERE id = $1 AND taken_at IS NULL");
    Ok(tx.run(take, &[id.into(), now.into(), by.into()]).await? == 1)
}

/// Notes that nothing is left to do; false if that was so before.
pub async fn close(tx: &mut Tx<'_>, id: InquiryId, by: &str, now: Timestamp) -> DbResult<bool> {
    let close = sql!(
        "UPDATE inquiries SET closed_at = $2, closed_by = $3, taken_at = coalesce(taken_at, $2), taken_by = coalesce(taken_by, $3)
         WHERE id = $1 AND closed_at IS NULL"
    );
    Ok(tx.run(close, &[id.into(), now.into(), by.into()]).await? == 1)
}

/// Notes that something is left to do after all; false if that was so before.
pub async fn reopen(tx: &mut Tx<'_>, id: InquiryId) -> DbResult<bool> {
    let reopen = sql!("UPDATE inquiries SET closed_at = NULL, closed_by = NULL WHERE id = $1 AND closed_at IS NOT NULL");
    Ok(tx.run(reopen, &[id.into()]).await? == 1)
}

/// Erases what was received before a moment, and says how much.
pub async fn forget(tx: &mut Tx<'_>, before: Timestamp) -> DbResult<u64> {
    tx.run(sql!("DELETE FROM inquiries WHERE received_at < $1"), &[before.into()]).await
}
