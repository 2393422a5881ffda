use db::{DbResult, Lane, Tx};
use egress::{Body, NotCalled};
use futures_util::TryStreamExt as _;
use journal::JobError;
use kernel::{Span, Timestamp, Uuid};
use objects::{Hash, NotKept};
use std::time::{Duration, Instant};
use web::Portal;
use xapi::multipart::{Outgoing, write};

use super::Forwarding;
use super::store::{self, Waiting};
use crate::Room;
use crate::office::whose;
use crate::statements::{AttachmentRow, attachments};

/// The most statements of one request.
const AT_ONCE: i64 = 100;
/// Requests of one job: the next goes on where this one ends.
const REQUESTS: usize = 50;
/// After so long a job begins no other request: other slow jobs want their turn.
const LONG: Duration = Duration::from_mins(5);
/// The most bytes in one request, statements and attachments together; a statement always goes with all of its own.
const BYTES_MAX: u64 = 8 << 20;
/// The longest time between two tries.
const LONGEST: Span = Span::hours(1);

/// The answers by which a store says that it is about what was sent, and not about who sends or about its own state.
const ABOUT_STATEMENTS: [u16; 4] = [400, 409, 413, 422];
/// What is noted where a file that came with a statement cannot be read here.
const ATTACHMENT: &str = "attachment";

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

/// What came of a try.
enum Came {
    /// So many were taken, up to here.
    Taken { through: Timestamp, count: i64 },
    /// The first one alone was not taken, for this answer.
    Refused { statement: Uuid, stored: Timestamp, status: u16 },
    /// Nothing gets through, for this reason.
    Failed(String),
}

/// Sends what waits, until nothing does, something is in the way, or somebody else has got further.
pub(super) async fn send(portal: &Portal, to: &Forwarding) -> Result<(), JobError> {
    let (code, target) = (to.organization.clone(), to.target());
    let target_read = target.clone();
    let (place, progress) = portal.db.read(async move |tx| Ok((whose(tx, &code).await?, store::progress(tx, &target_read).await?))).await?;
    to.looked_for(place.is_some());
    let Some((organization, _)) = place else { return Ok(()) };
    let now = portal.now();
    if progress.as_ref().is_some_and(|progress| progress.next_at > now) {
        return Ok(());
    }
    let room = Room::of(organization);
    let mut failures = progress.as_ref().map_or(0, |progress| progress.failures);
    let most = at_once(failures);
    let mut through = progress.map_or(Timestamp::from_micros(0), |progress| progress.through);
    let begun = Instant::now();
    for _ in 0..REQUESTS {
        if begun.elapsed() > LONG {
            break;
        }
        let lines = portal.db.read(async move |tx| store::waiting(tx, room, through, most).await).await?;
        if lines.is_empty() {
            break;
        }
        let came = match batch(portal, room, lines).await? {
            Some(batch) => request(to, &batch).await,
            None => Came::Failed(ATTACHMENT.to_owned()),
        };
        let Some(further) = note(portal, target.clone(), (through, failures), came).await? else { break };
        (through, failures) = (further, 0);
    }
    Ok(())
}

/// Notes what came of a try that began there, after so many failures, and says from where to go on: from nowhere if nothing gets
/// through, or if somebody else has gone on from there.
async fn note(portal: &Portal, target: String, (from, failures): (Timestamp, i64), came: Came) -> Result<Option<Timestamp>, JobError> {
    let (through, is_first) = match came {
        Came::Taken { through, count } => {
            let put = async move |tx: &mut Tx<'_>, now: Timestamp| store::put_sent(tx, &target, (from, through), count, now).await;
            (through, portal.db.write(Lane::Staff, None, put).await?)
        }
        Came::Refused { statement, stored, status } => {
            tracing::warn!(%statement, status, "another store did not take a statement; it is put aside");
            let put = async move |tx: &mut Tx<'_>, now: Timestamp| -> DbResult<bool> {
                let is_first = store::put_sent(tx, &target, (from, stored), 0, now).await?;
                if is_first {
                    store::put_refused(tx, &target, statement, i64::from(status), now).await?;
                }
                Ok(is_first)
            };
            (stored, portal.db.write(Lane::Staff, None, put).await?)
        }
        Came::Failed(why) => {
            tracing::warn!(%why, "statements are not forwarded; it is tried again");
            let put = async move |tx: &mut Tx<'_>, now: Timestamp| {
                store::put_failed(tx, &target, from, &why, now.plus(pause(failures)), now).await
            };
            portal.db.write(Lane::Staff, None, put).await?;
            return Ok(None);
        }
    };
    Ok(is_first.then_some(through))
}

/// One minute after the first failure, then twice as long each time.
fn pause(failures: i64) -> Span {
    let minutes = 1_i64 << failures.clamp(0, 6);
    if minutes > 60 { LONGEST } else { Span::minutes(minutes) }
}

