// A unit of a course in another learning system: its slides and questions, or the test of the course. A classic script; what the unit
// holds stands in another one beside it. Where no learning system is reached, everything is read and answered all the same, and the page
// says that nothing is recorded.

import { button, drawn as draw, el, fill, isRight, mainButton, part, questionForm, told } from "./carried.js";
import { connect, isRefused } from "./unit-record.js";

const unit = globalThis.MIST_UNIT;
const main = document.getElementById("main");
const head = document.getElementById("head");
const isTest = unit.kind === "test";

let lms;
let face;
/** What shows the page again, in another language too. */
let here = () => {};
/** How far the learner is: the slide by its id, answers by the ids of questions. */
let state = { slide: "", answers: {}, asked: [], completed: false, passed: false };

// --- words ---------------------------------------------------------------------------------------------------------

/** The language in which the unit is shown: what the learner prefers, what the browser does, else the first. */
function chosen() {
  const wanted = [...(lms?.languages ?? []), ...navigator.languages].map((tag) => tag.split("-")[0].toLowerCase());
  return wanted.find((tag) => unit.languages.includes(tag)) ?? unit.languages[0];
}

function speak(language) {
  face = unit.faces[language];
  document.documentElement.lang = language;
  const others = unit.languages.filter((other) => other !== language);
  const turn = (other) => button(unit.faces[other].words.language, () => (speak(other), here()), { lang: other });
  head.replaceChildren(el("p", {}, face.course), others.length > 0 ? el("p", { class: "row" }, others.map(turn)) : "");
}

// --- pages ---------------------------------------------------------------------------------------------------------

function show(title, ...children) {
  const heading = el("h1", { tabindex: "-1" }, title);
  main.replaceChildren(note(), heading, ...children.flat(), el("p", { class: "small" }, face.terms.join(" ")));
  document.title = `${title} － ${face.title}`;
  globalThis.scrollTo(0, 0);
  heading.focus();
}

/** Why nothing is recorded, where that is so. */
function note() {
  const { words } = face;
  const why = lms.why ?? (lms.mode === "Normal" ? undefined : "looking");
  if (!why) return "";
  const again = why === "unreachable" ? el("p", {}, button(words.connect_again, () => location.reload())) : "";
  return el("section", { class: "note", role: "status" }, el("p", {}, words[why]), again);
}

/** Tells the learning system something; where that fails the page stays as it is, and the same can be sent again. */
async function send(say, then) {
  const buttons = main.querySelectorAll("button");
  buttons.forEach((one) => (one.disabled = true));
  try {
    await say();
  } catch (error) {
    buttons.forEach((one) => (one.disabled = false));
    main.querySelector(".unsent")?.remove();
    const { words } = face;
    const again = isRefused(error) ? "" : el("p", {}, mainButton(words.send_again, () => send(say, then)));
    main.prepend(el("section", { class: "note unsent", role: "alert" }, el("p", {}, isRefused(error) ? words.refused : words.unsent), again));
    globalThis.scrollTo(0, 0);
    return;
  }
  then();
}

/** Keeps how far the learner is, and goes on. */
function keepAnd(then) {
  send(() => lms.keep({ ...state, version: unit.version }), then);
}

const stopButton = () => (lms.why ? "" : button(face.words.stop, () => leave("stopped_title", "stopped")));

/** Ends the session, and goes where the learning system says; else this is the last page, with these words. */
function leave(title, text) {
  let back;
  const last = () => {
    here = last;
    const heading = el("h1", { tabindex: "-1" }, face.words[title]);
    main.replaceChildren(heading, el("p", { class: "lead" }, face.words[text]));
    heading.focus();
  };
  const end = async () => {
    await lms.keep({ ...state, version: unit.version });
    back = await lms.end();
  };
  send(end, () => (back ? location.assign(back) : last()));
}

// --- slides --------------------------------------------------------------------------------------------------------

