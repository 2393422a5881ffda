// Every page that can be reached by links, for somebody who is signed in or not.

/** Addresses that differ only in a number or an id show the same kind of page. */
const kindOf = (path) =>
    path
        .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}")
        // Slides are of one kind, whatever they are called, and so are the questions of units.
        .replace(/^((?:\/en)?\/courses\/)[a-z-]+\/[a-z-]+\/questions\/\d+/, "$1{question}")
        .replace(/^((?:\/en)?\/courses\/)[a-z-]+\/[a-z-]+(?:\/[a-z0-9-]+)?$/, "$1{slide}")
        .replace(/\d+/g, "N")
        .replace(/=[^&]*/g, "=");

const LINK = /<a\b[^>]*?\bhref="([^"#]+)/g;

/**
 * Follows links from these starts, at most `each` pages of a kind, without rendering anything.
 * Resolves to the addresses that answered with a page, in the order in which they were found, and the links to nowhere.
 */
export async function walk(context, starts, { each, within }) {
    const seen = new Set();
    const kinds = new Map();
    const pages = [];
    const dead = [];
    const queue = [...starts];
    while (queue.length > 0) {
        const path = queue.shift();
        const kind = kindOf(path);
        const met = kinds.get(kind) ?? 0;
        if (seen.has(path) || met >= each || !within.test(path)) continue;
        seen.add(path);
        const answer = await context.request.get(path, { maxRedirects: 0 });
        const type = answer.headers()["content-type"] ?? "";
        if (answer.status() >= 400) dead.push(`${path} answers ${answer.status()}`);
        else if (answer.status() >= 300) queue.push(answer.headers().location);
        if (answer.status() !== 200 || !type.startsWith("text/html")) continue;
        kinds.set(kind, met + 1);
        pages.push(path);
        for (const [, href] of (await answer.text()).matchAll(LINK)) if (href.startsWith("/")) queue.push(href.replaceAll("&amp;", "&"));
    }
    return { pages, dead };
}
