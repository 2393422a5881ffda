use db::Lane;
use egress::{Body, NotCalled};
use futures_util::TryStreamExt as _;
use journal::JobError;
use kernel::{Span, Timestamp};
use objects::Hash;
use web::Portal;
use xapi::multipart::{Outgoing, write};

use super::Forwarding;
use super::store::{self, Waiting};
use crate::Room;
use crate::office::whose;
use crate::statements::attachments;

/// Statements of one request.
const AT_ONCE: i64 = 100;
/// Requests of one job: the next goes on where this one ends.
const REQUESTS: usize = 50;
/// The most bytes of attachments in one request; a statement always goes with all of its own.
const BYTES_MAX: u64 = 8 << 20;
/// The longest time between two tries.
const LONGEST: Span = Span::hours(1);

/// The answers by which a store says that it is about what was sent, and not about who sends or about its own state.
const ABOUT_STATEMENTS: [u16; 4] = [400, 409, 413, 422];

/// Statements on their way, with what came with them.
struct Batch {
    lines: Vec<Waiting>,
    attached: Vec<Vec<Attached>>,
}

struct Attached {
    sha2: String,
    content_type: String,
    content: Vec<u8>,
}

/// What came of a request.
enum Came {
    /// So many of the first were taken.
    Taken(usize),
    /// The first one alone was not taken, for this answer.
    Refused(u16),
    /// Nothing gets through.
    Failed(NotCalled),
}

/// Sends what waits, until nothing does or something is in the way.
pub(super) async fn send(portal: &Portal, to: &Forwarding) -> Result<(), JobError> {
    let (code, target) = (to.organization.clone(), to.target());
    let target_read = target.clone();
    let found = portal.db.read(async move |tx| Ok((whose(tx, &code).await?, store::progress(tx, &target_read).await?))).await?;
    let (Some((organization, _)), progress) = found else { return Err(JobError::Never("no-organization")) };
    let now = portal.now();
    if progress.as_ref().is_some_and(|progress| progress.next_at > now) {
        return Ok(());
    }
    let room = Room::of(organization);
    let failures = progress.as_ref().map_or(0, |progress| progress.failures);
    let mut through = progress.map_or(Timestamp::from_micros(0), |progress| progress.through);
    for _ in 0..REQUESTS {
        let lines = portal.db.read(async move |tx| store::waiting(tx, room, through, AT_ONCE).await).await?;
        if lines.is_empty() {
            break;
        }
        let batch = batch(portal, room, lines).await?;
        match request(to, &batch).await {
            Came::Taken(count) => {
                through = batch.lines[count - 1].stored;
                let (target, sent) = (target.clone(), i64::try_from(count).unwrap_or(i64::MAX));
                portal.db.write(Lane::Staff, None, async move |tx, now| store::put_sent(tx, &target, through, sent, now).await).await?;
            }
            Came::Refused(status) => {
                let (target, first) = (target.clone(), batch.lines[0].clone());
                through = first.stored;
                tracing::warn!(statement = %first.id, status, "another store did not take a statement; it is put aside");
                let put = async move |tx: &mut db::Tx<'_>, now| {
                    store::put_refused(tx, &target, first.id, i64::from(status), now).await?;
                    store::put_sent(tx, &target, first.stored, 0, now).await
                };
                portal.db.write(Lane::Staff, None, put).await?;
            }
            Came::Failed(why) => {
                tracing::warn!(%why, "statements are not forwarded; it is tried again");
                let (target, why, next) = (target.clone(), class(why), now.plus(pause(failures)));
                portal.db.write(Lane::Staff, None, async move |tx, now| store::put_failed(tx, &target, &why, next, now).await).await?;
                break;
            }
        }
    }
    Ok(())
}

/// One minute after the first failure, then twice as long each time.
fn pause(failures: i64) -> Span {
    let minutes = 1_i64 << failures.clamp(0, 6);
    if minutes > 60 { LONGEST } else { Span::minutes(minutes) }
}

/// The end of the key that says it in words, with the status where there is one.
fn class(why: NotCalled) -> String {
    match why {
        NotCalled::Address => "address".to_owned(),
        NotCalled::Inside => "inside".to_owned(),
        NotCalled::Silence => "silence".to_owned(),
        NotCalled::Status(status) => format!("status {status}"),
    }
}

/// Statements of one version, with what came with them, as many as one request should hold.
async fn batch(portal: &Portal, room: Room, mut lines: Vec<Waiting>) -> Result<Batch, JobError> {
    let of_one_version = lines.iter().take_while(|line| line.rules == lines[0].rules).count();
    lines.truncate(of_one_version);
    let stored: Vec<Timestamp> = lines.iter().map(|line| line.stored).collect();
    let rows = portal.db.read(async move |tx| attachments(tx, room, &stored).await).await?;
    let (mut attached, mut bytes) = (Vec::with_capacity(lines.len()), 0);
    for line in &lines {
        let own: Vec<_> = rows.iter().filter(|row| row.stored == line.stored).collect();
        bytes += own.iter().map(|row| u64::try_from(row.bytes).unwrap_or(u64::MAX)).sum::<u64>();
        if bytes > BYTES_MAX && !attached.is_empty() {
            break;
        }
        let mut contents = Vec::with_capacity(own.len());
        for row in own {
            let found = portal.objects.get(Hash::new(row.object), None).await.map_err(|_| JobError::Later("attachment"))?;
            let pieces: Vec<_> = found.stream.try_collect().await.map_err(|_| JobError::Later("attachment"))?;
            contents.push(Attached { sha2: row.sha2.clone(), content_type: row.content_type.clone(), content: pieces.concat() });
        }
        attached.push(contents);
    }
    lines.truncate(attached.len());
    Ok(Batch { lines, attached })
}

/// Sends a batch; where the other store has something against it, its first half, and so on to the first statement alone.
async fn request(to: &Forwarding, batch: &Batch) -> Came {
    let mut count = batch.lines.len();
    loop {
        match post(to, &batch.lines[..count], &batch.attached[..count]).await {
            Ok(()) => return Came::Taken(count),
            Err(NotCalled::Status(status)) if ABOUT_STATEMENTS.contains(&status) => {
                if count == 1 {
                    return Came::Refused(status);
                }
                count /= 2;
            }
            Err(why) => return Came::Failed(why),
        }
    }
}

async fn post(to: &Forwarding, lines: &[Waiting], attached: &[Vec<Attached>]) -> Result<(), NotCalled> {
    let statements: Vec<&str> = lines.iter().map(|line| line.json.as_str()).collect();
    let json = format!("[{}]", statements.join(","));
    let parts: Vec<Outgoing<'_>> =
        attached.iter().flatten().map(|one| Outgoing { sha2: &one.sha2, content_type: &one.content_type, content: &one.content }).collect();
    let body = if parts.is_empty() {
        Body::json(json.into_bytes())
    } else {
        let (content_type, bytes) = write(json.as_bytes(), &parts);
        Body { content_type, bytes }
    };
    let headers = [("authorization", to.authorization.clone()), ("x-experience-api-version", lines[0].rules.clone())];
    to.egress.post(&to.address, &headers, body).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_is_tried_after_longer_and_longer_times_and_at_least_once_an_hour() {
        let minutes: Vec<i64> = [0, 1, 2, 5, 6, 60].into_iter().map(|failures| pause(failures).as_seconds() / 60).collect();
        assert_eq!(minutes, [1, 2, 4, 32, 60, 60]);
    }
}
