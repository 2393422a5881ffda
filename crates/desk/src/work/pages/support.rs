//! 支援: consent first, then remote sessions and visits, with what was found and the hours.

use access::Action;
use askama::Template;
use axum::extract::{Path, State};
use kernel::{Timestamp, Uuid};
use web::paging::Query;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::{Found, Head, Tab, act, done, found, shown, text, to};
use crate::desk_pages::{Sealed, for_input, moment, typed_moment};
use crate::keys::Lock;
use crate::work::consent::{self, Details, How, NewConsent, NotConsented, form};
use crate::work::store::support as store;
use crate::work::support::{self, Kind, NewSupport, NotSupported, Report};

#[derive(Template)]
#[template(path = "work/pages/support.html")]
struct SupportPage {
    frame: Frame,
    lock: Lock,
    head: Head,
    consents: Vec<ConsentView>,
    supports: Vec<SupportView>,
    scopes: Vec<ScopeView>,
    hows: Vec<(String, String, bool)>,
    read_out: String,
    from: String,
    until: String,
    starts: String,
    has_consent: bool,
    may_lead: bool,
    is_closed: bool,
    filled: Filled,
    key: String,
}

/// A scope of the form in words.
struct ScopeView {
    id: String,
    title: String,
    text: String,
    is_chosen: bool,
}

/// A consent in words.
struct ConsentView {
    id: Uuid,
    scopes: String,
    times: String,
    how: String,
    state: &'static str,
    state_word: String,
    words: Sealed,
    noted: String,
    can_end: bool,
}

/// A session or visit in words.
struct SupportView {
    id: Uuid,
    kind: String,
    starts: String,
    plan: Sealed,
    asked: String,
    decided: String,
    waits_for_lead: bool,
    can_report: bool,
    hours: String,
    found: Option<Sealed>,
}

/// The labels of the fields of a consent.
const DETAILS: [(&str, &str); 4] = [
    ("devices", "work-consent-devices"),
    ("name", "work-consent-name"),
    ("charged_by", "work-consent-charged"),
    ("present", "work-consent-present"),
];

/// Consent and support of a case.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, query: Query) -> Result<Page, PageError> {
    let done = done(visit.words(), &query);
    page(&portal, &visit, &number, done, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, number: &str, done: String, filled: Filled) -> Result<Page, PageError> {
    let found = found(portal, visit, number).await?;
    let (w, id, now) = (visit.words(), found.case.id, visit.now);
    let (consents, supports) = portal.db.read(async move |tx| Ok((store::consents(tx, id).await?, store::supports(tx, id).await?))).await?;
    let (frame, head) = found.head(portal, visit, Tab::Support);
    let typed = |name: &str, usual: Timestamp| if filled.value(name).is_empty() { for_input(usual) } else { filled.value(name).to_owned() };
    let page = SupportPage {
        frame: frame.done(done),
        has_consent: consents.iter().any(|consent| consent.is_in_force(now)),
        consents: consents.iter().map(|consent| consent_view(w, &found, consent, now)).collect(),
        supports: supports.iter().map(|support| support_view(w, &found, support)).collect(),
        scopes: form()
            .scopes()
            .iter()
            .map(|scope| ScopeView {
                id: scope.id.clone(),
                title: scope.title(w.lang).to_owned(),
                text: format!("{}{}{}", scope.text(w.lang), w.lang.pick("", " "), scope.data(w.lang)),
                is_chosen: false,
            })
            .collect(),
        hows: How::ALL.iter().map(|how| (how.id().to_owned(), w.t(&format!("work-how-{how}")), *how == How::Phone)).collect(),
        read_out: form().read_out(w.lang).to_owned(),
        from: typed("from", now),
        until: typed("until", now.plus(kernel::Span::hours(4))),
        starts: typed("starts_at", now),
        may_lead: portal.offers(visit, Action::LeadDesk),
        is_closed: found.case.closed_at.is_some(),
        key: visit.now.uuid().to_string(),
        lock: found.lock,
        head,
        filled,
    };
    shown(&page, &page.filled)
}

