//! Keeping answers to a case whose key is open.

use db::Lane;
use web::{PageError, Portal};

use super::given::AllGiven;
use super::held::Held;
use super::receive::{self, NewAnswer};
use super::store;
use crate::cases::REPORTER;

/// The answers so far.
pub async fn answers_of(portal: &Portal, held: &Held) -> Result<AllGiven, PageError> {
    let case = held.case.id;
    let rows = portal.db.glance(async move |tx| store::answers(tx, case).await).await?;
    Ok(store::open(&rows, case, &held.key))
}

/// Keeps answers of the reporter.
pub async fn answer_all(portal: &Portal, held: &Held, given: &AllGiven) -> Result<(), PageError> {
    answer_as(portal, held, given, REPORTER).await
}

/// Keeps answers that this actor has typed.
pub async fn answer_as(portal: &Portal, held: &Held, given: &AllGiven, actor: &str) -> Result<(), PageError> {
    let mut all = answers_of(portal, held).await?;
    let mut new = Vec::new();
    for (question, given) in given.iter() {
        all.put(question, given.clone());
        new.push((question.to_owned(), given.clone()));
    }
    let weighed = all.weighed();
    let new: Vec<NewAnswer> =
        new.into_iter().map(|(question, given)| NewAnswer { question, given, weighed: weighed.clone(), actor: actor.to_owned() }).collect();
    let case = held.case.clone();
    portal
        .db
        .write(Lane::Incident, None, async move |tx, now| {
            for answer in &new {
                receive::answer(tx, &case, answer, now).await?;
            }
            Ok(())
        })
        .await?;
    Ok(())
}
