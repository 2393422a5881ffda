// The day of a session on a phone: the lobby, the way in, the keyword and the questionnaire, without JavaScript and with it.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, listen, overflow } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { until } from "./harness/patience.mjs";
import { HANAKO, SAKIO, fillIn, signIn } from "./harness/people.mjs";

const SESSION = "R8/executive/3";
/** From the demo's first moment to a quarter to five on the day, by the buttons of its clock. */
const STEPS = [["1週間", 4], ["1日", 3], ["1時間", 7], ["11分", 4]];
/** Milliseconds by which the clock of a page is put on, so that its next beat is due. */
const MINUTE = 61_000;
const LINK = /^https:\/\/meeting\.example\.jp\//;

let demo, browser;
const own = {};

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

const main = (page) => page.locator("main").innerText();

/** Applies for the session, and resolves to the browser that knows the application. */
async function apply(person, script) {
    const context = await visitor(browser, demo, { width: 390, script });
    const page = await context.newPage();
    await page.goto(`/apply/${SESSION}`);
    await fillIn(page, person);
    await page.getByRole("button", { name: "入力した内容を確かめる" }).click();
    // A place that the list may know is asked about.
    const other = page.locator('[name="org"][type="radio"]').first();
    if (await other.count()) await other.check();
    await page.locator("main form .button.main").first().click();
    return { context, page, path: new URL(page.url()).pathname };
}

async function clean(page) {
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(await overflow(page), []);
}

test("two apply, one of them without JavaScript", async () => {
    own.bare = await apply(SAKIO, false);
    own.full = await apply(HANAKO, true);
    await own.full.page.goto(`${own.full.path}/join`);
    assert.match(await main(own.full.page), /開場前です/);
});

test("the clock goes on to the day", async () => {
    const context = await visitor(browser, demo, { width: 1280, script: false });
    const page = await context.newPage();
    await page.goto("/demo/clock");
    for (const [word, times] of STEPS) {
        for (let n = 0; n < times; n += 1) await page.getByRole("button", { name: word }).first().click();
    }
    await page.goto(`/lobby/${SESSION}`);
    assert.match(await main(page), /開場しています/);
    await context.close();
});

test("without JavaScript one comes in, and keyword and questionnaire count", async () => {
    const { page, path } = own.bare;
    await page.goto(`/lobby/${SESSION}`);
    await page.getByRole("link", { name: "参加する" }).click();
    assert.equal(new URL(page.url()).pathname, `${path}/join`, "the lobby leads to one's own application");
    await page.getByRole("button", { name: "参加する" }).click();
    const link = page.getByRole("link", { name: /会議を開く/ });
    assert.match(await link.getAttribute("href"), LINK);
    await page.locator("#keyword").fill("あさがお");
    await page.getByRole("button", { name: "キーワードを送る" }).click();
    assert.match(await main(page), /キーワードが違うようです/);
    await page.locator("#keyword").fill("ヒマワリ");
    await page.getByRole("button", { name: "キーワードを送る" }).click();
    assert.match(await main(page), /キーワードを確かめました/);
});

test("with JavaScript the page keeps the presence, and nothing on it is amiss", async () => {
    const { page } = own.full;
    const notes = listen(page, demo.url);
    await page.clock.install();
    await page.goto(`/lobby/${SESSION}`);
    const countdown = page.locator(".countdown:not([hidden])");
    await countdown.waitFor();
    assert.match(await countdown.innerText(), /^開始まで、あと\d+分\d+秒$/, "by the portal's clock: that of the browser is at another day");
    await clean(page);
    await page.getByRole("link", { name: "参加する" }).click();
    await clean(page);
    const beat = page.waitForRequest((request) => request.url().endsWith("/lobby/heartbeat"));
    await page.getByRole("button", { name: "参加する" }).click();
    await clean(page);
    assert.match(await page.locator("[data-beat-say]").innerText(), /参加を記録しています/);
    await page.clock.fastForward(MINUTE);
    const request = await beat;
    assert.equal((await request.response()).status(), 200);
    assert.equal((await request.allHeaders()).cookie, undefined, "the page itself says who");
    assert.deepEqual(notes, []);
});

test("another meeting shows on the page that is open", async () => {
    const context = await visitor(browser, demo, { width: 1280 });
    const page = await context.newPage();
    await signIn(page, "secretariat");
    await page.goto("/staff/programmes/R8");
    await page.locator("#executive tr", { hasText: "第3回" }).getByRole("link").first().click();
    const session = new URL(page.url()).pathname.split("/").slice(0, 4).join("/");
    await page.goto(`${session}/meeting`);
    await clean(page);
    await page.goto(`${session}/meeting/switch`);
    await clean(page);
    await page.locator("#link").fill("https://other.example.jp/room/mihon");
    await page.locator("main form .button.main").click();
    assert.match(await main(page), /参加先を切り替えました/);
    const link = own.full.page.locator("[data-door-link]");
    await own.full.page.clock.fastForward(MINUTE);
    await until(async () => (await link.getAttribute("href")).includes("other"), "no other meeting on the page that is open");
    assert.equal(await link.getAttribute("href"), "https://other.example.jp/room/mihon");
    assert.ok(await own.full.page.locator("[data-beat-changed]").isVisible());
    await context.close();
});

test("a screen is opened for colleagues", async () => {
    const { page, path } = own.full;
    await page.goto(`${path}/viewing`);
    await page.getByRole("button", { name: "集合視聴をはじめる" }).click();
    await clean(page);
    const code = await page.locator(".screen .token").innerText();
    const phone = await visitor(browser, demo, { width: 390, script: false });
    const colleague = await phone.newPage();
    await colleague.goto("/together");
    await colleague.locator("#code").fill(code.toLowerCase());
    await colleague.getByRole("button", { name: "次へ" }).click();
    for (const [name, value] of [["family", "例示"], ["given", "髙子"], ["family_kana", "レイジ"], ["given_kana", "タカコ"]]) {
        await colleague.locator(`#${name}`).fill(value);
    }
    await colleague.getByRole("button", { name: "加わる" }).click();
    assert.match(await main(colleague), /集合視聴に加わりました/);
    await page.reload();
    assert.match(await main(page), /例示 髙子/);
    await phone.close();
});

test("the device check says in words what it found", async () => {
    const { page } = own.full;
    await page.goto("/lobby/check");
    await page.getByRole("button", { name: "回線を確かめる" }).click();
    await page.locator('[data-say="net"]:not(:empty)').waitFor();
    assert.match(await page.locator('[data-say="browser"]').innerText(), /ブラウザー/);
    await clean(page);
});
