// A whole year by the secretariat, on an installation that has the printed years only: R5 becomes R8, people apply on their phones,
// the day is held, what the meeting tools wrote is brought in, attendance is closed, the recording goes out, and certificates arrive.
// A picture of each step goes to pictures/year.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, overflow } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { until, untilSeen } from "./harness/patience.mjs";
import { fillIn, lettersTo, read, signIn } from "./harness/people.mjs";

const run = promisify(execFile);
const PICTURES = path.join(import.meta.dirname, "pictures/year");
const FILES = path.join(import.meta.dirname, "../crates/school/src/attendance/files/samples");
/** What the three meeting tools wrote about the day, by layout. */
const WRITTEN = ["zoom-meeting-ja", "zoom-unique-en", "teams-ja", "teams-en", "webex-ja", "webex-en"];
const SESSION = "R8/executive/3";
const PLACE = { kind: "clinic", prefecture: "13" };
/** In the order of their numbers, as the files know them. */
const PEOPLE = [
    { family: "見本", given: "太郎", family_kana: "ミホン", given_kana: "タロウ", email: "taro@example.jp", place: "見本病院" },
    { family: "見本", given: "花子", family_kana: "ミホン", given_kana: "ハナコ", email: "hanako@example.jp", place: "見本診療所" },
    { family: "例示", given: "髙子", family_kana: "レイジ", given_kana: "タカコ", email: "takako@example.jp", place: "見本内科クリニック" },
    { family: "試験", given: "﨑男", family_kana: "シケン", given_kana: "サキオ", email: "sakio@example.jp", place: "試験薬局" },
];

let demo, browser, office, ministry, page, review, film, hasFilm;
const own = new Map();
let step = 0;

before(async () => {
    demo = await startDemo({ now: "2023-06-10T09:00+09:00" });
    browser = await openBrowser();
    office = await visitor(browser, demo, { width: 1280 });
    page = await office.newPage();
    ministry = await visitor(browser, demo, { width: 1280 });
    review = await ministry.newPage();
    await mkdir(PICTURES, { recursive: true });
    film = path.join(await mkdtemp(path.join(tmpdir(), "mist-film-")), "第3回.mp4");
    const shape = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart"];
    const order = ["-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", "testsrc=s=640x360:r=5:d=4", "-f", "lavfi", "-i", "sine=d=4"];
    hasFilm = await run("ffmpeg", [...order, ...shape, film]).then(
        () => true,
        () => false,
    );
});

after(async () => {
    await browser?.close();
    await demo?.stop();
    await rm(path.dirname(film), { recursive: true, force: true });
});

const main = (of = page) => of.locator("main").innerText();
const heading = (of = page) => of.getByRole("heading", { level: 1 }).innerText();

/** Keeps a picture of what is seen, which has to be sound. */
async function picture(name, of = page) {
    step += 1;
    await of.screenshot({ path: path.join(PICTURES, `${String(step).padStart(2, "0")}-${name}.png`), fullPage: true });
    assert.deepEqual(await findings(of), [], name);
    assert.deepEqual(await overflow(of), [], name);
}

/** The page of the session at the desk of the secretariat. */
async function desk() {
    await page.goto("/staff/programmes/R8");
    await page.locator("#executive").getByRole("link", { name: "第3回", exact: true }).click();
}

test("R5 is copied to R8 with two dates corrected, approved by the ministry and published", async () => {
    await signIn(page, "secretariat");
    await picture("home");
    await page.goto("/staff/plans/new?year=R5");
    await page.locator("#to").selectOption("R8");
    await page.getByRole("button", { name: "複製の計画を作る" }).click();
    const plan = new URL(page.url()).pathname;
    await picture("plan");
    const correct = async (session, fields) => {
        await page.locator(`#executive tr:has(th:text-is("${session}")) td.act a`).click();
        for (const [id, value] of Object.entries(fields)) await page.locator(id).fill(value);
        if (session === "第3回") await picture("session");
        await page.getByRole("button", { name: "下書きとして保存する" }).click();
        assert.equal(new URL(page.url()).pathname, plan);
    };
    const window = { "#closes_day": "2026/12/20", "#opens_day": "2026/12/1", "#opens_time": "9:00" };
    await correct("第3回", { "#day": "2026/12/23", ...window });
    await correct("第4回", { "#day": "2027/1/20" });
    await picture("plan-corrected");
    await page.getByRole("button", { name: "確認を依頼する" }).click();
    await signIn(review, "ministry");
    await review.goto(plan);
    await picture("plan-reviewed", review);
    await review.getByRole("button", { name: "承認する", exact: true }).click();
    await page.goto(plan);
    await page.getByRole("link", { name: "公開の手続きへ進む" }).click();
    await picture("plan-effect");
    await page.getByRole("button", { name: "公開する", exact: true }).click();
    assert.match(await main(), /公開済み/);
    await page.goto("/staff/programmes/R8");
    assert.match(await page.locator("#executive").innerText(), /12月23日（水）/);
    await picture("year");
});

