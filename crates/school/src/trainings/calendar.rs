//! Calendar entries: one that updates itself for each application (METHOD:REQUEST, a stable UID, a rising SEQUENCE, CANCEL on
//! withdrawal), and feeds to subscribe to. RFC 5545 and 5546.

mod writer;

use journal::delivery::InvitationMethod;
use kernel::{Lang, Timestamp, short_date};
use web::{Portal, Words};

use super::application::{Standing, receipt_number};
use super::programme::Audience;
use super::session::{Session, State};
use super::shown::YearView;
use super::store::WholeApplication;
use super::view::Viewer;
use writer::Writer;

/// A calendar entry as it goes with a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// What the calendar is to do with it; the file says the same.
    pub method: InvitationMethod,
    /// The whole file.
    pub text: String,
}

/// The entry of an application, `None` while its session has no time. A cancelled application or session makes a CANCEL.
pub fn entry(portal: &Portal, whole: &WholeApplication, lang: Lang, now: Timestamp) -> Option<CalendarEntry> {
    whole.session.starts_at.and(whole.session.ends_at)?;
    let method = if is_cancelled(whole, now) { InvitationMethod::Cancel } else { InvitationMethod::Request };
    let mut out = Writer::new(method);
    out.timezone();
    event(&mut out, portal, whole, lang, now, true);
    Some(CalendarEntry { method, text: out.finish() })
}

/// The entries of several applications in one file: of those with a seat and a time; `None` if there is none.
///
/// Entries of different UID go together only in a PUBLISH, which invites nobody (RFC 5546, 3.2): each is changed later by an entry
/// of its own under the same UID.
pub fn entries(portal: &Portal, whole: &[WholeApplication], lang: Lang, now: Timestamp) -> Option<CalendarEntry> {
    let has_time = |one: &WholeApplication| one.session.starts_at.is_some() && one.session.ends_at.is_some();
    let has_seat = |one: &WholeApplication| !one.application.is_waiting() && !is_cancelled(one, now);
    let held: Vec<&WholeApplication> = whole.iter().filter(|one| has_time(one) && has_seat(one)).collect();
    if held.is_empty() {
        return None;
    }
    let mut out = Writer::new(InvitationMethod::Publish);
    out.timezone();
    for one in held {
        event(&mut out, portal, one, lang, now, false);
    }
    Some(CalendarEntry { method: InvitationMethod::Publish, text: out.finish() })
}

fn is_cancelled(whole: &WholeApplication, now: Timestamp) -> bool {
    matches!(whole.application.standing(now), Standing::Cancelled { .. }) || whole.session.cancelled_at.is_some()
}

fn event(out: &mut Writer, portal: &Portal, whole: &WholeApplication, lang: Lang, now: Timestamp, invites: bool) {
    let (application, session) = (&whole.application, &whole.session);
    let (Some(starts), Some(ends)) = (session.starts_at, session.ends_at) else { return };
    let is_cancelled = is_cancelled(whole, now);
    let w = Words::of(lang);
    let viewer = Viewer { w, now };
    let course = viewer.course(&whole.programme, &whole.course, &[]).name;
    let number = receipt_number(whole.programme.year, whole.course.slug, session.number, application.number);
    // Calendars are shared with colleagues, so the address asks who they are: it carries no secret.
    let address = portal.url(lang, &format!("/applications/{}", application.id));
    let settings = portal.settings();
    out.begin("VEVENT");
    out.line("UID", &format!("{}@{}", application.id, host(portal)));
    out.line("SEQUENCE", &(application.sequence + session.sequence).to_string());
    out.line("DTSTAMP", &utc(now));
    out.line("DTSTART;TZID=Asia/Tokyo", &local(starts));
    out.line("DTEND;TZID=Asia/Tokyo", &local(ends));
    out.text("SUMMARY", &w.with("calendar-summary", &[("course", &course), ("nth", &viewer.nth(session))]));
    out.text("DESCRIPTION", &format!("{}\n{address}", w.one("calendar-text", "number", &number)));
    out.line("URL", &address);
    out.line("STATUS", if is_cancelled { "CANCELLED" } else { "CONFIRMED" });
    out.line("TRANSP", "OPAQUE");
    out.line(
        &format!("ORGANIZER;CN={}", quoted(settings.text("operator.office", lang))),
        &format!("mailto:{}", settings.get("contact.portal.mail")),
    );
    if invites {
        out.line(
            &format!("ATTENDEE;CN={};ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE", quoted(&whole.person.full_name())),
            &format!("mailto:{}", whole.person.email),
        );
    }
    if !is_cancelled {
        out.begin("VALARM");
        out.line("ACTION", "DISPLAY");
        out.line("TRIGGER", "-PT15M");
        out.text("DESCRIPTION", &w.t("calendar-alarm"));
        out.end("VALARM");
    }
    out.end("VEVENT");
}

