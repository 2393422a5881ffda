// A nurse learns on her phone: with one thumb, by keyboard, without JavaScript, over a line that dies, and on another device.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { isFine, listen } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { signIn } from "./harness/people.mjs";

const MINE = "/my/courses/executive";
let demo, browser;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

/** A browser of the demo's learner. */
async function learner(more = {}) {
    const context = await visitor(browser, demo, more);
    const page = await context.newPage();
    await signIn(page, "learner");
    return page;
}

/** What every page has to be. */
/** Answers the question of a page, rightly or not. */
async function answer(page) {
    if (await page.locator("main .choice").count()) await page.locator("main .choice").first().click();
    for (const [n, box] of (await page.locator("main form select").all()).entries()) await box.selectOption({ index: n + 1 });
    const typed = page.locator('main input[name="typed"]');
    if (await typed.count()) await typed.fill("13");
}

test("from the front page into a slide, and the way on is within reach", async () => {
    const page = await learner();
    const notes = listen(page, demo.url);
    await page.goto("/");
    await page.getByRole("link", { name: "eラーニングのコースを見る" }).click();
    await isFine(page);
    await page.getByRole("link", { name: /経営/ }).first().click();
    await isFine(page);
    await page.getByRole("link", { name: "受講する・つづきから" }).click();
    assert.match(await page.locator("main").innerText(), /まだ修了していない理由/);
    await isFine(page);
    await page.getByRole("link", { name: "受講を始める" }).click();
    await isFine(page);
    const button = page.getByRole("button", { name: "次へ" });
    const box = await button.boundingBox();
    assert.ok(box.height >= 56 && box.y + box.height <= 844 && box.y > 844 / 2, `${box.y} of 844`);
    await button.click();
    await page.getByText("2／").waitFor();
    assert.match(await page.locator(".saved").innerText(), /\d+:\d\dに保存しました/);
    assert.deepEqual(notes, []);
    await page.context().close();
});

test("a whole unit by the arrow keys, and it goes on with another device", async () => {
    const page = await learner();
    await page.goto(MINE);
    await page.getByRole("link", { name: "つづきから" }).click();
    while (await page.locator(".slide progress").count()) {
        await page.waitForLoadState("networkidle");
        const here = page.url();
        await page.keyboard.press("ArrowRight");
        await page.waitForURL((url) => url.href !== here);
    }
    assert.match(page.url(), /questions\/1$/);
    await isFine(page);
    await answer(page);
    await page.getByRole("button", { name: "この答えで確かめる" }).click();
    await page.locator(".judged").waitFor();
    assert.match(await page.locator(".saved").innerText(), /に保存しました/);
    await isFine(page);
    await page.getByRole("link", { name: "次の問題へ" }).click();
    const other = await learner({ width: 1280 });
    await other.goto(MINE);
    await other.getByRole("link", { name: "つづきから" }).click();
    assert.match(other.url(), /questions\/2$/);
    await other.context().close();
    await page.context().close();
});

test("a dead line and an ended sign-in lose no answer, and none is doubled", async () => {
    const page = await learner();
    await page.goto(MINE);
    await page.getByRole("link", { name: "つづきから" }).click();
    const asked = page.url();
    await answer(page);
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "この答えで確かめる" }).click();
    await page.getByText("つながり次第、保存します").waitFor();
    await page.context().setOffline(false);
    await page.getByText(/\d+:\d\dに保存しました/).waitFor();
    await page.goto(MINE);
    assert.doesNotMatch(await page.locator(".why-list").first().innerText(), /問題があと/, "the unit is done");
    // The sign-in ends while a question is open.
    await page.goto(asked);
    await answer(page);
    const cookies = await page.context().cookies();
    await page.context().clearCookies();
    await page.getByRole("button", { name: "この答えで確かめる" }).click();
    await page.waitForURL(/sign-in/);
    assert.match(await page.evaluate(() => localStorage.getItem("mist.learn:waiting")), /questions/);
    await page.context().addCookies(cookies);
    await page.goto(asked);
    await page.getByText(/\d+:\d\dに保存しました/).waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem("mist.learn:waiting")), "[]");
    await page.context().close();
});

test("a course on the device opens and is answered without a network, and the answers arrive later", async () => {
    const page = await learner();
    const course = "/my/courses/beginner";
    await page.goto(course);
    const card = page.locator("[data-offline-course]");
    await card.getByRole("button", { name: "この端末に入れる" }).click();
    await card.getByText("この端末に入っています").waitFor();
    await isFine(page);
    await page.context().setOffline(true);
    await page.goto("/courses/beginner");
    await page.locator(".unit-list a").nth(1).click();
    await page.getByText("つながり次第、保存します").waitFor();
    let slides = 0;
    while (await page.locator(".slide progress").count()) {
        const here = page.url();
        await page.locator("[data-next]").click();
        await page.waitForURL((url) => url.href !== here);
        slides += 1;
    }
    assert.match(page.url(), /questions\/1$/);
    await isFine(page);
    await answer(page);
    await page.getByRole("button", { name: "この答えで確かめる" }).click();
    await page.waitForURL(/questions\/2$/);
    const waiting = await page.evaluate(() => JSON.parse(localStorage.getItem("mist.learn:waiting")).length);
    assert.equal(waiting, slides + 1, "every slide and the answer wait");
    await page.context().setOffline(false);
    // The next page with a network sends them.
    await page.goto("/courses/beginner");
    await page.locator(".unit-list a").nth(1).click();
    await page.waitForFunction(() => localStorage.getItem("mist.learn:waiting") === "[]");
    await page.getByText(/\d+:\d\dに保存しました/).waitFor();
    await page.goto(course);
    await card.getByRole("button", { name: "この端末から消す" }).click();
    await card.getByRole("button", { name: "この端末に入れる" }).waitFor();
    assert.deepEqual(await page.evaluate(() => caches.keys()), []);
    await page.context().close();
});

test("without JavaScript: a scene, a question, the whole test", async () => {
    const page = await learner({ script: false });
    await page.goto("/courses/beginner/mail");
    while (!(await page.locator(".scene-box").count())) await page.locator("[data-next]").click();
    await page.locator(".scene-box .choice").first().click();
    await page.getByRole("button", { name: "選んだところを確かめる" }).click();
    await page.locator(".scene-box .told-list").waitFor();
    await page.goto("/my/courses/beginner");
    await page.locator("#test button").click();
    for (let n = 0; n < 15; n += 1) {
        await answer(page);
        await page.getByRole("button", { name: "答えを保存して次へ" }).click();
    }
    assert.match(await page.locator("main").innerText(), /全部の問題に答えました/);
    await page.getByRole("button", { name: "答え合わせをする" }).click();
    assert.match(await page.locator("h1").innerText(), /確認テストの結果/);
    assert.equal(await page.locator("details.qa").count(), 15);
    await page.context().close();
});

test("the record of a course that is done prints on paper", async () => {
    const page = await learner({ width: 1280 });
    await page.goto("/my");
    await page.getByRole("link", { name: /立入検査/ }).first().click();
    await page.getByRole("link", { name: "修了の記録" }).click();
    await isFine(page);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".receipt").isVisible());
    assert.ok(await page.getByRole("button", { name: "印刷する" }).isHidden());
    await page.context().close();
});
