// Where things are in the demo: who is signed in, and the pages that are looked at one by one.

import { visitor } from "./browser.mjs";
import { HANAKO, SAKIO, fillIn, signIn } from "./people.mjs";

export const ROLES = ["secretariat", "learner", "institution_admin", "ministry", "auditor", "operator"];

/** The open session that applicants choose here. */
export const SESSION = "/apply/R8/admin/5";
/** The one without a free seat, where three wait. */
export const FULL = "/apply/R8/beginner/5";

/** Signs everybody in, applies once, and finds the addresses that the demo made. */
export async function prepare(browser, demo) {
    const states = new Map();
    const found = {};
    for (const role of ROLES) {
        states.set(role, await signedIn(browser, demo, role));
        const context = await visitor(browser, demo, { width: 1280, script: false, storageState: states.get(role) });
        const page = await context.newPage();
        if (role === "secretariat") Object.assign(found, await staffPlaces(page));
        if (role === "learner") {
            await page.goto("/my");
            found.mine = await first(page, "/applications/", /^\/applications\/[0-9a-f-]+$/);
        }
        await context.close();
    }
    const context = await visitor(browser, demo, { script: false });
    const page = await context.newPage();
    found.receipt = await apply(page, SESSION, { ...HANAKO, email: "hanako.places@example.jp" });
    states.set("applicant", await context.storageState());
    await context.close();
    return { ...found, state: (role) => states.get(role) };
}

/** What a browser keeps of whoever has just signed in with a role: what was confirmed a quarter of an hour ago is asked for again. */
export async function signedIn(browser, demo, role) {
    const context = await visitor(browser, demo, { script: false });
    await signIn(await context.newPage(), role);
    const state = await context.storageState();
    await context.close();
    return state;
}

/** Applies by form and confirmation. Resolves to the path of the receipt. */
export async function apply(page, path, person) {
    await page.goto(path);
    await fillIn(page, person);
    await page.locator("main form .button.main").click();
    const known = page.locator("#org input");
    if (await known.count()) await known.first().check();
    await page.locator("main form .button.main").click();
    return new URL(page.url()).pathname;
}

async function staffPlaces(page) {
    await page.goto("/staff/programmes/R8");
    const row = page.locator("#admin tr", { hasText: "第5回" });
    const session = await first(row, "/staff/sessions/", /^\/staff\/sessions\/[0-9a-f-]+$/);
    await page.goto(`${session}/applicants`);
    const applicant = await first(page, "/staff/applicants/", /^\/staff\/applicants\/[0-9a-f-]+$/);
    await page.goto("/staff/notices");
    const notice = await first(page, "/staff/notices/", /^\/staff\/notices\/[0-9a-f]{8}-[0-9a-f-]+$/);
    return { session, applicant, notice };
}

async function first(where, start, shape) {
    const links = await where.locator(`a[href^="${start}"]`).evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
    const path = links.find((link) => shape.test(link));
    if (!path) throw new Error(`no link to ${start} here`);
    return path;
}

const to = (path) => (page) => page.goto(path);

/** Opens a page and presses its main button. */
const pressed = (path, before = async () => {}) => async (page) => {
    await page.goto(path);
    await before(page);
    await page.locator("main form .button.main").first().click();
    await page.waitForLoadState();
};

/** Opens a question of a course and gives its first answer. */
const answered = (path) => async (page) => {
    await page.goto(path);
    await page.locator("main .choice").first().click();
    await page.getByRole("button", { name: "この答えで確かめる" }).click();
    await page.locator(".told-list").first().waitFor();
};

/** Opens a page of the assignments of one's own institution. */
const learning = (rest) => async (page) => {
    await page.goto("/institutions");
    const path = await first(page, "/institutions/", /^\/institutions\/[0-9a-f-]+\/learning$/);
    await page.goto(`${path}${rest}`);
};

/** Opens one of those assignments. */
const assigned = async (page) => {
    await learning("")(page);
    await page.locator("tbody th a").first().click();
    await page.waitForLoadState();
};

/** Gives a course out to one's own institution, and opens its page. */
const given = async (page) => {
    await learning("/kits")(page);
    await page.locator("#label").fill("見本の研修");
    await page.locator("main form .button.main").first().click();
    await page.waitForLoadState();
};

/** Opens the first line of a list. */
const firstCase = (path) => async (page) => {
    await page.goto(path);
    await page.locator("th.title a").first().click();
    await page.waitForLoadState();
};