/// A calendar to subscribe to: every session with a time, of one audience or of all.
pub fn feed(portal: &Portal, years: &[YearView], audience: Option<Audience>, lang: Lang, now: Timestamp) -> String {
    let w = Words::of(lang);
    let viewer = Viewer { w, now };
    let name = audience.map_or_else(|| w.t("feed-name"), |audience| w.one("feed-name-audience", "course", audience.prose().short(lang)));
    let mut out = Writer::new(InvitationMethod::Publish);
    out.text("X-WR-CALNAME", &name);
    out.line("X-WR-TIMEZONE", "Asia/Tokyo");
    out.line("REFRESH-INTERVAL;VALUE=DURATION", "PT12H");
    out.timezone();
    for year in years {
        for course in year.courses.iter().filter(|course| audience.is_none_or(|wanted| wanted == course.audience)) {
            for session in &course.sessions {
                feed_event(&mut out, portal, viewer, course, session);
            }
        }
    }
    out.finish()
}

fn feed_event(out: &mut Writer, portal: &Portal, viewer: Viewer, course: &super::CourseView, session: &Session) {
    let (Some(starts), Some(ends)) = (session.starts_at, session.ends_at) else { return };
    let lang = viewer.w.lang;
    let state = viewer.state(course.archive, session);
    let address = portal.url(lang, &format!("{}#dates", course.path));
    let deadline = session.closes_at.map_or_else(String::new, |at| format!("\n{} {}", short_date(at.day(), lang), at.clock_face()));
    out.begin("VEVENT");
    out.line("UID", &format!("{}@{}", session.id, host(portal)));
    out.line("SEQUENCE", &session.sequence.to_string());
    // A feed is the same bytes for everybody, so the stamp is the session's own.
    out.line("DTSTAMP", &utc(session.moved_at.or(session.cancelled_at).or(session.opens_at).unwrap_or(starts)));
    out.line("DTSTART;TZID=Asia/Tokyo", &local(starts));
    out.line("DTEND;TZID=Asia/Tokyo", &local(ends));
    out.text("SUMMARY", &viewer.w.with("calendar-summary", &[("course", &course.name), ("nth", &viewer.nth(session))]));
    out.text("DESCRIPTION", &format!("{}{deadline}\n{address}", viewer.w.t(&state.key())));
    out.line("URL", &address);
    let status = match state {
        State::Cancelled => "CANCELLED",
        _ if session.tentative => "TENTATIVE",
        _ => "CONFIRMED",
    };
    out.line("STATUS", status);
    out.end("VEVENT");
}

fn host(portal: &Portal) -> &str {
    let base = portal.site.base_url.as_str();
    base.split_once("://").map_or(base, |(_, host)| host).split(':').next().unwrap_or("mist")
}

/// A name as a parameter: in quotes, without the characters that a parameter cannot carry.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.chars().filter(|c| *c != '"' && !c.is_control()).collect::<String>())
}

fn utc(at: Timestamp) -> String {
    at.jst().with_time_zone(jiff::tz::TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn local(at: Timestamp) -> String {
    at.jst().strftime("%Y%m%dT%H%M%S").to_string()
}
