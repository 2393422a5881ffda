// One Chromium for a file of tests, and in it visitors: a width, a scheme, a language, with or without JavaScript.

import { chromium } from "playwright-core";

import { PATIENCE } from "./patience.mjs";

const EXECUTABLE = process.env.MIST_BROWSER ?? "/usr/bin/chromium";
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
    return context;
}
