use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Lane;
use kernel::Uuid;
use web::{Frame, Page, PageError, Portal, Posted, Visit};

use super::view::QuestionView;
use super::{answer_id, closed, course, frame, given, shown, shown_now, who};
use crate::content::question::{Given, Question};
use crate::content::{Course, Unit};
use crate::study::{self, NotLearned};

#[derive(Template)]
#[template(path = "pages/practice.html")]
struct PracticePage {
    frame: Frame,
    who: String,
    code: &'static str,
    question: QuestionView,
    here: String,
    key: String,
    shown: String,
    saved: String,
    is_known: bool,
    sign_in: String,
    next: String,
    next_words: String,
    more: String,
    back: String,
    mine: String,
    /// What is said of a page that is no page of readers yet.
    preview: String,
}

/// A question of a unit.
pub async fn show(State(portal): State<Portal>, visit: Visit, path: Path<(String, String, usize)>) -> Result<Page, PageError> {
    let (course, unit, question) = found(&portal, &visit, &path).await?;
    if !course.is_open(visit.now.day()) {
        return closed(&portal, &visit, course, StatusCode::OK);
    }
    if let (Some(account), Some((id, key))) = (visit.actor.account(), told(&visit.query)) {
        let kept = portal.db.read(async move |tx| study::store::answer_of(tx, id, account, course).await).await?;
        if let Some(kept) = kept.filter(|kept| kept.question == question.id) {
            let view = QuestionView::told(course, question, visit.words(), key, &kept.given);
            let saved = visit.words().one("learning-saved", "time", &kept.answered_at.clock_face());
            return page(&portal, &visit, (course, unit, path.2), view, key, saved);
        }
    }
    let key = visit.now.uuid();
    let asked = QuestionView::asked(question, visit.words(), course.lang(visit.lang), key, &Given::default());
    page(&portal, &visit, (course, unit, path.2), asked, key, String::new())
}

