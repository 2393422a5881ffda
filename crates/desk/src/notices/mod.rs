//! Notices (知らせ): mails about a case that carry nothing of it, no number and no way in. Whoever reads one opens the desk's page.

mod store;
mod words;

use db::{DbResult, Tx};
use journal::delivery::Recipient;
use journal::{Mail, OutboxItem, Priority, RenderError, Rendered, Renderers};
use kernel::{EmailAddress, Timestamp, Uuid};
use vault::{Place, PublicKey};
use web::{Portal, mail_html};

use crate::cases::{self, Case, CaseId};
use crate::desk::Desk;

pub use store::{address, forget_address, keep_address};
pub use words::{Notice, Notices, Text, Wording};

journal::kinds! {
    /// The kind of every mail of the desk to an institution.
    pub Mail KIND = "desk.notice";
}

/// Queues a notice to whoever left an address for this case.
pub async fn notify(tx: &mut Tx<'_>, case: &Case, notice: &'static str, now: Timestamp) -> DbResult<()> {
    if store::address(tx, case.id).await?.is_some() {
        journal::mail(tx, Mail::of(KIND, case.id, case.lang).with("notice", notice).priority(Priority::Incident), now).await?;
    }
    Ok(())
}

/// Seals an address to the program's own key: unlike everything else of a case, the program has to read it to write to it.
pub fn seal_address(desk: &PublicKey, case: CaseId, address: &EmailAddress) -> Vec<u8> {
    vault::seal(desk, &place(case), address.as_str().as_bytes())
}

/// Who makes the mails of the desk to institutions.
pub fn renderers(portal: &Portal) -> Renderers {
    let portal = portal.clone();
    Renderers::new().on(KIND, move |_, item| render(portal.clone(), item))
}

pub(crate) async fn render(portal: Portal, item: OutboxItem) -> Result<Rendered, RenderError> {
    let id = CaseId::from_uuid(item.object);
    let found = portal.db.read(async move |tx| Ok((cases::store::case(tx, id).await?, store::address(tx, id).await?))).await?;
    let (Some(case), Some(sealed)) = found else { return Err(RenderError::Gone("address")) };
    let notices = Notices::shipped();
    let notice = item.text("notice").and_then(|id| notices.find(id)).ok_or(RenderError::Never("notice"))?;
    let desk = Desk::of(&portal).map_err(|_| RenderError::Never("desk"))?;
    let address = vault::open(&desk.notices, &place(id), &sealed).map_err(|_| RenderError::Never("sealed"))?;
    let address: EmailAddress =
        std::str::from_utf8(&address).ok().and_then(|text| text.parse().ok()).ok_or(RenderError::Never("address"))?;
    portal.refresh().await?;
    let settings = portal.settings();
    let (name, phone) = (settings.text("incident.desk", case.lang), settings.text("incident.phone", case.lang));
    let wording = Wording { lang: case.lang, is_drill: case.is_drill, is_late: false, desk: name, phone };
    let Text { subject, text } = notices.to_institution(notice, wording);
    let html = mail_html(&portal.site, &subject, &text, case.lang);
    Ok(Rendered::new(Recipient::new(address, ""), subject, text).html(html))
}

fn place(case: CaseId) -> Place {
    let row: Uuid = case.uuid();
    case.place("case_contacts", row, "address")
}
