// A day of the secretariat, at a desk, with JavaScript.

import assert from "node:assert/strict";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { SAKIO, fillIn, lettersTo, read, signIn } from "./harness/people.mjs";

const NOTICE = "見本の臨時のお知らせ";

let demo, browser, context, page, ministry, review, session, applicant;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    context = await visitor(browser, demo, { width: 1280 });
    page = await context.newPage();
    ministry = await visitor(browser, demo, { width: 1280 });
    review = await ministry.newPage();
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

const heading = (of = page) => of.getByRole("heading", { level: 1 }).innerText();
const address = () => new URL(page.url());
const rows = () => page.locator("form[data-list] tbody tr");

test("the home says what waits", async () => {
    await signIn(page, "secretariat");
    assert.equal(await heading(), "事務局ホーム");
    const waits = page.locator(".waits li");
    assert.ok((await waits.count()) >= 3, "what is overdue, closes soon, and waits");
    assert.match(await waits.first().innerText(), /日にちが決まっていない回/);
});

test("a page of one's own leads back to the home", async () => {
    // The pages for everybody are kept, and the same for everybody.
    await page.goto("/my");
    await page.locator("nav.menu").getByRole("link", { name: "事務局ホーム" }).click();
    assert.equal(await heading(), "事務局ホーム");
    assert.equal(await page.locator("nav.menu [aria-current='page']").innerText(), "事務局ホーム");
});

test("from the year to a session and to its applicants", async () => {
    await page.getByRole("link", { name: "年度ごとの研修" }).click();
    assert.equal(await heading(), "令和8年度の研修");
    await page.locator("#admin tr", { hasText: "第5回" }).getByRole("link", { name: "第5回", exact: true }).click();
    session = address().pathname;
    assert.match(session, /^\/staff\/sessions\/[0-9a-f-]+$/);
    await page.getByRole("link", { name: "申込者", exact: true }).click();
    assert.equal(await heading(), "申込者");
    assert.ok((await rows().count()) > 3);
});

test("search and filters stay in the address, and go one by one", async () => {
    const all = await rows().count();
    await page.locator("#fs").selectOption({ label: "確定" });
    await page.locator("#fk").selectOption("pharmacy");
    await page.locator("#fq").fill("薬局");
    await page.locator("#sieve button").click();
    assert.equal(address().searchParams.get("q"), "薬局");
    assert.equal(address().searchParams.get("kind"), "pharmacy");
    const fewer = await rows().count();
    assert.ok(fewer > 0 && fewer < all);
    await page.reload();
    assert.equal(await rows().count(), fewer, "the address alone shows the same");
    for (const chips of [2, 1, 0]) {
        await page.locator(".active-filters a").first().click();
        assert.equal(await page.locator(".active-filters a").count(), chips);
    }
    assert.equal(await rows().count(), all);
});

test("several are chosen with Shift, and the count follows", async () => {
    const boxes = page.locator("tbody input[type=checkbox]");
    await boxes.nth(0).click();
    await boxes.nth(2).click({ modifiers: ["Shift"] });
    assert.equal(await page.locator("tbody input:checked").count(), 3);
    assert.match(await page.locator("[data-count]").innerText(), /3名を選択中/);
    for (const box of [0, 1, 2]) await boxes.nth(box).uncheck();
    assert.equal(await page.getByRole("button", { name: "別の日程に変更する" }).isDisabled(), true);
});

test("a person's page says who, in what state, and what was mailed", async () => {
    await rows().last().locator(".who a").click();
    assert.match(await heading(), /様の申し込み$/);
    applicant = address().pathname;
    const facts = await page.locator("main .facts-list").innerText();
    assert.match(facts, /R8-A5-\d{4}/);
    assert.match(facts, /@example\.jp/);
    assert.match(await page.locator("aside").innerText(), /申し込みの受付/);
});

test("one is moved, and gets a mail", async () => {
    const email = (await page.locator('main a[href^="mailto:"]').innerText()).trim();
    await page.getByRole("link", { name: "別の日程に変更する" }).click();
    assert.match(await page.locator("main").innerText(), /次の1名の日程を変更します/);
    await page.getByRole("radio", { name: /第6回/ }).check();
    await page.getByRole("button", { name: "1名の日程を変更する" }).click();
    assert.equal(await heading(), "日程変更の結果");
    const letters = await lettersTo(context, email, 1, "【日程変更】");
    assert.equal(letters.length, 1);
    assert.match((await read(context, letters[0])).text, /12月10日/);
    await page.goto(applicant);
    assert.match(await page.locator("main").innerText(), /管理者向け 第6回/);
    assert.match(await page.locator(".audit").innerText(), /日程の変更/);
});

