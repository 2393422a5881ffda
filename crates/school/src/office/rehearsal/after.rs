//! What comes after an application: the mails by rule, what is decided about the day, the certificate.

use db::{DbResult, Tx};
use journal::audit::SYSTEM;
use kernel::Span;

use super::walk::Play;
use crate::attendance::close::{Completion, completed};
use crate::attendance::rule::Held;
use crate::attendance::store as attendance;
use crate::attendance::verdict::{Evidence, Source, Verdict};
use crate::attendance::{learner, mail as attendance_mail, presence};
use crate::certificates;
use crate::office::staff_pages::Whole;
use crate::reminders::rule::Rule;
use crate::reminders::{mail as rule_mail, specimen, store as rules};
use crate::trainings::application::ApplicationId;
use crate::trainings::store::{self, WholeApplication};

/// The mails by rule that are on, each as it reads when it goes out.
pub(super) async fn reminded(tx: &mut Tx<'_>, play: &mut Play, whole: &Whole, applied: &WholeApplication) -> DbResult<Option<()>> {
    let (settings, lang) = (rules::settings(tx, whole).await?, play.visit.lang);
    for rule in Rule::ALL {
        let (setting, _) = settings.of(whole, rule);
        if !setting.is_on {
            continue;
        }
        let (mut subject, due) = specimen::of(tx, whole, rule, &setting, lang).await?;
        (subject.name, subject.number) = (applied.person.full_name(), applied.application.number);
        let Ok(read) = rule_mail::specimen(&play.portal, rule, &subject, lang, due.unwrap_or(play.visit.now)) else { return Ok(None) };
        play.letter(rule.id(), applied.person.email.clone(), read.subject, read.text, String::new());
    }
    Ok(Some(()))
}

/// The day itself: whoever tries was there from beginning to end, attendance is closed, and the certificate is issued. A session
/// without hours has no such day yet.
pub(super) async fn attended(tx: &mut Tx<'_>, play: &mut Play, id: ApplicationId) -> DbResult<Option<()>> {
    let Some(whole) = store::whole_application(tx, id).await? else { return Ok(None) };
    let (session, lang) = (whole.session.id, play.visit.lang);
    let Some(held) = Held::of(&whole.session) else { return Ok(Some(())) };
    let after = held.ends.plus(Span::hours(1));
    // One that was closed in earnest is open again for whoever tries.
    attendance::put_open(tx, session).await?;
    if presence::add(tx, session, id, Source::Heartbeat, held.starts, held.ends, after).await?.is_err() {
        return Ok(None);
    }
    attendance::put_closed(tx, session, SYSTEM, after).await?;
    let evidence = Evidence::Minutes;
    attendance::put_verdicts(tx, session, &[(id, Verdict::Present, Some(evidence))], after).await?;
    let completion = Completion { application: id, lang, evidence, minutes: held.length().as_seconds() / 60 };
    completed(tx, session, held, &[completion], after).await?;
    let visit = web::Visit { now: after, ..play.visit.clone() };
    let Some(own) = learner::own(tx, &whole.session, &whole.application, visit.words(), after).await? else { return Ok(None) };
    let Ok(letter) = attendance_mail::decided(&play.portal, &whole, &own, lang) else { return Ok(None) };
    play.mail("decided", letter);
    let page = certificates::rehearsed(tx, &play.portal, &visit, id).await?;
    Ok(page.and_then(Result::ok).map(|page| play.page("certificate", &page)))
}