function slide(at) {
  here = () => slide(at);
  const { words, slides } = face;
  const one = slides[at];
  state.slide = one.id;
  const isLast = at + 1 === slides.length;
  const next = () => (isLast ? afterSlides() : slide(at + 1));
  show(
    one.heading,
    el("p", { class: "over" }, `${face.title}　${fill(words.slide_of, { n: String(at + 1), of: String(slides.length) })}`),
    one.parts.map((each) => part(each, () => "")).filter((each) => each !== ""),
    el("details", {}, el("summary", {}, words.notes), el("p", {}, one.notes)),
    el(
      "p",
      { class: "row turn" },
      at > 0 ? button(words.previous, () => slide(at - 1)) : "",
      stopButton(),
      mainButton(isLast && face.questions.length > 0 ? words.to_questions : words.next, () => {
        if (!isLast) state.slide = slides[at + 1].id;
        keepAnd(next);
      }),
    ),
  );
}

/** The first question that has no answer yet, or the end. */
function afterSlides() {
  const at = face.questions.findIndex((asked) => !(asked.id in state.answers));
  if (at >= 0) practice(at);
  else finish();
}

/** A question of the unit: answered, and told at once why. */
function practice(at) {
  here = () => practice(at);
  const { words, questions } = face;
  const asked = questions[at];
  const answered = (given) => {
    state.answers[asked.id] = given;
    keepAnd(() => explain(at, given));
  };
  show(
    fill(words.question_of, { n: String(at + 1), of: String(questions.length) }),
    questionForm(asked, words, words.hand_in, answered),
    el("p", { class: "row" }, button(words.back_to_slides, () => slide(face.slides.length - 1)), stopButton()),
  );
}

function explain(at, given) {
  here = () => explain(at, given);
  const { words, questions } = face;
  const fine = isRight(questions[at], given);
  show(
    fine ? words.right : words.wrong,
    el("section", { class: "card told" }, told(questions[at], fine, words)),
    el("p", { class: "row" }, stopButton(), mainButton(words.next, afterSlides)),
  );
}

/** All slides were read and all questions answered. */
function finish() {
  if (lms.mode !== "Normal" || state.completed) return done();
  send(async () => {
    await lms.completed();
    state.completed = true;
    await lms.keep({ ...state, version: unit.version });
  }, done);
}

function done() {
  here = done;
  const { words } = face;
  const isRecorded = lms.mode === "Normal";
  show(
    words.done_title,
    el("p", { class: "lead" }, isRecorded ? words.done : words.done_unrecorded),
    el(
      "p",
      { class: "row" },
      lms.why ? "" : mainButton(words.leave, () => leave("left_title", "left")),
      button(words.from_the_start, () => slide(0)),
    ),
  );
}

// --- the test ------------------------------------------------------------------------------------------------------

const needed = (asked) => Math.ceil(asked * (lms.mastery ?? unit.pass_percent / 100) - 1e-9);

function testStart() {
  here = testStart;
  const { words } = face;
  const count = unit.draw.reduce((sum, { count: of }) => sum + of, 0);
  const begin = () => {
    state.asked = draw(unit.draw, face.questions).map((asked) => asked.id);
    state.answers = {};
    keepAnd(() => ask(0));
  };
  show(
    face.title,
    el("p", { class: "lead" }, fill(words.test_lead, { asked: String(count), needed: String(needed(count)) })),
    state.passed ? el("p", { class: "note done" }, words.passed_before) : "",
    el("p", { class: "row" }, mainButton(words.test_begin, begin), lms.why ? "" : button(words.leave, () => leave("left_title", "left"))),
  );
}

/** The questions that are asked, in their order. */
const askedNow = () => state.asked.map((id) => face.questions.find((question) => question.id === id));

