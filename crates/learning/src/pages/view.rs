//! Questions and scenes as pages show them: before they are answered, and with what there is to say afterwards.

use kernel::{Lang, Uuid};
use web::Words;

use crate::content::Course;
use crate::content::question::{Given, Kind, Pair, Question};
use crate::content::scene::{Row, Scene};
use crate::study::shuffle::order;

/// A question on a page.
pub(crate) struct QuestionView {
    /// `one`, `several`, `order`, `match`, `fill`, `number` or `scene`.
    pub kind: &'static str,
    /// What is asked.
    pub text: String,
    /// How it is answered.
    pub hint: String,
    /// Choices, in the order of this time.
    pub choices: Vec<ChoiceView>,
    /// Steps, in the order of this time.
    pub steps: Vec<StepView>,
    /// Pairs.
    pub pairs: Vec<PairView>,
    /// What was typed.
    pub typed: String,
    /// What a number counts.
    pub unit: String,
    /// What is looked at.
    pub scene: Option<SceneView>,
    /// What to mend before it can be answered; empty if nothing.
    pub error: String,
    /// What there is to say, once it is answered.
    pub told: Option<Told>,
}

/// A choice.
pub(crate) struct ChoiceView {
    pub id: String,
    pub text: String,
    pub is_chosen: bool,
    pub is_right: bool,
    pub why: String,
}

/// A step of an order.
pub(crate) struct StepView {
    pub id: String,
    pub text: String,
    /// The place that was given to it; 0 if none.
    pub place: usize,
    /// The place that it has.
    pub right_place: usize,
}

/// One of the pairs.
pub(crate) struct PairView {
    pub id: String,
    pub left: String,
    /// Everything that may belong to it, and whether it was chosen.
    pub options: Vec<(String, String, bool)>,
    pub right: String,
    pub is_right: bool,
    pub why: String,
}

/// What there is to say about an answer.
pub(crate) struct Told {
    pub is_right: bool,
    /// Why, for kinds whose choices do not say it themselves.
    pub why: String,
    /// The right answer, where the choices do not show it.
    pub answer: String,
    /// Where it is taught.
    pub slide_path: String,
    pub slide_title: String,
}

impl PairView {
    /// A pair with what was chosen for it; `rights` is the order in which the other halves of all pairs stand.
    fn of(pair: &Pair, chosen: &str, all: &[Pair], rights: &[usize], lang: Lang) -> Self {
        let option = |n: &usize| (all[*n].id.clone(), all[*n].right.get(lang).to_owned(), all[*n].id == chosen);
        Self {
            id: pair.id.clone(),
            left: pair.left.get(lang).to_owned(),
            options: rights.iter().map(option).collect(),
            right: pair.right.get(lang).to_owned(),
            is_right: chosen == pair.id,
            why: pair.why.get(lang).to_owned(),
        }
    }
}

impl QuestionView {
    /// The question before it is answered, with what was filled in.
    pub fn asked(question: &Question, w: Words, lang: Lang, seed: Uuid, given: &Given) -> Self {
        let text = |text: &crate::content::text::Text| text.get(lang).to_owned();
        let shuffled = |count: usize| order(seed, &question.id, count);
        let mut view = Self {
            kind: question.kind.id(),
            text: text(&question.text),
            hint: w.t(&format!("learning-hint-{}", question.kind.id())),
            choices: Vec::new(),
            steps: Vec::new(),
            pairs: Vec::new(),
            typed: String::new(),
            unit: String::new(),
            scene: None,
            error: String::new(),
            told: None,
        };
        match &question.kind {
            Kind::One(choices) | Kind::Several(choices) => {
                view.choices = shuffled(choices.len())
                    .into_iter()
                    .map(|n| &choices[n])
                    .map(|choice| ChoiceView {
                        id: choice.id.clone(),
                        text: text(&choice.text),
                        is_chosen: given.has(&choice.id),
                        is_right: choice.right,
                        why: text(&choice.why),
                    })
                    .collect();
            }
            Kind::Scene(scene) => {
                view.choices = spots(scene, lang, &shuffled(scene.spots.len()), given);
                view.scene = Some(SceneView::of(scene, w, lang, false));
            }
            Kind::Order(steps) => {
                let place = |id: &str| given.0.iter().position(|given| given == id).map_or(0, |n| n + 1);
                view.steps = shuffled(steps.len())
                    .into_iter()
                    .map(|n| (n, &steps[n]))
                    .map(|(n, step)| StepView { id: step.id.clone(), text: text(&step.text), place: place(&step.id), right_place: n + 1 })
                    .collect();
            }
            Kind::Match(pairs) => {
                let rights = shuffled(pairs.len());
                view.pairs = pairs
                    .iter()
                    .enumerate()
                    .map(|(n, pair)| PairView::of(pair, given.0.get(n).map_or("", String::as_str), pairs, &rights, lang))
                    .collect();
            }
            Kind::Fill(_) => given.typed().clone_into(&mut view.typed),
            Kind::Number { unit, .. } => {
                given.typed().clone_into(&mut view.typed);
                view.unit = text(unit);
            }
        }
        view
    }

