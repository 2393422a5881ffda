// The member's opened key, kept for this tab: encrypted in the tab's own storage, under a key that the browser keeps and that no script
// can read. Closing the tab, or eight hours, ends it.

import { fromBase64, random, toBase64 } from "./vault.js";

const NAME = "desk-key";
const HOURS = 8 * 3_600_000;

function database() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("mist-desk", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function stored(mode, work) {
  const keys = (await database()).transaction("keys", mode).objectStore("keys");
  const asked = work(keys);
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** Keeps the secret key of a member. */
export async function keep(member, secret) {
  const id = crypto.randomUUID();
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = random(12);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, secret));
  await stored("readwrite", (keys) => keys.put(key, id));
  const until = Date.now() + HOURS;
  sessionStorage.setItem(NAME, JSON.stringify({ id, member, iv: toBase64(iv), sealed: toBase64(sealed), until }));
}

/** The secret key of this member, if it is open in this tab. */
export async function kept(member) {
  const held = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
  if (!held) return undefined;
  if (held.member !== member || held.until < Date.now()) return forget();
  try {
    const key = await stored("readonly", (keys) => keys.get(held.id));
    const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromBase64(held.iv) }, key, fromBase64(held.sealed));
    return new Uint8Array(opened);
  } catch {
    return forget();
  }
}

/** Closes it again. */
export async function forget() {
  const held = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
  sessionStorage.removeItem(NAME);
  if (held) await stored("readwrite", (keys) => keys.delete(held.id));
}