function ask(at) {
  here = () => ask(at);
  const { words } = face;
  const asked = askedNow();
  const isLast = at + 1 === asked.length;
  const answered = (given) => {
    state.answers[asked[at].id] = given;
    if (isLast) judge();
    else keepAnd(() => ask(at + 1));
  };
  show(
    fill(words.question_of, { n: String(at + 1), of: String(asked.length) }),
    questionForm(asked[at], words, isLast ? words.hand_in : words.answer, answered),
    el("p", { class: "row" }, stopButton()),
  );
}

/** Judges the test, and tells the learning system: once passed is passed, and a session passes or fails once. */
function judge() {
  const judged = askedNow().map((asked) => ({ asked, given: state.answers[asked.id] }));
  const right = judged.filter(({ asked, given }) => isRight(asked, given)).length;
  const hasPassed = right >= needed(judged.length);
  const isTold = lms.mode === "Normal" && !state.passed;
  const result = () => outcome(judged, right, hasPassed, isTold);
  if (!isTold) return result();
  // What was handed in stands. Where the answer was lost, the statement that was made first is sent again, and neither the page nor
  // what is kept may say otherwise: nothing can be changed or handed in anew here any more, in another language neither.
  main.querySelector("fieldset")?.setAttribute("disabled", "");
  main.querySelector("form button")?.remove();
  here = () => {};
  const { completed } = state;
  send(async () => {
    if (!completed) await lms.completed();
    await lms.judged(right, judged.length, hasPassed);
    state = { ...state, completed: true, passed: hasPassed, asked: [], answers: {} };
    await lms.keep({ ...state, version: unit.version });
  }, result);
}

function outcome(handedIn, right, hasPassed, isTold) {
  here = () => outcome(handedIn, right, hasPassed, isTold);
  const { words, questions } = face;
  // The language may have been turned since.
  const judged = handedIn.map(({ asked, given }) => ({ asked: questions.find((one) => one.id === asked.id), given }));
  const values = { right: String(right), asked: String(judged.length), needed: String(needed(judged.length)) };
  show(
    hasPassed ? words.passed_title : words.not_passed_title,
    el("p", { class: "lead" }, fill(words.score, values)),
    isTold ? el("p", { class: hasPassed ? "note done" : "note", role: "status" }, hasPassed ? words.recorded_passed : words.recorded_failed) : "",
    el(
      "p",
      { class: "row" },
      lms.why ? "" : mainButton(words.leave, () => leave("left_title", "left")),
      // A session passes or fails once (cmi5 section 9.3): after it was told, only another launch asks again.
      isTold ? "" : button(words.again, testStart),
    ),
    el("h2", {}, words.told),
    el("ol", { class: "told" }, judged.map(({ asked, given }) => el("li", {}, told(asked, isRight(asked, given), words)))),
  );
}

// --- the beginning -------------------------------------------------------------------------------------------------

/** Takes up what was kept. Of another version only what the learning system knows holds: other questions may be asked now. */
function takeUp(kept) {
  if (!kept) return;
  const isSame = kept.version === unit.version;
  state = { ...state, completed: kept.completed === true, passed: kept.passed === true };
  if (isSame) state = { ...state, slide: kept.slide ?? "", answers: kept.answers ?? {}, asked: kept.asked ?? [] };
  const ids = new Set(face.questions.map((question) => question.id));
  if (!state.asked.every((id) => ids.has(id))) state.asked = [];
}

async function start() {
  speak(chosen());
  main.replaceChildren(el("p", { role: "status" }, face.words.connecting));
  lms = await connect();
  speak(chosen());
  takeUp(lms.state);
  if (!isTest) {
    const at = face.slides.findIndex((one) => one.id === state.slide);
    const isRead = at + 1 === face.slides.length && Object.keys(state.answers).length > 0;
    if (isRead && !state.completed) afterSlides();
    else slide(state.completed ? 0 : Math.max(at, 0));
    return;
  }
  const at = state.asked.findIndex((id) => !(id in state.answers));
  if (at >= 0) ask(at);
  else testStart();
}

start();
