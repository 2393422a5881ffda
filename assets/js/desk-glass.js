// The key behind glass: made and printed in three shares, and joined again from two of them. Neither ever goes to the server.

import { isSecretOf, send } from "./member.js";
import * as shares from "./shares.js";
import * as vault from "./vault.js";

const { fromBase64, toBase64 } = vault;
const sayIn = (form) => (words) => (form.querySelector("[data-say]").textContent = words);

function makesGlass(form) {
  const say = sayIn(form);
  const make = async () => {
    const { secret, public: publicKey } = vault.pair();
    const printed = shares.split(secret).map(shares.toWords);
    try {
      const { refused } = await send(form, form.action, { glass: form.dataset.glass, public_key: toBase64(publicKey) });
      if (refused) return say(refused);
    } catch {
      return say(form.dataset.trouble);
    }
    document.querySelectorAll("[data-share] [data-words]").forEach((list, at) => {
      list.replaceChildren(...printed[at].map((word) => Object.assign(document.createElement("li"), { textContent: word, lang: "ja" })));
    });
    form.hidden = true;
    const sheet = document.querySelector("[data-shares]");
    sheet.hidden = false;
    sheet.querySelector("[data-print]").addEventListener("click", () => print());
    // Whoever leaves before printing has no shares.
    const printing = new AbortController();
    addEventListener("beforeunload", (event) => event.preventDefault(), { signal: printing.signal });
    sheet.querySelector("a").addEventListener("click", () => printing.abort());
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make();
  });
}

/** The key of a case by whichever of its ways from behind the glass opens. */
function behind(secret, id, wraps) {
  for (const { glass, wrap, public_key: publicKey } of wraps) {
    try {
      const key = vault.unwrapFrom(secret, id, glass, fromBase64(wrap));
      if (isSecretOf(key, publicKey)) return key;
    } catch {
      // It is wrapped for other sheets.
    }
  }
  throw new vault.Refused();
}

function breaksGlass(form) {
  const { dataset } = form;
  const say = sayIn(form);

  /** What is wrong with a share, in words. */
  const fault = (error) => {
    const words = { unknown: dataset.unknown, count: dataset.count, check: dataset.check, same: dataset.same, "other-key": dataset.otherKey };
    return (words[error.fault] ?? dataset.trouble).replace("{n}", error.position);
  };

  const join = async () => {
    let wrap;
    try {
      const [one, other] = ["share-1", "share-2"].map((id) => shares.fromWords(form.querySelector(`#${id}`).value));
      const glass = shares.join(one, other);
      const key = behind(glass, dataset.case, JSON.parse(dataset.wraps));
      wrap = vault.wrapFor(fromBase64(dataset.epochKey), dataset.case, dataset.epoch, key);
    } catch (error) {
      return say(error instanceof shares.NoShare ? fault(error) : dataset.otherKey);
    }
    try {
      const { refused } = await send(form, form.action, { epoch: JSON.stringify(dataset.epoch), wrap: toBase64(wrap) });
      if (refused) return say(refused);
      location.assign(dataset.next);
    } catch {
      say(dataset.trouble);
    }
  };
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    join();
  });
}

document.querySelectorAll("[data-glass-form]").forEach(makesGlass);
document.querySelectorAll("[data-break-form]").forEach(breaksGlass);
