use access::{AccountId, OrganizationId, Role};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use kernel::{EmailAddress, NotAnAddress};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::{PATH, frame_below, operator, place_word, role_word};
use crate::accounts::roles::ask::{NotAsked, Takes, WantedRole, look};
use crate::accounts::roles::rules;
use crate::organizations::{self, Organization};

/// How many institutions are offered for a typed name.
const CANDIDATES: usize = 8;

/// A role of the form.
struct Choice {
    id: &'static str,
    word: String,
    small: String,
    chosen: bool,
}

/// An institution that may be meant.
struct Candidate {
    id: String,
    name: String,
    line: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "accounts/roles/pages/invite.html")]
struct InvitePage {
    frame: Frame,
    path: &'static str,
    filled: Filled,
    roles: Vec<Choice>,
    candidates: Vec<Candidate>,
}

#[derive(Template)]
#[template(path = "accounts/roles/pages/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    path: &'static str,
    email: String,
    role: Role,
    role_word: String,
    place: String,
    organization: String,
    will: Vec<String>,
    excluded: String,
    alone: String,
    filled: Filled,
    button: String,
    key: String,
}

/// What the form said, understood; or the form with what is to be mended.
pub(super) enum Read {
    Wanted(WantedRole),
    Wrong(Filled, Vec<Organization>),
}

/// The form: who, which role, where.
pub(super) async fn form(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    operator(&visit)?;
    page(&portal, &visit, Filled::default(), &[])
}