/// Half as many after each failure: what is too much for another store in its time may pass in pieces.
fn at_once(failures: i64) -> i64 {
    (AT_ONCE >> failures.clamp(0, 6)).max(1)
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

/// Statements of one version, with what came with them, as many as one request should hold. What comes behind a file that cannot be
/// read waits with it; nothing if that is a file of the first.
async fn batch(portal: &Portal, room: Room, mut lines: Vec<Waiting>) -> Result<Option<Batch>, JobError> {
    let of_one_version = lines.iter().take_while(|line| line.rules == lines[0].rules).count();
    lines.truncate(of_one_version);
    let stored: Vec<Timestamp> = lines.iter().map(|line| line.stored).collect();
    let rows = portal.db.read(async move |tx| attachments(tx, room, &stored).await).await?;
    let own: Vec<Vec<&AttachmentRow>> = lines.iter().map(|line| rows.iter().filter(|row| row.stored == line.stored).collect()).collect();
    let count = fitting(lines.iter().zip(&own).map(|(line, rows)| size(line, rows)));
    let mut attached = Vec::with_capacity(count);
    for (line, rows) in lines.iter().zip(&own).take(count) {
        match contents(portal, rows).await {
            Ok(contents) => attached.push(contents),
            Err(error) => {
                tracing::warn!(statement = %line.id, %error, "a file that came with a statement cannot be read");
                break;
            }
        }
    }
    lines.truncate(attached.len());
    Ok((!lines.is_empty()).then_some(Batch { lines, attached }))
}

/// The bytes of a statement and of what came with it.
fn size(line: &Waiting, rows: &[&AttachmentRow]) -> u64 {
    let own = u64::try_from(line.json.len()).unwrap_or(u64::MAX);
    rows.iter().fold(own, |bytes, row| bytes.saturating_add(u64::try_from(row.bytes).unwrap_or(u64::MAX)))
}

/// How many of the first of these sizes one request should hold: one at least, however large it is.
fn fitting(sizes: impl Iterator<Item = u64>) -> usize {
    let mut bytes = 0_u64;
    let fit = sizes.take_while(|size| {
        bytes = bytes.saturating_add(*size);
        bytes <= BYTES_MAX
    });
    fit.count().max(1)
}

async fn contents(portal: &Portal, rows: &[&AttachmentRow]) -> Result<Vec<Attached>, NotKept> {
    let mut contents = Vec::with_capacity(rows.len());
    for row in rows {
        let found = portal.objects.get(Hash::new(row.object), None).await?;
        let pieces: Vec<_> = found.stream.try_collect().await?;
        contents.push(Attached { sha2: row.sha2.clone(), content_type: row.content_type.clone(), content: pieces.concat() });
    }
    Ok(contents)
}

/// Sends a batch; where the other store has something against it, its first half, and so on to the first statement alone.
async fn request(to: &Forwarding, batch: &Batch) -> Came {
    let mut count = batch.lines.len();
    loop {
        match post(to, &batch.lines[..count], &batch.attached[..count]).await {
            Ok(()) => {
                let through = batch.lines[count - 1].stored;
                return Came::Taken { through, count: i64::try_from(count).unwrap_or(i64::MAX) };
            }
            Err(NotCalled::Status(status)) if ABOUT_STATEMENTS.contains(&status) => {
                if count == 1 {
                    let first = &batch.lines[0];
                    return Came::Refused { statement: first.id, stored: first.stored, status };
                }
                count /= 2;
            }
            Err(why) => return Came::Failed(class(why)),
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

    #[test]
    fn after_each_failure_half_as_many_are_sent_and_at_least_one() {
        assert_eq!([0, 1, 2, 3, 5, 6, 60].map(at_once), [100, 50, 25, 12, 3, 1, 1]);
    }

    #[test]
    fn a_request_holds_what_is_below_its_bounds_and_at_least_one() {
        let of = |sizes: &[u64]| fitting(sizes.iter().copied());
        assert_eq!(of(&[1; 100]), 100);
        assert_eq!(of(&[BYTES_MAX / 2, BYTES_MAX / 2, 1]), 2);
        assert_eq!(of(&[BYTES_MAX, 1]), 1);
        assert_eq!(of(&[u64::MAX, u64::MAX]), 1, "what is larger goes alone");
        let line = Waiting { stored: Timestamp::from_micros(1), id: Uuid::nil(), rules: "2.0.0".to_owned(), json: "{}".to_owned() };
        let row =
            AttachmentRow { stored: line.stored, sha2: String::new(), object: [0; 32], content_type: "image/png".to_owned(), bytes: 40 };
        assert_eq!(size(&line, &[&row, &row]), 82, "the statement counts with what came with it");
    }
}
