// Takes pictures of the key pages at both widths into pictures/, to lay them beside the ones that were drawn.
//
//     node e2e/pictures.mjs           all
//     node e2e/pictures.mjs staff     those whose name holds this

import { mkdir } from "node:fs/promises";
import path from "node:path";

import { openBrowser, visitor } from "./harness/browser.mjs";
import { startDemo } from "./harness/demo.mjs";
import { keyPages, prepare } from "./harness/places.mjs";

const FOLDER = path.join(import.meta.dirname, "pictures");
const wanted = process.argv[2] ?? "";

await mkdir(FOLDER, { recursive: true });
const demo = await startDemo({ films: true });
const browser = await openBrowser();
try {
    const places = await prepare(browser, demo);
    for (const width of [390, 1280]) {
        for (const scheme of ["light", "dark"]) {
            const contexts = new Map();
            for (const { name, role, open, dark } of keyPages(places)) {
                if (!name.includes(wanted) || (scheme === "dark" && !dark)) continue;
                if (!contexts.has(role)) {
                    contexts.set(role, await visitor(browser, demo, { width, scheme, storageState: places.state(role) }));
                }
                const page = await contexts.get(role).newPage();
                await open(page);
                const file = `${name}-${width}${scheme === "dark" ? "-dark" : ""}.png`;
                await page.screenshot({ path: path.join(FOLDER, file), fullPage: true });
                await page.close();
            }
            for (const context of contexts.values()) await context.close();
        }
    }
} finally {
    await browser.close();
    await demo.stop();
}
