// 院内研修キットの持ち出し版: the page that runs without the portal, from a USB stick or a server of the institution. A classic script,
// since a browser runs no modules from file://; the course stands in data.js beside it, since it fetches nothing from there either.
//
// One person after the other reads the slides and takes the test on the same computer. What they answered stays in this browser until
// it is saved as one file, sealed under the key of this kit.

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

/** An element with attributes and children; texts are never read as HTML. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== ""));
  return made;
}

/** HTML of the course, cleaned when the kit was made. */
function prose(html, attributes = {}) {
  const made = el("div", { class: "prose", ...attributes });
  made.innerHTML = html;
  return made;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function show(title, ...children) {
  const heading = el("h1", { tabindex: "-1" }, title);
  main.replaceChildren(heading, ...children.flat());
  document.title = `${title} － ${kit.title}`;
  globalThis.scrollTo(0, 0);
  heading.focus();
}

const button = (text, act, attributes = {}) => el("button", { type: "button", class: "button", onclick: act, ...attributes }, text);
const mainButton = (text, act) => button(text, act, { class: "button main" });

function facts(rows) {
  return el("dl", { class: "facts" }, rows.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value || "　"))));
}

const contacts = () => el("section", { class: "contacts", "aria-label": words.contacts }, el("h2", {}, words.contacts), facts(kit.contacts));

function shuffled(list) {
  const left = [...list];
  const drawn = [];
  while (left.length > 0) drawn.push(...left.splice(random(4).reduce((sum, byte) => sum * 256 + byte, 0) % left.length, 1));
  return drawn;
}

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
    here.parts.map(part),
    el("details", {}, el("summary", {}, words.notes), el("p", {}, here.notes)),
    el(
      "p",
      { class: "row turn" },
      at > 0 ? button(words.previous, () => slide(at - 1)) : button(words.stop, home),
      mainButton(at + 1 < kit.slides.length ? words.next : words.to_test, next),
    ),
  );
}

function part(one) {
  switch (one.kind) {
    case "prose":
      return prose(one.html);
    case "figure":
      return el("figure", {}, el("img", { src: one.src, alt: one.alt }));
    case "aside":
      return el("section", { class: `aside ${one.role}` }, el("h2", {}, one.label), prose(one.html));
    case "scene":
      return scene(one.scene);
    default:
      return contacts();
  }
}

function scene(one) {
  return el(
    "section",
    { class: "scene" },
    el("h2", {}, one.title),
    el("p", {}, one.situation),
    one.src ? el("img", { src: one.src, alt: one.alt }) : "",
    one.rows.length > 0 ? facts(one.rows) : "",
  );
}

// --- the test ------------------------------------------------------------------------------------------------------

function test() {
  const drawn = kit.draw.flatMap(({ pool, count }) => shuffled(kit.questions.filter((question) => question.pool === pool)).slice(0, count));
  const sitting = { id: uuid(), name: person.name, department: person.department, begun: person.begun, answers: [] };
  question(shuffled(drawn), 0, sitting);
}

function question(drawn, at, sitting) {
  const asked = drawn[at];
  const box = answerBox(asked);
  const wrong = el("p", { class: "error", role: "alert", hidden: true }, words.answer_empty);
  const go = (event) => {
    event.preventDefault();
    const given = box.given();
    if (given.length === 0) {
      wrong.hidden = false;
      return;
    }
    sitting.answers.push([asked.id, given]);
    if (at + 1 < drawn.length) question(drawn, at + 1, sitting);
    else done(drawn, sitting);
  };
  show(
    fill(words.question_of, { n: String(at + 1), of: String(drawn.length) }),
    asked.scene ? scene(asked.scene) : "",
    el(
      "form",
      { class: "card", onsubmit: go, novalidate: true },
      el("fieldset", {}, el("legend", {}, asked.text), el("p", { class: "hint" }, words[`how_${asked.kind}`]), wrong, box.body),
      el("p", {}, el("button", { class: "button main" }, at + 1 < drawn.length ? words.answer : words.hand_in)),
    ),
  );
}

/** What a question is answered with, and how that is read. */
function answerBox(asked) {
  if (asked.kind === "fill" || asked.kind === "number") {
    const input = el("input", { class: "input", name: "typed", autocomplete: "off", "aria-label": words.answer_label, maxlength: "100" });
    const body = el("p", { class: "typed" }, input, asked.unit ?? "");
    return { body, given: () => (input.value.trim() === "" ? [] : [input.value.trim()]) };
  }
  if (asked.kind === "order" || asked.kind === "match") {
    const choices = shuffled(asked.choices);
    const lefts = asked.kind === "order" ? choices.map((_, n) => [String(n), fill(words.place, { n: String(n + 1) })]) : asked.lefts;
    const selects = lefts.map(([, text]) =>
      el("select", { class: "input", "aria-label": text }, el("option", { value: "" }, words.choose), choices.map(([id, label]) => el("option", { value: id }, label))),
    );
    const body = el("div", { class: "pairs" }, lefts.map(([, text], n) => el("p", {}, el("span", {}, text), selects[n])));
    const given = () => {
      const chosen = selects.map((select) => select.value);
      return chosen.includes("") ? [] : chosen;
    };
    return { body, given };
  }
  const type = asked.kind === "one" ? "radio" : "checkbox";
  const inputs = shuffled(asked.choices).map(([id, label]) => ({ label, input: el("input", { type, name: "choice", value: id }) }));
  const body = el("div", { class: "choices" }, inputs.map(({ label, input }) => el("label", { class: "choice" }, input, el("span", {}, label))));
  return { body, given: () => inputs.filter(({ input }) => input.checked).map(({ input }) => input.value) };
}

// What is told here serves the learner alone: the portal judges the answers again.
const bare = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\-‐–—・、。「」]/g, "");

function isRight(asked, given) {
  const { right } = asked;
  switch (asked.kind) {
    case "order":
    case "match":
      return right.every((id, n) => given[n] === id);
    case "fill":
      return right.some((answer) => bare(answer) === bare(given[0]));
    case "number":
      return Math.abs(Number.parseInt(given[0].normalize("NFKC").replaceAll(",", ""), 10) - right[0]) <= right[1];
    default:
      return right.length === given.length && right.every((id) => given.includes(id));
  }
}

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
      judged.map(({ asked, isRight: fine }) =>
        el(
          "li",
          {},
          el("p", {}, el("strong", {}, fine ? words.right : words.wrong), `　${asked.text}`),
          el("p", {}, `${words.right_answer} ${asked.right_words}`),
          el("ul", {}, asked.whys.map((why) => el("li", {}, why))),
        ),
      ),
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
