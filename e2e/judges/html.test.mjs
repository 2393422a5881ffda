// Every page that a person reaches by links, read by html-validate: sound HTML, names for everything, no element where none may be.

import assert from "node:assert/strict";

import { HtmlValidate } from "html-validate";
import { parse } from "node-html-parser";

import { after, before, test } from "../harness/limits.mjs";
import { Demo, START, Visitor } from "./portal.mjs";

/** So many pages of the same kind are looked at: the second may have what the first has not. */
const ALIKE = 2;

const judge = new HtmlValidate({
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    // Everything comes from the portal itself; the policy allows nothing else.
    "require-sri": "off",
    // On narrow screens the rows of a table become blocks; the roles keep it a table for those who hear it.
    "no-redundant-role": "off",
    // A button of a form sends it: that is what a button without a type does.
    "no-implicit-button-type": "off",
    // What is urgent, and the way within a wing, stand before the page's own heading.
    "heading-level": ["error", { minInitialRank: "h2" }],
  },
});

let demo;

before(async () => {
  demo = await Demo.start("--fresh", "--now", START);
}, { timeout: 600_000 });

after(() => demo?.stop());

/** The kind of page that an address leads to: without numbers, ids, years and what stands behind `?`. */
function kind(address) {
  const { pathname, searchParams } = new URL(address, demo.url);
  const path = pathname
    .split("/")
    .map((step) => (/\d/.test(step) ? "*" : step))
    .join("/");
  return `${path}?${[...searchParams.keys()].sort()}`;
}

/** Every page of one part of the portal that is reached from here by links, at most so many of each kind. */
async function walk(visitor, from, isOfPart) {
  const [seen, known, pages] = [new Map(), new Set(from), []];
  // A set is walked in the order in which it grows.
  for (const address of known) {
    const many = seen.get(kind(address)) ?? 0;
    if (many >= ALIKE) continue;
    seen.set(kind(address), many + 1);
    const answer = await visitor.send("GET", address);
    const html = await answer.text();
    assert.ok(answer.status < 500, `${address}: ${answer.status}`);
    if (answer.status !== 200 || !answer.headers.get("content-type").startsWith("text/html")) continue;
    pages.push({ address, html });
    for (const link of parse(html).querySelectorAll("a[href]")) {
      const { origin, pathname, search } = new URL(link.getAttribute("href"), new URL(address, demo.url));
      if (origin === demo.url && isOfPart(pathname)) known.add(pathname + search);
    }
  }
  return pages;
}

async function areSound(pages) {
  const found = [];
  for (const { address, html } of pages) {
    const report = await judge.validateString(html, address);
    for (const message of report.results.flatMap((result) => result.messages)) {
      found.push(`${address}:${message.line}:${message.column} ${message.ruleId}: ${message.message} [${message.selector}]`);
    }
  }
  assert.equal(found.length, 0, `\n${found.join("\n")}`);
}

async function asRole(role) {
  const visitor = new Visitor(demo);
  await visitor.submit(await visitor.open(`/demo/sign-in/${role}`), `/demo/sign-in/${role}`);
  return visitor;
}

const isDemo = (path) => /^(\/en)?\/demo/.test(path);
const isEnglish = (path) => /^\/en(\/|$)/.test(path);

for (const [lang, prefix] of [["Japanese", ""], ["English", "/en"]]) {
  test(`the public pages are sound in ${lang}`, async () => {
    const from = ["/", "/apply/R8/executive/3", "/links", "/tell-me/intro", "/inquiries"].map((path) => prefix + path);
    const pages = await walk(new Visitor(demo), from, (path) => !isDemo(path) && isEnglish(path) === (prefix !== ""));
    assert.ok(pages.length >= 25, `only ${pages.map((page) => page.address)}`);
    await areSound(pages);
  });
}

for (const [role, home, least] of [
  ["learner", "/my", 3],
  ["institution_admin", "/my", 2],
  ["secretariat", "/staff", 20],
  ["ministry", "/staff", 5],
  ["auditor", "/staff", 2],
  ["operator", "/staff", 2],
]) {
  test(`the pages of the ${role} are sound`, async () => {
    const pages = await walk(await asRole(role), [home, "/my/security"], (path) => /^\/(my|staff|applications)(\/|$)/.test(path));
    assert.ok(pages.length >= least, `only ${pages.map((page) => page.address)}`);
    await areSound(pages);
  });
}

test("what an applicant sees on the way is sound", async () => {
  const visitor = new Visitor(demo);
  const person = { family: "見本", given: "太郎", family_kana: "ミホン", given_kana: "タロウ", email: "judge-taro@example.jp", place: "見本病院" };
  const form = await visitor.open("/apply/R8/executive/3");
  const wrong = await visitor.send("POST", "/apply/R8/executive/3", form.forms().find((one) => one.action.endsWith("/3")).fields);
  const refused = { address: "the form with mistakes", html: await wrong.text() };
  const page = await visitor.apply("R8/executive/3", person);
  const pages = [refused, { address: page.path, html: page.html }];
  for (const end of ["/move", "/cancellation"]) {
    const { html } = await visitor.open(page.path + end);
    pages.push({ address: end, html });
  }
  await areSound(pages);
});
