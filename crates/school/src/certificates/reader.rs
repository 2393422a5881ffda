use db::{DbResult, Tx};

use super::certificate::Certificate;
use crate::trainings::application::ApplicationId;
use crate::trainings::store as trainings;

/// To whom a mail about a certificate goes.
pub(super) struct Reader {
    pub(super) email: String,
    pub(super) name: String,
    /// The application whose page the mail links to, and the generation of its link.
    pub(super) application: Option<(ApplicationId, i64)>,
}

/// Whose it is: the applicant's, or for e-learning the account's under the name that they wrote.
pub(super) async fn reader(tx: &mut Tx<'_>, certificate: &Certificate) -> DbResult<Option<Reader>> {
    if let Some(application) = certificate.application {
        let whole = trainings::whole_application(tx, application).await?;
        return Ok(whole.map(|whole| Reader {
            email: whole.person.email.clone(),
            name: whole.person.full_name(),
            application: Some((whole.application.id, whole.application.generation)),
        }));
    }
    let Some(account) = certificate.account else { return Ok(None) };
    let account = people::accounts::find(tx, account).await?;
    let name = certificate.printed.name.replace('　', " ");
    Ok(account.map(|account| Reader { email: account.email.to_string(), name, application: None }))
}
