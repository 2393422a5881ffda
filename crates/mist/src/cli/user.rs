use db::{DbResult, Lane, Tx};
use journal::audit::SYSTEM;
use kernel::{Clock, Timestamp};
use people::accounts::{self, Invited, NotInvited};
use people::organizations;
use web::Words;

use super::arguments::Invited as Wanted;
use crate::config::Config;
use crate::failure::Failure;
use crate::program::{migrated, runtime};

/// Invites somebody to a role: how the first account of an installation comes to be.
pub(super) fn run(config: &Config, what: Wanted, words: Words) -> Result<(), Failure> {
    let Wanted::Invite { email, role, organization } = what;
    let code = organization.clone().unwrap_or_default();
    let invite = async move |tx: &mut Tx<'_>, now: Timestamp| -> DbResult<Option<Result<Invited, NotInvited>>> {
        let place = match &organization {
            None => None,
            Some(code) => match organizations::by_code(tx, code).await? {
                Some(found) => Some(found.id),
                None => return Ok(None),
            },
        };
        accounts::invite(tx, &email, role, place, words.lang, SYSTEM, now).await.map(Some)
    };
    runtime()?.block_on(async {
        let db = migrated(config, Clock::system()).await?;
        let outcome = db.write(Lane::Staff, None, invite).await;
        db.close().await;
        match outcome? {
            Some(invited) => invited.map_err(Failure::said)?,
            None => return Err(Failure::said(words.one("cli-user-no-organization", "code", code.as_str()))),
        };
        println!("{}", words.t("cli-user-invited"));
        Ok(())
    })
}
