//! 見立て: stage and urgency with their axes, when it was known, what it has in common with other cases.

use askama::Template;
use axum::extract::{Path, State};
use db::{DbResult, Tx};
use people::organizations;
use web::paging::Query;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::{Found, Head, Tab, act, done, found, shown, text, to};
use crate::cases::{self, Axes, Case, CaseNumber, Move};
use crate::clocks::store::KnownRow;
use crate::clocks::{self, Facts, NotNoted, facts, say_known as saying_known};
use crate::desk_pages::{Sealed, for_input, moment, typed_moment};
use crate::keys::Lock;
use crate::queue::{event_name, products as all_products, store as queue};
use crate::triage::{Grade, Judged, NotConfirmed, NotJudged, View, confirm as confirming, judge as judging, rules, store as judgements};
use crate::work::{NotChanged, place as placing};

#[derive(Template)]
#[template(path = "work/pages/assess.html")]
struct AssessPage {
    frame: Frame,
    lock: Lock,
    head: Head,
    events: Vec<(String, String, bool)>,
    axes: Vec<AxisView>,
    raise: String,
    lower: String,
    waiting: Option<WaitingView>,
    history: Vec<JudgementView>,
    known: Vec<KnownView>,
    known_input: String,
    is_wrongful: bool,
    prefectures: Vec<(String, String, bool)>,
    kinds: Vec<(String, String, bool)>,
    vendors: Vec<VendorView>,
    similar: Vec<SimilarView>,
    is_closed: bool,
    filled: Filled,
    key: String,
}

/// An axis with what can be answered.
struct AxisView {
    name: &'static str,
    label: String,
    values: Vec<(String, String, bool)>,
}

/// A vendor with its products.
struct VendorView {
    name: String,
    products: Vec<(String, String, bool)>,
}

/// A lowering that waits.
struct WaitingView {
    until: String,
    who: String,
    is_own: bool,
    was: String,
}

/// A judgement in words.
struct JudgementView {
    at: String,
    who: String,
    says: String,
    reason: Option<Sealed>,
    ended: String,
    because: Option<Sealed>,
}

/// When it was known, as somebody said.
struct KnownView {
    at: String,
    said: String,
    reason: Option<Sealed>,
}

/// A case that may be about the same.
struct SimilarView {
    number: String,
    event: String,
    at: String,
    why: String,
    link: String,
}

/// The assessment of a case.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, query: Query) -> Result<Page, PageError> {
    let done = done(visit.words(), &query);
    page(&portal, &visit, &number, done, Filled::default()).await
}

/// What the page shows beside what every page of a case does.
struct Read {
    history: Vec<judgements::JudgementRow>,
    known: Vec<KnownRow>,
    facts: Facts,
    products: Vec<String>,
    similar: Vec<queue::Similar>,
}

impl Read {
    async fn of(tx: &mut Tx<'_>, case: &Case) -> DbResult<Self> {
        Ok(Self {
            history: judgements::history(tx, case.id).await?,
            known: clocks::store::known(tx, case.id).await?,
            facts: facts(tx, case).await?,
            products: queue::products_of(tx, case.id).await?,
            similar: queue::similar(tx, case).await?,
        })
    }
}

async fn page(portal: &Portal, visit: &Visit, number: &str, done: String, filled: Filled) -> Result<Page, PageError> {
    let found = found(portal, visit, number).await?;
    let case = found.case.clone();
    let read = portal.db.read(async move |tx| Read::of(tx, &case).await).await?;
    let (frame, head) = found.head(portal, visit, Tab::Assessment);
    let (w, case) = (visit.words(), &found.case);
    let typed = |name: &str, stands: String| if filled.value(name).is_empty() { stands } else { filled.value(name).to_owned() };
    let page = AssessPage {
        frame: frame.done(done),
        events: events(w, &typed("event", case.event.clone().unwrap_or_default())),
        axes: axes(w, case.axes(), &filled),
        raise: rules().change.raise.pick(w.lang).to_owned(),
        lower: format!("{}{}", rules().change.lower.pick(w.lang), rules().change.overdue.pick(w.lang)),
        waiting: found.waiting.as_ref().map(|waiting| waiting_view(w, waiting, &found, &visit.actor.label())),
        history: read.history.iter().map(|row| judgement_view(w, row, &found)).collect(),
        known: read.known.iter().map(|known| known_view(w, known, &found)).collect(),
        known_input: typed("known_at", for_input(read.facts.known_at)),
        is_wrongful: read.facts.is_wrongful,
        prefectures: organizations::prefectures()
            .iter()
            .map(|one| (one.id.clone(), one.name(w.lang).to_owned(), case.prefecture.as_deref() == Some(one.id.as_str())))
            .collect(),
        kinds: organizations::kinds()
            .iter()
            .map(|one| (one.id.clone(), one.name(w.lang).to_owned(), case.institution_kind.as_deref() == Some(one.id.as_str())))
            .collect(),
        vendors: vendors(w, &read.products),
        similar: read.similar.iter().map(|one| similar_view(w, one)).collect(),
        is_closed: case.closed_at.is_some(),
        key: visit.now.uuid().to_string(),
        lock: found.lock.clone(),
        head,
        filled,
    };
    shown(&page, &page.filled)
}

