//! The test on paper: as many questions as the test on-line asks, without scenes, in an order of their own for each set.

use kernel::Uuid;
use pdf::kit::{Ask, Quiz, QuizWords};
use web::{Settings, Words};

use super::session::Session;
use super::sheet::foot;
use crate::content::question::{Kind, Question};
use crate::content::{Course, Unit};
use crate::study::shuffle::order;

/// How many questions of a unit are asked where the test of the course asks none of those that were chosen.
const OF_A_UNIT: usize = 2;

/// The sets of questions that there are, as the form names them.
pub(super) const SETS: [&str; 4] = ["A", "B", "C", "D"];

/// What choices are called.
const MARKS: [&str; 8] = ["ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク"];
const LETTERS: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

/// A test about these units. The same set of the same version asks the same.
pub(super) fn quiz(course: &Course, units: &[&Unit], session: &Session, set: &str, (url, settings): (String, &Settings), w: Words) -> Quiz {
    let asks: Vec<Ask> = drawn(course, units, seed(course, set)).into_iter().map(|question| ask(course, question, set, w)).collect();
    let asked = i64::try_from(asks.len()).unwrap_or_default();
    let pass = [("needed", &*course.test.needed(asked).to_string()), ("asked", &*asked.to_string())];
    let facts = session.facts(w).into_iter().take(2);
    Quiz {
        lang: w.lang.code().to_owned(),
        title: w.one("kit-quiz-title", "set", set),
        course: course.title.get(w.lang).to_owned(),
        institution: session.institution.clone(),
        facts: facts.chain([(w.t("kit-quiz-pass"), w.with("kit-quiz-pass-value", &pass))]).collect(),
        lead: w.t("kit-quiz-lead"),
        asks,
        words: QuizWords {
            answer_sheet: w.one("kit-answer-sheet", "set", set),
            key: w.one("kit-key-title", "set", set),
            key_lead: w.t("kit-key-lead"),
            name: w.t("kit-column-name"),
            department: w.t("kit-column-department"),
            score: w.t("kit-quiz-score"),
            number: w.t("kit-quiz-number"),
            answer: w.t("kit-quiz-answer"),
            qr: w.t("kit-quiz-qr"),
        },
        foot: foot(course, settings, w),
        issuer: settings.text("operator.name", w.lang).to_owned(),
        url,
    }
}

fn seed(course: &Course, set: &str) -> Uuid {
    let about = order_seed(&format!("{}/{}/{set}", course.slug, course.version));
    Uuid::from_u128(about)
}

/// A number that is another one for another text.
fn order_seed(text: &str) -> u128 {
    // FNV-1a: it only has to spread.
    text.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d, |hash, byte| {
        (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

/// The questions, in their order.
fn drawn<'c>(course: &'c Course, units: &[&Unit], seed: Uuid) -> Vec<&'c Question> {
    let of = |pool: &str, count: usize| -> Vec<&'c Question> {
        let on_paper: Vec<&Question> =
            course.questions.iter().filter(|question| question.pool == pool && !matches!(question.kind, Kind::Scene(_))).collect();
        order(seed, pool, on_paper.len()).into_iter().take(count).map(|n| on_paper[n]).collect()
    };
    let asked: Vec<&Question> = course
        .test
        .draw
        .iter()
        .filter(|draw| units.iter().any(|unit| unit.slug == draw.pool))
        .flat_map(|draw| of(&draw.pool, draw.count))
        .collect();
    if asked.is_empty() { units.iter().flat_map(|unit| of(&unit.slug, OF_A_UNIT)).collect() } else { asked }
}

