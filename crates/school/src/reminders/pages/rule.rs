use access::Action;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::{FiscalYear, Lang};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use web::{Filled, Frame, Page, PageError, Portal, Posted, Visit, Words};

use crate::office::staff_pages::{self, Whole, long_moment};
use crate::reminders::mail;
use crate::reminders::rule::{Hours, Rule, Setting, Timing};
use crate::reminders::set::{self, FURTHEST, LONGEST, SOON_AFTER, Scope};
use crate::reminders::specimen;
use crate::reminders::store::{self, From, Settings};
use crate::reminders::why::timing_words;
use crate::trainings::programme::Audience;
use crate::trainings::store as trainings;

#[derive(Template)]
#[template(path = "reminders/pages/rule.html")]
struct RulePage {
    frame: Frame,
    over: String,
    lead: String,
    necessary: String,
    path: String,
    back: String,
    filled: Filled,
    is_urgent: bool,
    days_words: String,
    hours: String,
    can_edit: bool,
    can_reset: bool,
    /// Whether it is one session's, of which a specimen can be sent.
    has_specimen: bool,
    readers: Vec<(String, String, bool)>,
    reads_english: bool,
    subject: String,
    /// As a mail program that formats shows it: paragraphs of lines, some of which are links.
    formatted: Vec<Vec<(String, bool)>>,
    text: String,
    length: String,
}

/// What was just done, and in which language the mail is read, from the address.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    done: String,
    read: String,
}

/// Whose rule it is.
struct Ground {
    /// The session, or the next of the course, by which the mail is shown.
    whole: Whole,
    scope: Scope,
    rule: Rule,
    settings: Settings,
    /// How many it reaches: people of a session, sessions of a course.
    reached: i64,
}

impl Ground {
    async fn of_session(portal: &Portal, visit: &Visit, id: &str, rule: &str) -> Result<Self, PageError> {
        let rule = Rule::of(rule).ok_or(PageError::NotFound)?;
        let whole = staff_pages::session(portal, visit, id).await?;
        let (asked, now) = (whole.clone(), visit.now);
        let (settings, reached) = portal
            .db
            .read(async move |tx| {
                let settings = store::settings(tx, &asked).await?;
                let given = rule.given();
                let (setting, _) = settings.of(&asked, rule);
                let cut = given.due(&asked, setting.timing, &settings.hours).map_or(now, |due| given.cut(&asked, due));
                let reached = store::count_reached(tx, asked.session.id, given, cut).await?;
                Ok((settings, reached))
            })
            .await?;
        Ok(Self { scope: Scope::Session(whole.session.id), whole, rule, settings, reached })
    }

    async fn of_course(portal: &Portal, visit: &Visit, year: &str, course: &str, rule: &str) -> Result<Self, PageError> {
        staff_pages::reaches(visit)?;
        let rule = Rule::of(rule).ok_or(PageError::NotFound)?;
        let year: FiscalYear = year.parse().map_err(|_| PageError::NotFound)?;
        let audience: Audience = course.parse().map_err(|_| PageError::NotFound)?;
        let now = visit.now;
        let found = portal
            .db
            .read(async move |tx| {
                let Some(programme) = trainings::programme(tx, year).await? else { return Ok(None) };
                let courses = trainings::courses(tx, programme.id).await?;
                let Some(course) = courses.into_iter().find(|course| course.slug == audience) else { return Ok(None) };
                let settings = store::settings_of_programme(tx, programme.id).await?;
                let mut sessions = trainings::sessions(tx, programme.id).await?;
                sessions.retain(|session| session.course == course.id);
                let ahead = |session: &crate::trainings::session::Session| {
                    session.cancelled_at.is_none() && session.held().is_none_or(|(begins, _)| now < begins)
                };
                let reached = sessions.iter().filter(|session| ahead(session) && settings.own(session.id.uuid(), rule).is_none()).count();
                let shown = sessions.iter().find(|session| ahead(session) && session.day.is_some()).or(sessions.first()).cloned();
                Ok(shown.map(|session| (Whole { session, course, programme }, settings, reached)))
            })
            .await?;
        let (whole, settings, reached) = found.ok_or(PageError::NotFound)?;
        let reached = i64::try_from(reached).unwrap_or(i64::MAX);
        Ok(Self { scope: Scope::Course(whole.course.id), whole, rule, settings, reached })
    }

    /// The setting that the form is about, and whether it is the scope's own.
    fn setting(&self) -> (Setting, bool) {
        match self.scope {
            Scope::Session(_) => {
                let (setting, from) = self.settings.of(&self.whole, self.rule);
                (setting, from == From::Session)
            }
            Scope::Course(course) => match self.settings.own(course.uuid(), self.rule) {
                Some(setting) => (setting, true),
                None => (self.rule.given().setting(), false),
            },
        }
    }

    fn back(&self) -> String {
        match self.scope {
            Scope::Session(_) => self.whole.path("/mails"),
            Scope::Course(_) => format!("/staff/programmes/{}/mails", self.whole.programme.year),
        }
    }

