// A course of ours goes out as a cmi5 package and comes back: brought in, launched, stopped, gone on with, failed, passed, satisfied; ended
// and waived by an administrator; and read where no learning system is.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, isFine, listen, overflow } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { MANY, after, before, test } from "./harness/limits.mjs";
import { signIn } from "./harness/people.mjs";

const KEPT = process.env.MIST_PICTURES;
const TYPES = { html: "text/html", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
/** A launch in the host of packages, at the unit with this number. */
const at = (number) => new RegExp(`^http://[0-9a-f]{32}\\.pkg\\.localhost:\\d+/${number}\\.html\\?`);
let demo, browser, folder, zip, packagePath, server;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    folder = await mkdtemp(path.join(tmpdir(), "mist-exported-"));
});

after(async () => {
    server?.close();
    await browser?.close();
    await demo?.stop();
    await rm(folder, { recursive: true, force: true });
});

/** A page of a unit, whose words are the course's own: they are looked at where courses are. */
async function isSound(page) {
    assert.deepEqual([...(await findings(page)), ...(await overflow(page))], [], page.url());
}

async function picture(page, name) {
    if (KEPT) await page.screenshot({ path: path.join(KEPT, `${name}.png`), fullPage: true });
}

async function signedIn(role, more = {}) {
    const page = await (await visitor(browser, demo, { acceptDownloads: true, ...more })).newPage();
    await signIn(page, role);
    return page;
}

async function saved(page, press) {
    const [download] = await Promise.all([page.waitForEvent("download"), press()]);
    const file = path.join(folder, download.suggestedFilename());
    return download.saveAs(file).then(() => file);
}

/** A token that the operator issues. */
async function issued(...scopes) {
    const page = await signedIn("operator", { width: 1280 });
    await page.goto("/staff/tokens/new");
    await page.locator("#name").fill("見本の連携");
    for (const scope of scopes) await page.locator(`input[name="scope"][value="${scope}"]`).check();
    await page.locator("#days").fill("30");
    await page.locator("main form .button.main").click();
    const token = await page.locator("#secret").inputValue();
    await page.context().close();
    return token;
}

const heading = (page) => page.locator("h1").innerText();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** Goes through the slides that are left. */
async function reads(page) {
    for (;;) {
        const button = page.locator(".turn .main");
        const isLast = (await button.innerText()) === "問題へ";
        const before = await heading(page);
        await button.click();
        await page.waitForFunction((title) => document.querySelector("h1").textContent !== title, before);
        if (isLast) return;
    }
}

/** Puts an answer to the question of a page in, rightly or not. */
async function fillsIn(page, isRight) {
    await page.locator("legend").waitFor();
    await page.evaluate((right) => {
        const text = document.querySelector("legend").textContent;
        const { questions } = globalThis.MIST_UNIT.faces[document.documentElement.lang];
        const asked = questions.find((question) => question.text === text);
        const typed = document.querySelector("input[name=typed]");
        if (typed) typed.value = right ? String(asked.right[0]) : "0";
        const ids = right ? asked.right : asked.choices.map(([id]) => id).filter((id) => !asked.right.includes(id)).slice(0, 1);
        document.querySelectorAll("select").forEach((select, n) => {
            select.value = right ? asked.right[n] : asked.choices[(n + 1) % asked.choices.length][0];
        });
        document.querySelectorAll("input[name=choice]").forEach((input) => {
            input.checked = ids.includes(input.value);
        });
    }, isRight);
}

/** Answers the question of a page, rightly or not, and goes on. */
async function answers(page, isRight) {
    await fillsIn(page, isRight);
    const before = await heading(page);
    await page.locator("main form .main").click();
    await page.waitForFunction((title) => document.querySelector("h1").textContent !== title, before);
}

/** Nothing of the question on the page can be answered otherwise or handed in once more, and the page says that it was not sent. */
async function isFrozen(page, question) {
    assert.equal(await page.locator("legend").innerText(), question, "it is the question that was handed in, as it was");
    assert.equal(await page.locator("main fieldset:disabled").count(), 1, "its answer cannot be changed");
    assert.equal(await page.locator("main form button").count(), 0, "it cannot be handed in anew");
    assert.equal(await page.locator("main .unsent").count(), 1, "the same can be sent again");
}