/// Notes a consent.
pub async fn consent(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let mut field = |name: &str| text(&posted, name, &mut filled, w);
    let details = Details { devices: field("devices"), name: field("name"), charged_by: field("charged_by"), present: field("present") };
    let how: How = posted.get("how").parse().map_err(|_| PageError::NotFound)?;
    let times = [("from", typed_moment(posted.get("from"), visit.now)), ("until", typed_moment(posted.get("until"), visit.now))];
    for (name, _) in times.iter().filter(|(_, at)| at.is_none()) {
        filled.wrong(name, w.t("work-wrong-moment"));
    }
    let [(_, Some(from)), (_, Some(until))] = times else { return page(&portal, &visit, &number, String::new(), filled).await };
    let new = NewConsent { scopes: posted.all("scope").map(str::to_owned).collect(), from, until, how, details };
    let given = act(&portal, &visit, &number, &posted, async move |tx, id, now| consent::consent(tx, id, &new, &by, now).await).await?;
    let (field, words) = match given {
        Ok(()) => return Ok(to(&visit, &number, "/support", "saved")),
        Err(NotConsented::Unknown) => return Err(PageError::NotFound),
        Err(NotConsented::Scopes) => ("scope", w.t("work-wrong-scope")),
        Err(NotConsented::Times) => ("until", w.t("work-wrong-times")),
        Err(NotConsented::TooLong(hours)) => ("until", w.one("work-wrong-too-long", "hours", &hours)),
        Err(NotConsented::Details) => ("name", w.t("work-wrong-details")),
    };
    filled.wrong(field, words);
    page(&portal, &visit, &number, String::new(), filled).await
}

