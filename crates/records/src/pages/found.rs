//! Statements that are asked for.

use axum::http::{HeaderName, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::Tx;
use futures_util::TryStreamExt as _;
use kernel::Timestamp;
use objects::Hash;
use std::collections::{HashMap, HashSet};
use xapi::multipart::{Outgoing, write};
use xapi::{Format, Json, Languages, NothingKnown, Problem, Query, Which, requirement};

use super::answer::{Answer, Refused};
use super::asked::Asked;
use super::bounds;
use super::parameters::{Parameters, refused};
use crate::known;
use crate::statements::{self, Found, Page};

const CONSISTENT_THROUGH: HeaderName = HeaderName::from_static("x-experience-api-consistent-through");

/// The most bytes of attachments in one answer; one statement is always returned with all of its own.
const ATTACHMENTS_MAX: u64 = 64 << 20;

/// Names with their values, in order.
type Pairs = Vec<(String, String)>;

/// What came with the statements of an answer.
struct Attachment {
    sha2: String,
    content_type: String,
    content: Vec<u8>,
}

/// The statement with an id, or all that suit.
pub(super) async fn get(asked: &Asked) -> Result<Answer, Refused> {
    let now = asked.under_way().consistent(asked.portal.now());
    let (parameters, behind) = continued(asked)?;
    if let Some(pass) = &asked.guest.pass {
        bounds::check_search(pass, &parameters)?;
    }
    let query = Query::of_parameters(parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())), asked.version)?;
    let (room, which) = (asked.guest.room, query.which.clone());
    let page = asked.portal.db.read(async move |tx| match &which {
        Which::One(id) => statements::one(tx, room, *id, false).await,
        Which::Voided(id) => statements::one(tx, room, *id, true).await,
        Which::Many(filter) => statements::find(tx, room, filter, behind).await,
    });
    let mut page = page.await?;
    if let (Some(pass), Which::One(_) | Which::Voided(_)) = (&asked.guest.pass, &query.which) {
        page.statements.retain(|found| bounds::is_own(pass, &found.json));
    }
    let through = page.filled.map_or(now, |filled| filled.max(now));
    let attachments = if query.attachments { Some(attachments(asked, &mut page).await?) } else { None };
    let texts = in_form(asked, query.format, &page.statements).await?;
    let answer = match (&query.which, texts.as_slice()) {
        (Which::Many(_), _) => {
            let more = page.more.map(|last| more(asked, &parameters, last)).unwrap_or_default();
            whole(format!("{{\"statements\":[{}],\"more\":\"{more}\"}}", texts.join(",")), attachments)
        }
        (_, [one]) => whole(one.clone(), attachments).last_modified(page.statements[0].stored),
        (_, _) => return Err(Refused::Missing),
    };
    Ok(answer.with(CONSISTENT_THROUGH, &written(through)))
}

/// The parameters: those of the request, or those that a link to more carries, with the moment behind which to go on.
fn continued(asked: &Asked) -> Result<(Pairs, Option<Timestamp>), Refused> {
    if asked.parameters.iter().all(|(name, _)| name != "more") {
        return Ok((asked.parameters.clone(), None));
    }
    let more = Parameters::of(asked, &["more"])?.need("more")?;
    let read: Option<(i64, Pairs)> = URL_SAFE_NO_PAD.decode(more).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let wrong = || refused("more", requirement::PARAMETER_VALUE, Problem::WrongType("what a result has in `more`"));
    let (last, parameters) = read.ok_or_else(wrong)?;
    Ok((parameters, Some(Timestamp::from_micros(last))))
}

/// Where the result goes on: the same question, behind the last statement.
fn more(asked: &Asked, parameters: &[(String, String)], last: Timestamp) -> String {
    let carried = serde_json::to_vec(&(last.as_micros(), parameters)).unwrap_or_default();
    format!("{}{}?more={}", asked.door.path(), asked.resource.path(), URL_SAFE_NO_PAD.encode(carried))
}

/// The texts of statements in the form that is asked for. As they were received they need not be read.
async fn in_form(asked: &Asked, format: Format, found: &[Found]) -> Result<Vec<String>, Refused> {
    if format == Format::Exact {
        return Ok(found.iter().map(|one| one.json.clone()).collect());
    }
    let languages = Languages::of_header(asked.header(&header::ACCEPT_LANGUAGE).unwrap_or_default());
    let mut statements =
        found.iter().map(|one| Json::parse(one.json.as_bytes())).collect::<Result<Vec<_>, _>>().map_err(xapi::Refusal::from)?;
    if format == Format::Ids {
        for statement in &mut statements {
            format.apply(statement, &NothingKnown, &languages);
        }
    } else {
        let room = asked.guest.room;
        let told = async move |tx: &mut Tx<'_>| known::told(tx, room, &statements, &languages).await;
        statements = asked.portal.db.read(told).await?;
    }
    Ok(statements.iter().map(ToString::to_string).collect())
}

/// What came with the statements of a page. Where that is too much for one answer, the page ends earlier.
async fn attachments(asked: &Asked, page: &mut Page) -> Result<Vec<Attachment>, Refused> {
    let (room, stored) = (asked.guest.room, page.statements.iter().map(|found| found.stored).collect::<Vec<_>>());
    let rows = asked.portal.db.read(async move |tx| statements::attachments(tx, room, &stored).await).await?;
    let mut by_statement: HashMap<Timestamp, Vec<_>> = HashMap::new();
    for row in rows {
        by_statement.entry(row.stored).or_default().push(row);
    }
    let (mut attachments, mut seen, mut bytes, mut fitting) = (Vec::new(), HashSet::new(), 0, 0);
    for found in &page.statements {
        let own = by_statement.remove(&found.stored).unwrap_or_default();
        bytes += own.iter().map(|row| u64::try_from(row.bytes).unwrap_or(u64::MAX)).sum::<u64>();
        if bytes > ATTACHMENTS_MAX && fitting > 0 {
            break;
        }
        fitting += 1;
        for row in own {
            if seen.insert(row.sha2.clone()) {
                let pieces = asked.portal.objects.get(Hash::new(row.object), None).await?.stream;
                let content: Vec<_> = pieces.try_collect().await.map_err(objects::NotKept::from)?;
                attachments.push(Attachment { sha2: row.sha2, content_type: row.content_type, content: content.concat() });
            }
        }
    }
    if fitting < page.statements.len() {
        page.statements.truncate(fitting);
        page.more = page.statements.last().map(|last| last.stored);
    }
    Ok(attachments)
}

/// The JSON alone, or with its attachments behind it.
fn whole(json: String, attachments: Option<Vec<Attachment>>) -> Answer {
    let Some(attachments) = attachments else { return Answer::of("application/json", json.into_bytes()) };
    let outgoing: Vec<Outgoing<'_>> =
        attachments.iter().map(|one| Outgoing { sha2: &one.sha2, content_type: &one.content_type, content: &one.content }).collect();
    let (content_type, body) = write(json.as_bytes(), &outgoing);
    Answer::of(&content_type, body)
}

fn written(at: Timestamp) -> String {
    xapi::Timestamp::write(jiff::Timestamp::from_microsecond(at.as_micros()).unwrap_or(jiff::Timestamp::UNIX_EPOCH))
}