const unitForm = (page, place) => page.locator("main form").nth(place).locator("button");

test("whoever keeps courses takes one along, and brings it in as a package", async () => {
    for (const width of [390, 1280]) {
        const page = await signedIn("secretariat", { width });
        await page.goto("/courses/executive/kit");
        await page.getByRole("heading", { name: "ほかの学習管理システムで使う" }).waitFor();
        await isFine(page);
        await picture(page, `export-${width}`);
        zip = await saved(page, () => page.getByRole("link", { name: "ZIPを受け取る" }).click());
        await page.context().close();
    }
    const page = await signedIn("secretariat", { width: 1280 });
    await page.goto("/staff/packages");
    await page.locator("#file").setInputFiles(zip);
    await press(page, "取り込む");
    await page.getByText("教材を取り込みました").waitFor();
    await page.getByText("完了と合格の両方で終わり（合格点80%）").waitFor();
    await isFine(page);
    packagePath = new URL(page.url()).pathname;
    await page.getByRole("button", { name: "受講者に公開する" }).click();
    await page.getByText("受講者に公開しました").waitFor();
    await page.context().close();
});

test("a unit is stopped and gone on with; an administrator ends one and waives others; the test is failed, then passed", { timeout: MANY }, async () => {
    const page = await signedIn("learner");
    const mine = packagePath.replace("/staff/", "/my/");
    await page.goto(mine);
    await isFine(page);
    await picture(page, "exported-mine-390");

    // Read half way, stopped, and gone on with from there.
    await unitForm(page, 0).click();
    await page.waitForURL(at("01"));
    const registration = new URL(page.url()).searchParams.get("registration");
    await page.locator(".turn .main").waitFor();
    await isSound(page);
    await picture(page, "exported-slide-390");
    const first = await heading(page);
    await page.locator(".turn .main").click();
    await page.waitForFunction((title) => document.querySelector("h1").textContent !== title, first);
    const second = await heading(page);
    // Loaded anew, it goes on in the same session.
    await page.reload();
    await page.locator(".turn .main").waitFor();
    assert.equal(await heading(page), second);
    await press(page, "ここで止める");
    await page.waitForURL(`**${mine}`);
    await unitForm(page, 0).click();
    await page.waitForURL(at("01"));
    await page.locator(".turn .main").waitFor();
    assert.equal(await heading(page), second, "it goes on where it was stopped");
    await reads(page);
    await isSound(page);
    await picture(page, "exported-question-390");
    await answers(page, true);
    await isSound(page);
    await picture(page, "exported-told-390");
    await press(page, "次へ");
    await answers(page, false);
    await press(page, "次へ");
    await page.getByText("完了として記録しました").waitFor();
    await isSound(page);
    await press(page, "終わって戻る");
    await page.waitForURL(`**${mine}`);
    await page.locator('label[for="progress"]', { hasText: "10単元のうち1単元が終わりました" }).waitFor();

    // An administrator ends what is open: nothing more is recorded, and the page says so.
    const token = await issued("packages:write", "xapi:read");
    const api = (place, body) =>
        page.request.post(`${demo.url}/api/v1/packages${place}`, { headers: { authorization: `Bearer ${token}` }, data: body ?? {} });
    await unitForm(page, 1).click();
    await page.waitForURL(at("02"));
    await page.locator(".turn .main").waitFor();
    const session = await page.evaluate(() => atob(JSON.parse(sessionStorage.getItem("mist-unit-session")).authToken).split(":")[0]);
    assert.equal((await api(`/sessions/${session}/abandonment`)).status(), 200);
    await page.locator(".turn .main").click();
    await page.getByText("学習管理システムが、記録を受け付けませんでした").waitFor();
    await isSound(page);
    await picture(page, "exported-ended-390");
    // And waives units: they count as done on the learner's page.
    for (let unit = 1; unit < 9; unit += 1) {
        const waived = await api(`/registrations/${registration}/units/${unit}/waiver`, { reason: "Administrative" });
        assert.equal(waived.status(), 200, await waived.text());
    }
    await page.goto(mine);
    await page.locator('label[for="progress"]', { hasText: "10単元のうち9単元が終わりました" }).waitFor();

    // The test: failed.
    await unitForm(page, 9).click();
    await page.waitForURL(at("10"));
    await page.getByText("15問に答えます。12問以上の正解で合格です。").waitFor();
    await isSound(page);
    await picture(page, "exported-test-390");
    await press(page, "テストを始める");
    await page.locator("legend").waitFor();
    while (await page.locator("legend").count()) await answers(page, false);
    await page.getByText("もう少しです").waitFor();
    await page.getByText("点数を記録しました").waitFor();
    await isSound(page);
    await picture(page, "exported-failed-390");
    await press(page, "終わって戻る");
    await page.waitForURL(`**${mine}`);
    await page.getByText("完了しました。合格すると終わりです。").waitFor();

    // Stopped in its middle, gone on with, and passed.
    await unitForm(page, 9).click();
    await page.waitForURL(at("10"));
    await press(page, "テストを始める");
    for (let n = 0; n < 4; n += 1) await answers(page, true);
    const fifth = await page.locator("legend").innerText();
    await press(page, "ここで止める");
    await page.waitForURL(`**${mine}`);
    await unitForm(page, 9).click();
    await page.waitForURL(at("10"));
    await page.locator("legend").waitFor();
    assert.equal(await page.locator("legend").innerText(), fifth, "the same question is asked");
    while (await page.locator("legend").count()) await answers(page, true);
    await page.getByText("合格です").waitFor();
    await page.getByText("15問のうち15問正解でした").waitFor();
    await isSound(page);
    await picture(page, "exported-passed-390");
    await press(page, "終わって戻る");
    await page.waitForURL(`**${mine}`);
    await page.getByText("この教材は、全部終わりました").waitFor();
    await isFine(page);

    // Who has done it looks at it again, and the record does not change.
    await unitForm(page, 0).click();
    await page.waitForURL(at("01"));
    await page.getByText("見直すために開いています").waitFor();
    await isSound(page);

    const told = await page.request.get(`${demo.url}/xapi/1.0.3/statements?registration=${registration}&ascending=true`, {
        headers: { authorization: `Bearer ${token}`, "x-experience-api-version": "1.0.3" },
    });
    const said = (await told.json()).statements.map(({ verb }) => verb.id.split("/").pop());
    const count = (verb) => said.filter((one) => one === verb).length;
    assert.deepEqual(
        ["completed", "failed", "passed", "waived", "abandoned", "satisfied", "terminated"].map(count),
        [2, 1, 1, 8, 1, 1, 5],
        said.join(" "),
    );
    await page.context().close();
});

