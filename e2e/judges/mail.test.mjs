// The mails of an application, as they came over the line, read by Python's email package.

import assert from "node:assert/strict";

import { HtmlValidate } from "html-validate";

import { after, before, test } from "../harness/limits.mjs";
import { Demo, START, Visitor, askPython } from "./portal.mjs";

const TAKAKO = {
  family: "例示",
  given: "髙子",
  family_kana: "レイジ",
  given_kana: "タカコ",
  email: "judge-takako@example.jp",
  place: "例示𠮷見クリニック（﨑）",
};

let demo;
/** Each letter with what was read in it: one in Japanese, one in English. */
let letters;

before(async () => {
  demo = await Demo.start("--fresh", "--now", START);
  const visitor = new Visitor(demo);
  await visitor.apply("R8/executive/3", TAKAKO);
  await demo.letters(TAKAKO.email, 1);
  const form = await visitor.open("/en/links");
  await visitor.submit(form, "/links", { email: TAKAKO.email });
  const found = await demo.letters(TAKAKO.email, 2);
  letters = await Promise.all(found.map(async (letter) => ({ ...letter, read: await askPython("read_mail.py", letter.source) })));
}, { timeout: 600_000 });

after(() => demo?.stop());

test("a letter has no defect, and goes through every relay", () => {
  for (const { read } of letters) {
    assert.deepEqual(read.defects, []);
    assert.ok(read.ascii, "no relay has to know 8BITMIME");
    assert.ok(read.longest <= 998, `${read.longest} octets in a line`);
    assert.equal(read.bare_line_ends, 0);
    assert.equal(new Set(read.names).size, read.names.length, `each header once: ${read.names}`);
  }
});

test("its headers are decoded to what they say", () => {
  const [made] = letters;
  assert.match(made.read.subject, /^【申込受付】12月23日.* 経営者向け.* 第3回$/);
  assert.deepEqual(made.read.to, [["例示 髙子", TAKAKO.email]]);
  assert.equal(made.read.from.length, 1);
  assert.match(made.read.from[0][1], /^[\w.+-]+@[\w.-]+$/);
  assert.equal(made.read.automatic, "auto-generated");
  const age = new Date(made.read.date) - new Date(START);
  assert.ok(age >= 0 && age < 24 * 60 * 60 * 1000, `dated by the portal's clock: ${made.read.date}`);
});

test("a letter about an application has text, formatted text and the entry, twice for two kinds of programs", () => {
  const [made] = letters;
  assert.deepEqual(made.read.structure, [
    "multipart/mixed",
    "multipart/alternative",
    "text/plain",
    "text/html",
    "text/calendar",
    "application/ics",
  ]);
  const [, , inline, attached] = made.read.parts;
  assert.deepEqual([inline.parameters.method, inline.parameters.charset, attached.name], ["REQUEST", "utf-8", "invite.ics"]);
  const unix = (text) => text.replaceAll("\r\n", "\n");
  assert.equal(unix(inline.text), unix(made.entry), "the entry that the calendar judges read");
  assert.equal(unix(attached.text), unix(made.entry), "the same as the attachment");
});

test("text and formatted text say the same, with the same links", () => {
  for (const { read } of letters) {
    const links = (text) => [...new Set(text.match(/http:\/\/localhost:\d+[^\s"'<>）]*/g))].sort();
    assert.ok(links(read.body).length > 0);
    assert.deepEqual(links(read.html), links(read.body));
    assert.ok(!/\{ *\$|\{\{|\}\}/.test(read.body + read.html), "no placeholder is left");
  }
  assert.match(letters[0].read.body, /例示 髙子/);
  assert.match(letters[1].read.subject, /^[\x20-\x7e]+$/, "who asked in English is answered in English");
});

test("the Message-ID names the mail, not the moment, and no two are the same", async () => {
  const ids = letters.map((letter) => letter.read.message_id);
  for (const id of ids) assert.match(id, /^<[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@[\w.-]+>$/);
  assert.equal(new Set(ids).size, ids.length);
  const again = await askPython("read_mail.py", (await demo.letter(letters[0].path)).source);
  assert.equal(again.message_id, ids[0]);
});

test("the formatted text is sound HTML", async () => {
  const judge = new HtmlValidate({ extends: ["html-validate:standard"], rules: { "no-inline-style": "off" } });
  for (const { read } of letters) {
    const report = await judge.validateString(read.html);
    assert.deepEqual(report.results.flatMap((result) => result.messages.map((message) => `${message.ruleId}: ${message.message}`)), []);
  }
});
