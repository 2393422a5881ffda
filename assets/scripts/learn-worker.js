// Answers with the pages of a course that somebody put on this device while there is no network, and says so to them.
//
// Pages are put there by learn-offline.js, as a stranger sees them: nothing in them is about anybody.

const PATIENCE = 8_000;
/** Where a page says whose it is; `data-offline` tells its script that it came from the device. */
const WHO = 'data-who=""';

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function page(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
    if (!kept) throw error;
    const html = (await kept.text()).replace(WHO, `${WHO} data-offline`);
    const headers = new Headers();
    for (const name of ["content-type", "content-security-policy", "referrer-policy"]) {
      if (kept.headers.has(name)) headers.set(name, kept.headers.get(name));
    }
    return new Response(html, { headers });
  }
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request));
});