test("one is cancelled with a reason, and brought back", async () => {
    const email = (await page.locator('main a[href^="mailto:"]').innerText()).trim();
    await page.getByRole("link", { name: "取り消す", exact: true }).click();
    await page.getByRole("radio", { name: "電話での申し出" }).check();
    await page.getByRole("button", { name: "1名の申し込みを取り消す" }).click();
    assert.equal(await heading(), "取り消しの結果");
    await page.getByRole("button", { name: /取り消しを元に戻す/ }).click();
    assert.equal(await heading(), "取り消しを元に戻した結果");
    for (const about of ["【取り消し】", "【取り消しを戻しました】"]) assert.equal((await lettersTo(context, email, 1, about)).length, 1);
    await page.goto(applicant);
    assert.match(await page.locator("main .facts-list").innerText(), /確定/);
});

test("an application by telephone is entered for somebody", async () => {
    await page.goto(`${session}/applicants`);
    const before = await rows().count();
    await page.getByRole("link", { name: "電話の申し込みを登録" }).click();
    await fillIn(page, SAKIO);
    await page.getByRole("button", { name: "入力した内容を確かめる" }).click();
    await page.getByRole("button", { name: "この内容で申し込む" }).click();
    await page.goto(`${session}/applicants`);
    assert.equal(await rows().count(), before + 1);
    const row = rows().filter({ hasText: "試験 﨑男" }).filter({ hasText: "例示クリニック" });
    assert.match(await row.innerText(), /電話で受付（代理登録）/);
    assert.equal((await lettersTo(context, SAKIO.email, 1)).length, 1);
});

test("what is shown can be taken along as a file", async () => {
    await page.locator("aside a.button", { hasText: "書き出" }).click();
    assert.equal(await heading(), "書き出し");
    await page.getByRole("radio", { name: /CSV（UTF-8）/ }).check();
    const downloaded = page.waitForEvent("download");
    await page.getByRole("button", { name: "ファイルを書き出す" }).click();
    const file = await downloaded;
    const chunks = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    assert.match(file.suggestedFilename(), /\.csv$/);
    assert.ok(text.startsWith("\uFEFF"), "with the mark that spreadsheets need");
    assert.match(text, /試験 ?﨑男|試験.*﨑男/);
});

test("the log of mails shows what did not arrive", async () => {
    await page.goto("/staff/delivery");
    assert.equal(await heading(), "配信記録");
    await page.getByRole("link", { name: "届かなかったもの" }).click();
    assert.match(await page.locator("main").innerText(), /届きませんでした/);
});

test("a notice is written, looked at and handed over", async () => {
    await page.goto("/staff/notices");
    await page.getByRole("link", { name: "お知らせを書く" }).click();
    await page.locator("#title_ja").fill(NOTICE);
    await page.locator("#body_ja").fill("## 見出し\n\nこれは見本です。\n\n- ひとつめ\n- ふたつめ\n");
    await page.getByRole("button", { name: "見え方を確かめる" }).click();
    assert.equal(await page.locator(".prose li").count(), 2);
    await page.getByRole("button", { name: "下書きとして保存する" }).click();
    assert.match(await page.locator("main").innerText(), /下書き/);
    await page.getByRole("button", { name: "確認を依頼する" }).click();
    assert.match(await page.locator("main").innerText(), /確認を依頼しました/);
    assert.equal(await page.getByRole("button", { name: "承認する" }).count(), 0, "nobody approves what they wrote");
});

test("the ministry approves, and only then it goes public", async () => {
    const visitors = await visitor(browser, demo);
    assert.ok(!(await (await visitors.request.get("/notices")).text()).includes(NOTICE));
    await signIn(review, "ministry");
    await review.goto(address().href);
    assert.equal(await heading(review), NOTICE);
    await review.getByRole("button", { name: "承認する" }).click();
    assert.match(await review.locator("main").innerText(), /承認しました/);
    assert.ok(!(await (await visitors.request.get("/notices")).text()).includes(NOTICE));
    await page.reload();
    await page.getByRole("link", { name: "公開の手続きへ進む" }).click();
    assert.equal(await heading(), "公開の確認");
    await page.getByRole("button", { name: "公開する" }).click();
    assert.match(await page.locator("main").innerText(), /公開しました/);
    const reader = await visitors.newPage();
    await reader.goto("/notices");
    await reader.getByRole("link", { name: NOTICE }).click();
    assert.equal(await reader.getByRole("heading", { level: 1 }).innerText(), NOTICE);
    assert.match(address().pathname, /^\/staff\/notices\//);
});