test("what was handed in of a test stands in every language, though the learning system was not reached", { timeout: MANY }, async () => {
    const desk = await signedIn("secretariat", { width: 1280 });
    await desk.goto("/courses/beginner/kit");
    const file = await saved(desk, () => desk.getByRole("link", { name: "ZIPを受け取る" }).click());
    await desk.goto("/staff/packages");
    await desk.locator("#file").setInputFiles(file);
    await press(desk, "取り込む");
    await desk.getByText("教材を取り込みました").waitFor();
    const mine = new URL(desk.url()).pathname.replace("/staff/", "/my/");
    await desk.getByRole("button", { name: "受講者に公開する" }).click();
    await desk.getByText("受講者に公開しました").waitFor();
    await desk.context().close();

    const page = await signedIn("learner");
    await page.goto(mine);
    await page.locator("main form button").last().click();
    await page.waitForURL(at("\\d+"));
    await press(page, "テストを始める");
    await page.locator("legend").waitFor();
    const isLast = async () => {
        const [number, of] = (await heading(page)).match(/\d+/g);
        return number === of;
    };
    while (!(await isLast())) await answers(page, true);
    const last = await page.locator("legend").innerText();
    const statements = /\/statements(?:\?|$)/;
    await page.route(statements, (route) => route.abort());
    await fillsIn(page, true);
    await page.locator("main form .main").click();
    await page.getByText("記録を送れませんでした").waitFor();
    await isFrozen(page, last);
    await isSound(page);
    await picture(page, "exported-unsent-390");
    // Another language shows a page anew, but not this one: an answer that was changed now would not be heard.
    await press(page, "English");
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await isFrozen(page, last);
    await press(page, "日本語");
    await isFrozen(page, last);
    await page.unroute(statements);
    await press(page, "もう一度送る");
    await page.getByRole("heading", { name: "合格です" }).waitFor();
    await page.getByText("合格と点数を記録しました").waitFor();
    await isSound(page);
    await page.context().close();
});

