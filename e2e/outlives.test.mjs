// What a learner answered outlives the tab, the line, the server and the sign-in, wherever in the sending they end: nothing that
// was answered is lost, and nothing is there twice. On both engines; `MIST_RUNS` is how often on each.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { LIMIT, after, before, test } from "./harness/limits.mjs";
import { PATIENCE, until } from "./harness/patience.mjs";
import { signIn } from "./harness/people.mjs";

const run = promisify(execFile);
const RUNS = Number(process.env.MIST_RUNS ?? 12);
const ENOUGH = LIMIT + RUNS * PATIENCE;
/** Milliseconds around the press of the button within which something ends; a sending takes about a third of it. */
const AROUND = 120;
const QUESTIONS = "/courses/beginner/habits/questions";
const COUNT = "SELECT COUNT(*) FROM study_answers WHERE course = 'beginner' AND question LIKE 'habits-%'";
const WAITING = "mist.learn:waiting";

let browser;

before(async () => {
    browser = await openBrowser();
});

after(() => browser?.close());

/** How many answers are stored, read past the portal. */
const COUNTERS = {
    async sqlite({ folder }) {
        const { stdout } = await run("python3", ["-c", "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])", `${folder}/mist.sqlite`, COUNT]);
        return Number(stdout);
    },
    async postgres({ database }) {
        const { stdout } = await run("psql", ["-Atc", COUNT, database]);
        return Number(stdout);
    },
};

/** What may end, and how it comes back. */
const ENDS = {
    async tab({ page }) {
        await page.close();
    },
    async line({ context }) {
        await context.setOffline(true);
        return () => context.setOffline(false);
    },
    async server({ demo }) {
        await demo.crash();
    },
    async signIn({ context }) {
        const cookies = await context.cookies();
        await context.clearCookies();
        return () => context.addCookies(cookies);
    },
};

/** A question is answered, and around the press of the button something ends. What was put down on the device counts as answered. */
async function oneRun({ demo, context }, end, place, choice) {
    const page = await context.newPage();
    await page.goto(`${QUESTIONS}/${place}`);
    await page.locator("main .choice").nth(choice).click();
    const button = page.getByRole("button", { name: "この答えで確かめる" });
    // The page may go away under the press, which then has no answer.
    const pressed = button.click({ noWaitAfter: true }).catch(() => undefined);
    if (end === "tab") await pressed;
    await pause(randomInt(AROUND));
    const heal = await ENDS[end]({ page, context, demo });
    await pressed;
    await pause(randomInt(AROUND));
    await heal?.();
    if (!page.isClosed()) await page.close();
}

/** Opens a page again, which sends what waits, until nothing does. */
async function settle(context) {
    const page = await context.newPage();
    const isEmpty = () => page.evaluate((key) => (localStorage.getItem(key) ?? "[]") === "[]", WAITING);
    await until(async () => {
        await page.goto(`${QUESTIONS}/1`);
        for (let looks = 0; looks < 20; looks += 1) {
            if (await isEmpty()) return true;
            await pause(100);
        }
        return false;
    }, "an empty list of what waits");
    await page.close();
}

async function outlives(engine, demo) {
    const context = await visitor(browser, demo);
    const first = await context.newPage();
    await signIn(first, "learner");
    await first.goto(`${QUESTIONS}/1`);
    const places = await first.locator("main .choice").count();
    await first.close();
    assert.ok(places > 1, "the first question is one of several choices");
    const before = await COUNTERS[engine](demo);
    const ends = Object.keys(ENDS);
    for (let n = 1; n <= RUNS; n += 1) {
        const end = ends[n % ends.length];
        await oneRun({ demo, context }, end, 1, n % places);
        await settle(context);
        assert.equal((await COUNTERS[engine](demo)) - before, n, `after ${n} answers, the last when the ${end} ended`);
    }
    await context.close();
}

test("on SQLite no answer is lost and none is doubled", { timeout: ENOUGH }, async () => {
    const demo = await startDemo();
    try {
        await outlives("sqlite", demo);
    } finally {
        await demo.stop();
    }
});

test("on PostgreSQL no answer is lost and none is doubled", { timeout: ENOUGH }, async (t) => {
    if (!process.env.MIST_TEST_POSTGRES) return t.skip("no PostgreSQL");
    const demo = await startDemo({ postgres: process.env.MIST_TEST_POSTGRES });
    try {
        await outlives("postgres", demo);
    } finally {
        await demo.stop();
    }
});
