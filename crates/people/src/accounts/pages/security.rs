use access::SignInId;
use askama::Template;
use auth::Passphrase;
use auth::passphrase::{Common, Standing, Weak};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderName};
use db::{DbResult, Lane, Tx};
use kernel::{Lang, Uuid, long_moment, short_date};
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Pager, Portal, Posted, Section, Visit, page_of};

use super::{REFUSED, closed, me, proof};
use crate::accounts::credentials::{Credentials, Gate, Me, gate};
use crate::accounts::passkeys::{PasskeyId, PasskeyLine};
use crate::accounts::pool::hasher;
use crate::accounts::{Browser, passphrase, recovery, store};
use crate::persons;

#[derive(Template)]
#[template(path = "accounts/pages/security.html")]
struct SecurityPage {
    frame: Frame,
    key: Uuid,
    email: String,
    gate: Gate,
    credentials: Credentials,
    passkeys: Vec<Registered>,
    sign_ins: Vec<SignInLine>,
    pager: Pager,
    /// Whether there is more than this sign-in.
    has_others: bool,
    /// Roles that wait for a passkey or code.
    waiting: Vec<String>,
    device: String,
    filled: Filled,
    wrong: String,
    /// Where a way back that is under way is stopped; empty if none is.
    stops_recovery: String,
}

struct Registered {
    id: PasskeyId,
    name: String,
    added: String,
    /// Empty if never.
    used: String,
}

struct SignInLine {
    id: SignInId,
    device: String,
    network: String,
    opened: String,
    seen: String,
    seen_at: String,
    is_this: bool,
}

/// Sign-ins on a page.
const ROWS: i64 = 50;

/// What was done, and which page of the sign-ins, from the address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::accounts) struct Done {
    done: String,
    page: String,
}

/// What the address may say was done.
const DONE: [&str; 10] = [
    "invited",
    "recovered",
    "passkey-added",
    "passkey-renamed",
    "passkey-removed",
    "passphrase-set",
    "codes-set",
    "codes-removed",
    "sign-in-ended",
    "others-ended",
];

impl SecurityPage {
    const fn is_open(&self) -> bool {
        matches!(self.gate, Gate::Open)
    }

    const fn needs_invitation(&self) -> bool {
        matches!(self.gate, Gate::Invitation)
    }

    const fn least(&self) -> usize {
        standing(self.credentials).least()
    }
}

/// `GET /my/security`
pub(in crate::accounts) async fn show(State(portal): State<Portal>, visit: Visit, Query(done): Query<Done>) -> Result<Page, PageError> {
    let done = DONE.iter().find(|known| **known == done.done);
    let done = done.map(|done| visit.words().t(&format!("accounts-done-{done}"))).unwrap_or_default();
    page(&portal, &visit, Filled::default(), "", done).await
}

/// The page again, with what could not be done on top.
pub(super) async fn refused(portal: &Portal, visit: &Visit, words: &str) -> Result<Page, PageError> {
    Ok(page(portal, visit, Filled::default(), words, String::new()).await?.status(REFUSED))
}

async fn page(portal: &Portal, visit: &Visit, filled: Filled, wrong: &str, done: String) -> Result<Page, PageError> {
    let (me, now, w) = (me(visit)?, visit.now, visit.words());
    let found = portal.db.read(async move |tx| {
        let account = store::find(tx, me.account).await?;
        let credentials = store::credentials(tx, me.account).await?;
        let passkeys = store::passkeys(tx, me.account).await?;
        let waiting = store::accepted_invitations(tx, me.account).await?;
        let running = recovery::running_for(tx, me.account, now).await?;
        Ok((running, account, gate(tx, &me, now).await?, credentials, passkeys, access::list(tx, me.account, now).await?, waiting))
    });
    let (running, account, gate, credentials, passkeys, sign_ins, waiting) = found.await?;
    let (has_others, asked) = (sign_ins.len() > 1, serde_urlencoded::from_str::<Done>(&visit.query).unwrap_or_default());
    let (number, skipped) = page_of(&asked.page, ROWS);
    let mut sign_ins: Vec<_> = sign_ins.into_iter().skip(usize::try_from(skipped).unwrap_or(usize::MAX)).collect();
    let pager = Pager::numbered(visit, "/my/security", (number, ROWS), &mut sign_ins);
    let line = |sign_in: access::SignIn| SignInLine {
        id: sign_in.id,
        opened: long_moment(sign_in.opened_at, visit.lang),
        seen: short_date(sign_in.seen_at.day(), visit.lang),
        seen_at: sign_in.seen_at.clock_face(),
        is_this: sign_in.id == me.sign_in,
        device: sign_in.device,
        network: sign_in.network,
    };
    let registered = |passkey: PasskeyLine| Registered {
        id: passkey.id,
        name: passkey.name,
        added: short_date(passkey.added_at.day(), visit.lang),
        used: passkey.used_at.map(|at| long_moment(at, visit.lang)).unwrap_or_default(),
    };
    let frame = Frame::new(portal, visit, w.t("accounts-security")).in_section(Section::My).crumb(w.t("menu-my"), "/my").here().done(done);
    Page::html(&SecurityPage {
        frame,
        key: visit.now.uuid(),
        email: account.ok_or(PageError::Bug("a sign-in without an account"))?.email.to_string(),
        gate,
        credentials,
        passkeys: passkeys.into_iter().map(registered).collect(),
        sign_ins: sign_ins.into_iter().map(line).collect(),
        pager,
        has_others,
        waiting: waiting.into_iter().map(|invitation| invitation.role.name(w)).collect(),
        device: visit.device.clone(),
        filled,
        stops_recovery: running.map(|id| visit.to(&recovery::cancel_path(&portal.keys, id))).unwrap_or_default(),
        wrong: if wrong.is_empty() { String::new() } else { w.t(wrong) },
    })
}

