// The applicant, on a phone, without JavaScript.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { HANAKO, fillIn, lettersTo, property, read } from "./harness/people.mjs";

let demo, browser, context, page;
const letters = [];

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    context = await visitor(browser, demo, { width: 390, script: false });
    page = await context.newPage();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

const heading = () => page.getByRole("heading", { level: 1 }).innerText();
const fact = (label) => page.locator(".facts-list > div", { hasText: label }).locator("dd").innerText();

/** Waits for the next letter to her and keeps it. */
async function nextLetter() {
    const found = await lettersTo(context, HANAKO.email, letters.length + 1);
    assert.equal(found.length, letters.length + 1, "one mail for one change");
    letters.push(await read(context, found[0]));
    return letters.at(-1);
}

const entry = (letter) => ({
    method: property(letter.calendar, "METHOD"),
    uid: property(letter.calendar, "UID"),
    sequence: Number(property(letter.calendar, "SEQUENCE")),
    starts: property(letter.calendar, "DTSTART"),
});

test("she finds this year's training from the front page", async () => {
    await page.goto("/");
    await page.locator("summary", { hasText: "メニュー" }).click();
    const menu = page.getByRole("navigation", { name: "メニュー（小さい画面）" });
    await menu.getByRole("link", { name: "研修・申し込み" }).click();
    assert.equal(await heading(), "研修・申し込み");
    assert.match(await page.getByRole("heading", { level: 2 }).first().innerText(), /令和8年度/);
    await page.locator("#admin-h a").click();
    assert.match(await page.locator("main .over").innerText(), /令和8年度/);
    await page.locator("tr", { hasText: "第5回" }).first().getByRole("link").click();
    assert.equal(await heading(), "第5回に申し込む");
});

test("one form and one confirmation make an application", async () => {
    await fillIn(page, HANAKO);
    await page.getByRole("button", { name: "入力した内容を確かめる" }).click();
    assert.equal(await heading(), "内容を確かめてください");
    const shown = await page.locator("main .facts-list").innerText();
    // Hiragana was typed; the reading is kept in katakana.
    for (const words of ["見本 花子", "ミホン ハナコ", HANAKO.email, HANAKO.place]) {
        assert.ok(shown.includes(words), `${words} is shown`);
    }
    assert.equal((await lettersTo(context, HANAKO.email, 0)).length, 0, "nothing went out before the confirmation");
    await page.getByRole("button", { name: "この内容で申し込む" }).click();
    assert.equal(await heading(), "申し込みを受け付けました");
    assert.match(await page.locator(".receipt .number").innerText(), /^R8-A5-\d{4}$/);
    assert.equal((await fact("状態")).trim(), "確定");
    assert.match(await fact("日時"), /2026年12月3日（木）\s*16:00～17:00/);
});

test("a mail comes with the calendar entry", async () => {
    const letter = await nextLetter();
    const { method, uid, starts } = entry(letter);
    assert.equal(method, "REQUEST");
    assert.ok(uid);
    assert.match(starts, /^20261203T160000$/);
    assert.match(letter.text, /見本 花子/);
    assert.match(letter.text, /12月3日/);
});

test("the link of the mail opens the application on another device", async () => {
    const link = letters[0].links.find((address) => new URL(address).pathname.startsWith("/a/"));
    assert.ok(link, "the mail carries a link");
    context = await visitor(browser, demo, { width: 390, script: false });
    page = await context.newPage();
    await page.goto(link);
    assert.match(new URL(page.url()).pathname, /^\/applications\//);
    assert.match(await page.locator(".receipt .number").innerText(), /^R8-A5-\d{4}$/);
});

test("she moves to another date", async () => {
    await page.getByRole("link", { name: "別の日程に変更する" }).first().click();
    await page.getByRole("radio", { name: /第6回/ }).check();
    await page.getByRole("button", { name: "この日程に変更する" }).click();
    assert.equal(await heading(), "日程を変更しました");
    assert.match(await fact("日時"), /2026年12月10日（木）/);
    const [first, moved] = [entry(letters[0]), entry(await nextLetter())];
    assert.equal(moved.method, "REQUEST");
    assert.equal(moved.uid, first.uid, "the same entry of the calendar");
    assert.ok(moved.sequence > first.sequence, "in a newer version");
    assert.match(moved.starts, /^20261210T160000$/);
});

test("she cancels, and the entry leaves the calendar", async () => {
    await page.getByRole("link", { name: "申し込みを取り消す" }).click();
    await page.getByRole("button", { name: "申し込みを取り消す" }).click();
    assert.equal(await heading(), "申し込みを取り消しました");
    assert.equal((await fact("状態")).trim(), "取り消し済み");
    const [moved, cancelled] = [entry(letters[1]), entry(await nextLetter())];
    assert.equal(cancelled.method, "CANCEL");
    assert.equal(cancelled.uid, moved.uid);
    assert.ok(cancelled.sequence > moved.sequence);
});

test("she undoes it, and has her seat again", async () => {
    await page.getByRole("button", { name: "取り消しを元に戻す" }).click();
    assert.equal(await heading(), "取り消しを元に戻しました");
    assert.equal((await fact("状態")).trim(), "確定");
    const [cancelled, restored] = [entry(letters[2]), entry(await nextLetter())];
    assert.equal(restored.method, "REQUEST");
    assert.equal(restored.uid, cancelled.uid);
    assert.ok(restored.sequence > cancelled.sequence);
});

test("the address alone shows nothing of an application, only how to get its link", async () => {
    const number = await page.locator(".receipt .number").innerText();
    const stranger = await visitor(browser, demo, { script: false });
    const other = await stranger.newPage();
    await other.goto(new URL(page.url()).pathname);
    const html = await other.content();
    for (const words of [number, HANAKO.email, `${HANAKO.family} ${HANAKO.given}`]) {
        assert.ok(!html.includes(words), `${words} is not shown`);
    }
    assert.equal(await other.locator("#email").count(), 1, "a mail with the links can be asked for");
});
