// Who walks through the demo, and what comes to their letter box.

import { until } from "./patience.mjs";

/** Signs in by the demo's one-time link of a role, and leaves the browser at that role's home. */
export async function signIn(page, role) {
    await page.goto(`/demo/sign-in/${role}`);
    await page.locator("main form .button.main").click();
}

/** Somebody who applies. Impossible on purpose, like everybody in the demo. */
export const HANAKO = {
    family: "見本",
    given: "花子",
    family_kana: "みほん",
    given_kana: "はなこ",
    email: "hanako.e2e@example.jp",
    place: "みほん市立総合病院",
};

/** Another one, from a place that nobody knows. */
export const SAKIO = {
    family: "試験",
    given: "﨑男",
    family_kana: "しけん",
    given_kana: "さきお",
    email: "sakio.e2e@example.jp",
    place: "例示クリニック",
    kind: "clinic",
    prefecture: "13",
};

/** Fills in the form of an application, as it is shown to applicants and to the secretariat. */
export async function fillIn(page, person) {
    for (const [name, value] of Object.entries(person)) {
        const box = page.locator(`[name="${name}"]`);
        if (name === "kind" || name === "prefecture") await box.selectOption(value);
        else await box.fill(value);
    }
    await page.locator('[name="consent"]').check();
}

/**
 * The letters to this address, newest first, once there are as many as are expected; `about` is a part of their subject, where
 * others may come to the same address at any time.
 */
export async function lettersTo(context, address, expected, about = "") {
    const page = await context.newPage();
    // The mail goes out right after the answer, by a worker of the same program.
    const lines = page.locator("ul.inbox li a", { hasText: address }).filter({ hasText: about });
    await until(async () => {
        await page.goto("/demo/mail");
        return (await lines.count()) >= expected;
    }, `no letter number ${expected} to ${address} ${about}`);
    const found = await lines.evaluateAll((links) =>
        links.map((link) => ({ path: new URL(link.href).pathname, subject: link.querySelector("b").textContent })),
    );
    await page.close();
    return found;
}

/** One letter: its text, the addresses in it that lead on, and its calendar entry. */
export async function read(context, letter) {
    const page = await context.newPage();
    await page.goto(letter.path);
    const text = await page.locator(".letter-body").first().innerText();
    const links = await page.locator(".letter-body a").evaluateAll((found) => found.map((link) => link.href));
    const enclosures = await page.locator("ul.enclosed li a").evaluateAll((found) => found.map((link) => link.href));
    await page.close();
    const calendar = enclosures.length > 0 ? await (await context.request.get(enclosures[0])).text() : "";
    return { subject: letter.subject, text, links, calendar: calendar.replace(/\r\n /g, "") };
}

/** A property of a calendar entry, without its parameters. */
export function property(calendar, name) {
    const event = calendar.slice(calendar.indexOf("BEGIN:VEVENT"));
    const line = new RegExp(`^${name}[^:\\r\\n]*:(.*)$`, "m");
    return (line.exec(event) ?? line.exec(calendar))?.[1].trim();
}
