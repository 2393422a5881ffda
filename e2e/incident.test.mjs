// Three in the morning: somebody on a phone who has never heard of the desk, without JavaScript and with it, and with the network
// cut after the first page. A picture of each step goes to pictures/incident.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, overflow } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { until } from "./harness/patience.mjs";

const PICTURES = path.join(import.meta.dirname, "pictures/incident");
const NOTE = Buffer.from("YOUR FILES ARE LOCKED. 見本の脅迫文です。\n".repeat(4_000), "utf8");

let demo, browser;
let step = 0;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    await mkdir(PICTURES, { recursive: true });
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

const heading = (page) => page.getByRole("heading", { level: 1 }).innerText();

/** Keeps a picture; with JavaScript, axe looks at the page as well. */
async function picture(page, name, { script = true } = {}) {
    step += 1;
    await page.screenshot({ path: path.join(PICTURES, `${String(step).padStart(2, "0")}-${name}.png`), fullPage: true });
    if (!script) return;
    assert.deepEqual(await findings(page), [], name);
    assert.deepEqual(await overflow(page), [], name);
}

/** From the first page to the first question. */
async function begins(page) {
    await page.goto("/incident");
    await page.locator('a[href*="/incident/report?door=request"]').first().click();
    await page.locator("a.answer", { hasText: "職員の方" }).click();
    assert.equal(await heading(page), "いま、診療に影響がありますか");
}

const answers = (page, words) => page.locator("button.answer", { hasText: words }).click();

/** The number and the six words on the slip. */
async function slip(page) {
    const number = await page.locator(".return-slip .case-number").innerText();
    const words = await page.locator(".return-words b").allInnerTexts();
    assert.match(number, /^\d{4}-\d{6}-\d$/);
    assert.equal(words.length, 6);
    return { number, words };
}

/** Types the two words that are asked for. */
async function retypes(page, { words }) {
    for (const n of [1, 2]) {
        const label = await page.locator(`label[for="word_${n}"]`).innerText();
        const at = "一二三四五六".indexOf(/[一二三四五六]/.exec(label)?.[0] ?? "");
        const counted = at >= 0 ? at : Number(/\d/.exec(label)?.[0]) - 1;
        await page.locator(`#word_${n}`).fill(words[counted]);
    }
    await page.getByRole("button", { name: "確かめて次へ" }).click();
}

for (const script of [false, true]) {
    const how = script ? "with JavaScript" : "without JavaScript";

    test(`report, code, return from another device, message and file, ${how}`, async () => {
        const context = await visitor(browser, demo, { width: 390, script });
        const page = await context.newPage();
        await page.goto("/incident");
        const text = await page.locator("main").innerText();
        assert.match(text, /患者さんの命に関わるときは、まず院内の救急対応・119番/);
        assert.equal((await context.cookies()).length, 0, "nothing is set by the first page");
        await picture(page, `first-page-${script}`, { script });
        await begins(page);
        await picture(page, `care-${script}`, { script });
        await answers(page, "救急・手術・重症");

        // The case exists; everything else may come later.
        assert.match(await page.locator(".kept").innerText(), /保存しました（受付 \d{4}-\d{6}-\d）/);
        await page.locator("#number").fill("000-0000-0000");
        await page.locator("#name").fill("見本");
        await page.locator("#institution").fill("みほん市立総合病院");
        await picture(page, `phone-${script}`, { script });
        await answers(page, "この番号にかけてください");
        assert.equal(await heading(page), "何が見えますか");
        await picture(page, `seen-${script}`, { script });
        await answers(page, "お金を求める文");
        await page.getByRole("link", { name: "選ばずに次へ" }).click();
        await answers(page, "サーバー、または多くの部署");
        await answers(page, "使えない");
        await answers(page, "取っていない");
        await answers(page, "お金を求めているだけ");

        assert.match(await page.locator("main").innerText(), /受け付けました/);
        await page.getByRole("button", { name: "番号と言葉を見る" }).click();
        const kept = await slip(page);
        await picture(page, `words-${script}`, { script });
        await page.getByRole("button", { name: "書き写しました" }).click();
        await retypes(page, kept);
        assert.equal(await heading(page), "いまの様子");
        await picture(page, `case-${script}`, { script });
        await context.close();

        // Another device, in the other kana, without gaps.
        const other = await visitor(browser, demo, { width: 390, script });
        const back = await other.newPage();
        await back.goto("/incident/back");
        await back.locator("#number").fill(kept.number.replaceAll("-", ""));
        await back.locator("#words").fill("あさひ あさひ あさひ あさひ あさひ あさひ");
        await back.getByRole("button", { name: "続きに戻る" }).click();
        assert.equal(await back.locator('[role="alert"], .error').count() > 0, true, "wrong words open nothing");
        const katakana = kept.words.map((word) => word.replace(/[ぁ-ん]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60)));
        await back.locator("#number").fill(kept.number);
        await back.locator("#words").fill(katakana.join("　"));
        await back.getByRole("button", { name: "続きに戻る" }).click();
        assert.equal(await heading(back), "いまの様子");

        await back.locator("#message").fill("サーバー室の線を抜きました。\n電源は入れたままです。");
        await back.locator('form[action$="/messages"] button').click();
        assert.match(await back.locator(".talk").innerText(), /サーバー室の線を抜きました/);
        await back.locator("#file").setInputFiles({ name: "脅迫文.txt", mimeType: "text/plain", buffer: NOTE });
        await back.locator('form[action$="/files"] button').click();
        await back.locator(".arrived", { hasText: "脅迫文.txt" }).waitFor();
        const arrived = await back.locator(".arrived").innerText();
        assert.ok(arrived.includes(createHash("sha256").update(NOTE).digest("hex")), arrived);
        await picture(back, `returned-${script}`, { script });
        await back.locator('form[action$="/back/end"] button').click();
        await back.goto("/incident/case");
        assert.equal(await back.getByText("サーバー室の線を抜きました").count(), 0, "whoever ends the visit has left nothing behind");
        await other.close();
    });
}

