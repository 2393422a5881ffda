//! `/desk`: what waits, who is on duty, what several cases have in common.

use access::{AccountId, Action};
use askama::Template;
use axum::extract::{Path, State};
use db::{Lane, Tx};
use kernel::{Span, Timestamp};
use people::organizations;
use web::paging::{self, Query};
use web::{Frame, Page, PageError, Pager, Portal, Posted, Visit, Words};

use super::filter::{Cursor, Filter, Whose};
use super::store::{self, LINES, Line};
use super::{Cluster, Common, clusters, products};
use crate::alarm::{self, AlarmId, take_test};
use crate::cases::Phase;
use crate::clocks::store::DueRow;
use crate::clocks::{self, clocks as rules_of_clocks};
use crate::desk_pages::{due_words, frame, length, moment, reaches};
use crate::keys;
use crate::roster;
use crate::triage::{Grade, Stage, Urgency, rules};
use crate::work::playbooks;

const PATH: &str = "/desk";

/// Clocks that fall due so soon stand beside the queue.
const SOON: Span = Span::hours(24);

/// How many of them.
const CLOCKS: i64 = 8;

#[derive(Template)]
#[template(path = "queue/queue.html")]
struct QueuePage {
    frame: Frame,
    rows: Vec<Row>,
    pager: Pager,
    is_narrow: bool,
    untaken: String,
    untaken_since: String,
    chips: Vec<(String, String, bool)>,
    urgencies: Vec<(String, String, bool)>,
    stages: Vec<(String, String, bool)>,
    phases: Vec<(String, String, bool)>,
    events: Vec<(String, String, bool)>,
    drills: Vec<(String, String, bool)>,
    whose: String,
    standing: String,
    on_duty: Vec<String>,
    tests: Vec<Test>,
    clusters: Vec<ClusterView>,
    due: Vec<DueView>,
    may_work: bool,
    may_lead: bool,
    /// Whether the keys wait for a lead.
    keys_wait: bool,
    /// Whether others made keys of cases anew that whoever looks may open.
    proofs_wait: bool,
    key: String,
}

/// A case in words.
struct Row {
    number: String,
    is_drill: bool,
    event: String,
    urgency: String,
    rank: i64,
    stage: String,
    shape: String,
    provisional: String,
    phase: String,
    place: String,
    waits: String,
    waits_for: String,
    due: String,
    is_overdue: bool,
    taker: String,
    can_be_taken: bool,
}

/// A test alarm that rings.
struct Test {
    id: AlarmId,
    since: String,
    /// Whose shift begins.
    whose: String,
}

/// A cluster in words.
struct ClusterView {
    words: String,
    numbers: Vec<String>,
}

/// A clock in words.
struct DueView {
    number: String,
    is_drill: bool,
    name: String,
    due: String,
    is_overdue: bool,
}

/// Everything that the page reads, in one look at the database.
struct Seen {
    lines: Vec<Line>,
    untaken: (i64, Option<Timestamp>),
    on_duty: Vec<alarm::Hand>,
    ringing: Vec<alarm::store::Alarm>,
    shifts: Vec<roster::store::Shift>,
    clusters: Vec<Cluster>,
    due: Vec<DueRow>,
}

