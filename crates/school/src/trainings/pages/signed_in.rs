//! What the form of an application holds at first: for whoever has signed in, what they wrote the last time; for a colleague, the
//! workplace of the application that it was begun from.

use people::organizations::{self, Organization};
use serde::Deserialize;
use web::{Filled, PageError, Portal, Visit};

use super::application::mine;
use crate::trainings::application::Application;
use crate::trainings::store::{self, WholeApplication};

/// Whether the form is to be empty, `?as=new`, or for a colleague of whoever applied, `?from=` and the id of that application.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    #[serde(rename = "as")]
    as_whom: String,
    from: String,
}

/// What the form holds at first, and the choices below the workplace.
///
/// Their address is theirs, since they have signed in with it; so is what was said under it. For a visitor who has not signed in,
/// or who asks for an empty form, there is nothing.
pub(super) async fn before(portal: &Portal, visit: &Visit, asked: &Asked) -> Result<(Filled, String), PageError> {
    if !asked.from.is_empty() {
        return for_colleague(portal, visit, &asked.from).await;
    }
    let mut filled = Filled::default();
    let Some(account) = visit.actor.account().filter(|_| asked.as_whom != "new") else { return Ok((filled, String::new())) };
    let found = portal.db.glance(async move |tx| {
        let Some(account) = people::accounts::find(tx, account).await? else { return Ok(None) };
        let latest = match store::latest_of_address(tx, account.email.as_str()).await? {
            Some(id) => store::whole_application(tx, id).await?,
            None => None,
        };
        let listed = match latest.as_ref().and_then(|latest| latest.application.organization) {
            Some(id) => organizations::find(tx, id).await?,
            None => None,
        };
        Ok(Some((account.email, latest, listed)))
    });
    let Some((email, latest, listed)) = found.await? else { return Ok((filled, String::new())) };
    filled.set("email", email.as_str());
    let Some(latest) = latest else { return Ok((filled, String::new())) };
    fill(&mut filled, &latest, listed.as_ref());
    let choices = choices(visit, listed.as_ref())?;
    Ok((filled, choices))
}

/// The workplace of one's own application, and nothing else of it. Whoever may not see that application has the empty form.
async fn for_colleague(portal: &Portal, visit: &Visit, from: &str) -> Result<(Filled, String), PageError> {
    let mut filled = Filled::default();
    let application = match mine(portal, visit, from).await {
        Ok(whole) => whole.application,
        Err(PageError::NotFound | PageError::SignInFirst) => return Ok((filled, String::new())),
        Err(error) => return Err(error),
    };
    let listed = match application.organization {
        Some(id) => portal.db.glance(async move |tx| organizations::find(tx, id).await).await?,
        None => None,
    };
    fill_place(&mut filled, &application, listed.as_ref());
    let choices = choices(visit, listed.as_ref())?;
    Ok((filled, choices))
}

/// The place of the list, chosen already.
fn choices(visit: &Visit, listed: Option<&Organization>) -> Result<String, PageError> {
    match listed {
        Some(listed) => organizations::choices(visit.words(), &listed.name, std::slice::from_ref(listed), &listed.id.to_string()),
        None => Ok(String::new()),
    }
}

fn fill(filled: &mut Filled, latest: &WholeApplication, listed: Option<&Organization>) {
    let WholeApplication { application, person, .. } = latest;
    filled.set("as", "before");
    let said = [
        ("family", &person.family),
        ("given", &person.given),
        ("family_kana", &person.family_kana),
        ("given_kana", &person.given_kana),
        ("job", &application.job),
    ];
    for (field, value) in said {
        filled.set(field, value.as_str());
    }
    fill_place(filled, application, listed);
}

fn fill_place(filled: &mut Filled, application: &Application, listed: Option<&Organization>) {
    // A place that is in the list goes by its name of today; kind and prefecture follow from it.
    if let Some(listed) = listed {
        filled.set("place", listed.name.as_str());
    } else {
        filled.set("place", application.organization_name.as_str());
        filled.set("kind", application.organization_kind.as_str());
        filled.set("prefecture", application.prefecture.as_str());
    }
}
