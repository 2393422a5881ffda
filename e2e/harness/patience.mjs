// How long is waited for what the portal does by itself: a slow machine is no fault of the portal.

import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds that a browser waits for what must appear. */
export const PATIENCE = 60_000;
const LONGEST = 180_000;
const BETWEEN = 300;

/** Asks again until the answer is true. Rejects with what did not come about. */
export async function until(ask, what) {
    const end = Date.now() + LONGEST;
    for (;;) {
        const answer = await ask();
        if (answer) return answer;
        if (Date.now() > end) throw new Error(`in ${LONGEST / 1000} s there was ${what}`);
        await pause(BETWEEN);
    }
}

/** Opens a page again until something is to be seen on it. */
export async function untilSeen(page, locator, address = page.url()) {
    await until(async () => {
        if (await locator.first().isVisible()) return true;
        await page.goto(address);
        return locator.first().isVisible();
    }, `no ${locator} on ${address}`);
}
