//! What runs later. Doing any of it twice, or stopping in the middle and beginning again, writes to nobody twice.

use db::Lane;
use journal::{Handlers, JobError, JobItem};
use kernel::Timestamp;

use super::rule::Rule;
use super::{gather, plan, post};
use crate::trainings::session::SessionId;

/// Who does which job of this capability.
pub fn handlers() -> Handlers {
    Handlers::new()
        .on(plan::LOOK, async |db: db::Db, _: JobItem| {
            db.write(Lane::Staff, None, async move |tx, now| plan::plan_all(tx, now).await).await?;
            Ok(())
        })
        .on(plan::GATHER, async |db: db::Db, item: JobItem| {
            let session = item.object_id::<SessionId>()?;
            let rule = item.payload.get("rule").and_then(serde_json::Value::as_str).and_then(Rule::of);
            let due = item.payload.get("due").and_then(serde_json::Value::as_i64).map(Timestamp::from_micros);
            let (Some(rule), Some(due)) = (rule, due) else { return Err(JobError::Never("payload")) };
            while db.write(Lane::Staff, None, async move |tx, now| gather::some(tx, session, rule, due, now).await).await? {}
            Ok(())
        })
        .on(post::POST, async |db: db::Db, _: JobItem| {
            while db.write(Lane::Staff, None, async move |tx, now| post::some(tx, now).await).await? {}
            Ok(())
        })
}
