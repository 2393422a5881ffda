//! The desk's side of lost words: one responder notes a call-back, another gives new words.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use vault::{Code, Salt, SecretKey, Zeroizing};
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::rebind::{self, NotRebound, Rebinding};
use super::store;
use crate::as_base64::{decoded, encoded};
use crate::cases::{Case, CaseNumber};
use crate::desk::Desk;
use crate::desk_pages::{case_frame, case_of, read_case};
use crate::keys::{self, Lock};
use crate::spelling::Spelling;

#[derive(Template)]
#[template(path = "back/rebinding.html")]
struct RebindingPage {
    frame: Frame,
    case: Case,
    lock: Lock,
    called: String,
    waiting: Option<Rebinding>,
    is_mine: bool,
    wrong: String,
    key: String,
}

#[derive(Template)]
#[template(path = "back/rebound.html")]
struct ReboundPage {
    frame: Frame,
    number: CaseNumber,
    number_said: String,
    words: Vec<(&'static str, &'static str, String)>,
}

async fn rebinding_page(portal: &Portal, visit: &Visit, case: Case, wrong: String) -> Result<Page, PageError> {
    let id = case.id;
    let reading = read_case(portal, visit, id).await?;
    let account = reading.account();
    let (waiting, lock) = portal.db.read(async move |tx| Ok((store::waiting(tx, id).await?, keys::lock(tx, &reading).await?))).await?;
    let is_wrong = !wrong.is_empty();
    let page = Page::html(&RebindingPage {
        frame: case_frame(portal, visit, &case, visit.words().t("desk-rebinding-title")).here(),
        is_mine: waiting.as_ref().is_some_and(|waiting| waiting.asked_by == account),
        called: waiting.as_ref().map_or_else(String::new, |waiting| encoded(&waiting.called)),
        lock,
        case,
        waiting,
        wrong,
        key: visit.now.uuid().to_string(),
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Where a responder notes a call-back, and another gives new words.
pub async fn rebinding(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    rebinding_page(&portal, &visit, case, String::new()).await
}

/// Notes that somebody called back.
pub async fn ask_rebinding(
    State(portal): State<Portal>,
    visit: Visit,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let by = visit.account()?;
    let called = kernel::one_line(posted.get("called"));
    if called.is_empty() {
        return rebinding_page(&portal, &visit, case, visit.words().t("desk-rebinding-wrong-called")).await;
    }
    let (asked, key) = (case.clone(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Incident, key, async move |tx, now| rebind::ask(tx, &asked, by, &called, now).await).await?;
    match outcome {
        Ok(_) => Ok(Page::see_other(&visit.to(&format!("/desk/cases/{}/rebinding", case.number)))),
        Err(refusal) => rebinding_page(&portal, &visit, case, visit.words().t(refused(refusal))).await,
    }
}

/// Gives new words, which the second responder reads out. Their browser has opened the key of the case for that.
pub async fn approve_rebinding(
    State(portal): State<Portal>,
    visit: Visit,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let by = visit.account()?;
    let Some(key) = opened(&posted, &case) else {
        return rebinding_page(&portal, &visit, case, visit.words().t("desk-rebinding-wrong-key")).await;
    };
    let id = case.id;
    if let Err(refusal) = portal.db.read(async move |tx| rebind::may_approve(tx, id, by).await).await? {
        return rebinding_page(&portal, &visit, case, visit.words().t(refused(refusal))).await;
    }
    let desk = Desk::of(&portal)?;
    let code = Code::generate();
    let salt = Salt::try_from(case.code_salt.as_slice()).map_err(|_| PageError::Bug("the salt of a case has another length"))?;
    let wrap = desk.kdf.wrap(&code, &salt, id.uuid(), &key).await.map_err(|_| PageError::Busy)?;
    let approved = case.clone();
    let outcome = portal.db.write(Lane::Incident, None, async move |tx, now| rebind::approve(tx, &approved, by, &wrap, now).await).await?;
    if let Err(refusal) = outcome {
        return rebinding_page(&portal, &visit, case, visit.words().t(refused(refusal))).await;
    }
    let (lang, spelling) = (visit.lang, Spelling::shipped());
    let words = code.words().into_iter().enumerate().map(|(place, word)| (spelling.ordinal(place, lang), word, spelling.word(word)));
    Page::html(&ReboundPage {
        frame: case_frame(&portal, &visit, &case, visit.words().t("desk-rebound-title")).here(),
        number: case.number,
        number_said: spelling.number(case.number, lang),
        words: words.collect(),
    })
}

/// Ends a rebinding without new words.
pub async fn end_rebinding(
    State(portal): State<Portal>,
    visit: Visit,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let case = case_of(&portal, &visit, &number).await?;
    let by = visit.account()?;
    let (key, number) = (posted.key(&portal, &visit), case.number);
    portal.db.write(Lane::Incident, key, async move |tx, now| rebind::give_up(tx, &case, by, now).await).await?;
    Ok(Page::see_other(&visit.to(&format!("/desk/cases/{number}/rebinding"))))
}

/// The key of the case as the responder's browser has opened it.
fn opened(posted: &Posted, case: &Case) -> Option<SecretKey> {
    let bytes = Zeroizing::new(decoded(posted.get("case_key"))?);
    let key = SecretKey::from_bytes(&bytes).ok()?;
    (key.public().as_bytes() == &case.public_key).then_some(key)
}

const fn refused(refusal: NotRebound) -> &'static str {
    match refusal {
        NotRebound::Waiting => "desk-rebinding-waiting",
        NotRebound::Unknown => "desk-rebinding-unknown",
        NotRebound::SamePerson => "desk-rebinding-same",
    }
}
