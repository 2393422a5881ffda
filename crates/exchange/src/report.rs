//! The post-incident report: the same facts for the director on one page, for patients, and for those who run the systems.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use pdf::{Moment, Report, ReportPart, ReportSection};

use crate::forms::{Field, Form};
use crate::leaving::Leaving;
use crate::{Desk, NotMade, moments};

/// The form as a report.
pub fn report(form: &Form, leaving: &Leaving<'_>, desk: &Desk) -> Result<Vec<u8>, NotMade> {
    let report = Report {
        title: form.name.ja.clone(),
        about: leaving.victim.label.clone(),
        mark: leaving.tlp().label().to_owned(),
        drill: if leaving.case.is_drill { "【訓練】".to_owned() } else { String::new() },
        facts: head(form, leaving),
        sections: form.fields().iter().map(|field| section(field, leaving)).collect(),
        issuer: desk.name.clone(),
        on_one_page: form.on_one_page(),
    };
    Ok(pdf::report(&report, moment(leaving.at))?)
}

fn head(form: &Form, leaving: &Leaving<'_>) -> Vec<(String, String)> {
    let mut facts = vec![("作成".to_owned(), moments::for_people(leaving.at)), ("お読みになる方".to_owned(), form.to.join("、"))];
    let known = form.head().iter().filter_map(|fact| Some((leaving.lexicon.fact(fact)?.name.ja.clone(), leaving.said(fact)?.1)));
    facts.extend(known);
    facts
}

fn section(field: &Field, leaving: &Leaving<'_>) -> ReportSection {
    let facts: Vec<&str> = field.facts().collect();
    let known = facts.iter().filter(|fact| leaving.said(fact).is_some()).count();
    let parts = if known == 0 {
        vec![ReportPart::Open { term: String::new(), line: leaving.not_known_yet() }]
    } else {
        facts.iter().filter_map(|fact| part(field, fact, facts.len() > 1, leaving)).collect()
    };
    ReportSection { heading: field.label.clone(), parts }
}

fn part(field: &Field, fact: &str, is_one_of_several: bool, leaving: &Leaving<'_>) -> Option<ReportPart> {
    let name = leaving.lexicon.fact(fact).map_or(fact, |kind| kind.name.ja.as_str());
    let term = if is_one_of_several { name.to_owned() } else { String::new() };
    let written = leaving.words.contains_key(fact);
    match fact {
        "timeline" if !written && !leaving.timeline.is_empty() => Some(timeline(leaving)),
        "indicators" if !written && !leaving.indicators.is_empty() => Some(indicators(leaving)),
        "logs_kept" if !written && !leaving.evidence.is_empty() => Some(evidence(leaving)),
        fact => match leaving.said(fact) {
            Some((_, text)) => {
                let text = leaving.for_people(&text);
                Some(ReportPart::Text {
                    term,
                    lines: text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
                })
            }
            None if field.is_known_only() => None,
            None => Some(ReportPart::Open { term, line: leaving.not_known_yet() }),
        },
    }
}

fn table(headings: &[&str], widths: &[u32], rows: Vec<Vec<String>>) -> ReportPart {
    ReportPart::Table { headings: headings.iter().map(|it| (*it).to_owned()).collect(), widths: widths.to_vec(), rows }
}

fn timeline(leaving: &Leaving<'_>) -> ReportPart {
    let rows = leaving.timeline.iter().map(|it| vec![moments::for_people(it.at), leaving.for_people(&it.text)]);
    table(&["日時", "できごと"], &[4, 7], rows.collect())
}

fn indicators(leaving: &Leaving<'_>) -> ReportPart {
    let rows = leaving.indicators.iter().map(|it| vec![it.sign.for_people().to_owned(), it.sign.defanged(), it.note.clone()]);
    table(&["種類", "値（押しても開かない形）", "補足"], &[2, 6, 3], rows.collect())
}

fn evidence(leaving: &Leaving<'_>) -> ReportPart {
    let rows = leaving.evidence.iter().map(|it| vec![it.number.to_string(), it.sha256_plain.clone(), moments::for_people(it.received_at)]);
    table(&["番号", "届いた内容の SHA-256", "届いた日時"], &[1, 5, 4], rows.collect())
}

fn moment(at: Timestamp) -> Moment {
    let at = at.to_zoned_datetime(TimeZone::UTC);
    // The fields of a civil time are never negative.
    let part = |value: i8| value.unsigned_abs();
    Moment {
        year: i32::from(at.year()),
        month: part(at.month()),
        day: part(at.day()),
        hour: part(at.hour()),
        minute: part(at.minute()),
        second: part(at.second()),
    }
}
