// Keeps the pages of the worst day on the device, and answers with them while there is no network.
//
// The program puts the addresses in place of "KEPT" and "WHOLE", and a hash of them in place of "EDITION"; whenever they change, so does
// this script, and all is fetched anew into a store of its own.

const KEPT = "KEPT";
const WHOLE = "WHOLE";
const EDITION = "EDITION";
// The pages of the other language have a worker and stores of their own.
const STORES = `incident:${WHOLE}:`;
const STORE = `${STORES}${EDITION}`;
const PATIENCE = 8_000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith(STORES) && name !== STORE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

/** From the network while it answers, and kept anew; else what is kept. */
async function freshOrKept(request) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok) (await caches.open(STORE)).put(request, answer.clone());
    return answer;
  } catch (error) {
    const kept = await (await caches.open(STORE)).match(request);
    if (kept) return kept;
    throw error;
  }
}

/** A page of a report that cannot be reached: all questions on one kept page, which sends itself once there is a network. */
async function orWhole(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(STORE)).match(WHOLE);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, search } = new URL(request.url);
  if (request.method === "GET" && search === "" && KEPT.includes(pathname)) event.respondWith(freshOrKept(request));
  else if (request.mode === "navigate" && pathname.startsWith(WHOLE.replace("/whole", ""))) event.respondWith(orWhole(request));
});
