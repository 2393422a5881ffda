//! 証拠・手がかり: pieces with both hashes and their custody; indicators, shown so that nobody opens them by a slip.

use askama::Template;
use axum::extract::{Path, State};
use kernel::Uuid;
use web::paging::Query;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use super::{Found, Head, Tab, act, done, found, shown, text, to};
use crate::cases::CaseId;
use crate::desk_pages::{Sealed, moment, typed_moment};
use crate::keys::Lock;
use crate::work::evidence::{self, About, Act, Hands, NotNoted, custody_row};
use crate::work::indicator::{Indicator, Kind, NotAnIndicator};
use crate::work::note::Tlp;
use crate::work::store::evidence as store;

#[derive(Template)]
#[template(path = "work/pages/evidence.html")]
struct EvidencePage {
    frame: Frame,
    lock: Lock,
    head: Head,
    pieces: Vec<PieceView>,
    files: Vec<FileView>,
    case_id: String,
    acts: Vec<(String, String)>,
    indicators: Vec<IndicatorView>,
    kinds: Vec<(String, String, bool)>,
    colours: Vec<(String, bool)>,
    is_closed: bool,
    filled: Filled,
    key: String,
}

/// A piece of evidence in words.
struct PieceView {
    id: Uuid,
    /// The file that it is; none for what is not here.
    file: Option<Uuid>,
    about: Sealed,
    sealed_hash: String,
    noted: String,
    custody: Vec<CustodyView>,
}

/// A file that can be put on the list, sealed as it is.
struct FileView {
    id: Uuid,
    at: String,
    name: Sealed,
    hash: Sealed,
    is_chosen: bool,
}

/// A line of custody in words.
struct CustodyView {
    at: String,
    act: String,
    who: String,
    words: Sealed,
}

/// An indicator in words.
struct IndicatorView {
    id: Uuid,
    kind: String,
    value: Sealed,
    tlp: Tlp,
    elsewhere: i64,
}

/// The labels of the fields of what is sealed.
const ABOUT: [(&str, &str); 3] = [("what", "work-piece-what"), ("from", "work-piece-from"), ("sha256", "work-piece-hash")];
const HANDS: [(&str, &str); 4] =
    [("from", "work-hands-from"), ("to", "work-hands-to"), ("why", "work-hands-why"), ("sha256", "work-piece-hash")];

/// Evidence and indicators of a case.
pub async fn show(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, query: Query) -> Result<Page, PageError> {
    let done = done(visit.words(), &query);
    page(&portal, &visit, &number, done, Filled::default()).await
}

async fn page(portal: &Portal, visit: &Visit, number: &str, done: String, filled: Filled) -> Result<Page, PageError> {
    let found = found(portal, visit, number).await?;
    let (w, id) = (visit.words(), found.case.id);
    let (pieces, custody, indicators, files) = portal
        .db
        .read(async move |tx| {
            Ok((
                store::pieces(tx, id).await?,
                store::custody(tx, id).await?,
                store::indicators(tx, id).await?,
                store::files_here(tx, id).await?,
            ))
        })
        .await?;
    let (frame, head) = found.head(portal, visit, Tab::Evidence);
    let page = EvidencePage {
        frame: frame.done(done),
        pieces: pieces.iter().map(|piece| piece_view(w, piece, &custody, &found)).collect(),
        files: files.iter().map(|file| file_view(w, file, id, &filled)).collect(),
        case_id: id.to_string(),
        acts: Act::ALL.iter().map(|act| (act.id().to_owned(), w.t(&format!("work-act-{act}")))).collect(),
        indicators: indicators.iter().map(|row| indicator_view(w, row, id)).collect(),
        kinds: Kind::ALL
            .iter()
            .map(|kind| (kind.id().to_owned(), w.t(&format!("work-indicator-{kind}")), filled.is("indicator_kind", kind.id())))
            .collect(),
        colours: super::notes::colours(&filled, Tlp::Amber),
        is_closed: found.case.closed_at.is_some(),
        key: visit.now.uuid().to_string(),
        lock: found.lock,
        head,
        filled,
    };
    shown(&page, &page.filled)
}

fn piece_view(w: Words, piece: &store::Piece, custody: &[store::Custody], found: &Found) -> PieceView {
    PieceView {
        id: piece.id,
        file: piece.file,
        about: Sealed::new(found.case.id, "case_evidence", piece.id, "about", &piece.about).with_fields(w, &ABOUT),
        sealed_hash: piece.sealed_hash.as_deref().map(hex::encode).unwrap_or_default(),
        noted: w.with("work-noted-by", &[("at", &moment(piece.noted_at, w.lang)), ("who", &found.known.who(w, &piece.actor))]),
        custody: custody.iter().filter(|one| one.piece == piece.id).map(|line| custody_view(w, line, found)).collect(),
    }
}

fn custody_view(w: Words, line: &store::Custody, found: &Found) -> CustodyView {
    let row = custody_row(line.piece, line.seq);
    CustodyView {
        at: moment(line.happened_at, w.lang),
        act: w.t(&format!("work-act-{}", line.act)),
        who: found.known.who(w, &line.actor),
        words: Sealed::new(found.case.id, "case_custody", row, "words", &line.words).with_fields(w, &HANDS),
    }
}

