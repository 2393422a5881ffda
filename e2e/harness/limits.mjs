// Tests and hooks that end: what a browser never answers is told by its name, once, and not waited for again.

import * as runner from "node:test";

/** Milliseconds for what one browser does in one test. */
export const LIMIT = 300_000;
/** Milliseconds for a test that is many. */
export const MANY = 5 * LIMIT;

/** The test in which the browser got stuck; what follows in its file would only wait as long. */
let stuck;

/** Runs within this limit, unless something before it got stuck. */
const within = (name, limit, run) => async (context) => {
    if (stuck) throw new Error(`not run: ${stuck} got stuck`);
    let timer;
    const over = new Promise((_, reject) => {
        timer = setTimeout(() => {
            stuck = name;
            reject(new Error(`got stuck: nothing after ${limit / 1000} s`));
        }, limit);
    });
    try {
        await Promise.race([run(context), over]);
    } finally {
        clearTimeout(timer);
    }
};

/** A test, with `options` of the runner where its limit is another one. */
export function test(name, options, run = options) {
    const { timeout = LIMIT, ...more } = run === options ? {} : options;
    return runner.test(name, more, within(name, timeout, run));
}

/** A test within another one. */
export const part = (context, name, run) => context.test(name, within(name, LIMIT, run));

export const before = (run, { timeout = LIMIT } = {}) => runner.before(within("what is prepared", timeout, run));
/** What is put away is put away whatever got stuck; a browser that does not close is left to the end of the process. */
export const after = (run) => runner.after(run, { timeout: LIMIT });
