// The desk's side of an incident: the queue, a case whose words open in the responder's browser alone, taking it, an answer that the
// institution reads, and what may leave. A picture of each step goes to pictures/desk.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";

import { BlobReader, BlobWriter, ZipReader } from "../assets/node_modules/@zip.js/zip.js/index.js";
import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, overflow } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { signIn } from "./harness/people.mjs";

const PICTURES = path.join(import.meta.dirname, "pictures/desk");
/** Of the demo's duty group; it stands beside what to try. */
const PASSPHRASE = "みほんの窓口の合言葉です";

let demo, browser, context, page, number;
let step = 0;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    context = await visitor(browser, demo, { width: 1280 });
    page = await context.newPage();
    await mkdir(PICTURES, { recursive: true });
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

async function picture(name) {
    step += 1;
    await page.screenshot({ path: path.join(PICTURES, `${String(step).padStart(2, "0")}-${name}.png`), fullPage: true });
    assert.deepEqual(await findings(page), [], name);
    assert.deepEqual(await overflow(page), [], name);
}

test("the queue shows the most urgent exercise first", async () => {
    await signIn(page, "responder");
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "受付窓口");
    const first = page.locator('a[href*="/desk/cases/"]').first();
    number = await first.innerText();
    assert.match(number, /^\d{4}-\d{6}-\d$/);
    assert.match(await page.locator("main").innerText(), /最優先[\s\S]*ステージIV[\s\S]*【訓練】/);
    await picture("queue");
});

test("what the institution wrote opens by the responder's passphrase, in the browser alone", async () => {
    await page.goto(`/desk/cases/${number}/talk`);
    const served = await (await context.request.get(`/desk/cases/${number}/talk`)).text();
    assert.ok(!served.includes("プリンター"), "the server sends sealed words");
    assert.equal(await page.getByText("プリンターから英語の紙").count(), 0);
    await page.locator('input[type="password"]').fill(PASSPHRASE);
    await page.getByRole("button", { name: "開ける" }).click();
    await page.getByText("プリンターから英語の紙").waitFor();
    await picture("opened");
});

test("whoever takes the case gets its tasks, and answers", async () => {
    await page.goto(`/desk/cases/${number}`);
    await page.getByRole("button", { name: "受けました" }).click();
    await page.getByText("封を開けました").waitFor();
    const text = await page.locator("main").innerText();
    assert.doesNotMatch(text, /「受けました」を押すと/);
    await picture("taken");
    await page.goto(`/desk/cases/${number}/talk`);
    await page.locator('form[action$="/talk/messages"] textarea').fill("バックアップの線を先に抜いてください。電源は切らないでください。");
    await page.getByRole("button", { name: "医療機関に送る", exact: true }).click();
    await page.getByText("バックアップの線を先に抜いてください").waitFor();
    await picture("answered");
});

test("every room of the case is sound, and the record is whole", async () => {
    for (const room of ["timeline", "assessment", "evidence", "support", "notes", "exports", "binding"]) {
        await page.goto(`/desk/cases/${number}/${room}`);
        await page.locator("h1").waitFor();
        await picture(room);
    }
    for (const room of ["talk", "exports"]) {
        await page.goto(`/desk/cases/${number}/${room}`);
        assert.equal(await page.locator("nav.tabs a").count(), 8, `${room} leads to every other room of the case`);
    }
    // The pages for everybody are kept, and the same for everybody.
    await page.goto("/my");
    await page.locator("nav.menu").getByRole("link", { name: "受付窓口" }).click();
    await page.getByRole("heading", { level: 1, name: "受付窓口" }).waitFor();
    await page.goto(`/desk/cases/${number}/timeline`);
    assert.match(await page.locator("main").innerText(), /記録の鎖はつながっています/);
});

const NOTE = Buffer.from("YOUR FILES ARE LOCKED. 見本の脅迫文です。\n".repeat(40_000), "utf8");
const STEPS = Buffer.from("復旧の手順（見本）\n".repeat(20), "utf8");
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** An institution reports, and sends a file; its page, and the number of its case. */
async function reports() {
    const context = await visitor(browser, demo, { width: 390 });
    const phone = await context.newPage();
    const answers = (words) => phone.locator("button.answer", { hasText: words }).click();
    await phone.goto("/incident/report?door=request&role=staff");
    await answers("遅れ");
    const kept = await phone.locator(".kept").innerText();
    await phone.locator("#number").fill("000-0000-0000");
    await answers("この番号にかけてください");
    await answers("お金を求める文");
    await phone.getByRole("link", { name: "選ばずに次へ" }).click();
    await answers("サーバー、または多くの部署");
    await answers("使えない");
    await phone.goto("/incident/case");
    await phone.locator("#file").setInputFiles({ name: "脅迫文.txt", mimeType: "text/plain", buffer: NOTE });
    await phone.locator('form[action$="/files"] button').click();
    await phone.locator(".arrived", { hasText: "脅迫文.txt" }).waitFor();
    return { phone, context, number: /\d{4}-\d{6}-\d/.exec(kept)[0] };
}

