//! 小規模な診療所の方へ: two questions lead to one recommended date, with the reason.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Day, Timestamp, long_date};
use school::trainings::programme::Audience;
use school::trainings::{Card, Viewer, YearView, years};
use serde::Deserialize;
use web::{Frame, Page, PageError, Portal, Section, Visit};

use super::{coming, shown};

#[derive(Template)]
#[template(path = "home/recommended.html")]
struct RecommendedPage {
    frame: Frame,
    asked: Asked,
    advice: Option<Advice>,
    course: String,
    course_path: String,
    reasons: Vec<String>,
    recordings: String,
}

/// What was answered, from the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Whether somebody looks after the computers: `yes` or `no`.
    it: String,
    /// On a date, or later as a recording: `live` or `later`.
    when: String,
}

/// What we recommend.
enum Advice {
    /// This date.
    Date(Box<Card>),
    /// The recordings, from this day on if it is known.
    Recordings(Option<Day>),
    /// To be told when the next applications open.
    News,
}

/// The answer to the two questions; without both, the questions.
pub async fn show(State(portal): State<Portal>, visit: Visit, Query(asked): Query<Asked>) -> Result<Page, PageError> {
    let viewer = Viewer { w: visit.words(), now: visit.now };
    let years = years(&portal, viewer).await?;
    let frame = Frame::new(&portal, &visit, viewer.w.t("recommended-title"))
        .in_section(Section::Trainings)
        .crumb(viewer.w.t("trainings-title"), "/trainings")
        .here();
    let until = years.iter().map(|year| year.lasts_until).fold(visit.now.next_midnight(), Timestamp::min);
    Ok(Page::html(&RecommendedPage::new(frame, viewer, &years, asked))?.lasts_until(until))
}

impl RecommendedPage {
    fn new(frame: Frame, viewer: Viewer, years: &[YearView], asked: Asked) -> Self {
        let (w, lang) = (viewer.w, viewer.w.lang);
        let (Some(has_it), Some(is_live)) = (asked.has_it(), asked.is_live()) else {
            return Self {
                frame,
                asked,
                advice: None,
                course: String::new(),
                course_path: String::new(),
                reasons: Vec::new(),
                recordings: String::new(),
            };
        };
        let wanted = audiences(has_it);
        let found =
            if is_live { wanted.into_iter().find_map(|audience| Some((audience, next_date(viewer, years, audience)?))) } else { None };
        let audience = found.as_ref().map_or(wanted[0], |(audience, _)| *audience);
        let archive = shown(years, viewer).and_then(|year| year.archive);
        let path = coming(years, viewer)
            .flat_map(|year| &year.courses)
            .find(|course| course.audience == audience)
            .map(|course| course.path.clone());
        let mut reasons = Vec::new();
        if audience == wanted[0] {
            reasons.push(w.t(if has_it { "recommended-reason-it" } else { "recommended-reason-no-it" }));
        } else {
            let instead = wanted[0].prose().short(lang);
            reasons.push(w.with("recommended-reason-instead", &[("wanted", instead), ("course", audience.prose().short(lang))]));
        }
        let advice = match found {
            Some((_, card)) => {
                reasons.push(w.t("recommended-reason-soonest"));
                Advice::Date(Box::new(card))
            }
            None if is_live => {
                reasons.push(w.t("recommended-reason-none-open"));
                Advice::News
            }
            None => {
                reasons.push(w.t("recommended-reason-later"));
                Advice::Recordings(archive)
            }
        };
        Self {
            recordings: archive
                .map_or_else(|| w.t("recommended-recordings-unset"), |day| w.one("recommended-recordings", "day", &long_date(day, lang))),
            course: audience.prose().name(lang).to_owned(),
            course_path: path.unwrap_or_else(|| "/trainings".to_owned()),
            frame,
            asked,
            advice: Some(advice),
            reasons,
        }
    }

    /// Whether something was answered, but not both.
    fn is_half(&self) -> bool {
        self.advice.is_none() && !(self.asked.it.is_empty() && self.asked.when.is_empty())
    }

    /// The address by which one is told of what is missing.
    fn tell_path(&self, about: &str) -> String {
        let audience = audiences(self.asked.has_it() == Some(true))[0];
        self.frame.to(&if about.is_empty() { format!("/tell-me/{audience}") } else { format!("/tell-me/{audience}?about={about}") })
    }
}

impl Asked {
    fn has_it(&self) -> Option<bool> {
        match self.it.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    fn is_live(&self) -> Option<bool> {
        match self.when.as_str() {
            "live" => Some(true),
            "later" => Some(false),
            _ => None,
        }
    }
}

/// The trainings that fit a small clinic, the best first: what a person in charge can do, or what everybody can.
const fn audiences(has_it: bool) -> [Audience; 4] {
    if has_it {
        [Audience::Admin, Audience::Beginner, Audience::Intro, Audience::Executive]
    } else {
        [Audience::Beginner, Audience::Intro, Audience::Executive, Audience::Admin]
    }
}

/// The next date for an audience that can be applied for.
fn next_date(viewer: Viewer, years: &[YearView], audience: Audience) -> Option<Card> {
    coming(years, viewer).find_map(|year| {
        let courses = year.courses.iter().filter(|course| course.audience == audience).cloned().collect();
        viewer.cards(&YearView { courses, ..year.clone() }, 1).pop()
    })
}
