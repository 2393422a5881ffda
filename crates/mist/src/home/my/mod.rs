//! マイページ: the next training large, every application with its state, the past folded away.

mod lists;
mod mine;

use access::Action;
use askama::Template;
use axum::extract::State;
use learning::MyCourse;
use learning::assignments::MyDuty;
use school::certificates::Kept;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use lists::{Can, Lists};
use mine::mine;

#[derive(Template)]
#[template(path = "home/my/my.html")]
struct MyPage {
    frame: Frame,
    address: String,
    lists: Lists,
    /// The courses that were begun.
    courses: Vec<MyCourse>,
    /// What an institution has assigned to them.
    duties: Vec<MyDuty>,
    /// The certificates of courses that are ready: what it is for, and the certificate.
    learned: Vec<Kept>,
    /// Whether there are institutions whose record they may see, perhaps after showing their passkey once more.
    has_institutions: bool,
    /// Whether they may begin an exercise with the first-response desk.
    has_exercises: bool,
    /// How many wait to be recognized by whoever looks.
    recoveries: String,
}

impl MyPage {
    /// The certificate of a course in the list, once it is ready.
    fn certificate(&self, course: &MyCourse) -> Option<&Kept> {
        self.learned.iter().find(|kept| kept.study == Some(course.study.uuid()))
    }

    /// Whether a course stands with what was assigned, so that it is not said again: not with what one was let off and did all the same.
    fn is_assigned(&self, course: &MyCourse) -> bool {
        let holds = |duty: &MyDuty| duty.courses.iter().any(|(_, path, is_done)| *path == course.path && (*is_done || !duty.is_over));
        self.duties.iter().any(holds)
    }

    /// The courses that they learn of themselves.
    fn own(&self) -> Vec<&MyCourse> {
        self.courses.iter().filter(|course| !self.is_assigned(course)).collect()
    }

    /// How far they have come in an assigned course with this address, once they have begun.
    fn begun(&self, path: &str) -> Option<&MyCourse> {
        self.courses.iter().find(|course| course.path == path && self.is_assigned(course))
    }

    /// 受講する, つづきから
    fn go_on(&self, duty: &MyDuty) -> String {
        self.frame.w.t(if self.begun(&duty.next).is_some() { "learning-go-on" } else { "assign-my-go" })
    }

    /// The certificates of courses that are no longer in the list.
    fn earlier(&self) -> Vec<&Kept> {
        let is_listed = |kept: &Kept| self.courses.iter().any(|course| kept.study == Some(course.study.uuid()));
        self.learned.iter().filter(|kept| !is_listed(kept)).collect()
    }
}

/// The page of whoever signed in.
pub async fn show(State(portal): State<Portal>, visit: Visit) -> Result<Page, PageError> {
    let account = visit.account()?;
    let (actor, now, w) = (visit.actor.clone(), visit.now, visit.words());
    let found = portal
        .db
        .glance(async move |tx| {
            let Some(person) = people::accounts::find(tx, account).await? else { return Ok(None) };
            let email = person.email.as_str();
            let recoveries = people::accounts::recovery::waiting_for(tx, &actor, now).await?;
            let learning = learning::mine(tx, account, email, w, now).await?;
            let learned = school::certificates::of_account(tx, account).await?;
            Ok(Some((mine(tx, email, now).await?, recoveries, learning, learned, person.email)))
        })
        .await?;
    let (lines, recoveries, learning, learned, email) = found.ok_or(PageError::SignInFirst)?;
    let learning::Mine { courses, duties } = learning;
    let learned = learned.into_iter().filter(|kept| !kept.path().is_empty()).collect();
    let frame = Frame::new(&portal, &visit, visit.words().t("my-title")).in_section(Section::My).here();
    let has_institutions = portal.offers(&visit, Action::SeeOwnRecords);
    let has_exercises = portal.offers(&visit, Action::BeginExercise);
    let recoveries = if recoveries > 0 { visit.words().count("recovery-my-text", recoveries) } else { String::new() };
    let lists = Lists::of(visit.words(), lines, visit.now);
    Page::html(&MyPage { frame, address: email.to_string(), lists, courses, duties, learned, has_institutions, has_exercises, recoveries })
}