    fn path(&self) -> String {
        match self.scope {
            Scope::Session(_) => format!("{}/{}", self.back(), self.rule.id()),
            Scope::Course(_) => {
                format!("/staff/programmes/{}/{}/mails/{}", self.whole.programme.year, self.whole.course.slug, self.rule.id())
            }
        }
    }

    /// What happens as things are set, in a sentence.
    fn lead(&self, w: Words, setting: &Setting) -> String {
        let given = self.rule.given();
        let timing = timing_words(w, given, setting.timing);
        match (self.scope, given.due(&self.whole, setting.timing, &self.settings.hours)) {
            _ if !setting.is_on => w.t("mails-lead-off"),
            (Scope::Course(_), _) => w.with("mails-lead-course", &[("timing", &timing), ("n", &self.reached.to_string())]),
            (Scope::Session(_), None) => w.one("mails-lead-unset", "timing", &timing),
            (Scope::Session(_), Some(due)) => {
                w.with("mails-lead-session", &[("timing", &timing), ("at", &long_moment(due.at, w.lang)), ("n", &self.reached.to_string())])
            }
        }
    }
}

fn filled(setting: &Setting) -> Filled {
    let mut filled = Filled::default();
    filled.set("send", if setting.is_on { "yes" } else { "no" });
    match setting.timing {
        Timing::Days { days, minutes } => {
            filled.set("days", days.abs().to_string());
            filled.set("at", kernel::time_of_day(minutes));
        }
        Timing::Before { minutes } => filled.set("minutes", minutes.to_string()),
    }
    filled.set("extra_ja", setting.extra_ja.as_str());
    filled.set("extra_en", setting.extra_en.as_str());
    filled
}