/// Writes what somebody sees in the case.
pub async fn judge(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let reason = text(&posted, "reason", &mut filled, w);
    let mut axes = Axes::default();
    for axis in Axes::NAMES {
        if axes.shift(axis, posted.get(axis), Move::Set).is_err() {
            return Err(PageError::NotFound);
        }
    }
    let event = Some(posted.get("event").to_owned()).filter(|event| rules().event(event).is_some());
    if !filled.is_fine() {
        return page(&portal, &visit, &number, String::new(), filled).await;
    }
    let judged = act(&portal, &visit, &number, &posted, async move |tx, id, now| {
        let view = View { event: event.clone(), axes, answers: judgements::answers(tx, id).await?, at_least: None };
        let judged = judging(tx, id, &view, &by, &reason, now).await?;
        if judged.is_ok() {
            crate::work::tasks::keep(tx, id, &by, now).await?;
        }
        Ok(judged)
    })
    .await?;
    match judged {
        Ok(Judged::Until(_)) => Ok(to(&visit, &number, "/assessment", "provisional")),
        Ok(_) => Ok(to(&visit, &number, "/assessment", "judged")),
        Err(NotJudged::Unknown) => Err(PageError::NotFound),
        Err(NotJudged::NoReason) => {
            filled.wrong("reason", w.t("work-wrong-lower"));
            page(&portal, &visit, &number, String::new(), filled).await
        }
        Err(NotJudged::Closed) => {
            filled.wrong("reason", w.t("work-wrong-closed"));
            page(&portal, &visit, &number, String::new(), filled).await
        }
    }
}

/// Confirms a lowering as the second person.
pub async fn confirm(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let because = text(&posted, "because", &mut filled, w);
    let confirmed = act(&portal, &visit, &number, &posted, async move |tx, id, now| confirming(tx, id, &by, &because, now).await).await?;
    let words = match confirmed {
        Ok(()) => return Ok(to(&visit, &number, "/assessment", "confirmed")),
        Err(NotConfirmed::Unknown) => return Err(PageError::NotFound),
        Err(NotConfirmed::Nothing) => "work-wrong-nothing",
        Err(NotConfirmed::Own) => "work-wrong-own",
        Err(NotConfirmed::NoReason) => "work-wrong-because",
    };
    filled.wrong("because", w.t(words));
    page(&portal, &visit, &number, String::new(), filled).await
}

/// Says when the institution came to know of it.
pub async fn say_known(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let reason = text(&posted, "known_reason", &mut filled, w);
    let wrongful = posted.get("wrongful") == "yes";
    let Some(at) = typed_moment(posted.get("known_at"), visit.now) else {
        filled.wrong("known_at", w.t("work-wrong-moment"));
        return page(&portal, &visit, &number, String::new(), filled).await;
    };
    let noted =
        act(&portal, &visit, &number, &posted, async move |tx, id, now| saying_known(tx, id, at, wrongful, &reason, &by, now).await)
            .await?;
    let (field, words) = match noted {
        Ok(()) => return Ok(to(&visit, &number, "/assessment", "saved")),
        Err(NotNoted::Unknown) => return Err(PageError::NotFound),
        Err(NotNoted::Future) => ("known_at", "work-wrong-future"),
        Err(NotNoted::NoReason) => ("known_reason", "work-wrong-known"),
    };
    filled.wrong(field, w.t(words));
    page(&portal, &visit, &number, String::new(), filled).await
}

/// Says where the institution is, and of what kind.
pub async fn place(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let by = visit.actor.label();
    let prefecture = organizations::prefecture(posted.get("prefecture")).map(|one| one.id.clone());
    let kind = organizations::kind(posted.get("institution_kind")).map(|one| one.id.clone());
    let placed = act(&portal, &visit, &number, &posted, async move |tx, id, now| {
        placing(tx, id, prefecture.as_deref(), kind.as_deref(), &by, now).await
    })
    .await?;
    if placed == Err(NotChanged::Unknown) { Err(PageError::NotFound) } else { Ok(to(&visit, &number, "/assessment", "saved")) }
}

/// Marks the case with products.
pub async fn products(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let by = visit.actor.label();
    let wanted: Vec<String> = posted.all("product").filter(|id| all_products().has(id)).map(str::to_owned).collect();
    act(&portal, &visit, &number, &posted, async move |tx, id, now| crate::queue::mark(tx, id, &wanted, &by, now).await).await?;
    Ok(to(&visit, &number, "/assessment", "saved"))
}

/// Notes that another case belongs to this one.
pub async fn link(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let kind = if posted.get("link_kind") == "duplicate" { "duplicate" } else { "similar" };
    let Ok(other) = posted.get("other").parse::<CaseNumber>() else {
        filled.wrong("other", w.t("work-wrong-number"));
        return page(&portal, &visit, &number, String::new(), filled).await;
    };
    let linked = act(&portal, &visit, &number, &posted, async move |tx, id, now| {
        let Some(other) = cases::store::by_number(tx, other).await?.filter(|other| other.id != id) else { return Ok(false) };
        crate::queue::link(tx, id, other.id, kind, &by, now).await
    })
    .await?;
    if linked {
        return Ok(to(&visit, &number, "/assessment", "saved"));
    }
    filled.wrong("other", w.t("work-wrong-number"));
    page(&portal, &visit, &number, String::new(), filled).await
}

