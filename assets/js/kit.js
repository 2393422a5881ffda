// 院内研修キットの持ち出し版: the page that runs without the portal, from a USB stick or a server of the institution. A classic script,
// since a browser runs no modules from file://; the course stands in data.js beside it, since it fetches nothing from there either.
//
// One person after the other reads the slides and takes the test on the same computer. What they answered stays in this browser until
// it is saved as one file, sealed under the key of this kit.

import { button, drawn as draw, el, facts, fill, isRight, mainButton, part, questionForm, told } from "./carried.js";
import { fromHex, sealFile } from "./kit-file.js";
import { random } from "./vault.js";

const kit = globalThis.MIST_KIT;
const words = kit.words;
const main = document.getElementById("main");
const store = `mist-kit-${kit.id}`;
let kept = memory();
let person;

// --- what is kept --------------------------------------------------------------------------------------------------

/** What this browser kept; nothing where it keeps nothing for files from a disk. */
function memory() {
  try {
    return { sittings: [], saved: 0, ...JSON.parse(localStorage.getItem(store) ?? "{}") };
  } catch {
    return { sittings: [], saved: 0 };
  }
}

/** Keeps it; false where the browser refuses, so that the page can say so. */
function keep() {
  try {
    localStorage.setItem(store, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

// --- small parts ---------------------------------------------------------------------------------------------------

function show(title, ...children) {
  const heading = el("h1", { tabindex: "-1" }, title);
  main.replaceChildren(heading, ...children.flat());
  document.title = `${title} － ${kit.title}`;
  globalThis.scrollTo(0, 0);
  heading.focus();
}

const contacts = () => el("section", { class: "contacts", "aria-label": words.contacts }, el("h2", {}, words.contacts), facts(kit.contacts));

function uuid() {
  const bytes = random(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// --- the first page ------------------------------------------------------------------------------------------------

function home() {
  person = undefined;
  const name = el("input", { class: "input", id: "name", name: "name", maxlength: "60", autocomplete: "off", required: true });
  const department = el("input", { class: "input", id: "department", name: "department", maxlength: "60", autocomplete: "off" });
  const wrong = el("p", { class: "error", id: "name-error", role: "alert", hidden: true }, words.name_empty);
  const begin = (event) => {
    event.preventDefault();
    if (name.value.trim() === "") {
      wrong.hidden = false;
      name.setAttribute("aria-invalid", "true");
      name.setAttribute("aria-describedby", "name-error");
      name.focus();
      return;
    }
    person = { name: name.value.trim(), department: department.value.trim(), begun: Date.now() };
    slide(0);
  };
  show(
    kit.title,
    el("p", { class: "lead" }, fill(words.lead, { organization: kit.organization })),
    facts(kit.facts),
    el(
      "form",
      { class: "card", onsubmit: begin, novalidate: true, "aria-labelledby": "begin-h" },
      el("h2", { id: "begin-h" }, words.begin_title),
      el("p", { class: "hint" }, words.begin_hint),
      el("div", { class: "field" }, el("label", { for: "name" }, words.name, el("span", { class: "need" }, words.required)), wrong, name),
      el("div", { class: "field" }, el("label", { for: "department" }, words.department, el("span", { class: "need free" }, words.optional)), department),
      el("p", {}, el("button", { class: "button main" }, words.begin)),
    ),
    results(),
    contacts(),
    el("p", { class: "small" }, kit.terms.join(" ")),
  );
}

/** Who has taken the test on this computer, and the way to save it. */
function results() {
  const count = kept.sittings.length;
  const lines = kept.sittings.map((one) =>
    el("li", {}, `${one.name}${one.department ? `（${one.department}）` : ""}　`, one.right >= one.needed ? words.passed : words.not_passed),
  );
  const unsaved = count - kept.saved;
  return el(
    "section",
    { class: "card", "aria-labelledby": "results-h" },
    el("h2", { id: "results-h" }, words.results_title),
    el("p", {}, count === 0 ? words.results_none : fill(words.results_count, { n: String(count) })),
    count === 0 ? "" : el("ul", {}, lines),
    unsaved > 0 ? el("p", { class: "note", role: "status" }, fill(words.results_unsaved, { n: String(unsaved) })) : "",
    count === 0 ? "" : el("p", { class: "row" }, mainButton(words.save, save), button(words.clear, clear)),
    el("p", { class: "hint" }, words.results_hint),
  );
}

// --- the slides ----------------------------------------------------------------------------------------------------

function slide(at) {
  const here = kit.slides[at];
  const unit = kit.units[here.unit];
  const next = at + 1 < kit.slides.length ? () => slide(at + 1) : () => test();
  show(
    here.heading,
    el("p", { class: "over" }, `${unit}　${fill(words.slide_of, { n: String(at + 1), of: String(kit.slides.length) })}`),
    here.parts.map((one) => part(one, contacts)),
    el("details", {}, el("summary", {}, words.notes), el("p", {}, here.notes)),
    el(
      "p",
      { class: "row turn" },
      at > 0 ? button(words.previous, () => slide(at - 1)) : button(words.stop, home),
      mainButton(at + 1 < kit.slides.length ? words.next : words.to_test, next),
    ),
  );
}

// --- the test ------------------------------------------------------------------------------------------------------

function test() {
  const sitting = { id: uuid(), name: person.name, department: person.department, begun: person.begun, answers: [] };
  question(draw(kit.draw, kit.questions), 0, sitting);
}

function question(drawn, at, sitting) {
  const asked = drawn[at];
  const answered = (given) => {
    sitting.answers.push([asked.id, given]);
    if (at + 1 < drawn.length) question(drawn, at + 1, sitting);
    else done(drawn, sitting);
  };
  show(
    fill(words.question_of, { n: String(at + 1), of: String(drawn.length) }),
    questionForm(asked, words, at + 1 < drawn.length ? words.answer : words.hand_in, answered),
  );
}

// What is told here serves the learner alone: the portal judges the answers again.
function done(drawn, sitting) {
  const judged = drawn.map((asked, n) => ({ asked, isRight: isRight(asked, sitting.answers[n][1]) }));
  const right = judged.filter((one) => one.isRight).length;
  const needed = Math.ceil((drawn.length * kit.pass_percent) / 100);
  kept.sittings.push({ ...sitting, ended: Date.now(), right, needed });
  const isKept = keep();
  show(
    right >= needed ? words.passed_title : words.not_passed_title,
    el("p", { class: "lead" }, fill(words.score, { right: String(right), asked: String(drawn.length), needed: String(needed) })),
    el("p", { class: "note", role: "status" }, isKept ? words.kept : words.not_kept),
    el("p", { class: "row" }, mainButton(words.next_person, home), right >= needed ? "" : button(words.again, test), button(words.save, save)),
    el("h2", {}, words.told),
    el(
      "ol",
      { class: "told" },
      judged.map(({ asked, isRight: fine }) => el("li", {}, told(asked, fine, words))),
    ),
  );
}

// --- the file ------------------------------------------------------------------------------------------------------

function save() {
  const frames = [
    JSON.stringify({ kit: kit.id, course: kit.course, version: kit.version, period: kit.period, saved: Date.now(), sittings: kept.sittings.length }),
    ...kept.sittings.map(({ id, name, department, begun, ended, answers }) => JSON.stringify({ id, name, department, begun, ended, answers })),
  ];
  const bytes = sealFile(fromHex(kit.key), kit.id, random(32), frames);
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const moment = new Date();
  const two = (n) => String(n).padStart(2, "0");
  const day = `${moment.getFullYear()}${two(moment.getMonth() + 1)}${two(moment.getDate())}-${two(moment.getHours())}${two(moment.getMinutes())}`;
  const link = el("a", { href: url, download: `mist-kit-${kit.id.slice(0, 8)}-${day}.mistkit` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  kept.saved = kept.sittings.length;
  keep();
  home();
  main.prepend(el("p", { class: "note done", role: "status" }, words.saved));
}

/** Takes the names off this computer, after the file is saved and only when asked twice. */
function clear() {
  show(
    words.clear_title,
    el("p", {}, kept.saved < kept.sittings.length ? words.clear_unsaved : words.clear_lead),
    el(
      "p",
      { class: "row" },
      button(words.clear_do, () => {
        kept = { sittings: [], saved: 0 };
        keep();
        home();
      }),
      mainButton(words.back, home),
    ),
  );
}

globalThis.addEventListener("beforeunload", (event) => {
  if (person && kept.sittings.length > kept.saved) event.preventDefault();
});

home();
