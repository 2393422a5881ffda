//! Why somebody was, or was not, written to: a sentence for each rule, from what was noted down and what became of it.

use db::{DbResult, Tx};
use kernel::Timestamp;
use web::Words;

use super::rule::{Due, Given, Moment, Rule, Setting, Timing, To};
use super::store::{self, Told};
use crate::office::staff_pages::{Whole, long_moment};
use crate::trainings::store::WholeApplication;

/// What became of one rule's mail to one application.
#[derive(Clone, Debug)]
pub struct Why {
    /// 前日のお知らせ
    pub what: String,
    /// The shape beside the word.
    pub shape: &'static str,
    /// 送信済み
    pub state: String,
    /// 11月21日（土）8:00に送信しました。
    pub sentence: String,
}

journal::kinds! {
    /// The mails of the rules, in the outbox.
    pub Mail KIND = "reminders.due";
}

/// How a bounce is stored in the outbox.
pub const BOUNCE: &str = "bounce-";

/// What became of every rule's mail to an application, and why.
pub async fn of(tx: &mut Tx<'_>, whole: &WholeApplication, w: Words, now: Timestamp) -> DbResult<Vec<Why>> {
    let desk = Whole { session: whole.session.clone(), course: whole.course.clone(), programme: whole.programme.clone() };
    let settings = store::settings(tx, &desk).await?;
    let told = store::told(tx, whole.application.id).await?;
    let declined = store::declined(tx, &whole.person.email).await?;
    let returned = store::returned(tx, &whole.person.email).await?.is_some();
    let mut all = Vec::new();
    for rule in Rule::ALL {
        let given = rule.given();
        let (setting, _) = settings.of(&desk, rule);
        let due = given.due(&desk, setting.timing, &settings.hours);
        let mut sent = told.iter().filter(|one| one.rule == rule && one.session == whole.session.id).peekable();
        if sent.peek().is_some() {
            all.extend(sent.map(|one| became(w, rule, one)));
            continue;
        }
        // Only what went by leaves a question of whom it concerned.
        let asks = matches!(given.to, To::Unanswered | To::Absent);
        let reaches = match due.filter(|due| asks && now >= due.at) {
            Some(due) => store::reaches(tx, whole.application.id, whole.session.id, given, given.cut(&desk, due)).await?,
            None => false,
        };
        let known = Known { whole, given, setting: &setting, due, declined: declined.contains(&rule), returned, reaches };
        all.extend(known.why(w, now));
    }
    Ok(all)
}

/// What is known where nothing was noted down yet.
struct Known<'a> {
    whole: &'a WholeApplication,
    given: &'a Given,
    setting: &'a Setting,
    due: Option<Due>,
    declined: bool,
    returned: bool,
    reaches: bool,
}

impl Known<'_> {
    fn why(&self, w: Words, now: Timestamp) -> Option<Why> {
        let application = &self.whole.application;
        let waits = application.is_waiting();
        // The mail to those who wait concerns nobody else.
        if self.given.to == To::Waiting && !waits {
            return None;
        }
        let not = |key: &str| Some(line(w, self.given.rule, "closed", "mails-state-not", w.t(&format!("mails-not-{key}"))));
        if !application.is_live() {
            return not("cancelled");
        }
        if self.whole.session.cancelled_at.is_some() {
            return not("called-off");
        }
        if !self.setting.is_on {
            return not("off");
        }
        if waits && self.given.to != To::Waiting {
            return not("waiting");
        }
        if application.is_viewer() {
            return not("together");
        }
        if self.given.optional && self.declined {
            return not("declined");
        }
        if self.given.optional && self.returned {
            return not("returned");
        }
        let Some(due) = self.due else {
            return Some(line(w, self.given.rule, "arranging", "mails-state-later", w.t("mails-later-unset")));
        };
        if application.applied_at >= due.at {
            return not("late");
        }
        if now < due.at {
            let (rule, at) = (timing_words(w, self.given, self.setting.timing), long_moment(due.at, w.lang));
            let key = match self.given.to {
                To::Unanswered => "mails-later-unanswered",
                To::Absent => "mails-later-absent",
                To::Seat | To::Waiting => "mails-later",
            };
            let sentence = w.with(key, &[("rule", &rule), ("at", &at)]);
            return Some(line(w, self.given.rule, "later", "mails-state-later", sentence));
        }
        match self.given.to {
            To::Unanswered if !self.reaches => not("answered"),
            To::Absent if !self.reaches => not("present"),
            _ => not("past"),
        }
    }
}

