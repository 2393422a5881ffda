//! What rooms of different wings tell each other. The wings know nothing of one another, so the program puts it together.

use access::Action;
use db::{DbResult, Tx};
use desk::work::{Finding, SlideName};
use gazette::search::{Excerpt, Finder, Hit, Wanted};
use kernel::{FiscalYear, Lang, Timestamp};
use learning::authoring::library;
use learning::content::Course;
use school::figures::Inquiries;
use school::office::{Held, Waits};
use school::trainings::store::WholeProgramme;
use school::trainings::{Viewer, store};
use std::io;
use std::pin::Pin;
use web::{MailAbout, Naming, PageError, Portal, Reader, Visit, Words};

/// Who takes part in the search beside the wing that owns it.
pub(crate) const FINDERS: &[Finder] = &[|tx, wanted| trainings(tx, wanted)];

/// How every wing names what the audit trail knows by its id.
pub(crate) fn namings() -> Vec<Naming> {
    let wings = [people::NAMINGS, school::NAMINGS, gazette::NAMINGS, learning::NAMINGS, packages::NAMINGS, records::NAMINGS, desk::NAMINGS];
    wings.concat()
}

/// What the mails of every wing are about.
pub(crate) fn mails() -> Vec<MailAbout> {
    [people::MAILS, school::MAILS, gazette::MAILS, learning::MAILS, desk::MAILS].concat()
}

/// What slides of e-learning are called, to which the desk leads: those that are shown now.
pub(crate) fn slides<'t>(tx: &'t mut Tx<'_>, ids: &'t [String], reader: Reader) -> Finding<'t> {
    Box::pin(async move {
        let shown = library::courses(tx, reader.now.day()).await?;
        Ok(ids.iter().filter_map(|id| slide(&shown, id, reader.w.lang)).collect())
    })
}

/// 切る順番（システム・セキュリティ管理者向け）, for `admin/inc-first#first-cut`.
fn slide(shown: &[&Course], id: &str, lang: Lang) -> Option<SlideName> {
    let (address, slide) = id.split_once('#')?;
    let (course, unit) = address.split_once('/')?;
    let course = shown.iter().find(|one| one.slug == course)?;
    let found = course.unit(unit)?.slides.iter().find(|one| one.id == slide)?;
    let spoken = course.lang(lang);
    let (opens, closes) = (lang.pick("（", " ("), lang.pick("）", ")"));
    let title = format!("{}{opens}{}{closes}", found.face(spoken).heading, course.title.get(spoken));
    Some(SlideName { id: id.to_owned(), title, path: format!("/courses/{}/{unit}/{slide}", course.slug) })
}

/// Trainings found, at most.
const HITS: usize = 12;

fn trainings<'t>(tx: &'t mut Tx<'_>, wanted: &'t Wanted) -> Pin<Box<dyn Future<Output = DbResult<Vec<Hit>>> + 't>> {
    Box::pin(find_trainings(tx, wanted))
}

/// Courses by their names, what they teach, to whom, and the titles of their sessions; this year's before those that are past.
async fn find_trainings(tx: &mut Tx<'_>, wanted: &Wanted) -> DbResult<Vec<Hit>> {
    let viewer = Viewer { w: Words::of(wanted.lang), now: wanted.now };
    let this_year = FiscalYear::of(wanted.now.day());
    let mut hits = Vec::new();
    let mut programmes = store::whole_programmes(tx).await?;
    programmes.sort_by_key(|it| (it.programme.year < this_year, (it.programme.year.begins_in() - this_year.begins_in()).abs()));
    for WholeProgramme { programme, courses } in &programmes {
        for (course, own) in courses {
            let view = viewer.course(programme, course, own);
            let titles: Vec<&str> = own.iter().map(|session| session.title.as_str()).collect();
            let text = [view.lead.as_str(), &view.learn, &view.audience_text, &titles.join(" ")].join(" ");
            let year = programme.year.label(wanted.lang);
            if wanted.fits(&[&view.name, &view.short, &year, &course.name, &text]) {
                hits.push(Hit {
                    place: viewer.w.t("menu-trainings"),
                    path: view.path,
                    title: view.name,
                    day: year,
                    excerpt: Excerpt::of(&text, wanted),
                    is_japanese: false,
                });
            }
        }
    }
    hits.truncate(HITS);
    Ok(hits)
}