/// A question with its choices in the order of a set.
fn ask(course: &Course, question: &Question, set: &str, w: Words) -> Ask {
    let marks = w.lang.pick(MARKS, LETTERS);
    let mark = |n: usize| marks.get(n).copied().unwrap_or("＊").to_owned();
    let seed = seed(course, set);
    let shuffled = |count: usize| order(seed, &question.id, count);
    let why = || vec![(String::new(), question.why.get(w.lang).to_owned())];
    let text = |text: &crate::content::text::Text| text.get(w.lang).to_owned();
    let between = w.lang.pick("、", ", ");
    let (choices, lefts, right, whys): (Vec<_>, Vec<_>, String, Vec<_>) = match &question.kind {
        Kind::One(choices) | Kind::Several(choices) => {
            let listed: Vec<_> = shuffled(choices.len()).into_iter().map(|n| &choices[n]).enumerate().collect();
            let right: Vec<String> = listed.iter().filter(|(_, choice)| choice.right).map(|(n, _)| mark(*n)).collect();
            let told = listed.iter().map(|(n, choice)| (mark(*n), text(&choice.why))).collect();
            (listed.iter().map(|(n, choice)| (mark(*n), text(&choice.text))).collect(), Vec::new(), right.join(between), told)
        }
        Kind::Order(steps) => {
            let listed = shuffled(steps.len());
            let at = |step: usize| mark(listed.iter().position(|shown| *shown == step).unwrap_or_default());
            let right: Vec<String> = (0..steps.len()).map(at).collect();
            let shown = listed.iter().enumerate().map(|(n, step)| (mark(n), text(&steps[*step].text))).collect();
            (shown, Vec::new(), right.join(" → "), why())
        }
        Kind::Match(pairs) => {
            let listed = shuffled(pairs.len());
            let at = |pair: usize| mark(listed.iter().position(|shown| *shown == pair).unwrap_or_default());
            let right: Vec<String> = (0..pairs.len()).map(|pair| format!("{}-{}", pair + 1, at(pair))).collect();
            let shown = listed.iter().enumerate().map(|(n, pair)| (mark(n), text(&pairs[*pair].right))).collect();
            let lefts = (1..).zip(pairs).map(|(n, pair): (usize, _)| (n.to_string(), text(&pair.left))).collect();
            let told = (1..).zip(pairs).map(|(n, pair): (usize, _)| (n.to_string(), text(&pair.why))).collect();
            (shown, lefts, right.join(between), told)
        }
        Kind::Fill(answers) => (Vec::new(), Vec::new(), answers.get(w.lang).first().cloned().unwrap_or_default(), why()),
        Kind::Number { answer, unit, .. } => (Vec::new(), Vec::new(), format!("{answer}{}", unit.get(w.lang)), why()),
        // None is drawn for paper.
        Kind::Scene(_) => (Vec::new(), Vec::new(), String::new(), why()),
    };
    let taught = course.slide(&question.slide).map_or_else(String::new, |(unit, n)| {
        w.with("kit-taught", &[("unit", unit.title.get(w.lang)), ("slide", &unit.slides[n].face(w.lang).heading)])
    });
    Ask { text: text(&question.text), how: w.t(&format!("kit-how-{}", question.kind.id())), choices, lefts, right, whys, taught }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::courses;

    #[test]
    fn a_set_asks_as_much_as_the_test_and_marks_the_right_choice() {
        for course in courses() {
            let w = Words::of(kernel::Lang::Ja);
            let units: Vec<&Unit> = course.units.iter().collect();
            let of = |set: &str| drawn(course, &units, seed(course, set)).iter().map(|question| question.id.clone()).collect::<Vec<_>>();
            assert_eq!(of("A").len(), course.test.asked(), "{}", course.slug);
            assert_eq!(of("A"), of("A"));
            assert_ne!(of("A"), of("B"));
            for question in drawn(course, &units, seed(course, "A")) {
                let ask = ask(course, question, "A", w);
                assert!(!ask.right.is_empty() && !ask.taught.is_empty(), "{}", question.id);
                if let Kind::One(choices) = &question.kind {
                    let right = choices.iter().find(|choice| choice.right).expect("one is right");
                    let shown = ask.choices.iter().find(|(mark, _)| *mark == ask.right).expect("it is shown");
                    assert_eq!(shown.1, right.text.ja);
                }
            }
        }
    }

    #[test]
    fn the_right_choice_does_not_stand_at_one_place() {
        let course = crate::content::course("beginner").expect("a course");
        let units: Vec<&Unit> = course.units.iter().collect();
        let w = Words::of(kernel::Lang::Ja);
        let places: std::collections::BTreeSet<String> = drawn(course, &units, seed(course, "A"))
            .into_iter()
            .filter(|question| matches!(question.kind, Kind::One(_)))
            .map(|question| ask(course, question, "A", w).right)
            .collect();
        assert!(places.len() > 1, "{places:?}");
    }
}