fn became(w: Words, rule: Rule, one: &Told) -> Why {
    let moment = |at: Timestamp| long_moment(at, w.lang);
    let together = if one.parts > 1 { w.one("mails-together", "n", &one.parts) } else { String::new() };
    let said = |key: &str, at: Timestamp| w.one(key, "at", &moment(at));
    let (shape, state, sentence) = match (one.bounced_at, one.failed_at, one.sent_at, one.dropped_at) {
        (Some(at), ..) => {
            let why = class_words(w, one.last_error.as_deref().unwrap_or_default());
            ("cancelled", "mails-state-returned", w.with("mails-was-returned", &[("at", &moment(at)), ("why", &why)]))
        }
        (_, Some(at), ..) => ("cancelled", "mails-state-failed", said("mails-was-failed", at)),
        (_, _, Some(at), _) => ("done", "mails-state-sent", said("mails-was-sent", at)),
        (_, _, _, Some(at)) => ("closed", "mails-state-not", said("mails-was-dropped", at)),
        // The outbox forgets mail of long ago; that it went is not forgotten.
        _ if one.mail.is_some() && one.queued_at.is_none() => ("done", "mails-state-sent", said("mails-was-sent", one.due_at)),
        _ => ("later", "mails-state-going", said("mails-was-noted", one.due_at)),
    };
    let sentence = if together.is_empty() { sentence } else { format!("{sentence}{}{together}", w.lang.pick("", " ")) };
    line(w, rule, shape, state, sentence)
}

fn line(w: Words, rule: Rule, shape: &'static str, state: &str, sentence: String) -> Why {
    Why { what: w.t(&format!("mails-{}-name", rule.id())), shape, state: w.t(state), sentence }
}

/// Why a mail came back: `bounce-5.1.1` in words.
pub fn class_words(w: Words, class: &str) -> String {
    let status = class.strip_prefix(BOUNCE).unwrap_or(class);
    let key = match status.split('.').collect::<Vec<_>>().as_slice() {
        [_, "1", _] => "mails-bounce-address",
        [_, "2", "2"] => "mails-bounce-full",
        [_, "2", _] => "mails-bounce-mailbox",
        [_, "3", "4"] => "mails-bounce-size",
        [_, "4", _] => "mails-bounce-network",
        [_, "7", _] => "mails-bounce-policy",
        _ => "mails-bounce-other",
    };
    w.t(key)
}

/// 開始の1日前の8:00
pub fn timing_words(w: Words, given: &Given, timing: Timing) -> String {
    let moment = w.t(match given.goes_by {
        Moment::Start => "mails-by-start",
        Moment::End => "mails-by-end",
        Moment::Closes => "mails-by-closes",
        Moment::ArchiveEnds => "mails-by-archive-ends",
    });
    match timing {
        Timing::Before { minutes } => w.with("mails-timing-minutes", &[("moment", &moment), ("n", &minutes.to_string())]),
        Timing::Days { days, minutes } => {
            let key = match days {
                ..=-1 => "mails-timing-before",
                0 => "mails-timing-same",
                _ => "mails-timing-after",
            };
            w.counted(key, &[("n", days.abs())], &[("moment", &moment), ("at", &kernel::time_of_day(minutes))])
        }
    }
}
