//! Somebody who applied for all parts of a series at once, and an office that applied for several colleagues.

use db::{DbResult, Lane, Tx};
use kernel::{FiscalYear, Lang, Span, Timestamp};
use people::organizations::Organization;
use school::trainings::application::Wanted;
use school::trainings::apply::{SessionPath, apply_all};
use school::trainings::programme::Audience;
use school::trainings::series::apply_for_parts;
use school::trainings::store;
use web::Portal;

use super::people::{person, workplace};
use crate::failure::Failure;

/// The course whose parts differ.
const SERIES: Audience = Audience::Admin;

/// Lets them apply an hour before now, at one of these workplaces.
pub(super) async fn apply(portal: &Portal, workplaces: &[Organization]) -> Result<(), Failure> {
    let Some(place) = workplaces.first() else { return Ok(()) };
    let wanted = |family: &str, given: &str, family_kana: &str, given_kana: &str, email: &str, by_office| {
        Ok::<_, Failure>(Wanted {
            person: person(family, given, family_kana, given_kana, email)?,
            workplace: workplace(place),
            job: String::new(),
            question: String::new(),
            lang: Lang::Ja,
            begun_at: None,
            entered_by: None,
            both: false,
            by_office,
            asks: None,
        })
    };
    let alone = wanted("試験", "﨑男", "シケン", "サキオ", "series@example.jp", false)?;
    let group = vec![
        wanted("見本", "太郎", "ミホン", "タロウ", "ward@example.jp", true)?,
        wanted("例示", "髙子", "レイジ", "タカコ", "ward@example.jp", true)?,
        wanted("𠮷見", "見本", "ヨシミ", "ミホン", "ward@example.jp", true)?,
    ];
    let at = portal.now().minus(Span::hours(1));
    let write = async move |tx: &mut Tx<'_>, _| applied(tx, &alone, &group, at).await;
    Ok(portal.db.write(Lane::Staff, None, write).await?)
}

async fn applied(tx: &mut Tx<'_>, alone: &Wanted, group: &[Wanted], at: Timestamp) -> DbResult<()> {
    let year = FiscalYear::of(at.day());
    let Some(programme) = store::programme(tx, year).await? else { return Ok(()) };
    let courses = store::courses(tx, programme.id).await?;
    let Some(course) = courses.iter().find(|course| course.slug == SERIES) else { return Ok(()) };
    let sessions = store::sessions(tx, programme.id).await?;
    let open = |session: &&school::trainings::session::Session| session.course == course.id && session.refuses_at(at, None).is_none();
    let numbers: Vec<i64> = sessions.iter().filter(open).map(|session| session.number).collect();
    // In the quiet months nothing is open, and nobody applies.
    let Some(first) = numbers.first() else { return Ok(()) };
    apply_for_parts(tx, year, SERIES, &numbers, alone, at).await?;
    let path = SessionPath { year, audience: SERIES, number: *first };
    apply_all(tx, group.iter().map(|wanted| (path, wanted.clone())).collect(), at).await?;
    Ok(())
}
