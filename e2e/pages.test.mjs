// Every page, for everybody, at two widths and in both schemes: each scheme at one of the widths.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { findings, listen, overflow, withoutEdge, words } from "./harness/checks.mjs";
import { startDemo } from "./harness/demo.mjs";
import { MANY, after, before, part, test } from "./harness/limits.mjs";
import { ROLES, SESSION, keyPages, prepare, signedIn } from "./harness/places.mjs";
import { walk } from "./harness/walk.mjs";

const SNAPSHOTS = path.join(import.meta.dirname, "snapshots");
const FIRST_PAGE_LIMIT = 100 * 1024;
// Nobody who is signed in sees the public pages differently, except for their head.
const OWN = /^\/(?:my|staff|applications|step-up|recoveries)\b/;
const PUBLIC = /^\/(?!demo\/|my\b|en\/my\b|assets\/)/;
/** Links, papers and pages that are not there, or no longer. */
const GONE = [
    "/nowhere",
    "/en/nowhere",
    "/notices/2020-0101-1",
    "/trainings/R1/admin",
    "/apply/R8/admin/99",
    "/a/nothing",
    "/sign-in/link/nothing",
    "/invitation/nothing",
    "/recovery/link/nothing",
    "/recovery/cancel/nothing",
    "/tell-me/end/nothing",
    "/contact/receipts/nothing",
    "/demo/sign-in/nobody",
];

let demo, browser, places;

before(async () => {
    demo = await startDemo({ films: true });
    browser = await openBrowser();
    places = await prepare(browser, demo);
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

/** Opens a page in a tab and makes every check on it: in the light on a desk, in the dark on a phone. */
async function look({ page, notes }, open) {
    notes.length = 0;
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 900 });
    await open(page);
    const found = [...(await words(page)), ...(await findings(page)).map((line) => `at 1280 px ${line}`)];
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 390, height: 844 });
    found.push(...(await overflow(page)), ...(await findings(page)).map((line) => `at 390 px, dark ${line}`));
    assert.deepEqual([...notes, ...found], [], page.url());
}

/** A tab, and what must not happen in it. */
async function tabIn(context) {
    const page = await context.newPage();
    return { page, notes: listen(page, demo.url) };
}

/** Has two work off the same things. */
const two = (worker) => Promise.all([worker(), worker()]);

/** A test of each of these addresses, one after the other in the tab of its worker. */
function lookAtEach(t, context, addresses) {
    const left = addresses.values();
    return two(async () => {
        const tab = await tabIn(context);
        for (const address of left) await part(t, address, () => look(tab, to(address)));
        await tab.page.close();
    });
}

/** A test of each of these key pages, each in a tab of its own: what was done in one is not carried into the next. */
function each(t, pages, contexts, run) {
    const left = pages.values();
    const inTab = async ({ role, open }) => {
        const tab = await tabIn(contexts.get(role));
        try {
            await run(tab, open);
        } finally {
            await tab.page.close();
        }
    };
    return two(async () => {
        for (const page of left) await part(t, page.name, () => inTab(page));
    });
}

/** A visitor for each role of these pages. */
async function contextsFor(entries, width) {
    const contexts = new Map();
    for (const role of new Set(entries.map(({ role }) => role))) {
        const storageState = ROLES.includes(role) ? await signedIn(browser, demo, role) : places.state(role);
        contexts.set(role, await visitor(browser, demo, { width, storageState }));
    }
    return contexts;
}

const to = (address) => (page) => page.goto(address);

test("public pages", { timeout: MANY }, async (t) => {
    const context = await visitor(browser, demo, { width: 1280 });
    const { pages, dead } = await walk(context, ["/", "/recommended", "/incident", "/en/"], { each: 2, within: PUBLIC });
    assert.ok(pages.length > 50, `${pages.length} public pages`);
    await t.test("no link leads to nowhere", () => assert.deepEqual(dead, []));
    await lookAtEach(t, context, [...pages, ...GONE]);
    await context.close();
});

for (const role of ROLES) {
    test(`pages of the role ${role}`, { timeout: MANY }, async (t) => {
        const context = await visitor(browser, demo, { width: 1280, storageState: await signedIn(browser, demo, role) });
        const starts = role === "learner" || role === "institution_admin" ? ["/my", "/my/security", "/step-up"] : ["/staff", "/my"];
        const { pages, dead } = await walk(context, starts, { each: role === "secretariat" ? 2 : 1, within: OWN });
        await t.test("no link leads to nowhere", () => assert.deepEqual(dead, []));
        await lookAtEach(t, context, pages);
        await context.close();
    });
}

test("pages that come from doing something", { timeout: MANY }, async (t) => {
    const done = keyPages(places).filter(({ direct }) => !direct);
    const contexts = await contextsFor(done, 1280);
    await each(t, done, contexts, look);
    for (const context of contexts.values()) await context.close();
});

test("key pages at 320 px, and with forced colours", { timeout: MANY }, async (t) => {
    const key = keyPages(places).filter(({ narrow }) => narrow);
    assert.ok(key.length >= 12, "twelve at least");
    const contexts = await contextsFor(key, 320);
    await each(t, key, contexts, async ({ page }, open) => {
        await open(page);
        assert.deepEqual(await overflow(page), []);
        await page.emulateMedia({ forcedColors: "active" });
        const found = (await findings(page)).map((line) => `with forced colours ${line}`);
        assert.deepEqual([...found, ...(await overflow(page)), ...(await withoutEdge(page))], []);
    });
    for (const context of contexts.values()) await context.close();
});

test("the first page is light", async () => {
    const context = await visitor(browser, demo, { width: 390 });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    let bytes = 0;
    session.on("Network.loadingFinished", ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto("/", { waitUntil: "networkidle" });
    assert.ok(bytes > 10_000 && bytes <= FIRST_PAGE_LIMIT, `${bytes} bytes`);
    await context.close();
});

test("the form of an application reads as it did", async () => {
    const context = await visitor(browser, demo, { width: 390 });
    const page = await context.newPage();
    await page.goto(SESSION);
    const tree = `${await page.locator("main").ariaSnapshot()}\n`;
    const file = path.join(SNAPSHOTS, "apply.yaml");
    // A change on purpose is taken over with: UPDATE_SNAPSHOTS=1 node --test e2e/pages.test.mjs
    if (process.env.UPDATE_SNAPSHOTS) await writeFile(file, tree);
    assert.equal(tree, await readFile(file, "utf8"));
    await context.close();
});
