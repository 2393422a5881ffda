// A session without a free seat: waiting in line, moving up, leaving.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { HANAKO, SAKIO, fillIn, lettersTo, read } from "./harness/people.mjs";

let demo, browser;
const people = [];

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

const heading = (page) => page.getByRole("heading", { level: 1 }).innerText();
const state = async (page) => {
    await page.reload();
    return (await page.locator(".facts-list > div", { hasText: "状態" }).locator("dd").innerText()).trim();
};

/** Joins the line of the full session that the list of trainings offers. */
async function wait(person) {
    const context = await visitor(browser, demo, { width: 390, script: false });
    const page = await context.newPage();
    await page.goto("/trainings/R8/executive");
    const row = page.locator("tr", { hasText: "定員に達しました" }).first();
    await row.getByRole("link", { name: /キャンセル待ち/ }).click();
    assert.match(await page.locator("main").innerText(), /キャンセル待ち/, "it is said before anything is typed");
    await fillIn(page, person);
    await page.getByRole("button", { name: "入力した内容を確かめる" }).click();
    await page.getByRole("button", { name: "この内容でキャンセル待ちに申し込む" }).click();
    assert.equal(await heading(page), "キャンセル待ちを受け付けました");
    people.push({ context, page });
    return { context, page };
}

test("two wait behind the three who were there", async () => {
    const first = await wait(HANAKO);
    assert.match(await state(first.page), /キャンセル待ち 4番目/);
    const second = await wait(SAKIO);
    assert.match(await state(second.page), /キャンセル待ち 5番目/);
});

test("the mail says that it is no seat yet", async () => {
    const [letter] = await lettersTo(people[0].context, HANAKO.email, 1);
    const mail = await read(people[0].context, letter);
    assert.match(`${mail.subject}${mail.text}`, /キャンセル待ち/);
});

test("who leaves the line lets the next one move up", async () => {
    const [first, second] = people;
    await first.page.getByRole("link", { name: "キャンセル待ちをやめる" }).click();
    await first.page.locator("main form .button.main").click();
    assert.equal(await heading(first.page), "申し込みを取り消しました");
    assert.match(await state(second.page), /キャンセル待ち 4番目/);
});

test("a seat that comes free goes to who waits longest", async () => {
    const office = await visitor(browser, demo, { width: 1280, script: false });
    const page = await office.newPage();
    await page.goto("/demo/sign-in/secretariat");
    await page.locator("main form .button.main").click();
    await page.getByRole("link", { name: /キャンセル待ちの方がいる回/ }).click();
    const waiting = page.locator("section", { has: page.getByRole("heading", { name: "キャンセル待ちの方がいる回" }) });
    await waiting.getByRole("link").first().click();
    const session = new URL(page.url()).pathname.split("/").slice(0, 4).join("/");
    const line = async (of) => {
        await page.goto(`${session}/applicants?state=${of}`);
        return page.locator("td.how-it-is").allInnerTexts();
    };
    const before = await line("waiting");
    assert.equal(before.length, 4);
    await page.goto(`${session}/edit`);
    const seats = Number(await page.locator("#seats").inputValue());
    await page.locator("#seats").fill(String(seats + 3));
    await page.getByRole("button", { name: "変更内容を確かめる" }).click();
    // It says how many before it happens.
    assert.match(await page.locator("main").innerText(), /キャンセル待ちの3名の席が確定し/);
    await page.getByRole("button", { name: "この内容に変更する" }).click();
    assert.equal((await line("waiting")).length, 1);
    assert.match(await state(people[1].page), /キャンセル待ち 1番目/);
});
