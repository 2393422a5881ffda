// The applicant, in English, at a desk, with JavaScript.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { SAKIO, fillIn, lettersTo, property, read } from "./harness/people.mjs";

const JAPANESE_SENTENCE = /[ぁ-ん]/;

let demo, browser, context, page;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    context = await visitor(browser, demo, { width: 1280, english: true });
    page = await context.newPage();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

const heading = () => page.getByRole("heading", { level: 1 }).innerText();
const fact = (label) => page.locator(".facts-list > div", { hasText: label }).locator("dd").innerText();

test("the way to English stands on every page and keeps the place", async () => {
    await page.goto("/trainings/R8/admin");
    await page.getByRole("link", { name: "English" }).first().click();
    assert.equal(new URL(page.url()).pathname, "/en/trainings/R8/admin");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    assert.match(await heading(), /administrators/);
    await page.locator("tr", { hasText: "Session 5" }).first().getByRole("link").click();
    assert.equal(await heading(), "Apply for Session 5");
});

test("what was typed survives a reload, and institutions are suggested", async () => {
    await page.locator("#family").fill(SAKIO.family);
    await page.locator("#place").pressSequentially("みほん市立");
    await page.locator("#place-found input").first().waitFor();
    assert.match(await page.locator("#place-found").innerText(), /みほん市立総合病院/);
    await page.locator("[data-keep-say]").filter({ hasText: /\d:\d\d/ }).waitFor();
    await page.reload();
    assert.equal(await page.locator("#family").inputValue(), SAKIO.family);
    assert.equal(await page.locator("#place").inputValue(), "みほん市立");
});

test("what is missing is said in words, and the rest is kept", async () => {
    await page.locator("#email").fill("sakio.e2e@exmaple.jp");
    await page.locator("main form .button.main").click();
    const summary = page.locator(".summary");
    await summary.waitFor();
    assert.doesNotMatch(await summary.innerText(), JAPANESE_SENTENCE);
    assert.equal(await page.locator("#family").inputValue(), SAKIO.family);
    await summary.getByRole("link").first().click();
    assert.notEqual(await page.evaluate(() => document.activeElement.id), "", "the summary leads to a field");
});

test("he applies, and the receipt and the mail are in English", async () => {
    await fillIn(page, SAKIO);
    await page.getByRole("button", { name: "Check what I typed" }).click();
    assert.equal(await heading(), "Please check");
    await page.getByRole("button", { name: "Apply with these details" }).click();
    assert.match(await page.locator(".receipt .number").innerText(), /^R8-A5-\d{4}$/);
    const [letter] = await lettersTo(context, SAKIO.email, 1);
    const mail = await read(context, letter);
    assert.doesNotMatch(mail.subject, JAPANESE_SENTENCE);
    assert.match(mail.text, /3 December 2026/);
    assert.equal(property(mail.calendar, "METHOD"), "REQUEST");
    assert.ok(mail.links.some((address) => new URL(address).pathname.startsWith("/en/a/")), "its link leads to the English page");
});

test("what he typed is forgotten on this device once it has arrived", async () => {
    const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("mist.keep:")));
    assert.deepEqual(kept, []);
});

test("he moves, cancels and undoes in English", async () => {
    await page.getByRole("link", { name: "Change to another date" }).first().click();
    await page.getByRole("radio", { name: /Session 6/ }).check();
    await page.getByRole("button", { name: "Change to this date" }).click();
    assert.match(await fact("Date and time"), /10 December 2026/);
    await page.getByRole("link", { name: "Cancel the application" }).click();
    await page.getByRole("button", { name: "Cancel the application" }).click();
    await page.getByRole("button", { name: "Undo the cancellation" }).click();
    assert.equal((await fact("State")).trim(), "Confirmed");
    assert.equal((await lettersTo(context, SAKIO.email, 4)).length, 4);
});
