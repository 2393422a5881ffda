use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exchange::{NotLeaving, Tlp};
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit};

use super::{Asked, Refused, Which, frame, paper_name};
use crate::cases::Case;
use crate::desk_pages::{case_of, read_case};
use crate::exports::{lexicon, store};
use crate::keys::{self, Lock};

#[derive(Template)]
#[template(path = "exports/pages/paper.html")]
struct PaperPage {
    frame: Frame,
    lock: Lock,
    path: String,
    case_path: String,
    case_id: String,
    over: String,
    why: String,
    ceiling: String,
    lines: Vec<LineView>,
    indicators: Vec<SealedView>,
    evidence: Vec<EvidenceView>,
    marks: Vec<(&'static str, &'static str, bool)>,
    filled: Filled,
}

/// A fact that the paper asks for.
struct LineView {
    fact: String,
    name: String,
    /// Where it is known: what the browser opens.
    sealed: Option<SealedView>,
    /// Whether it is asked for only so that it can be masked elsewhere.
    masked: bool,
}

/// Something sealed, and where it stands.
struct SealedView {
    kind: String,
    tlp: &'static str,
    label: &'static str,
    place: String,
    sealed: String,
    goes: bool,
}

impl SealedView {
    /// What stands at `place`, for a receiver who may have what is up to `ceiling`.
    fn of(kind: &str, tlp: Tlp, ceiling: Tlp, place: String, words: &[u8]) -> Self {
        Self { kind: kind.to_owned(), tlp: tlp.id(), label: tlp.label(), place, sealed: STANDARD.encode(words), goes: tlp.goes_to(ceiling) }
    }
}

/// A piece of evidence, by its number in the case.
struct EvidenceView {
    number: usize,
    stored: String,
    received_at: String,
    place: String,
    sealed: String,
}

/// What the paper asks for, each with its words sealed until the browser opens them.
pub async fn paper(State(portal): State<Portal>, visit: Visit, path: Path<Which>) -> Result<Page, PageError> {
    let asked = Asked::of(path)?;
    let case = case_of(&portal, &visit, &asked.number.to_string()).await?;
    let mut filled = Filled::default();
    filled.set("tlp", asked.receiver.tlp.min(Tlp::AmberStrict).id());
    filled.set("report_no", "1");
    filled.set("report_kind", "preliminary");
    page(&portal, &visit, asked, &case, filled).await
}

/// The page again, with why nothing was shown.
pub async fn again(
    portal: &Portal,
    visit: &Visit,
    asked: Asked,
    case: &Case,
    posted: &Posted,
    refused: Refused,
) -> Result<Page, PageError> {
    let w = visit.words();
    let mut filled = Filled::default();
    for field in ["tlp", "report_no", "report_kind"] {
        filled.set(field, posted.get(field));
    }
    match refused {
        Refused::Page(error) => return Err(error),
        Refused::Told => filled.wrong("told", w.t("desk-export-wrong-told")),
        Refused::Number => filled.wrong("report_no", w.t("desk-export-wrong-number")),
        Refused::Leaving(NotLeaving::CaseTooStrict(tlp)) => {
            filled.wrong("tlp", w.with("desk-export-wrong-tlp", &[("tlp", tlp.label()), ("ceiling", asked.receiver.tlp.label())]));
        }
        Refused::Leaving(NotLeaving::TooLong(fact)) => filled.wrong("told", w.one("desk-export-wrong-long", "fact", &fact)),
        Refused::Leaving(NotLeaving::NotAllowed(_) | NotLeaving::NoHash(_) | NotLeaving::NotTheirPaper) => {
            filled.wrong("told", w.t("desk-export-wrong-told"));
        }
    }
    Ok(page(portal, visit, asked, case, filled).await?.status(StatusCode::UNPROCESSABLE_ENTITY))
}

async fn page(portal: &Portal, visit: &Visit, asked: Asked, case: &Case, filled: Filled) -> Result<Page, PageError> {
    let id = case.id;
    let reading = read_case(portal, visit, id).await?;
    let found = portal.db.read(async move |tx| {
        let noted = (store::indicators(tx, id).await?, store::evidence(tx, id).await?);
        Ok((store::facts(tx, id).await?, noted, keys::lock(tx, &reading).await?))
    });
    let (facts, (noted, kept), lock) = found.await?;
    let ceiling = asked.receiver.tlp;
    let wanted = asked.paper.facts();
    let kinds = lexicon().facts().iter().filter(|kind| kind.sealed && kind.id != "indicators");
    let lines = kinds.filter_map(|kind| {
        let masked = !asked.receiver.names && (kind.identifies || kind.id == "beds");
        let is_wanted = wanted.contains(&kind.id.as_str()) || masked || kind.id == "institution";
        let known = facts.iter().find(|fact| fact.fact == kind.id);
        is_wanted.then(|| LineView {
            fact: kind.id.clone(),
            name: visit.lang.pick(&kind.name.ja, &kind.name.en).clone(),
            sealed: known.map(|fact| {
                let place = format!("case_facts|{}|words", fact.id.uuid());
                SealedView::of(&kind.id, fact.tlp.0, ceiling, place, &fact.words)
            }),
            masked,
        })
    });
    let noted = noted.iter().filter(|_| asked.paper.asks_for("indicators"));
    let indicators = noted.map(|it| SealedView::of(&it.kind, it.tlp.0, ceiling, format!("case_indicators|{}|value", it.id), &it.value));
    let kept = kept.iter().filter(|_| asked.paper.asks_for("logs_kept")).zip(1..);
    let evidence = kept.map(|(it, number)| EvidenceView {
        number,
        stored: it.sealed_hash.as_deref().map(hex::encode).unwrap_or_default(),
        received_at: it.noted_at.rfc3339(),
        place: format!("case_evidence|{}|about", it.id),
        sealed: STANDARD.encode(&it.about),
    });
    let evidence = evidence.collect();
    let marks = Tlp::ALL.into_iter().filter(|tlp| tlp.goes_to(ceiling)).map(|tlp| (tlp.id(), tlp.label(), filled.is("tlp", tlp.id())));
    let w = visit.words();
    let receiver = visit.lang.pick(&asked.receiver.name.ja, &asked.receiver.name.en);
    let title = paper_name(visit, asked.paper_id, asked.paper);
    let exports = format!("/desk/cases/{}/exports", case.number);
    let page = PaperPage {
        frame: frame(portal, visit, case, title).crumb(w.t("desk-export-title"), &exports).here(),
        lock,
        path: asked.path(),
        case_path: format!("/desk/cases/{}", case.number),
        case_id: case.id.to_string(),
        over: w.one("desk-export-to", "receiver", receiver),
        why: visit.lang.pick(&asked.receiver.why.ja, &asked.receiver.why.en).clone(),
        ceiling: w.one("desk-export-up-to", "tlp", ceiling.label()),
        lines: lines.collect(),
        indicators: indicators.collect(),
        evidence,
        marks: marks.collect(),
        filled,
    };
    Page::html(&page)
}
