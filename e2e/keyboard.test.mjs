// The core tasks by keyboard alone: nothing here clicks, hovers or scrolls.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { follow, press, tabTo, type } from "./harness/keyboard.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { SAKIO } from "./harness/people.mjs";

let demo, browser;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

test("an application, a move, a cancellation and its undoing", async (t) => {
    const context = await visitor(browser, demo, { width: 1280 });
    const page = await context.newPage();

    await t.test("the skip link leads past the head of the page", async () => {
        await page.goto("/trainings/R8/admin");
        await page.keyboard.press("Tab");
        assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
        await page.keyboard.press("Enter");
        assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    });

    await t.test("apply", async () => {
        await follow(page, page.locator('#dates a[href="/apply/R8/admin/5"]'), "第5回に申し込む");
        for (const name of ["family", "given", "family_kana", "given_kana", "email", "place"]) await type(page, name, SAKIO[name]);
        for (const name of ["kind", "prefecture"]) {
            const list = page.locator(`[name="${name}"]`);
            await tabTo(page, list);
            await page.keyboard.press("ArrowDown");
            assert.notEqual(await list.inputValue(), "");
        }
        await press(page, page.locator('[name="consent"]'), "Space");
        assert.equal(await page.locator('[name="consent"]').isChecked(), true);
        await follow(page, page.locator("main form .button.main"), "内容を確かめてください");
        await follow(page, page.locator("main form .button.main").first(), "申し込みを受け付けました");
    });

    await t.test("move", async () => {
        await follow(page, page.getByRole("link", { name: "別の日程に変更する" }).first(), "別の日程に変更する");
        await tabTo(page, page.getByRole("radio").first());
        await page.keyboard.press("Space");
        await page.keyboard.press("ArrowDown");
        assert.equal(await page.getByRole("radio").nth(1).isChecked(), true, "the arrows go from choice to choice");
        await follow(page, page.locator("main form .button.main"), "日程を変更しました");
    });

    await t.test("cancel, and undo", async () => {
        await follow(page, page.getByRole("link", { name: "申し込みを取り消す" }), "申し込みを取り消す");
        await follow(page, page.locator("main form .button.main"), "申し込みを取り消しました");
        await follow(page, page.getByRole("button", { name: "取り消しを元に戻す" }), "取り消しを元に戻しました");
    });
    await context.close();
});

test("a form with mistakes puts the focus on their summary", async () => {
    const context = await visitor(browser, demo, { width: 1280 });
    const page = await context.newPage();
    await page.goto("/apply/R8/admin/5");
    await press(page, page.locator("main form .button.main"));
    await page.locator(".summary").waitFor();
    assert.match(await page.evaluate(() => document.activeElement.className), /summary/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.ok(["name", "family"].includes(await page.evaluate(() => document.activeElement.id)), "and leads to the first of them");
    await context.close();
});

test("the secretariat moves somebody", async () => {
    const context = await visitor(browser, demo, { width: 1280 });
    const page = await context.newPage();
    await page.goto("/demo/sign-in/secretariat");
    await follow(page, page.locator("main form .button.main"), "事務局ホーム");
    await follow(page, page.getByRole("link", { name: "年度ごとの研修" }), "令和8年度の研修");
    const row = page.locator("#admin tr", { hasText: "第5回" });
    await follow(page, row.getByRole("link", { name: /^申込者/ }), "申込者");

    // The keys of the list: to the search, down a row, choose it.
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "fq");
    // In a field they would be letters, so on to the button behind it.
    await tabTo(page, page.locator("#sieve button"));
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    assert.match(await page.locator("[data-count]").innerText(), /1名を選択中/);
    await page.keyboard.press("?");
    assert.equal(await page.locator("dialog#keys").isVisible(), true);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("dialog#keys").isVisible(), false);

    const chosen = await page.locator("tr:has(:checked) .who b").innerText();
    await page.keyboard.press("Shift+Tab");
    await follow(page, page.locator('.bulk button[value="move"]'), "別の日程に変更する");
    assert.ok((await page.locator("main").innerText()).includes(chosen));
    await tabTo(page, page.getByRole("radio").first());
    await page.keyboard.press("Space");
    await follow(page, page.locator("main form .button.main"), "日程変更の結果");
    assert.ok((await page.locator("main").innerText()).includes(chosen));
    await context.close();
});

test("the menu of a phone opens and closes", async () => {
    const context = await visitor(browser, demo, { width: 390, script: false });
    const page = await context.newPage();
    await page.goto("/");
    const menu = page.locator("details.menu-small");
    await press(page, menu.locator("summary"));
    assert.equal(await menu.evaluate((element) => element.open), true);
    await press(page, menu.getByRole("link", { name: "よくある質問" }));
    await page.getByRole("heading", { level: 1, name: "よくある質問" }).waitFor();
    await context.close();
});
