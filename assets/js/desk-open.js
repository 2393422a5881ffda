// Opens what is sealed on a page of the desk.
//
//   <meta name="desk-key" content="{…}">                              the member's own key and the group's, wrapped
//   <meta name="case-wrap" data-case data-epoch data-public content="base64">   the key of a case on the page, wrapped for an epoch; a
//                                                                      case has several while one that was made anew is not proven
//   <span data-sealed="base64" data-place="table|row|column" data-case="uuid">…</span>
//   <option data-sealed … data-field="name" data-after="（…）">…</option>  one field of what was sealed as several, and what follows it
//   <input type="hidden" data-case-key="uuid">                         takes the key of a case along, for new words
//   <section data-lock>…</section>                                     keys/pages/lock.html
//
// What is in a span before it opens says that it is sealed. Whatever does not open is marked and says so.

import { forget, keep, kept } from "./kept.js";
import { caseKeys, epochKeys, own, unlock } from "./member.js";
import * as vault from "./vault.js";

const lock = document.querySelector("[data-lock]");
const mine = own();
const closed = new Map();

/** Opens one sealed text; its words, or `undefined`. */
function opened(span, keys) {
  const [table, row, column] = span.dataset.place.split("|");
  const key = keys.get(span.dataset.case);
  if (!key) return undefined;
  try {
    const text = vault.open(key, { case: span.dataset.case, table, row, column }, vault.fromBase64(span.dataset.sealed));
    const { field, after = "" } = span.dataset;
    return field ? `${JSON.parse(text)[field] ?? ""}${after}` : text;
  } catch {
    return undefined;
  }
}

function openAll(secret) {
  const epochs = epochKeys(secret, mine.member, mine.epochs);
  if (epochs.size === 0) return false;
  const keys = caseKeys(epochs);
  for (const span of document.querySelectorAll("[data-sealed]")) {
    if (!closed.has(span)) closed.set(span, span.textContent);
    const text = opened(span, keys);
    span.textContent = text ?? lock.dataset.unreadable;
    span.dataset.state = text === undefined ? "unreadable" : "open";
  }
  for (const input of document.querySelectorAll("[data-case-key]")) {
    const key = keys.get(input.dataset.caseKey);
    if (key) input.value = vault.toBase64(key);
  }
  document.dispatchEvent(new CustomEvent("desk:opened"));
  return true;
}

function closeAll() {
  for (const [span, text] of closed) {
    span.textContent = text;
    delete span.dataset.state;
  }
  closed.clear();
  for (const input of document.querySelectorAll("[data-case-key]")) input.value = "";
}

function show(words, isOpen) {
  lock.querySelector("[data-lock-say]").textContent = words;
  lock.querySelector("[data-lock-form]").hidden = isOpen;
  lock.querySelector("[data-lock-done]").hidden = !isOpen;
}

function showOpen(secret) {
  if (openAll(secret)) show(lock.dataset.open, true);
  else show(lock.dataset.noEpoch, true);
}

async function open(way) {
  const passphrase = lock.querySelector("[data-lock-passphrase]");
  show(lock.dataset.working, false);
  try {
    const secret = await unlock(mine, way, passphrase.value);
    passphrase.value = "";
    await keep(mine.member, secret);
    showOpen(secret);
  } catch (error) {
    const words = error instanceof vault.Refused ? lock.dataset.wrong : way === "passkey" ? lock.dataset.noPasskey : lock.dataset.wrong;
    show(words, false);
    if (way === "passphrase") passphrase.select();
  }
}

async function begin() {
  const form = lock.querySelector("[data-lock-form]");
  const has = (way) => mine.ways.some((one) => one.way === way);
  const byPasskey = form.querySelector('[data-lock-by="passkey"]');
  byPasskey.hidden = !(has("passkey") && window.PublicKeyCredential);
  byPasskey.addEventListener("click", () => open("passkey"));
  form.querySelector(".field").hidden = !has("passphrase");
  form.querySelector('[data-lock-by="passphrase"]').hidden = !has("passphrase");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open("passphrase");
  });
  lock.querySelector("[data-lock-close]").addEventListener("click", async () => {
    await forget();
    closeAll();
    show(lock.dataset.locked, false);
  });
  const secret = await kept(mine.member);
  if (secret) showOpen(secret);
  else show(lock.dataset.locked, false);
}

if (lock && mine) begin();