/// Notes that a consent is withdrawn.
pub async fn withdraw(
    State(portal): State<Portal>,
    visit: Visit,
    Path((number, consent)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let consent: Uuid = consent.parse().map_err(|_| PageError::NotFound)?;
    let by = visit.actor.label();
    act(&portal, &visit, &number, &posted, async move |tx, id, now| consent::withdraw(tx, id, consent, &by, now).await).await?;
    Ok(to(&visit, &number, "/support", "saved"))
}

/// Plans a remote session, or asks for a visit.
pub async fn plan(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let kind: Kind = posted.get("support_kind").parse().map_err(|_| PageError::NotFound)?;
    let plan = text(&posted, "plan", &mut filled, w);
    let Some(starts_at) = typed_moment(posted.get("starts_at"), visit.now) else {
        filled.wrong("starts_at", w.t("work-wrong-moment"));
        return page(&portal, &visit, &number, String::new(), filled).await;
    };
    let new = NewSupport { kind, starts_at, plan };
    let planned = act(&portal, &visit, &number, &posted, async move |tx, id, now| support::plan(tx, id, &new, &by, now).await).await?;
    let (field, words) = match planned {
        Ok(()) => return Ok(to(&visit, &number, "/support", "saved")),
        Err(NotSupported::NoConsent) => ("starts_at", "work-wrong-consent"),
        Err(NotSupported::NoWords) => ("plan", "work-wrong-plan"),
        Err(_) => return Err(PageError::NotFound),
    };
    filled.wrong(field, w.t(words));
    page(&portal, &visit, &number, String::new(), filled).await
}

/// Decides on a visit.
pub async fn decide(
    State(portal): State<Portal>,
    visit: Visit,
    Path((number, support)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let support: Uuid = support.parse().map_err(|_| PageError::NotFound)?;
    let (by, is_approved) = (visit.actor.label(), posted.get("do") == "approve");
    let decided =
        act(&portal, &visit, &number, &posted, async move |tx, id, now| support::decide(tx, id, support, is_approved, &by, now).await)
            .await?;
    if decided == Err(NotSupported::Unknown) { Err(PageError::NotFound) } else { Ok(to(&visit, &number, "/support", "saved")) }
}

/// Notes what was found, and the hours.
pub async fn report(
    State(portal): State<Portal>,
    visit: Visit,
    Path((number, support)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let support: Uuid = support.parse().map_err(|_| PageError::NotFound)?;
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let name = format!("found-{support}");
    let found = text(&posted, &name, &mut filled, w);
    let minutes = |name: &str| posted.get(name).trim().parse::<i64>().ok().filter(|minutes| (0..=100_000).contains(minutes));
    let new = Report { travel_minutes: minutes("travel").unwrap_or(0), work_minutes: minutes("work").unwrap_or(0), found };
    let reported =
        act(&portal, &visit, &number, &posted, async move |tx, id, now| support::report(tx, id, support, &new, &by, now).await).await?;
    match reported {
        Ok(()) | Err(NotSupported::Already) => Ok(to(&visit, &number, "/support", "saved")),
        Err(NotSupported::NoWords) => {
            filled.wrong(&name, w.t("work-wrong-found"));
            page(&portal, &visit, &number, String::new(), filled).await
        }
        Err(_) => Err(PageError::NotFound),
    }
}

fn consent_view(w: Words, found: &Found, consent: &store::Consent, now: Timestamp) -> ConsentView {
    let titles = consent.scopes.iter().filter_map(|id| form().scope(id)).map(|scope| scope.title(w.lang));
    let (state, word) = match consent.withdrawn_at {
        Some(_) => ("cancelled", "work-consent-withdrawn"),
        None if consent.is_in_force(now) => ("open", "work-consent-in-force"),
        None if now < consent.from_at => ("later", "work-consent-later"),
        None => ("ended", "work-consent-over"),
    };
    ConsentView {
        id: consent.id,
        scopes: titles.collect::<Vec<_>>().join(w.lang.pick("、", ", ")),
        times: format!("{}{}{}", moment(consent.from_at, w.lang), w.lang.pick("～", " – "), moment(consent.until_at, w.lang)),
        how: w.t(&format!("work-how-{}", consent.how)),
        state,
        state_word: w.t(word),
        words: Sealed::new(found.case.id, "case_consents", consent.id, "words", &consent.words).with_fields(w, &DETAILS),
        noted: w.with("work-noted-by", &[("at", &moment(consent.noted_at, w.lang)), ("who", &found.known.who(w, &consent.actor))]),
        can_end: consent.withdrawn_at.is_none() && now < consent.until_at,
    }
}

fn support_view(w: Words, found: &Found, support: &store::Support) -> SupportView {
    let decided = support.decided_at.map(|at| {
        let who = support.decided_by.as_deref().map(|by| found.known.who(w, by)).unwrap_or_default();
        let key = if support.is_approved == Some(true) { "work-support-approved" } else { "work-support-refused" };
        w.with(key, &[("at", &moment(at, w.lang)), ("who", &who)])
    });
    let is_visit = support.kind == Kind::Visit;
    let seal = |column: &str, bytes: &[u8]| Sealed::new(found.case.id, "case_supports", support.id, column, bytes);
    let hours = support.work_minutes.map(|work| {
        let travel = support.travel_minutes.unwrap_or(0);
        w.with("work-support-hours", &[("work", &work.to_string()), ("travel", &travel.to_string())])
    });
    SupportView {
        id: support.id,
        kind: w.t(&format!("work-support-{}", support.kind)),
        starts: moment(support.starts_at, w.lang),
        plan: seal("plan", &support.plan),
        asked: w.with("work-noted-by", &[("at", &moment(support.asked_at, w.lang)), ("who", &found.known.who(w, &support.asked_by))]),
        decided: decided.unwrap_or_default(),
        waits_for_lead: is_visit && support.decided_at.is_none(),
        can_report: support.reported_at.is_none() && (!is_visit || support.is_approved == Some(true)),
        hours: hours.unwrap_or_default(),
        found: support.found.as_deref().map(|bytes| seal("found", bytes)),
    }
}