/** Begins a version of a course, or goes on with the one that is being written, and opens a page of it. */
const begun = (path, rest = "") => async (page) => {
    await page.goto(path);
    await page.locator(".desk-head .button.main").click();
    await page.waitForLoadState();
    if (rest) await page.goto(new URL(page.url()).pathname + rest);
};

/** Opens the sample among the course packages, or a page below it. */
const packaged = (rest = "") => async (page) => {
    await page.goto("/staff/packages");
    await page.locator("tbody th a").first().click();
    await page.waitForLoadState();
    if (rest) await page.goto(new URL(page.url()).pathname + rest);
};

/** Opens a learner of the sample who is as far as this, and goes on by a link. */
const registered = (far, link = "") => async (page) => {
    await packaged("/registrations")(page);
    await page.locator("tbody tr", { hasText: far }).locator("th a").click();
    await page.waitForLoadState();
    if (!link) return;
    await page.getByRole("link", { name: link }).first().click();
    await page.waitForLoadState();
};

const changed = async (page) => {
    await page.locator("#day").fill("2026-12-05");
    await page.locator("#seats").fill("2");
};

const written = async (page) => {
    await page.locator("#title_ja").fill("見本のお知らせ");
    await page.locator("#body_ja").fill("## 見出し\n\n本文です。\n\n- ひとつめ\n- ふたつめ\n");
};

