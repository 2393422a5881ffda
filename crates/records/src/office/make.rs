use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use db::Lane;
use people::tokens::name_of;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{CLIENTS, PATH, frame, reaches, whose};
use crate::clients::{self, NewClient, NotMade};

#[derive(Template)]
#[template(path = "office/new.html")]
struct NewPage {
    frame: Frame,
    path: &'static str,
    filled: Filled,
    key: String,
}

#[derive(Template)]
#[template(path = "office/made.html")]
struct MadePage {
    frame: Frame,
    path: &'static str,
    name: String,
    whose: String,
    key: String,
    secret: String,
}

/// The form.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    reaches(&visit)?;
    page(&portal, &visit, Filled::default())
}

fn page(portal: &Portal, visit: &Visit, filled: Filled) -> Result<Page, PageError> {
    let w = visit.words();
    let is_wrong = !filled.is_fine();
    let page = Page::html(&NewPage {
        frame: frame(portal, visit, w.t("records-client-new"))
            .crumb(w.t("records-title"), PATH)
            .crumb(w.t("records-clients"), CLIENTS)
            .here(),
        path: CLIENTS,
        key: visit.now.uuid().to_string(),
        filled,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Makes a program's key and secret, and shows them: this once, and never again.
pub(super) async fn make(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    reaches(&visit)?;
    let w = visit.words();
    let mut filled = Filled::from_posted(&posted);
    let name = name_of(&posted, &mut filled, w);
    if !filled.is_fine() {
        return page(&portal, &visit, filled);
    }
    let code = Some(kernel::one_line(posted.get("organization"))).filter(|code| !code.is_empty());
    let new = NewClient::drawn(name, code, None, None);
    let (by, key, wanted) = (visit.actor.label(), posted.key(&portal, &visit), new.clone());
    let made = portal.db.write(Lane::Staff, key, async move |tx, now| clients::make(tx, &wanted, &by, now).await).await?;
    let made = match made {
        Ok(made) => made,
        Err(not) => {
            filled.wrong(
                "organization",
                w.t(match not {
                    NotMade::NoOrganization => "records-organization-none",
                    NotMade::KeyTaken | NotMade::Unfit => "records-client-not-made",
                }),
            );
            return page(&portal, &visit, filled);
        }
    };
    let (shown, id) = (new.clone(), made.id);
    let (of, is_ours) = portal
        .db
        .read(async move |tx| {
            let of = whose(tx, shown.organization.as_deref().unwrap_or_default()).await?.map_or_else(String::new, |(_, name)| name);
            let found = clients::recognize(tx, &shown.key, &shown.secret).await?;
            Ok((of, found.is_some_and(|client| client.id == id)))
        })
        .await?;
    // A form that came twice made one program, whose secret was shown the first time.
    let (key, secret) = if is_ours { (new.key, new.secret) } else { (String::new(), String::new()) };
    Page::html(&MadePage {
        frame: frame(&portal, &visit, w.t("records-client-made"))
            .crumb(w.t("records-title"), PATH)
            .crumb(w.t("records-clients"), CLIENTS)
            .here(),
        path: CLIENTS,
        name: filled.value("name").to_owned(),
        whose: if of.is_empty() { w.t("records-of-portal") } else { of },
        key,
        secret,
    })
}
