// A client of xAPI that others made speaks to the record store, at both addresses: statements and filters, documents, what is voided, who
// and what is known.

import assert from "node:assert/strict";

import xapi from "@xapi/xapi";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { after, before, test } from "./harness/limits.mjs";
import { signIn } from "./harness/people.mjs";

const XAPI = xapi.default ?? xapi;
const EXPERIENCED = { id: "http://adlnet.gov/expapi/verbs/experienced", display: { ja: "見た" } };
const { COMPLETED } = XAPI.Verbs;
let demo, browser, page;

before(async () => {
    demo = await startDemo();
    browser = await openBrowser();
    page = await (await visitor(browser, demo, { width: 1280 })).newPage();
    await signIn(page, "operator");
});

after(async () => {
    await browser?.close();
    await demo?.stop();
});

/** A program of its own for a version, as the operator makes it. */
async function client(version) {
    await page.goto("/staff/records/clients/new");
    await page.locator("#name").fill(`見本の連携 ${version}`);
    await page.locator("main form .button.main").click();
    const key = await page.locator("#client-key").inputValue();
    const secret = await page.locator("#client-secret").inputValue();
    return new XAPI({ endpoint: `${demo.url}/xapi/${version}/`, auth: XAPI.toBasicAuth(key, secret), version });
}

/** A client that shows the wrong secret. */
const stranger = (version) => new XAPI({ endpoint: `${demo.url}/xapi/${version}/`, auth: XAPI.toBasicAuth("key", "secret"), version });

const activity = (name) => ({ objectType: "Activity", id: `https://lms.example.com/${name}`, definition: { name: { ja: `教材 ${name}` } } });
const statement = (actor, verb, name, more = {}) => ({ actor, verb, object: activity(name), ...more });
const status = (promise) => promise.then(({ status: code }) => code, (error) => error.response?.status ?? error.status);

for (const version of ["1.0.3", "2.0.0"]) {
    // Programs of the portal share a room: each version has people and things of its own here.
    const TARO = { objectType: "Agent", name: "見本 太郎", mbox: `mailto:taro-${version}@example.jp` };
    const HANAKO = { objectType: "Agent", name: "見本 花子", account: { homePage: "https://lms.example.com", name: version } };
    const [a, b] = [`${version}/a`, `${version}/b`];
    test(`statements are sent, found and voided (${version})`, async () => {
        const lrs = await client(version);
        assert.ok((await lrs.getAbout()).data.version.includes(version));
        assert.equal(await status(stranger(version).getStatements()), 401);
        const registration = crypto.randomUUID();
        const [first] = (await lrs.sendStatement({ statement: statement(TARO, EXPERIENCED, a, { context: { registration } }) })).data;
        const rest = await lrs.sendStatements({ statements: [statement(HANAKO, EXPERIENCED, a), statement(TARO, COMPLETED, b)] });
        const [second, third] = rest.data;
        const got = (await lrs.getStatement({ statementId: first })).data;
        assert.equal(got.object.definition.name.ja, `教材 ${a}`);
        assert.equal(got.version.split(".")[0], version.split(".")[0]);

        const found = async (filter) => (await lrs.getStatements(filter)).data.statements.map(({ id }) => id);
        assert.deepEqual(await found({ agent: { mbox: TARO.mbox }, ascending: true }), [first, third]);
        assert.deepEqual(await found({ agent: { account: HANAKO.account } }), [second]);
        assert.deepEqual(await found({ verb: COMPLETED.id, agent: { mbox: TARO.mbox } }), [third]);
        assert.deepEqual(await found({ activity: activity(a).id, ascending: true }), [first, second]);
        assert.deepEqual(await found({ registration }), [first]);
        assert.deepEqual(await found({ agent: { mbox: TARO.mbox }, since: got.stored }), [third]);
        assert.deepEqual(await found({ agent: { mbox: TARO.mbox }, until: got.stored }), [first]);
        const one = (await lrs.getStatements({ limit: 1, format: "ids" })).data;
        assert.deepEqual([one.statements.length, Object.keys(one.statements[0].object)], [1, ["objectType", "id"]]);
        const more = (await lrs.getMoreStatements({ more: one.more })).data;
        assert.equal(more.statements.length, 1);

        const [voiding] = (await lrs.voidStatement({ actor: TARO, statementId: first })).data;
        assert.equal(await status(lrs.getStatement({ statementId: first })), 404);
        assert.equal((await lrs.getVoidedStatement({ voidedStatementId: first })).data.id, first);
        // What speaks of a statement is found by what that says; the voided one itself is not.
        assert.deepEqual(await found({ registration }), [voiding]);
        assert.equal(await status(lrs.sendStatement({ statement: { actor: TARO } })), 400);
    });

    test(`states and profiles are kept (${version})`, async () => {
        const lrs = await client(version);
        const place = { agent: { mbox: TARO.mbox }, activityId: "https://lms.example.com/a", stateId: "progress" };
        assert.equal(await status(lrs.getState(place)), 404);
        await lrs.createState({ ...place, state: { slide: 3 } });
        const { data, headers } = await lrs.getState(place);
        assert.equal(data.slide, 3);
        await lrs.setState({ ...place, state: { slide: 4 }, etag: headers.etag, matchHeader: "If-Match" });
        assert.equal((await lrs.getState(place)).data.slide, 4);
        assert.deepEqual((await lrs.getStates({ agent: place.agent, activityId: place.activityId })).data, ["progress"]);
        await lrs.deleteState(place);
        assert.equal(await status(lrs.getState(place)), 404);

        const agent = { agent: { mbox: TARO.mbox }, profileId: "preferences" };
        await lrs.createAgentProfile({ ...agent, profile: { language: "ja" } });
        const kept = await lrs.getAgentProfile(agent);
        await lrs.setAgentProfile({ ...agent, profile: { language: "en" }, etag: kept.headers.etag, matchHeader: "If-Match" });
        assert.equal((await lrs.getAgentProfile(agent)).data.language, "en");
        assert.equal(await status(lrs.setAgentProfile({ ...agent, profile: {}, etag: kept.headers.etag, matchHeader: "If-Match" })), 412);
        const thing = { activityId: "https://lms.example.com/a", profileId: "notes" };
        await lrs.createActivityProfile({ ...thing, profile: { pages: 7 } });
        assert.deepEqual((await lrs.getActivityProfiles({ activityId: thing.activityId })).data, ["notes"]);
        assert.equal((await lrs.getActivityProfile(thing)).data.pages, 7);
        await lrs.deleteActivityProfile(thing);
        assert.equal(await status(lrs.getActivityProfile(thing)), 404);
    });

    test(`agents and activities are known by what was said of them (${version})`, async () => {
        const lrs = await client(version);
        await lrs.sendStatement({ statement: statement(TARO, EXPERIENCED, "c") });
        const person = (await lrs.getAgent({ agent: { mbox: TARO.mbox } })).data;
        assert.deepEqual([person.objectType, person.name, person.mbox], ["Person", [TARO.name], [TARO.mbox]]);
        const known = (await lrs.getActivity({ activityId: "https://lms.example.com/c" })).data;
        assert.deepEqual([known.id, known.definition.name.ja], ["https://lms.example.com/c", "教材 c"]);
    });
}
