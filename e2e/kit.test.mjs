// A course goes along on a stick and to a server of the institution, two people take it there, and what came of it comes back in one file.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { fromHex, sealFile } from "../assets/js/kit-file.js";
import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, isFine, listen, overflow } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { signIn } from "./harness/people.mjs";

const KEPT = process.env.MIST_PICTURES;
const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml", txt: "text/plain" };
let demo, browser, folder, unpacked, kitPage, server;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    folder = await mkdtemp(path.join(tmpdir(), "mist-kit-"));
    unpacked = path.join(folder, "kit");
    await mkdir(unpacked);
});

after(async () => {
    server?.close();
    await browser?.close();
    await demo?.stop();
    await rm(folder, { recursive: true, force: true });
});

async function picture(page, name) {
    if (KEPT) await page.screenshot({ path: path.join(KEPT, `${name}.png`), fullPage: true });
}

/** The institution's administrator, at the pages of kits. */
async function clerk(width = 1280) {
    const context = await visitor(browser, demo, { width, acceptDownloads: true });
    const page = await context.newPage();
    await signIn(page, "institution_admin");
    await page.goto("/institutions");
    const links = await page.locator('a[href^="/institutions/"]').evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
    await page.goto(`${links.find((link) => /\/learning$/.test(link))}/kits`);
    return page;
}

async function saved(page, press) {
    const [download] = await Promise.all([page.waitForEvent("download"), press()]);
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    return file;
}

/** Takes the course as one person does: through the slides, and through the test with the right answers or with others. */
async function take(page, name, { right = true, look = async () => {} } = {}) {
    await page.getByLabel("氏名").fill(name);
    await page.getByLabel("部署").fill("外来");
    await page.getByRole("button", { name: "スライドを読む" }).click();
    await look("slide");
    for (;;) {
        const button = page.locator(".turn .main");
        const isLast = (await button.innerText()) === "確認テストへ";
        await button.click();
        if (isLast) break;
    }
    await look("question");
    while (await page.locator("main form fieldset").count()) {
        await page.evaluate((isRight) => {
            const text = document.querySelector("legend").textContent;
            const asked = globalThis.MIST_KIT.questions.find((question) => question.text === text);
            const ids = isRight ? asked.right : asked.choices.map(([id]) => id).filter((id) => !asked.right.includes(id)).slice(0, 1);
            const typed = document.querySelector("input[name=typed]");
            if (typed) typed.value = isRight ? String(asked.right[0]) : "0";
            document.querySelectorAll("select").forEach((select, n) => {
                select.value = isRight ? asked.right[n] : asked.choices[0][0];
            });
            document.querySelectorAll("input[name=choice]").forEach((input) => {
                input.checked = ids.includes(input.value);
            });
        }, right);
        const before = await page.locator("h1").innerText();
        await page.locator("main form .main").click();
        await page.waitForFunction((title) => document.querySelector("h1").textContent !== title, before);
    }
    await look("result");
    await page.getByText("問のうち").waitFor();
}

test("the browser writes the bytes that the program reads", async () => {
    const vector = JSON.parse(await readFile(new URL("../crates/learning/src/in_house/vectors/result.json", import.meta.url)));
    const file = sealFile(fromHex(vector.key), vector.kit, fromHex(vector.salt), vector.texts);
    assert.equal(Buffer.from(file).toString("hex"), vector.file);
});

test("the page of a kit is reached from its course, and gives a sheet", async () => {
    for (const width of [390, 1280]) {
        const page = await (await visitor(browser, demo, { width, acceptDownloads: true })).newPage();
        const notes = listen(page, demo.url);
        await page.goto("/courses/beginner");
        await page.getByRole("link", { name: "院内研修で使う" }).click();
        await page.getByRole("heading", { name: "院内研修で使う" }).waitFor();
        await isFine(page);
        await picture(page, `kit-${width}`);
        await page.getByLabel("内線").fill("0000");
        const file = await saved(page, () => page.getByRole("button", { name: "受講者名簿" }).click());
        assert.match((await readFile(file)).subarray(0, 8).toString(), /^%PDF-1/);
        assert.deepEqual(notes, []);
        await page.context().close();
    }
});

test("an administrator takes a course along", async () => {
    const page = await clerk();
    await isFine(page);
    await picture(page, "kits-1280");
    await page.getByLabel("コース").selectOption("executive");
    await page.getByLabel("研修の名前").fill("12月の病棟研修");
    await page.getByRole("button", { name: "持ち出し版を作る" }).click();
    await page.getByRole("heading", { name: "12月の病棟研修" }).waitFor();
    kitPage = new URL(page.url()).pathname;
    await isFine(page);
    await page.getByLabel("内線").fill("0000");
    const file = await saved(page, () => page.getByRole("button", { name: /持ち出し版を受け取る/ }).click());
    // By a program that is not ours.
    execFileSync("python3", ["-c", "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])", file, unpacked]);
    await page.context().close();
    const small = await clerk(390);
    await isFine(small);
    await small.goto(kitPage);
    await isFine(small);
    await picture(small, "kit-one-390");
    await small.context().close();
});