/** The key pages. `dark` ones are looked at in the dark scheme as well, `narrow` ones at 320 px and with forced colours. */
export function keyPages(places) {
    const { session, applicant, notice, mine, receipt } = places;
    const page = (name, role, open, more = {}) => {
        const direct = typeof open === "string";
        return { name, role, direct, open: direct ? to(open) : open, ...more };
    };
    const look = { dark: true, narrow: true };
    return [
        page("front", null, "/", look),
        page("front-en", null, "/en/"),
        page("trainings", null, "/trainings", look),
        page("course", null, "/trainings/R8/executive", look),
        page("courses", null, "/courses", look),
        page("kits-public", null, "/courses/kits", look),
        page("courses-en", null, "/en/courses"),
        page("course-learning", null, "/courses/beginner", look),
        page("course-kit", null, "/courses/beginner/kit", look),
        page("course-kit-en", null, "/en/courses/beginner/kit"),
        page("slide", null, "/courses/beginner/habits/body-habits", look),
        page("slide-figure", null, "/courses/beginner/habits/same-shape", look),
        page("slide-last", "learner", "/courses/beginner/habits/today-habits"),
        page("slide-scene", null, "/courses/beginner/mail/scene-invoice", look),
        page("slide-scene-told", null, "/courses/beginner/mail/scene-invoice?choice=hurry&choice=password"),
        page("practice", "learner", "/courses/beginner/habits/questions/1", look),
        page("practice-told", "learner", answered("/courses/beginner/habits/questions/1")),
        page("practice-wrong", null, pressed("/courses/beginner/habits/questions/1")),
        page("my-course", "learner", "/my/courses/beginner", look),
        page("my-course-done", "learner", "/my/courses/inspection"),
        page("my-course-record", "learner", "/my/courses/inspection/record", look),
        page("my-test", "learner", async (page) => {
            await page.goto("/my/courses/beginner");
            await page.locator("#test button").click();
            await page.waitForLoadState();
        }),
        page("my-course-name", "learner", "/my/courses/beginner#certificate"),
        page("staff-assignments", "secretariat", "/staff/assignments"),
        page("staff-assignments-found", "secretariat", "/staff/assignments?institution=%E3%81%BF%E3%81%BB%E3%82%93"),
        page("assignments", "institution_admin", learning(""), look),
        page("assignments-staff", "institution_admin", learning("/staff")),
        page("assignments-new", "institution_admin", learning("/new")),
        page("assignments-check", "institution_admin", learning("/new?what=path-newcomer&due=2026-12-20&reason=%E7%A0%94%E4%BF%AE"), look),
        page("kits", "institution_admin", learning("/kits")),
        page("kits-one", "institution_admin", given, look),
        page("assignments-one", "institution_admin", assigned, look),
        page("staff-courses", "secretariat", "/staff/courses"),
        page("staff-course-versions", "secretariat", "/staff/courses/beginner/versions"),
        page("staff-course-version", "secretariat", begun("/staff/courses/beginner/versions"), look),
        page("staff-course-import", "secretariat", begun("/staff/courses/beginner/versions", "/import")),
        page("staff-course-slides", "secretariat", begun("/staff/courses/beginner/versions", "/slides")),
        page("staff-course-pictures", "secretariat", begun("/staff/courses/beginner/versions", "/pictures")),
        page("staff-course-edit", "secretariat", begun("/staff/courses/beginner/versions", "/course")),
        page("staff-course-questions", "secretariat", "/staff/courses/beginner"),
        page("staff-packages", "secretariat", "/staff/packages"),
        page("staff-package", "secretariat", packaged(), look),
        page("staff-package-learners", "secretariat", packaged("/registrations"), look),
        page("staff-package-learners-none", "secretariat", packaged("/registrations?q=qqqqq")),
        page("staff-package-learner", "secretariat", registered("学習中"), look),
        page("staff-package-waived", "secretariat", registered("修了")),
        page("staff-package-waiver", "secretariat", registered("学習中", "免除する"), look),
        page("staff-package-waiver-wrong", "secretariat", async (page) => {
            await registered("学習中", "免除する")(page);
            await page.locator("main form .button.main").click();
            await page.waitForLoadState();
        }),
        page("staff-package-abandonment", "secretariat", registered("学習中", "打ち切る")),
        page("packages", "learner", "/my/packages"),
        page("package", "learner", async (page) => {
            await page.goto("/my/packages");
            await page.locator("main .course-list a").click();
            await page.waitForLoadState();
        }, look),
        page("recommended", null, "/recommended"),
        page("calendar", null, "/calendar"),
        page("incident", null, "/incident", look),
        page("apply", null, SESSION, look),
        page("apply-en", null, `/en${SESSION}`),
        page("apply-wrong", null, pressed(SESSION)),
        page("apply-waiting", null, FULL),
        page("confirm", null, pressed(SESSION, (page) => fillIn(page, SAKIO)), look),
        page("confirm-known", null, pressed(SESSION, (page) => fillIn(page, HANAKO))),
        page("apply-closed", null, "/apply/R8/admin/1"),
        page("thanks", "applicant", receipt, look),
        page("move", "applicant", `${receipt}/move`, look),
        page("cancel", "applicant", `${receipt}/cancellation`),
        page("lobby", null, "/lobby/R8/executive/3", look),
        page("lobby-en", null, "/en/lobby/R8/executive/3"),
        page("lobby-check", null, "/lobby/check", look),
        page("lobby-door", null, "/lobby/R8/executive/3/join"),
        page("together-code", null, "/together"),
        page("join-early", "applicant", `${receipt}/join`),
        page("question", "applicant", `${receipt}/question`),
        page("viewing-early", "applicant", `${receipt}/viewing`),
        page("links", null, "/links"),
        page("tell-me", null, "/tell-me/beginner"),
        page("notices", null, "/notices"),
        page("notice", null, "/notices/2026-1120-1"),
        page("faq", null, "/faq", look),
        page("guide", null, "/guide"),
        page("contact", null, "/contact", look),
        page("contact-wrong", null, pressed("/contact")),
        page("search", null, "/search?q=%E7%A0%94%E4%BF%AE"),
        page("search-none", null, "/search?q=qqqqq"),
        page("letters", null, "/letters"),
        page("rules", null, "/rules"),
        page("not-found", null, "/nowhere"),
        page("sign-in", null, "/sign-in"),
        page("sign-in-sent", null, pressed("/sign-in", (page) => page.locator("#email").fill("taro.places@example.jp"))),
        page("recovery", null, "/recovery"),
        page("recovery-wrong", null, pressed("/recovery")),
        page("recovery-asked", null, pressed("/recovery", (page) => page.locator("#email").fill("taro.places@example.jp"))),
        page("recoveries", "institution_admin", "/recoveries"),
        page("recoveries-one", "institution_admin", firstCase("/recoveries")),
        page("staff-recoveries", "operator", "/staff/people/recoveries"),
        page("staff-recoveries-one", "operator", firstCase("/staff/people/recoveries")),
        page("my-institution", "institution_admin", "/my"),
        page("exercises", "institution_admin", "/exercises"),
        page("my", "learner", "/my", look),
        page("my-application", "learner", mine),
        page("my-security", "learner", "/my/security"),
        page("my-record", "learner", "/my/record", look),
        page("forwarding", "operator", "/staff/records/forwarding"),
        page("step-up", "learner", "/step-up"),
        page("staff", "secretariat", "/staff", look),
        page("staff-programme", "secretariat", "/staff/programmes/R8", look),
        page("staff-clone", "secretariat", "/staff/programmes/R8/clone?to=R9"),
        page("staff-bulk", "secretariat", "/staff/programmes/R8/bulk"),
        page("staff-history", "secretariat", "/staff/programmes/R8/history"),
        page("staff-plans", "secretariat", "/staff/plans"),
        page("staff-plan", "secretariat", firstCase("/staff/plans"), look),
        page("staff-plan-new", "secretariat", "/staff/plans/new?year=R8"),
        page("staff-lecturers", "secretariat", `${session}/lecturers`),
        page("staff-rehearsal", "secretariat", `${session}/rehearsal`),
        page("staff-rehearsal-mail", "secretariat", `${session}/rehearsal?scene=applied`),
        page("staff-session", "secretariat", session),
        page("staff-session-new", "secretariat", "/staff/programmes/R8/admin/sessions/new"),
        page("staff-session-edit", "secretariat", `${session}/edit`),
        page("staff-session-wrong", "secretariat", pressed(`${session}/edit`, (page) => page.locator("#day").fill("いつか"))),
        page("staff-session-check", "secretariat", pressed(`${session}/edit`, changed)),
        page("staff-session-off", "secretariat", `${session}/cancellation`),
        page("staff-applicants", "secretariat", `${session}/applicants`, look),
        page("staff-applicants-sifted", "secretariat", `${session}/applicants?q=%E8%A6%8B%E6%9C%AC&state=confirmed`),
        page("staff-applicants-none", "secretariat", `${session}/applicants?q=qqqqq`),
        page("staff-roll", "secretariat", `${session}/roll`),
        page("staff-applicant", "secretariat", applicant, { dark: true }),
        page("staff-move", "secretariat", `${session}/selection?do=move&id=${applicant.split("/").at(-1)}`),
        page("staff-cancel", "secretariat", `${session}/selection?do=cancel&id=${applicant.split("/").at(-1)}`),
        page("staff-enter", "secretariat", `${session}/applications/new`),
        page("staff-enter-wrong", "secretariat", pressed(`${session}/applications/new`)),
        page("staff-enter-confirm", "secretariat", pressed(`${session}/applications/new`, (page) => fillIn(page, SAKIO))),
        page("staff-meeting", "secretariat", `${session}/meeting`),
        page("staff-switch", "secretariat", `${session}/meeting/switch`),
        page("staff-questionnaire", "secretariat", `${session}/questionnaire`),
        page("staff-questions", "secretariat", `${session}/questions`),
        page("staff-export", "secretariat", `${session}/export`),
        page("staff-exports", "secretariat", "/staff/exports"),
        page("staff-delivery", "secretariat", "/staff/delivery"),
        page("staff-operation", "operator", "/staff/operation"),
        page("staff-records", "operator", "/staff/records"),
        page("staff-records-clients", "operator", "/staff/records/clients"),
        page("staff-records-client-new", "operator", "/staff/records/clients/new"),
        page("staff-audit", "auditor", "/staff/audit"),
        page("staff-notices", "secretariat", "/staff/notices"),
        page("staff-notice", "secretariat", notice),
        page("staff-notice-new", "secretariat", "/staff/notices/new"),
        page("staff-notice-wrong", "secretariat", pressed("/staff/notices/new")),
        page("staff-notice-preview", "secretariat", async (page) => {
            await page.goto("/staff/notices/new");
            await written(page);
            await page.locator('button[value="preview"]').click();
        }),
        page("staff-notice-withdraw", "secretariat", `${notice}/withdrawals`),
        page("staff-faq", "secretariat", "/staff/faq"),
        page("staff-pages", "secretariat", "/staff/pages"),
        page("staff-inquiries", "secretariat", "/staff/inquiries"),
        page("staff-settings", "secretariat", "/staff/settings"),
        page("staff-settings-programme", "secretariat", "/staff/settings/programme"),
        page("staff-settings-rules", "operator", "/staff/settings/rules"),
        page("staff-ministry", "ministry", "/staff"),
        page("demo", null, "/demo"),
        page("demo-mail", null, "/demo/mail"),
        page("demo-letter", null, "/demo/mail/1"),
        page("demo-clock", null, "/demo/clock"),
    ];
}