/// `POST /my/security/passphrase`: sets a passphrase, or another one.
pub(in crate::accounts) async fn set_passphrase(
    State(portal): State<Portal>,
    visit: Visit,
    posted: Posted,
    headers: HeaderMap,
) -> Result<Page, PageError> {
    let (me, now, w) = (me(&visit)?, visit.now, visit.words());
    let found = portal
        .db
        .read(async move |tx| Ok((gate(tx, &me, now).await?, store::credentials(tx, me.account).await?, own_words(tx, &me).await?)));
    let (gate, credentials, words) = found.await?;
    if gate != Gate::Open {
        return Err(closed(gate));
    }
    let typed = match typed(&portal, posted.get("passphrase"), standing(credentials), &words) {
        Ok(typed) => typed,
        Err(weak) => {
            let mut filled = Filled::default();
            filled.wrong("passphrase", weak_words(weak, w));
            return Ok(page(&portal, &visit, filled, "", String::new()).await?.status(REFUSED));
        }
    };
    let hash = hasher().hash(typed).await.map_err(proof::not_hashed)?;
    let browser = Browser::of(&portal, &visit, &headers);
    let setting = browser.clone();
    let set = portal.db.write(Lane::Staff, None, async move |tx, now| passphrase::set(tx, me, &hash, &setting, now).await);
    match set.await? {
        Ok(renewed) => {
            let page = Page::see_other(&visit.to("/my/security?done=passphrase-set"));
            Ok(if renewed { browser.keep(&portal, page) } else { page })
        }
        Err(gate) => Err(closed(gate)),
    }
}

/// `POST /my/security/sign-ins/{id}/end`
pub(in crate::accounts) async fn end_one(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let (me, id) = (me(&visit)?, id.parse::<SignInId>().map_err(|_| PageError::NotFound)?);
    let ended = portal.db.write(Lane::Staff, posted.key(&portal, &visit), async move |tx, now| access::end(tx, me.account, id, now).await);
    if ended.await? { Ok(Page::see_other(&visit.to("/my/security?done=sign-in-ended"))) } else { Err(PageError::NotFound) }
}

/// `POST /my/security/sign-ins/others/end`
pub(in crate::accounts) async fn end_others(State(portal): State<Portal>, visit: Visit, posted: Posted) -> Result<Page, PageError> {
    let me = me(&visit)?;
    portal
        .db
        .write(Lane::Staff, posted.key(&portal, &visit), async move |tx, now| {
            access::end_others(tx, me.account, Some(me.sign_in), now).await
        })
        .await?;
    Ok(Page::see_other(&visit.to("/my/security?done=others-ended")))
}

/// `POST /sign-out`
pub(in crate::accounts) async fn sign_out(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let me = me(&visit)?;
    portal.db.write(Lane::Public, None, async move |tx, now| access::end(tx, me.account, me.sign_in, now).await).await?;
    let page = Page::see_other(&visit.to("/")).with(HeaderName::from_static("clear-site-data"), "\"cache\"");
    Ok(Browser::let_go(&portal, page))
}

/// The passphrase, if it is none of those that are guessed; the person's own words and the portal's names are among them.
pub(in crate::accounts) fn typed(portal: &Portal, text: &str, standing: Standing, own: &[String]) -> Result<Passphrase, Weak> {
    let settings = portal.settings();
    let names = ["site.name", "site.short", "operator.name"].map(|name| settings.text(name, Lang::Ja).to_owned());
    let context: Vec<&str> = own.iter().chain(&names).map(String::as_str).collect();
    Passphrase::check(text, standing, &context, &Common::shipped())
}

/// What an outsider may know of the person: no passphrase is made of it.
pub(in crate::accounts) async fn own_words(tx: &mut Tx<'_>, me: &Me) -> DbResult<Vec<String>> {
    let mut words = Vec::new();
    if let Some(account) = store::find(tx, me.account).await? {
        for person in persons::by_email(tx, account.email.as_str()).await? {
            words.extend([person.full_name(), person.full_kana()]);
        }
        words.push(account.email.to_string());
    }
    Ok(words)
}

const fn standing(credentials: Credentials) -> Standing {
    if credentials.has_code { Standing::WithSecondFactor } else { Standing::Alone }
}

pub(in crate::accounts) fn weak_words(weak: Weak, w: web::Words) -> String {
    match weak {
        Weak::TooShort { least } => w.count("accounts-weak-short", least),
        Weak::TooLong { most } => w.count("accounts-weak-long", most),
        Weak::Common => w.t("accounts-weak-common"),
        Weak::Repeats => w.t("accounts-weak-repeats"),
        Weak::Sequence => w.t("accounts-weak-sequence"),
        Weak::OwnWords => w.t("accounts-weak-own"),
        Weak::Guessable => w.t("accounts-weak-guessable"),
    }
}