for (const place of ["disk", "server"]) {
    test(`two people take it from a ${place}, one after the other, and the results come back`, async () => {
        let url = pathToFileURL(path.join(unpacked, "index.html")).href;
        let origin = "file://";
        if (place === "server") {
            server = createServer((request, response) => {
                const name = request.url === "/" ? "index.html" : request.url.slice(1);
                response.setHeader("content-type", TYPES[name.split(".").pop()] ?? "application/octet-stream");
                createReadStream(path.join(unpacked, name)).once("error", () => response.writeHead(404).end()).pipe(response);
            });
            await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
            // An address that is no secure context, as an intranet's is.
            origin = `http://127.0.0.1:${server.address().port}`;
            url = `${origin}/`;
        }
        const context = await browser.newContext({ viewport: { width: 390, height: 844 }, acceptDownloads: true, locale: "ja-JP", reducedMotion: "reduce" });
        const page = await context.newPage();
        const notes = listen(page, origin);
        await page.goto(url);
        await isFine(page);
        await picture(page, `offline-${place}-home`);
        await page.getByRole("button", { name: "スライドを読む" }).click();
        await page.getByText("氏名を入れてください").waitFor();
        // Which questions are drawn differs each time, and what they say is looked at where courses are.
        const look = async (what) => {
            assert.deepEqual([...(await findings(page)), ...(await overflow(page))], [], what);
            await picture(page, `offline-${place}-${what}`);
        };
        await take(page, `見本 ${place === "disk" ? "太郎" : "花子"}`, { look });
        await page.getByText("合格です").waitFor();
        await page.getByRole("button", { name: "次の方へ" }).click();
        await take(page, "例示 髙子", { right: false });
        await page.getByText("もう少しです").waitFor();
        // The computer is switched off and on again: nothing is lost.
        await page.reload();
        await page.getByText("2件の結果があります").waitFor();
        await page.setViewportSize({ width: 1280, height: 900 });
        await isFine(page);
        const file = await saved(page, () => page.getByRole("button", { name: "結果ファイルを保存する" }).click());
        await page.getByText("結果ファイルを保存しました").waitFor();
        // From a disk, axe tries to fetch the style sheet for itself, which the page's policy refuses.
        assert.deepEqual(notes.filter((note) => !/Connecting to '[^']*kit\.css' violates/.test(note)), []);

        const desk = await clerk();
        await desk.goto(kitPage);
        const bytes = await readFile(file);
        bytes[bytes.length >> 1] ^= 1;
        const edited = path.join(folder, `edited-${place}.mistkit`);
        await writeFile(edited, bytes);
        const send = async (which) => {
            await desk.locator("#file").setInputFiles(which);
            await desk.getByRole("button", { name: "送って中身を確かめる" }).click();
            await desk.waitForLoadState();
        };
        await send(edited);
        await desk.getByText("保存したときのままではありません").waitFor();
        await isFine(desk);
        await picture(desk, `refused-${place}`);
        await send(file);
        await desk.getByText("新しく2件が").waitFor();
        await isFine(desk);
        await picture(desk, `file-${place}`);
        await desk.getByRole("button", { name: "記録する", exact: true }).click();
        await desk.getByText("新しく2件を記録しました").waitFor();
        assert.ok((await desk.getByText("院内実施・自己申告").count()) >= 2);
        await isFine(desk);
        await picture(desk, `recorded-${place}`);
        await send(file);
        await desk.getByText("二重に記録されることはありません").waitFor();

        // One of them is taken back, with a reason; the same file asks about them once more.
        await desk.goto(kitPage);
        await desk.getByRole("link", { name: "取り消す・直す：例示 髙子" }).click();
        await desk.getByRole("heading", { name: "記録の取り消しと訂正" }).waitFor();
        const result = desk.url();
        await isFine(desk);
        await desk.getByRole("button", { name: "この内容で記録を改める" }).click();
        await desk.getByText("どうするかを選んでください").first().waitFor();
        await isFine(desk);
        await desk.setViewportSize({ width: 390, height: 844 });
        await isFine(desk);
        await picture(desk, `result-${place}-390`);
        await desk.getByRole("radio", { name: /^取り消す/ }).check();
        await desk.getByLabel("理由").fill("見本のため");
        await desk.getByRole("button", { name: "この内容で記録を改める" }).click();
        await desk.getByText("記録を取り消しました").waitFor();
        await isFine(desk);
        await picture(desk, `taken-back-${place}-390`);
        await desk.setViewportSize({ width: 1280, height: 900 });
        await isFine(desk);
        await desk.goto(result);
        await desk.getByText("どなたの受講にも数えていません").waitFor();
        await isFine(desk);
        await desk.goto(kitPage);
        await send(file);
        await desk.getByText("1件は、前に取り消した記録です").waitFor();
        await isFine(desk);
        await picture(desk, `again-${place}`);
        await desk.context().close();

        await page.getByRole("button", { name: "この端末から消す" }).click();
        await page.getByRole("button", { name: "消す", exact: true }).click();
        await page.getByText("まだ誰も受けていません").waitFor();
        await context.close();
    });
}