pub(super) fn page(portal: &Portal, visit: &Visit, filled: Filled, candidates: &[Organization]) -> Result<Page, PageError> {
    let w = visit.words();
    let is_wrong = !filled.is_fine();
    let page = Page::html(&InvitePage {
        frame: frame_below(portal, visit, w.t("roles-invite")).here(),
        path: PATH,
        roles: rules::GIVEN
            .map(|role| Choice {
                id: role.id(),
                word: role_word(role, w),
                small: w.t(&format!("roles-about-{}", role.id().replace('_', "-"))),
                chosen: filled.is("role", role.id()),
            })
            .into_iter()
            .collect(),
        candidates: candidates
            .iter()
            .map(|one| Candidate {
                id: one.id.to_string(),
                chosen: filled.is("organization", &one.id.to_string()),
                line: format!(
                    "{}{}{}{}",
                    one.kind_name(w.lang),
                    w.lang.pick("／", ", "),
                    one.prefecture_name(w.lang),
                    w.lang.pick(one.address.as_str(), "")
                ),
                name: one.name.clone(),
            })
            .collect(),
        filled,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Checks the form, and shows what would happen. Nothing is stored, and no mail goes out.
pub(super) async fn check(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let me = operator(&visit)?;
    if posted.get("do") == "change" {
        return page(&portal, &visit, Filled::from_posted(&posted), &[]);
    }
    match read(&portal, &visit, &posted).await? {
        Read::Wrong(filled, candidates) => page(&portal, &visit, filled, &candidates),
        Read::Wanted(wanted) => confirm(&portal, &visit, &posted, wanted, me, Filled::from_posted(&posted)).await,
    }
}

/// Reads the fields of the form, and finds the institution by name or code.
pub(super) async fn read(portal: &Portal, visit: &Visit, posted: &Posted) -> Result<Read, PageError> {
    let w = visit.words();
    let mut filled = Filled::from_posted(posted);
    let email = match posted.get("email").parse::<EmailAddress>() {
        Ok(email) => Some(email),
        Err(refusal) => {
            filled.wrong("email", w.t(email_error(refusal)));
            None
        }
    };
    let role = rules::GIVEN.into_iter().find(|role| role.id() == posted.get("role"));
    if role.is_none() {
        filled.wrong("role", w.t("roles-role-first"));
    }
    let mut candidates = Vec::new();
    let mut organization = None;
    if role.is_some_and(rules::needs_place) {
        candidates = found(portal, posted).await?;
        organization = match candidates.as_slice() {
            [only] => Some(only.id),
            _ => None,
        };
        if organization.is_none() {
            let key = match (posted.has("place"), candidates.is_empty()) {
                (false, _) => "roles-place-first",
                (true, true) => "roles-place-none",
                (true, false) => "roles-place-which",
            };
            filled.wrong("place", w.t(key));
        }
    }
    Ok(match (email, role) {
        (Some(email), Some(role)) if filled.is_fine() => Read::Wanted(WantedRole {
            email,
            role,
            organization,
            exception: kernel::one_line(posted.get("exception")),
            alone: kernel::one_line(posted.get("alone")),
            lang: visit.lang,
        }),
        _ => Read::Wrong(filled, candidates),
    })
}

/// The institution that was chosen, or has this code; else those whose names fit.
async fn found(portal: &Portal, posted: &Posted) -> Result<Vec<Organization>, PageError> {
    let chosen: Option<OrganizationId> = posted.get("organization").parse().ok();
    let typed = posted.get("place").to_owned();
    let found = portal.db.read(async move |tx| {
        if let Some(chosen) = chosen
            && let Some(one) = organizations::find(tx, chosen).await?
        {
            return Ok(vec![one]);
        }
        let code: String = kernel::fold(&typed).chars().filter(char::is_ascii_alphanumeric).collect();
        if let Some(one) = organizations::by_code(tx, &code).await? {
            return Ok(vec![one]);
        }
        let found = organizations::search(tx, &typed, CANDIDATES).await?;
        let mut same = found.iter().filter(|one| kernel::fold(&one.name) == kernel::fold(&typed));
        Ok(match (same.next(), same.next()) {
            (Some(only), None) => vec![only.clone()],
            _ => found,
        })
    });
    Ok(found.await?)
}

/// The page that says what will happen; in `filled` stands what is to be mended on it.
pub(super) async fn confirm(
    portal: &Portal,
    visit: &Visit,
    posted: &Posted,
    wanted: WantedRole,
    me: AccountId,
    filled: Filled,
) -> Result<Page, PageError> {
    let w = visit.words();
    let asked = wanted.clone();
    let (takes, place) = portal
        .db
        .read(async move |tx| {
            let place = match asked.organization {
                Some(id) => organizations::find(tx, id).await?,
                None => None,
            };
            Ok((look(tx, &asked, me).await?, place))
        })
        .await?;
    let takes = match takes {
        Ok(takes) => takes,
        Err(not) => return refused(portal, visit, posted, not),
    };
    let is_wrong = !filled.is_fine();
    let page = Page::html(&ConfirmPage {
        frame: frame_below(portal, visit, w.t("roles-confirm-title")).here(),
        path: PATH,
        will: will(&wanted, takes, w),
        email: wanted.email.to_string(),
        role: wanted.role,
        role_word: role_word(wanted.role, w),
        place: place_word(wanted.organization, place.as_ref().map(|place| place.name.as_str()), w),
        organization: wanted.organization.map_or_else(String::new, |id| id.to_string()),
        excluded: takes.excluded.map_or_else(String::new, |role| w.one("roles-excluded", "role", &role_word(role, w))),
        alone: if takes.alone { w.t("roles-alone") } else { String::new() },
        button: w.t(if takes.two && !takes.alone { "roles-request-button" } else { "roles-invite-button" }),
        key: match posted.get("key") {
            "" => visit.now.uuid().to_string(),
            key => key.to_owned(),
        },
        filled,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// What will happen, in the order in which it does.
fn will(wanted: &WantedRole, takes: Takes, w: Words) -> Vec<String> {
    let address = wanted.email.as_str();
    let mut will = Vec::new();
    if takes.two && !takes.alone {
        will.push(w.t("roles-will-wait"));
        will.push(w.one("roles-will-mail-later", "address", address));
    } else {
        will.push(w.one("roles-will-mail", "address", address));
    }
    will.push(w.t(if wanted.role.needs_passkey() { "roles-will-passkey" } else { "roles-will-proof" }));
    will.push(w.t("roles-will-record"));
    will
}

/// The form again, with why the role cannot be given.
pub(super) fn refused(portal: &Portal, visit: &Visit, posted: &Posted, not: NotAsked) -> Result<Page, PageError> {
    let w = visit.words();
    let mut filled = Filled::from_posted(posted);
    let (field, key) = match not {
        NotAsked::Own => ("email", "roles-not-own"),
        NotAsked::PlaceFirst => ("place", "roles-place-first"),
        NotAsked::InForce => ("role", "roles-not-in-force"),
        NotAsked::Suspended => ("role", "roles-not-suspended"),
        NotAsked::Waiting => ("role", "roles-not-waiting"),
        NotAsked::Excluded(_) | NotAsked::Alone => ("role", "roles-reason-empty"),
    };
    filled.wrong(field, w.t(key));
    page(portal, visit, filled, &[])
}

const fn email_error(refusal: NotAnAddress) -> &'static str {
    match refusal {
        NotAnAddress::Empty => "error-email-empty",
        NotAnAddress::At => "error-email-at",
        NotAnAddress::Local => "error-email-local",
        NotAnAddress::Ending => "error-email-ending",
        NotAnAddress::Domain => "error-email-domain",
        NotAnAddress::TooLong => "error-email-long",
    }
}
