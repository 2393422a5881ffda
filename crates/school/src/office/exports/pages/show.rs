use access::{Action, Hand};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{NotText, Text, one_line};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::super::super::applicants::Asked;
use super::super::super::staff_pages::{self, Head};
use super::super::decide::decide as deciding;
use super::super::request::{ExportRequest, ExportRequestId, MOST, NotDecided, State as Standing};
use super::super::store;
use super::super::withdraw::withdraw as withdrawing;
use super::lost::lost_page;
use super::{PATH, Shown, leave, lines, write};

/// What may be done with it by whoever looks.
#[derive(Clone, Copy, Default)]
struct May {
    decide: bool,
    take: bool,
    withdraw: bool,
}

#[derive(Template)]
#[template(path = "office/exports/pages/show.html")]
struct ShowPage {
    frame: Frame,
    head: Head,
    path: String,
    applicants: String,
    shape: &'static str,
    state: String,
    /// What the state means for whoever looks.
    text: String,
    facts: Vec<(String, String)>,
    reason: String,
    remark: String,
    may: May,
    refusal: String,
    filled: Filled,
    key: String,
}

/// What the address may say was done.
const SAID: [&str; 4] = ["asked", "approved", "refused", "withdrawn"];

/// A request with its list as it is now, and who is named in it.
struct Whole {
    request: ExportRequest,
    shown: Shown,
    known: Vec<(String, String)>,
}

async fn whole(portal: &Portal, visit: &Visit, id: &str) -> Result<Whole, PageError> {
    staff_pages::reaches(visit)?;
    let id: ExportRequestId = id.parse().map_err(|_| PageError::NotFound)?;
    let scope = visit.scope.clone();
    let found = portal
        .db
        .read(async move |tx| {
            let Some(request) = store::request(tx, id).await? else { return Ok(None) };
            let asked: Asked = serde_urlencoded::from_str(&request.query).unwrap_or_default();
            let Some(shown) = super::shown(tx, &scope, request.session, asked).await? else { return Ok(None) };
            let actors = [Some(request.asked_by.as_str()), request.decided_by.as_deref()];
            let known = staff_pages::known(tx, actors.into_iter().flatten()).await?;
            Ok(Some(Whole { request, shown, known }))
        })
        .await?;
    found.ok_or(PageError::NotFound)
}

/// What is asked for, by whom and why; what a second person decided; and the file, when it may be taken.
pub async fn show(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    axum::extract::Query(said): axum::extract::Query<Vec<(String, String)>>,
) -> Result<Page, PageError> {
    let whole = whole(&portal, &visit, &id).await?;
    let done = SAID.iter().find(|word| said.iter().any(|(name, value)| name == "done" && value == **word));
    let said = done.map(|word| visit.words().t(&format!("exports-done-{word}"))).unwrap_or_default();
    page(&portal, &visit, &whole, said, String::new(), Filled::default())
}