let sent;

test("a file that an institution sent opens in the responder's browser alone, and is kept in an archive with a password", async () => {
    sent = await reports();
    await page.goto(`/desk/cases/${sent.number}`);
    await page.getByRole("button", { name: "受けました" }).click();
    await page.goto(`/desk/cases/${sent.number}/talk`);
    const files = page.locator("[data-files]");
    await files.getByText("脅迫文.txt").waitFor();
    await files.getByText(sha256(NOTE)).waitFor();
    await picture("files");
    const [download] = await Promise.all([
        page.waitForEvent("download"),
        files.getByRole("button", { name: "ファイルを保存" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), `${sent.number}-脅迫文.txt.zip`);
    const archive = new Blob([await readFile(await download.path())]);
    const open = async (password) => {
        const [entry] = await new ZipReader(new BlobReader(archive), { password, checkSignature: true, useWebWorkers: false }).getEntries();
        return [entry.filename, Buffer.from(await (await entry.getData(new BlobWriter())).arrayBuffer())];
    };
    assert.deepEqual(await open(sent.number), ["脅迫文.txt", NOTE]);
    await assert.rejects(open("2026-000000-0"));
    await files.getByText(`この事案の番号 ${sent.number} です`).waitFor();
    const served = await context.request.get(await files.locator("[data-file-save]").getAttribute("data-href"));
    assert.ok(served.ok() && !(await served.body()).includes("YOUR FILES ARE LOCKED"), "the server sends sealed bytes");
});

test("the file is chosen as evidence, with the hash of its contents", async () => {
    await page.goto(`/desk/cases/${sent.number}/evidence`);
    await page.getByText("封を開けました").waitFor();
    await page.getByText("証拠を一覧に入れる").click();
    const choice = page.locator("[data-file-choice]");
    await choice.locator("option", { hasText: "脅迫文.txt" }).waitFor({ state: "attached" });
    await choice.selectOption({ index: 1 });
    await page.getByText("届いたときと同じ中身でした").waitFor();
    assert.equal(await page.locator("#sha256").inputValue(), sha256(NOTE));
    assert.equal(await page.locator("#what").inputValue(), "脅迫文.txt");
    await picture("evidence-chosen");
    await page.getByRole("button", { name: "一覧に入れる", exact: true }).click();
    await page.locator("li.card").getByText(sha256(NOTE)).first().waitFor();
    assert.equal(await page.locator("[data-file-save]").count(), 1);
    await picture("evidence-listed");
});

test("the desk sends a file, and the institution opens it", async () => {
    await page.goto(`/desk/cases/${sent.number}/talk`);
    await page.locator("#file").setInputFiles({ name: "復旧の手順.txt", mimeType: "text/plain", buffer: STEPS });
    await page.getByRole("button", { name: "ファイルを送る" }).click();
    await page.getByText("ファイルを医療機関に送りました").waitFor();
    await picture("file-given");
    await sent.phone.goto("/incident/case");
    const [download] = await Promise.all([
        sent.phone.waitForEvent("download"),
        sent.phone.getByRole("link", { name: "復旧の手順.txt" }).click(),
    ]);
    assert.deepEqual(await readFile(await download.path()), STEPS);
    await sent.phone.screenshot({ path: path.join(PICTURES, "institution-file.png"), fullPage: true });
    assert.deepEqual(await findings(sent.phone), []);
    assert.deepEqual(await overflow(sent.phone), []);
});

test("a file of the desk goes on with the pieces that are missing, sealed in the browser", async () => {
    const LONG = Buffer.from("復旧の手順（見本）の一行\n".repeat(75_000), "utf8");
    let most = 1;
    let arrived = 0;
    // What leaves the browser is looked at where it leaves.
    await page.addInitScript(() => {
        const { fetch } = globalThis;
        globalThis.fetch = async (address, asked) => {
            const piece = asked?.body instanceof FormData && asked.body.get("piece");
            if (piece) {
                const isClear = (await piece.text()).includes("復旧の手順");
                sessionStorage.setItem("test.left", `${sessionStorage.getItem("test.left") ?? ""}${isClear ? "clear " : "sealed "}`);
            }
            return fetch(address, asked);
        };
    });
    await page.route("**/talk/uploads/pieces", (route) => {
        if (most === 0) return route.abort("internetdisconnected").catch(() => {});
        most -= 1;
        return route.continue();
    });
    page.on("response", (answer) => (arrived += Number(answer.url().endsWith("/uploads/pieces") && answer.ok())));
    const sends = async () => {
        await page.goto(`/desk/cases/${sent.number}/talk`);
        await page.getByText("封を開けました").waitFor();
        await page.locator("#file").setInputFiles({ name: "長い手順.txt", mimeType: "text/plain", buffer: LONG });
        await page.getByRole("button", { name: "ファイルを送る" }).click();
    };
    await sends();
    await page.locator("[data-pieces-say]", { hasText: "通信が切れました" }).waitFor();
    await picture("file-cut");
    await page.goto(`/desk/cases/${sent.number}/talk`);
    await page.locator("[data-given]", { hasText: "続きから送れます" }).getByText("長い手順.txt").waitFor();
    await picture("file-unfinished");
    [most, arrived] = [Infinity, 0];
    await sends();
    await page.getByText("ファイルを医療機関に送りました").waitFor();
    assert.equal(arrived, 2, "what had arrived was not sent again");
    assert.match(await page.evaluate(() => sessionStorage.getItem("test.left")), /^(sealed ){3,}$/, "no piece left the browser in clear");
    await page.unroute("**/talk/uploads/pieces");
    await sent.phone.goto("/incident/case");
    const [download] = await Promise.all([
        sent.phone.waitForEvent("download"),
        sent.phone.getByRole("link", { name: "長い手順.txt" }).click(),
    ]);
    assert.ok(LONG.equals(await readFile(await download.path())));
    assert.ok((await sent.phone.locator(".arrived").allInnerTexts()).join("\n").includes(sha256(LONG)));
});

test("the case is closed, its report is made as PDF, and handing it over stops the clock", async () => {
    await page.goto(`/desk/cases/${sent.number}`);
    await page.getByText("対応を終える", { exact: true }).first().click();
    await page.getByText("助言で終えた").click();
    await page.getByRole("button", { name: "対応を終える" }).click();
    await page.getByText("に対応を終えました").first().waitFor();
    assert.match(await page.locator("main").innerText(), /事後の報告書/);
    await picture("closed");
    await sent.phone.goto("/incident/case");
    assert.match(await sent.phone.locator("main").innerText(), /対応を終えました/);

    await page.goto(`/desk/cases/${sent.number}/facts/summary?for=/desk/cases/${sent.number}/exports/institution/report-director`);
    await page.locator("#words").fill("電子カルテが開かなくなりました。予備の紙で診療を続けました。");
    await page.getByRole("button", { name: "封をして保存する" }).click();
    await page.getByText("電子カルテが開かなくなりました").waitFor();
    await page.getByRole("button", { name: "渡す内容を確かめる" }).click();
    await picture("report-preview");
    const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: "この内容でファイルを作る" }).click(),
    ]);
    const pdf = await readFile(await download.path());
    assert.ok(pdf.subarray(0, 5).equals(Buffer.from("%PDF-")) && pdf.length > 10_000, `${pdf.length} bytes`);

    await page.goto(`/desk/cases/${sent.number}/exports`);
    await page.getByText("渡したことを記録する：").first().click();
    await picture("report-made");
    await page.getByRole("button", { name: "渡したことを記録する" }).click();
    await page.getByText("待っていた期限は止まりました").waitFor();
    await picture("report-handed-over");
    await page.goto(`/desk/cases/${sent.number}`);
    assert.equal(await page.locator(".clocks").getByText("事後の報告書").count(), 0, "the clock has stopped");
    await page.locator("summary", { hasText: "止めた期限" }).click();
    await page.getByText("医療機関（本人）に「事案の報告（病院長の方へ）」を渡しました").waitFor();
    await sent.context.close();
});

test("the figures of the desk name no case", async () => {
    await page.goto("/desk/figures");
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "窓口の集計");
    await picture("figures");
    await page.setViewportSize({ width: 390, height: 844 });
    await picture("figures-narrow");
    await page.setViewportSize({ width: 1280, height: 900 });
});

test("closing the seal leaves nothing open", async () => {
    await page.goto(`/desk/cases/${number}/talk`);
    await page.getByText("プリンターから英語の紙").waitFor();
    await page.getByRole("button", { name: "封を閉じる" }).click();
    await page.getByText("プリンターから英語の紙").waitFor({ state: "detached" });
    assert.equal(await page.getByText("プリンターから英語の紙").count(), 0);
});
