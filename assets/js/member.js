// The member's own key: opened by passphrase or passkey, and with it the keys of the group's epochs and of the cases on the page.

import * as vault from "./vault.js";

const { fromBase64 } = vault;

/** What the page says about the member's key; `undefined` if they have none. */
export function own() {
  const meta = document.querySelector('meta[name="desk-key"]');
  return meta ? JSON.parse(meta.content) : undefined;
}

/** What a passkey gives for a salt. Throws `NotSupportedError` where it gives nothing. */
export async function askPasskey(salt, credential = undefined) {
  const answer = await navigator.credentials.get({
    publicKey: {
      challenge: vault.random(32),
      userVerification: "required",
      allowCredentials: credential ? [{ type: "public-key", id: fromBase64(credential) }] : [],
      extensions: { prf: { eval: { first: salt } } },
    },
  });
  const output = answer.getClientExtensionResults().prf?.results?.first;
  if (!output) throw new DOMException("no PRF", "NotSupportedError");
  return { output: new Uint8Array(output), credential: vault.toBase64(new Uint8Array(answer.rawId)) };
}

/** The member's secret key, by one of its ways. */
export async function unlock(mine, way, passphrase, onProgress) {
  const found = mine.ways.find((one) => one.way === way);
  const salt = fromBase64(found.salt);
  const key =
    way === "passkey"
      ? vault.fromPasskey((await askPasskey(salt, found.credential)).output, salt)
      : await vault.fromPassphrase(passphrase, salt, found, onProgress);
  return vault.unwrapUnder(key, mine.account, mine.member, fromBase64(found.wrap));
}

/** The secret keys of the epochs that are wrapped for the member, by id. One that does not open is left out. */
export function epochKeys(secret, member, epochs) {
  const keys = new Map();
  for (const { epoch, wrap } of epochs) {
    try {
      keys.set(epoch, vault.unwrapFrom(secret, epoch, member, fromBase64(wrap)));
    } catch {
      // What is wrapped for it alone stays unreadable; other epochs open all the same.
    }
  }
  return keys;
}

/** Whether this is the secret half of a public key that is said in base64. */
export const isSecretOf = (secret, publicKey) => vault.toBase64(vault.pair(secret).public) === publicKey;

/** The secret key of a case as a row of wraps has it; nothing where it does not open, or holds another key than that of the case. */
export function caseKey(epochs, { case: id, epoch, wrap, public_key: publicKey }) {
  const secret = epochs.get(epoch);
  if (!secret) return undefined;
  try {
    const key = vault.unwrapFrom(secret, id, epoch, fromBase64(wrap));
    return isSecretOf(key, publicKey) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The secret keys of cases by id, each by whichever of its wraps opens, and the epoch by which it did. */
export function openedCases(epochs, rows) {
  const opened = new Map();
  for (const row of rows) {
    if (opened.has(row.case)) continue;
    const key = caseKey(epochs, row);
    if (key) opened.set(row.case, { key, epoch: row.epoch });
  }
  return opened;
}

/** The secret keys of the cases on the page, by id. A case that does not open is left out; its words are marked as unreadable. */
export function caseKeys(epochs) {
  const rows = [...document.querySelectorAll('meta[name="case-wrap"]')].map(({ content, dataset }) => ({
    case: dataset.case,
    epoch: dataset.epoch,
    public_key: dataset.public,
    wrap: content,
  }));
  return new Map([...openedCases(epochs, rows)].map(([id, { key }]) => [id, key]));
}

/** Sends fields to an address of ours under the form's token; what the script is answered. */
export async function send(form, address, fields) {
  const body = new URLSearchParams({ token: form.elements.token.value, ...fields });
  const response = await fetch(address, { method: "POST", body, headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}
