//! The 修了証 of a course of e-learning. What was learned is known elsewhere: whoever knows it hands over the facts.

use access::{AccountId, OrganizationId};
use db::{DbResult, Tx};
use kernel::{Day, FiscalYear, Lang, Timestamp, Uuid};
use web::{Settings, Words, load_settings};

use super::certificate::{Attended, Certificate, CertificateId, Kind, Way};
use super::printed::{Era, Printed, name, way};
use super::reissue::Corrected;
use super::{issue, store};
use crate::trainings::programme::Audience;

const W: Words = Words::of(Lang::Ja);

/// A course of e-learning that somebody has completed.
#[derive(Clone, Debug)]
pub struct Learned {
    /// Their way through it: one certificate for each.
    pub study: Uuid,
    /// By which account.
    pub account: AccountId,
    /// The title of the course, in Japanese.
    pub course: String,
    /// For whom the course is.
    pub audience: String,
    /// 例示
    pub family: String,
    /// 髙子
    pub given: String,
    /// みほん市立総合病院; empty if they have named none.
    pub workplace: String,
    /// The institution whose record shows it.
    pub organization: Option<OrganizationId>,
    /// When it was completed.
    pub day: Day,
    /// Minutes of learning, and how long one page counts at most; nothing, if it was completed by the test before it.
    pub minutes: Option<(i64, i64)>,
    /// Right answers of how many in the test.
    pub test: (i64, i64),
    /// In which language they are written to.
    pub lang: Lang,
}

/// Issues the 修了証 of a completed course. Once for each way through a course: calling it again changes nothing.
pub async fn issue_learned(tx: &mut Tx<'_>, learned: &Learned, by: &str, now: Timestamp) -> DbResult<CertificateId> {
    let prefix = prefix(learned);
    // From here nobody else issues one for this course, so that of two at the same moment the second sees the first.
    store::lock_number(tx, &prefix).await?;
    if let Some(id) = store::living_learned(tx, learned.study).await? {
        return Ok(id);
    }
    let settings = load_settings(tx).await?;
    let number = format!("{prefix}-{:06}", store::next_number(tx, &prefix).await?);
    let attended = Attended {
        way: learned.minutes.map_or(Way::TestedOut, |(minutes, most)| Way::Learned { minutes, most }),
        day: learned.day,
        keyword: false,
        check: Some(learned.test),
        seen: None,
    };
    let era = Era::of(settings.get("certificate.era"));
    let person = name(&learned.family, &learned.given);
    let printed = printed(&settings, (&learned.course, &attended), number, (&person, &learned.workplace), era, now);
    let owner = store::Owner {
        application: None,
        person: None,
        course: None,
        session: None,
        organization: learned.organization,
        account: Some(learned.account),
        study: Some(learned.study),
        lang: learned.lang,
    };
    issue::put(tx, &owner, Kind::Learned, printed, &attended, None, by, now).await
}

/// What stands on the one that takes another's place.
pub(super) fn printed_again(settings: &Settings, old: &Certificate, number: String, corrected: &Corrected, now: Timestamp) -> Printed {
    let course = old.printed.facts.first().map_or("", |(_, course)| course.as_str());
    printed(settings, (course, &old.attended), number, (&corrected.name, &corrected.organization), corrected.era, now)
}

/// `R8-LB`: completed in that year, a course for beginners.
fn prefix(learned: &Learned) -> String {
    let letter = learned.audience.parse::<Audience>().map_or_else(|_| String::new(), |audience| audience.letter().to_string());
    format!("{}-L{letter}", FiscalYear::of(learned.day))
}

fn printed(
    settings: &Settings,
    (course, attended): (&str, &Attended),
    number: String,
    (name, organization): (&str, &str),
    era: Era,
    now: Timestamp,
) -> Printed {
    let row = |key: &str, value: String| (W.t(key), value);
    let mut facts = vec![
        row("certificate-course", course.to_owned()),
        row("certificate-completed", era.long_day(attended.day)),
        row("certificate-way", way(attended)),
    ];
    if let Way::Learned { minutes, most } = attended.way {
        let values = [("minutes", &*minutes.to_string()), ("most", &*most.to_string())];
        facts.push(row("certificate-learning-time", W.with("certificate-learning-time-value", &values)));
    }
    let (year, programme) = (era.year(FiscalYear::of(attended.day)), settings.get("certificate.programme"));
    Printed {
        title: W.t("certificate-learned"),
        number,
        name: name.to_owned(),
        organization: organization.to_owned(),
        statement: vec![W.with("certificate-says-in", &[("year", &year), ("programme", programme)]), W.t("certificate-says-learned")],
        facts,
        date: era.day(now.day()),
        project: settings.get("certificate.project").to_owned(),
        issuer: settings.get("certificate.issuer").to_owned(),
        seal: settings.get("certificate.seal").to_owned(),
    }
}
