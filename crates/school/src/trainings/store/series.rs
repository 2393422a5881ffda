use db::{DbResult, Tx, sql};

use super::{MyLine, WholeApplication};
use crate::trainings::application::{Application, ApplicationId};

/// Notes that these were applied for at once; the series is named by the first of them.
pub async fn note_series(tx: &mut Tx<'_>, series: ApplicationId, ids: &[ApplicationId]) -> DbResult<()> {
    for id in ids {
        tx.run(sql!("UPDATE applications SET series = $2 WHERE id = $1"), &[(*id).into(), series.into()]).await?;
    }
    Ok(())
}

/// Whether the application is a part of a series that was applied for at once.
pub async fn is_part(tx: &mut Tx<'_>, id: ApplicationId) -> DbResult<bool> {
    let find = sql!("SELECT 1 FROM applications WHERE id = $1 AND series IS NOT NULL");
    Ok(tx.opt::<i64>(find, &[id.into()]).await?.is_some())
}

/// The parts that were applied for together with this one, it among them, in the order in which they are held.
pub async fn series_of(tx: &mut Tx<'_>, id: ApplicationId) -> DbResult<Vec<MyLine>> {
    let list = sql!(
        "SELECT a.id, a.number, a.place, a.waited, a.cancelled_at, a.held_until, a.generation, a.lang, p.family, p.given, s.id, s.number,
             s.extra, s.title, s.day, s.starts_at, s.ends_at, s.cancelled_at, c.slug, g.year
         FROM applications one JOIN applications a ON a.series = one.series JOIN persons p ON p.id = a.person
             JOIN sessions s ON s.id = a.session JOIN courses c ON c.id = s.course JOIN programmes g ON g.id = c.programme
         WHERE one.id = $1 ORDER BY s.starts_at, s.number LIMIT 100"
    );
    tx.all(list, &[id.into()]).await
}

/// The places on the waiting lists of the parts that were applied for together with this one, the first being 1.
pub async fn waiting_positions_of_series(tx: &mut Tx<'_>, id: ApplicationId) -> DbResult<Vec<(ApplicationId, i64)>> {
    let count = sql!(
        "SELECT a.id, count(*) FROM applications one JOIN applications a ON a.series = one.series
             JOIN applications before ON before.session = a.session AND before.place = 'waiting' AND before.cancelled_at IS NULL
                 AND before.waited <= a.waited
         WHERE one.id = $1 AND a.place = 'waiting' AND a.cancelled_at IS NULL GROUP BY a.id LIMIT 100"
    );
    tx.all(count, &[id.into()]).await
}

/// The parts with everything that a calendar says of them. They are of one person and one course.
pub async fn whole_series(tx: &mut Tx<'_>, id: ApplicationId) -> DbResult<Vec<WholeApplication>> {
    let list = sql!(
        "SELECT a.id, a.session, a.person, a.number, a.place, a.waited, a.organization, a.organization_name, a.organization_kind,
             a.prefecture, a.job, a.question, a.lang, a.entered_by, a.applied_at, a.sequence, a.generation, a.moved_from, a.moved_at,
             a.promoted_at, a.cancelled_at, a.cancelled_by, a.held_until, a.list
         FROM applications one JOIN applications a ON a.series = one.series WHERE one.id = $1 LIMIT 100"
    );
    let applications: Vec<Application> = tx.all(list, &[id.into()]).await?;
    let Some(first) = applications.first() else { return Ok(Vec::new()) };
    let person = first.person;
    let Some(session) = super::session(tx, first.session).await? else { return Ok(Vec::new()) };
    let Some(course) = super::course(tx, session.course).await? else { return Ok(Vec::new()) };
    let Some(programme) = super::programme_of(tx, course.id).await? else { return Ok(Vec::new()) };
    let Some(person) = people::persons::find(tx, person).await? else { return Ok(Vec::new()) };
    let sessions = super::sessions(tx, programme.id).await?;
    let whole = |application: Application| {
        let session = sessions.iter().find(|session| session.id == application.session)?.clone();
        Some(WholeApplication { application, session, course: course.clone(), programme: programme.clone(), person: person.clone() })
    };
    let mut whole: Vec<WholeApplication> = applications.into_iter().filter_map(whole).collect();
    whole.sort_by_key(|one| (one.session.starts_at, one.session.number));
    Ok(whole)
}