async fn page(portal: &Portal, visit: &Visit, ground: &Ground, filled: Filled, asked: &Asked) -> Result<Page, PageError> {
    let w = visit.words();
    let reader = match asked.read.as_str() {
        "ja" => Lang::Ja,
        "en" => Lang::En,
        _ => visit.lang,
    };
    let (setting, is_own) = ground.setting();
    let (rule, shown, set) = (ground.rule, ground.whole.clone(), setting.clone());
    let (subject, at) = portal.db.read(async move |tx| specimen::of(tx, &shown, rule, &set, reader).await).await?;
    let read = mail::specimen(portal, rule, &subject, reader, at.unwrap_or(visit.now))
        .map_err(|_| PageError::Bug("a mail by rule has no text"))?;
    let whole = &ground.whole;
    let title = w.t(&format!("mails-{}-name", rule.id()));
    let year = format!("/staff/programmes/{}", whole.programme.year);
    let frame = staff_pages::frame(portal, visit, title).crumb(whole.programme.year.label(visit.lang), &year);
    let (frame, over) = match ground.scope {
        Scope::Session(_) => {
            let name = whole.name(w, visit.now);
            (frame.crumb(name.clone(), &whole.path("")).crumb(w.t("mails-title"), &ground.back()), name)
        }
        Scope::Course(_) => (frame.crumb(w.t("mails-title"), &ground.back()), whole.course_name(visit.lang).to_owned()),
    };
    let done = match asked.done.as_str() {
        "set" => w.t("mails-done-set"),
        "reset" => w.t("mails-done-reset"),
        "specimen" => w.t("mails-done-specimen"),
        _ => String::new(),
    };
    let hours = &ground.settings.hours;
    let is_wrong = !filled.is_fine();
    let address = |reader: &str| format!("{}?read={reader}#read", visit.to(&ground.path()));
    let page = RulePage {
        frame: frame.here().done(done),
        over,
        lead: ground.lead(w, &setting),
        necessary: w.t(if rule.given().optional { "mails-optional" } else { "mails-necessary" }),
        is_urgent: rule.given().is_urgent(),
        days_words: w.t(if rule.given().is_before() { "mails-days-before" } else { "mails-days-after" }),
        hours: w.with("mails-hours-hint", &[("from", &kernel::time_of_day(hours.start)), ("until", &kernel::time_of_day(hours.end))]),
        can_edit: portal.offers(visit, Action::EditMails),
        can_reset: is_own,
        has_specimen: matches!(ground.scope, Scope::Session(_)),
        readers: [("ja", Lang::Ja), ("en", Lang::En)]
            .map(|(id, lang)| (address(id), w.t(&format!("mails-read-{id}")), lang == reader))
            .into(),
        reads_english: reader == Lang::En,
        subject: read.subject,
        formatted: paragraphs(&read.text, &portal.site.base_url),
        length: w.count("mails-length", read.text.chars().count()),
        text: read.text,
        path: ground.path(),
        back: ground.back(),
        filled,
    };
    let page = Page::html(&page)?;
    Ok(if is_wrong { page.status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// The text as its formatted version shows it.
fn paragraphs(text: &str, base_url: &str) -> Vec<Vec<(String, bool)>> {
    text.split("\n\n")
        .filter(|paragraph| !paragraph.trim().is_empty())
        .map(|paragraph| paragraph.trim().lines().map(|line| (line.to_owned(), line.starts_with(base_url))).collect())
        .collect()
}

/// A rule of a session: the mail as it will be read, and how it is set.
pub async fn of_session(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, rule)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let ground = Ground::of_session(&portal, &visit, &id, &rule).await?;
    let filled = filled(&ground.setting().0);
    page(&portal, &visit, &ground, filled, &asked).await
}

/// A rule of a course.
pub async fn of_course(
    State(portal): State<Portal>,
    visit: Visit,
    Path((year, course, rule)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Page, PageError> {
    let ground = Ground::of_course(&portal, &visit, &year, &course, &rule).await?;
    let filled = filled(&ground.setting().0);
    page(&portal, &visit, &ground, filled, &asked).await
}

/// Sets a rule of a session.
pub async fn set_for_session(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, rule)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let ground = Ground::of_session(&portal, &visit, &id, &rule).await?;
    set(&portal, &visit, &ground, &posted).await
}

/// Sets a rule of a course.
pub async fn set_for_course(
    State(portal): State<Portal>,
    visit: Visit,
    Path((year, course, rule)): Path<(String, String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let ground = Ground::of_course(&portal, &visit, &year, &course, &rule).await?;
    set(&portal, &visit, &ground, &posted).await
}

async fn set(portal: &Portal, visit: &Visit, ground: &Ground, posted: &Posted) -> Result<Page, PageError> {
    let (scope, rule, by, key) = (ground.scope, ground.rule, visit.actor.label(), posted.key(portal, visit));
    let is_reset = posted.get("do") == "reset";
    let setting = if is_reset {
        None
    } else {
        let mut filled = Filled::from_posted(posted);
        let Some(setting) = read(visit.words(), rule, &ground.settings.hours, posted, &mut filled) else {
            return page(portal, visit, ground, filled, &Asked::default()).await;
        };
        Some(setting)
    };
    let write = async move |tx: &mut db::Tx<'_>, now| set::set(tx, scope, rule, setting.as_ref(), &by, now).await;
    if !portal.db.write(Lane::Staff, key, write).await? {
        return Err(PageError::NotFound);
    }
    let done = if is_reset { "reset" } else { "set" };
    Ok(Page::see_other(&visit.to(&format!("{}?done={done}", ground.path()))))
}

/// What was typed, if a rule can be set so.
fn read(w: Words, rule: Rule, hours: &Hours, posted: &Posted, filled: &mut Filled) -> Option<Setting> {
    let given = rule.given();
    let number = |name: &str| posted.get(name).nfkc().collect::<String>().trim().parse::<i64>().ok();
    let timing = if given.is_urgent() {
        Timing::Before { minutes: number("minutes").unwrap_or(0) }
    } else {
        let days = number("days").unwrap_or(FURTHEST + 1);
        let minutes = kernel::minutes_of_day(posted.get("at")).filter(|minutes| hours.contains(minutes));
        if minutes.is_none() {
            filled.wrong("at", w.t("mails-at-wrong"));
        }
        Timing::Days { days: if given.is_before() { -days } else { days }, minutes: minutes.unwrap_or(hours.start) }
    };
    let sentence = |name: &str| posted.get(name).trim().to_owned();
    let setting = Setting { is_on: posted.get("send") != "no", timing, extra_ja: sentence("extra_ja"), extra_en: sentence("extra_en") };
    if !setting.can_be(rule, hours) {
        let (field, key) = match timing {
            Timing::Before { .. } => ("minutes", "mails-minutes-wrong"),
            Timing::Days { .. } => ("days", "mails-days-wrong"),
        };
        filled.wrong(field, w.one(key, "n", if given.is_before() { &FURTHEST } else { &SOON_AFTER }));
    }
    for (name, extra) in [("extra_ja", &setting.extra_ja), ("extra_en", &setting.extra_en)] {
        if extra.chars().count() > LONGEST {
            filled.wrong(name, w.count("mails-extra-wrong", LONGEST));
        }
    }
    filled.is_fine().then_some(setting)
}

/// Sends the mail as it stands to whoever asks.
pub async fn send_specimen(
    State(portal): State<Portal>,
    visit: Visit,
    Path((id, rule)): Path<(String, String)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let ground = Ground::of_session(&portal, &visit, &id, &rule).await?;
    let lang = if posted.get("read") == "en" { Lang::En } else { Lang::Ja };
    let account = visit.actor.account().ok_or(PageError::NotFound)?;
    let (session, rule, key) = (ground.whole.session.id, ground.rule, posted.key(&portal, &visit));
    let write = async move |tx: &mut db::Tx<'_>, now| {
        if let Some(account) = people::accounts::find(tx, account).await? {
            set::send_specimen(tx, session, rule, account.email, lang, now).await?;
        }
        Ok(())
    };
    portal.db.write(Lane::Staff, key, write).await?;
    Ok(Page::see_other(&visit.to(&format!("{}?done=specimen&read={}", ground.path(), lang.code()))))
}
