use db::{DbResult, Tx};
use journal::Entry;
use kernel::{Day, FiscalYear, Timestamp};
use toml::value::Datetime;

use super::check::{Anomaly, check};
use super::file::{CourseLine, NotAProgramme, ProgrammeFile, SessionLine};
use crate::trainings::programme::{Audience, Course, CourseId, Format, Programme, ProgrammeId};
use crate::trainings::session::{Session, SessionId};
use crate::trainings::store;

/// What an import brought in.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The fiscal year.
    pub year: FiscalYear,
    /// Courses read.
    pub courses: usize,
    /// Sessions read.
    pub sessions: usize,
    /// Sessions that have a day.
    pub dated: usize,
    /// What does not agree, by row.
    pub anomalies: Vec<Anomaly>,
}

/// Brings in a whole programme. Doing it again replaces the facts and keeps seats and applications.
pub async fn import(tx: &mut Tx<'_>, file: &ProgrammeFile, by: &str, now: Timestamp) -> DbResult<Result<Imported, NotAProgramme>> {
    let Ok(year) = file.fiscal_year.parse::<FiscalYear>() else { return Ok(Err(NotAProgramme::Year(file.fiscal_year.clone()))) };
    let mut tiers = Vec::new();
    for line in &file.course {
        match line.tier.parse::<Audience>() {
            Ok(audience) => tiers.push((audience, line)),
            Err(_) => return Ok(Err(NotAProgramme::Tier(line.tier.clone()))),
        }
    }
    let programme = store::put_programme(tx, &programme_of(file, year, now), now).await?;
    let mut imported = Imported { year, courses: 0, sessions: 0, dated: 0, anomalies: Vec::new() };
    for (position, (audience, line)) in tiers.into_iter().enumerate() {
        let course = course_of(file, line, audience, programme, i64::try_from(position).unwrap_or(i64::MAX), now);
        let course = store::put_course(tx, &course).await?;
        imported.courses += 1;
        if !line.source_anomaly.is_empty() {
            imported.anomalies.extend(check(&line.id, "", None, None, year, &line.source_anomaly));
        }
        for session_line in &line.session {
            let session = session_of(session_line, line, course, now);
            let weekday = session_line.weekday_ja.as_deref();
            imported.anomalies.extend(check(&session_line.id, &session_line.raw, session.day, weekday, year, &session_line.source_anomaly));
            imported.sessions += 1;
            imported.dated += usize::from(session.day.is_some());
            store::put_session(tx, &session).await?;
        }
    }
    let facts = serde_json::json!({ "sessions": imported.sessions, "anomalies": imported.anomalies.len() });
    journal::record(tx, &Entry::by(by).did("programmes.imported").on("programme", programme).with(facts), now).await?;
    tx.public_changed().await?;
    Ok(Ok(imported))
}

fn programme_of(file: &ProgrammeFile, year: FiscalYear, now: Timestamp) -> Programme {
    let text = |name: &str| file.programme.get(name).and_then(toml::Value::as_str).unwrap_or("").to_owned();
    let anomalies: Vec<_> = file.anomaly.iter().map(|line| serde_json::json!({ "where": line.place, "text": line.text })).collect();
    let mut facts = serde_json::to_value(&file.programme).unwrap_or_default();
    if let Some(facts) = facts.as_object_mut() {
        facts.insert("anomalies".into(), anomalies.into());
    }
    Programme {
        id: ProgrammeId::new(now),
        year,
        name: text("name"),
        project_name: text("project_name"),
        operator: text("operator"),
        owner: text("owner"),
        source: file.source.clone(),
        facts,
        archive_opens_at: None,
        archive_ends_at: None,
        last_day: None,
    }
}

fn course_of(file: &ProgrammeFile, line: &CourseLine, audience: Audience, programme: ProgrammeId, position: i64, now: Timestamp) -> Course {
    let rules: Vec<_> = file
        .rule
        .iter()
        .filter(|rule| rule.applies_to.as_ref().is_none_or(|courses| courses.contains(&line.id)))
        .map(|rule| serde_json::json!({ "id": rule.id, "raw": rule.raw, "en": rule.meaning_en }))
        .collect();
    let format = match line.sessions_equivalent {
        Some(true) => Format::Interchangeable,
        Some(false) => Format::Series,
        None => Format::Unknown,
    };
    let format_raw = [&line.sessions_equivalent_raw, &line.series_raw, &line.count_raw].into_iter().find(|text| !text.is_empty());
    Course {
        id: CourseId::new(now),
        programme,
        slug: audience,
        position,
        name: line.name.clone(),
        format,
        format_raw: format_raw.cloned().unwrap_or_default(),
        summary: line.summary_ja.clone(),
        delivery: line.delivery.clone(),
        audience: line.audience_raw.clone(),
        fee_yen: file.programme.get("fee_yen").and_then(toml::Value::as_integer).unwrap_or(0),
        opens_raw: line.application_opens_raw.clone(),
        rules: rules.into(),
        anomaly: line.source_anomaly.clone(),
        archive_opens_at: None,
    }
}

fn session_of(line: &SessionLine, course_line: &CourseLine, course: CourseId, now: Timestamp) -> Session {
    let opened = course_line.application_opened.and_then(day_of);
    Session {
        id: SessionId::new(now),
        course,
        number: line.seq,
        extra: false,
        title: line.title.clone(),
        raw: line.raw.clone(),
        deadline_raw: line.deadline_raw.clone(),
        anomaly: line.source_anomaly.clone(),
        day: line.date.and_then(day_of),
        starts_at: line.start.and_then(instant_of),
        ends_at: line.end.and_then(instant_of),
        window_raw: line.window_raw.clone(),
        window_start: line.window_start.and_then(day_of),
        window_end: line.window_end.and_then(day_of),
        opens_at: opened.map(|day| Timestamp::in_japan(day, 0, 0)),
        closes_at: line.application_deadline.and_then(instant_of),
        default_window: false,
        tentative: line.status == "tentative",
        sample: false,
        seats: None,
        taken: 0,
        waiting_places: None,
        waiting: 0,
        cancelled_at: None,
        cancel_reason: String::new(),
        moved_from: None,
        moved_at: None,
        sequence: 0,
    }
}

fn day_of(value: Datetime) -> Option<Day> {
    value.date?.to_string().parse().ok()
}

fn instant_of(value: Datetime) -> Option<Timestamp> {
    value.to_string().parse().ok()
}
