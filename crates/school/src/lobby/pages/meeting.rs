use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{NotText, Text, fold};
use serde::Deserialize;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use crate::lobby::meeting::{Check, Checks, Meeting, Moment, NotALink, OPENS_MINUTES_MAX, Provider, check_link};
use crate::lobby::prepare::{self as verb, NotPrepared};
use crate::lobby::{beat::PAUSE, questionnaire, store};
use crate::office::staff_pages::{self, Head, Tab, Whole};

#[derive(Template)]
#[template(path = "lobby/pages/meeting.html")]
struct MeetingPage {
    frame: Frame,
    head: Head,
    filled: Filled,
    key: String,
    providers: Vec<(&'static str, String)>,
    questionnaires: Vec<(String, String)>,
    lobby: String,
    opens: String,
    present: String,
    can_switch: bool,
    is_in_use: bool,
    note: String,
}

/// What was just done, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Done {
    done: String,
    told: i64,
}

/// Where the session is held, and how its lobby opens.
pub async fn form(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, Query(done): Query<Done>) -> Result<Page, PageError> {
    let (whole, meeting) = session(&portal, &visit, &id).await?;
    let w = visit.words();
    let said = match done.done.as_str() {
        "prepared" => w.t("meeting-done"),
        "switched" => w.count("meeting-switched", done.told),
        _ => String::new(),
    };
    page(&portal, &visit, &whole, &meeting, filled(&meeting), said, String::new()).await
}

/// The session of an address with its meeting.
pub(super) async fn session(portal: &Portal, visit: &Visit, id: &str) -> Result<(Whole, Meeting), PageError> {
    let whole = staff_pages::session(portal, visit, id).await?;
    let session = whole.session.id;
    let meeting = portal.db.read(async move |tx| store::meeting(tx, session).await).await?;
    Ok((whole, meeting))
}

fn filled(meeting: &Meeting) -> Filled {
    let mut filled = Filled::default();
    filled.set("provider", meeting.provider.id());
    filled.set("link", meeting.link.as_str());
    filled.set("entry", meeting.entry.as_str());
    filled.set("dial_in", meeting.dial_in.as_str());
    filled.set("opens_minutes", meeting.opens_minutes.to_string());
    filled.set("keyword", meeting.keyword.as_str());
    filled.set("questionnaire", meeting.questionnaire.as_str());
    filled.set("phone", meeting.phone.as_str());
    filled.set("hours", meeting.hours.as_str());
    filled.set("materials", meeting.materials.as_str());
    filled.set("version", meeting.version.to_string());
    for (n, check) in meeting.checks.0.iter().enumerate() {
        filled.set(&format!("check_{n}"), check.question.as_str());
        filled.set(&format!("choices_{n}"), check.choices.join("\n"));
        filled.set(&format!("right_{n}"), (check.right + 1).to_string());
    }
    filled
}

