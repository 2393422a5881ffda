// Slides of others become a lesson: sent, looked at, taken over, described, asked for, approved and published by somebody else, learned.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { isFine, listen } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { signIn } from "./harness/people.mjs";

const SAMPLES = path.join(import.meta.dirname, "../crates/slides/tests/samples");
/** Where pictures of the way are laid, if somebody wants to look at them. */
const PICTURES = process.env.MIST_PICTURES;
const UNIT = "受け取るとき";

let demo, browser, context, page, notes, other, review, version;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    context = await visitor(browser, demo, { width: 1280 });
    page = await context.newPage();
    notes = listen(page, demo.url);
    other = await visitor(browser, demo, { width: 1280 });
    review = await other.newPage();
    if (PICTURES) await mkdir(PICTURES, { recursive: true });
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

/** The page is as every page must be at both widths; a picture of each for whoever looks. */
async function isFineAs(name, of = page) {
    for (const width of [390, 1280]) {
        await of.setViewportSize({ width, height: 900 });
        await isFine(of, `${of.url()} at ${width}`);
        if (PICTURES) await of.screenshot({ path: path.join(PICTURES, `${name}-${width}.png`), fullPage: true });
    }
}

test("a course begins with a title, an audience and an address", async () => {
    await signIn(page, "secretariat");
    await page.goto("/staff/courses/new");
    await page.getByLabel("題名", { exact: false }).first().fill("院内への持ち込み");
    await page.locator("#slug").fill("bring-in");
    await page.locator('[name="audience"][value="beginner"]').check();
    await isFineAs("new");
    await page.getByRole("button", { name: "下書きを作る" }).click();
    await page.waitForURL(/\/staff\/courses\/bring-in\/versions\/[0-9a-f-]+$/);
    version = new URL(page.url()).pathname;
});

test("a unit is added", async () => {
    await page.getByText("単元を加える・並べ替える・消す").click();
    await page.locator("#title_ja").fill(UNIT);
    await page.locator("#unit").fill("receiving");
    await page.getByRole("button", { name: "最後に加える" }).click();
    await page.getByRole("rowheader", { name: UNIT }).waitFor();
    await isFineAs("version");
});

