// Passkeys, with an authenticator that Chromium plays itself.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { deviceOf } from "./harness/device.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { lettersTo, read } from "./harness/people.mjs";

// She has applied before, so that her address is known.
const TAKAKO = "takako@example.jp";
const QUESTION = "**/passkey/question";
const LINK = "/sign-in/link/";

let demo, browser, context, page, device, link;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    context = await visitor(browser, demo, { width: 1280 });
    page = await context.newPage();
    device = await deviceOf(context, page);
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

const path = () => new URL(page.url()).pathname;
/** The link of the letter with which she signs in. */
async function mailedLink() {
    const [letter] = await lettersTo(context, TAKAKO, 1, "サインイン用のリンク");
    return (await read(context, letter)).links.find((address) => address.includes(LINK));
}

/** Presses a button of a ceremony, and waits until the portal has gone on. */
const withTouch = (button, arrived) =>
    device.withTouch(() => button.click(), () => page.waitForURL((url) => url.pathname === arrived));

test("she signs in by a link in a mail", async () => {
    await page.goto("/my");
    assert.equal(path(), "/sign-in");
    await page.locator("#email").fill(TAKAKO);
    await page.getByRole("button", { name: "サインイン用のリンクをメールで受け取る" }).click();
    await page.getByText(TAKAKO).first().waitFor();
    link = await mailedLink();
    await page.goto(link);
    await page.getByRole("button", { name: "サインインする" }).click();
    assert.equal(path(), "/my");
});

test("the link works once", async () => {
    const other = await visitor(browser, demo);
    const again = await other.newPage();
    await again.goto(link);
    assert.equal(await again.getByRole("button", { name: "サインインする", exact: true }).count(), 0);
    await other.close();
});

test("she adds a passkey", async () => {
    await page.goto("/my/security");
    await page.locator("#name").fill("見本の端末");
    await device.touch(true);
    await page.getByRole("button", { name: "パスキーを追加する" }).click();
    await page.getByRole("heading", { name: "見本の端末" }).waitFor();
    await device.touch(false);
    assert.equal((await device.passkeys()).length, 1);
    assert.equal((await lettersTo(context, TAKAKO, 1, "サインインの方法が変わりました")).length, 1, "a mail tells of the new way to sign in");
});

test("she signs out, and in again with the passkey", async () => {
    await page.getByRole("button", { name: "サインアウトする" }).click();
    const suggested = page.waitForResponse(QUESTION);
    await page.goto("/my");
    await suggested;
    assert.equal(path(), "/sign-in");
    await withTouch(page.getByRole("button", { name: "パスキーでサインインする" }), "/my");
    await page.goto("/my/security");
    assert.match(await page.locator("main").innerText(), new RegExp(`${TAKAKO} でサインインしています`));
});

test("an hour later, changing the ways to sign in asks for the passkey again", async () => {
    const clock = await context.newPage();
    await clock.goto("/demo/clock");
    // Closed before the answer, the page would take its request along.
    await Promise.all([clock.waitForEvent("load"), clock.getByRole("button", { name: "1時間" }).click()]);
    await clock.close();
    await page.goto("/my/security");
    assert.equal(await page.getByRole("button", { name: "パスキーを追加する" }).count(), 0);
    await page.getByRole("link", { name: "本人確認をする" }).click();
    assert.equal(path(), "/step-up");
    await withTouch(page.getByRole("button", { name: "パスキーで確認する" }), "/my/security");
    assert.equal(await page.getByRole("button", { name: "パスキーを追加する" }).count(), 1);
});

test("a touch that does not come is told, and nothing changes", async () => {
    await device.verifies(false);
    await page.goto("/step-up?next=/my");
    await device.touch(true);
    await page.getByRole("button", { name: "パスキーで確認する" }).click();
    await page.getByText("パスキーは使われませんでした").waitFor();
    await device.touch(false);
    assert.equal(path(), "/step-up");
});