async fn page(
    portal: &Portal,
    visit: &Visit,
    whole: &Whole,
    meeting: &Meeting,
    filled: Filled,
    done: String,
    note: String,
) -> Result<Page, PageError> {
    let (w, now) = (visit.words(), visit.now);
    let session = whole.session.id;
    let present = portal.db.read(async move |tx| store::count_present(tx, session, now.minus(PAUSE)).await).await?;
    let (frame, head) = whole.head(portal, visit, w.t("meeting-title"), Some(Tab::Meeting));
    let moment = meeting.moment(&whole.session, now);
    let is_wrong = !filled.is_fine() || !note.is_empty();
    let page = MeetingPage {
        frame: frame.done(done),
        head,
        key: now.uuid().to_string(),
        providers: Provider::ALL.map(|one| (one.id(), w.t(&format!("provider-{}", one.id())))).to_vec(),
        questionnaires: questionnaire::all().iter().map(|one| (one.id.clone(), one.name(visit.lang).to_owned())).collect(),
        lobby: super::sight::lobby_path(&whole.programme, &whole.course, &whole.session),
        opens: meeting.hours(&whole.session).map_or_else(String::new, |hours| super::sight::moment_words(hours.opens, visit.lang)),
        present: if matches!(moment, Moment::Open | Moment::Running) { w.count("meeting-present", present) } else { String::new() },
        can_switch: !meeting.link.is_empty() && !matches!(moment, Moment::Over | Moment::CalledOff),
        is_in_use: !meeting.link.is_empty() && matches!(moment, Moment::Open | Moment::Running),
        filled,
        note,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Writes it.
pub async fn prepare(State(portal): State<Portal>, visit: Visit, Path(id): Path<String>, posted: Posted) -> Result<Page, PageError> {
    let (whole, was) = session(&portal, &visit, &id).await?;
    let w = visit.words();
    let becomes = match check(&posted, &was, w) {
        Ok(becomes) => becomes,
        Err(filled) => return page(&portal, &visit, &whole, &was, filled, String::new(), String::new()).await,
    };
    let (by, key) = (visit.actor.label(), posted.key(&portal, &visit));
    let outcome = portal.db.write(Lane::Staff, key, async move |tx, now| verb::prepare(tx, &becomes, &by, now).await).await?;
    let note = match outcome {
        Ok(()) => return Ok(Page::see_other(&visit.to(&whole.path("/meeting?done=prepared")))),
        Err(NotPrepared::Unknown) => return Err(PageError::NotFound),
        Err(NotPrepared::InUse) => w.t("meeting-in-use"),
        Err(NotPrepared::Meanwhile) => w.t("office-changed-meanwhile"),
    };
    let (whole, now) = session(&portal, &visit, &id).await?;
    // What was typed stays, under what holds by now.
    let mut filled = Filled::from_posted(&posted);
    filled.set("version", now.version.to_string());
    page(&portal, &visit, &whole, &now, filled, String::new(), note).await
}

/// The words for an address that is no link to a meeting.
pub(super) const fn link_error(not: NotALink) -> &'static str {
    match not {
        NotALink::NotHttps => "meeting-error-https",
        NotALink::Blanks => "meeting-error-blanks",
        NotALink::TooLong => "meeting-error-link-long",
    }
}

/// A line or a few of them, as long as may be; empty is fine.
pub(super) fn line<const MAX: usize>(filled: &mut Filled, field: &str, w: Words) -> String {
    match Text::<MAX>::new(filled.value(field)) {
        Ok(text) => text.into_string(),
        Err(NotText::Empty) => String::new(),
        Err(NotText::TooLong { length, max }) => {
            filled.wrong(field, w.with("meeting-error-long", &[("n", &length.to_string()), ("max", &max.to_string())]));
            String::new()
        }
    }
}

fn check(posted: &Posted, was: &Meeting, w: Words) -> Result<Meeting, Filled> {
    let mut filled = Filled::from_posted(posted);
    let provider = posted.get("provider").parse().unwrap_or(Provider::Other);
    let link = if posted.has("link") {
        check_link(posted.get("link")).unwrap_or_else(|not| {
            filled.wrong("link", w.t(link_error(not)));
            String::new()
        })
    } else {
        String::new()
    };
    let opens_minutes = fold(posted.get("opens_minutes")).trim_end_matches('分').parse::<i64>();
    let opens_minutes = match opens_minutes {
        Ok(minutes) if (0..=OPENS_MINUTES_MAX).contains(&minutes) => minutes,
        _ => {
            filled.wrong("opens_minutes", w.one("meeting-error-minutes", "max", &OPENS_MINUTES_MAX));
            was.opens_minutes
        }
    };
    let mut checks = Vec::new();
    for n in 0..2 {
        checks.extend(check_question(&mut filled, n, w));
    }
    let questionnaire = questionnaire::find(posted.get("questionnaire")).map_or_else(String::new, |one| one.id.clone());
    let materials = match posted.get("materials").trim() {
        "" => String::new(),
        own if own.starts_with('/') && !own.starts_with("//") && !own.contains([' ', '\\', '"', '<']) && own.len() <= 300 => own.to_owned(),
        other => check_link(other).unwrap_or_else(|not| {
            filled.wrong("materials", w.t(link_error(not)));
            String::new()
        }),
    };
    let becomes = Meeting {
        session: was.session,
        provider,
        link,
        entry: line::<200>(&mut filled, "entry", w),
        dial_in: line::<200>(&mut filled, "dial_in", w),
        opens_minutes,
        keyword: line::<40>(&mut filled, "keyword", w),
        checks: Checks(checks),
        questionnaire,
        phone: line::<60>(&mut filled, "phone", w),
        hours: line::<100>(&mut filled, "hours", w),
        materials,
        version: posted.get("version").parse().unwrap_or(was.version),
        switched_at: was.switched_at,
    };
    if filled.is_fine() { Ok(becomes) } else { Err(filled) }
}

/// A question for those who watch together: two choices at least, one of them right. Nothing typed is no question.
fn check_question(filled: &mut Filled, n: usize, w: Words) -> Option<Check> {
    let (field, choices, right) = (format!("check_{n}"), format!("choices_{n}"), format!("right_{n}"));
    let question = line::<200>(filled, &field, w);
    let listed: Vec<String> = filled.value(&choices).lines().map(kernel::one_line).filter(|choice| !choice.is_empty()).take(6).collect();
    if question.is_empty() && listed.is_empty() {
        return None;
    }
    if question.is_empty() {
        filled.wrong(&field, w.t("meeting-error-question"));
    }
    if listed.len() < 2 || listed.iter().any(|choice| choice.chars().count() > 100) {
        filled.wrong(&choices, w.t("meeting-error-choices"));
    }
    match fold(filled.value(&right)).parse::<usize>() {
        Ok(number) if (1..=listed.len()).contains(&number) => Some(Check { question, choices: listed, right: number - 1 }),
        _ => {
            filled.wrong(&right, w.t("meeting-error-right"));
            None
        }
    }
}