test("a file that is none is refused in a sentence", async () => {
    await page.getByRole("link", { name: "スライドを取り込む" }).click();
    const file = { name: "資料.pptx", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") };
    await page.locator("#file").setInputFiles(file);
    await page.getByRole("button", { name: "内容を確かめる" }).click();
    await page.locator("#file-error").waitFor();
    assert.match(await page.locator("#file-error").innerText(), /「資料\.pptx」を取り込みませんでした。名前と中身が合いません/);
    await isFineAs("refused");
});

test("slides are looked at before they come in", async () => {
    await page.locator("#file").setInputFiles(path.join(SAMPLES, "training.pptx"));
    await page.getByRole("button", { name: "内容を確かめる" }).click();
    await page.getByRole("heading", { level: 1, name: "取り込む内容の確認" }).waitFor();
    await page.getByText("6枚目は、非表示のスライドのため入りません").waitFor();
    const drawn = await page.locator(".thumbs img").evaluateAll((images) =>
        Promise.all(images.map(async (image) => ((image.loading = "eager"), await image.decode(), image.naturalWidth))),
    );
    assert.deepEqual(drawn, [640, 360]);
    await isFineAs("preview");
    await page.locator("#unit").selectOption("receiving");
    await page.locator("#first").fill("2");
    await page.locator("#last").fill("4");
    await page.getByRole("button", { name: "この内容を取り込む" }).click();
    await page.getByText("スライドを3枚取り込みました").waitFor();
});

test("what pictures tell is asked for", async () => {
    await page.getByRole("link", { name: /絵の代替テキストを書く（残り1枚）/ }).click();
    await page.getByText("まだ書かれていない絵が1枚あります").waitFor();
    await isFineAs("pictures");
    const missing = page.locator(".depicted li", { hasText: "まだ書かれていません" });
    await missing.locator("textarea").fill("受付の机に置かれた丸い判子の写真。");
    await page.getByRole("button", { name: "保存" }).first().click();
    await page.getByText("すべての絵に書かれています").waitFor();
    await page.goto(version);
});

test("the slide that was only a beginning is taken away with its unit", async () => {
    await page.getByText("単元を加える・並べ替える・消す").click();
    const first = page.locator("ol.arranged > li", { hasText: "最初の単元" }).last();
    await first.locator("summary").click();
    await first.getByRole("button", { name: "この単元を消す" }).click();
    await page.getByText("下書きを保存しました").waitFor();
    const slides = page.locator("td ol.arranged > li");
    assert.equal(await slides.count(), 4);
});

test("slides are moved and taken away", async () => {
    await page.locator("td summary", { hasText: "並べ替える・消す" }).click();
    const begun = page.locator("td ol.arranged > li", { hasText: UNIT });
    await begun.locator("summary").click();
    await begun.getByRole("button", { name: "このスライドを消す" }).click();
    await page.getByText("下書きを保存しました").waitFor();
    assert.equal(await page.locator("td ol.arranged > li").count(), 3);
});

/** Writes a question with three choices and a fourth one that is asked for. */
async function asks(text) {
    await page.goto(`${version}/questions/new?kind=one&unit=receiving`);
    await page.locator("#text_ja").fill(text);
    for (const [n, words] of ["断って、担当者に電話する", "受け取って、つないでみる", "机の引き出しに入れる"].entries()) {
        await page.locator(`#a${n + 1}_ja`).fill(words);
        await page.locator(`#c${n + 1}_ja`).fill("理由の説明です。");
    }
    await page.locator('[name="right1"]').check();
    await page.getByRole("button", { name: "選択肢を追加" }).click();
    await page.locator("#a4_ja").waitFor();
    assert.equal(await page.locator("#a2_ja").inputValue(), "受け取って、つないでみる");
    await page.locator("#a4_ja").fill("だれかに渡す");
    await page.locator("#c4_ja").fill("理由の説明です。");
    await page.locator("#pool").selectOption("receiving");
    await page.locator("#slide").selectOption({ label: "受付の机" });
}

test("questions are written, and the form is short", async () => {
    for (const text of ["見知らぬ方がUSBメモリーを持ってきました。どうしますか。", "封筒に差出人の名前がありません。どうしますか。"]) {
        await asks(text);
        await isFineAs("question");
        await page.setViewportSize({ width: 390, height: 900 });
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        assert.ok(height < 5_000, `${height} px on a phone`);
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.getByRole("button", { name: "保存", exact: false }).last().click();
        await page.getByText("下書きを保存しました").waitFor();
    }
    await page.goto(`${version}/course`);
    await page.locator("#summary_ja").fill("受付の方のためのコースです。受けると、持ち込みを断れるようになります。");
    await page.locator("#receiving_test").fill("1");
    await page.locator("#receiving_out").fill("1");
    await page.getByRole("button", { name: "保存", exact: false }).last().click();
    await page.getByText("下書きを保存しました").waitFor();
    assert.equal(await page.getByText("直すところがあります").count(), 0);
});

test("it is asked for, and approved and published by somebody else", async () => {
    await page.getByRole("button", { name: "確認を依頼" }).click();
    await page.getByText("ご自身が書いた版です").waitFor();
    await signIn(review, "colleague");
    await review.goto(version);
    await review.getByRole("button", { name: "承認する" }).click();
    await review.getByText("承認しました").waitFor();
    await isFineAs("approved", review);
    await review.locator(`a[href$="/publications"]`).click();
    await review.locator('[name="effect"][value="next_year"]').check();
    await isFineAs("publish", review);
    await review.locator("main form .button.main").click();
    await review.getByText("公開しました").waitFor();
});

test("a learner sees the slide", async () => {
    const learner = await visitor(browser, demo);
    const phone = await learner.newPage();
    const heard = listen(phone, demo.url);
    await phone.goto("/courses/bring-in");
    await phone.getByRole("link", { name: UNIT }).click();
    while ((await phone.getByRole("heading", { level: 1 }).innerText()) !== "受付の机") await phone.locator("[data-next]").click();
    const pictures = phone.locator(".photo img");
    assert.deepEqual(await pictures.evaluateAll((all) => all.map((one) => one.alt)), [
        "差出人の名前がない封筒と、丸い判子の絵",
        "受付の机に置かれた丸い判子の写真。",
    ]);
    assert.deepEqual(await pictures.evaluateAll((all) => all.map((one) => one.naturalWidth)), [640, 360]);
    await isFineAs("slide", phone);
    await phone.setViewportSize({ width: 390, height: 900 });
    await phone.goto("/");
    await phone.locator("details.menu-small summary").first().click();
    await phone.getByRole("link", { name: "院内研修の教材" }).first().click();
    await phone.getByRole("heading", { level: 1, name: "院内研修の教材" }).waitFor();
    await isFineAs("kits", phone);
    assert.deepEqual([...notes, ...heard], []);
    await learner.close();
});
