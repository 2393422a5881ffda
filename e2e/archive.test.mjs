// A recording: sent in parts over a line that breaks, published, watched at double speed, and made good by its questions.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, listen, overflow } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { PATIENCE, untilSeen } from "./harness/patience.mjs";
import { SAKIO, fillIn, signIn } from "./harness/people.mjs";

const run = promisify(execFile);
const PART = 8 * 1024 * 1024;
const SECONDS = 12;
const CAPTIONS = `WEBVTT

00:00:00.500 --> 00:00:04.000
見本の映像です

00:00:06.000 --> 00:00:09.000
まずネットワークから外します
`;
const QUESTIONS = `問1 最初にすることは。
○ ネットワークから外す
× 電源を切る
解説 広がるのを止めます。
問2 次にすることは。
× 待つ
○ 電話する
解説 連絡先は決まっています。`;

const SESSION = "R5/executive/2";
let demo, browser, folder, film, staff, hasFfmpeg;

before(async () => {
    demo = await startDemo({ films: true });
    browser = await openBrowser();
    folder = await mkdtemp(path.join(tmpdir(), "mist-film-"));
    film = path.join(folder, "第2回.mp4");
    // Noise does not shrink, so that the film has more than one part.
    const order = ["-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", `nullsrc=s=640x360:r=10:d=${SECONDS},geq=random(1)*255:128:128`, "-f", "lavfi", "-i", `sine=d=${SECONDS}`];
    const shape = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "8", "-pix_fmt", "yuv420p", "-g", "10", "-c:a", "aac", "-movflags", "+faststart"];
    hasFfmpeg = await run("ffmpeg", [...order, ...shape, film]).then(
        () => true,
        () => false,
    );
});

after(async () => {
    await browser?.close();
    await demo?.stop();
    await rm(folder, { recursive: true, force: true });
});

/** The secretariat's page about the recording of the session. */
async function desk() {
    const context = await visitor(browser, demo, { width: 1280 });
    const page = await context.newPage();
    await signIn(page, "secretariat");
    await page.goto(`/staff/programmes/R5#executive`);
    await page.locator("#executive").getByRole("link", { name: "第2回", exact: true }).click();
    await page.getByRole("link", { name: "録画・資料" }).click();
    return page;
}

test("a film that breaks off goes on where it was", async (t) => {
    if (!hasFfmpeg) return t.skip("there is no ffmpeg");
    const parts = Math.ceil((await stat(film)).size / PART);
    assert.ok(parts > 1, "the film has more than one part");
    staff = await desk();
    let sent = 0;
    await staff.route("**/uploads/parts", (route) => {
        sent += 1;
        return sent === 2 ? route.abort() : route.continue();
    });
    await staff.locator("#film").setInputFiles(film);
    const broken = staff.waitForEvent("requestfailed");
    await staff.getByRole("button", { name: "映像を送る" }).click();
    await broken;
    // The page is left and opened again: one part is here.
    await staff.reload();
    assert.match(await staff.locator("main").innerText(), new RegExp(`受け取る途中です（1／${parts}）`));
    sent = 2;
    await staff.locator("#film").setInputFiles(film);
    const opened = staff.waitForEvent("framenavigated");
    await staff.getByRole("button", { name: "映像を送る" }).click();
    await opened;
    assert.equal(sent, 2 + parts - 1, "the part that was here is not sent again");
    await untilSeen(staff, staff.getByText(`長さ 0:${SECONDS}`));
});

test("captions, questions, and out to everybody", async (t) => {
    if (!hasFfmpeg) return t.skip("there is no ffmpeg");
    await staff.getByRole("link", { name: "字幕を入れる" }).click();
    await staff.locator("#captions").fill(CAPTIONS.replace("00:00:06.000", "00:00:99.000"));
    await staff.getByRole("button", { name: "字幕を保存する" }).click();
    assert.match(await staff.locator("main").innerText(), /6行目に/);
    await staff.locator("#captions").fill(CAPTIONS);
    await staff.getByRole("button", { name: "字幕を保存する" }).click();
    await staff.getByRole("link", { name: "章と確認問題を入れる" }).click();
    await staff.locator("#chapters").fill("0:00 はじめに\n0:06 初動");
    await staff.locator("#questions").fill(QUESTIONS);
    await staff.getByRole("button", { name: "保存する" }).click();
    assert.deepEqual(await findings(staff), []);
    assert.deepEqual(await overflow(staff), []);
    await staff.getByRole("link", { name: "公開する", exact: true }).click();
    assert.match(await staff.locator("main").innerText(), /0名に/);
    await staff.getByRole("button", { name: "この録画を公開する" }).click();
    assert.match(await staff.locator("main").innerText(), /公開しています/);
});