test("with the network cut after the first page the steps stay, and the report is kept and sent later", async () => {
    const context = await visitor(browser, demo, { width: 390 });
    const page = await context.newPage();
    await page.goto("/incident");
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await begins(page);
    await context.setOffline(true);

    await answers(page, "救急・手術・重症");
    await page.locator("[data-whole]").waitFor();
    assert.equal(await page.locator('input[name="care"][value="emergency"]').isChecked(), true, "what was pressed is kept");
    await picture(page, "network-cut");
    await page.locator("#number").fill("000-0000-0000");
    await page.locator('input[name="seen"][value="ransom"]').check();
    await page.getByRole("button", { name: "答えを送る" }).click();
    await page.locator("[data-whole-say]", { hasText: "まだ送れていません" }).waitFor();
    await picture(page, "waiting-for-network");

    const steps = await context.newPage();
    await steps.goto("/incident");
    assert.match(await steps.locator("main").innerText(), /電源は切らない/);
    await picture(steps, "offline-steps");
    await steps.close();

    await context.setOffline(false);
    await page.waitForURL(/\/incident\/report\/(received|code|seen|spread)/);
    assert.match(await page.locator("main").innerText(), /受け付けました|受け取りました/);
    await picture(page, "sent-after-all");
    await context.close();
});

/** Six pieces. */
const RECORD = Buffer.from("記録 見本の行です\n".repeat(220_000), "utf8");
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A page whose network lets so many pieces through and then no more, and how many arrived. */
async function narrow(page, most) {
    const line = { most, arrived: 0 };
    await page.route("**/uploads/pieces", (route) => {
        if (line.most === 0) return route.abort("internetdisconnected").catch(() => {});
        line.most -= 1;
        return route.continue();
    });
    page.on("response", (answer) => (line.arrived += Number(answer.url().endsWith("/uploads/pieces") && answer.ok())));
    return line;
}

const sends = async (page, name, buffer) => {
    await page.locator("#file").setInputFiles({ name, mimeType: "text/plain", buffer });
    await page.locator('form[action$="/files"] button').click();
};

test("a file goes on by itself when the network is back, later with its missing pieces alone, and never with another file", async () => {
    const context = await visitor(browser, demo, { width: 390 });
    const first = await context.newPage();
    await begins(first);
    await answers(first, "救急・手術・重症");
    await first.goto("/incident/case");
    const cut = await narrow(first, 2);
    await sends(first, "記録.log", RECORD);
    await first.locator("[data-pieces-say]", { hasText: "通信が切れました" }).waitFor();
    await picture(first, "file-cut");
    // A piece comes through by itself; then the tab is gone.
    cut.most = 1;
    await until(() => cut.arrived === 3, "no third piece");
    await first.close();

    const other = await context.newPage();
    await other.goto("/incident/case");
    assert.match(await other.locator(".arrived").innerText(), /送りかけ：5\.7 MBのうち3\.1 MBまで届いています（54%）/);
    await picture(other, "file-unfinished");
    const elsewhere = await narrow(other, 0);
    const changed = Buffer.from(RECORD);
    changed[changed.length - 2] ^= 1;
    await sends(other, "記録.log", changed);
    await other.locator("[data-pieces-note]", { hasText: "中身が違います" }).waitFor();
    assert.equal(elsewhere.arrived, 0);
    await other.close();

    const again = await context.newPage();
    await again.goto("/incident/case");
    assert.equal(await again.locator(".arrived progress").count(), 2, "two files are unfinished, each for itself");
    const rest = await narrow(again, Infinity);
    await context.setOffline(true);
    await sends(again, "記録.log", RECORD);
    await again.locator("[data-pieces-say]", { hasText: "通信が切れました" }).waitFor();
    await context.setOffline(false);
    await again.locator(".arrived", { hasText: hash(RECORD) }).waitFor();
    assert.equal(rest.arrived, 3, "what had arrived was not sent again");
    assert.equal(await again.locator(".arrived progress").count(), 1);
    await context.close();
});

test("the card for the wall is one sheet of paper in both languages", async () => {
    const page = await (await visitor(browser, demo, { width: 1280 })).newPage();
    for (const card of ["/incident/card", "/en/incident/card"]) {
        await page.goto(card);
        const paper = await page.pdf({ preferCSSPageSize: true });
        assert.equal(paper.toString("latin1").match(/\/Type \/Page\b/g).length, 1, card);
    }
    await page.context().close();
});
