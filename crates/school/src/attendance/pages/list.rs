use askama::Template;
use axum::extract::{Path, Query, State};
use db::{DbResult, Tx};
use kernel::fold;
use serde::Deserialize;
use web::{Frame, Page, PageError, Pager, Portal, Visit, Words};

use super::{Choice, Ground, ROWS, choices};
use crate::attendance::close::can_close;
use crate::attendance::import::can_import;
use crate::attendance::mark::can_mark;
use crate::attendance::store::{self, From, ImportLine, Line, Measure, Sieve};
use crate::attendance::verdict::{Status, Verdict};
use crate::attendance::{MarkId, words};
use crate::office::staff_pages::{self, Head, Tab};
use crate::trainings::session::SessionId;

/// What the address of the list asks for. Nonsense in it excludes nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    state: String,
    care: String,
    after: String,
    before: String,
    done: String,
    n: i64,
    batch: String,
}

/// A row of the list.
pub struct Row {
    pub id: String,
    pub name: String,
    pub number: String,
    pub workplace: String,
    pub shape: &'static str,
    pub state: String,
    pub why: String,
    pub care: String,
    pub pick: String,
}

/// A file that was brought in.
struct File {
    path: String,
    name: String,
    words: String,
    is_out: bool,
}

#[derive(Template)]
#[template(path = "attendance/pages/list.html")]
struct ListPage {
    frame: Frame,
    head: Head,
    path: String,
    q: String,
    states: Vec<Choice>,
    cares: Vec<Choice>,
    is_set: bool,
    rows: Vec<Row>,
    total: String,
    pager: Pager,
    tally: Vec<(String, i64)>,
    tally_word: String,
    next: Next,
    open: i64,
    rule: String,
    files: Vec<File>,
    can_edit: bool,
    can_mark: bool,
    can_import: bool,
    can_set_rule: bool,
    is_closed: bool,
    undo: String,
}

/// The one thing to do next.
struct Next {
    words: String,
    kind: &'static str,
    button: String,
    path: String,
}

/// What can be asked for, with the keys of its words.
const STATES: [(&str, &str); 4] = [
    ("present", "attendance-status-present"),
    ("absent", "attendance-status-absent"),
    ("review", "attendance-status-review"),
    ("archive", "attendance-status-archive"),
];
const CARES: [(&str, &str); 3] =
    [("unseen", "attendance-care-unseen"), ("hand", "attendance-care-hand"), ("objection", "attendance-care-objection")];

/// Which lines of a session are read.
struct Wanted {
    session: SessionId,
    is_closed: bool,
    measure: Measure,
    sieve: Sieve,
    from: From,
    batch: Option<MarkId>,
}

impl Wanted {
    fn of(asked: &Asked, ground: &Ground) -> Self {
        Self {
            session: ground.whole.session.id,
            is_closed: ground.sheet.is_closed(),
            measure: ground.measure(),
            sieve: sieve(asked, ground),
            from: place(asked),
            batch: asked.batch.parse().ok(),
        }
    }

    /// Whether anybody is left out.
    fn is_set(&self) -> bool {
        let Sieve { text, number, standing, care } = &self.sieve;
        !(text.is_empty() && number.is_none() && standing.is_empty() && care.is_empty())
    }
}

/// What the page says of them.
struct Read {
    lines: Vec<Line>,
    /// Whether there are more in the direction in which they were read.
    has_more: bool,
    count: i64,
    standings: Vec<(String, i64)>,
    /// How many participants of files nobody has decided about.
    open: i64,
    imports: Vec<ImportLine>,
    undoable: i64,
}

impl Read {
    async fn of(tx: &mut Tx<'_>, wanted: &Wanted) -> DbResult<Self> {
        let (session, is_closed, measure) = (wanted.session, wanted.is_closed, wanted.measure);
        let limit = i64::try_from(ROWS + 1).unwrap_or(i64::MAX);
        let mut lines = store::lines(tx, session, is_closed, measure, &wanted.sieve, wanted.from, limit).await?;
        let has_more = lines.len() > ROWS;
        lines.truncate(ROWS);
        if matches!(wanted.from, From::Before(_)) {
            lines.reverse();
        }
        Ok(Self {
            lines,
            has_more,
            count: store::count_lines(tx, session, is_closed, measure, &wanted.sieve).await?,
            standings: store::standings(tx, session, is_closed, measure).await?,
            open: store::count_piles(tx, session).await?.0,
            imports: store::imports(tx, session).await?,
            undoable: match wanted.batch {
                Some(batch) => store::count_marks(tx, session, batch).await?,
                None => 0,
            },
        })
    }
}