/// The queue.
pub async fn show(State(portal): State<Portal>, visit: Visit, query: Query) -> Result<Page, PageError> {
    let me = reaches(&visit)?;
    let w = visit.words();
    let filter = Filter::of(&query);
    let (asked, from, now) = (filter.clone(), query.get("from").cloned().unwrap_or_default(), visit.now);
    let mut seen = portal.db.read(async move |tx| look(tx, &asked, &from, me, now).await).await?;
    let at = |from: &str| visit.to(&paging::with(PATH, &query, &[("from", from)]));
    let next = paging::cut(&mut seen.lines, LINES).map_or_else(String::new, |line| at(&place_after(line, filter.is_closed)));
    let previous = if query.contains_key("from") { at("") } else { String::new() };
    let done = match query.get("done").map(String::as_str) {
        Some("tested") => w.t("work-done-tested"),
        _ => String::new(),
    };
    let may_lead = portal.offers(&visit, Action::LeadDesk);
    let keys_wait = may_lead && portal.db.read(async |tx| keys::need(tx).await).await?.is_some();
    let may_work = portal.offers(&visit, Action::WorkCase);
    let proofs_wait = may_work && portal.db.read(async move |tx| keys::unproven(tx, me).await).await?.1 > 0;
    let page = QueuePage {
        frame: frame(&portal, &visit, w.t("work-queue-title")).here().done(done),
        pager: Pager { previous, next, shown: w.count("work-queue-shown", seen.lines.len()) },
        is_narrow: filter.is_narrow(),
        untaken: if seen.untaken.0 >= store::COUNTED { w.t("work-many") } else { seen.untaken.0.to_string() },
        untaken_since: seen.untaken.1.map(|since| length(w, now.since(since))).unwrap_or_default(),
        chips: chips(w, &query, &filter),
        urgencies: options(
            w,
            filter.urgency.map(|rank| rank.to_string()).as_deref(),
            Urgency::ALL.map(|urgency| (urgency.rank().to_string(), rules().urgency_label(urgency, w.lang).to_owned())),
        ),
        stages: stages(w, &filter),
        phases: options(
            w,
            filter.phase.map(Phase::id),
            Phase::ALL.iter().map(|phase| (phase.id().to_owned(), playbooks().phase(*phase, w.lang).to_owned())),
        ),
        events: options(
            w,
            filter.event.as_deref(),
            rules().events().iter().map(|event| (event.id.clone(), event.name.pick(w.lang).to_owned())),
        ),
        drills: drills(w, &filter),
        whose: filter.whose.map_or_else(String::new, |whose| whose.id().to_owned()),
        standing: if filter.is_closed { "closed".to_owned() } else { String::new() },
        rows: seen.lines.iter().map(|line| row(w, line, now)).collect(),
        on_duty: seen.on_duty.iter().map(|hand| hand.email.to_string()).collect(),
        tests: seen.ringing.iter().filter(|alarm| alarm.shift.is_some()).map(|alarm| test(w, alarm, &seen.shifts)).collect(),
        clusters: seen.clusters.iter().map(|cluster| cluster_view(w, cluster)).collect(),
        due: seen.due.iter().map(|due| due_view(w, due, now)).collect(),
        may_work,
        may_lead,
        keys_wait,
        proofs_wait,
        key: visit.now.uuid().to_string(),
    };
    Page::html(&page)
}

async fn look(tx: &mut Tx<'_>, filter: &Filter, from: &str, me: AccountId, now: Timestamp) -> db::DbResult<Seen> {
    let lines = if filter.is_closed {
        store::closed(tx, filter, paging::read_place(from), me).await?
    } else {
        store::open(tx, filter, &Cursor::read(from), me).await?
    };
    let ringing = alarm::store::ringing(tx).await?;
    // Whose shift it is for is said of a test alarm alone, and most of the time none rings.
    let tests = ringing.iter().any(|alarm| alarm.shift.is_some());
    Ok(Seen {
        lines,
        untaken: store::untaken(tx).await?,
        on_duty: alarm::store::on_duty(tx, now).await?,
        ringing,
        shifts: if tests { roster::store::coming(tx, now).await? } else { Vec::new() },
        clusters: clusters(tx, now).await?,
        due: clocks::store::due_before(tx, now.plus(SOON), CLOCKS).await?,
    })
}

/// Answers the test alarm of one's shift.
pub async fn test_heard(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let me = reaches(&visit)?;
    let id: AlarmId = id.parse().map_err(|_| PageError::NotFound)?;
    let key = posted.key(&portal, &visit);
    let taken = portal.db.write(Lane::Incident, key, async move |tx, now| take_test(tx, id, me, now).await).await?;
    match taken {
        Ok(()) | Err(alarm::NotTaken::Already) => Ok(Page::see_other(&visit.to("/desk?done=tested"))),
        Err(alarm::NotTaken::Unknown) => Err(PageError::NotFound),
    }
}

fn row(w: Words, line: &Line, now: Timestamp) -> Row {
    let urgency = Urgency::try_from(line.urgency).unwrap_or(Urgency::HIGHEST);
    let is_malware = line.event.is_none() || rules().is_malware(line.event.as_deref());
    let grade = Grade::of(line.stage, is_malware);
    let is_heard = line.answered_at.is_none_or(|answered| line.heard_at > answered);
    let (since, waits_for) = match (line.closed_at, line.called_at) {
        (Some(_), _) => (None, String::new()),
        (None, None) => (Some(line.made_at), w.t("work-waits-call")),
        (None, Some(_)) if is_heard => (Some(line.heard_at), w.t("work-waits-answer")),
        (None, Some(_)) => (None, w.t("work-waits-them")),
    };
    let place = [line.prefecture.as_deref().map(|id| prefecture_name(id, w.lang)), line.kind.as_deref().map(|id| kind_name(id, w.lang))];
    Row {
        number: line.number.to_string(),
        is_drill: line.is_drill,
        event: event_name(w, line.event.as_deref()),
        urgency: rules().urgency_label(urgency, w.lang).to_owned(),
        rank: urgency.rank(),
        stage: rules().label(grade, w.lang).to_owned(),
        shape: grade.shape(),
        provisional: line.provisional_until.map(|until| w.one("work-provisional-until", "at", &moment(until, w.lang))).unwrap_or_default(),
        phase: playbooks().phase(line.phase, w.lang).to_owned(),
        place: place.into_iter().flatten().collect::<Vec<_>>().join(w.lang.pick("・", ", ")),
        waits: since.map(|since| length(w, now.since(since))).unwrap_or_default(),
        waits_for,
        due: line.next_due.map(|due| due_words(w, due)).unwrap_or_default(),
        is_overdue: line.next_due.is_some_and(|due| due <= now),
        taker: line.taker.as_ref().map(ToString::to_string).unwrap_or_default(),
        can_be_taken: line.taken_by.is_none() && line.closed_at.is_none(),
    }
}

