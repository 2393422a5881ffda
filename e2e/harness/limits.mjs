// Tests and hooks that end: what a browser never answers is told by its name, and the rest of the file goes on.

import * as runner from "node:test";

/** Milliseconds for what one browser does in one test. */
export const LIMIT = 300_000;
/** Milliseconds for a test that is many. */
export const MANY = 5 * LIMIT;

/** A test, with `options` of the runner where its limit is another one. */
export function test(name, options, run) {
    return run ? runner.test(name, { timeout: LIMIT, ...options }, run) : runner.test(name, { timeout: LIMIT }, options);
}

export const before = (run, options) => runner.before(run, { timeout: LIMIT, ...options });
export const after = (run, options) => runner.after(run, { timeout: LIMIT, ...options });
