// A visitor who has a keyboard and nothing else: goes on with Tab, presses keys, and sees where the focus is.

import assert from "node:assert/strict";

const FARTHEST = 150;

/** Whether the control that has the focus, or the box around it, shows it. */
const showsFocus = (page) =>
    page.evaluate(() => {
        const drawn = (element) => element && getComputedStyle(element).outlineStyle !== "none";
        const focused = document.activeElement;
        return drawn(focused) || drawn(focused.closest("label, summary"));
    });

/** Goes on with Tab until this has the focus, as somebody does who cannot see where a mouse would go. */
export async function tabTo(page, target) {
    await target.waitFor({ state: "attached" });
    for (let step = 0; step < FARTHEST; step += 1) {
        if (await target.evaluate((element) => element === document.activeElement)) {
            assert.ok(await showsFocus(page), "where the focus is can be seen");
            return;
        }
        await page.keyboard.press("Tab");
    }
    throw new Error(`${target} was not reached with Tab`);
}

/** Presses a key on something. */
export async function press(page, target, key = "Enter") {
    await tabTo(page, target);
    await page.keyboard.press(key);
}

/** Presses something that leads to a page with this heading. */
export async function follow(page, target, title) {
    await press(page, target);
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** Types into the field of this name. */
export async function type(page, name, words) {
    await tabTo(page, page.locator(`[name="${name}"]`));
    await page.keyboard.insertText(words);
}