/// Who was there, fifty at a time.
pub async fn list(
    State(portal): State<Portal>,
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let ground = Ground::of(&portal, &visit, &id).await?;
    ground.follow_the_day(&portal).await?;
    let wanted = Wanted::of(&asked, &ground);
    let (from, is_set) = (wanted.from, wanted.is_set());
    let read = portal.db.read(async move |tx| Read::of(tx, &wanted).await).await?;
    let (w, path, is_closed) = (visit.words(), ground.path(""), ground.sheet.is_closed());
    let (frame, head) = ground.whole.head(&portal, &visit, w.t("attendance-title"), Some(Tab::Attendance));
    let frame = frame.done(said(w, &asked));
    let can_edit = portal.offers(&visit, access::Action::EditAttendance);
    let page = ListPage {
        pager: pager(&visit, &path, &asked, &read, from),
        q: asked.q.clone(),
        states: choices(&visit, STATES, &asked.state),
        cares: choices(&visit, CARES, &asked.care),
        is_set,
        total: w.count("attendance-total", read.count),
        tally: tally(w, &read.standings),
        tally_word: w.t(if is_closed { "attendance-tally-closed" } else { "attendance-tally-open" }),
        next: next(&ground, &visit, &read.imports, read.open, can_edit),
        open: read.open,
        rule: ground.rule_words(&visit),
        files: read.imports.iter().map(|line| file(&visit, &ground, line)).collect(),
        can_mark: can_edit && can_mark(&ground.whole.session, visit.now).is_ok(),
        can_import: can_edit && can_import(&ground.whole.session, is_closed, visit.now).is_ok(),
        can_set_rule: can_edit && !is_closed,
        is_closed,
        undo: if read.undoable > 0 && can_edit { asked.batch.clone() } else { String::new() },
        rows: read.lines.iter().map(|line| row(w, &ground, line)).collect(),
        can_edit,
        path,
        frame,
        head,
    };
    Page::html(&page)
}

/// How many are, or would be, what.
fn tally(w: Words, standings: &[(String, i64)]) -> Vec<(String, i64)> {
    let number = |verdict: Verdict| standings.iter().find(|(id, _)| id == verdict.id()).map_or(0, |(_, n)| *n);
    let all = [Verdict::Present, Verdict::Absent, Verdict::Review];
    all.map(|verdict| (words::status(w, Status::Decided(verdict)), number(verdict))).to_vec()
}

fn sieve(asked: &Asked, ground: &Ground) -> Sieve {
    let text = fold(&asked.q.chars().take(100).collect::<String>());
    let prefix = fold(&ground.whole.receipt(0));
    let number = text.strip_prefix(prefix.trim_end_matches('0')).or_else(|| text.rsplit_once('-').map(|(_, number)| number));
    let number: Option<i64> = number.and_then(|number| number.parse().ok()).filter(|_| text.starts_with(prefix.trim_end_matches('0')));
    let one_of = |asked: &str, known: &[&str]| known.iter().find(|known| **known == asked).map_or("", |known| known).to_owned();
    Sieve {
        text: if number.is_some() { String::new() } else { text },
        number,
        standing: one_of(&asked.state, &["present", "absent", "review", "archive"]),
        care: one_of(&asked.care, &["unseen", "hand", "objection"]),
    }
}

fn place(asked: &Asked) -> From {
    match (asked.after.parse(), asked.before.parse()) {
        (Ok(number), _) => From::After(number),
        (_, Ok(number)) => From::Before(number),
        _ => From::After(0),
    }
}

/// A row of the list, in words.
pub fn row(w: Words, ground: &Ground, line: &Line) -> Row {
    let facts = line.facts();
    let status = Status::of(line.verdict, ground.sheet.is_closed());
    let name = line.name();
    let why = match (ground.held, status) {
        (None, _) => String::new(),
        (Some(held), Status::Decided(verdict)) => {
            words::sentence(w, &facts, (verdict, line.evidence()), ground.sheet.rule, held, &line.reason)
        }
        (Some(held), Status::Undecided) => {
            let (verdict, evidence) = facts.verdict(ground.sheet.rule, held);
            let sentence = words::sentence(w, &facts, (verdict, evidence), ground.sheet.rule, held, &line.reason);
            w.one("attendance-would", "sentence", &sentence)
        }
    };
    Row {
        id: line.id.to_string(),
        pick: w.one("office-pick", "name", &name),
        name,
        number: ground.whole.receipt(line.number),
        workplace: line.organization.clone(),
        shape: status.shape(),
        state: words::status(w, status),
        why,
        care: match () {
            () if line.objects => w.t("attendance-care-objection"),
            () if line.is_questioned => w.t("attendance-care-questioned"),
            () => String::new(),
        },
    }
}