test("the window opens at its moment, and four people apply on their phones", async () => {
    const early = await (await visitor(browser, demo)).newPage();
    await early.goto(`/apply/${SESSION}`);
    assert.equal(await early.locator("#family").count(), 0, "it has not opened");
    await demo.goOn("2026-12-01T09:30+09:00");
    await early.goto("/trainings/R8/executive");
    await picture("course", early);
    for (const person of PEOPLE) {
        const context = await visitor(browser, demo);
        const phone = await context.newPage();
        await phone.goto(`/apply/${SESSION}`);
        await fillIn(phone, { ...person, ...PLACE });
        if (person === PEOPLE[0]) await picture("apply", phone);
        await phone.getByRole("button", { name: "入力した内容を確かめる" }).click();
        await phone.getByRole("button", { name: "この内容で申し込む" }).click();
        assert.equal(await heading(phone), "申し込みを受け付けました");
        if (person === PEOPLE[0]) await picture("thanks", phone);
        own.set(person, { context, phone, path: new URL(phone.url()).pathname });
        const [letter] = await lettersTo(context, person.email, 1, "【申込受付】");
        assert.match((await read(context, letter)).text, /2026年12月23日（水）/);
    }
    await signIn(page, "secretariat");
    await desk();
    await page.getByRole("link", { name: "申込者", exact: true }).click();
    assert.equal(await page.locator("form[data-list] tbody tr").count(), PEOPLE.length);
    await picture("applicants");
    await page.getByRole("link", { name: "当日の設定", exact: true }).click();
    await page.locator("#link").fill("https://meeting.example.jp/r8-executive-3");
    await picture("meeting");
    await page.locator("main form .button.main").click();
    assert.equal(await page.locator("#link").inputValue(), "https://meeting.example.jp/r8-executive-3");
});

test("on the day the lobby opens, and one joins from her phone", async () => {
    await demo.goOn("2026-12-23T16:45+09:00");
    const { phone, path: application } = own.get(PEOPLE[1]);
    await phone.goto(`/lobby/${SESSION}`);
    await picture("lobby", phone);
    await phone.goto(`${application}/join`);
    await phone.getByRole("button", { name: "参加する" }).click();
    assert.equal(await phone.getByRole("link", { name: /会議を開く/ }).count(), 1);
    await picture("joined", phone);
});

test("what the meeting tools wrote is brought in, in six layouts", async () => {
    await demo.goOn("2026-12-23T18:30+09:00");
    await signIn(page, "secretariat");
    await desk();
    await page.getByRole("link", { name: "出席", exact: true }).click();
    const attendance = new URL(page.url()).pathname;
    for (const written of WRITTEN) {
        await page.goto(`${attendance}/import`);
        await page.locator("#file").setInputFiles(path.join(FILES, `${written}.csv`));
        await page.getByRole("button", { name: "内容を確かめる" }).click();
        assert.match(await main(), /見本 ?太郎/, written);
        if (written === WRITTEN[0]) await picture("preview");
        await page.getByRole("button", { name: /名の記録を取り込む$/ }).click();
        assert.equal(new URL(page.url()).pathname.startsWith(attendance), true, written);
    }
    await page.goto(attendance);
    assert.equal(await page.locator("aside li").count(), WRITTEN.length, "each file is listed");
    await picture("attendance");
});

test("nobody is silently present: the queue is looked through, and attendance is closed", async () => {
    const attendance = new URL(page.url()).pathname;
    await page.goto(`${attendance}/queue`);
    await picture("queue");
    // All that has a suggestion is settled as suggested; the rest were no applicants.
    for (const button of [/候補/, /申込者ではない/]) {
        const boxes = page.locator("form[data-list] tbody input[type=checkbox]");
        for (let n = (await boxes.count()) - 1; n >= 0; n -= 1) await boxes.nth(n).check();
        const act = page.locator(".bulk").getByRole("button", { name: button });
        if (await act.count()) await act.click();
    }
    await page.goto(`${attendance}/closing`);
    await picture("closing");
    await page.getByRole("button", { name: "出席を締める" }).click();
    await page.goto(attendance);
    await picture("closed");
});

test("whoever attended has a certificate, and whoever did not has none and reads why", async () => {
    let certified = 0;
    for (const [person, { context, phone, path: application }] of own) {
        await phone.goto(`${application}/attendance`);
        const told = await main(phone);
        assert.match(told, /60分中\d+分参加/, person.email);
        const isPresent = /：出席/.test(told);
        const tells = isPresent ? /受講証明書/ : /出席/;
        await until(async () => {
            const [newest] = await lettersTo(context, person.email, 1);
            return tells.test((await read(context, newest)).text);
        }, `no letter to ${person.email} with ${tells}`);
        if (!isPresent) continue;
        certified += 1;
        const link = phone.locator('a[href^="/certificates/"]').first();
        // The page says that it is being made, until it is.
        await untilSeen(phone, link, application);
        if (certified === 1) await picture("with-certificate", phone);
        const file = await context.request.get(await link.getAttribute("href"));
        assert.equal((await file.body()).subarray(0, 5).toString(), "%PDF-");
    }
    assert.ok(certified >= 2 && certified < PEOPLE.length, `${certified} of ${PEOPLE.length}`);
});

test("the recording is published, and whoever missed the day is told", async (t) => {
    if (!hasFilm) return t.skip("there is no ffmpeg");
    await desk();
    await page.getByRole("link", { name: "録画・資料" }).click();
    const recordings = page.url();
    await page.locator("#film").setInputFiles(film);
    const sent = page.waitForEvent("framenavigated");
    await page.getByRole("button", { name: "映像を送る" }).click();
    await sent;
    await untilSeen(page, page.getByText("長さ 0:04"), recordings);
    await picture("recording");
    await page.getByRole("link", { name: "字幕を入れる" }).click();
    await page.locator("#captions").fill("WEBVTT\n\n00:00:00.500 --> 00:00:03.000\n見本の映像です\n");
    await page.getByRole("button", { name: "字幕を保存する" }).click();
    await page.getByRole("link", { name: "公開する", exact: true }).click();
    await picture("recording-effect");
    await page.getByRole("button", { name: "この録画を公開する" }).click();
    assert.match(await main(), /公開/);
    await picture("recording-out");
});
