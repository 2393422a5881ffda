// Keeps the pages of the worst day on the device, and answers with them while there is no network.
//
// The program puts the addresses in place of "KEPT" and "WHOLE"; whenever they change, so does this script, and all is fetched anew.

const KEPT = "KEPT";
const WHOLE = "WHOLE";
const STORE = `incident-${KEPT.join("|").length}-${KEPT.find((address) => address.includes("panic.css"))}`;
const PATIENCE = 8_000;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("incident-") && name !== STORE;
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
    const kept = await caches.match(request);
    if (kept) return kept;
    throw error;
  }
}

/** A page of a report that cannot be reached: all questions on one kept page, which sends itself once there is a network. */
async function orWhole(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(WHOLE);
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
