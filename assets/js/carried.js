// What pages that run without the portal are made of: slides, questions, and how an answer is judged. A page that uses it is bundled as
// a classic script, since a browser runs no modules from file://.

import { random } from "./vault.js";

/** An element with attributes and children; texts are never read as HTML. */
export function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== ""));
  return made;
}

/** HTML of the course, cleaned when the page was made. */
function prose(html) {
  const made = el("div", { class: "prose" });
  made.innerHTML = html;
  return made;
}

/** A text with values in place of its {names}. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const button = (text, act, attributes = {}) => el("button", { type: "button", class: "button", onclick: act, ...attributes }, text);
export const mainButton = (text, act) => button(text, act, { class: "button main" });

export function facts(rows) {
  return el("dl", { class: "facts" }, rows.map(([term, value]) => el("div", {}, el("dt", {}, term), el("dd", {}, value || "　"))));
}

/** The same things in an order that nobody foresees. */
export function shuffled(list) {
  const left = [...list];
  const drawn = [];
  while (left.length > 0) drawn.push(...left.splice(random(4).reduce((sum, byte) => sum * 256 + byte, 0) % left.length, 1));
  return drawn;
}

/** A part of a slide. `contacts` makes what stands where a course says whom to tell. */
export function part(one, contacts) {
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

export function scene(one) {
  return el(
    "section",
    { class: "scene" },
    el("h2", {}, one.title),
    el("p", {}, one.situation),
    one.src ? el("img", { src: one.src, alt: one.alt }) : "",
    one.rows.length > 0 ? facts(one.rows) : "",
  );
}

/** A question as a form; `answered` gets what was given, which is never nothing. */
export function questionForm(asked, words, label, answered) {
  const box = answerBox(asked, words);
  const wrong = el("p", { class: "error", role: "alert", hidden: true }, words.answer_empty);
  const go = (event) => {
    event.preventDefault();
    const given = box.given();
    if (given.length === 0) wrong.hidden = false;
    else answered(given);
  };
  return [
    asked.scene ? scene(asked.scene) : "",
    el(
      "form",
      { class: "card", onsubmit: go, novalidate: true },
      el("fieldset", {}, el("legend", {}, asked.text), el("p", { class: "hint" }, words[`how_${asked.kind}`]), wrong, box.body),
      el("p", {}, el("button", { class: "button main" }, label)),
    ),
  ];
}

/** What a question is answered with, and how that is read. */
function answerBox(asked, words) {
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

const bare = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\-‐–—・、。「」]/g, "");

/** Whether an answer is right. */
export function isRight(asked, given) {
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

/** What is right, and why. */
export function told(asked, isFine, words) {
  return [
    el("p", {}, el("strong", {}, isFine ? words.right : words.wrong), `　${asked.text}`),
    el("p", {}, `${words.right_answer} ${asked.right_words}`),
    el("ul", {}, asked.whys.map((why) => el("li", {}, why))),
  ];
}

/** The questions of a test: so many of each pool, in another order each time. */
export const drawn = (draw, questions) =>
  shuffled(draw.flatMap(({ pool, count }) => shuffled(questions.filter((question) => question.pool === pool)).slice(0, count)));
