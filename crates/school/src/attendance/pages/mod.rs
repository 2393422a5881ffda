//! The pages of attendance: the secretariat's for a session, the queue of objections, and each person's own.

mod attendee;
mod closing;
mod files;
mod imports;
mod list;
mod marks;
mod objections;
mod own;
mod queue;
mod rule;

use access::Action::{EditAttendance, KeepApplication, SeeAttendance};
use db::Lane;
use kernel::Timestamp;
use web::{Frame, PageError, Portal, Routes, Visit};

use super::from_the_day::from_the_day;
use super::rule::Held;
use super::store::{self, Measure, Sheet};
use super::{files as reading, words};
use crate::office::staff_pages::{self, Head, Tab, Whole};

/// A participant file, and the rest of the form around it.
const FORM_BYTES: usize = reading::LIMITS.bytes + (64 << 10);

/// Rows on a page.
const ROWS: usize = 50;

/// The routes of attendance.
pub fn routes() -> Routes {
    Routes::new()
        .get("/applications/{id}/attendance", KeepApplication, own::show)
        .post("/applications/{id}/attendance", KeepApplication, own::send)
        .get("/staff/sessions/{id}/attendance", SeeAttendance, list::list)
        .get("/staff/sessions/{id}/attendance/import", EditAttendance, files::form)
        .upload("/staff/sessions/{id}/attendance/import", EditAttendance, FORM_BYTES, files::send)
        .get("/staff/sessions/{id}/attendance/files/{file}", EditAttendance, files::preview)
        .post("/staff/sessions/{id}/attendance/files/{file}", EditAttendance, files::bring_in)
        .get("/staff/sessions/{id}/attendance/imports/{import}", SeeAttendance, imports::show)
        .post("/staff/sessions/{id}/attendance/imports/{import}", EditAttendance, imports::withdraw)
        .get("/staff/sessions/{id}/attendance/queue", SeeAttendance, queue::list)
        .post("/staff/sessions/{id}/attendance/queue", EditAttendance, queue::settle_several)
        .get("/staff/sessions/{id}/attendance/queue/{attendee}", SeeAttendance, attendee::show)
        .post("/staff/sessions/{id}/attendance/queue/{attendee}", EditAttendance, attendee::settle)
        .get("/staff/sessions/{id}/attendance/selection", EditAttendance, marks::selection)
        .post("/staff/sessions/{id}/attendance/marks", EditAttendance, marks::mark)
        .post("/staff/sessions/{id}/attendance/marks/undo", EditAttendance, marks::undo)
        .get("/staff/sessions/{id}/attendance/rule", EditAttendance, rule::form)
        .post("/staff/sessions/{id}/attendance/rule", EditAttendance, rule::set)
        .get("/staff/sessions/{id}/attendance/closing", EditAttendance, closing::form)
        .post("/staff/sessions/{id}/attendance/closing", EditAttendance, closing::close)
        .post("/staff/sessions/{id}/attendance/reopening", EditAttendance, closing::reopen)
        .get("/staff/attendance/objections", SeeAttendance, objections::list)
        .get("/staff/attendance/objections/{id}", SeeAttendance, objections::show)
        .post("/staff/attendance/objections/{id}", EditAttendance, objections::answer)
}

/// A session with what is set for its attendance.
struct Ground {
    whole: Whole,
    sheet: Sheet,
    held: Option<Held>,
}

impl Ground {
    /// That of an address.
    async fn of(portal: &Portal, visit: &Visit, id: &str) -> Result<Self, PageError> {
        staff_pages::reaches(visit)?;
        let id = id.parse().map_err(|_| PageError::NotFound)?;
        let found = portal
            .db
            .read(async move |tx| {
                let Some(whole) = staff_pages::whole(tx, id).await? else { return Ok(None) };
                Ok(Some((whole, store::sheet(tx, id).await?)))
            })
            .await?;
        let (whole, sheet) = found.ok_or(PageError::NotFound)?;
        Ok(Self { held: Held::of(&whole.session), whole, sheet })
    }

    /// Takes over what the lobby knows by now, once the session has ended: what is shown is what closing would decide by.
    async fn follow_the_day(&self, portal: &Portal) -> Result<(), PageError> {
        let has_ended = self.held.is_some_and(|held| held.ends <= portal.now());
        if has_ended && !self.sheet.is_closed() {
            let id = self.whole.session.id;
            portal
                .db
                .write(Lane::Staff, None, async move |tx, now| {
                    let Some(session) = crate::trainings::store::lock(tx, id).await? else { return Ok(()) };
                    from_the_day(tx, &session, now).await
                })
                .await?;
        }
        Ok(())
    }

    fn measure(&self) -> Measure {
        Measure::of(self.sheet.rule, self.held)
    }

    fn path(&self, rest: &str) -> String {
        self.whole.path(&format!("/attendance{rest}"))
    }

    fn has_begun(&self, now: Timestamp) -> bool {
        self.held.is_some_and(|held| now >= held.starts)
    }

    fn rule_words(&self, visit: &Visit) -> String {
        words::rule(visit.words(), self.sheet.rule, self.held)
    }

    /// The frame and the head of a page below the list.
    fn head(&self, portal: &Portal, visit: &Visit, title: String) -> (Frame, Head) {
        let (mut frame, head) = self.whole.head(portal, visit, title.clone(), Some(Tab::Attendance));
        frame.crumbs.pop();
        let frame = frame.crumb(visit.words().t("attendance-title"), &self.path("")).crumb(title, "");
        (frame, head)
    }
}

/// A choice of a select or a chip.
struct Choice {
    id: String,
    word: String,
    chosen: bool,
}

fn choices<const N: usize>(visit: &Visit, all: [(&'static str, &'static str); N], chosen: &str) -> Vec<Choice> {
    let w = visit.words();
    all.into_iter().map(|(id, key)| Choice { id: id.to_owned(), word: w.t(key), chosen: id == chosen }).collect()
}

/// 17:00:10～18:01:05, or how long alone.
fn span_words(visit: &Visit, from: Option<Timestamp>, until: Option<Timestamp>, seconds: Option<i64>) -> String {
    let w = visit.words();
    match (from, until, seconds) {
        (Some(from), Some(until), _) => format!("{}{}{}", from.clock_face(), visit.lang.pick("～", "–"), until.clock_face()),
        (_, _, Some(seconds)) => w.count("attendance-minutes-alone", seconds / 60),
        _ => String::new(),
    }
}