/// Counts the inquiries between two instants, for the report of a month.
pub(crate) fn count_inquiries<'t>(
    tx: &'t mut Tx<'_>,
    from: Timestamp,
    until: Timestamp,
) -> Pin<Box<dyn Future<Output = DbResult<Inquiries>> + 't>> {
    Box::pin(async move {
        let (received, closed) = gazette::inquiries::between(tx, from, until).await?;
        Ok(Inquiries { received, closed })
    })
}

/// What waits for this visitor in the rooms of attendance, certificates, texts, inquiries and settings.
pub(crate) fn elsewhere<'a>(
    portal: &'a Portal,
    visit: &'a Visit,
) -> Pin<Box<dyn Future<Output = Result<Vec<Waits>, PageError>> + Send + 'a>> {
    Box::pin(rooms(portal, visit))
}

async fn rooms(portal: &Portal, visit: &Visit) -> Result<Vec<Waits>, PageError> {
    let (me, label, now) = (visit.actor.account(), visit.actor.label(), visit.now);
    let found = portal.db.read(async move |tx| {
        let texts_and_inquiries = (gazette::approval::waiting(tx).await?, gazette::inquiries::waiting(tx).await?);
        let attendance = school::attendance::waiting(tx, now).await?;
        let unmade = school::certificates::count_failed(tx).await?;
        let recoveries = people::accounts::recovery::waiting(tx, me, now).await?;
        let exports = school::office::exports::waiting(tx, &label, now).await?;
        Ok((texts_and_inquiries, attendance, unmade, recoveries, (school::office::plans::waiting(tx).await?, exports)))
    });
    let ((texts, inquiries), attendance, unmade, recoveries, ((plans_requested, plans_approved), exports)) = found.await?;
    let unclosed = i64::try_from(attendance.unclosed.len()).unwrap_or(i64::MAX);
    // The page of the one that has waited longest.
    let longest = attendance.unclosed.first().map_or_else(String::new, |session| format!("/staff/sessions/{}/attendance", session.id));
    let all = [
        (Action::EditAttendance, attendance.objections, "attendance-waits-objections", "/staff/attendance/objections"),
        (Action::EditAttendance, unclosed, "attendance-waits-unclosed", longest.as_str()),
        (Action::ApproveTexts, texts.requested, "home-waits-requested", "/staff/notices"),
        (Action::PublishTexts, texts.approved, "home-waits-approved", "/staff/notices"),
        (Action::GrantRoles, recoveries, "recovery-waits", "/staff/people/recoveries"),
        (Action::ApprovePlans, plans_requested, "plans-waits-requested", "/staff/plans?stage=requested"),
        (Action::PublishPlans, plans_approved, "plans-waits-approved", "/staff/plans?stage=approved"),
        (Action::ApproveExports, exports, "exports-waits", "/staff/exports"),
        (Action::AnswerInquiries, inquiries, "home-waits-inquiries", "/staff/inquiries"),
        (Action::SeeCertificates, unmade, "certificates-waits-failed", "/staff/certificates?state=failed"),
    ];
    let w = visit.words();
    // Who has to show their passkey once more first is still told what waits.
    let waits = |(_, count, key, path): (Action, i64, &str, &str)| Waits { count, words: w.t(key), path: path.to_owned(), overdue: false };
    let mut found: Vec<Waits> = all.into_iter().filter(|(action, ..)| portal.offers(visit, *action)).map(waits).collect();
    let due = gazette::settings::due(&portal.settings(), now);
    if portal.offers(visit, Action::EditSettings)
        && let Some(first) = due.first()
    {
        let count = i64::try_from(due.len()).unwrap_or(i64::MAX);
        found.push(Waits { count, words: w.t("settings-waits-numbers"), path: format!("/staff/settings#{}", first.group), overdue: true });
    }
    // Where it is not known, the page that this leads to says so.
    if portal.offers(visit, Action::SeeOperation)
        && let Ok(refused @ 1..) = refused_reports(portal).await
    {
        let path = "/staff/operation#reports".to_owned();
        found.push(Waits { count: i64::from(refused), words: w.t("office-refused-reports"), path, overdue: true });
    }
    Ok(found)
}