fn file_view(w: Words, file: &store::FileHere, case: CaseId, filled: &Filled) -> FileView {
    FileView {
        id: file.id,
        at: w.one("work-piece-file-at", "at", &moment(file.here_at, w.lang)),
        name: Sealed::new(case, "case_files", file.id, "about", &file.about),
        hash: Sealed::new(case, "case_files", file.id, "hashes", &file.hashes),
        is_chosen: filled.is("file", &file.id.to_string()),
    }
}

fn indicator_view(w: Words, row: &store::IndicatorRow, case: CaseId) -> IndicatorView {
    IndicatorView {
        id: row.id,
        kind: w.t(&format!("work-indicator-{}", row.kind)),
        value: Sealed::new(case, "case_indicators", row.id, "value", &row.value),
        tlp: row.tlp,
        elsewhere: row.elsewhere,
    }
}

/// Puts a piece on the list.
pub async fn note(State(portal): State<Portal>, visit: Visit, Path(number): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let mut field = |name: &str| text(&posted, name, &mut filled, w);
    let about = About { what: field("what"), from: field("from"), sha256: field("sha256").to_lowercase() };
    let file: Option<Uuid> = match posted.get("file") {
        "" => None,
        file => Some(file.parse().map_err(|_| PageError::NotFound)?),
    };
    let noted = act(&portal, &visit, &number, &posted, async move |tx, id, now| {
        let file = match file {
            Some(file) => match store::file_here(tx, id, file).await? {
                Some(hash) => Some((file, hash)),
                None => return Ok(Err(NotNoted::Unknown)),
            },
            None => None,
        };
        evidence::note(tx, id, &about, file, &by, now).await
    })
    .await?;
    let (field, words) = match noted {
        Ok(()) => return Ok(to(&visit, &number, "/evidence", "saved")),
        Err(NotNoted::Unknown) => return Err(PageError::NotFound),
        Err(NotNoted::NoWords) => ("what", "work-wrong-piece"),
        Err(NotNoted::Hash) => ("sha256", "work-wrong-hash"),
        Err(NotNoted::Already) => ("what", "work-wrong-already"),
    };
    filled.wrong(field, w.t(words));
    page(&portal, &visit, &number, String::new(), filled).await
}

/// Adds a line to the custody of a piece.
pub async fn pass_on(
    State(portal): State<Portal>,
    visit: Visit,
    Path((number, piece)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let piece: Uuid = piece.parse().map_err(|_| PageError::NotFound)?;
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let act_of: Act = posted.get("act").parse().map_err(|_| PageError::NotFound)?;
    let at = typed_moment(posted.get("happened_at"), visit.now).unwrap_or(visit.now);
    let mut field = |name: &str| text(&posted, &format!("{name}-{piece}"), &mut filled, w);
    let hands = Hands { from: field("from"), to: field("to"), why: field("why"), sha256: field("hash").to_lowercase() };
    let passed = act(&portal, &visit, &number, &posted, async move |tx, id, now| {
        evidence::pass_on(tx, id, piece, act_of, &hands, at, &by, now).await
    })
    .await?;
    let (field, words) = match passed {
        Ok(()) => return Ok(to(&visit, &number, "/evidence", "saved")),
        Err(NotNoted::Unknown | NotNoted::Already) => return Err(PageError::NotFound),
        Err(NotNoted::NoWords) => ("to", "work-wrong-hands"),
        Err(NotNoted::Hash) => ("hash", "work-wrong-hash"),
    };
    filled.wrong(&format!("{field}-{piece}"), w.t(words));
    page(&portal, &visit, &number, String::new(), filled).await
}

/// Notes an indicator.
pub async fn note_indicator(
    State(portal): State<Portal>,
    visit: Visit,
    Path(number): Path<String>,
    posted: Posted,
) -> Result<Page, PageError> {
    let (w, by) = (visit.words(), visit.actor.label());
    let mut filled = Filled::from_posted(&posted);
    let kind: Kind = posted.get("indicator_kind").parse().map_err(|_| PageError::NotFound)?;
    let tlp: Tlp = posted.get("tlp").parse().unwrap_or(Tlp::Amber);
    let indicator = match Indicator::read(kind, posted.get("value")) {
        Ok(indicator) => indicator,
        Err(refused) => {
            filled.wrong(
                "value",
                w.t(match refused {
                    NotAnIndicator::Form => "work-wrong-indicator",
                    NotAnIndicator::Inside => "work-wrong-inside",
                }),
            );
            return page(&portal, &visit, &number, String::new(), filled).await;
        }
    };
    let mark = portal.keys.mac("desk-indicator", &[kind.id().as_bytes(), indicator.as_str().as_bytes()]);
    let noted = act(&portal, &visit, &number, &posted, async move |tx, id, now| {
        evidence::note_indicator(tx, id, &indicator, tlp, mark, &by, now).await
    })
    .await?;
    match noted {
        Ok(()) => Ok(to(&visit, &number, "/evidence", "saved")),
        Err(NotNoted::Already) => {
            filled.wrong("value", w.t("work-wrong-already"));
            page(&portal, &visit, &number, String::new(), filled).await
        }
        Err(_) => Err(PageError::NotFound),
    }
}

/// Takes an indicator off the list.
pub async fn drop_indicator(
    State(portal): State<Portal>,
    visit: Visit,
    Path((number, indicator)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let indicator: Uuid = indicator.parse().map_err(|_| PageError::NotFound)?;
    let by = visit.actor.label();
    act(&portal, &visit, &number, &posted, async move |tx, id, now| evidence::drop_indicator(tx, id, indicator, &by, now).await).await?;
    Ok(to(&visit, &number, "/evidence", "saved"))
}