    /// The question once it is answered.
    pub fn told(course: &Course, question: &Question, w: Words, seed: Uuid, given: &Given) -> Self {
        let lang = course.lang(w.lang);
        let mut view = Self::asked(question, w, lang, seed, given);
        if let Kind::Scene(scene) = &question.kind {
            view.scene = Some(SceneView::of(scene, w, lang, true));
        }
        view.steps.sort_by_key(|step| step.right_place);
        let (unit, slide) = course.slide(&question.slide).map_or(("", None), |(unit, n)| (unit.slug.as_str(), unit.slides.get(n)));
        view.told = Some(Told {
            is_right: question.judge(given),
            why: question.why.get(lang).to_owned(),
            answer: match &question.kind {
                Kind::Fill(answers) => answers.get(lang).first().cloned().unwrap_or_default(),
                Kind::Number { answer, unit, .. } => format!("{answer}{}{}", lang.pick("", " "), unit.get(lang)),
                _ => String::new(),
            },
            slide_path: format!("/courses/{}/{unit}/{}", course.slug, question.slide),
            slide_title: slide.map_or_else(String::new, |slide| slide.face(lang).heading.clone()),
        });
        view
    }
}

/// What of a scene may be chosen, in this order.
fn spots(scene: &Scene, lang: Lang, order: &[usize], given: &Given) -> Vec<ChoiceView> {
    order
        .iter()
        .map(|n| &scene.spots[*n])
        .map(|spot| ChoiceView {
            id: spot.id.clone(),
            text: spot.label.get(lang).to_owned(),
            is_chosen: given.has(&spot.id),
            is_right: spot.right,
            why: spot.why.get(lang).to_owned(),
        })
        .collect()
}

/// Parts of scenes before which their name stands.
const NAMED: [&str; 10] =
    ["from_name", "from_address", "to", "subject", "received", "attachment", "caller", "address_bar", "from", "number"];

/// A scene on a page.
pub(crate) struct SceneView {
    pub kind: String,
    pub title: String,
    pub situation: String,
    pub rows: Vec<RowView>,
    pub picture: String,
    pub picture_alt: String,
}

/// A part of what is to be read.
pub(crate) struct RowView {
    /// Its class.
    pub part: String,
    /// 差出人; empty where the words stand alone.
    pub label: String,
    /// Whether it is an address or the name of a file, and no words.
    pub is_code: bool,
    /// The words, in pieces; true for what is to be noticed.
    pub pieces: Vec<(String, bool)>,
}

impl SceneView {
    /// The scene; what is to be noticed is marked only once it `is_told`.
    pub fn of(scene: &Scene, w: Words, lang: Lang, is_told: bool) -> Self {
        Self {
            kind: scene.kind.clone(),
            title: scene.title.get(lang).to_owned(),
            situation: scene.situation.get(lang).to_owned(),
            rows: scene.rows.iter().map(|row| RowView::of(scene, row, w, lang, is_told)).collect(),
            picture: scene.picture.as_ref().map_or_else(String::new, |(svg, _)| svg.clone()),
            picture_alt: scene.picture.as_ref().map_or_else(String::new, |(_, alt)| alt.get(lang).to_owned()),
        }
    }

    /// A scene of a slide, and its choices as far as somebody has looked at them.
    pub fn of_slide(scene: &Scene, w: Words, lang: Lang, given: &Given) -> (Self, Vec<ChoiceView>) {
        let order: Vec<usize> = (0..scene.spots.len()).collect();
        (Self::of(scene, w, lang, !given.0.is_empty()), spots(scene, lang, &order, given))
    }
}

impl RowView {
    fn of(scene: &Scene, row: &Row, w: Words, lang: Lang, is_told: bool) -> Self {
        let who = row.who.get(lang);
        let key = format!("learning-part-{}", row.part.replace('_', "-"));
        let is_named = NAMED.contains(&row.part.as_str());
        let is_field = !is_named && !["lines", "body", "page_title"].contains(&row.part.as_str());
        Self {
            part: if is_field { "field".to_owned() } else { row.part.replace('_', "-") },
            label: match (who.is_empty(), is_named) {
                (false, _) => who.to_owned(),
                (true, true) => w.t(&key),
                (true, false) => String::new(),
            },
            is_code: ["from_address", "address_bar", "attachment"].contains(&row.part.as_str()),
            pieces: if is_told { pieces(scene, row, lang) } else { vec![(row.text.get(lang).trim().to_owned(), false)] },
        }
    }
}

/// The words of a part, those apart that are to be noticed.
fn pieces(scene: &Scene, row: &Row, lang: Lang) -> Vec<(String, bool)> {
    let whole = row.text.get(lang).trim();
    let of_the_part = scene.spots.iter().filter(|spot| spot.on == row.part && spot.right);
    let mut marks: Vec<(usize, usize)> = of_the_part
        .map(|spot| spot.mark.get(lang))
        .filter_map(|mark| if mark.is_empty() { Some((0, whole.len())) } else { whole.find(mark).map(|at| (at, at + mark.len())) })
        .collect();
    marks.sort_unstable();
    let (mut pieces, mut done) = (Vec::new(), 0);
    for (start, end) in marks {
        if start < done {
            continue;
        }
        pieces.push((whole[done..start].to_owned(), false));
        pieces.push((whole[start..end].to_owned(), true));
        done = end;
    }
    pieces.push((whole[done..].to_owned(), false));
    pieces.retain(|(words, _)| !words.is_empty());
    pieces
}
