//! Statements that are sent.

use axum::http::header;
use db::Lane;
use kernel::Uuid;
use objects::{Bytes, Hash};
use std::collections::{BTreeMap, HashSet};
use xapi::multipart::{Content, Hashes, Incoming, Limits, receive};
use xapi::{Json, Problem, Refusal, Statement, requirement};

use super::answer::{Answer, Refused};
use super::asked::Asked;
use super::parameters::{Parameters, refused};
use crate::sessions::CourseSessions;
use crate::statements::{self, Attached, New, NotKept, NotTaken};

/// Content with another hash than it says is taken, since there are clients that send bytes as text; it is kept under its own.
const LIMITS: Limits = Limits { statements_max: 1000, parts_max: 201, headers_max: 8192, hashes: Hashes::AsDeclared };

/// One statement, whose id stands in the address.
pub(super) async fn put(asked: &Asked) -> Result<Answer, Refused> {
    let parameters = Parameters::of(asked, &["statementId"])?;
    parameters.need("statementId")?;
    let id = parameters.uuid("statementId")?.ok_or_else(|| refused("statementId", requirement::PARAMETER_VALUE, Problem::NotAUuid))?;
    let incoming = incoming(asked)?;
    let [statement] = incoming.batch.statements.as_slice() else {
        return Err(wrong(requirement::TYPE, "", Problem::WrongType("an object")));
    };
    if incoming.batch.is_list {
        return Err(wrong(requirement::TYPE, "", Problem::WrongType("an object")));
    }
    if let Some(own) = statement.id().filter(|own| *own != id) {
        let problem = Problem::NotOneOf { sent: own.to_string(), allowed: "the id in the parameter statementId" };
        return Err(wrong(requirement::ID, "/id", problem));
    }
    let new = vec![New { id, attached: attached(statement, &incoming.contents), statement: statement.clone() }];
    keep(asked, new, &incoming.contents).await?;
    Ok(Answer::done())
}

/// One statement, or many of which all are kept or none.
pub(super) async fn post(asked: &Asked) -> Result<Answer, Refused> {
    Parameters::of(asked, &[])?;
    let incoming = incoming(asked)?;
    let now = asked.portal.now();
    let mut new = Vec::with_capacity(incoming.batch.statements.len());
    let mut seen: HashSet<Uuid> = HashSet::new();
    for (n, statement) in incoming.batch.statements.iter().enumerate() {
        let id = statement.id().unwrap_or_else(|| now.uuid());
        if !seen.insert(id) {
            return Err(wrong(requirement::ID, &format!("/{n}/id"), Problem::DuplicateId(id.to_string())));
        }
        new.push(New { id, attached: attached(statement, &incoming.contents), statement: statement.clone() });
    }
    let ids = Json::Array(new.iter().map(|one| Json::from(one.id.to_string())).collect());
    keep(asked, new, &incoming.contents).await?;
    Ok(Answer::json(ids))
}

fn incoming(asked: &Asked) -> Result<Incoming<'_>, Refusal> {
    receive(asked.header(&header::CONTENT_TYPE).unwrap_or_default(), &asked.body, asked.version, &LIMITS)
}

fn wrong(requirement: xapi::Requirement, path: &str, problem: Problem) -> Refused {
    Refused::Bad(Refusal { requirement, path: path.to_owned(), problem })
}

/// What of the contents hangs on a statement.
fn attached(statement: &Statement, contents: &[Content<'_>]) -> Vec<Attached> {
    let named: HashSet<String> = statement.all_attachments().map(xapi::Attachment::sha2).collect();
    let of = |content: &Content<'_>| Attached {
        sha2: content.sha2.clone(),
        object: Hash::of(content.bytes),
        content_type: content.content_type.clone(),
        bytes: u64::try_from(content.bytes.len()).unwrap_or(u64::MAX),
    };
    contents.iter().filter(|content| named.contains(&content.sha2)).map(of).collect()
}

/// First the contents, then the statements in one transaction: what is returned can always be read.
async fn keep(asked: &Asked, new: Vec<New>, contents: &[Content<'_>]) -> Result<(), Refused> {
    if new.is_empty() {
        return Ok(());
    }
    let distinct: BTreeMap<[u8; 32], &[u8]> = contents.iter().map(|content| (Hash::of(content.bytes).bytes(), content.bytes)).collect();
    let is_over = asked.guest.pass.as_ref().is_some_and(|pass| pass.is_over);
    // A session that has ended brings nothing new.
    for bytes in distinct.into_values().filter(|_| !is_over) {
        asked.portal.objects.keep_bytes(Bytes::copy_from_slice(bytes)).await?;
    }
    let by = asked.guest.voucher(&asked.portal);
    let _passing = asked.under_way().begin(asked.portal.now());
    if let (Some(pass), Some(sessions)) = (asked.guest.pass.clone(), asked.portal.part::<CourseSessions>()) {
        let base_url = asked.portal.site.base_url.clone();
        let keep =
            async move |tx: &mut db::Tx<'_>, now| statements::keep_of_session(tx, &by, &new, (&*sessions.0, &pass, &base_url), now).await;
        return Ok(asked.portal.db.write(Lane::Public, None, keep).await??);
    }
    let kept = asked.portal.db.write(Lane::Public, None, async move |tx, now| statements::keep(tx, &by, &new, now).await).await?;
    Ok(kept?)
}

impl From<NotKept> for Refused {
    fn from(not: NotKept) -> Self {
        match not {
            NotKept::OtherHasId(id) => Self::OtherStatement(id),
        }
    }
}

impl From<NotTaken> for Refused {
    fn from(not: NotTaken) -> Self {
        match not {
            NotTaken::NotKept(not) => not.into(),
            NotTaken::Forbidden(forbidden) => forbidden.into(),
            NotTaken::Over => Self::NoCredentials,
        }
    }
}