/// Takes the answer, and says at once what there is to say about it. It is put down for whoever has signed in.
pub async fn answer(
    State(portal): State<Portal>,
    visit: Visit,
    path: Path<(String, String, usize)>,
    posted: Posted,
) -> Result<Page, PageError> {
    let (course, unit, question) = found(&portal, &visit, &path).await?;
    if !course.is_open(visit.now.day()) {
        return closed(&portal, &visit, course, StatusCode::CONFLICT);
    }
    let (w, place) = (visit.words(), (course, unit, path.2));
    let key: Uuid = posted.get("key").parse().unwrap_or_else(|_| visit.now.uuid());
    let given = match given::read(question, &posted, w) {
        Ok(given) => given,
        Err((given, error)) => {
            let mut asked = QuestionView::asked(question, w, course.lang(visit.lang), key, &given);
            for step in &mut asked.steps {
                step.place = posted.get(&format!("step-{}", step.id)).parse().unwrap_or(0);
            }
            asked.error = error;
            return Ok(page(&portal, &visit, place, asked, key, String::new())?.status(StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    match visit.actor.account() {
        Some(account) => {
            let id = answer_id(&portal, account, &question.id, &key.to_string(), &given);
            let (asked, stored, shown) = (question.id.clone(), given.clone(), shown(&portal, &posted));
            let write = async move |tx: &mut db::Tx<'_>, now| study::answer(tx, account, course, &asked, &stored, (id, shown), now).await;
            match portal.db.write(Lane::Public, None, write).await? {
                Ok(_) => Ok(Page::see_other(&visit.to(&format!("{}?told={id}&key={key}", of(course, unit, path.2))))),
                Err(NotLearned::Closed) => closed(&portal, &visit, course, StatusCode::CONFLICT),
                Err(_) => Err(PageError::NotFound),
            }
        }
        // The page was given to somebody who had signed in: nothing is let go without a word.
        None if posted.has("known") => Err(PageError::SignInFirst),
        None => page(&portal, &visit, place, QuestionView::told(course, question, w, key, &given), key, String::new()),
    }
}

/// Which answer is to be told, and the seed of its order.
fn told(query: &str) -> Option<(Uuid, Uuid)> {
    let asked: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    let value = |wanted: &str| asked.iter().find(|(name, _)| name == wanted).and_then(|(_, value)| value.parse().ok());
    Some((value("told")?, value("key")?))
}

fn of(course: &Course, unit: &Unit, place: usize) -> String {
    format!("/courses/{}/{}/questions/{place}", course.slug, unit.slug)
}

async fn found(
    portal: &Portal,
    visit: &Visit,
    Path((slug, unit, place)): &Path<(String, String, usize)>,
) -> Result<(&'static Course, &'static Unit, &'static Question), PageError> {
    let course = course(portal, visit, slug).await?;
    let unit = course.unit(unit).ok_or(PageError::NotFound)?;
    let question = place.checked_sub(1).and_then(|n| course.pool(&unit.slug).nth(n)).ok_or(PageError::NotFound)?;
    Ok((course, unit, question))
}

fn page(
    portal: &Portal,
    visit: &Visit,
    (course, unit, place): (&'static Course, &'static Unit, usize),
    question: QuestionView,
    key: Uuid,
    saved: String,
) -> Result<Page, PageError> {
    let of = of(course, unit, place);
    let frame = frame(portal, visit, over(course, unit, place, visit), course)
        .crumb(unit.title.get(course.lang(visit.lang)), &format!("/courses/{}/{}", course.slug, unit.slug))
        .here();
    let base = format!("/courses/{}", course.slug);
    let page = PracticePage {
        who: who(portal, visit),
        key: key.to_string(),
        shown: shown_now(portal, visit),
        saved,
        is_known: visit.actor.is_signed_in(),
        sign_in: format!("/sign-in?next={}", visit.to(&of)),
        mine: format!("/my/courses/{}", course.slug),
        ..PracticePage::of(frame, visit, course, (&base, &format!("/my/courses/{}", course.slug)), (unit, place), question)
    };
    Page::html(&page)
}

/// A question of a version that is not public, as readers would see it; `end` is where its last question leads.
pub(crate) fn preview(
    frame: Frame,
    visit: &Visit,
    course: &Course,
    (base, end): (&str, &str),
    (unit, place): (&Unit, usize),
    question: QuestionView,
) -> Result<Page, PageError> {
    let preview = visit.words().t("authoring-preview-note");
    Page::html(&PracticePage { preview, ..PracticePage::of(frame, visit, course, (base, end), (unit, place), question) })
}

/// 問題 1／2
pub(crate) fn over(course: &Course, unit: &Unit, place: usize, visit: &Visit) -> String {
    let (w, asked) = (visit.words(), course.asked_in(&unit.slug).count());
    if place > asked {
        w.one("learning-question-more", "n", &place)
    } else {
        w.with("learning-question-of", &[("n", &place.to_string()), ("of", &asked.to_string())])
    }
}

impl PracticePage {
    /// What a question shows to somebody of whom nothing is put down.
    fn of(
        frame: Frame,
        visit: &Visit,
        course: &Course,
        (base, end): (&str, &str),
        (unit, place): (&Unit, usize),
        question: QuestionView,
    ) -> Self {
        let (w, lang) = (visit.words(), course.lang(visit.lang));
        let (asked, all) = (course.asked_in(&unit.slug).count(), course.pool(&unit.slug).count());
        let of = |place: usize| format!("{base}/{}/questions/{place}", unit.slug);
        let behind = course.units.iter().skip_while(|other| other.slug != unit.slug).nth(1);
        let (next, next_words) = match behind {
            _ if place < asked => (of(place + 1), w.t("learning-next-question")),
            Some(next) => (format!("{base}/{}", next.slug), w.one("learning-next-unit", "title", next.title.get(lang))),
            None => (end.to_owned(), w.t("learning-to-mine")),
        };
        let last = unit.slides.last().map_or("", |slide| slide.id.as_str());
        Self {
            frame,
            who: String::new(),
            code: lang.code(),
            question,
            here: of(place),
            key: String::new(),
            shown: String::new(),
            saved: String::new(),
            is_known: false,
            sign_in: String::new(),
            next,
            next_words,
            more: if place >= asked && place < all { of(place + 1) } else { String::new() },
            back: format!("{base}/{}/{last}", unit.slug),
            mine: String::new(),
            preview: String::new(),
        }
    }
}