fn page(portal: &Portal, visit: &Visit, whole: &Whole, said: String, refusal: String, filled: Filled) -> Result<Page, PageError> {
    let (w, me, now) = (visit.words(), visit.actor.label(), visit.now);
    let Whole { request, shown, known } = whole;
    let state = request.state(now);
    let may = May {
        decide: portal.offers(visit, Action::ApproveExports) && request.may_be_decided(&me, now).is_ok(),
        take: portal.offers(visit, Action::ExportApplicants) && request.may_be_taken(&me, now),
        withdraw: portal.offers(visit, Action::ExportApplicants) && request.may_be_withdrawn(&me, now),
    };
    let moment = |at| staff_pages::long_moment(at, visit.lang);
    let text = match state {
        Standing::Waits(until) if me == request.asked_by => w.one("exports-text-own", "until", &moment(until)),
        Standing::Waits(until) => w.one("exports-text-waits", "until", &moment(until)),
        Standing::Open(until) if me == request.asked_by => w.one("exports-text-open", "until", &moment(until)),
        Standing::Open(until) => w.one("exports-text-open-other", "until", &moment(until)),
        Standing::Taken => w.t("exports-text-taken"),
        Standing::Refused => w.t("exports-text-refused"),
        Standing::Withdrawn => w.t("exports-text-withdrawn"),
        Standing::Lapsed => w.t("exports-text-lapsed"),
    };
    let is_over = request.query.is_empty() && request.part;
    let mut facts = vec![
        (w.t("office-export-who"), if is_over { w.t("exports-part") } else { shown.sifted.words(w) }),
        (w.t("exports-people"), w.count("exports-people-n", request.people)),
        (w.t("office-format"), w.t(&format!("office-format-{}", request.format.id()))),
        (w.t("exports-by"), staff_pages::who(w, &request.asked_by, known)),
        (w.t("exports-at"), moment(request.asked_at)),
    ];
    if !is_over && shown.count != request.people && matches!(state, Standing::Waits(_) | Standing::Open(_)) {
        facts.insert(2, (w.t("exports-people-now"), w.count("exports-people-n", shown.count)));
    }
    if let (Some(by), Some(at)) = (&request.decided_by, request.decided_at) {
        facts.push((w.t("exports-decided-by"), staff_pages::who(w, by, known)));
        facts.push((w.t("exports-decided-at"), moment(at)));
    }
    if let (Some(people), Some(at)) = (request.taken, request.taken_at) {
        facts.push((w.t("exports-taken"), format!("{}{}{}", moment(at), w.lang.pick("、", ", "), w.count("exports-people-n", people))));
    }
    let is_wrong = !filled.is_fine() || !refusal.is_empty();
    let (mut frame, head) = shown.whole.head(portal, visit, w.t("exports-one-title"), None);
    frame.crumbs.clear();
    let frame = frame.in_office().crumb(w.t("exports-title"), PATH).here().done(said);
    let page = Page::html(&ShowPage {
        path: visit.to(&format!("{PATH}/{}", request.id)),
        applicants: if portal.offers(visit, Action::SeeApplicants) { visit.to(&shown.whole.path("/applicants")) } else { String::new() },
        shape: state.shape(),
        state: w.t(&format!("exports-state-{}", state.id())),
        text,
        facts,
        reason: request.reason.clone(),
        remark: request.remark.clone(),
        may,
        refusal,
        filled,
        key: now.uuid().to_string(),
        frame,
        head,
    })?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// The page again, saying why nothing was done.
async fn refused(portal: &Portal, visit: &Visit, id: &str, why: NotDecided) -> Result<Page, PageError> {
    let key = match why {
        NotDecided::Unknown => return Err(PageError::NotFound),
        NotDecided::Over => "exports-over",
        NotDecided::Own => "exports-own",
    };
    page(portal, visit, &whole(portal, visit, id).await?, String::new(), visit.words().t(key), Filled::default())
}

fn done(visit: &Visit, id: ExportRequestId, word: &str) -> Page {
    Page::see_other(&visit.to(&format!("{PATH}/{id}?done={word}")))
}

/// Agrees, or refuses and says why.
pub async fn decide(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let request = whole(&portal, &visit, &id).await?;
    let w = visit.words();
    let approved = posted.get("decision") == "approved";
    let remark = match Text::<200>::new(&one_line(posted.get("remark"))) {
        Ok(remark) => remark.into_string(),
        Err(NotText::Empty) if approved => String::new(),
        Err(wrong) => {
            let mut filled = Filled::from_posted(&posted);
            let key = if matches!(wrong, NotText::Empty) { "exports-remark-empty" } else { "exports-reason-long" };
            filled.wrong("remark", w.t(key));
            return page(&portal, &visit, &request, String::new(), String::new(), filled);
        }
    };
    let (of, key, hand) = (request.request.id, posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| deciding(tx, of, approved, &remark, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done(&visit, of, if approved { "approved" } else { "refused" })),
        Err(why) => refused(&portal, &visit, &id, why).await,
    }
}

/// Takes the request back.
pub async fn withdraw(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    staff_pages::reaches(&visit)?;
    let of: ExportRequestId = id.parse().map_err(|_| PageError::NotFound)?;
    let (key, hand) = (posted.key(&portal, &visit), Hand::of(&visit.actor));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| withdrawing(tx, of, &hand, now).await).await?;
    match outcome {
        Ok(()) => Ok(done(&visit, of, "withdrawn")),
        Err(why) => refused(&portal, &visit, &id, why).await,
    }
}

/// The file, as the list is now.
pub async fn take(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let Whole { request, shown, .. } = whole(&portal, &visit, &id).await?;
    if !request.may_be_taken(&visit.actor.label(), visit.now) {
        return refused(&portal, &visit, &id, NotDecided::Over).await;
    }
    if shown.count > MOST {
        let said = visit.words().one("office-export-too-many", "most", &MOST);
        return page(&portal, &visit, &whole(&portal, &visit, &id).await?, String::new(), said, Filled::default());
    }
    let (written, lines) = write(&visit, request.format, &shown.whole, lines(&portal, &visit, &shown.sifted).await?).await?;
    if !written.lost.is_empty() && !posted.has("anyway") {
        let own = visit.to(&format!("{PATH}/{}", request.id));
        return lost_page((&portal, &visit), &shown.whole, &lines, &written.lost, format!("{own}/file"), own);
    }
    match leave(&portal, &visit, &shown, request.format, written, Some(request.id)).await? {
        Ok(page) => Ok(page),
        Err(why) => refused(&portal, &visit, &id, why).await,
    }
}