test("a weak line gets a smaller picture", async (t) => {
    if (!hasFfmpeg) return t.skip("there is no ffmpeg");
    const MADE = "720pと360p";
    await untilSeen(staff, staff.getByText(MADE));
    const context = await visitor(browser, demo, { width: 390 });
    const get = (file, headers = {}) => context.request.get(`/archive/${SESSION}/hls/${file}`, { headers });
    const choice = await (await get("film.m3u8")).text();
    const lists = choice.split("\n").filter((line) => line && !line.startsWith("#"));
    assert.equal(lists.length, 2);
    const sizes = [];
    for (const list of lists) {
        const text = await (await get(list)).text();
        const seconds = [...text.matchAll(/#EXTINF:([\d.]+),/g)].reduce((sum, [, length]) => sum + Number(length), 0);
        assert.ok(Math.abs(seconds - SECONDS) < 0.5, `${list} lasts ${seconds} seconds`);
        const [, bytes, from, piece] = /#EXT-X-BYTERANGE:(\d+)@(\d+)\n(\S+)/.exec(text);
        const segment = await get(piece, { range: `bytes=${from}-${Number(from) + Number(bytes) - 1}` });
        assert.equal(segment.status(), 206);
        const body = await segment.body();
        assert.equal(body.length, Number(bytes));
        assert.equal(body[0], 0x47, "a transport stream");
        sizes.push(body.length);
    }
    assert.ok(sizes[0] < sizes[1], "the smaller one comes first");
    const page = await context.newPage();
    const notes = listen(page, demo.url);
    await page.goto(`/archive/${SESSION}`);
    const played = await page.evaluate(async () => {
        const film = document.getElementById("film");
        film.muted = true;
        await film.play();
        await new Promise((resolve) => film.addEventListener("timeupdate", () => film.currentTime > 1 && resolve()));
        return { source: film.currentSrc, plays: film.canPlayType("application/vnd.apple.mpegurl") };
    });
    assert.equal(played.source.includes("film.m3u8"), played.plays !== "", "in qualities where the browser can");
    assert.deepEqual(notes, []);
    await context.close();
});

test("at double speed to the questions, and it counts", async (t) => {
    if (!hasFfmpeg) return t.skip("there is no ffmpeg");
    const context = await visitor(browser, demo, { width: 390 });
    const page = await context.newPage();
    const notes = listen(page, demo.url);
    await page.goto(`/archive/${SESSION}`);
    await page.getByRole("link", { name: "申し込んで録画で受講する" }).click();
    await fillIn(page, SAKIO);
    await page.locator('[name="consent"]').check();
    await page.getByRole("button", { name: "申し込んで録画を見る" }).click();
    assert.match(await page.locator("#left").innerText(), /確認問題に答えると、受講済みになります/);
    assert.deepEqual(await findings(page), []);
    assert.deepEqual(await overflow(page), []);
    assert.ok(await page.locator("#to-check").isHidden());
    await page.locator("h1").click();
    await page.keyboard.press(">");
    await page.keyboard.press(">");
    await page.keyboard.press(">");
    await page.keyboard.press(" ");
    const video = page.locator("#film");
    assert.equal(await video.evaluate((film) => film.playbackRate), 2);
    assert.equal(await video.evaluate((film) => film.textTracks[0].mode), "showing", "captions are on");
    await page.waitForFunction(() => document.getElementById("film").ended, null, { timeout: PATIENCE });
    await page.locator("#to-check").waitFor({ state: "visible" });
    await page.getByRole("link", { name: "確認問題に答える（2問）" }).click();
    await page.getByLabel("電源を切る").check();
    await page.getByLabel("電話する").check();
    await page.getByRole("button", { name: "この答えで確かめる" }).click();
    assert.match(await page.locator("main").innerText(), /1問が違っています/);
    assert.deepEqual(await findings(page), []);
    await page.getByLabel("ネットワークから外す").check();
    await page.getByRole("button", { name: "この答えで確かめる" }).click();
    assert.match(await page.locator("#mine").innerText(), /受講済み（アーカイブ視聴）/);
    assert.deepEqual(notes, []);
});

test("a hit in what is said jumps to the second", async (t) => {
    if (!hasFfmpeg) return t.skip("there is no ffmpeg");
    const context = await visitor(browser, demo, { width: 1280 });
    const page = await context.newPage();
    await page.goto(`/archive/${SESSION}`);
    await page.getByRole("searchbox", { name: "ことばで探す" }).fill("ﾈｯﾄﾜｰｸ");
    await page.getByRole("button", { name: "探す", exact: true }).last().click();
    assert.match(await page.locator("#transcript").innerText(), /1か所にあります/);
    await page.locator("#transcript a[data-at]").first().click();
    await page.waitForFunction(() => document.getElementById("film").currentTime >= 6);
});