fn test(w: Words, alarm: &alarm::store::Alarm, shifts: &[roster::store::Shift]) -> Test {
    let shift = shifts.iter().find(|shift| alarm.shift == Some(shift.id));
    Test { id: alarm.id, since: moment(alarm.made_at, w.lang), whose: shift.map(|shift| shift.email.to_string()).unwrap_or_default() }
}

fn cluster_view(w: Words, cluster: &Cluster) -> ClusterView {
    let what = match &cluster.by {
        Common::Vendor(id) => {
            products().vendors().iter().find(|vendor| vendor.id == *id).map_or_else(String::new, |vendor| vendor.name(w.lang).to_owned())
        }
        Common::Indicator(kind) => w.t(&format!("work-indicator-{kind}")),
    };
    let key = if matches!(cluster.by, Common::Vendor(_)) { "work-cluster-vendor" } else { "work-cluster-indicator" };
    ClusterView { words: w.with(key, &[("what", &what), ("n", &cluster.numbers.len().to_string())]), numbers: cluster.numbers.clone() }
}

fn due_view(w: Words, due: &DueRow, now: Timestamp) -> DueView {
    DueView {
        number: due.number.to_string(),
        is_drill: due.is_drill,
        name: rules_of_clocks().get(&due.kind).map_or_else(String::new, |rule| rule.name(w.lang).to_owned()),
        due: due_words(w, due.due_at),
        is_overdue: due.due_at <= now,
    }
}

/// ランサムウェア; before it is known: 種類は未定
pub fn event_name(w: Words, event: Option<&str>) -> String {
    event.and_then(|event| rules().event(event)).map_or_else(|| w.t("work-no-event"), |event| event.name.pick(w.lang).to_owned())
}

/// 見本県
pub fn prefecture_name(id: &str, lang: kernel::Lang) -> String {
    organizations::prefecture(id).map_or_else(String::new, |prefecture| prefecture.name(lang).to_owned())
}

/// 病院
pub fn kind_name(id: &str, lang: kernel::Lang) -> String {
    organizations::kind(id).map_or_else(String::new, |kind| kind.name(lang).to_owned())
}

fn stages(w: Words, filter: &Filter) -> Vec<(String, String, bool)> {
    let heavy_first =
        Stage::ALL.into_iter().rev().map(|stage| (stage.number().to_string(), rules().label(Grade::Stage(stage), w.lang).to_owned()));
    let chosen = filter.stage.map(|stage| stage.to_string());
    options(w, chosen.as_deref(), heavy_first.chain([("-1".to_owned(), w.t("work-no-stage"))]))
}

fn drills(w: Words, filter: &Filter) -> Vec<(String, String, bool)> {
    let chosen = filter.is_drill.map(|is| if is { "yes" } else { "no" });
    options(w, chosen, [("no".to_owned(), w.t("work-real-only")), ("yes".to_owned(), w.t("work-drills-only"))])
}

fn options(w: Words, chosen: Option<&str>, all: impl IntoIterator<Item = (String, String)>) -> Vec<(String, String, bool)> {
    let every = (String::new(), w.t("work-all"), chosen.is_none());
    std::iter::once(every).chain(all.into_iter().map(|(id, word)| (id.clone(), word, chosen == Some(id.as_str())))).collect()
}

fn chips(w: Words, query: &Query, filter: &Filter) -> Vec<(String, String, bool)> {
    let chip = |whose: &str, standing: &str, key: &str, here: bool| {
        (paging::with(PATH, query, &[("whose", whose), ("standing", standing)]), w.t(key), here)
    };
    vec![
        chip("", "", "work-chip-all", filter.whose.is_none() && !filter.is_closed),
        chip("free", "", "work-chip-free", filter.whose == Some(Whose::Free)),
        chip("mine", "", "work-chip-mine", filter.whose == Some(Whose::Mine) && !filter.is_closed),
        chip("", "closed", "work-chip-closed", filter.is_closed),
    ]
}

fn place_after(line: &Line, is_closed: bool) -> String {
    match line.closed_at {
        Some(closed_at) if is_closed => paging::place(closed_at, line.id),
        _ => Cursor::after(line).written(),
    }
}
