// What those who sign in do by keyboard alone: a passkey, a notice from the draft to the public page, a colleague's way back.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { deviceOf } from "./harness/device.mjs";
import { follow, press, tabTo, type } from "./harness/keyboard.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { lettersTo, read } from "./harness/people.mjs";

const TAKAKO = "takako@example.jp";
const NOTICE = "キーボードだけで書いたお知らせ";

let demo, browser;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

const path = (page) => new URL(page.url()).pathname;
const arrives = (page, at) => page.waitForURL((url) => url.pathname === at);

/** Signs in by the demo's button of a role. */
async function signInAs(page, role, title) {
    await page.goto(`/demo/sign-in/${role}`);
    await follow(page, page.locator("main form .button.main"), title);
}

test("a link in a mail, a passkey, and signing in with it", async (t) => {
    const context = await visitor(browser, demo, { width: 1280 });
    const page = await context.newPage();
    const device = await deviceOf(context, page);

    await t.test("by the link", async () => {
        await page.goto("/sign-in?next=/my/security");
        await type(page, "email", TAKAKO);
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { level: 1, name: "メールをご確認ください" }).waitFor();
        const [letter] = await lettersTo(context, TAKAKO, 1, "サインイン用のリンク");
        await page.goto((await read(context, letter)).links.find((address) => address.includes("/sign-in/link/")));
        await follow(page, page.getByRole("button", { name: "サインインする", exact: true }), "サインインとセキュリティ");
    });

    await t.test("a passkey is made", async () => {
        const add = page.getByRole("button", { name: "パスキーを追加する" });
        await tabTo(page, add);
        await device.withTouch(() => page.keyboard.press("Enter"), () => page.getByText("パスキーを追加しました").waitFor(), "**/passkeys/question");
        assert.equal((await device.passkeys()).length, 1);
    });

    await t.test("signed out, and in again by the passkey", async () => {
        await press(page, page.getByRole("button", { name: "サインアウトする" }));
        await arrives(page, "/");
        const suggested = page.waitForResponse("**/passkey/question");
        await page.goto("/sign-in?next=/my/security");
        await suggested;
        await tabTo(page, page.getByRole("button", { name: "パスキーでサインインする" }));
        await device.withTouch(() => page.keyboard.press("Enter"), () => arrives(page, "/my/security"));
        assert.match(await page.locator("main").innerText(), new RegExp(`${TAKAKO} でサインインしています`));
    });
    await context.close();
});

test("a notice goes from the draft to the public page", async (t) => {
    const office = await visitor(browser, demo, { width: 1280 });
    const ministry = await visitor(browser, demo, { width: 1280 });
    const page = await office.newPage();
    const review = await ministry.newPage();

    await t.test("written and looked at", async () => {
        await signInAs(page, "secretariat", "事務局ホーム");
        await follow(page, page.getByRole("link", { name: "お知らせ", exact: true }).last(), "お知らせ");
        await press(page, page.getByRole("link", { name: "お知らせを書く" }));
        await page.locator("#title_ja").waitFor();
        await type(page, "title_ja", NOTICE);
        await type(page, "body_ja", "## 見出し\n\nこれは見本です。\n");
        await press(page, page.getByRole("button", { name: "見え方を確かめる" }));
        await page.locator(".prose h2, .prose h3").first().waitFor();
        await follow(page, page.getByRole("button", { name: "下書きとして保存する" }), NOTICE);
        assert.match(await page.locator("main").innerText(), /下書き/);
    });

    await t.test("handed over", async () => {
        await press(page, page.getByRole("button", { name: "確認を依頼する" }));
        await page.getByText("確認を依頼しました").waitFor();
    });

    await t.test("approved by the ministry", async () => {
        await signInAs(review, "ministry", "業務ホーム");
        await review.goto(path(page));
        await press(review, review.getByRole("button", { name: "承認する" }));
        await review.getByText("承認しました").first().waitFor();
    });

    await t.test("made public", async () => {
        await page.reload();
        await follow(page, page.getByRole("link", { name: "公開の手続きへ進む" }), "公開の確認");
        await press(page, page.getByRole("button", { name: "公開する" }));
        await page.getByText("公開しました").first().waitFor();
        await review.goto("/notices");
        await follow(review, review.getByRole("link", { name: NOTICE }), NOTICE);
    });
    await office.close();
    await ministry.close();
});

test("a colleague's way back is confirmed, a day later the link comes, and a new passkey is made", async (t) => {
    const clerk = "jimu2@example.jp";
    const context = await visitor(browser, demo, { width: 1280 });
    const page = await context.newPage();

    await t.test("the colleague confirms", async () => {
        await signInAs(page, "institution_admin", "マイページ");
        await follow(page, page.getByRole("link", { name: "依頼を確かめる" }), "サインインの方法の作り直し");
        await follow(page, page.getByRole("link", { name: clerk }), "作り直しの承認");
        await type(page, "reason", "内線で話して確かめた");
        await follow(page, page.getByRole("button", { name: "ご本人と確かめたので承認する" }), "サインインの方法の作り直し");
        assert.match(await page.locator("body").innerText(), /24時間たつと、リンクをメールで送ります/);
    });

    await t.test("a day goes by", async () => {
        await page.goto("/demo/clock");
        await press(page, page.getByRole("button", { name: "1日" }));
        await page.waitForLoadState();
    });

    await t.test("the link leads to a new passkey", async () => {
        const other = await visitor(browser, demo, { width: 390 });
        const phone = await other.newPage();
        const device = await deviceOf(other, phone);
        const [letter] = await lettersTo(other, clerk, 1, "新しいサインインの方法の登録");
        await phone.goto((await read(other, letter)).links.find((address) => address.includes("/recovery/link/")));
        await press(phone, phone.getByRole("button", { name: "登録に進む" }));
        await arrives(phone, "/recovery/renewal");
        await tabTo(phone, phone.getByRole("button", { name: "新しいパスキーを登録する" }));
        await device.withTouch(() => phone.keyboard.press("Enter"), () => arrives(phone, "/my/security"), "**/renewal/question");
        assert.match(await phone.locator("body").innerText(), /新しいサインインの方法を登録しました/);
        assert.equal((await device.passkeys()).length, 1);
        await other.close();
    });
    await context.close();
});
