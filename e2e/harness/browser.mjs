// One Chromium for a file of tests, and in it visitors: a width, a scheme, a language, with or without JavaScript.

import { setTimeout as pause } from "node:timers/promises";

import { chromium } from "playwright-core";

import { PATIENCE } from "./patience.mjs";

const EXECUTABLE = process.env.MIST_BROWSER ?? "/usr/bin/chromium";
/** Milliseconds after which a tab counts as closed. */
const CLOSING = 10_000;
const PHONE_HEIGHT = 844;
const DESK_HEIGHT = 900;

// Nothing of the browser's own may look like a request of the portal's.
const FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--lang=ja",
];

/** Opens the browser. */
export function openBrowser() {
    const sandboxed = process.getuid?.() !== 0;
    return chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, chromiumSandbox: sandboxed });
}

/** A visitor with cookies of their own. */
export async function visitor(browser, demo, { width = 390, scheme = "light", script = true, english = false, ...more } = {}) {
    const context = await browser.newContext({
        baseURL: demo.url,
        viewport: { width, height: width < 600 ? PHONE_HEIGHT : DESK_HEIGHT },
        colorScheme: scheme,
        javaScriptEnabled: script,
        locale: english ? "en-GB" : "ja-JP",
        timezoneId: "Asia/Tokyo",
        reducedMotion: "reduce",
        ...more,
    });
    context.setDefaultTimeout(PATIENCE);
    context.on("page", closeInTime);
    return context;
}

/** A tab whose page is on its way somewhere is sometimes never told to be closed. It goes with the browser; nobody waits for it. */
function closeInTime(page) {
    const close = page.close.bind(page);
    page.close = () => Promise.race([close(), pause(CLOSING, undefined, { ref: false })]);
}
