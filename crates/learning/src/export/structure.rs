use cmi5::{Course as Structure, LaunchMethod, MasteryScore, MoveOn, Node, NotACourse, Texts, Unit as Au, UnitUrl};
use web::Words;

use super::Ids;
use super::part::{Part, file};
use crate::content::Course;

const LESSON: &str = "http://adlnet.gov/expapi/activities/lesson";
const ASSESSMENT: &str = "http://adlnet.gov/expapi/activities/assessment";

/// A course as `cmi5.xml` has it.
pub fn structure(course: &Course, ids: &Ids) -> Result<Structure, NotACourse> {
    let of = |(position, part): (usize, Part<'_>)| unit(course, ids, position, part).map(|unit| Node::Unit(Box::new(unit)));
    Ok(Structure {
        id: ids.course(course),
        title: texts(course, |w| course.title.get(w.lang).to_owned()),
        description: texts(course, |w| course.summary.get(w.lang).to_owned()),
        objectives: Vec::new(),
        children: Part::all(course).into_iter().enumerate().map(of).collect::<Result<_, _>>()?,
    })
}

fn unit(course: &Course, ids: &Ids, position: usize, part: Part<'_>) -> Result<Au, NotACourse> {
    let id = match part {
        Part::Unit(unit) => ids.unit(course, unit),
        Part::Test => ids.test(course),
    };
    // Questions of a unit are answered and told why, right or wrong; the test alone is passed.
    let (move_on, mastery_score, kind) = match part {
        Part::Unit(_) => (MoveOn::Completed, None, LESSON),
        Part::Test => (MoveOn::CompletedAndPassed, MasteryScore::percent(course.test.pass_percent), ASSESSMENT),
    };
    Ok(Au {
        position,
        title: texts(course, |w| title(part, w)),
        description: texts(course, |w| told(course, part, w)),
        objectives: Vec::new(),
        url: UnitUrl::of_file(&format!("{}.html", file(position)))?,
        launch_parameters: None,
        entitlement_key: None,
        move_on,
        mastery_score,
        launch_method: LaunchMethod::AnyWindow,
        activity_type: Some(kind.to_owned()),
        id,
    })
}

/// What a part is called.
pub(super) fn title(part: Part<'_>, w: Words) -> String {
    match part {
        Part::Unit(unit) => unit.title.get(w.lang).to_owned(),
        Part::Test => w.t("export-test"),
    }
}

/// How long a part takes, or what passes.
fn told(course: &Course, part: Part<'_>, w: Words) -> String {
    match part {
        Part::Unit(unit) => w.with(
            "export-unit-told",
            &[
                ("minutes", &*unit.minutes.to_string()),
                ("slides", &*unit.slides.len().to_string()),
                ("questions", &*course.asked_in(&unit.slug).count().to_string()),
            ],
        ),
        Part::Test => {
            let asked = i64::try_from(course.test.asked()).unwrap_or_default();
            w.with("export-test-told", &[("asked", &*asked.to_string()), ("needed", &*course.test.needed(asked).to_string())])
        }
    }
}

/// A text in each language of the course.
fn texts(course: &Course, text: impl Fn(Words) -> String) -> Texts {
    Texts(course.languages.iter().map(|lang| (lang.code().to_owned(), text(Words::of(*lang)))).collect())
}
