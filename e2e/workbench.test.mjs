// The beginning of a year: on an installation that has the printed years only, R5 is copied to R8, two dates are corrected, a
// window is opened, the ministry approves, and the public pages show it. Without JavaScript.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { signIn } from "./harness/people.mjs";

let demo, browser, page, review, plan;

before(async () => {
    demo = await startDemo({ now: "2023-06-10T09:00+09:00" });
    browser = await openBrowser();
    page = await (await visitor(browser, demo, { width: 1280, script: false })).newPage();
    review = await (await visitor(browser, demo, { width: 1280, script: false })).newPage();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

const heading = (of = page) => of.getByRole("heading", { level: 1 }).innerText();

test("a year is copied as a draft that nobody else sees", async () => {
    await signIn(page, "secretariat");
    await page.goto("/staff/plans/new?year=R5");
    assert.equal(await page.locator("#from").inputValue(), "R5");
    await page.locator("#to").selectOption("R8");
    await page.getByRole("button", { name: "複製の計画を作る" }).click();
    assert.equal(await heading(), "令和5年度から令和8年度の研修を作る");
    plan = new URL(page.url()).pathname;
    assert.equal((await page.request.get(`${demo.url}/trainings/R8`)).status(), 404);
});

test("two dates are corrected and a window is opened", async () => {
    const correct = async (session, day, opens) => {
        await page.locator(`#executive tr:has(th:text-is("${session}")) td.act a`).click();
        await page.locator("#day").fill(day);
        if (opens) {
            await page.locator("#closes_day").fill("2026/12/10");
            await page.locator("#opens_day").fill(opens);
            await page.locator("#opens_time").fill("9:00");
        }
        await page.getByRole("button", { name: "下書きとして保存する" }).click();
        assert.equal(new URL(page.url()).pathname, plan);
    };
    await correct("第3回", "2026/12/16", "2023/6/10");
    await correct("第4回", "2027/1/20");
    const text = await page.locator("#executive").innerText();
    assert.match(text, /2026年12月16日（水）17:00～18:00/);
    assert.match(text, /2027年1月20日（水）/);
    assert.match(await page.locator("aside").innerText(), /受付が、すぐに始まります/);
});

test("whoever wrote it cannot approve it, the ministry can", async () => {
    await page.getByRole("button", { name: "確認を依頼する" }).click();
    assert.match(await page.locator("aside").innerText(), /ほかの担当者が内容を確かめて承認します/);
    assert.equal(await page.getByRole("button", { name: "承認する", exact: true }).count(), 0);
    await signIn(review, "ministry");
    await review.goto(plan);
    await review.getByRole("button", { name: "承認する", exact: true }).click();
    assert.match(await review.locator("main").innerText(), /承認済み/);
});

test("published, it is what the plan said, and can be applied for", async () => {
    await page.goto(plan);
    await page.getByRole("link", { name: "公開の手続きへ進む" }).click();
    await page.getByRole("button", { name: "公開する", exact: true }).click();
    assert.match(await page.locator("main").innerText(), /公開済み/);
    await page.goto("/trainings/R8/executive");
    const days = await page.locator("#dates td.when time").evaluateAll((all) => all.map((one) => one.dateTime.slice(0, 10)));
    assert.deepEqual(days, ["2026-10-13", "2026-11-17", "2026-12-16", "2027-01-20", "2027-02-09"]);
    await page.goto("/apply/R8/executive/3");
    assert.equal(await page.locator("#family").count(), 1);
});

test("the rehearsal shows the form in its frame, and its buttons do nothing", async () => {
    await page.goto("/staff/programmes/R8");
    await page.locator("#executive").getByRole("link", { name: "第3回", exact: true }).click();
    await page.getByRole("link", { name: "申込者の画面とメールを下見する" }).click();
    const inside = page.frameLocator("iframe.seen");
    await inside.locator("#family").waitFor();
    await inside.getByRole("button", { name: "入力した内容を確かめる" }).click();
    await page.waitForTimeout(300);
    assert.equal(await inside.locator("#family").count(), 1, "it is still the form");
});
