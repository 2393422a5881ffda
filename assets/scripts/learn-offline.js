// Puts the slides and questions of a course on this device, so that they open without a network.
//
//   <section data-offline-course data-owner="…" data-list="/courses/beginner/pages.json" data-worker="…" data-scope="…"
//            data-there="…" data-old="…" data-far="{n}／{of}" data-failed="…" hidden>
//     <p data-say>  <progress>  <button data-put>  <button data-remove>
//
// Pages are fetched without cookies: what lies on a device that several share is what everybody may read.

const card = document.querySelector("[data-offline-course]");
const { owner, list, worker, scope, there, old, far, failed } = card?.dataset ?? {};
const NAME = `learn:${list}:`;
const AT_ONCE = 6;

const say = (words) => {
  card.querySelector("[data-say]").textContent = words;
};

/** The caches of this course: one, or none, or a left-over of an older version. */
const kept = async () => (await caches.keys()).filter((name) => name.startsWith(NAME));

async function register() {
  const same = (address) => {
    if (new URL(address, location.href).origin !== location.origin) throw new TypeError("not ours");
    return address;
  };
  const policy = window.trustedTypes?.createPolicy("mist", { createScriptURL: same });
  await navigator.serviceWorker.register(policy ? policy.createScriptURL(worker) : worker, { scope });
}

/** What a page loads beside itself, all of which lies below one address. To parse the page would take a policy of its own. */
const filesOf = (html) => [...html.matchAll(/(?:href|src)="(\/assets\/[^"#]+)"/g)].map(([, address]) => address);

async function get(address) {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer;
}

/** Does this for each, a few at once. */
async function each(addresses, work) {
  const waiting = [...addresses];
  const hand = async () => {
    for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) await work(address);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

async function put({ version, pages, files: pictures }) {
  const bar = card.querySelector("progress");
  const name = `${NAME}${version}`;
  const store = await caches.open(name);
  const files = new Set(pictures);
  let done = 0;
  bar.hidden = false;
  bar.max = pages.length;
  await each(pages, async (address) => {
    const answer = await get(address);
    const html = await answer.text();
    for (const file of filesOf(html)) files.add(file);
    await store.put(address, new Response(html, { headers: answer.headers }));
    done += 1;
    bar.value = done;
    say(far.replace("{n}", done).replace("{of}", pages.length));
  });
  await each(files, async (address) => store.put(address, await get(address)));
  bar.hidden = true;
  for (const other of await kept()) if (other !== name) await caches.delete(other);
}

/** Whose answers those are that are given on this device without a network: see learn.js. */
function remember() {
  try {
    localStorage.setItem("mist.learn:who", owner);
  } catch {
    // Storage is switched off: the pages can be read all the same.
  }
}

/** What is there, in words, and the buttons that go with it. */
async function show(version) {
  const [found] = await kept();
  const isOld = found && found !== `${NAME}${version}`;
  say(isOld ? old : found ? there : "");
  card.querySelector("[data-put]").hidden = Boolean(found) && !isOld;
  card.querySelector("[data-remove]").hidden = !found;
}

async function begin() {
  const course = await (await get(list)).json();
  await show(course.version);
  card.hidden = false;
  card.querySelector("[data-put]").addEventListener("click", async ({ currentTarget: button }) => {
    button.disabled = true;
    try {
      await register();
      remember();
      await put(course);
      await show(course.version);
    } catch (error) {
      say(failed);
      console.warn(error);
    }
    button.disabled = false;
  });
  card.querySelector("[data-remove]").addEventListener("click", async () => {
    for (const name of await kept()) await caches.delete(name);
    await show(course.version);
  });
}

// Without any of these the course is as useful as before, as long as there is a network.
if (card && navigator.serviceWorker && "caches" in window) begin().catch(() => {});
