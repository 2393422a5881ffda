// What every page must be: free of findings, of noise, of foreign requests, of keys and of stray words.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOCALES = path.join(import.meta.dirname, "../../locales/ja");

const KEY_LINE = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)+) =/gm;
/** The keys of all texts; those without a hyphen are words of their own. */
const KEYS = new Set(
    readdirSync(LOCALES).flatMap((file) =>
        [...readFileSync(path.join(LOCALES, file), "utf8").matchAll(KEY_LINE)].map(([, key]) => key),
    ),
);

/** Latin words that a Japanese reader expects to see in Latin letters. */
const LATIN = new Set(
    `MIST NAS SNS FAQ API PDF PC OS USB VPN RDP IT ID QR URL HTML CSV UTF Shift JIS Excel xlsx Zoom Teams Group Policy Active Directory Windows
    Microsoft Edge Google Chrome Chromium Safari Firefox iPhone Android Linux English JavaScript Markdown RSS Atom ICS FAX WCAG AA NIST ISO JIS X DX BCP
    forward egress
    MP GB AAC WebM WebVTT WEBVTT PPTX XLSX ZIP XML cmi GIFT gift PNG JPEG TXT PowerPoint ffmpeg vtt SVG
    iPad Mac Outlook LAN Wi Fi IP Web axe Webex YouTube Jitsi UTC https
    xAPI UUID EHR EMR AI IC LAPS AD EDR IoT JAHIS Ver PowerShell CD IPA NISC JPCERT CC SMTP HTTP HTTPS TLS Cookie Cookies No DMAT mm km am pm index mistkit`.split(/\s+/),
);

const KEY = /[a-z][a-z0-9]*(?:-[a-z0-9]+)+/g;
/** What a text is written about, not what stands in it. */
const QUOTED = /「\{\w+\}」|“\{\w+\}”|© \{year\}/g;
/** The name of the project, which has no Japanese form. */
const PROJECT = /Medical Information Security Training/g;
const PLACEHOLDER = /\{\s*\$?[\w.-]*\s*\}|%[a-z]\b|\bundefined\b|\bNaN\b|\[object /;
const LATIN_WORD = /[A-Za-z][A-Za-z'’]+/g;
const KANA = /[ぁ-んァ-ヶ]/;
/** Addresses, numbers and names of files are no words. */
const NO_WORDS =
    /\S+@\S+|\b(?:persons\/)?[0-9a-f]{8}-[0-9a-f-]{27}\b|\bR\d+-L[A-Z]-\d+\b|(?:[\w-]+\.)*example\.(?:jp|com|org)\b|https?:\/\/\S+|(?<![\w.])\/[\w./{}?=&-]*|\b[A-Z]\d+(?:-[A-Z]?\d+)+\b|\bR\d+\b|\b[a-z]+:[a-z]+\b|\.\w{2,5}\b|\b\d+ ?(?:px|KB|MB)\b|\b[0-9A-F]{8}\b/g;

/** Makes a page note what must not happen on it. Returns the notes. */
export function listen(page, origin) {
    const notes = [];
    page.on("console", (message) => {
        // The browser's own line about the status of an error page is no fault of the page.
        const ownLine = /Failed to load resource.*status of 4\d\d/.test(message.text());
        if (message.type() === "error" && !ownLine) notes.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => notes.push(`script: ${error.message}`));
    page.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(origin) && !url.startsWith("data:")) notes.push(`foreign request: ${url}`);
        if (url.includes("report") && request.method() === "POST") notes.push(`report: ${request.postData()}`);
    });
    return notes;
}

/** The findings of axe, as short lines. All rules, or only these. */
export async function findings(page, rules = null) {
    if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
    const violations = await page.evaluate(async (only) => {
        const options = only ? { runOnly: { type: "rule", values: only } } : {};
        return (await globalThis.axe.run(document, { ...options, resultTypes: ["violations"] })).violations;
    }, rules);
    const line = (id, { html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.split("\n")[1] ?? ""}`;
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => line(id, node)));
}

/** What sticks out to the right. */
export function overflow(page) {
    return page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        if (document.scrollingElement.scrollWidth <= width) return [];
        const out = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > width + 1);
        return out.slice(0, 3).map((element) => `wider than ${width} px: ${element.outerHTML.slice(0, 120)}`);
    });
}

/** Controls that would be bare text where the reader's own colours replace the page's: a ground alone is not drawn there. */
export function withoutEdge(page) {
    return page.evaluate(() => {
        const controls = [...document.querySelectorAll(".button:not(.plain), .input, .choice, .card")];
        const edge = (element) => parseFloat(getComputedStyle(element).borderTopWidth);
        const bare = controls.filter((element) => element.checkVisibility() && edge(element) === 0);
        return bare.map((element) => `no edge: ${element.outerHTML.slice(0, 120)}`);
    });
}

/** Keys, placeholders and words of the wrong language. */
export async function words(page) {
    const { language, pieces } = await page.evaluate(() => {
        const language = document.documentElement.lang;
        const pieces = [{ text: document.title, of: "" }];
        // What is taught names products and commands as they are called; what is written has names and marks of its own.
        const TAUGHT = 'article.slide, .learn ol.unit-list, .learn details.qa, th a[href^="/courses/"], .source';
        const of = (element) => (element.closest("[lang]").lang === language && !element.closest(TAUGHT) ? "" : "foreign");
        const NO_TEXT = "script, style, code, pre, textarea, noscript, .letter";
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const around = node.parentElement;
            if (node.data.trim() && !around.closest(NO_TEXT)) pieces.push({ text: node.data, of: of(around) });
        }
        for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
            for (const name of ["aria-label", "title", "placeholder", "alt"]) {
                const text = element.getAttribute(name);
                if (text) pieces.push({ text, of: of(element) });
            }
        }
        return { language, pieces };
    });
    const found = [];
    for (const { text, of } of pieces) {
        const said = text.replace(QUOTED, " ").replace(PROJECT, " ");
        const bare = said.replace(NO_WORDS, " ");
        for (const [key] of bare.matchAll(KEY)) if (KEYS.has(key)) found.push(`key: ${key}`);
        if (PLACEHOLDER.test(said)) found.push(`placeholder: ${text.trim().slice(0, 80)}`);
        if (of === "foreign") continue;
        if (language === "ja") {
            const strays = [...bare.matchAll(LATIN_WORD)].filter(([word]) => !LATIN.has(word));
            found.push(...strays.map(([word]) => `English: ${word} (${text.trim().slice(0, 60)})`));
        } else if (KANA.test(bare)) {
            found.push(`Japanese: ${text.trim().slice(0, 60)}`);
        }
    }
    return [...new Set(found)];
}

/** The page is as every page of the portal must be. */
export async function isFine(page, what = page.url()) {
    assert.deepEqual([...(await findings(page)), ...(await overflow(page)), ...(await words(page))], [], what);
}
