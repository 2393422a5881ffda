use db::{DbResult, Tx, sql};
use kernel::{Timestamp, Uuid};

use crate::office::staff_pages::Whole;
use crate::reminders::rule::{self, Hours, Rule, Setting, Timing};
use crate::trainings::programme::ProgrammeId;
use crate::trainings::session::SessionId;

db::row! {
    /// What was set for a course or a session.
    #[derive(Clone, Debug)]
    pub struct SetRow {
        pub scope: Uuid,
        pub rule: Rule,
        is_on: bool,
        days: Option<i64>,
        minutes: i64,
        extra_ja: String,
        extra_en: String,
    }
}

impl SetRow {
    fn setting(&self) -> Setting {
        let minutes = self.minutes;
        Setting {
            is_on: self.is_on,
            timing: self.days.map_or(Timing::Before { minutes }, |days| Timing::Days { days, minutes }),
            extra_ja: self.extra_ja.clone(),
            extra_en: self.extra_en.clone(),
        }
    }
}

/// What was set for several courses and sessions.
#[derive(Clone, Debug)]
pub struct Settings {
    set: Vec<SetRow>,
    /// The hours at which people are written to, the same for all.
    pub hours: Hours,
}

/// Where the setting of a rule comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The data file.
    Data,
    /// The course.
    Course,
    /// The session itself.
    Session,
}

impl Settings {
    /// What was set for a course or a session itself.
    pub fn own(&self, scope: Uuid, rule: Rule) -> Option<Setting> {
        self.set.iter().find(|row| row.scope == scope && row.rule == rule).map(SetRow::setting)
    }

    /// How a rule is set for a session: as for the session, as for its course, or as in the data file.
    pub fn of(&self, whole: &Whole, rule: Rule) -> (Setting, From) {
        self.own(whole.session.id.uuid(), rule)
            .map(|setting| (setting, From::Session))
            .or_else(|| self.own(whole.course.id.uuid(), rule).map(|setting| (setting, From::Course)))
            .unwrap_or_else(|| (rule.given().setting(), From::Data))
    }
}

/// What was set for a session and its course.
pub async fn settings(tx: &mut Tx<'_>, whole: &Whole) -> DbResult<Settings> {
    let list = sql!(
        "SELECT scope, rule, is_on, days, minutes, extra_ja, extra_en FROM mail_rules WHERE scope = $1 OR scope = $2
         ORDER BY scope, rule LIMIT 100"
    );
    let set = tx.all(list, &[whole.session.id.into(), whole.course.id.into()]).await?;
    Ok(Settings { set, hours: hours(tx).await? })
}

/// What was set for the courses and sessions of a programme.
pub async fn settings_of_programme(tx: &mut Tx<'_>, programme: ProgrammeId) -> DbResult<Settings> {
    let list = sql!(
        "SELECT m.scope, m.rule, m.is_on, m.days, m.minutes, m.extra_ja, m.extra_en FROM mail_rules m
         WHERE m.scope IN (SELECT c.id FROM courses c WHERE c.programme = $1)
             OR m.scope IN (SELECT s.id FROM sessions s JOIN courses c ON c.id = s.course WHERE c.programme = $1)
         ORDER BY m.scope, m.rule LIMIT 10000"
    );
    let set = tx.all(list, &[programme.into()]).await?;
    Ok(Settings { set, hours: hours(tx).await? })
}

/// The hours at which people are written to: asked for with each mail that is made, changed once in a year.
pub async fn hours(tx: &mut Tx<'_>) -> DbResult<Hours> {
    tx.kept("hours of mails".to_owned(), async |tx| Ok(rule::hours(&web::load_settings(tx).await?))).await
}

/// Sets a rule for a course or a session.
pub async fn put_setting(tx: &mut Tx<'_>, scope: Uuid, rule: Rule, setting: &Setting, by: &str, now: Timestamp) -> DbResult<()> {
    let put = sql!(
        "INSERT INTO mail_rules (scope, rule, is_on, days, minutes, extra_ja, extra_en, changed_at, changed_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (scope, rule) DO UPDATE SET is_on = excluded.is_on, days = excluded.days, minutes = excluded.minutes,
             extra_ja = excluded.extra_ja, extra_en = excluded.extra_en, changed_at = excluded.changed_at, changed_by = excluded.changed_by"
    );
    let (days, minutes) = match setting.timing {
        Timing::Days { days, minutes } => (Some(days), minutes),
        Timing::Before { minutes } => (None, minutes),
    };
    let args = [
        scope.into(),
        rule.into(),
        setting.is_on.into(),
        days.into(),
        minutes.into(),
        setting.extra_ja.as_str().into(),
        setting.extra_en.as_str().into(),
        now.into(),
        by.into(),
    ];
    tx.run(put, &args).await.map(|_| ())
}

/// Takes back what was set.
pub async fn drop_setting(tx: &mut Tx<'_>, scope: Uuid, rule: Rule) -> DbResult<()> {
    tx.run(sql!("DELETE FROM mail_rules WHERE scope = $1 AND rule = $2"), &[scope.into(), rule.into()]).await.map(|_| ())
}

/// The sessions of a course that are not over, in order: those that a rule of the course reaches.
pub async fn sessions_of_course(tx: &mut Tx<'_>, course: crate::trainings::programme::CourseId) -> DbResult<Vec<SessionId>> {
    let list = sql!("SELECT id FROM sessions WHERE course = $1 AND cancelled_at IS NULL AND day IS NOT NULL ORDER BY number LIMIT 1000");
    tx.all(list, &[course.into()]).await
}