test("the secretariat deletes the package, after it is said what that does", async () => {
    const page = await signedIn("secretariat");
    await page.goto(packagePath);
    await page.getByRole("link", { name: "削除する" }).click();
    await page.getByRole("heading", { name: "教材を削除しますか" }).waitFor();
    await isFine(page);
    await picture(page, "package-delete-390");
    // Somebody looks at it again, still.
    await press(page, "削除する");
    await page.getByText("削除していません").waitFor();
    await isFine(page);
    await page.setViewportSize({ width: 1280, height: 900 });
    await isFine(page);
    await picture(page, "package-refused-1280");
    await page.locator('input[name="confirmed"]').check();
    await press(page, "削除する");
    await page.getByText("教材を削除しました").waitFor();
    await isFine(page);
    await picture(page, "package-deleted-1280");
    await page.goto("/staff/packages");
    await page.getByText("削除済み").waitFor();
    await isFine(page);
    await page.context().close();
});

for (const place of ["disk", "server"]) {
    test(`without a learning system, from a ${place}, a unit is read, and says that nothing is recorded`, async () => {
        const desk = await signedIn("secretariat");
        await desk.goto("/courses/beginner/kit");
        const file = await saved(desk, () => desk.getByRole("link", { name: "ZIPを受け取る" }).click());
        await desk.context().close();
        const unpacked = path.join(folder, place);
        // By a program that is not ours.
        execFileSync("python3", ["-c", "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])", file, unpacked]);
        let [origin, url] = ["file://", pathToFileURL(path.join(unpacked, "01.html")).href];
        if (place === "server") {
            server = createServer((request, response) => {
                const name = new URL(request.url, "http://localhost").pathname.slice(1);
                response.setHeader("content-type", TYPES[name.split(".").pop()] ?? "application/octet-stream");
                createReadStream(path.join(unpacked, name)).once("error", () => response.writeHead(404).end()).pipe(response);
            });
            await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
            origin = `http://127.0.0.1:${server.address().port}`;
            url = `${origin}/01.html`;
        }
        for (const width of [390, 1280]) {
            const context = await browser.newContext({ viewport: { width, height: 844 }, locale: "ja-JP", reducedMotion: "reduce" });
            const page = await context.newPage();
            const notes = listen(page, origin);
            await page.goto(url);
            await page.getByText("学習管理システムから開かれていません").waitFor();
            await isSound(page);
            await picture(page, `alone-${place}-${width}`);
            // In the other language, at the same place.
            await press(page, "English");
            await page.getByText("This page was not opened from a learning system").waitFor();
            assert.equal(await page.locator("html").getAttribute("lang"), "en");
            await isSound(page);
            await press(page, "日本語");
            await reads(page);
            await answers(page, true);
            await press(page, "次へ");
            await answers(page, false);
            await press(page, "次へ");
            await page.getByText("この単元は終わりです").waitFor();
            await isSound(page);
            // From a disk, axe tries to fetch the style sheet for itself, which the page's policy refuses.
            assert.deepEqual(notes.filter((note) => !/Connecting to '[^']*unit\.css' violates/.test(note)), []);
            // Launched by one that cannot be reached.
            const launch = new URLSearchParams({
                endpoint: "http://127.0.0.1:9/xapi/",
                fetch: "http://127.0.0.1:9/token",
                actor: JSON.stringify({ objectType: "Agent", account: { homePage: "https://lms.example.com", name: "7" } }),
                registration: "ccaf384c-f8d4-4e7a-8304-49af58f0b176",
                activityId: "https://lms.example.com/1",
            });
            await page.goto(`${url}?${launch}`);
            await page.getByText("学習管理システムにつながりません").waitFor();
            await page.getByRole("button", { name: "つなぎ直す" }).waitFor();
            await isSound(page);
            await picture(page, `unreachable-${place}-${width}`);
            await context.close();
        }
    });
}