/// What is held up beside mails and jobs: reports of incidents that did not become cases.
pub(crate) fn held_up<'a>(portal: &'a Portal, visit: &'a Visit) -> Pin<Box<dyn Future<Output = Vec<Held>> + Send + 'a>> {
    Box::pin(async move {
        let w = visit.words();
        let said = match refused_reports(portal).await {
            Ok(0) => w.t("office-refused-reports-none"),
            Ok(refused) => w.count("office-refused-reports-some", refused),
            Err(error) => {
                tracing::error!(%error, "the reports that were set aside cannot be counted");
                w.t("office-refused-reports-unknown")
            }
        };
        vec![Held { id: "reports", heading: w.t("office-refused-reports"), said }]
    })
}

/// How many reports on the disk of this machine the database has refused, or nobody can read.
async fn refused_reports(portal: &Portal) -> io::Result<u32> {
    match portal.part::<desk::Desk>() {
        Some(desk) => desk.refused().await,
        None => Ok(0),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;

    /// What has no name of its own beside its act: whose sign-in it is, stands there as who acted.
    const NAMELESS: [&str; 4] = ["sign_in", "handover", "desk_glass", "backup"];

    /// The kinds of things that entries of the trail name by their ids.
    fn kinds(folder: &Path, found: &mut BTreeSet<String>) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                // Tests, and the trail itself, have things of their own.
                if !path.ends_with("tests") && !path.ends_with("journal") {
                    kinds(&path, found)?;
                }
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
                let text = fs::read_to_string(&path)?;
                let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
                let named = program.split(".on(\"").skip(1).filter_map(|rest| rest.split_once("\", "));
                found.extend(named.map(|(kind, _)| kind.to_owned()));
            }
        }
        Ok(())
    }

    #[test]
    fn whatever_the_trail_knows_by_its_id_has_a_name() {
        let mut found = BTreeSet::new();
        kinds(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut found).expect("the sources can be read");
        assert!(found.len() > 25 && found.contains("application"), "{found:?}");
        let namings = namings();
        let named: BTreeSet<&str> = namings.iter().map(|naming| naming.kind).collect();
        assert_eq!(named.len(), namings.len(), "one kind is named twice");
        let left: Vec<_> = found.iter().filter(|kind| !named.contains(kind.as_str()) && !NAMELESS.contains(&kind.as_str())).collect();
        assert!(left.is_empty(), "nobody names {left:?}");
        for lang in [Lang::Ja, Lang::En] {
            let key = |kind: &&&str| format!("office-thing-{}", kind.replace('_', "-"));
            let wordless: Vec<_> = named.iter().filter(|kind| !Words::of(lang).has(&key(kind))).collect();
            assert!(wordless.is_empty(), "{lang:?}: {wordless:?}");
        }
    }

    #[test]
    fn a_slide_of_a_playbook_is_called_by_its_heading_and_leads_to_its_page() {
        let shown: Vec<&Course> = learning::content::courses().iter().collect();
        let found = slide(&shown, "admin/inc-first#first-cut", Lang::Ja).expect("a playbook names it");
        assert_eq!(found.title, "切る順番：バックアップ、外、区切り（システム・セキュリティ管理者向け（全7部））");
        assert_eq!(found.path, "/courses/admin/inc-first/first-cut");
        for gone in ["", "admin", "admin/inc-first", "admin/inc-first#gone", "gone/inc-first#first-cut"] {
            assert_eq!(slide(&shown, gone, Lang::Ja), None, "{gone}");
        }
    }

    #[test]
    fn of_every_mail_is_known_what_it_is_about() {
        let mails = mails();
        let told: BTreeSet<&str> = mails.iter().map(|(mail, _)| *mail).collect();
        assert_eq!(told.len(), mails.len(), "one kind stands twice");
        let queued: BTreeSet<&str> = journal::kinds()
            .filter_map(|kind| match kind {
                journal::Kind::Mail(mail) => Some(mail),
                journal::Kind::Job(_) => None,
            })
            .collect();
        assert_eq!(told, queued);
        for lang in [Lang::Ja, Lang::En] {
            let has_word = |kind: &&&str| Words::of(lang).has(&format!("office-thing-{}", kind.replace('_', "-")));
            let wordless: Vec<_> = mails.iter().flat_map(|(_, things)| things.iter()).filter(|kind| !has_word(kind)).collect();
            assert!(wordless.is_empty(), "{lang:?}: {wordless:?}");
        }
    }
}