fn events(w: Words, chosen: &str) -> Vec<(String, String, bool)> {
    rules().events().iter().map(|event| (event.id.clone(), event.name.pick(w.lang).to_owned(), event.id == chosen)).collect()
}

fn vendors(w: Words, marked: &[String]) -> Vec<VendorView> {
    all_products()
        .vendors()
        .iter()
        .map(|vendor| {
            let made = vendor.products.iter().map(|one| (one.id.clone(), one.name(w.lang).to_owned(), marked.contains(&one.id)));
            VendorView { name: vendor.name(w.lang).to_owned(), products: made.collect() }
        })
        .collect()
}

fn waiting_view(w: Words, waiting: &judgements::Waiting, found: &Found, by: &str) -> WaitingView {
    WaitingView {
        until: moment(waiting.until, w.lang),
        who: found.known.who(w, &waiting.actor),
        is_own: waiting.actor == by,
        was: says(w, &waiting.base),
    }
}

fn judgement_view(w: Words, row: &judgements::JudgementRow, found: &Found) -> JudgementView {
    let seal = |column: &str, bytes: &[u8]| Sealed::new(found.case.id, "case_judgements", row.id.uuid(), column, bytes);
    JudgementView {
        at: moment(row.judged_at, w.lang),
        who: found.known.who(w, &row.actor),
        says: says_row(w, row, found),
        reason: row.reason.as_deref().map(|bytes| seal("reason", bytes)),
        ended: row.ended.as_deref().map(|ended| ended_words(w, ended, row, found)).unwrap_or_default(),
        because: row.because.as_deref().map(|bytes| seal("because", bytes)),
    }
}

fn known_view(w: Words, known: &KnownRow, found: &Found) -> KnownView {
    KnownView {
        at: moment(known.known_at, w.lang),
        said: w.with("work-known-said", &[("who", &found.known.who(w, &known.actor)), ("at", &moment(known.said_at, w.lang))]),
        reason: known.reason.as_deref().map(|bytes| Sealed::new(found.case.id, "case_known", known.id, "reason", bytes)),
    }
}

fn axes(w: Words, now: Axes, filled: &Filled) -> Vec<AxisView> {
    let stands = [now.spread.id(), now.backup.id(), now.product.id(), now.care_impact.id(), now.data_exit.id(), now.path.id()];
    let view = |(name, stands): (&'static str, &'static str)| {
        let chosen = if filled.value(name).is_empty() { stands } else { filled.value(name) };
        let unanswered = ("unanswered".to_owned(), w.t("work-unanswered"), chosen == "unanswered");
        let axis = rules().axis(name);
        let answers = axis
            .into_iter()
            .flat_map(|axis| &axis.values)
            .map(|value| (value.id.clone(), value.word(w.lang).to_owned(), value.id == chosen));
        AxisView {
            name,
            label: axis.map(|axis| axis.name.pick(w.lang).to_owned()).unwrap_or_default(),
            values: std::iter::once(unanswered).chain(answers).collect(),
        }
    };
    Axes::NAMES.into_iter().zip(stands).map(view).collect()
}

fn says(w: Words, view: &View) -> String {
    let judgement = view.judgement();
    w.with("work-says", &[("stage", rules().label(judgement.grade, w.lang)), ("urgency", rules().urgency_label(judgement.urgency, w.lang))])
}

fn says_row(w: Words, row: &judgements::JudgementRow, found: &Found) -> String {
    let is_malware = rules().is_malware(found.case.event.as_deref()) || found.case.event.is_none();
    let urgency = crate::triage::Urgency::try_from(row.urgency).unwrap_or(crate::triage::Urgency::HIGHEST);
    w.with(
        "work-says",
        &[("stage", rules().label(Grade::of(row.stage, is_malware), w.lang)), ("urgency", rules().urgency_label(urgency, w.lang))],
    )
}

fn ended_words(w: Words, ended: &str, row: &judgements::JudgementRow, found: &Found) -> String {
    let who = row.ended_by.as_deref().map(|by| found.known.who(w, by)).unwrap_or_default();
    w.one(&format!("work-lowering-{ended}"), "who", &who)
}

fn similar_view(w: Words, one: &queue::Similar) -> SimilarView {
    let why = [(one.by_indicator, "work-same-indicator"), (one.by_product, "work-same-product"), (one.by_place, "work-same-place")];
    let why: Vec<String> = why.into_iter().filter(|(is, _)| *is).map(|(_, key)| w.t(key)).collect();
    SimilarView {
        number: one.number.to_string(),
        event: event_name(w, one.event.as_deref()),
        at: moment(one.made_at, w.lang),
        why: why.join(w.lang.pick("、", ", ")),
        link: one.link.as_deref().map(|link| w.t(&format!("work-link-{link}"))).unwrap_or_default(),
    }
}