fn file(visit: &Visit, ground: &Ground, line: &ImportLine) -> File {
    let w = visit.words();
    let key = if line.withdrawn_at.is_some() { "attendance-file-out" } else { "attendance-file-in" };
    let (found, open) = (line.matched.to_string(), line.open.to_string());
    File {
        path: ground.path(&format!("/imports/{}", line.id)),
        name: line.name.clone(),
        words: w.with(key, &[("at", &staff_pages::numeric_moment(line.imported_at)), ("found", &found), ("open", &open)]),
        is_out: line.withdrawn_at.is_some(),
    }
}

/// Before the session nothing; then the files, then the queue, then the closing.
fn next(ground: &Ground, visit: &Visit, imports: &[ImportLine], open: i64, can_edit: bool) -> Next {
    let w = visit.words();
    let now = visit.now;
    let has_files = imports.iter().any(|line| line.withdrawn_at.is_none());
    let plain = |key: &str, kind| Next { words: w.t(key), kind, button: String::new(), path: String::new() };
    let next = match () {
        () if ground.whole.session.cancelled_at.is_some() => plain("attendance-not-called-off", "care"),
        () if ground.held.is_none() => plain("attendance-not-hours", "care"),
        () if !ground.has_begun(now) => plain("attendance-next-before", ""),
        () if ground.sheet.is_closed() && open > 0 => Next {
            words: w.count("attendance-next-closed-open", open),
            kind: "care",
            button: w.t("attendance-queue-see"),
            path: ground.path("/queue"),
        },
        () if ground.sheet.is_closed() => {
            let at = ground.sheet.closed_at.map_or_else(String::new, |at| staff_pages::long_moment(at, visit.lang));
            Next { words: w.one("attendance-next-closed", "at", &at), kind: "done", button: String::new(), path: String::new() }
        }
        () if !has_files => {
            Next { words: w.t("attendance-next-import"), kind: "", button: w.t("attendance-import-title"), path: ground.path("/import") }
        }
        () if open > 0 => Next {
            words: w.count("attendance-next-queue", open),
            kind: "care",
            button: w.t("attendance-queue-see"),
            path: ground.path("/queue"),
        },
        () if can_close(&ground.whole.session, &ground.sheet, now).is_ok() => {
            Next { words: w.t("attendance-next-close"), kind: "", button: w.t("attendance-close-go"), path: ground.path("/closing") }
        }
        () => plain("attendance-next-running", ""),
    };
    if can_edit { next } else { Next { button: String::new(), ..next } }
}

fn said(w: Words, asked: &Asked) -> String {
    match asked.done.as_str() {
        "marked" => w.count("attendance-done-marked", asked.n),
        "unmarked" => w.count("attendance-done-unmarked", asked.n),
        "rule" => w.t("attendance-done-rule"),
        "imported" => w.count("attendance-done-imported", asked.n),
        "withdrawn" => w.t("attendance-done-withdrawn"),
        "closed" => w.count("attendance-done-closed", asked.n),
        "reopened" => w.t("attendance-done-reopened"),
        _ => String::new(),
    }
}

fn pager(visit: &Visit, path: &str, asked: &Asked, read: &Read, from: From) -> Pager {
    let (Some(first), Some(last)) = (read.lines.first(), read.lines.last()) else { return Pager::default() };
    let (backwards, begun) = match from {
        From::Before(_) => (true, true),
        From::After(number) => (false, number > 0),
    };
    let to = |name: &str, number: i64| {
        let number = number.to_string();
        let all = [("q", asked.q.as_str()), ("state", &asked.state), ("care", &asked.care), (name, &number)];
        let set: Vec<_> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        format!("{}?{}", visit.to(path), serde_urlencoded::to_string(set).unwrap_or_default())
    };
    let has_previous = if backwards { read.has_more } else { begun };
    Pager {
        previous: if has_previous { to("before", first.number) } else { String::new() },
        next: if backwards || read.has_more { to("after", last.number) } else { String::new() },
        shown: visit.words().count("attendance-shown", read.count),
    }
}
