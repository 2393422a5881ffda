// A course of another publisher in a browser: it runs on a host of its own, speaks to the record store, and leads back.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, overflow, words } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { signIn } from "./harness/people.mjs";

let demo, browser;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

test("a unit is launched, passed and left, and the portal knows", async () => {
    const context = await visitor(browser, demo);
    const page = await context.newPage();
    await signIn(page, "learner");
    await page.goto("/my/packages");
    assert.deepEqual([...(await findings(page)), ...(await overflow(page)), ...(await words(page))], [], page.url());
    await page.locator("main .course-list a").click();
    assert.deepEqual([...(await findings(page)), ...(await overflow(page)), ...(await words(page))], [], page.url());
    const mine = page.url();
    await page.locator("main form button.main").click();
    await page.waitForURL(/^http:\/\/[0-9a-f]{32}\.pkg\.localhost:\d+\/index\.html\?/);
    assert.equal(await page.evaluate(() => document.cookie), "", "no cookie of the portal is here");
    await page.locator("#question:not([hidden])").waitFor();
    await page.locator('input[value="call"]').check();
    await page.locator("#question button").click();
    await page.locator("#end:not([hidden])").click();
    await page.waitForURL(mine);
    await page.getByText("この教材は、全部終わりました").waitFor();
    await context.close();
});
